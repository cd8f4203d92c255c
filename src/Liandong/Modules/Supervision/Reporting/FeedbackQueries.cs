using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Supervision;

/// <summary>待确认, 已确认, 待办结 (许可变动), 全部.</summary>
public enum FeedbackView { Open, Acknowledged, Permits, All }

public sealed record FeedbackFilter(FeedbackView View = FeedbackView.Open, string Text = "", Guid? Organ = null, FeedbackKind? Kind = null, Guid? After = null, int Size = 20);

/// <param name="Duty">The open duty to acknowledge; null when it is done.</param>
public sealed record FeedbackRow(Guid Id, string Number, Guid Push, Guid Party, string PartyName, string ItemName, Guid Organ, string OrganName, FeedbackKind Kind, string Summary, DateOnly OccurredOn,
    DateTimeOffset DeliveredAt, bool Late, bool NeedsWeighing, DateTimeOffset? AcknowledgedAt, ApprovalEffect? Effect, bool AwaitsOutcome, Duty? Duty);

public sealed record FeedbackList(IReadOnlyList<FeedbackRow> Rows, Guid? After);

public sealed record FeedbackDetail(Feedback Feedback, string PermitNumber, IReadOnlyList<Duty> Duties, Check? Check, Penalty? Penalty, Names Names);

public static class FeedbackQueries
{
    /// <summary>The reports to the bureau; a department sees those that it sent and those about what it supervises.</summary>
    public static async Task<FeedbackList> ListAsync(AppDb db, Actor actor, FeedbackFilter filter, CancellationToken ct)
    {
        actor.Demand(Rights.SupervisionView);
        var found = await FindAsync(db, actor, filter, filter.Size + 1, ct);
        var page = found.Take(filter.Size).ToList();
        var ids = page.Select(f => f.Id).ToList();
        var duties = await db.Duties.AsNoTracking().Where(d => d.Rule == SupervisionRules.Acknowledge.Code && d.ClosedAt == null && ids.Contains(d.SubjectId)).ToDictionaryAsync(d => d.SubjectId, ct);
        var organs = await db.Organs.AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.ShortName, ct);
        return new FeedbackList([.. page.Select(f => new FeedbackRow(f.Id, f.Number, f.Push, f.Party, f.PartyName, f.ItemName, f.Organ, organs.GetValueOrDefault(f.Organ, ""), f.Kind, f.Summary, f.OccurredOn,
            f.DeliveredAt, f.Late, f.NeedsWeighing, f.AcknowledgedAt, f.Effect, f.AwaitsOutcome, duties.GetValueOrDefault(f.Id)))], found.Count > filter.Size ? page[^1].Id : null);
    }

    /// <summary>How many a tab leads to; null above <paramref name="most"/>, since lists are never counted whole.</summary>
    public static async Task<int?> CountAsync(AppDb db, Actor actor, FeedbackView view, CancellationToken ct, int most = 999)
    {
        var count = 0;
        foreach (var rows in Lists(db, actor, new FeedbackFilter(view))) count += await rows.Take(most + 1).CountAsync(ct);
        return count > most ? null : count;
    }

    /// <summary>
    /// What came to the bureau; of a department, what concerns its matters and what it reported of others' as two queries, each in the order of
    /// its index; one condition over both columns would read through everything.
    /// </summary>
    private static IReadOnlyList<IQueryable<Feedback>> Lists(AppDb db, Actor actor, FeedbackFilter filter)
    {
        var (organ, rows) = (actor.Organ, Wanted(db.Feedbacks.AsNoTracking(), filter));
        return actor.IsBureau ? [rows.Where(f => f.To == organ)] : [rows.Where(f => f.Supervisor == organ), rows.Where(f => f.Organ == organ && f.Supervisor != organ)];
    }

    /// <summary>In the order of their keys, which is the order of time: those that wait the oldest first, because it falls due first, the others the newest first.</summary>
    private static async Task<List<Feedback>> FindAsync(AppDb db, Actor actor, FeedbackFilter filter, int take, CancellationToken ct)
    {
        var oldestFirst = filter.View is FeedbackView.Open or FeedbackView.Permits;
        var found = new List<Feedback>();
        foreach (var list in Lists(db, actor, filter))
        {
            var rows = filter.After is not { } after ? list : oldestFirst ? list.Where(f => f.Id.CompareTo(after) > 0) : list.Where(f => f.Id.CompareTo(after) < 0);
            found.AddRange(await (oldestFirst ? rows.OrderBy(f => f.Id) : rows.OrderByDescending(f => f.Id)).Take(take).ToListAsync(ct));
        }
        return [.. (oldestFirst ? found.OrderBy(f => f.Id) : found.OrderByDescending(f => f.Id)).Take(take)];
    }

    private static IQueryable<Feedback> Wanted(IQueryable<Feedback> rows, FeedbackFilter filter)
    {
        rows = filter.View switch
        {
            FeedbackView.Open => rows.Where(f => !f.IsAcknowledged),
            FeedbackView.Acknowledged => rows.Where(f => f.IsAcknowledged),
            FeedbackView.Permits => rows.Where(f => f.AwaitsOutcome),
            _ => rows,
        };
        if (filter.Organ is { } organ) rows = rows.Where(f => f.Organ == organ);
        if (filter.Kind is { } kind) rows = rows.Where(f => f.Kind == kind);
        var text = filter.Text.Trim();
        return text.Length == 0 ? rows : rows.Where(f => f.Number.Contains(text) || f.PartyName.Contains(text) || f.ItemName.Contains(text));
    }

    public static async Task<FeedbackDetail> OneAsync(AppDb db, Actor actor, Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.SupervisionView);
        var feedback = await Readable(db, actor).SingleOrDefaultAsync(f => f.Id == id, ct) ?? throw NotFound.Of("该回告");
        var permit = feedback.Permit is null ? "" : await db.Permits.AsNoTracking().Where(p => p.Id == feedback.Permit).Select(p => p.Number).FirstOrDefaultAsync(ct) ?? "";
        var duties = await db.Duties.AsNoTracking().Where(d => d.ClosedAt == null && (d.SubjectId == id || (d.SubjectId == feedback.Permit && d.Rule == SupervisionRules.CancelPermit.Code))).ToListAsync(ct);
        var check = feedback.Kind == FeedbackKind.Check ? await db.Checks.AsNoTracking().SingleAsync(c => c.Id == feedback.About, ct) : null;
        var penalty = feedback.Kind == FeedbackKind.Penalty ? await db.Penalties.AsNoTracking().SingleAsync(p => p.Id == feedback.About, ct) : null;
        return new FeedbackDetail(feedback, permit, duties, check, penalty, await Names.OfAsync(db, [feedback.AcknowledgedBy, feedback.EffectLiftedBy, feedback.OutcomeBy], ct));
    }

    /// <summary>The latest report that asks for a verification of the permit, open or settled.</summary>
    public static async Task<Guid> ForPermitAsync(AppDb db, Actor actor, Guid permit, CancellationToken ct)
    {
        actor.Demand(Rights.SupervisionView);
        return await Readable(db, actor).Where(f => f.Permit == permit && (f.RevokesPermit || f.Effect == ApprovalEffect.PermitRequest)).OrderBy(f => f.Outcome != null).ThenByDescending(f => f.Id)
            .Select(f => (Guid?)f.Id).FirstOrDefaultAsync(ct) ?? throw NotFound.Of("该许可的变动核实");
    }

    /// <summary>The bureau reads what came to it; an organ what it sent, and what was reported about a matter that it supervises or enforces.</summary>
    private static IQueryable<Feedback> Readable(AppDb db, Actor actor)
    {
        var organ = actor.Organ;
        return db.Feedbacks.AsNoTracking().Where(f => f.To == organ || f.Organ == organ || db.Pushes.Any(p => p.Id == f.Push && p.Organ == organ) || db.Enforcements.Any(e => e.Push == f.Push && e.To == organ));
    }
}
