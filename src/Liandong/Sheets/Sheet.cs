using System.Globalization;
using System.IO.Compression;
using System.Text;
using Liandong.Shared;
using MiniExcelLibs;

namespace Liandong.Sheets;

/// <summary>One row of a table that somebody sent in.</summary>
/// <param name="Line">Its line in the file as the sender sees it, titles and blank lines counted.</param>
public sealed record SheetRow(int Line, IReadOnlyList<string> Cells);

/// <summary>What is wrong, or worth knowing, about one cell of a table that somebody sent in.</summary>
/// <param name="Column">Heading of the column; empty when the whole row is meant.</param>
/// <param name="Stops">True: the row cannot be taken over. False: it is taken over and flagged.</param>
public sealed record RowRemark(int Line, string Column, string Reason, bool Stops = true);

/// <summary>A table that somebody sent in: .xlsx, or .csv in UTF-8, UTF-16 or GB18030. Everything is text; days are yyyy-MM-dd.</summary>
public sealed class Sheet
{
    /// <summary>A file beyond this is refused unread.</summary>
    public const int MaxBytes = 20 * 1024 * 1024;
    public const int MaxRows = 100_000;
    private const int MaxColumns = 200;
    private const int MaxCell = 32_767;

    // A title, a unit, a date above the heading; more is no table of ours.
    private const int MaxTitleLines = 5;

    // What an .xlsx of the permitted size may unpack to: real ones stay far below, only a prepared one goes beyond.
    private const long MaxUnpacked = 400L * 1024 * 1024;

    private readonly Dictionary<string, int> byHeading = new(StringComparer.OrdinalIgnoreCase);

    static Sheet() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public Sheet(IReadOnlyList<string> headings, IReadOnlyList<SheetRow> rows)
    {
        (Headings, Rows) = (headings, rows);
        for (var i = 0; i < headings.Count; i++)
            if (headings[i].Length > 0) byHeading.TryAdd(Plain(headings[i]), i);
    }

    public IReadOnlyList<string> Headings { get; }

    /// <summary>Rows that hold anything, in order.</summary>
    public IReadOnlyList<SheetRow> Rows { get; }

    /// <summary>Whether a column of one of these names is there. Marks of obligation (*, ★) and remarks in brackets do not count.</summary>
    public bool Has(params string[] names) => names.Any(n => byHeading.ContainsKey(Plain(n)));

    /// <exception cref="InvalidInput">No column of one of these names is there; said at the field File, with the headings that are.</exception>
    public void Demand(params string[] names)
    {
        if (!Has(names)) throw Wrong($"没有“{names[0]}”列。表头有:{string.Join("、", Headings.Where(h => h.Length > 0).Take(20))}。");
    }

    /// <summary>The heading as the file writes it, of the first of these columns that is there; the first name otherwise.</summary>
    public string HeadingOf(params string[] names) => names.Where(n => byHeading.ContainsKey(Plain(n))).Select(n => Headings[byHeading[Plain(n)]]).FirstOrDefault() ?? names[0];

    /// <summary>The cell under the first of these columns that is there, trimmed; empty when there is none.</summary>
    public string Cell(SheetRow row, params string[] names)
    {
        foreach (var name in names)
            if (byHeading.TryGetValue(Plain(name), out var at)) return at < row.Cells.Count ? row.Cells[at].Trim() : "";
        return "";
    }

    /// <exception cref="InvalidInput">The file is no table that can be read; said at the field File.</exception>
    public static Sheet Read(byte[] file, string fileName)
    {
        if (file.Length == 0) throw Wrong("文件是空的。");
        if (file.Length > MaxBytes) throw Wrong($"文件超过{MaxBytes / 1024 / 1024}MB,请分成几个文件。");
        var extension = Path.GetExtension(fileName).ToLowerInvariant();
        var zipped = file is [0x50, 0x4B, ..];
        if (extension is ".xls" || file is [0xD0, 0xCF, 0x11, 0xE0, ..]) throw Wrong("这是旧版 .xls 文件,请在 Excel 或 WPS 中另存为 .xlsx 再上传。");
        var lines = zipped ? ReadWorkbook(file) : ReadText(file);
        return Of(lines);
    }

    private static Sheet Of(IEnumerable<IReadOnlyList<string>> lines)
    {
        IReadOnlyList<string>? headings = null;
        var (titles, rows) = (new List<SheetRow>(), new List<SheetRow>());
        var line = 0;
        foreach (var cells in lines)
        {
            line++;
            if (cells.All(string.IsNullOrWhiteSpace)) continue;
            if (cells.Count > MaxColumns) throw Wrong($"第{line}行超过{MaxColumns}列。");
            if (cells.Any(c => c.Length > MaxCell)) throw Wrong($"第{line}行有超过{MaxCell}字的单元格。");
            // Offices write a title across the columns above the heading: one cell that is filled, and then several.
            if (headings is null && cells.Count(c => !string.IsNullOrWhiteSpace(c)) == 1 && titles.Count < MaxTitleLines) titles.Add(new SheetRow(line, cells));
            else if (headings is null && titles.Count < MaxTitleLines) headings = HeadingsOf(cells);
            else
            {
                if (headings is null) OneColumn();
                rows.Add(new SheetRow(line, cells));
            }
            if (rows.Count > MaxRows) throw Wrong($"超过{MaxRows}行,请分成几个文件。");
        }
        if (headings is null) OneColumn();
        return new Sheet(headings ?? throw Wrong("没有表头,也没有内容。"), rows);

        // No line had several cells: they were no titles but a table of one column.
        void OneColumn()
        {
            if (titles.Count == 0) return;
            headings = HeadingsOf(titles[0].Cells);
            rows.AddRange(titles.Skip(1));
        }

        static IReadOnlyList<string> HeadingsOf(IReadOnlyList<string> cells) => [.. cells.Select(c => c.Trim())];
    }

    private static List<IReadOnlyList<string>> ReadWorkbook(byte[] file)
    {
        try
        {
            CheckUnpackedSize(file);
            using var stream = new MemoryStream(file, writable: false);
            var lines = new List<IReadOnlyList<string>>();
            foreach (IDictionary<string, object?> row in stream.Query(useHeaderRow: false, excelType: ExcelType.XLSX))
            {
                lines.Add([.. row.Values.Select(TextOf)]);
                if (lines.Count > MaxRows + 1) throw Wrong($"超过{MaxRows}行,请分成几个文件。");
            }
            return lines;
        }
        catch (Exception failure) when (failure is not InvalidInput)
        {
            throw Wrong("文件打不开,可能已损坏或者不是 Excel 工作簿。请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。");
        }
    }

    private static void CheckUnpackedSize(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file, writable: false));
        var buffer = new byte[81_920];
        var total = 0L;
        foreach (var entry in zip.Entries)
        {
            // The lengths in the archive's directory are the sender's word: count what really comes out.
            using var content = entry.Open();
            for (int read; (read = content.Read(buffer)) > 0;)
                if ((total += read) > MaxUnpacked) throw Wrong("文件解压后太大,不能读取。");
        }
    }

    private static string TextOf(object? value) => value switch
    {
        null => "",
        string text => text,
        DateTime day => day.TimeOfDay == TimeSpan.Zero ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : day.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        double number => number.ToString("0.###############", CultureInfo.InvariantCulture),
        bool yes => yes ? "是" : "否",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static IEnumerable<IReadOnlyList<string>> ReadText(byte[] file)
    {
        if (file.AsSpan().Contains((byte)0) && file is not ([0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])) throw Wrong("不是表格文件。可以上传 .xlsx 或 .csv。");
        // Without a byte that text cannot have, and still no table.
        if (file.AsSpan().TrimStart("\uFEFF \t\r\n"u8) is [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] or [(byte)'<', ..] or [(byte)'{', (byte)'\\', ..]) throw Wrong("不是表格文件。可以上传 .xlsx 或 .csv。");
        return Csv.Parse(Decode(file));
    }

    /// <summary>UTF-8 where it is valid UTF-8, as marked where there is a mark, otherwise GB18030, which Excel and WPS write on Chinese systems.</summary>
    private static string Decode(byte[] file)
    {
        if (file is [0xFF, 0xFE, ..]) return Encoding.Unicode.GetString(file, 2, file.Length - 2);
        if (file is [0xFE, 0xFF, ..]) return Encoding.BigEndianUnicode.GetString(file, 2, file.Length - 2);
        var start = file is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file, start, file.Length - start);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.GetEncoding("GB18030").GetString(file);
        }
    }

    private static string Plain(string heading)
    {
        var text = heading.Trim().TrimStart('*', '★', '※').TrimEnd('*', '★', '※').Trim();
        var bracket = text.IndexOfAny(['(', '\uFF08']);
        return bracket > 0 ? text[..bracket].TrimEnd() : text;
    }

    private static InvalidInput Wrong(string why) => new("File", why);
}
