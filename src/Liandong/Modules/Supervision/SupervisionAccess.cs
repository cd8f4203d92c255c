using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Modules.Linkage;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Supervision;

/// <summary>
/// Who is party to a supervised matter: the organ that claimed the push, the organ that enforces, and the bureau, which reads. To anybody
/// else it does not exist.
/// </summary>
public static class SupervisionAccess
{
    /// <summary>The claimed push that the actor's organ supervises.</summary>
    /// <exception cref="Refusal">The push is the organ's but not claimed yet.</exception>
    public static async Task<Push> SupervisedAsync(AppDb db, Actor actor, Guid push, CancellationToken ct)
    {
        var found = await db.Pushes.SingleOrDefaultAsync(p => p.Id == push && p.Organ == actor.Organ && p.State != PushState.Pending, ct) ?? throw NotFound.Of("该监管事项");
        return found.State == PushState.Claimed ? found
            : throw new Refusal("supervision.not-claimed", "该推送还没有认领,请先认领,再登记监管信息。", SupervisionRules.Supervising);
    }

    /// <summary>Matters that the actor's organ may read.</summary>
    public static IQueryable<Push> Readable(AppDb db, Actor actor)
    {
        var organ = actor.Organ;
        var claimed = db.Pushes.AsNoTracking().Where(p => p.State == PushState.Claimed);
        return actor.IsBureau ? claimed : claimed.Where(p => p.Organ == organ || db.Enforcements.Any(e => e.Push == p.Id && e.To == organ));
    }

    public static async Task<Enforcement> EnforcedAsync(AppDb db, Actor actor, Guid id, CancellationToken ct) =>
        await db.Enforcements.SingleOrDefaultAsync(e => e.Id == id && e.To == actor.Organ, ct) ?? throw NotFound.Of("该执法案件");

    public static async Task<Matter> MatterAsync(AppDb db, Push push, CancellationToken ct)
    {
        push.BeginSupervision();
        if (await db.Matters.FindAsync([push.District, push.Id], ct) is { } known) return known;
        var matter = Matter.Of(push);
        db.Matters.Add(matter);
        return matter;
    }
}
