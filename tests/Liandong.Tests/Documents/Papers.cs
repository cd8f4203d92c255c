using Liandong.Documents.Fonts;
using Liandong.Documents.Layout;
using Liandong.Documents.Output;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;

namespace Liandong.Tests.Documents;

/// <summary>Documents of each kind as the offices write them, and their PDF as a ruler sees it.</summary>
internal static class Papers
{
    public const string Bureau = "济南市历下区行政审批服务局";
    public const string Housing = "济南市历下区住房和城乡建设局";

    public const string Passage = "为做好我区相对集中行政许可权改革工作，确保区行政审批服务局组建过程中与各行政主管部门在审批与监管方面有机衔接，根据《中共历下区委办公室、历下区人民政府办公室关于印发〈历下区推进相对集中行政许可权组建区行政审批服务局改革方案〉的通知》（历下办发〔2018〕52号）精神，结合工作实际，现就推进区行政审批服务局组建工作的相关事宜通知如下。";

    public static DocumentContent Letter(int passages = 3, bool sealedOn = true) => new()
    {
        Kind = DocumentKind.Letter, Format = DocumentForm.Letter, Mark = [Bureau], Number = "历审函〔2026〕12号", Title = $"{Bureau}关于商请派员参加食品经营许可现场勘验的函", To = [Housing],
        Body =
        [
            new Paragraph("你局主管的消防验收事项，我局于2026年3月5日受理（办件编号LX-2026-000123）。" + Passage), new Heading(1, "勘验的时间和地点"), new Paragraph("时间：2026年3月9日9:30；地点：历下区泉城路188号。"),
            new Heading(1, "需要提供的材料"), new Heading(2, "勘验记录"), .. Enumerable.Repeat(new Paragraph(Passage), passages), new Heading(3, "请派出两名以上工作人员"), new Heading(4, "勘验后两个工作日内出具意见", "逾期未出具的，应当说明理由。"),
        ],
        Attachments = ["现场勘验任务单", "申请材料目录以及与消防有关的平面布置图、设备清单和承诺书汇编"], SignedBy = [Bureau], Date = new DateOnly(2026, 3, 6), Sealed = sealedOn, Note = "联系人：李丽，电话：0531-12345678",
        CopyTo = ["济南市历下区应急管理局", "济南市历下区消防救援大队"],
    };

    public static DocumentContent Notice(int passages = 12) => new()
    {
        Kind = DocumentKind.Notice, Format = DocumentForm.General, Mark = [Bureau], MarkSaysDocument = true, Number = "历审发〔2026〕3号", CopyNumber = "000012", Urgency = Urgency.MostUrgent,
        Title = $"{Bureau}关于进一步加强审批结果推送和认领工作的通知", To = ["区政府有关部门"],
        Body =
        [
            .. Enumerable.Range(1, passages).SelectMany(i => new Block[] { new Heading(1, "工作要求"), new Paragraph(Passage) }),
            new Table(["事项", "推送", "认领"], [.. Enumerable.Range(1, 30).Select(i => (IReadOnlyList<string>)[$"食品经营许可（餐饮服务）新办以及延续{i}", "12", "10"])], [4, 1, 1]) { Caption = "按事项分列" },
            new Clause("本通知自印发之日起施行。"), new Clause("本通知由我局负责解释。"),
        ],
        Attachments = ["推送和认领情况统计表"], SignedBy = [Bureau], Date = new DateOnly(2026, 11, 26), Sealed = true, Note = "此件公开发布", Annexes = [new Annex("推送和认领情况统计表", [new Paragraph(Passage)])],
        CopyTo = ["区委办公室", "区人大常委会办公室"], PrintedBy = Bureau + "办公室", PrintedOn = new DateOnly(2026, 11, 26),
    };

    public static DocumentContent Request() => new()
    {
        Kind = DocumentKind.Request, Format = DocumentForm.General, Mark = [Bureau], MarkSaysDocument = true, Number = "历审请〔2026〕4号", Signers = ["王静"], Title = "关于召开联席会议专题会议的请示", To = ["区政府"],
        Body = [new Paragraph(Passage), new Paragraph("妥否，请批示。")], SignedBy = [Bureau], Date = new DateOnly(2026, 11, 6), Note = "联系人：王静，电话：0531-12345678", PrintedBy = Bureau + "办公室", PrintedOn = new DateOnly(2026, 11, 6),
    };

    public static DocumentContent Minutes() => new()
    {
        Kind = DocumentKind.Minutes, Format = DocumentForm.Minutes, Mark = ["历下区行政审批服务改革领导联席会议纪要"], Number = "〔2026〕3号", Title = "关于建设项目消防验收衔接问题的专题会议纪要",
        Body = [new Paragraph(Passage), new Heading(1, "会议决定"), new Heading(2, "区住建局", "于2026年3月31日前完成系统对接。"), new Heading(2, "区行政审批服务局", "负责通知申请人。")],
        SignedBy = ["联席会议办公室"], Date = new DateOnly(2026, 3, 10), Attendance = new Attendance(["区政府 谢兆村", "区纪委监委 刘海峰", "区行政审批服务局 王静", "区住建局 李剑涛", "区市场监管局 孟宪法"], ["区园林局 沙滢"], ["区消防救援大队 𬭊堃"]),
        CopyTo = ["各成员单位"], PrintedBy = "联席会议办公室", PrintedOn = new DateOnly(2026, 3, 10),
    };

    public static IEnumerable<DocumentContent> All => [Letter(), Notice(), Request(), Minutes(), Letter(0, sealedOn: false), Request() with { Mark = [Bureau, Housing], SignedBy = [Bureau, Housing], Signers = ["王静", "李剑涛", "张三"] }, Letter() with { Number = "", Date = null }];

    public static FileFacts Facts(DocumentContent content) => new(content.Title, content.Mark[0], new DateTimeOffset(2026, 3, 6, 0, 0, 0, TimeSpan.Zero));

    public static Drawing Lay(DocumentContent content) => new DocumentLayout(FontBook.Own).Lay(content);

    public static WrittenFile Write(DocumentContent content) => new PdfWriter(FontBook.Own).Write(Lay(content), Facts(content));

    public static PaperPages Pages(DocumentContent content) => new(Write(content).Bytes);
}

/// <summary>The pages of a PDF, measured in mm from the upper left corner of the paper.</summary>
internal sealed class PaperPages
{
    private readonly List<Page> pages;

    public PaperPages(byte[] pdf)
    {
        using var document = PdfDocument.Open(pdf);
        pages = [.. document.GetPages()];
    }

    public int Count => pages.Count;

    /// <summary>The lines of a page from top to bottom: the letters on one baseline.</summary>
    public IReadOnlyList<PaperLine> Lines(int page) => [.. pages[page - 1].Letters.GroupBy(l => Math.Round(l.StartBaseLine.Y, 1)).OrderByDescending(g => g.Key).Select(g => new PaperLine([.. g.OrderBy(l => l.StartBaseLine.X)]))];

    public PaperLine Line(int page, string text) => Lines(page).FirstOrDefault(l => l.Text.Contains(text, StringComparison.Ordinal)) ?? throw new InvalidOperationException($"Page {page} has no line with {text}.");

    /// <summary>The text layer in the order in which it was written.</summary>
    public string Text => string.Concat(pages.SelectMany(p => p.Letters).Select(l => l.Value));

    /// <summary>Filled rectangles: left, top, width and height in mm, and whether they are red.</summary>
    public IReadOnlyList<(double X, double Y, double Width, double Height, bool Red)> Rules(int page) =>
    [
        .. pages[page - 1].Paths.Where(p => p.IsFilled).Select(p => (Box: p.GetBoundingRectangle()!.Value, p.FillColor)).Select(p => (PaperLine.Mm(p.Box.Left), 297 - PaperLine.Mm(p.Box.Top), PaperLine.Mm(p.Box.Width), PaperLine.Mm(p.Box.Height), PaperLine.IsRed(p.FillColor))),
    ];

    public (double Width, double Height) Size(int page) => (PaperLine.Mm(pages[page - 1].Width), PaperLine.Mm(pages[page - 1].Height));
}

internal sealed record PaperLine(IReadOnlyList<Letter> Letters)
{
    private IReadOnlyList<Letter> Inked => [.. Letters.Where(l => !string.IsNullOrWhiteSpace(l.Value))];

    public string Text => string.Concat(Letters.Select(l => l.Value));
    public double Left => Mm(Letters[0].StartBaseLine.X);
    public double Right => Mm(Letters[^1].EndBaseLine.X);
    public double Baseline => 297 - Mm(Letters[0].StartBaseLine.Y);
    public double Size => Letters[0].PointSize;

    /// <summary>Upper and lower edge of the characters' bodies: 0.88 em above and 0.12 em below the baseline.</summary>
    public double Top => Baseline - 0.88 * Size / 72 * 25.4;
    public double Bottom => Baseline + 0.12 * Size / 72 * 25.4;
    public string Font => Letters[0].FontName ?? "";
    public bool Red => IsRed(Letters[0].Color);

    public PaperLine From(string text)
    {
        var at = Text.IndexOf(text, StringComparison.Ordinal);
        return new PaperLine([.. Letters.Skip(at).Take(text.Length)]);
    }

    /// <summary>Upper edge of the ink, by the outlines of the font.</summary>
    public double InkTop(Liandong.Documents.Layout.Face face) => Baseline - FontOf.InkOf(face, Text).Top * Size / 72 * 25.4;

    private static Liandong.Documents.Fonts.FontBook FontOf => Liandong.Documents.Fonts.FontBook.Own;

    public static double Mm(double points) => points / 72 * 25.4;

    public static bool IsRed(UglyToad.PdfPig.Graphics.Colors.IColor? colour) => colour?.ToRGBValues() is { r: > 0.9, g: < 0.4, b: < 0.4 };
}
