using static Liandong.Documents.Layout.Standard;

namespace Liandong.Documents.Layout;

/// <summary>Tables: the width of the type area, head repeated on every page, a row kept on one page where it fits on one.</summary>
internal sealed partial class Typesetting
{
    private const double CellPadding = 1.2, TableRule = 0.25;

    private static readonly double TableEm = SizeTable * MillimetresPerPoint;
    private static readonly double TableLine = TableEm * 1.4;

    private sealed record TableRow(IReadOnlyList<IReadOnlyList<Line>> Cells, bool IsHead)
    {
        public int Lines => Math.Max(1, Cells.Max(c => c.Count));
    }

    private void SetTable(Table table)
    {
        var columns = table.Head.Count;
        var shares = table.Widths is { Count: > 0 } given && given.Count == columns ? given : [.. Enumerable.Repeat(1.0, columns)];
        var widths = shares.Select(s => s / shares.Sum() * Width).ToArray();
        var head = RowOf(table.Head, widths, isHead: true);
        if (table.Caption.Length > 0)
        {
            if (!Room(1) || y + step + 3 * HeightOf(head) > Bottom) NewPage();
            var broken = breaker.Break([new Span(table.Caption, Face.Hei)], Width, 0, 0, Cell, spread: false);
            foreach (var line in broken) TextLine(Part.Table, line with { Indent = (Width - line.Width) / 2 });
        }
        var firstRow = table.Rows.Count > 0 ? HeightOf(RowOf(table.Rows[0], widths, false)) : 0;
        if (y > Top + Slip) y += 1;
        if (y + HeightOf(head) + firstRow > Bottom + Slip && y > Top + 1 + Slip) NewPage();
        var top = y;
        DrawRow(head, widths);
        foreach (var cells in table.Rows)
        {
            var row = RowOf(cells, widths, false);
            if (y + HeightOf(row) > Bottom + Slip)
            {
                Close(top, widths);
                NewPage();
                top = y;
                DrawRow(head, widths);
            }
            // A row higher than a page goes on over the page's end.
            while (y + HeightOf(row) > Bottom + Slip)
            {
                var fits = Math.Max(1, (int)((Bottom - y - 2 * CellPadding) / TableLine));
                DrawRow(new TableRow([.. row.Cells.Select(c => (IReadOnlyList<Line>)[.. c.Take(fits)])], false), widths);
                row = new TableRow([.. row.Cells.Select(c => (IReadOnlyList<Line>)[.. c.Skip(fits)])], false);
                Close(top, widths);
                NewPage();
                top = y;
                DrawRow(head, widths);
            }
            DrawRow(row, widths);
        }
        Close(top, widths);
        y += 1;
        TextLines++;
        textPage = pages.Count;
    }

    private TableRow RowOf(IReadOnlyList<string> cells, double[] widths, bool isHead) =>
        new([.. widths.Select((w, i) => breaker.Break([new Span(i < cells.Count ? cells[i] : "", isHead ? Face.Hei : Face.Fang)], w - 2 * CellPadding, 0, 0, TableEm, spread: false))], isHead);

    private static double HeightOf(TableRow row) => row.Lines * TableLine + 2 * CellPadding;

    private void DrawRow(TableRow row, double[] widths)
    {
        Across(Part.Table, y, TableRule);
        var (x, height) = (Left, HeightOf(row));
        for (var i = 0; i < widths.Length; i++)
        {
            var cell = row.Cells[i];
            // Heads and short values (numbers, days) stand in the middle of their column, text at its left.
            var centred = row.IsHead || (cell.Count == 1 && i > 0);
            var top = y + (height - cell.Count * TableLine) / 2;
            for (var k = 0; k < cell.Count; k++)
            {
                var left = centred ? x + (widths[i] - cell[k].Width) / 2 : x + CellPadding;
                Place(Part.Table, cell[k], left, top + k * TableLine + (TableLine - TableEm) / 2 + Ascent * TableEm, SizeTable, Ink.Black);
            }
            x += widths[i];
        }
        y += height;
    }

    private void Close(double top, double[] widths)
    {
        Across(Part.Table, y, TableRule);
        var x = Left;
        Down(x);
        foreach (var width in widths) Down(x += width);

        void Down(double at) => pages[^1].Rules.Add(new Rule(Part.Table, at, top, at, y, TableRule, Ink.Black));
    }
}
