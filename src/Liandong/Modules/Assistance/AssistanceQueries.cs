using Liandong.Accounts;
using Liandong.Api;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Calendar;
using Liandong.Ledgers;
using Liandong.Modules.Cases;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Assistance;

/// <summary>待本单位答复, 本单位请求的, 请本单位协助的, 全部.</summary>
public enum AssistanceLane { ToDo, Asked, Received, All }

/// <summary>What a list of requests shows, as the address and the API say it. An unknown or unreadable value counts as not given.</summary>
public sealed record AssistanceFilter(AssistanceLane Lane = AssistanceLane.All, string Q = "", AssistanceKind? Kind = null, AssistanceState? State = null, string Light = "", int Size = 20, string After = "")
{
    public string LaneWord => Lane switch { AssistanceLane.ToDo => "toDo", AssistanceLane.Asked => "asked", AssistanceLane.Received => "received", _ => "all" };

    /// <param name="otherwise">The lane of an address that names none.</param>
    public static AssistanceFilter Read(IQueryCollection query, AssistanceLane otherwise)
    {
        var at = new ListAddress(query);
        return new AssistanceFilter(at.Choice<AssistanceLane>("view") ?? otherwise, at.Text("q"), at.Choice<AssistanceKind>("kind"), at.Choice<AssistanceState>("state"), at.Light,
            at.Size, at.Text("after"));
    }

    /// <summary>The filter as an address says it, without its place in the list.</summary>
    public string ToQuery() => ListAddress.Of(("view", LaneWord), ("q", Q), ("kind", Kind?.ToString()), ("state", State?.ToString()), ("light", Light));
}

/// <param name="Due">What is owed in it now.</param>
public sealed record AssistanceRow(Guid Id, string Number, AssistanceKind Kind, string Title, Guid AskedBy, string AskedByName, Guid AskedOf, string AskedOfName, AssistanceSubject About, string AboutText, DateTimeOffset AskedAt, AssistanceState State, DateTimeOffset? EndedAt, DueFacts? Due);

public sealed record AssistanceList(IReadOnlyList<AssistanceRow> Rows, string? After);

/// <param name="Holds">Whether it holds today.</param>
/// <param name="Looks">How often it was used.</param>
public sealed record GrantView(Guid Id, Guid? Case, Guid? Party, string Title, bool WithFiles, DateOnly Until, bool Holds, string GivenBy, DateTimeOffset GivenAt, DateTimeOffset? RevokedAt, string RevokedBy, string RevokeReason, int Looks);

/// <param name="AboutHref">The page of what it is about, where the actor may open it.</param>
/// <param name="Own">The actor's organ asked.</param>
/// <param name="Mine">The actor's organ is asked.</param>
public sealed record AssistanceDetail(
    AssistanceRow Request, string Purpose, string Basis, string Asked, string AboutHref, bool ByBureau, bool Own, bool Mine, string Who, DateTimeOffset? ReadAt, string ReadBy, string Answer, string RefusalBasis, string EndedBy, IReadOnlyList<GrantView> Grants,
    IReadOnlyList<TimelineEntry> History);

/// <summary>A case as far as it was opened.</summary>
public sealed record GrantedCase(Guid Id, string Number, string ItemName, string PartyName, CaseStage Stage, DateTimeOffset ReceivedAt, DateTimeOffset? DecidedAt, DecisionKind? Decision, string DecisionNumber, string DecisionContent, string PermitNumber, string Address, IReadOnlyList<string> Materials);

/// <summary>Requests are between the two organs; nobody else finds them. What an answer opens is read through <see cref="CasesQueries.VisibleTo(IQueryable{Case}, AppDb, Actor)"/> like everything else.</summary>
public static class AssistanceQueries
{
    public static IQueryable<AssistanceRequest> VisibleTo(this IQueryable<AssistanceRequest> requests, Actor actor)
    {
        var organ = actor.RequireOrgan();
        return requests.Where(r => r.AskedBy == organ || r.AskedOf == organ);
    }

    /// <summary>What is open to the actor's organ today.</summary>
    public static IQueryable<AccessGrant> OpenTo(this IQueryable<AccessGrant> grants, AppDb db, Actor actor)
    {
        var (organ, today) = (actor.Organ, db.Today);
        return grants.Where(g => g.Organ == organ && g.RevokedAt == null && g.Until >= today);
    }

    /// <summary>The request, when the actor's organ is asked.</summary>
    /// <exception cref="NotFound">Absent, or not the actor's.</exception>
    public static async Task<AssistanceRequest> TakeAskedAsync(this AppDb db, Actor actor, Guid id, CancellationToken ct)
    {
        var organ = actor.RequireOrgan();
        return await db.AssistanceRequests.SingleOrDefaultAsync(r => r.Id == id && r.AskedOf == organ, ct) ?? throw NotFound.Of("该协助请求");
    }

    public static async Task<AssistanceList> ListAsync(AppDb db, Actor actor, AssistanceFilter filter, DateTimeOffset now, WorkCalendar calendar, CancellationToken ct)
    {
        actor.Demand(Rights.AssistView);
        var organ = actor.RequireOrgan();
        var rows = db.AssistanceRequests.AsNoTracking().VisibleTo(actor);
        rows = filter.Lane switch
        {
            AssistanceLane.ToDo => rows.Where(r => r.AskedOf == organ && r.State == AssistanceState.Asked),
            AssistanceLane.Asked => rows.Where(r => r.AskedBy == organ),
            AssistanceLane.Received => rows.Where(r => r.AskedOf == organ),
            _ => rows,
        };
        if (filter.Q.Length > 0) rows = rows.Where(r => r.Title.Contains(filter.Q) || r.Number.Contains(filter.Q) || r.AboutText.Contains(filter.Q));
        if (filter.Kind is { } kind) rows = rows.Where(r => r.Kind == kind);
        if (filter.State is { } state) rows = rows.Where(r => r.State == state);
        if (filter.Light == "red") rows = rows.Where(r => db.Duties.Any(d => d.ClosedAt == null && d.DueAt <= now && d.SubjectId == r.Id));
        if (filter.Light == "amber") rows = rows.Where(r => db.Duties.Any(d => d.ClosedAt == null && d.DueAt > now && d.EightyAt <= now && d.SubjectId == r.Id));
        if (filter.After.Length > 0)
        {
            var place = Cursor.Parse(filter.After);
            var (at, id) = (place.Instant(0), place.Id(1));
            rows = rows.Where(r => r.AskedAt < at || r.AskedAt == at && r.Id.CompareTo(id) < 0);
        }
        var found = await rows.OrderByDescending(r => r.AskedAt).ThenByDescending(r => r.Id).Take(filter.Size + 1).ToListAsync(ct);
        var page = found.Take(filter.Size).ToList();
        return new AssistanceList(await RowsAsync(db, page, now, calendar, ct), found.Count > filter.Size ? Cursor.Of(page[^1].AskedAt, page[^1].Id).ToString() : null);
    }

    public static async Task<AssistanceDetail?> DetailAsync(AppDb db, Actor actor, Guid id, DateTimeOffset now, WorkCalendar calendar, CancellationToken ct)
    {
        actor.Demand(Rights.AssistView);
        if (await db.AssistanceRequests.AsNoTracking().VisibleTo(actor).SingleOrDefaultAsync(x => x.Id == id, ct) is not { } r) return null;
        var grants = await db.AccessGrants.AsNoTracking().Where(g => g.Request == id).OrderBy(g => g.GivenAt).ThenBy(g => g.Id).ToListAsync(ct);
        var looks = grants.Count == 0 ? [] : await db.LedgerEntries.AsNoTracking().Where(e => e.SubjectId == id && e.Act == OpenGranted.Act.Name).Select(e => e.Body).ToListAsync(ct);
        var today = Beijing.DayOf(now);
        return new AssistanceDetail((await RowsAsync(db, [r], now, calendar, ct))[0], r.Purpose, r.Basis, r.Asked, await AboutHrefAsync(db, actor, r, ct), r.ByBureau, r.AskedBy == actor.Organ, r.AskedOf == actor.Organ, r.Who, r.ReadAt, r.ReadBy, r.Answer, r.RefusalBasis, r.EndedBy,
            [.. grants.Select(g => new GrantView(g.Id, g.Case, g.Party, g.Title, g.WithFiles, g.Until, g.HoldsOn(today), g.GivenBy, g.GivenAt, g.RevokedAt, g.RevokedBy, g.RevokeReason, looks.Count(body => body.Contains(g.Id.ToString(), StringComparison.Ordinal))))],
            await TimelineQueries.OfAsync(db, actor, id, ct));
    }

    /// <summary>The cases that a grant opens, the latest first.</summary>
    public static async Task<IReadOnlyList<GrantedCase>> CasesOfAsync(AppDb db, Actor actor, AccessGrant grant, CancellationToken ct) =>
        [.. (await db.Cases.AsNoTracking().VisibleTo(db, actor).Where(c => c.Id == grant.Case || c.Party == grant.Party).OrderByDescending(c => c.ReceivedAt).ThenByDescending(c => c.Id).Take(100).ToListAsync(ct)).Select(c => new GrantedCase(
            c.Id, c.Number, c.ItemName, c.PartyName, c.Stage, c.ReceivedAt, c.DecidedAt, c.Decision, c.DecisionNumber, c.DecisionContent, c.PermitNumber, c.Address, [.. c.Materials.Select(m => m.Name)]))];

    private static async Task<string> AboutHrefAsync(AppDb db, Actor actor, AssistanceRequest r, CancellationToken ct) => r.About switch
    {
        AssistanceSubject.Case when r.AboutId is { } one && actor.May(Rights.CaseView) && await db.Cases.AsNoTracking().VisibleTo(db, actor).AnyAsync(c => c.Id == one, ct) => $"/cases/{one}",
        AssistanceSubject.Party when r.AboutId is { } party && actor.IsBureau && actor.May(Rights.PartyView) => $"/parties/{party}",
        AssistanceSubject.Item when r.AboutId is { } item && actor.May(Rights.ItemView) => $"/items/{item}",
        _ => "",
    };

    private static async Task<IReadOnlyList<AssistanceRow>> RowsAsync(AppDb db, IReadOnlyList<AssistanceRequest> requests, DateTimeOffset now, WorkCalendar calendar, CancellationToken ct)
    {
        var ids = requests.Select(r => r.Id).ToList();
        var organs = await db.Organs.AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.ShortName, ct);
        var duties = await db.Duties.AsNoTracking().Where(d => ids.Contains(d.SubjectId) && d.ClosedAt == null).ToListAsync(ct);
        return [.. requests.Select(r => new AssistanceRow(r.Id, r.Number, r.Kind, r.Title, r.AskedBy, organs.GetValueOrDefault(r.AskedBy, ""), r.AskedOf, organs.GetValueOrDefault(r.AskedOf, ""), r.About, r.AboutText, r.AskedAt, r.State, r.EndedAt,
            duties.FirstOrDefault(d => d.SubjectId == r.Id) is { } due ? DueFacts.Of(due, now, calendar, TimelineQueries.ClauseIdOf(due.Clause)) : null))];
    }
}
