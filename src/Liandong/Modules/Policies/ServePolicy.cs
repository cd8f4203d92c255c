using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;

namespace Liandong.Modules.Policies;

/// <summary>函告审批局: the bureau has it from now on and owes its part. After the effective date it is late, and that stays on record (附件2 四(四)).</summary>
public sealed class ServePolicy(PolicySteps steps, Ledger ledger, Actor actor)
{
    /// <param name="Late">Served after the effective date.</param>
    public sealed record Act(Guid Policy, Guid Organ, PolicyKind Kind, DateOnly EffectiveOn, bool Late) : IAct
    {
        public static string Name => "policy.served";

        public static Act Of(PolicyChange policy) => new(policy.Id, policy.Organ, policy.Kind, policy.EffectiveOn, policy.Late);
    }

    /// <param name="Policy">The earlier one.</param>
    public sealed record Superseded(Guid Policy, Guid Organ, Guid By) : IAct { public static string Name => "policy.superseded"; }

    public async Task<PolicyChange> RunAsync(Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.PolicyNotify);
        var policy = await steps.TakeOwnAsync(id, ct);
        // Noticed once: by the letter where there is one.
        if (policy.State == PolicyState.Known && await steps.OpenLetterAsync(policy, ct) is not null) throw new Refusal("policy.letter-drafted", "函告的公函已经起草,送达公函即为函告;不用公函的,先作废公函的草稿。", PoliciesRules.ArticleOf(policy.Kind));
        await steps.ServeAsync(policy, ct);
        await ledger.RecordAsync(Act.Of(policy), policy.OnLedger, PoliciesRules.ArticleOf(policy.Kind), ct);
        return policy;
    }
}

/// <summary>签收 by the bureau. A page that is opened is no receipt; repeated, it is no error and leaves no second entry.</summary>
public sealed class AcknowledgePolicy(PolicySteps steps, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Policy, Guid Organ) : IAct { public static string Name => "policy.acknowledged"; }

    public async Task<PolicyChange> RunAsync(Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.PolicyAdapt);
        var policy = await steps.TakeNotifiedAsync(id, ct);
        if (policy.Acknowledge(actor.Name, clock.Now)) await ledger.RecordAsync(new Act(id, policy.Organ), policy.OnLedger, PoliciesRules.ArticleOf(policy.Kind), ct);
        return policy;
    }
}

/// <summary>确认落实结果 by the department: both sides agree on what changes from when.</summary>
public sealed class ConfirmPolicy(PolicySteps steps, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Policy, Guid Organ) : IAct { public static string Name => "policy.confirmed"; }

    public async Task<PolicyChange> RunAsync(Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.PolicyNotify);
        var policy = await steps.TakeOwnAsync(id, ct);
        policy.Confirm(actor.Name, clock.Now);
        await ledger.RecordAsync(new Act(id, policy.Organ), policy.OnLedger, PoliciesRules.ArticleOf(policy.Kind), ct);
        return policy;
    }
}
