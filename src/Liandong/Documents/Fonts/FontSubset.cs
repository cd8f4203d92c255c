using System.Buffers.Binary;
using System.Text;

namespace Liandong.Documents.Fonts;

/// <summary>
/// The part of a font that a document uses. Every character has a glyph number of its own, in the order of first use, even where the font draws two characters
/// alike: the text layer can then say which one was meant.
/// </summary>
public sealed class FontSubset(TrueTypeFont font)
{
    private readonly Dictionary<int, int> numbers = [];
    private readonly List<(int Character, int Glyph)> used = [];

    public TrueTypeFont Font => font;

    /// <summary>Characters by glyph number, from 1.</summary>
    public IReadOnlyList<(int Character, int Glyph)> Used => used;

    /// <summary>The number that stands for a character in the subset.</summary>
    public int NumberOf(Rune character, int glyph)
    {
        if (numbers.TryGetValue(character.Value, out var number)) return number;
        used.Add((character.Value, glyph));
        return numbers[character.Value] = used.Count;
    }

    public int AdvanceOf(int number) => font.AdvanceOf(used[number - 1].Glyph);

    /// <summary>A font file with these glyphs alone.</summary>
    public byte[] Build()
    {
        // .notdef, the used ones, and behind them what composite glyphs are made of.
        var glyphs = new List<int> { 0 };
        glyphs.AddRange(used.Select(u => u.Glyph));
        var parts = new Dictionary<int, int>();
        var outlines = new List<byte[]>();
        for (var i = 0; i < glyphs.Count; i++) outlines.Add(WithParts(font.OutlineOf(glyphs[i]).ToArray(), glyphs, parts));

        var glyf = new MemoryStream();
        var loca = new MemoryStream();
        foreach (var outline in outlines)
        {
            Put32(loca, (uint)glyf.Length);
            glyf.Write(outline);
            while (glyf.Length % 4 != 0) glyf.WriteByte(0);
        }
        Put32(loca, (uint)glyf.Length);

        var hmtx = new MemoryStream();
        foreach (var glyph in glyphs)
        {
            Put16(hmtx, font.AdvanceOf(glyph));
            var outline = font.OutlineOf(glyph).Span;
            Put16(hmtx, outline.Length < 10 ? 0 : BinaryPrimitives.ReadInt16BigEndian(outline[2..]));
        }

        var head = font.TableOf("head").ToArray();
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(8), 0);
        BinaryPrimitives.WriteInt16BigEndian(head.AsSpan(50), 1);
        var hhea = font.TableOf("hhea").ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(hhea.AsSpan(34), (ushort)glyphs.Count);
        var maxp = font.TableOf("maxp").ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(maxp.AsSpan(4), (ushort)glyphs.Count);

        var tables = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["glyf"] = glyf.ToArray(), ["head"] = head, ["hhea"] = hhea, ["hmtx"] = hmtx.ToArray(), ["loca"] = loca.ToArray(), ["maxp"] = maxp,
        };
        foreach (var hinting in new[] { "cvt ", "fpgm", "prep" })
            if (font.TableOf(hinting) is { IsEmpty: false } table) tables[hinting] = table.ToArray();
        return Assemble(tables);
    }

    private static byte[] WithParts(byte[] outline, List<int> glyphs, Dictionary<int, int> parts)
    {
        if (outline.Length < 10 || BinaryPrimitives.ReadInt16BigEndian(outline) >= 0) return outline;
        const int wide = 0x1, scaled = 0x8, more = 0x20, scaledTwice = 0x40, turned = 0x80;
        for (var at = 10; ;)
        {
            var flags = BinaryPrimitives.ReadUInt16BigEndian(outline.AsSpan(at));
            var part = BinaryPrimitives.ReadUInt16BigEndian(outline.AsSpan(at + 2));
            if (!parts.TryGetValue(part, out var number))
            {
                parts[part] = number = glyphs.Count;
                glyphs.Add(part);
            }
            BinaryPrimitives.WriteUInt16BigEndian(outline.AsSpan(at + 2), (ushort)number);
            at += 4 + ((flags & wide) != 0 ? 4 : 2) + ((flags & scaled) != 0 ? 2 : (flags & scaledTwice) != 0 ? 4 : (flags & turned) != 0 ? 8 : 0);
            if ((flags & more) == 0) return outline;
        }
    }

    private static byte[] Assemble(SortedDictionary<string, byte[]> tables)
    {
        var file = new MemoryStream();
        var power = 1;
        var log = 0;
        while (power * 2 <= tables.Count) (power, log) = (power * 2, log + 1);
        Put32(file, 0x00010000);
        Put16(file, tables.Count);
        Put16(file, power * 16);
        Put16(file, log);
        Put16(file, (tables.Count - power) * 16);
        var offset = 12 + tables.Count * 16;
        foreach (var (tag, table) in tables)
        {
            file.Write(Encoding.ASCII.GetBytes(tag));
            Put32(file, Sum(table));
            Put32(file, (uint)offset);
            Put32(file, (uint)table.Length);
            offset += (table.Length + 3) / 4 * 4;
        }
        foreach (var table in tables.Values)
        {
            file.Write(table);
            while (file.Length % 4 != 0) file.WriteByte(0);
        }
        var bytes = file.ToArray();
        var head = 12 + tables.Count * 16 + tables.TakeWhile(t => t.Key != "head").Sum(t => (t.Value.Length + 3) / 4 * 4);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(head + 8), 0xB1B0AFBA - Sum(bytes));
        return bytes;
    }

    private static uint Sum(ReadOnlySpan<byte> table)
    {
        uint sum = 0;
        for (var i = 0; i < table.Length; i += 4)
        {
            uint word = 0;
            for (var k = 0; k < 4; k++) word = (word << 8) | (i + k < table.Length ? table[i + k] : (byte)0);
            sum += word;
        }
        return sum;
    }

    private static void Put16(Stream stream, int value)
    {
        stream.WriteByte((byte)(value >> 8));
        stream.WriteByte((byte)value);
    }

    private static void Put32(Stream stream, uint value)
    {
        Put16(stream, (int)(value >> 16));
        Put16(stream, (int)(value & 0xFFFF));
    }
}
