using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Desk;

/// <summary>免除: the creditor lets the debtor off a duty, with a reason. What was late before stays on record.</summary>
public sealed class WaiveDuty(AppDb db, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Input(Guid Duty, string Reason);

    public sealed record Act(Guid Duty, string Rule, Guid OwedBy, string Reason) : IAct { static string IAct.Name => "duty.waived"; }

    /// <exception cref="NotFound">No duty is owed to the actor's organ under this id.</exception>
    public async Task<Duty> RunAsync(Input input, CancellationToken ct)
    {
        actor.Demand(Rights.DutyWaive);
        new InputCheck().Filled(input.Reason, "Reason", "理由", 500).Throw();
        var organ = actor.RequireOrgan();
        var duty = await db.Duties.FirstOrDefaultAsync(d => d.Id == input.Duty && d.OwedTo == organ, ct) ?? throw NotFound.Of("该职责时限");
        var now = clock.Now;
        var about = DutyBreached.ArticleOf(duty);
        if (!duty.IsOpen) throw new Refusal("duty.closed", "该职责时限已经结束,不需要免除。");
        if (duty.IsOverdueAt(now) && duty.RecordBreach(now)) ledger.Note(DutyBreached.Of(duty), duty.Subject, about);
        ledger.WithNumber(number => duty.Waive(now, number, input.Reason));
        await ledger.RecordAsync(new Act(duty.Id, duty.Rule, duty.OwedBy, input.Reason.Trim()), duty.Subject, DutyRules.ArticleOf(duty), ct);
        return duty;
    }
}
