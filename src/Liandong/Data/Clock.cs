using Liandong.Kernel.Calendar;

namespace Liandong.Data;

/// <summary>The only source of time: the injected <see cref="TimeProvider"/>, cut to microseconds (what PostgreSQL keeps), and Beijing days.</summary>
public sealed class Clock(TimeProvider time)
{
    public DateTimeOffset Now
    {
        get
        {
            var now = time.GetUtcNow().ToOffset(Beijing.Offset);
            return now.AddTicks(-(now.Ticks % 10));
        }
    }

    public DateOnly Today => Beijing.DayOf(Now);

    public Guid NewId() => Guid.CreateVersion7(Now);
}
