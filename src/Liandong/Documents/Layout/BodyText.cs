using System.Text;
using System.Text.RegularExpressions;

namespace Liandong.Documents.Layout;

/// <summary>
/// The body as plain text, the way it is typed or pasted: a line that begins with 一、 （一） 1. （1） or 第一条 is a heading or a clause of that level, lines with | are a table, any other line a
/// paragraph. The numbers that were typed are dropped; the layout gives them anew.
/// </summary>
public static partial class BodyText
{
    public static IReadOnlyList<Block> Read(string text)
    {
        var blocks = new List<Block>();
        var table = new List<IReadOnlyList<string>>();
        foreach (var raw in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = raw.Trim().Trim('　');
            if (line.StartsWith('|') && line.EndsWith('|') && line.Length > 2)
            {
                table.Add([.. line[1..^1].Split('|').Select(c => c.Trim())]);
                continue;
            }
            CloseTable();
            if (line.Length > 0) blocks.Add(Of(line));
        }
        CloseTable();
        return blocks;

        void CloseTable()
        {
            if (table.Count > 0)
            {
                var columns = table[0].Count;
                blocks.Add(new Table(table[0], [.. table.Skip(1).Select(r => (IReadOnlyList<string>)[.. Enumerable.Range(0, columns).Select(i => i < r.Count ? r[i] : "")])]));
            }
            table.Clear();
        }
    }

    public static string Write(IReadOnlyList<Block> blocks)
    {
        var numbering = new Numbering();
        var text = new StringBuilder();
        foreach (var block in blocks)
        {
            switch (block)
            {
                case Heading heading: text.Append(numbering.Next(heading.Level)).Append(heading.Text).Append(heading.RunIn.Length > 0 ? "。" + heading.RunIn : ""); break;
                case Clause clause: text.Append(numbering.NextClause()).Append('　').Append(clause.Text); break;
                case Table table: text.AppendJoin('\n', new[] { table.Head }.Concat(table.Rows).Select(r => $"| {string.Join(" | ", r)} |")); break;
                case Paragraph paragraph: text.Append(paragraph.Text); break;
                default: throw new InvalidOperationException($"{block.GetType().Name} has no text.");
            }
            text.Append('\n');
        }
        return text.ToString().TrimEnd('\n');
    }

    private static Block Of(string line)
    {
        if (ClauseStart().Match(line) is { Success: true } clause) return new Clause(line[clause.Length..].Trim().Trim('　'));
        foreach (var (level, start) in new[] { (1, First().Match(line)), (2, Second().Match(line)), (3, Third().Match(line)), (4, Fourth().Match(line)) })
        {
            if (!start.Success) continue;
            var rest = line[start.Length..].Trim();
            // A heading ends at its first full stop; what follows goes on in the same paragraph.
            var stop = rest.IndexOf('。');
            return stop < 0 || stop == rest.Length - 1 ? new Heading(level, rest) : new Heading(level, rest[..stop], rest[(stop + 1)..].Trim());
        }
        return new Paragraph(line);
    }

    [GeneratedRegex("^[一二三四五六七八九十百]+、")] private static partial Regex First();

    [GeneratedRegex("^[（(][一二三四五六七八九十百]+[）)]")] private static partial Regex Second();

    [GeneratedRegex(@"^[0-9]{1,3}[.．、](?![0-9])")] private static partial Regex Third();

    [GeneratedRegex("^[（(][0-9]{1,3}[）)]")] private static partial Regex Fourth();

    [GeneratedRegex("^第[一二三四五六七八九十百]+条[ 　]*")] private static partial Regex ClauseStart();
}
