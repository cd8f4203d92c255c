using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Linkage.Disputes;

/// <summary>撤回争议: the organ that opened it lets it go. The push goes back to its addressee with a whole claim limit.</summary>
public sealed class WithdrawDispute(AppDb db, DutyBook duties, Ledger ledger, Actor actor, Clock clock, DeliverPush deliver, PushSteps steps)
{
    public sealed record Act(Guid Dispute, Guid? Push) : IAct { public static string Name => "dispute.withdrawn"; }

    public async Task<CompetenceDispute> RunAsync(Guid id, string reason, CancellationToken ct)
    {
        actor.Demand(Rights.DisputeRaise);
        new InputCheck().Filled(reason, "Reason", "撤回的理由", 500).Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var dispute = await db.CompetenceDisputes.VisibleTo(db, actor).SingleOrDefaultAsync(d => d.Id == id, ct) ?? throw NotFound.Of("该争议");
        if (dispute.OpenedBy != actor.Organ) throw new Refusal("dispute.not-opener", "只有提出争议的单位可以撤回。", LinkageRules.Coordinating);
        dispute.Withdraw(reason, clock.Now);
        await duties.CancelAsync(LinkageRules.RuleDispute, dispute.Ref, "争议已撤回", ct);
        if (dispute.Push is { } disputed)
        {
            var push = await db.Pushes.SingleAsync(p => p.Id == disputed, ct);
            steps.Add(push, "dispute-withdrawn", reason.Trim());
            await deliver.AgainAsync(push, $"{dispute.Number}已撤回:{reason.Trim()}", null, null, null, null, ct);
        }
        await ledger.RecordAsync(new Act(dispute.Id, dispute.Push), dispute.Ref, LinkageRules.Coordinating, ct);
        await together.CommitAsync(ct);
        return dispute;
    }
}
