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

/// <summary>对账: sender and receiver counted from the same rows, grouped over a range of days by index.</summary>
public static class ReconcileQueries
{
    /// <param name="organ">Only this organ's pushes; a department always sees its own alone.</param>
    public static async Task<Reconciliation> OfAsync(AppDb db, Actor actor, DateOnly from, DateOnly to, Guid? organ, Guid? item, DateTimeOffset now, CancellationToken ct)
    {
        var pushes = Range(db, actor, from, to, organ, item);
        // The rows are read once, by all three keys; each view is a sum of the same cells.
        var cells = await TallyAsync(pushes.GroupBy(p => new { p.SentOn, p.Organ, p.Item }), now, ct);
        var (byDay, byOrgan, byItem) = (SumBy(cells, key => key.SentOn), SumBy(cells, key => key.Organ), SumBy(cells, key => key.Item));
        var organs = await db.Organs.AsNoTracking().OrderBy(o => o.Rank).Select(o => new { o.Id, o.ShortName }).ToListAsync(ct);
        var items = (await db.Items.AsNoTracking().Select(i => new { i.Id, i.Name }).ToListAsync(ct)).ToDictionary(i => i.Id, i => i.Name);
        var total = byDay.Values.Aggregate(Tally.None, (sum, tally) => sum.Plus(tally));
        var flow = await FlowAsync(db, actor, from, to, organ, item, byDay, ct);
        return new Reconciliation(from, to, total,
            [.. byDay.Select(pair => new TallyLine(pair.Key.ToString("yyyy-MM-dd"), pair.Key.ToString("yyyy-MM-dd"), pair.Value)).OrderBy(line => line.Key, StringComparer.Ordinal)],
            [.. organs.Where(o => byOrgan.ContainsKey(o.Id)).Select(o => new TallyLine(o.Id.ToString(), o.ShortName, byOrgan[o.Id]))],
            [.. byItem.Select(pair => new TallyLine(pair.Key.ToString(), items.GetValueOrDefault(pair.Key, "(已不在清单上的事项)"), pair.Value)).OrderByDescending(line => line.Tally.Sent).ThenBy(line => line.Label, StringComparer.Ordinal)],
            await BalanceAsync(db, actor, from, to, organ, item, total.Sent, flow, ct), flow.ByDay);
    }

    public static IQueryable<Push> Range(AppDb db, Actor actor, DateOnly from, DateOnly to, Guid? organ, Guid? item)
    {
        var pushes = db.Pushes.AsNoTracking().VisibleTo(actor).Where(p => p.SentOn >= from && p.SentOn <= to);
        if (organ is { } one) pushes = pushes.Where(p => p.Organ == one);
        if (item is { } of) pushes = pushes.Where(p => p.Item == of);
        return pushes;
    }

    /// <summary>
    /// From the bureau's side to the departments': cases decided in the range, then each difference by its name, until the number that was
    /// delivered in the range. Without the bureau's side (a department looks, or one organ is chosen) it begins at what was sent.
    /// </summary>
    private static async Task<IReadOnlyList<BalanceLine>> BalanceAsync(AppDb db, Actor actor, DateOnly from, DateOnly to, Guid? organ, Guid? item, int made, Flow flow, CancellationToken ct)
    {
        var lines = new List<BalanceLine>();
        // What the rows of the range themselves say is counted in one reading of them.
        var sent = await Range(db, actor, from, to, organ, item).GroupBy(_ => 1).Select(g => new { Rerouted = g.Count(p => p.ByReroute), Beside = g.Count(p => p.Beside), Pending = g.Count(p => p.DeliveredOn == null), Later = g.Count(p => p.DeliveredOn > to) }).FirstOrDefaultAsync(ct);
        if (PushVisibility.SeesAll(actor) && organ is null)
        {
            lines.Add(new("decided", "审批局作出决定的办件", 0, flow.Decided, "按决定日期,准予、不予、撤回、终止都计入。"));
            lines.Add(new("unrouted", "没有推送(路由失败或者等待推送)", -1, await CasesOf(db, actor, "unrouted", from, to, item)!.CountAsync(ct), "责任清单上找不到监管单位,或者仍在队列中。"));
            lines.Add(new("sent-later", "本期决定、期后才推送", -1, await CasesOf(db, actor, "sent-later", from, to, item)!.CountAsync(ct), "路由失败后补推,或者补录。"));
            lines.Add(new("decided-before", "期前决定、本期才推送", 1, await CasesOf(db, actor, "decided-before", from, to, item)!.CountAsync(ct), "上期没有推送的办件在本期推送。"));
            lines.Add(new("more-organs", "一件推送多个单位,多出的推送", 1, sent?.Beside ?? 0, "主监管之外,协助监管单位各有一件推送。"));
            lines.Add(new("rerouted-in", "改派、裁定新增的推送", 1, sent?.Rerouted ?? 0, "退回后改派别的单位,或者权责争议裁定给别的单位。"));
        }
        lines.Add(new("sent", "本期推送", 0, made, "审批局一侧:本期生成的推送单。"));
        lines.Add(new("pending", "尚未送达", -1, sent?.Pending ?? 0, "已生成、对方还没有收到。"));
        lines.Add(new("delivered-later", "本期推送、期后才送达", -1, sent?.Later ?? 0, "跨期送达。"));
        lines.Add(new("sent-before", "期前推送、本期才送达", 1, flow.SentBefore, "跨期送达。"));
        lines.Add(new("delivered", "本期送达", 0, flow.Delivered, "部门一侧:本期首次收到的推送单。"));
        return lines;
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

    /// <param name="SentBefore">Of the delivered ones, those that were sent before the range.</param>
    private sealed record Flow(IReadOnlyList<DayFlow> ByDay, int SentBefore)
    {
        public int Decided => ByDay.Sum(d => d.Decided);
        public int Delivered => ByDay.Sum(d => d.Delivered);
    }

    private static async Task<Flow> FlowAsync(AppDb db, Actor actor, DateOnly from, DateOnly to, Guid? organ, Guid? item, Dictionary<DateOnly, Tally> sent, CancellationToken ct)
    {
        var delivered = await PushesOf(db, actor, "delivered", from, to, organ, item).GroupBy(p => p.DeliveredOn!.Value).Select(g => new { g.Key, Count = g.Count(), Before = g.Count(p => p.SentOn < from) }).ToDictionaryAsync(g => g.Key, ct);
        var bureau = PushVisibility.SeesAll(actor) && organ is null;
        var days = new List<DayFlow>();
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            // One count per day on the index: the database need not know what a Beijing day is.
            var decided = bureau ? await Decided(db, day, day, item).CountAsync(ct) : 0;
            var (s, d) = (sent.GetValueOrDefault(day)?.Sent ?? 0, delivered.GetValueOrDefault(day)?.Count ?? 0);
            if (decided + s + d > 0) days.Add(new DayFlow(day, decided, s, d));
        }
        return new Flow(days, delivered.Values.Sum(d => d.Before));
    }

    private static Dictionary<TSum, Tally> SumBy<TKey, TSum>(Dictionary<TKey, Tally> cells, Func<TKey, TSum> by) where TKey : notnull where TSum : notnull =>
        cells.GroupBy(cell => by(cell.Key), cell => cell.Value).ToDictionary(g => g.Key, g => g.Aggregate(Tally.None, (sum, tally) => sum.Plus(tally)));

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
