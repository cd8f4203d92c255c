namespace Liandong.Outbound;

/// <summary>When a delivery is tried again: three times as long after each failure, then every eight hours; 18 tries over 76 hours, a long weekend and a working day.</summary>
public static class RetrySchedule
{
    public static readonly IReadOnlyList<TimeSpan> Delays =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(45), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(6), TimeSpan.FromMinutes(18), TimeSpan.FromMinutes(54), TimeSpan.FromMinutes(162),
        .. Enumerable.Repeat(TimeSpan.FromHours(8), 9),
    ];

    /// <summary>A receiver may ask for more time (<c>Retry-After</c>), up to a day.</summary>
    public static readonly TimeSpan LongestAsked = TimeSpan.FromHours(24);

    public static TimeSpan Whole { get; } = Delays.Aggregate(TimeSpan.Zero, (sum, delay) => sum + delay);

    /// <summary>When to try after the given number of failed tries; null when it is given up.</summary>
    public static DateTimeOffset? NextAfter(int tries, DateTimeOffset now, TimeSpan? asked)
    {
        if (tries > Delays.Count) return null;
        var wait = Delays[tries - 1];
        if (asked is { } more && more > wait) wait = more < LongestAsked ? more : LongestAsked;
        return now + wait;
    }
}
