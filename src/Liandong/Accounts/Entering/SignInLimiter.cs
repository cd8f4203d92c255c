using System.Threading.RateLimiting;

namespace Liandong.Accounts;

/// <summary>Too many attempts from one place: 429.</summary>
public sealed class OverLimit() : Exception("操作太频繁,请过一分钟再试。");

/// <summary>How many attempts one address may make in a minute, whichever accounts it tries. Each node counts for itself.</summary>
public sealed class SignInLimiter : IDisposable
{
    public const int PerMinute = 30;

    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetSlidingWindowLimiter(address, _ => new SlidingWindowRateLimiterOptions { PermitLimit = PerMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 }));

    /// <exception cref="OverLimit">The address has used up its minute.</exception>
    public void Take(string address)
    {
        using var lease = limiter.AttemptAcquire(address);
        if (!lease.IsAcquired) throw new OverLimit();
    }

    public void Dispose() => limiter.Dispose();
}
