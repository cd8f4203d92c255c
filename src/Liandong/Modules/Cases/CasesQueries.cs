using Liandong.Accounts;
using Liandong.Api;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Notice;
using Liandong.Modules.Assistance;
using Liandong.Modules.Linkage;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Cases;

/// <summary>What a list of cases is limited to; nothing set shows all that the organ is party to.</summary>
public sealed record CaseFilter(CaseStage? Stage = null, DecisionKind? Decision = null, ApplicationKind? Kind = null, Guid? Item = null, string Number = "", DateOnly? From = null, DateOnly? To = null, bool OwnOnly = false, bool OpenOnly = false, Guid? Party = null);

public sealed record CaseRow(Guid Id, string Number, string ItemName, Guid Party, string PartyName, ApplicationKind Kind, string Division, string Address, CaseStage Stage, DateTimeOffset ReceivedAt,
    DateTimeOffset? AcceptedAt, DateTimeOffset? DecidedAt, DecisionKind? Decision, DateTimeOffset? DeliveredAt, string PermitNumber, string Source);

/// <summary>A case with everything around it that the viewer may see.</summary>
public sealed record CaseDetail(Case Case, int Version, Party Party, Permit? Permit, IReadOnlyList<Push> Pushes, IReadOnlyDictionary<Guid, string> Organs, IReadOnlyList<Duty> Duties, RoutingFailure? Unrouted);

/// <summary>What can be read of cases and permits. The bureau sees all of the district; any other organ the cases that were pushed to it, and those that an answer to its request has opened to it until a day.</summary>
public static class CasesQueries
{
    public static IQueryable<Case> VisibleTo(this IQueryable<Case> cases, AppDb db, Actor actor)
    {
        if (actor.IsBureau || !actor.IsSignedIn) return cases;
        var open = db.AccessGrants.OpenTo(db, actor);
        return cases.Where(c => db.Pushes.Any(p => p.Case == c.Id && p.Organ == actor.Organ) || open.Any(g => g.Case == c.Id || g.Party == c.Party));
    }

    public static IQueryable<Permit> VisibleTo(this IQueryable<Permit> permits, AppDb db, Actor actor)
    {
        if (actor.IsBureau || !actor.IsSignedIn) return permits;
        var open = db.AccessGrants.OpenTo(db, actor);
        return permits.Where(permit => db.Pushes.Any(p => p.Case == permit.Case && p.Organ == actor.Organ) || open.Any(g => g.Case == permit.Case || g.Party == permit.Party));
    }

    /// <summary>Newest first, by the time of receipt.</summary>
    /// <param name="after">Time of receipt and id of the last row of the page before.</param>
    public static async Task<List<CaseRow>> ListAsync(AppDb db, Actor actor, CaseFilter filter, int take, Cursor? after, CancellationToken ct)
    {
        actor.Demand(Rights.CaseView);
        var cases = db.Cases.AsNoTracking().VisibleTo(db, actor);
        if (filter.Stage is { } stage) cases = cases.Where(c => c.Stage == stage);
        if (filter.Decision is { } decision) cases = cases.Where(c => c.Decision == decision);
        if (filter.Kind is { } kind) cases = cases.Where(c => c.Kind == kind);
        if (filter.Item is { } item) cases = cases.Where(c => c.Item == item);
        if (filter.Party is { } party) cases = cases.Where(c => c.Party == party);
        if (filter.OwnOnly) cases = cases.Where(c => c.Source == Case.OwnSource);
        if (filter.OpenOnly) cases = cases.Where(c => c.Stage == CaseStage.Received || c.Stage == CaseStage.Accepted || c.Stage == CaseStage.Reviewing || c.Stage == CaseStage.Decided);
        // By range and not by LIKE, so that the unique index on the number serves it in any collation.
        if (filter.Number is { Length: > 0 } number) cases = cases.Where(c => c.Number.CompareTo(number) >= 0 && c.Number.CompareTo(number + "\uffff") < 0);
        if (filter.From is { } from) cases = cases.Where(c => c.ReceivedAt >= Beijing.StartOf(from));
        if (filter.To is { } to) cases = cases.Where(c => c.ReceivedAt < Beijing.EndOf(to));
        if (after is not null)
        {
            var (at, id) = (after.Instant(0), after.Id(1));
            cases = cases.Where(c => c.ReceivedAt < at || (c.ReceivedAt == at && c.Id.CompareTo(id) < 0));
        }
        return await cases.OrderByDescending(c => c.ReceivedAt).ThenByDescending(c => c.Id).Take(take).Select(c => new CaseRow(c.Id, c.Number, c.ItemName, c.Party, c.PartyName, c.Kind, c.Division, c.Address, c.Stage,
            c.ReceivedAt, c.AcceptedAt, c.DecidedAt, c.Decision, c.DeliveredAt, c.PermitNumber, c.Source)).ToListAsync(ct);
    }

    public static Cursor PlaceOf(CaseRow row) => Cursor.Of(row.ReceivedAt, row.Id);

    /// <exception cref="NotFound">No such case, or the organ is not party to it.</exception>
    public static async Task<CaseDetail> FindAsync(AppDb db, Actor actor, Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.CaseView);
        var found = await db.Cases.AsNoTracking().VisibleTo(db, actor).Where(c => c.Id == id).Select(c => new { Case = c, Version = EF.Property<int>(c, Conventions.Version) }).FirstOrDefaultAsync(ct) ?? throw NotFound.Of("该办件");
        var party = await db.Parties.AsNoTracking().SingleAsync(p => p.Id == found.Case.Party, ct);
        var permit = found.Case.Permit is { } permitId ? await db.Permits.AsNoTracking().FirstOrDefaultAsync(p => p.Id == permitId, ct) : null;
        // A department sees its own push and not what others answered.
        var pushes = await db.Pushes.AsNoTracking().Where(p => p.Case == id && (actor.IsBureau || !actor.IsSignedIn || p.Organ == actor.Organ)).OrderBy(p => p.Role).ThenBy(p => p.CreatedAt).ToListAsync(ct);
        var subjects = pushes.Select(p => p.Id).Append(id).ToArray();
        var duties = await db.Duties.AsNoTracking().Where(d => EF.Parameter(subjects).Contains(d.SubjectId)).OrderBy(d => d.OpenedAt).ThenBy(d => d.Id).ToListAsync(ct);
        var unrouted = actor.IsBureau ? await db.RoutingFailures.AsNoTracking().FirstOrDefaultAsync(f => f.Case == id && f.ResolvedAt == null, ct) : null;
        return new CaseDetail(found.Case, found.Version, party, permit, pushes, await OrgansAsync(db, ct), duties, unrouted);
    }

    /// <summary>Everything that was done with the case and its visible pushes, in the ledger's order.</summary>
    public static async Task<IReadOnlyList<TimelineEntry>> HistoryAsync(AppDb db, CaseDetail detail, CancellationToken ct)
    {
        var subjects = detail.Pushes.Select(p => p.Id).Append(detail.Case.Id).ToArray();
        var entries = await db.LedgerEntries.AsNoTracking().Where(e => EF.Parameter(subjects).Contains(e.SubjectId)).OrderBy(e => e.Number).ToListAsync(ct);
        var ids = entries.SelectMany(e => new[] { e.Person, e.OnBehalfOf }).OfType<Guid>().Distinct().ToArray();
        var people = await db.People.AsNoTracking().Where(p => EF.Parameter(ids).Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        return [.. entries.Select(e => new TimelineEntry(e.At, e.Person is { } person ? people.GetValueOrDefault(person, "接口") : "平台", e.Organ is { } organ ? detail.Organs.GetValueOrDefault(organ, "") : "",
            e.OnBehalfOf is { } absent ? people.GetValueOrDefault(absent, "") : "", CaseWords.OfAct(e.Act), e.Channel, e.Clause, e.Number, ClauseId: ClauseIds.GetValueOrDefault(e.Clause, ""), Tone: CaseWords.ToneOfAct(e.Act)))];
    }

    private static readonly Dictionary<string, string> ClauseIds = NoticeText.Clauses.DistinctBy(c => c.Numbering).ToDictionary(c => c.Numbering, c => c.Id);

    public static async Task<IReadOnlyDictionary<Guid, string>> OrgansAsync(AppDb db, CancellationToken ct) => await db.Organs.AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.ShortName, ct);
}
