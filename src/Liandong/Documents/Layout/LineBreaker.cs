using System.Text;

namespace Liandong.Documents.Layout;

/// <summary>A piece of text in one face.</summary>
public sealed record Span(string Text, Face Face);

/// <summary>One line of a paragraph: its pieces and how far each character moves, in mm.</summary>
/// <param name="Indent">From the left edge of the column, in mm.</param>
public sealed record Line(double Indent, IReadOnlyList<Span> Spans, IReadOnlyList<double> Advances)
{
    public double Width => Advances.Sum();
}

/// <summary>
/// Breaks text into lines as Chinese setting does: anywhere between characters, but no closing mark at the start of a line (避头), no opening mark at its end
/// (避尾), numbers and Latin words whole. A closing mark that would fall on the next line is squeezed in where the marks of the line have blank to give
/// (推入); otherwise a character goes down with it and the rest is spread over the line (推出).
/// </summary>
public sealed class LineBreaker(IFontMeasure fonts)
{
    private const string Closing = "，。、；：！？）》〉」』】〕］｝”’…—％%℃·,.;:!?)]}’”々°";
    private const string Opening = "（《〈「『【〔［｛“‘([{￥$№";
    private const double Tolerance = 1e-6;

    private readonly record struct Cell(Rune Rune, Face Face, double Width);

    /// <param name="width">Of the column in mm.</param>
    /// <param name="first">Indent of the first line in mm.</param>
    /// <param name="rest">Indent of the lines after it in mm.</param>
    /// <param name="pitch">mm per em; a little less than the size where 28 characters fill the type area.</param>
    public IReadOnlyList<Line> Break(IReadOnlyList<Span> text, double width, double first, double rest, double pitch, bool spread = true)
    {
        var cells = text.SelectMany(s => s.Text.EnumerateRunes().Select(r => new Cell(r, s.Face, fonts.AdvanceOf(s.Face, r) * pitch))).ToArray();
        var lines = new List<Line>();
        for (var start = 0; start < cells.Length;)
        {
            var indent = lines.Count == 0 ? first : rest;
            var (end, fitted) = Fit(cells, start, width - indent, pitch);
            var last = end == cells.Length;
            // A blank that a line ends with is not set.
            var shown = end;
            while (shown > start + 1 && !last && cells[shown - 1].Rune.Value == ' ') shown--;
            var advances = cells.Skip(start).Take(shown - start).Select(c => c.Width).ToArray();
            if (fitted) Squeeze(cells.AsSpan(start, shown - start), advances, width - indent, pitch);
            else if (!last && spread) Spread(cells.AsSpan(start, shown - start), advances, width - indent);
            lines.Add(new Line(indent, Spans(cells.AsSpan(start, shown - start)), advances));
            start = end;
            while (start < cells.Length && !last && cells[start].Rune.Value == ' ') start++;
        }
        return lines;
    }

    /// <summary>Advances of a text that is set on one line as it is.</summary>
    public IReadOnlyList<double> AdvancesOf(string text, Face face, double pitch) => [.. text.EnumerateRunes().Select(r => fonts.AdvanceOf(face, r) * pitch)];

    private static (int End, bool Squeezed) Fit(Cell[] cells, int start, double width, double pitch)
    {
        double used = 0;
        var over = start;
        while (over < cells.Length && (used + cells[over].Width <= width + Tolerance || cells[over].Rune.Value == ' ')) used += cells[over++].Width;
        if (over == cells.Length) return (over, false);
        if (over > start && MayBreak(cells, over)) return (over, false);

        // 推入: up to the next place where a line may end, when the marks give that much.
        var further = over;
        do used += cells[further++].Width;
        while (further < cells.Length && !MayBreak(cells, further) && further - over < 3);
        if (over > start && (further == cells.Length || MayBreak(cells, further)) && used - Slack(cells, start, further, pitch) <= width + Tolerance) return (further, true);

        // 推出: back to the last place.
        for (var end = over; end > start + 1; end--)
            if (MayBreak(cells, end)) return (end, false);
        // A word longer than the line is cut.
        return (Math.Max(over, start + 1), false);
    }

    private static bool MayBreak(Cell[] cells, int at)
    {
        var (before, after) = (cells[at - 1].Rune, cells[at].Rune);
        if (Is(Opening, before) || Is(Closing, after)) return false;
        // A long code may end its line at a hyphen or a stroke: LX-2026-|000123.
        return !(IsWord(before) && IsWord(after)) || before.Value is '-' or '/';
    }

    /// <summary>What the marks between start and end can give: half an em each, but not an opening mark at the start.</summary>
    private static double Slack(Cell[] cells, int start, int end, double pitch)
    {
        double slack = 0;
        for (var i = start; i < end; i++) slack += Gives(cells.AsSpan(start, end - start), i - start, pitch);
        return slack;
    }

    private static double Gives(ReadOnlySpan<Cell> line, int i, double pitch)
    {
        if (line[i].Width < pitch * 0.9) return 0;
        // Quotation marks, commas and brackets have their ink in one half; a dash or an ellipsis has none to give.
        if (Is("，。、；：！？）》〉」』】〕］｝”’", line[i].Rune)) return pitch / 2;
        return i > 0 && Is("（《〈「『【〔［｛“‘", line[i].Rune) ? pitch / 2 : 0;
    }

    private static void Squeeze(ReadOnlySpan<Cell> line, double[] advances, double width, double pitch)
    {
        double total = 0, slack = 0;
        for (var i = 0; i < line.Length; i++) (total, slack) = (total + advances[i], slack + Gives(line, i, pitch));
        if (total <= width + Tolerance) return;
        var share = (total - width) / slack;
        for (var i = 0; i < line.Length; i++)
        {
            var gives = Gives(line, i, pitch) * share;
            if (gives == 0) continue;
            // The ink of an opening mark is on its right: it moves left over the blank of the character before it.
            if (Is(Opening, line[i].Rune)) advances[i - 1] -= gives;
            else advances[i] -= gives;
        }
    }

    private static void Spread(ReadOnlySpan<Cell> line, double[] advances, double width)
    {
        var gaps = new List<int>();
        for (var i = 0; i + 1 < line.Length; i++)
            if (!(IsWord(line[i].Rune) && IsWord(line[i + 1].Rune))) gaps.Add(i);
        var missing = width - advances.Sum();
        if (gaps.Count == 0 || missing <= 0) return;
        foreach (var gap in gaps) advances[gap] += missing / gaps.Count;
    }

    private static List<Span> Spans(ReadOnlySpan<Cell> cells)
    {
        var spans = new List<Span>();
        var text = new StringBuilder();
        for (var i = 0; i < cells.Length; i++)
        {
            text.Append(cells[i].Rune.ToString());
            if (i + 1 < cells.Length && cells[i + 1].Face == cells[i].Face) continue;
            spans.Add(new Span(text.ToString(), cells[i].Face));
            text.Clear();
        }
        return spans;
    }

    private static bool Is(string set, Rune rune) => rune.IsBmp && set.Contains((char)rune.Value, StringComparison.Ordinal);

    // Digits, Latin letters and what stands inside numbers, codes and addresses.
    private static bool IsWord(Rune rune) => rune.IsAscii && rune.Value > ' ' && rune.Value is not ('(' or ')' or '[' or ']' or '{' or '}');
}
