using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Notice;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Ledgers;

/// <summary>The history of one subject, read from the ledger: the timeline of every detail page.</summary>
public static class TimelineQueries
{
    /// <summary>Entries that a page shows; of a longer history the latest.</summary>
    public const int Most = 200;

    private static readonly Dictionary<string, string> ClauseIds = NoticeText.Clauses.GroupBy(c => c.Numbering).ToDictionary(c => c.Key, c => c.First().Id);

    /// <summary>Everything that was done on a subject, oldest first. Whether the actor may see the subject is for the caller to settle before.</summary>
    /// <exception cref="Kernel.Forbidden">Nobody is signed in.</exception>
    public static Task<IReadOnlyList<TimelineEntry>> OfAsync(AppDb db, Actor actor, Guid subject, CancellationToken ct) => OfAsync(db, actor, [subject], ct);

    /// <summary>The same for several subjects in one line: a case with its pushes, a party with both its sides.</summary>
    /// <param name="of">Only what these organs did, and the platform itself; null for everybody.</param>
    /// <param name="open">Acts that show whoever did them.</param>
    public static async Task<IReadOnlyList<TimelineEntry>> OfAsync(AppDb db, Actor actor, IReadOnlyCollection<Guid> subjects, CancellationToken ct, IReadOnlyCollection<Guid>? of = null, params IReadOnlyCollection<string> open)
    {
        actor.RequireOrgan();
        var acts = db.LedgerEntries.AsNoTracking().Where(e => subjects.Contains(e.SubjectId));
        if (of is not null) acts = acts.Where(e => e.Organ == null || of.Contains(e.Organ.Value) || open.Contains(e.Act));
        var entries = await acts.OrderByDescending(e => e.Number).Take(Most).ToListAsync(ct);
        entries.Reverse();
        var names = await NamesAsync(db, entries, ct);
        // The proof of an act is for the organ that did it.
        return [.. entries.Select(e => of is null || e.Organ is not { } organ || of.Contains(organ) ? names.Line(e) : names.Line(e) with { LedgerNumber = null })];
    }

    /// <summary>Anchor of a clause in the text of the notice; empty for a statute or a local agreement.</summary>
    public static string ClauseIdOf(string clause) => ClauseIds.GetValueOrDefault(clause, "");

    /// <summary>The names of all people, machines and organs of these entries, in three look-ups.</summary>
    internal static async Task<ActorNames> NamesAsync(AppDb db, IReadOnlyCollection<LedgerEntry> entries, CancellationToken ct)
    {
        var people = entries.SelectMany(e => new[] { e.Person, e.OnBehalfOf }).OfType<Guid>().Distinct().ToList();
        var organs = entries.Select(e => e.Organ).OfType<Guid>().Distinct().ToList();
        var names = people.Count == 0 ? [] : await db.People.AsNoTracking().Where(p => people.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        var machines = people.Where(p => !names.ContainsKey(p)).ToList();
        if (machines.Count > 0)
            foreach (var machine in await db.MachineClients.AsNoTracking().Where(c => machines.Contains(c.Id)).Select(c => new { c.Id, c.Name }).ToListAsync(ct))
                names[machine.Id] = machine.Name;
        var organNames = organs.Count == 0 ? [] : await db.Organs.AsNoTracking().Where(o => organs.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.ShortName, ct);
        return new ActorNames(names, organNames);
    }
}

/// <summary>Who acted and for which organ, by name.</summary>
internal sealed record ActorNames(IReadOnlyDictionary<Guid, string> People, IReadOnlyDictionary<Guid, string> Organs)
{
    public string Person(LedgerEntry entry) => entry.Person is { } person ? People.GetValueOrDefault(person, "(已不在名录)") : "平台";

    public string Organ(LedgerEntry entry) => entry.Organ is { } organ ? Organs.GetValueOrDefault(organ, "") : "";

    public string OnBehalfOf(LedgerEntry entry) => entry.OnBehalfOf is { } absent ? People.GetValueOrDefault(absent, "") : "";

    public TimelineEntry Line(LedgerEntry entry) => new(entry.At, Person(entry), Organ(entry), OnBehalfOf(entry), ActNames.Of(entry.Act), entry.Channel, entry.Clause,
        entry.Number, ClauseId: TimelineQueries.ClauseIdOf(entry.Clause), Tone: ActNames.ToneOf(entry.Act));
}
