using Liandong.Accounts;
using Liandong.Data;
using Liandong.Documents;
using Liandong.Documents.Layout;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Consultations;

/// <summary>会签: the head of an organ that was asked signs the conclusion, or objects with a reason. An organ that objected may sign after all, and the other way round, as long as it is not issued.</summary>
public sealed class CountersignConclusion(AppDb db, ConsultationSteps steps, DutyBook duties, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Consultation, Guid Organ, Guid Conclusion, bool Agreed) : IAct { public static string Name => "consultation.countersigned"; }

    /// <param name="reason">Required for an objection.</param>
    public async Task<Conclusion> RunAsync(Guid id, bool agreed, string reason, CancellationToken ct)
    {
        actor.Demand(Rights.ConsultSign);
        new InputCheck().NotLonger(reason, "Reason", "异议理由", 1000).That(agreed || reason.Trim().Length > 0, "Reason", "提出异议的,请写明理由。").Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var consultation = await steps.TakeAsync(id, ct);
        var place = await steps.OwnPlaceAsync(id, ct);
        consultation.MustBeCountersigning();
        var conclusion = await db.Conclusions.SingleAsync(c => c.Consultation == id && c.State == ConclusionState.Countersigning, ct);
        if (await db.Countersignatures.SingleOrDefaultAsync(c => c.Conclusion == conclusion.Id && c.Organ == place.Organ, ct) is { } signature)
        {
            if (signature.Agreed == agreed) throw new Refusal("consultation.signed-already", agreed ? "本单位已经会签。" : "本单位已经提出异议。", ConsultationsRules.Cooperating);
        }
        else db.Countersignatures.Add(signature = new Countersignature { District = db.District, Conclusion = conclusion.Id, Organ = place.Organ });
        signature.Say(agreed, agreed ? "" : reason.Trim(), actor.Person, actor.Name, clock.Now);
        await duties.DischargeAsync(ConsultationsRules.Countersign, consultation.Ref, ct, owedBy: place.Organ);
        await ledger.RecordAsync(new Act(id, place.Organ, conclusion.Id, agreed), consultation.OnLedger, ConsultationsRules.Cooperating, ct);
        await together.CommitAsync(ct);
        return conclusion;
    }
}

/// <summary>
/// 印发结论: every organ has signed, or the matter was escalated to the joint conference and a reason is given why it is issued all the same. The decision items bind from then on.
/// </summary>
public sealed class IssueConclusion(AppDb db, ConsultationSteps steps, DutyBook duties, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="Despite">Whether an organ objected or kept silent.</param>
    public sealed record Act(Guid Consultation, Guid Organ, Guid Conclusion, bool Despite, IReadOnlyList<Guid> Decisions) : IAct { public static string Name => "consultation.conclusion-issued"; }

    /// <param name="despite">Why it is issued without every signature.</param>
    public async Task<Conclusion> RunAsync(Guid id, string despite, CancellationToken ct)
    {
        actor.Demand(Rights.ConsultSign);
        new InputCheck().NotLonger(despite, "Despite", "理由", 1000).Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var consultation = await steps.TakeOwnAsync(id, ct);
        consultation.MustBeCountersigning();
        var conclusion = await db.Conclusions.SingleAsync(c => c.Consultation == id && c.State == ConclusionState.Countersigning, ct);
        var unsigned = await db.ConsultedOrgans.Where(o => o.Consultation == id && !db.Countersignatures.Any(s => s.Conclusion == conclusion.Id && s.Organ == o.Organ && s.Agreed)).Join(db.Organs, o => o.Organ, x => x.Id, (_, x) => x.ShortName).ToListAsync(ct);
        if (unsigned.Count > 0 && consultation.EscalatedAt is null)
            throw new Refusal("consultation.unsigned", $"{string.Join("、", unsigned)}没有会签同意。请修改结论,或者提请联席会议研究以后再印发。", ConsultationsRules.Escalating);
        if (unsigned.Count > 0 && despite.Trim().Length == 0) throw new InvalidInput("Despite", $"{string.Join("、", unsigned)}没有会签同意,请写明仍予印发的理由。");
        var items = await db.DecisionItems.Where(i => i.Conclusion == conclusion.Id).OrderBy(i => i.Ordinal).ToListAsync(ct);
        consultation.Issue(items.Count > 0, clock.Now);
        conclusion.Issue(unsigned.Count > 0 ? despite.Trim() : "", actor.Name, clock.Now);
        await duties.SupersedeAsync(ConsultationsRules.Countersign, consultation.Ref, "结论已经印发", ct);
        foreach (var item in items)
        {
            item.Open();
            await duties.OpenAsync(ConsultationsRules.Execute, owedBy: item.Owner, owedTo: consultation.StartedBy, item.Ref, ct, givenDay: item.DueOn);
        }
        await ledger.RecordAsync(new Act(id, consultation.StartedBy, conclusion.Id, unsigned.Count > 0, [.. items.Select(i => i.Id)]), consultation.OnLedger, ConsultationsRules.Issuing, ct);
        await together.CommitAsync(ct);
        return conclusion;
    }
}

/// <summary>起草会商纪要 of an issued conclusion, as an official document for all parties (附件2 一(六)).</summary>
public sealed class DraftConclusionMinutes(AppDb db, ConsultationSteps steps, DraftDocument draft, Ledger ledger, Actor actor)
{
    public sealed record Act(Guid Consultation, Guid Organ, Guid Document) : IAct { public static string Name => "consultation.minutes-drafted"; }

    public async Task<OfficialDocument> RunAsync(Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.ConsultStart);
        await using var together = await ledger.TogetherAsync(ct);
        var consultation = await steps.TakeOwnAsync(id, ct);
        var conclusion = await db.Conclusions.SingleOrDefaultAsync(c => c.Consultation == id && c.State == ConclusionState.Issued, ct) ?? throw new Refusal("consultation.no-conclusion", "结论印发以后才能起草会商纪要。", ConsultationsRules.Issuing);
        if (conclusion.Minutes is { } earlier && await db.OfficialDocuments.AnyAsync(d => d.Id == earlier && d.State != DocumentState.Cancelled, ct)) throw new Refusal("consultation.minutes-drafted", "会商纪要已经起草。", ConsultationsRules.Issuing);
        var organs = await db.Organs.AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.ShortName, ct);
        var items = await db.DecisionItems.AsNoTracking().Where(i => i.Conclusion == conclusion.Id).OrderBy(i => i.Ordinal).ToListAsync(ct);
        var text = $"""
            一、会商事项
            {consultation.Question}
            二、会商结论
            {conclusion.Text}
            {(items.Count == 0 ? "" : "三、决定事项\n" + string.Join('\n', items.Select(i => $"({Chinese.Count(i.Ordinal)}){i.Text}由{organs.GetValueOrDefault(i.Owner)}负责{(i.Assisting.Count > 0 ? "," + string.Join("、", i.Assisting.Select(o => organs.GetValueOrDefault(o))) + "协办" : "")},责任期限{ChineseDates.Plain(i.DueOn)}。")))}
            """;
        var to = await db.ConsultedOrgans.Where(o => o.Consultation == id).Select(o => o.Organ).ToListAsync(ct);
        var minutes = await draft.RunAsync(new DraftDocument.Input(DocumentKind.Minutes, $"关于{consultation.Title}的会商纪要", BodyText.Read(text), to, About: consultation.Ref), ct);
        conclusion.Record(minutes.Id);
        await ledger.RecordAsync(new Act(id, consultation.StartedBy, minutes.Id), consultation.OnLedger, ConsultationsRules.Issuing, ct);
        await together.CommitAsync(ct);
        return minutes;
    }
}
