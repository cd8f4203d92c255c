using System.Collections.Concurrent;
using Liandong.Kernel.Calendar;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Data;

/// <summary>A year's notice as imported: the shipped years need no row, a row replaces or adds a year.</summary>
public sealed class CalendarNotice
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required int Year { get; init; }

    /// <summary>The notice in its JSON form, as imported.</summary>
    public required string Json { get; init; }
    public required DateTimeOffset ImportedAt { get; init; }
    public required Guid? ImportedBy { get; init; }

    /// <summary>Why a year that was already known is replaced (an in-year revision); empty for a new year.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The calendar version that came into force with this import.</summary>
    public required string VersionAfter { get; init; }
}

/// <summary>A day that the district (or its province) made a rest day or a working day, over the national calendar.</summary>
public sealed class CalendarOverlayDay
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required DateOnly Date { get; init; }
    public required bool IsWorkday { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset SetAt { get; init; }
    public DateTimeOffset? WithdrawnAt { get; private set; }

    public void Withdraw(DateTimeOffset at) => WithdrawnAt = at;
}

/// <summary>The working-day calendar in force in the district: the shipped national years, imported notices, local days, close of business.</summary>
public sealed class CalendarBook(AppDb db, CalendarCache cache)
{
    public async ValueTask<WorkCalendar> CurrentAsync(CancellationToken ct)
    {
        if (cache.Get(db.District) is { } known) return known;
        var calendar = await BuildAsync(ct);
        cache.Set(db.District, calendar);
        return calendar;
    }

    /// <summary>Builds the calendar from the tables, including rows of this context that are not saved yet.</summary>
    public async Task<WorkCalendar> BuildAsync(CancellationToken ct)
    {
        await db.CalendarNotices.LoadAsync(ct);
        await db.CalendarOverlayDays.LoadAsync(ct);
        var settings = await db.DistrictSettings.FirstOrDefaultAsync(ct);
        var notices = WorkCalendar.National.Notices.ToDictionary(n => n.Year);
        foreach (var row in db.CalendarNotices.Local.Where(n => n.District == db.District).OrderBy(n => n.ImportedAt)) notices[row.Year] = YearNotice.Parse(row.Json);
        var overlay = db.CalendarOverlayDays.Local.Where(d => d.District == db.District && d.WithdrawnAt is null).OrderBy(d => d.Date).ThenBy(d => d.SetAt)
            .Select(d => new LocalDay(d.Date, d.IsWorkday, d.Reason)).ToList();
        var close = settings?.CloseOfBusiness;
        return new WorkCalendar(WorkCalendar.VersionOf(notices.Values, overlay, close), notices.Values, overlay, close);
    }
}

/// <summary>
/// Built calendars by district. Another node's import is seen within <see cref="Lifetime"/>; the node that imports forgets at once.
/// </summary>
public sealed class CalendarCache(TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, (WorkCalendar Calendar, long At)> known = new();

    public WorkCalendar? Get(string district) =>
        known.TryGetValue(district, out var entry) && time.GetElapsedTime(entry.At) < Lifetime ? entry.Calendar : null;

    public void Set(string district, WorkCalendar calendar) => known[district] = (calendar, time.GetTimestamp());

    public void Forget(string district) => known.TryRemove(district, out _);
}
