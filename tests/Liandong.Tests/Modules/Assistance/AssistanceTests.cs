using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Desk;
using Liandong.Kernel.Duties;
using Liandong.Modules.Assistance;
using Liandong.Sheets;
using Liandong.Tests.Attachments;
using Liandong.Tests.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Modules.Assistance;

/// <summary>附件2 二(三): information and help on request, both ways, and the access that an answer gives for a time.</summary>
public sealed class AssistanceTests
{
    [Theory, EveryDatabase]
    public async Task A_department_asks_the_bureau_answers_in_time_and_opens_a_case_until_a_day(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var c = await office.Given.AssistanceCastAsync();
        var (officer, clerk, stranger) = (office.Client(c.Officer), office.Client(c.Clerk), office.Client(c.Stranger));
        var file = await clerk.AttachAsync("case", c.Case.Id, "申请书.txt", Encoding.UTF8.GetBytes("申请书"));
        // The department's own system reads cases by the API: by the same rule.
        var system = await office.Given.MachineAsync(c.Asking, Scopes.CasesRead);

        Assert.Equal(HttpStatusCode.BadRequest, (await officer.SubmitAsync("/assistance/new", "ask-assistance", ("Kind", "ApprovalInformation"), ("Title", "调取材料"), ("Asked", "材料"), ("Purpose", "办案"))).StatusCode);
        var sending = await officer.FormAsync("/assistance/new", "ask-assistance", ("Kind", "ApprovalInformation"), ("Title", "调取审批材料"), ("Asked", "申请材料和决定书"), ("Purpose", "立案调查"), ("Basis", "《行政处罚法》第五十五条"), ("About", "Case"), ("AboutText", c.Case.Number));
        var page = await sending.SendAsync().LedToAsync();
        Assert.Equal(page, await sending.SendAsync().LedToAsync());
        var id = Guid.Parse(page.Split('/')[^1]);
        var duty = await office.LookAsync(db => db.Duties.SingleAsync(d => d.SubjectId == id, Office.Stop));
        Assert.Equal(("assist.answer", c.Bureau.Id, c.Asking.Id, new DateOnly(2026, 3, 5), "附件2 二(三)", "附件2 四(四)"), (duty.Rule, duty.OwedBy, duty.OwedTo!.Value, duty.DueOn!.Value, duty.Clause, duty.BreachClause));
        Assert.DoesNotContain("调取审批材料", await office.LookAsync(async db => string.Join('\n', await db.LedgerEntries.Where(e => e.SubjectId == id).Select(e => e.SubjectTitle + e.Body).ToListAsync(Office.Stop))), StringComparison.Ordinal);
        Assert.Contains($"{page}/answer", await clerk.PageAsync("/"), StringComparison.Ordinal);
        // Whether there is such a case is no business of whoever asks.
        Assert.DoesNotContain($"/cases/{c.Case.Id}", await officer.PageAsync(page), StringComparison.Ordinal);
        Assert.Contains($"/cases/{c.Case.Id}", await clerk.PageAsync(page), StringComparison.Ordinal);

        // Nobody else finds it.
        foreach (var address in new[] { page, page + "/answer", page + "/refuse", page + "/withdraw", "/api/v1" + page }) Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(address, Office.Stop)).StatusCode);
        foreach (var (act, body) in new (string, object)[] { ("read", new { }), ("answer", new { answer = "好" }), ("refuse", new { reason = "不", basis = "无" }), ("withdraw", new { reason = "算了" }) })
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsJsonAsync($"/api/v1{page}/{act}", body, Office.Stop)).StatusCode);
        Assert.DoesNotContain("调取审批材料", await stranger.PageAsync("/assistance?view=all"), StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.OK, (await stranger.GetAsync(GivenFiles.ListOf("assistance", id), Office.Stop)).StatusCode);

        await clerk.SubmitAsync(page, "read-assistance").LedToAsync();
        await HiddenAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await clerk.SubmitAsync($"{page}/answer", "answer-assistance", ("Answer", "见附件。"), ("Cases", c.Case.Number))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await clerk.SubmitAsync($"{page}/answer", "answer-assistance", ("Answer", "见附件。"), ("Cases", "没有这件"), ("Until", "2026-03-10"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await clerk.SubmitAsync($"{page}/answer", "answer-assistance", ("Answer", "见附件。"), ("Cases", c.Case.Number), ("Until", "2027-06-01"))).StatusCode);
        await clerk.SubmitFilesAsync($"{page}/answer", "answer-assistance", "Files", [("目录.txt", Encoding.UTF8.GetBytes("一份"))], ("Answer", "材料目录见附件。"), ("Cases", c.Case.Number), ("Until", "2026-03-10"), ("WithFiles", "true")).LedToAsync();
        Assert.Equal((Closing.Discharged, (DateTimeOffset?)null), await office.LookAsync(async db => await db.Duties.Where(d => d.Id == duty.Id).Select(d => new { d.ClosedHow, d.BreachedAt }).SingleAsync(Office.Stop) is var d ? (d.ClosedHow!.Value, d.BreachedAt) : default));
        Assert.Equal("assistance.answered", await clerk.PostAsJsonAsync($"/api/v1{page}/answer", new { answer = "再答" }, Office.Stop).CodeAsync());

        // Open: by the page, by the API through the ordinary rule, with the files; every look is on the ledger. To others it stays closed.
        var grant = await office.LookAsync(db => db.AccessGrants.SingleAsync(g => g.Request == id, Office.Stop));
        var access = $"/assistance/access/{grant.Id}";
        Assert.Contains(access, await officer.PageAsync(page), StringComparison.Ordinal);
        foreach (var words in new[] { c.Case.PermitNumber, c.Case.PartyName, "申请书.txt" }) Assert.Contains(words, await officer.PageAsync(access), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync($"/attachments/{file.Id}", Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await system.GetAsync($"/api/v1/cases/{c.Case.Id}", Office.Stop)).StatusCode);
        Assert.Contains(c.Case.Number, await system.GetStringAsync("/api/v1/cases", Office.Stop), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(access, Office.Stop)).StatusCode);
        Assert.Equal(3, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "assistance.access-used" && e.SubjectId == id && e.Person == c.Officer.Person, Office.Stop)));
        Assert.Contains("3 次", await clerk.PageAsync(page), StringComparison.Ordinal);

        // It holds to the end of its day, and ends by itself.
        office.GoTo("2026-03-10", 23, 59);
        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync(access, Office.Stop)).StatusCode);
        office.GoTo("2026-03-11", 0);
        system = await office.Given.MachineAsync(c.Asking, Scopes.CasesRead);
        await HiddenAsync();
        Assert.Contains("已到期", await officer.PageAsync(page), StringComparison.Ordinal);
        Assert.Equal("access.expired", await clerk.PostAsJsonAsync($"/api/v1{access}/revoke", new { reason = "到期" }, Office.Stop).CodeAsync());

        async Task HiddenAsync()
        {
            foreach (var grantId in await office.LookAsync(db => db.AccessGrants.Select(g => g.Id).ToListAsync(Office.Stop))) Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"/assistance/access/{grantId}", Office.Stop)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"/attachments/{file.Id}", Office.Stop)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"/parties/{c.Case.Party}", Office.Stop)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await system.GetAsync($"/api/v1/cases/{c.Case.Id}", Office.Stop)).StatusCode);
            Assert.DoesNotContain(c.Case.Number, await system.GetStringAsync("/api/v1/cases", Office.Stop), StringComparison.Ordinal);
        }
    }

    [Theory, EveryDatabase]
    public async Task A_party_is_opened_with_its_approvals_and_not_what_others_supervise_and_may_be_closed_before_its_day(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var c = await office.Given.AssistanceCastAsync();
        var (officer, clerk) = (office.Client(c.Officer), office.Client(c.Clerk));
        var request = await office.Given.AssistanceAsync(c);
        await office.ActAsync(s => s.GetRequiredService<AnswerAssistance>().RunAsync(request.Id, new AnswerAssistance.Input("已经开放。", Parties: [c.Case.Party], Until: new(2026, 6, 1)), Office.Stop), c.Clerk);
        var push = await office.LookAsync(db => db.Pushes.SingleAsync(p => p.Case == c.Case.Id, Office.Stop));

        var party = await officer.PageAsync($"/parties/{c.Case.Party}");
        Assert.Contains(c.Case.PermitNumber, party, StringComparison.Ordinal);
        Assert.DoesNotContain(push.Number, party, StringComparison.Ordinal);
        var grant = await office.LookAsync(db => db.AccessGrants.SingleAsync(Office.Stop));
        Assert.Contains(c.Case.Number, await officer.PageAsync($"/assistance/access/{grant.Id}"), StringComparison.Ordinal);
        // Without files, none; another party's case stays hidden.
        Assert.NotEqual(HttpStatusCode.OK, (await officer.GetAsync(GivenFiles.ListOf("case", c.Case.Id), Office.Stop)).StatusCode);
        var second = await office.Given.CaseDecidedAsync(await office.Given.SupervisedItemAsync(c.Other, "药品经营许可"));
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"/parties/{second.Party}", Office.Stop)).StatusCode);
        Assert.DoesNotContain(second.Number, await officer.PageAsync($"/assistance/access/{grant.Id}"), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NotFound, (await officer.PostAsJsonAsync($"/api/v1/assistance/access/{grant.Id}/revoke", new { reason = "不用了" }, Office.Stop)).StatusCode);
        await clerk.SubmitAsync($"/assistance/access/{grant.Id}/revoke", "revoke-access", ("Reason", "案件已经办结。")).LedToAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"/parties/{c.Case.Party}", Office.Stop)).StatusCode);
        Assert.Contains("案件已经办结", await officer.PageAsync($"/assistance/{request.Id}"), StringComparison.Ordinal);
        foreach (var (act, times) in new[] { ("given", 1), ("used", 2), ("revoked", 1) })
            Assert.Equal(times, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.SubjectId == request.Id && e.Act == "assistance.access-" + act, Office.Stop)));
    }

    [Theory, EveryDatabase] // 附件2 四(四)
    public async Task The_bureau_asks_a_department_which_refuses_with_reasons_and_whoever_does_not_answer_is_in_breach(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var c = await office.Given.AssistanceCastAsync();
        var (officer, clerk) = (office.Client(c.Officer), office.Client(c.Clerk));
        var page = await clerk.SubmitAsync("/assistance/new", "ask-assistance", ("Of", c.Asking.Id.ToString()), ("Kind", "SupervisionInformation"), ("Title", "违建查处情况"), ("Asked", "近一年的查处记录"), ("Purpose", "审查场所条件"), ("Basis", "《行政许可法》第三十四条")).LedToAsync();
        var id = Guid.Parse(page.Split('/')[^1]);
        Assert.Contains($"{page}/answer", await officer.PageAsync("/"), StringComparison.Ordinal);
        Assert.Equal("assistance.bureau-reads", await officer.PostAsJsonAsync($"/api/v1{page}/answer", new { answer = "好", cases = new[] { c.Case.Id }, until = "2026-03-10" }, Office.Stop).CodeAsync());
        Assert.Equal(HttpStatusCode.BadRequest, (await officer.SubmitAsync($"{page}/refuse", "refuse-assistance", ("Reason", "不归本局。"))).StatusCode);
        await officer.SubmitAsync($"{page}/refuse", "refuse-assistance", ("Reason", "查处职责不在本局。"), ("Basis", "区城管局三定规定")).LedToAsync();
        foreach (var words in new[] { "不予协助", "查处职责不在本局", "区城管局三定规定" }) Assert.Contains(words, await clerk.PageAsync(page), StringComparison.Ordinal);
        Assert.Equal(Closing.Discharged, await office.LookAsync(db => db.Duties.Where(d => d.SubjectId == id).Select(d => d.ClosedHow).SingleAsync(Office.Stop)));

        // The list goes out as it is filtered, each organ its own, and the ledger says so.
        var file = Sheet.Read(await clerk.GetByteArrayAsync("/assistance/export.xlsx?view=asked&state=refused", Office.Stop), "x.xlsx");
        Assert.Contains(file.Rows, row => (file.Cell(row, "请求事项"), file.Cell(row, "状态"), file.Cell(row, "协助单位")) == ("违建查处情况", "不予协助", "区城管局"));
        Assert.Equal(HttpStatusCode.OK, (await clerk.GetAsync("/api/v1/assistance/export.xlsx?view=toDo", Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await office.Client(c.Stranger).GetAsync("/assistance/export.xlsx?view=all", Office.Stop)).StatusCode);
        var exports = await office.LookAsync(db => db.LedgerEntries.Where(e => e.Act == "assistance-requests.exported").OrderBy(e => e.Number).Select(e => e.Body).ToListAsync(Office.Stop));
        Assert.Equal([1, 0, 0], exports.Select(body => JsonDocument.Parse(body).RootElement.GetProperty("rows").GetInt32()));

        // A department does not ask another one here; withdrawn, nothing is owed any more.
        Assert.Equal(HttpStatusCode.BadRequest, (await officer.PostAsJsonAsync("/api/v1/assistance", new { kind = "help", title = "帮忙", purpose = "检查", basis = "无", asked = "派人", of = c.Other.Id }, Office.Stop)).StatusCode);
        var dropped = await office.Given.AssistanceAsync(c);
        await officer.SubmitAsync($"/assistance/{dropped.Id}/withdraw", "withdraw-assistance", ("Reason", "已经取得。")).LedToAsync();
        Assert.Equal("assistance.withdrawn", await clerk.PostAsJsonAsync($"/api/v1/assistance/{dropped.Id}/answer", new { answer = "好" }, Office.Stop).CodeAsync());

        // Three working days from Monday end on Thursday; then it is red, and the breach is recorded once, also when the answer comes late.
        var late = await office.Given.AssistanceAsync(c);
        office.GoTo("2026-03-06");
        for (var n = 0; n < 2; n++) await office.ActAsync(s => s.GetRequiredService<SweepDuties>().RunAsync(Office.Stop));
        Assert.Contains(late.Number, await clerk.PageAsync("/assistance?light=red"), StringComparison.Ordinal);
        await office.ActAsync(s => s.GetRequiredService<AnswerAssistance>().RunAsync(late.Id, new AnswerAssistance.Input("见函。"), Office.Stop), c.Clerk);
        var breached = await office.LookAsync(db => db.LedgerEntries.SingleAsync(e => e.Act == "duty.breached" && e.SubjectKind == "assistance", Office.Stop));
        Assert.Equal((late.Id, "附件2 四(四)"), (breached.SubjectId, breached.Clause));
    }
}
