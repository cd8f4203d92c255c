using Liandong.Accounts;
using Liandong.Data;
using Liandong.Modules.Cases;
using Liandong.Modules.Items;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Linkage;

/// <summary>
/// 推送: adds the pushes of a decided case to the act that the caller records. Used where a person decides by hand, mends a failed routing or
/// names the organs; cases that arrive decided go through the group writer, which records the same plan. Call inside <see cref="Ledger.TogetherAsync"/>: it takes numbers.
/// </summary>
public sealed class SendPushes(AppDb db, RegisterBook registers, CalendarBook calendars, LimitBook limits, NumberBook numbers, DutyBook duties, Ledger ledger, Actor actor, Clock clock)
{
    /// <summary>Plans, delivers and notes the pushes of a case that this act decides.</summary>
    public async Task<PushPlan> AddAsync(Case decided, CancellationToken ct)
    {
        var (ground, series) = await GroundAsync(ct);
        // The plan is pure and cannot wait for the number book: it counts on from the last number, which the chain head keeps still.
        var plan = PlanPushes.For(decided, ground);
        await series.UseAsync(ct);
        db.Duties.Add(plan.Owed);
        if (plan.Failure is { } failure)
        {
            db.RoutingFailures.Add(failure);
            ledger.Note(new PlanPushes.Unrouted(decided.Id, decided.Item, decided.Division), decided.Ref, LinkageRules.Pushing);
            return plan;
        }
        Deliver(decided, plan.Pushes);
        if (plan.Owed.IsOverdueAt(clock.Now) && plan.Owed.RecordBreach(clock.Now)) ledger.Note(DutyBreached.Of(plan.Owed), plan.Owed.Subject, DutyBreached.ArticleOf(plan.Owed));
        ledger.WithNumber(number => plan.Owed.Discharge(clock.Now, number));
        return plan;
    }

    /// <summary>Delivers to organs that were found later or named by hand, and ends the bureau's duty to push. Organs that have a push of this case are left out.</summary>
    public async Task<IReadOnlyList<Push>> AddLaterAsync(Case decided, IReadOnlyList<RoutedOrgan> organs, CancellationToken ct)
    {
        var (ground, series) = await GroundAsync(ct);
        var had = await db.Pushes.Where(p => p.Case == decided.Id).Select(p => p.Organ).ToListAsync(ct);
        var planned = organs.Where(o => !had.Contains(o.Organ)).Select((o, i) => PlanPushes.To(decided, o, ground, beside: had.Count + i > 0)).ToList();
        await series.UseAsync(ct);
        Deliver(decided, planned);
        await duties.DischargeAsync(LinkageRules.PushResult, decided.Ref, ct);
        return [.. planned.Select(p => p.Push)];
    }

    public Task<RegisterSnapshot> RegisterAsync(CancellationToken ct) => registers.CurrentAsync(ct).AsTask();

    private void Deliver(Case decided, IEnumerable<PlannedPush> planned)
    {
        decided.PushOn(clock.Today);
        foreach (var (push, claim, events) in planned)
        {
            db.Pushes.Add(push);
            db.Duties.Add(claim);
            db.PushEvents.AddRange(events);
            ledger.WithNumber(number => events.ToList().ForEach(e => e.Prove(number)));
            ledger.Note(new PlanPushes.Delivered(push.Id, push.Case, push.Organ, push.Role, push.SignedAt is not null), push.Ref, LinkageRules.Pushing);
        }
    }

    private async Task<(PushGround Ground, Series Series)> GroundAsync(CancellationToken ct)
    {
        var settings = await db.DistrictSettings.AsNoTracking().FirstOrDefaultAsync(ct);
        var series = await Series.OpenAsync(numbers, db, PushNumbers.SeriesOf(settings), clock.Today.Year, ct);
        var ground = new PushGround(db.District, await registers.CurrentAsync(ct), await calendars.CurrentAsync(ct), await limits.OfAsync(LinkageRules.PushResult, ct), await limits.OfAsync(LinkageRules.ClaimResult, ct),
            await BureauAsync(db, clock.Today, ct), settings?.DeemedReceipt ?? false, clock.Now, Sender.Of(actor), clock.NewId, series.Next);
        return (ground, series);
    }

    /// <summary>The district's approval bureau, which owes the pushes.</summary>
    public static Task<Guid> BureauAsync(AppDb db, DateOnly on, CancellationToken ct) => LinkageOrgans.BureauAsync(db, on, ct);

    /// <summary>Numbers handed out without waiting, and taken from the book afterwards.</summary>
    private sealed class Series(NumberBook numbers, string prefix, int year, int last)
    {
        private int taken;

        public static async Task<Series> OpenAsync(NumberBook numbers, AppDb db, string prefix, int year, CancellationToken ct)
        {
            if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("Pushes are sent inside Ledger.TogetherAsync.");
            var known = db.NumberSeries.Local.FirstOrDefault(s => s.Prefix == prefix && s.Year == year) ?? await db.NumberSeries.FirstOrDefaultAsync(s => s.Prefix == prefix && s.Year == year, ct);
            return new Series(numbers, prefix, year, known?.Last ?? 0);
        }

        public string Next() => NumberBook.Format(prefix, year, last + ++taken);

        public async Task UseAsync(CancellationToken ct)
        {
            for (var i = 0; i < taken; i++) await numbers.NextAsync(prefix, year, ct);
        }
    }
}
