using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Liandong.Accounts;
using Liandong.Kernel.Duties;
using Liandong.Modules.Linkage;
using Liandong.Modules.Linkage.Disputes;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Liandong.Tests.Modules.Linkage;

public sealed class PushLifeTests
{
    /// <summary>附件2 二(三): sign and claim are acts of their own; looking at a push is none.</summary>
    [Theory, EveryDatabase]
    public async Task An_officer_signs_claims_and_takes_the_claim_back_within_the_limit(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var linked = await office.Given.LinkedAsync();
        var push = await office.Given.PushDeliveredAsync(linked.First);
        var officer = office.Client(linked.FirstOfficer);
        var due = (await DutyAsync(office, push.Id, LinkageRules.ClaimResult)).DueAt;

        var page = await officer.PageAsync($"/pushes/{push.Id}");
        Assert.Contains(push.Routing, WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Equal(PushState.Delivered, await StateAsync(office, push.Id));

        await RedirectAsync(officer.SubmitAsync($"/pushes/{push.Id}", "sign"));
        Assert.Equal(HttpStatusCode.OK, (await officer.PostAsync($"/api/v1/pushes/{push.Id}/sign", null, Office.Stop)).StatusCode);
        Assert.Equal(1, await EntriesAsync(office, push.Id, "push.signed"));
        await RedirectAsync(officer.SubmitAsync($"/pushes/{push.Id}", "claim"));
        Assert.Equal(PushState.Claimed, await StateAsync(office, push.Id));

        await RedirectAsync(officer.SubmitAsync($"/pushes/{push.Id}/unclaim", "unclaim-push", ("Reason", "误点")));
        Assert.Equal(PushState.Signed, await StateAsync(office, push.Id));
        var again = await DutyAsync(office, push.Id, LinkageRules.ClaimResult);
        Assert.Equal((true, due), (again.IsOpen, again.DueAt));

        await RedirectAsync(officer.SubmitAsync($"/pushes/{push.Id}", "claim"));
        office.GoTo("2026-03-12");
        var late = await officer.SubmitAsync($"/pushes/{push.Id}/unclaim", "unclaim-push", ("Reason", "后悔"));
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Contains("认领期限已过", await late.Content.ReadAsStringAsync(Office.Stop), StringComparison.Ordinal);
        Assert.Equal(PushState.Claimed, await StateAsync(office, push.Id));
    }

    [Theory, EveryDatabase]
    public async Task A_returned_push_is_rerouted_and_comes_back_as_the_same_push(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var linked = await office.Given.LinkedAsync();
        var push = await office.Given.PushReturnedAsync(linked);
        var bureau = office.Client(linked.Approver);
        Assert.True((await DutyAsync(office, push.Id, LinkageRules.DecideReturn)).IsOpen);
        Assert.Contains(push.Number, await bureau.PageAsync("/pushes/returned"), StringComparison.Ordinal);

        await RedirectAsync(bureau.SubmitAsync($"/pushes/{push.Id}/decide", "decide-return", ("Decision", "Reroute"), ("Reason", "三定规定明确"), ("Organ", linked.Second.Id.ToString())));
        var second = await office.LookAsync(db => db.Pushes.AsNoTracking().SingleAsync(p => p.Case == push.Case && p.Organ == linked.Second.Id));
        Assert.Equal((PushState.Rerouted, PushState.Delivered, push.Id), (await StateAsync(office, push.Id), second.State, second.RoutedFrom!.Value));
        Assert.Contains("三定规定明确", second.Routing, StringComparison.Ordinal);
        Assert.Equal(Closing.Discharged, (await DutyAsync(office, push.Id, LinkageRules.DecideReturn)).ClosedHow);

        await RedirectAsync(office.Client(linked.SecondOfficer).SubmitAsync($"/pushes/{second.Id}/return", "return-push", ("Reason", "NotOurCharge"), ("ProposedOrgan", linked.First.Id.ToString())));
        await RedirectAsync(bureau.SubmitAsync($"/pushes/{second.Id}/decide", "decide-return", ("Decision", "Reroute"), ("Reason", "经核对仍属市场监管"), ("Organ", linked.First.Id.ToString())));
        Assert.Equal(2, await office.LookAsync(db => db.Pushes.CountAsync(p => p.Case == push.Case)));
        Assert.Equal(PushState.Delivered, await StateAsync(office, push.Id));
        Assert.Equal(HttpStatusCode.OK, (await office.Client(linked.FirstOfficer).PostAsJsonAsync($"/api/v1/pushes/{push.Id}/claim", new { }, Office.Stop)).StatusCode);
        Assert.False((await DutyAsync(office, push.Id, LinkageRules.ClaimResult)).IsOpen);
    }

    [Theory, EveryDatabase]
    public async Task Wrong_data_is_corrected_and_sent_again_and_only_a_duplicate_is_closed(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var linked = await office.Given.LinkedAsync();
        var (officer, bureau) = (office.Client(linked.FirstOfficer), office.Client(linked.Approver));
        var push = await office.Given.PushDeliveredAsync(linked.First);
        await RedirectAsync(officer.SubmitAsync($"/pushes/{push.Id}/return", "return-push", ("Reason", "DataWrong"), ("Note", "门牌号不对")));
        var close = await bureau.PostAsJsonAsync($"/api/v1/pushes/{push.Id}/decide", new { decision = "close", reason = "算了" }, Office.Stop);
        Assert.Equal("push.not-duplicate", (await close.Content.ReadFromJsonAsync<JsonElement>(Office.Stop)).GetProperty("code").GetString());
        await RedirectAsync(bureau.SubmitAsync($"/pushes/{push.Id}/decide", "decide-return", ("Decision", "Resend"), ("Reason", "门牌已更正"), ("Address", "历下区经十路8号"), ("Division", push.Division), ("PartyName", push.PartyName)));
        var resent = await office.LookAsync(db => db.Pushes.AsNoTracking().SingleAsync(p => p.Id == push.Id));
        Assert.Equal((PushState.Delivered, "历下区经十路8号"), (resent.State, resent.Address));

        await RedirectAsync(officer.SubmitAsync($"/pushes/{push.Id}/return", "return-push", ("Reason", "Duplicate"), ("Note", "与上一件重复")));
        await RedirectAsync(bureau.SubmitAsync($"/pushes/{push.Id}/decide", "decide-return", ("Decision", "Close"), ("Reason", "确系重复")));
        Assert.Equal(PushState.Closed, await StateAsync(office, push.Id));
        Assert.Equal(0, await office.LookAsync(db => db.Duties.CountAsync(d => d.SubjectId == push.Id && d.ClosedAt == null)));
    }

    /// <summary>附件1 二(二): the ruling decides the case and, from its day, the register; in one transaction.</summary>
    [Theory, EveryDatabase]
    public async Task A_ruling_sends_the_case_binds_the_organ_and_changes_the_register_from_its_day(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var linked = await office.Given.LinkedAsync();
        var push = await office.Given.PushReturnedAsync(linked);
        await RedirectAsync(office.Client(linked.Approver).SubmitAsync($"/pushes/{push.Id}/decide", "decide-return", ("Decision", "Dispute"), ("Reason", "餐饮油烟由谁监管")));
        var dispute = await office.LookAsync(db => db.CompetenceDisputes.AsNoTracking().SingleAsync());
        Assert.Equal(PushState.Disputed, await StateAsync(office, push.Id));
        foreach (var party in new[] { linked.FirstOfficer, linked.SecondOfficer })
            await RedirectAsync(office.Client(party).SubmitAsync($"/disputes/{dispute.Id}", "state-view", ("Text", "不归我们"), ("Basis", "三定规定")));
        Assert.Equal(HttpStatusCode.Forbidden, (await office.Client(linked.Approver).PostAsJsonAsync($"/api/v1/disputes/{dispute.Id}/rule", new { organ = linked.Second.Id, reason = "x" }, Office.Stop)).StatusCode);

        office.GoTo("2026-03-06");
        await RedirectAsync(office.Client(linked.Office).SubmitAsync($"/disputes/{dispute.Id}/rule", "rule-dispute", ("Organ", linked.Second.Id.ToString()), ("Reason", "大气污染防治法"), ("Register", "true"), ("Division", Office.DistrictCode), ("From", "2026-03-06")));

        var sent = await office.LookAsync(db => db.Pushes.AsNoTracking().SingleAsync(p => p.Case == push.Case && p.Organ == linked.Second.Id));
        Assert.Equal((PushState.Rerouted, PushState.Delivered), (await StateAsync(office, push.Id), sent.State));
        Assert.Equal(Closing.Discharged, (await DutyAsync(office, dispute.Id, LinkageRules.RuleDispute)).ClosedHow);
        var lines = await office.LookAsync(db => db.Responsibilities.AsNoTracking().Where(r => r.Item == push.Item).OrderBy(r => r.From).ToListAsync());
        Assert.Equal([(linked.First.Id, new DateOnly(2026, 3, 5)), (linked.Second.Id, null)], lines.Select(l => (l.Organ, l.To)));
        var refused = await office.Client(linked.SecondOfficer).PostAsJsonAsync($"/api/v1/pushes/{sent.Id}/return", new { reason = "notOurCharge", note = "还是不归我们" }, Office.Stop);
        Assert.Equal("push.ruled", (await refused.Content.ReadFromJsonAsync<JsonElement>(Office.Stop)).GetProperty("code").GetString());
        Assert.Contains(dispute.Number, await office.Client(linked.SecondOfficer).PageAsync($"/disputes/{dispute.Id}"), StringComparison.Ordinal);
        // A lost register change takes the ruling with it: the second ruling is refused whole.
        Assert.Equal(HttpStatusCode.Conflict, (await office.Client(linked.Office).PostAsJsonAsync($"/api/v1/disputes/{dispute.Id}/rule", new { organ = linked.First.Id, reason = "再来" }, Office.Stop)).StatusCode);
        Assert.Equal(DisputeState.Ruled, (await office.LookAsync(db => db.CompetenceDisputes.AsNoTracking().SingleAsync())).State);
    }

    [Theory, EveryDatabase]
    public async Task A_batch_claims_what_it_can_and_says_row_by_row_why_not(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var linked = await office.Given.LinkedAsync();
        var item = await office.Given.SupervisedItemAsync(linked.First);
        var pushes = new List<Push>();
        for (var i = 0; i < 4; i++) pushes.Add(await office.Given.PushDeliveredAsync(linked.First, item));
        var officer = office.Client(linked.FirstOfficer);
        var form = await officer.FormAsync("/pushes", "claim-many", [.. pushes.Select(p => ("Ids", p.Id.ToString()))]);
        await officer.PostAsJsonAsync($"/api/v1/pushes/{pushes[1].Id}/claim", new { }, Office.Stop);

        var answer = await form.SendAsync();
        var twice = await form.SendAsync();

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(answer.Headers.Location, twice.Headers.Location);
        var page = await officer.PageAsync(answer.Headers.Location!.ToString());
        Assert.Contains("已认领 3 件,1 件没有认领", page, StringComparison.Ordinal);
        Assert.Contains(pushes[1].Number, page, StringComparison.Ordinal);
        foreach (var push in pushes) Assert.Equal(1, await EntriesAsync(office, push.Id, "push.claimed"));
    }

    /// <summary>Another organ's push does not exist, on any door.</summary>
    [Theory, EveryDatabase]
    public async Task To_an_organ_that_is_no_party_a_push_and_a_dispute_do_not_exist(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var linked = await office.Given.LinkedAsync();
        var push = await office.Given.PushReturnedAsync(linked);
        var dispute = await (await office.Client(linked.Approver).PostAsJsonAsync("/api/v1/disputes", new { push = push.Id, question = "由谁监管" }, Office.Stop)).Content.ReadFromJsonAsync<JsonElement>(Office.Stop);
        var stranger = office.Client(await office.Given.MemberAsync(await office.Given.OrganAsync("区教育局"), Roles.LiaisonOfficer));
        var id = dispute.GetProperty("id").GetString();

        foreach (var address in new[] { $"/pushes/{push.Id}", $"/pushes/{push.Id}/return", $"/pushes/{push.Id}/unclaim", $"/api/v1/pushes/{push.Id}", $"/disputes/{id}", $"/api/v1/disputes/{id}", $"/disputes/new?push={push.Id}" })
            Assert.True((await stranger.GetAsync(address, Office.Stop)).StatusCode == HttpStatusCode.NotFound, address);
        foreach (var (address, body) in new (string, object)[]
        {
            ($"/api/v1/pushes/{push.Id}/sign", new { }), ($"/api/v1/pushes/{push.Id}/claim", new { }), ($"/api/v1/pushes/{push.Id}/unclaim", new { reason = "x" }), ($"/api/v1/pushes/{push.Id}/assign", new { }),
            ($"/api/v1/pushes/{push.Id}/return", new { reason = "dataWrong", note = "x" }), ($"/api/v1/disputes/{id}/statements", new { text = "x", basis = "y" }), ($"/api/v1/disputes/{id}/withdraw", new { reason = "x" }),
        })
            Assert.True((await stranger.PostAsJsonAsync(address, body, Office.Stop)).StatusCode == HttpStatusCode.NotFound, address);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.PostAsJsonAsync($"/api/v1/pushes/{push.Id}/decide", new { decision = "close", reason = "x" }, Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync("/pushes/returned", Office.Stop)).StatusCode);
        foreach (var address in new[] { "/pushes?view=all", "/disputes?view=all", "/api/v1/pushes", "/api/v1/disputes", $"/api/v1/pushes?organ={linked.First.Id}", "/reconcile", "/reconcile/rows?kind=decided&month=2026-03" })
            Assert.DoesNotContain(push.Number, await stranger.PageAsync(address), StringComparison.Ordinal);
        Assert.Contains(push.Number, await office.Client(linked.FirstOfficer).PageAsync("/pushes?view=all"), StringComparison.Ordinal);
        Assert.Contains(push.Number, await office.Client(linked.Approver).PageAsync("/api/v1/pushes"), StringComparison.Ordinal);
    }

    private static async Task RedirectAsync(Task<HttpResponseMessage> answer)
    {
        var got = await answer;
        Assert.True(got.StatusCode == HttpStatusCode.Redirect, $"{(int)got.StatusCode} {await got.Content.ReadAsStringAsync(Office.Stop)}");
    }

    private static Task<PushState> StateAsync(Office office, Guid push) => office.LookAsync(db => db.Pushes.Where(p => p.Id == push).Select(p => p.State).SingleAsync());

    private static Task<Duty> DutyAsync(Office office, Guid about, DutyRule rule) =>
        office.LookAsync(db => db.Duties.AsNoTracking().Where(d => d.SubjectId == about && d.Rule == rule.Code).OrderBy(d => d.ClosedAt != null).ThenByDescending(d => d.OpenedAt).ThenByDescending(d => d.Id).FirstAsync());

    private static Task<int> EntriesAsync(Office office, Guid about, string act) => office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.SubjectId == about && e.Act == act));
}
