using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Data;
using Liandong.Documents;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Directory;
using Liandong.Modules.Linkage;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Policies;

/// <summary>
/// 登记政策调整: it is known from now on, and the department owes the notice. A department records its own; the bureau may record one that it learned of first,
/// and names the department that has to notify it.
/// </summary>
public sealed class RecordPolicy(AppDb db, PolicySteps steps, NumberBook numbers, AttachFiles attach, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="Organ">The department that notifies; for the bureau's record alone.</param>
    /// <param name="Items">Items that it touches; more may be named until both sides have confirmed.</param>
    /// <param name="Supersedes">An earlier change of the same department that this one replaces once it is served.</param>
    /// <param name="Files">Uploads that have come in whole.</param>
    public sealed record Input(PolicyText Text, Guid? Organ = null, IReadOnlyList<Guid>? Items = null, Guid? Supersedes = null, IReadOnlyList<Guid>? Files = null);

    /// <param name="Organ">The department that notifies.</param>
    public sealed record Act(Guid Policy, Guid Organ, Guid By, PolicyKind Kind, DateOnly KnownOn, DateOnly EffectiveOn, int Edition, Guid? Supersedes, IReadOnlyList<Guid> Items) : IAct { public static string Name => "policy.recorded"; }

    public async Task<PolicyChange> RunAsync(Input input, CancellationToken ct)
    {
        actor.DemandOneOf(Rights.PolicyNotify, Rights.PolicyAdapt);
        var (own, today) = (actor.RequireOrgan(), clock.Today);
        steps.Check(input.Text);
        await using var together = await ledger.TogetherAsync(ct);
        var bureau = await LinkageOrgans.BureauAsync(db, today, ct);
        var organ = own == bureau ? input.Organ ?? throw new InvalidInput(nameof(input.Organ), "请选择应当函告的部门。") : own;
        // The bureau is told; it tells nobody itself.
        if (organ == bureau || own != bureau && input.Organ is { } other && other != own) throw new InvalidInput(nameof(input.Organ), "由行政主管部门函告本部门的政策调整。");
        if (!await db.Organs.AnyAsync(o => o.Id == organ && o.Kind != OrganKind.Bureau && o.From <= today && (o.To == null || o.To >= today), ct)) throw new InvalidInput(nameof(input.Organ), "名录中没有所选的单位。");
        var earlier = await EarlierAsync(input.Supersedes, organ, ct);
        var id = clock.NewId();
        var policy = new PolicyChange
        {
            District = db.District, Id = id, Number = await numbers.NextAsync(await DocumentNumbers.CodeAsync(db, organ, ct) + "政", today.Year, ct), Organ = organ, Bureau = bureau, RecordedBy = own, Who = actor.Name, RecordedAt = clock.Now,
            Edition = (earlier?.Edition ?? 0) + 1, Supersedes = earlier?.Id, Series = earlier?.Series ?? id,
        };
        policy.Write(input.Text);
        db.PolicyChanges.Add(policy);
        var items = await steps.NameAsync(policy, input.Items ?? [], ct);
        await attach.AddAsync(PolicyAttachments.KindName, policy.Id, policy.OnLedger, input.Files ?? [], ct);
        await steps.OpenNotifyAsync(policy, ct);
        await ledger.RecordAsync(new Act(id, organ, own, policy.Kind, policy.KnownOn, policy.EffectiveOn, policy.Edition, earlier?.Id, items), policy.OnLedger, PoliciesRules.ArticleOf(policy.Kind), ct);
        await together.CommitAsync(ct);
        return policy;
    }

    private async Task<PolicyChange?> EarlierAsync(Guid? id, Guid organ, CancellationToken ct)
    {
        if (id is not { } earlierId) return null;
        var earlier = await db.PolicyChanges.AsNoTracking().SingleOrDefaultAsync(p => p.Id == earlierId && p.Organ == organ, ct) ?? throw new InvalidInput("Supersedes", "没有找到要取代的政策,或者不是同一部门函告的。");
        earlier.MustBeLatest();
        if (await db.PolicyChanges.AnyAsync(p => p.Supersedes == earlierId && p.State == PolicyState.Known, ct)) throw new Refusal("policy.next-recorded", "该政策的新版已经登记,还没有函告,请在那一条上修改。", PoliciesRules.Notifying);
        return earlier;
    }
}

/// <summary>修改 what is recorded, before it is served. Another day of knowledge or effect counts the limit anew.</summary>
public sealed class RevisePolicy(AppDb db, PolicySteps steps, DutyBook duties, Ledger ledger, Actor actor)
{
    public sealed record Act(Guid Policy, Guid Organ, PolicyKind Kind, DateOnly KnownOn, DateOnly EffectiveOn) : IAct { public static string Name => "policy.revised"; }

    public async Task<PolicyChange> RunAsync(Guid id, PolicyText text, CancellationToken ct)
    {
        actor.Demand(Rights.PolicyNotify);
        steps.Check(text);
        var policy = await steps.TakeOwnAsync(id, ct);
        await steps.MustNotBeInSignedLetterAsync(policy, ct);
        var (known, effective) = (policy.KnownOn, policy.EffectiveOn);
        policy.Write(text);
        // The bureau wrote down when it was known: only an earlier day is the department's to say.
        if (policy.RecordedBy == policy.Bureau && policy.KnownOn > known) throw new Refusal("policy.known-earlier", $"审批局登记时已经知悉({known:yyyy-MM-dd}),知悉日期不能推后。", PoliciesRules.Notifying, nameof(text.KnownOn));
        if (!policy.TouchesItems) db.TouchedItems.RemoveRange(await db.TouchedItems.Where(t => t.Policy == id).ToListAsync(ct));
        if ((known, effective) != (policy.KnownOn, policy.EffectiveOn))
        {
            await duties.SupersedeAsync(PoliciesRules.Notify, policy.Ref, "知悉日期或者施行日期更正", ct);
            await steps.OpenNotifyAsync(policy, ct);
        }
        await ledger.RecordAsync(new Act(id, policy.Organ, policy.Kind, policy.KnownOn, policy.EffectiveOn), policy.OnLedger, PoliciesRules.ArticleOf(policy.Kind), ct);
        return policy;
    }
}

/// <summary>撤销 a record made in error, before it is served.</summary>
public sealed class WithdrawPolicy(AppDb db, PolicySteps steps, DutyBook duties, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Policy, Guid Organ) : IAct { public static string Name => "policy.withdrawn"; }

    public async Task<PolicyChange> RunAsync(Guid id, string reason, CancellationToken ct)
    {
        actor.DemandOneOf(Rights.PolicyNotify, Rights.PolicyAdapt);
        new InputCheck().Filled(reason, "Reason", "撤销的理由", 500).Throw();
        var organ = actor.RequireOrgan();
        // Whoever wrote it down takes it back: a department does not strike out what the bureau holds against it.
        var policy = await db.PolicyChanges.SingleOrDefaultAsync(p => p.Id == id && p.RecordedBy == organ, ct) ?? throw NotFound.Of("该政策调整");
        await steps.MustNotBeInSignedLetterAsync(policy, ct);
        policy.Withdraw(reason, clock.Now);
        if (await steps.OpenLetterAsync(policy, ct) is { } letter)
        {
            letter.Cancel("登记已经撤销", clock.Now);
            ledger.Note(new CancelDocument.Act(letter.Id, letter.Organ), letter.OnLedger, PoliciesRules.ArticleOf(policy.Kind));
        }
        await duties.CancelAsync(PoliciesRules.Notify, policy.Ref, reason.Trim(), ct);
        await ledger.RecordAsync(new Act(id, policy.Organ), policy.OnLedger, PoliciesRules.ArticleOf(policy.Kind), ct);
        return policy;
    }
}
