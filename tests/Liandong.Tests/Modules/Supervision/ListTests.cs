using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Modules.Cases;
using Liandong.Modules.Linkage;
using Liandong.Modules.Linkage.Disputes;
using Liandong.Modules.Supervision;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Modules.Supervision;

public sealed class ListTests
{
    /// <summary>待检查 is what was claimed and never checked, or has a plan; the claim brings it there, taking the claim back takes it away.</summary>
    [Theory, EveryDatabase]
    public async Task A_claim_a_plan_and_a_check_move_a_matter_through_the_lists(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var m = await office.Given.SupervisedMatterAsync();
        var (supervisor, officer) = (office.Client(m.Supervisor), office.Client(m.Supervisor));
        Assert.Equal([m.Push.Id], await ListAsync(supervisor, "tocheck"));

        Assert.Equal(HttpStatusCode.OK, (await officer.PostAsJsonAsync($"/api/v1/pushes/{m.Push.Id}/unclaim", new { reason = "误点" }, Office.Stop)).StatusCode);
        Assert.Empty(await ListAsync(supervisor, "tocheck"));
        Assert.Empty(await ListAsync(supervisor, "all"));
        Assert.Equal(HttpStatusCode.OK, (await officer.PostAsJsonAsync($"/api/v1/pushes/{m.Push.Id}/claim", new { }, Office.Stop)).StatusCode);

        await office.Given.CheckAsync(m);
        Assert.Empty(await ListAsync(supervisor, "tocheck"));
        Assert.Equal([m.Push.Id], await ListAsync(supervisor, "all"));

        // A plan for the party as a whole holds for what is claimed of it afterwards, too.
        Assert.Equal(HttpStatusCode.OK, (await supervisor.PostAsJsonAsync($"/api/v1/supervision/matters/{m.Push.Id}/plans", new { kind = "daily", plannedOn = "2026-03-10", wholeParty = true }, Office.Stop)).StatusCode);
        var again = await supervisor.PostAsJsonAsync($"/api/v1/supervision/matters/{m.Push.Id}/plans", new { kind = "daily", plannedOn = "2026-03-10", wholeParty = true }, Office.Stop);
        Assert.Equal("plan.same-again", (await again.Content.ReadFromJsonAsync<JsonElement>(Office.Stop)).GetProperty("code").GetString());
        var party = await office.LookAsync(db => db.Parties.AsNoTracking().SingleAsync(p => p.Id == m.Push.Party));
        var second = await office.Given.ClaimedAsync(m.Market, m.Item, c => c with { Party = new PartyInput { Kind = PartyKind.Enterprise, Name = party.Name, Code = party.Code } });
        Assert.Equal([m.Push.Id, second.Id], (await ListAsync(supervisor, "tocheck", "&plan=planned")).Order());
        Assert.Empty(await ListAsync(supervisor, "tocheck", "&plan=come"));
        office.GoTo("2026-03-10");
        Assert.Equal(2, (await ListAsync(supervisor, "tocheck", "&plan=come")).Count);
        await office.Given.CheckAsync(m);
        Assert.Equal([second.Id], await ListAsync(supervisor, "tocheck"));
        Assert.Empty(await ListAsync(supervisor, "tocheck", "&plan=planned"));
    }

    /// <summary>A ruling that takes a claimed push back to its organ leaves the records and the lists in step.</summary>
    [Theory, EveryDatabase]
    public async Task A_ruling_for_an_organ_that_supervises_already_asks_it_to_claim_anew(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var m = await office.Given.SupervisedMatterAsync();
        await office.Given.ResponsibilityAsync(m.Item, m.City, Liandong.Modules.Items.ResponsibilityKind.Assisting);
        await office.Given.CheckAsync(m);
        var decided = await office.Given.CaseDecidedAsync(m.Item);
        var (main, assisting) = await office.LookAsync(async db => (await db.Pushes.AsNoTracking().SingleAsync(p => p.Case == decided.Id && p.Organ == m.Market.Id), await db.Pushes.AsNoTracking().SingleAsync(p => p.Case == decided.Id && p.Organ == m.City.Id)));
        var (market, city) = (new Member(m.Supervisor.Person, "张志远", m.Market.Id, m.Market.Name, false, [Roles.LiaisonOfficer, Roles.Supervisor]), await office.Given.MemberAsync(m.City, Roles.LiaisonOfficer));
        await office.ActAsync(s => s.GetRequiredService<ClaimPush>().RunAsync(main.Id, null, Office.Stop), market);
        await office.ActAsync(s => s.GetRequiredService<RecordCheck>().RunAsync(new RecordCheck.Input(main.Id, new DateOnly(2026, 3, 2), m.TwoOfficers, CheckResult.Conforming, Treatment.Passed), Office.Stop), m.Supervisor);
        await office.ActAsync(s => s.GetRequiredService<OpenDispute>().RunAsync(new OpenDispute.Input(assisting.Id, null, null, "由谁监管", [m.Market.Id]), Office.Stop), city);
        var conference = await office.Given.MemberAsync(await office.Given.OrganAsync("联席会议办公室", Liandong.Modules.Directory.OrganKind.ConferenceOffice), Roles.ConferenceOffice);
        var dispute = await office.LookAsync(db => db.CompetenceDisputes.Select(d => d.Id).SingleAsync());
        var supervisor = office.Client(m.Supervisor);
        Assert.Contains(main.Id, await ListAsync(supervisor, "all"));
        await office.ActAsync(s => s.GetRequiredService<RuleDispute>().RunAsync(dispute, new RuleDispute.Input(m.Market.Id, "仍由市场监管", Register: false), Office.Stop), conference);

        Assert.DoesNotContain(main.Id, await ListAsync(supervisor, "all"));
        await office.ActAsync(s => s.GetRequiredService<ClaimPush>().RunAsync(main.Id, null, Office.Stop), market);
        Assert.Contains(main.Id, await ListAsync(supervisor, "all"));
        Assert.Equal(1, await office.LookAsync(db => db.Matters.Where(x => x.Id == main.Id).Select(x => x.Checks).SingleAsync()));
    }

    /// <summary>Pages of two, laid together, are the whole list in its order, for the organ that supervises, the one that enforces, and the bureau.</summary>
    [Theory, EveryDatabase]
    public async Task Lists_are_paged_without_a_gap_exported_and_counted(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var m = await office.Given.SupervisedMatterAsync();
        var own = await office.Given.OfficerAsync(m.Market, "周队", "鲁A01009", Roles.Enforcement);
        var (supervisor, enforcer, approver) = (office.Client(m.Supervisor), office.Client(m.Enforcer), office.Client(m.Approver));
        var pushes = new List<Push> { m.Push };
        for (var i = 0; i < 4; i++) pushes.Add(await office.Given.ClaimedAsync(m.Market, m.Item));
        // Three go to the city's enforcement, two to the organ's own; rectifications fall due on different days.
        foreach (var (push, i) in pushes.Select((p, i) => (p, i)))
        {
            await office.Given.CheckAsync(m, c => c with { Push = push.Id, Result = CheckResult.NotConforming, Treatment = Treatment.Rectify, Requirement = "检修", RectifyBy = new DateOnly(2026, 3, 20).AddDays(7 - i) });
            await office.Given.CheckAsync(m, c => c with { Push = push.Id, Result = CheckResult.NotConforming, Treatment = Treatment.HandOver, HandTo = i < 3 ? m.City.Id : m.Market.Id, Note = $"涉嫌违法{i}" });
        }
        foreach (var view in new[] { "all", "rectifying", "enforcing" })
        {
            Assert.Equal(5, (await PagedAsync(supervisor, $"supervision/matters?view={view}", "push")).Count);
            Assert.Equal(5, (await PagedAsync(approver, $"supervision/matters?view={view}", "push")).Count);
        }
        Assert.Equal(3, (await PagedAsync(enforcer, "supervision/matters?view=enforcing", "push")).Count);
        Assert.Equal(2, (await PagedAsync(office.Client(own), "supervision/matters?view=enforcing", "push")).Count(id => pushes[3..].Any(p => p.Id == id)));
        Assert.Equal([.. Enumerable.Reverse(pushes).Select(p => p.Id)], await PagedAsync(supervisor, "supervision/matters?view=rectifying", "push"));
        Assert.Equal([.. Enumerable.Reverse(pushes).Select(p => p.Id)], await PagedAsync(supervisor, "supervision/matters?view=all", "push"));
        Assert.Single(await PagedAsync(enforcer, $"supervision/matters?view=enforcing&q={Uri.EscapeDataString(pushes[1].PartyName)}", "push"));
        // One report of each check: the hand-over within a check is told by that check's own report.
        var reports = await office.LookAsync(db => db.Feedbacks.OrderBy(f => f.Id).Select(f => f.Id).ToListAsync());
        Assert.Equal(10, reports.Count);
        Assert.Equal(Enumerable.Reverse(reports), await PagedAsync(approver, "feedback?view=all", "id"));
        Assert.Equal(reports, await PagedAsync(supervisor, "feedback?view=open", "id"));
        Assert.Empty(await PagedAsync(enforcer, "feedback?view=all", "id"));

        var page = WebUtility.HtmlDecode(await supervisor.PageAsync("/supervision"));
        Assert.Matches("整改中<span class=\"count\">5</span>", page);
        Assert.Matches("移交执法<span class=\"count\">5</span>", page);
        Assert.Matches("移交执法<span class=\"count\">3</span>", WebUtility.HtmlDecode(await enforcer.PageAsync("/supervision")));
        Assert.Matches("待确认<span class=\"count\">10</span>", WebUtility.HtmlDecode(await approver.PageAsync("/feedback")));

        // A penalty with 吊销 waits among the permits until its outcome is entered.
        var enforcement = await office.LookAsync(db => db.Enforcements.OrderBy(e => e.Id).Select(e => e.Id).FirstAsync());
        await enforcer.PostAsync($"/api/v1/supervision/enforcements/{enforcement}/claim", null, Office.Stop);
        var penalty = await enforcer.PostAsJsonAsync($"/api/v1/supervision/enforcements/{enforcement}/penalties", new
        {
            number = "历城罚〔2026〕1号", decidedOn = "2026-03-02", kinds = new[] { "revokePermit" }, facts = "违法", basis = "食品安全法", officers = new[] { new { person = m.Enforcer.Person }, new { person = await OtherAsync(office, m) } },
        }, Office.Stop);
        Assert.Equal(HttpStatusCode.OK, penalty.StatusCode);
        Assert.Single(await PagedAsync(approver, "feedback?view=permits", "id"));
        Assert.Single(await PagedAsync(enforcer, "feedback?view=permits", "id"));
        Assert.Single(await PagedAsync(enforcer, "supervision/matters?view=penalised", "push"));
        Assert.Single(await PagedAsync(supervisor, "supervision/matters?view=penalised", "push"));

        foreach (var file in new[] { "supervision/matters.xlsx?view=rectifying", "feedback/export.xlsx?view=all" })
            Assert.Equal(HttpStatusCode.OK, (await approver.GetAsync($"/api/v1/{file}", Office.Stop)).StatusCode);
        Assert.Equal(["feedback.exported", "supervision.exported"], await office.LookAsync(db => db.LedgerEntries.Where(e => e.Act.EndsWith(".exported")).Select(e => e.Act).Order().ToListAsync()));
    }

    /// <summary>A form that was gone back to and sent once more is no second visit; a visit with other words is one.</summary>
    [Theory, EveryDatabase]
    public async Task The_same_check_entered_again_at_once_is_refused(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var m = await office.Given.SupervisedMatterAsync();
        var supervisor = office.Client(m.Supervisor);
        Assert.Equal(HttpStatusCode.Redirect, (await supervisor.SendFilledAsync($"{m.Page}/check", "record-check")).StatusCode);
        var again = await supervisor.SendFilledAsync($"{m.Page}/check", "record-check");
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Contains("同样内容的检查刚刚登记过(第1次", WebUtility.HtmlDecode(await again.Content.ReadAsStringAsync(Office.Stop)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await supervisor.SendFilledAsync($"{m.Page}/check", "record-check", ("Note", "下午再次到场"))).StatusCode);
        office.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(HttpStatusCode.Redirect, (await supervisor.SendFilledAsync($"{m.Page}/check", "record-check", ("Note", "下午再次到场"))).StatusCode);
        Assert.Equal(3, await office.LookAsync(db => db.Checks.CountAsync()));
    }

    private static Task<Guid> OtherAsync(Office office, SupervisedMatter m) =>
        office.LookAsync(db => db.Posts.Where(p => p.Organ == m.City.Id && p.Person != m.Enforcer.Person && p.Role == Roles.Enforcement).Select(p => p.Person).FirstAsync());

    private static Task<IReadOnlyList<Guid>> ListAsync(HttpClient client, string view, string more = "") => PagedAsync(client, $"supervision/matters?view={view}{more}", "push");

    private static async Task<IReadOnlyList<Guid>> PagedAsync(HttpClient client, string list, string key)
    {
        var found = new List<Guid>();
        for (string? after = null; ;)
        {
            var page = await client.GetFromJsonAsync<JsonElement>($"/api/v1/{list}&limit=2{(after is null ? "" : $"&after={Uri.EscapeDataString(after)}")}", Office.Stop);
            var rows = page.GetProperty("items").EnumerateArray().Select(r => r.GetProperty(key).GetGuid()).ToList();
            Assert.InRange(rows.Count, 0, 2);
            found.AddRange(rows);
            after = page.TryGetProperty("next", out var next) ? next.GetString() : null;
            if (after is null) return found;
        }
    }
}
