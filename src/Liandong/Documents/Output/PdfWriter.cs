using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Liandong.Documents.Fonts;
using Liandong.Documents.Layout;

namespace Liandong.Documents.Output;

/// <summary>What a file says of itself.</summary>
/// <param name="At">Written as the file's time; the same facts and drawing give the same bytes.</param>
public sealed record FileFacts(string Title, string Author, DateTimeOffset At);

/// <summary>A file and what the person who uses it should know: fonts that stood in, characters without a glyph.</summary>
public sealed record WrittenFile(byte[] Bytes, IReadOnlyList<string> Remarks);

public interface IPdfWriter
{
    WrittenFile Write(Drawing drawing, FileFacts facts);
}

/// <summary>
/// Writes a drawing as PDF 1.7. Fonts are subset and embedded, the text layer is our own (two characters that share a glyph stay apart), positions are absolute, colours are
/// grey and CMYK, and nothing depends on the clock or the machine: equal input gives equal bytes.
/// </summary>
public sealed class PdfWriter(FontBook fonts) : IPdfWriter
{
    private const double PointsPerMillimetre = 72 / 25.4;

    public WrittenFile Write(Drawing drawing, FileFacts facts)
    {
        var subsets = new List<FontSubset>();
        var names = new SortedDictionary<Face, string>();
        var missing = new SortedSet<int>();
        var borrowed = new SortedDictionary<string, SortedSet<int>>(StringComparer.Ordinal);
        var contents = drawing.Pages.Select(p => ContentOf(p, subsets, names, missing, borrowed)).ToList();
        var remarks = RemarksOf(names, missing, borrowed);

        var pdf = new PdfObjects();
        var (catalog, pages, info, metadata) = (pdf.Reserve(), pdf.Reserve(), pdf.Reserve(), pdf.Reserve());
        var fontNumbers = subsets.Select(s => WriteFont(pdf, s)).ToList();
        var resources = pdf.Reserve();
        pdf.Set(resources, $"<< /Font << {string.Join(' ', fontNumbers.Select((n, i) => $"/F{i + 1} {n} 0 R"))} >> >>");
        var kids = new List<int>();
        foreach (var content in contents)
        {
            var stream = pdf.Add(PdfObjects.Stream("", Encoding.ASCII.GetBytes(content)));
            var box = $"[0 0 {Number(Standard.PageWidth * PointsPerMillimetre)} {Number(Standard.PageHeight * PointsPerMillimetre)}]";
            kids.Add(pdf.Add($"<< /Type /Page /Parent {pages} 0 R /MediaBox {box} /CropBox {box} /TrimBox {box} /Resources {resources} 0 R /Contents {stream} 0 R >>"));
        }
        pdf.Set(pages, $"<< /Type /Pages /Count {kids.Count} /Kids [{string.Join(' ', kids.Select(k => $"{k} 0 R"))}] >>");
        var date = facts.At.ToUniversalTime().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) + "Z";
        var note = string.Join(";", names.Select(n => $"{WordOf(n.Key)}:{n.Value}"));
        pdf.Set(info, $"<< /Title {Text(facts.Title)} /Author {Text(facts.Author)} /Subject {Text("字体 " + note)} /Creator {Text("联动")} /Producer {Text("Liandong")} /CreationDate (D:{date}) /ModDate (D:{date}) >>");
        pdf.Set(metadata, PdfObjects.Stream("/Type /Metadata /Subtype /XML", Encoding.UTF8.GetBytes(Xmp(facts, note)), compress: false));
        pdf.Set(catalog, $"<< /Type /Catalog /Pages {pages} 0 R /Metadata {metadata} 0 R /Lang (zh-CN) /ViewerPreferences << /DisplayDocTitle true >> /PageLayout /SinglePage >>");
        return new WrittenFile(pdf.Write(catalog, info), [.. drawing.Remarks, .. remarks]);
    }

    private string ContentOf(PageDrawing page, List<FontSubset> subsets, SortedDictionary<Face, string> names, SortedSet<int> missing, SortedDictionary<string, SortedSet<int>> borrowed)
    {
        var text = new StringBuilder();
        foreach (var rule in page.Rules)
        {
            var (left, top) = (Math.Min(rule.X1, rule.X2), Math.Min(rule.Y1, rule.Y2));
            var (width, height) = (Math.Abs(rule.X2 - rule.X1), Math.Abs(rule.Y2 - rule.Y1));
            if (height == 0) (top, height) = (top - rule.Thickness / 2, rule.Thickness);
            else (left, width) = (left - rule.Thickness / 2, rule.Thickness);
            text.Append(Colour(rule.Ink)).Append(Number(left * PointsPerMillimetre)).Append(' ').Append(Number((Standard.PageHeight - top - height) * PointsPerMillimetre)).Append(' ')
                .Append(Number(width * PointsPerMillimetre)).Append(' ').Append(Number(height * PointsPerMillimetre)).Append(" re f\n");
        }
        text.Append("BT\n");
        foreach (var run in page.Runs)
        {
            text.Append(Colour(run.Ink));
            names[run.Face] = fonts.NameOf(run.Face);
            var (x, at) = (run.X, 0);
            FontSubset? current = null;
            // Where the pen is after what was written, to keep rounding from adding up.
            var pen = 0.0;
            foreach (var rune in run.Text.EnumerateRunes())
            {
                var (font, name, glyph, found) = fonts.Find(run.Face, rune);
                if (!found) missing.Add(rune.Value);
                else if (font != fonts.Of(run.Face)) (borrowed.TryGetValue(name, out var set) ? set : borrowed[name] = []).Add(rune.Value);
                var subset = subsets.Find(s => s.Font == font);
                if (subset is null) subsets.Add(subset = new FontSubset(font));
                var number = subset.NumberOf(rune, glyph);
                if (subset != current)
                {
                    if (current is not null) text.Append("] TJ\n");
                    text.Append("/F").Append(subsets.IndexOf(subset) + 1).Append(' ').Append(Number(run.Size)).Append(" Tf ").Append(Number(run.Stretch * 100)).Append(" Tz 1 0 0 1 ")
                        .Append(Number(x * PointsPerMillimetre)).Append(' ').Append(Number((Standard.PageHeight - run.Y) * PointsPerMillimetre)).Append(" Tm [");
                    (current, pen) = (subset, x);
                }
                else
                {
                    // Text space runs backwards in a TJ array.
                    var shift = Math.Round((pen - x) * PointsPerMillimetre / run.Size / run.Stretch * 1000, 2);
                    if (shift != 0) text.Append(Number(shift));
                    pen -= shift / 1000 * run.Size * run.Stretch / PointsPerMillimetre;
                }
                text.Append('<').Append(number.ToString("X4", CultureInfo.InvariantCulture)).Append('>');
                pen += (double)font.AdvanceOf(glyph) / font.UnitsPerEm * run.Size * run.Stretch / PointsPerMillimetre;
                x += run.Advances[at++];
            }
            if (current is not null) text.Append("] TJ\n");
        }
        return text.Append("ET\n").ToString();
    }

    private List<string> RemarksOf(SortedDictionary<Face, string> names, SortedSet<int> missing, SortedDictionary<string, SortedSet<int>> borrowed)
    {
        var remarks = new List<string>(fonts.Remarks);
        var standIns = names.Where(n => fonts.IsStandIn(n.Key)).Select(n => $"{WordOf(n.Key)}用{n.Value}").ToList();
        if (standIns.Count > 0) remarks.Add($"没有找到本单位的公文字体,{string.Join("、", standIns)}代替。");
        foreach (var (name, characters) in borrowed) remarks.Add($"“{string.Concat(characters.Select(char.ConvertFromUtf32))}”在公文字体中没有字形,用{name}代替。");
        if (missing.Count > 0) remarks.Add($"{string.Join("、", missing.Select(m => $"“{char.ConvertFromUtf32(m)}”(U+{m:X4})"))}没有字形,印作〓;请把含有这些字的 TrueType 字体放入数据目录的 fonts 文件夹。");
        return remarks;
    }

    private static int WriteFont(PdfObjects pdf, FontSubset subset)
    {
        var font = subset.Font;
        double Scale(int units) => units * 1000.0 / font.UnitsPerEm;
        var tag = new string([.. SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(subset.Used.Select(u => char.ConvertFromUtf32(u.Character))))).Take(6).Select(b => (char)('A' + b % 26))]);
        var name = $"{tag}+{new string([.. font.PostScriptName.Where(c => char.IsAsciiLetterOrDigit(c) || c == '-')])}";
        var bytes = subset.Build();
        var file = pdf.Add(PdfObjects.Stream($"/Length1 {bytes.Length}", bytes));
        var descriptor = pdf.Add($"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [-100 {Number(Scale(font.Descent))} 1100 {Number(Scale(font.Ascent))}] /ItalicAngle 0 /Ascent {Number(Scale(font.Ascent))} "
            + $"/Descent {Number(Scale(font.Descent))} /CapHeight 700 /StemV 80 /FontFile2 {file} 0 R >>");
        var widths = string.Join(' ', Enumerable.Range(1, subset.Used.Count).Select(n => Number(Scale(subset.AdvanceOf(n)))));
        var descendant = pdf.Add($"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor {descriptor} 0 R /DW 1000 /W [1 [{widths}]] /CIDToGIDMap /Identity >>");
        var unicode = pdf.Add(PdfObjects.Stream("", Encoding.ASCII.GetBytes(ToUnicode(subset))));
        return pdf.Add($"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H /DescendantFonts [{descendant} 0 R] /ToUnicode {unicode} 0 R >>");
    }

    private static string ToUnicode(FontSubset subset)
    {
        var map = new StringBuilder("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
        foreach (var chunk in subset.Used.Select((u, i) => (Number: i + 1, u.Character)).Chunk(100))
        {
            map.Append(chunk.Length).Append(" beginbfchar\n");
            foreach (var (number, character) in chunk) map.Append('<').Append(number.ToString("X4", CultureInfo.InvariantCulture)).Append("> <").Append(Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(char.ConvertFromUtf32(character)))).Append(">\n");
            map.Append("endbfchar\n");
        }
        return map.Append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n").ToString();
    }

    private static string Xmp(FileFacts facts, string note)
    {
        var at = facts.At.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        static string Xml(string s) => System.Security.SecurityElement.Escape(s);
        return "<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
            + "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">"
            + $"<dc:format>application/pdf</dc:format><dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language><dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{Xml(facts.Title)}</rdf:li></rdf:Alt></dc:title>"
            + $"<dc:creator><rdf:Seq><rdf:li>{Xml(facts.Author)}</rdf:li></rdf:Seq></dc:creator><dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">{Xml("字体 " + note)}</rdf:li></rdf:Alt></dc:description>"
            + $"<xmp:CreateDate>{at}</xmp:CreateDate><xmp:ModifyDate>{at}</xmp:ModifyDate><xmp:CreatorTool>联动</xmp:CreatorTool><pdf:Producer>Liandong</pdf:Producer></rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>";
    }

    private static string WordOf(Face face) => face switch { Face.Fang => "仿宋", Face.Kai => "楷体", Face.Hei => "黑体", Face.Title => "小标宋", _ => "宋体" };

    private static string Colour(Ink ink) => ink == Ink.Red ? "0 0.8 0.8 0 k\n" : "0 g\n";

    private static string Text(string value) => "<FEFF" + Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(value)) + ">";

    private static string Number(double value)
    {
        var text = Math.Round(value, 4).ToString("0.####", CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text;
    }
}

/// <summary>Numbered objects of a PDF file.</summary>
internal sealed class PdfObjects
{
    private readonly List<byte[]?> objects = [];

    public int Reserve()
    {
        objects.Add(null);
        return objects.Count;
    }

    public int Add(string body) => Add(Encoding.ASCII.GetBytes(body));

    public int Add(byte[] body)
    {
        objects.Add(body);
        return objects.Count;
    }

    public void Set(int number, string body) => objects[number - 1] = Encoding.ASCII.GetBytes(body);

    public void Set(int number, byte[] body) => objects[number - 1] = body;

    public static byte[] Stream(string entries, byte[] data, bool compress = true)
    {
        if (compress)
        {
            using var packed = new MemoryStream();
            using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal)) zlib.Write(data);
            data = packed.ToArray();
        }
        return [.. Encoding.ASCII.GetBytes($"<< {entries}{(compress ? " /Filter /FlateDecode" : "")} /Length {data.Length} >>\nstream\n"), .. data, .. "\nendstream"u8];
    }

    public byte[] Write(int catalog, int info)
    {
        using var file = new MemoryStream();
        file.Write("%PDF-1.7\n%"u8);
        file.Write([0xE8, 0x81, 0x94, 0xE5, (byte)'\n']);
        var offsets = new List<long>();
        for (var i = 0; i < objects.Count; i++)
        {
            offsets.Add(file.Position);
            file.Write(Encoding.ASCII.GetBytes($"{i + 1} 0 obj\n"));
            file.Write(objects[i] ?? throw new InvalidOperationException($"Object {i + 1} was reserved and never written."));
            file.Write("\nendobj\n"u8);
        }
        var id = Convert.ToHexString(SHA256.HashData(file.ToArray()).AsSpan(0, 16));
        var xref = file.Position;
        file.Write(Encoding.ASCII.GetBytes($"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n"));
        foreach (var offset in offsets) file.Write(Encoding.ASCII.GetBytes($"{offset:D10} 00000 n \n"));
        file.Write(Encoding.ASCII.GetBytes($"trailer\n<< /Size {objects.Count + 1} /Root {catalog} 0 R /Info {info} 0 R /ID [<{id}> <{id}>] >>\nstartxref\n{xref}\n%%EOF\n"));
        return file.ToArray();
    }
}
