using Liandong.Shared;

namespace Liandong.Modules.Consultations;

/// <summary>The module's words on screens and in letters.</summary>
public static class ConsultationsWords
{
    /// <summary>The subject in the notice's words, shortened for lists.</summary>
    public static string Of(ConsultationSubject subject) => subject switch
    {
        ConsultationSubject.Legality => "合法性、规范性",
        ConsultationSubject.Procedure => "检查检验、论证听证",
        ConsultationSubject.JointWork => "并联审批、联合勘验",
        ConsultationSubject.Remedies => "信访、复议、诉讼",
        _ => "其他事项",
    };

    /// <summary>The whole line of 附件2 一(二).</summary>
    public static string Whole(ConsultationSubject subject) => subject switch
    {
        ConsultationSubject.Legality => "合法性、规范性问题,尤其是承接、取消和下放的行政审批事项对接问题",
        ConsultationSubject.Procedure => "检查、检验、检测、鉴定、公告、专家论证及听证等工作",
        ConsultationSubject.JointWork => "并联审批、网上审批、联合勘验、联合验收等工作",
        ConsultationSubject.Remedies => "信访、行政复议、行政诉讼等事项",
        _ => "需要联络会商的其他事项",
    };

    public static string Of(ConsultationForm form) => form switch
    {
        ConsultationForm.Letter => "函",
        ConsultationForm.WorkingMeeting => "工作对接会",
        ConsultationForm.CoordinationMeeting => "协调会",
        ConsultationForm.JointConference => "联席会议",
        _ => "联络员参与审核",
    };

    public static string Of(ConsultationState state, bool review = false) => state switch
    {
        ConsultationState.Preparing => "拟稿中",
        ConsultationState.Asking => review ? "等待意见" : "征求意见",
        ConsultationState.Countersigning => "结论会签",
        ConsultationState.Executing => "决定执行中",
        ConsultationState.Done => review ? "意见已处理" : "已办结",
        _ => "已撤回",
    };

    public static Tone ToneOf(ConsultationState state) => state switch
    {
        ConsultationState.Preparing or ConsultationState.Withdrawn => Tone.Neutral,
        ConsultationState.Asking or ConsultationState.Countersigning => Tone.Warn,
        ConsultationState.Executing => Tone.Info,
        _ => Tone.Good,
    };

    public static string Of(Stance stance) => stance switch
    {
        Stance.Agree => "同意",
        Stance.Conditional => "有条件同意",
        Stance.Disagree => "不同意",
        Stance.NoView => "无意见",
        Stance.Returned => "退回",
        _ => "见复函",
    };

    /// <summary>Red is for refusal and overdue alone: 不同意 is a refusal.</summary>
    public static Tone ToneOf(Stance stance) => stance switch
    {
        Stance.Agree => Tone.Good,
        Stance.Conditional => Tone.Warn,
        Stance.Disagree or Stance.Returned => Tone.Bad,
        _ => Tone.Neutral,
    };

    public static string Of(ViewChannel channel) => channel switch { ViewChannel.Letter => "函", ViewChannel.Phone => "电话", _ => "平台" };

    public static string Of(Weighing weighing) => weighing == Weighing.Adopted ? "采纳" : "不采纳";

    public static string Of(DecisionState state) => state switch
    {
        DecisionState.Drafted => "未印发",
        DecisionState.Open => "执行中",
        DecisionState.Reported => "待验收",
        DecisionState.Accepted => "已验收",
        _ => "已由新稿代替",
    };

    public static Tone ToneOf(DecisionState state) => state switch { DecisionState.Open => Tone.Info, DecisionState.Reported => Tone.Warn, DecisionState.Accepted => Tone.Good, _ => Tone.Neutral };

    public static string Of(FreezeScope scope) => scope switch
    {
        FreezeScope.Acceptance => "暂缓受理新的申请",
        FreezeScope.Decision => "暂缓作出决定",
        FreezeScope.Changes => "暂缓办理变更、延续、注销",
        _ => "暂缓办理全部审批",
    };

    /// <summary>The state on a day: a request in force ends by itself.</summary>
    public static string Of(FreezeRequest freeze, DateOnly today) => freeze.State switch
    {
        FreezeState.Preparing => "拟稿中",
        FreezeState.InForce => freeze.HoldsOn(today) ? "生效中" : "已到期",
        FreezeState.Lifted => "已解除",
        _ => "已撤回",
    };

    public static Tone ToneOf(FreezeRequest freeze, DateOnly today) => freeze.HoldsOn(today) ? Tone.Bad : Tone.Neutral;

    public static IReadOnlyList<Choice> Subjects { get; } = [.. Enum.GetValues<ConsultationSubject>().Select(s => new Choice(s.ToString(), Whole(s)))];

    public static IReadOnlyList<Choice> ShortSubjects { get; } = [.. Enum.GetValues<ConsultationSubject>().Select(s => new Choice(s.ToString(), Of(s)))];

    public static IReadOnlyList<Choice> Forms { get; } = [.. Enum.GetValues<ConsultationForm>().Select(f => new Choice(f.ToString(), Of(f)))];

    public static IReadOnlyList<Choice> States { get; } = [.. Enum.GetValues<ConsultationState>().Select(s => new Choice(s.ToString(), Of(s)))];

    /// <summary>What an organ may say.</summary>
    public static IReadOnlyList<Choice> Stances { get; } =
    [
        new(nameof(Stance.Agree), "同意"), new(nameof(Stance.Conditional), "有条件同意", "写明条件和理由。"), new(nameof(Stance.Disagree), "不同意", "写明理由。"), new(nameof(Stance.NoView), "无意见"), new(nameof(Stance.Returned), "退回", "不属于本单位职责的,写明理由。"),
    ];
}
