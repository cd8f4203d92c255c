using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Calendar;
using Liandong.Modules.Cases;
using Liandong.Modules.Linkage;
using Liandong.Modules.Linkage.Reconciling;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Modules.Linkage;

/// <summary>Reconciliation counted from the rows, one by one: what the counts that the database keeps must come to.</summary>
internal static class RowFigures
{
    /// <summary>Takes the triggers away that keep the counts: a database as it was before there were any.</summary>
    public static Task DropTriggersAsync(Office office) => office.ActAsync(async s =>
    {
        var db = s.GetRequiredService<AppDb>();
        foreach (var drop in new[] { "pushes", "cases" }.SelectMany(_ => new[] { "added", "changed", "removed" }, (table, when) => $"DROP TRIGGER count_{table}_{when}{(db is SqliteDb ? "" : $" ON {table}")}"))
            await db.Database.ExecuteSqlRawAsync(drop, Office.Stop);
    });

    /// <summary>Every figure that the person is shown for a range is what the rows say that it may see, and opens to just so many.</summary>
    public static Task AgreeAsync(Office office, Member who, DateOnly from, DateOnly to, Guid? organ = null, Guid? item = null) => office.ActAsync(async s =>
    {
        var (db, actor, now) = (s.GetRequiredService<AppDb>(), s.GetRequiredService<Actor>(), s.GetRequiredService<Clock>().Now);
        var found = await ReconcileQueries.OfAsync(db, actor, from, to, organ, item, now, Office.Stop);
        var about = $"{who.Name} {from:yyyy-MM-dd}–{to:yyyy-MM-dd} organ {organ} item {item}";

        var visible = (await db.Pushes.AsNoTracking().VisibleTo(actor).ToListAsync(Office.Stop)).Where(p => (organ is null || p.Organ == organ) && (item is null || p.Item == item)).ToList();
        var sent = visible.Where(p => p.SentOn >= from && p.SentOn <= to).ToList();
        Assert.Equal((about, TallyOf(sent, now)), (about, found.Total));
        Lines(found.ByDay, sent.GroupBy(p => p.SentOn.ToString("yyyy-MM-dd")));
        Lines(found.ByOrgan, sent.GroupBy(p => p.Organ.ToString()));
        Lines(found.ByItem, sent.GroupBy(p => p.Item.ToString()));

        var bureau = PushVisibility.SeesAll(actor) && organ is null;
        var decided = !bureau ? [] : await db.Cases.AsNoTracking().Where(c => c.DecidedAt != null && (item == null || c.Item == item)).Select(c => new { c.DecidedAt, c.PushedOn }).ToListAsync(Office.Stop);
        var flow = new List<DayFlow>();
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            var of = new DayFlow(day, decided.Count(c => Beijing.DayOf(c.DecidedAt!.Value) == day), sent.Count(p => p.SentOn == day), visible.Count(p => p.DeliveredOn == day));
            if (of.Decided + of.Sent + of.Delivered > 0) flow.Add(of);
        }
        Assert.Equal(flow, found.Flow);

        // Each figure opens to just so many rows: those of the balance on /reconcile/rows, the others on /pushes.
        foreach (var line in found.Balance)
        {
            var cases = ReconcileQueries.CasesOf(db, actor, line.Kind, from, to, item);
            var rows = cases is null ? await ReconcileQueries.PushesOf(db, actor, line.Kind, from, to, organ, item).CountAsync(Office.Stop) : await cases.CountAsync(Office.Stop);
            Assert.Equal((about, line.Kind, rows), (about, line.Kind, line.Count));
        }
        Assert.Equal(bureau ? ReconcileQueries.KindsOfCases.Count + ReconcileQueries.KindsOfPushes.Count : 5, found.Balance.Count);
        var opened = new PushFilter { Lane = PushLane.All, SentFrom = from, SentTo = to, Organ = organ, Item = item };
        var t = found.Total;
        foreach (var (figure, count) in new[] { ("", t.Sent), ("delivered", t.Delivered), ("pending", t.Pending), ("signed", t.Signed), ("claimed", t.Claimed), ("returned", t.Returned), ("rerouted", t.Rerouted), ("disputed", t.Disputed), ("outstanding", t.Waiting), ("overdue", t.Overdue), ("late", t.Late) })
            Assert.Equal((about, figure, await (opened with { Figure = figure }).Apply(db, actor, now).CountAsync(Office.Stop)), (about, figure, count));

        void Lines(IReadOnlyList<TallyLine> lines, IEnumerable<IGrouping<string, Push>> rows) =>
            Assert.Equal(rows.Select(g => (g.Key, TallyOf(g, now))).OrderBy(l => l.Key, StringComparer.Ordinal), lines.Select(l => (l.Key, l.Tally)).OrderBy(l => l.Key, StringComparer.Ordinal));
    }, who);

    private static Tally TallyOf(IEnumerable<Push> pushes, DateTimeOffset now) => pushes.Aggregate(Tally.None, (sum, p) => sum.Plus(new Tally(1, One(p.State == PushState.Pending), One(p.Waiting), One(p.State == PushState.Claimed),
        One(p.State == PushState.Returned), One(p.State == PushState.Rerouted), One(p.State == PushState.Disputed), One(p.State == PushState.Closed), One(p.DeliveredAt is not null), One(p.SignedAt is not null),
        One(p.ReturnedAt is not null), One(p.Waiting && p.DueAt <= now), One(p.State == PushState.Claimed && p.ClaimedAt >= p.DueAt))));

    private static int One(bool holds) => holds ? 1 : 0;
}
