using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;
using Liandong.Modules.Items;
using Liandong.Modules.Linkage;
using Liandong.Outbound;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Cases;

/// <summary>What became of a request's messages.</summary>
/// <param name="Entry">Ledger number of the first act; null when nothing had to be recorded.</param>
public sealed record IntakeAnswer(IReadOnlyList<IntakeResult> Results, long? Entry);

/// <summary>
/// The one way in for cases, one writer per node. Whatever arrives while a group is being written forms the next group: it is routed, its duties
/// counted and its ledger chained in memory under the district's chain head, and written set-wise in one transaction. A group that the
/// database refuses is tried again message by message, so that a bad one fails alone.
/// </summary>
public sealed class CaseIntake : IHostedService, IAsyncDisposable
{
    /// <summary>Messages in one transaction, at most. More gain nothing and make others wait.</summary>
    private const int GroupLimit = 1000;

    private readonly IServiceScopeFactory scopes;
    private readonly PersonalNumberVault vault;
    private readonly ILogger<CaseIntake> log;
    private readonly GroupLine<Waiting> line;
    private readonly CancellationTokenSource stopping = new();

    /// <summary>What the last group of each district left behind; the writer's own.</summary>
    private readonly Dictionary<string, Held> left = [];

    public CaseIntake(IServiceScopeFactory scopes, PersonalNumberVault vault, ILogger<CaseIntake> log)
    {
        (this.scopes, this.vault, this.log) = (scopes, vault, log);
        line = new GroupLine<Waiting>(GroupLimit, w => w.Messages.Count, WriteAsync);
    }

    /// <summary>Hands messages in and waits until they are written. One request's messages keep their order.</summary>
    public async Task<IntakeAnswer> SubmitAsync(string district, Sender sender, IReadOnlyList<CheckedCase> messages, OnceKey? once, CancellationToken ct)
    {
        if (messages.Count == 0) return new IntakeAnswer([], null);
        var waiting = new Waiting(district, sender, messages, once);
        await line.HandInAsync(waiting, ct);
        return await waiting.Answer.Task.WaitAsync(ct);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await line.StopAsync(cancellationToken);
        await stopping.CancelAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await line.DisposeAsync();
        stopping.Dispose();
    }

    private async Task WriteAsync(IReadOnlyList<Waiting> group)
    {
        foreach (var district in group.GroupBy(w => w.District)) await WriteAsync(district.Key, [.. district]);
    }

    private async Task WriteAsync(string district, IReadOnlyList<Waiting> group)
    {
        try
        {
            await TryWriteAsync(district, group, stopping.Token);
        }
        catch (Exception failure) when (Outage.IsUnreachable(failure) || Outage.IsFull(failure))
        {
            // Not the messages' fault: one by one each of them would wait for the same storage.
            log.LogError(failure, "{Count} messages could not be written: the storage is away or full", group.Sum(w => w.Messages.Count));
            foreach (var waiting in group) waiting.Answer.TrySetException(failure);
        }
        catch (Exception failure) when (group.Count > 1 || group[0].Messages.Count > 1)
        {
            log.LogWarning(failure, "A group of {Count} requests could not be written at once; each message is tried alone", group.Count);
            foreach (var waiting in group) await WriteOneByOneAsync(district, waiting);
        }
        catch (Exception failure)
        {
            log.LogError(failure, "A message could not be written");
            group[0].Answer.TrySetException(failure);
        }
    }

    /// <summary>Each message in a transaction of its own. Those of a request with a key stay together: the key stands for all of them.</summary>
    private async Task WriteOneByOneAsync(string district, Waiting waiting)
    {
        if (waiting.Once is not null || waiting.Messages.Count == 1)
        {
            try
            {
                await TryWriteAsync(district, [waiting], stopping.Token);
            }
            catch (Exception failure)
            {
                log.LogError(failure, "A message could not be written");
                waiting.Answer.TrySetException(failure);
            }
            return;
        }
        var results = new List<IntakeResult>(waiting.Messages.Count);
        long? entry = null;
        foreach (var message in waiting.Messages)
        {
            var alone = new Waiting(district, waiting.Sender, [message], null);
            try
            {
                await TryWriteAsync(district, [alone], stopping.Token);
                var answer = await alone.Answer.Task;
                entry ??= answer.Entry;
                results.Add(answer.Results[0]);
            }
            catch (Exception failure)
            {
                log.LogError(failure, "A message could not be written");
                results.Add(IntakeResult.NotStored(message.Number));
            }
        }
        waiting.Answer.TrySetResult(new IntakeAnswer(results, entry));
    }

    private async Task TryWriteAsync(string district, IReadOnlyList<Waiting> group, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<DistrictScope>().Set(district);
        services.GetRequiredService<Actor>().BecomePlatform();
        var db = services.GetRequiredService<AppDb>();
        var clock = services.GetRequiredService<Clock>();
        var register = await services.GetRequiredService<RegisterBook>().CurrentAsync(ct);
        var calendar = await services.GetRequiredService<CalendarBook>().CurrentAsync(ct);

        using var turn = await services.GetRequiredService<WriteGate>().EnterAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var messages = group.SelectMany(w => w.Messages).ToList();
        var meets = await db.LockHeadAndMeetAsync([.. messages.Select(m => m.Number).Where(n => n.Length > 0).Distinct()], [.. messages.Select(m => m.PartyKey).Distinct()], [.. group.Select(w => w.Once?.Key).OfType<string>().Distinct()], ct);
        var head = meets.Head ?? throw new InvalidOperationException($"District {district} has no chain head: it was not set up.");
        var now = clock.Now;
        var held = left.Remove(district, out var kept) && kept.Number == head.Number && kept.Day == Beijing.DayOf(now) ? kept : await Held.ReadAsync(services, head.Number, Beijing.DayOf(now), ct);
        var (pushNumbers, caseNumbers) = (held.Pushes, held.Cases);
        var shelf = await ReadAsync(db, messages, meets, services.GetRequiredService<CaseConcerns>(), ct);
        var ground = new PushGround(district, register, calendar, held.PushLimit, held.ClaimLimit, held.Bureau, held.DeemedReceipt, now, new Sender(null, null, null, "", ""), clock.NewId, pushNumbers.Next);
        var rows = new CaseGroup(shelf, ground, vault, caseNumbers.Next, head.Hash, head.Number);

        var answers = new Action[group.Count];
        var keys = new List<UsedKey>();
        for (var i = 0; i < group.Count; i++)
        {
            var waiting = group[i];
            if (waiting.Once is { } again && meets.Keys.Contains(again.Key))
            {
                answers[i] = () => waiting.Answer.TrySetException(new AlreadyDone(again.Key));
                continue;
            }
            var before = rows.LastNumber;
            var results = new IntakeResult[waiting.Messages.Count];
            for (var m = 0; m < results.Length; m++) results[m] = rows.Apply(waiting.Messages[m], waiting.Sender);
            long? entry = rows.LastNumber > before ? before + 1 : null;
            if (waiting.Once is { } once && entry is { } first)
            {
                keys.Add(new UsedKey { District = district, Key = once.Key, Fingerprint = once.Fingerprint, Entry = first, At = now });
                meets.Keys.Add(once.Key);
            }
            answers[i] = () => waiting.Answer.TrySetResult(new IntakeAnswer(results, entry));
        }

        if (!rows.IsEmpty)
        {
            var writer = new SetWriter(db);
            rows.WriteTo(writer);
            writer.Insert(keys);
            pushNumbers.WriteTo(writer);
            caseNumbers.WriteTo(writer);
            writer.Update([new ChainHead { District = district, Number = rows.LastNumber, Hash = rows.LastHash, Directory = head.Directory, Desks = writer.TouchedDesks().After(head.Desks, head.Number, rows.LastNumber) }]);
            await writer.WriteAsync(ct);
            await transaction.CommitAsync(ct);
            services.GetRequiredService<LedgerSignal>().Recorded();
        }
        left[district] = held with { Number = rows.LastNumber };
        foreach (var answer in answers) answer();
    }

    private static async Task<CaseShelf> ReadAsync(AppDb db, IReadOnlyList<CheckedCase> messages, GroupMeets meets, CaseConcerns concerns, CancellationToken ct)
    {
        var shelf = new CaseShelf();
        List<Case> known = meets.Cases.Count == 0 ? [] : await db.Cases.AsNoTracking().Where(c => EF.Parameter(meets.Cases).Contains(c.Number)).ToListAsync(ct);
        foreach (var found in known) shelf.Cases[found.Number] = found;
        if (meets.Parties.Count > 0)
            foreach (var party in await db.Parties.AsNoTracking().Where(p => EF.Parameter(meets.Parties).Contains(p.Key)).ToListAsync(ct)) shelf.Parties[party.Key] = party;

        // Only what was there before can have something against it: a case that comes decided at once is new, and so is a party.
        var deciding = messages.Where(m => m.Decision?.Kind is DecisionKind.Granted or DecisionKind.Refused).ToList();
        var undecided = deciding.Select(m => shelf.Cases.GetValueOrDefault(m.Number)).OfType<Case>().Where(c => c.Decision is null).Select(c => c.Id).Distinct().ToArray();
        var applying = deciding.Select(m => shelf.Parties.GetValueOrDefault(m.PartyKey)?.Id).OfType<Guid>().Distinct().ToArray();
        if (undecided.Length + applying.Length > 0) shelf.Obstacles = await concerns.ObstaclesAsync(undecided, applying, ct);

        // Permits are looked up only where a message may touch one that is there.
        var permitNumbers = messages.Where(m => m.Permit is not null && m.Kind != ApplicationKind.New).SelectMany(m => new[] { m.Permit!.Number, m.Permit.Previous }).Where(n => n.Length > 0).Distinct().ToArray();
        var permitIds = known.Where(c => c.Permit is not null).Select(c => c.Permit!.Value).Concat(messages.Where(m => m.LapseOf is not null).Select(m => m.LapseOf!.Value)).Distinct().ToArray();
        if (permitNumbers.Length + permitIds.Length > 0)
            foreach (var permit in await db.Permits.AsNoTracking().Where(p => EF.Parameter(permitIds).Contains(p.Id) || EF.Parameter(permitNumbers).Contains(p.Number)).OrderBy(p => p.ValidFrom).ThenBy(p => p.Id).ToListAsync(ct))
            {
                shelf.Permits[permit.Id] = permit;
                if (!shelf.PermitsByNumber.TryGetValue(permit.Number, out var same)) shelf.PermitsByNumber[permit.Number] = same = [];
                same.Add(permit);
            }
        var withoutPermit = known.Where(c => c.Decision is not null && c.PermitNumber.Length == 0).Select(c => c.Id).ToArray();
        if (withoutPermit.Length > 0)
            foreach (var push in await db.Pushes.AsNoTracking().Where(p => EF.Parameter(withoutPermit).Contains(p.Case)).ToListAsync(ct))
            {
                if (!shelf.Pushes.TryGetValue(push.Case, out var same)) shelf.Pushes[push.Case] = same = [];
                same.Add(push);
            }
        return shelf;
    }

    private sealed record Waiting(string District, Sender Sender, IReadOnlyList<CheckedCase> Messages, OnceKey? Once)
    {
        public TaskCompletionSource<IntakeAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>
    /// What every group asks for and only an act changes: it holds as long as the chain head stands where the last group left it. Under the head's
    /// lock nobody else can have recorded anything in between, on any node.
    /// </summary>
    private sealed record Held(long Number, DateOnly Day, Term PushLimit, Term ClaimLimit, Guid Bureau, bool DeemedReceipt, Series Pushes, Series Cases)
    {
        public static async Task<Held> ReadAsync(IServiceProvider services, long number, DateOnly day, CancellationToken ct)
        {
            var (db, limits) = (services.GetRequiredService<AppDb>(), services.GetRequiredService<LimitBook>());
            var settings = await db.DistrictSettings.AsNoTracking().FirstOrDefaultAsync(ct);
            return new Held(number, day, await limits.OfAsync(LinkageRules.PushResult, ct), await limits.OfAsync(LinkageRules.ClaimResult, ct), await SendPushes.BureauAsync(db, day, ct), settings?.DeemedReceipt ?? false,
                await Series.OpenAsync(db, PushNumbers.SeriesOf(settings), day.Year, ct), await Series.OpenAsync(db, PushNumbers.CaseSeriesOf(settings), day.Year, ct));
        }
    }

    /// <summary>A number series, taken on in memory and written once for each group.</summary>
    private sealed class Series(NumberSeries row, bool isNew)
    {
        private int written = row.Last;
        private bool isNew = isNew;

        public static async Task<Series> OpenAsync(AppDb db, string prefix, int year, CancellationToken ct)
        {
            var row = await db.NumberSeries.AsNoTracking().FirstOrDefaultAsync(s => s.Prefix == prefix && s.Year == year, ct);
            return new Series(row ?? new NumberSeries { District = db.District, Prefix = prefix, Year = year }, row is null);
        }

        public string Next() => NumberBook.Format(row.Prefix, row.Year, ++row.Last);

        public void WriteTo(SetWriter writer)
        {
            if (row.Last == written) return;
            if (isNew) writer.Insert([row]);
            else writer.Update([row]);
            (written, isNew) = (row.Last, false);
        }
    }
}
