using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CsCheck;
using Liandong.Data;
using Liandong.Desk;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;
using Liandong.Modules.Items;
using Liandong.Modules.Policies;
using Liandong.Tests.Attachments;
using Liandong.Tests.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Modules.Policies;

/// <summary>附件2 二(一): a change of policy from the day on which it is known to the items that it changes.</summary>
public sealed class PolicyTests
{
    [Theory, EveryDatabase]
    public async Task A_change_is_recorded_served_adapted_item_by_item_and_confirmed(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var c = await office.Given.PolicyCastAsync();
        var (officer, clerk) = (office.Client(c.Officer), office.Client(c.Clerk));

        // Known is on record, and owed from then on; without items it cannot be served.
        Assert.Equal(HttpStatusCode.BadRequest, (await officer.SubmitAsync("/policies/new", "record-policy", ("Kind", "Rule"), ("Title", "办法"), ("KnownOn", "2026-03-02"), ("EffectiveOn", "2026-04-01"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await officer.SubmitAsync("/policies/new", "record-policy", ("Kind", "Rule"), ("Title", "办法"), ("KnownOn", "2026-03-03"), ("EffectiveOn", "2026-04-01"), ("Text", "正文"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await officer.SubmitAsync("/policies/new", "record-policy", ("Kind", "Rule"), ("Title", "办法"), ("KnownOn", "2026-03-02"), ("EffectiveOn", "2026-04-01"), ("Link", "javascript:alert(1)"))).StatusCode);
        var page = await officer.SubmitFilesAsync("/policies/new", "record-policy", "Files", [("办法全文.txt", Encoding.UTF8.GetBytes("第一条"))], ("Kind", "Rule"), ("Title", "食品经营许可和备案管理办法"), ("DocumentNumber", "总局令第78号"), ("KnownOn", "2026-03-02"),
            ("EffectiveOn", "2026-04-01"), ("Text", "不再提交健康证明复印件。"), ("Materials", "取消健康证明复印件。")).LedToAsync();
        var id = Guid.Parse(page.Split('/')[^1]);
        var notify = await office.LookAsync(db => db.Duties.SingleAsync(d => d.SubjectId == id, Office.Stop));
        Assert.Equal(("policy.notify", c.Department.Id, c.Bureau.Id, new DateOnly(2026, 3, 9), "附件2 二(一)", "附件2 四(四)"), (notify.Rule, notify.OwedBy, notify.OwedTo!.Value, notify.DueOn!.Value, notify.Clause, notify.BreachClause));
        Assert.Contains(page, await officer.PageAsync("/"), StringComparison.Ordinal);
        Assert.Equal("policy.no-items", await officer.PostAsJsonAsync($"/api/v1{page}/serve", new { }, Office.Stop).CodeAsync());

        // Items are found by the search of items, several at once; one that was taken by mistake is left again.
        Assert.Contains("户外广告设置许可", await officer.PageAsync($"{page}/items?department=&q=hwgg"), StringComparison.Ordinal);
        Assert.DoesNotContain("户外广告设置许可", await officer.PageAsync($"{page}/items"), StringComparison.Ordinal);
        await officer.SubmitAsync($"{page}/items", "touch-items", ("Ids", c.Items[0].Id.ToString()), ("Ids", c.Items[1].Id.ToString())).LedToAsync();
        var fourth = await office.Given.SupervisedItemAsync(c.Department, "药品经营许可");
        await officer.SubmitAsync($"{page}/items?q=ypjy", "touch-items", ("Ids", fourth.Id.ToString())).LedToAsync();
        await officer.SubmitAsync(page, $"leave-{fourth.Id:N}").LedToAsync();
        var sending = await officer.FormAsync(page, "serve");
        await sending.SendAsync().LedToAsync();
        await sending.SendAsync().LedToAsync();
        var (closed, adapt) = await office.LookAsync(async db => (await db.Duties.SingleAsync(d => d.Id == notify.Id, Office.Stop), await db.Duties.SingleAsync(d => d.SubjectId == id && d.Rule == "policy.adapt", Office.Stop)));
        Assert.Equal((Closing.Discharged, (DateTimeOffset?)null), (closed.ClosedHow!.Value, closed.BreachedAt));
        Assert.Equal((c.Bureau.Id, c.Department.Id, new DateOnly(2026, 3, 9)), (adapt.OwedBy, adapt.OwedTo!.Value, adapt.DueOn!.Value));
        Assert.Equal("policy.served", await officer.DeleteAsync($"/api/v1{page}/items/{c.Items[0].Id}", Office.Stop).CodeAsync());

        // The bureau finds it on its desk, acknowledges it, names one more item, and says of each what becomes of it.
        Assert.Contains($"{page}/adapt", await clerk.PageAsync("/"), StringComparison.Ordinal);
        Assert.Contains("办法全文.txt", await clerk.PageAsync(page), StringComparison.Ordinal);
        await clerk.SubmitAsync(page, "acknowledge").LedToAsync();
        await clerk.SubmitAsync($"{page}/items?department=", "touch-items", ("Ids", c.Items[2].Id.ToString())).LedToAsync();
        Assert.Contains("审批局补充", await officer.PageAsync(page), StringComparison.Ordinal);
        var order = await office.LookAsync(db => db.TouchedItems.Where(t => t.Policy == id).Join(db.Items, t => t.Item, i => i.Id, (t, i) => new { i.Id, i.Code }).OrderBy(i => i.Code).Select(i => i.Id).ToListAsync(Office.Stop));
        Assert.Equal(c.Items.Select(i => i.Id), order);
        var early = await clerk.SubmitAsync($"{page}/adapt", "adapt-policy", ("Lines1Outcome", "Adapted"), ("Lines1From", "2026-03-31"), ("Lines1What", "申请表已改。"));
        Assert.Equal(HttpStatusCode.BadRequest, early.StatusCode);
        Assert.Contains("f-Lines1From-error", await early.Content.ReadAsStringAsync(Office.Stop), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await clerk.SubmitAsync($"{page}/adapt", "adapt-policy", ("Lines2Outcome", "NotTouched"))).StatusCode);
        await clerk.SubmitAsync($"{page}/adapt", "adapt-policy", ("Lines0Outcome", "Adapted"), ("Lines0From", "2026-04-01"), ("Lines0What", "申请表已改。"), ("Lines1Outcome", "Adapted"), ("Lines1From", "2026-05-01"), ("Lines1What", "系统改造。")).LedToAsync();
        Assert.Contains("已落实 2/3", await officer.PageAsync(page), StringComparison.Ordinal);
        Assert.Contains("晚于施行日", await officer.PageAsync(page), StringComparison.Ordinal);
        Assert.True(await office.LookAsync(db => db.Duties.AnyAsync(d => d.Id == adapt.Id && d.ClosedAt == null, Office.Stop)));
        Assert.Equal("policy.not-settled", await officer.PostAsJsonAsync($"/api/v1{page}/confirm", new { }, Office.Stop).CodeAsync());
        await clerk.SubmitAsync($"{page}/adapt", "adapt-policy", ("Lines2Outcome", "NotTouched"), ("Lines2What", "不使用健康证明。")).LedToAsync();
        Assert.Equal(Closing.Discharged, await office.LookAsync(db => db.Duties.Where(d => d.Id == adapt.Id).Select(d => d.ClosedHow).SingleAsync(Office.Stop)));

        // The item's own history shows from when, and why; both sides have confirmed.
        var history = await clerk.PageAsync($"/items/{c.Items[0].Id}?tab=history");
        var number = await office.LookAsync(db => db.PolicyChanges.Where(p => p.Id == id).Select(p => p.Number).SingleAsync(Office.Stop));
        foreach (var words in new[] { $"自 2026-04-01 起按 {number} 办理", "申请表已改", page }) Assert.Contains(words, history, StringComparison.Ordinal);
        Assert.Contains("不使用健康证明", await clerk.PageAsync($"/items/{c.Items[2].Id}?tab=history"), StringComparison.Ordinal);
        Assert.Contains(page, await officer.PageAsync("/policies?view=toDo"), StringComparison.Ordinal);
        await officer.SubmitAsync(page, "confirm").LedToAsync();
        Assert.Contains("双方已确认", await clerk.PageAsync(page), StringComparison.Ordinal);
        Assert.Equal("policy.confirmed", await clerk.PostAsJsonAsync($"/api/v1{page}/adapt", new { lines = new[] { new { item = c.Items[2].Id, outcome = "notTouched", what = "改口。" } } }, Office.Stop).CodeAsync());
        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync("/policies/export.xlsx?view=all", Office.Stop)).StatusCode);
    }

    [Theory, EveryDatabase] // 附件2 四(四)
    public async Task A_notice_after_the_effective_date_is_late_and_a_breach_and_so_is_an_adaptation_that_does_not_come(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var c = await office.Given.PolicyCastAsync();
        var (officer, clerk) = (office.Client(c.Officer), office.Client(c.Clerk));

        // Five working days from Monday would be the 9th; it takes effect on Sunday the 8th, so Friday the 6th is the last day.
        var policy = await office.Given.PolicyAsync(c, p => p with { EffectiveOn = new(2026, 3, 8) });
        Assert.Equal(new DateOnly(2026, 3, 6), await office.LookAsync(db => db.Duties.Where(d => d.SubjectId == policy.Id).Select(d => d.DueOn).SingleAsync(Office.Stop)));
        // A day that was wrong is put right, and the limit counted anew; the trace stays.
        await office.ActAsync(s => s.GetRequiredService<RevisePolicy>().RunAsync(policy.Id, office.Given.PolicyText(p => p with { EffectiveOn = new(2026, 3, 4) }), Office.Stop), c.Officer);
        var duties = await office.LookAsync(db => db.Duties.Where(d => d.SubjectId == policy.Id).OrderBy(d => d.DueOn).ToListAsync(Office.Stop));
        Assert.Equal(new (DateOnly, Closing?)[] { (new(2026, 3, 4), null), (new(2026, 3, 6), Closing.Superseded) }, duties.Select(d => (d.DueOn!.Value, d.ClosedHow)));

        office.GoTo("2026-03-05");
        Assert.Contains("已过,还没有函告审批局", await officer.PageAsync($"/policies/{policy.Id}"), StringComparison.Ordinal);
        Assert.Contains(policy.Number, await clerk.PageAsync("/policies?view=known&light=red"), StringComparison.Ordinal);
        await officer.SubmitAsync($"/policies/{policy.Id}", "serve").LedToAsync();
        var page = await clerk.PageAsync($"/policies/{policy.Id}");
        foreach (var words in new[] { "迟于施行日期函告", "附件2 四(四)" }) Assert.Contains(words, page, StringComparison.Ordinal);
        foreach (var list in new[] { "/policies", "/policies?view=late" }) Assert.Contains("迟于施行日函告", await clerk.PageAsync(list), StringComparison.Ordinal);
        var breached = await office.LookAsync(db => db.LedgerEntries.SingleAsync(e => e.Act == "duty.breached" && e.SubjectId == policy.Id, Office.Stop));
        Assert.Equal("附件2 四(四)", breached.Clause);
        Assert.Contains("policy.notify", breached.Body, StringComparison.Ordinal);

        // What was known only after it took effect is overdue at once; served in time, nothing is.
        var known = await office.Given.PolicyServedAsync(c, p => p with { EffectiveOn = new(2026, 3, 3), KnownOn = new(2026, 3, 5) });
        Assert.True(known.Late);
        var fine = await office.Given.PolicyServedAsync(c, p => p with { EffectiveOn = new(2026, 3, 5) });
        Assert.False(fine.Late);
        Assert.Equal(2, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "duty.breached", Office.Stop)));
        Assert.DoesNotContain(fine.Number, await clerk.PageAsync("/policies?view=late"), StringComparison.Ordinal);

        // The bureau's part: five working days from the 5th end on the 12th; then it is red, and recorded once.
        office.GoTo("2026-03-13");
        for (var n = 0; n < 2; n++) await office.ActAsync(s => s.GetRequiredService<SweepDuties>().RunAsync(Office.Stop));
        Assert.Equal(1, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "duty.breached" && e.SubjectId == fine.Id, Office.Stop)));
        Assert.Contains("逾期", await clerk.PageAsync($"/policies/{fine.Id}"), StringComparison.Ordinal);
        Assert.Contains(fine.Number, await clerk.PageAsync("/policies?view=toDo&light=red"), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Nobody_finds_it_by_list_search_address_or_file_but_its_parties_those_who_supervise_its_items_and_all_where_it_is_published(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var c = await office.Given.PolicyCastAsync();
        var policy = await office.Given.PolicyAsync(c);
        var file = await office.Client(c.Officer).AttachAsync("policy", policy.Id, "办法全文.txt", Encoding.UTF8.GetBytes("第一条"));
        var addresses = new[] { $"/policies/{policy.Id}", $"/policies/{policy.Id}/items", $"/policies/{policy.Id}/edit", $"/policies/{policy.Id}/adapt", $"/policies/{policy.Id}/respond", $"/policies/{policy.Id}/withdraw", $"/api/v1/policies/{policy.Id}", $"/attachments/{file.Id}" };

        // Before it is served: department and bureau alone. Full text finds it in both ways of searching, by words of the text.
        await SeesAsync(c.Officer, true);
        await SeesAsync(c.Clerk, true);
        foreach (var outsider in new[] { c.Supervisor, c.Stranger }) await SeesAsync(outsider, false);
        foreach (var (act, body) in new (string, object)[] { ("serve", new { }), ("items", new { items = new[] { c.Items[0].Id } }), ("confirm", new { }), ("withdraw", new { reason = "不要了" }) })
            Assert.Equal(HttpStatusCode.NotFound, (await office.Client(c.Stranger).PostAsJsonAsync($"/api/v1/policies/{policy.Id}/{act}", body, Office.Stop)).StatusCode);
        foreach (var (act, body) in new (string, object)[] { ("acknowledge", new { }), ("adapt", new { lines = Array.Empty<object>() }), ("respond", new { takesPart = true, response = "好" }) })
            Assert.Equal(HttpStatusCode.Forbidden, (await office.Client(c.Stranger).PostAsJsonAsync($"/api/v1/policies/{policy.Id}/{act}", body, Office.Stop)).StatusCode);

        // Served: also the organ that supervises one of its items, to read and nothing else.
        await office.ActAsync(s => s.GetRequiredService<ServePolicy>().RunAsync(policy.Id, Office.Stop), c.Officer);
        await SeesAsync(c.Supervisor, true);
        await SeesAsync(c.Stranger, false);
        Assert.Equal(HttpStatusCode.NotFound, (await office.Client(c.Supervisor).PostAsJsonAsync($"/api/v1/policies/{policy.Id}/confirm", new { }, Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await office.Client(c.Supervisor).PostFilesAsync("policy", policy.Id, ("甲.txt", "甲"u8.ToArray()))).StatusCode);
        Assert.Contains(policy.Number, await office.Client(c.Supervisor).PageAsync($"/items/{c.Items[0].Id}?tab=history"), StringComparison.Ordinal);
        Assert.DoesNotContain(policy.Number, await office.Client(c.Stranger).PageAsync($"/items/{c.Items[0].Id}?tab=history"), StringComparison.Ordinal);
        // Whoever takes over the supervision of an item reads on from where the other stopped; search learns of it from the register's entry.
        await office.Given.ResponsibilityAsync(c.Items[0], c.Other, ResponsibilityKind.Assisting, from: new(2026, 3, 2));
        await SeesAsync(c.Stranger, true);

        // Published to all: everybody, once it is served.
        var open = await office.Given.PolicyAsync(c, p => p with { Title = "优化营商环境条例", Text = "容缺受理。", Published = true }, [c.Items[0].Id]);
        var third = await office.Given.MemberAsync(await office.Given.OrganAsync("区科技局"), Liandong.Accounts.Roles.LiaisonOfficer);
        Assert.Empty(await IdsAsync(office.Client(third), "容缺受理"));
        await office.ActAsync(s => s.GetRequiredService<ServePolicy>().RunAsync(open.Id, Office.Stop), c.Officer);
        foreach (var everybody in new[] { third, c.Officer, c.Clerk, c.Stranger }) Assert.Contains(open.Id, await IdsAsync(office.Client(everybody), "容缺 优化营商"));
        Assert.Contains("容缺受理", await office.Client(third).PageAsync($"/policies/{open.Id}"), StringComparison.Ordinal);

        async Task SeesAsync(Member who, bool sees)
        {
            var client = office.Client(who);
            foreach (var address in addresses.Where(a => !sees || a == addresses[0] || a.StartsWith("/api", StringComparison.Ordinal) || a.StartsWith("/att", StringComparison.Ordinal)))
                Assert.True(await client.GetAsync(address, Office.Stop) is var answer && (sees ? answer.IsSuccessStatusCode : answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden), $"{who.OrganName} {address} {answer.StatusCode}");
            // List and full text, by the list's own filter and by the product's search; words of title and of text together, in any order.
            foreach (var words in new[] { "健康证明", "内部核查 备案管理", "总局令第78号" })
            {
                Assert.Equal(sees, (await client.PageAsync("/policies?view=all&q=" + Uri.EscapeDataString(words))).Contains($"/policies/{policy.Id}", StringComparison.Ordinal));
                Assert.Equal(sees, (await IdsAsync(client, words)).Contains(policy.Id));
            }
            Assert.Equal(sees, (await client.GetStringAsync("/api/v1/policies?view=all", Office.Stop)).Contains(policy.Id.ToString(), StringComparison.Ordinal));
            Assert.Equal(sees, (await client.GetAsync(GivenFiles.ListOf("policy", policy.Id), Office.Stop)).StatusCode == HttpStatusCode.OK);
        }

        async Task<IReadOnlyList<Guid>> IdsAsync(HttpClient client, string query)
        {
            await office.IndexedAsync();
            return [.. (await client.GetFromJsonAsync<JsonElement>($"/api/v1/search?kind=policy&q={Uri.EscapeDataString(query)}", Office.Stop)).EnumerateArray().SelectMany(g => g.GetProperty("hits").EnumerateArray()).Select(h => h.GetProperty("id").GetGuid())];
        }
    }

    [Theory, EveryDatabase]
    public async Task A_meeting_and_a_report_upward_are_answered_a_later_change_replaces_the_earlier_one_and_the_bureau_may_know_first(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var c = await office.Given.PolicyCastAsync();
        var (officer, clerk) = (office.Client(c.Officer), office.Client(c.Clerk));

        // 上级会议: answered before it is held, though five working days would end later.
        var meeting = await office.Given.PolicyServedAsync(c, p => p with { Kind = PolicyKind.Meeting, Title = "全市食品经营许可工作会", EffectiveOn = new(2026, 3, 5) }, []);
        var duty = await office.LookAsync(db => db.Duties.SingleAsync(d => d.SubjectId == meeting.Id && d.ClosedAt == null, Office.Stop));
        Assert.Equal(("policy.respond", c.Bureau.Id, new DateOnly(2026, 3, 5), "附件2 二(一)"), (duty.Rule, duty.OwedBy, duty.DueOn!.Value, duty.Clause));
        Assert.Equal("policy.asks-an-answer", await clerk.PostAsJsonAsync($"/api/v1/policies/{meeting.Id}/adapt", new { lines = new[] { new { item = c.Items[0].Id, outcome = "notTouched", what = "无" } } }, Office.Stop).CodeAsync());
        Assert.Equal(HttpStatusCode.BadRequest, (await clerk.SubmitAsync($"/policies/{meeting.Id}/respond", "respond-policy", ("Response", "派两人。"))).StatusCode);
        await clerk.SubmitAsync($"/policies/{meeting.Id}/respond", "respond-policy", ("TakesPart", "yes"), ("Response", "派审批科两人参加。")).LedToAsync();
        Assert.Contains("派审批科两人参加", await officer.PageAsync($"/policies/{meeting.Id}"), StringComparison.Ordinal);
        Assert.Equal(Closing.Discharged, await office.LookAsync(db => db.Duties.Where(d => d.Id == duty.Id).Select(d => d.ClosedHow).SingleAsync(Office.Stop)));

        // 对上报送: the department leads, the bureau assists, or says why it cannot.
        var report = await office.Given.PolicyServedAsync(c, p => p with { Kind = PolicyKind.Report, Title = "一季度食品经营许可统计报表", EffectiveOn = new(2026, 3, 31) }, []);
        await clerk.SubmitAsync($"/policies/{report.Id}/respond", "respond-policy", ("TakesPart", "no"), ("Response", "数据在省平台,由贵局直接提取。")).LedToAsync();
        Assert.Contains("不能协助", await officer.PageAsync($"/policies/{report.Id}"), StringComparison.Ordinal);
        await officer.SubmitAsync($"/policies/{report.Id}", "confirm").LedToAsync();

        // A later change takes the place of the earlier one when it is served, and only the latest can be replaced.
        var first = await office.Given.PolicyServedAsync(c);
        var second = await office.Given.PolicyAsync(c, p => p with { Title = "食品经营许可和备案管理办法(修订)", EffectiveOn = new(2026, 7, 1) }, supersedes: first.Id);
        Assert.Equal(2, second.Edition);
        Assert.Contains(first.Number, await clerk.PageAsync("/policies"), StringComparison.Ordinal);
        Assert.Equal("policy.next-recorded", await officer.PostAsJsonAsync("/api/v1/policies", new { policy = office.Given.PolicyText(), supersedes = first.Id }, Json, Office.Stop).CodeAsync());
        await office.ActAsync(s => s.GetRequiredService<ServePolicy>().RunAsync(second.Id, Office.Stop), c.Officer);
        var library = await clerk.PageAsync("/policies");
        Assert.DoesNotContain($"/policies/{first.Id}\"", library, StringComparison.Ordinal);
        Assert.Contains($"/policies/{second.Id}\"", library, StringComparison.Ordinal);
        var old = await clerk.PageAsync($"/policies/{first.Id}");
        foreach (var words in new[] { "已有新版", $"/policies/{second.Id}", "第2版" }) Assert.Contains(words, old, StringComparison.Ordinal);
        Assert.Equal("policy.superseded", await officer.PostAsJsonAsync("/api/v1/policies", new { policy = office.Given.PolicyText(), supersedes = first.Id }, Json, Office.Stop).CodeAsync());

        // The bureau knew first: the department owes the notice from that day and cannot talk the record away.
        var told = await clerk.SubmitAsync("/policies/new", "record-policy", ("Organ", c.Department.Id.ToString()), ("Kind", "Law"), ("Title", "食品安全法修正案"), ("KnownOn", "2026-03-02"), ("EffectiveOn", "2026-12-01"), ("Link", "https://flk.npc.gov.cn/")).LedToAsync();
        var id = Guid.Parse(told.Split('/')[^1]);
        Assert.Equal(c.Department.Id, await office.LookAsync(db => db.Duties.Where(d => d.SubjectId == id && d.Rule == "policy.notify").Select(d => d.OwedBy).SingleAsync(Office.Stop)));
        Assert.Equal(HttpStatusCode.NotFound, (await officer.PostAsJsonAsync($"/api/v1{told}/withdraw", new { reason = "没有这回事" }, Office.Stop)).StatusCode);
        office.GoTo("2026-03-04");
        Assert.Equal("policy.known-earlier", await officer.PutAsJsonAsync($"/api/v1{told}", new { policy = office.Given.PolicyText(p => p with { KnownOn = new(2026, 3, 4) }) }, Json, Office.Stop).CodeAsync());
        await clerk.SubmitAsync($"{told}/withdraw", "withdraw-policy", ("Reason", "重复登记。")).LedToAsync();
        Assert.Equal(Closing.Cancelled, await office.LookAsync(db => db.Duties.Where(d => d.SubjectId == id).Select(d => d.ClosedHow).SingleAsync(Office.Stop)));
    }

    [Fact] // 及时, 五个工作日, 不迟于施行日
    public void The_last_day_of_the_notice_is_never_after_the_change_takes_effect_nor_after_five_working_days()
    {
        var (calendar, limit) = (WorkCalendar.National, PoliciesRules.Notify.Limit);
        Gen.Select(Gen.Int[0, 900], Gen.Int[-30, 60]).Sample((from, ahead) =>
        {
            var known = new DateOnly(2024, 3, 1).AddDays(from);
            var effective = known.AddDays(ahead);
            var counted = calendar.Count(limit, known, [])!.DueOn;
            var named = PolicySteps.NamedDay(calendar, limit, known, effective);
            var due = named is { } day ? calendar.Count(new Term.FixedDay(), known, [], given: day)!.DueOn : counted;
            return due <= counted && due <= effective && calendar.IsWorkday(due) && (named is not null || due == counted);
        });
    }

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };
}
