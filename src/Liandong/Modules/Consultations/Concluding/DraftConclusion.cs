using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Consultations;

/// <summary>起草结论, with its decision items, and send it to the organs to be countersigned. A new draft takes the place of the earlier one, and everybody signs anew.</summary>
public sealed class DraftConclusion(AppDb db, ConsultationSteps steps, DutyBook duties, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Input(string Text, IReadOnlyList<DecisionDraft>? Items = null);

    public sealed record Act(Guid Consultation, Guid Organ, Guid Conclusion, int Revision, int Decisions) : IAct { public static string Name => "consultation.conclusion-drafted"; }

    public async Task<Conclusion> RunAsync(Guid id, Input input, CancellationToken ct)
    {
        actor.Demand(Rights.ConsultStart);
        await using var together = await ledger.TogetherAsync(ct);
        var consultation = await steps.TakeOwnAsync(id, ct);
        var items = input.Items ?? [];
        DecisionDraft.Check(new InputCheck().Filled(input.Text, nameof(input.Text), "结论", 8000), items, clock.Today).Throw();
        consultation.Conclude();
        var organs = await db.ConsultedOrgans.Where(o => o.Consultation == id).ToListAsync(ct);
        await DemandHeardAsync(consultation, organs, ct);
        var parties = organs.Select(o => o.Organ).Append(consultation.StartedBy).ToHashSet();
        DecisionDraft.MustBeOf(items, parties, "会商的一方");
        var revision = await ReplaceAsync(consultation, ct) + 1;
        var conclusion = new Conclusion { District = db.District, Id = clock.NewId(), Consultation = id, Revision = revision, Text = input.Text.Trim(), Who = actor.Name, DraftedAt = clock.Now };
        db.Conclusions.Add(conclusion);
        db.DecisionItems.AddRange(items.Select((item, n) => new DecisionItem
        {
            District = db.District, Id = clock.NewId(), Consultation = id, Conclusion = conclusion.Id, Ordinal = n + 1, Number = $"{consultation.Number}之{Chinese.Count(n + 1)}", Text = item.Text.Trim(), Owner = item.Owner, Assisting = item.Others, DueOn = item.DueOn,
        }));
        // What was not answered in time is not waited for any longer.
        await duties.SupersedeAsync(ConsultationsRules.Answer, consultation.Ref, "结论已经起草,请在会签时提出意见", ct);
        foreach (var organ in organs) await duties.OpenAsync(ConsultationsRules.Countersign, owedBy: organ.Organ, owedTo: consultation.StartedBy, consultation.Ref, ct);
        await ledger.RecordAsync(new Act(id, consultation.StartedBy, conclusion.Id, revision, items.Count), consultation.OnLedger, ConsultationsRules.Forms, ct);
        await together.CommitAsync(ct);
        return conclusion;
    }

    /// <summary>Everybody who was asked has spoken, or had the time to.</summary>
    private async Task DemandHeardAsync(Consultation consultation, IReadOnlyList<ConsultedOrgan> organs, CancellationToken ct)
    {
        var (now, id) = (clock.Now, consultation.Id);
        var silent = organs.Where(o => o.AnsweredAt is null).Select(o => o.Organ).ToList();
        if (silent.Count == 0) return;
        var inTime = await db.Duties.Where(d => d.SubjectId == id && d.Rule == ConsultationsRules.Answer.Code && d.ClosedAt == null && silent.Contains(d.OwedBy) && (d.DueAt == null || d.DueAt > now)).Select(d => d.OwedBy).ToListAsync(ct);
        if (inTime.Count == 0) return;
        var names = await db.Organs.Where(o => inTime.Contains(o.Id)).OrderBy(o => o.Rank).Select(o => o.ShortName).ToListAsync(ct);
        throw new Refusal("consultation.views-missing", $"{string.Join("、", names)}还没有提出意见,答复期限也没有到;收到意见或者逾期以后再起草结论。", ConsultationsRules.Reviewing);
    }

    /// <returns>The number of the last draft; 0 when there is none.</returns>
    private async Task<int> ReplaceAsync(Consultation consultation, CancellationToken ct)
    {
        var earlier = await db.Conclusions.Where(c => c.Consultation == consultation.Id).OrderByDescending(c => c.Revision).FirstOrDefaultAsync(ct);
        if (earlier is null) return 0;
        earlier.Replace();
        await DecisionDraft.DropAsync(db, earlier.Id, ct);
        await duties.SupersedeAsync(ConsultationsRules.Countersign, consultation.Ref, "结论有了新稿", ct);
        return earlier.Revision;
    }
}
