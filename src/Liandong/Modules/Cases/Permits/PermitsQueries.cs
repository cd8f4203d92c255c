using Liandong.Accounts;
using Liandong.Api;
using Liandong.Data;
using Liandong.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Cases;

/// <param name="ExpiringWithin">Days from today within which a permit in force ends.</param>
public sealed record PermitFilter(PermitStatus? Status = null, string Number = "", Guid? Item = null, Guid? Party = null, int? ExpiringWithin = null);

public sealed record PermitRow(Guid Id, string Number, string Name, Guid Party, string PartyName, DateOnly ValidFrom, DateOnly? ValidTo, PermitStatus Status);

public sealed record PermitDetail(Permit Permit, int Version, Case Case, Party Party, IReadOnlyList<Case> Followers, Permit? Before, Permit? After);

/// <summary>What can be read of permits: the bureau all, any other organ those of cases that were pushed to it.</summary>
public static class PermitsQueries
{
    /// <summary>Newest first; those that expire soon by their last day.</summary>
    public static async Task<List<PermitRow>> ListAsync(AppDb db, Actor actor, PermitFilter filter, DateOnly today, int take, Cursor? after, CancellationToken ct)
    {
        actor.Demand(Rights.CaseView);
        var permits = db.Permits.AsNoTracking().VisibleTo(db, actor);
        permits = filter.Status switch
        {
            null => permits,
            PermitStatus.InForce => permits.Where(p => (p.EndedOn == null || p.EndedOn > today) && p.ValidFrom <= today && (p.ValidTo == null || p.ValidTo >= today)),
            PermitStatus.NotYet => permits.Where(p => (p.EndedOn == null || p.EndedOn > today) && p.ValidFrom > today),
            PermitStatus.Lapsed => permits.Where(p => (p.EndedOn == null || p.EndedOn > today) && p.ValidTo < today),
            { } ended => Ended(permits, EndingOf(ended), today),
        };
        if (filter.Number is { Length: > 0 } number) permits = permits.Where(p => p.Number.CompareTo(number) >= 0 && p.Number.CompareTo(number + "\uffff") < 0);
        if (filter.Item is { } item) permits = permits.Where(p => p.Item == item);
        if (filter.Party is { } party) permits = permits.Where(p => p.Party == party);
        if (filter.ExpiringWithin is { } days)
        {
            var until = today.AddDays(days);
            permits = permits.Where(p => p.ValidTo >= today && p.ValidTo <= until && (p.EndedOn == null || p.EndedOn > today));
            if (after is not null)
            {
                var (day, id) = (after.Day(0), after.Id(1));
                permits = permits.Where(p => p.ValidTo > day || (p.ValidTo == day && p.Id.CompareTo(id) > 0));
            }
            permits = permits.OrderBy(p => p.ValidTo).ThenBy(p => p.Id);
        }
        else
        {
            if (after is not null)
            {
                var id = after.Id(0);
                permits = permits.Where(p => p.Id.CompareTo(id) < 0);
            }
            permits = permits.OrderByDescending(p => p.Id);
        }
        return [.. (await permits.Take(take).ToListAsync(ct)).Select(p => new PermitRow(p.Id, p.Number, p.Name, p.Party, p.PartyName, p.ValidFrom, p.ValidTo, p.StatusOn(today)))];
    }

    public static Cursor PlaceOf(PermitRow row, PermitFilter filter) => filter.ExpiringWithin is null ? Cursor.Of(row.Id) : Cursor.Of(row.ValidTo!.Value, row.Id);

    /// <exception cref="NotFound">No such permit, or the organ is not party to it.</exception>
    public static async Task<PermitDetail> FindAsync(AppDb db, Actor actor, Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.CaseView);
        var found = await db.Permits.AsNoTracking().VisibleTo(db, actor).Where(p => p.Id == id).Select(p => new { Permit = p, Version = EF.Property<int>(p, Conventions.Version) }).FirstOrDefaultAsync(ct) ?? throw NotFound.Of("该许可");
        var permit = found.Permit;
        var origin = await db.Cases.AsNoTracking().SingleAsync(c => c.Id == permit.Case, ct);
        var party = await db.Parties.AsNoTracking().SingleAsync(p => p.Id == permit.Party, ct);
        var followers = await db.Cases.AsNoTracking().VisibleTo(db, actor).Where(c => c.Party == permit.Party && c.Id != permit.Case && (c.Permit == permit.Id || c.Id == permit.EndedBy)).OrderBy(c => c.ReceivedAt).ToListAsync(ct);
        var before = permit.Precedes is { } earlier ? await db.Permits.AsNoTracking().FirstOrDefaultAsync(p => p.Id == earlier, ct) : null;
        var next = await db.Permits.AsNoTracking().Where(p => p.Party == permit.Party && p.Precedes == permit.Id).OrderBy(p => p.Id).FirstOrDefaultAsync(ct);
        return new PermitDetail(permit, found.Version, origin, party, followers, before, next);
    }

    private static IQueryable<Permit> Ended(IQueryable<Permit> permits, PermitEnding how, DateOnly today) => permits.Where(p => p.EndedOn <= today && p.Ending == how);

    private static PermitEnding EndingOf(PermitStatus status) => status switch
    {
        PermitStatus.Changed => PermitEnding.Changed,
        PermitStatus.Renewed => PermitEnding.Renewed,
        PermitStatus.Cancelled => PermitEnding.Cancelled,
        PermitStatus.Revoked => PermitEnding.Revoked,
        _ => PermitEnding.Recalled,
    };
}
