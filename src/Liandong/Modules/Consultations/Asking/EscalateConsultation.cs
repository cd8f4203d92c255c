using Liandong.Accounts;
using Liandong.Data;
using Liandong.Documents;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Consultations;

/// <summary>提请以联席会议的形式研究, with the reason why letters or a smaller meeting did not suffice. The conference office and the convenor see it from then on.</summary>
public sealed class EscalateConsultation(ConsultationSteps steps, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Consultation, Guid Organ) : IAct { public static string Name => "consultation.escalated"; }

    public async Task<Consultation> RunAsync(Guid id, string reason, CancellationToken ct)
    {
        actor.Demand(Rights.ConsultStart);
        new InputCheck().Filled(reason, "Reason", "提请的理由", 1000).Throw();
        var consultation = await steps.TakeAsync(id, ct);
        // 会议由区行政审批服务局召集和主持: the starter asks for it, or the bureau itself sees the need.
        if (consultation.StartedBy != actor.RequireOrgan() && !actor.IsBureau) throw NotFound.Of("该会商");
        consultation.Escalate(reason.Trim(), clock.Now);
        await ledger.RecordAsync(new Act(id, actor.RequireOrgan()), consultation.OnLedger, ConsultationsRules.Escalating, ct);
        return consultation;
    }
}

/// <summary>撤回会商 before its conclusion is issued: nobody owes anything any more, and an unsigned letter is cancelled.</summary>
public sealed class WithdrawConsultation(AppDb db, ConsultationSteps steps, DutyBook duties, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Consultation, Guid Organ) : IAct { public static string Name => "consultation.withdrawn"; }

    public async Task<Consultation> RunAsync(Guid id, string reason, CancellationToken ct)
    {
        actor.Demand(Rights.ConsultStart);
        new InputCheck().Filled(reason, "Reason", "撤回的理由", 500).Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var consultation = await steps.TakeOwnAsync(id, ct);
        consultation.Withdraw(reason.Trim(), clock.Now);
        await duties.CancelAsync(ConsultationsRules.Answer, consultation.Ref, "会商已经撤回", ct);
        await duties.CancelAsync(ConsultationsRules.Countersign, consultation.Ref, "会商已经撤回", ct);
        if (consultation.Letter is { } letter && await db.OfficialDocuments.SingleOrDefaultAsync(d => d.Id == letter, ct) is { } draft && !draft.IsSigned && draft.State != DocumentState.Cancelled)
        {
            draft.Cancel("会商已经撤回", clock.Now);
            ledger.Note(new CancelDocument.Act(draft.Id, draft.Organ), draft.OnLedger, DocumentsRules.Of(draft.Kind));
        }
        await ledger.RecordAsync(new Act(id, consultation.StartedBy), consultation.OnLedger, ConsultationSteps.ArticleOf(consultation), ct);
        await together.CommitAsync(ct);
        return consultation;
    }
}
