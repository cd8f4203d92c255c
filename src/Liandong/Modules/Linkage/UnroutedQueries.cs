using Liandong.Accounts;
using Liandong.Api;
using Liandong.Data;
using Liandong.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Linkage;

/// <summary>The queue of results that no organ was found for: for the bureau and the conference office.</summary>
public static class UnroutedQueries
{
    /// <summary>Oldest first: their limit to push ends first.</summary>
    public static async Task<List<RoutingFailure>> ListAsync(AppDb db, Actor actor, bool resolved, int take, Cursor? after, CancellationToken ct)
    {
        var rows = Visible(db, actor).Where(f => resolved ? f.ResolvedAt != null : f.ResolvedAt == null);
        if (after is not null)
        {
            var (at, id) = (after.Instant(0), after.Id(1));
            rows = rows.Where(f => f.FailedAt > at || (f.FailedAt == at && f.Id.CompareTo(id) > 0));
        }
        return await rows.OrderBy(f => f.FailedAt).ThenBy(f => f.Id).Take(take).ToListAsync(ct);
    }

    public static async Task<RoutingFailure> FindAsync(AppDb db, Actor actor, Guid id, CancellationToken ct) =>
        await Visible(db, actor).FirstOrDefaultAsync(f => f.Case == id, ct) ?? throw NotFound.Of("该办件");

    /// <summary>The bureau and the conference office coordinate; a department, or its client, never routes.</summary>
    internal static bool MayRoute(Actor actor) => actor.IsBureau || !actor.IsSignedIn || actor.Roles.Contains(Roles.ConferenceOffice);

    private static IQueryable<RoutingFailure> Visible(AppDb db, Actor actor)
    {
        actor.Demand(Rights.PushReroute);
        if (!MayRoute(actor)) throw NotFound.Of("未能推送的结果");
        return db.RoutingFailures.AsNoTracking();
    }
}
