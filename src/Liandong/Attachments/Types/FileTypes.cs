using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Liandong.Kernel;

namespace Liandong.Attachments;

/// <summary>
/// Tells what a file is by its content. The name counts for nothing but for plain text, which has no mark of its own. What is not recognised is
/// refused: programs, web pages, drawings that run scripts (SVG), and office files with macros are not on the list at all.
/// </summary>
public static class FileTypes
{
    public static readonly IReadOnlyList<FileType> All =
    [
        new("pdf", "application/pdf", "PDF", ["pdf"], Inline: true),
        new("ofd", "application/ofd", "OFD", ["ofd"]),
        new("jpg", "image/jpeg", "JPEG 图片", ["jpg", "jpeg", "jpe", "jfif"], Inline: true),
        new("png", "image/png", "PNG 图片", ["png"], Inline: true),
        new("gif", "image/gif", "GIF 图片", ["gif"], Inline: true),
        new("webp", "image/webp", "WebP 图片", ["webp"], Inline: true),
        new("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word 文档", ["docx"]),
        new("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel 表格", ["xlsx"]),
        new("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", "演示文稿", ["pptx"]),
        new("doc", "application/msword", "Word 97 文档", ["doc", "wps", "dot"]),
        new("xls", "application/vnd.ms-excel", "Excel 97 表格", ["xls", "et"]),
        new("ppt", "application/vnd.ms-powerpoint", "演示文稿(97)", ["ppt", "dps", "pps"]),
        new("zip", "application/zip", "压缩包", ["zip"]),
        new("txt", "text/plain", "文本", ["txt"]),
        new("csv", "text/csv", "CSV 表格", ["csv"]),
        new("mp4", "video/mp4", "MP4 视频", ["mp4", "m4v"]),
    ];

    private static readonly Dictionary<string, FileType> ByCode = All.ToDictionary(t => t.Code);
    private static readonly string[] Mp4Brands = ["isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "M4VH", "MSNV", "mmp4", "3gp4", "3gp5"];

    public static FileType? Of(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>What the browser offers in its file chooser.</summary>
    public static string AcceptOf(IReadOnlySet<string> codes) => string.Join(',', All.Where(t => codes.Contains(t.Code)).SelectMany(t => t.Extensions).Select(e => "." + e));

    /// <summary>The kinds in words: PDF、JPEG 图片….</summary>
    public static string WordsOf(IReadOnlySet<string> codes) => string.Join("、", All.Where(t => codes.Contains(t.Code)).Select(t => t.Extensions[0]));

    /// <exception cref="Refusal">Not recognised, not on the list, damaged, or made to burst when it is opened.</exception>
    public static FileType Recognise(string path, string name, IReadOnlySet<string> allowed)
    {
        var code = CodeOf(path, name) ?? throw Refused(name, allowed);
        return allowed.Contains(code) ? ByCode[code] : throw Refused(name, allowed);
    }

    private static string? CodeOf(string path, string name)
    {
        using var file = File.OpenRead(path);
        var start = new byte[64];
        var head = start.AsSpan(0, file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false));
        if (Begins(head.TrimStart([(byte)0xEF, (byte)0xBB, (byte)0xBF, (byte)' ', (byte)'\r', (byte)'\n']), "%PDF-")) return "pdf";
        if (head.StartsWith(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A })) return "png";
        if (head.StartsWith(new byte[] { 0xFF, 0xD8, 0xFF })) return "jpg";
        if (Begins(head, "GIF87a") || Begins(head, "GIF89a")) return "gif";
        if (Begins(head, "RIFF") && head.Length >= 12 && Begins(head[8..], "WEBP")) return "webp";
        if (head.Length >= 12 && Begins(head[4..], "ftyp")) return Mp4Brands.Contains(Encoding.Latin1.GetString(head.Slice(8, 4))) ? "mp4" : null;
        if (head.StartsWith(new byte[] { 0x50, 0x4B, 0x03, 0x04 })) return OfZip(path, name);
        if (head.StartsWith(new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1 })) return CompoundFile.CodeOf(file);
        var ending = Path.GetExtension(name).TrimStart('.').ToLowerInvariant();
        return ending is "txt" or "csv" && TextFile.Is(file) ? ending : null;
    }

    private static string OfZip(string path, string name)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            var names = archive.Entries.Select(e => e.FullName).ToHashSet(StringComparer.OrdinalIgnoreCase);
            var code = names.Contains("OFD.xml") ? "ofd"
                : !names.Contains("[Content_Types].xml") ? "zip"
                : names.Contains("word/document.xml") ? "docx"
                : names.Contains("xl/workbook.xml") ? "xlsx"
                : names.Contains("ppt/presentation.xml") ? "pptx" : "zip";
            if (names.Any(n => n.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase))) throw new Refusal("attachment.macros", $"“{name}”含有宏,不能上传;请另存为不带宏的格式。");
            using (var bytes = File.OpenRead(path)) ArchiveCheck.MustBeHarmless(archive, bytes, name);
            return code;
        }
        catch (Exception broken) when (broken is InvalidDataException or EndOfStreamException)
        {
            throw new Refusal("attachment.damaged", $"“{name}”已经损坏或者没有传完整,打不开;请核对后重新上传。");
        }
    }

    private static bool Begins(ReadOnlySpan<byte> bytes, string mark) => bytes.StartsWith(Encoding.ASCII.GetBytes(mark));

    private static Refusal Refused(string name, IReadOnlySet<string> allowed) =>
        new("attachment.type-refused", $"“{name}”的内容不是可以上传的类型(按内容识别,与文件名无关)。可以上传:{WordsOf(allowed)}。");
}

/// <summary>
/// Opens every entry of an archive and counts what comes out, whatever its directory says: an archive that unfolds to far more than it holds is
/// refused before anybody's program opens it.
/// </summary>
public static class ArchiveCheck
{
    /// <summary>Entries at most.</summary>
    public const int Entries = 10_000;

    /// <summary>Unfolded bytes at most.</summary>
    public const long Unfolded = 1024L * 1024 * 1024;

    /// <summary>Times its own size at most, from <see cref="Small"/> bytes on.</summary>
    public const long Ratio = 200;
    public const long Small = 20L * 1024 * 1024;

    /// <exception cref="Refusal">Too many entries, too much inside, or locked with a password.</exception>
    /// <exception cref="InvalidDataException">The archive is not what its directory says.</exception>
    public static void MustBeHarmless(ZipArchive archive, Stream file, string name)
    {
        if (archive.Entries.Count > Entries) throw new Refusal("attachment.archive-too-large", $"“{name}”里的文件太多(超过{Entries}个),请分开上传。");
        if (archive.Entries.Any(e => e.IsEncrypted)) throw new Refusal("attachment.locked", $"“{name}”加了密码,无法检查内容;请去掉密码后上传。");
        var buffer = new byte[128 * 1024];
        var total = 0L;
        foreach (var (entry, packed) in archive.Entries.Zip(PackedParts(file, archive.Entries.Count)))
        {
            // Unfolded from its own bytes: the library stops at the size that the directory claims, other programs may not.
            file.Position = packed.At;
            using var part = new Part(file, packed.Length);
            using var content = packed.Method switch { 0 => (Stream)part, 8 => new DeflateStream(part, CompressionMode.Decompress, leaveOpen: true), _ => throw new InvalidDataException() };
            var unfolded = 0L;
            for (int read; (read = content.Read(buffer)) > 0; unfolded += read)
                if ((total += read) > Unfolded || total > Small && total > file.Length * Ratio) throw new Refusal("attachment.archive-bomb", $"“{name}”解开后远远大于文件本身,可能有害,不能上传。");
            if (unfolded != entry.Length) throw new InvalidDataException();
        }
    }

    /// <summary>Where the packed bytes of each entry lie, read from the central directory and the local headers (APPNOTE 4.3).</summary>
    private static IEnumerable<(int Method, long At, long Length)> PackedParts(Stream file, int count)
    {
        var tail = new byte[(int)Math.Min(file.Length, 22 + ushort.MaxValue)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        var end = tail.AsSpan().LastIndexOf(new byte[] { 0x50, 0x4B, 5, 6 });
        if (end < 0 || end + 22 > tail.Length) throw new InvalidDataException();
        long place = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        // Above 4 GB (ZIP64) nothing is taken in: the limit of a file lies below.
        if (place == uint.MaxValue) throw new InvalidDataException();
        var (header, local) = (new byte[46], new byte[30]);
        for (var n = 0; n < count; n++)
        {
            file.Position = place;
            file.ReadExactly(header);
            if (BinaryPrimitives.ReadUInt32LittleEndian(header) != 0x02014B50) throw new InvalidDataException();
            var (packed, at) = (BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(20)), BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(42)));
            if (packed == uint.MaxValue || at == uint.MaxValue) throw new InvalidDataException();
            file.Position = at;
            file.ReadExactly(local);
            if (BinaryPrimitives.ReadUInt32LittleEndian(local) != 0x04034B50) throw new InvalidDataException();
            var start = at + 30L + BinaryPrimitives.ReadUInt16LittleEndian(local.AsSpan(26)) + BinaryPrimitives.ReadUInt16LittleEndian(local.AsSpan(28));
            if (start + packed > file.Length) throw new InvalidDataException();
            yield return (BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(10)), start, packed);
            place += 46L + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28)) + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(30)) + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(32));
        }
    }

    /// <summary>The next so many bytes of a stream.</summary>
    private sealed class Part(Stream of, long length) : Stream
    {
        private readonly long whole = length;
        private long left = length;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => whole;
        public override long Position { get => whole - left; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = of.Read(buffer, offset, (int)Math.Min(count, left));
            left -= read;
            return read;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

/// <summary>The container of Office 97 (MS-CFB): the streams in its directory tell a document from a table, and both from an installer.</summary>
internal static class CompoundFile
{
    private const int EntrySize = 128;

    /// <summary>Sectors of the directory that are read at most: the main stream stands near its beginning.</summary>
    private const int MostSectors = 64;

    public static string? CodeOf(Stream file)
    {
        var header = new byte[512];
        file.Position = 0;
        if (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length) return null;
        var shift = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(30));
        if (shift is not (9 or 12)) return null;
        var size = 1 << shift;
        var sector = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(48));
        var names = new List<string>();
        var content = new byte[size];
        for (var n = 0; n < MostSectors && Read(file, sector, size, content); n++)
        {
            for (var at = 0; at + EntrySize <= size; at += EntrySize)
            {
                var length = BinaryPrimitives.ReadUInt16LittleEndian(content.AsSpan(at + 64));
                if (length is >= 4 and <= 64) names.Add(Encoding.Unicode.GetString(content, at, length - 2));
            }
            if (NextOf(file, header, sector, size) is not { } next) break;
            sector = next;
        }
        if (names.Contains("Macros") || names.Contains("_VBA_PROJECT_CUR") || names.Contains("VBA")) throw new Refusal("attachment.macros", "文件含有宏,不能上传;请另存为不带宏的格式。");
        return names.Contains("WordDocument") ? "doc" : names.Contains("Workbook") || names.Contains("Book") ? "xls" : names.Contains("PowerPoint Document") ? "ppt" : null;
    }

    private static uint? NextOf(Stream file, byte[] header, uint sector, int size)
    {
        // The first 109 sectors of the allocation table stand in the header: enough for a directory near the beginning.
        var perTable = (uint)size / 4;
        var table = sector / perTable;
        if (table >= 109) return null;
        var of = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(76 + (int)table * 4));
        var content = new byte[size];
        if (!Read(file, of, size, content)) return null;
        var next = BinaryPrimitives.ReadUInt32LittleEndian(content.AsSpan((int)(sector % perTable) * 4));
        return next < 0xFFFFFFFA && next != sector ? next : null;
    }

    private static bool Read(Stream file, uint sector, int size, byte[] into)
    {
        if (sector >= 0xFFFFFFFA) return false;
        var at = (sector + 1L) * size;
        if (at >= file.Length) return false;
        file.Position = at;
        Array.Clear(into);
        return file.ReadAtLeast(into, size, throwOnEndOfStream: false) > 0;
    }
}

/// <summary>Text in UTF-8 or GB18030 without control characters.</summary>
internal static class TextFile
{
    private const int Most = 64 * 1024 * 1024;

    public static bool Is(Stream file)
    {
        if (file.Length is 0 or > Most) return false;
        return Reads(file, new UTF8Encoding(false, throwOnInvalidBytes: true))
            || Reads(file, CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!);
    }

    private static bool Reads(Stream file, Encoding encoding)
    {
        file.Position = 0;
        using var reader = new StreamReader(file, encoding, detectEncodingFromByteOrderMarks: false, bufferSize: 64 * 1024, leaveOpen: true);
        var buffer = new char[32 * 1024];
        try
        {
            for (int read; (read = reader.Read(buffer)) > 0;)
                foreach (var c in buffer.AsSpan(0, read))
                    if (c < ' ' && c is not ('\t' or '\r' or '\n' or '\f') || c == '\u007f') return false;
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
