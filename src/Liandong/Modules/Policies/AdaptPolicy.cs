using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Policies;

/// <summary>落实政策调整: the bureau says of each item from which day it is handled otherwise, or why it is not touched. With the last of them its duty ends.</summary>
public sealed class AdaptPolicy(AppDb db, PolicySteps steps, DutyBook duties, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="From">First day of the adapted handling; of an adapted item only.</param>
    /// <param name="What">What was adapted, or why it is not touched.</param>
    public sealed record Line(Guid Item, ItemOutcome Outcome, DateOnly? From = null, string What = "");

    /// <param name="Items">Those whose outcome was said.</param>
    /// <param name="Settled">All items have their outcome now.</param>
    public sealed record Act(Guid Policy, Guid Organ, IReadOnlyList<Guid> Items, bool Settled) : IAct { public static string Name => "policy.adapted"; }

    /// <summary>An entry of the item's own history.</summary>
    /// <param name="Number">Of the policy change.</param>
    public sealed record ItemAdapted(Guid Item, Guid Change, string Number, DateOnly From) : IAct { public static string Name => "item.adapted"; }

    public async Task<PolicyChange> RunAsync(Guid id, IReadOnlyList<Line> lines, CancellationToken ct)
    {
        actor.Demand(Rights.PolicyAdapt);
        var policy = await steps.TakeNotifiedAsync(id, ct);
        policy.MustTakeAdaptation();
        var touched = await db.TouchedItems.Where(t => t.Policy == id).ToDictionaryAsync(t => t.Item, ct);
        var check = new InputCheck().That(lines.Count > 0, "Lines", "请至少说明一个事项怎样调整。").That(lines.Select(l => l.Item).Distinct().Count() == lines.Count, "Lines", "同一个事项只能说明一次。");
        foreach (var (line, n) in lines.Select((line, n) => (line, n)))
            check.That(touched.ContainsKey(line.Item), $"Lines{n}Item", "这个事项不在该政策调整涉及的事项之中。").That(Enum.IsDefined(line.Outcome), $"Lines{n}Outcome", "请选择调整或者不受影响。")
                .That(line.Outcome != ItemOutcome.Adapted || line.From is not null, $"Lines{n}From", "请填写自哪一天起按新的规定办理。")
                .That(line.Outcome != ItemOutcome.Adapted || line.From is null || line.From >= policy.EffectiveOn, $"Lines{n}From", $"不能早于施行日期({policy.EffectiveOn:yyyy-MM-dd})。")
                .Filled(line.What, $"Lines{n}What", line.Outcome == ItemOutcome.Adapted ? "调整的内容" : "不受影响的理由", 1000);
        check.Throw();
        var ids = lines.Select(l => l.Item).ToList();
        var items = await db.Items.AsNoTracking().Where(i => ids.Contains(i.Id)).ToDictionaryAsync(i => i.Id, ct);
        foreach (var line in lines)
        {
            touched[line.Item].Settle(line.Outcome, line.From, line.What, actor.Name, clock.Now);
            ledger.WithNumber(touched[line.Item].Prove);
            if (line.Outcome == ItemOutcome.Adapted) ledger.Note(new ItemAdapted(line.Item, id, policy.Number, line.From!.Value), new Subject("item", line.Item, items[line.Item].Code, items[line.Item].Name), PoliciesRules.Notifying);
        }
        policy.Acknowledge(actor.Name, clock.Now);
        var settled = touched.Values.All(t => t.Outcome is not null);
        if (settled && policy.State == PolicyState.Served)
        {
            policy.Settle(actor.Name, clock.Now);
            await duties.DischargeAsync(PoliciesRules.Adapt, policy.Ref, ct);
        }
        await ledger.RecordAsync(new Act(id, policy.Organ, ids, settled), policy.OnLedger, PoliciesRules.Notifying, ct);
        return policy;
    }
}

/// <summary>答复 a superior's meeting or training, or a report upward: whether the bureau attends or assists, by whom or with what.</summary>
public sealed class RespondPolicy(PolicySteps steps, DutyBook duties, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Policy, Guid Organ, bool TakesPart) : IAct { public static string Name => "policy.responded"; }

    public async Task<PolicyChange> RunAsync(Guid id, bool takesPart, string response, CancellationToken ct)
    {
        actor.Demand(Rights.PolicyAdapt);
        new InputCheck().Filled(response, "Response", takesPart ? "参加人员或者协助的内容" : "不参加、不能协助的理由", 2000).Throw();
        var policy = await steps.TakeNotifiedAsync(id, ct);
        policy.Respond(takesPart, response, actor.Name, clock.Now);
        await duties.DischargeAsync(PoliciesRules.Respond, policy.Ref, ct);
        await ledger.RecordAsync(new Act(id, policy.Organ, takesPart), policy.OnLedger, PoliciesRules.ArticleOf(policy.Kind), ct);
        return policy;
    }
}
