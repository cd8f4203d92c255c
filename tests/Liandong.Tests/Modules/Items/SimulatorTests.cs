using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Liandong.Accounts;
using Liandong.Modules.Directory;
using Liandong.Modules.Items;
using Liandong.Sheets;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Liandong.Tests.Modules.Items;

/// <summary>规则模拟: what past cases would have done under another register.</summary>
public sealed class SimulatorTests
{
    [Theory, EveryDatabase]
    public async Task Past_cases_are_replayed_under_a_draft_and_nothing_is_written(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var bureau = await office.Given.BureauAsync();
        var (housing, city) = (await office.Given.OrganAsync("区住建局"), await office.Given.OrganAsync("区城管局"));
        var (waste, gas) = (await office.Given.SupervisedItemAsync(housing, "建筑垃圾处置核准"), await office.Given.SupervisedItemAsync(housing, "燃气经营许可"));
        var orphan = await office.Given.ItemAsync("无人监管的事项");
        for (var i = 0; i < 3; i++) await office.Given.CaseDecidedAsync(waste);
        await office.Given.CaseDecidedAsync(gas);
        await office.Given.CaseDecidedAsync(orphan);
        var member = await office.Given.MemberAsync(bureau, Roles.ItemManager);
        var client = office.Client(member, follow: true);
        var before = await office.LookAsync(async db => (await db.LedgerEntries.CountAsync(), await db.Responsibilities.CountAsync(), await db.RegisterRevisions.CountAsync(), await db.Pushes.CountAsync()));

        var moved = await SimulateAsync(client, new { itemCode = waste.Code, division = "370102", toOrgan = city.Id, from = "2026-01-01" });
        Assert.Equal((5, 3, 0, 1), (moved.Cases, moved.Changed, moved.Unrouted, moved.StillUnrouted));
        Assert.Equal([new OrganMove("区住建局", "区城管局", RoutingChange.Moved, 3, 1)], moved.Moves);
        Assert.Equal([("区城管局", 0, 3), ("区住建局", 4, 1)], moved.Loads.Select(l => (l.Organ, l.Before, l.After)).OrderBy(l => l.Before));
        Assert.All(moved.Rows, r => Assert.Equal(("区住建局", "区城管局"), (r.FromOrgans, r.ToOrgans)));

        var unrouted = await SimulateAsync(client, new { itemCode = "", fromOrgan = housing.Id, division = "370102", from = "2026-01-01" });
        Assert.Equal((4, 4), (unrouted.Changed, unrouted.Unrouted));
        Assert.Contains("已于2025-12-31结束", unrouted.Rows[0].Reason, StringComparison.Ordinal);
        var routed = await SimulateAsync(client, new { itemCode = orphan.Code, division = "370102", toOrgan = city.Id, from = "2026-01-01" });
        Assert.Equal((1, 1), (routed.Changed, routed.NewlyRouted));
        var later = await SimulateAsync(client, new { itemCode = waste.Code, division = "370102", toOrgan = city.Id, from = "2026-03-03" });
        Assert.Equal(0, later.Changed);

        // The page says the same, and its file holds the cases.
        var query = $"?run=1&item={waste.Code}&toOrgan={city.Id}&division=370102&from=2026-01-01&to=2026-03-02";
        var page = await client.PageAsync("/register/simulate" + query);
        Assert.Contains("区住建局 → <strong>区城管局</strong>", page, StringComparison.Ordinal);

        // A whole table as the draft: a street of its own, and a row that cannot be.
        var upload = await ImportTests.UploadAsync(client, "/register/simulate", "upload-draft",
            Encoding.UTF8.GetBytes($"事项编码,区划,监管单位,起始日\n{gas.Code},370102013,区城管局,2026-01-01\nXX-1,,区城管局,2026-01-01\n"), "草案.csv", ("From", "2026-01-01"));
        var draft = await upload.Content.ReadAsStringAsync(Office.Stop);
        Assert.Contains("燃气经营许可", draft, StringComparison.Ordinal);
        Assert.Contains("没有编码为XX-1的事项", draft, StringComparison.Ordinal);
        var after = await office.LookAsync(async db => (await db.LedgerEntries.CountAsync(), await db.Responsibilities.CountAsync(), await db.RegisterRevisions.CountAsync(), await db.Pushes.CountAsync()));
        Assert.Equal(before, after);

        var file = Sheet.Read(await client.GetByteArrayAsync("/register/simulation.xlsx" + query, Office.Stop), "s.xlsx");
        Assert.Equal(3, file.Rows.Count);
        Assert.Equal(1, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "items.exported")));
        Assert.Equal(HttpStatusCode.Forbidden, (await office.Client(await office.Given.MemberAsync(housing, Roles.LiaisonLead)).GetAsync("/register/simulate" + query, Office.Stop)).StatusCode);
    }

    private static async Task<SimulationOutcome> SimulateAsync(HttpClient client, object swap)
    {
        var answer = await client.PostAsJsonAsync("/api/v1/register/simulate", new { swap, from = "2026-01-01", to = "2026-03-02", rows = 100 }, Office.Stop);
        var body = await answer.Content.ReadAsStringAsync(Office.Stop);
        Assert.True(answer.IsSuccessStatusCode, body);
        return JsonSerializer.Deserialize<SimulationOutcome>(body, Liandong.Data.Ledger.BodyFormat)!;
    }
}
