using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Liandong.Accounts;
using Liandong.Modules.Directory;
using Liandong.Modules.Items;
using Liandong.Sheets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Modules.Items;

/// <summary>Items and the register as officers see and enter them.</summary>
public sealed class ItemPagesTests
{
    [Theory, EveryDatabase]
    public async Task An_item_is_entered_changed_reclassified_and_ended_and_its_history_says_so(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var client = office.Client(await office.Given.MemberAsync(await office.Given.OrganAsync("区审批局", OrganKind.Bureau), Roles.ItemManager));
        (string, string)[] fields =
        [
            ("Code", "JZ-2"), ("CodeScheme", "本地"), ("Name", "建筑垃圾处置核准"), ("Type", "Permit"), ("Level", "County"), ("Handling", "Promised"), ("StatutoryDays", "20"), ("PromisedDays", "5"),
            ("BodyCode", "083372204"), ("Materials", "营业执照|必要|复印件|数据共享\n运输合同|非必要"), ("Conditions", "有合法的处置场所"), ("Inspection", "BureauAlone"), ("From", "2026-03-02"),
        ];

        var wrong = await client.SubmitAsync("/items/new", "add-item", [.. fields.Where(f => f.Item1 != "PromisedDays"), ("PromisedDays", "25"), ("ResultName", "处置证")]);
        var sentence = await wrong.Content.ReadAsStringAsync(Office.Stop);
        Assert.Equal(HttpStatusCode.Conflict, wrong.StatusCode);
        Assert.Contains("承诺办结时限不能长于法定办结时限", sentence, StringComparison.Ordinal);
        Assert.Contains("value=\"处置证\"", sentence, StringComparison.Ordinal);

        var added = await client.SubmitAsync("/items/new", "add-item", fields);
        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        var address = added.Headers.Location!.ToString();
        var page = await client.PageAsync(address);
        Assert.Contains("组织机构代码", page, StringComparison.Ordinal);
        Assert.Contains("今天没有覆盖全区的主监管单位", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await client.SubmitAsync("/items/new", "add-item", fields)).StatusCode);

        await client.SubmitAsync(address + "/edit", "change-item", [.. fields.Where(f => f.Item1 is not ("PromisedDays" or "Conditions")), ("PromisedDays", "3"), ("Conditions", "")]);
        await client.SubmitAsync(address + "/inspection", "classify-inspection", ("Class", "WithDepartment"), ("From", "2026-04-01"), ("Reason", "第二批勘验事项划转"));
        Assert.Contains("材料与条件", await client.PageAsync(address), StringComparison.Ordinal);
        Assert.Contains("运输合同", await client.PageAsync(address + "?tab=materials"), StringComparison.Ordinal);
        Assert.Contains("会同部门勘验", await client.PageAsync(address + "?tab=inspection"), StringComparison.Ordinal);
        await client.SubmitAsync(address + "/end", "end-item", ("LastDay", "2026-12-31"), ("Reason", "国发〔2026〕3号取消"));
        var history = await client.PageAsync(address + "?tab=history");
        foreach (var said in new[] { "登记事项", "承诺办结时限、受理条件", "自 2026-04-01 起 会同部门勘验", "最后一天 2026-12-31:国发〔2026〕3号取消", "附件2 三(一)" }) Assert.Contains(said, history, StringComparison.Ordinal);

        var item = await office.LookAsync(db => db.Items.AsNoTracking().SingleAsync());
        Assert.Equal((3, 0, InspectionClass.BureauAlone, InspectionClass.WithDepartment), (item.PromisedDays, item.Conditions.Count, item.InspectionClassOn(new(2026, 3, 31)), item.InspectionClassOn(new(2026, 4, 1))));
    }

    [Theory, EveryDatabase]
    public async Task The_list_is_found_by_name_code_initials_department_and_state_and_pages_without_gaps(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var housing = await office.Given.OrganAsync("区住建局");
        await office.ActAsync(s => s.GetRequiredService<ImportItems>().RunAsync(Sheet.Read(ImportTests.PublishedList(), "a.csv"), "d", new ImportItems.Options("清单"), Office.Stop));
        var extra = await office.Given.SupervisedItemAsync(housing, "建筑垃圾处置核准");
        var client = office.Client(await office.Given.MemberAsync(housing, Roles.LiaisonOfficer));

        foreach (var sort in new[] { "code", "-code", "name", "-name" })
        {
            var seen = new List<string>();
            for (var after = ""; after is not null;)
            {
                var list = await office.ActAsync(s => ItemQueries.ListAsync(s.GetRequiredService<Liandong.Data.AppDb>(), s.GetRequiredService<Actor>(), new ItemFilter(), sort, after, 100, new(2026, 3, 2), Office.Stop));
                seen.AddRange(list.Rows.Select(r => r.Code));
                after = list.After;
            }
            Assert.Equal(1136, seen.Count);
            Assert.Equal(1136, seen.Distinct().Count());
        }

        Assert.Contains("建筑垃圾处置核准", await client.PageAsync("/items?q=jzljcz"), StringComparison.Ordinal);
        Assert.Contains("建筑垃圾处置核准", await client.PageAsync($"/items?q={extra.Code}"), StringComparison.Ordinal);
        Assert.Contains("建筑垃圾处置核准", await client.PageAsync($"/items?q=垃圾处置核准&department={housing.Id}&state=inforce&type=permit"), StringComparison.Ordinal);
        Assert.DoesNotContain("建筑垃圾处置核准", await client.PageAsync("/items?q=jzljcz&view=unassigned"), StringComparison.Ordinal);
        Assert.Contains("没有符合条件的事项", await client.PageAsync("/items?q=没有这种事项"), StringComparison.Ordinal);

        // The API gives the same list, page by page, and the export what the list shows.
        var api = await client.GetFromJsonAsync<JsonElement>("/api/v1/items?limit=100", Office.Stop);
        Assert.Equal(100, api.GetProperty("items").GetArrayLength());
        var next = await client.GetFromJsonAsync<JsonElement>($"/api/v1/items?limit=100&after={api.GetProperty("next").GetString()}", Office.Stop);
        Assert.NotEqual(api.GetProperty("items")[0].GetProperty("code").GetString(), next.GetProperty("items")[0].GetProperty("code").GetString());
        var export = Sheet.Read(await client.GetByteArrayAsync("/items/export.xlsx?q=jzljcz", Office.Stop), "x.xlsx");
        Assert.Contains(export.Rows, r => export.Cell(r, "事项编码") == extra.Code);
        Assert.Equal(1, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "items.exported")));
    }

    [Theory, EveryDatabase]
    public async Task The_register_answers_who_had_to_supervise_on_a_day_years_ago(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var (housing, city) = (await office.Given.OrganAsync("区住建局"), await office.Given.OrganAsync("区城管局"));
        var item = await office.Given.SupervisedItemAsync(housing, "建筑垃圾处置核准");
        var orphan = await office.Given.ItemAsync("燃气经营许可");
        var client = office.Client(await office.Given.MemberAsync(await office.Given.OrganAsync("区审批局", OrganKind.Bureau), Roles.ItemManager));

        var changed = await client.SubmitAsync($"/register/change?item={item.Id}", "change-responsibility",
            ("Division", "370102"), ("Organ", city.Id.ToString()), ("From", "2026-02-01"), ("Source", "历联办〔2026〕1号"));
        Assert.Equal(HttpStatusCode.Redirect, changed.StatusCode);

        Assert.Contains("<strong>区住建局</strong>", await client.PageAsync("/register?on=2019-03-15"), StringComparison.Ordinal);
        Assert.DoesNotContain("<strong>区城管局</strong>", await client.PageAsync("/register?on=2019-03-15"), StringComparison.Ordinal);
        Assert.Contains("<strong>区城管局</strong>", await client.PageAsync("/register"), StringComparison.Ordinal);
        Assert.Contains("没有任何监管责任", await client.PageAsync("/register?on=2017-01-01"), StringComparison.Ordinal);
        Assert.Contains("第2版", await client.PageAsync("/register/versions"), StringComparison.Ordinal);
        Assert.Contains("结束 1 条", await client.PageAsync("/register/versions/2"), StringComparison.Ordinal);
        var gaps = await client.PageAsync("/register/gaps");
        Assert.Contains("燃气经营许可", gaps, StringComparison.Ordinal);
        Assert.DoesNotContain("建筑垃圾处置核准", gaps, StringComparison.Ordinal);
        Assert.Contains("区审批局张三", await client.PageAsync("/register/people"), StringComparison.Ordinal);

        var refused = await client.SubmitAsync($"/register/new?item={item.Id}", "add-responsibility", ("Division", "370102"), ("Organ", housing.Id.ToString()), ("Kind", "Main"), ("From", "2026-03-02"), ("Source", "误登"));
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("附件1 二(二)", await refused.Content.ReadAsStringAsync(Office.Stop), StringComparison.Ordinal);
        var route = await client.GetFromJsonAsync<JsonElement>($"/api/v1/register/route?item={item.Id}&division=370102013&on=2019-03-15", Office.Stop);
        Assert.Equal(housing.Id, route.GetProperty("organs")[0].GetProperty("organ").GetGuid());
        var nobody = await client.GetFromJsonAsync<JsonElement>($"/api/v1/register/route?item={orphan.Id}&division=370102013", Office.Stop);
        Assert.Contains("没有主监管单位", nobody.GetProperty("failure").GetString(), StringComparison.Ordinal);

        // The line ends by its page; the item then has a gap from the next day on.
        var line = await office.LookAsync(db => db.Responsibilities.AsNoTracking().SingleAsync(l => l.Organ == city.Id));
        await client.SubmitAsync($"/register/lines/{line.Id}/end", "end-responsibility", ("LastDay", "2026-03-02"), ("Source", "停止"));
        Assert.Contains("已于2026-03-02结束", await client.PageAsync("/register/gaps?on=2026-03-03"), StringComparison.Ordinal);
    }
}
