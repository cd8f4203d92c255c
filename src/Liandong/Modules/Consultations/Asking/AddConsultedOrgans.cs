using Liandong.Accounts;
using Liandong.Data;
using Liandong.Documents;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Consultations;

/// <summary>
/// 追加会商单位, by the starter, until a conclusion is issued. A question to one organ becomes a meeting of several (附件2 一(三)). Each organ that is added has its own time from now on;
/// the views that were given stay, and a conclusion that was being signed is drafted anew. A meeting that was called and has not begun takes them in.
/// </summary>
public sealed class AddConsultedOrgans(AppDb db, ConsultationSteps steps, IEnumerable<IConsultationMeetings> meetings, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="Form">The form of a question that was put to one organ by letter; a coordination meeting when omitted. The others keep theirs.</param>
    /// <param name="AnswerBy">The day by which those that are added are to answer; the district's number of working days when omitted.</param>
    public sealed record Input(IReadOnlyList<Guid> Organs, string Reason, ConsultationForm? Form = null, DateOnly? AnswerBy = null);

    public sealed record Act(Guid Consultation, Guid Organ, IReadOnlyList<Guid> Organs, ConsultationForm Form) : IAct { public static string Name => "consultation.organs-added"; }

    public async Task<Consultation> RunAsync(Guid id, Input input, CancellationToken ct)
    {
        actor.Demand(Rights.ConsultStart);
        var organ = actor.RequireOrgan();
        var added = input.Organs.Distinct().ToList();
        await using var together = await ledger.TogetherAsync(ct);
        var consultation = await steps.TakeOwnAsync(id, ct);
        new InputCheck().Filled(input.Reason, nameof(input.Reason), "追加的理由", 500)
            .That(added.Count > 0, nameof(input.Organs), "请选择追加哪些单位。")
            .That(!added.Contains(organ), nameof(input.Organs), "不必征求本单位自己的意见。")
            .That(input.AnswerBy is null || input.AnswerBy > clock.Today, nameof(input.AnswerBy), "答复日期应当晚于今天。").Throw();
        await steps.KindsAsync(added, ct);
        var earlier = await db.ConsultedOrgans.Where(o => o.Consultation == id).ToListAsync(ct);
        if (earlier.Exists(o => added.Contains(o.Organ))) throw new InvalidInput("Organs", "所选的单位已经在征求意见。");
        if (consultation.IsReview && await db.Cases.AnyAsync(c => c.Id == consultation.AboutId && c.Decision != null, ct)) throw new Refusal("consultation.case-decided", "该办件已经作出决定,不再商请联络员参与审核。", ConsultationsRules.Reviewing);
        var form = FormOf(consultation, input.Form, earlier.Count + added.Count);
        var letter = consultation.State == ConsultationState.Preparing && consultation.Letter is { } own ? await db.OfficialDocuments.SingleOrDefaultAsync(d => d.Id == own, ct) : null;
        // Nobody was asked yet: with several organs there is no letter, and all are asked now.
        var unasked = consultation.State == ConsultationState.Preparing ? earlier : [];
        consultation.Widen(form, letter is { IsSigned: true }, clock.Now);
        if (letter is { IsSigned: false } && letter.State != DocumentState.Cancelled)
        {
            letter.Cancel("追加会商单位,改为会议形式", clock.Now);
            ledger.Note(new CancelDocument.Act(letter.Id, letter.Organ), letter.OnLedger, ConsultationsRules.Forms);
        }
        await steps.DropDraftAsync(consultation, "追加会商单位,重新征求意见", ct);
        foreach (var place in unasked) await steps.AskAsync(consultation, place, consultation.AnswerBy > clock.Today ? consultation.AnswerBy : null, ct);
        foreach (var one in added)
        {
            var place = new ConsultedOrgan { District = db.District, Consultation = id, Organ = one, AddedBecause = input.Reason.Trim() };
            db.ConsultedOrgans.Add(place);
            await steps.AskAsync(consultation, place, input.AnswerBy, ct);
        }
        foreach (var held in meetings) await held.OrgansAddedAsync(consultation, added, ct);
        await ledger.RecordAsync(new Act(id, organ, added, consultation.Form), consultation.OnLedger, ConsultationSteps.ArticleOf(consultation), ct);
        await together.CommitAsync(ct);
        return consultation;
    }

    /// <summary>What it already is stays, unless it is not the form for so many organs.</summary>
    private static ConsultationForm FormOf(Consultation consultation, ConsultationForm? wanted, int organs)
    {
        var now = consultation.WidenedTo ?? consultation.AskedIn;
        if (consultation.IsReview) return now;
        var form = wanted ?? (now == ConsultationForm.Letter ? ConsultationForms.Proposed(organs) : now);
        ConsultationForms.Demand(form, organs);
        return form;
    }
}
