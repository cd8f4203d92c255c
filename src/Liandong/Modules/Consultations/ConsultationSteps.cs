using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Directory;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Consultations;

/// <summary>Steps that several use cases of a consultation take inside their own act. Nothing is saved here.</summary>
public sealed class ConsultationSteps(AppDb db, DutyBook duties, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="Organs">The organs that are asked.</param>
    public sealed record Asked(Guid Consultation, Guid Organ, IReadOnlyList<Guid> Organs, ConsultationForm Form) : IAct { public static string Name => "consultation.asked"; }

    /// <param name="Meeting">The meeting whose minutes settled it.</param>
    public sealed record Settled(Guid Consultation, Guid Organ, Guid Meeting) : IAct { public static string Name => "consultation.settled"; }

    /// <summary>The consultation, when the actor's organ is party to it.</summary>
    /// <exception cref="NotFound">Absent, or not the actor's.</exception>
    public async Task<Consultation> TakeAsync(Guid id, CancellationToken ct) =>
        await db.Consultations.VisibleTo(db, actor).SingleOrDefaultAsync(c => c.Id == id, ct) ?? throw NotFound.Of("该会商");

    /// <summary>The same, when the actor's organ started it.</summary>
    public async Task<Consultation> TakeOwnAsync(Guid id, CancellationToken ct)
    {
        var organ = actor.RequireOrgan();
        var consultation = await TakeAsync(id, ct);
        return consultation.StartedBy == organ ? consultation : throw NotFound.Of("该会商");
    }

    /// <summary>The actor's organ among those that are asked.</summary>
    /// <exception cref="NotFound">It is not asked.</exception>
    public async Task<ConsultedOrgan> OwnPlaceAsync(Guid id, CancellationToken ct)
    {
        var organ = actor.RequireOrgan();
        return await db.ConsultedOrgans.SingleOrDefaultAsync(o => o.Consultation == id && o.Organ == organ && o.AskedAt != null, ct) ?? throw NotFound.Of("该会商");
    }

    /// <summary>What kind of organ each of them is.</summary>
    /// <exception cref="InvalidInput">One is not in the directory today.</exception>
    public async Task<IReadOnlyList<OrganKind>> KindsAsync(IReadOnlyList<Guid> asked, CancellationToken ct)
    {
        var today = clock.Today;
        var found = await db.Organs.AsNoTracking().Where(o => asked.Contains(o.Id) && o.From <= today && (o.To == null || o.To >= today)).Select(o => o.Kind).ToListAsync(ct);
        return found.Count == asked.Count ? found : throw new InvalidInput("Organs", "名录中没有所选的单位。");
    }

    /// <summary>征求意见: the organs see the consultation from now on and owe their answers.</summary>
    public async Task AskAsync(Consultation consultation, IReadOnlyList<ConsultedOrgan> organs, CancellationToken ct)
    {
        consultation.Ask(clock.Now);
        foreach (var organ in organs) await AskAsync(consultation, organ, consultation.AnswerBy, ct);
        ledger.Note(new Asked(consultation.Id, consultation.StartedBy, [.. organs.Select(o => o.Organ)], consultation.Form), consultation.OnLedger, ArticleOf(consultation));
    }

    /// <param name="answerBy">The day by which it is to answer; the district's number of working days from now when null.</param>
    public async Task AskAsync(Consultation consultation, ConsultedOrgan organ, DateOnly? answerBy, CancellationToken ct)
    {
        organ.Ask(clock.Now);
        await duties.OpenAsync(ConsultationsRules.Answer, owedBy: organ.Organ, owedTo: consultation.StartedBy, consultation.Ref, ct, givenDay: answerBy);
    }

    /// <summary>A view counts from now on: the organ has answered, and what it owed ends.</summary>
    public async Task TakeEffectAsync(Consultation consultation, ConsultationView view, CancellationToken ct, string replyNumber = "")
    {
        view.TakeEffect(clock.Now, replyNumber);
        var place = await db.ConsultedOrgans.SingleAsync(o => o.Consultation == consultation.Id && o.Organ == view.Organ, ct);
        place.Read(view.Who, clock.Now);
        place.Answer(clock.Now);
        if (consultation.Letter is { } letter && await db.DocumentServices.SingleOrDefaultAsync(s => s.Document == letter && s.Organ == view.Organ, ct) is { } service) service.Answer(clock.Now);
        await duties.DischargeAsync(ConsultationsRules.Answer, consultation.Ref, ct, owedBy: view.Organ);
    }

    /// <summary>A meeting has decided it: nobody owes a view or a signature any more, a conclusion that was being signed gives way.</summary>
    public async Task SettleAsync(Consultation consultation, Kernel.Duties.Subject meeting, string minutes, CancellationToken ct)
    {
        consultation.Settle($"会议已经研究决定,见{minutes}。", clock.Now);
        await duties.SupersedeAsync(ConsultationsRules.Answer, consultation.Ref, "会议已经研究决定", ct);
        await DropDraftAsync(consultation, "会议已经研究决定", ct);
        ledger.Note(new Settled(consultation.Id, consultation.StartedBy, meeting.Id), consultation.OnLedger, ConsultationsRules.Issuing);
    }

    /// <summary>A conclusion that was being signed gives way: nobody owes a signature any more, and its items fall.</summary>
    public async Task DropDraftAsync(Consultation consultation, string why, CancellationToken ct)
    {
        await duties.SupersedeAsync(ConsultationsRules.Countersign, consultation.Ref, why, ct);
        if (await db.Conclusions.SingleOrDefaultAsync(c => c.Consultation == consultation.Id && c.State == ConclusionState.Countersigning, ct) is { } draft)
        {
            draft.Replace();
            foreach (var item in await db.DecisionItems.Where(i => i.Conclusion == draft.Id).ToListAsync(ct)) item.Drop();
        }
    }

    public static Liandong.Kernel.Notice.Article ArticleOf(Consultation consultation) => consultation.IsReview ? ConsultationsRules.Reviewing : ConsultationsRules.Forms;
}
