using System.Collections.Concurrent;
using Liandong.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Data;

/// <summary>What was read of a district's directory at one of its states, for one day.</summary>
/// <param name="Directory">The state: <see cref="ChainHead.Directory"/>.</param>
public sealed record KnownDirectory(long Directory, DateOnly Day)
{
    public ConcurrentDictionary<(Guid Person, Guid Organ), Standing?> Standings { get; } = new();
    public IReadOnlyDictionary<Guid, string>? OrganNames { get; set; }
    public DistrictPlace? Place { get; set; }
}

/// <param name="IsSample">True in the sample district.</param>
public sealed record DistrictPlace(string Name, bool IsSample);

/// <summary>The directories that this process has read, the latest state of each district.</summary>
public sealed class DirectoryCache
{
    private readonly ConcurrentDictionary<string, KnownDirectory> known = new();

    public KnownDirectory At(string district, long directory, DateOnly day) =>
        known.TryGetValue(district, out var latest) && latest.Directory == directory && latest.Day == day ? latest : known[district] = new KnownDirectory(directory, day);
}

/// <summary>
/// What every page asks of the directory and acts seldom change: who stands where, what the organs and the district are called. How far the ledger has
/// come and which act last changed the directory is asked once in each scope; what was read at that state still holds, on every node.
/// </summary>
public sealed class DirectoryBook(AppDb db, DirectoryCache cache, Clock clock)
{
    private static readonly Compiled<Func<AppDb, string, CancellationToken, Task<Heads?>>> HeadsOf = new(() =>
        EF.CompileAsyncQuery((AppDb db, string district, CancellationToken _) => db.ChainHeads.Where(h => h.District == district).Select(h => new Heads(h.Number, h.Directory, h.Desks)).FirstOrDefault()));

    // The same with what the frame of a person's page asks besides.
    private static readonly Compiled<Func<AppDb, string, Guid, Guid, CancellationToken, Task<Heads?>>> HeadsFor = new(() =>
        EF.CompileAsyncQuery((AppDb db, string district, Guid organ, Guid person, CancellationToken _) => db.ChainHeads.Where(h => h.District == district).Select(h => new Heads(h.Number, h.Directory, h.Desks)
        {
            Unread = db.Reminders.Where(r => r.Organ == organ && r.Person == person && r.ReadAt == null && db.Duties.Any(d => d.Id == r.Duty && d.ClosedAt == null)).Take(Desk.ReminderQueries.MostCounted).Count(),
        }).FirstOrDefault()));

    private (Guid Person, Guid Organ)? reader;
    private Heads? heads;
    private KnownDirectory? known;

    private sealed record Heads(long Number, long Directory, byte[] Desks)
    {
        public int? Unread { get; init; }
    }

    /// <summary>Says before anything is asked that a page is made for this person: how many reminders are unread is then asked in the same statement.</summary>
    public void ReadsFor(Guid person, Guid organ) => reader = (person, organ);

    /// <inheritdoc cref="Desk.ReminderQueries.UnreadAsync"/>
    public async ValueTask<int> UnreadAsync(Actor actor, CancellationToken ct) =>
        await HeadsAsync(ct) is { Unread: { } unread } && actor.OnBehalfOf is null && reader == (actor.Person, actor.Organ) ? unread : await Desk.ReminderQueries.UnreadAsync(db, actor, ct);

    /// <summary>Number of the district's last entry: while it stands, no act has changed anything.</summary>
    public async ValueTask<long> NumberAsync(CancellationToken ct) => (await HeadsAsync(ct)).Number;

    /// <summary>Number of the last entry whose act changed what the organ's desk shows of duties and plans: while it stands, they are as they were read.</summary>
    public async ValueTask<long> DeskMarkAsync(Guid organ, CancellationToken ct) => await HeadsAsync(ct) is var at ? DeskMarks.Of(at.Desks, at.Number, organ) : 0;

    /// <summary>The state of the directory that this scope reads, and its day: whatever it answers is the same while both stand.</summary>
    public async ValueTask<(long Directory, DateOnly Day)> StateAsync(CancellationToken ct) => await KnownAsync(ct) is var at ? (at.Directory, at.Day) : default;

    /// <inheritdoc cref="Standing.OfAsync"/>
    public async ValueTask<Standing?> StandingAsync(Guid person, Guid organ, CancellationToken ct)
    {
        var at = await KnownAsync(ct);
        if (at.Standings.TryGetValue((person, organ), out var standing)) return standing;
        await using var held = await db.HoldConnectionAsync(ct);
        return at.Standings[(person, organ)] = await Standing.OfAsync(db, person, organ, at.Day, ct);
    }

    /// <summary>Short names of the district's organs.</summary>
    public async ValueTask<IReadOnlyDictionary<Guid, string>> OrganNamesAsync(CancellationToken ct)
    {
        var at = await KnownAsync(ct);
        return at.OrganNames ??= await Desk.DutyQueries.OrganNamesAsync(db, ct);
    }

    public async ValueTask<DistrictPlace> PlaceAsync(CancellationToken ct)
    {
        var at = await KnownAsync(ct);
        return at.Place ??= await db.DistrictSettings.AsNoTracking().Select(s => new DistrictPlace(s.Name, s.IsSample)).FirstOrDefaultAsync(ct) ?? new DistrictPlace(db.District, false);
    }

    // A district that is not set up has no head: nothing of it is kept.
    private async ValueTask<KnownDirectory> KnownAsync(CancellationToken ct) =>
        known ??= await HeadsAsync(ct) is { Number: >= 0 } at ? cache.At(db.District, at.Directory, clock.Today) : new KnownDirectory(-1, clock.Today);

    private async ValueTask<Heads> HeadsAsync(CancellationToken ct) => heads ??= await (reader is var (person, organ) ? HeadsFor.For(db)(db, db.District, organ, person, ct) : HeadsOf.For(db)(db, db.District, ct)) ?? new Heads(-1, -1, []);
}
