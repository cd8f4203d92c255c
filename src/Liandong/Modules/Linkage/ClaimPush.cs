using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Linkage;

/// <summary>认领推送。页面与接口共用此用例。</summary>
public sealed class ClaimPush(AppDb db, ClaimLine line, Ledger ledger, Actor actor, PushSteps steps, RequestKey key)
{
    public sealed record Act(Guid Push, Guid Organ, Guid? Section) : IAct { public static string Name => "push.claimed"; }

    /// <param name="section">The section that will supervise; the register's proposal stays when omitted.</param>
    public async Task<Push> RunAsync(Guid id, Guid? section, CancellationToken ct)
    {
        var outcome = (await RunManyAsync([id], section, ct))[0];
        return outcome.Push ?? throw outcome.Refused!;
    }

    /// <summary>Several at once, each for itself: a refused one leaves the others as they are.</summary>
    public async Task<IReadOnlyList<ClaimOutcome>> RunManyAsync(IReadOnlyList<Guid> ids, Guid? section, CancellationToken ct)
    {
        actor.Demand(Rights.PushClaim);
        ledger.MustStandAlone("Claims");
        var outcomes = (await line.SubmitAsync(db.District, actor, ids, section, key.Once, ct)).ToArray();
        if (key.Key is not null) key.Entry ??= outcomes.FirstOrDefault(o => o.Entry is not null)?.Entry;
        for (var i = 0; i < outcomes.Length; i++)
            if (outcomes[i].Refused is Refusal { Code: "push.already-claimed" or "push.already-returned" } && await steps.WhoWasFirstAsync(ids[i], ct) is { } first)
                outcomes[i] = outcomes[i] with { Refused = first };
        return outcomes;
    }
}

/// <summary>批量认领: one act of the person, one claim and one ledger entry per push, a result per row.</summary>
public sealed class ClaimPushes(ClaimPush claim, AppDb db, Actor actor)
{
    public const int Most = 200;

    /// <param name="Why">Why it was not claimed; empty when it was.</param>
    public sealed record Outcome(Guid Id, string Number, bool Claimed, string Why);

    public async Task<IReadOnlyList<Outcome>> RunAsync(IReadOnlyList<Guid> ids, Guid? section, CancellationToken ct)
    {
        actor.Demand(Rights.PushClaim);
        var chosen = ids.Distinct().ToList();
        new InputCheck().That(chosen.Count > 0, "Ids", "请先勾选要认领的推送。").That(chosen.Count <= Most, "Ids", $"一次最多认领{Most}件,请分批办理。").Throw();
        var outcomes = await claim.RunManyAsync(chosen, section, ct);
        if (outcomes.Select(o => o.Refused).OfType<InvalidInput>().FirstOrDefault() is { } wrong) throw wrong;
        var refused = chosen.Where((_, i) => outcomes[i].Push is null).ToArray();
        var numbers = refused.Length == 0 ? [] : await db.Pushes.AsNoTracking().Where(p => EF.Parameter(refused).Contains(p.Id) && p.Organ == actor.Organ).ToDictionaryAsync(p => p.Id, p => p.Number, ct);
        return [.. chosen.Select((id, i) => outcomes[i] is { Push: { } push } ? new Outcome(id, push.Number, true, "") : new Outcome(id, numbers.GetValueOrDefault(id, ""), false, outcomes[i].Refused!.Message))];
    }
}
