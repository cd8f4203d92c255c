using System.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Bench;

/// <summary>Starts on 100,000 open duties of which 1,000 are past due: how long until ready, how long until every breach is on record, and whether each is there exactly once.</summary>
public static class StartBench
{
    private const int Open = 100_000, PastDue = 1000;

    public static async Task RunAsync(Options options)
    {
        var report = new Report($"start — {Open:#,0} open duties, {PastDue:#,0} past due", "database", "nodes", "process start to ready, s", "on an empty district, s", "breaches recorded after, s", "breaches", "goal");
        await Databases.OnEachAsync(options, async (name, make) =>
        {
            await using var empty = await District.MakeAsync(make("start_empty"));
            double bare;
            using (var host = await Host.StartAsync(empty.Choice)) bare = host.Ready.TotalSeconds;
            await using var district = await District.MakeAsync(make("start_full"));
            using (var host = await Host.StartAsync(district.Choice))
            using (var http = await host.SignInAsync(district.BureauClient))
                await Bulk.SendAsync(http, 1, Open, n => district.Handled[(int)(n % district.Handled.Count)].Code);
            for (var nodes = 1; nodes <= (district.Choice.IsSqlite ? 1 : 2); nodes++)
            {
                // Time passes by hand: other duties each round, so that the second has its own breaches.
                var before = await CountAsync(district);
                var yesterday = TimeProvider.System.GetUtcNow().AddDays(-1);
                var chosen = await district.LookAsync(db => db.Duties.AsNoTracking().Where(d => d.ClosedAt == null && d.DueAt > yesterday.AddDays(1) && d.Rule == "result.claim").OrderBy(d => d.Id).Select(d => d.Id).Take(PastDue).ToListAsync());
                await district.LookAsync(async db =>
                {
                    foreach (var some in chosen.Chunk(500)) await db.Duties.Where(d => some.Contains(d.Id)).ExecuteUpdateAsync(set => set.SetProperty(d => d.DueAt, yesterday));
                    return 0;
                });
                var watch = Stopwatch.StartNew();
                var hosts = await Task.WhenAll(Enumerable.Range(0, nodes).Select(_ => Host.StartAsync(district.Choice)));
                while (watch.Elapsed < TimeSpan.FromMinutes(3) && await CountAsync(district) < before + PastDue) await Task.Delay(100);
                var recorded = watch.Elapsed;
                // Whatever a second node would record twice would come now.
                await Task.Delay(TimeSpan.FromSeconds(nodes == 1 ? 2 : 10));
                var (after, doubled) = (await CountAsync(district) - before, await DoubledAsync(district));
                foreach (var host in hosts) host.Dispose();
                report.Add(name, nodes.ToString(), $"{hosts.Max(h => h.Ready).TotalSeconds:0.0}", $"{bare:0.0}", $"{recorded.TotalSeconds:0.0}", $"{after} of {PastDue}, {doubled} twice", "< 2 s to ready; each exactly once");
            }
        });
        report.Print();
    }

    private static Task<int> CountAsync(District district) => district.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "duty.breached"));

    private static Task<int> DoubledAsync(District district) => district.LookAsync(db => db.LedgerEntries.Where(e => e.Act == "duty.breached").GroupBy(e => e.Body).CountAsync(g => g.Count() > 1));
}
