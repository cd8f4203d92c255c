using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Calendar;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Linkage.Reconciling;

/// <summary>
/// What became of the pushes of a range of days, as it is now. Sent is the sum of the seven states; signed, returned, late and overdue
/// look at the same pushes from another side.
/// </summary>
/// <param name="Pending">Made and not delivered.</param>
/// <param name="Waiting">Delivered, neither claimed nor returned: 未结.</param>
/// <param name="Returning">Returned, and the bureau has not decided.</param>
/// <param name="Returned">Returned at least once.</param>
/// <param name="Overdue">Waiting beyond the limit.</param>
/// <param name="Late">Claimed beyond the limit.</param>
public sealed record Tally(int Sent, int Pending, int Waiting, int Claimed, int Returning, int Rerouted, int Disputed, int Closed, int Delivered, int Signed, int Returned, int Overdue, int Late)
{
    public static readonly Tally None = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    public Tally Plus(Tally other) => new(Sent + other.Sent, Pending + other.Pending, Waiting + other.Waiting, Claimed + other.Claimed, Returning + other.Returning, Rerouted + other.Rerouted,
        Disputed + other.Disputed, Closed + other.Closed, Delivered + other.Delivered, Signed + other.Signed, Returned + other.Returned, Overdue + other.Overdue, Late + other.Late);

    public bool Balances => Sent == Pending + Waiting + Claimed + Returning + Rerouted + Disputed + Closed;
}

/// <param name="Key">The day, the organ's or the item's id: the filter that opens the rows.</param>
public sealed record TallyLine(string Key, string Label, Tally Tally);

/// <summary>One step from what the bureau decided to what departments received, with the rows behind it.</summary>
/// <param name="Kind">Stable word: <c>decided</c>, <c>unrouted</c>, <c>sent-later</c>, <c>decided-before</c>, <c>more-organs</c>, <c>rerouted-in</c>, <c>sent</c>, <c>pending</c>, <c>delivered-later</c>, <c>sent-before</c>, <c>delivered</c>.</param>
/// <param name="Sign">1 adds, -1 takes away, 0 is a sum.</param>
public sealed record BalanceLine(string Kind, string Label, int Sign, int Count, string Why);

/// <param name="Decided">Cases decided on the day.</param>
/// <param name="Sent">Pushes made on the day.</param>
/// <param name="Delivered">Pushes delivered on the day.</param>
public sealed record DayFlow(DateOnly Day, int Decided, int Sent, int Delivered);

public sealed record Reconciliation(DateOnly From, DateOnly To, Tally Total, IReadOnlyList<TallyLine> ByDay, IReadOnlyList<TallyLine> ByOrgan, IReadOnlyList<TallyLine> ByItem, IReadOnlyList<BalanceLine> Balance, IReadOnlyList<DayFlow> Flow)
{
    /// <summary>What the named differences leave over on the way from decided to sent to delivered: 0, or something is wrong.</summary>
    public int Unexplained
    {
        get
        {
            var (running, left) = (0, 0);
            foreach (var line in Balance)
            {
                if (line.Sign != 0) running += line.Sign * line.Count;
                else if (line == Balance[0]) running = line.Count;
                else (left, running) = (left + Math.Abs(line.Count - running), line.Count);
            }
            return left;
        }
    }
}

/// <summary>A case behind a figure of the balance.</summary>
/// <param name="SentOn">Day of its first push; null when there is none.</param>
public sealed record BalanceCase(Guid Id, string Number, string ItemName, string PartyName, DateTimeOffset DecidedAt, DateOnly? SentOn);

/// <summary>
/// 对账: sender and receiver added up from the same counts (<see cref="PushCount"/>, <see cref="CaseCount"/>), which do not grow with the number of pushes of
/// a day. Each figure opens to the rows that it counts.
/// </summary>
public static class ReconcileQueries
{
    /// <param name="organ">Only this organ's pushes; a department always sees its own alone.</param>
    public static async Task<Reconciliation> OfAsync(AppDb db, Actor actor, DateOnly from, DateOnly to, Guid? organ, Guid? item, DateTimeOffset now, CancellationToken ct)
    {
        await using var connection = await db.HoldConnectionAsync(ct);
        var counts = CountsOfPushes(db, actor, organ, item);
        // Read once by all keys; each view is a sum of the same counts.
        var sent = await counts.Where(c => c.SentOn >= from && c.SentOn <= to && c.Sent != 0).ToListAsync(ct);
        var (byDay, byOrgan, byItem) = (SumBy(sent, c => c.SentOn, now), SumBy(sent, c => c.Organ, now), SumBy(sent, c => c.Item, now));
        var organs = await db.Organs.AsNoTracking().OrderBy(o => o.Rank).Select(o => new { o.Id, o.ShortName }).ToListAsync(ct);
        var items = (await db.Items.AsNoTracking().Select(i => new { i.Id, i.Name }).ToListAsync(ct)).ToDictionary(i => i.Id, i => i.Name);
        var received = await counts.Where(c => c.DeliveredOn >= from && c.DeliveredOn <= to)
            .GroupBy(c => c.DeliveredOn).Select(g => new { g.Key, Count = g.Sum(c => c.Sent), Before = g.Sum(c => c.SentOn < from ? c.Sent : 0) }).ToDictionaryAsync(g => g.Key, ct);
        var bureau = PushVisibility.SeesAll(actor) && organ is null;
        var cases = !bureau ? [] : await CountsOfCases(db, item).Where(c => c.DecidedOn >= from && c.DecidedOn <= to)
            .GroupBy(c => new { c.DecidedOn, c.PushedOn }).Select(g => new { g.Key.DecidedOn, g.Key.PushedOn, Count = g.Sum(c => c.Cases) }).ToListAsync(ct);
        var earlier = !bureau ? 0 : await CountsOfCases(db, item).Where(c => c.PushedOn >= from && c.PushedOn <= to && (c.DecidedOn < from || c.DecidedOn > to)).SumAsync(c => c.Cases, ct);

        var lines = new List<BalanceLine>();
        if (bureau)
        {
            lines.Add(new("decided", "审批局作出决定的办件", 0, cases.Sum(c => c.Count), "按决定日期,准予、不予、撤回、终止都计入。"));
            lines.Add(new("unrouted", "没有推送(路由失败或者等待推送)", -1, cases.Where(c => c.PushedOn == Never.On).Sum(c => c.Count), "责任清单上找不到监管单位,或者仍在队列中。"));
            lines.Add(new("sent-later", "本期决定、期后才推送", -1, cases.Where(c => c.PushedOn != Never.On && c.PushedOn > to).Sum(c => c.Count), "路由失败后补推,或者补录。"));
            lines.Add(new("decided-before", "期前决定、本期才推送", 1, earlier, "上期没有推送的办件在本期推送。"));
            lines.Add(new("more-organs", "一件推送多个单位,多出的推送", 1, sent.Sum(c => c.Beside), "主监管之外,协助监管单位各有一件推送。"));
            lines.Add(new("rerouted-in", "改派、裁定新增的推送", 1, sent.Sum(c => c.ByReroute), "退回后改派别的单位,或者权责争议裁定给别的单位。"));
        }
        lines.Add(new("sent", "本期推送", 0, sent.Sum(c => c.Sent), "审批局一侧:本期生成的推送单。"));
        lines.Add(new("pending", "尚未送达", -1, sent.Where(c => c.DeliveredOn == Never.On).Sum(c => c.Sent), "已生成、对方还没有收到。"));
        lines.Add(new("delivered-later", "本期推送、期后才送达", -1, sent.Where(c => c.DeliveredOn != Never.On && c.DeliveredOn > to).Sum(c => c.Sent), "跨期送达。"));
        lines.Add(new("sent-before", "期前推送、本期才送达", 1, received.Values.Sum(d => d.Before), "跨期送达。"));
        lines.Add(new("delivered", "本期送达", 0, received.Values.Sum(d => d.Count), "部门一侧:本期首次收到的推送单。"));

        var decided = cases.GroupBy(c => c.DecidedOn).ToDictionary(g => g.Key, g => g.Sum(c => c.Count));
        var flow = byDay.Keys.Concat(decided.Keys).Concat(received.Keys).Distinct().Order()
            .Select(day => new DayFlow(day, decided.GetValueOrDefault(day), byDay.GetValueOrDefault(day)?.Sent ?? 0, received.GetValueOrDefault(day)?.Count ?? 0)).Where(f => f.Decided + f.Sent + f.Delivered > 0);
        return new Reconciliation(from, to, byDay.Values.Aggregate(Tally.None, (sum, tally) => sum.Plus(tally)),
            [.. byDay.Select(pair => new TallyLine(pair.Key.ToString("yyyy-MM-dd"), pair.Key.ToString("yyyy-MM-dd"), pair.Value)).OrderBy(line => line.Key, StringComparer.Ordinal)],
            [.. organs.Where(o => byOrgan.ContainsKey(o.Id)).Select(o => new TallyLine(o.Id.ToString(), o.ShortName, byOrgan[o.Id]))],
            [.. byItem.Select(pair => new TallyLine(pair.Key.ToString(), items.GetValueOrDefault(pair.Key, "(已不在清单上的事项)"), pair.Value)).OrderByDescending(line => line.Tally.Sent).ThenBy(line => line.Label, StringComparer.Ordinal)],
            lines, [.. flow]);
    }

    /// <summary>What <see cref="PushVisibility.VisibleTo"/> lets an actor see, as counts: a department's are those that were delivered to it.</summary>
    private static IQueryable<PushCount> CountsOfPushes(AppDb db, Actor actor, Guid? organ, Guid? item)
    {
        var counts = db.PushCounts.AsNoTracking();
        if (!PushVisibility.SeesAll(actor))
        {
            var (own, never) = (actor.Organ, Never.On);
            counts = counts.Where(c => c.Organ == own && c.DeliveredOn != never);
        }
        if (organ is { } one) counts = counts.Where(c => c.Organ == one);
        return item is { } of ? counts.Where(c => c.Item == of) : counts;
    }

    private static IQueryable<CaseCount> CountsOfCases(AppDb db, Guid? item)
    {
        var counts = db.CaseCounts.AsNoTracking();
        return item is { } of ? counts.Where(c => c.Item == of) : counts;
    }

    public static IQueryable<Push> Range(AppDb db, Actor actor, DateOnly from, DateOnly to, Guid? organ, Guid? item)
    {
        var pushes = db.Pushes.AsNoTracking().VisibleTo(actor).Where(p => p.SentOn >= from && p.SentOn <= to);
        if (organ is { } one) pushes = pushes.Where(p => p.Organ == one);
        if (item is { } of) pushes = pushes.Where(p => p.Item == of);
        return pushes;
    }

    /// <summary>The figures of the balance that count cases; the others count pushes.</summary>
    public static IReadOnlyList<string> KindsOfCases { get; } = ["decided", "unrouted", "sent-later", "decided-before"];

    public static IReadOnlyList<string> KindsOfPushes { get; } = ["more-organs", "rerouted-in", "sent", "pending", "delivered-later", "sent-before", "delivered"];

    /// <summary>The cases behind a figure, the newest first, from the place where the page before ended; none to an organ that does not see the bureau's side.</summary>
    public static async Task<IReadOnlyList<BalanceCase>> CaseRowsAsync(AppDb db, Actor actor, string kind, DateOnly from, DateOnly to, Guid? item, Guid? after, int take, CancellationToken ct)
    {
        if (CasesOf(db, actor, kind, from, to, item) is not { } cases) return [];
        // Keys are made in the order of time, so the key alone is order and place.
        if (after is { } place) cases = cases.Where(c => c.Id.CompareTo(place) < 0);
        return await cases.OrderByDescending(c => c.Id).Take(take)
            .Select(c => new BalanceCase(c.Id, c.Number, c.ItemName, c.PartyName, c.DecidedAt!.Value, c.PushedOn)).ToListAsync(ct);
    }

    /// <summary>The pushes behind a figure, the newest first, from the place where the page before ended.</summary>
    public static async Task<IReadOnlyList<PushRow>> PushRowsAsync(AppDb db, Actor actor, string kind, DateOnly from, DateOnly to, Guid? organ, Guid? item, Guid? after, int take, DateTimeOffset now, WorkCalendar calendar, CancellationToken ct)
    {
        var pushes = PushesOf(db, actor, kind, from, to, organ, item);
        if (after is { } place) pushes = pushes.Where(p => p.Id.CompareTo(place) < 0);
        return await PushQueries.OfIdsAsync(db, actor, await pushes.OrderByDescending(p => p.Id).Take(take).Select(p => p.Id).ToListAsync(ct), now, calendar, ct);
    }

    /// <summary>The pushes behind a figure of the balance.</summary>
    public static IQueryable<Push> PushesOf(AppDb db, Actor actor, string kind, DateOnly from, DateOnly to, Guid? organ, Guid? item)
    {
        var sent = Range(db, actor, from, to, organ, item);
        var received = db.Pushes.AsNoTracking().VisibleTo(actor).Where(p => p.DeliveredOn >= from && p.DeliveredOn <= to);
        if (organ is { } one) received = received.Where(p => p.Organ == one);
        if (item is { } of) received = received.Where(p => p.Item == of);
        return kind switch
        {
            "rerouted-in" => sent.Where(p => p.ByReroute),
            "more-organs" => sent.Where(p => p.Beside),
            "pending" => sent.Where(p => p.DeliveredOn == null),
            "delivered-later" => sent.Where(p => p.DeliveredOn > to),
            "sent-before" => received.Where(p => p.SentOn < from),
            "delivered" => received,
            _ => sent,
        };
    }

    /// <summary>The cases behind a figure of the balance; null when the figure counts pushes. The bureau's side alone.</summary>
    public static IQueryable<Cases.Case>? CasesOf(AppDb db, Actor actor, string kind, DateOnly from, DateOnly to, Guid? item)
    {
        if (!PushVisibility.SeesAll(actor)) return null;
        var decided = Decided(db, from, to, item);
        return kind switch
        {
            "decided" => decided,
            "unrouted" => decided.Where(c => c.PushedOn == null),
            "sent-later" => decided.Where(c => c.PushedOn > to),
            "decided-before" => Earlier(db, from, to, item),
            _ => null,
        };
    }

    private static IQueryable<Cases.Case> Decided(AppDb db, DateOnly from, DateOnly to, Guid? item)
    {
        var (start, end) = (Beijing.StartOf(from), Beijing.EndOf(to));
        var decided = db.Cases.AsNoTracking().Where(c => c.DecidedAt >= start && c.DecidedAt < end);
        return item is { } of ? decided.Where(c => c.Item == of) : decided;
    }

    /// <summary>Decided outside the range, before it or (a clock that ran ahead, a correction) after it, and first pushed inside.</summary>
    private static IQueryable<Cases.Case> Earlier(AppDb db, DateOnly from, DateOnly to, Guid? item)
    {
        var (start, end) = (Beijing.StartOf(from), Beijing.EndOf(to));
        var cases = db.Cases.AsNoTracking().Where(c => c.PushedOn >= from && c.PushedOn <= to && (c.DecidedAt < start || c.DecidedAt >= end));
        return item is { } of ? cases.Where(c => c.Item == of) : cases;
    }

    private static Dictionary<TKey, Tally> SumBy<TKey>(List<PushCount> counts, Func<PushCount, TKey> by, DateTimeOffset now) where TKey : notnull =>
        counts.GroupBy(by).ToDictionary(g => g.Key, g => g.Aggregate(Tally.None, (sum, count) => sum.Plus(count.TallyAt(now))));

    /// <summary>Counted from the rows: by what the counts do not know, the name that an item had.</summary>
    internal static async Task<Dictionary<TKey, Tally>> TallyAsync<TKey>(IQueryable<IGrouping<TKey, Push>> groups, DateTimeOffset now, CancellationToken ct) where TKey : notnull
    {
        var found = await groups.Select(g => new
        {
            g.Key,
            Sent = g.Count(),
            Pending = g.Count(p => p.State == PushState.Pending),
            Waiting = g.Count(p => p.Waiting),
            Claimed = g.Count(p => p.State == PushState.Claimed),
            Returning = g.Count(p => p.State == PushState.Returned),
            Rerouted = g.Count(p => p.State == PushState.Rerouted),
            Disputed = g.Count(p => p.State == PushState.Disputed),
            Closed = g.Count(p => p.State == PushState.Closed),
            Delivered = g.Count(p => p.DeliveredAt != null),
            Signed = g.Count(p => p.SignedAt != null),
            Returned = g.Count(p => p.ReturnedAt != null),
            Overdue = g.Count(p => p.Waiting && p.DueAt <= now),
            Late = g.Count(p => p.State == PushState.Claimed && p.ClaimedAt >= p.DueAt),
        }).ToListAsync(ct);
        return found.ToDictionary(g => g.Key, g => new Tally(g.Sent, g.Pending, g.Waiting, g.Claimed, g.Returning, g.Rerouted, g.Disputed, g.Closed, g.Delivered, g.Signed, g.Returned, g.Overdue, g.Late));
    }
}
