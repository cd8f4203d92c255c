using System.Collections.Concurrent;
using Liandong.Data;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Desk;

/// <summary>
/// How many duties an organ owes and how many of them are late, for the frame of every page. What was counted holds while no act changes a duty of the
/// organ and until the next of them falls due.
/// </summary>
public sealed class DutyCounts
{
    private readonly ConcurrentDictionary<(string District, Guid Organ), Counted> known = new();

    private static readonly Compiled<Func<AppDb, Guid, DateTimeOffset, CancellationToken, Task<Row?>>> Count = new(() => EF.CompileAsyncQuery((AppDb db, Guid organ, DateTimeOffset now, CancellationToken _) =>
        db.Duties.Where(d => d.OwedBy == organ && d.ClosedAt == null).GroupBy(d => d.OwedBy)
            .Select(g => new Row(g.Count(), g.Count(d => d.DueAt <= now), g.Min(d => d.DueAt > now ? d.DueAt : null))).FirstOrDefault()));

    private sealed record Row(int Open, int Overdue, DateTimeOffset? NextDue);

    /// <param name="NextDue">When the next of them will be late; null when none runs.</param>
    public sealed record Counted(long Mark, DateTimeOffset From, int Open, int Overdue, DateTimeOffset? NextDue);

    /// <param name="mark">The organ's mark (<see cref="DirectoryBook.DeskMarkAsync"/>), read before.</param>
    public async ValueTask<Counted> OfAsync(AppDb db, Guid organ, long mark, DateTimeOffset now, CancellationToken ct)
    {
        var key = (db.District, organ);
        if (!known.TryGetValue(key, out var counted) || counted.Mark != mark || now < counted.From || now >= counted.NextDue)
        {
            var row = await Count.For(db)(db, organ, now, ct);
            known[key] = counted = new Counted(mark, now, row?.Open ?? 0, row?.Overdue ?? 0, row?.NextDue);
        }
        return counted;
    }
}
