using Liandong.Data;
using Liandong.Modules.Linkage;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Supervision;

/// <summary>Keeps each matter in step with the claim of its push and with the plans for it, as part of the act that the caller records.</summary>
public static class MatterBook
{
    /// <summary>The push was claimed: from now on it is a matter of its organ.</summary>
    /// <param name="planned">The organ has a plan for the whole party, which holds for this push too.</param>
    public static async Task OpenAsync(AppDb db, Push push, bool planned, CancellationToken ct)
    {
        // Only what is under supervision can have been claimed before and still have a row.
        var matter = push.UnderSupervision ? await db.Matters.FindAsync([push.District, push.Id], ct) : null;
        if (matter is null) db.Matters.Add(matter = Matter.Of(push));
        else matter.ClaimStands(push.ClaimedAt!.Value);
        if (planned) await PlannedAsync(db, push.Organ, push.Party, push.Id, ct);
    }

    /// <summary>The claim was taken back, or a ruling delivered the push anew: nothing of it is in the lists until it is claimed again.</summary>
    public static async Task CloseAsync(AppDb db, Push push, CancellationToken ct)
    {
        if (await db.Matters.FindAsync([push.District, push.Id], ct) is not { } matter) return;
        if (push.UnderSupervision) matter.ClaimFalls();
        else db.Matters.Remove(matter);
    }

    /// <summary>A plan was made, carried out or withdrawn: the matters that it is for show the next one.</summary>
    /// <param name="push">The push that the plan names; null where it is for the party as a whole.</param>
    internal static async Task PlannedAsync(AppDb db, Guid organ, Guid party, Guid? push, CancellationToken ct)
    {
        // Plans that this act has added or ended are known to the context, not yet to the database.
        await db.SupervisionPlans.Where(p => p.Party == party && p.State == PlanState.Open && p.Organ == organ).LoadAsync(ct);
        await db.Matters.Where(m => m.Organ == organ && m.Party == party && (push == null || m.Id == push)).LoadAsync(ct);
        var open = db.SupervisionPlans.Local.Where(p => p.Organ == organ && p.Party == party && p.State == PlanState.Open).OrderBy(p => p.PlannedOn).ThenBy(p => p.Id).ToList();
        foreach (var matter in db.Matters.Local.Where(m => m.Organ == organ && m.Party == party && (push is null || m.Id == push)))
            matter.Plan(open.FirstOrDefault(p => p.Push is null || p.Push == matter.Id));
    }
}
