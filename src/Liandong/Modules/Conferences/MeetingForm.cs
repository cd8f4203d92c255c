using System.Globalization;
using Liandong.Kernel.Calendar;
using Liandong.Shared;

namespace Liandong.Modules.Conferences;

/// <summary>The fields that several forms of a meeting share: its day, its beginning and its end, in Beijing time.</summary>
internal static class MeetingForm
{
    public static (DateTimeOffset StartsAt, DateTimeOffset EndsAt) Times(Posted form)
    {
        var day = form.RequiredDay("Day", "会议日期");
        return (Beijing.At(day, Time(form, "StartsAt", "开始时间")), Beijing.At(day, Time(form, "EndsAt", "结束时间")));
    }

    public static string Day(DateTimeOffset at) => ChineseDates.Plain(Beijing.DayOf(at));

    public static string Hour(DateTimeOffset at) => ChineseDates.Clock(at);

    private static TimeOnly Time(Posted form, string name, string label)
    {
        if (TimeOnly.TryParseExact(form.Required(name, label), ["HH:mm", "H:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time;
        form.Fault(name, $"{label}应写成 14:30 的样子。");
        return default;
    }
}
