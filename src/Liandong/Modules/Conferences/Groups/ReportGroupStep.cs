using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Directory;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Conferences;

/// <summary>报告进展 of a step by the people of the group or of the organ that owes it; that it is done, the group alone says. What is owed ends with the confirmation, not with the report.</summary>
public sealed class ReportGroupStep(AppDb db, GroupWork work, AttachFiles attach, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="Done">进展情况.</param>
    /// <param name="Left">后续工作.</param>
    /// <param name="Finished">报告完成.</param>
    public sealed record Input(string Done, string Left = "", bool Finished = false, IReadOnlyList<Guid>? Files = null);

    /// <param name="Organ">The organ that owes it.</param>
    public sealed record Act(Guid Group, Guid Step, Guid Organ, Guid Report) : IAct { public static string Name => "group-step.progressed"; }

    public sealed record FinishedAct(Guid Group, Guid Step, Guid Organ, Guid Report) : IAct { public static string Name => "group-step.reported"; }

    public async Task<StepReport> RunAsync(Guid id, Input input, CancellationToken ct)
    {
        actor.Demand(Rights.MeetingAttend);
        var organ = actor.RequireOrgan();
        new InputCheck().Filled(input.Done, nameof(input.Done), "进展情况", 2000).NotLonger(input.Left, nameof(input.Left), "后续工作", 2000).Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var step = await work.TakeStepAsync(id, ct);
        var ofGroup = await work.IsOfGroupAsync(step.Group, ct);
        if (!ofGroup && step.Owner != organ) throw new Refusal("step.not-of-group", "进展由该组的负责人、成员或者责任单位报告。", TakeSeat.Groups);
        if (input.Finished && !ofGroup) throw new Refusal("step.done-by-group", "完成情况由该组的负责人或者成员报告。", TakeSeat.Groups);
        if (input.Finished) step.Report(clock.Now);
        else step.MustTakeReports();
        var report = new StepReport { District = db.District, Id = clock.NewId(), Step = id, Done = input.Done.Trim(), Left = input.Left.Trim(), Finished = input.Finished, Organ = organ, Who = actor.Name, At = clock.Now };
        db.StepReports.Add(report);
        await attach.AddAsync(StepAttachments.KindName, id, step.OnLedger, input.Files ?? [], ct);
        if (input.Finished) await ledger.RecordAsync(new FinishedAct(step.Group, id, step.Owner, report.Id), step.OnLedger, TakeSeat.Groups, ct);
        else await ledger.RecordAsync(new Act(step.Group, id, step.Owner, report.Id), step.OnLedger, TakeSeat.Groups, ct);
        await together.CommitAsync(ct);
        return report;
    }
}

/// <summary>确认完成 by the conference office, which ends the duty, or 退回 with the reason.</summary>
public sealed class JudgeGroupStep(AppDb db, GroupWork work, DutyBook duties, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Group, Guid Step, Guid Organ, bool Confirmed) : IAct { public static string Name => "group-step.judged"; }

    /// <param name="verdict">Required when it is sent back.</param>
    public async Task<GroupStep> RunAsync(Guid id, bool confirmed, string verdict, CancellationToken ct)
    {
        new InputCheck().NotLonger(verdict, "Verdict", "意见", 1000).That(confirmed || verdict.Trim().Length > 0, "Verdict", "退回的,请写明还缺什么。").Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var step = await work.TakeStepByOfficeAsync(id, ct);
        step.Judge(confirmed, clock.Now);
        (await db.StepReports.Where(r => r.Step == id && r.Finished && r.JudgedAt == null).OrderByDescending(r => r.At).FirstAsync(ct)).Judge(confirmed, verdict.Trim(), actor.Name, clock.Now);
        if (confirmed) await duties.DischargeAsync(ConferencesRules.GroupStep, step.Ref, ct);
        await ledger.RecordAsync(new Act(step.Group, id, step.Owner, confirmed), step.OnLedger, TakeSeat.Groups, ct);
        await together.CommitAsync(ct);
        return step;
    }
}

/// <summary>Files of a step: seen by whoever sees the group, added by its people and the organ that owes it until it is closed.</summary>
public sealed class StepAttachments(AppDb db, GroupWork work, Actor actor) : IMatterFiles
{
    public const string KindName = "group-step";

    public string Kind => KindName;

    public async Task<MatterAccess?> AskAsync(Guid matter, CancellationToken ct)
    {
        if (!actor.May(Rights.MeetingView) || actor.Organ is not { } organ) return null;
        var groups = db.WorkingGroups.VisibleTo(db, actor);
        if (await db.GroupSteps.AsNoTracking().SingleOrDefaultAsync(s => s.Id == matter && groups.Any(g => g.Id == s.Group), ct) is not { } step) return null;
        var adds = actor.May(Rights.MeetingAttend) && step.IsOpen && (step.Owner == organ || await work.IsOfGroupAsync(step.Group, ct));
        return new(step.OnLedger, $"/meetings/groups/steps/{matter}", MayAdd: adds);
    }
}
