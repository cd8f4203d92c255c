using Liandong.Accounts;
using Liandong.Api;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Notice;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Desk;

/// <summary>Which duties a list shows.</summary>
/// <param name="Person">Only those that this person was named for.</param>
/// <param name="Light">Only open ones that stand at this light.</param>
/// <param name="Closed">False: open ones, by last moment. True: ended ones, latest first.</param>
/// <param name="From">First day on which a closed duty ended.</param>
/// <param name="To">Last day on which a closed duty ended.</param>
/// <param name="Late">Only those whose breach is on record (true) or not (false).</param>
public sealed record DutyFilter(Guid? OwedBy = null, Guid? OwedTo = null, Guid? Person = null, Light? Light = null, string? Rule = null, Guid? Subject = null, bool Closed = false,
    DateOnly? From = null, DateOnly? To = null, bool? Late = null);

/// <summary>A page of duties; <see cref="After"/> is the place of the next one.</summary>
public sealed record DutyList(IReadOnlyList<Duty> Rows, string? After);

/// <summary>Reads of the engine's own table. Each query walks one index and takes a page of it; nothing counts the whole.</summary>
public static class DutyQueries
{
    /// <summary>Duties of which the actor's organ is debtor or creditor; the bureau, the conference office, the convenor and the discipline office read all of the district.</summary>
    public static IQueryable<Duty> Readable(AppDb db, Actor actor)
    {
        actor.Demand(Rights.DeskUse);
        var all = db.Duties.AsNoTracking();
        if (ReadsAll(actor)) return all;
        var organ = actor.RequireOrgan();
        return all.Where(d => d.OwedBy == organ || d.OwedTo == organ);
    }

    public static bool ReadsAll(Actor actor) =>
        actor.Oversees(Guid.Empty) || actor.Roles.Any(Roles.OfTheDistrict.Contains);

    public static async Task<DutyList> ListAsync(AppDb db, Actor actor, DutyFilter filter, string? after, int size, DateTimeOffset now, CancellationToken ct)
    {
        var place = string.IsNullOrEmpty(after) ? null : Cursor.Parse(after);
        var query = Filtered(Readable(db, actor), filter, now);
        if (!filter.Closed) return await PageOfOpenAsync(query, after, size, ct);
        if (place is not null)
        {
            var (at, id) = (place.Instant(0), place.Id(1));
            query = query.Where(d => d.ClosedAt < at || (d.ClosedAt == at && d.Id.CompareTo(id) < 0));
        }
        var rows = await query.Where(d => d.ClosedAt != null).OrderByDescending(d => d.ClosedAt).ThenByDescending(d => d.Id).Take(size + 1).ToListAsync(ct);
        return rows.Count <= size ? new DutyList(rows, null) : new DutyList(rows[..size], Cursor.Of(rows[size - 1].ClosedAt!.Value, rows[size - 1].Id).ToString());
    }

    /// <summary>A page of open duties in the order of the index: by last moment, those that stand still at the end.</summary>
    public static async Task<DutyList> PageOfOpenAsync(IQueryable<Duty> duties, string? after, int size, CancellationToken ct)
    {
        return PageOf(await OpenAsync(duties, string.IsNullOrEmpty(after) ? null : Cursor.Parse(after), size + 1, ct), size);
    }

    /// <summary>The same for a first page by two queries that are there already.</summary>
    public static async Task<DutyList> PageOfOpenAsync(Func<int, IAsyncEnumerable<Duty>> running, Func<int, IAsyncEnumerable<Duty>> paused, int size, CancellationToken ct)
    {
        var rows = await running(size + 1).ToListAsync(ct);
        if (rows.Count <= size) rows.AddRange(await paused(size + 1 - rows.Count).ToListAsync(ct));
        return PageOf(rows, size);
    }

    private static DutyList PageOf(List<Duty> rows, int size) =>
        rows.Count <= size ? new DutyList(rows, null) : new DutyList(rows[..size], Cursor.Of((object?)rows[size - 1].DueAt ?? "", rows[size - 1].Id).ToString());

    /// <summary>
    /// Running ones by last moment, then those that stand still: nobody can say when they end. None is closed, and yet that is the first word of the order:
    /// PostgreSQL takes <c>closed_at IS NULL</c> for no fixed value, and would read and sort all that the organ owes instead of walking the index.
    /// </summary>
    private static async Task<List<Duty>> OpenAsync(IQueryable<Duty> query, Cursor? place, int take, CancellationToken ct)
    {
        var open = query.Where(d => d.ClosedAt == null);
        var rows = new List<Duty>();
        var paused = open.Where(d => d.DueAt == null);
        if (place is null || place.InstantOrNone(0) is not null)
        {
            var running = open.Where(d => d.DueAt != null);
            if (place?.InstantOrNone(0) is { } due)
            {
                var id = place.Id(1);
                running = running.Where(d => d.DueAt > due || (d.DueAt == due && d.Id.CompareTo(id) > 0));
            }
            rows = await running.OrderBy(d => d.ClosedAt).ThenBy(d => d.DueAt).ThenBy(d => d.Id).Take(take).ToListAsync(ct);
        }
        else
        {
            var id = place.Id(1);
            paused = paused.Where(d => d.Id.CompareTo(id) > 0);
        }
        if (rows.Count < take) rows.AddRange(await paused.OrderBy(d => d.ClosedAt).ThenBy(d => d.DueAt).ThenBy(d => d.Id).Take(take - rows.Count).ToListAsync(ct));
        return rows;
    }

    private static IQueryable<Duty> Filtered(IQueryable<Duty> duties, DutyFilter filter, DateTimeOffset now)
    {
        if (filter.OwedBy is { } debtor) duties = duties.Where(d => d.OwedBy == debtor);
        if (filter.OwedTo is { } creditor) duties = duties.Where(d => d.OwedTo == creditor);
        if (filter.Person is { } person) duties = duties.Where(d => d.OwedByPerson == person);
        if (!string.IsNullOrEmpty(filter.Rule)) duties = duties.Where(d => d.Rule == filter.Rule);
        if (filter.Subject is { } subject) duties = duties.Where(d => d.SubjectId == subject);
        if (filter.Late is { } late) duties = duties.Where(d => (d.BreachedAt != null) == late);
        if (filter.From is { } from)
        {
            var start = Beijing.StartOf(from);
            duties = duties.Where(d => d.ClosedAt >= start);
        }
        if (filter.To is { } to)
        {
            var end = Beijing.EndOf(to);
            duties = duties.Where(d => d.ClosedAt < end);
        }
        return filter.Light switch
        {
            null => duties,
            Light.Red => duties.Where(d => d.ClosedAt == null && d.DueAt <= now),
            Light.Amber => duties.Where(d => d.ClosedAt == null && d.DueAt > now && d.EightyAt <= now),
            Light.Yellow => duties.Where(d => d.ClosedAt == null && d.EightyAt > now && d.HalfAt <= now),
            Light.Green => duties.Where(d => d.ClosedAt == null && d.HalfAt > now),
            Light.Paused => duties.Where(d => d.ClosedAt == null && d.DueAt == null),
            _ => duties.Where(d => d.ClosedAt != null),
        };
    }

    /// <summary>One duty that the actor's organ is party to.</summary>
    /// <exception cref="NotFound">Absent, or none of the organ's business.</exception>
    public static async Task<Duty> OneAsync(AppDb db, Actor actor, Guid id, CancellationToken ct) =>
        await Readable(db, actor).FirstOrDefaultAsync(d => d.Id == id, ct) ?? throw NotFound.Of("该职责时限");

    /// <summary>Short names of the district's organs.</summary>
    public static Task<Dictionary<Guid, string>> OrganNamesAsync(AppDb db, CancellationToken ct) => db.Organs.AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.ShortName, ct);

    /// <summary>A row of the duty table.</summary>
    public static DutyRow RowOf(Duty duty, Actor reader, IReadOnlyDictionary<Guid, string> organs, DateTimeOffset now, WorkCalendar calendar, string note = "")
    {
        var subject = DutyLinks.SubjectOf(duty, reader);
        return new(duty.Id, duty.Name, subject.InWords(), subject.Href, organs.GetValueOrDefault(duty.OwedBy, ""), CreditorOf(duty, organs), DueFacts.Of(duty, now, calendar, DutyRules.ClauseIdOf(duty.Rule)), note);
    }

    public static string CreditorOf(Duty duty, IReadOnlyDictionary<Guid, string> organs) =>
        duty.OwedTo is { } to ? organs.GetValueOrDefault(to, duty.OwedToLabel) : duty.OwedToLabel;
}

/// <summary>A duty as the API gives it.</summary>
/// <param name="WorkdaysLeft">Working days left after today; negative when overdue, absent while the limit stands still.</param>
/// <param name="Explanation">How the last moment was counted, in one sentence.</param>
/// <param name="Acts">What the reader may do next, where the duty is the reader's own.</param>
public sealed record DutyView(Guid Id, string Rule, string Name, string Clause, string? ClauseId, DutyParty OwedBy, DutyParty? OwedTo, DutySubject Subject, DateTimeOffset OpenedAt, DateOnly StartedOn, string Limit,
    string LimitInWords, bool LocalNumber, DateOnly? DueOn, DateTimeOffset? DueAt, Light Light, int? WorkdaysLeft, bool Provisional, string CalendarVersion, string Explanation,
    IReadOnlyList<Pause> Pauses, IReadOnlyList<Extension> Extensions, IReadOnlyList<DueChange> Changes, DateTimeOffset? BreachedAt, DateTimeOffset? ClosedAt, Closing? ClosedHow, long? ClosedByEntry,
    string? OverrunReason, IReadOnlyList<DutyAct> Acts)
{
    public static DutyView Of(Duty d, Actor reader, IReadOnlyDictionary<Guid, string> organs, DateTimeOffset now, WorkCalendar calendar)
    {
        var clause = DutyRules.ClauseIdOf(d.Rule);
        var creditor = DutyQueries.CreditorOf(d, organs);
        return new DutyView(d.Id, d.Rule, d.Name, d.Clause, clause.Length > 0 ? clause : null, new DutyParty(d.OwedBy, organs.GetValueOrDefault(d.OwedBy, ""), d.OwedBySection, d.OwedByPerson),
            d.OwedTo is null && creditor.Length == 0 ? null : new DutyParty(d.OwedTo, creditor), DutyLinks.SubjectOf(d, reader),
            d.OpenedAt, d.StartedOn, d.Limit.ToString(), d.Limit.InWords, d.LocalNumber, d.DueOn, d.DueAt, d.LightAt(now), d.IsOpen ? DueFacts.Left(d.DueOn, Beijing.DayOf(now), calendar) : null,
            d.Provisional, d.CalendarVersion, d.Explanation, d.Pauses, d.Extensions, d.Changes, d.BreachedAt, d.ClosedAt, d.ClosedHow, d.ClosedByEntry,
            d.OverrunReason.Length > 0 ? d.OverrunReason : null, d.IsOpen && d.OwedBy == reader.Organ ? DutyLinks.ActsOf(d, reader) : []);
    }
}

/// <param name="Organ">Absent where the creditor is an applicant or the public.</param>
public sealed record DutyParty(Guid? Organ, string Name, Guid? Section = null, Guid? Person = null);
