using Liandong.Kernel;
using Liandong.Kernel.Calendar;
using Liandong.Shared;

namespace Liandong.Desk;

/// <summary>How somebody wants to be reminded. Overdue and what is escalated to the person are not here: they always come.</summary>
/// <param name="Half">Warn at half of the time.</param>
/// <param name="Eighty">Warn at four fifths of the time.</param>
/// <param name="Mail">By email as well, where the person has an address.</param>
/// <param name="MailWarnings">Warnings by an email of their own; without it they stand in the digest only.</param>
/// <param name="Digest">One email each working morning with what stands on the desk.</param>
/// <param name="QuietFrom">From here on nothing is mailed, until <paramref name="QuietTo"/> of a working day.</param>
public sealed record ReminderHabits(bool Half, bool Eighty, bool Mail, bool MailWarnings, bool Digest, TimeOnly DigestAt, TimeOnly QuietFrom, TimeOnly QuietTo)
{
    public static readonly ReminderHabits Usual = new(Half: true, Eighty: true, Mail: true, MailWarnings: false, Digest: true, DigestAt: new TimeOnly(8, 30), QuietFrom: new TimeOnly(20, 0), QuietTo: new TimeOnly(8, 30));

    public bool Wants(ReminderRung rung) => rung switch { ReminderRung.Half => Half, ReminderRung.Eighty => Eighty, _ => true };

    /// <summary>The first moment from now on that is outside the quiet hours, on a working day.</summary>
    public DateTimeOffset WakingFrom(DateTimeOffset now, WorkCalendar calendar)
    {
        var (day, time) = (Beijing.DayOf(now), Beijing.TimeOf(now));
        if (calendar.IsWorkday(day))
        {
            if (!IsQuiet(time)) return now;
            // Before the morning's end of the quiet hours, or in quiet hours that end the same day.
            if (time < QuietTo) return Beijing.At(day, QuietTo);
        }
        return Beijing.At(calendar.AddWorkdays(day, 1), IsQuiet(TimeOnly.MinValue) ? QuietTo : TimeOnly.MinValue);
    }

    public bool IsAwake(DateTimeOffset now, WorkCalendar calendar) => WakingFrom(now, calendar) == now;

    /// <exception cref="InvalidInput">The quiet hours leave no hour of the day, or the digest would come in them.</exception>
    public ReminderHabits Checked()
    {
        new InputCheck().That(QuietFrom != QuietTo, nameof(QuietTo), "免打扰的起止时间不能相同。")
            .That(!Digest || !IsQuiet(DigestAt), nameof(DigestAt), "汇总时间不能在免打扰时间内。").Throw();
        return this;
    }

    private bool IsQuiet(TimeOnly time) => QuietFrom < QuietTo ? time >= QuietFrom && time < QuietTo : time >= QuietFrom || time < QuietTo;
}

/// <summary>What the district has set for everybody: the habits of those who chose nothing, and the ladder.</summary>
public sealed class ReminderSettings
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public ReminderHabits Habits { get; private set; } = ReminderHabits.Usual;

    /// <summary>What is overdue goes by email at once even to those who switched email off.</summary>
    public bool MailLateAlways { get; private set; } = true;

    /// <summary>Whole working days after the missed day on which the duty is told to the liaison lead; null: never.</summary>
    public int? LeadAfter { get; private set; } = 1;
    public int? OfficeAfter { get; private set; } = 3;
    public int? ConvenorAfter { get; private set; } = 5;

    /// <summary>The rungs above the officer with their days, lowest first.</summary>
    public IReadOnlyList<(ReminderRung Rung, int After)> Ladder()
    {
        var all = new (ReminderRung Rung, int? After)[] { (ReminderRung.Lead, LeadAfter), (ReminderRung.Office, OfficeAfter), (ReminderRung.Convenor, ConvenorAfter) };
        return [.. all.Where(step => step.After is not null).Select(step => (step.Rung, step.After!.Value))];
    }

    public void Set(ReminderHabits habits, bool mailLateAlways, int? leadAfter, int? officeAfter, int? convenorAfter)
    {
        int?[] ladder = [leadAfter, officeAfter, convenorAfter];
        if (ladder.Any(days => days is < 0 or > 60)) throw new Refusal("reminders.days-out-of-range", "督办的天数应在0至60个工作日之间。", field: "LeadAfter");
        var set = ladder.OfType<int>().ToList();
        if (!set.SequenceEqual(set.Order())) throw new Refusal("reminders.ladder-order", "督办应逐级进行:上一级的天数不能少于下一级。", field: "OfficeAfter");
        (Habits, MailLateAlways, LeadAfter, OfficeAfter, ConvenorAfter) = (habits.Checked(), mailLateAlways, leadAfter, officeAfter, convenorAfter);
    }
}

/// <summary>What one person chose instead of the district's habits.</summary>
public sealed class ReminderChoice
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required Guid Person { get; init; }
    public ReminderHabits Habits { get; private set; } = ReminderHabits.Usual;

    public void Choose(ReminderHabits habits) => Habits = habits.Checked();
}
