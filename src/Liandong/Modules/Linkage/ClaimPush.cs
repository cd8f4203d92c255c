using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Supervision;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Linkage;

/// <summary>认领推送。页面与接口共用此用例。</summary>
public sealed class ClaimPush(AppDb db, DutyBook duties, Ledger ledger, Actor actor, Clock clock, PushSteps steps)
{
    public sealed record Act(Guid Push, Guid Organ, Guid? Section) : IAct { public static string Name => "push.claimed"; }

    /// <param name="section">The section that will supervise; the register's proposal stays when omitted.</param>
    public Task<Push> RunAsync(Guid id, Guid? section, CancellationToken ct) => steps.InTurnAsync(id, () => ClaimAsync(id, section, ct), ct);

    private async Task<Push> ClaimAsync(Guid id, Guid? section, CancellationToken ct)
    {
        actor.Demand(Rights.PushClaim);
        var found = await db.Pushes.Where(p => p.Id == id && p.Organ == actor.Organ && p.State != PushState.Pending)
            .Select(p => new { Push = p, Planned = db.SupervisionPlans.Any(s => s.Organ == p.Organ && s.Party == p.Party && s.Push == null && s.State == PlanState.Open) })
            .SingleOrDefaultAsync(ct) ?? throw NotFound.Of("该推送");
        var push = found.Push;
        if (section is { } chosen && !await db.Sections.AnyAsync(s => s.Id == chosen && s.Organ == push.Organ, ct)) throw new InvalidInput("Section", "没有这个科室。");
        var unsigned = push.SignedAt is null;
        push.Claim(section, by: actor.Person, at: clock.Now);
        await duties.DischargeAsync(LinkageRules.ClaimResult, push.Ref, ct);
        await MatterBook.OpenAsync(db, push, found.Planned, ct);
        if (unsigned) steps.Add(push, "signed", "认领视同签收");
        steps.Add(push, "claimed");
        await ledger.RecordAsync(new Act(push.Id, push.Organ, push.Section), push.Ref, LinkageRules.Claiming, ct);
        return push;
    }
}

/// <summary>批量认领: one act of the person, one claim and one ledger entry per push, a result per row.</summary>
public sealed class ClaimPushes(ClaimPush claim, Ledger ledger, AppDb db, Actor actor)
{
    public const int Most = 200;

    /// <param name="Why">Why it was not claimed; empty when it was.</param>
    public sealed record Outcome(Guid Id, string Number, bool Claimed, string Why);

    public async Task<IReadOnlyList<Outcome>> RunAsync(IReadOnlyList<Guid> ids, Guid? section, CancellationToken ct)
    {
        actor.Demand(Rights.PushClaim);
        var chosen = ids.Distinct().ToList();
        new InputCheck().That(chosen.Count > 0, "Ids", "请先勾选要认领的推送。").That(chosen.Count <= Most, "Ids", $"一次最多认领{Most}件,请分批办理。").Throw();
        var outcomes = new List<Outcome>();
        // Under the chain head from the first row on, so that nobody can come in between and a row that is refused leaves the others as they are.
        await using var together = await ledger.TogetherAsync(ct);
        foreach (var id in chosen)
        {
            try
            {
                outcomes.Add(new Outcome(id, (await claim.RunAsync(id, section, ct)).Number, true, ""));
            }
            catch (Exception refused) when (refused is Refusal or NotFound)
            {
                var number = await db.Pushes.AsNoTracking().Where(p => p.Id == id && p.Organ == actor.Organ).Select(p => p.Number).FirstOrDefaultAsync(ct);
                outcomes.Add(new Outcome(id, number ?? "", false, refused.Message));
            }
        }
        await together.CommitAsync(ct);
        return outcomes;
    }
}
