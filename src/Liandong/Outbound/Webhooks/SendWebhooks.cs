using System.Collections.Concurrent;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Outbound;

/// <summary>
/// Hands deliveries over. Each subscription has a line of its own: of one subject only the earliest that waits is tried, so that order is kept
/// per subject; a slow or dead receiver holds nobody else up. A delivery is leased before it is tried: of several nodes one tries it.
/// </summary>
public sealed class SendWebhooks(IServiceScopeFactory scopes, WriteGate gate, WebhookTransport transport, WebhookSignal signal, Clock clock, IDataProtectionProvider protection, ILogger<SendWebhooks> log) : BackgroundService
{
    private const int Batch = 16;
    private const int AtOnce = 8;
    private const int LinesAtOnce = 32;

    /// <summary>Two rounds of patience and a little more: after that a delivery in the hands of a node that died is taken over.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan KeepDelivered = TimeSpan.FromDays(30);
    private static readonly TimeSpan KeepDead = TimeSpan.FromDays(365);

    private readonly ConcurrentDictionary<(string District, Guid Subscription), Task> lines = new();
    private readonly SemaphoreSlim room = new(LinesAtOnce);
    private DateTimeOffset cleaned;

    /// <summary>Tries everything of a district that is due, and what becomes due by that; returns how many tries there were. Tests call it to be at the end without waiting.</summary>
    public async Task<int> SendDueAsync(string district, CancellationToken ct)
    {
        var tries = 0;
        while (true)
        {
            var running = new List<Task<int>>();
            foreach (var subscription in await InDistrictAsync(district, db => DueLinesAsync(db, ct))) running.Add(SendLineAsync(district, subscription, ct));
            var done = (await Task.WhenAll(running)).Sum();
            if (done == 0) return tries;
            tries += done;
        }
    }

    /// <summary>Forgets what was delivered a month ago, and the log of its tries.</summary>
    public Task CleanAsync(string district, CancellationToken ct) => InDistrictAsync(district, async db =>
    {
        var (delivered, dead) = (clock.Now - KeepDelivered, clock.Now - KeepDead);
        await db.WebhookAttempts.Where(a => a.At < delivered).ExecuteDeleteAsync(ct);
        return await db.WebhookDeliveries.Where(d => d.State == DeliveryState.Delivered && d.EndedAt < delivered || d.State == DeliveryState.Dead && d.EndedAt < dead).ExecuteDeleteAsync(ct);
    });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = signal.NextAsync();
            try
            {
                foreach (var district in await Districts.AllAsync(scopes, stoppingToken))
                {
                    foreach (var subscription in await InDistrictAsync(district, db => DueLinesAsync(db, stoppingToken)))
                        _ = lines.GetOrAdd((district, subscription), place => RunLineAsync(place.District, place.Subscription, stoppingToken));
                    if (clock.Now - cleaned > TimeSpan.FromHours(1)) await CleanAsync(district, stoppingToken);
                }
                if (clock.Now - cleaned > TimeSpan.FromHours(1)) cleaned = clock.Now;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception failure)
            {
                log.LogError(failure, "The sender of webhooks failed and will try again");
            }
            await Task.WhenAny(next, Task.Delay(PollEvery, stoppingToken));
        }
        await Task.WhenAll(lines.Values);
    }

    public override void Dispose()
    {
        base.Dispose();
        room.Dispose();
    }

    private async Task RunLineAsync(string district, Guid subscription, CancellationToken ct)
    {
        // Entered in the table before it begins, so that it can take itself out.
        await Task.Yield();
        try
        {
            await room.WaitAsync(ct);
            try
            {
                while (await SendLineAsync(district, subscription, ct) > 0) { }
            }
            finally
            {
                room.Release();
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException || Log(failure))
        {
            // What was leased is tried again when the lease has run out.
        }
        finally
        {
            lines.TryRemove((district, subscription), out _);
        }

        bool Log(Exception failure)
        {
            log.LogError(failure, "The line of subscription {Subscription} failed and will be tried again", subscription);
            return true;
        }
    }

    private async Task<IReadOnlyList<Guid>> DueLinesAsync(AppDb db, CancellationToken ct)
    {
        var now = clock.Now;
        var due = await db.WebhookDeliveries.AsNoTracking().Where(d => d.State == DeliveryState.Waiting && d.NextAt <= now && (d.LeasedUntil == null || d.LeasedUntil <= now)).Select(d => d.Subscription).Distinct().ToListAsync(ct);
        if (due.Count == 0) return due;
        var active = await db.WebhookSubscriptions.AsNoTracking().Where(s => s.State == WebhookState.Active && EF.Parameter(due).Contains(s.Id)).Select(s => s.Id).ToListAsync(ct);
        var held = await db.WebhookLines.AsNoTracking().Where(l => l.HeldUntil > now).Select(l => l.Subscription).ToListAsync(ct);
        return [.. active.Except(held)];
    }

    /// <summary>Leases one batch, tries it, writes down what came of it.</summary>
    private async Task<int> SendLineAsync(string district, Guid id, CancellationToken ct)
    {
        if (await LeaseAsync(district, id, ct) is not { Deliveries.Count: > 0 } batch) return 0;
        var outcomes = new WebhookTransport.Outcome[batch.Deliveries.Count];
        await Parallel.ForAsync(0, outcomes.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (i, stop) =>
            outcomes[i] = await transport.SendAsync(batch.Url, CloudEvent.IdOf(district, batch.Deliveries[i].Number), batch.Bodies[batch.Deliveries[i].Number], batch.Secrets, stop));
        await NoteAsync(district, batch, outcomes, ct);
        return outcomes.Length;
    }

    private sealed record Leased(Guid Subscription, string Url, IReadOnlyList<string> Secrets, IReadOnlyList<WebhookDelivery> Deliveries, IReadOnlyDictionary<long, string> Bodies);

    private Task<Leased?> LeaseAsync(string district, Guid id, CancellationToken ct) => InDistrictAsync(district, async db =>
    {
        var now = clock.Now;
        var subscription = await db.WebhookSubscriptions.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id && s.State == WebhookState.Active, ct);
        if (subscription is null || !await db.MachineClients.AnyAsync(c => c.Id == subscription.Client && c.DisabledAt == null, ct)) return null;
        var line = await db.WebhookLines.AsNoTracking().FirstOrDefaultAsync(l => l.Subscription == id, ct);
        if (line?.IsHeldAt(now) == true) return null;
        var ids = await db.WebhookDeliveries.AsNoTracking()
            .Where(d => d.Subscription == id && d.State == DeliveryState.Waiting && d.NextAt <= now && (d.LeasedUntil == null || d.LeasedUntil <= now))
            .Where(d => !db.WebhookDeliveries.Any(e => e.Subscription == id && e.SubjectId == d.SubjectId && e.State == DeliveryState.Waiting && e.Number < d.Number))
            .OrderBy(d => d.NextAt).ThenBy(d => d.Number).Select(d => d.Id).Take(line?.IsDoubtful == true ? 1 : Batch).ToArrayAsync(ct);
        if (ids.Length == 0) return null;

        using var turn = await gate.EnterAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var deliveries = await db.LockedDeliveries(ids, now).ToListAsync(ct);
        foreach (var delivery in deliveries)
        {
            delivery.LeasedUntil = now + Lease;
            delivery.FirstTriedAt ??= now;
        }
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        var numbers = deliveries.Select(d => d.Number).ToArray();
        var bodies = (await db.LedgerEntries.AsNoTracking().Where(e => EF.Parameter(numbers).Contains(e.Number)).ToListAsync(ct)).ToDictionary(e => e.Number, CloudEvent.Of);
        var vault = WebhookActs.Vault(protection);
        string[] secrets = [vault.Unprotect(subscription.Secret), .. subscription is { PreviousSecret: { } previous, PreviousUntil: { } until } && until > now ? [vault.Unprotect(previous)] : Array.Empty<string>()];
        return new Leased(id, subscription.Url, secrets, deliveries, bodies);
    });

    private Task<int> NoteAsync(string district, Leased batch, IReadOnlyList<WebhookTransport.Outcome> outcomes, CancellationToken ct) => InDistrictAsync(district, async db =>
    {
        using (await gate.EnterAsync(ct))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var now = clock.Now;
            // Two nodes may have tried the same subscription for the first time: what either learned must not be lost to the other.
            await db.HoldWebhookLineAsync(batch.Subscription, ct);
            var line = await db.WebhookLines.FirstAsync(l => l.Subscription == batch.Subscription, ct);
            var back = false;
            for (var i = 0; i < outcomes.Count; i++)
            {
                var (delivery, outcome) = (batch.Deliveries[i], outcomes[i]);
                db.WebhookDeliveries.Attach(delivery);
                delivery.Attempts++;
                (delivery.LeasedUntil, delivery.LastStatus, delivery.LastError) = (null, outcome.Status, outcome.Error);
                db.WebhookAttempts.Add(new WebhookAttempt
                {
                    District = district, Id = clock.NewId(), Subscription = batch.Subscription, Delivery = delivery.Id, Number = delivery.Number, Nth = delivery.Attempts, At = now, Status = outcome.Status,
                    Error = outcome.Error, Milliseconds = outcome.Milliseconds,
                });
                if (outcome.IsDone)
                {
                    (delivery.State, delivery.EndedAt) = (DeliveryState.Delivered, now);
                    back |= line.Succeed(now);
                    continue;
                }
                line.Fail(now);
                var next = outcome.IsGone ? null : RetrySchedule.NextAfter(delivery.Attempts, now, outcome.Asked);
                if (next is { } at) delivery.NextAt = at;
                else (delivery.State, delivery.EndedAt) = (DeliveryState.Dead, now);
            }
            await db.SaveChangesAsync(ct);
            // The receiver is back: whatever waits for a later try goes now.
            if (back) await db.WebhookDeliveries.Where(d => d.Subscription == batch.Subscription && d.State == DeliveryState.Waiting && d.NextAt > now).ExecuteUpdateAsync(set => set.SetProperty(d => d.NextAt, now), ct);
            await transaction.CommitAsync(ct);
        }
        if (outcomes.Any(o => o.IsGone)) await EndAsync(district, batch.Subscription, ct);
        return outcomes.Count;
    });

    private async Task EndAsync(string district, Guid id, CancellationToken ct)
    {
        await using var scope = ScopeOf(district);
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var subscription = await db.WebhookSubscriptions.SingleAsync(s => s.Id == id, ct);
        try
        {
            if (subscription.GoAway()) await scope.ServiceProvider.GetRequiredService<Ledger>().RecordAsync(new WebhookActs.Gone(id), subscription.Ref, null, ct);
        }
        catch (Refusal lost) when (lost.Code == "conflict.lost-race")
        {
            // Somebody paused or changed it this moment; if the receiver is still gone, the next try says so again.
        }
    }

    private async Task<T> InDistrictAsync<T>(string district, Func<AppDb, Task<T>> work)
    {
        await using var scope = ScopeOf(district);
        return await work(scope.ServiceProvider.GetRequiredService<AppDb>());
    }

    private AsyncServiceScope ScopeOf(string district)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<DistrictScope>().Set(district);
        scope.ServiceProvider.GetRequiredService<Actor>().BecomePlatform();
        return scope;
    }
}
