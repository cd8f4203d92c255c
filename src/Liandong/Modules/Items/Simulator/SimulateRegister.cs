using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Parties;
using Liandong.Shared;
using Liandong.Sheets;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Items;

/// <summary>What would happen to a group of cases.</summary>
public enum RoutingChange { Moved, Unrouted, NewlyRouted, AssistingOnly }

public sealed record CaseChange(string Number, Guid Item, string ItemName, string Division, DateOnly DecidedOn, RoutingChange Change, string FromOrgans, string ToOrgans, string Reason);

/// <summary>How many cases would go from one organ to another; an empty name is nobody.</summary>
public sealed record OrganMove(string From, string To, RoutingChange Change, int Cases, int Items);

/// <summary>Cases of which an organ is the main organ, now and under the draft.</summary>
public sealed record OrganLoad(string Organ, int Before, int After);

/// <param name="Changed">Cases whose organs would differ in any way.</param>
/// <param name="Unrouted">Cases that would lose their main organ.</param>
/// <param name="StillUnrouted">Cases that have no main organ either way.</param>
/// <param name="Rows">Changed cases, newest first, as many as were asked for.</param>
public sealed record SimulationOutcome(int Cases, int Changed, int Unrouted, int NewlyRouted, int StillUnrouted, IReadOnlyList<OrganMove> Moves, IReadOnlyList<OrganLoad> Loads, IReadOnlyList<CaseChange> Rows,
    IReadOnlyList<RowRemark> Remarks);

/// <summary>
/// 规则模拟: replays the decided cases of a period under a draft register and says what would change. Nothing is written. Cases are read as a
/// stream, and each item × division × day is routed once under either register.
/// </summary>
public sealed class SimulateRegister(AppDb db, Actor actor, Clock clock, RegisterBook book, RegisterSheetReader reader)
{
    /// <summary>The longest period; a longer one is refused rather than half answered.</summary>
    public const int MostDays = 366 * 3;

    public sealed record Period(DateOnly From, DateOnly To);

    public async Task<SimulationOutcome> RunAsync(DraftSwap swap, Period period, int rows, CancellationToken ct)
    {
        actor.Demand(Rights.RegisterEdit);
        Check(period);
        var check = new InputCheck().That(swap.ItemCode.Length > 0 || swap.FromOrgan is not null, "ItemCode", "请填写事项编码,或者选择原主监管单位。")
            .That(Divisions.Check(swap.Division) is not { Standing: CodeStanding.Invalid }, "Division", "没有这个区划代码。");
        var code = swap.ItemCode.Trim();
        var one = code.Length == 0 ? null : await db.Items.Where(i => i.Code == code).Select(i => (Guid?)i.Id).SingleOrDefaultAsync(ct);
        check.That(code.Length == 0 || one is not null, "ItemCode", $"没有编码为{code}的事项。").Throw();
        var register = await book.CurrentAsync(ct);
        IReadOnlySet<Guid> items = one is { } id ? new HashSet<Guid> { id } : register.Items.Select(i => i.Id).ToHashSet();
        return await ReplayAsync(register, RegisterDraft.Swap(register.Lines, items, swap, clock.NewId), [], period, rows, ct);
    }

    /// <param name="sheet">A register table; its lines are put over the current ones as an import would.</param>
    /// <param name="from">First day of rows that name none.</param>
    public async Task<SimulationOutcome> RunAsync(Sheet sheet, DateOnly from, Period period, int rows, CancellationToken ct)
    {
        actor.Demand(Rights.RegisterEdit);
        Check(period);
        var register = await book.CurrentAsync(ct);
        var reading = await reader.ReadAsync(sheet, from, "模拟", ct);
        var (edits, lines) = RegisterPlan.Of(register.Lines, reading.Edits, clock.NewId, register.OrganName);
        return await ReplayAsync(register, lines, ImportRegister.OutcomeOf(sheet, reading, edits).Remarks, period, rows, ct);
    }

    private async Task<SimulationOutcome> ReplayAsync(RegisterSnapshot now, IReadOnlyList<RegisterLine> lines, IReadOnlyList<RowRemark> remarks, Period period, int rows, CancellationToken ct)
    {
        var draft = now.With(lines, "责任清单草案");
        var (start, end) = (Beijing.StartOf(period.From), Beijing.EndOf(period.To));
        var known = new Dictionary<(Guid, string, DateOnly), Comparison>();
        var moves = new Dictionary<(Guid?, Guid?, RoutingChange), (int Cases, HashSet<Guid> Items)>();
        var (before, after) = (new Dictionary<Guid, int>(), new Dictionary<Guid, int>());
        var changed = new List<CaseChange>();
        var (total, different, unrouted, newly, still) = (0, 0, 0, 0, 0);

        var cases = db.Cases.AsNoTracking().Where(c => c.DecidedAt >= start && c.DecidedAt < end).OrderByDescending(c => c.DecidedAt)
            .Select(c => new { c.Number, c.Item, c.ItemName, c.Division, c.DecidedAt }).AsAsyncEnumerable();
        await foreach (var c in cases.WithCancellation(ct))
        {
            total++;
            var day = Beijing.DayOf(c.DecidedAt!.Value);
            if (!known.TryGetValue((c.Item, c.Division, day), out var compared)) known[(c.Item, c.Division, day)] = compared = Compare(now, draft, c.Item, c.Division, day);
            if (compared.Now.Main is { } a) before[a.Organ] = before.GetValueOrDefault(a.Organ) + 1;
            if (compared.Draft.Main is { } b) after[b.Organ] = after.GetValueOrDefault(b.Organ) + 1;
            if (compared.Now.Main is null && compared.Draft.Main is null) still++;
            if (compared.Change is not { } change) continue;
            different++;
            if (change == RoutingChange.Unrouted) unrouted++;
            if (change == RoutingChange.NewlyRouted) newly++;
            var key = (compared.Now.Main?.Organ, compared.Draft.Main?.Organ, change);
            var move = moves.GetValueOrDefault(key, (0, []));
            move.Items.Add(c.Item);
            moves[key] = (move.Cases + 1, move.Items);
            if (changed.Count < rows) changed.Add(new CaseChange(c.Number, c.Item, c.ItemName, c.Division, day, change, Names(now, compared.Now), Names(draft, compared.Draft), compared.Draft.Failure));
        }
        string Name(Guid? organ) => organ is { } id ? now.OrganName(id) : "";
        return new SimulationOutcome(total, different, unrouted, newly, still,
            [.. moves.Select(m => new OrganMove(Name(m.Key.Item1), Name(m.Key.Item2), m.Key.Item3, m.Value.Cases, m.Value.Items.Count)).OrderByDescending(m => m.Cases).ThenBy(m => m.From, Pinyin.Comparer)],
            [.. before.Keys.Union(after.Keys).Select(o => new OrganLoad(now.OrganName(o), before.GetValueOrDefault(o), after.GetValueOrDefault(o))).OrderByDescending(l => Math.Abs(l.After - l.Before)).ThenByDescending(l => l.Before)],
            changed, remarks);
    }

    private static Comparison Compare(RegisterSnapshot now, RegisterSnapshot draft, Guid item, string division, DateOnly day)
    {
        var (a, b) = (Routing.Route(now, item, division, day), Routing.Route(draft, item, division, day));
        var change = (a.Main, b.Main) switch
        {
            (null, null) => (RoutingChange?)null,
            (not null, null) => RoutingChange.Unrouted,
            (null, not null) => RoutingChange.NewlyRouted,
            var (x, y) when x.Organ != y.Organ => RoutingChange.Moved,
            _ => a.Organs.Skip(1).Select(o => o.Organ).ToHashSet().SetEquals(b.Organs.Skip(1).Select(o => o.Organ)) ? null : RoutingChange.AssistingOnly,
        };
        return new Comparison(a, b, change);
    }

    private static string Names(RegisterSnapshot register, RoutingResult result) => string.Join("、", result.Organs.Select(o => register.OrganName(o.Organ) + (o.Kind == ResponsibilityKind.Assisting ? "(协助)" : "")));

    private static void Check(Period period) => new InputCheck().That(period.To >= period.From, "To", "办件的截止日不能早于起始日。")
        .That(period.To.DayNumber - period.From.DayNumber <= MostDays, "From", "一次最多模拟三年的办件。").Throw();

    private sealed record Comparison(RoutingResult Now, RoutingResult Draft, RoutingChange? Change);
}
