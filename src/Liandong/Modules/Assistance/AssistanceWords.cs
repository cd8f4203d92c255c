using Liandong.Shared;

namespace Liandong.Modules.Assistance;

/// <summary>The module's words on screens and in files.</summary>
public static class AssistanceWords
{
    public static string Of(AssistanceKind kind) => kind switch
    {
        AssistanceKind.ApprovalInformation => "审批信息",
        AssistanceKind.SupervisionInformation => "监管信息",
        _ => "协助办理",
    };

    public static readonly IReadOnlyList<Choice> Kinds = [.. Enum.GetValues<AssistanceKind>().Select(k => new Choice(k.ToString(), Of(k)))];

    public static string Of(AssistanceState state) => state switch
    {
        AssistanceState.Asked => "待答复",
        AssistanceState.Answered => "已答复",
        AssistanceState.Refused => "不予协助",
        _ => "已撤回",
    };

    public static readonly IReadOnlyList<Choice> States = [.. Enum.GetValues<AssistanceState>().Select(s => new Choice(s.ToString(), Of(s)))];

    public static Tone ToneOf(AssistanceState state) => state switch
    {
        AssistanceState.Asked => Tone.Warn,
        AssistanceState.Answered => Tone.Good,
        AssistanceState.Refused => Tone.Bad,
        _ => Tone.Neutral,
    };

    public static string Of(AssistanceSubject subject) => subject switch
    {
        AssistanceSubject.Case => "办件",
        AssistanceSubject.Party => "相对人",
        AssistanceSubject.Item => "事项",
        _ => "不针对具体对象",
    };

    public static readonly IReadOnlyList<Choice> Subjects = [.. Enum.GetValues<AssistanceSubject>().Select(s => new Choice(s.ToString(), Of(s)))];
}
