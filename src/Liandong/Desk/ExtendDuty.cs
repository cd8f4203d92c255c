using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Shared;

namespace Liandong.Desk;

/// <summary>同意延长: the creditor gives the debtor more days, before the last moment and with a reason. Only where the number was agreed on: what a text fixes, nobody lengthens.</summary>
public sealed class ExtendDuty(AppDb db, Ledger ledger, CalendarBook calendars, Actor actor, Clock clock)
{
    public const int Most = 60;

    /// <param name="Days">In the limit's own unit.</param>
    public sealed record Input(Guid Duty, int Days, string Reason);

    public sealed record Act(Guid Duty, string Rule, Guid OwedBy, int Days, DateOnly? Old, DateOnly? New, string Reason) : IAct { static string IAct.Name => "duty.extended"; }

    /// <exception cref="NotFound">No duty is owed to the actor's organ under this id.</exception>
    public async Task<Duty> RunAsync(Input input, CancellationToken ct)
    {
        actor.Demand(Rights.DutyWaive);
        new InputCheck().That(input.Days is >= 1 and <= Most, nameof(input.Days), $"延长的天数应在1至{Most}之间。").Filled(input.Reason, nameof(input.Reason), "理由", 500).Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var duty = await AgreedLimit.OwedToAsync(db, actor, input.Duty, ct);
        var old = duty.DueOn;
        duty.Extend(input.Days, input.Reason, AgreedLimit.Clause, actor.Person, clock.Now, await calendars.CurrentAsync(ct));
        await ledger.RecordAsync(new Act(duty.Id, duty.Rule, duty.OwedBy, input.Days, old, duty.DueOn, input.Reason.Trim()), duty.Subject, DutyRules.ArticleOf(duty), ct);
        await AgreedLimit.CarryAsync(db, duty, ct);
        await together.CommitAsync(ct);
        return duty;
    }
}
