using System.Collections.Concurrent;
using Liandong.Accounts;
using Liandong.Api;
using Liandong.Data;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;
using Liandong.Modules.Linkage;
using Liandong.Modules.Supervision;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Desk;

/// <summary>A duty that ended lately, and who ended it.</summary>
public sealed record DoneLine(Duty Duty, string Who);

/// <summary>The organ's month so far.</summary>
/// <param name="OnTime">Of <paramref name="Ended"/>, those ended before their last moment.</param>
/// <param name="Ended">Duties ended by their act this month.</param>
/// <param name="Overdue">Open past their last moment, whatever the month.</param>
/// <param name="ClaimDays">Median days from delivery to claim or return; null when nothing was claimed.</param>
/// <param name="Claims">How many claims and returns the median is made of.</param>
/// <param name="Returned">Pushes that the organ sent back this month; for the bureau, that came back to it.</param>
/// <param name="Disputed">Competence disputes opened this month to which the organ is a party; all of them for those who read the district.</param>
public sealed record DeskMonth(DateOnly From, int OnTime, int Ended, int Overdue, double? ClaimDays, int Claims, DateTimeOffset CountedAt, int Returned = 0, int Disputed = 0)
{
    public double? Rate => Ended == 0 ? null : (double)OnTime / Ended;
}

/// <summary>How the organ's open duties stand.</summary>
public sealed record DeskLights(int Red, int Amber, int Yellow, int Green, int Paused)
{
    public int Open => Red + Amber + Yellow + Green + Paused;
}

/// <summary>One kind of duty that the organ owes.</summary>
public sealed record DeskRule(string Rule, string Name, int Open, int Overdue);

/// <summary>An organ that is late, for those who read the whole district.</summary>
public sealed record LateOrgan(Guid Organ, string Name, int Overdue, int Soon);

/// <summary>A check planned for these days.</summary>
public sealed record PlannedCheck(DateOnly On, PlanKind Kind, string Party, string Href);

/// <summary>Figures of an organ, counted at most once a minute.</summary>
public sealed record DeskFigures(DeskMonth Month, DeskLights Lights, IReadOnlyList<DeskRule> Rules);

/// <summary>What stands on the desk of one person today.</summary>
/// <param name="Mine">Named for the person, or for the absent one whose turn the person takes.</param>
/// <param name="Organs">The organ's other ones, a page.</param>
/// <param name="Awaited">What other organs owe this one.</param>
/// <param name="Escalated">What was escalated to this person and is not done; null for those to whom nothing is escalated.</param>
/// <param name="Late">Organs with overdue duties; null for those who do not read the whole district.</param>
/// <param name="Planned">The organ's checks of the next seven days.</param>
public sealed record DeskView(DutyList Mine, DutyList Organs, DutyList Awaited, IReadOnlyList<DoneLine> Done, DeskFigures Figures,
    IReadOnlyList<Duty>? Escalated, IReadOnlyList<LateOrgan>? Late, IReadOnlyList<PlannedCheck> Planned)
{
    public DeskMonth Month => Figures.Month;

    /// <summary>Of the organ's open duties.</summary>
    public DeskLights Lights => Figures.Lights;

    /// <summary>The same by kind of duty, what is overdue first.</summary>
    public IReadOnlyList<DeskRule> Rules => Figures.Rules;

    /// <summary>The first moment after <paramref name="now"/> at which the desk looks otherwise although nobody acts: another light, another day, or what was done lately is no longer lately.</summary>
    public DateTimeOffset ChangesAt(DateTimeOffset now)
    {
        var next = Beijing.EndOf(Beijing.DayOf(now));
        foreach (var duty in Mine.Rows.Concat(Organs.Rows).Concat(Awaited.Rows).Concat(Escalated ?? []))
            foreach (var light in (ReadOnlySpan<DateTimeOffset?>)[duty.HalfAt, duty.EightyAt, duty.DueAt])
                if (light > now && light < next) next = light.Value;
        foreach (var done in Done)
            if (done.Duty.ClosedAt + DeskQueries.DoneWithin is { } gone && gone < next) next = gone;
        return next;
    }
}

/// <summary>Reads of the desk: the duties table by its indexes, and nothing that grows with the number of cases.</summary>
public static class DeskQueries
{
    public const int MineShown = 50, AwaitedShown = 8, DoneShown = 8, EscalatedShown = 8, PlannedShown = 6;

    internal static readonly TimeSpan DoneWithin = TimeSpan.FromDays(7);

    /// <param name="after">Place in the organ's list.</param>
    public static async Task<DeskView> OfAsync(AppDb db, Actor actor, DeskMonths months, string? after, int size, DateTimeOffset now, CancellationToken ct)
    {
        actor.Demand(Rights.DeskUse);
        var organ = actor.RequireOrgan();
        await using var held = await db.HoldConnectionAsync(ct);
        var mine = after is null ? await MineAsync(db, actor, ct) : new DutyList([], null);
        var organs = await OrgansAsync(db, actor, organ, after, size, ct);
        var awaited = await AwaitedAsync(db, organ, ct);
        var done = await DoneAsync(db, organ, now, ct);
        var figures = await months.OfAsync(db, organ, DutyQueries.ReadsAll(actor), now, ct);
        return new DeskView(mine, organs, awaited, done, figures, await EscalatedAsync(db, actor, ct),
            DutyQueries.ReadsAll(actor) && actor.May(Rights.OversightView) ? await months.LateAsync(db, now, ct) : null, actor.May(Rights.SupervisionView) ? await PlannedAsync(db, organ, Beijing.DayOf(now), ct) : []);
    }

    /// <summary>What was escalated to the actor and is not done, in the order shown; null for those to whom nothing is escalated.</summary>
    public static async Task<IReadOnlyList<Duty>?> EscalatedAsync(AppDb db, Actor actor, CancellationToken ct) =>
        actor is { Person: { } person, Organ: { } organ } && actor.May(Rights.OversightView) ? await FirstPages.Escalated.For(db)(db, organ, person).ToListAsync(ct) : null;

    private static async Task<IReadOnlyList<PlannedCheck>> PlannedAsync(AppDb db, Guid organ, DateOnly today, CancellationToken ct)
    {
        var until = today.AddDays(6);
        var plans = await FirstPages.Planned.For(db)(db, organ, until).ToListAsync(ct);
        return [.. plans.Select(p => new PlannedCheck(p.On, p.Kind, p.Party, p.Push is { } push ? $"/supervision/{push}" : "/supervision"))];
    }

    private static async Task<DutyList> MineAsync(AppDb db, Actor actor, CancellationToken ct)
    {
        var (person, absent, organ) = (actor.Person, actor.OnBehalfOf, actor.Organ);
        if (person is not { } self || organ is not { } own) return new DutyList([], null);
        if (absent is null) return await DutyQueries.PageOfOpenAsync(take => FirstPages.MineRunning.For(db)(db, own, self, take), take => FirstPages.MinePaused.For(db)(db, own, self, take), MineShown, ct);
        return await DutyQueries.PageOfOpenAsync(db.Duties.AsNoTracking().Where(d => d.OwedBy == organ && d.ClosedAt == null && (d.OwedByPerson == person || d.OwedByPerson == absent)), null, MineShown, ct);
    }

    private static async Task<DutyList> OrgansAsync(AppDb db, Actor actor, Guid organ, string? after, int size, CancellationToken ct)
    {
        var (person, absent) = (actor.Person, actor.OnBehalfOf);
        if (after is null && person is { } self) return await DutyQueries.PageOfOpenAsync(take => FirstPages.OrgansRunning.For(db)(db, organ, self, absent ?? self, take), take => FirstPages.OrgansPaused.For(db)(db, organ, self, absent ?? self, take), size, ct);
        var open = db.Duties.AsNoTracking().Where(d => d.OwedBy == organ && d.ClosedAt == null && (d.OwedByPerson == null || (d.OwedByPerson != person && (absent == null || d.OwedByPerson != absent))));
        return await DutyQueries.PageOfOpenAsync(open, after, size, ct);
    }

    private static async Task<DutyList> AwaitedAsync(AppDb db, Guid organ, CancellationToken ct) =>
        await DutyQueries.PageOfOpenAsync(take => FirstPages.AwaitedRunning.For(db)(db, organ, take), take => FirstPages.AwaitedPaused.For(db)(db, organ, take), AwaitedShown, ct);

    private static async Task<IReadOnlyList<DoneLine>> DoneAsync(AppDb db, Guid organ, DateTimeOffset now, CancellationToken ct)
    {
        var since = now - DoneWithin;
        return await FirstPages.Done.For(db)(db, organ, since).ToListAsync(ct);
    }

    /// <summary>The lists as a desk shows them first: what is asked thousands of times an hour is translated once and not looked up anew each time. Their order: see <see cref="DutyQueries"/>.</summary>
    private static class FirstPages
    {
        public static readonly Compiled<Func<AppDb, Guid, Guid, int, IAsyncEnumerable<Duty>>> MineRunning = new(() => EF.CompileAsyncQuery((AppDb db, Guid organ, Guid person, int take) =>
            db.Duties.AsNoTracking().Where(d => d.OwedBy == organ && d.OwedByPerson == person && d.ClosedAt == null && d.DueAt != null).OrderBy(d => d.ClosedAt).ThenBy(d => d.DueAt).ThenBy(d => d.Id).Take(take)));

        public static readonly Compiled<Func<AppDb, Guid, Guid, int, IAsyncEnumerable<Duty>>> MinePaused = new(() => EF.CompileAsyncQuery((AppDb db, Guid organ, Guid person, int take) =>
            db.Duties.AsNoTracking().Where(d => d.OwedBy == organ && d.OwedByPerson == person && d.ClosedAt == null && d.DueAt == null).OrderBy(d => d.ClosedAt).ThenBy(d => d.DueAt).ThenBy(d => d.Id).Take(take)));

        public static readonly Compiled<Func<AppDb, Guid, Guid, Guid, int, IAsyncEnumerable<Duty>>> OrgansRunning = new(() => EF.CompileAsyncQuery((AppDb db, Guid organ, Guid person, Guid absent, int take) =>
            db.Duties.AsNoTracking().Where(d => d.OwedBy == organ && d.ClosedAt == null && (d.OwedByPerson == null || (d.OwedByPerson != person && d.OwedByPerson != absent)) && d.DueAt != null)
                .OrderBy(d => d.ClosedAt).ThenBy(d => d.DueAt).ThenBy(d => d.Id).Take(take)));

        public static readonly Compiled<Func<AppDb, Guid, Guid, Guid, int, IAsyncEnumerable<Duty>>> OrgansPaused = new(() => EF.CompileAsyncQuery((AppDb db, Guid organ, Guid person, Guid absent, int take) =>
            db.Duties.AsNoTracking().Where(d => d.OwedBy == organ && d.ClosedAt == null && (d.OwedByPerson == null || (d.OwedByPerson != person && d.OwedByPerson != absent)) && d.DueAt == null)
                .OrderBy(d => d.ClosedAt).ThenBy(d => d.DueAt).ThenBy(d => d.Id).Take(take)));

        public static readonly Compiled<Func<AppDb, Guid, int, IAsyncEnumerable<Duty>>> AwaitedRunning = new(() => EF.CompileAsyncQuery((AppDb db, Guid organ, int take) =>
            db.Duties.AsNoTracking().Where(d => d.OwedTo == organ && d.OwedBy != organ && d.ClosedAt == null && d.DueAt != null).OrderBy(d => d.ClosedAt).ThenBy(d => d.DueAt).ThenBy(d => d.Id).Take(take)));

        public static readonly Compiled<Func<AppDb, Guid, int, IAsyncEnumerable<Duty>>> AwaitedPaused = new(() => EF.CompileAsyncQuery((AppDb db, Guid organ, int take) =>
            db.Duties.AsNoTracking().Where(d => d.OwedTo == organ && d.OwedBy != organ && d.ClosedAt == null && d.DueAt == null).OrderBy(d => d.ClosedAt).ThenBy(d => d.DueAt).ThenBy(d => d.Id).Take(take)));

        public static readonly Compiled<Func<AppDb, Guid, DateTimeOffset, IAsyncEnumerable<DoneLine>>> Done = new(() => EF.CompileAsyncQuery((AppDb db, Guid organ, DateTimeOffset since) =>
            db.Duties.AsNoTracking().Where(d => d.OwedBy == organ && d.ClosedAt >= since).OrderByDescending(d => d.ClosedAt).Take(DoneShown)
                .Select(d => new DoneLine(d, (from e in db.LedgerEntries join p in db.People on e.Person equals p.Id where e.Number == d.ClosedByEntry select p.Name).FirstOrDefault() ?? ""))));

        public static readonly Compiled<Func<AppDb, Guid, Guid, IAsyncEnumerable<Duty>>> Escalated = new(() => EF.CompileAsyncQuery((AppDb db, Guid organ, Guid person) =>
            db.Duties.AsNoTracking().Where(d => d.ClosedAt == null && db.Reminders.Any(r => r.Duty == d.Id && r.Person == person && r.Organ == organ && (r.Rung == ReminderRung.Lead || r.Rung == ReminderRung.Office || r.Rung == ReminderRung.Convenor)))
                .OrderBy(d => d.DueAt).ThenBy(d => d.Id).Take(EscalatedShown)));

        public static readonly Compiled<Func<AppDb, Guid, DateOnly, IAsyncEnumerable<PlanLine>>> Planned = new(() => EF.CompileAsyncQuery((AppDb db, Guid organ, DateOnly until) =>
            (from p in db.SupervisionPlans
             join party in db.Parties on p.Party equals party.Id
             where p.Organ == organ && p.State == PlanState.Open && p.PlannedOn <= until
             orderby p.PlannedOn, p.Id
             select new PlanLine(p.PlannedOn, p.Kind, party.Name, p.Push)).Take(PlannedShown)));
    }

    private sealed record PlanLine(DateOnly On, PlanKind Kind, string Party, Guid? Push);
}

/// <summary>Figures by organ. They are counted at most once a minute: a desk is opened far more often than its figures change.</summary>
public sealed class DeskMonths(TimeProvider time)
{
    /// <summary>Claims that the median is taken of, at most: the latest of the month.</summary>
    private const int ClaimsRead = 2000;
    private const int LateShown = 12;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<(string District, Guid Organ, bool All), (DeskFigures Figures, long At)> known = new();
    private readonly ConcurrentDictionary<string, (IReadOnlyList<LateOrgan> Late, long At)> late = new();

    private static DateOnly FirstOf(DateTimeOffset now) => Beijing.DayOf(now) is var today ? new DateOnly(today.Year, today.Month, 1) : default;

    /// <summary>The figures that <see cref="OfAsync"/> would answer with at this moment without counting; null when it would count.</summary>
    public DeskFigures? Known(string district, Guid organ, bool all, DateTimeOffset now) =>
        known.TryGetValue((district, organ, all), out var entry) && time.GetElapsedTime(entry.At) < Lifetime && entry.Figures.Month.From == FirstOf(now) ? entry.Figures : null;

    /// <summary>The same of <see cref="LateAsync"/>.</summary>
    public IReadOnlyList<LateOrgan>? KnownLate(string district) => late.TryGetValue(district, out var entry) && time.GetElapsedTime(entry.At) < Lifetime ? entry.Late : null;

    /// <param name="all">Whether disputes of the whole district are counted.</param>
    public async Task<DeskFigures> OfAsync(AppDb db, Guid organ, bool all, DateTimeOffset now, CancellationToken ct)
    {
        if (Known(db.District, organ, all, now) is { } counted) return counted;
        var first = FirstOf(now);
        var start = Beijing.StartOf(first);
        var closed = db.Duties.AsNoTracking().Where(d => d.OwedBy == organ && d.ClosedAt >= start);
        var ended = await closed.Where(d => d.ClosedHow == Closing.Discharged).GroupBy(d => d.BreachedAt == null).Select(g => new { OnTime = g.Key, Count = g.Count() }).ToListAsync(ct);
        var open = await db.Duties.AsNoTracking().Where(d => d.OwedBy == organ && d.ClosedAt == null)
            .GroupBy(d => new { d.Rule, d.Name, Light = d.DueAt == null ? Light.Paused : d.DueAt <= now ? Light.Red : d.EightyAt <= now ? Light.Amber : d.HalfAt <= now ? Light.Yellow : Light.Green })
            .Select(g => new { g.Key.Rule, g.Key.Name, g.Key.Light, Count = g.Count() }).ToListAsync(ct);
        int At(Light light) => open.Where(g => g.Light == light).Sum(g => g.Count);
        var lights = new DeskLights(At(Light.Red), At(Light.Amber), At(Light.Yellow), At(Light.Green), At(Light.Paused));
        var rules = open.GroupBy(g => g.Rule).Select(g => new DeskRule(g.Key, g.First().Name, g.Sum(r => r.Count), g.Where(r => r.Light == Light.Red).Sum(r => r.Count))).OrderByDescending(r => r.Overdue).ThenByDescending(r => r.Open).ThenBy(r => r.Rule).ToList();
        var claims = await closed.Where(d => d.Rule == LinkageRules.ClaimResult.Code && d.ClosedHow == Closing.Discharged).OrderByDescending(d => d.ClosedAt).Take(ClaimsRead)
            .Select(d => new { d.OpenedAt, d.ClosedAt }).ToListAsync(ct);
        var returned = await db.Duties.CountAsync(d => d.Rule == LinkageRules.DecideReturn.Code && d.OpenedAt >= start && (d.OwedTo == organ || d.OwedBy == organ), ct);
        var disputed = await db.CompetenceDisputes.CountAsync(d => d.OpenedAt >= start && (all || db.DisputeParties.Any(p => p.Dispute == d.Id && p.Organ == organ)), ct);
        var month = new DeskMonth(first, ended.Where(g => g.OnTime).Sum(g => g.Count), ended.Sum(g => g.Count), lights.Red,
            Median([.. claims.Select(c => (c.ClosedAt!.Value - c.OpenedAt).TotalDays).Order()]), claims.Count, now, returned, disputed);
        var figures = new DeskFigures(month, lights, rules);
        known[(db.District, organ, all)] = (figures, time.GetTimestamp());
        return figures;
    }

    /// <summary>The district's organs with overdue duties, the worst first.</summary>
    public async Task<IReadOnlyList<LateOrgan>> LateAsync(AppDb db, DateTimeOffset now, CancellationToken ct)
    {
        if (KnownLate(db.District) is { } counted) return counted;
        var counts = await db.Duties.AsNoTracking().Where(d => d.ClosedAt == null && d.EightyAt <= now).GroupBy(d => new { d.OwedBy, Late = d.DueAt <= now }).Select(g => new { g.Key.OwedBy, g.Key.Late, Count = g.Count() }).ToListAsync(ct);
        var names = await DutyQueries.OrganNamesAsync(db, ct);
        IReadOnlyList<LateOrgan> found = [.. counts.GroupBy(c => c.OwedBy).Select(g => new LateOrgan(g.Key, names.GetValueOrDefault(g.Key, ""), g.Where(c => c.Late).Sum(c => c.Count), g.Where(c => !c.Late).Sum(c => c.Count)))
            .OrderByDescending(o => o.Overdue).ThenByDescending(o => o.Soon).ThenBy(o => o.Name, Kernel.Parties.Pinyin.Comparer).Take(LateShown)];
        late[db.District] = (found, time.GetTimestamp());
        return found;
    }

    private static double? Median(double[] ordered) =>
        ordered.Length == 0 ? null : ordered.Length % 2 == 1 ? ordered[ordered.Length / 2] : (ordered[(ordered.Length / 2) - 1] + ordered[ordered.Length / 2]) / 2;
}
