using CsCheck;
using Liandong.Data;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Liandong.Tests.Data;

/// <summary>Ids order what happens in one moment: a push is delivered before it is signed, and a list shows it so.</summary>
public sealed class ClockTests
{
    /// <summary>However the clock stands, creeps or jumps ahead; as PostgreSQL compares them (bytes) and as SQLite does (text).</summary>
    [Fact]
    public void Ids_sort_in_the_order_in_which_they_were_made() =>
        Gen.Int[0, 3].Array[1, 200].Sample(steps =>
        {
            var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 27, 9, 0, 0, TimeSpan.FromHours(8)));
            var clock = new Clock(time);
            var made = new List<string>();
            foreach (var step in steps)
            {
                time.Advance(step switch { 0 => TimeSpan.Zero, 1 => TimeSpan.FromMicroseconds(200), 2 => TimeSpan.FromMilliseconds(1), _ => TimeSpan.FromHours(3) });
                for (var i = 0; i < 40; i++) made.Add(clock.NewId().ToString());
            }
            return made.SequenceEqual(made.Order(StringComparer.Ordinal)) && made.Distinct().Count() == made.Count;
        });

    /// <summary>More in a millisecond than its count has room for flow into the next; a clock that is set back takes its ids with it.</summary>
    [Fact]
    public void The_count_runs_over_in_order_and_follows_a_clock_that_is_set_back()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 27, 9, 0, 0, TimeSpan.FromHours(8)));
        var clock = new Clock(time);
        var made = Enumerable.Range(0, 10_000).Select(_ => clock.NewId().ToString()).ToList();
        Assert.Equal(made.Order(StringComparer.Ordinal), made);
        Assert.All(made, id => Assert.Equal('7', id[14]));
        Assert.All(made, id => Assert.Contains(id[19], "89ab"));

        var late = new Clock(new FakeTimeProvider(time.GetUtcNow().AddDays(-1)));
        Assert.Equal(Guid.CreateVersion7(time.GetUtcNow().AddDays(-1)).ToString()[..13], late.NewId().ToString()[..13]);
        var back = new MovableTime(time.GetUtcNow());
        var moved = new Clock(back);
        var before = moved.NewId().ToString();
        back.Now = back.Now.AddHours(-1);
        Assert.True(string.CompareOrdinal(moved.NewId().ToString(), before) < 0);
    }

    private sealed class MovableTime(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
