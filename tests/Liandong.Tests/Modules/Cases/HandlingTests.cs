using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Liandong.Accounts;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Parties;
using Liandong.Modules.Cases;
using Liandong.Modules.Items;
using Liandong.Modules.Linkage;
using Liandong.Tests.Attachments;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Modules.Cases;

public sealed class HandlingTests
{
    [Theory, EveryDatabase]
    public async Task A_case_goes_from_receipt_to_delivery_on_the_platform_and_is_pushed_when_decided(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var (bureau, item, organ) = await StandAsync(office);
        var address = await RegisterAsync(bureau, item);
        Assert.Equal(["case.accept:2026-03-09"], await OpenDutiesAsync(office));

        await DoAsync(bureau, address, "accept", "accept-case");
        Assert.Equal(["case.decide:2026-03-30", "case.promise:2026-03-16"], await OpenDutiesAsync(office));
        office.GoTo("2026-03-05");
        await DoAsync(bureau, address, "review", "review-case", ("Opinion", "材料真实、齐全"), ("OnSite", "true"), ("Reviewers", "张三、李四"));
        // Five working days of expert review are not counted (第四十五条).
        await DoAsync(bureau, address, "suspend", "suspend-case", ("Kind", "ExpertReview"), ("ExpectedWorkdays", "5"), ("Notice", "历审告〔2026〕1号"));
        Assert.Equal(["case.decide:paused", "case.promise:paused"], await OpenDutiesAsync(office));
        office.GoTo("2026-03-12");
        await DoAsync(bureau, address, "resume", "resume-case");
        Assert.Equal(["case.decide:2026-04-07", "case.promise:2026-03-23"], await OpenDutiesAsync(office));

        await DoAsync(bureau, address, "decide", "decide-case", ("Kind", "Granted"), ("Content", "准予食品经营"), ("Approver", "王五"), ("PermitNumber", SampleCodes.LicenceNumberOf(1)), ("PermitName", "食品经营许可证"),
            ("ValidFrom", "2026-03-12"), ("ValidTo", "2031-03-11"), ("Conditions", "不得超范围经营\n从业人员持健康证明"));
        Assert.Equal(["case.deliver:2026-03-26", "result.claim:2026-03-17"], await OpenDutiesAsync(office));
        var push = await office.LookAsync(db => db.Pushes.SingleAsync());
        Assert.Equal((organ, PushState.Delivered, "历审推〔2026〕1号", SampleCodes.LicenceNumberOf(1)), (push.Organ, push.State, push.Number, push.PermitNumber));
        await DoAsync(bureau, address, "deliver", "deliver-case");

        var decided = await office.LookAsync(db => db.Cases.SingleAsync());
        Assert.Equal((CaseStage.Delivered, "历审许〔2026〕1号", 2), (decided.Stage, decided.DecisionNumber, decided.Conditions.Count));
        Assert.Equal(["case.received", "case.accepted", "case.reviewed", "case.suspended", "case.resumed", "push.delivered", "case.decided", "case.delivered"],
            await office.LookAsync(db => db.LedgerEntries.Where(e => e.Act.StartsWith("case.") || e.Act.StartsWith("push.")).OrderBy(e => e.Number).Select(e => e.Act).ToListAsync()));
        var page = await bureau.PageAsync(address);
        Assert.Contains("历审推〔2026〕1号", page, StringComparison.Ordinal);
        Assert.Contains("决定:准予", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/deliver\"", page, StringComparison.Ordinal);
        await office.ChainHoldsAsync();
    }

    [Theory, EveryDatabase]
    public async Task What_the_statute_forbids_is_refused_with_its_article(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var (bureau, item, _) = await StandAsync(office);
        var address = await RegisterAsync(bureau, item);

        Assert.Contains("第四十二条", await RefusedAsync(bureau, address, "decide", "decide-case", ("Kind", "Granted"), ("Content", "准予"), ("Approver", "王五")), StringComparison.Ordinal);
        await DoAsync(bureau, address, "supplement", "ask-supplement", ("What", "缺少场所平面图"));
        Assert.Contains("一次告知", await RefusedAsync(bureau, address, "supplement", "ask-supplement", ("What", "还缺健康证明")), StringComparison.Ordinal);
        Assert.Contains("收到补正材料后再受理", await RefusedAsync(bureau, address, "accept", "accept-case"), StringComparison.Ordinal);
        Assert.Empty(await OpenDutiesAsync(office));
        office.GoTo("2026-03-10");
        await DoAsync(bureau, address, "supplemented", "receive-supplement");
        Assert.Equal(["case.accept:2026-03-17"], await OpenDutiesAsync(office));
        await DoAsync(bureau, address, "accept", "accept-case");

        Assert.Contains("第三十四条", await RefusedAsync(bureau, address, "review", "review-case", ("Opinion", "已核实"), ("OnSite", "true"), ("Reviewers", "张三")), StringComparison.Ordinal);
        Assert.Contains("现场勘验不在", await RefusedAsync(bureau, address, "suspend", "suspend-case", ("Kind", "OnSiteInspection"), ("ExpectedWorkdays", "2"), ("Notice", "电话")), StringComparison.Ordinal);
        Assert.Contains("经本机关负责人批准", await RefusedAsync(bureau, address, "extend", "extend-case", ("Days", "10"), ("Reason", "案情复杂"), ("Notice", "书面")), StringComparison.Ordinal);
        Assert.Contains("1到10个工作日", await RefusedAsync(bureau, address, "extend", "extend-case", ("Days", "11"), ("Reason", "案情复杂"), ("Notice", "书面")), StringComparison.Ordinal);
        var head = await office.Given.MemberAsync(await office.Given.BureauAsync(), Roles.BureauHead);
        await DoAsync(bureau, address, "extend", "extend-case", ("Days", "10"), ("Reason", "案情复杂"), ("ApprovedBy", head.Person.ToString()), ("Notice", "历审告〔2026〕2号"));
        Assert.Contains("不能再次延长", await RefusedAsync(bureau, address, "extend", "extend-case", ("Days", "1"), ("Reason", "再延"), ("ApprovedBy", head.Person.ToString()), ("Notice", "书面")), StringComparison.Ordinal);
        Assert.Contains("case.decide:2026-04-22", await OpenDutiesAsync(office));
        Assert.Contains("不予许可的理由和救济途径", await RefusedAsync(bureau, address, "decide", "decide-case", ("Kind", "Refused"), ("Content", ""), ("Approver", "王五")), StringComparison.Ordinal);

        await DoAsync(bureau, address, "end", "end-case", ("Kind", "Withdrawn"), ("Reason", "申请人3月10日书面撤回"));
        Assert.Equal(["result.claim:2026-03-13"], await OpenDutiesAsync(office));
        Assert.Equal(DecisionKind.Withdrawn, await office.LookAsync(db => db.Pushes.Select(p => p.Decision).SingleAsync()));
        Assert.Contains("已办结", await RefusedAsync(bureau, address, "end", "end-case", ("Kind", "Terminated"), ("Reason", "再来一次")), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task A_case_of_another_system_is_not_handled_here_and_a_department_handles_none(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var (bureau, item, organ) = await StandAsync(office);
        var sent = await office.Given.SendAsync(office.Given.CaseMessage(item, m => m with { AcceptedAt = null, DecidedAt = null, DeliveredAt = null, Decision = null, Permit = null }));
        Assert.Contains("市政务云", await RefusedAsync(bureau, $"/cases/{sent.Id}", "accept", "accept-case"), StringComparison.Ordinal);
        Assert.DoesNotContain($"/cases/{sent.Id}/accept", await bureau.PageAsync($"/cases/{sent.Id}"), StringComparison.Ordinal);

        var officer = office.Client(await office.Given.MemberAsync(await office.LookAsync(db => db.Organs.SingleAsync(o => o.Id == organ)), Roles.LiaisonOfficer, Roles.Approver));
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"/cases/{sent.Id}", Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.GetAsync("/cases/new", Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.PostAsync($"/api/v1/cases/{sent.Id}/accept", null, Office.Stop)).StatusCode);
    }

    [Theory, EveryDatabase]
    public async Task The_api_handles_a_case_as_the_pages_do_and_heeds_the_version(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var (bureau, item, _) = await StandAsync(office);
        var id = (await RegisterAsync(bureau, item))[^36..];
        var tag = (await bureau.GetAsync($"/api/v1/cases/{id}", Office.Stop)).Headers.ETag!;
        var accepted = await bureau.PostAsync($"/api/v1/cases/{id}/accept", null, Office.Stop);
        Assert.Equal("accepted", JsonNode.Parse(await accepted.Content.ReadAsStringAsync(Office.Stop))!["stage"]!.GetValue<string>());
        using var stale = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/cases/{id}/decide") { Content = JsonContent.Create(new { kind = "granted", number = "", content = "准予", opinion = "", approver = "王五", conditions = Array.Empty<string>() }) };
        stale.Headers.IfMatch.Add(tag);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await bureau.SendAsync(stale, Office.Stop)).StatusCode);
        var decided = await bureau.PostAsJsonAsync($"/api/v1/cases/{id}/decide", new { kind = "granted", number = "", content = "准予", opinion = "", approver = "王五", conditions = Array.Empty<string>() }, Office.Stop);
        Assert.Equal("granted", JsonNode.Parse(await decided.Content.ReadAsStringAsync(Office.Stop))!["decision"]!["kind"]!.GetValue<string>());
    }

    [Theory, EveryDatabase]
    public async Task A_result_without_an_organ_is_pushed_when_the_register_is_mended_or_organs_are_named(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var (bureau, _, organ) = await StandAsync(office);
        var orphan = await office.Given.ItemAsync("无人监管的事项");
        var first = await office.Given.SendAsync(office.Given.CaseMessage(orphan));
        var second = await office.Given.SendAsync(office.Given.CaseMessage(orphan));
        Assert.Contains("没有主监管单位", await bureau.PageAsync("/pushes/unrouted"), StringComparison.Ordinal);
        Assert.Contains("仍然没有找到监管单位", await (await bureau.SubmitAsync($"/pushes/unrouted/{first.Id}", "retry")).Content.ReadAsStringAsync(Office.Stop), StringComparison.Ordinal);

        var form = await bureau.FormAsync($"/pushes/unrouted/{first.Id}", "assign", ("Main", organ.ToString()), ("Reason", "市局通知第3条"));
        await Task.WhenAll(form.SendAsync(), form.SendAsync());
        var push = await office.LookAsync(db => db.Pushes.SingleAsync());
        Assert.Equal((organ, first.Id, "历审推〔2026〕1号"), (push.Organ, push.Case, push.Number));
        Assert.Contains("市局通知第3条", push.Routing, StringComparison.Ordinal);

        await office.Given.ResponsibilityAsync(orphan, await office.LookAsync(db => db.Organs.SingleAsync(o => o.Id == organ)));
        var retried = await bureau.SubmitAsync("/pushes/unrouted", "retry-all");
        Assert.EndsWith("/pushes/unrouted?done=1", retried.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, await office.LookAsync(db => db.Pushes.CountAsync()));
        Assert.DoesNotContain(await OpenDutiesAsync(office), d => d.StartsWith("result.push", StringComparison.Ordinal));
        Assert.Equal(0, await office.LookAsync(db => db.RoutingFailures.CountAsync(f => f.ResolvedAt == null)));
        Assert.Equal(HttpStatusCode.Conflict, (await bureau.PostAsync($"/api/v1/pushes/unrouted/{second.Id}/retry", null, Office.Stop)).StatusCode);
        await office.ChainHoldsAsync();
    }

    [Theory, EveryDatabase]
    public async Task A_permits_status_follows_from_acts_and_dates_and_its_lapse_is_pushed_once(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var (bureau, item, _) = await StandAsync(office);
        var party = new PartyInput { Kind = PartyKind.Enterprise, Name = "济南示例商贸有限公司", Code = SampleCodes.SocialCreditCodeOf(77) };
        CaseInput Of(ApplicationKind kind, string number, DateOnly to, string? previous = null) => office.Given.CaseMessage(item, m => m with { Kind = kind, Party = party, Permit = m.Permit! with { Number = number, ValidTo = to, Previous = previous } });
        Task<PermitStatus[]> StatusesAsync() => office.LookAsync(async db => (await db.Permits.Join(db.Cases, p => p.Case, c => c.Id, (p, c) => new { p, c.Number }).OrderBy(x => x.Number).Select(x => x.p).ToListAsync()).Select(p => p.StatusOn(Liandong.Kernel.Calendar.Beijing.DayOf(office.Time.GetUtcNow()))).ToArray());

        await office.Given.SendAsync(Of(ApplicationKind.New, "证1", new(2026, 4, 30)));
        await office.Given.SendAsync(Of(ApplicationKind.Change, "证1", new(2026, 4, 30)));
        Assert.Equal([PermitStatus.Changed, PermitStatus.InForce], await StatusesAsync());
        await office.Given.SendAsync(Of(ApplicationKind.Renewal, "证2", new(2026, 6, 30), "证1"));
        Assert.Equal([PermitStatus.Changed, PermitStatus.Renewed, PermitStatus.InForce], await StatusesAsync());
        await office.Given.SendAsync(Of(ApplicationKind.New, "证3", new(2026, 6, 30)));
        await office.Given.SendAsync(Of(ApplicationKind.Cancellation, "证3", new(2026, 6, 30)));
        Assert.Equal(PermitStatus.Cancelled, (await StatusesAsync())[3]);
        var pushes = await office.LookAsync(db => db.Pushes.CountAsync());

        office.GoTo("2026-07-01");
        Assert.Equal(PermitStatus.Lapsed, (await StatusesAsync())[2]);
        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => office.ActAsync(s => s.GetRequiredService<PushLapses>().RunAsync(Office.Stop)))));
        Assert.Equal(1, runs.Sum());
        Assert.Equal(0, await office.ActAsync(s => s.GetRequiredService<PushLapses>().RunAsync(Office.Stop)));
        Assert.Equal(pushes + 1, await office.LookAsync(db => db.Pushes.CountAsync()));
        var lapse = await office.LookAsync(db => db.Pushes.SingleAsync(p => p.Kind == ApplicationKind.Lapse));
        Assert.Equal((DecisionKind.Lapsed, "证2"), (lapse.Decision, lapse.PermitNumber));
        Assert.Contains("届满未延续,已推送监管单位", await bureau.PageAsync($"/permits/{lapse.Permit}"), StringComparison.Ordinal);
        Assert.Contains("证2", await bureau.PageAsync("/permits?status=Lapsed"), StringComparison.Ordinal);
        Assert.DoesNotContain("证2", await bureau.PageAsync("/permits?status=InForce"), StringComparison.Ordinal);
        await office.ChainHoldsAsync();
    }

    private static async Task<(HttpClient Bureau, Item Item, Guid Organ)> StandAsync(Office office)
    {
        var organ = await office.Given.OrganAsync("区市场监管局");
        var item = await office.Given.ItemAsync(with: i => i with { PromisedDays = 10 });
        await office.Given.ResponsibilityAsync(item, organ);
        return (office.Client(await office.Given.MemberAsync(await office.Given.BureauAsync(), Roles.Approver)), item, organ.Id);
    }

    /// <summary>What the applicant brought comes in with the case, sent as a plain form; what is wrong with a file is said before there is a case.</summary>
    [Theory, EveryDatabase]
    public async Task Files_come_in_with_the_new_case(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var (bureau, item, _) = await StandAsync(office);
        (string, string)[] fields = [("kind", "New"), ("receivedAt", "2026-03-02T08:30"), ("party.kind", "Enterprise"), ("party.name", "济南示例餐饮有限公司"), ("party.code", SampleCodes.SocialCreditCodeOf(5)), ("division", "370102013"), ("filesOrigin", "Original")];
        var refused = await bureau.SubmitFilesAsync("/cases/new?item=" + item.Code, "new-case", "files", [("程序.pdf", SampleFiles.Exe())], fields);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("f-files-error", await refused.Content.ReadAsStringAsync(Office.Stop), StringComparison.Ordinal);
        Assert.Equal(0, await office.LookAsync(db => db.Cases.CountAsync()));

        var received = await bureau.SubmitFilesAsync("/cases/new?item=" + item.Code, "new-case", "files", [("申请书.pdf", SampleFiles.Pdf()), ("现场.png", SampleFiles.Png())], fields);
        Assert.Equal(HttpStatusCode.Redirect, received.StatusCode);
        var id = await office.LookAsync(db => db.Cases.Select(c => c.Id).SingleAsync());
        Assert.Equal(["申请书.pdf", "现场.png"], (await bureau.FilesOfAsync("case", id)).Select(f => f.Name));
        Assert.All(await bureau.FilesOfAsync("case", id), f => Assert.Equal("original", f.Origin));
        Assert.Contains("申请书.pdf", await bureau.PageAsync(received.Headers.Location!.ToString()), StringComparison.Ordinal);

        // In pieces by the page's script: the form carries the upload's number.
        var place = await bureau.BegunAsync(5, ("filename", "说明.txt"));
        await bureau.PieceAsync(place, 0, SampleFiles.Text("12345"));
        var second = await bureau.SubmitAsync("/cases/new?item=" + item.Code, "new-case", [.. fields, ("files", place.Split('/')[^1])]);
        Assert.Equal(HttpStatusCode.Redirect, second.StatusCode);
        var other = await office.LookAsync(db => db.Cases.Where(c => c.Id != id).Select(c => c.Id).SingleAsync());
        Assert.Equal("说明.txt", Assert.Single(await bureau.FilesOfAsync("case", other)).Name);
    }

    private static async Task<string> RegisterAsync(HttpClient bureau, Item item)
    {
        Assert.Contains(item.Code, await bureau.PageAsync("/cases/new?q=" + Uri.EscapeDataString(item.Name)), StringComparison.Ordinal);
        var form = await bureau.FormAsync("/cases/new?item=" + item.Code, "new-case", ("kind", "New"), ("receivedAt", "2026-03-02T08:30"), ("party.kind", "Enterprise"), ("party.name", "济南示例餐饮有限公司"),
            ("party.code", SampleCodes.SocialCreditCodeOf(5)), ("division", "370102013"), ("address", "经十路8号"), ("otherMaterials", "申请书\n场所证明"));
        var answers = await Task.WhenAll(form.SendAsync(), form.SendAsync());
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Redirect, a.StatusCode));
        return Assert.Single(answers.Select(a => a.Headers.Location!.ToString()).Distinct());
    }

    private static async Task DoAsync(HttpClient bureau, string address, string act, string form, params (string, string)[] fields)
    {
        var answer = await bureau.SubmitAsync($"{address}/{act}", form, fields);
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{act}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Office.Stop)}");
        Assert.Equal(address, answer.Headers.Location!.ToString());
    }

    private static async Task<string> RefusedAsync(HttpClient bureau, string address, string act, string form, params (string, string)[] fields)
    {
        var answer = await bureau.SubmitAsync($"{address}/{act}", form, fields);
        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.BadRequest, HttpStatusCode.Conflict });
        return await answer.Content.ReadAsStringAsync(Office.Stop);
    }

    private static Task<List<string>> OpenDutiesAsync(Office office) => office.LookAsync(async db =>
        (await db.Duties.Where(d => d.ClosedAt == null).OrderBy(d => d.Rule).ToListAsync()).Select(d => $"{d.Rule}:{d.DueOn?.ToString("yyyy-MM-dd") ?? "paused"}").ToList());
}
