using Liandong.Kernel.Duties;
using Liandong.Kernel.Notice;

namespace Liandong.Documents;

/// <summary>What the notice says of letters and minutes. Numbers stand here once; the notice gives none for an answer, so it is a local agreement.</summary>
public static class DocumentsRules
{
    public static readonly Article Exchanging = new("附件2 一(三)", "涉及单个行政机关的,可以往来函的形式协商解决", "L1.3");
    public static readonly Article Cooperating = new("附件2 四", "在联络会商、信息互通、业务协同等方面相互配合", "L4");
    public static readonly Article Issuing = new("附件2 一(六)", "会议决定事项以会议纪要形式印发执行", "L1.6");

    /// <summary>Owed by an addressee that is asked for an answer; the letter may name another number of days.</summary>
    public static readonly DutyRule AnswerDocument = new("document.answer", "答复来文", Exchanging, new Term.Workdays(5), LocalNumber: true);

    /// <summary>Owed by each organ that is to issue a document jointly, once it has the text: sign or decline.</summary>
    public static readonly DutyRule CountersignDocument = new("document.countersign", "会签联合行文", Cooperating, new Term.Workdays(3), LocalNumber: true);

    public static readonly IReadOnlyList<DutyRule> All = [AnswerDocument, CountersignDocument];

    /// <summary>The article under which a kind of document is issued.</summary>
    public static Article Of(Layout.DocumentKind kind) => kind == Layout.DocumentKind.Minutes ? Issuing : Exchanging;
}
