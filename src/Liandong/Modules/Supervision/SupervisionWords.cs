using Liandong.Shared;

namespace Liandong.Modules.Supervision;

/// <summary>The office's words for the module's values, and the choices of its forms.</summary>
public static class SupervisionWords
{
    public static string InWords(this PlanKind kind) => kind switch { PlanKind.Daily => "日常监管", PlanKind.Random => "双随机抽查", _ => "重点监管" };

    public static string InWords(this PlanPeriod period) => period switch
    {
        PlanPeriod.Once => "一次",
        PlanPeriod.Monthly => "每月",
        PlanPeriod.Quarterly => "每季度",
        PlanPeriod.HalfYearly => "每半年",
        _ => "每年",
    };

    public static string InWords(this PlanState state) => state switch { PlanState.Open => "待检查", PlanState.Done => "已完成", _ => "已取消" };

    public static string InWords(this CheckResult result) => result switch { CheckResult.Conforming => "符合", CheckResult.MostlyConforming => "基本符合", _ => "不符合" };

    public static Tone Tone(this CheckResult result) => result switch { CheckResult.Conforming => Shared.Tone.Good, CheckResult.MostlyConforming => Shared.Tone.Warn, _ => Shared.Tone.Bad };

    public static string InWords(this Treatment treatment) => treatment switch { Treatment.Passed => "通过", Treatment.Rectify => "限期整改", _ => "移交执法" };

    public static string InWords(this Publicity publicity) => publicity == Publicity.Internal ? "内部" : "外部";

    public static string InWords(this PointResult result) => result switch { PointResult.Met => "符合", PointResult.NotMet => "不符合", _ => "不适用" };

    public static string InWords(this ReviewResult result) => result switch { ReviewResult.Fixed => "整改合格", ReviewResult.GoOn => "继续整改", _ => "移交执法" };

    public static string InWords(this RectificationState state) => state switch { RectificationState.Open => "整改中", RectificationState.Fixed => "整改合格", _ => "已移交执法" };

    public static Tone Tone(this RectificationState state) => state switch { RectificationState.Open => Shared.Tone.Warn, RectificationState.Fixed => Shared.Tone.Good, _ => Shared.Tone.Bad };

    public static string InWords(this EnforcementState state) => state switch
    {
        EnforcementState.HandedOver => "待认领",
        EnforcementState.Claimed => "办理中",
        EnforcementState.Penalised => "已处罚",
        _ => "已结案",
    };

    public static Tone Tone(this EnforcementState state) => state switch { EnforcementState.HandedOver => Shared.Tone.Warn, EnforcementState.Closed => Shared.Tone.Neutral, _ => Shared.Tone.Info };

    public static string InWords(this ClosingManner manner) => manner switch
    {
        ClosingManner.Executed => "处罚执行完毕",
        ClosingManner.NoPenalty => "不予处罚",
        ClosingManner.Unfounded => "违法事实不成立",
        _ => "移送司法机关",
    };

    public static string InWords(this PenaltyKind kind) => kind switch
    {
        PenaltyKind.Warning => "警告",
        PenaltyKind.Circular => "通报批评",
        PenaltyKind.Fine => "罚款",
        PenaltyKind.ConfiscateGains => "没收违法所得",
        PenaltyKind.ConfiscateGoods => "没收非法财物",
        PenaltyKind.SuspendPermit => "暂扣许可证件",
        PenaltyKind.LowerGrade => "降低资质等级",
        PenaltyKind.RevokePermit => "吊销许可证件",
        PenaltyKind.RestrictOperation => "限制开展生产经营活动",
        PenaltyKind.StopOperation => "责令停产停业",
        PenaltyKind.CloseDown => "责令关闭",
        PenaltyKind.BarFromTrade => "限制从业",
        PenaltyKind.Detention => "行政拘留",
        _ => "其他行政处罚",
    };

    public static string InWords(this FeedbackKind kind) => kind switch
    {
        FeedbackKind.Check => "检查",
        FeedbackKind.Review => "整改复查",
        FeedbackKind.HandOver => "移交执法",
        FeedbackKind.Penalty => "行政处罚",
        _ => "执法结案",
    };

    public static string InWords(this ApprovalEffect effect) => effect switch
    {
        ApprovalEffect.None => "无影响",
        ApprovalEffect.Stricter => "从严审批",
        ApprovalEffect.Suspended => "暂停受理该相对人",
        _ => "启动许可变动",
    };

    public static Tone Tone(this ApprovalEffect effect) => effect switch
    {
        ApprovalEffect.None => Shared.Tone.Good,
        ApprovalEffect.Stricter => Shared.Tone.Warn,
        ApprovalEffect.Suspended => Shared.Tone.Bad,
        _ => Shared.Tone.Warn,
    };

    public static string InWords(this PermitOutcome outcome) => outcome switch
    {
        PermitOutcome.Cancelled => "已注销",
        PermitOutcome.Revoked => "已撤销",
        PermitOutcome.Withdrawn => "已撤回",
        PermitOutcome.Changed => "已变更",
        _ => "不予变动",
    };

    public static IReadOnlyList<Choice> Choices<T>(Func<T, string> words, params T[] without) where T : struct, Enum =>
        [.. Enum.GetValues<T>().Except(without).Select(value => new Choice(value.ToString(), words(value)))];
}
