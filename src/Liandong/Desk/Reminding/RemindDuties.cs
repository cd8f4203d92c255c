using Liandong.Data;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Desk;

/// <summary>
/// Tells the rungs that open duties have reached: half and four fifths of the time and the missed day to whoever has to act, then step by step to those above. Only on working days
/// and outside the district's quiet hours; what was reached meanwhile is told afterwards. A gate row and the reminders of a rung are one transaction, so each rung is told once on
/// any number of nodes, and a run that is lost is made up by the next.
/// </summary>
public sealed class RemindDuties(AppDb db, CalendarBook calendars, Clock clock, WriteGate gate, IConfiguration settings)
{
    private const int Batch = 200, Attempts = 20;

    /// <summary>Returns how many people were told how many things.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var (now, calendar) = (clock.Now, await calendars.CurrentAsync(ct));
        var district = await ReminderQueries.SettingsAsync(db, ct);
        if (!district.Habits.IsAwake(now, calendar)) return 0;
        var today = Beijing.DayOf(now);
        var open = db.Duties.AsNoTracking().Where(d => d.ClosedAt == null);
        var reached = new List<(ReminderRung Rung, IQueryable<Duty> Duties)>
        {
            // A warning that was overtaken while nobody swept is not given any more: the next rung says more.
            (ReminderRung.Half, open.Where(d => d.HalfAt <= now && d.EightyAt > now)),
            (ReminderRung.Eighty, open.Where(d => d.EightyAt <= now && d.DueAt > now)),
            (ReminderRung.Late, open.Where(d => d.DueAt <= now)),
        };
        foreach (var (rung, after) in district.Ladder())
        {
            var missed = LastMissed(today, after, calendar);
            reached.Add((rung, open.Where(d => d.DueAt <= now && d.DueOn <= missed)));
        }
        var told = 0;
        Addressees? addressees = null;
        Dictionary<Guid, ReminderHabits>? chosen = null;
        HashSet<Guid>? mailable = null;
        foreach (var (rung, duties) in reached)
        {
            (DateTimeOffset Due, Guid Id)? after = null;
            for (var attempt = 0; attempt < Attempts;)
            {
                var warning = rung is ReminderRung.Half or ReminderRung.Eighty;
                DateOnly DayOf(Duty duty) => warning ? duty.StartedOn : duty.DueOn!.Value;
                // On from the last one told: 100,000 duties are walked once, not once per batch.
                var rest = after is { } last ? duties.Where(d => d.DueAt > last.Due || (d.DueAt == last.Due && d.Id.CompareTo(last.Id) > 0)) : duties;
                var fresh = await rest.Where(d => !db.DutyReminders.Any(r => r.Duty == d.Id && r.Rung == rung && (warning ? r.For == d.StartedOn : r.For == d.DueOn))).OrderBy(d => d.DueAt).ThenBy(d => d.Id).Take(Batch).ToListAsync(ct);
                if (fresh.Count == 0) break;
                addressees ??= await Addressees.OfAsync(db, today, ct);
                chosen ??= await ReminderQueries.ChosenAsync(db, ct);
                mailable ??= string.IsNullOrEmpty(settings["smtp:host"]) ? [] : [.. await db.People.AsNoTracking().Where(p => p.Email != "").Select(p => p.Id).ToListAsync(ct)];
                var reminders = fresh.SelectMany(d => addressees.Of(rung, d).Select(a => (Duty: d, To: a, Habits: chosen.GetValueOrDefault(a.Person, district.Habits))).Where(r => r.Habits.Wants(rung))
                    .Select(r => new Reminder
                    {
                        District = db.District, Id = clock.NewId(), Duty = r.Duty.Id, Rung = rung, For = DayOf(r.Duty), Person = r.To.Person, Organ = r.To.Organ, OnBehalfOf = r.To.OnBehalfOf, At = now,
                        MailAfter = mailable.Contains(r.To.Person) && (warning ? r.Habits is { Mail: true, MailWarnings: true } : r.Habits.Mail || district.MailLateAlways) ? r.Habits.WakingFrom(now, calendar) : null,
                    })).ToList();
                var count = reminders.CountBy(r => r.Duty).ToDictionary();
                db.Reminders.AddRange(reminders);
                db.DutyReminders.AddRange(fresh.Select(d => new DutyReminder { District = db.District, Duty = d.Id, Rung = rung, For = DayOf(d), At = now, Told = count.GetValueOrDefault(d.Id) }));
                using var turn = await gate.EnterAsync(ct);
                try
                {
                    await db.SaveChangesAsync(ct);
                    told += reminders.Count;
                    after = (fresh[^1].DueAt!.Value, fresh[^1].Id);
                }
                catch (DbUpdateException failure) when (Uniqueness.IsViolated(failure))
                {
                    // Another node told some of them at this moment: look again for those that are left.
                    attempt++;
                }
                db.ChangeTracker.Clear();
            }
        }
        return told;
    }

    /// <summary>The latest day that, when missed, lies the given number of whole working days back.</summary>
    internal static DateOnly LastMissed(DateOnly today, int after, WorkCalendar calendar)
    {
        var day = today.AddDays(-1);
        while (calendar.AddWorkdays(day, after) >= today) day = day.AddDays(-1);
        return day;
    }
}
