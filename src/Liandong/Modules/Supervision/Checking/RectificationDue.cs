using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;
using Liandong.Shared;

namespace Liandong.Modules.Supervision;

/// <summary>What a badge says about the party's time for rectification. It is the party's limit, not an organ's, so it is no duty of the duty book.</summary>
public static class RectificationDue
{
    public static DueFacts Of(DateOnly since, DateOnly dueOn, DateTimeOffset now, WorkCalendar calendar)
    {
        var deadline = Rectification.EndOf(since, dueOn, calendar);
        var light = now >= deadline.DueAt ? Light.Red : now >= deadline.EightyAt ? Light.Amber : now >= deadline.HalfAt ? Light.Yellow : Light.Green;
        return new DueFacts(deadline.DueOn, deadline.DueAt, light, DueFacts.Left(deadline.DueOn, Beijing.DayOf(now), calendar), $"相对人的整改期限:{deadline.Explain(SupervisionRules.LastDay.Clause, false)}",
            SupervisionRules.LastDay.Clause, Provisional: deadline.Provisional, Days: StripDay.Of(deadline));
    }
}
