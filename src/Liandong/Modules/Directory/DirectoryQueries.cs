using Liandong.Accounts;
using Liandong.Api;
using Liandong.Data;
using Liandong.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Directory;

/// <summary>Who was what, where and when. Every answer is as of a day.</summary>
public static class DirectoryQueries
{
    public sealed record Holder(Guid Appointment, Guid Person, string Name, LiaisonSlot Slot, DateOnly From, DateOnly? To, string Letter, string EndReason)
    {
        /// <summary>On the day that was asked for, the other officer takes this one's turn.</summary>
        public string CoveredBy { get; init; } = "";
    }

    public sealed record OrganLine(Guid Id, string Name, string ShortName, OrganKind Kind, bool IsMember, DateOnly From, DateOnly? To, Holder? Lead, Holder? A, Holder? B);

    public sealed record PostLine(Guid Id, Guid Person, string Name, Guid Organ, string OrganName, string Section, string Role, string RoleName, string Title, DateOnly From, DateOnly? To);

    public sealed record OrganDetail(Guid Id, string Name, string ShortName, OrganKind Kind, string CreditCode, bool IsMember, DateOnly From, DateOnly? To, OrganLink? Predecessor, IReadOnlyList<OrganLink> Successors,
        IReadOnlyList<SectionLine> Sections, IReadOnlyList<PostLine> Posts, IReadOnlyList<Holder> Liaison, IReadOnlyList<AbsenceLine> Absences);

    public sealed record OrganLink(Guid Id, string Name);

    public sealed record SectionLine(Guid Id, string Name, DateOnly? To);

    public sealed record AbsenceLine(Guid Id, Guid Person, string Name, string Cover, DateOnly From, DateOnly To, string Reason);

    public sealed record PersonDetail(Guid Id, string Name, string Phone, string Email, string CertificateNumber, IReadOnlyList<PostLine> Posts, IReadOnlyList<LiaisonLine> Liaison);

    public sealed record LiaisonLine(Guid Organ, string OrganName, LiaisonSlot Slot, string SlotName, DateOnly From, DateOnly? To, string Letter, string EndReason);

    public sealed record SeatLine(Guid Id, SeatKind Kind, Guid Person, string Name, string Title, DateOnly From, DateOnly? To);

    public sealed record GroupLine(Guid Id, string Name, string Remit, SeatLine? Leader);

    public sealed record Roster(DateOnly On, SeatLine? Convenor, IReadOnlyList<SeatLine> Deputies, IReadOnlyList<OrganLink> Members, SeatLine? OfficeDirector, IReadOnlyList<GroupLine> Groups);

    /// <summary>The organs that existed on the day, in the order of the roster, with their liaison people of that day.</summary>
    public static async Task<IReadOnlyList<OrganLine>> OrgansAsync(AppDb db, Actor actor, DateOnly on, CancellationToken ct, string text = "", OrganKind? kind = null, bool vacantOnly = false)
    {
        actor.Demand(Rights.DirectoryView);
        var name = text.Trim();
        var organs = await db.Organs.AsNoTracking().Where(o => o.From <= on && (o.To == null || o.To >= on) && (kind == null || o.Kind == kind) && (name == "" || o.Name.Contains(name) || o.ShortName.Contains(name)))
            .OrderBy(o => o.Rank).ThenBy(o => o.Id).ToListAsync(ct);
        var holders = await HoldersAsync(db, on, null, ct);
        var lines = organs.Select(o =>
        {
            var here = holders[o.Id].ToList();
            return (Organ: o, Line: new OrganLine(o.Id, o.Name, o.ShortName, o.Kind, o.IsMember, o.From, o.To,
                here.Find(h => h.Slot == LiaisonSlot.Lead), here.Find(h => h.Slot == LiaisonSlot.A), here.Find(h => h.Slot == LiaisonSlot.B)));
        });
        return [.. lines.Where(l => !vacantOnly || (LiaisonVacancy.Needs(l.Organ) && (l.Line.Lead is null || l.Line.A is null))).Select(l => l.Line)];
    }

    /// <summary>Who held the liaison places of an organ on a day.</summary>
    public static async Task<IReadOnlyList<Holder>> LiaisonOnAsync(AppDb db, Actor actor, Guid organ, DateOnly on, CancellationToken ct)
    {
        actor.Demand(Rights.DirectoryView);
        return [.. (await HoldersAsync(db, on, organ, ct))[organ].OrderBy(h => h.Slot)];
    }

    public static async Task<OrganDetail> OrganAsync(AppDb db, Actor actor, Guid id, DateOnly today, CancellationToken ct)
    {
        actor.Demand(Rights.DirectoryView);
        var organ = await db.Organs.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id, ct) ?? throw NotFound.Of("该单位");
        var before = organ.Predecessor is { } p ? await db.Organs.AsNoTracking().Where(o => o.Id == p).Select(o => new OrganLink(o.Id, o.Name)).FirstOrDefaultAsync(ct) : null;
        var after = await db.Organs.AsNoTracking().Where(o => o.Predecessor == id).Select(o => new OrganLink(o.Id, o.Name)).ToListAsync(ct);
        var sections = await db.Sections.AsNoTracking().Where(s => s.Organ == id).OrderBy(s => s.Id).Select(s => new SectionLine(s.Id, s.Name, s.To)).ToListAsync(ct);
        var liaison = await (from a in db.LiaisonAppointments.AsNoTracking()
                             join who in db.People on a.Person equals who.Id
                             where a.Organ == id
                             orderby a.From descending
                             select new Holder(a.Id, a.Person, who.Name, a.Slot, a.From, a.To, a.Letter, a.EndReason)).ToListAsync(ct);
        var people = liaison.Select(h => h.Person).ToList();
        var absences = await (from a in db.Absences.AsNoTracking()
                              join who in db.People on a.Person equals who.Id
                              join cover in db.People on a.Cover equals cover.Id
                              where people.Contains(a.Person) && a.To >= today && a.WithdrawnAt == null
                              orderby a.From
                              select new AbsenceLine(a.Id, a.Person, who.Name, cover.Name, a.From, a.To, a.Reason)).ToListAsync(ct);
        return new OrganDetail(organ.Id, organ.Name, organ.ShortName, organ.Kind, organ.CreditCode, organ.IsMember, organ.From, organ.To, before, after, sections,
            await PostsAsync(db, null, id, ct), [.. liaison.OrderBy(h => h.To is not null).ThenBy(h => h.Slot)], absences);
    }

    public static async Task<PersonDetail> PersonAsync(AppDb db, Actor actor, Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.DirectoryView);
        var person = await db.People.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, ct) ?? throw NotFound.Of("该人员");
        var liaison = await (from a in db.LiaisonAppointments.AsNoTracking()
                             join o in db.Organs on a.Organ equals o.Id
                             where a.Person == id
                             orderby a.From descending
                             select new { a.Organ, o.ShortName, a.Slot, a.From, a.To, a.Letter, a.EndReason }).ToListAsync(ct);
        return new PersonDetail(person.Id, person.Name, person.Phone, person.Email, person.CertificateNumber, await PostsAsync(db, id, null, ct),
            [.. liaison.Select(a => new LiaisonLine(a.Organ, a.ShortName, a.Slot, LiaisonAppointment.NameOf(a.Slot), a.From, a.To, a.Letter, a.EndReason))]);
    }

    /// <summary>People by name, with what they are today.</summary>
    public static async Task<IReadOnlyList<(Guid Id, string Name, IReadOnlyList<string> Posts)>> PeopleAsync(AppDb db, Actor actor, DateOnly today, string text, Cursor? after, int take, CancellationToken ct)
    {
        actor.DemandOneOf(Rights.DirectoryView, Rights.LiaisonAppoint);
        var name = text.Trim();
        var found = db.People.AsNoTracking().Where(p => name == "" || p.Name.Contains(name));
        if (after is not null)
        {
            // Many people share a name: the key goes on where the name alone would skip.
            var (last, id) = (after.Text(0), after.Id(1));
            found = found.Where(p => string.Compare(p.Name, last) > 0 || (p.Name == last && p.Id.CompareTo(id) > 0));
        }
        var people = await found.OrderBy(p => p.Name).ThenBy(p => p.Id).Take(take).Select(p => new { p.Id, p.Name }).ToListAsync(ct);
        var posts = await AccountQueries.PostsAsync(db, [.. people.Select(p => p.Id)], today, ct);
        return [.. people.Select(p => (p.Id, p.Name, (IReadOnlyList<string>)[.. posts[p.Id].Select(post => $"{post.OrganName} {post.RoleName}")]))];
    }

    public static async Task<Roster> RosterAsync(AppDb db, Actor actor, DateOnly day, CancellationToken ct)
    {
        actor.Demand(Rights.DirectoryView);
        var seats = await (from s in db.ConferenceSeats.AsNoTracking()
                           join p in db.People on s.Person equals p.Id
                           where s.From <= day && (s.To == null || s.To >= day)
                           orderby s.Rank
                           select new { s.Group, Line = new SeatLine(s.Id, s.Kind, s.Person, p.Name, s.Title, s.From, s.To) }).ToListAsync(ct);
        var groups = await db.WorkingGroups.AsNoTracking().Where(g => g.From <= day && (g.To == null || g.To >= day)).OrderBy(g => g.Rank).ToListAsync(ct);
        var members = await db.Organs.AsNoTracking().Where(o => o.IsMember && o.From <= day && (o.To == null || o.To >= day)).OrderBy(o => o.Rank).Select(o => new OrganLink(o.Id, o.ShortName)).ToListAsync(ct);
        return new Roster(day, seats.Find(s => s.Line.Kind == SeatKind.Convenor)?.Line, [.. seats.Where(s => s.Line.Kind == SeatKind.Deputy).Select(s => s.Line)], members,
            seats.Find(s => s.Line.Kind == SeatKind.OfficeDirector)?.Line, [.. groups.Select(g => new GroupLine(g.Id, g.Name, g.Remit, seats.Find(s => s.Group == g.Id)?.Line))]);
    }

    public static string NameOf(OrganKind kind) => kind switch
    {
        OrganKind.Bureau => "行政审批服务局",
        OrganKind.Department => "行政主管部门",
        OrganKind.ConferenceOffice => "联席会议办公室",
        OrganKind.Discipline => "纪检监察机关",
        OrganKind.Archive => "档案机构",
        OrganKind.Finance => "财政部门",
        OrganKind.Government => "政府及其办公室",
        _ => "其他",
    };

    private static async Task<ILookup<Guid, Holder>> HoldersAsync(AppDb db, DateOnly day, Guid? organ, CancellationToken ct)
    {
        var rows = await (from a in db.LiaisonAppointments.AsNoTracking()
                          join p in db.People on a.Person equals p.Id
                          where a.From <= day && (a.To == null || a.To >= day) && (organ == null || a.Organ == organ)
                          select new { a.Organ, Holder = new Holder(a.Id, a.Person, p.Name, a.Slot, a.From, a.To, a.Letter, a.EndReason) }).ToListAsync(ct);
        var away = await (from a in db.Absences.AsNoTracking()
                          join cover in db.People on a.Cover equals cover.Id
                          where a.From <= day && a.To >= day && a.WithdrawnAt == null
                          select new { a.Person, cover.Name }).ToListAsync(ct);
        return rows.ToLookup(r => r.Organ, r => r.Holder with { CoveredBy = away.Find(a => a.Person == r.Holder.Person)?.Name ?? "" });
    }

    private static async Task<IReadOnlyList<PostLine>> PostsAsync(AppDb db, Guid? person, Guid? organ, CancellationToken ct)
    {
        var rows = await (from p in db.Posts.AsNoTracking()
                          join who in db.People on p.Person equals who.Id
                          join o in db.Organs on p.Organ equals o.Id
                          join s in db.Sections on p.Section equals s.Id into sections
                          from section in sections.DefaultIfEmpty()
                          where (person == null || p.Person == person) && (organ == null || p.Organ == organ)
                          orderby p.From descending
                          select new { p.Id, p.Person, who.Name, p.Organ, o.ShortName, Section = section != null ? section.Name : "", p.Role, p.Title, p.From, p.To }).ToListAsync(ct);
        return [.. rows.OrderBy(r => r.To is not null).Select(r => new PostLine(r.Id, r.Person, r.Name, r.Organ, r.ShortName, r.Section, r.Role, Roles.NameOf(r.Role), r.Title, r.From, r.To))];
    }
}
