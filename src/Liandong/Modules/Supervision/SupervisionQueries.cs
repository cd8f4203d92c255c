using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Modules.Cases;
using Liandong.Modules.Directory;
using Liandong.Modules.Linkage;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Supervision;

/// <summary>待检查, 整改中, 移交执法, 已处罚, 全部.</summary>
public enum MatterView { ToCheck, Rectifying, Enforcing, Penalised, All }

/// <summary>Narrows 待检查 to what is planned, or whose planned day has come.</summary>
public enum PlanFilter { Planned, Come }

/// <param name="Text">Part of a number, of the party's name or of the address.</param>
/// <param name="After">Id of the last row of the page before.</param>
public sealed record MatterFilter(MatterView View = MatterView.All, string Text = "", Guid? Item = null, Guid? Organ = null, PlanFilter? Plan = null, Guid? After = null, int Size = 20);

public sealed record MatterRow(Guid Push, string Number, string ItemName, Guid Party, string PartyName, string Address, Guid Organ, string OrganName, DateTimeOffset? ClaimedAt, int Checks, DateOnly? LastCheckOn,
    CheckResult? LastResult, DateOnly? PlannedOn, PlanKind? PlanKind, int OpenRectifications, DateOnly? RectifySince, DateOnly? RectifyBy, int OpenEnforcements, EnforcementState? Enforcement, int Penalties);

/// <param name="After">Give it as <see cref="MatterFilter.After"/> for the next page; null when there is none.</param>
public sealed record MatterList(IReadOnlyList<MatterRow> Rows, Guid? After);

/// <summary>Everything about one supervised matter that its page and the API show.</summary>
/// <param name="Mine">The actor's organ supervises it.</param>
/// <param name="Duties">Open duties on its reports and on the permit.</param>
public sealed record MatterDetail(Push Push, Party Party, Permit? Permit, IReadOnlyList<string> Conditions, IReadOnlyList<string> Promises, bool Mine, IReadOnlyList<SupervisionPlan> Plans,
    IReadOnlyList<Check> Checks, IReadOnlyList<Rectification> Rectifications, IReadOnlyList<Enforcement> Enforcements, IReadOnlyList<Penalty> Penalties, IReadOnlyList<Feedback> Feedbacks,
    IReadOnlyList<Duty> Duties, Names Names)
{
    public IReadOnlyList<SupervisionPlan> OpenPlans => [.. Plans.Where(p => p.State == PlanState.Open).OrderBy(p => p.PlannedOn)];
}

/// <summary>Names of organs, sections and people by id.</summary>
public sealed record Names(IReadOnlyDictionary<Guid, string> Organs, IReadOnlyDictionary<Guid, string> Sections, IReadOnlyDictionary<Guid, string> People)
{
    public string Organ(Guid? id) => id is { } key ? Organs.GetValueOrDefault(key, "") : "";

    public string Section(Guid? id) => id is { } key ? Sections.GetValueOrDefault(key, "") : "";

    /// <summary>A machine client has no name in the directory.</summary>
    public string Person(Guid? id) => id is { } key ? People.GetValueOrDefault(key, "业务系统") : "平台";

    /// <summary>All organs and sections of the district (a few dozen), and the people given.</summary>
    public static async Task<Names> OfAsync(AppDb db, IEnumerable<Guid?> people, CancellationToken ct)
    {
        var ids = people.OfType<Guid>().Distinct().ToList();
        return new(await db.Organs.AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.ShortName, ct), await db.Sections.AsNoTracking().ToDictionaryAsync(s => s.Id, s => s.Name, ct),
            await db.People.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct));
    }
}

public static class SupervisionQueries
{
    /// <summary>
    /// The matters of the actor's organ; the bureau sees those of all organs. 移交执法 and 已处罚 list hand-overs, one line each, of the organ that
    /// handed over and of the one that enforces. Every list reads rows of one table in the order of an index.
    /// </summary>
    public static async Task<MatterList> ListAsync(AppDb db, Actor actor, MatterFilter filter, DateOnly today, CancellationToken ct)
    {
        actor.Demand(Rights.SupervisionView);
        if (filter.View is MatterView.Enforcing or MatterView.Penalised)
        {
            var handed = await HandOversAsync(db, actor, filter, filter.Size + 1, ct);
            return new MatterList(await RowsAsync(db, [.. handed.Take(filter.Size)], ct), handed.Count > filter.Size ? handed[filter.Size - 1].Id : null);
        }
        var matters = await (filter.View == MatterView.Rectifying ? ByTermAsync(db, actor, filter, ct) : filter.Plan is null ? NewestAsync(db, actor, filter, ct) : ByPlanAsync(db, actor, filter, today, ct));
        return new MatterList(await RowsAsync(db, [.. matters.Take(filter.Size)], ct), matters.Count > filter.Size ? matters[filter.Size - 1].Id : null);
    }

    /// <summary>How many a tab leads to; null above <paramref name="most"/>, since lists are never counted whole.</summary>
    public static async Task<int?> CountAsync(AppDb db, Actor actor, MatterView view, CancellationToken ct, int most = 999)
    {
        var filter = new MatterFilter(view);
        var count = 0;
        if (view is MatterView.Enforcing or MatterView.Penalised)
            foreach (var handed in HandOvers(db, actor, filter)) count += await handed.Take(most + 1).CountAsync(ct);
        else count = await Matters(db, actor, filter).Take(most + 1).CountAsync(ct);
        return count > most ? null : count;
    }

    /// <exception cref="NotFound">Absent, not claimed, or the actor's organ is not party to it.</exception>
    public static async Task<MatterDetail> OneAsync(AppDb db, Actor actor, Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.SupervisionView);
        var push = await SupervisionAccess.Readable(db, actor).SingleOrDefaultAsync(p => p.Id == id, ct) ?? throw NotFound.Of("该监管事项");
        var party = await db.Parties.AsNoTracking().SingleAsync(p => p.Id == push.Party, ct);
        var permit = push.Permit is { } number ? await db.Permits.AsNoTracking().FirstOrDefaultAsync(p => p.Id == number, ct) : null;
        var about = await db.Cases.AsNoTracking().Where(c => c.Id == push.Case).Select(c => new { c.Conditions, c.Promises }).FirstOrDefaultAsync(ct);
        var plans = await db.SupervisionPlans.AsNoTracking().Where(p => p.Organ == push.Organ && (p.Push == id || (p.Push == null && p.Party == push.Party))).OrderBy(p => p.PlannedOn).ToListAsync(ct);
        var checks = await db.Checks.AsNoTracking().Where(c => c.Push == id).OrderBy(c => c.Nth).ToListAsync(ct);
        var rectifications = await db.Rectifications.AsNoTracking().Where(r => r.Push == id).OrderBy(r => r.Id).ToListAsync(ct);
        var enforcements = await db.Enforcements.AsNoTracking().Where(e => e.Push == id).OrderBy(e => e.Id).ToListAsync(ct);
        var penalties = await db.Penalties.AsNoTracking().Where(p => p.Push == id).OrderBy(p => p.Id).ToListAsync(ct);
        var feedbacks = await db.Feedbacks.AsNoTracking().Where(f => f.Push == id).OrderBy(f => f.Id).ToListAsync(ct);
        var subjects = feedbacks.Select(f => f.Id).Concat(penalties.Where(p => p.RevokesPermit).Select(p => p.Permit!.Value)).Concat(feedbacks.Where(f => f.AwaitsOutcome && f.Permit is not null).Select(f => f.Permit!.Value)).Distinct().ToList();
        var duties = await db.Duties.AsNoTracking().Where(d => d.ClosedAt == null && subjects.Contains(d.SubjectId)).ToListAsync(ct);
        var people = SupervisionTimeline.People(checks, rectifications, enforcements, penalties, feedbacks).Concat(plans.Select(p => p.CreatedBy)).Append(push.ClaimedBy);
        return new MatterDetail(push, party, permit, about?.Conditions ?? [], about?.Promises ?? [], push.Organ == actor.Organ, plans, checks, rectifications, enforcements, penalties, feedbacks, duties,
            await Names.OfAsync(db, people, ct));
    }

    private static IQueryable<Matter> Matters(AppDb db, Actor actor, MatterFilter filter)
    {
        var organ = actor.Organ;
        var matters = db.Matters.AsNoTracking();
        if (!actor.IsBureau) matters = matters.Where(m => m.Organ == organ);
        matters = filter.View switch
        {
            MatterView.ToCheck => matters.Where(m => m.ToCheck),
            MatterView.Rectifying => matters.Where(m => m.IsRectifying),
            _ => matters.Where(m => m.Claimed),
        };
        return Narrow(matters, filter);
    }

    private static IQueryable<Matter> Narrow(IQueryable<Matter> matters, MatterFilter filter)
    {
        if (filter.Organ is { } of) matters = matters.Where(m => m.Organ == of);
        if (filter.Item is { } item) matters = matters.Where(m => m.Item == item);
        var text = filter.Text.Trim();
        return text.Length == 0 ? matters : matters.Where(m => m.PartyName.Contains(text) || m.Number.Contains(text) || m.CaseNumber.Contains(text) || m.Address.Contains(text));
    }

    /// <summary>The newest claim first.</summary>
    private static async Task<List<Matter>> NewestAsync(AppDb db, Actor actor, MatterFilter filter, CancellationToken ct)
    {
        var matters = Matters(db, actor, filter);
        if (filter.After is { } after)
        {
            var at = await db.Matters.Where(m => m.Id == after).Select(m => m.ClaimedAt).FirstOrDefaultAsync(ct);
            matters = matters.Where(m => m.ClaimedAt <= at && (m.ClaimedAt < at || m.Id.CompareTo(after) < 0));
        }
        return await matters.OrderByDescending(m => m.ClaimedAt).ThenByDescending(m => m.Id).Take(filter.Size + 1).ToListAsync(ct);
    }

    /// <summary>有计划的, 计划日已到的: the earliest day first.</summary>
    private static async Task<List<Matter>> ByPlanAsync(AppDb db, Actor actor, MatterFilter filter, DateOnly today, CancellationToken ct)
    {
        var until = filter.Plan == PlanFilter.Come ? today : DateOnly.MaxValue;
        var matters = Matters(db, actor, filter).Where(m => m.PlannedOn <= until);
        if (filter.After is { } after)
        {
            var on = await db.Matters.Where(m => m.Id == after).Select(m => m.PlannedOn).FirstOrDefaultAsync(ct);
            matters = matters.Where(m => m.PlannedOn >= on && (m.PlannedOn > on || m.Id.CompareTo(after) > 0));
        }
        return await matters.OrderBy(m => m.PlannedOn).ThenBy(m => m.Id).Take(filter.Size + 1).ToListAsync(ct);
    }

    /// <summary>整改中, the first to fall due first.</summary>
    private static async Task<List<Matter>> ByTermAsync(AppDb db, Actor actor, MatterFilter filter, CancellationToken ct)
    {
        var matters = Matters(db, actor, filter);
        if (filter.After is { } after)
        {
            var due = await db.Matters.Where(m => m.Id == after).Select(m => m.RectifyBy).FirstOrDefaultAsync(ct);
            matters = matters.Where(m => m.RectifyBy >= due && (m.RectifyBy > due || m.Id.CompareTo(after) > 0));
        }
        return await matters.OrderBy(m => m.RectifyBy).ThenBy(m => m.Id).Take(filter.Size + 1).ToListAsync(ct);
    }

    /// <summary>
    /// Hand-overs that are open, or that led to a penalty: those that the organ enforces and those that it handed to others, as two queries,
    /// each in the order of its index; one condition over both columns would read through everything.
    /// </summary>
    private static IReadOnlyList<IQueryable<Enforcement>> HandOvers(AppDb db, Actor actor, MatterFilter filter)
    {
        var organ = actor.Organ;
        var handed = filter.View == MatterView.Enforcing ? db.Enforcements.AsNoTracking().Where(e => e.IsOpen) : db.Enforcements.AsNoTracking().Where(e => e.IsPenalised);
        if (filter.Organ is { } of) handed = handed.Where(e => e.Organ == of);
        if (filter.Item is not null || filter.Text.Trim().Length > 0)
        {
            var named = Narrow(db.Matters, filter);
            handed = handed.Where(e => named.Any(m => m.Id == e.Push));
        }
        return actor.IsBureau ? [handed] : [handed.Where(e => e.To == organ), handed.Where(e => e.Organ == organ && e.To != organ)];
    }

    /// <summary>The newest first, which is the order of their keys.</summary>
    private static async Task<List<Enforcement>> HandOversAsync(AppDb db, Actor actor, MatterFilter filter, int take, CancellationToken ct)
    {
        var found = new List<Enforcement>();
        foreach (var handed in HandOvers(db, actor, filter))
            found.AddRange(await (filter.After is { } after ? handed.Where(e => e.Id.CompareTo(after) < 0) : handed).OrderByDescending(e => e.Id).Take(take).ToListAsync(ct));
        return [.. found.OrderByDescending(e => e.Id).Take(take)];
    }

    private static Task<IReadOnlyList<MatterRow>> RowsAsync(AppDb db, IReadOnlyList<Matter> matters, CancellationToken ct) => RowsAsync(db, [.. matters.Select(m => (m, (Enforcement?)null))], ct);

    private static async Task<IReadOnlyList<MatterRow>> RowsAsync(AppDb db, IReadOnlyList<Enforcement> handed, CancellationToken ct)
    {
        var ids = handed.Select(e => e.Push).Distinct().ToList();
        var matters = await db.Matters.AsNoTracking().Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, ct);
        return await RowsAsync(db, [.. handed.Select(e => (matters[e.Push], (Enforcement?)e))], ct);
    }

    private static async Task<IReadOnlyList<MatterRow>> RowsAsync(AppDb db, IReadOnlyList<(Matter Matter, Enforcement? Handed)> lines, CancellationToken ct)
    {
        var enforcing = lines.Where(l => l.Handed is null && l.Matter.OpenEnforcements > 0).Select(l => l.Matter.Id).ToList();
        var open = enforcing.Count == 0 ? null : (await db.Enforcements.AsNoTracking().Where(e => enforcing.Contains(e.Push) && e.IsOpen).OrderBy(e => e.Id).ToListAsync(ct)).ToLookup(e => e.Push);
        var organs = await db.Organs.AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.ShortName, ct);
        return [.. lines.Select(line =>
        {
            var m = line.Matter;
            return new MatterRow(m.Id, m.Number, m.ItemName, m.Party, m.PartyName, m.Address, m.Organ, organs.GetValueOrDefault(m.Organ, ""), m.ClaimedAt, m.Checks, m.LastCheckOn, m.LastResult, m.PlannedOn,
                m.PlanKind, m.OpenRectifications, m.RectifySince, m.RectifyBy, m.OpenEnforcements, (line.Handed ?? open?[m.Id].LastOrDefault())?.State, m.Penalties);
        })];
    }

    /// <summary>Departments that a matter may be handed to for enforcement, and their sections.</summary>
    public static async Task<(IReadOnlyList<Organ> Organs, IReadOnlyList<Section> Sections)> EnforcersAsync(AppDb db, DateOnly today, CancellationToken ct)
    {
        var organs = await db.Organs.AsNoTracking().Where(o => o.Kind == OrganKind.Department && o.From <= today && (o.To == null || o.To >= today)).OrderBy(o => o.Rank).ToListAsync(ct);
        var sections = await db.Sections.AsNoTracking().Where(s => s.To == null || s.To >= today).ToListAsync(ct);
        return (organs, sections);
    }

    /// <summary>The officers of the person's last check, or else the person and the first colleague with a certificate: what a form begins with.</summary>
    public static async Task<IReadOnlyList<CheckOfficer>> UsualOfficersAsync(AppDb db, Actor actor, IReadOnlyList<CheckOfficer> choices, CancellationToken ct)
    {
        var last = await db.Checks.AsNoTracking().Where(c => c.Organ == actor.Organ && c.RecordedBy == actor.Person).OrderByDescending(c => c.Id).Select(c => c.Officers).FirstOrDefaultAsync(ct);
        if (last is not null && last.Any(o => o.Person == actor.Person)) return last;
        var mine = choices.Where(o => o.Person == actor.Person && o.Certificate.Length > 0);
        return [.. mine.Concat(choices.Where(o => o.Person != actor.Person && o.Certificate.Length > 0)).Take(2)];
    }
}
