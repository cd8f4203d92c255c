using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;

namespace Liandong.Modules.Cases;

/// <summary>The limits of handling a case on this platform (行政许可法 第四十二条, and the item's promise).</summary>
public static class CaseClock
{
    /// <summary>The duties that acceptance opens: the statutory limit, and the promised one where it is shorter.</summary>
    public static IEnumerable<Duty> OnAcceptance(Case accepted, ItemFacts item, string district, Guid bureau, DateOnly from, DateTimeOffset now, WorkCalendar calendar, Func<Guid> newId)
    {
        if (item.StatutoryDays > 0)
            yield return Duty.Open(district, newId(), CasesRules.Decide, CasesRules.Decide.Limit.WithCount(item.StatutoryDays), bureau, null, accepted.Ref, now, from, calendar, "申请人");
        if (item.PromisedDays > 0 && item.PromisedDays < item.StatutoryDays)
            yield return Duty.Open(district, newId(), CasesRules.Promise, CasesRules.Promise.Limit.WithCount(item.PromisedDays), bureau, null, accepted.Ref, now, from, calendar, "申请人");
    }
}
