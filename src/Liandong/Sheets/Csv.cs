using System.Text;
using Sylvan.Data.Csv;

namespace Liandong.Sheets;

/// <summary>Comma-separated text (RFC 4180), read as loosely and written as strictly as spreadsheets need. A tab or a semicolon in the heading line separates too.</summary>
public static class Csv
{
    private const int Buffer = 64 * 1024;

    public static IEnumerable<IReadOnlyList<string>> Parse(string text)
    {
        var separator = SeparatorOf(text.AsSpan(0, text.AsSpan().IndexOfAny('\r', '\n') is >= 0 and var end ? end : text.Length));
        var options = new CsvDataReaderOptions
        {
            HasHeaders = false, Delimiter = separator, CsvStyle = CsvStyle.Lax, Comment = '\0', BufferSize = Buffer, MaxBufferSize = Math.Max(Buffer, text.Length + 1),
        };
        using var reader = CsvDataReader.Create(new StringReader(text), options);
        while (reader.Read())
        {
            // A line without anything is still a line: what is said of the rows after it counts it.
            var cells = new string[Math.Max(1, reader.RowFieldCount)];
            for (var i = 0; i < cells.Length; i++) cells[i] = i < reader.RowFieldCount ? reader.GetString(i) : "";
            yield return cells;
        }
    }

    private static char SeparatorOf(ReadOnlySpan<char> heading) => heading.Contains(',') ? ',' : heading.Contains('\t') ? '\t' : heading.Contains(';') ? ';' : ',';

    /// <summary>UTF-8 with a mark, so that Excel reads it rightly. A cell that a spreadsheet would take for a formula gets an apostrophe.</summary>
    public static byte[] Write(IEnumerable<IReadOnlyList<string>> lines)
    {
        var text = new StringBuilder("\uFEFF");
        foreach (var line in lines)
        {
            for (var i = 0; i < line.Count; i++)
            {
                if (i > 0) text.Append(',');
                text.Append(Escape(line[i]));
            }
            text.Append("\r\n");
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Escape(string cell)
    {
        if (cell.Length > 0 && cell[0] is '=' or '+' or '-' or '@' or '\t' or '\r') cell = "'" + cell;
        return cell.AsSpan().ContainsAny(",\"\r\n\t") || cell.StartsWith(' ') || cell.EndsWith(' ') ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
    }
}
