using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Consultations;

/// <summary>报告完成 of a decision item by its owner, with evidence. What is owed ends with the acceptance, not with the report.</summary>
public sealed class ReportDecision(AppDb db, AttachFiles attach, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Input(string Text, IReadOnlyList<Guid>? Files = null);

    public sealed record Act(Guid? Consultation, Guid? Meeting, Guid Organ, Guid Decision, Guid Report) : IAct { public static string Name => "decision.reported"; }

    public async Task<DecisionReport> RunAsync(Guid id, Input input, CancellationToken ct)
    {
        actor.Demand(Rights.ConsultAnswer);
        new InputCheck().Filled(input.Text, nameof(input.Text), "完成情况", 4000).Throw();
        var organ = actor.RequireOrgan();
        var item = await db.DecisionItems.SingleOrDefaultAsync(i => i.Id == id && i.Owner == organ, ct) ?? throw NotFound.Of("该决定事项");
        item.Report(clock.Now);
        var report = new DecisionReport { District = db.District, Id = clock.NewId(), Decision = id, Text = input.Text.Trim(), Organ = organ, Who = actor.Name, At = clock.Now };
        db.DecisionReports.Add(report);
        await attach.AddAsync(DecisionAttachments.KindName, id, item.OnLedger, input.Files ?? [], ct);
        await ledger.RecordAsync(new Act(item.Consultation, item.Meeting, organ, id, report.Id), item.OnLedger, ConsultationsRules.NotExecuting, ct);
        return report;
    }
}

/// <summary>验收 of a reported completion by the organ that started the consultation or convened the meeting: accepted, which ends the duty, or sent back with what is missing.</summary>
public sealed class JudgeDecision(AppDb db, DecisionHomes homes, DutyBook duties, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid? Consultation, Guid? Meeting, Guid Organ, Guid Decision, bool Accepted) : IAct { public static string Name => "decision.judged"; }

    /// <param name="verdict">Required when it is sent back.</param>
    public async Task<DecisionItem> RunAsync(Guid id, bool accepted, string verdict, CancellationToken ct)
    {
        actor.Demand(Rights.ConsultStart);
        new InputCheck().NotLonger(verdict, "Verdict", "验收意见", 1000).That(accepted || verdict.Trim().Length > 0, "Verdict", "不予验收的,请写明还缺什么。").Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var item = await db.DecisionItems.SingleOrDefaultAsync(i => i.Id == id, ct) ?? throw NotFound.Of("该决定事项");
        if (await homes.OfAsync(item, ct) is not { } home || home.Judge != actor.RequireOrgan()) throw NotFound.Of("该决定事项");
        item.Judge(accepted, clock.Now);
        (await db.DecisionReports.Where(r => r.Decision == id && r.JudgedAt == null).OrderByDescending(r => r.At).FirstAsync(ct)).Judge(accepted, verdict.Trim(), actor.Name, clock.Now);
        if (accepted)
        {
            await duties.DischargeAsync(ConsultationsRules.Execute, item.Ref, ct);
            if (!await db.DecisionItems.AnyAsync(i => i.Conclusion == item.Conclusion && i.Id != id && i.State != DecisionState.Accepted, ct)) await homes.CarriedOutAsync(item, ct);
        }
        await ledger.RecordAsync(new Act(item.Consultation, item.Meeting, home.Judge, id, accepted), item.OnLedger, ConsultationsRules.NotExecuting, ct);
        await together.CommitAsync(ct);
        return item;
    }
}
