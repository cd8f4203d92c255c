using System.IO.Compression;
using System.Reflection;
using System.Text;
using Liandong.Documents.Layout;

namespace Liandong.Documents.Fonts;

/// <summary>
/// Which font draws which face. The house brings free ones (Fandol, and Noto Serif for rare characters); an office's own fonts (方正小标宋, 仿宋_GB2312, 楷体_GB2312 …) in the data folder, or
/// installed on the machine, come before them. A character that the face's font does not have is taken from another; one that no font has is
/// drawn as 〓, the printer's sign for a missing type, and reported.
/// </summary>
public sealed class FontBook : IFontMeasure
{
    /// <summary>The printer's sign for a character that is not in the case.</summary>
    public static readonly Rune Missing = new('〓');

    // Before Own, which needs it.
    private static readonly Dictionary<string, Lazy<TrueTypeFont>> Resources = new[] { "fang", "kai", "hei", "title", "song", "rare" }.ToDictionary(f => f, f => new Lazy<TrueTypeFont>(() => Unpack(f)));

    private static readonly (Face Face, string File, string Name)[] Brought =
    [
        (Face.Fang, "fang", "Fandol 仿宋"), (Face.Kai, "kai", "Fandol 楷体"), (Face.Hei, "hei", "Fandol 黑体"), (Face.Title, "title", "Fandol 宋体(粗)"), (Face.Song, "song", "Fandol 宋体"),
    ];

    // How makers call the faces, in family names and in file names; the first that matches counts, so that 仿宋 and 小标宋 are not taken for 宋体.
    private static readonly (Face Face, string[] Names)[] Known =
    [
        (Face.Title, ["小标宋", "XiaoBiaoSong", "FZXBS"]), (Face.Fang, ["仿宋", "FangSong", "simfang"]), (Face.Kai, ["楷体", "KaiTi", "simkai"]), (Face.Hei, ["黑体", "SimHei"]), (Face.Song, ["宋体", "SimSun"]),
    ];

    private readonly Dictionary<Face, (TrueTypeFont Font, string Name)> faces = [];
    private readonly List<(TrueTypeFont Font, string Name)> more = [];
    private readonly List<string> remarks = [];

    /// <param name="own">Folders whose every font may be used, the first before the others: the office's own.</param>
    /// <param name="system">Folders of which only fonts with the names of the standard's faces are used.</param>
    public FontBook(IReadOnlyList<string> own, IReadOnlyList<string> system)
    {
        foreach (var (folder, all) in own.Select(f => (f, true)).Concat(system.Select(f => (f, false))))
            foreach (var file in FontFiles(folder).Where(f => all || FaceOf(Path.GetFileNameWithoutExtension(f)) is not null)) Take(file, all);
        foreach (var (face, file, name) in Brought)
            if (!faces.ContainsKey(face)) faces[face] = (Shipped(file), name);
        // Where a face's own font fails: the house's font of that face, the rare characters, any other.
        Fallback = [.. more, (Shipped("rare"), "Noto Serif CJK SC"), .. Brought.Where(b => faces[b.Face].Font != Shipped(b.File)).Select(b => (Shipped(b.File), b.Name))];
    }

    /// <summary>The fonts that the product brings, and no other: the same on every machine.</summary>
    public static FontBook Own { get; } = new([], []);

    /// <summary>Fonts that were found and cannot be used, and why.</summary>
    public IReadOnlyList<string> Remarks => remarks;

    private IReadOnlyList<(TrueTypeFont Font, string Name)> Fallback { get; }

    /// <summary>What draws a face, in words: 方正小标宋简体, or the stand-in's name.</summary>
    public string NameOf(Face face) => faces[face].Name;

    public bool IsStandIn(Face face) => Brought.Any(b => b.Name == faces[face].Name);

    public TrueTypeFont Of(Face face) => faces[face].Font;

    /// <summary>The font and glyph that draw a character; <c>Found</c> is false where 〓 stands for it.</summary>
    public (TrueTypeFont Font, string Name, int Glyph, bool Found) Find(Face face, Rune character)
    {
        var (font, name) = faces[face];
        var glyph = font.GlyphOf(character);
        if (glyph != 0) return (font, name, glyph, true);
        foreach (var (other, called) in Fallback)
            if (other.GlyphOf(character) is > 0 and var found) return (other, called, found, true);
        if (character == Missing) return (font, name, 0, false);
        var sign = Find(face, Missing);
        return (sign.Font, sign.Name, sign.Glyph, false);
    }

    public double AdvanceOf(Face face, Rune character)
    {
        var (font, _, glyph, _) = Find(face, character);
        return (double)font.AdvanceOf(glyph) / font.UnitsPerEm;
    }

    public (double Bottom, double Top) InkOf(Face face, string text)
    {
        var (bottom, top) = (0.0, 0.0);
        foreach (var rune in text.EnumerateRunes())
        {
            var (font, _, glyph, _) = Find(face, rune);
            if (font.InkOf(glyph) is { } ink) (bottom, top) = (Math.Min(bottom, (double)ink.Bottom / font.UnitsPerEm), Math.Max(top, (double)ink.Top / font.UnitsPerEm));
        }
        return (bottom, top);
    }

    private void Take(string file, bool all)
    {
        var read = TrueTypeFont.Read(File.ReadAllBytes(file));
        if (read.Count == 0)
        {
            remarks.Add($"字体文件 {Path.GetFileName(file)} 不是 TrueType 字体,没有采用。");
            return;
        }
        foreach (var font in read)
        {
            var face = font.Families.Append(font.PostScriptName).Select(FaceOf).FirstOrDefault(f => f is not null);
            var name = font.Families.FirstOrDefault(f => f.Any(c => c > 0x2E80)) ?? font.PostScriptName;
            if (font.MayNotBeEmbedded) remarks.Add($"字体 {name} 的授权不允许嵌入文件,没有采用。");
            else if (face is { } known && !faces.ContainsKey(known)) faces[known] = (font, name);
            else if (all) more.Add((font, name));
        }
    }

    private static Face? FaceOf(string name)
    {
        foreach (var (face, names) in Known)
            if (names.Any(n => name.Contains(n, StringComparison.OrdinalIgnoreCase))) return face;
        return null;
    }

    private static IEnumerable<string> FontFiles(string folder)
    {
        if (!Directory.Exists(folder)) return [];
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        return Directory.EnumerateFiles(folder, "*", options).Where(f => Path.GetExtension(f).ToLowerInvariant() is ".ttf" or ".ttc").Order(StringComparer.Ordinal);
    }

    private static TrueTypeFont Shipped(string file) => Resources[file].Value;

    private static TrueTypeFont Unpack(string file)
    {
        using var packed = Assembly.GetExecutingAssembly().GetManifestResourceStream($"fonts/{file}.ttf.br") ?? throw new InvalidOperationException($"The font {file} is not in the program.");
        using var unpacked = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionMode.Decompress)) brotli.CopyTo(unpacked);
        return TrueTypeFont.Read(unpacked.ToArray()).Single();
    }
}
