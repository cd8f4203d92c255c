namespace Liandong.Kernel.Calendar;

/// <summary>A day that was passed over while counting, and why: <c>周末</c>, <c>国庆节</c>, <c>暂停(专家论证)</c>.</summary>
public sealed record SkippedDay(DateOnly Date, string Why);

/// <summary>The result of counting a limit.</summary>
/// <param name="Start">The day of the event, not counted.</param>
/// <param name="DueOn">The last day.</param>
/// <param name="DueAt">The last moment of it: 24:00, or the close of business where the district has set one, or the hour that was named.</param>
/// <param name="HalfAt">When half of the counted time has run (each counted day runs 24 hours).</param>
/// <param name="EightyAt">When four fifths of it have run.</param>
/// <param name="Provisional">The count touches a year whose holidays are not announced: weekends only.</param>
/// <param name="Skipped">Days passed over, in order.</param>
/// <param name="Counted">Days counted, in order, the due day last.</param>
/// <param name="Words">Makes the <see cref="Sentence"/>: a list of duties asks for the days and never for it.</param>
public sealed record Deadline(DateOnly Start, DateOnly DueOn, DateTimeOffset DueAt, DateTimeOffset HalfAt, DateTimeOffset EightyAt, bool Provisional,
    string CalendarVersion, IReadOnlyList<SkippedDay> Skipped, IReadOnlyList<DateOnly> Counted, Func<string> Words)
{
    /// <summary>The explanation without its citation: 自2026-09-30次日起算2个工作日(…),应于2026-10-09 24:00前完成.</summary>
    public string Sentence => field ??= Words();

    /// <summary>The sentence that a screen shows, with the article, and 本地约定 where the number is not in the text.</summary>
    public string Explain(string clause, bool localNumber) => $"{Sentence}({clause}{(localNumber && clause != "本地约定" ? " · 本地约定" : "")})。";
}
