using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Consultations;
using Liandong.Modules.Directory;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Conferences;

/// <summary>撤销 a working group that has nothing open. Its leader and its members leave it the same day; what it did stays.</summary>
public sealed class EndGroup(AppDb db, GroupWork work, Ledger ledger, Clock clock)
{
    public sealed record Act(Guid Group, DateOnly LastDay) : IAct { public static string Name => "working-group.ended"; }

    public async Task<WorkingGroup> RunAsync(Guid id, DateOnly lastDay, CancellationToken ct)
    {
        new InputCheck().That(lastDay <= clock.Today, "LastDay", "撤销日不能晚于今天。").Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var group = await work.TakeByOfficeAsync(id, ct);
        group.MustStand();
        if (await db.GroupSteps.CountAsync(s => s.Group == id && (s.State == StepState.Open || s.State == StepState.Reported), ct) is > 0 and var steps) throw new Refusal("group.has-steps", $"该组还有{steps}项任务没有办结,不能撤销。", TakeSeat.Groups);
        if (await db.DecisionItems.CountAsync(i => i.Group == id && i.State != DecisionState.Accepted && i.State != DecisionState.Dropped, ct) is > 0 and var decisions) throw new Refusal("group.has-decisions", $"该组承办的决定事项还有{decisions}项没有办结,不能撤销。", TakeSeat.Groups);
        group.End(lastDay);
        foreach (var member in await db.GroupMembers.Where(m => m.Group == id && m.To == null).ToListAsync(ct)) member.End(Later(member.From, lastDay));
        foreach (var seat in await db.ConferenceSeats.Where(s => s.Group == id && s.To == null).ToListAsync(ct)) seat.End(Later(seat.From, lastDay));
        await ledger.RecordAsync(new Act(id, lastDay), group.Ref, TakeSeat.Groups, ct);
        await together.CommitAsync(ct);
        return group;
    }

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;
}
