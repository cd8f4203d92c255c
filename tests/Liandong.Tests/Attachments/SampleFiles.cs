using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Liandong.Tests.Attachments;

/// <summary>Small files of each kind, made here byte by byte.</summary>
internal static class SampleFiles
{
    public static byte[] Pdf(string words = "1") => Encoding.Latin1.GetBytes($"""
        %PDF-1.4
        1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
        2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
        3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>> endobj
        4 0 obj <</Length {40 + words.Length}>> stream
        BT /F1 24 Tf 40 100 Td ({words}) Tj ET
        endstream endobj
        trailer <</Root 1 0 R>>
        %%EOF
        """);

    /// <summary>A picture of one grey point.</summary>
    public static byte[] Png() => Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==");

    public static byte[] Jpg() => [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, (byte)'J', (byte)'F', (byte)'I', (byte)'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xFF, 0xD9];

    public static byte[] Exe() => [(byte)'M', (byte)'Z', 0x90, 0, 3, 0, 0, 0, .. new byte[60], (byte)'P', (byte)'E', 0, 0];

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in entries)
            {
                using var entry = archive.CreateEntry(name, CompressionLevel.SmallestSize).Open();
                entry.Write(content);
            }
        return memory.ToArray();
    }

    public static byte[] Docx(params (string Name, byte[] Content)[] more) => Zip([("[Content_Types].xml", Text("<Types/>")), ("word/document.xml", Text("<w:document/>")), .. more]);

    /// <summary>The container of Office 97 with one named stream: header, allocation table, directory.</summary>
    public static byte[] Compound(params string[] streams)
    {
        var file = new byte[512 * 3];
        new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1 }.CopyTo(file, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(30), 9);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(48), 1);
        file.AsSpan(76, 436).Fill(0xFF);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(76), 0);
        file.AsSpan(512, 512).Fill(0xFF);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(512), 0xFFFFFFFD);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(516), 0xFFFFFFFE);
        foreach (var (name, n) in streams.Prepend("Root Entry").Select((name, n) => (name, n)))
        {
            Encoding.Unicode.GetBytes(name).CopyTo(file, 1024 + n * 128);
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(1024 + n * 128 + 64), (ushort)(name.Length * 2 + 2));
        }
        return file;
    }

    /// <summary>Bytes that look like a PDF and are different at every place: for what must arrive whole and in order.</summary>
    public static byte[] LargePdf(int size)
    {
        var bytes = new byte[size];
        new Random(7).NextBytes(bytes);
        Pdf().CopyTo(bytes, 0);
        return bytes;
    }
}
