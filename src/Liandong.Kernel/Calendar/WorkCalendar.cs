using System.Security.Cryptography;
using System.Text;
using Liandong.Kernel.Duties;

namespace Liandong.Kernel.Calendar;

/// <summary>
/// The working days of a district: the State Council's yearly notices, the district's own days over them, and its close of
/// business. Immutable; a new notice makes a new calendar with a new <see cref="Version"/>, and every due date says which
/// version made it. A year without a notice has weekends only, and what is counted in it is provisional.
/// </summary>
public sealed class WorkCalendar
{
    /// <summary>The greatest count that is taken: ten years. It keeps a slip of the keyboard from running for ever.</summary>
    public const int GreatestCount = 3660;

    /// <summary>The years in which days are counted; at the ends of time there is no next day to go on to.</summary>
    public const int EarliestYear = 1992, LatestYear = 2189;

    private readonly SortedDictionary<int, YearNotice> _notices = [];
    private readonly Dictionary<DateOnly, DayFact> _special = [];

    /// <summary>The make-up working days of the holiday to which a day off belongs.</summary>
    private readonly Dictionary<DateOnly, DateOnly[]> _makeUps = [];

    // Dense tables over the years that anything is known about; elsewhere the weekday decides.
    private readonly int _firstDay;
    private readonly DayKind[] _kinds;

    /// <param name="version">As <see cref="VersionOf"/> gives it.</param>
    /// <param name="notices">In any order; of two notices for one year the later in the sequence replaces the earlier.</param>
    /// <param name="overlay">The district's own days.</param>
    /// <param name="closeOfBusiness">When the last day ends, where the organ has business hours (民法典 第二百零三条); null for 24:00.</param>
    public WorkCalendar(string version, IEnumerable<YearNotice> notices, IEnumerable<LocalDay>? overlay = null, TimeOnly? closeOfBusiness = null)
    {
        if (closeOfBusiness == TimeOnly.MinValue) throw new Refusal("calendar.invalid-close", "下班时间不能是零点;没有规定下班时间的请留空。", field: "CloseOfBusiness");
        Version = version;
        CloseOfBusiness = closeOfBusiness;
        foreach (var notice in notices) _notices[notice.Year] = notice;
        Overlay = [.. (overlay ?? []).OrderBy(d => d.Date)];
        if (Overlay.GroupBy(d => d.Date).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new Refusal("calendar.invalid-overlay", $"本地安排中日期 {twice.Key:yyyy-MM-dd} 重复。", field: "Overlay");

        var named = _notices.Values.SelectMany(n => n.Days).Select(d => d.Date).Concat(Overlay.Select(d => d.Date)).ToList();
        var (from, to) = named.Count == 0 ? (2000, 2000) : (named.Min().Year, named.Max().Year);
        _firstDay = new DateOnly(from, 1, 1).DayNumber;
        _kinds = new DayKind[new DateOnly(to, 12, 31).DayNumber - _firstDay + 1];
        for (var i = 0; i < _kinds.Length; i++)
            _kinds[i] = YearNotice.IsWeekend(DateOnly.FromDayNumber(_firstDay + i)) ? DayKind.Weekend : DayKind.Workday;

        foreach (var notice in _notices.Values) Apply(notice);
        foreach (var day in Overlay) Apply(day);
    }

    /// <summary>The national calendar that the product ships: 2018–2026, as announced.</summary>
    public static WorkCalendar National { get; } = ShippedCalendar();

    public string Version { get; }
    public TimeOnly? CloseOfBusiness { get; }
    public IReadOnlyCollection<YearNotice> Notices => _notices.Values;
    public IReadOnlyList<LocalDay> Overlay { get; }

    /// <summary>This calendar with a year's notice added or replaced.</summary>
    public WorkCalendar With(YearNotice notice) => Make([.. Notices, notice], Overlay, CloseOfBusiness);

    public WorkCalendar WithOverlay(IEnumerable<LocalDay> overlay) => Make(Notices, [.. overlay], CloseOfBusiness);

    public WorkCalendar WithCloseOfBusiness(TimeOnly? closeOfBusiness) => Make(Notices, Overlay, closeOfBusiness);

    /// <summary>A calendar that carries the version of its own content.</summary>
    public static WorkCalendar Make(IReadOnlyCollection<YearNotice> notices, IReadOnlyCollection<LocalDay>? overlay = null, TimeOnly? closeOfBusiness = null) =>
        new(VersionOf(notices, overlay, closeOfBusiness), notices, overlay, closeOfBusiness);

    /// <summary>
    /// A short name made from all that counting depends on: equal content has an equal version, in whatever order it comes.
    /// Addresses of papers do not count, nor do years without an arrangement.
    /// </summary>
    public static string VersionOf(IEnumerable<YearNotice> notices, IEnumerable<LocalDay>? overlay = null, TimeOnly? closeOfBusiness = null)
    {
        var years = new SortedDictionary<int, YearNotice>();
        foreach (var notice in notices) years[notice.Year] = notice;
        var announced = years.Values.Where(n => n.IsAnnounced).ToList();

        var content = new StringBuilder();
        foreach (var notice in announced)
        {
            content.Append("year ").Append(notice.Year).Append('\n');
            foreach (var day in notice.Days.OrderBy(d => d.Date)) content.Append($"{day.Date:yyyy-MM-dd} {(day.IsOffDay ? "off" : "work")} {day.Name.ReplaceLineEndings(" ")}\n");
        }
        foreach (var day in (overlay ?? []).OrderBy(d => d.Date)) content.Append($"local {day.Date:yyyy-MM-dd} {(day.IsWorkday ? "work" : "off")} {day.Reason.ReplaceLineEndings(" ")}\n");
        if (closeOfBusiness is { } close) content.Append($"close {close:HH:mm:ss}\n");

        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content.ToString())))[..8];
        return announced.Count == 0 ? $"CN·{digest}" : $"CN{announced[0].Year}-{announced[^1].Year}·{digest}";
    }

    public DayFact Look(DateOnly day) =>
        _special.TryGetValue(day, out var fact) ? fact
        : YearNotice.IsWeekend(day) ? new DayFact(day, DayKind.Weekend, "周末")
        : new DayFact(day, DayKind.Workday, "工作日");

    public bool IsWorkday(DateOnly day) => KindOf(day) is DayKind.Workday or DayKind.MakeUpWorkday or DayKind.LocalWorkday;

    /// <summary>Whether the year's holidays are announced and known here.</summary>
    public bool IsPublished(int year) => _notices.TryGetValue(year, out var notice) && notice.IsAnnounced;

    /// <summary>The n-th working day after a day, or before it where n is negative; the day itself for 0, whatever it is.</summary>
    public DateOnly AddWorkdays(DateOnly day, int count)
    {
        RefuseBeyondReach(day, Math.Abs((long)count));
        var step = Math.Sign(count);
        for (var left = Math.Abs(count); left > 0;)
        {
            day = day.AddDays(step);
            if (IsWorkday(day)) left--;
        }
        return day;
    }

    /// <summary>Working days after one day, up to and including another; negative when the second lies before the first.</summary>
    public int WorkdaysBetween(DateOnly afterExclusive, DateOnly toInclusive)
    {
        if (toInclusive < afterExclusive) return -WorkdaysBetween(toInclusive, afterExclusive);
        var count = 0;
        for (var day = afterExclusive; day < toInclusive;)
        {
            day = day.AddDays(1);
            if (IsWorkday(day)) count++;
        }
        return count;
    }

    /// <summary>
    /// Counts a limit. How each question of counting is read, and where that stands, is in <c>docs/interpretations.md</c>.
    /// </summary>
    /// <param name="start">The day of the event, not counted (民法典 第二百零一条).</param>
    /// <param name="pauses">Suspensions; null is returned while one of them has no end.</param>
    /// <param name="extra">Days by which the limit was extended, in the limit's own unit (calendar days for a named day).</param>
    /// <param name="given">The named day, or the day of the event for <see cref="Term.Before"/>.</param>
    /// <param name="hour">The hour on that day: a limit that names it ends then, on whatever day it is, and what has to come before an event never ends after it.</param>
    public Deadline? Count(Term limit, DateOnly start, IReadOnlyList<Pause> pauses, int extra = 0, DateOnly? given = null, TimeOnly? hour = null)
    {
        foreach (var pause in pauses)
            if (pause.To is null) return null;

        switch (limit)
        {
            case Term.Workdays(var n):
                return Forward(limit, start, n, extra, everyDay: false, pauses, null);
            case Term.Promptly(var n):
                return Forward(limit, start, n, extra, everyDay: false, pauses, null);
            case Term.Days(var n):
                return Forward(limit, start, n, extra, everyDay: true, pauses, null);
            case Term.FixedDay or Term.SetByMeeting:
                var named = Named(given);
                return Forward(limit, start, named.DayNumber - start.DayNumber, extra, everyDay: true, pauses, named, hour);
            case Term.Before(_, var n):
                return Backward(limit, start, n, Named(given), hour);
            default:
                throw new ArgumentOutOfRangeException(nameof(limit), limit, "Unknown kind of term.");
        }
    }

    internal DayKind KindOf(DateOnly day)
    {
        var i = day.DayNumber - _firstDay;
        return (uint)i < (uint)_kinds.Length ? _kinds[i] : YearNotice.IsWeekend(day) ? DayKind.Weekend : DayKind.Workday;
    }

    internal IReadOnlyList<DateOnly> MakeUpsFor(DateOnly dayOff) => _makeUps.GetValueOrDefault(dayOff, []);

    /// <summary>Years between two days, both included, that have no notice.</summary>
    internal IEnumerable<int> UnpublishedYears(DateOnly from, DateOnly to)
    {
        for (var year = from.Year; year <= to.Year; year++)
            if (!IsPublished(year)) yield return year;
    }

    internal bool IsBeforeFirstNotice(int year) => _notices.Values.FirstOrDefault(n => n.IsAnnounced) is { } first && year < first.Year;

    private Deadline Forward(Term limit, DateOnly start, int count, int extra, bool everyDay, IReadOnlyList<Pause> pauses, DateOnly? named, TimeOnly? hour = null)
    {
        // A named day may lie before the start; a count may not be negative.
        if (named is null && count < 0) throw new Refusal("calendar.count-out-of-range", "期限的天数不能小于零。", field: "Count");
        if (extra < 0) throw new Refusal("calendar.count-out-of-range", "延长的天数不能小于零。", field: "Count");
        RefuseBeyondReach(start, (long)count + extra);

        var total = count + extra;
        var skipped = new List<SkippedDay>();
        var counted = new List<DateOnly>(Math.Max(total, 1));
        var day = total > 0 ? start : start.AddDays(total);
        while (counted.Count < total)
        {
            day = day.AddDays(1);
            if (PauseOver(day, pauses) is { } pause) skipped.Add(new SkippedDay(day, $"暂停({pause.Reason})"));
            else if (everyDay || IsWorkday(day)) counted.Add(day);
            else skipped.Add(new SkippedDay(day, Look(day).Name));
        }
        if (total <= 0) counted.Add(day);

        // The last day moves on from a rest day (民法典 第二百零三条), and no limit runs out while it is suspended: a suspension
        // that begins on the last day leaves that day over. An hour is that of an event, which does not move: whoever is called to a
        // meeting on a Saturday owes what comes before it on that Saturday.
        var last = day;
        while (hour is null && (!IsWorkday(day) || PauseOver(day, pauses) is not null || PauseFrom(day, pauses) is not null))
        {
            var why = PauseOver(day, pauses) ?? PauseFrom(day, pauses);
            skipped.Add(new SkippedDay(day, why is null ? Look(day).Name : $"暂停({why.Reason})"));
            day = day.AddDays(1);
        }
        counted[^1] = day;

        var touched = start.AddDays(1) < day ? start.AddDays(1) : day;
        List<int> unpublished = hour is null ? [.. UnpublishedYears(touched, day)] : [];
        return Finish(start, day, hour, counted, skipped, unpublished.Count > 0, () => DeadlineWords.Forward(this, limit, start, count, extra, everyDay, named, hour, last, day, skipped, counted, unpublished));
    }

    private Deadline Backward(Term limit, DateOnly start, int count, DateOnly eventDay, TimeOnly? hour)
    {
        if (count < 0) throw new Refusal("calendar.count-out-of-range", "期限的天数不能小于零。", field: "Count");
        RefuseBeyondReach(start, 0);
        RefuseBeyondReach(eventDay, count);

        // The whole of `count` working days has to lie between the due day and the day of the event.
        var skipped = new List<SkippedDay>();
        var due = eventDay;
        for (var left = count + 1; left > 0;)
        {
            due = due.AddDays(-1);
            if (IsWorkday(due)) left--;
            else skipped.Add(new SkippedDay(due, Look(due).Name));
        }
        skipped.Reverse();

        // Nobody can owe an act before the day on which the duty began: what comes too late is due at once, and on the day of the
        // event itself before the event.
        var asCounted = due;
        if (due < start) due = start;
        var counted = new List<DateOnly>();
        for (var day = start.AddDays(1); day <= due; day = day.AddDays(1)) counted.Add(day);
        if (counted.Count == 0) counted.Add(due);

        var last = due != eventDay ? null : CloseOfBusiness < hour ? CloseOfBusiness : hour;
        List<int> unpublished = [.. UnpublishedYears(asCounted, eventDay.AddDays(-1))];
        return Finish(start, due, last, counted, skipped, unpublished.Count > 0, () => DeadlineWords.Backward(this, (Term.Before)limit, start, eventDay, hour, asCounted, due, last, skipped, unpublished));
    }

    private Deadline Finish(DateOnly start, DateOnly due, TimeOnly? hour, List<DateOnly> counted, List<SkippedDay> skipped, bool provisional, Func<string> words)
    {
        var dueAt = (hour ?? CloseOfBusiness) is { } end ? Beijing.At(due, end) : Beijing.EndOf(due);
        return new Deadline(start, due, dueAt, After(50), After(80), provisional, Version, skipped, counted, words);

        // Each counted day runs 24 hours; the last one until the limit ends.
        DateTimeOffset After(int percent)
        {
            var run = (TimeSpan.TicksPerDay * (counted.Count - 1) + (dueAt - Beijing.StartOf(due)).Ticks) / 100 * percent;
            var (whole, rest) = Math.DivRem(run, TimeSpan.TicksPerDay);
            return rest == 0 && whole > 0 ? Beijing.EndOf(counted[(int)whole - 1]) : Beijing.StartOf(counted[(int)whole]).AddTicks(rest);
        }
    }

    private void Apply(YearNotice notice)
    {
        foreach (var day in notice.Days)
        {
            var kind = day.IsOffDay ? DayKind.Holiday : YearNotice.IsWeekend(day.Date) ? DayKind.MakeUpWorkday : DayKind.Workday;
            Set(kind == DayKind.Workday ? null : new DayFact(day.Date, kind, day.Name), day.Date, kind);
            _makeUps.Remove(day.Date);
        }
        foreach (var holiday in notice.Days.GroupBy(d => d.Name))
        {
            var makeUps = holiday.Where(d => !d.IsOffDay && YearNotice.IsWeekend(d.Date)).Select(d => d.Date).Order().ToArray();
            if (makeUps.Length == 0) continue;
            foreach (var off in holiday.Where(d => d.IsOffDay)) _makeUps[off.Date] = makeUps;
        }
    }

    private void Apply(LocalDay day)
    {
        if (IsWorkday(day.Date) == day.IsWorkday) return;
        var kind = day.IsWorkday ? DayKind.LocalWorkday : DayKind.LocalRest;
        Set(new DayFact(day.Date, kind, day.Reason), day.Date, kind);
    }

    private void Set(DayFact? fact, DateOnly day, DayKind kind)
    {
        _kinds[day.DayNumber - _firstDay] = kind;
        if (fact is null) _special.Remove(day);
        else _special[day] = fact;
    }

    private static Pause? PauseOver(DateOnly day, IReadOnlyList<Pause> pauses)
    {
        for (var i = 0; i < pauses.Count; i++)
            if (pauses[i].From < day && day <= pauses[i].To) return pauses[i];
        return null;
    }

    private static Pause? PauseFrom(DateOnly day, IReadOnlyList<Pause> pauses)
    {
        for (var i = 0; i < pauses.Count; i++)
            if (pauses[i].From == day && pauses[i].To > day) return pauses[i];
        return null;
    }

    private static DateOnly Named(DateOnly? given) => given ?? throw new Refusal("calendar.day-required", "这种期限须指明日期。", field: "Day");

    /// <summary>Whether days can be counted from this one.</summary>
    public static bool Reaches(DateOnly day) => day.Year is >= EarliestYear and <= LatestYear;

    private static void RefuseBeyondReach(DateOnly day, long count)
    {
        if (!Reaches(day)) throw new Refusal("calendar.date-out-of-range", $"日期须在 {EarliestYear} 年至 {LatestYear} 年之间。", field: "Start");
        if (count is > GreatestCount or < -GreatestCount) throw new Refusal("calendar.count-out-of-range", $"期限的天数不能超过 {GreatestCount}。", field: "Count");
    }

    private static WorkCalendar ShippedCalendar()
    {
        var assembly = typeof(WorkCalendar).Assembly;
        return Make([.. assembly.GetManifestResourceNames().Where(name => name.StartsWith("holidays/", StringComparison.Ordinal) && name.EndsWith(".json", StringComparison.Ordinal)).Select(Read)]);

        YearNotice Read(string name)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return YearNotice.Parse(reader.ReadToEnd());
        }
    }
}
