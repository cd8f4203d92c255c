using static Liandong.Documents.Layout.Standard;

namespace Liandong.Documents.Layout;

/// <summary>One attempt to set a document at one line distance. The head is in Typesetting.Head.cs, tables in Typesetting.Tables.cs.</summary>
/// <param name="lines">Lines per page.</param>
/// <param name="breakBefore">The line of the text, counted from 0, that a new page begins with; null to break where the page is full.</param>
/// <param name="firstPage">The number of the first page, which is not 1 inside a volume.</param>
internal sealed partial class Typesetting(IFontMeasure fonts, DocumentContent content, int lines, int? breakBefore, int firstPage)
{
    private const double Ascent = 0.88, Descent = 0.12;
    private const double Slip = 1e-6;

    private static readonly double Em = Size3 * MillimetresPerPoint;

    private readonly LineBreaker breaker = new(fonts);
    private readonly double step = Height / lines;
    private readonly List<(List<Run> Runs, List<Rule> Rules)> pages = [];
    private readonly List<string> remarks = [];

    /// <summary>Top of the next line's slot on the last page.</summary>
    private double y;

    /// <summary>The page that carries the last line of the text.</summary>
    private int textPage;

    /// <summary>Lines of text and of the attachment note set so far.</summary>
    public int TextLines { get; private set; }

    /// <summary>Whether signature and date fell on a page without any text, which 7.3.5.5 forbids.</summary>
    public bool SignatureStandsAlone { get; private set; }

    private double IndentTwo => 2 * Cell;

    public Typesetting Run()
    {
        NewPage();
        switch (content.Format)
        {
            case DocumentForm.Letter: LetterHead(); break;
            case DocumentForm.Minutes: MinutesHead(); break;
            case DocumentForm.Volume: VolumeHead(); break;
            default: GeneralHead(); break;
        }
        Recipients();
        Blocks(content.Body, new Numbering());
        AttachmentNote();
        if (content.Attendance is { } attendance) WhoWasThere(attendance);
        if (content.Format is DocumentForm.General or DocumentForm.Letter) Signature();
        if (content.Note.Length > 0) Paragraph(Part.Note, [new Span($"（{content.Note}）", Face.Fang)], IndentTwo, 0);
        foreach (var annex in content.Annexes) BoundAnnex(annex, content.MarkOf(annex));
        Imprint();
        PageNumbers();
        return this;
    }

    public Drawing Draw(IReadOnlyList<string> more) => new([.. pages.Select((p, i) => new PageDrawing(i + 1, p.Runs, p.Rules))], lines, [.. more, .. remarks]);

    private void Recipients()
    {
        if (content.To.Count == 0) return;
        // 7.3.2 «编排于标题下空一行位置,居左顶格,回行时仍顶格,最后一个机关名称后标全角冒号».
        Paragraph(Part.To, [new Span(string.Join("、", content.To) + "：", Face.Fang)], 0, 0);
    }

    private void Blocks(IReadOnlyList<Block> blocks, Numbering numbering)
    {
        foreach (var block in blocks)
        {
            switch (block)
            {
                case Heading heading: HeadingBlock(heading, numbering); break;
                case Clause clause: Paragraph(Part.Text, [new Span(numbering.NextClause() + "　", Face.Hei), new Span(clause.Text, Face.Fang)], IndentTwo, 0); break;
                case Layout.Paragraph paragraph:
                    foreach (var text in paragraph.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) Paragraph(Part.Text, [new Span(text, Face.Fang)], IndentTwo, 0);
                    break;
                case Table table: SetTable(table); break;
                default: throw new InvalidOperationException($"{block.GetType().Name} has no setting.");
            }
        }
    }

    private void HeadingBlock(Heading heading, Numbering numbering)
    {
        var face = Numbering.FaceOf(heading.Level);
        var title = numbering.Next(heading.Level) + heading.Text;
        List<Span> spans = [new Span(heading.RunIn.Length > 0 && !"。！？：".Contains(title[^1], StringComparison.Ordinal) ? title + "。" : title, face)];
        if (heading.RunIn.Length > 0) spans.Add(new Span(heading.RunIn, Face.Fang));
        Paragraph(Part.Heading, spans, IndentTwo, 0, keepWithNext: heading.RunIn.Length == 0);
    }

    /// <summary>Sets a paragraph of 3号 on the lines that follow, over as many pages as it needs.</summary>
    private void Paragraph(Part part, IReadOnlyList<Span> spans, double first, double rest, bool keepWithNext = false)
    {
        var broken = breaker.Break(spans, Width, first, rest, Cell);
        if (keepWithNext && !Room(broken.Count + 1)) NewPage();
        foreach (var line in broken) TextLine(part, line);
    }

    private void TextLine(Part part, Line line)
    {
        if (!Room(1) || (breakBefore == TextLines && part is Part.Text or Part.Heading or Part.AttachmentNote)) NewPage();
        Place(part, line, Left, y + (step - Em) / 2 + Ascent * Em, Size3, Ink.Black);
        y += step;
        if (part is not (Part.Text or Part.Heading or Part.AttachmentNote or Part.Attendance)) return;
        TextLines++;
        textPage = pages.Count;
    }

    private void AttachmentNote()
    {
        if (content.Attachments.Count == 0) return;
        // 7.3.4 «在正文下空一行左空二字编排“附件”二字,后标全角冒号和附件名称。如有多个附件,使用阿拉伯数字标注附件顺序号;附件名称后不加标点符号。附件名称较长需回行时,应当与上一行附件名称的首字对齐».
        Skip(1);
        const string label = "附件：";
        var many = content.Attachments.Count > 1;
        for (var i = 0; i < content.Attachments.Count; i++)
        {
            var number = many ? $"{i + 1}. " : "";
            var labelWidth = Advance(label);
            var hang = IndentTwo + labelWidth + Advance(number);
            var lead = i == 0 ? label + number : number;
            Paragraph(Part.AttachmentNote, [new Span(lead + content.Attachments[i], Face.Fang)], i == 0 ? IndentTwo : IndentTwo + labelWidth, hang);
        }
    }

    private void WhoWasThere(Attendance attendance)
    {
        // 10.3 «标注出席人员名单,一般用3号黑体字,在正文或附件说明下空一行左空二字编排“出席”二字,后标全角冒号,冒号后用3号仿宋体字标注出席人单位、姓名,回行时与冒号后的首字对齐».
        Skip(1);
        foreach (var (label, names) in new[] { ("出席：", attendance.Present), ("请假：", attendance.OnLeave), ("列席：", attendance.Observing) })
        {
            if (names.Count == 0) continue;
            Paragraph(Part.Attendance, [new Span(label, Face.Hei), new Span(string.Join("、", names.Select(n => n.Replace(' ', '　'))), Face.Fang)], IndentTwo, IndentTwo + Advance(label));
        }
    }

    private void Signature()
    {
        if (content.SignedBy.Count == 0 && content.Date is null) return;
        var date = content.Date is { } day ? $"{day.Year}年{day.Month}月{day.Day}日" : "";
        // A seal of 42 mm needs more than the two lines it covers.
        var rows = content.Sealed && content.SignedBy.Count > 1 ? (content.SignedBy.Count + 2) / 3 : content.SignedBy.Count;
        var needed = content.Sealed ? LinesBeforeSealedSignature + 2 * rows + 1 : LinesBeforeSignature + rows + 1;
        if (content.Note.Length > 0 && !content.Sealed) needed++;
        if (!Room(needed)) NewPage();
        if (textPage < pages.Count) SignatureStandsAlone = true;
        Skip(content.Sealed ? LinesBeforeSealedSignature : LinesBeforeSignature);
        if (content.Sealed) SealedSignature(date);
        else UnsealedSignature(date);
    }

    private void SealedSignature(string date)
    {
        // 7.3.5.1 «单一机关行文时,一般在成文日期之上、以成文日期为准居中编排发文机关署名» … «联合行文时,一般将各发文机关署名按照发文机关顺序整齐排列在相应位置».
        var dateWidth = date.Length > 0 ? Advance(date) : 10 * Cell;
        var dateX = Left + Width - SealedDateFromRight * Cell - dateWidth;
        if (content.SignedBy.Count == 1)
        {
            var name = content.SignedBy[0];
            var x = Math.Min(dateX + (dateWidth - Advance(name)) / 2, Left + Width - Advance(name));
            Slot(Part.Signature, name, Face.Fang, x);
        }
        else
        {
            foreach (var row in content.SignedBy.Chunk(3))
            {
                var share = Width / row.Length;
                for (var i = 0; i < row.Length; i++) SlotAt(Part.Signature, row[i], Face.Fang, Left + share * i + Math.Max(0, (share - Advance(row[i])) / 2), share);
                y += step * (content.SignedBy.Count > 3 ? 2 : 1);
            }
        }
        if (date.Length > 0) Slot(Part.Date, date, Face.Fang, dateX);
    }

    private void UnsealedSignature(string date)
    {
        // 7.3.5.2 «在正文(或附件说明)下空一行右空二字编排发文机关署名,在发文机关署名下一行编排成文日期,首字比发文机关署名首字右移二字,如成文日期长于发文机关署名,应当使成文日期右空二字编排,并相应增加发文机关署名右空字数».
        var edge = Left + Width - UnsealedSignatureFromRight * Cell;
        var widest = content.SignedBy.Count == 0 ? 0 : content.SignedBy.Max(Advance);
        var x = edge - widest;
        var dateWidth = date.Length > 0 ? Advance(date) : 0;
        if (x + 2 * Cell + dateWidth > edge + Slip) x = edge - dateWidth - 2 * Cell;
        foreach (var name in content.SignedBy) Slot(Part.Signature, name, Face.Fang, x);
        if (date.Length > 0) Slot(Part.Date, date, Face.Fang, x + 2 * Cell);
    }

    private void BoundAnnex(Annex annex, string mark)
    {
        // 7.3.7 «附件应当另面编排,并在版记之前,与公文正文一起装订。“附件”二字及附件顺序号用3号黑体字顶格编排在版心左上角第一行。附件标题居中编排在版心第三行».
        NewPage();
        Slot(Part.AnnexMark, mark, Face.Hei, Left);
        y += step;
        TitleLines(Part.AnnexTitle, annex.Title, y + (step - Em) / 2);
        Skip(1);
        Blocks(annex.Body, new Numbering());
    }

    private void Imprint()
    {
        var letter = content.Format == DocumentForm.Letter;
        var em = Size4 * MillimetresPerPoint;
        var row = em * 1.6;
        var copies = content.CopyTo.Count == 0 ? [] : breaker.Break([new Span("抄送：" + string.Join("，", content.CopyTo) + "。", Face.Fang)], Width - 2 * em, 0, 3 * em, em);
        var printed = !letter && (content.PrintedBy.Length > 0 || content.PrintedOn is not null);
        var rows = copies.Count + (printed ? 1 : 0);
        if (rows == 0) return;
        var height = rows * row;
        if (y > Top + Slip && y + step > Bottom - height + Slip) NewPage();
        var top = Bottom - height;
        for (var i = 0; i < copies.Count; i++) Place(Part.CopyTo, copies[i], Left + em, top + i * row + (row - em) / 2 + Ascent * em, Size4, Ink.Black);
        if (printed)
        {
            // 7.4.3 «印发机关左空一字,印发日期右空一字,用阿拉伯数字将年、月、日标全,年份应标全称,月、日不编虚位,后加“印发”二字».
            var baseline = Bottom - row + (row - em) / 2 + Ascent * em;
            Text(Part.PrintedBy, content.PrintedBy, Face.Fang, Ink.Black, Size4, Left + em, baseline, em);
            if (content.PrintedOn is { } day)
            {
                var text = $"{day.Year}年{day.Month}月{day.Day}日印发";
                Text(Part.PrintedBy, text, Face.Fang, Ink.Black, Size4, Right - em - Advances(text, Face.Fang, em).Sum(), baseline, em);
            }
        }
        // 10.1 «版记不加印发机关和印发日期、分隔线,位于公文最后一面版心内最下方».
        if (letter) return;
        Across(Part.ImprintRule, top, ImprintThick);
        if (copies.Count > 0 && printed) Across(Part.ImprintRule, Bottom - row, ImprintThin);
        Across(Part.ImprintRule, Bottom, ImprintThick);
    }

    private void PageNumbers()
    {
        // 7.5 «一般用4号半角宋体阿拉伯数字 … 单页码居右空一字,双页码居左空一字»; 10.1 «首页不显示页码».
        var em = Size4 * MillimetresPerPoint;
        var dash = fonts.InkOf(Face.Song, "—");
        for (var i = 0; i < pages.Count; i++)
        {
            if (i == 0 && (content.Format is DocumentForm.Letter or DocumentForm.Volume)) continue;
            var number = firstPage + i;
            var text = $"— {number} —";
            var width = Advances(text, Face.Song, em).Sum();
            Text(Part.PageNumber, text, Face.Song, Ink.Black, Size4, number % 2 == 1 ? Right - em - width : Left + em, Bottom + PageNumberBelow + dash.Top * em, em, pages[i].Runs);
        }
        if (content.Number.Length > 0 || content.Format == DocumentForm.Volume) return;
        foreach (var page in pages) Text(Part.Draft, "草稿", Face.Hei, Ink.Black, Size3, Right - 2 * Em, 25, Em, page.Runs);
    }

    private bool Room(int count) => y + count * step <= Bottom + Slip;

    /// <summary>Leaves lines free; not at the top of a page.</summary>
    private void Skip(int count)
    {
        if (y > Top + Slip) y += count * step;
    }

    private void NewPage()
    {
        pages.Add(([], []));
        y = Top;
    }

    private void Slot(Part part, string text, Face face, double x)
    {
        SlotAt(part, text, face, x, double.PositiveInfinity);
        y += step;
    }

    private void SlotAt(Part part, string text, Face face, double x, double width)
    {
        var natural = Advances(text, face, Cell).Sum();
        Text(part, text, face, Ink.Black, Size3, x, y + (step - Em) / 2 + Ascent * Em, natural > width ? Cell * width / natural : Cell);
    }

    private void Place(Part part, Line line, double left, double baseline, double size, Ink ink)
    {
        var (x, at) = (left + line.Indent, 0);
        foreach (var span in line.Spans)
        {
            var count = span.Text.EnumerateRunes().Count();
            var advances = line.Advances.Skip(at).Take(count).ToArray();
            pages[^1].Runs.Add(new Run(part, x, baseline, size, span.Face, ink, span.Text, advances));
            (x, at) = (x + advances.Sum(), at + count);
        }
    }

    private void Text(Part part, string text, Face face, Ink ink, double size, double x, double baseline, double pitch, List<Run>? runs = null)
    {
        // 28 characters of 16 points are set a hair closer than their width; what is closer still is set narrower.
        var share = pitch / (size * MillimetresPerPoint);
        if (text.Length > 0) (runs ?? pages[^1].Runs).Add(new Run(part, x, baseline, size, face, ink, text, Advances(text, face, pitch), share < 0.97 ? share : 1));
    }

    private void Across(Part part, double at, double thickness) => pages[^1].Rules.Add(new Rule(part, Left, at, Right, at, thickness, Ink.Black));

    private IReadOnlyList<double> Advances(string text, Face face, double pitch) => breaker.AdvancesOf(text, face, pitch);

    private double Advance(string text) => Advances(text, Face.Fang, Cell).Sum();
}
