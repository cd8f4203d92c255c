using Liandong.Accounts;
using Liandong.Data;
using Liandong.Documents;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Kernel.Notice;
using Liandong.Modules.Directory;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Conferences;

/// <summary>下达任务 with its 时间节点. The organ in which the leader holds a post today owes it to the conference office.</summary>
public sealed class SetGroupStep(AppDb db, GroupWork work, NumberBook numbers, DutyBook duties, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="Milestone">The step of 附件3 that it belongs to: S1 to S8; empty for none.</param>
    public sealed record Input(string Text, DateOnly DueOn, string Milestone = "");

    /// <param name="Organ">The organ that owes it.</param>
    public sealed record Act(Guid Group, Guid Step, Guid Organ, DateOnly DueOn, string Milestone) : IAct { public static string Name => "group-step.set"; }

    /// <summary>The steps of 附件3, by id: S3 三、人员转隶.</summary>
    public static readonly IReadOnlyDictionary<string, string> Milestones = NoticeText.Clauses.Where(c => c.Id[0] == 'S').ToDictionary(c => c.Id, c => c.Headings[^1]);

    public async Task<GroupStep> RunAsync(Guid id, Input input, CancellationToken ct)
    {
        new InputCheck().Filled(input.Text, nameof(input.Text), "任务", 500).That(input.DueOn > clock.Today, nameof(input.DueOn), "时间节点应当晚于今天。")
            .That(input.Milestone.Length == 0 || Milestones.ContainsKey(input.Milestone), nameof(input.Milestone), "附件3没有这一步。").Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var group = await work.TakeByOfficeAsync(id, ct);
        group.MustStand();
        var today = clock.Today;
        var leader = await db.ConferenceSeats.Where(s => s.Group == id && s.From <= today && (s.To == null || s.To >= today)).OrderByDescending(s => s.From).Select(s => (Guid?)s.Person).FirstOrDefaultAsync(ct)
            ?? throw new Refusal("group.without-leader", "该组还没有负责人,请先在联席会议名单登记。", TakeSeat.Groups);
        var owner = await work.OrganOfAsync(leader, ct) ?? throw new Refusal("group.leader-without-post", "该组负责人现在没有任职单位,请先登记任职。", TakeSeat.Groups);
        var office = actor.RequireOrgan();
        var step = new GroupStep
        {
            District = db.District, Id = clock.NewId(), Group = id, Number = await numbers.NextAsync(await DocumentNumbers.CodeAsync(db, office, ct) + "任", today.Year, ct), Text = input.Text.Trim(), Milestone = input.Milestone, Owner = owner, Office = office,
            Who = actor.Name, SetAt = clock.Now, FirstDueOn = input.DueOn,
        };
        step.Begin();
        db.GroupSteps.Add(step);
        await duties.OpenAsync(ConferencesRules.GroupStep, owedBy: owner, owedTo: office, step.Ref, ct, givenDay: step.DueOn);
        await ledger.RecordAsync(new Act(id, step.Id, owner, step.DueOn, step.Milestone), step.OnLedger, TakeSeat.Groups, ct);
        await together.CommitAsync(ct);
        return step;
    }
}

/// <summary>推迟时间节点 of an open step, with the reason; a day that has passed stays on record as a breach.</summary>
public sealed class PutOffGroupStep(GroupWork work, DutyBook duties, Ledger ledger, Clock clock)
{
    public sealed record Act(Guid Group, Guid Step, Guid Organ, DateOnly From, DateOnly To) : IAct { public static string Name => "group-step.put-off"; }

    public async Task<GroupStep> RunAsync(Guid id, DateOnly day, string reason, CancellationToken ct)
    {
        new InputCheck().Filled(reason, "Reason", "理由", 500).That(day > clock.Today, "DueOn", "时间节点应当晚于今天。").Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var step = await work.TakeStepByOfficeAsync(id, ct);
        var from = step.DueOn;
        step.PutOff(day, reason.Trim());
        await duties.MoveAsync(ConferencesRules.GroupStep, step.Ref, day, $"时间节点改期:{reason.Trim()}", ct);
        await ledger.RecordAsync(new Act(step.Group, id, step.Owner, from, day), step.OnLedger, TakeSeat.Groups, ct);
        await together.CommitAsync(ct);
        return step;
    }
}

/// <summary>不再办理 an open step, with the reason: nothing is owed for it any more.</summary>
public sealed class DropGroupStep(GroupWork work, DutyBook duties, Ledger ledger, Clock clock)
{
    public sealed record Act(Guid Group, Guid Step, Guid Organ) : IAct { public static string Name => "group-step.dropped"; }

    public async Task<GroupStep> RunAsync(Guid id, string reason, CancellationToken ct)
    {
        new InputCheck().Filled(reason, "Reason", "理由", 500).Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var step = await work.TakeStepByOfficeAsync(id, ct);
        step.Drop(reason.Trim(), clock.Now);
        await duties.CancelAsync(ConferencesRules.GroupStep, step.Ref, reason.Trim(), ct);
        await ledger.RecordAsync(new Act(step.Group, id, step.Owner), step.OnLedger, TakeSeat.Groups, ct);
        await together.CommitAsync(ct);
        return step;
    }
}
