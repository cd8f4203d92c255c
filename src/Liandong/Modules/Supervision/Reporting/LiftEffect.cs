using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Supervision;

/// <summary>解除对审批的影响。</summary>
public sealed class LiftEffect(AppDb db, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Feedback, Guid Push) : IAct { static string IAct.Name => "feedback.effect-lifted"; }

    public async Task<Feedback> RunAsync(Guid id, string reason, CancellationToken ct)
    {
        actor.Demand(Rights.FeedbackAcknowledge);
        new InputCheck().NotLonger(reason, "Reason", "理由", 500).Throw();
        var feedback = await db.Feedbacks.SingleOrDefaultAsync(f => f.Id == id && f.To == actor.Organ, ct) ?? throw NotFound.Of("该回告");
        feedback.LiftEffect(reason, actor.Person, clock.Now, clock.Today);
        ledger.WithNumber(feedback.LiftEntered);
        var push = await db.Pushes.AsNoTracking().SingleAsync(p => p.Id == feedback.Push, ct);
        await ledger.RecordAsync(new Act(feedback.Id, push.Id), push.Ref, SupervisionRules.TellingBothWays, ct);
        return feedback;
    }
}
