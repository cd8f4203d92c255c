namespace Liandong.Kernel.Notice;

/// <summary>
/// A provision that a rule rests on: where it stands and its words. For the notice the quotation is word for word
/// (a test searches for it in <c>docs/notice/notice.md</c>); a statute is cited with the sentence that the rule uses.
/// </summary>
/// <param name="Clause">The notice's own numbering (附件2 二(三)) or statute and article (行政许可法 第四十二条).</param>
/// <param name="Quote">The words themselves.</param>
/// <param name="Id">The anchor of the clause in the text of the notice (L2.3); empty for a statute or a local agreement.</param>
public sealed record Article(string Clause, string Quote, string Id = "")
{
    /// <summary>A provision of a statute or regulation outside the notice.</summary>
    public static Article Statute(string clause, string quote) => new(clause, quote);

    /// <summary>A number that no text gives: the district's own agreement. The platform puts no words in the notice's mouth.</summary>
    public static Article Local(string quote) => new("本地约定", quote);

    public bool IsNotice => Id.Length > 0;

    public override string ToString() => Clause;
}
