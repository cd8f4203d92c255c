using System.Net;
using System.Net.Http.Json;
using Liandong.Accounts;
using Liandong.Documents;
using Liandong.Kernel.Parties;
using Liandong.Modules.Cases;
using Liandong.Modules.Consultations;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Liandong.Tests.Modules.Consultations;

/// <summary>What other organs say to a case: the liaison officer's view (充分听取), a request to hold back, and a circular.</summary>
public sealed class CaseTalkTests
{
    private static async Task<Guid> CaseAsync(HttpClient bureau, Liandong.Modules.Items.Item item)
    {
        var address = await bureau.SubmitAsync("/cases/new?item=" + item.Code, "new-case", ("kind", "New"), ("receivedAt", "2026-03-02T08:30"), ("party.kind", "Enterprise"), ("party.name", "济南示例餐饮有限公司"), ("party.code", SampleCodes.SocialCreditCodeOf(5)),
            ("division", "370102013"), ("address", "经十路8号"), ("otherMaterials", "申请书\n场所证明")).LedToAsync();
        await bureau.SubmitAsync(address + "/accept", "accept-case").LedToAsync();
        return Guid.Parse(address.Split('/')[^1]);
    }

    private static Task<HttpResponseMessage> DecideAsync(HttpClient bureau, Guid id) => bureau.SubmitAsync($"/cases/{id}/decide", "decide-case", ("Kind", "Granted"), ("Content", "准予食品经营"), ("Approver", "王五"));

    [Theory, EveryDatabase] // 附件2 一(一): 充分听取联络员意见
    public async Task A_case_is_decided_only_after_the_liaison_officers_view_was_weighed(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var t = await office.Given.TalkersAsync();
        var item = await office.Given.SupervisedItemAsync(t.First, "餐饮服务许可");
        var (clerk, officer) = (office.Client(t.Clerk), office.Client(t.FirstOfficer));
        var id = await CaseAsync(clerk, item);

        // From the case's page, with the supervising organ proposed; asked at once, no letter.
        var form = await clerk.PageAsync($"/consultations/new?case={id}&review=1");
        Assert.Matches($"value=\"{t.First.Id}\"[^>]*checked", form);
        var page = await clerk.SubmitAsync($"/consultations/new?case={id}&review=1", "start-consultation", ("Title", "油烟设施审核"), ("Question", "油烟净化设施是否符合要求?"), ("Subject", "Legality"), ("Basis", "《大气污染防治法》"), ("Organs", t.First.Id.ToString())).LedToAsync();
        var shown = await officer.PageAsync(page);
        foreach (var words in new[] { "济南示例餐饮有限公司", "场所证明", "油烟净化设施是否符合要求" }) Assert.Contains(words, shown, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.GetAsync($"/cases/{id}", Office.Stop)).StatusCode);

        // Awaited, then given and not weighed: the decision is refused, with the article, on page and API.
        var early = await DecideAsync(clerk, id);
        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        Assert.Contains("附件2 一(一)", await early.Content.ReadAsStringAsync(Office.Stop), StringComparison.Ordinal);
        var view = await office.Given.ViewAsync(Guid.Parse(page.Split('/')[^1]), t.FirstOfficer, Stance.Conditional, "烟道过低。", "加高烟道。");
        Assert.Contains("说明是否采纳以后才能作出决定", await clerk.PageAsync($"/cases/{id}"), StringComparison.Ordinal);
        var refused = await clerk.PostAsJsonAsync($"/api/v1/cases/{id}/decide", new { kind = "granted", content = "准予", approver = "王五" }, Office.Stop);
        Assert.Contains("case.view-not-weighed", await refused.Content.ReadAsStringAsync(Office.Stop), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.BadRequest, (await clerk.SubmitAsync($"/consultations/views/{view.Id}/weigh", "weigh-view", ("Weighing", "NotAdopted"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"/consultations/views/{view.Id}/weigh", Office.Stop)).StatusCode);
        await clerk.SubmitAsync($"/consultations/views/{view.Id}/weigh", "weigh-view", ("Weighing", "NotAdopted"), ("Reason", "烟道高度符合国家标准。")).LedToAsync();
        Assert.Contains("烟道高度符合国家标准", await officer.PageAsync(page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await DecideAsync(clerk, id)).StatusCode);

        // An organ that lets its time pass does not stop the bureau's statutory limit.
        var second = await CaseAsync(clerk, item);
        await office.Given.ConsultationAsync(t.Clerk, [t.First.Id], i => i with { Form = ConsultationForm.LiaisonReview, Case = second });
        Assert.Equal(HttpStatusCode.Conflict, (await DecideAsync(clerk, second)).StatusCode);
        office.GoTo("2026-03-10");
        Assert.Equal(HttpStatusCode.Redirect, (await DecideAsync(clerk, second)).StatusCode);
    }

    [Theory, EveryDatabase] // 附件2 二(三)
    public async Task A_freeze_holds_from_its_service_until_it_ends_and_is_shown_where_it_matters(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var t = await office.Given.TalkersAsync();
        var item = await office.Given.SupervisedItemAsync(t.First, "餐饮服务许可");
        var push = await office.Given.PushDeliveredAsync(t.First, item);
        var (clerk, officer, stranger) = (office.Client(t.Clerk), office.Client(t.FirstOfficer), office.Client(t.Stranger));

        // Whoever has nothing to do with the party cannot ask, and does not learn that it exists.
        var body = new { scope = "acceptance", reason = "立案调查", basis = "《行政处罚法》", until = "2026-03-31", party = push.Party };
        Assert.Equal(HttpStatusCode.BadRequest, (await stranger.PostAsJsonAsync("/api/v1/freezes", body, Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await clerk.PostAsJsonAsync("/api/v1/freezes", body, Office.Stop)).StatusCode);
        var page = await officer.SubmitAsync($"/freezes/new?party={push.Party}", "request-freeze", ("Scope", "Acceptance"), ("Reason", "涉嫌超范围经营,正在立案调查。"), ("Basis", "《行政处罚法》第五十六条"), ("Until", "2026-03-31")).LedToAsync();
        var freeze = await office.LookAsync(db => db.FreezeRequests.SingleAsync(Office.Stop));
        Assert.Equal(HttpStatusCode.NotFound, (await clerk.GetAsync(page, Office.Stop)).StatusCode);
        Assert.DoesNotContain("立案调查", await clerk.PageAsync($"/parties/{push.Party}"), StringComparison.Ordinal);

        await office.Given.ServedAsync(freeze.Letter, t.FirstLead);
        Assert.Contains("正在立案调查", await clerk.PageAsync($"/parties/{push.Party}"), StringComparison.Ordinal);
        Assert.Contains("正在立案调查", await officer.PageAsync($"/parties/{push.Party}"), StringComparison.Ordinal);
        Assert.Contains("暂缓受理新的申请", await clerk.PageAsync("/freezes"), StringComparison.Ordinal);
        foreach (var address in new[] { page, $"/api/v1{page}", $"/documents/{freeze.Letter}" }) Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(address, Office.Stop)).StatusCode);
        Assert.DoesNotContain(freeze.Number, await stranger.PageAsync("/freezes?view=all"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await clerk.PostAsJsonAsync($"/api/v1{page}/lift", new { reason = "不冻了" }, Office.Stop)).StatusCode);

        // A warning at the decision, not a lock; it ends with its day, or earlier.
        var open = await office.LookAsync(db => db.Cases.SingleAsync(c => c.Id == push.Case, Office.Stop));
        Assert.Contains("正在立案调查", await clerk.PageAsync($"/cases/{open.Id}"), StringComparison.Ordinal);
        office.GoTo("2026-04-01");
        Assert.DoesNotContain("正在立案调查", await clerk.PageAsync($"/parties/{push.Party}"), StringComparison.Ordinal);
        Assert.Contains("已到期", await clerk.PageAsync("/freezes?view=all"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await officer.PostAsJsonAsync($"/api/v1{page}/lift", new { reason = "结案" }, Office.Stop)).StatusCode);
        var next = await officer.SubmitAsync($"/freezes/new?party={push.Party}", "request-freeze", ("Scope", "Everything"), ("Reason", "再次立案。"), ("Basis", "《行政处罚法》"), ("Until", "2026-05-01")).LedToAsync();
        await office.Given.ServedAsync(await office.LookAsync(db => db.FreezeRequests.Where(f => f.State == FreezeState.Preparing).Select(f => f.Letter).SingleAsync(Office.Stop)), t.FirstLead);
        Assert.Contains("再次立案", await clerk.PageAsync($"/parties/{push.Party}"), StringComparison.Ordinal);
        await officer.SubmitAsync(next, "lift", ("Reason", "调查结束,没有违法。")).LedToAsync();
        Assert.DoesNotContain("再次立案", await clerk.PageAsync($"/parties/{push.Party}"), StringComparison.Ordinal);
        Assert.Contains("调查结束", await clerk.PageAsync(next), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task A_circular_reaches_several_organs_and_each_owes_an_answer_of_its_own(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var t = await office.Given.TalkersAsync();
        var clerk = office.Client(t.Clerk);
        var page = await clerk.SubmitAsync("/circulars/new", "draft-circular", ("Title", "某公司处罚情况"), ("Text", "现将处罚情况抄告如下。"), ("Organs", t.First.Id.ToString()), ("Organs", t.Second.Id.ToString())).LedToAsync();
        var circular = await office.LookAsync(db => db.CircularNotices.SingleAsync(Office.Stop));
        await office.Given.ServedAsync(circular.Letter, t.Head);
        Assert.Equal(new[] { t.First.Id, t.Second.Id }.Order(), await office.LookAsync(async db => (await db.Duties.Where(d => d.Rule == DocumentsRules.AnswerDocument.Code && d.SubjectId == circular.Letter && d.ClosedAt == null).Select(d => d.OwedBy).ToListAsync(Office.Stop)).Order()));
        await office.Client(t.FirstOfficer).SubmitAsync($"/documents/{circular.Letter}/answer", "answer", ("Text", "已列入重点监管。")).LedToAsync();
        var shown = await clerk.PageAsync(page);
        Assert.Contains("已列入重点监管", shown, StringComparison.Ordinal);
        Assert.Contains("1/2", await clerk.PageAsync("/circulars"), StringComparison.Ordinal);
        Assert.DoesNotContain("已列入重点监管", await office.Client(t.SecondOfficer).PageAsync($"/documents/{circular.Letter}"), StringComparison.Ordinal);
        foreach (var outsider in new[] { t.Stranger, t.FirstOfficer }) Assert.Equal(HttpStatusCode.NotFound, (await office.Client(outsider).GetAsync(page, Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await office.Client(t.Stranger).GetAsync($"/documents/{circular.Letter}", Office.Stop)).StatusCode);
    }
}
