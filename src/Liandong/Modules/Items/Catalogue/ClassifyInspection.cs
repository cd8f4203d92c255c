using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Items;

/// <summary>调整勘验分类: from a day on the inspection of an item is held otherwise (附件2 三(一): 分期分批纳入).</summary>
public sealed class ClassifyInspection(AppDb db, Ledger ledger, Actor actor)
{
    public sealed record Input(InspectionClass Class, DateOnly From, string Reason);

    public sealed record Act(Guid Item, string Code, InspectionClass Class, DateOnly From, string Reason) : IAct { static string IAct.Name => "item.inspection-classified"; }

    public async Task<Item> RunAsync(Guid id, Input input, CancellationToken ct)
    {
        actor.Demand(Rights.ItemEdit);
        new InputCheck().Filled(input.Reason, nameof(input.Reason), "调整依据", 200).That(input.From != default, nameof(input.From), "请填写起始日。").Throw();
        var item = await db.Items.SingleOrDefaultAsync(i => i.Id == id, ct) ?? throw NotFound.Of("该事项");
        item.ClassifyInspection(input.Class, input.From);
        await ledger.RecordAsync(new Act(item.Id, item.Code, input.Class, input.From, input.Reason.Trim()), RegisterPen.About(item), ItemsRules.InspectionInBatches, ct);
        return item;
    }
}
