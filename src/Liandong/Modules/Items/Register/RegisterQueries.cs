using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Parties;
using Liandong.Modules.Directory;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Items;

/// <summary>What the 责任清单 is narrowed to.</summary>
/// <param name="On">The day whose responsibilities are asked for.</param>
/// <param name="Text">Part of the item's name, beginning of its code, or pinyin initials.</param>
/// <param name="WithEnded">Lines that do not hold on the day as well: the whole history.</param>
public sealed record RegisterFilter(DateOnly On, string Text = "", Guid? Organ = null, string Division = "", ResponsibilityKind? Kind = null, Guid? Item = null, bool WithEnded = false);

public sealed record RegisterRow(Guid Id, Guid Item, string ItemCode, string ItemName, string Division, string DivisionName, ResponsibilityKind Kind, Guid Organ, string OrganName, string Section,
    string Person, string Phone, int? ClaimDays, DateOnly From, DateOnly? To, string Source, int RegisterVersion, int? EndedInVersion, string EndSource, bool Holds)
{
    /// <summary>Place in the list: item, then from the district down, main before assisting.</summary>
    public string Key => $"{ItemCode}|{Division}|{(int)Kind}|{From:yyyyMMdd}|{Id}";
}

public sealed record RegisterList(IReadOnlyList<RegisterRow> Rows, string? After, int Version);

public sealed record RegisterGap(Guid Item, string Code, string Name, string Department, string Reason);

public sealed record RevisionRow(int Number, DateTimeOffset At, string Source, string Person, string Organ, int Added, int Ended);

/// <summary>One person of the 协同人员库.</summary>
/// <param name="Items">Items in whose lines the person, or else the person's section, stands; for the bureau, items that the section handles.</param>
public sealed record RegisterPerson(Guid Person, string Name, string Organ, bool IsBureau, string Section, string Role, string Title, string Phone, int Items);

/// <summary>Reads of the responsibility register. It is public business inside the district: everybody with the right sees all of it.</summary>
public static class RegisterQueries
{
    public static async Task<RegisterList> ListAsync(AppDb db, Actor actor, RegisterFilter filter, string? after, int size, CancellationToken ct)
    {
        var rows = await AllAsync(db, actor, filter, ct);
        var page = rows.Where(r => string.IsNullOrEmpty(after) || string.CompareOrdinal(r.Key, after) > 0).Take(size + 1).ToList();
        return new RegisterList(page.Take(size).ToList(), page.Count > size ? page[size - 1].Key : null, await VersionAsync(db, ct));
    }

    /// <summary>All lines under a filter, in order. The register of a district has thousands of lines at most, so that one reading serves.</summary>
    public static async Task<IReadOnlyList<RegisterRow>> AllAsync(AppDb db, Actor actor, RegisterFilter filter, CancellationToken ct)
    {
        actor.Demand(Rights.ItemView);
        var on = filter.On;
        IQueryable<Responsibility> lines = db.Responsibilities.AsNoTracking();
        if (!filter.WithEnded) lines = lines.Where(l => l.From <= on && (l.To == null || l.To >= on));
        if (filter.Organ is { } organ) lines = lines.Where(l => l.Organ == organ);
        if (filter.Kind is { } kind) lines = lines.Where(l => l.Kind == kind);
        if (filter.Item is { } item) lines = lines.Where(l => l.Item == item);
        if (filter.Division.Length > 0)
        {
            var code = Responsibility.DivisionOf(filter.Division.Trim());
            lines = lines.Where(l => l.Division == code);
        }
        var items = db.Items.AsNoTracking();
        if (filter.Text.Trim() is { Length: > 0 } text)
        {
            var (upper, lower) = (text.ToUpperInvariant(), text.ToLowerInvariant());
            items = items.Where(i => i.Name.Contains(text) || i.Code.StartsWith(text) || i.Code.StartsWith(upper) || i.Initials.Contains(lower));
        }
        var found = await (from line in lines
                           join i in items on line.Item equals i.Id
                           join o in db.Organs on line.Organ equals o.Id
                           join section in db.Sections on line.Section equals section.Id into sections
                           from s in sections.DefaultIfEmpty()
                           join person in db.People on line.Person equals person.Id into people
                           from p in people.DefaultIfEmpty()
                           select new { line, i.Code, i.Name, Organ = o.ShortName, Section = s == null ? "" : s.Name, Person = p == null ? "" : p.Name, Phone = p == null ? "" : p.Phone }).ToListAsync(ct);
        return
        [
            .. found.Select(f => new RegisterRow(f.line.Id, f.line.Item, f.Code, f.Name, f.line.Division, Divisions.NameOf(f.line.Division), f.line.Kind, f.line.Organ, f.Organ, f.Section, f.Person,
                f.Phone, f.line.ClaimDays, f.line.From, f.line.To, f.line.Source, f.line.RegisterVersion, f.line.EndedInVersion, f.line.EndSource, f.line.HoldsOn(on)))
                .OrderBy(r => r.Key, StringComparer.Ordinal),
        ];
    }

    public static async Task<RegisterRow> FindAsync(AppDb db, Actor actor, Guid line, DateOnly today, CancellationToken ct)
    {
        actor.Demand(Rights.ItemView);
        var item = await db.Responsibilities.Where(l => l.Id == line).Select(l => (Guid?)l.Item).SingleOrDefaultAsync(ct) ?? throw NotFound.Of("这条监管责任");
        return (await AllAsync(db, actor, new RegisterFilter(today, Item: item, WithEnded: true), ct)).Single(r => r.Id == line);
    }

    public static async Task<int> VersionAsync(AppDb db, CancellationToken ct) => await db.RegisterRevisions.MaxAsync(r => (int?)r.Number, ct) ?? 0;

    /// <summary>Items in force for which an address of the district would have nobody in charge on the day, with the reason that routing gives.</summary>
    public static IReadOnlyList<RegisterGap> Gaps(RegisterSnapshot register, IReadOnlyDictionary<Guid, (string Code, string Department)> items, string district, DateOnly on)
    {
        var streets = Divisions.Streets(district);
        var gaps = new List<RegisterGap>();
        foreach (var item in register.Items.Where(i => i.ExistsOn(on)))
        {
            var whole = Routing.Route(register, item.Id, district, on);
            if (whole.Failure.Length == 0) continue;
            var open = streets.Where(s => Routing.Route(register, item.Id, s.Code, on).Failure.Length > 0).ToList();
            if (streets.Count > 0 && open.Count == 0) continue;
            var reason = open.Count < streets.Count ? $"只有部分街道有主监管单位,缺{string.Join("、", open.Take(3).Select(s => s.Name))}{(open.Count > 3 ? $"等{open.Count}个街道" : "")}。" : whole.Failure;
            var (code, department) = items.GetValueOrDefault(item.Id, ("", ""));
            gaps.Add(new RegisterGap(item.Id, code, item.Name, department, reason));
        }
        return [.. gaps.OrderBy(g => g.Code, StringComparer.Ordinal)];
    }

    public static async Task<IReadOnlyList<RegisterGap>> GapsAsync(AppDb db, Actor actor, RegisterBook book, DateOnly on, CancellationToken ct)
    {
        actor.Demand(Rights.ItemView);
        var organs = await db.Organs.AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.ShortName, ct);
        var items = await db.Items.AsNoTracking().Select(i => new { i.Id, i.Code, i.FormerOrgan, i.BodyName }).ToListAsync(ct);
        return Gaps(await book.CurrentAsync(ct), items.ToDictionary(i => i.Id, i => (i.Code, i.FormerOrgan is { } o ? organs.GetValueOrDefault(o, i.BodyName) : i.BodyName)), db.District, on);
    }

    public static async Task<IReadOnlyList<RevisionRow>> RevisionsAsync(AppDb db, Actor actor, int? before, int size, CancellationToken ct)
    {
        actor.Demand(Rights.ItemView);
        var rows = await db.RegisterRevisions.AsNoTracking().Where(r => before == null || r.Number < before).OrderByDescending(r => r.Number).Take(size).ToListAsync(ct);
        var (people, organs) = (await db.People.AsNoTracking().ToDictionaryAsync(p => p.Id, p => p.Name, ct), await db.Organs.AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.ShortName, ct));
        return [.. rows.Select(r => new RevisionRow(r.Number, r.At, r.Source, r.Person is { } p ? people.GetValueOrDefault(p, "接口") : "平台", r.Organ is { } o ? organs.GetValueOrDefault(o, "") : "", r.Added, r.Ended))];
    }

    /// <summary>What one version brought in and what it ended.</summary>
    public static async Task<(IReadOnlyList<RegisterRow> Added, IReadOnlyList<RegisterRow> Ended)> ChangesOfAsync(AppDb db, Actor actor, int version, DateOnly today, CancellationToken ct)
    {
        var all = await AllAsync(db, actor, new RegisterFilter(today, WithEnded: true), ct);
        return ([.. all.Where(r => r.RegisterVersion == version)], [.. all.Where(r => r.EndedInVersion == version && r.RegisterVersion != version)]);
    }

    /// <summary>协同人员库: people of both sides in a post on the day, with what they are there for.</summary>
    public static async Task<IReadOnlyList<RegisterPerson>> PeopleAsync(AppDb db, Actor actor, DateOnly day, Guid? organ, string text, CancellationToken ct)
    {
        actor.Demand(Rights.ItemView);
        var posts = await (from post in db.Posts.AsNoTracking()
                           join person in db.People on post.Person equals person.Id
                           join body in db.Organs on post.Organ equals body.Id
                           where post.From <= day && (post.To == null || post.To >= day) && (organ == null || post.Organ == organ)
                           select new { post, person.Name, person.Phone, Organ = body.ShortName, body.Kind, body.Rank }).ToListAsync(ct);
        var sections = await db.Sections.AsNoTracking().ToDictionaryAsync(s => s.Id, s => s.Name, ct);
        var lines = await db.Responsibilities.AsNoTracking().Where(l => l.From <= day && (l.To == null || l.To >= day)).Select(l => new { l.Item, l.Organ, l.Section, l.Person }).ToListAsync(ct);
        var handled = await db.Items.AsNoTracking().Where(i => i.BureauSection != null && i.From <= day && (i.To == null || i.To >= day)).Select(i => i.BureauSection!.Value).ToListAsync(ct);
        var byPerson = lines.Where(l => l.Person is not null).ToLookup(l => l.Person!.Value);
        var bySection = lines.Where(l => l.Person is null && l.Section is not null).ToLookup(l => l.Section!.Value);
        var byBureau = handled.ToLookup(s => s);
        return
        [
            .. posts.Where(p => !Roles.Administrators.Contains(p.post.Role)).GroupBy(p => (p.post.Person, p.post.Organ)).Select(g =>
            {
                var first = g.First();
                var section = g.Select(p => p.post.Section).FirstOrDefault(s => s is not null);
                var own = byPerson[first.post.Person].Where(l => l.Organ == first.post.Organ).Select(l => l.Item);
                var ofSection = section is { } s ? bySection[s].Select(l => l.Item) : [];
                var count = first.Kind == OrganKind.Bureau ? section is { } b ? byBureau[b].Count() : 0 : own.Concat(ofSection).Distinct().Count();
                return (first.Rank, Row: new RegisterPerson(first.post.Person, first.Name, first.Organ, first.Kind == OrganKind.Bureau, section is { } id ? sections.GetValueOrDefault(id, "") : "",
                    string.Join("、", g.Select(p => Roles.NameOf(p.post.Role)).Distinct()), g.Select(p => p.post.Title).FirstOrDefault(t => t.Length > 0) ?? "", first.Phone, count));
            })
            .Where(p => Matches(p.Row, text.Trim())).OrderByDescending(p => p.Row.IsBureau).ThenBy(p => p.Rank).ThenBy(p => p.Row.Section, Pinyin.Comparer).ThenBy(p => p.Row.Name, Pinyin.Comparer).Select(p => p.Row),
        ];
    }

    private static bool Matches(RegisterPerson person, string text) =>
        text.Length == 0 || person.Name.Contains(text, StringComparison.Ordinal) || person.Organ.Contains(text, StringComparison.Ordinal) || person.Section.Contains(text, StringComparison.Ordinal)
        || person.Phone.StartsWith(text, StringComparison.Ordinal) || Pinyin.InitialsOfPerson(person.Name).StartsWith(text, StringComparison.OrdinalIgnoreCase);
}
