using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Liandong.Notices;

/// <summary>A chapter of the manual.</summary>
/// <param name="Slug">Name of its file without number and ending: <c>linkage</c>.</param>
public sealed record Chapter(string Slug, string Title, string Html);

/// <summary>The manual, built in from <c>docs/manual/*.md</c>: a new chapter is a new file. Only the few forms of Markdown that the chapters use are read.</summary>
public static partial class Manual
{
    private static readonly Lazy<IReadOnlyList<Chapter>> Read = new(() =>
    [
        .. typeof(Manual).Assembly.GetManifestResourceNames().Where(n => n.StartsWith("manual/", StringComparison.Ordinal) && !n.EndsWith("README.md", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Load),
    ]);

    public static IReadOnlyList<Chapter> Chapters => Read.Value;

    private static Chapter Load(string name)
    {
        using var reader = new StreamReader(typeof(Manual).Assembly.GetManifestResourceStream(name)!);
        var text = reader.ReadToEnd().ReplaceLineEndings("\n");
        var title = text.Split('\n').First(l => l.StartsWith("# ", StringComparison.Ordinal))[2..];
        return new Chapter(SlugOf(name), title, Render(text));
    }

    private static string SlugOf(string file) => Leading().Replace(Path.GetFileNameWithoutExtension(file), "");

    internal static string Render(string markdown)
    {
        var html = new StringBuilder();
        string? list = null;
        var paragraph = new List<string>();
        var code = false;
        foreach (var raw in markdown.Split('\n').Append(""))
        {
            var line = raw.TrimEnd();
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                Flush();
                html.Append(code ? "</code></pre>" : "<pre tabindex=\"0\"><code>");
                code = !code;
                continue;
            }
            if (code)
            {
                html.Append(WebUtility.HtmlEncode(raw)).Append('\n');
                continue;
            }
            var (kind, item) = ItemLine().Match(line) is { Success: true } m ? (char.IsDigit(m.Groups[1].Value[0]) ? "ol" : "ul", m.Groups[2].Value) : (null, "");
            if (line.Length == 0 || line.StartsWith('#') || line.StartsWith("![", StringComparison.Ordinal) || kind is not null) Flush();
            if (kind is not null)
            {
                if (list != kind)
                {
                    if (list is not null) html.Append($"</{list}>");
                    html.Append($"<{kind}>");
                    list = kind;
                }
                html.Append("<li>").Append(Inline(item)).Append("</li>");
                continue;
            }
            if (list is not null)
            {
                html.Append($"</{list}>");
                list = null;
            }
            if (line.StartsWith("![", StringComparison.Ordinal)) continue;
            if (line.StartsWith('#'))
            {
                var level = Math.Min(line.TakeWhile(c => c == '#').Count() + 1, 4);
                html.Append($"<h{level}>").Append(Inline(line.TrimStart('#', ' '))).Append($"</h{level}>");
            }
            else if (line.Length > 0)
            {
                paragraph.Add(line);
            }
        }
        return html.ToString();

        void Flush()
        {
            if (paragraph.Count == 0) return;
            html.Append("<p>").Append(Inline(string.Concat(paragraph))).Append("</p>");
            paragraph.Clear();
        }
    }

    private static string Inline(string text)
    {
        var safe = WebUtility.HtmlEncode(text);
        safe = Bold().Replace(safe, "<strong>$1</strong>");
        safe = Code().Replace(safe, "<code>$1</code>");
        return Link().Replace(safe, m => m.Groups[2].Value is var to && to.EndsWith(".md", StringComparison.Ordinal) ? $"<a href=\"/help/{SlugOf(to)}\">{m.Groups[1].Value}</a>"
            : to.StartsWith('/') ? $"<a href=\"{to}\">{m.Groups[1].Value}</a>" : m.Groups[1].Value);
    }

    [GeneratedRegex(@"^\d+-")] private static partial Regex Leading();

    [GeneratedRegex(@"^\s*(-|\d+\.) (.*)$")] private static partial Regex ItemLine();

    [GeneratedRegex(@"\*\*(.+?)\*\*")] private static partial Regex Bold();

    [GeneratedRegex("`([^`]+)`")] private static partial Regex Code();

    [GeneratedRegex(@"\[([^\]]+)\]\(([^)\s]+)\)")] private static partial Regex Link();
}
