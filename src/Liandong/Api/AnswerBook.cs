using System.Collections.Concurrent;
using System.Threading.Channels;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Outbound;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Api;

/// <summary>
/// Keeps the answers of keyed requests. They are written many at a time, a moment after the act, so that a key costs no second commit per
/// request; until then this node gives them from memory. If the process dies in that moment the act stands and a retry gets a receipt.
/// </summary>
public sealed class AnswerBook(IServiceScopeFactory scopes, Clock clock, ILogger<AnswerBook> log) : BackgroundService
{
    /// <summary>A retry finds its key at least this long.</summary>
    public static readonly TimeSpan Keep72Hours = TimeSpan.FromHours(72);
    private static readonly TimeSpan CleanEvery = TimeSpan.FromHours(1);
    private const int Batch = 200;

    /// <summary>How long answers gather before they are written: on SQLite each writing keeps the acts waiting.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(100);

    private readonly Channel<(UsedKey Row, bool IsNew)> queue = Channel.CreateUnbounded<(UsedKey, bool)>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<(string District, string Key), UsedKey> fresh = new();
    private DateTimeOffset cleaned;

    /// <param name="isNew">The request recorded no act, so that no row of its key is there yet.</param>
    public void Keep(UsedKey row, bool isNew)
    {
        fresh[(row.District, row.Key)] = row;
        if (!queue.Writer.TryWrite((row, isNew))) fresh.TryRemove((row.District, row.Key), out _);
    }

    /// <summary>An answer that is not written yet.</summary>
    public UsedKey? Find(string district, string key) => fresh.GetValueOrDefault((district, key));

    /// <summary>Forgets keys that are older than 72 hours.</summary>
    public async Task CleanAsync(CancellationToken ct)
    {
        var limit = clock.Now - Keep72Hours;
        foreach (var district in await Districts.AllAsync(scopes, ct))
            await InDistrictAsync(district, async db =>
            {
                // In small steps: a long delete would keep others from the file.
                while (await db.UsedKeys.Where(k => k.At < limit).OrderBy(k => k.At).Take(1000).Select(k => k.Key).ToListAsync(ct) is { Count: > 0 } old)
                    await db.UsedKeys.Where(k => EF.Parameter(old).Contains(k.Key) && k.At < limit).ExecuteDeleteAsync(ct);
            });
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Writer.TryComplete();
        if (ExecuteTask is { } task) await Task.WhenAny(task, Task.Delay(TimeSpan.FromSeconds(5), cancellationToken));
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var cleaning = CleanRegularlyAsync(ended.Token);
        var rows = new List<(UsedKey Row, bool IsNew)>(Batch);
        // Ends when the queue is completed and empty, so that what was answered is written before the process goes.
        while (await queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            // A full batch says that more are waiting already.
            if (rows.Count < Batch && !stoppingToken.IsCancellationRequested) await Task.Delay(Gather, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
            rows.Clear();
            while (rows.Count < Batch && queue.Reader.TryRead(out var next)) rows.Add(next);
            foreach (var district in rows.GroupBy(r => r.Row.District)) await WriteAsync(district.Key, [.. district]);
            foreach (var (row, _) in rows) fresh.TryRemove((row.District, row.Key), out _);
        }
        // The host's own token is cancelled only after this task has ended.
        await ended.CancelAsync();
        await cleaning;
    }

    private async Task WriteAsync(string district, IReadOnlyList<(UsedKey Row, bool IsNew)> rows)
    {
        try
        {
            await InDistrictAsync(district, async db =>
            {
                var unrecorded = rows.Where(r => r.IsNew).Select(r => r.Row).ToList();
                var keys = unrecorded.Select(r => r.Key).ToArray();
                var there = await db.UsedKeys.AsNoTracking().Where(k => EF.Parameter(keys).Contains(k.Key)).Select(k => k.Key).ToListAsync();
                var writer = new SetWriter(db);
                writer.Insert(unrecorded.Where(r => !there.Contains(r.Key)).DistinctBy(r => r.Key).ToList());
                writer.Update(rows.Where(r => !r.IsNew).Select(r => r.Row).ToList());
                await writer.WriteAsync(CancellationToken.None);
            });
        }
        catch (Exception failure)
        {
            // The acts stand: a retry gets the receipt instead of the answer.
            log.LogWarning(failure, "The answers of {Count} keyed requests could not be kept", rows.Count);
        }
    }

    private async Task CleanRegularlyAsync(CancellationToken ct)
    {
        try
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1));
            do
            {
                if (clock.Now - cleaned < CleanEvery) continue;
                cleaned = clock.Now;
                try
                {
                    await CleanAsync(ct);
                }
                catch (Exception failure) when (failure is not OperationCanceledException)
                {
                    log.LogWarning(failure, "Old keys could not be cleaned away; the next hour tries again");
                }
            }
            while (await timer.WaitForNextTickAsync(ct));
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private async Task InDistrictAsync(string district, Func<AppDb, Task> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<DistrictScope>().Set(district);
        scope.ServiceProvider.GetRequiredService<Actor>().BecomePlatform();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        using var turn = await scope.ServiceProvider.GetRequiredService<WriteGate>().EnterAsync(CancellationToken.None);
        await using var transaction = await db.BeginRedoableAsync(CancellationToken.None);
        await work(db);
        await transaction.CommitAsync();
    }
}
