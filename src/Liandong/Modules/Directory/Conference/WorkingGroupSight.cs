using Liandong.Accounts;
using Liandong.Data;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Directory;

/// <summary>Who sees the working groups: the organs of the conference's roster (附件1 一), the bureau, the office, and the organ of whoever works in one or owes one of its steps.</summary>
public static class WorkingGroupSight
{
    public static IQueryable<WorkingGroup> VisibleTo(this IQueryable<WorkingGroup> groups, AppDb db, Actor actor)
    {
        var organ = actor.RequireOrgan();
        if (actor.Roles.Any(Roles.OfTheDistrict.Contains)) return groups;
        return groups.Where(g => db.Organs.Any(o => o.Id == organ && (o.IsMember || o.Kind == OrganKind.Bureau || o.Kind == OrganKind.ConferenceOffice)) || db.GroupMembers.Any(m => m.Group == g.Id && m.Organ == organ && m.To == null)
            || db.ConferenceSeats.Any(s => s.Group == g.Id && s.To == null && db.Posts.Any(p => p.Person == s.Person && p.Organ == organ && p.To == null)) || db.GroupSteps.Any(s => s.Group == g.Id && s.Owner == organ));
    }

    /// <summary>The groups whose pages open for the actor, for links elsewhere.</summary>
    public static async Task<IReadOnlySet<Guid>> OpenToAsync(AppDb db, Actor actor, CancellationToken ct) =>
        actor.May(Rights.MeetingView) && actor.Organ is not null ? await db.WorkingGroups.VisibleTo(db, actor).Select(g => g.Id).ToHashSetAsync(ct) : new HashSet<Guid>();
}
