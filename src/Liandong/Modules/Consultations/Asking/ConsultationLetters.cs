using Liandong.Accounts;
using Liandong.Data;
using Liandong.Documents;
using Liandong.Kernel.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Consultations;

/// <summary>What the letters of a consultation do: the one that asks opens it when it is served, the ones that answer bring the organs' views.</summary>
public sealed class ConsultationLetters(AppDb db, ConsultationSteps steps, Ledger ledger, Actor actor, Clock clock) : IDocumentMatter
{
    public const string KindName = "consultation";

    public string Kind => KindName;

    public async Task<MatterAnswers> AnswersAsync(OfficialDocument document, CancellationToken ct) =>
        await db.Consultations.AnyAsync(c => c.Id == document.AboutId && c.Letter == document.Id, ct) ? MatterAnswers.KeptByMatter : MatterAnswers.None;

    public async Task ServedAsync(OfficialDocument document, IReadOnlyList<Guid> to, CancellationToken ct)
    {
        var consultation = await db.Consultations.SingleAsync(c => c.Id == document.AboutId, ct);
        if (consultation.Letter == document.Id)
        {
            // Served again to a further organ as a copy: the question stays with those that were asked.
            if (consultation.State != ConsultationState.Preparing && to.Count == 0) return;
            await steps.AskAsync(consultation, await db.ConsultedOrgans.Where(o => o.Consultation == consultation.Id).ToListAsync(ct), ct);
            return;
        }
        if (await db.ConsultationViews.SingleOrDefaultAsync(v => v.Reply == document.Id && v.InForceAt == null, ct) is not { } view || !to.Contains(consultation.StartedBy)) return;
        consultation.MustTakeViews();
        await steps.TakeEffectAsync(consultation, view, ct, document.Number);
        Note(consultation, view);
    }

    public async Task ReadAsync(OfficialDocument document, Guid organ, CancellationToken ct)
    {
        if (await db.ConsultedOrgans.SingleOrDefaultAsync(o => o.Consultation == document.AboutId && o.Organ == organ, ct) is { } place && await db.Consultations.AnyAsync(c => c.Id == document.AboutId && c.Letter == document.Id, ct)) place.Read(actor.Name, clock.Now);
    }

    /// <summary>An answer that did not pass the consultation's own form is a view that says its own words.</summary>
    public async Task AnsweredAsync(OfficialDocument document, DocumentAnswer answer, OfficialDocument? reply, CancellationToken ct)
    {
        if (reply is not null && await db.ConsultationViews.AnyAsync(v => v.Reply == reply.Id, ct)) return;
        var consultation = await db.Consultations.SingleAsync(c => c.Id == document.AboutId, ct);
        if (consultation.Letter != document.Id) return;
        consultation.MustTakeViews();
        var view = new ConsultationView
        {
            District = db.District, Id = clock.NewId(), Consultation = consultation.Id, Organ = answer.Organ, Stance = Stance.InLetter, Grounds = answer.Text, Channel = reply is null && answer.ReplyNumber.Length == 0 ? ViewChannel.Platform : ViewChannel.Letter,
            Reply = reply?.Id, RecordedByAsker = answer.Organ != actor.Organ, Person = actor.Person, Who = answer.Who, At = clock.Now,
        };
        db.ConsultationViews.Add(view);
        await steps.TakeEffectAsync(consultation, view, ct, answer.ReplyNumber);
        Note(consultation, view);
    }

    private void Note(Consultation consultation, ConsultationView view) =>
        ledger.Note(new GiveView.Act(consultation.Id, view.Organ, view.Id, view.Stance, view.Channel), consultation.OnLedger, ConsultationSteps.ArticleOf(consultation));

    public async Task<MatterPlace?> PlaceAsync(Guid matter, CancellationToken ct)
    {
        if (!actor.May(Rights.ConsultView) || actor.Organ is not { } organ || await db.Consultations.AsNoTracking().VisibleTo(db, actor).SingleOrDefaultAsync(c => c.Id == matter, ct) is not { } consultation) return null;
        var answers = consultation.State == ConsultationState.Asking && actor.May(Rights.ConsultAnswer) && await db.ConsultedOrgans.AnyAsync(o => o.Consultation == matter && o.Organ == organ && o.AskedAt != null, ct);
        return new MatterPlace("会商", $"/consultations/{matter}", answers ? $"/consultations/{matter}/view" : null);
    }
}
