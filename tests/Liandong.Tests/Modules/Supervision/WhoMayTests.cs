using System.Net;
using System.Net.Http.Json;
using Liandong.Accounts;
using Liandong.Modules.Directory;
using Liandong.Modules.Supervision;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Modules.Supervision;

/// <summary>An organ sees what it is party to, and does what its posts carry; for everybody else the matter does not exist.</summary>
public sealed class WhoMayTests
{
    [Theory, EveryDatabase]
    public async Task Supervisors_record_enforcers_enforce_the_bureau_reads_and_others_find_nothing(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var m = await office.Given.SupervisedMatterAsync();
        var check = await office.Given.CheckAsync(m, c => c with { Result = CheckResult.NotConforming, Treatment = Treatment.Rectify, RectifyBy = new DateOnly(2026, 3, 20), Requirement = "整改" });
        var handed = await office.ActAsync(s => s.GetRequiredService<HandOver>().RunAsync(new HandOver.Input(m.Push.Id, m.City.Id, "超范围经营"), Office.Stop), m.Supervisor);
        Assert.Equal(RectificationState.HandedOver, await office.LookAsync(db => db.Rectifications.Select(r => r.State).SingleAsync()));
        var rectification = await office.LookAsync(db => db.Rectifications.Select(r => r.Id).SingleAsync());
        var feedback = await office.LookAsync(db => db.Feedbacks.OrderBy(f => f.Id).Select(f => f.Id).FirstAsync());
        var plan = (await office.ActAsync(s => s.GetRequiredService<PlanCheck>().RunAsync(new PlanCheck.Input(m.Push.Id, PlanKind.Daily, new DateOnly(2026, 4, 1), PlanPeriod.Once, []), Office.Stop), m.Supervisor)).Id;
        var parks = await office.Given.OrganAsync("区园林局");
        var stranger = await office.Given.OfficerAsync(parks, "外人", "鲁A03001", Roles.LiaisonOfficer, Roles.Supervisor, Roles.Enforcement);
        var discipline = await office.Given.OfficerAsync(await office.Given.OrganAsync("区纪委", OrganKind.Discipline), "纪检", "", Roles.Discipline);
        var convenor = await office.Given.OfficerAsync(await office.Given.OrganAsync("区政府", OrganKind.Government), "召集", "", Roles.Convenor);

        string[] pages = [m.Page, $"/feedback/{feedback}", $"/parties/{m.Push.Party}", $"/api/v1/supervision/matters/{m.Push.Id}", $"/api/v1/feedback/{feedback}", $"/api/v1/parties/{m.Push.Party}"];
        foreach (var page in pages)
        {
            foreach (var reader in new[] { m.Supervisor, m.Enforcer, m.Approver }) Assert.Equal((page, HttpStatusCode.OK), (page, await StatusAsync(reader, page)));
            foreach (var other in new[] { stranger, discipline }) Assert.Equal((page, HttpStatusCode.NotFound), (page, await StatusAsync(other, page)));
        }
        // Without the right to see supervision, not even the list.
        foreach (var page in new[] { "/supervision", "/feedback", m.Page, $"/api/v1/supervision/matters" }) Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(convenor, page));
        foreach (var list in new[] { "/supervision?view=all", "/supervision?view=enforcing", "/supervision?view=rectifying", "/supervision?view=penalised", "/feedback?view=all" })
            Assert.DoesNotContain(m.Push.Number, await office.Client(stranger).PageAsync(list), StringComparison.Ordinal);
        Assert.Contains(m.Push.Number, await office.Client(m.Approver).PageAsync("/supervision?view=all"), StringComparison.Ordinal);

        // Forms: only those who may act on them.
        foreach (var form in new[] { $"{m.Page}/check", $"{m.Page}/plan", $"{m.Page}/hand-over", $"/supervision/rectifications/{rectification}", $"/supervision/plans/{plan}/withdraw" })
        {
            Assert.Equal((form, HttpStatusCode.OK), (form, await StatusAsync(m.Supervisor, form)));
            Assert.Equal((form, HttpStatusCode.Forbidden), (form, await StatusAsync(m.Enforcer, form)));
            Assert.Equal((form, HttpStatusCode.Forbidden), (form, await StatusAsync(m.Approver, form)));
            Assert.Equal((form, HttpStatusCode.NotFound), (form, await StatusAsync(stranger, form)));
        }
        foreach (var form in new[] { $"/supervision/enforcements/{handed.Id}/penalty", $"/supervision/enforcements/{handed.Id}/close" })
        {
            Assert.Equal((form, HttpStatusCode.OK), (form, await StatusAsync(m.Enforcer, form)));
            Assert.Equal((form, HttpStatusCode.Forbidden), (form, await StatusAsync(m.Supervisor, form)));
            Assert.Equal((form, HttpStatusCode.NotFound), (form, await StatusAsync(stranger, form)));
        }

        // The API in the same way.
        var officers = new[] { new { name = "甲", certificate = "1" }, new { name = "乙", certificate = "2" } };
        await RefusedAsync($"/api/v1/supervision/matters/{m.Push.Id}/checks", new { on = "2026-03-02", officers, result = "conforming", treatment = "passed" }, m.Enforcer, m.Approver);
        await RefusedAsync($"/api/v1/supervision/matters/{m.Push.Id}/plans", new { kind = "daily", plannedOn = "2026-04-01" }, m.Enforcer, m.Approver);
        await RefusedAsync($"/api/v1/supervision/plans/{plan}/withdraw", new { reason = "不查了" }, m.Enforcer, m.Approver);
        await RefusedAsync($"/api/v1/supervision/rectifications/{rectification}/reviews", new { on = "2026-03-02", result = "fixed", officers }, m.Enforcer, m.Approver);
        await RefusedAsync($"/api/v1/supervision/matters/{m.Push.Id}/handovers", new { handTo = m.City.Id, facts = "事实" }, m.Enforcer, m.Approver);
        await RefusedAsync($"/api/v1/supervision/enforcements/{handed.Id}/claim", new { }, m.Supervisor, m.Approver);
        await RefusedAsync($"/api/v1/supervision/enforcements/{handed.Id}/penalties", new { number = "1", decidedOn = "2026-03-02", kinds = new[] { "warning" }, facts = "事实", basis = "依据", officers }, m.Supervisor, m.Approver);
        await RefusedAsync($"/api/v1/supervision/enforcements/{handed.Id}/close", new { manner = "unfounded", on = "2026-03-02", note = "无" }, m.Supervisor, m.Approver);
        foreach (var (act, body) in new (string, object)[] { ("acknowledge", new { effect = "none" }), ("lift", new { reason = "解除" }), ("outcome", new { outcome = "cancelled", document = "1", on = "2026-03-02" }) })
            foreach (var other in new[] { m.Supervisor, m.Enforcer, stranger, discipline })
                Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(other, $"/api/v1/feedback/{feedback}/{act}", body));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(m.Supervisor, $"/api/v1/supervision/matters/{Guid.Empty}/checks", new { on = "2026-03-02", officers, result = "conforming", treatment = "passed" }));
        Assert.Equal((1, 2, 0), (await office.LookAsync(db => db.Checks.CountAsync()), await office.LookAsync(db => db.Feedbacks.CountAsync()), await office.LookAsync(db => db.Penalties.CountAsync())));
        Assert.Null(await office.LookAsync(db => db.Enforcements.Select(e => e.ClaimedAt).SingleAsync()));

        // Exports: with the right, and of one's own only; who took it out is on the ledger.
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(m.Enforcer, "/api/v1/supervision/matters.xlsx"));
        var mine = await office.Client(m.Supervisor).GetByteArrayAsync("/api/v1/supervision/matters.xlsx", Office.Stop);
        var theirs = await office.Client(stranger).GetByteArrayAsync("/api/v1/supervision/matters.xlsx", Office.Stop);
        Assert.Contains(m.Push.Number, TextOf(mine), StringComparison.Ordinal);
        Assert.DoesNotContain(m.Push.Number, TextOf(theirs), StringComparison.Ordinal);
        Assert.Equal([1, 0], await office.LookAsync(async db => (await db.LedgerEntries.Where(e => e.Act == "supervision.exported").OrderBy(e => e.Number).Select(e => e.Body).ToListAsync())
            .Select(b => System.Text.Json.JsonDocument.Parse(b).RootElement.GetProperty("rows").GetInt32())));

        async Task<HttpStatusCode> StatusAsync(Member who, string address) => (await office.Client(who).GetAsync(address, Office.Stop)).StatusCode;
        async Task<HttpStatusCode> PostAsync(Member who, string address, object body) => (await office.Client(who).PostAsJsonAsync(address, body, Office.Stop)).StatusCode;
        async Task RefusedAsync(string address, object body, params Member[] forbidden)
        {
            foreach (var who in forbidden) Assert.Equal((address, HttpStatusCode.Forbidden), (address, await PostAsync(who, address, body)));
            Assert.Equal((address, HttpStatusCode.NotFound), (address, await PostAsync(stranger, address, body)));
        }
    }

    /// <summary>A penalty marked 外部 is seen by another organ that supervises the same party, an internal one is not, and nobody else sees either.</summary>
    [Theory, EveryDatabase]
    public async Task Only_published_penalties_cross_to_another_organ_that_supervises_the_party(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var m = await office.Given.SupervisedMatterAsync();
        var fire = await office.Given.OrganAsync("区消防大队");
        var firefighter = await office.Given.OfficerAsync(fire, "消防员", "鲁A04001", Roles.Supervisor);
        Assert.Equal(HttpStatusCode.NotFound, (await office.Client(firefighter).GetAsync($"/parties/{m.Push.Party}", Office.Stop)).StatusCode);
        var theirs = await office.Given.PushDeliveredAsync(fire, null, c => c with { Party = c.Party! with { Name = m.Push.PartyName, Code = Liandong.Kernel.Parties.SampleCodes.SocialCreditCodeOf(1) } });
        Assert.Equal(m.Push.Party, theirs.Party);

        foreach (var (number, publicity) in new[] { ("公开罚1号", Publicity.External), ("内部罚2号", Publicity.Internal) })
        {
            await office.Given.CheckAsync(m, c => c with { Result = CheckResult.NotConforming, Treatment = Treatment.HandOver, HandTo = m.City.Id, Note = $"超范围经营,见{number}" });
            var id = await office.LookAsync(db => db.Enforcements.Where(e => e.State == EnforcementState.HandedOver).Select(e => e.Id).SingleAsync());
            await office.ActAsync(s => s.GetRequiredService<ClaimEnforcement>().RunAsync(id, Office.Stop), m.Enforcer);
            await office.ActAsync(s => s.GetRequiredService<RecordPenalty>().RunAsync(new RecordPenalty.Input(id, number, new DateOnly(2026, 3, 2), [PenaltyKind.Warning], "超范围经营", "第一条",
                [new OfficerInput(null, "王强", "鲁A02001"), new OfficerInput(null, "赵磊", "鲁A02002")], Publicity: publicity), Office.Stop), m.Enforcer);
        }

        // Delivered but not claimed: the party is known, nothing of others is.
        Assert.DoesNotContain("公开罚1号", await office.Client(firefighter).PageAsync($"/parties/{m.Push.Party}"), StringComparison.Ordinal);
        await office.ActAsync(s => s.GetRequiredService<Liandong.Modules.Linkage.ClaimPush>().RunAsync(theirs.Id, null, Office.Stop), firefighter);
        var page = await office.Client(firefighter).PageAsync($"/parties/{m.Push.Party}");
        Assert.Contains("公开罚1号", page, StringComparison.Ordinal);
        Assert.DoesNotContain("内部罚2号", page, StringComparison.Ordinal);
        Assert.DoesNotContain(m.Push.Number, page, StringComparison.Ordinal);
        var body = await office.Client(firefighter).GetStringAsync($"/api/v1/parties/{m.Push.Party}", Office.Stop);
        Assert.Contains("公开罚1号", body, StringComparison.Ordinal);
        Assert.DoesNotContain("内部罚2号", body, StringComparison.Ordinal);
        Assert.DoesNotContain(m.Push.Number, body, StringComparison.Ordinal);

        var bureau = await office.Client(m.Approver).PageAsync($"/parties/{m.Push.Party}");
        foreach (var said in new[] { "公开罚1号", "内部罚2号", m.Push.Number, theirs.Number, m.Push.PermitNumber }) Assert.Contains(said, bureau, StringComparison.Ordinal);
    }

    /// <summary>从严 and 暂停受理 stand until their day or until they are lifted, gravest first.</summary>
    [Theory, EveryDatabase]
    public async Task Effects_on_a_party_stand_until_their_day_or_until_they_are_lifted(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var m = await office.Given.SupervisedMatterAsync();
        for (var i = 0; i < 3; i++) await office.Given.CheckAsync(m, c => c with { Result = CheckResult.MostlyConforming });
        var ids = await office.LookAsync(db => db.Feedbacks.OrderBy(f => f.Id).Select(f => f.Id).ToListAsync());
        var client = office.Client(m.Approver);
        await DoneAsync(ids[0], new { effect = "stricter", reason = "多次不规范" });
        await DoneAsync(ids[1], new { effect = "suspended", reason = "待整改", until = "2026-03-20" });
        await DoneAsync(ids[2], new { effect = "permitRequest", reason = "核实经营条件" });
        Assert.Equal(HttpStatusCode.Conflict, (await client.PostAsJsonAsync($"/api/v1/feedback/{ids[0]}/acknowledge", new { effect = "none" }, Office.Stop)).StatusCode);

        Assert.Equal([ApprovalEffect.Suspended, ApprovalEffect.PermitRequest, ApprovalEffect.Stricter], (await OnAsync("2026-03-20")).Select(e => e.Effect));
        Assert.Equal([ApprovalEffect.PermitRequest, ApprovalEffect.Stricter], (await OnAsync("2026-03-21")).Select(e => e.Effect));
        Assert.Contains("暂停受理", await client.PageAsync($"/parties/{m.Push.Party}"), StringComparison.Ordinal);
        Assert.Equal(1, await office.LookAsync(db => db.Duties.CountAsync(d => d.Rule == "permit.verify" && d.ClosedAt == null && d.OwedBy == m.Bureau.Id)));

        // A verification is not lifted but settled; a withdrawn permit has ended.
        Assert.Equal(HttpStatusCode.Conflict, (await client.PostAsJsonAsync($"/api/v1/feedback/{ids[2]}/lift", new { reason = "算了" }, Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await client.SendFilledAsync($"/feedback/{ids[0]}", "lift", ("Reason", "已连续合格"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsJsonAsync($"/api/v1/feedback/{ids[2]}/outcome", new { outcome = "unchanged", document = "历审核〔2026〕1号", on = "2026-03-02", note = "条件仍符合" }, Office.Stop)).StatusCode);
        Assert.Empty(await OnAsync("2026-03-21"));
        Assert.Equal(0, await office.LookAsync(db => db.Duties.CountAsync(d => d.Rule == "permit.verify" && d.ClosedAt == null)));
        Assert.Null((await office.LookAsync(db => db.Permits.AsNoTracking().SingleAsync(p => p.Id == m.Push.Permit))).EndedOn);
        Assert.Contains("解除影响", await office.Client(m.Supervisor).PageAsync(m.Page), StringComparison.Ordinal);

        Task<IReadOnlyList<PartyEffects.Active>> OnAsync(string day) => office.LookAsync(db => PartyEffects.OfAsync(db, m.Push.Party, DateOnly.Parse(day), Office.Stop));
        async Task DoneAsync(Guid id, object body)
        {
            office.Time.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(HttpStatusCode.OK, (await client.PostAsJsonAsync($"/api/v1/feedback/{id}/acknowledge", body, Office.Stop)).StatusCode);
        }
    }

    private static string TextOf(byte[] workbook)
    {
        using var zip = new System.IO.Compression.ZipArchive(new MemoryStream(workbook));
        return string.Concat(zip.Entries.Where(e => e.FullName.EndsWith(".xml", StringComparison.Ordinal)).Select(e => new StreamReader(e.Open()).ReadToEnd()));
    }
}
