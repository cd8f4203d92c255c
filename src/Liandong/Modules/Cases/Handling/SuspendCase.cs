using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Cases;

/// <summary>中止计时: hearing, expert review and the like are not counted in the limit; the applicant is told in writing.</summary>
public sealed class SuspendCase(AppDb db, DutyBook duties, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Input(SuspensionKind Kind, int ExpectedWorkdays, string Notice);

    public sealed record Act(Guid Case, SuspensionKind Kind, DateOnly From, int ExpectedWorkdays) : IAct { static string IAct.Name => "case.suspended"; }

    public async Task<Case> RunAsync(Guid id, Input input, CancellationToken ct)
    {
        var suspended = await db.TakeAsync(actor, Rights.CaseDecide, id, ct);
        new InputCheck().That(Enum.IsDefined(input.Kind), nameof(input.Kind), "请选择中止计时的事由。").Filled(input.Notice, nameof(input.Notice), "书面告知的文号或者方式", 200).Throw();
        if (input.Kind == SuspensionKind.OnSiteInspection && !await db.Items.AnyAsync(i => i.Id == suspended.Item && i.InspectionSuspends, ct))
            throw new Refusal("case.inspection-runs", "现场勘验不在不计时限的法定情形之内,勘验期间照常计时;本区另有规定的,请先在事项中设置。", CasesRules.Suspending, nameof(input.Kind));
        suspended.Suspend(input.Kind, clock.Today, input.ExpectedWorkdays, input.Notice);
        foreach (var rule in new[] { CasesRules.Decide, CasesRules.Promise }) await duties.SuspendAsync(rule, suspended.Ref, clock.Today, CaseWords.Of(input.Kind), CasesRules.Suspending.Clause, ct);
        await ledger.RecordAsync(new Act(suspended.Id, input.Kind, clock.Today, input.ExpectedWorkdays), suspended.Ref, CasesRules.Suspending, ct);
        return suspended;
    }
}
