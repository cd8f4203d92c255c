using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Desk;
using Liandong.Documents;
using Liandong.Documents.Layout;
using Liandong.Kernel;
using Liandong.Modules.Directory;
using Liandong.Tests.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Documents;

/// <summary>公文 from draft to answer, by the doors that people and machines use.</summary>
public sealed class DocumentTests
{
    private sealed record House(Office Office, Member Drafter, Member Reader, Member Head, Member Officer, Member Lead, Member Stranger);

    private static async Task<House> HouseAsync(Database database)
    {
        var office = await Office.OpenAsync(database);
        var bureau = await office.Given.OrganAsync("区行政审批服务局", OrganKind.Bureau);
        var (housing, market) = (await office.Given.OrganAsync("区住建局"), await office.Given.OrganAsync("区市场监管局"));
        return new House(office, await office.Given.MemberAsync(bureau, Roles.Approver), await office.Given.MemberAsync(bureau, Roles.ItemManager), await office.Given.MemberAsync(bureau, Roles.BureauHead),
            await office.Given.MemberAsync(housing, Roles.LiaisonOfficer), await office.Given.MemberAsync(housing, Roles.LiaisonLead), await office.Given.MemberAsync(market, Roles.LiaisonOfficer));
    }

    private static string AddressOf(HttpResponseMessage response) => response.StatusCode == HttpStatusCode.Found ? response.Headers.Location!.ToString()[response.Headers.Location!.ToString().IndexOf("/documents", StringComparison.Ordinal)..]
        : throw new InvalidOperationException($"{(int)response.StatusCode}: {response.Content.ReadAsStringAsync(Office.Stop).Result}");

    [Theory, EveryDatabase] // 附件2 一(三)
    public async Task A_letter_goes_from_draft_to_answer_and_is_seen_by_nobody_else(Database database)
    {
        var h = await HouseAsync(database);
        await using var office = h.Office;
        var (drafter, reader, head, officer, stranger) = (office.Client(h.Drafter), office.Client(h.Reader), office.Client(h.Head), office.Client(h.Officer), office.Client(h.Stranger));

        var page = AddressOf(await drafter.SubmitAsync("/documents/new", "draft", ("Kind", "Letter"), ("Title", "关于商请参加现场勘验的函"), ("To", h.Officer.Organ.ToString()), ("Text", "一、时间\n3月9日。\n请派员参加。"), ("Sealed", "true")));
        var id = Guid.Parse(page.Split('/')[^1]);
        foreach (var other in new[] { officer, stranger })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(page, Office.Stop)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(page + "/document.pdf", Office.Stop)).StatusCode);
            Assert.DoesNotContain("商请参加", await other.PageAsync("/documents?box=all"), StringComparison.Ordinal);
        }

        // 核稿: a remark with a wording is accepted, another is declined with a reason; the drafter cannot pass the own draft.
        AddressOf(await drafter.SubmitAsync(page, "send"));
        Assert.Equal(HttpStatusCode.Conflict, (await drafter.SubmitAsync(page + "/edit", "revise", ("Title", "改"), ("To", h.Officer.Organ.ToString()), ("Text", "改。"))).StatusCode);
        AddressOf(await reader.SubmitAsync(page + "/remark", "remark", ("Block", "2"), ("Text", "写明人数"), ("Proposed", "请派两名以上工作人员参加。")));
        AddressOf(await reader.SubmitAsync(page + "/remark", "remark", ("Block", "-1"), ("Text", "标题太长")));
        Assert.Equal(HttpStatusCode.Conflict, (await reader.SubmitAsync(page, "pass")).StatusCode);
        var remarks = await office.LookAsync(db => db.DocumentRemarks.Where(r => r.Document == id).OrderByDescending(r => r.Block).ToListAsync(Office.Stop));
        AddressOf(await drafter.SubmitAsync($"/documents/remarks/{remarks[0].Id}", "settle", ("Accepted", "true")));
        Assert.Equal(HttpStatusCode.BadRequest, (await drafter.SubmitAsync($"/documents/remarks/{remarks[1].Id}", "settle", ("Accepted", "false"))).StatusCode);
        AddressOf(await drafter.SubmitAsync($"/documents/remarks/{remarks[1].Id}", "settle", ("Accepted", "false"), ("Answer", "与往年一致。")));
        Assert.Equal(HttpStatusCode.Conflict, (await drafter.SubmitAsync(page, "pass")).StatusCode);
        AddressOf(await reader.SubmitAsync(page, "pass"));
        var changes = await drafter.PageAsync(page + "/versions");
        Assert.Contains("<del>请派员参加。</del>", changes, StringComparison.Ordinal);
        Assert.Contains("<ins>请派两名以上工作人员参加。</ins>", changes, StringComparison.Ordinal);

        // 签发: only the head; sent twice, one number.
        Assert.DoesNotContain("签发即编号", await drafter.PageAsync(page), StringComparison.Ordinal);
        var sign = await head.FormAsync(page, "sign");
        AddressOf(await sign.SendAsync());
        AddressOf(await sign.SendAsync());
        var signed = await office.LookAsync(db => db.OfficialDocuments.SingleAsync(d => d.Id == id, Office.Stop));
        Assert.Equal("历审函〔2026〕1号", signed.Number);
        Assert.Equal(new DateOnly(2026, 3, 2), signed.Content.Date);
        Assert.Equal(SignDocument.DigestOf(signed.Content), signed.Digest);
        Assert.Equal(1, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "document.signed" && e.SubjectId == id && e.Body.Contains(signed.Digest), Office.Stop)));

        // 用印 before 送达; the addressee sees it from then on, nobody else ever.
        Assert.Equal(HttpStatusCode.Conflict, (await head.PostAsJsonAsync($"/api/v1{page}/serve", new { }, Office.Stop)).StatusCode);
        AddressOf(await drafter.SubmitAsync(page, "seal"));
        AddressOf(await drafter.SubmitAsync(page + "/serve", "serve", ("AnswerAsked", "true")));
        var duty = await office.LookAsync(db => db.Duties.SingleAsync(d => d.Rule == DocumentsRules.AnswerDocument.Code && d.SubjectId == id, Office.Stop));
        Assert.Equal((h.Officer.Organ, new DateOnly(2026, 3, 9)), (duty.OwedBy, duty.DueOn));
        Assert.Contains("历审函〔2026〕1号", await officer.PageAsync("/documents"), StringComparison.Ordinal);
        var shown = await officer.PageAsync(page);
        Assert.Contains("请派两名以上工作人员参加", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("标题太长", shown, StringComparison.Ordinal);
        // Its timeline tells the receiver what the document itself says, and not how it was drafted.
        var acts = Regex.Matches(shown, "class=\"history-what\">([^<]+)<").Select(m => m.Groups[1].Value).ToList();
        Assert.Contains("签发", acts);
        Assert.Contains("送达", acts);
        Assert.DoesNotContain("起草公文", acts);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync(page + "/versions", Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(page, Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/api/v1{page}/document.docx", Office.Stop)).StatusCode);

        // The paper: PDF with its text, .docx.
        var pdf = await officer.GetAsync(page + "/document.pdf", Office.Stop);
        Assert.Equal("application/pdf", pdf.Content.Headers.ContentType!.MediaType);
        var text = new PaperPages(await pdf.Content.ReadAsByteArrayAsync(Office.Stop)).Text;
        Assert.Contains("历审函〔2026〕1号", text, StringComparison.Ordinal);
        Assert.Contains("请派两名以上工作人员参加。", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync(page + "/document.docx", Office.Stop)).StatusCode);

        // 签收 and 答复; the duty ends.
        AddressOf(await officer.SubmitAsync(page, "read"));
        AddressOf(await officer.SubmitAsync(page + "/answer", "answer", ("Text", "同意参加。")));
        Assert.Contains("同意参加。", await drafter.PageAsync(page), StringComparison.Ordinal);
        Assert.NotNull(await office.LookAsync(db => db.Duties.Where(d => d.Id == duty.Id).Select(d => d.ClosedAt).SingleAsync(Office.Stop)));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsJsonAsync($"/api/v1{page}/answer", new { text = "我局也同意。" }, Office.Stop)).StatusCode);
    }

    [Theory, EveryDatabase]
    public async Task A_letter_is_answered_by_a_letter_when_that_is_served(Database database)
    {
        var h = await HouseAsync(database);
        await using var office = h.Office;
        var asked = await ServedAsync(office, h.Head, h.Lead.Organ, "关于征求意见的函", new ServeDocument.Input(AnswerAsked: true, AnswerWithin: 3));
        var reply = await office.ActAsync(async s =>
        {
            var made = await s.GetRequiredService<DraftDocument>().RunAsync(new DraftDocument.Input(DocumentKind.Letter, "复函", [new Paragraph("同意。")], [h.Head.Organ], Sealed: false, InReplyTo: asked.Id), Office.Stop);
            await s.GetRequiredService<SignDocument>().RunAsync(made.Id, Office.Stop);
            return await s.GetRequiredService<ServeDocument>().RunAsync(made.Id, new ServeDocument.Input(), Office.Stop);
        }, h.Lead);
        Assert.Equal("历住建函〔2026〕1号", reply.Number);
        var answer = await office.LookAsync(db => db.DocumentAnswers.SingleAsync(a => a.Document == asked.Id, Office.Stop));
        Assert.Equal((reply.Id, reply.Number), (answer.Reply!.Value, answer.ReplyNumber));
        Assert.Empty(await office.LookAsync(db => db.Duties.Where(d => d.SubjectId == asked.Id && d.ClosedAt == null).ToListAsync(Office.Stop)));
        // Nobody answers a letter that did not reach it.
        await Assert.ThrowsAsync<NotFound>(() => office.ActAsync(s => s.GetRequiredService<DraftDocument>().RunAsync(new DraftDocument.Input(DocumentKind.Letter, "复函", [new Paragraph("同意。")], [h.Head.Organ], InReplyTo: asked.Id), Office.Stop), h.Stranger));
    }

    [Theory, EveryDatabase]
    public async Task Twenty_who_sign_at_once_get_the_numbers_one_to_twenty_and_a_refused_one_takes_none(Database database)
    {
        var h = await HouseAsync(database);
        await using var office = h.Office;
        var drafts = new List<Guid>();
        for (var i = 0; i < 20; i++) drafts.Add((await DraftAsync(office, h.Head, h.Lead.Organ, $"关于第{i}件事的函")).Id);
        var cancelled = await DraftAsync(office, h.Head, h.Lead.Organ, "不发了");
        await office.ActAsync(s => s.GetRequiredService<CancelDocument>().RunAsync(cancelled.Id, "重复", Office.Stop), h.Head);
        var numbers = await Task.WhenAll(drafts.Append(cancelled.Id).Append(drafts[0]).Select(id => Task.Run(async () =>
        {
            for (; ; )
            {
                try
                {
                    return (await office.ActAsync(s => s.GetRequiredService<SignDocument>().RunAsync(id, Office.Stop), h.Head)).Number;
                }
                catch (Refusal lost) when (lost.Code == "conflict.lost-race")
                {
                }
                catch (Refusal)
                {
                    return "";
                }
            }
        })));
        Assert.Equal(Enumerable.Range(1, 20).Select(n => NumberBook.Format("历审函", 2026, n)).Order(), numbers.Where(n => n.Length > 0).Order());
        Assert.Equal(2, numbers.Count(n => n.Length == 0));
        // A transaction that breaks off after the number was taken gives it back.
        var last = await DraftAsync(office, h.Head, h.Lead.Organ, "最后一件");
        await Assert.ThrowsAsync<InvalidOperationException>(() => office.ActAsync(async s =>
        {
            await using var together = await s.GetRequiredService<Ledger>().TogetherAsync(Office.Stop);
            await s.GetRequiredService<SignDocument>().RunAsync(last.Id, Office.Stop);
            throw new InvalidOperationException("power failure");
        }, h.Head));
        Assert.Equal(NumberBook.Format("历审函", 2026, 21), (await office.ActAsync(s => s.GetRequiredService<SignDocument>().RunAsync(last.Id, Office.Stop), h.Head)).Number);
    }

    [Theory, EveryDatabase]
    public async Task Paper_that_was_registered_late_is_shown_as_such(Database database)
    {
        var h = await HouseAsync(database);
        await using var office = h.Office;
        var client = office.Client(h.Officer);
        var response = await client.SubmitAsync("/documents/incoming/new", "register", ("From", "济南市住房和城乡建设局"), ("OriginalNumber", "济建函〔2026〕7号"), ("OriginalDate", "2026-02-20"), ("ReceivedOn", "2026-02-26"), ("Title", "关于消防验收的函"));
        var page = await client.PageAsync(AddressOf(response));
        Assert.Contains("历住建收〔2026〕1号", page, StringComparison.Ordinal);
        Assert.Contains("补录", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await office.Client(h.Stranger).GetAsync(AddressOf(response), Office.Stop)).StatusCode);
        Assert.DoesNotContain("消防验收", await office.Client(h.Stranger).PageAsync("/documents/incoming"), StringComparison.Ordinal);
        var wrong = await client.SubmitAsync("/documents/incoming/new", "register", ("From", "某局"), ("OriginalDate", "2026-02-20"), ("ReceivedOn", "2026-02-19"), ("Title", "函"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Theory, EveryDatabase]
    public async Task An_organ_sets_its_code_and_numbers_by_it_and_no_other_organ_takes_the_same(Database database)
    {
        var h = await HouseAsync(database);
        await using var office = h.Office;
        var (head, lead) = (office.Client(h.Head), office.Client(h.Lead));
        Assert.Equal(HttpStatusCode.Forbidden, (await office.Client(h.Drafter).GetAsync("/documents/code", Office.Stop)).StatusCode);
        Assert.Contains("历审函〔2026〕1号", await head.PageAsync("/documents/code"), StringComparison.Ordinal);
        Assert.Equal("历审函〔2026〕1号", (await SignedAsync()).Number);

        Assert.Equal("/documents/code", AddressOf(await head.SubmitAsync("/documents/code", "set-code", ("Code", " 历审批 "))));
        Assert.Equal("历审批函〔2026〕1号", (await SignedAsync()).Number);
        Assert.Equal("历审批函〔2026〕2号", (await SignedAsync()).Number);
        // Neither a code that was set nor one that is derived; what was left is free.
        foreach (var taken in new[] { "历审批", "历市场监管" })
        {
            var refused = await lead.PutAsJsonAsync("/api/v1/documents/code", new { code = taken }, Office.Stop);
            Assert.Equal((HttpStatusCode.Conflict, "document.code-taken"), (refused.StatusCode, await refused.CodeAsync()));
        }
        foreach (var wrong in new[] { "历审2", "历-审", new string('历', 11) }) Assert.Equal(HttpStatusCode.BadRequest, (await lead.SubmitAsync("/documents/code", "set-code", ("Code", wrong))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await lead.PutAsJsonAsync("/api/v1/documents/code", new { code = "历住" }, Office.Stop)).StatusCode);
        Assert.Equal("历住收〔2026〕1号", (await office.ActAsync(s => s.GetRequiredService<RegisterPaper>().RunAsync(new RegisterPaper.Input("市住建局", "济建函〔2026〕7号", new(2026, 3, 1), "函", new(2026, 3, 2)), Office.Stop), h.Officer)).Number);

        // Empty: back to the derived one, whose series goes on where it was left.
        Assert.Equal("历审", (await (await head.PutAsJsonAsync("/api/v1/documents/code", new { code = "" }, Office.Stop)).Content.ReadFromJsonAsync<DocumentsEndpoints.CodeView>(Office.Stop))!.Code);
        Assert.Equal("历审函〔2026〕2号", (await SignedAsync()).Number);
        Assert.Equal(3, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "document.code-set", Office.Stop)));

        async Task<OfficialDocument> SignedAsync()
        {
            var made = await DraftAsync(office, h.Head, h.Officer.Organ, "关于编号的函");
            return await office.ActAsync(s => s.GetRequiredService<SignDocument>().RunAsync(made.Id, Office.Stop), h.Head);
        }
    }

    [Theory, EveryDatabase]
    public async Task A_document_is_found_by_its_organ_and_by_an_addressee_once_it_was_served(Database database)
    {
        var h = await HouseAsync(database);
        await using var office = h.Office;
        // From the addressee to the bureau's neighbour: the bureau is no party here and has no wider view.
        var (issuer, addressee, bureau) = (office.Client(h.Lead), office.Client(h.Stranger), office.Client(h.Drafter));
        var made = await DraftAsync(office, h.Lead, h.Stranger.Organ, "关于扬尘治理的函");
        await office.ActAsync(s => s.GetRequiredService<RegisterPaper>().RunAsync(new RegisterPaper.Input("市住建局", "济建函〔2026〕7号", new(2026, 3, 1), "关于扬尘来文的函", new(2026, 3, 2)), Office.Stop), h.Officer);
        Assert.Equal((2, 0, 0), (await FoundAsync(issuer), await FoundAsync(addressee), await FoundAsync(bureau)));
        await office.ActAsync(s => s.GetRequiredService<SignDocument>().RunAsync(made.Id, Office.Stop), h.Lead);
        await office.ActAsync(s => s.GetRequiredService<ServeDocument>().RunAsync(made.Id, new ServeDocument.Input(), Office.Stop), h.Lead);
        Assert.Equal((2, 1, 0), (await FoundAsync(issuer), await FoundAsync(addressee), await FoundAsync(bureau)));
        Assert.Contains($"/documents/{made.Id}", await addressee.PageAsync("/search?q=" + Uri.EscapeDataString("历住建函〔2026〕1号")), StringComparison.Ordinal);
        Assert.Contains("济建函", await issuer.PageAsync("/search?q=" + Uri.EscapeDataString("济建函〔2026〕7号") + "&kind=Paper"), StringComparison.Ordinal);

        // Written anew from the rows, the same is found.
        await office.LookAsync(db => db.SearchDocs.ExecuteDeleteAsync(Office.Stop));
        await office.Services.GetRequiredService<RebuildSearch>().RunAsync(Office.DistrictCode, null, Office.Stop);
        Assert.Equal((2, 1, 0), (await FoundAsync(issuer), await FoundAsync(addressee), await FoundAsync(bureau)));

        async Task<int> FoundAsync(HttpClient client)
        {
            await office.IndexedAsync();
            return System.Text.RegularExpressions.Regex.Count(await client.GetStringAsync("/api/v1/search?q=" + Uri.EscapeDataString("扬尘"), Office.Stop), "关于扬尘");
        }
    }

    private static Task<OfficialDocument> DraftAsync(Office office, Member by, Guid to, string title) =>
        office.ActAsync(s => s.GetRequiredService<DraftDocument>().RunAsync(new DraftDocument.Input(DocumentKind.Letter, title, [new Paragraph("请研究。")], [to], Sealed: false), Office.Stop), by);

    private static Task<OfficialDocument> ServedAsync(Office office, Member by, Guid to, string title, ServeDocument.Input how) => office.ActAsync(async s =>
    {
        var made = await s.GetRequiredService<DraftDocument>().RunAsync(new DraftDocument.Input(DocumentKind.Letter, title, [new Paragraph("请研究。")], [to], Sealed: false), Office.Stop);
        await s.GetRequiredService<SignDocument>().RunAsync(made.Id, Office.Stop);
        return await s.GetRequiredService<ServeDocument>().RunAsync(made.Id, how, Office.Stop);
    }, by);
}
