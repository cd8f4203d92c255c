using System.Net;
using System.Net.Http.Json;
using Liandong.Kernel.Duties;
using Liandong.Modules.Cases;
using Liandong.Modules.Supervision;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Liandong.Tests.Modules.Supervision;

public sealed class JourneyTests
{
    /// <summary>附件2 二(三)、(四): from a claimed push to a revoked permit that the bureau cancels, by the pages that the officers use.</summary>
    [Theory, EveryDatabase]
    public async Task Claimed_checked_rectified_twice_handed_over_fined_revoked_acknowledged_and_cancelled(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var m = await office.Given.SupervisedMatterAsync(c => c with { Conditions = ["冷藏温度不高于4℃"] });
        var (supervisor, enforcer, approver) = (office.Client(m.Supervisor), office.Client(m.Enforcer), office.Client(m.Approver));
        Assert.Contains(m.Page, await supervisor.PageAsync("/supervision?view=tocheck"), StringComparison.Ordinal);

        // Checked on Tuesday; a Saturday is named, so the time runs to Monday.
        office.GoTo("2026-03-03", 10);
        await RedirectsAsync(supervisor.SendFilledAsync($"{m.Page}/check", "record-check", ("PointResult0", "NotMet"), ("PointNote0", "实测9℃"), ("Result", "NotConforming"), ("Treatment", "Rectify"),
            ("Requirement", "三日内检修冷藏柜"), ("RectifyBy", "2026-03-14")), m.Page);
        var rectification = await office.LookAsync(db => db.Rectifications.AsNoTracking().SingleAsync());
        Assert.Contains("3月16日", await supervisor.PageAsync("/supervision?view=rectifying"), StringComparison.Ordinal);

        // Before the time has run out nothing may be held against the party (民法典 第二百零三条).
        var review = $"/supervision/rectifications/{rectification.Id}";
        office.GoTo("2026-03-14", 10);
        var early = await supervisor.SendFilledAsync(review, "review-rectification", ("Result", "GoOn"), ("Note", "没有改"), ("DueOn", "2026-03-20"));
        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        Assert.Contains("民法典 第二百零三条", await early.Content.ReadAsStringAsync(Office.Stop), StringComparison.Ordinal);
        office.GoTo("2026-03-16", 15);
        await RedirectsAsync(supervisor.SendFilledAsync(review, "review-rectification", ("Result", "GoOn"), ("Note", "温控器未更换"), ("DueOn", "2026-03-27")), m.Page);
        office.GoTo("2026-03-27", 15);
        await RedirectsAsync(supervisor.SendFilledAsync(review, "review-rectification", ("Result", "HandOver"), ("Note", "两次复查均未整改"), ("HandTo", m.City.Id.ToString())), m.Page);
        Assert.DoesNotContain(m.Page, await supervisor.PageAsync("/supervision?view=rectifying"), StringComparison.Ordinal);

        // Twenty hands reach for the case; one has it.
        var enforcement = await office.LookAsync(db => db.Enforcements.AsNoTracking().SingleAsync());
        Assert.Contains(m.Page, await enforcer.PageAsync("/supervision"), StringComparison.Ordinal);
        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => office.Client(m.Enforcer).PostAsync($"/api/v1/supervision/enforcements/{enforcement.Id}/claim", null, Office.Stop)));
        Assert.Single(claims, c => c.StatusCode == HttpStatusCode.OK);
        Assert.Equal(19, claims.Count(c => c.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal(1, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "enforcement.claimed")));

        office.GoTo("2026-03-30", 9);
        await RedirectsAsync(enforcer.SendFilledAsync($"/supervision/enforcements/{enforcement.Id}/penalty", "record-penalty", ("Number", "历城罚〔2026〕8号"), ("Kinds", "Fine"), ("Kinds", "RevokePermit"),
            ("Fine", "5,000.50"), ("Basis", "食品安全法第一百二十六条")), m.Page);
        var penalty = await office.LookAsync(db => db.Penalties.AsNoTracking().SingleAsync());
        Assert.Equal((500_050, m.Push.Permit), (penalty.FineFen, penalty.Permit));

        // The bureau owes the cancellation by itself, twenty working days over Qingming.
        var cancel = await office.LookAsync(db => db.Duties.AsNoTracking().SingleAsync(d => d.Rule == "permit.verify"));
        Assert.Equal(("办理注销", m.Bureau.Id, m.City.Id, m.Push.Permit, new DateOnly(2026, 4, 28)), (cancel.Name, cancel.OwedBy, cancel.OwedTo!.Value, (Guid?)cancel.SubjectId, cancel.DueOn!.Value));
        Assert.Equal("附件2 二(四)", cancel.Clause);

        var permitId = m.Push.Permit!.Value;

        // Reported: check, two reviews, penalty. The bureau may not wave a revocation through.
        var feedbacks = await office.LookAsync(db => db.Feedbacks.AsNoTracking().OrderBy(f => f.Id).ToListAsync());
        Assert.Equal([FeedbackKind.Check, FeedbackKind.Review, FeedbackKind.Review, FeedbackKind.Penalty], feedbacks.Select(f => f.Kind));
        var revoked = feedbacks[^1];
        Assert.Contains($"/feedback/{revoked.Id}", await approver.PageAsync("/feedback"), StringComparison.Ordinal);
        var waved = await approver.PostAsJsonAsync($"/api/v1/feedback/{revoked.Id}/acknowledge", new { effect = "none" }, Office.Stop);
        Assert.Equal(HttpStatusCode.Conflict, waved.StatusCode);
        Assert.Contains("行政许可法 第七十条", await waved.Content.ReadAsStringAsync(Office.Stop), StringComparison.Ordinal);
        await RedirectsAsync(approver.SendFilledAsync($"/feedback/{revoked.Id}", "acknowledge", ("Reason", "许可证已被吊销")), $"/feedback/{revoked.Id}");
        Assert.Equal(1, await office.LookAsync(db => db.Duties.CountAsync(d => d.Rule == "permit.verify")));
        Assert.Contains("启动许可变动", await approver.PageAsync($"/parties/{m.Push.Party}"), StringComparison.Ordinal);

        Assert.Contains("办理注销", await approver.PageAsync($"/feedback/permits/{permitId}"), StringComparison.Ordinal);

        // Cancelled; the department reads it, the permit has ended, the effect is over.
        office.GoTo("2026-04-02", 9);
        await RedirectsAsync(approver.SendFilledAsync($"/feedback/{revoked.Id}", "settle", ("Document", "历审注〔2026〕3号")), $"/feedback/{revoked.Id}");
        var settled = await office.LookAsync(db => db.Duties.AsNoTracking().SingleAsync(d => d.Rule == "permit.verify"));
        Assert.Equal(Closing.Discharged, settled.ClosedHow);
        Assert.Equal("permit.verified", await office.LookAsync(db => db.LedgerEntries.Where(e => e.Number == settled.ClosedByEntry).Select(e => e.Act).SingleAsync()));
        var permit = await office.LookAsync(db => db.Permits.AsNoTracking().SingleAsync(p => p.Id == penalty.Permit));
        Assert.Equal(PermitStatus.Cancelled, permit.StatusOn(new DateOnly(2026, 4, 2)));
        var seen = await supervisor.PageAsync(m.Page);
        Assert.Contains("历审注〔2026〕3号", seen, StringComparison.Ordinal);
        Assert.Contains("已处罚", seen, StringComparison.Ordinal);
        Assert.Empty(await office.LookAsync(db => PartyEffects.OfAsync(db, m.Push.Party, new DateOnly(2026, 4, 2), Office.Stop)));

        await RedirectsAsync(enforcer.SendFilledAsync($"/supervision/enforcements/{enforcement.Id}/close", "close-enforcement"), m.Page);
        Assert.DoesNotContain(m.Page, await enforcer.PageAsync("/supervision?view=enforcing"), StringComparison.Ordinal);
        Assert.Contains(m.Page, await supervisor.PageAsync("/supervision?view=penalised"), StringComparison.Ordinal);

        // Every act stands on the ledger under its own name, and none of them holds a name or a number of a person.
        var acts = await office.LookAsync(db => db.LedgerEntries.AsNoTracking().Where(e => e.SubjectId == m.Push.Id).OrderBy(e => e.Number).ToListAsync());
        string[] expected =
        [
            "feedback.delivered", "supervision.checked", "feedback.delivered", "supervision.rectification-reviewed", "supervision.handed-over", "feedback.delivered", "supervision.rectification-reviewed",
            "enforcement.claimed", "feedback.delivered", "enforcement.penalised", "feedback.acknowledged", "permit.verified", "feedback.delivered", "enforcement.closed",
        ];
        Assert.Equal(expected, acts.Select(a => a.Act).SkipWhile(a => a != "feedback.delivered"));
        Assert.DoesNotContain(acts, a => a.Body.Contains("张志远", StringComparison.Ordinal) || a.Body.Contains("鲁A0", StringComparison.Ordinal) || a.SubjectTitle.Contains(m.Push.PartyName, StringComparison.Ordinal));
    }

    /// <summary>No finding is no burden: three clicks from the menu, nothing typed, and the bureau takes several at once.</summary>
    [Theory, EveryDatabase]
    public async Task A_check_without_finding_is_recorded_as_the_page_filled_it_in_and_acknowledged_in_one_go(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var m = await office.Given.SupervisedMatterAsync(c => c with { Conditions = ["冷藏温度不高于4℃"], Promises = ["三十日内补交健康证"] });
        var supervisor = office.Client(m.Supervisor);
        office.GoTo("2026-03-03", 10);
        Assert.Contains($"{m.Page}/check", await supervisor.PageAsync("/supervision"), StringComparison.Ordinal);

        await RedirectsAsync(supervisor.SendFilledAsync($"{m.Page}/check", "record-check"), m.Page);
        await RedirectsAsync(supervisor.SendFilledAsync($"{m.Page}/check", "record-check", ("Contact", "13900001111")), m.Page);
        Assert.Contains("13900001111", await supervisor.PageAsync($"{m.Page}/check"), StringComparison.Ordinal);

        var checks = await office.LookAsync(db => db.Checks.AsNoTracking().OrderBy(c => c.Nth).ToListAsync());
        Assert.Equal([1, 2], checks.Select(c => c.Nth));
        Assert.All(checks, c => Assert.Equal((CheckResult.Conforming, Treatment.Passed, new DateOnly(2026, 3, 3), m.Push.Address, 2), (c.Result, c.Treatment, c.On, c.Place, c.Officers.Count)));
        Assert.Equal(["冷藏温度不高于4℃", "承诺:三十日内补交健康证"], checks[0].Points.Select(p => p.Point));

        var approver = office.Client(m.Approver);
        var ids = await office.LookAsync(db => db.Feedbacks.Select(f => f.Id).ToListAsync());
        await RedirectsAsync(approver.SendFilledAsync("/feedback", "acknowledge-many", [.. ids.Select(id => ("Ids", id.ToString()))]), "/feedback");
        Assert.Equal(2, await office.LookAsync(db => db.Feedbacks.CountAsync(f => f.Effect == ApprovalEffect.None)));
        Assert.Equal(0, await office.LookAsync(db => db.Duties.CountAsync(d => d.Rule == "supervision.acknowledge" && d.ClosedAt == null)));

        // What was found is weighed one by one.
        await office.Given.CheckAsync(m, c => c with { Result = CheckResult.MostlyConforming });
        var found = await office.LookAsync(db => db.Feedbacks.Where(f => f.NeedsWeighing).Select(f => f.Id).SingleAsync());
        Assert.Equal(HttpStatusCode.Conflict, (await approver.PostAsJsonAsync("/api/v1/feedback/acknowledge", new { ids = new[] { found } }, Office.Stop)).StatusCode);
    }

    private static async Task RedirectsAsync(Task<HttpResponseMessage> sending, string to)
    {
        var answer = await sending;
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{(int)answer.StatusCode} {Said(await answer.Content.ReadAsStringAsync(Office.Stop))}");
        Assert.StartsWith(to, new Uri(new Uri("http://localhost"), answer.Headers.Location!).PathAndQuery, StringComparison.Ordinal);
    }

    private static string Said(string page) => string.Join(" | ", System.Text.RegularExpressions.Regex.Matches(page, "(?s)error-summary.*?</(section|div)>|field-error.*?</p>").Select(e => System.Text.RegularExpressions.Regex.Replace(e.Value, "<[^>]+>", " ")));
}
