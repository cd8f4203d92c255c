using System.Text;
using Liandong.Kernel.Duties;

namespace Liandong.Kernel.Calendar;

/// <summary>The sentence that explains a due date, in the words of an office.</summary>
internal static class DeadlineWords
{
    /// <summary>More weekends than this are given as a sum; the calendar strip shows each of them.</summary>
    private const int WeekendsNamed = 3;

    public static string Forward(WorkCalendar calendar, Term limit, DateOnly start, int count, int extra, bool everyDay, DateOnly? named, TimeOnly? hour, DateOnly last, DateOnly due,
        List<SkippedDay> skipped, List<DateOnly> counted, List<int> unpublished)
    {
        var unit = everyDay ? "日" : "个工作日";
        var text = new StringBuilder(128);
        if (named is { } day)
        {
            text.Append(limit switch
            {
                Term.SetByMeeting => "会议确定的责任期限为",
                Term.FixedDay { Event.Length: > 0 } at => $"{at.Event}定于",
                _ => hour is null ? "文件载明的日期为" : "文件载明的时间为",
            }).Append(Moment(day, hour));
        }
        else if (count == 0) text.Append($"须于{start:yyyy-MM-dd}当日办理");
        else text.Append($"自{start:yyyy-MM-dd}次日起算{count}{unit}");
        if (extra > 0) text.Append($"、延长{extra}{unit}");

        var remarks = Passed(calendar, skipped, start.Year);
        if (everyDay && due != last) remarks.Add($"末日顺延至{Day(due, start.Year)}");
        if (hour is null && MakeUps(calendar, skipped, counted, start, everyDay) is { Length: > 0 } makeUps) remarks.Add(makeUps);
        return End(calendar, text, remarks, due, hour, unpublished);
    }

    public static string Backward(WorkCalendar calendar, Term.Before limit, DateOnly start, DateOnly eventDay, TimeOnly? hour, DateOnly asCounted, DateOnly due,
        TimeOnly? last, List<SkippedDay> skipped, List<int> unpublished)
    {
        var text = new StringBuilder(128).Append($"{limit.Event}定于{Moment(eventDay, hour)}");
        text.Append(limit.Count == 0 ? ",须在此前的工作日内完成" : $",此前须留足{limit.Count}个工作日");
        var remarks = Passed(calendar, skipped, start.Year);
        if (due != asCounted) remarks.Add($"倒推至{Day(asCounted, start.Year)},已不足此数,应当日办理");
        return End(calendar, text, remarks, due, last, unpublished);
    }

    private static string End(WorkCalendar calendar, StringBuilder text, List<string> remarks, DateOnly due, TimeOnly? last, List<int> unpublished)
    {
        if (remarks.Count > 0) text.Append('(').AppendJoin(',', remarks).Append(')');
        text.Append($",应于{due:yyyy-MM-dd} ").Append((last ?? calendar.CloseOfBusiness) is { } end ? $"{end:HH:mm}" : "24:00").Append("前完成");
        foreach (var year in unpublished)
            text.Append(calendar.IsBeforeFirstNotice(year) ? $"(日历未收录{year}年放假安排,暂按周末推算)" : $"({year}年放假安排尚未公布,暂按周末推算)");
        return text.ToString();
    }

    /// <summary>The days passed over, as runs of one reason: 国庆节10月1日至7日放假.</summary>
    private static List<string> Passed(WorkCalendar calendar, List<SkippedDay> skipped, int year)
    {
        var remarks = new List<string>();
        var weekends = new List<(DateOnly From, DateOnly To)>();
        var weekendsAt = -1;
        for (var i = 0; i < skipped.Count;)
        {
            var end = i + 1;
            while (end < skipped.Count && skipped[end].Why == skipped[i].Why && skipped[end].Date == skipped[end - 1].Date.AddDays(1)) end++;
            var (from, to, why) = (skipped[i].Date, skipped[end - 1].Date, skipped[i].Why);
            if (why.StartsWith("暂停(", StringComparison.Ordinal))
            {
                remarks.Add($"{Span(from, to, year)}{why}");
            }
            else if (calendar.KindOf(from) == DayKind.Weekend)
            {
                if (weekendsAt < 0)
                {
                    weekendsAt = remarks.Count;
                    remarks.Add("");
                }
                weekends.Add((from, to));
            }
            else
            {
                remarks.Add($"{why}{Span(from, to, year)}放假");
            }
            i = end;
        }
        if (weekendsAt >= 0)
            remarks[weekendsAt] = weekends.Count <= WeekendsNamed
                ? "周末" + string.Join('、', weekends.Select(w => Span(w.From, w.To, year)))
                : $"周末共{weekends.Sum(w => w.To.DayNumber - w.From.DayNumber + 1)}天";
        return remarks;
    }

    /// <summary>
    /// Make-up working days that were counted, and those still to come of a holiday that was passed over: people plan with both.
    /// </summary>
    private static string MakeUps(WorkCalendar calendar, List<SkippedDay> skipped, List<DateOnly> counted, DateOnly start, bool everyDay)
    {
        List<DateOnly>? made = null, local = null;
        for (var i = everyDay ? counted.Count - 1 : 0; i < counted.Count; i++)
        {
            var kind = calendar.KindOf(counted[i]);
            if (kind == DayKind.MakeUpWorkday) (made ??= []).Add(counted[i]);
            else if (kind == DayKind.LocalWorkday) (local ??= []).Add(counted[i]);
        }
        if (!everyDay)
            foreach (var day in skipped)
                foreach (var makeUp in calendar.MakeUpsFor(day.Date))
                    if (makeUp > start && calendar.KindOf(makeUp) == DayKind.MakeUpWorkday && made?.Contains(makeUp) != true) (made ??= []).Add(makeUp);

        var words = made is null ? "" : string.Join('、', made.Order().Select(d => Day(d, start.Year))) + "调休上班";
        if (local is null) return words;
        var worked = string.Join(',', local.Select(d => $"{calendar.Look(d).Name}{Day(d, start.Year)}上班"));
        return words.Length == 0 ? worked : $"{words},{worked}";
    }

    private static string Moment(DateOnly day, TimeOnly? hour) => hour is { } at ? $"{day:yyyy-MM-dd} {at:HH:mm}" : $"{day:yyyy-MM-dd}";

    private static string Day(DateOnly day, int year) => day.Year == year ? $"{day.Month}月{day.Day}日" : $"{day.Year}年{day.Month}月{day.Day}日";

    private static string Span(DateOnly from, DateOnly to, int year) =>
        from == to ? Day(from, year)
        : (from.Year, from.Month) == (to.Year, to.Month) ? $"{Day(from, year)}至{to.Day}日"
        : $"{Day(from, year)}至{Day(to, from.Year)}";
}
