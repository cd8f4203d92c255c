using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Desk;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Notice;
using Liandong.Modules.Directory;
using Liandong.Modules.Linkage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Desk;

public sealed partial class DeskTests
{
    [Theory, EveryDatabase]
    public async Task The_desk_says_what_is_owed_by_whom_until_when_and_why_and_what_others_owe(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var bureau = await office.Given.OrganAsync("区审批局", OrganKind.Bureau);
        var housing = await office.Given.OrganAsync("区住建局");
        var culture = await office.Given.OrganAsync("区文化局");
        var officer = await office.Given.MemberAsync(housing, Roles.LiaisonOfficer);
        var stranger = await office.Given.MemberAsync(culture, Roles.LiaisonOfficer);
        var mine = (await office.Given.DutiesAsync(1, housing.Id, bureau.Id, person: officer.Person))[0];
        var organs = (await office.Given.DutiesAsync(2, housing.Id, bureau.Id))[1];
        await office.Given.DutiesAsync(1, bureau.Id, housing.Id, LinkageRules.DecideReturn);

        var page = await office.Client(officer).PageAsync("/");

        Assert.True(page.IndexOf("我要办的", StringComparison.Ordinal) < page.IndexOf("本单位其他要办的", StringComparison.Ordinal));
        Assert.Contains("认领或者退回审批结果", page, StringComparison.Ordinal);
        Assert.Contains($"/pushes/{mine.SubjectId}/return", page, StringComparison.Ordinal);
        Assert.Contains("自2026-03-02次日起算3个工作日,应于2026-03-05 24:00前完成(附件2 二(三) · 本地约定)。", page, StringComparison.Ordinal);
        Assert.Contains("处理退回的推送", page[page.IndexOf("等对方", StringComparison.Ordinal)..], StringComparison.Ordinal);

        // Another organ sees nothing of it, on no way.
        var other = office.Client(stranger);
        Assert.DoesNotContain("历审推", await other.PageAsync("/"), StringComparison.Ordinal);
        Assert.DoesNotContain("历审推", await other.PageAsync($"/duties?owedBy={housing.Id}"), StringComparison.Ordinal);
        Assert.Empty((await other.GetFromJsonAsync<JsonElement>($"/api/v1/duties?owedBy={housing.Id}", Office.Stop)).GetProperty("items").EnumerateArray());
        foreach (var address in new[] { $"/duties/{mine.Id}", $"/api/v1/duties/{mine.Id}" })
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(address, Office.Stop)).StatusCode);

        // The month: one in time, one late.
        await EndAsync(office, mine);
        office.GoTo("2026-03-09");
        await EndAsync(office, organs);
        var desk = await office.Client(officer).GetFromJsonAsync<JsonElement>("/api/v1/desk", Office.Stop);
        var month = desk.GetProperty("month");
        Assert.Equal((1, 2, 1), (month.GetProperty("onTime").GetInt32(), month.GetProperty("ended").GetInt32(), month.GetProperty("overdue").GetInt32()));
        Assert.Equal(3.5, month.GetProperty("claimDays").GetDouble(), 3);
        Assert.Equal("red", desk.GetProperty("organs")[0].GetProperty("light").GetString());
        Assert.Equal(-2, desk.GetProperty("organs")[0].GetProperty("workdaysLeft").GetInt32());
        Assert.Equal(2, desk.GetProperty("done").GetArrayLength());
        var late = await office.Client(officer).PageAsync($"/duties?owedBy={housing.Id}&closed=true&from=2026-03-01&late=true");
        Assert.Contains("逾期办结", late, StringComparison.Ordinal);
        Assert.Contains($"/duties/{organs.Id}", late, StringComparison.Ordinal);
        Assert.DoesNotContain($"/duties/{mine.Id}", late, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Paging_shows_every_open_duty_once_though_all_end_at_one_midnight_and_some_stand_still(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var housing = await office.Given.OrganAsync("区住建局");
        var officer = await office.Given.MemberAsync(housing, Roles.LiaisonOfficer);
        var opened = await office.Given.DutiesAsync(45, housing.Id);
        await office.ActAsync(async services =>
        {
            foreach (var duty in opened.Take(5)) await services.GetRequiredService<DutyBook>().SuspendAsync(LinkageRules.ClaimResult, duty.Subject, new DateOnly(2026, 3, 2), "等补正材料", "本地约定", Office.Stop);
            await services.GetRequiredService<Ledger>().RecordAsync(new AddOrgan.Act(housing.Id, "暂停", OrganKind.Department, default), opened[0].Subject, null, Office.Stop);
        });
        var client = office.Client(officer);

        var (seen, after) = (new List<Guid>(), "");
        for (var page = 0; page < 10; page++)
        {
            var body = await client.GetFromJsonAsync<JsonElement>($"/api/v1/duties?limit=7{after}", Office.Stop);
            seen.AddRange(body.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetGuid()));
            if (!body.TryGetProperty("next", out var next)) break;
            after = "&after=" + next.GetString();
        }
        Assert.Equal(opened.Select(d => d.Id).Order(), seen.Order());
        Assert.Equal(opened.Take(5).Select(d => d.Id).Order(), seen.TakeLast(5).Order());
        Assert.Equal(5, (await client.GetFromJsonAsync<JsonElement>("/api/v1/duties?light=paused", Office.Stop)).GetProperty("items").GetArrayLength());

        // The page walks the same way by its links.
        var (links, address) = (new List<string>(), "/");
        for (var page = 0; page < 5; page++)
        {
            var html = await client.PageAsync(address);
            links.AddRange(SubjectLink().Matches(html[..html.IndexOf("等对方", StringComparison.Ordinal)]).Select(m => m.Groups[1].Value));
            if (NextLink().Match(html) is not { Success: true } next) break;
            address = WebUtility.HtmlDecode(next.Groups[1].Value);
        }
        Assert.Equal(opened.Select(d => d.SubjectId.ToString()).Order(), links.Order());
        Assert.Contains("暂停中", await client.PageAsync(address), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync("/api/v1/duties?light=blue", Office.Stop)).StatusCode);
    }

    [Theory, EveryDatabase]
    public async Task The_creditor_waives_with_a_reason_and_the_breach_stays_on_record(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var bureau = await office.Given.OrganAsync("区审批局", OrganKind.Bureau);
        var housing = await office.Given.OrganAsync("区住建局");
        var head = await office.Given.MemberAsync(bureau, Roles.BureauHead);
        var debtor = await office.Given.MemberAsync(housing, Roles.LiaisonLead);
        var duty = (await office.Given.DutiesAsync(1, housing.Id, bureau.Id))[0];
        office.GoTo("2026-03-10");

        // The debtor cannot let itself off, an approver has not the right, and a reason is asked for.
        Assert.Equal(HttpStatusCode.NotFound, (await office.Client(debtor).PostAsJsonAsync($"/api/v1/duties/{duty.Id}/waive", new { reason = "算了" }, Office.Stop)).StatusCode);
        var approver = await office.Given.MemberAsync(bureau, Roles.Approver);
        Assert.Equal(HttpStatusCode.Forbidden, (await office.Client(approver).PostAsJsonAsync($"/api/v1/duties/{duty.Id}/waive", new { reason = "算了" }, Office.Stop)).StatusCode);
        Assert.DoesNotContain("value=\"waive\"", await office.Client(debtor).PageAsync($"/duties/{duty.Id}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await office.Client(head).SubmitAsync($"/duties/{duty.Id}", "waive", ("Reason", " "))).StatusCode);

        var answer = await office.Client(head).SubmitAsync($"/duties/{duty.Id}", "waive", ("Reason", "办件已撤回,不需要认领"));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var stored = await office.LookAsync(db => db.Duties.SingleAsync(d => d.Id == duty.Id));
        Assert.Equal((Closing.Waived, "办件已撤回,不需要认领"), (stored.ClosedHow, stored.CloseReason));
        Assert.NotNull(stored.BreachedAt);
        Assert.Equal(["duty.breached", "duty.waived"], await office.LookAsync(db => db.LedgerEntries.Where(e => e.SubjectId == duty.SubjectId).OrderBy(e => e.Number).Skip(1).Select(e => e.Act).ToListAsync()));
        Assert.Equal(HttpStatusCode.Conflict, (await office.Client(head).PostAsJsonAsync($"/api/v1/duties/{duty.Id}/waive", new { reason = "再来一次" }, Office.Stop)).StatusCode);
        Assert.Contains("免除职责时限", await office.Client(debtor).PageAsync($"/duties/{duty.Id}"), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Passing_a_limit_that_holds_in_principle_asks_the_debtor_for_its_reason(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var bureau = await office.Given.OrganAsync("区审批局", OrganKind.Bureau);
        var housing = await office.Given.OrganAsync("区住建局");
        var officer = await office.Given.MemberAsync(housing, Roles.LiaisonOfficer);
        var loose = new DutyRule("inspection.test", "组织现场勘验", new Article("附件2 三(一)", "原则上在两个工作日内组织相关行政主管部门参与现场勘验", "L3.1"), new Term.Workdays(2) { InPrinciple = true });
        var duty = (await office.Given.DutiesAsync(1, housing.Id, bureau.Id, loose))[0];
        var strict = (await office.Given.DutiesAsync(1, housing.Id, bureau.Id))[0];

        Assert.Equal(HttpStatusCode.Redirect, (await office.Client(officer).SubmitAsync($"/duties/{duty.Id}", "overrun", ("Reason", "现场在雨季,无法进入"))).StatusCode);
        Assert.Equal("现场在雨季,无法进入", (await office.LookAsync(db => db.Duties.SingleAsync(d => d.Id == duty.Id))).OverrunReason);
        Assert.Equal(1, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "duty.overrun-explained" && e.Clause == "附件2 三(一)")));
        Assert.Equal(HttpStatusCode.Conflict, (await office.Client(officer).PostAsJsonAsync($"/api/v1/duties/{strict.Id}/overrun-reason", new { reason = "忙" }, Office.Stop)).StatusCode);
        Assert.DoesNotContain("value=\"overrun\"", await office.Client(officer).PageAsync($"/duties/{strict.Id}"), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task An_administrator_starts_at_the_own_tools_and_sees_no_business(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var bureau = await office.Given.OrganAsync("区审批局", OrganKind.Bureau);
        await office.Given.DutiesAsync(3, bureau.Id);
        foreach (var role in Roles.Administrators)
        {
            var client = office.Client(await office.Given.MemberAsync(bureau, role));
            var page = await client.PageAsync("/");
            Assert.Contains(Roles.NameOf(role), page, StringComparison.Ordinal);
            Assert.Contains("三员分立", page, StringComparison.Ordinal);
            Assert.DoesNotContain("历审推", page, StringComparison.Ordinal);
            foreach (var address in new[] { "/duties", "/api/v1/duties", "/api/v1/desk" })
                Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync(address, Office.Stop)).StatusCode);
        }
    }

    private static Task EndAsync(Office office, Duty duty) => office.ActAsync(async services =>
    {
        await services.GetRequiredService<DutyBook>().DischargeAsync(LinkageRules.ClaimResult, duty.Subject, Office.Stop);
        await services.GetRequiredService<Ledger>().RecordAsync(new ClaimPush.Act(duty.SubjectId, duty.OwedBy, null), duty.Subject, LinkageRules.Claiming, Office.Stop);
    });

    [GeneratedRegex("""<span class="cell-sub"><a href="/pushes/([0-9a-f-]+)">""")] private static partial Regex SubjectLink();

    [GeneratedRegex("""rel="next" href="([^"]+)">""")] private static partial Regex NextLink();
}
