using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Supervision;

/// <summary>确认回告,写明对审批的影响。</summary>
public sealed class AcknowledgeFeedback(AppDb db, DutyBook duties, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="Until">Last day of 从严审批 or 暂停受理; null stands until it is lifted.</param>
    public sealed record Input(Guid Feedback, ApprovalEffect Effect, string Reason = "", DateOnly? Until = null);

    public sealed record Act(Guid Feedback, Guid Push, ApprovalEffect Effect, DateOnly? Until) : IAct { static string IAct.Name => "feedback.acknowledged"; }

    /// <summary>The bureau begins to verify a permit because of a report.</summary>
    public sealed record VerificationAct(Guid Permit, Guid Feedback) : IAct { static string IAct.Name => "permit.verification-opened"; }

    public async Task<Feedback> RunAsync(Input input, CancellationToken ct)
    {
        actor.Demand(Rights.FeedbackAcknowledge);
        new InputCheck().NotLonger(input.Reason, nameof(input.Reason), "理由", 1000).Throw();
        var feedback = await OwnAsync(input.Feedback, ct);
        feedback.Acknowledge(input.Effect, input.Reason, input.Until, actor.Person, clock.Now, clock.Today);
        await duties.DischargeAsync(SupervisionRules.Acknowledge, feedback.Ref, ct);
        ledger.WithNumber(feedback.AcknowledgementEntered);
        if (input.Effect == ApprovalEffect.PermitRequest) await OpenVerificationAsync(feedback, ct);
        var push = await db.Pushes.AsNoTracking().SingleAsync(p => p.Id == feedback.Push, ct);
        await ledger.RecordAsync(new Act(feedback.Id, push.Id, input.Effect, input.Until), push.Ref, SupervisionRules.TellingBothWays, ct);
        return feedback;
    }

    /// <summary>Acknowledges several reports in which nothing was found as 无影响, as one act each.</summary>
    /// <exception cref="Refusal">One of them needs weighing by itself.</exception>
    public async Task<int> RunManyAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        actor.Demand(Rights.FeedbackAcknowledge);
        new InputCheck().That(ids.Count is > 0 and <= 200, "Ids", "请勾选要确认的回告(一次不超过200件)。").Throw();
        await using var together = await ledger.TogetherAsync(ct);
        foreach (var id in ids.Distinct())
        {
            var feedback = await OwnAsync(id, ct);
            if (feedback.NeedsWeighing) throw new Refusal("feedback.needs-weighing", $"{feedback.Number}发现了问题,请打开后逐件写明对审批的影响。", SupervisionRules.TellingBothWays);
            await RunAsync(new Input(id, ApprovalEffect.None), ct);
        }
        await together.CommitAsync(ct);
        return ids.Count;
    }

    private async Task<Feedback> OwnAsync(Guid id, CancellationToken ct) =>
        await db.Feedbacks.SingleOrDefaultAsync(f => f.Id == id && f.To == actor.Organ, ct) ?? throw NotFound.Of("该回告");

    private async Task OpenVerificationAsync(Feedback feedback, CancellationToken ct)
    {
        var permit = await db.Permits.AsNoTracking().SingleAsync(p => p.Id == feedback.Permit, ct);
        var about = permit.Ref;
        if (await db.Duties.AnyAsync(d => d.Rule == SupervisionRules.VerifyPermit.Code && d.SubjectId == permit.Id && d.ClosedAt == null, ct)) return;
        await duties.OpenAsync(SupervisionRules.VerifyPermit, owedBy: feedback.To, owedTo: feedback.Organ, about, ct);
        ledger.Note(new VerificationAct(permit.Id, feedback.Id), about, SupervisionRules.HandlingPermits);
    }
}
