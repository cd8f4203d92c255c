using Liandong.Shared;

namespace Liandong.Modules.Conferences;

/// <summary>The module's words on screens.</summary>
public static class ConferencesWords
{
    public static string Of(MeetingKind kind) => kind switch
    {
        MeetingKind.Regular => "例会",
        MeetingKind.Special => "专题会议",
        MeetingKind.JointConference => "联席会议",
        MeetingKind.Working => "工作对接会",
        _ => "协调会",
    };

    public static string Of(MeetingState state) => state switch
    {
        MeetingState.Preparing => "筹备中",
        MeetingState.Asked => "请示中",
        MeetingState.Approved => "同意召开",
        MeetingState.Called => "已通知",
        MeetingState.Held => "已召开",
        MeetingState.Cosigning => "纪要会签",
        MeetingState.Issued => "决定执行中",
        MeetingState.Done => "已办结",
        _ => "已取消",
    };

    public static Tone ToneOf(MeetingState state) => state switch
    {
        MeetingState.Preparing or MeetingState.Cancelled => Tone.Neutral,
        MeetingState.Asked or MeetingState.Held or MeetingState.Cosigning => Tone.Warn,
        MeetingState.Done => Tone.Good,
        _ => Tone.Info,
    };

    public static string Of(Presence presence, bool observer = false) => presence switch
    {
        Presence.Present => observer ? "列席" : "出席",
        Presence.Substitute => observer ? "列席(替会)" : "替会",
        Presence.Leave => "请假",
        Presence.Absent => "缺席",
        _ => "未登记",
    };

    public static Tone ToneOf(Presence presence) => presence switch
    {
        Presence.Present => Tone.Good,
        Presence.Substitute => Tone.Info,
        Presence.Leave => Tone.Warn,
        Presence.Absent => Tone.Bad,
        _ => Tone.Neutral,
    };

    public static string Of(TopicState state) => state switch
    {
        TopicState.Proposed => "待审定",
        TopicState.Passed => "已通过",
        TopicState.Declined => "不列入",
        TopicState.Discussed => "已研究",
        _ => "已撤回",
    };

    public static Tone ToneOf(TopicState state) => state switch
    {
        TopicState.Proposed => Tone.Warn,
        TopicState.Passed => Tone.Info,
        TopicState.Declined => Tone.Bad,
        TopicState.Discussed => Tone.Good,
        _ => Tone.Neutral,
    };

    public static string Of(StepState state) => state switch
    {
        StepState.Open => "办理中",
        StepState.Reported => "待确认",
        StepState.Confirmed => "已完成",
        _ => "不再办理",
    };

    public static Tone ToneOf(StepState state) => state switch
    {
        StepState.Open => Tone.Info,
        StepState.Reported => Tone.Warn,
        StepState.Confirmed => Tone.Good,
        _ => Tone.Neutral,
    };

    public static string Of(Recurrence every) => every switch { Recurrence.Monthly => "每月一次", Recurrence.Quarterly => "每季度一次", Recurrence.HalfYearly => "每半年一次", _ => "不定期" };

    public static IReadOnlyList<Choice> Kinds { get; } = [.. Enum.GetValues<MeetingKind>().Select(k => new Choice(k.ToString(), Of(k)))];

    public static IReadOnlyList<Choice> States { get; } = [.. Enum.GetValues<MeetingState>().Select(s => new Choice(s.ToString(), Of(s)))];

    public static IReadOnlyList<Choice> Recurrences { get; } = [.. Enum.GetValues<Recurrence>().Select(r => new Choice(r.ToString(), Of(r)))];

    public static IReadOnlyList<Choice> Attended { get; } = [new(nameof(Presence.Present), "出席"), new(nameof(Presence.Substitute), "替会"), new(nameof(Presence.Leave), "请假"), new(nameof(Presence.Absent), "缺席")];
}
