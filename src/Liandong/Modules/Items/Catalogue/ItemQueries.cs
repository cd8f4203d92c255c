using System.Text.Json;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Notice;
using Liandong.Kernel.Parties;
using Liandong.Modules.Directory;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Items;

/// <summary>Where an item stands on a day: not begun, in force, ended.</summary>
public enum ItemState { InForce, Planned, Ended }

/// <summary>What a list of items is narrowed to.</summary>
/// <param name="Text">Part of the name, beginning of a code, pinyin initials, or part of the implementing body's name.</param>
/// <param name="Department">The item's former department, or an organ that supervises it on the day.</param>
/// <param name="Unassigned">Only items in force that no main organ supervises anywhere.</param>
public sealed record ItemFilter(string Text = "", ItemType? Type = null, Guid? Department = null, ItemState? State = null, bool Unassigned = false);

/// <param name="Flag">Why the body's code is not a standard one; empty when it is.</param>
public sealed record ItemRow(Guid Id, string Code, string CodeScheme, string Name, string Initials, ItemType Type, string Department, string MainOrgans, int StatutoryDays, int PromisedDays,
    InspectionClass Inspection, ItemState State, DateOnly From, DateOnly? To, string Flag, string StandInFor);

/// <param name="After">Where the next page begins; null on the last.</param>
public sealed record ItemList(IReadOnlyList<ItemRow> Rows, string? After);

/// <summary>One act of an item's history.</summary>
public sealed record HistoryEntry(long Number, DateTimeOffset At, string Act, string What, string Note, string Who, string Organ, string Channel, string Clause);

/// <summary>Reads of the item list (事项目录清单). The list is public business inside the district: everybody with the right sees all of it.</summary>
public static class ItemQueries
{
    public const int MaxSize = 100;

    /// <param name="sort"><c>code</c> or <c>name</c> (by pinyin initials), descending with a leading -.</param>
    /// <param name="after">The last row of the page before, as it was given.</param>
    public static async Task<ItemList> ListAsync(AppDb db, Actor actor, ItemFilter filter, string sort, string? after, int size, DateOnly today, CancellationToken ct)
    {
        actor.Demand(Rights.ItemView);
        size = Math.Clamp(size, 1, MaxSize);
        var query = Narrow(db, filter, today);
        query = sort switch
        {
            "-code" => After(query.OrderByDescending(i => i.Code), after, (q, code) => q.Where(i => string.Compare(i.Code, code) < 0)),
            "name" => AfterName(query.OrderBy(i => i.Initials).ThenBy(i => i.Code), after, descending: false),
            "-name" => AfterName(query.OrderByDescending(i => i.Initials).ThenByDescending(i => i.Code), after, descending: true),
            _ => After(query.OrderBy(i => i.Code), after, (q, code) => q.Where(i => string.Compare(i.Code, code) > 0)),
        };
        var items = await query.Take(size + 1).AsNoTracking().ToListAsync(ct);
        var page = items.Take(size).ToList();
        var last = items.Count > size ? page[^1] : null;
        return new ItemList(await RowsOfAsync(db, page, today, ct), last is null ? null : sort.EndsWith("name", StringComparison.Ordinal) ? $"{last.Initials}|{last.Code}" : last.Code);
    }

    /// <summary>All rows under a filter, in order of code: for exports.</summary>
    public static async Task<IReadOnlyList<Item>> AllAsync(AppDb db, Actor actor, ItemFilter filter, DateOnly today, CancellationToken ct)
    {
        actor.Demand(Rights.ItemView);
        return await Narrow(db, filter, today).OrderBy(i => i.Code).AsNoTracking().ToListAsync(ct);
    }

    public static async Task<Item> FindAsync(AppDb db, Actor actor, Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.ItemView);
        return await db.Items.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, ct) ?? throw NotFound.Of("该事项");
    }

    public static ItemState StateOn(DateOnly from, DateOnly? to, DateOnly day) => to < day ? ItemState.Ended : from > day ? ItemState.Planned : ItemState.InForce;

    /// <summary>Acts on the item and on its lines in the register, newest first.</summary>
    public static async Task<IReadOnlyList<HistoryEntry>> HistoryAsync(AppDb db, Actor actor, Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.ItemView);
        var entries = await db.LedgerEntries.AsNoTracking().Where(e => e.SubjectId == id && e.SubjectKind == "item").OrderByDescending(e => e.Number).Take(500).ToListAsync(ct);
        var organs = await db.Organs.AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.ShortName, ct);
        var ids = entries.Select(e => e.Person).OfType<Guid>().Distinct().ToList();
        var people = await db.People.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        return entries.ConvertAll(e => new HistoryEntry(e.Number, e.At, e.Act, What(e.Act), NoteOf(e, organs), e.Person is { } p ? people.GetValueOrDefault(p, "接口") : "平台",
            e.Organ is { } o ? organs.GetValueOrDefault(o, "") : "", e.Channel, e.Clause));
    }

    private static IQueryable<Item> Narrow(AppDb db, ItemFilter filter, DateOnly today)
    {
        IQueryable<Item> query = db.Items;
        if (filter.Type is { } type) query = query.Where(i => i.Type == type);
        if (filter.Department is { } organ)
            query = query.Where(i => i.FormerOrgan == organ || db.Responsibilities.Any(l => l.Item == i.Id && l.Organ == organ && l.From <= today && (l.To == null || l.To >= today)));
        query = filter.State switch
        {
            ItemState.InForce => query.Where(i => i.From <= today && (i.To == null || i.To >= today)),
            ItemState.Planned => query.Where(i => i.From > today),
            ItemState.Ended => query.Where(i => i.To != null && i.To < today),
            _ => query,
        };
        if (filter.Unassigned)
            query = query.Where(i => i.From <= today && (i.To == null || i.To >= today)
                && !db.Responsibilities.Any(l => l.Item == i.Id && l.Kind == ResponsibilityKind.Main && l.From <= today && (l.To == null || l.To >= today)));
        var text = filter.Text.Trim();
        if (text.Length == 0) return query;
        if (!text.All(char.IsAscii)) return query.Where(i => i.Name.Contains(text) || i.BodyName.Contains(text) || i.MainItem.Contains(text));
        var (code, initials) = (text.ToUpperInvariant(), text.ToLowerInvariant());
        return query.Where(i => i.Code.StartsWith(text) || i.Code.StartsWith(code) || i.Initials.Contains(initials) || i.Name.Contains(text));
    }

    private static IQueryable<Item> After(IQueryable<Item> query, string? after, Func<IQueryable<Item>, string, IQueryable<Item>> from) => string.IsNullOrEmpty(after) ? query : from(query, after);

    private static IQueryable<Item> AfterName(IQueryable<Item> query, string? after, bool descending)
    {
        if (after?.Split('|', 2) is not [var initials, var code]) return query;
        return descending
            ? query.Where(i => string.Compare(i.Initials, initials) < 0 || (i.Initials == initials && string.Compare(i.Code, code) < 0))
            : query.Where(i => string.Compare(i.Initials, initials) > 0 || (i.Initials == initials && string.Compare(i.Code, code) > 0));
    }

    private static async Task<IReadOnlyList<ItemRow>> RowsOfAsync(AppDb db, IReadOnlyList<Item> items, DateOnly today, CancellationToken ct)
    {
        var ids = items.Select(i => i.Id).ToList();
        var organs = await db.Organs.AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.ShortName, ct);
        var mains = (await db.Responsibilities.AsNoTracking().Where(l => ids.Contains(l.Item) && l.Kind == ResponsibilityKind.Main && l.From <= today && (l.To == null || l.To >= today))
            .Select(l => new { l.Item, l.Organ, l.Division }).ToListAsync(ct)).ToLookup(l => l.Item);
        return
        [
            .. items.Select(i => new ItemRow(i.Id, i.Code, i.CodeScheme, i.Name, i.Initials, i.Type,
                i.FormerOrgan is { } former ? organs.GetValueOrDefault(former, i.BodyName) : i.BodyName,
                string.Join("、", mains[i.Id].OrderBy(l => l.Division.Length).Select(l => organs.GetValueOrDefault(l.Organ, "")).Distinct()),
                i.StatutoryDays, i.PromisedDays, i.InspectionClassOn(today), StateOn(i.From, i.To, today), i.From, i.To, i.BodyCodeFlag, i.StandInFor)),
        ];
    }

    private static string What(string act) => act switch
    {
        "item.added" => "登记事项",
        "item.changed" => "修改事项",
        "item.ended" => "停用事项",
        "item.inspection-classified" => "调整勘验分类",
        "item.adapted" => "按新的政策调整",
        "responsibility.added" => "登记监管责任",
        "responsibility.ended" => "结束监管责任",
        "responsibility.changed" => "变更主监管单位",
        _ => act,
    };

    private static string NoteOf(LedgerEntry entry, Dictionary<Guid, string> organs)
    {
        using var body = JsonDocument.Parse(entry.Body);
        var act = body.RootElement;
        string Text(string name) => act.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        string Organ() => act.TryGetProperty("organ", out var value) && value.TryGetGuid(out var id) ? organs.GetValueOrDefault(id, "") : "";
        string Version() => act.TryGetProperty("registerVersion", out var value) ? $"(责任清单第{value.GetInt32()}版)" : "";
        return entry.Act switch
        {
            "item.changed" => act.TryGetProperty("fields", out var fields) ? "改了 " + string.Join("、", fields.EnumerateArray().Select(f => f.GetString())) : "",
            "item.ended" => $"最后一天 {Text("lastDay")}:{Text("reason")}",
            "item.inspection-classified" => Enum.TryParse<InspectionClass>(Text("class"), true, out var inspection) ? $"自 {Text("from")} 起 {ItemWords.Of(inspection)}:{Text("reason")}" : "",
            "item.adapted" => $"自 {Text("from")} 起按 {Text("number")} 办理",
            "responsibility.added" => $"{Organ()} {(Enum.TryParse<ResponsibilityKind>(Text("kind"), true, out var kind) ? ItemWords.Of(kind) : "")} {Divisions.NameOf(Text("division"))},自 {Text("from")} 起{Version()}",
            "responsibility.changed" => $"自 {Text("from")} 起由 {Organ()} 主监管 {Divisions.NameOf(Text("division"))}{Version()}",
            "responsibility.ended" => $"最后一天 {Text("lastDay")}{Version()}",
            _ => "",
        };
    }

    /// <summary>The anchor of a clause in the notice, for a citation that links to it.</summary>
    public static string ClauseIdOf(string clause) => NoticeText.Clauses.FirstOrDefault(c => c.Numbering == clause)?.Id ?? "";
}

/// <summary>Choices for forms: who there is to choose from on a day.</summary>
public static class OrganChoices
{
    public static async Task<IReadOnlyList<Choice>> OrgansAsync(AppDb db, DateOnly on, CancellationToken ct) =>
        [.. (await db.Organs.AsNoTracking().Where(o => o.From <= on && (o.To == null || o.To >= on)).OrderBy(o => o.Rank).ToListAsync(ct)).Select(o => new Choice(o.Id.ToString(), o.ShortName))];

    /// <summary>Sections by organ; of one organ where it is given.</summary>
    public static async Task<IReadOnlyList<Choice>> SectionsAsync(AppDb db, OrganKind? of, CancellationToken ct)
    {
        var organs = await db.Organs.AsNoTracking().Where(o => of == null || o.Kind == of).OrderBy(o => o.Rank).ToListAsync(ct);
        var sections = (await db.Sections.AsNoTracking().Where(s => s.To == null).ToListAsync(ct)).ToLookup(s => s.Organ);
        return [.. organs.SelectMany(o => sections[o.Id].OrderBy(s => s.Name, Pinyin.Comparer).Select(s => new Choice(s.Id.ToString(), s.Name, Group: o.ShortName)))];
    }

    public static async Task<IReadOnlyList<Choice>> PeopleAsync(AppDb db, DateOnly day, CancellationToken ct)
    {
        var posts = await (from post in db.Posts.AsNoTracking()
                           join person in db.People on post.Person equals person.Id
                           join organ in db.Organs on post.Organ equals organ.Id
                           where post.From <= day && (post.To == null || post.To >= day)
                           orderby organ.Rank
                           select new { post.Person, person.Name, Organ = organ.ShortName, post.Role }).ToListAsync(ct);
        return [.. posts.Where(p => !Roles.Administrators.Contains(p.Role)).DistinctBy(p => (p.Person, p.Organ)).Select(p => new Choice(p.Person.ToString(), p.Name, Group: p.Organ))];
    }

    /// <summary>The district and its streets.</summary>
    public static IReadOnlyList<Choice> Places(string district) =>
        [new(district, $"{Divisions.NameOf(district)}(全部)"), .. Divisions.Streets(district).Select(s => new Choice(s.Code, s.Name))];
}
