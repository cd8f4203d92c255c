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

namespace Liandong.Modules.Assistance;

/// <summary>请求协助, by a department of the bureau or by the bureau of a department. It is served as it is made, and the answer is owed from then on.</summary>
public sealed class AskAssistance(AppDb db, DutyBook duties, NumberBook numbers, AttachFiles attach, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="Of">The department that the bureau asks; a department always asks the bureau.</param>
    /// <param name="AboutText">Case number, party's code or whole name, item's code.</param>
    /// <param name="Files">Uploads that have come in whole.</param>
    public sealed record Input(AssistanceKind Kind, string Title, string Purpose, string Basis, string Asked, AssistanceSubject About = AssistanceSubject.Nothing, string AboutText = "", Guid? Of = null, IReadOnlyList<Guid>? Files = null);

    /// <param name="Organ">The department of the two.</param>
    public sealed record Act(Guid Assistance, Guid Organ, bool ByBureau, AssistanceKind Kind, AssistanceSubject About) : IAct { public static string Name => "assistance.asked"; }

    public async Task<AssistanceRequest> RunAsync(Input input, CancellationToken ct)
    {
        actor.Demand(Rights.AssistAsk);
        var (own, today) = (actor.RequireOrgan(), clock.Today);
        new InputCheck().That(Enum.IsDefined(input.Kind), nameof(input.Kind), "请选择请求什么。").Filled(input.Title, nameof(input.Title), "请求事项", 100).Filled(input.Purpose, nameof(input.Purpose), "用途", 1000).Filled(input.Basis, nameof(input.Basis), "依据", 1000)
            .Filled(input.Asked, nameof(input.Asked), "请求的内容", 4000).That(Enum.IsDefined(input.About), nameof(input.About), "请选择关于什么。").NotLonger(input.AboutText, nameof(input.AboutText), "编号或者名称", 200)
            .That(input.About == AssistanceSubject.Nothing || !string.IsNullOrWhiteSpace(input.AboutText), nameof(input.AboutText), "请填写办件编号、相对人的代码或者名称、事项编码。").Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var bureau = await LinkageOrgans.BureauAsync(db, today, ct);
        var of = own != bureau ? bureau : input.Of ?? throw new InvalidInput(nameof(input.Of), "请选择请哪个部门协助。");
        if (own != bureau && input.Of is { } other && other != bureau) throw new InvalidInput(nameof(input.Of), "部门请审批局协助;部门之间的协助不在平台上办理。");
        if (!await db.Organs.AnyAsync(o => o.Id == of && o.Id != own && o.From <= today && (o.To == null || o.To >= today) && (o.Kind == OrganKind.Bureau || o.Kind == OrganKind.Department || o.Kind == OrganKind.Government), ct))
            throw new InvalidInput(nameof(input.Of), "名录中没有所选的部门。");
        var request = new AssistanceRequest
        {
            District = db.District, Id = clock.NewId(), Number = await numbers.NextAsync(await DocumentNumbers.CodeAsync(db, own, ct) + "助", today.Year, ct), Kind = input.Kind, AskedBy = own, AskedOf = of, ByBureau = own == bureau, Title = input.Title.Trim(),
            Purpose = input.Purpose.Trim(), Basis = input.Basis.Trim(), Asked = input.Asked.Trim(), About = input.About, AboutText = input.About == AssistanceSubject.Nothing ? "" : input.AboutText.Trim(), AboutId = await AboutAsync(input, ct), Who = actor.Name, AskedAt = clock.Now,
        };
        db.AssistanceRequests.Add(request);
        await attach.AddAsync(AssistanceAttachments.KindName, request.Id, request.Ref, input.Files ?? [], ct);
        await duties.OpenAsync(AssistanceRules.Answer, owedBy: of, owedTo: own, request.Ref, ct);
        await ledger.RecordAsync(new Act(request.Id, request.Department, request.ByBureau, input.Kind, input.About), request.Ref, AssistanceRules.ArticleOf(request.ByBureau), ct);
        await together.CommitAsync(ct);
        return request;
    }

    /// <summary>What is named, where there is such a thing. The organ that asks is not told.</summary>
    private Task<Guid?> AboutAsync(Input input, CancellationToken ct)
    {
        var text = input.AboutText.Trim();
        return input.About switch
        {
            AssistanceSubject.Case => db.Cases.Where(c => c.Number == text).Select(c => (Guid?)c.Id).FirstOrDefaultAsync(ct),
            AssistanceSubject.Party => db.Parties.Where(p => p.Code == text || p.Name == text && p.Code != "").OrderBy(p => p.Id).Select(p => (Guid?)p.Id).FirstOrDefaultAsync(ct),
            AssistanceSubject.Item => db.Items.Where(i => i.Code == text || i.Name == text).OrderBy(i => i.Code).Select(i => (Guid?)i.Id).FirstOrDefaultAsync(ct),
            _ => Task.FromResult<Guid?>(null),
        };
    }
}

/// <summary>签收 by the organ that is asked. A page that is opened is no receipt; repeated, it is no error and leaves no second entry.</summary>
public sealed class ReadAssistance(AppDb db, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Assistance, Guid Organ) : IAct { public static string Name => "assistance.read"; }

    public async Task<AssistanceRequest> RunAsync(Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.AssistAnswer);
        var request = await db.TakeAskedAsync(actor, id, ct);
        if (request.Read(actor.Name, clock.Now)) await ledger.RecordAsync(new Act(id, request.Department), request.Ref, AssistanceRules.ArticleOf(request.ByBureau), ct);
        return request;
    }
}

/// <summary>撤回 by the organ that asked, before it is answered.</summary>
public sealed class WithdrawAssistance(AppDb db, DutyBook duties, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Assistance, Guid Organ) : IAct { public static string Name => "assistance.withdrawn"; }

    public async Task<AssistanceRequest> RunAsync(Guid id, string reason, CancellationToken ct)
    {
        actor.Demand(Rights.AssistAsk);
        new InputCheck().Filled(reason, "Reason", "撤回的理由", 500).Throw();
        var organ = actor.RequireOrgan();
        var request = await db.AssistanceRequests.SingleOrDefaultAsync(r => r.Id == id && r.AskedBy == organ, ct) ?? throw NotFound.Of("该协助请求");
        request.Withdraw(reason, actor.Name, clock.Now);
        await duties.CancelAsync(AssistanceRules.Answer, request.Ref, reason.Trim(), ct);
        await ledger.RecordAsync(new Act(id, request.Department), request.Ref, AssistanceRules.ArticleOf(request.ByBureau), ct);
        return request;
    }
}
