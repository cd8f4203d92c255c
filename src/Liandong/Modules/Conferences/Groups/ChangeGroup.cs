using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Directory;
using Liandong.Shared;

namespace Liandong.Modules.Conferences;

/// <summary>修改职责 of a working group.</summary>
public sealed class ChangeGroup(GroupWork work, Ledger ledger)
{
    public sealed record Act(Guid Group) : IAct { public static string Name => "working-group.changed"; }

    public async Task<WorkingGroup> RunAsync(Guid id, string remit, CancellationToken ct)
    {
        new InputCheck().Filled(remit, "Remit", "职责", 500).Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var group = await work.TakeByOfficeAsync(id, ct);
        group.MustStand();
        group.SetRemit(remit);
        await ledger.RecordAsync(new Act(id), group.Ref, TakeSeat.Groups, ct);
        await together.CommitAsync(ct);
        return group;
    }
}
