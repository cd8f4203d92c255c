using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Ledger;
using Liandong.Shared;

namespace Liandong.Modules.Cases;

/// <summary>不予受理, with its reason and its dated document.</summary>
public sealed class RefuseAcceptance(AppDb db, DutyBook duties, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Case, string Document) : IAct { static string IAct.Name => "case.acceptance-refused"; }

    public async Task<Case> RunAsync(Guid id, string reason, string document, CancellationToken ct)
    {
        var refused = await db.TakeAsync(actor, Rights.CaseEnter, id, ct);
        new InputCheck().Filled(reason, "Reason", "不予受理的理由", 2000).Filled(document, "Document", "不予受理通知书文号", 100).Throw();
        refused.RefuseAcceptance(reason, document, clock.Now);
        await duties.DischargeAsync(CasesRules.Accept, refused.Ref, ct);
        await ledger.RecordAsync(new Act(refused.Id, refused.DecisionNumber), refused.Ref, CasesRules.Accepting, ct);
        return refused;
    }
}
