using Liandong.Accounts;
using Liandong.Data;
using Liandong.Documents;
using Liandong.Documents.Layout;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Cases;
using Liandong.Modules.Linkage;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Consultations;

/// <summary>起草公务协同函: a department asks the bureau to hold back approvals of a party, or in one case, until a day. The official letter is drafted with it.</summary>
public sealed class RequestFreeze(AppDb db, DraftDocument draft, NumberBook numbers, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="Party">Needed unless a case is named.</param>
    /// <param name="Until">Last day on which it holds; a freeze without an end is not asked for.</param>
    public sealed record Input(FreezeScope Scope, string Reason, string Basis, DateOnly Until, Guid? Party = null, Guid? Case = null);

    /// <summary>A freeze is asked for a year at most.</summary>
    public const int MostDays = 366;

    public sealed record Act(Guid Freeze, Guid Organ, FreezeScope Scope, Guid Party, Guid? Case, DateOnly Until) : IAct { public static string Name => "freeze.requested"; }

    public async Task<FreezeRequest> RunAsync(Input input, CancellationToken ct)
    {
        actor.Demand(Rights.ConsultStart);
        var organ = actor.RequireOrgan();
        if (actor.IsBureau) throw new Refusal("freeze.by-department", "公务协同函由行政主管部门发给审批局。", ConsultationsRules.Assisting);
        new InputCheck().That(Enum.IsDefined(input.Scope), nameof(input.Scope), "请选择协同的范围。").Filled(input.Reason, nameof(input.Reason), "事由", 2000).Filled(input.Basis, nameof(input.Basis), "依据", 1000)
            .That(input.Until > clock.Today, nameof(input.Until), "协同期限应当晚于今天。").That(input.Until <= clock.Today.AddDays(MostDays), nameof(input.Until), "协同期限不能超过一年;到期仍需要的,再发一次函。")
            .That(input.Party is not null || input.Case is not null, nameof(input.Party), "请写明是哪个相对人或者哪件办件。").Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var about = input.Case is { } one ? await db.Cases.AsNoTracking().VisibleTo(db, actor).SingleOrDefaultAsync(c => c.Id == one, ct) ?? throw new InvalidInput(nameof(input.Case), "没有找到这件办件,或者与本单位无关。") : null;
        var partyId = about?.Party ?? input.Party!.Value;
        // Whoever supervises a party, or is handed it for enforcement, may ask; others do not learn here whether it exists.
        var concerned = about is not null || await db.Pushes.AnyAsync(p => p.Party == partyId && p.State != PushState.Pending && (p.Organ == organ || db.Enforcements.Any(e => e.Push == p.Id && e.To == organ)), ct);
        var party = concerned ? await db.Parties.AsNoTracking().SingleOrDefaultAsync(p => p.Id == partyId, ct) : null;
        if (party is null) throw new InvalidInput(nameof(input.Party), "没有找到这个相对人,或者与本单位无关。");
        var bureau = await LinkageOrgans.BureauAsync(db, clock.Today, ct);
        var (id, number) = (clock.NewId(), await numbers.NextAsync(await DocumentNumbers.CodeAsync(db, organ, ct) + "协", clock.Today.Year, ct));
        var subject = new Kernel.Duties.Subject(FreezeLetters.KindName, id, number, "公务协同函");
        var letter = await draft.RunAsync(new DraftDocument.Input(DocumentKind.Letter, $"关于商请{ConsultationsWords.Of(input.Scope)}的公务协同函", BodyText.Read($"""
            因{input.Reason.Trim().TrimEnd('。', ';', ',')},商请贵局予以协同。
            一、协同的对象
            {party.Name}{(about is null ? "" : $"的“{about.ItemName}”办件({about.Number})")}。
            二、协同的范围和期限
            {ConsultationsWords.Of(input.Scope)},至{ChineseDates.Plain(input.Until)}止;提前解除的,我单位另行告知。
            三、依据
            {input.Basis.Trim()}
            """), [bureau], About: subject), ct);
        var freeze = new FreezeRequest
        {
            District = db.District, Id = id, Number = number, Organ = organ, Bureau = bureau, Case = about?.Id, CaseNumber = about?.Number ?? "", Party = party.Id, PartyName = party.Name, Scope = input.Scope, Reason = input.Reason.Trim(),
            Basis = input.Basis.Trim(), Until = input.Until, Letter = letter.Id, Who = actor.Name, RequestedAt = clock.Now,
        };
        db.FreezeRequests.Add(freeze);
        await ledger.RecordAsync(new Act(id, organ, input.Scope, party.Id, about?.Id, input.Until), freeze.Ref, ConsultationsRules.Assisting, ct);
        await together.CommitAsync(ct);
        return freeze;
    }
}

/// <summary>解除 before the day: by the organ that asked. One whose letter is not served yet is withdrawn, and its draft cancelled.</summary>
public sealed class LiftFreeze(AppDb db, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Freeze, Guid Organ) : IAct { public static string Name => "freeze.lifted"; }

    public async Task<FreezeRequest> RunAsync(Guid id, string reason, CancellationToken ct)
    {
        actor.Demand(Rights.ConsultStart);
        new InputCheck().Filled(reason, "Reason", "解除的理由", 500).Throw();
        var organ = actor.RequireOrgan();
        var freeze = await db.FreezeRequests.SingleOrDefaultAsync(f => f.Id == id && f.Organ == organ, ct) ?? throw NotFound.Of("该协同函");
        freeze.Lift(reason.Trim(), actor.Name, clock.Today, clock.Now);
        if (freeze.State == FreezeState.Withdrawn && await db.OfficialDocuments.SingleAsync(d => d.Id == freeze.Letter, ct) is { IsSigned: false } draft && draft.State != DocumentState.Cancelled)
        {
            draft.Cancel("公务协同函已经撤回", clock.Now);
            ledger.Note(new CancelDocument.Act(draft.Id, draft.Organ), draft.OnLedger, DocumentsRules.Of(draft.Kind));
        }
        await ledger.RecordAsync(new Act(id, organ), freeze.Ref, ConsultationsRules.Assisting, ct);
        return freeze;
    }
}

/// <summary>The letter of a freeze request: it holds from the moment when the bureau is served.</summary>
public sealed class FreezeLetters(AppDb db, Ledger ledger, Actor actor, Clock clock) : IDocumentMatter
{
    public const string KindName = "freeze";

    public sealed record InForce(Guid Freeze, Guid Organ, DateOnly Until) : IAct { public static string Name => "freeze.in-force"; }

    public string Kind => KindName;

    public Task<MatterAnswers> AnswersAsync(OfficialDocument document, CancellationToken ct) => Task.FromResult(MatterAnswers.None);

    public async Task ServedAsync(OfficialDocument document, IReadOnlyList<Guid> to, CancellationToken ct)
    {
        var freeze = await db.FreezeRequests.SingleAsync(f => f.Id == document.AboutId, ct);
        if (!to.Contains(freeze.Bureau)) return;
        freeze.TakeEffect(clock.Today, clock.Now);
        ledger.Note(new InForce(freeze.Id, freeze.Organ, freeze.Until), freeze.Ref, ConsultationsRules.Assisting);
    }

    public async Task<MatterPlace?> PlaceAsync(Guid matter, CancellationToken ct) =>
        actor.May(Rights.ConsultView) && actor.Organ is not null && await db.FreezeRequests.AsNoTracking().VisibleTo(actor).AnyAsync(f => f.Id == matter, ct) ? new MatterPlace("公务协同", $"/freezes/{matter}", null) : null;
}
