using Liandong.Data;
using Liandong.Modules.Directory;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Accounts;

/// <summary>What a person may act as on a day, in one organ: the posts and liaison appointments held, and whose turn is taken.</summary>
public sealed record Standing(Guid Person, string Name, Guid Organ, string OrganName, bool IsBureau, Guid? Section, IReadOnlyList<string> Roles, Guid? OnBehalfOf, string OnBehalfOfName)
{
    public void Fill(Actor actor, string channel) => actor.BecomePerson(Person, Name, Organ, OrganName, IsBureau, Section, Roles, channel, OnBehalfOf, OnBehalfOfName);

    /// <param name="organ">The organ to stand in; the one of the longest-held post when null.</param>
    /// <returns>Null when the person is unknown or holds nothing there on the day.</returns>
    public static async Task<Standing?> OfAsync(AppDb db, Guid person, Guid? organ, DateOnly day, CancellationToken ct)
    {
        var name = await db.People.AsNoTracking().Where(p => p.Id == person).Select(p => p.Name).FirstOrDefaultAsync(ct);
        if (name is null) return null;
        var held = await db.Posts.AsNoTracking().Where(p => p.Person == person && p.From <= day && (p.To == null || p.To >= day))
            .Select(p => new { p.Organ, p.Section, p.Role, p.From })
            .ToListAsync(ct);
        var appointed = await db.LiaisonAppointments.AsNoTracking().Where(a => a.Person == person && a.From <= day && (a.To == null || a.To >= day))
            .Select(a => new { a.Organ, a.Slot, a.From })
            .ToListAsync(ct);
        var all = held.Select(p => (p.Organ, p.Section, p.Role, p.From)).Concat(appointed.Select(a => (a.Organ, Section: (Guid?)null, Role: RoleOf(a.Slot), a.From))).OrderBy(p => p.From).ThenBy(p => p.Organ).ToList();
        organ ??= all.Select(p => (Guid?)p.Organ).FirstOrDefault();
        var here = all.Where(p => p.Organ == organ).ToList();
        if (organ is null || here.Count == 0) return null;
        var body = await db.Organs.AsNoTracking().Where(o => o.Id == organ).Select(o => new { o.Name, o.Kind }).FirstOrDefaultAsync(ct);
        if (body is null) return null;
        var cover = await (from a in db.Absences.AsNoTracking()
                           join p in db.People on a.Person equals p.Id
                           where a.Cover == person && a.From <= day && a.To >= day && a.WithdrawnAt == null
                           orderby a.From
                           select new { a.Person, p.Name }).FirstOrDefaultAsync(ct);
        return new Standing(person, name, organ.Value, body.Name, body.Kind == OrganKind.Bureau, here.Select(p => p.Section).FirstOrDefault(s => s is not null),
            [.. here.Select(p => p.Role).Distinct()], cover?.Person, cover?.Name ?? "");
    }

    /// <summary>An appointment as lead or officer carries the role with it; no post has to say so again.</summary>
    public static string RoleOf(LiaisonSlot slot) => slot == LiaisonSlot.Lead ? Accounts.Roles.LiaisonLead : Accounts.Roles.LiaisonOfficer;
}
