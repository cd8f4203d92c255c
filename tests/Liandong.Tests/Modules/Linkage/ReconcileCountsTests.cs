using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Liandong.Accounts;
using Liandong.Calendars;
using Liandong.Checks;
using Liandong.Data;
using Liandong.Kernel.Calendar;
using Liandong.Modules.Linkage;
using Liandong.Modules.Linkage.Reconciling;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Modules.Linkage;

/// <summary>
/// The counts that reconciliation adds up (spec: boards read counters that the same transaction increments, and can be rebuilt and compared). That no
/// sequence of acts on a push parts them from the rows is walked in <see cref="PushWalksPropertyTests"/>; here is what comes from elsewhere.
/// </summary>
public sealed class ReconcileCountsTests
{
    private static readonly DateOnly First = new(2026, 2, 27), Last = new(2026, 3, 31);

    /// <summary>A day is Beijing's to its last microsecond, whoever the database thinks has it; a case counts when it is decided, not when it is received.</summary>
    [Theory, EveryDatabase]
    public async Task Cases_count_on_the_Beijing_day_of_their_decision(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var linked = await office.Given.LinkedAsync();
        var item = await office.Given.SupervisedItemAsync(linked.First);
        var midnight = Beijing.StartOf(new(2026, 3, 1));
        foreach (var at in new[] { midnight.AddTicks(-10), midnight, midnight.AddTicks(10), midnight.AddHours(8).AddTicks(-10), midnight.AddHours(8) })
            await office.Given.SendAsync(office.Given.CaseMessage(item, m => m with { ReceivedAt = at.AddDays(-1), AcceptedAt = at.AddDays(-1), DecidedAt = at, DeliveredAt = null }));
        var open = office.Given.CaseMessage(item);
        await office.Given.SendAsync(open with { DecidedAt = null, DeliveredAt = null, Decision = null, Permit = null });
        var before = await DecidedAsync(office, linked);
        await office.Given.SendAsync(open);

        Assert.Equal([(new(2026, 2, 28), 1), (new(2026, 3, 1), 4)], before);
        Assert.Equal([(new(2026, 2, 28), 1), (new(2026, 3, 1), 4), (new(2026, 3, 2), 1)], await DecidedAsync(office, linked));
        await RowFigures.AgreeAsync(office, linked.Approver, First, Last);
        await RowFigures.AgreeAsync(office, linked.Approver, new(2026, 3, 1), new(2026, 3, 1));
    }

    /// <summary>Whoever moves a limit moves what is overdue: an extension, a pause, a calendar that is corrected. The group writer and a refused act are counted as they end.</summary>
    [Theory, EveryDatabase]
    public async Task Overdue_follows_every_limit_that_moves(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var linked = await office.Given.LinkedAsync();
        var item = await office.Given.SupervisedItemAsync(linked.First);
        for (var i = 0; i < 4; i++) await office.Given.PushDeliveredAsync(linked.First, item);
        var duties = await office.LookAsync(db => db.Duties.Where(d => d.Rule == LinkageRules.ClaimResult.Code).OrderBy(d => d.Id).Select(d => d.Id).ToListAsync());
        var bureau = office.Client(linked.Approver);
        var head = office.Client(await office.Given.MemberAsync(await office.Given.BureauAsync(), Roles.BureauHead));
        Assert.Equal(HttpStatusCode.OK, (await head.PostAsJsonAsync($"/api/v1/duties/{duties[0]}/extend", new { days = 5, reason = "情况复杂" }, Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await head.PostAsJsonAsync($"/api/v1/duties/{duties[1]}/suspend", new { reason = "等待补充材料" }, Office.Stop)).StatusCode);
        await AgreeAsync();
        var due = await office.LookAsync(db => db.Pushes.Where(p => p.DueAt != null).MinAsync(p => p.DueAt));
        await office.ActAsync(s => s.GetRequiredService<SetLocalDay>().RunAsync(new SetLocalDay.Input(Beijing.DayOf(due!.Value.AddTicks(-1)), false, "大雪停工"), Office.Stop));
        Assert.NotEqual(due, await office.LookAsync(db => db.Pushes.Where(p => p.DueAt != null).MinAsync(p => p.DueAt)));
        await AgreeAsync();

        office.GoTo("2026-03-20");
        await AgreeAsync();
        var found = await bureau.GetFromJsonAsync<JsonElement>("/api/v1/reconciliation?month=2026-03", Office.Stop);
        Assert.Equal((4, 3), (found.GetProperty("total").GetProperty("waiting").GetInt32(), found.GetProperty("total").GetProperty("overdue").GetInt32()));
        Assert.DoesNotContain(await CheckAsync(office), f => f.StartsWith("对账", StringComparison.Ordinal));

        async Task AgreeAsync()
        {
            foreach (var who in new[] { linked.Approver, linked.FirstOfficer, linked.SecondOfficer }) await RowFigures.AgreeAsync(office, who, First, Last);
            await RowFigures.AgreeAsync(office, linked.Approver, First, Last, organ: linked.First.Id, item: item.Id);
        }
    }

    /// <summary>What parts the counts from the rows is named by the checker and mended by counting anew.</summary>
    [Theory, EveryDatabase]
    public async Task A_count_that_is_wrong_is_named_and_counted_anew(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var linked = await office.Given.LinkedAsync();
        await office.Given.PushDeliveredAsync(linked.First);
        office.GoTo("2026-03-04");
        await office.Given.PushDeliveredAsync(linked.Second);
        Assert.Empty(await CheckAsync(office));

        // Somebody with the database's password mends a figure by hand, and loses another.
        await SqlAsync(office, "UPDATE push_counts SET claimed = claimed + 1 WHERE sent_on = '2026-03-02'");
        await SqlAsync(office, "DELETE FROM push_counts WHERE sent_on = '2026-03-04'");
        await SqlAsync(office, "UPDATE case_counts SET cases = cases + 3 WHERE decided_on = '2026-03-04'");
        var named = (await CheckAsync(office)).Where(f => f.Contains("rebuild-counts", StringComparison.Ordinal)).ToList();
        Assert.Equal(["对账 2026-03-04: 当日推送的计数", "对账 2026-03-02: 当日推送的计数", "对账 2026-03-04: 当日决定的计数"], named.Select(f => f[..f.IndexOf('与', StringComparison.Ordinal)]));

        await office.ActAsync(s => s.GetRequiredService<RebuildCounts>().RunAsync(Office.Stop));
        Assert.Empty(await CheckAsync(office));
        foreach (var who in new[] { linked.Approver, linked.FirstOfficer, linked.SecondOfficer }) await RowFigures.AgreeAsync(office, who, First, Last);
    }

    /// <summary>A database that was filled before there were counts is counted when the new version starts, and only then.</summary>
    [Theory, EveryDatabase]
    public async Task What_was_there_before_the_counts_is_counted_once_at_the_start(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var linked = await office.Given.LinkedAsync();
        await RowFigures.DropTriggersAsync(office);
        await office.Given.PushReturnedAsync(linked);
        await office.Given.CaseDecidedAsync(await office.Given.ItemAsync("没有监管单位的事项"));
        Assert.Equal((0, 0), await office.LookAsync(async db => (await db.PushCounts.CountAsync(), await db.CaseCounts.CountAsync())));

        await PrepareDatabase.RunAsync(office.Services, Office.Stop);
        await RowFigures.AgreeAsync(office, linked.Approver, First, Last);
        Assert.Empty(await CheckAsync(office));
        await office.Given.PushDeliveredAsync(linked.Second);
        await PrepareDatabase.RunAsync(office.Services, Office.Stop);
        await RowFigures.AgreeAsync(office, linked.Approver, First, Last);
        await RowFigures.AgreeAsync(office, linked.SecondOfficer, First, Last);
    }

    private static async Task<List<(DateOnly, int)>> DecidedAsync(Office office, Linked linked)
    {
        var found = await office.Client(linked.Approver).GetFromJsonAsync<JsonElement>($"/api/v1/reconciliation?from={First:yyyy-MM-dd}&to={Last:yyyy-MM-dd}", Office.Stop);
        return [.. found.GetProperty("flow").EnumerateArray().Where(f => f.GetProperty("decided").GetInt32() > 0).Select(f => (DateOnly.Parse(f.GetProperty("day").GetString()!), f.GetProperty("decided").GetInt32()))];
    }

    private static async Task<IReadOnlyList<string>> CheckAsync(Office office) => (await office.ActAsync(s => new CheckDistrict(s.GetRequiredService<AppDb>()).RunAsync(Office.Stop))).What;

    private static Task SqlAsync(Office office, string sql) => office.ActAsync(s => s.GetRequiredService<AppDb>().Database.ExecuteSqlRawAsync(sql, Office.Stop));
}
