using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Linkage;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Desk;

/// <summary>暂停计算: the creditor stops the clock from today on, because the debtor waits for something that is not in its hands. The time that is left is kept.</summary>
public sealed class SuspendDuty(AppDb db, Ledger ledger, CalendarBook calendars, Actor actor, Clock clock)
{
    public sealed record Act(Guid Duty, string Rule, Guid OwedBy, DateOnly? Old, string Reason) : IAct { static string IAct.Name => "duty.suspended"; }

    /// <exception cref="NotFound">No duty is owed to the actor's organ under this id.</exception>
    public async Task<Duty> RunAsync(Guid id, string reason, CancellationToken ct)
    {
        actor.Demand(Rights.DutyWaive);
        new InputCheck().Filled(reason, "Reason", "理由", 500).Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var duty = await AgreedLimit.OwedToAsync(db, actor, id, ct);
        var old = duty.DueOn;
        duty.Suspend(clock.Today, reason, AgreedLimit.Clause, await calendars.CurrentAsync(ct), clock.Now);
        await ledger.RecordAsync(new Act(duty.Id, duty.Rule, duty.OwedBy, old, reason.Trim()), duty.Subject, DutyRules.ArticleOf(duty), ct);
        await AgreedLimit.CarryAsync(db, duty, ct);
        await together.CommitAsync(ct);
        return duty;
    }
}

/// <summary>恢复计算: the clock runs on tomorrow with the time that was left.</summary>
public sealed class ResumeDuty(AppDb db, Ledger ledger, CalendarBook calendars, Actor actor, Clock clock)
{
    public sealed record Act(Guid Duty, string Rule, Guid OwedBy, DateOnly? New) : IAct { static string IAct.Name => "duty.resumed"; }

    /// <exception cref="NotFound">No duty is owed to the actor's organ under this id.</exception>
    public async Task<Duty> RunAsync(Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.DutyWaive);
        await using var together = await ledger.TogetherAsync(ct);
        var duty = await AgreedLimit.OwedToAsync(db, actor, id, ct);
        duty.Resume(clock.Today, await calendars.CurrentAsync(ct), clock.Now);
        await ledger.RecordAsync(new Act(duty.Id, duty.Rule, duty.OwedBy, duty.DueOn), duty.Subject, DutyRules.ArticleOf(duty), ct);
        await AgreedLimit.CarryAsync(db, duty, ct);
        await together.CommitAsync(ct);
        return duty;
    }
}

/// <summary>A limit whose number the two sides agreed on (本地约定), and which they may therefore move. Where a statute or the notice gives the number, its own mechanism says what may be done.</summary>
internal static class AgreedLimit
{
    public const string Clause = "本地约定";

    public static bool MayMove(Duty duty, Actor actor) => duty.IsOpen && duty.LocalNumber && duty.OwedTo is not null && duty.OwedTo == actor.Organ && duty.Limit is (Term.Workdays or Term.Days or Term.Promptly) && actor.May(Rights.DutyWaive);

    public static async Task<Duty> OwedToAsync(AppDb db, Actor actor, Guid id, CancellationToken ct)
    {
        var organ = actor.RequireOrgan();
        var duty = await db.Duties.FirstOrDefaultAsync(d => d.Id == id && d.OwedTo == organ, ct) ?? throw NotFound.Of("该职责时限");
        return duty.LocalNumber ? duty : throw new Refusal("duty.limit-not-agreed", "这个期限由文件规定,不能由双方延长或者暂停。", DutyRules.ArticleOf(duty));
    }

    /// <summary>The inbox sorts by a copy of the claim's last moment.</summary>
    public static Task<int> CarryAsync(AppDb db, Duty duty, CancellationToken ct) => duty.Rule != LinkageRules.ClaimResult.Code ? Task.FromResult(0)
        : db.Pushes.Where(p => p.Id == duty.SubjectId).ExecuteUpdateAsync(set => set.SetProperty(p => p.DueAt, duty.DueAt), ct);
}
