using Liandong.Checks;
using Liandong.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Checks;

public sealed class CheckDistrictTests
{
    [Theory, EveryDatabase]
    public async Task What_was_made_through_use_cases_agrees_and_what_was_changed_behind_them_is_named(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var push = await office.Given.PushDeliveredAsync(await office.Given.OrganAsync("区住建局"));
        Assert.Empty((await CheckAsync(office)).What);

        // Somebody with the database's password ends the duty without an act, and drops a ledger entry's trigger to edit it.
        await SqlAsync(office, "UPDATE duties SET closed_at = opened_at, closed_how = 'Discharged' WHERE rule = 'result.claim'");
        await SqlAsync(office, database == Database.Sqlite ? "DROP TRIGGER ledger_no_update" : "DROP TRIGGER ledger_append_only ON ledger_entries");
        await SqlAsync(office, "UPDATE ledger_entries SET subject_title = 'x' WHERE number = 3");

        var found = (await CheckAsync(office)).What;
        Assert.Contains(found, f => f.Contains(push.Number, StringComparison.Ordinal) && f.Contains("认领职责", StringComparison.Ordinal));
        Assert.Contains(found, f => f.StartsWith("台账 3", StringComparison.Ordinal));
    }

    private static Task<CheckDistrict.Report> CheckAsync(Office office) =>
        office.ActAsync(services => new CheckDistrict(services.GetRequiredService<AppDb>()).RunAsync(Office.Stop));

    private static Task SqlAsync(Office office, string sql) =>
        office.ActAsync(services => services.GetRequiredService<AppDb>().Database.ExecuteSqlRawAsync(sql, Office.Stop));
}
