using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Supervision;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Linkage;

/// <summary>撤销认领: claimed by mistake. The duty to claim is open again and ends when it would have ended; no time is won by it.</summary>
public sealed class UnclaimPush(AppDb db, DutyBook duties, CalendarBook calendars, Ledger ledger, Actor actor, Clock clock, PushSteps steps)
{
    public sealed record Act(Guid Push, Guid Organ) : IAct { public static string Name => "push.unclaimed"; }

    public Task<Push> RunAsync(Guid id, string reason, CancellationToken ct) => steps.InTurnAsync(id, () => UnclaimAsync(id, reason, ct), ct);

    private async Task<Push> UnclaimAsync(Guid id, string reason, CancellationToken ct)
    {
        actor.Demand(Rights.PushClaim);
        new InputCheck().Filled(reason, "Reason", "撤销认领的理由", 500).Throw();
        var push = await db.Pushes.SingleOrDefaultAsync(p => p.Id == id && p.Organ == actor.Organ && p.State != PushState.Pending, ct) ?? throw NotFound.Of("该推送");
        push.Unclaim(clock.Now);
        await MatterBook.CloseAsync(db, push, ct);
        var ended = await db.Duties.AsNoTracking().Where(d => d.Rule == LinkageRules.ClaimResult.Code && d.SubjectId == id && d.ClosedHow == Closing.Discharged)
            .OrderByDescending(d => d.ClosedAt).ThenByDescending(d => d.Id).FirstAsync(ct);
        var again = await duties.OpenAsync(LinkageRules.ClaimResult, push.Organ, ended.OwedTo, push.Ref, ct, from: ended.StartedOn, count: CountOf(ended.Limit), section: push.Section, person: push.Person);
        var calendar = await calendars.CurrentAsync(ct);
        foreach (var extension in ended.Extensions) again.Extend(extension.Count, extension.Reason, extension.Clause, extension.ApprovedBy, clock.Now, calendar);
        steps.Add(push, "unclaimed", reason.Trim());
        await ledger.RecordAsync(new Act(push.Id, push.Organ), push.Ref, LinkageRules.Claiming, ct);
        return push;
    }

    private static int? CountOf(Term limit) => limit switch { Term.Workdays t => t.Count, Term.Days t => t.Count, Term.Promptly t => t.AgreedWorkdays, _ => null };
}
