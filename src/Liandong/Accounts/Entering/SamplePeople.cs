using Liandong.Data;
using Liandong.Modules.Directory;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Accounts;

/// <summary>The people of a sample district, by what they come to do. Empty in a district that is none.</summary>
public static class SamplePeople
{
    /// <param name="Open">Open duties of the organ: a duty is owed by an organ, and each of its people sees the same ones.</param>
    public sealed record One(Guid Person, Guid Organ, string Name, string Post, int Open);

    public sealed record Group(string Title, IReadOnlyList<One> People);

    private static readonly (string Title, string[] Roles)[] Groups =
    [
        ("审批局", [Roles.Approver, Roles.BureauHead, Roles.ItemManager, Roles.Archivist, Roles.FeeClerk]),
        ("监管部门 · 联络员", [Roles.LiaisonOfficer]),
        ("监管部门 · 会商联络负责人", [Roles.LiaisonLead]),
        ("监管与执法", [Roles.Supervisor, Roles.Enforcement]),
        ("联席会议", [Roles.ConferenceOffice, Roles.Convenor, Roles.DeputyConvenor]),
        ("监督", [Roles.Discipline]),
        ("系统 · 安全 · 审计管理员", [.. Roles.Administrators]),
    ];

    public static async Task<IReadOnlyList<Group>> ListAsync(AppDb db, DateOnly day, CancellationToken ct)
    {
        if (!await db.DistrictSettings.AnyAsync(s => s.IsSample, ct)) return [];
        var posts = await (from p in db.Posts.AsNoTracking()
                           where p.From <= day && (p.To == null || p.To >= day)
                           join who in db.People on p.Person equals who.Id
                           join organ in db.Organs on p.Organ equals organ.Id
                           select new { p.Person, who.Name, p.Organ, OrganName = organ.ShortName, organ.Rank, p.Role, p.Title }).ToListAsync(ct);
        var liaisons = await (from a in db.LiaisonAppointments.AsNoTracking()
                              where a.From <= day && (a.To == null || a.To >= day)
                              join who in db.People on a.Person equals who.Id
                              join organ in db.Organs on a.Organ equals organ.Id
                              select new { a.Person, who.Name, a.Organ, OrganName = organ.ShortName, organ.Rank, a.Slot }).ToListAsync(ct);
        var open = await db.Duties.AsNoTracking().Where(d => d.ClosedAt == null).GroupBy(d => d.OwedBy).Select(g => new { Organ = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Organ, g => g.Count, ct);
        // One card per person and organ, under the first of the groups that one of the roles belongs to.
        var cards = posts.Select(p => (p.Person, p.Name, p.Organ, p.OrganName, p.Rank, p.Role, Post: p.Title.Length > 0 ? p.Title : Roles.NameOf(p.Role)))
            .Concat(liaisons.Select(a => (a.Person, a.Name, a.Organ, a.OrganName, a.Rank, Role: Standing.RoleOf(a.Slot), Post: LiaisonAppointment.NameOf(a.Slot))))
            .GroupBy(c => (c.Person, c.Organ))
            .Select(g => (Card: g.First(), Roles: g.Select(c => c.Role).ToHashSet(), Posts: g.Select(c => c.Post).Distinct()))
            .OrderBy(c => c.Card.Rank).ThenBy(c => c.Card.Post, StringComparer.Ordinal).ToList();
        return [.. Groups.Select((group, i) => new Group(group.Title,
            [.. cards.Where(c => Array.FindIndex(Groups, g => g.Roles.Any(c.Roles.Contains)) == i)
                .Select(c => new One(c.Card.Person, c.Card.Organ, c.Card.Name, $"{c.Card.OrganName} · {string.Join("、", c.Posts)}",
                    Roles.RightsOf(c.Roles).Contains(Rights.DeskUse) ? open.GetValueOrDefault(c.Card.Organ) : 0))]))
            .Where(g => g.People.Count > 0)];
    }
}
