using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Cases;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Consultations;

/// <summary>采纳, 不采纳 with a reason: the bureau says what becomes of a liaison officer's view on a case. 充分听取 is this, not the asking.</summary>
public sealed class WeighView(AppDb db, ConsultationSteps steps, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="Reason">Required either way; a view that is not adopted is answered in the file of the case.</param>
    public sealed record Input(Weighing Weighing, string Reason);

    public sealed record Act(Guid Consultation, Guid Organ, Guid View, Weighing Weighing) : IAct { public static string Name => "consultation.view-weighed"; }

    public async Task<ConsultationView> RunAsync(Guid viewId, Input input, CancellationToken ct)
    {
        actor.Demand(Rights.ConsultStart);
        new InputCheck().That(Enum.IsDefined(input.Weighing), nameof(input.Weighing), "请选择采纳或者不采纳。").Filled(input.Reason, nameof(input.Reason), "理由", 1000).Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var view = await db.ConsultationViews.SingleOrDefaultAsync(v => v.Id == viewId, ct) ?? throw NotFound.Of("该意见");
        var consultation = await steps.TakeOwnAsync(view.Consultation, ct);
        if (!consultation.IsReview) throw new Refusal("consultation.not-a-review", "只有商请联络员参与审核的意见,才逐一说明是否采纳。", ConsultationsRules.Reviewing);
        if (await db.ConsultationViews.AnyAsync(v => v.Consultation == view.Consultation && v.Organ == view.Organ && v.InForceAt != null && v.At > view.At, ct)) throw new Refusal("consultation.view-replaced", "该单位已经提出新的意见,请对新的意见说明是否采纳。", ConsultationsRules.Reviewing);
        view.Weigh(input.Weighing, input.Reason.Trim(), actor.Name, clock.Now);
        // Every organ has spoken and every last word of it was weighed: the review is over.
        var organs = await db.ConsultedOrgans.Where(o => o.Consultation == consultation.Id).Select(o => o.Organ).ToListAsync(ct);
        var views = (await db.ConsultationViews.Where(v => v.Consultation == consultation.Id && v.InForceAt != null).ToListAsync(ct)).GroupBy(v => v.Organ).ToDictionary(g => g.Key, g => g.MaxBy(v => v.At)!);
        if (organs.All(o => views.GetValueOrDefault(o)?.Weighed is not null)) consultation.End(clock.Now);
        await ledger.RecordAsync(new Act(consultation.Id, view.Organ, view.Id, input.Weighing), consultation.OnLedger, ConsultationsRules.Reviewing, ct);
        await together.CommitAsync(ct);
        return view;
    }
}

/// <summary>What a case has to wait for, and what its page should say: views of liaison officers, and requests to hold back.</summary>
public sealed class CaseTalks(AppDb db, Actor actor, Clock clock) : ICaseConcern
{
    /// <summary>
    /// A view that came and was not weighed stops the decision. One that has not come stops it as long as the organ is in time: afterwards the statutory limit of the case goes first, and the organ's
    /// breach is on record. A freeze in force warns: whether it is followed is the bureau's own decision.
    /// </summary>
    public async Task<IReadOnlyList<CaseObstacle>> ObstaclesAsync(IReadOnlyCollection<Guid> cases, IReadOnlyCollection<Guid> parties, CancellationToken ct)
    {
        var (now, today, asked, applying) = (clock.Now, clock.Today, cases.ToArray(), parties.ToArray());
        var obstacles = new List<CaseObstacle>();
        var reviews = asked.Length == 0 ? [] : await db.Consultations.AsNoTracking().Where(c => c.AboutId != null && EF.Parameter(asked).Contains(c.AboutId.Value) && c.AskedIn == ConsultationForm.LiaisonReview && c.State == ConsultationState.Asking).OrderBy(c => c.StartedAt).ThenBy(c => c.Id).ToListAsync(ct);
        if (reviews.Count > 0)
        {
            var ids = reviews.Select(r => r.Id).ToArray();
            var views = (await db.ConsultationViews.AsNoTracking().Where(v => EF.Parameter(ids).Contains(v.Consultation) && v.InForceAt != null).ToListAsync(ct)).ToLookup(v => v.Consultation);
            var awaited = (await db.Duties.AsNoTracking().Where(d => EF.Parameter(ids).Contains(d.SubjectId) && d.Rule == ConsultationsRules.Answer.Code && d.ClosedAt == null && d.DueAt > now).Select(d => d.SubjectId).ToListAsync(ct)).ToHashSet();
            foreach (var review in reviews)
            {
                var unweighed = views[review.Id].GroupBy(v => v.Organ).Select(g => g.MaxBy(v => v.At)!).Any(v => v.Weighed is null);
                if (unweighed)
                    obstacles.Add(Of(new Refusal("case.view-not-weighed", $"联络员对本办件提出的意见({review.Number})还没有说明是否采纳,说明以后才能作出决定。", ConsultationsRules.Reviewing), "view-not-weighed", $"联络员的意见({review.Number})没有说明是否采纳。"));
                else if (awaited.Contains(review.Id))
                    obstacles.Add(Of(new Refusal("case.view-awaited", $"已商请联络员参与本办件的审核({review.Number}),答复期限内应当等待其意见;不再需要的,请先撤回并说明理由。", ConsultationsRules.Reviewing), "view-awaited", $"没有等待联络员的意见({review.Number}),答复期限还没有到。"));

                CaseObstacle Of(Refusal stop, string what, string kept) => new(review.AboutId, Guid.Empty, null, review.AskedAt ?? review.StartedAt, stop, review.Id, what, kept, ConsultationsRules.Reviewing);
            }
        }
        if (applying.Length == 0) return obstacles;
        foreach (var freeze in await db.FreezeRequests.AsNoTracking().Where(f => EF.Parameter(applying).Contains(f.Party) && f.State == FreezeState.InForce && f.Until >= today && f.Scope != FreezeScope.Acceptance).OrderBy(f => f.InForceAt).ThenBy(f => f.Id).ToListAsync(ct))
            obstacles.Add(new(freeze.Case, freeze.Party, freeze.Scope == FreezeScope.Changes ? Changing : null, freeze.InForceAt ?? freeze.RequestedAt, null, freeze.Id, "freeze", $"公务协同函 {freeze.Number} 生效中({ConsultationsWords.Of(freeze.Scope)},至 {freeze.Until:yyyy-MM-dd})。", ConsultationsRules.Assisting));
        return obstacles;
    }

    private static readonly IReadOnlyList<ApplicationKind> Changing = [ApplicationKind.Change, ApplicationKind.Renewal, ApplicationKind.Cancellation];

    public async Task<IReadOnlyList<CaseNote>> OfAsync(Guid? about, Guid party, CancellationToken ct)
    {
        var today = clock.Today;
        var (organ, bureau) = (actor.Organ, actor.IsBureau);
        if (organ is null || !actor.May(Rights.ConsultView)) return [];
        var notes = new List<CaseNote>();
        foreach (var freeze in await db.FreezeRequests.AsNoTracking().Where(f => f.Party == party && (about == null || f.Case == null || f.Case == about) && f.State == FreezeState.InForce && f.Until >= today && (bureau || f.Organ == organ))
            .Join(db.Organs, f => f.Organ, o => o.Id, (f, o) => new { Freeze = f, o.ShortName }).OrderByDescending(f => f.Freeze.InForceAt).ToListAsync(ct))
            notes.Add(new(Tone.Bad, $"{freeze.ShortName}函请{ConsultationsWords.Of(freeze.Freeze.Scope)}(至 {freeze.Freeze.Until:yyyy-MM-dd})", $"{freeze.Freeze.Reason}{(freeze.Freeze.Case is null ? "" : $"(办件 {freeze.Freeze.CaseNumber})")}", $"公务协同函 {freeze.Freeze.Number}", $"/freezes/{freeze.Freeze.Id}", ConsultationsRules.Assisting));
        if (about is null) return notes;
        foreach (var talk in await db.Consultations.AsNoTracking().VisibleTo(db, actor).Where(c => c.AboutId == about && c.State != ConsultationState.Withdrawn).OrderBy(c => c.StartedAt).ToListAsync(ct))
        {
            var unweighed = talk is { IsReview: true, State: ConsultationState.Asking } && await db.ConsultationViews.AnyAsync(v => v.Consultation == talk.Id && v.InForceAt != null && v.Weighed == null, ct);
            notes.Add(new(talk.IsOpen ? Tone.Warn : Tone.Info, talk.IsReview ? "已商请联络员参与审核" : "正在会商或者已经会商", unweighed ? "联络员的意见已到,说明是否采纳以后才能作出决定。" : $"{talk.Title}:{ConsultationsWords.Of(talk.State, talk.IsReview)}。", talk.Number, $"/consultations/{talk.Id}", ConsultationSteps.ArticleOf(talk)));
        }
        return notes;
    }
}
