using Liandong.Documents.Layout;
using Liandong.Shared;

namespace Liandong.Documents;

/// <summary>The module's words on screens.</summary>
public static class DocumentWords
{
    public static string Of(DocumentKind kind) => kind switch
    {
        DocumentKind.Letter => "函",
        DocumentKind.Minutes => "纪要",
        DocumentKind.Notice => "通知",
        DocumentKind.Request => "请示",
        DocumentKind.Reply => "批复",
        DocumentKind.Circular => "通报",
        DocumentKind.Report => "报告",
        _ => "意见",
    };

    public static string Of(DocumentState state) => state switch
    {
        DocumentState.Draft => "草稿",
        DocumentState.InReview => "核稿中",
        DocumentState.Reviewed => "待签发",
        DocumentState.Countersigning => "会签中",
        DocumentState.Signed => "已签发",
        DocumentState.Sealed => "已用印",
        DocumentState.Served => "已送达",
        _ => "已作废",
    };

    public static Tone ToneOf(DocumentState state) => state switch
    {
        DocumentState.Draft => Tone.Neutral,
        DocumentState.InReview or DocumentState.Reviewed or DocumentState.Countersigning => Tone.Info,
        DocumentState.Cancelled => Tone.Warn,
        _ => Tone.Good,
    };

    public static string Of(IssuerState state) => state switch { IssuerState.Waiting => "未送会签", IssuerState.Asked => "待签署", IssuerState.Signed => "已签署", _ => "不同意" };

    public static Tone ToneOf(IssuerState state) => state switch { IssuerState.Waiting => Tone.Neutral, IssuerState.Asked => Tone.Info, IssuerState.Signed => Tone.Good, _ => Tone.Warn };

    public static string Of(RemarkState state) => state switch { RemarkState.Open => "未处理", RemarkState.Accepted => "已采纳", _ => "未采纳" };

    public static Tone ToneOf(RemarkState state) => state switch { RemarkState.Open => Tone.Warn, RemarkState.Accepted => Tone.Good, _ => Tone.Neutral };

    public static IReadOnlyList<Choice> Kinds { get; } = [.. Enum.GetValues<DocumentKind>().Select(k => new Choice(k.ToString(), Of(k)))];
}
