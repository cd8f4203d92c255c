using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Duties;
using Liandong.Modules.Directory;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Desk;

/// <summary>Somebody to tell, in which organ, and in whose place.</summary>
public sealed record Addressee(Guid Person, Guid Organ, Guid? OnBehalfOf);

/// <summary>
/// Who is told a rung of a duty today, read once per sweep from the directory: the person named in the duty; without one officer A, or B where A is vacant; where an
/// organ has no liaison officers, those who do the work (审批人员 of the section, 联席会议办公室). Whoever is absent is covered, and the reminder says for whom.
/// </summary>
public sealed class Addressees
{
    private static readonly string[] Doing = [Roles.LiaisonOfficer, Roles.Approver, Roles.ConferenceOffice, Roles.ItemManager];
    private static readonly string[] Leading = [Roles.LiaisonLead, Roles.BureauHead];

    private readonly ILookup<Guid, (LiaisonSlot Slot, Guid Person)> liaison;
    private readonly List<(Guid Organ, Guid? Section, string Role, Guid Person)> posts;
    private readonly Dictionary<Guid, Guid> covers;

    private Addressees(ILookup<Guid, (LiaisonSlot, Guid)> liaison, List<(Guid, Guid?, string, Guid)> posts, Dictionary<Guid, Guid> covers) => (this.liaison, this.posts, this.covers) = (liaison, posts, covers);

    public static async Task<Addressees> OfAsync(AppDb db, DateOnly today, CancellationToken ct)
    {
        var liaison = await db.LiaisonAppointments.AsNoTracking().Where(a => a.From <= today && (a.To == null || a.To >= today)).Select(a => new { a.Organ, a.Slot, a.Person }).ToListAsync(ct);
        var posts = await db.Posts.AsNoTracking().Where(p => p.From <= today && (p.To == null || p.To >= today)).Select(p => new { p.Organ, p.Section, p.Role, p.Person }).ToListAsync(ct);
        var covers = await db.Absences.AsNoTracking().Where(a => a.From <= today && a.To >= today && a.WithdrawnAt == null).OrderBy(a => a.From).Select(a => new { a.Person, a.Cover }).ToListAsync(ct);
        return new Addressees(liaison.ToLookup(a => a.Organ, a => (a.Slot, a.Person)), [.. posts.Select(p => (p.Organ, p.Section, p.Role, p.Person))],
            covers.GroupBy(c => c.Person).ToDictionary(c => c.Key, c => c.First().Cover));
    }

    public IReadOnlyList<Addressee> Of(ReminderRung rung, Duty duty) => rung switch
    {
        ReminderRung.Lead => Lead(duty.OwedBy),
        ReminderRung.Office => Everywhere(Roles.ConferenceOffice),
        ReminderRung.Convenor => Everywhere(Roles.Convenor),
        _ => Debtor(duty),
    };

    /// <summary>Everybody who holds a place, with the organs and what the place is for: whom a digest goes to.</summary>
    public IEnumerable<(Guid Person, Guid Organ, bool Officer, bool Lead, bool Above)> Readers()
    {
        var places = liaison.SelectMany(organ => organ.Select(a => (a.Person, Organ: organ.Key, Role: Standing.RoleOf(a.Slot)))).Concat(posts.Select(p => (p.Person, p.Organ, p.Role)));
        return places.Where(p => Roles.RightsOf([p.Role]).Contains(Rights.DeskUse)).GroupBy(p => (p.Person, p.Organ)).Select(g => (g.Key.Person, g.Key.Organ, g.Any(p => p.Role == Roles.LiaisonOfficer),
            g.Any(p => Leading.Contains(p.Role)), g.Any(p => p.Role is Roles.ConferenceOffice or Roles.Convenor or Roles.DeputyConvenor)));
    }

    /// <summary>Those whose turn a person takes today.</summary>
    public IEnumerable<Guid> CoveredBy(Guid person) => covers.Where(c => c.Value == person).Select(c => c.Key);

    /// <summary>Whether somebody else takes the person's turn today.</summary>
    public bool IsAway(Guid person) => covers.ContainsKey(person);

    private List<Addressee> Debtor(Duty duty)
    {
        var organ = duty.OwedBy;
        if (duty.OwedByPerson is { } named && Holds(named, organ)) return [Covered(named, organ)];
        var officers = liaison[organ].Where(a => a.Slot != LiaisonSlot.Lead).OrderBy(a => a.Slot).ToList();
        if (officers.Count > 0) return [Covered(officers[0].Person, organ)];
        var doing = posts.Where(p => p.Organ == organ && Doing.Contains(p.Role)).ToList();
        if (duty.OwedBySection is { } section && doing.Any(p => p.Section == section)) doing = [.. doing.Where(p => p.Section == section)];
        return doing.Count > 0 ? All(doing) : Lead(organ);
    }

    private List<Addressee> Lead(Guid organ)
    {
        var lead = liaison[organ].Where(a => a.Slot == LiaisonSlot.Lead).Select(a => Covered(a.Person, organ)).ToList();
        return lead.Count > 0 ? lead : All(posts.Where(p => p.Organ == organ && Leading.Contains(p.Role)));
    }

    private List<Addressee> Everywhere(string role) => All(posts.Where(p => p.Role == role));

    private List<Addressee> All(IEnumerable<(Guid Organ, Guid? Section, string Role, Guid Person)> places) => [.. places.Select(p => Covered(p.Person, p.Organ)).DistinctBy(a => a.Person)];

    private bool Holds(Guid person, Guid organ) => posts.Any(p => p.Person == person && p.Organ == organ) || liaison[organ].Any(a => a.Person == person);

    private Addressee Covered(Guid person, Guid organ) => covers.TryGetValue(person, out var cover) ? new Addressee(cover, organ, person) : new Addressee(person, organ, null);
}
