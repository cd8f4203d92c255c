using Liandong.Accounts;
using Liandong.Api;
using Liandong.Data;
using Liandong.Documents;
using Liandong.Kernel.Calendar;
using Liandong.Ledgers;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Policies;

/// <param name="Items">How many items it touches, and how many of them have their outcome.</param>
/// <param name="Replaced">A later change has taken its place.</param>
/// <param name="Due">What is owed in it now.</param>
/// <param name="DueWords">By whom and what: 区住建局应函告政策调整.</param>
public sealed record PolicyRow(
    Guid Id, string Number, PolicyKind Kind, string Title, string DocumentNumber, Guid Organ, string OrganName, DateOnly KnownOn, DateOnly EffectiveOn, PolicyState State, DateTimeOffset RecordedAt, DateTimeOffset? ServedAt, bool Late, bool Published, bool Replaced, int Edition,
    int Items, int Settled, DueFacts? Due, string DueWords);

public sealed record PolicyList(IReadOnlyList<PolicyRow> Rows, string? After);

/// <param name="ByBureau">The bureau named it, not the department.</param>
/// <param name="Behind">Adapted later than the change takes effect.</param>
public sealed record TouchedView(Guid Item, string Code, string Name, bool ByBureau, ItemOutcome? Outcome, DateOnly? AdaptedFrom, bool Behind, string What, string Who, DateTimeOffset? At, long? Entry);

public sealed record PolicyEdition(Guid Id, string Number, int Edition, string Title, DateOnly EffectiveOn, PolicyState State, bool Current);

/// <param name="Own">The actor's organ notifies it.</param>
/// <param name="Bureau">The actor's organ is the bureau to which it is notified.</param>
/// <param name="Supersedes">The earlier one, also before this one is served.</param>
/// <param name="Letter">The official letter that notifies it, where the actor may see that.</param>
/// <param name="Editions">All that the actor may see, the latest first.</param>
public sealed record PolicyDetail(
    PolicyRow Policy, string IssuedBy, string Text, string Link, string Conditions, string Materials, string Limits, bool Own, bool Bureau, Guid RecordedBy, string RecordedByName, string Who, string ServedBy, DateTimeOffset? AcknowledgedAt, string AcknowledgedBy,
    DateTimeOffset? SettledAt, string SettledBy, bool? TakesPart, string Response, DateTimeOffset? ConfirmedAt, string ConfirmedBy, DateTimeOffset? WithdrawnAt, string WithdrawReason, Guid? Supersedes, Guid? SupersededBy, IReadOnlyList<TouchedView> Items,
    Guid? Letter, string LetterNumber, DocumentState? LetterState, IReadOnlyList<PolicyEdition> Editions, IReadOnlyList<TimelineEntry> History);

/// <param name="Number">Of the policy change.</param>
public sealed record PolicyOfItem(Guid Policy, string Number, string Title, PolicyKind Kind, DateOnly EffectiveOn, ItemOutcome? Outcome, DateOnly? AdaptedFrom, string What);

/// <summary>
/// Who reads which change: the department that notifies it and the bureau always; once it is served, an organ that supervises one of its items at the service or later, and
/// everybody where it is published to all. Nobody else, by whatever way. The rule looks at no clock, so that search can carry it.
/// </summary>
public static class PolicyQueries
{
    public static IQueryable<PolicyChange> VisibleTo(this IQueryable<PolicyChange> policies, AppDb db, Actor actor)
    {
        var organ = actor.RequireOrgan();
        return policies.Where(p => p.Organ == organ || p.Bureau == organ || p.ServedOn != null && (p.Published
            || db.TouchedItems.Any(t => t.Policy == p.Id && db.Responsibilities.Any(r => r.Item == t.Item && r.Organ == organ && (r.To == null || r.To >= r.From && r.To >= p.ServedOn)))));
    }

    /// <summary>The same rule from the other side, for the marks of search: who reads these changes beside department and bureau.</summary>
    public static async Task<ILookup<Guid, Guid>> SupervisingReadersAsync(AppDb db, IReadOnlyCollection<Guid> policies, CancellationToken ct) =>
        (await (from p in db.PolicyChanges.AsNoTracking()
                join t in db.TouchedItems on p.Id equals t.Policy
                join r in db.Responsibilities on t.Item equals r.Item
                where policies.Contains(p.Id) && p.ServedOn != null && (r.To == null || r.To >= r.From && r.To >= p.ServedOn)
                select new { Policy = p.Id, r.Organ }).Distinct().ToListAsync(ct)).ToLookup(x => x.Policy, x => x.Organ);

    public static async Task<PolicyList> ListAsync(AppDb db, Actor actor, PolicyFilter filter, DateTimeOffset now, WorkCalendar calendar, CancellationToken ct)
    {
        actor.Demand(Rights.PolicyView);
        var rows = filter.Apply(db, actor, now);
        if (filter.After.Length > 0)
        {
            var place = Cursor.Parse(filter.After);
            var id = place.Id(1);
            if (filter.ByEffect)
            {
                var day = place.Day(0);
                rows = filter.Ascending ? rows.Where(p => p.EffectiveOn > day || p.EffectiveOn == day && p.Id.CompareTo(id) > 0) : rows.Where(p => p.EffectiveOn < day || p.EffectiveOn == day && p.Id.CompareTo(id) < 0);
            }
            else
            {
                var at = place.Instant(0);
                rows = filter.Ascending ? rows.Where(p => p.RecordedAt > at || p.RecordedAt == at && p.Id.CompareTo(id) > 0) : rows.Where(p => p.RecordedAt < at || p.RecordedAt == at && p.Id.CompareTo(id) < 0);
            }
        }
        rows = (filter.ByEffect, filter.Ascending) switch
        {
            (true, true) => rows.OrderBy(p => p.EffectiveOn).ThenBy(p => p.Id),
            (true, false) => rows.OrderByDescending(p => p.EffectiveOn).ThenByDescending(p => p.Id),
            (false, true) => rows.OrderBy(p => p.RecordedAt).ThenBy(p => p.Id),
            _ => rows.OrderByDescending(p => p.RecordedAt).ThenByDescending(p => p.Id),
        };
        var found = await rows.Take(filter.Size + 1).ToListAsync(ct);
        var page = found.Take(filter.Size).ToList();
        var after = found.Count <= filter.Size ? null : (filter.ByEffect ? Cursor.Of(page[^1].EffectiveOn, page[^1].Id) : Cursor.Of(page[^1].RecordedAt, page[^1].Id)).ToString();
        return new PolicyList(await RowsAsync(db, actor, page, now, calendar, ct), after);
    }

    public static async Task<PolicyDetail?> DetailAsync(AppDb db, Actor actor, Guid id, DateTimeOffset now, WorkCalendar calendar, CancellationToken ct)
    {
        actor.Demand(Rights.PolicyView);
        if (await db.PolicyChanges.AsNoTracking().VisibleTo(db, actor).SingleOrDefaultAsync(x => x.Id == id, ct) is not { } p) return null;
        var touched = await db.TouchedItems.AsNoTracking().Where(t => t.Policy == id).Join(db.Items, t => t.Item, i => i.Id, (t, i) => new { Touched = t, i.Code, i.Name }).OrderBy(x => x.Code).ToListAsync(ct);
        var editions = await db.PolicyChanges.AsNoTracking().VisibleTo(db, actor).Where(x => x.Series == p.Series).OrderByDescending(x => x.Edition).ThenByDescending(x => x.RecordedAt).ToListAsync(ct);
        var organs = await NamesAsync(db, ct);
        var letter = p.Letter is { } asking ? await db.OfficialDocuments.AsNoTracking().VisibleTo(db, actor).Where(d => d.Id == asking).Select(d => new { d.Id, d.Number, d.State }).SingleOrDefaultAsync(ct) : null;
        return new PolicyDetail(
            (await RowsAsync(db, actor, [p], now, calendar, ct))[0], p.IssuedBy, p.Text, p.Link, p.Conditions, p.Materials, p.Limits, p.Organ == actor.Organ, p.Bureau == actor.Organ, p.RecordedBy, organs.GetValueOrDefault(p.RecordedBy, ""), p.Who, p.ServedBy,
            p.AcknowledgedAt, p.AcknowledgedBy, p.SettledAt, p.SettledBy, p.TakesPart, p.Response, p.ConfirmedAt, p.ConfirmedBy, p.WithdrawnAt, p.WithdrawReason, p.Supersedes, p.SupersededBy,
            [.. touched.Select(x => new TouchedView(x.Touched.Item, x.Code, x.Name, x.Touched.NamedBy == p.Bureau && p.RecordedBy != p.Bureau, x.Touched.Outcome, x.Touched.AdaptedFrom, x.Touched.AdaptedFrom > p.EffectiveOn, x.Touched.What, x.Touched.Who, x.Touched.At, x.Touched.Entry))],
            letter?.Id, letter?.Number ?? "", letter?.State, [.. editions.Select(e => new PolicyEdition(e.Id, e.Number, e.Edition, e.Title, e.EffectiveOn, e.State, e.Id == id))], await TimelineQueries.OfAsync(db, actor, id, ct));
    }

    /// <summary>The changes that touch an item, of those that the actor may see, the latest first.</summary>
    public static async Task<IReadOnlyList<PolicyOfItem>> OfItemAsync(AppDb db, Actor actor, Guid item, CancellationToken ct)
    {
        if (!actor.May(Rights.PolicyView) || actor.Organ is null) return [];
        return await db.PolicyChanges.AsNoTracking().VisibleTo(db, actor).Where(p => p.ServedOn != null).Join(db.TouchedItems.Where(t => t.Item == item), p => p.Id, t => t.Policy, (p, t) => new { p, t })
            .OrderByDescending(x => x.p.EffectiveOn).ThenByDescending(x => x.p.Id).Take(100).Select(x => new PolicyOfItem(x.p.Id, x.p.Number, x.p.Title, x.p.Kind, x.p.EffectiveOn, x.t.Outcome, x.t.AdaptedFrom, x.t.What)).ToListAsync(ct);
    }

    private static async Task<IReadOnlyList<PolicyRow>> RowsAsync(AppDb db, Actor actor, IReadOnlyList<PolicyChange> policies, DateTimeOffset now, WorkCalendar calendar, CancellationToken ct)
    {
        var organ = actor.RequireOrgan();
        var ids = policies.Select(p => p.Id).ToList();
        var organs = await NamesAsync(db, ct);
        var items = (await db.TouchedItems.AsNoTracking().Where(t => ids.Contains(t.Policy)).Select(t => new { t.Policy, Settled = t.Outcome != null }).ToListAsync(ct)).ToLookup(t => t.Policy, t => t.Settled);
        var duties = (await db.Duties.AsNoTracking().Where(d => ids.Contains(d.SubjectId) && d.ClosedAt == null).ToListAsync(ct)).ToLookup(d => d.SubjectId);
        return [.. policies.Select(p =>
        {
            var due = duties[p.Id].OrderBy(d => d.DueAt).FirstOrDefault();
            return new PolicyRow(p.Id, p.Number, p.Kind, p.Title, p.DocumentNumber, p.Organ, organs.GetValueOrDefault(p.Organ, ""), p.KnownOn, p.EffectiveOn, p.State, p.RecordedAt, p.ServedAt, p.Late, p.Published, p.SupersededBy is not null, p.Edition,
                items[p.Id].Count(), items[p.Id].Count(settled => settled), due is null ? null : DueFacts.Of(due, now, calendar, TimelineQueries.ClauseIdOf(due.Clause)), due is null ? "" : $"{(due.OwedBy == organ ? "本单位" : organs.GetValueOrDefault(due.OwedBy, ""))}应{due.Name}");
        })];
    }

    private static Task<Dictionary<Guid, string>> NamesAsync(AppDb db, CancellationToken ct) => db.Organs.AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.ShortName, ct);
}
