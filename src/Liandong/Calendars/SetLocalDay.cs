using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Calendars;

/// <summary>登记本区例外日: a day that the district or its province makes a rest day or a working day over the national calendar.</summary>
public sealed class SetLocalDay(AppDb db, CalendarBook calendars, CalendarCache cache, RecountDuties recount, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Input(DateOnly Date, bool IsWorkday, string Reason);

    public sealed record Act(Guid Day, DateOnly Date, bool IsWorkday, string Reason) : IAct { static string IAct.Name => "calendar.local-day-set"; }

    public async Task<CalendarOverlayDay> RunAsync(Input input, CancellationToken ct)
    {
        actor.Demand(Rights.CalendarImport);
        new InputCheck().Filled(input.Reason, "Reason", "依据", 200).That(input.Date.Year is >= 2018 and <= 2100, "Date", "日期应在2018年至2100年之间。").Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var before = await calendars.BuildAsync(ct);
        if (before.Overlay.Any(d => d.Date == input.Date)) throw new Refusal("calendar.local-day-known", "这一天已经登记了例外,请先撤回原来的。", field: "Date");
        if (before.IsWorkday(input.Date) == input.IsWorkday) throw new Refusal("calendar.local-day-same", input.IsWorkday ? "这一天本来就是工作日。" : "这一天本来就不上班。", field: "Date");
        var day = new CalendarOverlayDay { District = db.District, Id = clock.NewId(), Date = input.Date, IsWorkday = input.IsWorkday, Reason = input.Reason.Trim(), SetAt = clock.Now };
        db.CalendarOverlayDays.Add(day);
        var after = before.WithOverlay([.. before.Overlay, new LocalDay(day.Date, day.IsWorkday, day.Reason)]);
        await ledger.RecordAsync(new Act(day.Id, day.Date, day.IsWorkday, day.Reason), new Subject("calendar", day.Id, "", $"本区例外日 {day.Date:yyyy-MM-dd}"), ImportYear.LastDay, ct);
        await recount.RunAsync(after, $"本区例外日 {day.Date:yyyy-MM-dd}:{day.Reason}", ct);
        await together.CommitAsync(ct);
        cache.Forget(db.District);
        return day;
    }
}

/// <summary>撤回本区例外日.</summary>
public sealed class WithdrawLocalDay(AppDb db, CalendarBook calendars, CalendarCache cache, RecountDuties recount, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Day, DateOnly Date) : IAct { static string IAct.Name => "calendar.local-day-withdrawn"; }

    public async Task RunAsync(Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.CalendarImport);
        await using var together = await ledger.TogetherAsync(ct);
        var day = await db.CalendarOverlayDays.FirstOrDefaultAsync(d => d.Id == id && d.WithdrawnAt == null, ct) ?? throw NotFound.Of("该例外日");
        day.Withdraw(clock.Now);
        var after = await calendars.BuildAsync(ct);
        await ledger.RecordAsync(new Act(day.Id, day.Date), new Subject("calendar", day.Id, "", $"本区例外日 {day.Date:yyyy-MM-dd}"), ImportYear.LastDay, ct);
        await recount.RunAsync(after, $"撤回本区例外日 {day.Date:yyyy-MM-dd}", ct);
        await together.CommitAsync(ct);
        cache.Forget(db.District);
    }
}
