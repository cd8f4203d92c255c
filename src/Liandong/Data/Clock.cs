using System.Buffers.Binary;
using Liandong.Kernel.Calendar;

namespace Liandong.Data;

/// <summary>The only source of time: the injected <see cref="TimeProvider"/>, cut to microseconds (what PostgreSQL keeps), and Beijing days.</summary>
public sealed class Clock(TimeProvider time)
{
    /// <summary>How far the count may run ahead of the clock: more than 4,096 ids in a millisecond flow into the next ones.</summary>
    private const long Ahead = 1000L << 12;
    private readonly Lock counting = new();
    private long last;

    public DateTimeOffset Now
    {
        get
        {
            var now = time.GetUtcNow().ToOffset(Beijing.Offset);
            return now.AddTicks(-(now.Ticks % 10));
        }
    }

    public DateOnly Today => Beijing.DayOf(Now);

    /// <summary>
    /// An id by RFC 9562, version 7, whose twelve bits after the millisecond count on (section 6.2, method 1): what this process makes in one moment keeps its order.
    /// A clock that is set back begins anew, so that ids sort where their time says.
    /// </summary>
    public Guid NewId()
    {
        var now = Now;
        long stamp;
        lock (counting)
        {
            var first = now.ToUnixTimeMilliseconds() << 12;
            stamp = last = first > last || last - first > Ahead ? first : last + 1;
        }
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(now).TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(bytes, (int)(stamp >> 28));
        BinaryPrimitives.WriteInt16BigEndian(bytes[4..], (short)(stamp >> 12));
        BinaryPrimitives.WriteInt16BigEndian(bytes[6..], (short)(0x7000 | stamp & 0xFFF));
        return new Guid(bytes, bigEndian: true);
    }
}
