using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Data;
using Liandong.Documents;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Cases;
using Liandong.Modules.Directory;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Consultations;

/// <summary>
/// 发起会商, by the bureau or by a department (附件2 一(四)). Asked by letter, the letter is drafted and nobody else learns of it before that is served; otherwise the organs are
/// asked at once.
/// </summary>
public sealed class StartConsultation(AppDb db, ConsultationSteps steps, DraftConsultationLetter letters, NumberBook numbers, AttachFiles attach, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="Organs">The organs that are asked.</param>
    /// <param name="Form">Null for the one that follows from their number; <see cref="ConsultationForm.LiaisonReview"/> with a case only.</param>
    /// <param name="Case">At most one of case, item and party.</param>
    /// <param name="AnswerBy">The day by which they are to answer; the district's number of working days when omitted.</param>
    /// <param name="Files">Uploads that have come in whole.</param>
    public sealed record Input(
        string Title, string Question, ConsultationSubject Subject, string Basis, IReadOnlyList<Guid> Organs, ConsultationForm? Form = null, Guid? Case = null, Guid? Item = null, Guid? Party = null, DateOnly? AnswerBy = null,
        IReadOnlyList<Guid>? Files = null);

    public sealed record Act(Guid Consultation, Guid Organ, ConsultationSubject Subject, ConsultationForm Form, string AboutKind, Guid? About) : IAct { public static string Name => "consultation.started"; }

    public async Task<Consultation> RunAsync(Input input, CancellationToken ct)
    {
        actor.Demand(Rights.ConsultStart);
        var organ = actor.RequireOrgan();
        var asked = input.Organs.Distinct().ToList();
        new InputCheck().Filled(input.Title, nameof(input.Title), "会商事项", 100).Filled(input.Question, nameof(input.Question), "要研究的问题", 4000).Filled(input.Basis, nameof(input.Basis), "依据", 1000)
            .That(asked.Count > 0, nameof(input.Organs), "请选择征求哪些单位的意见。")
            .That(!asked.Contains(organ), nameof(input.Organs), "不必征求本单位自己的意见。")
            .That(input.AnswerBy is null || input.AnswerBy > clock.Today, nameof(input.AnswerBy), "答复日期应当晚于今天。")
            .That(new[] { input.Case, input.Item, input.Party }.Count(id => id is not null) <= 1, nameof(input.Case), "办件、事项、相对人只能选一项。").Throw();
        var form = input.Form ?? ConsultationForms.Proposed(asked.Count);
        if (form == ConsultationForm.LiaisonReview)
        {
            if (!actor.IsBureau) throw new Refusal("consultation.review-by-bureau", "审批过程中商请联络员参与审核,由审批局发起。", ConsultationsRules.Reviewing, "Form");
            if (input.Case is null) throw new Refusal("consultation.review-needs-case", "商请联络员参与审核的,应当写明是哪一件办件。", ConsultationsRules.Reviewing, "Case");
        }
        else ConsultationForms.Demand(form, asked.Count);

        await using var together = await ledger.TogetherAsync(ct);
        await DemandOrgansAsync(organ, asked, ct);
        var (kind, about, number, title) = await AboutAsync(input, form, ct);
        var consultation = new Consultation
        {
            District = db.District, Id = clock.NewId(), Number = await numbers.NextAsync(await DocumentNumbers.CodeAsync(db, organ, ct) + "会商", clock.Today.Year, ct), Title = input.Title.Trim(), Question = input.Question.Trim(), Subject = input.Subject,
            Basis = input.Basis.Trim(), AskedIn = form, StartedBy = organ, StartedByPerson = actor.Person, Who = actor.Name, StartedAt = clock.Now, AboutKind = kind, AboutId = about, AboutNumber = number, AboutTitle = title, AnswerBy = input.AnswerBy,
        };
        var places = asked.Select(o => new ConsultedOrgan { District = db.District, Consultation = consultation.Id, Organ = o }).ToList();
        db.Consultations.Add(consultation);
        db.ConsultedOrgans.AddRange(places);
        await attach.AddAsync(ConsultationAttachments.KindName, consultation.Id, consultation.OnLedger, input.Files ?? [], ct);
        if (form != ConsultationForm.Letter) await steps.AskAsync(consultation, places, ct);
        await ledger.RecordAsync(new Act(consultation.Id, organ, input.Subject, form, kind, about), consultation.OnLedger, actor.IsBureau ? ConsultationsRules.Subjects : ConsultationsRules.Starting, ct);
        if (form == ConsultationForm.Letter) await letters.RunAsync(consultation.Id, ct);
        await together.CommitAsync(ct);
        return consultation;
    }

    private async Task DemandOrgansAsync(Guid organ, IReadOnlyList<Guid> asked, CancellationToken ct)
    {
        var found = await steps.KindsAsync(asked, ct);
        // The bureau has a part in every consultation: it asks, or it is asked.
        if (!await db.Organs.AnyAsync(o => o.Id == organ && o.Kind == OrganKind.Bureau, ct) && !found.Contains(OrganKind.Bureau))
            throw new Refusal("consultation.without-bureau", "部门发起的会商,应当会同审批局研究,请把审批局列入。", ConsultationsRules.Starting, "Organs");
    }

    /// <summary>What it is about, as far as the actor may see it.</summary>
    private async Task<(string Kind, Guid? Id, string Number, string Title)> AboutAsync(Input input, ConsultationForm form, CancellationToken ct)
    {
        if (input.Case is { } one)
        {
            var found = await db.Cases.AsNoTracking().VisibleTo(db, actor).SingleOrDefaultAsync(c => c.Id == one, ct) ?? throw new InvalidInput("Case", "没有找到这件办件,或者与本单位无关。");
            if (form == ConsultationForm.LiaisonReview && found.Decision is not null) throw new Refusal("consultation.case-decided", "该办件已经作出决定,不再商请联络员参与审核。", ConsultationsRules.Reviewing, "Case");
            return ("case", one, found.Number, $"{found.ItemName} · {found.PartyName}");
        }
        if (input.Item is { } item)
            return await db.Items.AsNoTracking().Where(i => i.Id == item).Select(i => new { i.Code, i.Name }).SingleOrDefaultAsync(ct) is { } named ? ("item", item, named.Code, named.Name) : throw new InvalidInput("Item", "没有找到这个事项。");
        if (input.Party is { } party)
        {
            return await db.KnowsPartyAsync(actor, party, ct) && await db.Parties.AsNoTracking().Where(p => p.Id == party).Select(p => new { p.Code, p.Name }).SingleOrDefaultAsync(ct) is { } named ? ("party", party, named.Code, named.Name)
                : throw new InvalidInput("Party", "没有找到这个相对人,或者与本单位无关。");
        }
        return ("", null, "", "");
    }
}
