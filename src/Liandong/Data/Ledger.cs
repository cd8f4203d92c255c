using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Liandong.Accounts;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Kernel.Notice;
using Liandong.Outbound;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Data;

/// <summary>
/// 台账. The only way to save business data: state, duties and the act are committed in one transaction, chained under the
/// district's head. The ledger is the journal and the outbox; webhooks and projections read it by number.
/// </summary>
public sealed class Ledger(AppDb db, Actor actor, Clock clock, WriteGate gate, RequestKey key, LedgerSignal signal)
{
    /// <summary>Bodies are stored text. Chinese stays readable, nulls are left out, enums are words.</summary>
    public static readonly JsonSerializerOptions BodyFormat = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly List<Noted> noted = [];
    private readonly List<Action<long>> onNumber = [];
    private readonly List<(int Place, Action<long> Effect)> effects = [];

    private bool together;

    public DateTimeOffset Now => clock.Now;
    public DateOnly Today => clock.Today;

    /// <summary>Adds an act to those that the next <see cref="RecordAsync{T}"/> commits together with its own.</summary>
    public void Note<T>(T act, Subject about, Article? article = null) where T : IAct =>
        noted.Add(new Noted(T.Name, JsonSerializer.Serialize(act, BodyFormat), about, article?.Clause ?? "", actor.Person, actor.Organ, actor.OnBehalfOf, actor.Channel));

    /// <summary>Drops what was noted but not recorded, so that the scope can be used again after a lost race.</summary>
    public void Forget()
    {
        noted.Clear();
        onNumber.Clear();
        effects.Clear();
    }

    /// <summary>Runs with the number of the main act that is added next (the one given to <see cref="RecordAsync{T}"/> or <see cref="Add{T}"/>), before anything is saved: how a duty learns which entry closed it.</summary>
    public void WithNumber(Action<long> effect) => onNumber.Add(effect);

    /// <summary>
    /// Commits everything tracked by the context with this act. Returns the act's ledger number. Throws the refusal
    /// 他人已先行办理 when somebody else changed one of the rows meanwhile; nothing is saved then.
    /// </summary>
    public Task<long> RecordAsync<T>(T act, Subject about, Article? article, CancellationToken ct) where T : IAct
    {
        Add(act, about, article);
        return SaveAsync(ct);
    }

    /// <summary>A whole act of the present actor with what was noted and asked for its number before it; several of them are committed by one <see cref="SaveAsync"/>.</summary>
    public void Add<T>(T act, Subject about, Article? article) where T : IAct
    {
        Note(act, about, article);
        effects.AddRange(onNumber.Select(effect => (noted.Count, effect)));
        onNumber.Clear();
    }

    /// <summary>Commits everything tracked by the context with the acts added; see <see cref="RecordAsync{T}"/>. Returns the number of the last.</summary>
    public Task<long> SaveAsync(CancellationToken ct) => CommitAsync(db.SaveRecordedAsync, ct);

    /// <summary>
    /// As <see cref="SaveAsync(CancellationToken)"/>, for many acts at once: one statement for each table. Inside <see cref="TogetherAsync"/> only, and only when every
    /// row was read after it began: what was read under the chain head needs no comparing of versions.
    /// </summary>
    public Task<long> SaveSetWiseAsync(CancellationToken ct) =>
        together ? CommitAsync(db.WriteRecordedAsync, ct) : throw new InvalidOperationException("Sets are saved under the chain head that TogetherAsync holds.");

    private async Task<long> CommitAsync(Func<CancellationToken, Task> save, CancellationToken ct)
    {
        using var turn = await gate.EnterAsync(ct);
        var outer = db.Database.CurrentTransaction;
        var transaction = outer is null ? await db.Database.BeginTransactionAsync(ct) : null;
        // A transaction of its own is given up whole: the savepoint in it would cost two round trips for nothing.
        db.Database.AutoSavepointsEnabled = transaction is null;
        var saved = false;
        try
        {
            // The head that TogetherAsync locked is still as it was read, or as the last act of this scope left it.
            var head = together && HeldHead() is { } held ? held : await LockHeadAsync(ct);
            var before = head.Number;
            var main = before + noted.Count;
            foreach (var (place, effect) in effects) effect(before + place);
            var now = clock.Now;
            foreach (var act in noted)
            {
                var line = new LedgerLine(db.District, head.Number + 1, now, act.Name, act.Person, act.Organ, act.OnBehalfOf, act.Channel,
                    act.About.Kind, act.About.Id, act.About.Title, act.Clause, act.Body, head.Hash, "");
                var hash = LedgerChain.HashOf(line, Sm3.Digest);
                db.LedgerEntries.Add(new LedgerEntry
                {
                    District = line.District, Number = line.Number, At = now, Act = line.Act, Person = line.Person, Organ = line.Organ, OnBehalfOf = line.OnBehalfOf,
                    Channel = line.Channel, SubjectKind = line.SubjectKind, SubjectId = line.SubjectId, SubjectTitle = line.SubjectTitle, Clause = line.Clause,
                    Body = line.Body, PreviousHash = line.PreviousHash, Hash = hash,
                });
                (head.Number, head.Hash) = (line.Number, hash);
            }
            if (key.Key is { } used && key.Entry is null)
                db.UsedKeys.Add(new UsedKey { District = db.District, Key = used, Fingerprint = key.Fingerprint, Entry = main, At = now });
            Forget();
            await save(ct);
            if (transaction is not null) await transaction.CommitAsync(ct);
            saved = true;
            signal.Recorded();
            if (key.Key is not null) key.Entry ??= main;
            return head.Number;
        }
        catch (DbUpdateConcurrencyException)
        {
            throw Refusal.LostRace();
        }
        catch (Exception failure) when (Uniqueness.IsViolated(failure))
        {
            throw key.Key is { } used && Uniqueness.Names(failure, "used_keys") ? new AlreadyDone(used) : Refusal.LostRace();
        }
        finally
        {
            // What the context holds of a head that was not saved is true no more.
            if (!saved && HeldHead() is { } failed) db.Entry(failed).State = EntityState.Detached;
            if (transaction is not null) await transaction.DisposeAsync();
        }
    }

    /// <summary>
    /// Opens a transaction in which several use cases are recorded as one, under the district's chain head from its first
    /// moment: each of them records as usual, and nothing is kept unless <see cref="Together.CommitAsync"/> is reached.
    /// </summary>
    public Task<Together> TogetherAsync(CancellationToken ct)
    {
        // Not async: the gate marks the caller's flow as the holder, which an async method could not do for its caller.
        return BeginAsync(gate.EnterAsync(ct));

        async Task<Together> BeginAsync(Task<IDisposable> entering)
        {
            var turn = await entering;
            var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
            var outermost = !together;
            // Also in a transaction that somebody else opened: what the context may hold of a head from before was not locked.
            if (outermost) await LockHeadAsync(ct);
            together = true;
            return new Together(transaction, turn, () => together &= !outermost);
        }
    }

    /// <summary>For what is written by a line of its own (<see cref="GroupLine{T}"/>): inside a transaction of this scope it would wait for the chain head that the scope holds.</summary>
    /// <exception cref="InvalidOperationException">A <see cref="TogetherAsync"/> is open.</exception>
    public void MustStandAlone(string what)
    {
        if (together) throw new InvalidOperationException($"{what} are written by a line of their own, in a transaction of its own: not inside Ledger.TogetherAsync.");
    }

    private sealed record Noted(string Name, string Body, Subject About, string Clause, Guid? Person, Guid? Organ, Guid? OnBehalfOf, string Channel);

    private async Task<ChainHead> LockHeadAsync(CancellationToken ct)
    {
        if (HeldHead() is { } tracked) db.Entry(tracked).State = EntityState.Detached;
        return await db.LockedHead().FirstOrDefaultAsync(ct) ?? throw new InvalidOperationException($"District {db.District} has no chain head: it was not set up.");
    }

    /// <summary>The head as the context knows it. Looked for without comparing every row that the context holds: the head is changed here alone.</summary>
    private ChainHead? HeldHead()
    {
        var detects = db.ChangeTracker.AutoDetectChangesEnabled;
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var tracked = db.ChangeTracker.Entries<ChainHead>().FirstOrDefault(e => e.Entity.District == db.District)?.Entity;
        db.ChangeTracker.AutoDetectChangesEnabled = detects;
        return tracked;
    }
}

/// <summary>Several recorded use cases, committed as one.</summary>
public sealed class Together(Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction? transaction, IDisposable turn, Action ended) : IAsyncDisposable
{
    public Task CommitAsync(CancellationToken ct) => transaction?.CommitAsync(ct) ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        ended();
        if (transaction is not null) await transaction.DisposeAsync();
        turn.Dispose();
    }
}
