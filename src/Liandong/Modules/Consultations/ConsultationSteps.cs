using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
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

    /// <summary>征求意见: the organs see the consultation from now on and owe their answers.</summary>
    public async Task AskAsync(Consultation consultation, IReadOnlyList<ConsultedOrgan> organs, CancellationToken ct)
    {
        consultation.Ask(clock.Now);
        foreach (var organ in organs)
        {
            organ.Ask(clock.Now);
            await duties.OpenAsync(ConsultationsRules.Answer, owedBy: organ.Organ, owedTo: consultation.StartedBy, consultation.Ref, ct, givenDay: consultation.AnswerBy);
        }
        ledger.Note(new Asked(consultation.Id, consultation.StartedBy, [.. organs.Select(o => o.Organ)], consultation.Form), consultation.OnLedger, ArticleOf(consultation));
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
        await duties.SupersedeAsync(ConsultationsRules.Countersign, consultation.Ref, "会议已经研究决定", ct);
        if (await db.Conclusions.SingleOrDefaultAsync(c => c.Consultation == consultation.Id && c.State == ConclusionState.Countersigning, ct) is { } draft)
        {
            draft.Replace();
            foreach (var item in await db.DecisionItems.Where(i => i.Conclusion == draft.Id).ToListAsync(ct)) item.Drop();
        }
        ledger.Note(new Settled(consultation.Id, consultation.StartedBy, meeting.Id), consultation.OnLedger, ConsultationsRules.Issuing);
    }

    public static Liandong.Kernel.Notice.Article ArticleOf(Consultation consultation) => consultation.IsReview ? ConsultationsRules.Reviewing : ConsultationsRules.Forms;
}
