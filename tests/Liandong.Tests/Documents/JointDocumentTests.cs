using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Documents;
using Liandong.Documents.Layout;
using Liandong.Kernel.Duties;
using Liandong.Modules.Directory;
using Liandong.Tests.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Documents;

/// <summary>联合行文, 附件 and 出席 by the doors that people and machines use.</summary>
public sealed class JointDocumentTests
{
    private sealed record House(Office Office, Member Drafter, Member Head, Member Housing, Member HousingClerk, Member Market, Member City);

    private static async Task<House> HouseAsync(Database database)
    {
        var office = await Office.OpenAsync(database);
        var bureau = await office.Given.OrganAsync("区行政审批服务局", OrganKind.Bureau);
        var (housing, market, city) = (await office.Given.OrganAsync("区住建局"), await office.Given.OrganAsync("区市场监管局"), await office.Given.OrganAsync("区城管局"));
        return new House(office, await office.Given.MemberAsync(bureau, Roles.Approver), await office.Given.MemberAsync(bureau, Roles.BureauHead), await office.Given.MemberAsync(housing, Roles.LiaisonLead),
            await office.Given.MemberAsync(housing, Roles.LiaisonOfficer), await office.Given.MemberAsync(market, Roles.LiaisonLead), await office.Given.MemberAsync(city, Roles.LiaisonLead));
    }

    private static string AddressOf(HttpResponseMessage response) => response.StatusCode == HttpStatusCode.Found ? response.Headers.Location!.ToString()[response.Headers.Location!.ToString().IndexOf("/documents", StringComparison.Ordinal)..]
        : throw new InvalidOperationException($"{(int)response.StatusCode}: {response.Content.ReadAsStringAsync(Office.Stop).Result}");

    private static Task<OfficialDocument> FindAsync(Office office, Guid id) => office.LookAsync(db => db.OfficialDocuments.SingleAsync(d => d.Id == id, Office.Stop));

    private static Task<OfficialDocument> JointAsync(House h, DocumentKind kind, params Member[] with) =>
        h.Office.ActAsync(s => s.GetRequiredService<DraftDocument>().RunAsync(new DraftDocument.Input(kind, "关于联合整治的通知", [new Paragraph("请认真执行。")], [h.City.Organ], Joint: [.. with.Select(w => w.Organ)]), Office.Stop), h.Drafter);

    [Theory, EveryDatabase] // GB/T 9704-2012 7.2.4, 7.2.5
    public async Task A_joint_document_is_numbered_by_its_host_once_every_organ_has_signed(Database database)
    {
        var h = await HouseAsync(database);
        await using var office = h.Office;
        var (drafter, head, housing, clerk, market, city) = (office.Client(h.Drafter), office.Client(h.Head), office.Client(h.Housing), office.Client(h.HousingClerk), office.Client(h.Market), office.Client(h.City));
        var page = AddressOf(await drafter.SubmitAsync("/documents/new", "draft", ("Kind", "Notice"), ("Title", "关于联合整治的通知"), ("Joint", h.Housing.Organ.ToString()), ("Joint", h.Market.Organ.ToString()), ("To", h.City.Organ.ToString()), ("Text", "请认真执行。"), ("Sealed", "true")));
        var id = Guid.Parse(page.Split('/')[^1]);
        var names = await office.LookAsync(async db => await db.Organs.ToDictionaryAsync(o => o.Id, o => o.Name, Office.Stop));
        string[] signing = [names[h.Head.Organ], names[h.Housing.Organ], names[h.Market.Organ]];
        var content = (await FindAsync(office, id)).Content;
        Assert.Equal(signing, content.Mark);
        Assert.Equal(signing, content.SignedBy);

        // Nobody else sees a draft; the host alone cannot sign it.
        Assert.Equal(HttpStatusCode.NotFound, (await housing.GetAsync(page, Office.Stop)).StatusCode);
        var early = await head.PostAsJsonAsync($"/api/v1{page}/sign", new { }, Office.Stop);
        Assert.Equal((HttpStatusCode.Conflict, "document.issuers-missing"), (early.StatusCode, await early.CodeAsync()));

        // 送会签: each organ owes its signature, and the text stands still.
        AddressOf(await drafter.SubmitAsync(page, "send-for-countersign"));
        var duty = await office.LookAsync(db => db.Duties.SingleAsync(d => d.Rule == DocumentsRules.CountersignDocument.Code && d.SubjectId == id && d.OwedBy == h.Housing.Organ, Office.Stop));
        Assert.Equal(new DateOnly(2026, 3, 5), duty.DueOn);
        Assert.Equal(HttpStatusCode.Conflict, (await drafter.SubmitAsync(page + "/edit", "revise", ("Title", "改"), ("To", h.City.Organ.ToString()), ("Text", "改。"))).StatusCode);
        Assert.Contains("关于联合整治的通知", await housing.PageAsync("/documents?box=toSign"), StringComparison.Ordinal);
        Assert.Contains("请认真执行", await clerk.PageAsync(page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await city.GetAsync(page, Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await housing.GetAsync(page + "/versions", Office.Stop)).StatusCode);

        // Only a head signs, once, and only the text that was read.
        Assert.Equal(HttpStatusCode.Forbidden, (await clerk.PostAsJsonAsync($"/api/v1{page}/countersign", new { agreed = true, revision = 1 }, Office.Stop)).StatusCode);
        var stale = await housing.PostAsJsonAsync($"/api/v1{page}/countersign", new { agreed = true, revision = 7 }, Office.Stop);
        Assert.Equal("document.text-moved", await stale.CodeAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await city.PostAsJsonAsync($"/api/v1{page}/countersign", new { agreed = true, revision = 1 }, Office.Stop)).StatusCode);
        AddressOf(await housing.SubmitAsync(page + "/countersign", "countersign", ("Agreed", "true")));
        Assert.Equal("document.countersigned", await (await housing.PostAsJsonAsync($"/api/v1{page}/countersign", new { agreed = true, revision = 1 }, Office.Stop)).CodeAsync());
        Assert.Equal(HttpStatusCode.Conflict, (await head.PostAsJsonAsync($"/api/v1{page}/sign", new { }, Office.Stop)).StatusCode);
        Assert.Equal("", (await FindAsync(office, id)).Number);
        Assert.Equal(HttpStatusCode.OK, (await market.PostAsJsonAsync($"/api/v1{page}/countersign", new { agreed = true, revision = 1 }, Office.Stop)).StatusCode);
        Assert.Empty(await office.LookAsync(db => db.Duties.Where(d => d.SubjectId == id && d.ClosedAt == null).ToListAsync(Office.Stop)));
        Assert.Contains("关于联合整治的通知", await head.PageAsync("/documents?box=toSign"), StringComparison.Ordinal);

        // One number, the host's; each organ seals; then it is served and read by all of them.
        AddressOf(await head.SubmitAsync(page, "sign"));
        Assert.Equal("历审发〔2026〕1号", (await FindAsync(office, id)).Number);
        AddressOf(await drafter.SubmitAsync(page, "seal"));
        var unsealed = await head.PostAsJsonAsync($"/api/v1{page}/serve", new { }, Office.Stop);
        Assert.Equal("document.not-sealed", await unsealed.CodeAsync());
        foreach (var other in new[] { housing, market }) Assert.Equal(HttpStatusCode.OK, (await other.PostAsJsonAsync($"/api/v1{page}/seal", new { }, Office.Stop)).StatusCode);
        Assert.Equal(DocumentState.Sealed, (await FindAsync(office, id)).State);
        Assert.Equal(HttpStatusCode.NotFound, (await housing.PostAsJsonAsync($"/api/v1{page}/serve", new { }, Office.Stop)).StatusCode);
        AddressOf(await drafter.SubmitAsync(page + "/serve", "serve", ("AnswerAsked", "true")));
        Assert.Equal(HttpStatusCode.OK, (await city.PostAsJsonAsync($"/api/v1{page}/answer", new { text = "已经布置。" }, Office.Stop)).StatusCode);
        Assert.Contains("已经布置。", await housing.PageAsync(page), StringComparison.Ordinal);
        Assert.Contains("关于联合整治的通知", await market.PageAsync("/documents?box=issued"), StringComparison.Ordinal);
        await office.IndexedAsync();
        Assert.Contains("关于联合整治", await market.GetStringAsync("/api/v1/search?q=" + Uri.EscapeDataString("联合整治"), Office.Stop), StringComparison.Ordinal);
        var printed = new PaperPages(await (await city.GetAsync(page + "/document.pdf", Office.Stop)).Content.ReadAsByteArrayAsync(Office.Stop)).Text;
        Assert.All(signing, name => Assert.Contains(name, printed, StringComparison.Ordinal));
    }

    [Theory, EveryDatabase]
    public async Task An_organ_that_declines_sends_the_text_back_and_is_left_out_only_with_a_reason(Database database)
    {
        var h = await HouseAsync(database);
        await using var office = h.Office;
        var (drafter, head, housing, market) = (office.Client(h.Drafter), office.Client(h.Head), office.Client(h.Housing), office.Client(h.Market));
        var id = (await JointAsync(h, DocumentKind.Notice, h.Housing, h.Market)).Id;
        var page = $"/documents/{id}";
        Assert.Equal(HttpStatusCode.OK, (await drafter.PostAsJsonAsync($"/api/v1{page}/send-for-countersign", new { }, Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await market.PostAsJsonAsync($"/api/v1{page}/countersign", new { agreed = true, revision = 1 }, Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await housing.SubmitAsync(page + "/countersign", "countersign", ("Agreed", "false"))).StatusCode);
        Assert.Equal("/documents?box=toSign", AddressOf(await housing.SubmitAsync(page + "/countersign", "countersign", ("Agreed", "false"), ("Reason", "不属于本局职责。"))));

        // Everybody's signature is void, nobody owes any more, and the draft is the host's alone again.
        Assert.Equal(DocumentState.Draft, (await FindAsync(office, id)).State);
        Assert.Equal([IssuerState.Declined, IssuerState.Waiting], await office.LookAsync(db => db.DocumentIssuers.Where(i => i.Document == id).OrderBy(i => i.Ordinal).Select(i => i.State).ToListAsync(Office.Stop)));
        Assert.Equal(2, await office.LookAsync(db => db.Duties.CountAsync(d => d.SubjectId == id && d.ClosedAt != null, Office.Stop)));
        foreach (var other in new[] { housing, market }) Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(page, Office.Stop)).StatusCode);
        Assert.Contains("不属于本局职责。", await drafter.PageAsync(page), StringComparison.Ordinal);

        // It is not dropped by a revision in silence.
        var silent = await drafter.SubmitAsync(page + "/edit", "revise", ("Title", "关于联合整治的通知"), ("Joint", h.Market.Organ.ToString()), ("To", h.City.Organ.ToString()), ("Text", "请认真执行。"));
        Assert.Equal(HttpStatusCode.Conflict, silent.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await drafter.SubmitAsync($"{page}/issuers/{h.Housing.Organ}/remove", "remove-issuer", ("Reason", " "))).StatusCode);
        AddressOf(await drafter.SubmitAsync($"{page}/issuers/{h.Housing.Organ}/remove", "remove-issuer", ("Reason", "该局提出不属于其职责。")));
        var left = await FindAsync(office, id);
        Assert.Equal((2, 2), (left.Content.Mark.Count, left.Revision));
        Assert.Contains("该局提出不属于其职责", await drafter.PageAsync(page), StringComparison.Ordinal);

        // The one that stays signs the new text; taken back by the host, its signature is void once more.
        Assert.Equal(HttpStatusCode.OK, (await drafter.PostAsJsonAsync($"/api/v1{page}/send-for-countersign", new { }, Office.Stop)).StatusCode);
        Assert.Equal("document.text-moved", await (await market.PostAsJsonAsync($"/api/v1{page}/countersign", new { agreed = true, revision = 1 }, Office.Stop)).CodeAsync());
        Assert.Equal(HttpStatusCode.OK, (await market.PostAsJsonAsync($"/api/v1{page}/countersign", new { agreed = true, revision = 2 }, Office.Stop)).StatusCode);
        AddressOf(await drafter.SubmitAsync(page, "recall-countersign"));
        Assert.Equal("document.issuers-missing", await (await head.PostAsJsonAsync($"/api/v1{page}/sign", new { }, Office.Stop)).CodeAsync());
        // Without anybody else it is the host's own document.
        AddressOf(await drafter.SubmitAsync($"{page}/issuers/{h.Market.Organ}/remove", "remove-issuer", ("Reason", "改为本局单独发文。")));
        Assert.Equal("document.not-joint", await (await drafter.PostAsJsonAsync($"/api/v1{page}/send-for-countersign", new { }, Office.Stop)).CodeAsync());
        AddressOf(await head.SubmitAsync(page, "sign"));
    }

    [Theory, EveryDatabase]
    public async Task A_removed_issuer_that_had_the_draft_owes_nothing_more_and_is_told_why(Database database)
    {
        var h = await HouseAsync(database);
        await using var office = h.Office;
        var (drafter, housing, clerk, market) = (office.Client(h.Drafter), office.Client(h.Housing), office.Client(h.HousingClerk), office.Client(h.Market));
        Task<HttpResponseMessage> RemoveAsync(Guid document, Member organ, string reason) => drafter.SubmitAsync($"/documents/{document}/issuers/{organ.Organ}/remove", "remove-issuer", ("Reason", reason));
        async Task<IReadOnlyList<RemovalView>> ToldAsync(HttpClient reader) => (await reader.GetFromJsonAsync<List<RemovalView>>("/api/v1/documents/removals", Office.Stop))!;

        // One that never had the draft before it has nothing to be told.
        AddressOf(await RemoveAsync((await JointAsync(h, DocumentKind.Notice, h.Housing)).Id, h.Housing, "选错了单位。"));
        Assert.Empty(await ToldAsync(housing));

        var id = (await JointAsync(h, DocumentKind.Notice, h.Housing, h.Market)).Id;
        Assert.Equal(HttpStatusCode.OK, (await drafter.PostAsJsonAsync($"/api/v1/documents/{id}/send-for-countersign", new { }, Office.Stop)).StatusCode);
        AddressOf(await RemoveAsync(id, h.Housing, "不再涉及该局职责。"));
        var duties = await office.LookAsync(db => db.Duties.AsNoTracking().Where(d => d.SubjectId == id && d.Rule == DocumentsRules.CountersignDocument.Code).ToDictionaryAsync(d => d.OwedBy, Office.Stop));
        Assert.Equal((Closing.Cancelled, "移出联合行文:不再涉及该局职责。"), (duties[h.Housing.Organ].ClosedHow!.Value, duties[h.Housing.Organ].CloseReason));
        Assert.Equal(Closing.Superseded, duties[h.Market.Organ].ClosedHow);

        // Officers and heads of the organ find it where the draft had come; the text stays the host's, and nobody else is told.
        Assert.Equal(HttpStatusCode.NotFound, (await housing.GetAsync($"/documents/{id}", Office.Stop)).StatusCode);
        Assert.Equal(("关于联合整治的通知", "不再涉及该局职责。"), Assert.Single(await ToldAsync(clerk)) is var told ? (told.Title, told.Reason) : default);
        foreach (var (reader, box) in new[] { (clerk, ""), (housing, "?box=toSign") })
        {
            var page = await reader.PageAsync("/documents" + box);
            Assert.Contains("把本单位移出联合行文“关于联合整治的通知”", page, StringComparison.Ordinal);
            Assert.Contains("不再涉及该局职责。", page, StringComparison.Ordinal);
        }
        Assert.Contains("不再涉及该局职责。", await clerk.PageAsync($"/duties/{duties[h.Housing.Organ].Id}"), StringComparison.Ordinal);
        Assert.Empty(await ToldAsync(market));
        office.GoTo("2026-04-02");
        Assert.Empty(await ToldAsync(clerk));
    }

    [Theory, EveryDatabase] // GB/T 9704-2012 10.1, 7.2.6
    public async Task A_joint_letter_bears_its_hosts_mark_and_a_joint_request_names_every_signer(Database database)
    {
        var h = await HouseAsync(database);
        await using var office = h.Office;
        var letter = (await JointAsync(h, DocumentKind.Letter, h.Housing)).Content;
        Assert.Equal((1, 2), (letter.Mark.Count, letter.SignedBy.Count));
        var request = await JointAsync(h, DocumentKind.Request, h.Market, h.Housing);
        await office.ActAsync(s => s.GetRequiredService<SendForCountersign>().RunAsync(request.Id, Office.Stop), h.Drafter);
        foreach (var other in new[] { h.Housing, h.Market }) await office.ActAsync(s => s.GetRequiredService<CountersignDocument>().RunAsync(request.Id, new CountersignDocument.Input(true, 1), Office.Stop), other);
        var signed = await office.ActAsync(s => s.GetRequiredService<SignDocument>().RunAsync(request.Id, Office.Stop), h.Head);
        Assert.Equal([h.Head.Name, h.Market.Name, h.Housing.Name], signed.Content.Signers);
        // Neither minutes, nor an addressee, nor the host a second time.
        foreach (var (kind, joint) in new[] { ("minutes", h.Housing.Organ), ("notice", h.City.Organ), ("notice", h.Head.Organ) })
        {
            var answer = await office.Client(h.Drafter).PostAsJsonAsync("/api/v1/documents", new { kind, title = "联合", text = "正文。", to = new[] { h.City.Organ }, joint = new[] { joint } }, Office.Stop);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("joint", await answer.Content.ReadAsStringAsync(Office.Stop), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory, EveryDatabase] // GB/T 9704-2012 10.3, 7.3.4, 7.3.7
    public async Task Minutes_and_annexes_are_written_by_form_and_by_api_and_come_back_in_a_revision(Database database)
    {
        var h = await HouseAsync(database);
        await using var office = h.Office;
        var drafter = office.Client(h.Drafter);
        (string, string)[] fields =
        [
            ("Kind", "Minutes"), ("Title", "工作对接会纪要"), ("Mark", "审管衔接工作对接会纪要"), ("Text", "一、会议决定\n尽快对接。"), ("To", h.City.Organ.ToString()), ("Present", "区住建局 张三\n区城管局 李四"), ("OnLeave", "区市场监管局 王五"), ("Observing", "区司法局 赵六"),
            ("Annex1Title", "对接清单"), ("Annex2Title", "任务分工"), ("Annex2Text", "一、住建局\n提供数据。"),
        ];
        var page = AddressOf(await drafter.SubmitAsync("/documents/new", "draft", fields));
        var id = Guid.Parse(page.Split('/')[^1]);
        var c = (await FindAsync(office, id)).Content;
        Assert.Equal(["审管衔接工作对接会纪要"], c.Mark);
        Assert.Equal((2, 1, 1), (c.Attendance!.Present.Count, c.Attendance.OnLeave.Count, c.Attendance.Observing.Count));
        Assert.Equal(["对接清单", "任务分工"], c.Attachments);
        Assert.Equal("附件2", c.MarkOf(Assert.Single(c.Annexes)));
        // The first annex is to come as a file: the page says so.
        Assert.Contains("1 个附件没有正文", await drafter.PageAsync(page), StringComparison.Ordinal);
        var shown = new PaperPages(await drafter.GetByteArrayAsync(page + "/document.pdf", Office.Stop)).Text.Replace(" ", "", StringComparison.Ordinal);
        foreach (var said in new[] { "出席：", "区住建局　张三", "请假：", "列席：", "附件：1.对接清单", "2.任务分工", "附件2" }) Assert.Contains(said.Replace("　", "", StringComparison.Ordinal), shown.Replace("　", "", StringComparison.Ordinal), StringComparison.Ordinal);

        // The form of a revision shows what is there; one annex leaves, the other is rewritten.
        var edit = await drafter.PageAsync(page + "/edit");
        foreach (var said in new[] { "审管衔接工作对接会纪要", "区住建局 张三", "区市场监管局 王五", "区司法局 赵六", "任务分工", "提供数据。" }) Assert.Contains(said, edit, StringComparison.Ordinal);
        AddressOf(await drafter.SubmitAsync(page + "/edit", "revise", [.. fields.Where(f => !f.Item1.StartsWith("Annex", StringComparison.Ordinal)), ("Annex1Title", "任务分工"), ("Annex1Text", "一、住建局\n按月提供数据。")]));
        var again = (await FindAsync(office, id)).Content;
        Assert.Equal(c.Attendance.Present, again.Attendance!.Present);
        Assert.Equal(c.Mark, again.Mark);
        Assert.Equal("附件", again.MarkOf(Assert.Single(again.Annexes)));
        Assert.Contains("<ins>按月提供数据。</ins>", await drafter.PageAsync(page + "/versions"), StringComparison.Ordinal);
        // A text without a name, and who was there at a letter, are faults.
        Assert.Equal(HttpStatusCode.BadRequest, (await drafter.SubmitAsync("/documents/new", "draft", ("Kind", "Letter"), ("Title", "函"), ("Text", "正文。"), ("To", h.City.Organ.ToString()), ("Annex1Text", "没有名称"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await drafter.SubmitAsync("/documents/new", "draft", ("Kind", "Letter"), ("Title", "函"), ("Text", "正文。"), ("To", h.City.Organ.ToString()), ("Present", "区住建局 张三"))).StatusCode);

        // The same by machines.
        var made = await drafter.PostAsJsonAsync("/api/v1/documents", new
        {
            kind = "minutes", title = "协调会纪要", text = "尽快对接。", to = new[] { h.City.Organ }, mark = "协调会纪要", attendance = new { present = new[] { "区住建局 张三" }, onLeave = Array.Empty<string>(), observing = Array.Empty<string>() },
            annexes = new object[] { new { title = "清单" }, new { title = "分工", text = "提供数据。" } },
        }, Office.Stop);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var other = (await FindAsync(office, (await made.Content.ReadFromJsonAsync<JsonElement>(Office.Stop)).GetProperty("id").GetGuid())).Content;
        Assert.Equal(["区住建局 张三"], other.Attendance!.Present);
        Assert.Equal((2, "附件2"), (other.Attachments.Count, other.MarkOf(other.Annexes[0])));
    }
}
