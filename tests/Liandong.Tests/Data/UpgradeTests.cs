using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Liandong.Checks;
using Liandong.Data;
using Liandong.Tests.Modules.Cases;
using Liandong.Tests.Modules.Linkage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Data;

/// <summary>An installation takes a new version with its data (spec: upgrade with data): what was there stays, what the new version keeps besides is made from it, and work goes on.</summary>
public sealed class UpgradeTests
{
    private const string FirstVersion = "Initial";

    /// <summary>The database goes back to the first version's tables, with everything in them that an office did, and is brought up as the start does it.</summary>
    [Theory, EveryDatabase]
    public async Task A_database_of_the_first_version_comes_up_with_its_data(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var linked = await office.Given.LinkedAsync();
        var item = await office.Given.SupervisedItemAsync(linked.First);
        var push = await office.Given.PushDeliveredAsync(linked.First, item);
        await office.Given.PushReturnedAsync(linked);
        var before = await office.LookAsync(async db => (await db.Pushes.CountAsync(), await db.Duties.CountAsync(), await db.LedgerEntries.CountAsync()));
        await RowFigures.DropTriggersAsync(office);
        await office.ActAsync(async s =>
        {
            var db = s.GetRequiredService<AppDb>();
            await db.GetService<IMigrator>().MigrateAsync(FirstVersion, Office.Stop);
            Assert.NotEmpty(await db.Database.GetPendingMigrationsAsync(Office.Stop));
        });

        await PrepareDatabase.RunAsync(office.Services, Office.Stop);

        Assert.Empty(await office.LookAsync(db => db.Database.GetPendingMigrationsAsync(Office.Stop)));
        Assert.Equal(before, await office.LookAsync(async db => (await db.Pushes.CountAsync(), await db.Duties.CountAsync(), await db.LedgerEntries.CountAsync())));
        Assert.Empty((await office.ActAsync(s => new CheckDistrict(s.GetRequiredService<AppDb>()).RunAsync(Office.Stop))).What);
        await office.ChainHoldsAsync();
        foreach (var who in new[] { linked.Approver, linked.FirstOfficer }) await RowFigures.AgreeAsync(office, who, new(2026, 2, 27), new(2026, 3, 31));
        var officer = office.Client(linked.FirstOfficer);
        Assert.Equal(HttpStatusCode.OK, (await officer.PostAsJsonAsync($"/api/v1/pushes/{push.Id}/claim", new { }, Office.Stop)).StatusCode);
        await office.ChainHoldsAsync();
        await RowFigures.AgreeAsync(office, linked.FirstOfficer, new(2026, 2, 27), new(2026, 3, 31));
        await office.IndexedAsync();
        var found = await officer.GetFromJsonAsync<JsonElement>($"/api/v1/search?q={Uri.EscapeDataString(push.Number)}", Office.Stop);
        Assert.Contains(push.Number, found.GetRawText(), StringComparison.Ordinal);
    }
}
