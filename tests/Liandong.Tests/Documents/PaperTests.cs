using System.Text;
using CsCheck;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Liandong.Documents.Fonts;
using Liandong.Documents.Layout;
using Liandong.Documents.Output;
using Xunit;

namespace Liandong.Tests.Documents;

/// <summary>GB/T 9704-2012, measured in the finished file.</summary>
public sealed class PaperTests
{
    private const double Hair = 0.06;
    private static readonly double Character = 156.0 / 28;

    private static void Near(double expected, double actual, double within = Hair) => Assert.True(Math.Abs(expected - actual) <= within, $"expected {expected:0.00} mm, measured {actual:0.00} mm");

    [Fact] // 5.2.1, 5.2.3
    public void A_page_of_text_has_22_lines_of_28_characters_and_fills_the_type_area()
    {
        var pages = Papers.Pages(Papers.Letter() with { Body = [new Paragraph(new string('国', 3000))], Attachments = [] });
        Assert.Equal((210, 297), (Math.Round(pages.Size(2).Width), Math.Round(pages.Size(2).Height)));
        var lines = pages.Lines(2).Where(l => l.Text.Contains('国')).ToList();
        Assert.Equal(22, lines.Count);
        Assert.All(lines, line =>
        {
            Assert.Equal(28, line.Text.Length);
            Near(28, line.Left);
            Near(28 + 156, line.Right, 0.1);
            Near(16, line.Size);
            Assert.Contains("Fang", line.Font, StringComparison.Ordinal);
        });
        for (var i = 1; i < lines.Count; i++) Near(225.0 / 22, lines[i].Baseline - lines[i - 1].Baseline);
        // The bodies stand in the middle of their lines, which fill 37 to 262 mm.
        var lead = (225.0 / 22 - 16 / 72.0 * 25.4) / 2;
        Near(37 + lead, lines[0].Top);
        Near(262 - lead, lines[^1].Bottom);
    }

    [Fact] // 7.2
    public void The_head_of_a_notice_stands_where_the_standard_says()
    {
        var pages = Papers.Pages(Papers.Notice());
        var mark = pages.Line(1, "行政审批服务局文件");
        Assert.True(mark.Red);
        Near(37 + 35, mark.InkTop(Face.Title));
        Near(28 + 78, (mark.Left + mark.Right) / 2);
        var (copy, urgency) = (pages.Line(1, "000012"), pages.Line(1, "特急"));
        Near(28, copy.Left);
        Near(28, urgency.Left);
        Near(225.0 / 22, urgency.Baseline - copy.Baseline);
        Assert.Contains("Hei", urgency.Font, StringComparison.Ordinal);
        var number = pages.Line(1, "历审发〔2026〕3号");
        Near(28 + 78, (number.Left + number.Right) / 2);
        // Two empty lines between mark and number.
        Near(2 * 225.0 / 22 + (225.0 / 22 - 5.644), number.Top - mark.Bottom, 0.1);
        var rule = Assert.Single(pages.Rules(1), r => r.Red);
        Near(28, rule.X);
        Near(156, rule.Width);
        Near(4, rule.Y - number.Bottom, 0.1);
        var title = pages.Line(1, "加强审批结果");
        Assert.Contains("Song-Bold", title.Font, StringComparison.Ordinal);
        Near(22, title.Size);
        Near(28 + 78, (title.Left + title.Right) / 2);
        var to = pages.Line(1, "区政府有关部门：");
        Near(28, to.Left);
        // One empty line between title and addressee.
        Near(225.0 / 22 + (225.0 / 22 - 5.644), to.Top - title.Bottom, 0.1);
        // 7.3.3: two characters of indent, first level in 黑体.
        var heading = pages.Line(1, "一、工作要求");
        Near(28 + 2 * Character, heading.Left);
        Assert.Contains("Hei", heading.Font, StringComparison.Ordinal);
    }

    [Fact] // 7.3.5.1, 7.3.6, 7.3.7, 7.4, 7.5
    public void The_end_of_a_notice_stands_where_the_standard_says()
    {
        var pages = Papers.Pages(Papers.Notice());
        var last = pages.Count;
        var (signature, date) = (pages.Line(last - 1, "行政审批服务局"), pages.Line(last - 1, "2026年11月26日"));
        Near(28 + 156 - 4 * Character, date.Right, 0.1);
        Near((date.Left + date.Right) / 2, (signature.Left + signature.Right) / 2, 0.1);
        Near(28 + 2 * Character, pages.Line(last - 1, "此件公开发布").Left, 0.1);
        // The annex begins on a page of its own; its title is on the third line.
        var mark = pages.Lines(last)[0];
        Assert.Equal("附件", mark.Text);
        Near(28, mark.Left);
        Assert.Contains("Hei", mark.Font, StringComparison.Ordinal);
        Near(37 + 2 * 225.0 / 22 + (225.0 / 22 - 5.644) / 2, pages.Line(last, "统计表").Top, 0.1);
        // The imprint ends the last page: thick, thin, thick rule, the last on the type area's lower edge.
        var rules = pages.Rules(last).OrderBy(r => r.Y).ToList();
        Assert.Equal(3, rules.Count);
        Assert.All(rules, r => { Near(156, r.Width); Assert.False(r.Red); });
        Near(0.35, rules[0].Height, 0.01);
        Near(0.25, rules[1].Height, 0.01);
        Near(0.35, rules[2].Height, 0.01);
        Near(262, rules[2].Y + rules[2].Height / 2);
        var (copies, printed) = (pages.Line(last, "抄送：区委办公室"), pages.Line(last, "印发"));
        Assert.EndsWith("。", copies.Text, StringComparison.Ordinal);
        Near(14, copies.Size);
        Near(28 + 14 / 72.0 * 25.4, copies.Left);
        Near(28 + 156 - 14 / 72.0 * 25.4, printed.Right, 0.1);
        for (var page = 1; page <= last; page++)
        {
            var number = pages.Line(page, $"— {page} —");
            Near(262 + 7, number.InkTopOfDash());
            Near(14, number.Size);
            if (page % 2 == 1) Near(28 + 156 - 14 / 72.0 * 25.4, number.Right, 0.1);
            else Near(28 + 14 / 72.0 * 25.4, number.Left, 0.1);
        }
    }

    [Fact] // 10.1
    public void A_letter_has_its_own_head_and_foot()
    {
        var pages = Papers.Pages(Papers.Letter());
        var mark = pages.Lines(1)[0];
        Assert.Equal(Papers.Bureau, mark.Text);
        Assert.True(mark.Red);
        Near(30, mark.InkTop(Face.Title));
        var rules = pages.Rules(1).OrderBy(r => r.Y).ToList();
        Assert.Equal(4, rules.Count);
        Assert.All(rules, r => { Assert.True(r.Red); Near(170, r.Width); Near(20, r.X); });
        Near(4, rules[0].Y - mark.Bottom, 0.1);
        Assert.True(rules[0].Height > rules[1].Height && rules[3].Height > rules[2].Height, "thick over thin above, thin over thick below");
        Near(297 - 20, rules[3].Y + rules[3].Height);
        var number = pages.Line(1, "历审函〔2026〕12号");
        Near(28 + 156, number.Right, 0.1);
        Near(16 / 72.0 * 25.4 * 7 / 8, number.Top - (rules[1].Y + rules[1].Height), 0.1);
        Assert.DoesNotContain(pages.Lines(1), l => l.Text.Contains('—'));
        Assert.True(pages.Count > 1);
        Assert.Empty(pages.Rules(2));
        Near(28 + 14 / 72.0 * 25.4, pages.Line(2, "— 2 —").Left, 0.1);
        // No line of printing; the copies stand lowest in the type area.
        var copies = pages.Line(pages.Count, "抄送：");
        Assert.InRange(262 - copies.Bottom, 0, 3);
        Assert.DoesNotContain("印发〈", copies.Text, StringComparison.Ordinal);
    }

    [Fact] // 7.2.5, 7.2.6, 7.3.5.2
    public void A_request_prints_its_signer()
    {
        var pages = Papers.Pages(Papers.Request());
        var head = pages.Line(1, "签发人：");
        Assert.StartsWith("历审请〔2026〕4号", head.Text, StringComparison.Ordinal);
        Near(28 + Character, head.Left);
        Near(28 + 156 - Character, head.Right, 0.1);
        Assert.Contains("Kai", head.From("王静").Font, StringComparison.Ordinal);
        Assert.Contains("Fang", head.From("签发人").Font, StringComparison.Ordinal);
        var end = Enumerable.Range(1, pages.Count).First(p => pages.Lines(p).Any(l => l.Text == "2026年11月6日"));
        var (signature, date) = (pages.Lines(end).Last(l => l.Text == Papers.Bureau), pages.Line(end, "2026年11月6日"));
        Near(28 + 156 - 2 * Character, signature.Right, 0.1);
        Near(2 * Character, date.Left - signature.Left, 0.1);
        var text = pages.Lines(end).Last(l => l.Text.Contains("请批示", StringComparison.Ordinal));
        Near(2 * 225.0 / 22, signature.Baseline - text.Baseline, 0.1);
    }

    [Fact] // 10.3
    public void Minutes_list_who_was_there()
    {
        var pages = Papers.Pages(Papers.Minutes());
        var mark = pages.Lines(1)[0];
        Assert.True(mark.Red);
        Near(37 + 35, mark.InkTop(Face.Title));
        var page = Enumerable.Range(1, pages.Count).First(p => pages.Lines(p).Any(l => l.Text.StartsWith("出席：", StringComparison.Ordinal)));
        var lines = pages.Lines(page).ToList();
        var present = lines.FindIndex(l => l.Text.StartsWith("出席：", StringComparison.Ordinal));
        Near(28 + 2 * Character, lines[present].Left);
        Assert.Contains("Hei", lines[present].From("出席").Font, StringComparison.Ordinal);
        Assert.Contains("Fang", lines[present].From("区政府").Font, StringComparison.Ordinal);
        // Further lines hang under the first name.
        Near(lines[present].From("区政府").Left, lines[present + 1].Left, 0.1);
        Assert.Contains(lines, l => l.Text.StartsWith("请假：区园林局", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Text.StartsWith("列席：", StringComparison.Ordinal));
    }

    [Fact] // 7.3.4, 7.3.7
    public void A_bound_annex_has_the_number_that_the_note_gives_it()
    {
        var (files, bound) = ("申请材料目录", "现场勘验任务单");
        var pages = Papers.Pages(Papers.Letter() with { Attachments = [files, bound], Annexes = [new Annex(bound, [new Paragraph("勘验以下各点。")])] });
        Assert.Equal("附件2", pages.Lines(pages.Count)[0].Text);
        Assert.Contains($"2. {bound}", pages.Text.Replace("  ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact] // 7.2.4, 7.3.5.1, 10.1
    public void A_joint_document_names_all_organs_and_a_letter_bears_the_mark_of_its_host_alone()
    {
        var notice = Papers.Pages(Papers.Notice() with { Mark = [Papers.Bureau, Papers.Housing], SignedBy = [Papers.Bureau, Papers.Housing] });
        var marks = notice.Lines(1).Where(l => l.Red).ToList();
        Assert.Contains(marks, l => l.Text.StartsWith(Papers.Bureau, StringComparison.Ordinal));
        Assert.Contains(marks, l => l.Text.StartsWith(Papers.Housing, StringComparison.Ordinal));
        var letter = Papers.Pages(Papers.Letter(0) with { SignedBy = [Papers.Bureau, Papers.Housing] });
        Assert.Equal([Papers.Bureau], letter.Lines(1).Where(l => l.Red).Select(l => l.Text));
        var end = Enumerable.Range(1, letter.Count).First(p => letter.Lines(p).Any(l => l.Text == "2026年3月6日"));
        var signed = letter.Lines(end).Last(l => l.Text.Contains(Papers.Housing, StringComparison.Ordinal));
        Assert.StartsWith(Papers.Bureau, signed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_layer_says_what_was_written()
    {
        foreach (var content in Papers.All)
        {
            var text = Papers.Pages(content).Text.Replace(" ", "", StringComparison.Ordinal);
            foreach (var block in content.Body.OfType<Paragraph>()) Assert.Contains(block.Text.Replace(" ", "", StringComparison.Ordinal), Without(text), StringComparison.Ordinal);
            Assert.Contains(content.Title, text, StringComparison.Ordinal);
            Assert.DoesNotContain(text.EnumerateRunes(), r => r.Value is >= 0x2E80 and <= 0x2FDF);
        }

        // A paragraph that goes on over a page's end has the page number between its halves.
        static string Without(string text) => System.Text.RegularExpressions.Regex.Replace(text, "—\\d+—(草稿)?", "");
    }

    [Fact]
    public void A_rare_character_is_drawn_from_another_font_and_an_unknown_one_shows_a_sign_and_is_reported()
    {
        Assert.Contains(Papers.Write(Papers.Minutes()).Remarks, r => r.Contains('堃') && r.Contains("代替", StringComparison.Ordinal));
        var unknown = char.ConvertFromUtf32(0x3106C);
        var written = Papers.Write(Papers.Letter() with { Note = $"联系人：{unknown}" });
        Assert.Contains(written.Remarks, r => r.Contains("U+3106C", StringComparison.Ordinal) && r.Contains('〓'));
        Assert.Contains(unknown, new PaperPages(written.Bytes).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_document_gives_the_same_bytes()
    {
        foreach (var content in Papers.All) Assert.Equal(Papers.Write(content).Bytes, Papers.Write(content).Bytes);
    }

    [Fact] // 7.3.5.5, 避头尾
    public void No_signature_stands_alone_no_line_begins_or_ends_with_the_wrong_mark_and_nothing_leaves_the_type_area() =>
        Gen.Select(Gen.Int[0, 900], Gen.Bool, Gen.Int[0, 3]).Sample((length, sealedOn, form) =>
        {
            var body = Text(length);
            var content = form switch { 0 => Papers.Letter(0), 1 => Papers.Request(), 2 => Papers.Request() with { Note = "" }, _ => Papers.Notice(0) with { Annexes = [] } };
            var drawing = Papers.Lay(content with { Body = [new Paragraph(body)], Sealed = sealedOn });
            foreach (var page in drawing.Pages)
            {
                if (page.Runs.Any(r => r.Part is Part.Date)) Assert.Contains(page.Runs, r => r.Part is Part.Text or Part.AttachmentNote);
                foreach (var run in page.Runs.Where(r => r.Part is Part.Text))
                {
                    Assert.InRange(run.X, 28 - 0.01, 28 + 2 * Character + 0.01);
                    Assert.True(run.Right <= 184 + 0.02 && run.Y < 262, $"'{run.Text}' ends at {run.Right:0.00} mm");
                    Assert.DoesNotContain(run.Text[0], "，。、；：！？）》”");
                    if (run != page.Runs.Last(r => r.Part is Part.Text)) Assert.DoesNotContain(run.Text[^1], "（《“");
                    Assert.All(run.Advances, a => Assert.True(a > 0));
                }
            }
            Assert.Equal(body, string.Concat(drawing.Pages.SelectMany(p => p.Runs).Where(r => r.Part is Part.Text).Select(r => r.Text)));
        }, iter: 150);

    [Theory]
    [InlineData("一、关于推送\n为做好工作。\n（一）时限\n1.三个工作日\n（1）逾期。应当说明理由。\n第一条 本办法自印发之日起施行。")]
    public void Headings_are_known_by_their_numbers_and_come_back_as_they_were(string text)
    {
        var blocks = BodyText.Read(text);
        Assert.Equal([typeof(Heading), typeof(Paragraph), typeof(Heading), typeof(Heading), typeof(Heading), typeof(Clause)], blocks.Select(b => b.GetType()));
        Assert.Equal("应当说明理由。", ((Heading)blocks[4]).RunIn);
        Assert.Equal(blocks, BodyText.Read(BodyText.Write(blocks)));
    }

    [Fact]
    public void A_word_processor_finds_no_fault_in_the_docx()
    {
        foreach (var content in Papers.All)
        {
            var bytes = new DocxWriter().Write(content, Papers.Lay(content), Papers.Facts(content));
            using var package = WordprocessingDocument.Open(new MemoryStream(bytes), false);
            Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2019).Validate(package, Office.Stop).Select(e => $"{content.Title}: {e.Description} {e.Path?.XPath}"));
            var text = package.MainDocumentPart!.Document!.Body!.InnerText;
            foreach (var paragraph in content.Body.OfType<Paragraph>()) Assert.Contains(paragraph.Text, text, StringComparison.Ordinal);
            if (content.Number.Length > 0) Assert.Contains(content.Number, text, StringComparison.Ordinal);
        }
    }

    // A text of many marks, so that lines meet every kind of end.
    private static string Text(int length)
    {
        const string source = "推送（结果）给部门，认领；“退回”、改派：《办法》第3条（2026年）。逾期！";
        var text = new StringBuilder("文");
        var seed = length * 7919 + 17;
        while (text.Length < length)
        {
            seed = (seed * 1103515245 + 12345) & 0x7fffffff;
            var next = source[seed / 65536 % source.Length];
            // Two marks that pull in opposite directions, or a row of them, do not occur in a text.
            if ("（《“".Contains(text[^1]) && "，；、：。！）》”".Contains(next) || "，；、：。！）》”（《“".Contains(text[^1]) && "，；、：。！）》”（《“".Contains(next)) continue;
            text.Append(next);
        }
        return text.Append('完').ToString();
    }
}

internal static class DashMeasure
{
    public static double InkTopOfDash(this PaperLine line) => line.Baseline - FontBook.Own.InkOf(Face.Song, "—").Top * line.Size / 72 * 25.4;
}
