using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Supervision;

/// <summary>认领执法案件:恰好一次。</summary>
public sealed class ClaimEnforcement(AppDb db, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Enforcement, Guid Push) : IAct { static string IAct.Name => "enforcement.claimed"; }

    public async Task<Enforcement> RunAsync(Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.EnforcementRecord);
        var enforcement = await SupervisionAccess.EnforcedAsync(db, actor, id, ct);
        enforcement.Claim(actor.Person, clock.Now);
        var push = await db.Pushes.AsNoTracking().SingleAsync(p => p.Id == enforcement.Push, ct);
        ledger.WithNumber(enforcement.ClaimEntered);
        await ledger.RecordAsync(new Act(enforcement.Id, push.Id), push.Ref, SupervisionRules.Supervising, ct);
        return enforcement;
    }
}
