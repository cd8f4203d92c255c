using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Linkage;

/// <summary>
/// 签收: an officer of the addressee says that the push has been seen. Never by opening the page; claiming or returning implies it.
/// Signing twice is no fault and leaves one entry.
/// </summary>
public sealed class SignPush(AppDb db, Ledger ledger, Actor actor, Clock clock, PushSteps steps)
{
    public sealed record Act(Guid Push, Guid Organ) : IAct { public static string Name => "push.signed"; }

    public Task<Push> RunAsync(Guid id, CancellationToken ct) => steps.InTurnAsync(id, () => SignAsync(id, ct), ct);

    private async Task<Push> SignAsync(Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.PushClaim);
        var push = await db.Pushes.SingleOrDefaultAsync(p => p.Id == id && p.Organ == actor.Organ && p.State != PushState.Pending, ct) ?? throw NotFound.Of("该推送");
        if (!push.Sign(clock.Now)) return push;
        steps.Add(push, "signed");
        await ledger.RecordAsync(new Act(push.Id, push.Organ), push.Ref, LinkageRules.Claiming, ct);
        return push;
    }
}
