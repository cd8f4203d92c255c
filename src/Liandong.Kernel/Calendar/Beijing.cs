namespace Liandong.Kernel.Calendar;

/// <summary>
/// Beijing time. China has kept UTC+8 without summer time since 1991, which is before any date that this product counts,
/// so the offset is fixed and no time-zone database is needed on the host.
/// </summary>
public static class Beijing
{
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    public static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(Local(instant).DateTime);

    public static TimeOnly TimeOf(DateTimeOffset instant) => TimeOnly.FromDateTime(Local(instant).DateTime);

    public static DateTimeOffset StartOf(DateOnly day) => At(day, TimeOnly.MinValue);

    /// <summary>24:00 of the day.</summary>
    public static DateTimeOffset EndOf(DateOnly day) => day == DateOnly.MaxValue ? DateTimeOffset.MaxValue : StartOf(day.AddDays(1));

    /// <summary>The first morning of year 1 is earlier than any instant there is: the first instant stands for it, so that a list asked for “from 0001-01-01” answers.</summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time) => day == DateOnly.MinValue && time.ToTimeSpan() < Offset ? DateTimeOffset.MinValue : new(day.ToDateTime(time), Offset);

    public static DateTimeOffset At(int year, int month, int day, int hour = 0, int minute = 0) => new(year, month, day, hour, minute, 0, Offset);

    /// <summary>The last hours of the year 9999 have no time of day in Beijing: the last one that there is stands for them.</summary>
    private static DateTimeOffset Local(DateTimeOffset instant) => instant.UtcTicks > DateTime.MaxValue.Ticks - Offset.Ticks ? new(DateTime.MaxValue, Offset) : instant.ToOffset(Offset);
}
