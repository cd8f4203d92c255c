using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Cases;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Supervision;

/// <summary>登记许可变动的办理结果,同时告知行政主管部门(附件2 二(四))。</summary>
public sealed class SettlePermit(AppDb db, DutyBook duties, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="Document">文号 of the decision.</param>
    public sealed record Input(Guid Feedback, PermitOutcome Outcome, string Document, DateOnly On, string Note = "");

    public sealed record Act(Guid Feedback, Guid Push, Guid Permit, PermitOutcome Outcome, DateOnly On) : IAct { static string IAct.Name => "permit.verified"; }

    public async Task<Feedback> RunAsync(Input input, CancellationToken ct)
    {
        actor.Demand(Rights.FeedbackAcknowledge);
        new InputCheck().Filled(input.Document, nameof(input.Document), "决定文书文号", 80).NotLonger(input.Note, nameof(input.Note), "说明", 1000)
            .That(input.On <= clock.Today, nameof(input.On), "办理日期不能晚于今天。").Throw();
        var feedback = await db.Feedbacks.SingleOrDefaultAsync(f => f.Id == input.Feedback && f.To == actor.Organ, ct) ?? throw NotFound.Of("该回告");
        // One verification of the permit answers every report that asked for it.
        var alike = await db.Feedbacks.Where(f => f.Permit == feedback.Permit && f.To == feedback.To && f.Id != feedback.Id).ToListAsync(ct);
        foreach (var answered in alike.Where(f => f.AwaitsOutcome).Prepend(feedback))
        {
            answered.Settle(input.Outcome, input.Document, input.On, input.Note, actor.Person, clock.Now);
            ledger.WithNumber(answered.OutcomeEntered);
        }
        var permit = await db.Permits.SingleAsync(p => p.Id == feedback.Permit, ct);
        // A cancellation that came in as a case has ended the permit already; otherwise it ends by this act.
        if (permit.Ending is null && EndingOf(input.Outcome) is { } ending) permit.End(ending, input.On, by: null);
        await duties.DischargeAsync(SupervisionRules.CancelPermit, permit.Ref, ct);
        var push = await db.Pushes.AsNoTracking().SingleAsync(p => p.Id == feedback.Push, ct);
        await ledger.RecordAsync(new Act(feedback.Id, push.Id, permit.Id, input.Outcome, input.On), push.Ref, SupervisionRules.HandlingPermits, ct);
        return feedback;
    }

    /// <summary>A changed permit is ended by the case that changes it.</summary>
    private static PermitEnding? EndingOf(PermitOutcome outcome) => outcome switch
    {
        PermitOutcome.Cancelled => PermitEnding.Cancelled,
        PermitOutcome.Revoked => PermitEnding.Revoked,
        PermitOutcome.Withdrawn => PermitEnding.Recalled,
        _ => null,
    };
}
