using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Linkage;

namespace Liandong.Modules.Cases;

/// <summary>收到补正材料: the materials are counted as received today.</summary>
public sealed class ReceiveSupplement(AppDb db, DutyBook duties, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Case) : IAct { static string IAct.Name => "case.supplemented"; }

    public async Task<Case> RunAsync(Guid id, CancellationToken ct)
    {
        var supplied = await db.TakeAsync(actor, Rights.CaseEnter, id, ct);
        supplied.ReceiveSupplement(clock.Now);
        await duties.OpenAsync(CasesRules.Accept, await SendPushes.BureauAsync(db, clock.Today, ct), null, supplied.Ref, ct, owedToLabel: "申请人");
        await ledger.RecordAsync(new Act(supplied.Id), supplied.Ref, CasesRules.Accepting, ct);
        return supplied;
    }
}
