using System.Diagnostics;
using Liandong.Accounts;
using Liandong.Data;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Outbound;

/// <summary>How far a reader of the ledger has come in a district.</summary>
public sealed class LedgerCursor
{
    public required string District { get; init; }

    /// <summary>The reader's stable name: <c>search</c>, <c>webhooks</c>.</summary>
    public required string Reader { get; init; }

    /// <summary>Number of the last entry that was read.</summary>
    public long Number { get; set; }
}

/// <summary>Wakes the followers when this process has recorded something; other nodes' entries are found by polling.</summary>
public sealed class LedgerSignal
{
    private volatile TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Recorded() => Interlocked.Exchange(ref next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    public Task NextAsync() => next.Task;
}

/// <summary>
/// Reads the ledger in order, from where it stopped, and keeps its place in the same transaction as what it does: a killed
/// process repeats nothing and skips nothing, and of several nodes one reads a district at a time.
/// </summary>
public abstract class LedgerFollower(IServiceScopeFactory scopes, LedgerSignal signal, ILogger log) : BackgroundService
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(2);

    protected abstract string Reader { get; }

    protected virtual int BatchSize => 500;

    /// <summary>Reads and reckons what will be written, before the turn is taken: meanwhile others may act. What changes after it has a later entry and comes again.</summary>
    protected virtual Task PrepareAsync(IServiceProvider services, IReadOnlyList<LedgerEntry> entries, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Does what follows from the entries, inside the transaction that moves the cursor. Technical tables may be saved directly.</summary>
    protected abstract Task ReadAsync(IServiceProvider services, IReadOnlyList<LedgerEntry> entries, CancellationToken ct);

    /// <summary>False where nothing would follow from any entry: the ledger is then not followed at all and the place stays.</summary>
    protected virtual Task<bool> HasWorkAsync(AppDb db, CancellationToken ct) => Task.FromResult(true);

    /// <summary>After which number to read on, when not after the kept place.</summary>
    protected virtual Task<long> BeginAfterAsync(AppDb db, long place, CancellationToken ct) => Task.FromResult(place);

    /// <summary>How many times as long as a batch took the reader rests after it if somebody acted meanwhile. One whose work can wait leaves the machine to those who cannot; what it is behind with, it catches up when all is quiet.</summary>
    protected virtual int Rests => 0;

    /// <summary>A batch was read and its effects are committed.</summary>
    protected virtual void HasRead() { }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var (districts, asked) = ((IReadOnlyList<string>)[], (long?)null);
        while (!stoppingToken.IsCancellationRequested)
        {
            // Taken before reading, so that an entry recorded meanwhile wakes the next round.
            var next = signal.NextAsync();
            try
            {
                // Each act wakes the followers: a district that is set up is found with the next poll, not asked for each time.
                if (asked is null || Stopwatch.GetElapsedTime(asked.Value) >= PollEvery) (districts, asked) = (await Districts.AllAsync(scopes, stoppingToken), Stopwatch.GetTimestamp());
                foreach (var district in districts)
                    while (await ReadSomeInTurnAsync(district, stoppingToken) == BatchSize) { }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                log.LogError(failure, "Follower {Reader} failed and will try again", Reader);
            }
            await Task.WhenAny(next, Task.Delay(PollEvery, stoppingToken));
        }
    }

    private async Task<int> ReadSomeInTurnAsync(string district, CancellationToken ct)
    {
        var (from, others) = (Stopwatch.GetTimestamp(), signal.NextAsync());
        var read = await ReadSomeAsync(district, ct);
        if (Rests > 0 && read > 0 && others.IsCompleted) await Task.Delay(Rests * Stopwatch.GetElapsedTime(from), ct);
        return read;
    }

    /// <summary>Reads one batch of a district now; returns how many entries there were. Tests call it to be at the end without waiting.</summary>
    public async Task<int> ReadSomeAsync(string district, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<DistrictScope>().Set(district);
        services.GetRequiredService<Actor>().BecomePlatform();
        var db = services.GetRequiredService<AppDb>();
        await using var connection = await db.HoldConnectionAsync(ct);
        var at = await db.ChainHeads.AsNoTracking().Where(h => h.District == district)
            .Select(h => new { h.Number, Place = db.LedgerCursors.Where(c => c.Reader == Reader).Select(c => (long?)c.Number).FirstOrDefault() }).FirstOrDefaultAsync(ct);
        var place = at?.Place ?? 0;
        if (at is null || at.Number <= place) return 0;
        if (!await HasWorkAsync(db, ct)) return 0;
        var after = await BeginAfterAsync(db, place, ct);
        var entries = await db.LedgerEntries.AsNoTracking().Where(e => e.Number > after).OrderBy(e => e.Number).Take(BatchSize).ToListAsync(ct);
        if (entries.Count == 0) return 0;
        await PrepareAsync(services, entries, ct);

        using var turn = await services.GetRequiredService<WriteGate>().EnterAsync(ct);
        // The ledger is there to be read again. What is sent outside waits for the commit that leases it.
        await using var transaction = await db.BeginRedoableAsync(ct);
        if (at.Place is null) await db.AddCursorIfAbsentAsync(Reader, ct);
        var cursor = await db.LockedCursor(Reader).FirstOrDefaultAsync(ct);
        // Another node holds the district's cursor, or has moved it meanwhile: it reads on.
        if (cursor is null || cursor.Number != place) return 0;
        await ReadAsync(services, entries, ct);
        cursor.Number = entries[^1].Number;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        HasRead();
        return entries.Count;
    }
}

/// <summary>The districts that this installation keeps.</summary>
public static class Districts
{
    /// <param name="only">The one that a command names; every district when null.</param>
    public static async Task<IReadOnlyList<string>> AllAsync(IServiceScopeFactory scopes, CancellationToken ct, string? only = null)
    {
        if (only is not null) return [only];
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AppDb>().ChainHeads.IgnoreQueryFilters().AsNoTracking().OrderBy(h => h.District).Select(h => h.District).ToListAsync(ct);
    }
}
