using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using Liandong.Kernel.Calendar;
using Liandong.Modules.Conferences;
using Liandong.Tests.Api;
using Liandong.Tests.Documents;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Liandong.Tests.Modules.Conferences;

/// <summary>附件1 三 «会议决定事项以会议纪要形式印发执行»: the minutes of a year in one volume, read in the finished file.</summary>
public sealed class CompileTests
{
    [Theory, EveryDatabase]
    public async Task The_volume_of_a_year_holds_the_minutes_that_its_reader_may_see_in_order_of_issue(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var t = await office.Given.TalkersAsync();
        // Two meetings of both departments in this year, one of the second and a third department, and one that has no minutes yet.
        var first = await office.Given.MeetingHeldAsync(t, new DateOnly(2026, 3, 6), m => m with { Title = "油烟监管协调会" });
        var open = await office.Given.MinutesIssuedAsync(t, first.Id, new DateOnly(2026, 3, 20));
        var second = await office.Given.MeetingHeldAsync(t, new DateOnly(2026, 3, 12), m => m with { Title = "建筑垃圾协调会" });
        await office.Given.MinutesIssuedAsync(t, second.Id, new DateOnly(2026, 4, 20));
        var apart = await office.Given.MeetingHeldAsync(t with { First = t.Other, FirstLead = t.Stranger }, new DateOnly(2026, 3, 18), m => m with { Title = "文化市场协调会" });
        await office.Given.MinutesIssuedAsync(t with { First = t.Other, FirstLead = t.Stranger }, apart.Id, new DateOnly(2026, 4, 20));
        var unissued = await office.Given.MeetingHeldAsync(t, new DateOnly(2026, 3, 20), m => m with { Title = "没有纪要的协调会" });
        office.GoTo("2026-03-23");
        var numbers = await office.LookAsync(db => db.Meetings.Where(m => m.MinutesNumber != "").OrderBy(m => m.IssuedAt).Select(m => m.MinutesNumber).ToListAsync(Office.Stop));

        // The bureau convened all of them.
        var pages = await PagesAsync(office.Client(t.Clerk), 3);
        Assert.Contains("会议纪要汇编", pages.Line(1, "汇编").Text, StringComparison.Ordinal);
        Assert.True(pages.Line(1, "汇编").Red);
        foreach (var words in new[] { "2026年", "2026年3月23日", t.Bureau.Name }) pages.Line(1, words);
        // The contents name number, title, day and page, in order of issue; each begins where they say, numbered through.
        string[] titles = ["油烟监管协调会纪要", "建筑垃圾协调会纪要", "文化市场协调会纪要"];
        var contents = string.Concat(pages.Lines(2).Select(l => l.Text));
        Assert.StartsWith("目录", contents, StringComparison.Ordinal);
        foreach (var (n, number) in numbers.Index())
        {
            Assert.Contains(number, contents, StringComparison.Ordinal);
            var starts = Enumerable.Range(3, pages.Count - 2).Single(p => pages.Lines(p).Any(l => l.Text == number));
            Assert.Contains($"— {starts} —", pages.Lines(starts)[^1].Text, StringComparison.Ordinal);
            Assert.Contains(titles[n], string.Concat(pages.Lines(starts).Select(l => l.Text)), StringComparison.Ordinal);
            Assert.Contains(pages.Lines(2), l => l.Text.Contains(number, StringComparison.Ordinal) && l.Text.Contains($"{starts}", StringComparison.Ordinal));
        }
        Assert.True(contents.IndexOf(numbers[0], StringComparison.Ordinal) < contents.IndexOf(numbers[1], StringComparison.Ordinal));
        Assert.DoesNotContain("没有纪要的协调会", pages.Text, StringComparison.Ordinal);

        // A department gets those of the meetings that it was called to, a third one its own alone.
        Assert.DoesNotContain("文化市场", (await PagesAsync(office.Client(t.FirstOfficer), 2)).Text, StringComparison.Ordinal);
        var third = await PagesAsync(office.Client(t.Stranger), 1);
        Assert.Contains("文化市场协调会纪要", third.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("油烟", third.Text.Split("文化市场协调会纪要")[0], StringComparison.Ordinal);
        Assert.Equal(3, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "minutes.compiled", Office.Stop)));

        // The Word file is sound and holds the same.
        using var word = WordprocessingDocument.Open(new MemoryStream(await office.Client(t.Clerk).GetByteArrayAsync("/meetings/minutes/2026/volume.docx", Office.Stop)), false);
        Assert.Empty(new OpenXmlValidator().Validate(word, Office.Stop).Select(e => e.Description));
        var text = word.MainDocumentPart!.Document!.Body!.InnerText;
        foreach (var words in numbers.Concat(titles).Append("目录")) Assert.Contains(words, text, StringComparison.Ordinal);
        Assert.Equal(4, word.MainDocumentPart.Document.Descendants<SectionProperties>().Count());

        // Its contents name the pages by fields: each points to the one bookmark at the head of its minutes, and shows the page of the PDF until it is counted again, which nobody is asked about on opening.
        var marks = word.MainDocumentPart.Document.Descendants<BookmarkStart>().ToList();
        var paragraphs = word.MainDocumentPart.Document.Descendants<Paragraph>().ToList();
        foreach (var (n, row) in word.MainDocumentPart.Document.Descendants<Table>().First().Elements<TableRow>().Skip(1).Index())
        {
            var cell = row.Elements<TableCell>().Last();
            var code = Assert.Single(cell.Descendants<FieldCode>()).Text.Trim().Split(' ');
            Assert.Equal(("PAGEREF", "\\h"), (code[0], code[^1]));
            Assert.Equal([FieldCharValues.Begin, FieldCharValues.Separate, FieldCharValues.End], cell.Descendants<FieldChar>().Select(f => f.FieldCharType!.Value));
            var mark = Assert.Single(marks, m => m.Name == code[1]);
            Assert.Single(word.MainDocumentPart.Document.Descendants<BookmarkEnd>(), e => e.Id == mark.Id);
            var head = paragraphs.IndexOf((Paragraph)mark.Parent!);
            // A new section begins there, and the number of these minutes is the first that follows.
            Assert.NotNull(paragraphs[head - 1].ParagraphProperties!.SectionProperties);
            Assert.Equal(numbers[n], paragraphs.Skip(head).Select(p => numbers.FirstOrDefault(number => p.InnerText.Contains(number, StringComparison.Ordinal))).First(found => found is not null));
            Assert.Equal(Enumerable.Range(3, pages.Count - 2).Single(p => pages.Lines(p).Any(l => l.Text == numbers[n])).ToString(CultureInfo.InvariantCulture), string.Concat(cell.Descendants<Text>().Select(t => t.Text)));
        }
        Assert.Equal(3, marks.Count);
        // The cover is full to its last line: the contents bring their new page with them, or a blank one would come between.
        Assert.Equal("目录", Assert.Single(paragraphs, p => p.ParagraphProperties?.PageBreakBefore is not null).InnerText);
        Assert.DoesNotContain(word.MainDocumentPart.Document.Descendants<Break>(), b => b.Type?.Value == BreakValues.Page);
        Assert.Empty(word.MainDocumentPart.DocumentSettingsPart!.Settings!.Descendants<UpdateFieldsOnOpen>());

        // On the screen with the state of each decision.
        Assert.Contains("/meetings/minutes/2026", await office.Client(t.Stranger).PageAsync("/meetings?view=all"), StringComparison.Ordinal);
        var page = await office.Client(t.FirstOfficer).PageAsync("/meetings/minutes/2026");
        Assert.Contains($"/decisions/{open}", page, StringComparison.Ordinal);
        foreach (var words in new[] { "逾期", numbers[0], "0/1 已办结" }) Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.DoesNotContain("文化市场", page, StringComparison.Ordinal);
        var listed = (await office.Client(t.FirstOfficer).GetFromJsonAsync<JsonArray>("/api/v1/meetings/minutes/2026", Office.Stop))!;
        Assert.Equal([first.Id, second.Id], listed.Select(m => m!["meeting"]!.GetValue<Guid>()));
        Assert.Equal("open", listed[0]!["decisions"]![0]!["state"]!.GetValue<string>());
        Assert.DoesNotContain(unissued.Id.ToString(), page, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task A_year_without_minutes_is_refused_in_plain_words(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var t = await office.Given.TalkersAsync();
        await office.Given.MinutesIssuedAsync(t, (await office.Given.MeetingHeldAsync(t, new DateOnly(2026, 3, 6))).Id, new DateOnly(2026, 3, 20));
        var clerk = office.Client(t.Clerk);
        foreach (var year in new[] { 2025, 0, 9999 })
        {
            foreach (var form in new[] { "pdf", "docx" }) Assert.Equal("minutes.none-in-year", await (await clerk.GetAsync($"/api/v1/meetings/minutes/{year}/volume.{form}", Office.Stop)).CodeAsync());
            Assert.Equal(HttpStatusCode.Conflict, (await clerk.GetAsync($"/meetings/minutes/{year}/volume.pdf", Office.Stop)).StatusCode);
            Assert.Contains($"{year}年没有本单位看得到的、已经印发的会议纪要", await clerk.PageAsync($"/meetings/minutes/{year}"), StringComparison.Ordinal);
        }
        // An organ that was at none of them is told the same.
        Assert.Equal("minutes.none-in-year", await (await office.Client(t.Stranger).GetAsync("/api/v1/meetings/minutes/2026/volume.pdf", Office.Stop)).CodeAsync());
        Assert.DoesNotContain("/meetings/minutes/", await office.Client(t.Stranger).PageAsync("/meetings?view=all"), StringComparison.Ordinal);
    }

    private static async Task<PaperPages> PagesAsync(HttpClient client, int minutes)
    {
        var pages = new PaperPages(await client.GetByteArrayAsync("/api/v1/meetings/minutes/2026/volume.pdf", Office.Stop));
        // Each minutes has its red mark on its first page; the cover has one too.
        Assert.Equal(minutes + 1, Enumerable.Range(1, pages.Count).Count(p => pages.Lines(p).Any(l => l.Red)));
        return pages;
    }
}
