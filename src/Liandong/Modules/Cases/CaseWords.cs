using Liandong.Shared;

namespace Liandong.Modules.Cases;

/// <summary>The office's words for the states and kinds of cases and permits; screens, exports and imports use these and no others.</summary>
public static class CaseWords
{
    public static string Of(ApplicationKind kind) => kind switch
    {
        ApplicationKind.New => "新办",
        ApplicationKind.Change => "变更",
        ApplicationKind.Renewal => "延续",
        ApplicationKind.Cancellation => "注销",
        ApplicationKind.Replacement => "补证",
        _ => "到期",
    };

    public static string Of(DecisionKind kind) => kind switch
    {
        DecisionKind.Granted => "准予",
        DecisionKind.Refused => "不予",
        DecisionKind.Withdrawn => "撤回申请",
        DecisionKind.Terminated => "终止",
        _ => "到期",
    };

    public static string Of(CaseStage stage) => stage switch
    {
        CaseStage.Received => "已收件",
        CaseStage.Accepted => "已受理",
        CaseStage.NotAccepted => "不予受理",
        CaseStage.Reviewing => "审查中",
        CaseStage.Decided => "已决定",
        CaseStage.Delivered => "已送达",
        _ => "已办结",
    };

    public static string Of(PartyKind kind) => kind switch
    {
        PartyKind.Enterprise => "企业",
        PartyKind.SoleTrader => "个体工商户",
        PartyKind.Institution => "机关事业单位",
        PartyKind.SocialBody => "社会组织",
        PartyKind.OtherBody => "其他组织",
        _ => "自然人",
    };

    public static string Of(PermitStatus status) => status switch
    {
        PermitStatus.InForce => "有效",
        PermitStatus.NotYet => "未生效",
        PermitStatus.Lapsed => "到期",
        PermitStatus.Changed => "已变更",
        PermitStatus.Renewed => "已延续",
        PermitStatus.Cancelled => "已注销",
        PermitStatus.Revoked => "已撤销",
        _ => "已撤回",
    };

    public static string Of(PermitEnding ending) => ending switch
    {
        PermitEnding.Changed => "变更",
        PermitEnding.Renewed => "延续",
        PermitEnding.Cancelled => "注销",
        PermitEnding.Revoked => "撤销",
        _ => "撤回",
    };

    public static string Of(SuspensionKind kind) => kind switch
    {
        SuspensionKind.Hearing => "听证",
        SuspensionKind.Tender => "招标",
        SuspensionKind.Auction => "拍卖",
        SuspensionKind.Test => "检验",
        SuspensionKind.Inspection => "检测",
        SuspensionKind.Quarantine => "检疫",
        SuspensionKind.Appraisal => "鉴定",
        SuspensionKind.ExpertReview => "专家评审",
        _ => "现场勘验",
    };

    public static Tone ToneOf(CaseStage stage, DecisionKind? decision) => (stage, decision) switch
    {
        (CaseStage.NotAccepted, _) or (_, DecisionKind.Refused) => Tone.Bad,
        (CaseStage.Delivered or CaseStage.Decided, _) => Tone.Good,
        (CaseStage.Closed, _) => Tone.Neutral,
        _ => Tone.Info,
    };

    public static Tone ToneOf(PermitStatus status) => status switch
    {
        PermitStatus.InForce => Tone.Good,
        PermitStatus.NotYet => Tone.Info,
        PermitStatus.Lapsed => Tone.Warn,
        PermitStatus.Revoked or PermitStatus.Recalled => Tone.Bad,
        _ => Tone.Neutral,
    };

    /// <summary>Acts on cases, permits and their pushes, as a history says them.</summary>
    public static string OfAct(string act) => act switch
    {
        "case.received" => "收件",
        "case.accepted" => "受理",
        "case.acceptance-refused" => "不予受理",
        "case.supplement-asked" => "一次告知补正",
        "case.supplemented" => "收到补正材料",
        "case.reviewed" => "提出审查意见",
        "case.suspended" => "中止计时",
        "case.resumed" => "恢复计时",
        "case.extended" => "延长期限",
        "case.decided" => "作出决定",
        "case.delivered" => "决定送达申请人",
        "case.supplied" => "补充报送",
        "cases.imported" => "从表格导入",
        "push.unrouted" => "没有找到监管单位",
        "push.routed-by-hand" => "人工指定监管单位",
        "push.rerouted-by-register" => "按责任清单重新推送",
        "push.delivered" => "推送送达监管单位",
        "push.signed" => "签收",
        "push.claimed" => "认领",
        "push.unclaimed" => "撤销认领",
        "push.returned" => "退回",
        "push.resent" => "重新送达",
        "push.rerouted" => "改派",
        "push.closed" => "同意退回,关闭",
        "push.assigned" => "指定经办",
        "push.disputed" or "dispute.raised" => "提交权责争议",
        "dispute.ruled" => "权责争议裁定",
        "duty.breached" => "时限届满未办结",
        _ => Ledgers.ActNames.Of(act),
    };

    public static Tone ToneOfAct(string act) => act switch
    {
        "duty.breached" or "case.acceptance-refused" => Tone.Bad,
        "push.unrouted" or "push.returned" or "push.disputed" => Tone.Warn,
        "push.claimed" or "case.delivered" => Tone.Good,
        _ => Tone.Neutral,
    };

    /// <summary>Every value of an enum as choices of a select, in the office's words.</summary>
    public static IReadOnlyList<Choice> Choices<T>(Func<T, string> word, params T[] without) where T : struct, Enum =>
        [.. Enum.GetValues<T>().Except(without).Select(value => new Choice(value.ToString(), word(value)))];
}
