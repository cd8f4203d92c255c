using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Desk;

/// <summary>说明超期理由: a limit that holds 原则上 may be passed where the debtor says why; saying it is an act.</summary>
public sealed class StateOverrunReason(AppDb db, Ledger ledger, Actor actor)
{
    public sealed record Input(Guid Duty, string Reason);

    public sealed record Act(Guid Duty, string Rule, string Reason) : IAct { static string IAct.Name => "duty.overrun-explained"; }

    /// <exception cref="NotFound">The actor's organ owes no duty under this id.</exception>
    public async Task<Duty> RunAsync(Input input, CancellationToken ct)
    {
        actor.Demand(Rights.DeskUse);
        new InputCheck().Filled(input.Reason, "Reason", "理由", 500).Throw();
        var organ = actor.RequireOrgan();
        var duty = await db.Duties.FirstOrDefaultAsync(d => d.Id == input.Duty && d.OwedBy == organ, ct) ?? throw NotFound.Of("该职责时限");
        duty.StateOverrunReason(input.Reason);
        await ledger.RecordAsync(new Act(duty.Id, duty.Rule, duty.OverrunReason), duty.Subject, DutyRules.ArticleOf(duty), ct);
        return duty;
    }
}
