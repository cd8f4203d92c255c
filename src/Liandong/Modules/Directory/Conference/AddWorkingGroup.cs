using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Directory;

/// <summary>设立专项对接组。</summary>
public sealed class AddWorkingGroup(AppDb db, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Input(string Name, string Remit, DateOnly From, int? Rank = null);

    public sealed record Act(Guid Group, string Name, DateOnly From) : IAct { static string IAct.Name => "working-group.added"; }

    public async Task<WorkingGroup> RunAsync(Input input, CancellationToken ct)
    {
        actor.DemandOneOf(Rights.DirectoryEdit, Rights.DisputeRule);
        new InputCheck().Filled(input.Name, nameof(input.Name), "组名", 40).NotLonger(input.Remit, nameof(input.Remit), "职责", 500).Throw();
        var name = input.Name.Trim();
        if (await db.WorkingGroups.AnyAsync(g => g.Name == name && g.To == null, ct)) throw new Refusal("group.exists", $"已经有{name}。", field: nameof(input.Name));
        var group = new WorkingGroup { District = db.District, Id = clock.NewId(), Name = name, From = input.From, Rank = input.Rank ?? await db.WorkingGroups.CountAsync(ct) + 1 };
        group.SetRemit(input.Remit);
        db.WorkingGroups.Add(group);
        await ledger.RecordAsync(new Act(group.Id, group.Name, group.From), group.Ref, TakeSeat.Groups, ct);
        return group;
    }
}
