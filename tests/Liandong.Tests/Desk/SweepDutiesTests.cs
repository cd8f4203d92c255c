using Liandong.Accounts;
using Liandong.Data;
using Liandong.Desk;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;
using Liandong.Modules.Directory;
using Liandong.Modules.Linkage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Desk;

public sealed class SweepDutiesTests
{
    [Theory, EveryDatabase]
    public async Task A_breach_is_recorded_once_however_many_nodes_sweep(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var organ = await office.Given.OrganAsync("区住建局");
        var late = await OpenAsync(office, organ, 40);
        office.GoTo("2026-03-09");
        await OpenAsync(office, organ, 3);

        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => office.ActAsync(s => s.GetRequiredService<SweepDuties>().RunAsync(Office.Stop)))));
        await office.ActAsync(s => s.GetRequiredService<SweepDuties>().RunAsync(Office.Stop));

        Assert.Equal(40, runs.Sum());
        var acts = await office.LookAsync(db => db.LedgerEntries.Where(e => e.Act == "duty.breached").ToListAsync());
        Assert.Equal(late.Order(), acts.Select(a => a.SubjectId).Order());
        Assert.All(acts, a => Assert.Equal("附件2 四(四)", a.Clause));
        Assert.Equal(40, await office.LookAsync(db => db.Duties.CountAsync(d => d.BreachedAt != null)));
    }

    private static Task<List<Guid>> OpenAsync(Office office, Organ organ, int count) => office.ActAsync(async services =>
    {
        var (duties, ledger) = (services.GetRequiredService<DutyBook>(), services.GetRequiredService<Ledger>());
        var subjects = Enumerable.Range(0, count).Select(n => new Subject("push", Guid.CreateVersion7(office.Time.GetUtcNow().AddMilliseconds(n)), $"历审推〔2026〕{n}号", "食品经营许可")).ToList();
        foreach (var subject in subjects) await duties.OpenAsync(LinkageRules.ClaimResult, organ.Id, null, subject, Office.Stop);
        await ledger.RecordAsync(new AddOrgan.Act(organ.Id, organ.Name, organ.Kind, organ.From), subjects[0], null, Office.Stop);
        return subjects.Select(s => s.Id).ToList();
    });
}
