using CsCheck;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;
using Xunit;

namespace Liandong.Kernel.Tests.Calendar;

/// <summary>Laws that hold for every calendar, start and count.</summary>
public class CalendarPropertyTests
{
    private static readonly Gen<DateOnly> Day = Gen.DateOnly[new(2017, 6, 1), new(2028, 6, 1)];
    private static readonly Gen<int> Number = Gen.Int[0, 70];

    /// <summary>The national calendar with some days of a district over it.</summary>
    private static readonly Gen<WorkCalendar> Calendars =
        Gen.Select(Day, Gen.Bool, (day, work) => new LocalDay(day, work, "本地安排")).Array[0, 12]
            .Select(days => WorkCalendar.National.WithOverlay(days.DistinctBy(d => d.Date)));

    /// <summary>Suspensions that do not overlap, each given by days since the last one and by length.</summary>
    private static Gen<Pause[]> PausesAfter(DateOnly start) =>
        Gen.Select(Gen.Int[0, 15], Gen.Int[0, 20]).Array[0, 3].Select(stretches =>
        {
            var pauses = new List<Pause>();
            var day = start;
            foreach (var (gap, length) in stretches)
            {
                var from = day.AddDays(gap);
                day = from.AddDays(length);
                pauses.Add(new Pause(from, day, "检验", ""));
            }
            return pauses.ToArray();
        });

    private static readonly Gen<(WorkCalendar Calendar, DateOnly Start, int Count, bool EveryDay, Pause[] Pauses)> Counts =
        from calendar in Calendars
        from start in Day
        from count in Number
        from everyDay in Gen.Bool
        from pauses in PausesAfter(start)
        select (calendar, start, count, everyDay, pauses);

    private static Term Limit(bool everyDay, int count) => everyDay ? new Term.Days(count) : new Term.Workdays(count);

    /// <summary>The same count, read straight from the notices, without tables.</summary>
    [Fact]
    public void Counting_agrees_with_the_plain_reading_of_the_notices()
    {
        var off = WorkCalendar.National.Notices.OrderBy(n => n.Year).SelectMany(n => n.Days).GroupBy(d => d.Date).ToDictionary(g => g.Key, g => g.Last().IsOffDay);
        bool Works(DateOnly day) => off.TryGetValue(day, out var isOff) ? !isOff : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

        Gen.Select(Day, Gen.Int[1, 70]).Sample((start, count) =>
        {
            var day = start;
            for (var left = count; left > 0;)
            {
                day = day.AddDays(1);
                if (Works(day)) left--;
            }
            Assert.Equal(day, WorkCalendar.National.Count(new Term.Workdays(count), start, [])!.DueOn);

            var end = start.AddDays(count);
            while (!Works(end)) end = end.AddDays(1);
            Assert.Equal(end, WorkCalendar.National.Count(new Term.Days(count), start, [])!.DueOn);
        });
    }

    [Fact]
    public void A_later_start_or_a_longer_limit_is_never_due_earlier() =>
        Gen.Select(Counts, Gen.Int[0, 30], Gen.Int[0, 30]).Sample((c, later, longer) =>
        {
            var due = c.Calendar.Count(Limit(c.EveryDay, c.Count), c.Start, [])!.DueOn;
            Assert.True(due <= c.Calendar.Count(Limit(c.EveryDay, c.Count), c.Start.AddDays(later), [])!.DueOn);
            Assert.True(due <= c.Calendar.Count(Limit(c.EveryDay, c.Count + longer), c.Start, [])!.DueOn);
            Assert.Equal(c.Calendar.Count(Limit(c.EveryDay, c.Count + longer), c.Start, c.Pauses)!.DueOn, c.Calendar.Count(Limit(c.EveryDay, c.Count), c.Start, c.Pauses, extra: longer)!.DueOn);
        });

    [Fact]
    public void Counting_n_and_then_one_is_counting_one_more() =>
        Gen.Select(Calendars, Day, Gen.Int[-70, 70]).Sample((calendar, day, count) =>
        {
            var next = count < 0 ? count - 1 : count + 1;
            Assert.Equal(calendar.AddWorkdays(day, next), calendar.AddWorkdays(calendar.AddWorkdays(day, count), Math.Sign(next)));
        });

    [Fact]
    public void Working_days_between_are_those_that_were_added() =>
        Gen.Select(Calendars, Day, Number).Sample((calendar, day, count) =>
        {
            var due = calendar.AddWorkdays(day, count);
            Assert.Equal(count, calendar.WorkdaysBetween(day, due));
            Assert.Equal(-count, calendar.WorkdaysBetween(due, day));
            if (count > 0) Assert.Equal(due, calendar.Count(new Term.Workdays(count), day, [])!.DueOn);
            if (calendar.IsWorkday(day)) Assert.Equal(day, calendar.AddWorkdays(due, -count));
        });

    [Fact]
    public void Working_days_add_up_over_any_day_between() =>
        Gen.Select(Calendars, Day, Day, Day).Sample((calendar, a, b, c) =>
            Assert.Equal(calendar.WorkdaysBetween(a, c), calendar.WorkdaysBetween(a, b) + calendar.WorkdaysBetween(b, c)), iter: 20);

    [Fact]
    public void Another_day_off_never_makes_a_limit_end_earlier() =>
        Gen.Select(Counts, Gen.Int[-5, 120]).Sample((c, offset) =>
        {
            var dayOff = c.Start.AddDays(offset);
            var more = c.Calendar.WithOverlay([.. c.Calendar.Overlay.Where(d => d.Date != dayOff), new LocalDay(dayOff, IsWorkday: false, "临时放假")]);
            Assert.True(c.Calendar.Count(Limit(c.EveryDay, c.Count), c.Start, c.Pauses)!.DueOn <= more.Count(Limit(c.EveryDay, c.Count), c.Start, c.Pauses)!.DueOn);
            var before = new Term.Before("会议召开", Math.Min(c.Count, 10));
            var meeting = c.Start.AddDays(90);
            Assert.True(c.Calendar.Count(before, c.Start, [], given: meeting)!.DueOn >= more.Count(before, c.Start, [], given: meeting)!.DueOn);
        });

    [Fact]
    public void Every_day_from_start_to_end_is_either_counted_or_passed_over_with_a_reason() =>
        Counts.Sample(c =>
        {
            var deadline = c.Calendar.Count(Limit(c.EveryDay, c.Count), c.Start, c.Pauses)!;
            Assert.Equal(Math.Max(1, c.Count), deadline.Counted.Count);
            Assert.Equal(deadline.DueOn, deadline.Counted[^1]);
            Assert.True(c.Calendar.IsWorkday(deadline.DueOn));
            Assert.DoesNotContain(c.Pauses, p => p.From < deadline.DueOn && deadline.DueOn <= p.To);
            Assert.All(deadline.Skipped, s => Assert.NotEmpty(s.Why));

            var first = c.Count == 0 ? c.Start : c.Start.AddDays(1);
            var all = Enumerable.Range(0, deadline.DueOn.DayNumber - first.DayNumber + 1).Select(first.AddDays);
            Assert.Equal(all, deadline.Counted.Concat(deadline.Skipped.Select(s => s.Date)).Order());
            Assert.Equal(deadline.Skipped.Select(s => s.Date).Order(), deadline.Skipped.Select(s => s.Date));
            if (!c.EveryDay) Assert.All(deadline.Counted, d => Assert.True(c.Calendar.IsWorkday(d)));
        });

    [Fact]
    public void Half_four_fifths_and_the_end_come_in_this_order() =>
        Gen.Select(Counts, Gen.Bool).Sample((c, office) =>
        {
            var calendar = office ? c.Calendar.WithCloseOfBusiness(new TimeOnly(17, 0)) : c.Calendar;
            var deadline = calendar.Count(Limit(c.EveryDay, c.Count), c.Start, c.Pauses)!;
            Assert.True(Beijing.StartOf(c.Start) < deadline.HalfAt);
            Assert.True(deadline.HalfAt < deadline.EightyAt);
            Assert.True(deadline.EightyAt < deadline.DueAt);
            Assert.Equal(deadline.DueOn, Beijing.DayOf(deadline.DueAt.AddTicks(-1)));
        });

    [Fact]
    public void Provisional_means_that_the_count_touched_a_year_without_a_notice() =>
        Counts.Sample(c =>
        {
            var deadline = c.Calendar.Count(Limit(c.EveryDay, c.Count), c.Start, c.Pauses)!;
            var from = c.Start.AddDays(1) < deadline.DueOn ? c.Start.AddDays(1) : deadline.DueOn;
            Assert.Equal(Enumerable.Range(from.Year, deadline.DueOn.Year - from.Year + 1).Any(year => year is < 2018 or > 2026), deadline.Provisional);
            Assert.Equal(deadline.Provisional, deadline.Sentence.Contains("暂按周末推算"));
        });

    [Fact]
    public void Whole_working_days_lie_before_an_event() =>
        Gen.Select(Calendars, Day, Gen.Int[0, 15], Gen.Int[1, 90]).Sample((calendar, start, count, days) =>
        {
            var meeting = start.AddDays(days);
            var due = calendar.Count(new Term.Before("会议召开", count), start, [], given: meeting)!.DueOn;
            var between = calendar.WorkdaysBetween(due, meeting.AddDays(-1));
            Assert.True(due == start ? between <= count : calendar.IsWorkday(due) && between == count);
            Assert.True(due >= start);
        });

    [Fact]
    public void What_has_to_come_before_an_event_never_ends_after_it() =>
        Gen.Select(Calendars, Day, Gen.Int[0, 15], Gen.Int[0, 40], Gen.Int[0, 24 * 60 - 1], Gen.Bool).Sample((calendar, start, count, days, minute, closes) =>
        {
            if (closes) calendar = calendar.WithCloseOfBusiness(new TimeOnly(17, 0));
            var (meeting, hour) = (start.AddDays(days), new TimeOnly(minute / 60, minute % 60));
            var (whole, before) = (calendar.Count(new Term.Before("会议召开", count), start, [], given: meeting)!, calendar.Count(new Term.Before("会议召开", count), start, [], given: meeting, hour: hour)!);
            Assert.True(before.DueAt <= Beijing.At(meeting, hour));
            Assert.Equal(whole.DueOn, before.DueOn);
            Assert.Equal(whole.DueOn < meeting || whole.DueAt < Beijing.At(meeting, hour) ? whole.DueAt : Beijing.At(meeting, hour), before.DueAt);
        });

    [Fact]
    public void Calendars_have_the_same_version_exactly_when_they_say_the_same()
    {
        var content =
            from overlay in Gen.Select(Gen.DateOnly[new(2026, 3, 2), new(2026, 3, 4)], Gen.Bool, Gen.Bool.Select(b => b ? "甲" : "乙"), (d, w, r) => new LocalDay(d, w, r)).Array[0, 2]
            from last in Gen.Int[2024, 2026]
            from close in Gen.Int[0, 2].Select(i => i == 0 ? (TimeOnly?)null : new TimeOnly(17, 15 * i))
            select (Overlay: overlay.DistinctBy(d => d.Date).ToArray(), Last: last, Close: close);

        Gen.Select(content, content, Gen.Bool).Sample((a, b, reversed) =>
        {
            var same = a.Last == b.Last && a.Close == b.Close && a.Overlay.OrderBy(d => d.Date).SequenceEqual(b.Overlay.OrderBy(d => d.Date));
            Assert.Equal(same, Make(a, reversed: false).Version == Make(b, reversed).Version);
        });

        static WorkCalendar Make((LocalDay[] Overlay, int Last, TimeOnly? Close) content, bool reversed)
        {
            var notices = WorkCalendar.National.Notices.Where(n => n.Year <= content.Last).ToArray();
            return reversed
                ? WorkCalendar.Make([.. notices.Reverse().Select(n => n with { Days = [.. n.Days.Reverse()], Papers = [] })], [.. content.Overlay.Reverse()], content.Close)
                : WorkCalendar.Make(notices, content.Overlay, content.Close);
        }
    }

    [Fact]
    public void A_change_of_any_one_day_changes_the_version()
    {
        var notice = WorkCalendar.National.Notices.Single(n => n.Year == 2026);
        Gen.Select(Gen.Int[0, notice.Days.Count - 1], Gen.Int[0, 2]).Sample((at, how) =>
        {
            var days = notice.Days.ToList();
            if (how == 0) days.RemoveAt(at);
            else days[at] = how == 1 ? days[at] with { IsOffDay = !days[at].IsOffDay } : days[at] with { Name = days[at].Name + "假" };
            Assert.NotEqual(WorkCalendar.National.Version, WorkCalendar.National.With(notice with { Days = days }).Version);
        }, iter: 200);
    }
}
