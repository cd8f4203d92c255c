using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Liandong.Modules.Cases;
using Liandong.Modules.Supervision;
using Liandong.Tests.Modules.Supervision;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Modules.Cases;

public sealed class PartyEffectTests
{
    /// <summary>附件2 二(三): what supervision reported bears on the party's next application, at the counter and at acceptance.</summary>
    [Theory, EveryDatabase]
    public async Task A_suspended_party_is_warned_of_at_the_counter_and_accepted_only_with_a_stated_reason(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var m = await office.Given.SupervisedMatterAsync();
        var approver = office.Client(m.Approver);
        await EffectAsync(office, m, ApprovalEffect.Suspended, "整改期间暂停受理");
        var party = await office.LookAsync(db => db.Parties.AsNoTracking().SingleAsync(p => p.Id == m.Push.Party));

        (string, string)[] entered = [("kind", "New"), ("party.kind", "Enterprise"), ("party.name", party.Name), ("party.code", party.Code.ToLowerInvariant()), ("division", Office.DistrictCode), ("address", "历下区经十路1号")];
        var warned = await approver.SendFilledAsync($"/cases/new?item={m.Item.Code}", "new-case", entered);
        var page = WebUtility.HtmlDecode(await warned.Content.ReadAsStringAsync(Office.Stop));
        Assert.Equal(HttpStatusCode.BadRequest, warned.StatusCode);
        Assert.Contains("整改期间暂停受理", page, StringComparison.Ordinal);
        Assert.Contains("已知悉该相对人暂停受理", page, StringComparison.Ordinal);
        Assert.Equal(1, await office.LookAsync(db => db.Cases.CountAsync()));

        var received = await approver.SendFilledAsync($"/cases/new?item={m.Item.Code}", "new-case", [.. entered, ("effectsSeen", "true")]);
        Assert.Equal(HttpStatusCode.Redirect, received.StatusCode);
        var address = received.Headers.Location!.OriginalString;
        Assert.Contains("整改期间暂停受理", WebUtility.HtmlDecode(await approver.PageAsync(address)), StringComparison.Ordinal);
        var id = Guid.Parse(address.Split('/')[^1]);

        var refused = await approver.PostAsync($"/api/v1/cases/{id}/accept", null, Office.Stop);
        Assert.Equal((HttpStatusCode.Conflict, "case.acceptance-suspended"), (refused.StatusCode, (await refused.Content.ReadFromJsonAsync<JsonElement>(Office.Stop)).GetProperty("code").GetString()));
        var blank = await approver.SubmitAsync($"{address}/accept", "accept-case", ("Despite", " "));
        Assert.Equal(HttpStatusCode.Conflict, blank.StatusCode);
        Assert.Contains("依法仍应受理的,请写明理由", WebUtility.HtmlDecode(await blank.Content.ReadAsStringAsync(Office.Stop)), StringComparison.Ordinal);
        Assert.Equal(CaseStage.Received, (await CaseAsync(office, id)).Stage);

        Assert.Equal(HttpStatusCode.Redirect, (await approver.SubmitAsync($"{address}/accept", "accept-case", ("Despite", "申请事项与被查处的经营活动无关"))).StatusCode);
        var accepted = await CaseAsync(office, id);
        Assert.Equal((CaseStage.Accepted, "申请事项与被查处的经营活动无关"), (accepted.Stage, accepted.AcceptedDespite));
        var entry = await office.LookAsync(db => db.LedgerEntries.AsNoTracking().SingleAsync(e => e.SubjectId == id && e.Act == "case.accepted"));
        Assert.Contains((await office.LookAsync(db => db.Feedbacks.Select(f => f.Id).SingleAsync())).ToString(), entry.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("无关", entry.Body, StringComparison.Ordinal);
    }

    /// <summary>从严审批 warns and hinders nobody; lifted or run out, nothing is left of it.</summary>
    [Theory, EveryDatabase]
    public async Task A_stricter_review_warns_and_an_effect_that_has_ended_does_neither(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var m = await office.Given.SupervisedMatterAsync();
        var approver = office.Client(m.Approver);
        await EffectAsync(office, m, ApprovalEffect.Stricter, "一年内从严审查", until: new DateOnly(2026, 3, 6));
        var party = await office.LookAsync(db => db.Parties.AsNoTracking().SingleAsync(p => p.Id == m.Push.Party));
        async Task<string> ReceiveAsync(params (string, string)[] more) => (await approver.SendFilledAsync($"/cases/new?item={m.Item.Code}", "new-case",
            [("kind", "New"), ("party.kind", "Enterprise"), ("party.name", party.Name), ("party.code", party.Code), ("division", Office.DistrictCode), ("address", "历下区经十路1号"), .. more])).Headers.Location is { } led ? new Uri(approver.BaseAddress!, led).AbsolutePath : "";

        Assert.Equal("", await ReceiveAsync());
        var first = await ReceiveAsync(("effectsSeen", "true"));
        Assert.Contains("一年内从严审查", WebUtility.HtmlDecode(await approver.PageAsync($"{first}/accept")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await approver.PostAsJsonAsync($"/api/v1{first}/accept", new { }, Office.Stop)).StatusCode);

        office.GoTo("2026-03-07");
        var second = await ReceiveAsync();
        Assert.NotEqual("", second);
        Assert.DoesNotContain("一年内从严审查", WebUtility.HtmlDecode(await approver.PageAsync($"{second}/accept")), StringComparison.Ordinal);
    }

    /// <summary>A check that found something, acknowledged by the bureau with this effect.</summary>
    private static async Task EffectAsync(Office office, SupervisedMatter m, ApprovalEffect effect, string reason, DateOnly? until = null)
    {
        await office.Given.CheckAsync(m, c => c with { Result = CheckResult.NotConforming, Treatment = Treatment.Rectify, Requirement = "检修", RectifyBy = new DateOnly(2026, 3, 20) });
        var feedback = await office.LookAsync(db => db.Feedbacks.Select(f => f.Id).SingleAsync());
        await office.ActAsync(s => s.GetRequiredService<AcknowledgeFeedback>().RunAsync(new AcknowledgeFeedback.Input(feedback, effect, reason, until), Office.Stop), m.Approver);
    }

    private static Task<Case> CaseAsync(Office office, Guid id) => office.LookAsync(db => db.Cases.AsNoTracking().SingleAsync(c => c.Id == id));
}
