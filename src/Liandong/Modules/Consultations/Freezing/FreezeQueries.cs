using Liandong.Accounts;
using Liandong.Api;
using Liandong.Data;
using Liandong.Ledgers;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Consultations;

/// <param name="Holds">Whether it holds today.</param>
public sealed record FreezeRow(Guid Id, string Number, Guid Organ, string OrganName, Guid Party, string PartyName, Guid? Case, string CaseNumber, FreezeScope Scope, FreezeState State, bool Holds, DateTimeOffset RequestedAt, DateTimeOffset? InForceAt, DateOnly Until);

public sealed record FreezeDetail(FreezeRow Freeze, string Reason, string Basis, Guid Letter, string LetterNumber, bool Own, string Who, DateTimeOffset? LiftedAt, string LiftedBy, string LiftReason, IReadOnlyList<TimelineEntry> History);

/// <summary>Freeze requests: for the organ that asks from the draft on, for the bureau once it is served, for nobody else.</summary>
public static class FreezeQueries
{
    public static IQueryable<FreezeRequest> VisibleTo(this IQueryable<FreezeRequest> freezes, Actor actor)
    {
        var organ = actor.RequireOrgan();
        return freezes.Where(f => f.Organ == organ || f.Bureau == organ && f.InForceAt != null);
    }

    /// <param name="holding">Only those that hold today.</param>
    public static async Task<List<FreezeRow>> ListAsync(AppDb db, Actor actor, bool holding, string q, int take, Cursor? after, DateOnly today, CancellationToken ct)
    {
        actor.Demand(Rights.ConsultView);
        var freezes = db.FreezeRequests.AsNoTracking().VisibleTo(actor);
        if (holding) freezes = freezes.Where(f => f.State == FreezeState.InForce && f.Until >= today);
        if (q.Trim() is { Length: > 0 } words) freezes = freezes.Where(f => f.PartyName.Contains(words) || f.Number.Contains(words) || f.CaseNumber.Contains(words));
        if (after is not null)
        {
            var (at, id) = (after.Instant(0), after.Id(1));
            freezes = freezes.Where(f => f.RequestedAt < at || (f.RequestedAt == at && f.Id.CompareTo(id) < 0));
        }
        return [.. (await freezes.OrderByDescending(f => f.RequestedAt).ThenByDescending(f => f.Id).Take(take).Join(db.Organs, f => f.Organ, o => o.Id, (f, o) => new { Freeze = f, o.ShortName }).ToListAsync(ct)).Select(x => Row(x.Freeze, x.ShortName, today))];
    }

    public static Cursor PlaceOf(FreezeRow row) => Cursor.Of(row.RequestedAt, row.Id);

    public static async Task<FreezeDetail?> DetailAsync(AppDb db, Actor actor, Guid id, DateOnly today, CancellationToken ct)
    {
        actor.Demand(Rights.ConsultView);
        if (await db.FreezeRequests.AsNoTracking().VisibleTo(actor).SingleOrDefaultAsync(f => f.Id == id, ct) is not { } freeze) return null;
        var name = await db.Organs.AsNoTracking().Where(o => o.Id == freeze.Organ).Select(o => o.ShortName).SingleAsync(ct);
        var letter = await db.OfficialDocuments.AsNoTracking().Where(d => d.Id == freeze.Letter).Select(d => d.Number).SingleAsync(ct);
        return new FreezeDetail(Row(freeze, name, today), freeze.Reason, freeze.Basis, freeze.Letter, letter, freeze.Organ == actor.Organ, freeze.Who, freeze.LiftedAt, freeze.LiftedBy, freeze.LiftReason, await TimelineQueries.OfAsync(db, actor, id, ct));
    }

    private static FreezeRow Row(FreezeRequest f, string organ, DateOnly today) => new(f.Id, f.Number, f.Organ, organ, f.Party, f.PartyName, f.Case, f.CaseNumber, f.Scope, f.State, f.HoldsOn(today), f.RequestedAt, f.InForceAt, f.Until);
}
