using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Items;

/// <summary>停用事项: the item is no longer handled after a day. Its lines in the register stay as they are; nothing is routed under them any more.</summary>
public sealed class EndItem(AppDb db, Ledger ledger, Actor actor, RegisterBook register)
{
    public sealed record Input(DateOnly LastDay, string Reason);

    public sealed record Act(Guid Item, string Code, DateOnly LastDay, string Reason) : IAct { static string IAct.Name => "item.ended"; }

    public async Task<Item> RunAsync(Guid id, Input input, CancellationToken ct)
    {
        actor.Demand(Rights.ItemEdit);
        new InputCheck().Filled(input.Reason, nameof(input.Reason), "停用原因", 200).Throw();
        var item = await db.Items.SingleOrDefaultAsync(i => i.Id == id, ct) ?? throw NotFound.Of("该事项");
        item.End(input.LastDay, input.Reason);
        await ledger.RecordAsync(new Act(item.Id, item.Code, input.LastDay, input.Reason.Trim()), RegisterPen.About(item), null, ct);
        register.Forget();
        return item;
    }
}
