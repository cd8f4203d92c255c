using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Liandong.Documents.Layout;
using static Liandong.Documents.Layout.Standard;
using Drawing = Liandong.Documents.Layout.Drawing;
using Face = Liandong.Documents.Layout.Face;
using Note = Liandong.Documents.Layout.Paragraph;
using Paragraph = DocumentFormat.OpenXml.Wordprocessing.Paragraph;
using Run = DocumentFormat.OpenXml.Wordprocessing.Run;
using Table = DocumentFormat.OpenXml.Wordprocessing.Table;
using TableRow = DocumentFormat.OpenXml.Wordprocessing.TableRow;
using Text = DocumentFormat.OpenXml.Wordprocessing.Text;

namespace Liandong.Documents.Output;

/// <summary>
/// Writes a document as .docx for an office that goes on editing it. Text flows in the word processor; where an element has a fixed place (signature, date, signers), the place is
/// taken from the drawing. Fonts are named as offices have them (仿宋_GB2312 …), with the house's as alternatives, and not embedded.
/// </summary>
public sealed class DocxWriter
{
    private const double Twips = 1440 / 25.4;

    // 28.95 points, 22 lines on 225 mm, in twentieths of a point; characters a quarter of a point closer, so that 28 fill a line.
    private const int LineTwips = 579;
    private const int Closer = -5;

    // 0.35 mm is one point, 0.25 mm about three quarters, in eighths of a point.
    private const uint Coarse = 8, Fine = 6;

    public byte[] Write(DocumentContent content, Drawing drawing, FileFacts facts) => Write([(content, drawing)], facts);

    /// <summary>
    /// Several documents one after the other, each a section of its own that begins on a new page; pages are numbered through. The contents of a volume name the page of each by a PAGEREF
    /// to the bookmark at its head (ISO/IEC 29500-1, 17.16.5.42): what the field shows until the office lets it be counted again is the page of the PDF. No field is marked to be counted on opening,
    /// which Word would ask about.
    /// </summary>
    public byte[] Write(IReadOnlyList<(DocumentContent Content, Drawing Drawing)> parts, FileFacts facts)
    {
        using var file = new MemoryStream();
        using (var package = WordprocessingDocument.Create(file, WordprocessingDocumentType.Document))
        {
            package.PackageProperties.Title = facts.Title;
            package.PackageProperties.Creator = facts.Author;
            package.PackageProperties.Created = package.PackageProperties.Modified = facts.At.UtcDateTime;
            package.PackageProperties.Language = "zh-CN";
            var main = package.AddMainDocumentPart();
            main.AddNewPart<StyleDefinitionsPart>().Styles = StylesOf();
            main.AddNewPart<FontTablePart>().Fonts = FontsOf();
            main.AddNewPart<DocumentSettingsPart>().Settings = new Settings(new EvenAndOddHeaders(), new CharacterSpacingControl { Val = CharacterSpacingValues.DoNotCompress }, new Compatibility(
                new CompatibilitySetting { Name = CompatSettingNameValues.CompatibilityMode, Uri = "http://schemas.microsoft.com/office/word", Val = "15" }));
            var body = new Body();
            foreach (var (n, (content, drawing)) in parts.Index())
            {
                var (blocks, section) = (BodyOf(content, drawing), SectionOf(main, content, drawing));
                if (parts[0].Content.Format == DocumentForm.Volume && n > 0) Mark((Paragraph)blocks[0], n);
                body.Append(blocks);
                // A section that is not the last one ends with its last paragraph.
                if (n + 1 < parts.Count) ((Paragraph)blocks[^1]).ParagraphProperties!.SectionProperties = section;
                else body.Append(section);
            }
            main.Document = new Document(body);
        }
        return file.ToArray();
    }

    private static List<OpenXmlElement> BodyOf(DocumentContent content, Drawing drawing)
    {
        var first = drawing.Pages[0];
        var body = new List<OpenXmlElement>();
        if (content.Format == DocumentForm.Letter) LetterHead(content, first, body);
        else if (content.Format == DocumentForm.Volume) Cover(content, first, body);
        else GeneralHead(content, first, body);

        var title = TitleOf(drawing.Pages[content.Format == DocumentForm.Volume ? 1 : 0].Runs.Where(r => r.Part == Part.Title)).ToList();
        // The contents begin on a page of their own. A break in a paragraph of its own would find the cover full, and leave a page blank.
        if (content.Format == DocumentForm.Volume) ((Paragraph)title[0]).ParagraphProperties!.PageBreakBefore = new PageBreakBefore();
        body.AddRange(title);
        if (content.To.Count > 0) body.Add(Line([Piece(string.Join("、", content.To) + "：", Face.Fang)], Plain()));
        Blocks(content.Body, body, contents: content.Format == DocumentForm.Volume);
        AttachmentNote(content, body);
        if (content.Attendance is { } there) WhoWasThere(there, body);
        if (content.Format is DocumentForm.General or DocumentForm.Letter) Signature(content, drawing, body);
        if (content.Note.Length > 0) body.Add(Line([Piece($"（{content.Note}）", Face.Fang)], Indented()));
        for (var i = 0; i < content.Annexes.Count; i++)
        {
            var mark = Plain();
            mark.PageBreakBefore = new PageBreakBefore();
            body.Add(Line([Piece(content.MarkOf(content.Annexes[i]), Face.Hei)], mark));
            body.Add(Empty());
            var page = drawing.Pages.Where(p => p.Runs.Any(r => r.Part == Part.AnnexMark)).ElementAt(i);
            body.AddRange(TitleOf(page.Runs.Where(r => r.Part == Part.AnnexTitle)));
            Blocks(content.Annexes[i].Body, body);
        }
        // The imprint is a frame before the last paragraph, so that it stands at the foot of the last page.
        if (body[^1] is not Paragraph) body.Add(Empty());
        body.InsertRange(body.Count - 1, ImprintOf(content, drawing));
        return body;
    }

    private static void GeneralHead(DocumentContent content, PageDrawing first, List<OpenXmlElement> body)
    {
        var corner = first.Runs.Where(r => r.Part is Part.CopyNumber or Part.Secrecy or Part.Urgency).ToList();
        body.AddRange(corner.Select(r => Line([Piece(r.Text, r.Face)], Plain())));
        var marks = first.Runs.Where(r => r.Part == Part.Mark).GroupBy(r => content.Mark.Count == 1 || r.Text != "文件" ? r.Y : -1).Where(g => g.Key >= 0).ToList();
        for (var i = 0; i < marks.Count; i++)
        {
            var run = marks[i].First();
            var size = run.Size * MillimetresPerPoint;
            // The line's upper edge is a fifth of the size above the ink.
            var before = i == 0 ? Math.Max(0, MarkBelowTop - corner.Count * Standard.Line - 0.2 * size) : 0;
            var text = content.Mark.Count > 1 && content.MarkSaysDocument && i == marks.Count / 2 ? run.Text + "　文件" : run.Text;
            var format = Format(JustificationValues.Center, before: before, line: size * 1.3);
            format.SnapToGrid = new SnapToGrid { Val = false };
            body.Add(Line([Piece(text, Face.Title, run.Size, "FF0000")], format));
        }
        body.Add(Empty());
        body.Add(Empty());
        var rows = first.Runs.Where(r => r.Part is Part.Number or Part.Signer || (content.Format == DocumentForm.Minutes && r.Part is Part.Signature or Part.Date && r.Y < first.Rules[0].Y1)).GroupBy(r => Math.Round(r.Y, 2)).OrderBy(g => g.Key).ToList();
        if (rows.Count == 0) body.Add(Empty());
        foreach (var row in rows) body.Add(Placed([.. row.OrderBy(r => r.X)]));
        var last = (Paragraph)body[^1];
        last.ParagraphProperties!.ParagraphBorders = new ParagraphBorders(new BottomBorder { Val = BorderValues.Single, Color = "FF0000", Size = 16, Space = 6 });
        // The blank lines between rule and title.
        body.Add(Empty());
        body.Add(Empty());
    }

    private static void Cover(DocumentContent content, PageDrawing first, List<OpenXmlElement> body)
    {
        var mark = first.Runs.First(r => r.Part == Part.Mark);
        var format = Format(JustificationValues.Center, before: MarkBelowTop, line: mark.Size * 1.3 * MillimetresPerPoint);
        format.SnapToGrid = new SnapToGrid { Val = false };
        body.Add(Line([Piece(mark.Text, Face.Title, mark.Size, "FF0000")], format));
        for (var i = 0; i < LinesBeforeNumber; i++) body.Add(Empty());
        foreach (var run in first.Runs.Where(r => r.Part == Part.Number)) body.Add(Line([Piece(run.Text, run.Face)], Format(JustificationValues.Center)));
        var foot = first.Runs.Where(r => r.Part is Part.Signature or Part.Date).OrderBy(r => r.Y).ToList();
        var (from, to) = (first.Runs.First(r => r.Part == Part.Number).Y, foot[0].Y);
        for (var i = 1; i < (int)Math.Round((to - from) / Standard.Line); i++) body.Add(Empty());
        foreach (var run in foot) body.Add(Line([Piece(run.Text, run.Face)], Format(JustificationValues.Center)));
    }

    private static void LetterHead(DocumentContent content, PageDrawing first, List<OpenXmlElement> body)
    {
        // Mark and upper rule stand in the first page's header; here comes what is below the rule.
        var rows = first.Runs.Where(r => r.Part is Part.Number or Part.CopyNumber or Part.Secrecy or Part.Urgency).GroupBy(r => Math.Round(r.Y, 1)).OrderBy(g => g.Key).ToList();
        if (rows.Count == 0) body.Add(Empty());
        foreach (var row in rows) body.Add(Placed([.. row.OrderBy(r => r.X)]));
        body.Add(Empty());
        body.Add(Empty());
    }

    private static IEnumerable<OpenXmlElement> TitleOf(IEnumerable<Layout.Run> lines)
    {
        var runs = new List<OpenXmlElement>();
        foreach (var line in lines)
        {
            if (runs.Count > 0) runs.Add(new Run(new Break()));
            runs.Add(Piece(line.Text, Face.Title, Size2));
        }
        var format = Format(JustificationValues.Center, line: Size2 * 1.5 * MillimetresPerPoint);
        format.SnapToGrid = new SnapToGrid { Val = false };
        yield return Line(runs, format);
        yield return Empty();
    }

    private static void Blocks(IReadOnlyList<Block> blocks, List<OpenXmlElement> body, bool contents = false)
    {
        var numbering = new Layout.Numbering();
        foreach (var block in blocks)
        {
            switch (block)
            {
                case Heading heading:
                    var title = numbering.Next(heading.Level) + heading.Text;
                    var format = Indented();
                    format.OutlineLevel = new OutlineLevel { Val = heading.Level - 1 };
                    if (heading.RunIn.Length == 0) format.KeepNext = new KeepNext();
                    if (heading.RunIn.Length > 0 && !"。！？：".Contains(title[^1], StringComparison.Ordinal)) title += "。";
                    body.Add(Line([Piece(title, Layout.Numbering.FaceOf(heading.Level)), .. heading.RunIn.Length > 0 ? [Piece(heading.RunIn, Face.Fang)] : Array.Empty<Run>()], format));
                    break;
                case Clause clause: body.Add(Line([Piece(numbering.NextClause() + "　", Face.Hei), Piece(clause.Text, Face.Fang)], Indented())); break;
                case Note note: body.AddRange(note.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(t => Line([Piece(t, Face.Fang)], Indented()))); break;
                case Layout.Table table:
                    if (table.Caption.Length > 0) body.Add(Line([Piece(table.Caption, Face.Hei)], Format(JustificationValues.Center)));
                    body.Add(TableOf(table, contents));
                    break;
                default: throw new InvalidOperationException($"{block.GetType().Name} has no form in .docx.");
            }
        }
        // A table must not be the last thing before a section's end or another table.
        if (body[^1] is Table) body.Add(Empty());
    }

    private static void AttachmentNote(DocumentContent content, List<OpenXmlElement> body)
    {
        if (content.Attachments.Count == 0) return;
        body.Add(Empty());
        var many = content.Attachments.Count > 1;
        for (var i = 0; i < content.Attachments.Count; i++)
        {
            // 附件 and its colon are three characters, the number about one and a half.
            var hang = (5 + (many ? 1.25 : 0)) * Cell;
            var start = (i == 0 ? 2 : 5) * Cell;
            var format = Format(JustificationValues.Both);
            format.Indentation = new Indentation { Left = T(hang), Hanging = T(hang - start) };
            body.Add(Line([Piece((i == 0 ? "附件：" : "") + (many ? $"{i + 1}. " : "") + content.Attachments[i], Face.Fang)], format));
        }
    }

    private static void WhoWasThere(Attendance attendance, List<OpenXmlElement> body)
    {
        body.Add(Empty());
        foreach (var (label, names) in new[] { ("出席：", attendance.Present), ("请假：", attendance.OnLeave), ("列席：", attendance.Observing) })
        {
            if (names.Count == 0) continue;
            var format = Format(JustificationValues.Both);
            format.Indentation = new Indentation { Left = T(5 * Cell), Hanging = T(3 * Cell) };
            body.Add(Line([Piece(label, Face.Hei), Piece(string.Join("、", names.Select(n => n.Replace(' ', '　'))), Face.Fang)], format));
        }
    }

    private static void Signature(DocumentContent content, Drawing drawing, List<OpenXmlElement> body)
    {
        var runs = drawing.Pages.SelectMany(p => p.Runs.Where(r => r.Part is Part.Signature or Part.Date)).GroupBy(r => Math.Round(r.Y, 2)).ToList();
        if (runs.Count == 0) return;
        // The last words of the text go with the signature.
        if (body[^1] is Paragraph last) Kept(last);
        for (var i = 0; i < (content.Sealed ? LinesBeforeSealedSignature : LinesBeforeSignature); i++) body.Add(Kept(Empty()));
        for (var i = 0; i < runs.Count; i++)
        {
            var row = runs[i].OrderBy(r => r.X).ToList();
            Paragraph line;
            if (row.Count > 1) line = Placed(row);
            else
            {
                var format = Format(JustificationValues.Right);
                format.Indentation = new Indentation { Right = T(Right - row[0].Right) };
                line = Line([Piece(row[0].Text, Face.Fang)], format);
            }
            body.Add(i + 1 < runs.Count ? Kept(line) : line);
        }
    }

    /// <summary>Pieces at given places of one line, by tabs; what ends near the right margin is set from the right.</summary>
    private static Paragraph Placed(IReadOnlyList<Layout.Run> runs)
    {
        var format = Format(JustificationValues.Left);
        var tabs = new List<TabStop>();
        var pieces = new List<OpenXmlElement>();
        var pen = Left;
        foreach (var run in runs)
        {
            // What stands directly behind another piece needs no tab.
            if (run.X > pen + 0.5)
            {
                tabs.Add(Right - run.Right < 2 * Cell ? new TabStop { Val = TabStopValues.Right, Position = At(run.Right) } : new TabStop { Val = TabStopValues.Left, Position = At(run.X) });
                pieces.Add(new Run(new TabChar()));
            }
            pieces.Add(Piece(run.Text, run.Face, run.Size));
            pen = run.Right;
        }
        if (tabs.Count > 0) format.Tabs = new Tabs(tabs);
        return Line(pieces, format);

        static int At(double x) => (int)Math.Round((x - Left) * Twips);
    }

    /// <param name="contents">Whether it is the contents of a volume: row by row its parts, the page last.</param>
    private static Table TableOf(Layout.Table table, bool contents)
    {
        var shares = table.Widths is { Count: > 0 } given && given.Count == table.Head.Count ? given : [.. Enumerable.Repeat(1.0, table.Head.Count)];
        var widths = shares.Select(s => s / shares.Sum() * Standard.Width).ToArray();
        static T Side<T>() where T : BorderType, new() => new() { Val = BorderValues.Single, Size = 6, Space = 0, Color = "000000" };
        var properties = new TableProperties(new TableWidth { Width = T(Standard.Width), Type = TableWidthUnitValues.Dxa }, new TableBorders(Side<TopBorder>(), Side<LeftBorder>(), Side<BottomBorder>(), Side<RightBorder>(), Side<InsideHorizontalBorder>(), Side<InsideVerticalBorder>()), new TableLayout { Type = TableLayoutValues.Fixed });
        var result = new Table(properties, new TableGrid(widths.Select(w => new GridColumn { Width = T(w) })));
        result.Append(Row(table.Head, isHead: true));
        foreach (var (n, row) in table.Rows.Index()) result.Append(Row(row, isHead: false, part: contents ? n + 1 : null));
        return result;

        TableRow Row(IReadOnlyList<string> cells, bool isHead, int? part = null)
        {
            var row = new TableRow(new TableRowProperties(isHead ? [new CantSplit(), new TableHeader()] : [new CantSplit()]));
            for (var i = 0; i < widths.Length; i++)
            {
                var text = i < cells.Count ? cells[i] : "";
                var format = new ParagraphProperties { SnapToGrid = new SnapToGrid { Val = false }, SpacingBetweenLines = new SpacingBetweenLines { Line = T(SizeTable * 1.4 * MillimetresPerPoint), LineRule = LineSpacingRuleValues.Exact }, Justification = new Justification { Val = isHead || (i > 0 && text.Length < 12) ? JustificationValues.Center : JustificationValues.Left } };
                row.Append(new TableCell(new TableCellProperties(new TableCellWidth { Width = T(widths[i]), Type = TableWidthUnitValues.Dxa }, new TableCellVerticalAlignment { Val = TableVerticalAlignmentValues.Center }), Line(part is { } at && i == widths.Length - 1 ? Field($"PAGEREF {MarkOf(at)} \\h", text, Face.Fang, SizeTable) : [Piece(text, isHead ? Face.Hei : Face.Fang, SizeTable)], format)));
            }
            return row;
        }
    }

    /// <summary>The lines of the imprint, each in a frame at its place at the foot of the type area.</summary>
    private static List<Paragraph> ImprintOf(DocumentContent content, Drawing drawing)
    {
        var letter = content.Format == DocumentForm.Letter;
        var em = Size4 * MillimetresPerPoint;
        var row = em * 1.6;
        var copyRows = drawing.Pages[^1].Runs.Where(r => r.Part == Part.CopyTo).Select(r => Math.Round(r.Y, 1)).Distinct().Count();
        var printed = !letter && (content.PrintedBy.Length > 0 || content.PrintedOn is not null);
        var lines = new List<Paragraph>();
        if (content.CopyTo.Count > 0)
        {
            var format = Framed(Bottom - (copyRows + (printed ? 1 : 0)) * row);
            format.Justification = new Justification { Val = JustificationValues.Both };
            format.Indentation = new Indentation { Left = T(4 * em), Right = T(em), Hanging = T(3 * em) };
            if (!letter) format.ParagraphBorders = printed ? new ParagraphBorders(Side<TopBorder>(Coarse)) : new ParagraphBorders(Side<TopBorder>(Coarse), Side<BottomBorder>(Coarse));
            lines.Add(Line([Piece("抄送：" + string.Join("，", content.CopyTo) + "。", Face.Fang, Size4)], format));
        }
        if (printed)
        {
            var format = Framed(Bottom - row);
            format.Indentation = new Indentation { Left = T(em), Right = T(em) };
            format.Tabs = new Tabs(new TabStop { Val = TabStopValues.Right, Position = (int)Math.Round((Standard.Width - em) * Twips) });
            format.ParagraphBorders = new ParagraphBorders(Side<TopBorder>(copyRows > 0 ? Fine : Coarse), Side<BottomBorder>(Coarse));
            lines.Add(Line([Piece(content.PrintedBy, Face.Fang, Size4), new Run(new TabChar()), Piece(content.PrintedOn is { } day ? $"{day.Year}年{day.Month}月{day.Day}日印发" : "", Face.Fang, Size4)], format));
        }
        return lines;

        ParagraphProperties Framed(double top)
        {
            var format = Format(JustificationValues.Left, line: row);
            format.SnapToGrid = new SnapToGrid { Val = false };
            format.FrameProperties = new FrameProperties { Width = T(Standard.Width), Wrap = TextWrappingValues.NotBeside, HorizontalPosition = HorizontalAnchorValues.Margin, VerticalPosition = VerticalAnchorValues.Page, XAlign = HorizontalAlignmentValues.Left, Y = T(top) };
            return format;
        }

        static T Side<T>(uint size) where T : BorderType, new() => new() { Val = BorderValues.Single, Size = size, Space = 0, Color = "000000" };
    }

    private static SectionProperties SectionOf(MainDocumentPart main, DocumentContent content, Drawing drawing)
    {
        var letter = content.Format == DocumentForm.Letter;
        var section = new SectionProperties();
        if (letter)
        {
            var header = main.AddNewPart<HeaderPart>();
            header.Header = new Header(LetterMark(drawing.Pages[0]));
            section.Append(new HeaderReference { Type = HeaderFooterValues.First, Id = main.GetIdOfPart(header) });
            section.Append(new FooterReference { Type = HeaderFooterValues.First, Id = Footer(main, LetterFoot()) });
        }
        section.Append(new FooterReference { Type = HeaderFooterValues.Default, Id = Footer(main, PageNumber(odd: true)) }, new FooterReference { Type = HeaderFooterValues.Even, Id = Footer(main, PageNumber(odd: false)) });
        section.Append(new PageSize { Width = 11906, Height = 16838 });
        // The footer's lower edge: the page number's dash is 7 mm below the type area.
        section.Append(new PageMargin { Top = (int)Math.Round(Top * Twips), Bottom = (int)Math.Round((PageHeight - Bottom) * Twips), Left = (uint)Math.Round(Left * Twips), Right = (uint)Math.Round((PageWidth - Right) * Twips), Header = (uint)Math.Round((letter ? LetterMarkTop - 2 : 15) * Twips), Footer = (uint)Math.Round((letter ? LetterRuleAboveEdge : 25) * Twips), Gutter = 0 });
        if (letter || content.Format == DocumentForm.Volume) section.Append(new TitlePage());
        section.Append(new DocGrid { Type = DocGridValues.Lines, LinePitch = LineTwips });
        return section;
    }

    private static Paragraph LetterMark(PageDrawing first)
    {
        var mark = first.Runs.First(r => r.Part == Part.Mark);
        var format = Format(JustificationValues.Center, line: mark.Size * 1.25 * MillimetresPerPoint);
        format.Indentation = new Indentation { Left = T((PageWidth - LetterRuleWidth) / 2 - Left), Right = T((PageWidth - LetterRuleWidth) / 2 - (PageWidth - Right)) };
        format.ParagraphBorders = new ParagraphBorders(new BottomBorder { Val = BorderValues.ThickThinSmallGap, Color = "FF0000", Size = 36, Space = 8 });
        return Line([Piece(mark.Text, Face.Title, mark.Size, "FF0000")], format);
    }

    private static Paragraph LetterFoot()
    {
        var format = Format(JustificationValues.Left, line: 0.5);
        format.Indentation = new Indentation { Left = T((PageWidth - LetterRuleWidth) / 2 - Left), Right = T((PageWidth - LetterRuleWidth) / 2 - (PageWidth - Right)) };
        format.SnapToGrid = new SnapToGrid { Val = false };
        format.ParagraphBorders = new ParagraphBorders(new BottomBorder { Val = BorderValues.ThinThickSmallGap, Color = "FF0000", Size = 36, Space = 0 });
        return Line([], format);
    }

    private static Paragraph PageNumber(bool odd)
    {
        var format = Format(odd ? JustificationValues.Right : JustificationValues.Left, line: 6);
        format.Indentation = odd ? new Indentation { Right = T(Size4 * MillimetresPerPoint) } : new Indentation { Left = T(Size4 * MillimetresPerPoint) };
        return Line([Piece("— ", Face.Song, Size4), .. Field("PAGE", "1", Face.Song, Size4), Piece(" —", Face.Song, Size4)], format);
    }

    /// <param name="shown">What it says until it is counted again.</param>
    private static IReadOnlyList<Run> Field(string code, string shown, Face face, double size)
    {
        Run Char(FieldCharValues kind) => new(Look(face, size, null), new FieldChar { FieldCharType = kind });
        return [Char(FieldCharValues.Begin), new Run(Look(face, size, null), new FieldCode($" {code} ") { Space = SpaceProcessingModeValues.Preserve }), Char(FieldCharValues.Separate), Piece(shown, face, size), Char(FieldCharValues.End)];
    }

    private static string MarkOf(int part) => $"Part{part}";

    /// <summary>A bookmark at the head of a volume's part.</summary>
    private static void Mark(Paragraph head, int part)
    {
        var id = part.ToString(CultureInfo.InvariantCulture);
        head.ParagraphProperties!.InsertAfterSelf(new BookmarkEnd { Id = id });
        head.ParagraphProperties!.InsertAfterSelf(new BookmarkStart { Id = id, Name = MarkOf(part) });
    }

    private static string Footer(MainDocumentPart main, Paragraph paragraph)
    {
        var part = main.AddNewPart<FooterPart>();
        part.Footer = new Footer(paragraph);
        return main.GetIdOfPart(part);
    }

    private static Paragraph Line(IEnumerable<OpenXmlElement> runs, ParagraphProperties format)
    {
        var paragraph = new Paragraph { ParagraphProperties = format };
        foreach (var run in runs) paragraph.Append(run);
        return paragraph;
    }

    private static Paragraph Empty() => Line([], Plain());

    private static Paragraph Kept(Paragraph paragraph)
    {
        paragraph.ParagraphProperties!.KeepNext = new KeepNext();
        return paragraph;
    }

    private static ParagraphProperties Plain() => Format(JustificationValues.Both);

    private static ParagraphProperties Indented()
    {
        var format = Format(JustificationValues.Both);
        format.Indentation = new Indentation { FirstLine = T(2 * Cell), FirstLineChars = 200 };
        return format;
    }

    /// <param name="before">Space above in mm.</param>
    /// <param name="line">Line distance in mm; the text's when omitted.</param>
    private static ParagraphProperties Format(JustificationValues justification, double before = 0, double line = 0) => new()
    {
        SpacingBetweenLines = new SpacingBetweenLines { Before = T(before), After = "0", Line = line > 0 ? T(line) : LineTwips.ToString(CultureInfo.InvariantCulture), LineRule = LineSpacingRuleValues.Exact },
        Justification = new Justification { Val = justification },
    };

    private static Run Piece(string text, Face face, double size = Size3, string? colour = null) => new(Look(face, size, colour), new Text(text) { Space = SpaceProcessingModeValues.Preserve });

    private static RunProperties Look(Face face, double size, string? colour)
    {
        var look = new RunProperties { RunFonts = new RunFonts { Ascii = NameOf(face), HighAnsi = NameOf(face), EastAsia = NameOf(face), ComplexScript = NameOf(face), Hint = FontTypeHintValues.EastAsia } };
        if (colour is not null) look.Color = new Color { Val = colour };
        if (size == Size3) look.Spacing = new Spacing { Val = Closer };
        var halves = ((int)Math.Round(size * 2)).ToString(CultureInfo.InvariantCulture);
        look.FontSize = new FontSize { Val = halves };
        look.FontSizeComplexScript = new FontSizeComplexScript { Val = halves };
        return look;
    }

    private static Styles StylesOf() => new(
        new DocDefaults(
            new RunPropertiesDefault(new RunPropertiesBaseStyle(new RunFonts { Ascii = NameOf(Face.Fang), HighAnsi = NameOf(Face.Fang), EastAsia = NameOf(Face.Fang), ComplexScript = NameOf(Face.Fang) }, new FontSize { Val = "32" }, new FontSizeComplexScript { Val = "32" }, new Languages { Val = "zh-CN", EastAsia = "zh-CN" })),
            new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle(new WidowControl { Val = false }, new Kinsoku(), new OverflowPunctuation { Val = false }, new AutoSpaceDE { Val = false }, new AutoSpaceDN { Val = false }, new SpacingBetweenLines { After = "0", Line = LineTwips.ToString(CultureInfo.InvariantCulture), LineRule = LineSpacingRuleValues.Exact }))),
        new Style(new StyleName { Val = "Normal" }, new PrimaryStyle()) { Type = StyleValues.Paragraph, StyleId = "Normal", Default = true });

    private static DocumentFormat.OpenXml.Wordprocessing.Fonts FontsOf() => new(
        new[] { (Face.Fang, "FandolFang"), (Face.Kai, "FandolKai"), (Face.Hei, "FandolHei"), (Face.Title, "FandolSong"), (Face.Song, "FandolSong") }
            .Select(f => new Font(new AltName { Val = f.Item2 }, new FontCharSet { Val = "86" }) { Name = NameOf(f.Item1) }));

    private static string NameOf(Face face) => face switch { Face.Fang => "仿宋_GB2312", Face.Kai => "楷体_GB2312", Face.Hei => "黑体", Face.Title => "方正小标宋简体", _ => "宋体" };

    private static string T(double millimetres) => ((int)Math.Round(millimetres * Twips)).ToString(CultureInfo.InvariantCulture);
}
