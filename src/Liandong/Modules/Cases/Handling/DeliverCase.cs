using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Ledger;

namespace Liandong.Modules.Cases;

/// <summary>送达决定, in person, by post or electronically.</summary>
public sealed class DeliverCase(AppDb db, DutyBook duties, Ledger ledger, Actor actor, Clock clock)
{
    public async Task<Case> RunAsync(Guid id, CancellationToken ct)
    {
        var delivered = await db.TakeAsync(actor, Rights.CaseEnter, id, ct);
        delivered.Deliver(clock.Now);
        await duties.DischargeAsync(CasesRules.Deliver, delivered.Ref, ct);
        await ledger.RecordAsync(new CaseActs.Delivered(delivered.Id, delivered.DeliveredAt!.Value), delivered.Ref, CasesRules.Delivering, ct);
        return delivered;
    }
}
