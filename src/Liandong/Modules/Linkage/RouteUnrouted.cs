using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Cases;
using Liandong.Modules.Directory;
using Liandong.Modules.Items;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Linkage;

/// <summary>处理未能推送的结果: once more by the register, after it was mended, or to organs that the bureau names.</summary>
public sealed class RouteUnrouted(AppDb db, SendPushes pushes, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record ByHand(Guid Main, IReadOnlyList<Guid> Assisting, string Reason);

    public sealed record Act(Guid Case, int Pushes) : IAct { static string IAct.Name => "push.rerouted-by-register"; }

    public sealed record HandAct(Guid Case, Guid Main, IReadOnlyList<Guid> Assisting) : IAct { static string IAct.Name => "push.routed-by-hand"; }

    /// <summary>按责任清单重新推送. Refuses with the present reason when the register still names nobody; the queue then shows that reason.</summary>
    public async Task<IReadOnlyList<Push>> RetryAsync(Guid id, CancellationToken ct)
    {
        await using var together = await ledger.TogetherAsync(ct);
        var (failure, decided) = await TakeAsync(id, ct);
        var routed = Routing.Route(await pushes.RegisterAsync(ct), decided.Item, decided.Division, Beijing.DayOf(decided.DecidedAt!.Value));
        if (routed.Main is null) throw new Refusal("push.still-unrouted", $"仍然没有找到监管单位:{routed.Failure}", LinkageRules.Pushing);
        var sent = await pushes.AddLaterAsync(decided, routed.Organs, ct);
        failure.Resolve("按责任清单重新推送", clock.Now);
        await ledger.RecordAsync(new Act(decided.Id, sent.Count), decided.Ref, LinkageRules.Pushing, ct);
        await together.CommitAsync(ct);
        return sent;
    }

    /// <summary>Everything in the queue that the register names an organ for by now. Returns how many cases were pushed.</summary>
    public async Task<int> RetryAllAsync(CancellationToken ct)
    {
        actor.Demand(Rights.PushReroute);
        if (!UnroutedQueries.MayRoute(actor)) throw NotFound.Of("未能推送的结果");
        var waiting = await db.RoutingFailures.AsNoTracking().Where(f => f.ResolvedAt == null).OrderBy(f => f.FailedAt).ThenBy(f => f.Id).ToListAsync(ct);
        var register = await pushes.RegisterAsync(ct);
        var found = waiting.Where(f => Routing.Route(register, f.Item, f.Division, Beijing.DayOf(f.DecidedAt)).Main is not null).ToList();
        if (found.Count == 0) return 0;
        await using var together = await ledger.TogetherAsync(ct);
        foreach (var failure in found.Take(500)) await RetryAsync(failure.Case, ct);
        await together.CommitAsync(ct);
        return Math.Min(found.Count, 500);
    }

    /// <summary>人工指定, with the reason why the register could not say it.</summary>
    public async Task<IReadOnlyList<Push>> AssignAsync(Guid id, ByHand input, CancellationToken ct)
    {
        new InputCheck().That(input.Main != Guid.Empty, nameof(input.Main), "请选择主监管单位。").Filled(input.Reason, nameof(input.Reason), "指定的依据", 500)
            .That(!input.Assisting.Contains(input.Main), nameof(input.Assisting), "协助单位不能与主监管单位相同。").Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var (failure, decided) = await TakeAsync(id, ct);
        var today = clock.Today;
        Guid[] named = [input.Main, .. input.Assisting.Distinct()];
        var organs = await db.Organs.AsNoTracking().Where(o => named.Contains(o.Id) && o.Kind != OrganKind.Bureau && o.From <= today && (o.To == null || o.To >= today)).ToDictionaryAsync(o => o.Id, ct);
        if (!organs.ContainsKey(input.Main)) throw new InvalidInput(nameof(input.Main), "这个单位不能作为监管单位。");
        if (organs.Count < named.Length) throw new InvalidInput(nameof(input.Assisting), "所选单位中有的不能作为监管单位。");
        var register = await pushes.RegisterAsync(ct);
        var routed = named.Select((organ, i) => new RoutedOrgan(organ, i == 0 ? ResponsibilityKind.Main : ResponsibilityKind.Assisting, null, null, null, register.Version, $"人工指定 {organs[organ].ShortName}:{input.Reason.Trim()}")).ToList();
        var sent = await pushes.AddLaterAsync(decided, routed, ct);
        failure.Resolve($"人工指定:{input.Reason.Trim()}", clock.Now);
        await ledger.RecordAsync(new HandAct(decided.Id, input.Main, [.. named.Skip(1)]), decided.Ref, LinkageRules.Pushing, ct);
        await together.CommitAsync(ct);
        return sent;
    }

    private async Task<(RoutingFailure Failure, Case Decided)> TakeAsync(Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.PushReroute);
        if (!UnroutedQueries.MayRoute(actor)) throw NotFound.Of("该办件");
        var failure = await db.RoutingFailures.SingleOrDefaultAsync(f => f.Case == id, ct) ?? throw NotFound.Of("该办件");
        if (failure.ResolvedAt is not null) throw new Refusal("push.already-routed", $"该办件已经推送({failure.Resolution})。", LinkageRules.Pushing);
        return (failure, await db.Cases.SingleAsync(c => c.Id == id, ct));
    }
}
