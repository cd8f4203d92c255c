namespace Liandong.Documents.Layout;

/// <summary>汇编: documents that were issued, bound behind a cover and a table of contents. Each stays as it was issued.</summary>
/// <param name="Mark">What stands on the cover: 会议纪要汇编.</param>
/// <param name="Of">Which ones, below it: 2026年.</param>
/// <param name="By">The organ that compiled it.</param>
public sealed record Volume(string Mark, string Of, string By, DateOnly On, IReadOnlyList<DocumentContent> Parts)
{
    public string Title => Of + Mark;

    /// <summary>Cover and contents.</summary>
    /// <param name="pages">Where each document begins.</param>
    public DocumentContent Front(IReadOnlyList<int> pages) => new()
    {
        Kind = DocumentKind.Minutes, Format = DocumentForm.Volume, Mark = [Mark], Number = Of, Title = "目录", SignedBy = [By], Date = On,
        Body =
        [
            // The page stands last: in a .docx it is a field.
            new Table(["序号", "标题", "编号", "日期", "页"],
                [.. Parts.Select((part, i) => (IReadOnlyList<string>)[$"{i + 1}", part.Title.Replace("\n", "", StringComparison.Ordinal), part.Number, part.Date is { } day ? $"{day.Year}年{day.Month}月{day.Day}日" : "", $"{pages[i]}"])],
                [1.3, 5.6, 4.6, 3.6, 1]),
        ],
    };
}
