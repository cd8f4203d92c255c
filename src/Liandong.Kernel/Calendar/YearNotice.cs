using System.Globalization;
using System.Text.Json;

namespace Liandong.Kernel.Calendar;

/// <param name="Name">The holiday that the day belongs to, also for a make-up working day (国庆节 for 10-10).</param>
public sealed record NoticeDay(DateOnly Date, string Name, bool IsOffDay);

/// <summary>
/// The State Council's arrangement of one year's holidays (国务院办公厅关于某年部分节假日安排的通知), with every later revision
/// already worked in. It may settle days of the neighbouring years: the notice of 2019 also governs 2018-12-29 to 31.
/// </summary>
/// <param name="Papers">Addresses of the official papers.</param>
public sealed record YearNotice(int Year, IReadOnlyList<string> Papers, IReadOnlyList<NoticeDay> Days)
{
    private const int EarliestYear = 1992, LatestYear = 2199;

    /// <summary>The last January day of the following year that a notice may still settle.</summary>
    private const int LastNeighbourDay = 10;

    /// <summary>False for a year that has a file but no arrangement yet.</summary>
    public bool IsAnnounced => Days.Count > 0;

    /// <summary>Reads a notice in the format of <c>Calendar/Holidays/*.json</c>.</summary>
    /// <exception cref="Refusal"><c>calendar.invalid-notice</c>, naming the place that is wrong.</exception>
    public static YearNotice Parse(string json)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json.TrimStart('\uFEFF'));
        }
        catch (JsonException e)
        {
            throw Invalid($"放假安排不是有效的 JSON:第{(e.LineNumber ?? 0) + 1}行附近有误。");
        }

        using (document)
        {
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) throw Invalid("放假安排应是一个 JSON 对象,含 year、papers、days 三项。");
            if (!root.TryGetProperty("year", out var yearElement) || yearElement.ValueKind != JsonValueKind.Number || !yearElement.TryGetInt32(out var year))
                throw Invalid("year 应为四位数的年份,例如 2027。");
            if (year is < EarliestYear or > LatestYear) throw Invalid($"year 为 {year},不在 {EarliestYear} 至 {LatestYear} 年之间。");

            var notice = new YearNotice(year, PapersOf(root), DaysOf(root, year));
            notice.RefuseContradictions();
            return notice;
        }
    }

    private static List<string> PapersOf(JsonElement root)
    {
        if (!root.TryGetProperty("papers", out var papers)) return [];
        if (papers.ValueKind != JsonValueKind.Array) throw Invalid("papers 应为文件网址的列表。");
        return [.. papers.EnumerateArray().Select((paper, i) =>
            paper.ValueKind == JsonValueKind.String && paper.GetString() is { Length: > 0 } address ? address : throw Invalid($"papers 第{i + 1}项应为文件网址。"))];
    }

    private static List<NoticeDay> DaysOf(JsonElement root, int year)
    {
        if (!root.TryGetProperty("days", out var days) || days.ValueKind != JsonValueKind.Array) throw Invalid("days 应为日期的列表。");
        return [.. days.EnumerateArray().Select((day, i) => DayOf(day, i + 1, year))];
    }

    private static NoticeDay DayOf(JsonElement element, int position, int year)
    {
        if (element.ValueKind != JsonValueKind.Object) throw Invalid($"days 第{position}项应为对象,含 name、date、isOffDay 三项。");
        if (!element.TryGetProperty("date", out var dateElement) || dateElement.ValueKind != JsonValueKind.String
            || !DateOnly.TryParseExact(dateElement.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            throw Invalid($"days 第{position}项的 date 应写成 {year}-10-01 的样子,且确有这一天。");
        if (!element.TryGetProperty("name", out var nameElement) || nameElement.ValueKind != JsonValueKind.String || string.IsNullOrWhiteSpace(nameElement.GetString()))
            throw Invalid($"days 第{position}项({date:yyyy-MM-dd})缺少节日名称 name。");
        if (!element.TryGetProperty("isOffDay", out var off) || off.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            throw Invalid($"days 第{position}项({date:yyyy-MM-dd})的 isOffDay 应为 true(放假)或 false(上班)。");

        var mayBeSettled = date.Year == year || (date.Year == year - 1 && date.Month == 12) || (date.Year == year + 1 && date.Month == 1 && date.Day <= LastNeighbourDay);
        if (!mayBeSettled) throw Invalid($"days 第{position}项的日期 {date:yyyy-MM-dd} 不属于 {year} 年(仅可另含上年12月和下年1月{LastNeighbourDay}日以前的日期)。");
        return new NoticeDay(date, nameElement.GetString()!.Trim(), off.ValueKind == JsonValueKind.True);
    }

    private void RefuseContradictions()
    {
        var seen = new Dictionary<DateOnly, NoticeDay>();
        foreach (var day in Days)
        {
            if (seen.TryAdd(day.Date, day)) continue;
            throw Invalid(seen[day.Date].IsOffDay == day.IsOffDay ? $"日期 {day.Date:yyyy-MM-dd} 重复。" : $"日期 {day.Date:yyyy-MM-dd} 既列为放假又列为上班。");
        }

        // A weekday needs no order to work, except to say when work begins again after a break: 2020-02-03, a Monday, in the
        // notice that prolonged the Spring Festival. Any other weekday listed as working is most likely a wrong date.
        foreach (var day in Days.Where(d => !d.IsOffDay && !IsWeekend(d.Date)))
            if (!seen.TryGetValue(day.Date.AddDays(-1), out var before) || !before.IsOffDay)
                throw Invalid($"日期 {day.Date:yyyy-MM-dd} 本来就是工作日,前一天也没有放假,不应列为调休上班,请核对。");
    }

    internal static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private static Refusal Invalid(string sentence) => new("calendar.invalid-notice", sentence, field: "Notice");
}
