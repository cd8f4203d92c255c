using Liandong.Kernel.Calendar;

namespace Liandong.Shared;

/// <summary>
/// Dates as the office writes them. The product runs without ICU (see Directory.Build.props), so nothing here asks a culture.
/// Instants are shown in Beijing time.
/// </summary>
public static class ChineseDates
{
    private static readonly string[] Weekdays = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"];

    /// <summary>2026年11月23日</summary>
    public static string Full(DateOnly day) => $"{day.Year}年{day.Month}月{day.Day}日";

    /// <summary>11月23日</summary>
    public static string MonthDay(DateOnly day) => $"{day.Month}月{day.Day}日";

    /// <summary>2026-11-23, for tables.</summary>
    public static string Plain(DateOnly day) => day.ToString("yyyy-MM-dd");

    /// <summary>周一</summary>
    public static string Weekday(DateOnly day) => Weekdays[(int)day.DayOfWeek];

    /// <summary>2026年11月23日 14:05</summary>
    public static string Full(DateTimeOffset at) => $"{Full(Beijing.DayOf(at))} {Clock(at)}";

    /// <summary>2026-11-23 14:05</summary>
    public static string Plain(DateTimeOffset at) => at.ToOffset(Beijing.Offset).ToString("yyyy-MM-dd HH:mm");

    /// <summary>11-23 14:05</summary>
    public static string Short(DateTimeOffset at) => at.ToOffset(Beijing.Offset).ToString("MM-dd HH:mm");

    /// <summary>14:05</summary>
    public static string Clock(DateTimeOffset at) => at.ToOffset(Beijing.Offset).ToString("HH:mm");

    /// <summary>When the last day of a limit ends: 24:00, or 17:30 where the district closes earlier or an hour was named.</summary>
    public static string DueClock(DateOnly on, DateTimeOffset? at) => at is { } moment && moment < Beijing.EndOf(on) ? Clock(moment) : "24:00";

    /// <summary>The last moment of a limit: 10月9日 24:00, 10月9日 17:30.</summary>
    public static string DueMoment(DateOnly on, DateTimeOffset? at) => $"{MonthDay(on)} {DueClock(on, at)}";

    /// <summary>The last day of a limit, with its hour where it does not last to the end: 10月9日, 10月9日 17:30.</summary>
    public static string LastDay(DateOnly on, DateTimeOffset? at) => at < Beijing.EndOf(on) ? DueMoment(on, at) : MonthDay(on);

    /// <summary>2026-10-09, 2026-10-09 17:30, for tables.</summary>
    public static string PlainLastDay(DateOnly on, DateTimeOffset? at) => at < Beijing.EndOf(on) ? $"{Plain(on)} {DueClock(on, at)}" : Plain(on);
}
