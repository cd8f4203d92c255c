using Liandong.Kernel.Calendar;
using Xunit;

namespace Liandong.Kernel.Tests.Calendar;

/// <summary>The shipped calendar against the figures in the public survey of the notices 2018–2026.</summary>
public class WorkingDaysOfTheYearsTests
{
    [Theory]
    [InlineData(2018, 23, 250, "02-11 02-24 04-08 04-28 09-29 09-30 12-29")]
    [InlineData(2019, 24, 250, "02-02 02-03 04-28 05-05 09-29 10-12")]
    [InlineData(2020, 30, 249, "01-19 04-26 05-09 06-28 09-27 10-10")]
    [InlineData(2021, 31, 250, "02-07 02-20 04-25 05-08 09-18 09-26 10-09")]
    [InlineData(2022, 31, 249, "01-29 01-30 04-02 04-24 05-07 10-08 10-09")]
    [InlineData(2023, 27, 249, "01-28 01-29 04-23 05-06 06-25 10-07 10-08")]
    [InlineData(2024, 28, 251, "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12")]
    [InlineData(2025, 28, 248, "01-26 02-08 04-27 09-28 10-11")]
    [InlineData(2026, 33, 248, "01-04 02-14 02-28 05-09 09-20 10-10")]
    public void A_year_has_the_working_days_that_its_notices_leave(int year, int daysOffInNotice, int workdays, string makeUps)
    {
        var calendar = WorkCalendar.National;
        Assert.True(calendar.IsPublished(year));
        Assert.Equal(daysOffInNotice, calendar.Notices.Single(n => n.Year == year).Days.Count(d => d.IsOffDay));
        Assert.Equal(workdays, calendar.WorkdaysBetween(new(year - 1, 12, 31), new(year, 12, 31)));
        Assert.Equal(makeUps, string.Join(' ', DaysOf(year).Where(d => calendar.Look(d).Kind == DayKind.MakeUpWorkday).Select(d => $"{d:MM-dd}")));
    }

    [Fact]
    public void The_shipped_calendar_reaches_from_2018_to_2026_and_2027_is_not_announced()
    {
        Assert.StartsWith("CN2018-2026·", WorkCalendar.National.Version);
        Assert.False(WorkCalendar.National.IsPublished(2017));
        Assert.False(WorkCalendar.National.IsPublished(2027));
    }

    private static IEnumerable<DateOnly> DaysOf(int year)
    {
        for (var day = new DateOnly(year, 1, 1); day.Year == year; day = day.AddDays(1)) yield return day;
    }
}
