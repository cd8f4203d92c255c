using System.Buffers.Binary;
using System.Text;

namespace Liandong.Documents.Fonts;

/// <summary>
/// Reads what is needed of a TrueType font: which glyph a character has, how wide it is, its outline. OpenType fonts with CFF outlines are not read:
/// viewers and printers take TrueType everywhere, and one kind of outline is enough.
/// </summary>
public sealed class TrueTypeFont
{
    private readonly byte[] data;
    private readonly Dictionary<string, (int Offset, int Length)> tables = [];
    private readonly bool longOffsets;
    private readonly int wideMetrics;
    private readonly Dictionary<int, int> glyphs = [];

    private TrueTypeFont(byte[] data, int start)
    {
        this.data = data;
        var count = U16(start + 4);
        for (var i = 0; i < count; i++)
        {
            var entry = start + 12 + i * 16;
            tables[Encoding.ASCII.GetString(data, entry, 4)] = ((int)U32(entry + 8), (int)U32(entry + 12));
        }
        UnitsPerEm = U16(At("head") + 18);
        longOffsets = U16(At("head") + 50) == 1;
        Ascent = S16(At("hhea") + 4);
        Descent = S16(At("hhea") + 6);
        wideMetrics = U16(At("hhea") + 34);
        GlyphCount = U16(At("maxp") + 4);
        ReadNames();
        ReadCharacters();
    }

    public int UnitsPerEm { get; }
    public int Ascent { get; }
    public int Descent { get; }
    public int GlyphCount { get; }

    /// <summary>Every name the font calls its family, in any language: 仿宋_GB2312, FangSong_GB2312.</summary>
    public IReadOnlySet<string> Families { get; private set; } = new HashSet<string>();
    public string PostScriptName { get; private set; } = "";

    /// <summary>Whether the maker forbids embedding (OS/2 fsType, bit 1, "restricted licence").</summary>
    public bool MayNotBeEmbedded => tables.TryGetValue("OS/2", out var os2) && (U16(os2.Offset + 8) & 0x000F) == 0x0002;

    /// <summary>Null when the bytes are no TrueType font or collection.</summary>
    public static IReadOnlyList<TrueTypeFont> Read(byte[] data)
    {
        try
        {
            if (data.Length < 12) return [];
            var tag = BinaryPrimitives.ReadUInt32BigEndian(data);
            if (tag == 0x74746366) // ttcf
                return [.. Enumerable.Range(0, (int)BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(8))).Select(i => (int)BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(12 + i * 4))).Where(o => IsTrueType(data, o)).Select(o => new TrueTypeFont(data, o))];
            return IsTrueType(data, 0) ? [new TrueTypeFont(data, 0)] : [];
        }
        catch (Exception broken) when (broken is IndexOutOfRangeException or ArgumentOutOfRangeException or KeyNotFoundException or OverflowException)
        {
            return [];
        }
    }

    private static bool IsTrueType(byte[] data, int offset) => BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(offset)) is 0x00010000 or 0x74727565;

    /// <summary>0 when the font has no glyph for the character.</summary>
    public int GlyphOf(Rune character) => glyphs.GetValueOrDefault(character.Value);

    /// <summary>Advance width in font units.</summary>
    public int AdvanceOf(int glyph) => U16(At("hmtx") + Math.Min(glyph, wideMetrics - 1) * 4);

    /// <summary>The glyph's description as stored; empty for a blank.</summary>
    public ReadOnlyMemory<byte> OutlineOf(int glyph)
    {
        var (from, to) = (LocationOf(glyph), LocationOf(glyph + 1));
        return data.AsMemory(At("glyf") + from, to - from);
    }

    /// <summary>Lowest and highest point of the ink in font units; null for a blank.</summary>
    public (int Bottom, int Top)? InkOf(int glyph)
    {
        var outline = OutlineOf(glyph).Span;
        return outline.Length < 10 ? null : (BinaryPrimitives.ReadInt16BigEndian(outline[4..]), BinaryPrimitives.ReadInt16BigEndian(outline[8..]));
    }

    /// <summary>A table to be copied into a subset as it is; empty when the font has none.</summary>
    public ReadOnlyMemory<byte> TableOf(string tag) => tables.TryGetValue(tag, out var table) ? data.AsMemory(table.Offset, table.Length) : ReadOnlyMemory<byte>.Empty;

    private int LocationOf(int glyph) => longOffsets ? (int)U32(At("loca") + glyph * 4) : U16(At("loca") + glyph * 2) * 2;

    private void ReadNames()
    {
        var families = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (tables.TryGetValue("name", out var table))
        {
            var strings = table.Offset + U16(table.Offset + 4);
            for (var i = 0; i < U16(table.Offset + 2); i++)
            {
                var entry = table.Offset + 6 + i * 12;
                var (platform, id) = (U16(entry), U16(entry + 6));
                if (id is not (1 or 4 or 6 or 16) || platform is not (0 or 1 or 3)) continue;
                var bytes = data.AsSpan(strings + U16(entry + 10), U16(entry + 8));
                var text = (platform == 1 ? Encoding.Latin1 : Encoding.BigEndianUnicode).GetString(bytes);
                if (id == 6) PostScriptName = text;
                else families.Add(text);
            }
        }
        Families = families;
    }

    private void ReadCharacters()
    {
        var cmap = At("cmap");
        var chosen = 0;
        for (var i = 0; i < U16(cmap + 2); i++)
        {
            var entry = cmap + 4 + i * 8;
            var (platform, encoding, offset) = (U16(entry), U16(entry + 2), cmap + (int)U32(entry + 4));
            var format = U16(offset);
            if (platform is not (0 or 3) || (platform == 3 && encoding is not (1 or 10))) continue;
            if (format == 12 || (format == 4 && chosen == 0)) chosen = offset;
        }
        if (chosen == 0) return;
        if (U16(chosen) == 12) ReadFormat12(chosen);
        else ReadFormat4(chosen);
    }

    private void ReadFormat12(int at)
    {
        for (var i = 0; i < (int)U32(at + 12); i++)
        {
            var group = at + 16 + i * 12;
            var (first, last, glyph) = ((int)U32(group), (int)U32(group + 4), (int)U32(group + 8));
            for (var c = first; c <= last; c++) glyphs[c] = glyph + c - first;
        }
    }

    private void ReadFormat4(int at)
    {
        var segments = U16(at + 6) / 2;
        var (ends, starts) = (at + 14, at + 16 + segments * 2);
        var (deltas, offsets) = (starts + segments * 2, starts + segments * 4);
        for (var i = 0; i < segments; i++)
        {
            var (first, last) = (U16(starts + i * 2), U16(ends + i * 2));
            for (var c = first; c <= last && c != 0xFFFF; c++)
            {
                var shift = U16(offsets + i * 2);
                int glyph = shift == 0 ? c : U16(offsets + i * 2 + shift + (c - first) * 2);
                if (glyph != 0 || shift == 0) glyph = (ushort)(glyph + U16(deltas + i * 2));
                if (glyph != 0) glyphs[c] = glyph;
            }
        }
    }

    private int At(string tag) => tables[tag].Offset;
    private ushort U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(data.AsSpan(at));
    private short S16(int at) => BinaryPrimitives.ReadInt16BigEndian(data.AsSpan(at));
    private uint U32(int at) => BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(at));
}
