using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Linkage;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Supervision;

/// <summary>安排监管计划:针对一件已认领的推送,或者一个相对人在本单位的全部事项。</summary>
public sealed class PlanCheck(AppDb db, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="Push">The claimed push; it gives the party.</param>
    /// <param name="WholeParty">The plan is for everything that the organ supervises at the push's party.</param>
    public sealed record Input(Guid Push, PlanKind Kind, DateOnly PlannedOn, PlanPeriod Period, IReadOnlyList<OfficerInput> Officers, bool WholeParty = false, string Note = "");

    public sealed record Act(Guid Plan, Guid Push, bool WholeParty, PlanKind Kind, DateOnly PlannedOn, PlanPeriod Period) : IAct { static string IAct.Name => "supervision.planned"; }

    public async Task<SupervisionPlan> RunAsync(Input input, CancellationToken ct)
    {
        actor.Demand(Rights.SupervisionRecord);
        var push = await SupervisionAccess.SupervisedAsync(db, actor, input.Push, ct);
        new InputCheck().That(input.PlannedOn >= clock.Today, nameof(input.PlannedOn), "计划日期不能早于今天。").NotLonger(input.Note, nameof(input.Note), "说明", 500).Throw();
        Guid? only = input.WholeParty ? null : push.Id;
        if (await db.SupervisionPlans.AnyAsync(p => p.Organ == push.Organ && p.Party == push.Party && p.State == PlanState.Open && p.Push == only && p.Kind == input.Kind && p.PlannedOn == input.PlannedOn, ct))
            throw new Refusal("plan.same-again", $"{input.PlannedOn:yyyy-MM-dd}的{input.Kind.InWords()}已经安排过。", SupervisionRules.Supervising, nameof(input.PlannedOn));
        var plan = new SupervisionPlan
        {
            District = db.District, Id = clock.NewId(), Organ = push.Organ, Party = push.Party, Push = only, Kind = input.Kind, PlannedOn = input.PlannedOn,
            Period = input.Period, Officers = await Officers.ResolveAsync(db, actor, input.Officers, ct), Note = input.Note.Trim(), CreatedAt = clock.Now, CreatedBy = actor.Person,
        };
        db.SupervisionPlans.Add(plan);
        await SupervisionAccess.MatterAsync(db, push, ct);
        await MatterBook.PlannedAsync(db, plan.Organ, plan.Party, plan.Push, ct);
        await ledger.RecordAsync(new Act(plan.Id, push.Id, input.WholeParty, plan.Kind, plan.PlannedOn, plan.Period), push.Ref, SupervisionRules.Supervising, ct);
        return plan;
    }
}

/// <summary>取消监管计划。</summary>
public sealed class WithdrawPlan(AppDb db, Ledger ledger, Actor actor)
{
    public sealed record Act(Guid Plan) : IAct { static string IAct.Name => "supervision.plan-withdrawn"; }

    public async Task<SupervisionPlan> RunAsync(Guid id, string reason, CancellationToken ct)
    {
        actor.Demand(Rights.SupervisionRecord);
        new InputCheck().NotLonger(reason, "Reason", "理由", 500).Throw();
        var plan = await db.SupervisionPlans.SingleOrDefaultAsync(p => p.Id == id && p.Organ == actor.Organ, ct) ?? throw NotFound.Of("该计划");
        plan.Withdraw(reason);
        await MatterBook.PlannedAsync(db, plan.Organ, plan.Party, plan.Push, ct);
        var push = await db.Pushes.AsNoTracking().FirstAsync(p => plan.Push != null ? p.Id == plan.Push : p.Party == plan.Party && p.Organ == plan.Organ && p.State == PushState.Claimed, ct);
        await ledger.RecordAsync(new Act(plan.Id), push.Ref, SupervisionRules.Supervising, ct);
        return plan;
    }
}
