using System.Text.RegularExpressions;

namespace Liandong.Kernel.Notice;

/// <summary>One provision of the notice.</summary>
/// <param name="Id">Our anchor, used in code and documents: L2.3.</param>
/// <param name="Numbering">The notice's own numbering, as citations write it: 附件2 二(三); for the main text 正文 三.</param>
/// <param name="Headings">The headings above it, outermost first.</param>
/// <param name="Text">Its words; paragraphs apart by line breaks.</param>
public sealed record NoticeClause(string Id, string Numbering, IReadOnlyList<string> Headings, string Text)
{
    /// <summary>Whether the clause contains these words, whatever the white space.</summary>
    public bool Says(string quote) => NoticeText.Holds(Text, quote);
}

public enum NoticeBlockKind { Title, Heading, Paragraph }

/// <summary>A line of the notice as it is printed.</summary>
/// <param name="ClauseId">The clause that it belongs to; null for titles, headings and the signature.</param>
public sealed record NoticeBlock(NoticeBlockKind Kind, string Text, string? ClauseId);

/// <summary>The text of the notice (历下政办发〔2019〕1号), read from <c>docs/notice/notice.md</c> as it was built in.</summary>
public static partial class NoticeText
{
    private static readonly Lazy<(List<NoticeBlock> Blocks, List<NoticeClause> Clauses, string Stripped)> Read = new(ReadResource);
    private static readonly Lazy<Dictionary<string, NoticeClause>> ById = new(() => Clauses.ToDictionary(c => c.Id));

    /// <summary>The whole notice in reading order.</summary>
    public static IReadOnlyList<NoticeBlock> Blocks => Read.Value.Blocks;

    public static IReadOnlyList<NoticeClause> Clauses => Read.Value.Clauses;

    public static NoticeClause? Find(string id) => ById.Value.GetValueOrDefault(id);

    /// <summary>Whether the notice contains these words, whatever the white space. Never true for an empty quotation.</summary>
    public static bool Contains(string quote) => Strip(quote) is { Length: > 0 } words && Read.Value.Stripped.Contains(words, StringComparison.Ordinal);

    internal static bool Holds(string text, string quote) => Strip(quote) is { Length: > 0 } words && Strip(text).Contains(words, StringComparison.Ordinal);

    private static string Strip(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private static (List<NoticeBlock>, List<NoticeClause>, string) ReadResource()
    {
        using var reader = new StreamReader(typeof(NoticeText).Assembly.GetManifestResourceStream("notice.md")!);
        return Parse(reader.ReadToEnd());
    }

    private static (List<NoticeBlock>, List<NoticeClause>, string) Parse(string markdown)
    {
        var blocks = new List<NoticeBlock>();
        var clauses = new List<NoticeClause>();
        string part = "正文", title = "", section = "", sectionHeading = "", article = "", articleHeading = "";
        string? open = null;

        // What stands above the first title is our own introduction.
        foreach (var line in markdown.Split('\n').Select(l => l.Trim()).SkipWhile(l => !l.StartsWith("## ", StringComparison.Ordinal)).Where(l => l.Length > 0))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                title = line[3..].Trim();
                part = AnnexNumber().Match(title) is { Success: true } annex ? annex.Value : "正文";
                (section, sectionHeading, article, articleHeading, open) = ("", "", "", "", null);
                blocks.Add(new NoticeBlock(NoticeBlockKind.Title, title, null));
            }
            else if (line.StartsWith("### ", StringComparison.Ordinal))
            {
                var heading = StepHeading().Match(line[4..].Trim());
                var text = heading.Groups["text"].Value;
                open = heading.Groups["id"] is { Success: true } id ? id.Value : null;
                if (ArticleNumber().Match(text) is { Success: true } numbered) (article, articleHeading) = (numbered.Value, text);
                else (section, sectionHeading, article, articleHeading) = (SectionNumber().Match(text).Groups["number"].Value, text, "", "");
                blocks.Add(new NoticeBlock(NoticeBlockKind.Heading, text, open));
                if (open is not null) clauses.Add(new NoticeClause(open, $"{part} {section}", [title, text], ""));
            }
            else if (Anchor().Match(line) is { Success: true } anchor)
            {
                open = anchor.Groups["id"].Value;
                var text = anchor.Groups["text"].Value;
                var number = article.Length > 0 ? article : ArticleNumber().Match(text).Value;
                string[] headings = [title, sectionHeading, articleHeading];
                clauses.Add(new NoticeClause(open, $"{part} {section}{number}", [.. headings.Where(h => h.Length > 0)], text));
                blocks.Add(new NoticeBlock(NoticeBlockKind.Paragraph, text, open));
            }
            else
            {
                // The list of annexes and the signature end the main text.
                if (line.StartsWith("附件:", StringComparison.Ordinal)) open = null;
                if (open is not null) clauses[^1] = clauses[^1] with { Text = clauses[^1].Text.Length == 0 ? line : $"{clauses[^1].Text}\n{line}" };
                blocks.Add(new NoticeBlock(NoticeBlockKind.Paragraph, line, open));
            }
        }
        return (blocks, clauses, Strip(string.Concat(blocks.Select(b => b.Text))));
    }

    [GeneratedRegex(@"^附件\d+")]
    private static partial Regex AnnexNumber();

    [GeneratedRegex(@"^((?<id>S\d+)\s+)?(?<text>.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex StepHeading();

    [GeneratedRegex(@"^(?<number>[一二三四五六七八九十]+)、", RegexOptions.ExplicitCapture)]
    private static partial Regex SectionNumber();

    [GeneratedRegex(@"^\([一二三四五六七八九十]+\)", RegexOptions.ExplicitCapture)]
    private static partial Regex ArticleNumber();

    [GeneratedRegex(@"^\*\*(?<id>[^*]+)\*\*\s*(?<text>.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Anchor();
}
