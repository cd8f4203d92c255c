using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Outbound;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Desk;

/// <summary>
/// Looks over the open duties of a district: records each breach once, with an act, and tells the rungs of reminding that were
/// reached (<see cref="RemindDuties"/>). Any number of nodes may sweep at any time; a run that is lost loses nothing, since the next one finds the same.
/// </summary>
public sealed class SweepDuties(AppDb db, Ledger ledger, Clock clock, RemindDuties remind)
{
    private const int Batch = 200;

    /// <summary>Returns how many breaches this run recorded.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var recorded = await RecordBreachesAsync(ct);
        await remind.RunAsync(ct);
        return recorded;
    }

    private async Task<int> RecordBreachesAsync(CancellationToken ct)
    {
        var recorded = 0;
        while (true)
        {
            var now = clock.Now;
            var overdue = await db.Duties.Where(d => d.ClosedAt == null && d.DueAt <= now && d.BreachedAt == null).OrderBy(d => d.DueAt).Take(Batch).ToListAsync(ct);
            if (overdue.Count == 0) return recorded;
            var breached = overdue.Where(d => d.RecordBreach(now)).ToList();
            foreach (var duty in breached.SkipLast(1)) ledger.Note(DutyBreached.Of(duty), duty.Subject, DutyBreached.ArticleOf(duty));
            try
            {
                var last = breached[^1];
                await ledger.RecordAsync(DutyBreached.Of(last), last.Subject, DutyBreached.ArticleOf(last), ct);
                recorded += breached.Count;
            }
            catch (Refusal lost) when (lost.Code == "conflict.lost-race")
            {
                // Another node recorded some of them, or a debtor acted this moment: look again.
            }
            ledger.Forget();
            db.ChangeTracker.Clear();
        }
    }
}

/// <summary>Sweeps every district once a minute, on every node.</summary>
public sealed class DutySweeper(IServiceScopeFactory scopes, ILogger<DutySweeper> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Every);
        do
        {
            try
            {
                foreach (var district in await Districts.AllAsync(scopes, stoppingToken)) await SweepAsync(district, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                log.LogError(failure, "The sweep of duties failed and will run again");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).AsTask().ContinueWith(t => t.IsCompletedSuccessfully && t.Result, TaskScheduler.Default));
    }

    private async Task SweepAsync(string district, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<DistrictScope>().Set(district);
        scope.ServiceProvider.GetRequiredService<Actor>().BecomePlatform();
        await scope.ServiceProvider.GetRequiredService<SweepDuties>().RunAsync(ct);
    }
}
