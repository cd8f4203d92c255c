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

    /// <summary>The same rule from the other side, for the marks of search: the organs whose people see each of these groups.</summary>
    public static async Task<Func<Guid, IReadOnlyList<Guid>>> OrgansAsync(AppDb db, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var roster = await db.Organs.AsNoTracking().Where(o => o.IsMember || o.Kind == OrganKind.Bureau || o.Kind == OrganKind.ConferenceOffice).Select(o => o.Id).ToListAsync(ct);
        var members = (await db.GroupMembers.AsNoTracking().Where(m => ids.Contains(m.Group) && m.To == null).Select(m => new { m.Group, m.Organ }).ToListAsync(ct)).ToLookup(m => m.Group, m => m.Organ);
        var leaders = (await db.ConferenceSeats.AsNoTracking().Where(s => s.Group != null && ids.Contains(s.Group.Value) && s.To == null).Join(db.Posts.Where(p => p.To == null), s => s.Person, p => p.Person, (s, p) => new { Group = s.Group!.Value, p.Organ }).ToListAsync(ct)).ToLookup(l => l.Group, l => l.Organ);
        var owners = (await db.GroupSteps.AsNoTracking().Where(s => ids.Contains(s.Group)).Select(s => new { s.Group, s.Owner }).ToListAsync(ct)).ToLookup(s => s.Group, s => s.Owner);
        return group => [.. roster.Concat(members[group]).Concat(leaders[group]).Concat(owners[group]).Distinct()];
    }
}
