using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Duties;
using Liandong.Modules.Cases;
using Liandong.Modules.Directory;
using Liandong.Modules.Linkage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Desk;

public sealed class DutyActsTests
{
    [Theory, EveryDatabase]
    public async Task The_creditor_lengthens_and_stops_an_agreed_limit_and_the_page_tells_old_new_and_why(Database database)
    {
        await using var office = await Office.OpenAsync(database, with: GivenReminders.Still);
        var linked = await office.Given.LinkedAsync();
        var head = await office.Given.MemberAsync(await office.Given.BureauAsync(), Roles.BureauHead);
        var push = await office.Given.PushDeliveredAsync(linked.First);
        var duty = await office.LookAsync(db => db.Duties.SingleAsync(d => d.SubjectId == push.Id));
        var (creditor, debtor) = (office.Client(head), office.Client(linked.FirstOfficer));
        Assert.Equal(new DateOnly(2026, 3, 5), duty.DueOn);

        // The debtor has no such right, and an approver neither; days and reason are asked for.
        Assert.Equal(HttpStatusCode.Forbidden, (await debtor.PostAsJsonAsync($"/api/v1/duties/{duty.Id}/extend", new { days = 2, reason = "忙" }, Office.Stop)).StatusCode);
        Assert.DoesNotContain("value=\"extend\"", await debtor.PageAsync($"/duties/{duty.Id}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await creditor.SubmitAsync($"/duties/{duty.Id}", "extend", ("Days", "0"), ("Extend.Reason", "材料多"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await creditor.SubmitAsync($"/duties/{duty.Id}", "extend", ("Days", "2"), ("Extend.Reason", " "))).StatusCode);

        Assert.Equal(HttpStatusCode.Redirect, (await creditor.SubmitAsync($"/duties/{duty.Id}", "extend", ("Days", "2"), ("Extend.Reason", "材料多,同意延长"))).StatusCode);
        Assert.Equal(new DateOnly(2026, 3, 9), await DueAsync(office, push));
        Assert.Equal(HttpStatusCode.Redirect, (await creditor.SubmitAsync($"/duties/{duty.Id}", "suspend", ("Suspend.Reason", "等审批局补正地址"))).StatusCode);
        Assert.Null(await DueAsync(office, push));
        office.GoTo("2026-03-10");
        Assert.Equal(HttpStatusCode.Redirect, (await creditor.SubmitAsync($"/duties/{duty.Id}", "resume")).StatusCode);
        Assert.Equal(new DateOnly(2026, 3, 17), await DueAsync(office, push));

        var page = await debtor.PageAsync($"/duties/{duty.Id}");
        foreach (var said in new[] { "延长2个工作日:材料多,同意延长", "暂停:等审批局补正地址", "恢复计算:等审批局补正地址", "2026-03-05", "2026-03-09", "2026-03-17", head.Name, "本地约定" }) Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.Equal(["duty.extended", "duty.suspended", "duty.resumed"], await office.LookAsync(db => db.LedgerEntries.Where(e => e.SubjectId == push.Id && e.Act.StartsWith("duty.")).OrderBy(e => e.Number).Select(e => e.Act).ToListAsync()));

        // Past its last moment nothing is lengthened any more.
        office.GoTo("2026-03-18");
        Assert.Equal(HttpStatusCode.Conflict, (await creditor.PostAsJsonAsync($"/api/v1/duties/{duty.Id}/extend", new { days = 2, reason = "再宽限" }, Office.Stop)).StatusCode);
    }

    [Theory, EveryDatabase]
    public async Task What_a_text_fixes_nobody_lengthens(Database database)
    {
        await using var office = await Office.OpenAsync(database, with: GivenReminders.Still);
        var bureau = await office.Given.BureauAsync();
        var housing = await office.Given.OrganAsync("区住建局");
        var head = await office.Given.MemberAsync(bureau, Roles.BureauHead);
        var fixedByLaw = (await office.Given.DutiesAsync(1, housing.Id, bureau.Id, CasesRules.Accept))[0];
        foreach (var (path, body) in new (string, object)[] { ("extend", new { days = 1, reason = "忙" }), ("suspend", new { reason = "忙" }) })
        {
            var answer = await office.Client(head).PostAsJsonAsync($"/api/v1/duties/{fixedByLaw.Id}/{path}", body, Office.Stop);
            Assert.Equal("duty.limit-not-agreed", (await answer.Content.ReadFromJsonAsync<JsonElement>(Office.Stop)).GetProperty("code").GetString());
        }
        Assert.DoesNotContain("value=\"extend\"", await office.Client(head).PageAsync($"/duties/{fixedByLaw.Id}"), StringComparison.Ordinal);
    }

    /// <summary>Rerouted, cancelled or waived between the last moment and the sweep: the breach stays on record.</summary>
    [Theory, EveryDatabase]
    public async Task However_a_late_duty_ends_its_breach_stays_on_record(Database database)
    {
        await using var office = await Office.OpenAsync(database, with: GivenReminders.Still);
        var housing = await office.Given.OrganAsync("区住建局");
        var duties = await office.Given.DutiesAsync(4, housing.Id);
        office.GoTo("2026-03-09");
        for (var n = 0; n < 4; n++)
        {
            var (n1, about) = (n, duties[n].Subject);
            await office.ActAsync(async s =>
            {
                var book = s.GetRequiredService<DutyBook>();
                _ = n1 switch
                {
                    0 => await book.DischargeAsync(LinkageRules.ClaimResult, about, Office.Stop),
                    1 => await book.WaiveAsync(LinkageRules.ClaimResult, about, "免", Office.Stop),
                    2 => await book.SupersedeAsync(LinkageRules.ClaimResult, about, "改派", Office.Stop),
                    _ => await book.CancelAsync(LinkageRules.ClaimResult, about, "作废", Office.Stop),
                };
                await s.GetRequiredService<Ledger>().RecordAsync(new AddOrgan.Act(housing.Id, "结束", OrganKind.Department, default), about, null, Office.Stop);
            });
        }
        Assert.Equal(4, await office.LookAsync(db => db.Duties.CountAsync(d => d.BreachedAt != null && d.ClosedAt != null)));
        Assert.Equal(4, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "duty.breached")));
    }

    [Theory, EveryDatabase]
    public async Task A_push_is_claimed_from_the_desk_in_one_click_and_sent_back_in_two(Database database)
    {
        await using var office = await Office.OpenAsync(database, with: GivenReminders.Still);
        var linked = await office.Given.LinkedAsync();
        var lead = await office.Given.MemberAsync(linked.First, Roles.LiaisonLead);
        var convenor = await office.Given.MemberAsync(await office.Given.OrganAsync("区政府", OrganKind.Government), Roles.Convenor);
        var (push, other) = (await office.Given.PushDeliveredAsync(linked.First), await office.Given.PushDeliveredAsync(linked.First));
        var client = office.Client(linked.FirstOfficer);
        Assert.Contains($"/pushes/{other.Id}/return", await client.PageAsync("/"), StringComparison.Ordinal);

        var answer = await client.SubmitAsync("/", "claim", ("Push", push.Id.ToString()));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(PushState.Claimed, await office.LookAsync(db => db.Pushes.Where(p => p.Id == push.Id).Select(p => p.State).SingleAsync()));
        Assert.Contains($"已认领 {push.Number}", await client.PageAsync(answer.Headers.Location!.ToString()), StringComparison.Ordinal);
        // Another organ's push is none of this desk's business, and nobody else's page says that it was claimed.
        var foreign = await office.Given.PushDeliveredAsync(linked.Second);
        Assert.Equal(HttpStatusCode.NotFound, (await client.SubmitAsync("/", "claim", ("Push", foreign.Id.ToString()))).StatusCode);
        Assert.DoesNotContain("已认领", await office.Client(linked.SecondOfficer).PageAsync($"/?claimed={push.Id}"), StringComparison.Ordinal);

        // The lead sees the organ's lights and what was escalated; the convenor which organs are late; figures open to their rows.
        office.GoTo("2026-03-09");
        await office.SweepAsync();
        var desk = await office.Client(lead).PageAsync("/");
        foreach (var said in new[] { "本单位的灯", "督办到我的", $"/duties?owedBy={linked.First.Id}&amp;light=red" }) Assert.Contains(said, desk, StringComparison.Ordinal);
        Assert.DoesNotContain("全区逾期", desk, StringComparison.Ordinal);
        var body = await office.Client(convenor).GetFromJsonAsync<JsonElement>("/api/v1/desk", Office.Stop);
        Assert.Equal([(linked.First.Id, 1), (linked.Second.Id, 1)], body.GetProperty("late").EnumerateArray().Select(o => (o.GetProperty("organ").GetGuid(), o.GetProperty("overdue").GetInt32())).ToHashSet());
        Assert.Contains("全区逾期", await office.Client(convenor).PageAsync("/"), StringComparison.Ordinal);
        Assert.False((await client.GetFromJsonAsync<JsonElement>("/api/v1/desk", Office.Stop)).TryGetProperty("late", out _));
        Assert.Contains("区市场监管局", await office.Client(convenor).PageAsync($"/duties?owedBy={linked.First.Id}&light=red"), StringComparison.Ordinal);
    }

    private static Task<DateOnly?> DueAsync(Office office, Push push) => office.LookAsync(async db =>
    {
        var duty = await db.Duties.AsNoTracking().SingleAsync(d => d.SubjectId == push.Id);
        Assert.Equal(duty.DueAt, await db.Pushes.Where(p => p.Id == push.Id).Select(p => p.DueAt).SingleAsync());
        return duty.DueOn;
    });
}
