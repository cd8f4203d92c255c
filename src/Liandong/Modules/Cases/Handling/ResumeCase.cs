using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Ledger;

namespace Liandong.Modules.Cases;

/// <summary>恢复计时: the time that was left goes on from tomorrow.</summary>
public sealed class ResumeCase(AppDb db, DutyBook duties, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Case, SuspensionKind Kind, DateOnly On) : IAct { static string IAct.Name => "case.resumed"; }

    public async Task<Case> RunAsync(Guid id, CancellationToken ct)
    {
        var resumed = await db.TakeAsync(actor, Rights.CaseDecide, id, ct);
        resumed.Resume(clock.Today);
        foreach (var rule in new[] { CasesRules.Decide, CasesRules.Promise }) await duties.ResumeAsync(rule, resumed.Ref, clock.Today, ct);
        await ledger.RecordAsync(new Act(resumed.Id, resumed.Suspensions[^1].Kind, clock.Today), resumed.Ref, CasesRules.Suspending, ct);
        return resumed;
    }
}
