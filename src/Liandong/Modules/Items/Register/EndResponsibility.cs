using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Items;

/// <summary>结束监管责任: a line holds until a day. Where nobody follows, the item has a gap, which the register shows.</summary>
public sealed class EndResponsibility(AppDb db, Ledger ledger, Actor actor, RegisterPen pen, RegisterBook register)
{
    public sealed record Input(DateOnly LastDay, string Source);

    public sealed record Act(Guid Line, Guid Item, DateOnly LastDay, int RegisterVersion) : IAct { static string IAct.Name => "responsibility.ended"; }

    public async Task<Responsibility> RunAsync(Guid id, Input input, CancellationToken ct)
    {
        actor.Demand(Rights.RegisterEdit);
        new InputCheck().Filled(input.Source, nameof(input.Source), "来源依据").That(input.LastDay != default, nameof(input.LastDay), "请填写责任终止日。").Throw();
        var line = await db.Responsibilities.SingleOrDefaultAsync(l => l.Id == id, ct) ?? throw NotFound.Of("这条监管责任");
        if (line.To <= input.LastDay) throw new Refusal("register.line-ended", $"这条监管责任已于{line.To:yyyy-MM-dd}结束。", field: nameof(input.LastDay));
        var item = await pen.ItemAsync(line.Item, ct);
        var revision = await pen.NextVersionAsync(input.Source, ct);
        line.End(input.LastDay, revision.Number, input.Source);
        revision.Count(added: 0, ended: 1);
        await ledger.RecordAsync(new Act(line.Id, line.Item, line.To!.Value, revision.Number), RegisterPen.About(item), ItemsRules.Supervising, ct);
        register.Forget();
        return line;
    }
}
