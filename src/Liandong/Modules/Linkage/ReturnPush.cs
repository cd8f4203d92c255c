using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Linkage;

/// <summary>退回推送: with a coded reason and, where it is a matter of competence, the organ that should have it. The bureau then owes a decision.</summary>
public sealed class ReturnPush(AppDb db, DutyBook duties, Ledger ledger, Actor actor, Clock clock, PushSteps steps)
{
    public sealed record Input(ReturnReason Reason, string Note = "", Guid? ProposedOrgan = null);

    public sealed record Act(Guid Push, Guid Organ, ReturnReason Reason, Guid? ProposedOrgan) : IAct { public static string Name => "push.returned"; }

    public Task<Push> RunAsync(Guid id, Input input, CancellationToken ct) => steps.InTurnAsync(id, () => ReturnAsync(id, input, ct), ct);

    private async Task<Push> ReturnAsync(Guid id, Input input, CancellationToken ct)
    {
        actor.Demand(Rights.PushReturn);
        new InputCheck().NotLonger(input.Note, nameof(input.Note), "说明", 1000).Throw();
        var push = await db.Pushes.SingleOrDefaultAsync(p => p.Id == id && p.Organ == actor.Organ && p.State != PushState.Pending, ct) ?? throw NotFound.Of("该推送");
        var today = clock.Today;
        if (input.ProposedOrgan is { } proposed && !await db.Organs.AnyAsync(o => o.Id == proposed && o.From <= today && (o.To == null || o.To >= today), ct)) throw new InvalidInput("ProposedOrgan", "没有这个单位。");
        var unsigned = push.SignedAt is null;
        push.Return(input.Reason, input.Note, input.ProposedOrgan, clock.Now);
        await duties.DischargeAsync(LinkageRules.ClaimResult, push.Ref, ct);
        await duties.OpenAsync(LinkageRules.DecideReturn, await LinkageOrgans.BureauAsync(db, clock.Today, ct), push.Organ, push.Ref, ct);
        if (unsigned) steps.Add(push, "signed", "退回视同签收");
        steps.Add(push, "returned", $"{LinkageWords.Of(input.Reason)}{(push.ReturnNote.Length > 0 ? ":" + push.ReturnNote : "")}");
        await ledger.RecordAsync(new Act(push.Id, push.Organ, input.Reason, input.ProposedOrgan), push.Ref, LinkageRules.Claiming, ct);
        return push;
    }
}
