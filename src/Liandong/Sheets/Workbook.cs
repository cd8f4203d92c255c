using MiniExcelLibs;
using MiniExcelLibs.OpenXml;

namespace Liandong.Sheets;

/// <summary>Tables that the product hands out as .xlsx. Every cell is text or a number; a text that looks like a formula stays text.</summary>
public static class Workbook
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public sealed record Page(string Name, IReadOnlyList<string> Headings, IEnumerable<IReadOnlyList<object?>> Rows);

    /// <param name="pages">The table first; a page with the explanation of columns, or with who exported what and when, after it.</param>
    public static byte[] Write(params IEnumerable<Page> pages)
    {
        var sheets = new Dictionary<string, object>();
        foreach (var page in pages) sheets[page.Name] = Lines(page);
        using var stream = new MemoryStream();
        stream.SaveAs(sheets, printHeader: false, configuration: new OpenXmlConfiguration { TableStyles = TableStyles.None, AutoFilter = false, FastMode = false });
        return stream.ToArray();
    }

    /// <summary>The page that says where an export comes from, so that a file that leaves the platform can be traced.</summary>
    public static Page Origin(string title, string by, string organ, DateTimeOffset at, int rows) =>
        new("导出说明", ["项目", "内容"], [["表名", title], ["导出人", $"{organ} {by}"], ["导出时间", at.ToString("yyyy-MM-dd HH:mm:ss")], ["行数", rows.ToString()], ["使用要求", "仅限本单位工作使用,不得外传。"]]);

    private static IEnumerable<Dictionary<string, object?>> Lines(Page page)
    {
        yield return Line(page.Headings);
        foreach (var row in page.Rows) yield return Line(row);
    }

    private static Dictionary<string, object?> Line(IReadOnlyList<object?> cells)
    {
        var line = new Dictionary<string, object?>(cells.Count);
        for (var i = 0; i < cells.Count; i++) line["c" + i] = cells[i] is DateOnly day ? day.ToString("yyyy-MM-dd") : cells[i];
        return line;
    }
}
