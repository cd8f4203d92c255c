using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Liandong.Accounts;
using Liandong.Modules.Linkage;
using Liandong.Modules.Linkage.Limits;
using Liandong.Modules.Linkage.Reconciling;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Modules.Linkage;

public sealed class AgreementsAndFiguresTests
{
    /// <summary>本地约定: set by the conference office, for what is opened from then on; what a text fixes cannot be set.</summary>
    [Theory, EveryDatabase]
    public async Task A_limit_agreed_on_holds_for_new_duties_only(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var linked = await office.Given.LinkedAsync();
        var item = await office.Given.SupervisedItemAsync(linked.First);
        var before = await office.Given.PushDeliveredAsync(linked.First, item);
        var client = office.Client(linked.Office);

        Assert.Equal(HttpStatusCode.Redirect, (await client.SubmitAsync("/settings/limits?rule=result.claim", "set-limit", ("Count", "5"), ("Source", "联席会议纪要"))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await client.SubmitAsync("/settings/limits?profile=jincheng", "apply-profile")).StatusCode);
        var after = await office.Given.PushDeliveredAsync(linked.First, item);

        Assert.Equal((new DateOnly(2026, 3, 5), new DateOnly(2026, 3, 9)), (await DueAsync(office, before.Id), await DueAsync(office, after.Id)));
        Assert.Equal((PushState.Delivered, PushState.Signed), (before.State, after.State));
        Assert.Equal(HttpStatusCode.Forbidden, (await office.Client(linked.FirstOfficer).PutAsJsonAsync("/api/v1/limits/result.claim", new { count = 9, source = "x" }, Office.Stop)).StatusCode);
        var law = await client.PutAsJsonAsync("/api/v1/limits/case.accept", new { count = 9, source = "x" }, Office.Stop);
        Assert.Equal("limit.not-local", (await law.Content.ReadFromJsonAsync<JsonElement>(Office.Stop)).GetProperty("code").GetString());
        var agreed = await client.PageAsync("/settings/limits");
        Assert.Contains("联席会议纪要", agreed, StringComparison.Ordinal);
        // The record names all that the profile changed, the signing too.
        Assert.Matches("晋城方案:[^<]*;推送完成视为签收", agreed);
        Assert.All(LimitProfiles.All.SelectMany(p => p.Limits), l => Assert.Contains(LiandongHost.DutyRules, r => r.Code == l.Rule && r.LocalNumber));
    }

    /// <summary>套用方案: the page says beforehand what changes, what goes back and what stays; another place's numbers go back only where that is asked for.</summary>
    [Theory, EveryDatabase]
    public async Task Another_profile_puts_back_what_the_first_one_set_and_leaves_what_the_district_agreed_on(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var linked = await office.Given.LinkedAsync();
        var client = office.Client(linked.Office);
        await client.SubmitAsync("/settings/limits?rule=result.reroute", "set-limit", ("Count", "4"), ("Source", "联席会议纪要"));
        await client.SubmitAsync("/settings/limits?profile=jincheng", "apply-profile");
        Assert.Contains("现行来源:晋城方案", await client.PageAsync("/settings/limits"), StringComparison.Ordinal);

        // 宿迁 sets the claim alone: 晋城's report and signing are named, and stay where the box is not ticked.
        var preview = WebUtility.HtmlDecode(await client.PageAsync("/settings/limits?profile=suqian"));
        Assert.Contains("先前套用其他方案的约定", preview, StringComparison.Ordinal);
        Assert.Contains("签收:推送完成视为签收 → 须由部门签收", preview, StringComparison.Ordinal);
        Assert.Contains("处理退回的推送:4个工作日", preview, StringComparison.Ordinal);
        await client.PostAsync("/api/v1/limits/profiles/suqian", null, Office.Stop);
        Assert.Equal(["result.claim", "result.push", "result.reroute", "supervision.report"], await OwnAsync(office));
        Assert.True((await office.LookAsync(db => db.DistrictSettings.SingleAsync())).DeemedReceipt);

        await client.SubmitAsync("/settings/limits?profile=suqian", "apply-profile", ("RestoreOthers", "true"));
        Assert.Equal(["result.claim", "result.reroute"], await OwnAsync(office));
        Assert.False((await office.LookAsync(db => db.DistrictSettings.SingleAsync())).DeemedReceipt);
        Assert.Contains("现行来源:平台默认", await client.PageAsync("/settings/limits"), StringComparison.Ordinal);

        // The switch says where it comes from; a source belongs to what it changed.
        await client.SubmitAsync("/settings/limits", "set-switches", ("DeemedReceipt", "true"), ("CloseOfBusiness", ""), ("Source", "联席会议纪要第3号"));
        var agreed = await client.PageAsync("/settings/limits");
        Assert.Contains("现行来源:联席会议纪要第3号", agreed, StringComparison.Ordinal);
        Assert.Contains("现行来源:平台默认", agreed, StringComparison.Ordinal);

        static Task<List<string>> OwnAsync(Office office) => office.LookAsync(db => db.DistrictLimits.OrderBy(l => l.Rule).Select(l => l.Rule).ToListAsync());
    }

    /// <summary>Sender and receiver agree, and every difference has a name; a letter is frozen, and its restatement says what changed.</summary>
    [Theory, EveryDatabase]
    public async Task Figures_balance_open_to_their_rows_and_letters_stay_as_they_were(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var linked = await office.Given.LinkedAsync();
        var returned = await office.Given.PushReturnedAsync(linked);
        var waiting = await office.Given.PushDeliveredAsync(linked.First);
        await office.Given.CaseDecidedAsync(await office.Given.ItemAsync("没有监管单位的事项"));
        var bureau = office.Client(linked.Approver);
        await bureau.PostAsJsonAsync($"/api/v1/pushes/{returned.Id}/decide", new { decision = "reroute", reason = "归城管", organ = linked.Second.Id }, Office.Stop);

        office.GoTo("2026-03-20");
        var found = await bureau.GetFromJsonAsync<JsonElement>("/api/v1/reconciliation?month=2026-03", Office.Stop);
        var counts = found.GetProperty("balance").EnumerateArray().ToDictionary(l => l.GetProperty("kind").GetString()!, l => l.GetProperty("count").GetInt32());
        Assert.Equal(0, found.GetProperty("unexplained").GetInt32());
        Assert.Equal((3, 1, 1, 3, 3), (counts["decided"], counts["unrouted"], counts["rerouted-in"], counts["sent"], counts["delivered"]));
        Assert.True(found.GetProperty("total").GetProperty("balances").GetBoolean());
        Assert.Equal(2, found.GetProperty("total").GetProperty("overdue").GetInt32());
        Assert.Contains("没有监管单位的事项", await bureau.PageAsync("/reconcile/rows?kind=unrouted&month=2026-03"), StringComparison.Ordinal);
        Assert.Contains(waiting.Number, await bureau.PageAsync("/pushes?view=all&figure=overdue&from=2026-03-01&to=2026-03-31"), StringComparison.Ordinal);
        var file = await bureau.GetAsync("/api/v1/pushes/export.xlsx?view=all", Office.Stop);
        Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        Assert.Equal(1, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "pushes.exported" && e.Person == linked.Approver.Person)));

        office.GoTo("2026-04-01");
        Assert.Equal(2, await office.ActAsync(s => s.GetRequiredService<MakeLetters>().RunDueAsync(Office.Stop)));
        Assert.Equal(0, await office.ActAsync(s => s.GetRequiredService<MakeLetters>().RunDueAsync(Office.Stop)));
        var address = $"/reconcile/letters/{linked.First.Id}/2026-03";
        Assert.Contains(waiting.Number, await office.Client(linked.FirstOfficer).PageAsync(address), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await office.Client(linked.SecondOfficer).GetAsync(address, Office.Stop)).StatusCode);
        await office.Client(linked.FirstOfficer).PostAsJsonAsync($"/api/v1/pushes/{waiting.Id}/claim", new { }, Office.Stop);
        Assert.Contains("尚未认领1件", await bureau.PageAsync(address), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await bureau.SubmitAsync(address, "restate", ("Reason", "部门来函核对"))).StatusCode);
        var second = await bureau.PageAsync(address);
        Assert.Contains("认领 0 → 1", WebUtility.HtmlDecode(second), StringComparison.Ordinal);
        Assert.Contains("尚未认领1件", await bureau.PageAsync(address + "?edition=1"), StringComparison.Ordinal);
    }

    private static Task<DateOnly?> DueAsync(Office office, Guid push) => office.LookAsync(db => db.Duties.Where(d => d.SubjectId == push).Select(d => d.DueOn).SingleAsync());
}
