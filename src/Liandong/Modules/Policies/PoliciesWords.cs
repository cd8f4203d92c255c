using Liandong.Shared;

namespace Liandong.Modules.Policies;

/// <summary>The module's words on screens and in files.</summary>
public static class PoliciesWords
{
    public static string Of(PolicyKind kind) => kind switch
    {
        PolicyKind.Law => "法律",
        PolicyKind.Regulation => "法规",
        PolicyKind.Rule => "规章",
        PolicyKind.Document => "规范性文件",
        PolicyKind.Plan => "规划",
        PolicyKind.Condition => "审批条件",
        PolicyKind.Meeting => "上级会议",
        PolicyKind.Training => "上级培训",
        _ => "对上报送",
    };

    public static readonly IReadOnlyList<Choice> Kinds = [.. Enum.GetValues<PolicyKind>().Select(k => new Choice(k.ToString(), Of(k)))];

    /// <summary>What the day is that the change goes by.</summary>
    public static string DayOf(PolicyKind kind) => kind switch
    {
        PolicyKind.Meeting or PolicyKind.Training => "举办日期",
        PolicyKind.Report => "报送日期",
        _ => "施行日期",
    };

    public static string Of(PolicyState state, PolicyKind kind) => state switch
    {
        PolicyState.Known => "待函告",
        PolicyState.Served => kind is PolicyKind.Meeting or PolicyKind.Training or PolicyKind.Report ? "待答复" : "待落实",
        PolicyState.Settled => kind is PolicyKind.Meeting or PolicyKind.Training or PolicyKind.Report ? "已答复" : "已落实",
        PolicyState.Confirmed => "双方已确认",
        _ => "已撤销",
    };

    public static readonly IReadOnlyList<Choice> States =
        [new(nameof(PolicyState.Known), "待函告"), new(nameof(PolicyState.Served), "待落实或者待答复"), new(nameof(PolicyState.Settled), "已落实或者已答复"), new(nameof(PolicyState.Confirmed), "双方已确认"), new(nameof(PolicyState.Withdrawn), "已撤销")];

    public static Tone ToneOf(PolicyState state) => state switch
    {
        PolicyState.Known or PolicyState.Served => Tone.Warn,
        PolicyState.Settled => Tone.Info,
        PolicyState.Confirmed => Tone.Good,
        _ => Tone.Neutral,
    };

    public static string Of(ItemOutcome? outcome) => outcome switch { ItemOutcome.Adapted => "已调整", ItemOutcome.NotTouched => "不受影响", _ => "待落实" };

    public static Tone ToneOf(ItemOutcome? outcome) => outcome switch { ItemOutcome.Adapted => Tone.Good, ItemOutcome.NotTouched => Tone.Neutral, _ => Tone.Warn };

    public static readonly IReadOnlyList<Choice> Outcomes = [new(nameof(ItemOutcome.Adapted), "调整"), new(nameof(ItemOutcome.NotTouched), "不受影响")];
}
