using System.Text.Json.Serialization;

namespace Liandong.Documents.Layout;

/// <summary>文种: the eight of the fifteen that the linkage between approval and supervision uses.</summary>
public enum DocumentKind
{
    /// <summary>函, between organs that are not subordinate to one another.</summary>
    Letter,

    /// <summary>纪要.</summary>
    Minutes,

    /// <summary>通知.</summary>
    Notice,

    /// <summary>请示, upwards, one matter only; the signer is printed.</summary>
    Request,

    /// <summary>批复, the answer to a 请示.</summary>
    Reply,

    /// <summary>通报.</summary>
    Circular,

    /// <summary>报告, upwards; the signer is printed.</summary>
    Report,

    /// <summary>意见.</summary>
    Opinion,
}

/// <summary>The forms of GB/T 9704-2012: 通用格式 (7), 信函格式 (10.1), 纪要格式 (10.3).</summary>
public enum DocumentForm
{
    General,
    Letter,
    Minutes,

    /// <summary>封面和目录 of a <see cref="Volume"/>, which the standard does not know (ours).</summary>
    Volume,
}

/// <summary>紧急程度.</summary>
public enum Urgency
{
    None,

    /// <summary>加急.</summary>
    Urgent,

    /// <summary>特急.</summary>
    MostUrgent,
}

/// <summary>密级. Only the layout knows these: the platform itself holds no state secret and refuses them.</summary>
public enum Secrecy
{
    None,

    /// <summary>秘密.</summary>
    Secret,

    /// <summary>机密.</summary>
    Confidential,

    /// <summary>绝密.</summary>
    TopSecret,
}

/// <summary>
/// What an official document says (GB/T 9704-2012, 7), without any position: the same content is laid out as PDF, written as .docx, shown and printed.
/// Plain text only: no element carries its own punctuation, numbering or indent; the layout gives them.
/// </summary>
public sealed record DocumentContent
{
    public required DocumentKind Kind { get; init; }
    public required DocumentForm Format { get; init; }

    /// <summary>发文机关标志, the organs' full names; a joint document names the host first. In minutes the whole mark: 联席会议纪要.</summary>
    public required IReadOnlyList<string> Mark { get; init; }

    /// <summary>Whether 文件 follows the organs in the mark. Only the general format has it.</summary>
    public bool MarkSaysDocument { get; init; }

    /// <summary>发文字号 as printed: 历审函〔2026〕12号. Empty before signing: the place stays free and the drawing says 草稿.</summary>
    public string Number { get; init; } = "";

    /// <summary>签发人 of an upward document (请示, 报告); empty otherwise.</summary>
    public IReadOnlyList<string> Signers { get; init; } = [];

    /// <summary>份号, six digits; empty when the document has none.</summary>
    public string CopyNumber { get; init; } = "";

    public Secrecy Secrecy { get; init; }

    /// <summary>保密期限 as printed after ★: 1年. Empty when there is none.</summary>
    public string SecretFor { get; init; } = "";

    public Urgency Urgency { get; init; }

    /// <summary>标题: 关于……的函. The organ's name may stand before it; line breaks are chosen by the layout unless given with \n.</summary>
    public required string Title { get; init; }

    /// <summary>主送机关. Minutes have none.</summary>
    public IReadOnlyList<string> To { get; init; } = [];

    public required IReadOnlyList<Block> Body { get; init; }

    /// <summary>附件说明: the names, in order, without punctuation. The texts that are bound in are in <see cref="Annexes"/>.</summary>
    public IReadOnlyList<string> Attachments { get; init; } = [];

    /// <summary>发文机关署名, in the order of the mark. Minutes have none.</summary>
    public IReadOnlyList<string> SignedBy { get; init; } = [];

    /// <summary>成文日期: the day the head signed. None before signing.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Whether room for a seal is kept and the signature is centred over the date (加盖印章的公文).</summary>
    public bool Sealed { get; init; }

    /// <summary>附注 without its brackets: 此件公开发布.</summary>
    public string Note { get; init; } = "";

    /// <summary>附件 that are bound in, each on a new page before the imprint.</summary>
    public IReadOnlyList<Annex> Annexes { get; init; } = [];

    /// <summary>抄送机关.</summary>
    public IReadOnlyList<string> CopyTo { get; init; } = [];

    /// <summary>印发机关. A letter in letter format prints no such line.</summary>
    public string PrintedBy { get; init; } = "";

    /// <summary>印发日期.</summary>
    public DateOnly? PrintedOn { get; init; }

    /// <summary>Who was there; minutes only.</summary>
    public Attendance? Attendance { get; init; }

    /// <summary>附件 and its number as 附件说明 gives it, which names bound annexes and files together (7.3.7); a single one has none.</summary>
    public string MarkOf(Annex annex)
    {
        IReadOnlyList<string> names = Attachments.Contains(annex.Title) ? Attachments : [.. Annexes.Select(a => a.Title)];
        return names.Count == 1 ? "附件" : $"附件{names.Index().First(n => n.Item == annex.Title).Index + 1}";
    }
}

/// <summary>出席、请假、列席: each a list as printed (区住建局 张三), in the order of the roster.</summary>
public sealed record Attendance(IReadOnlyList<string> Present, IReadOnlyList<string> OnLeave, IReadOnlyList<string> Observing);

/// <summary>One annex, under the name that 附件说明 gives it.</summary>
public sealed record Annex(string Title, IReadOnlyList<Block> Body);

/// <summary>A piece of text. Numbers of headings and clauses are given by the layout, so that a draft can be reordered.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Paragraph), "paragraph")]
[JsonDerivedType(typeof(Heading), "heading")]
[JsonDerivedType(typeof(Clause), "clause")]
[JsonDerivedType(typeof(Table), "table")]
public abstract record Block;

/// <summary>A paragraph of 仿宋, indented by two characters.</summary>
public sealed record Paragraph(string Text) : Block;

/// <summary>
/// A numbered heading: level 1 一、黑体, level 2 （一）楷体, level 3 1.仿宋, level 4 （1）仿宋. The number runs on from the heading of the same level before
/// it and starts again under a heading of a higher level.
/// </summary>
/// <param name="Level">1 to 4.</param>
/// <param name="RunIn">Text that goes on in the same paragraph after the heading, in 仿宋; empty for a heading on a line of its own.</param>
public sealed record Heading(int Level, string Text, string RunIn = "") : Block;

/// <summary>A numbered clause of running text (第一条 …), numbered through the whole body.</summary>
public sealed record Clause(string Text) : Block;

/// <summary>A simple table, the width of the type area. Every row has as many cells as <paramref name="Head"/>.</summary>
/// <param name="Widths">Shares of the width per column, any positive numbers; equal when empty.</param>
public sealed record Table(IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<double>? Widths = null) : Block
{
    /// <summary>表题, centred above the table; empty for none.</summary>
    public string Caption { get; init; } = "";
}
