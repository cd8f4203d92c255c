using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Ledger;
using Liandong.Shared;

namespace Liandong.Modules.Cases;

/// <summary>一次告知补正. The limit of acceptance ends, and begins anew when the supplement has come.</summary>
public sealed class AskSupplement(AppDb db, DutyBook duties, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Case) : IAct { static string IAct.Name => "case.supplement-asked"; }

    public async Task<Case> RunAsync(Guid id, string what, CancellationToken ct)
    {
        var asked = await db.TakeAsync(actor, Rights.CaseEnter, id, ct);
        new InputCheck().Filled(what, "What", "需要补正的全部内容", 4000).Throw();
        asked.AskSupplement(what, clock.Now);
        await duties.DischargeAsync(CasesRules.Accept, asked.Ref, ct);
        await ledger.RecordAsync(new Act(asked.Id), asked.Ref, CasesRules.Accepting, ct);
        return asked;
    }
}
