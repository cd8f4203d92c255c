using System.IO.Compression;
using System.Text;
using Liandong.Attachments;
using Liandong.Kernel;
using Xunit;

namespace Liandong.Tests.Attachments;

/// <summary>Type by content, not by name.</summary>
public sealed class FileTypesTests
{
    private static readonly HashSet<string> All = [.. FileTypes.All.Select(t => t.Code)];

    public static TheoryData<string, string, byte[]> Known => new()
    {
        { "pdf", "a.pdf", SampleFiles.Pdf() }, { "pdf", "renamed.jpg", SampleFiles.Pdf() }, { "png", "a.png", SampleFiles.Png() }, { "jpg", "现场.jpeg", SampleFiles.Jpg() },
        { "gif", "a.gif", [.. "GIF89a"u8, 1, 0, 1, 0, 0, 0, 0] }, { "webp", "a.webp", [.. "RIFF"u8, 4, 0, 0, 0, .. "WEBPVP8 "u8] }, { "mp4", "a.mp4", [0, 0, 0, 24, .. "ftypisom"u8, 0, 0, 2, 0] },
        { "docx", "a.docx", SampleFiles.Docx() }, { "docx", "a.zip", SampleFiles.Docx() }, { "xlsx", "a.xlsx", SampleFiles.Zip(("[Content_Types].xml", [1]), ("xl/workbook.xml", [1])) },
        { "pptx", "a.pptx", SampleFiles.Zip(("[Content_Types].xml", [1]), ("ppt/presentation.xml", [1])) }, { "ofd", "a.ofd", SampleFiles.Zip(("OFD.xml", [1]), ("Doc_0/Document.xml", [1])) },
        { "zip", "a.zip", SampleFiles.Zip(("照片/1.jpg", SampleFiles.Jpg())) }, { "doc", "a.doc", SampleFiles.Compound("WordDocument", "1Table") }, { "doc", "a.wps", SampleFiles.Compound("WordDocument") },
        { "xls", "a.xls", SampleFiles.Compound("Workbook") }, { "ppt", "a.ppt", SampleFiles.Compound("PowerPoint Document") },
        { "txt", "说明.txt", SampleFiles.Text("第一行\r\n第二行") }, { "csv", "a.csv", CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes("名称,数量\n某某公司,3\n") },
    };

    public static TheoryData<string, string, byte[]> Refused => new()
    {
        { "attachment.type-refused", "处罚决定书.pdf", SampleFiles.Exe() }, { "attachment.type-refused", "a.docx", SampleFiles.Exe() }, { "attachment.type-refused", "a.txt", SampleFiles.Exe() },
        { "attachment.type-refused", "a.svg", SampleFiles.Text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>") }, { "attachment.type-refused", "a.html", SampleFiles.Text("<html><script>1</script>") },
        { "attachment.type-refused", "a.pdf", SampleFiles.Text("<html>%PDF-1.4") }, { "attachment.type-refused", "a.sh", SampleFiles.Text("#!/bin/sh\n") }, { "attachment.type-refused", "a.txt", [0, 1, 2, 3] },
        { "attachment.type-refused", "setup.doc", SampleFiles.Compound("SummaryInformation", "Binary.Installer") }, { "attachment.type-refused", "a.heic", [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0] },
        { "attachment.macros", "a.docx", SampleFiles.Docx(("word/vbaProject.bin", [1, 2])) }, { "attachment.macros", "a.xls", SampleFiles.Compound("Workbook", "_VBA_PROJECT_CUR") },
        { "attachment.damaged", "a.docx", SampleFiles.Docx()[..80] }, { "attachment.archive-bomb", "a.docx", SampleFiles.Docx(("word/media/1.xml", new byte[64 * 1024 * 1024])) },
        { "attachment.archive-bomb", "a.zip", SampleFiles.Zip(("0.txt", new byte[32 * 1024 * 1024])) },
    };

    [Theory, MemberData(nameof(Known))]
    public void A_file_is_what_its_content_says(string code, string name, byte[] content) => Assert.Equal(code, At(content, path => FileTypes.Recognise(path, name, All)).Code);

    [Theory, MemberData(nameof(Refused))]
    public void What_is_no_paper_of_an_office_is_refused(string code, string name, byte[] content) => Assert.Equal(code, Assert.Throws<Refusal>(() => At(content, path => FileTypes.Recognise(path, name, All))).Code);

    [Fact]
    public void An_archive_that_lies_about_its_size_is_counted_by_what_comes_out()
    {
        // The directory and the local header say 10 bytes; 48 MB come out.
        var bomb = SampleFiles.Zip(("word/document.xml", new byte[48 * 1024 * 1024]), ("[Content_Types].xml", [1]));
        var text = Encoding.Latin1.GetString(bomb);
        for (var at = text.IndexOf("PK\u0001\u0002", StringComparison.Ordinal); at >= 0; at = text.IndexOf("PK\u0001\u0002", at + 4, StringComparison.Ordinal)) BitConverter.GetBytes(10).CopyTo(bomb, at + 24);
        var refused = Assert.Throws<Refusal>(() => At(bomb, path => FileTypes.Recognise(path, "a.docx", All)));
        Assert.Contains(refused.Code, new[] { "attachment.archive-bomb", "attachment.damaged" });
    }

    [Fact]
    public void The_allow_list_is_a_setting()
    {
        Assert.Equal("attachment.type-refused", Assert.Throws<Refusal>(() => At(SampleFiles.Zip(("a", [1])), path => FileTypes.Recognise(path, "a.zip", new HashSet<string> { "pdf" }))).Code);
        var settings = AttachmentSettings.Of(Configured(("attachments:types", "pdf, JPG"), ("attachments:max-file-mb", "7")));
        Assert.Equal(["jpg", "pdf"], settings.Types.Order());
        Assert.Equal(7 * 1024 * 1024, settings.FileBytes);
        Assert.Throws<InvalidOperationException>(() => AttachmentSettings.Of(Configured(("attachments:types", "exe"))));
        Assert.Throws<InvalidOperationException>(() => AttachmentSettings.Of(Configured(("attachments:max-file-mb", "-1"))));
        Assert.Throws<InvalidOperationException>(() => AttachmentSettings.Of(Configured(("attachments:s3:endpoint", "http://127.0.0.1:9000"))));
    }

    [Theory]
    [InlineData("..\\..\\windows\\处罚.pdf", "处罚.pdf"), InlineData("/etc/passwd", "passwd"), InlineData("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"), InlineData("照片\u202Egpj.exe", "照片gpj.exe"), InlineData("...", "未命名"), InlineData(null, "未命名")]
    public void A_name_holds_no_folders_and_nothing_unseen(string? sent, string kept) => Assert.Equal(kept, FileName.Clean(sent));

    [Fact]
    public void A_long_name_keeps_its_ending() => Assert.Equal((200, true), (FileName.Clean(new string('长', 400) + ".pdf").Length, FileName.Clean(new string('长', 400) + ".pdf").EndsWith(".pdf", StringComparison.Ordinal)));

    private static Microsoft.Extensions.Configuration.IConfiguration Configured(params (string Key, string Value)[] values) =>
        Microsoft.Extensions.Configuration.MemoryConfigurationBuilderExtensions.AddInMemoryCollection(new Microsoft.Extensions.Configuration.ConfigurationBuilder(), values.Select(v => KeyValuePair.Create(v.Key, (string?)v.Value))).Build();

    private static T At<T>(byte[] content, Func<string, T> act)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, content);
            return act(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
