using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Assistance;

/// <summary>
/// 答复协助请求: what was asked for, with files; the bureau may open named cases or parties to the department until a day (附件2 二(三)). What a department keeps of
/// supervision the bureau reads already.
/// </summary>
public sealed class AnswerAssistance(AppDb db, DutyBook duties, AttachFiles attach, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="Cases">Cases that are opened; by the bureau alone.</param>
    /// <param name="Parties">Parties whose cases and permits are opened; by the bureau alone.</param>
    /// <param name="Until">Last day of the access; needed with either.</param>
    /// <param name="WithFiles">The files of the cases as well.</param>
    /// <param name="Files">Uploads that have come in whole.</param>
    public sealed record Input(string Answer, IReadOnlyList<Guid>? Cases = null, IReadOnlyList<Guid>? Parties = null, DateOnly? Until = null, bool WithFiles = false, IReadOnlyList<Guid>? Files = null);

    /// <summary>Cases and parties that one answer opens at most.</summary>
    public const int Most = 50;

    /// <param name="Organ">The department of the two.</param>
    public sealed record Act(Guid Assistance, Guid Organ, int Grants) : IAct { public static string Name => "assistance.answered"; }

    /// <param name="Organ">That may read from now on.</param>
    public sealed record AccessGiven(Guid Assistance, Guid Grant, Guid Organ, Guid? Case, Guid? OfParty, DateOnly Until, bool WithFiles) : IAct { public static string Name => "assistance.access-given"; }

    public async Task<AssistanceRequest> RunAsync(Guid id, Input input, CancellationToken ct)
    {
        actor.Demand(Rights.AssistAnswer);
        var (cases, parties, today) = ((input.Cases ?? []).Distinct().ToList(), (input.Parties ?? []).Distinct().ToList(), clock.Today);
        var opens = cases.Count + parties.Count > 0;
        new InputCheck().Filled(input.Answer, nameof(input.Answer), "答复", 4000).That(cases.Count + parties.Count <= Most, nameof(input.Cases), $"一次答复最多开放{Most}个办件和相对人。").That(!opens || input.Until is not null, nameof(input.Until), "请填写开放到哪一天。")
            .That(input.Until is null || input.Until >= today, nameof(input.Until), "不能早于今天。").That(input.Until is null || input.Until <= today.AddDays(AssistanceRules.LongestAccess), nameof(input.Until), "最长一年;到期仍需要的,再请求一次。").Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var request = await db.TakeAskedAsync(actor, id, ct);
        request.Give(input.Answer, actor.Name, clock.Now);
        if (opens && request.ByBureau) throw new Refusal("assistance.bureau-reads", "审批局看得到本区的办件和监管信息,不需要开放权限。", AssistanceRules.BothWays, nameof(input.Cases));
        var numbers = await db.Cases.AsNoTracking().Where(c => cases.Contains(c.Id)).Select(c => new { c.Id, c.Number }).ToDictionaryAsync(c => c.Id, c => c.Number, ct);
        var names = await db.Parties.AsNoTracking().Where(p => parties.Contains(p.Id)).Select(p => new { p.Id, p.Name }).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        if (numbers.Count < cases.Count) throw new InvalidInput(nameof(input.Cases), "没有找到所填的办件。");
        if (names.Count < parties.Count) throw new InvalidInput(nameof(input.Parties), "没有找到所填的相对人。");
        foreach (var grant in cases.Select(c => Grant(request, c, null, numbers[c], input)).Concat(parties.Select(p => Grant(request, null, p, names[p], input))).ToList())
        {
            db.AccessGrants.Add(grant);
            ledger.Note(new AccessGiven(id, grant.Id, grant.Organ, grant.Case, grant.Party, grant.Until, grant.WithFiles), request.Ref, AssistanceRules.Assisting);
        }
        await attach.AddAsync(AssistanceAttachments.KindName, id, request.Ref, input.Files ?? [], ct);
        await duties.DischargeAsync(AssistanceRules.Answer, request.Ref, ct);
        await ledger.RecordAsync(new Act(id, request.Department, cases.Count + parties.Count), request.Ref, AssistanceRules.ArticleOf(request.ByBureau), ct);
        await together.CommitAsync(ct);
        return request;
    }

    private AccessGrant Grant(AssistanceRequest request, Guid? one, Guid? party, string title, Input input) => new()
    {
        District = db.District, Id = clock.NewId(), Request = request.Id, Organ = request.AskedBy, Case = one, Party = party, Title = title, WithFiles = input.WithFiles, Until = input.Until!.Value, GivenBy = actor.Name, GivenAt = clock.Now,
    };
}

/// <summary>不予协助, with the reason and what it rests on.</summary>
public sealed class RefuseAssistance(AppDb db, DutyBook duties, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Assistance, Guid Organ) : IAct { public static string Name => "assistance.refused"; }

    public async Task<AssistanceRequest> RunAsync(Guid id, string reason, string basis, CancellationToken ct)
    {
        actor.Demand(Rights.AssistAnswer);
        new InputCheck().Filled(reason, "Reason", "不予协助的理由", 2000).Filled(basis, "Basis", "依据", 1000).Throw();
        var request = await db.TakeAskedAsync(actor, id, ct);
        request.Refuse(reason, basis, actor.Name, clock.Now);
        await duties.DischargeAsync(AssistanceRules.Answer, request.Ref, ct);
        await ledger.RecordAsync(new Act(id, request.Department), request.Ref, AssistanceRules.ArticleOf(request.ByBureau), ct);
        return request;
    }
}

/// <summary>收回 access before its day, by the organ that gave it.</summary>
public sealed class RevokeAccess(AppDb db, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="Organ">That may no longer read.</param>
    public sealed record Act(Guid Assistance, Guid Grant, Guid Organ) : IAct { public static string Name => "assistance.access-revoked"; }

    public async Task<AccessGrant> RunAsync(Guid id, string reason, CancellationToken ct)
    {
        actor.Demand(Rights.AssistAnswer);
        new InputCheck().Filled(reason, "Reason", "收回的理由", 500).Throw();
        var organ = actor.RequireOrgan();
        var found = await (from g in db.AccessGrants join r in db.AssistanceRequests on g.Request equals r.Id where g.Id == id && r.AskedOf == organ select new { Grant = g, Request = r }).SingleOrDefaultAsync(ct) ?? throw NotFound.Of("该权限");
        found.Grant.Revoke(reason, actor.Name, clock.Today, clock.Now);
        await ledger.RecordAsync(new Act(found.Request.Id, id, found.Grant.Organ), found.Request.Ref, AssistanceRules.Assisting, ct);
        return found.Grant;
    }
}

/// <summary>查阅 what was opened: each look of a person is on the ledger, as each download of a file is.</summary>
public sealed class OpenGranted(AppDb db, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Assistance, Guid Grant, Guid Organ) : IAct { public static string Name => "assistance.access-used"; }

    /// <exception cref="NotFound">Absent, not the actor's, expired or taken back: the four are told apart to nobody.</exception>
    public async Task<AccessGrant> RunAsync(Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.AssistView);
        var (organ, today) = (actor.RequireOrgan(), clock.Today);
        var found = await (from g in db.AccessGrants.AsNoTracking() join r in db.AssistanceRequests.AsNoTracking() on g.Request equals r.Id where g.Id == id && g.Organ == organ && g.RevokedAt == null && g.Until >= today select new { Grant = g, Request = r }).SingleOrDefaultAsync(ct)
            ?? throw NotFound.Of("开放的办件或者相对人");
        await ledger.RecordAsync(new Act(found.Request.Id, id, organ), found.Request.Ref, AssistanceRules.Assisting, ct);
        return found.Grant;
    }
}
