using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Policies;

/// <summary>选择涉及的事项. The department names them; once it is served the bureau may name further ones that it finds touched (附件2 二(一)).</summary>
public sealed class TouchItems(AppDb db, PolicySteps steps, Ledger ledger, Actor actor)
{
    /// <param name="Organ">The department that notifies.</param>
    public sealed record Act(Guid Policy, Guid Organ, IReadOnlyList<Guid> Items) : IAct { public static string Name => "policy.items-named"; }

    public async Task<PolicyChange> RunAsync(Guid id, IReadOnlyList<Guid> items, CancellationToken ct)
    {
        actor.DemandOneOf(Rights.PolicyNotify, Rights.PolicyAdapt);
        new InputCheck().That(items.Count > 0, "Items", "请先勾选事项。").Throw();
        var organ = actor.RequireOrgan();
        var policy = await db.PolicyChanges.SingleOrDefaultAsync(p => p.Id == id && (p.Organ == organ || p.Bureau == organ), ct) ?? throw NotFound.Of("该政策调整");
        policy.MustBeOpen();
        await steps.MustNotBeInSignedLetterAsync(policy, ct);
        var fresh = await steps.NameAsync(policy, items, ct);
        if (fresh.Count == 0) return policy;
        if (policy.State == PolicyState.Settled)
        {
            // What was adapted in time stays in time: a limit of its own runs for what was named afterwards.
            policy.Reopen();
            await steps.OpenAnswerAsync(policy, ct);
        }
        await ledger.RecordAsync(new Act(id, policy.Organ, fresh), policy.OnLedger, PoliciesRules.Notifying, ct);
        return policy;
    }
}

/// <summary>移出 an item that was named in error, before it is served.</summary>
public sealed class LeaveItem(AppDb db, PolicySteps steps, Ledger ledger, Actor actor)
{
    public sealed record Act(Guid Policy, Guid Organ, Guid Item) : IAct { public static string Name => "policy.item-left"; }

    public async Task<PolicyChange> RunAsync(Guid id, Guid item, CancellationToken ct)
    {
        actor.Demand(Rights.PolicyNotify);
        var policy = await steps.TakeOwnAsync(id, ct);
        var touched = await db.TouchedItems.SingleOrDefaultAsync(t => t.Policy == id && t.Item == item, ct) ?? throw NotFound.Of("该事项");
        if (policy.State != PolicyState.Known) throw new Refusal("policy.served", "已经函告审批局,不能移出;不受影响的,由审批局说明理由。", PoliciesRules.Notifying);
        await steps.MustNotBeInSignedLetterAsync(policy, ct);
        db.TouchedItems.Remove(touched);
        await ledger.RecordAsync(new Act(id, policy.Organ, item), policy.OnLedger, PoliciesRules.Notifying, ct);
        return policy;
    }
}
