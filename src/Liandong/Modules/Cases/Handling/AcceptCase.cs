using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Linkage;
using Liandong.Modules.Supervision;
using Liandong.Shared;

namespace Liandong.Modules.Cases;

/// <summary>
/// 受理: the limit of the decision begins to run. While supervision has suspended acceptance of the party (暂停受理) it is refused, unless
/// the person states why the law asks for it all the same: 行政许可法 第三十二条 knows no suspension, so the platform warns and records, and a person decides.
/// </summary>
public sealed class AcceptCase(AppDb db, DutyBook duties, CalendarBook calendars, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="despite">Why it is accepted although acceptance is suspended; not needed otherwise.</param>
    public async Task<Case> RunAsync(Guid id, string? despite, CancellationToken ct)
    {
        var accepted = await db.TakeAsync(actor, Rights.CaseEnter, id, ct);
        new InputCheck().NotLonger(despite, "Despite", "仍予受理的理由", 500).Throw();
        var suspension = (await PartyEffects.OfAsync(db, accepted.Party, clock.Today, ct)).FirstOrDefault(e => e.StopsAcceptance);
        accepted.Accept(clock.Now, suspension?.InWords, despite ?? "");
        await duties.DischargeAsync(CasesRules.Accept, accepted.Ref, ct);
        var bureau = await SendPushes.BureauAsync(db, clock.Today, ct);
        db.Duties.AddRange(CaseClock.OnAcceptance(accepted, await db.ItemOfAsync(accepted, ct), db.District, bureau, clock.Today, clock.Now, await calendars.CurrentAsync(ct), clock.NewId));
        await ledger.RecordAsync(new CaseActs.Accepted(accepted.Id, accepted.AcceptedAt!.Value, suspension?.Feedback), accepted.Ref, CasesRules.Accepting, ct);
        return accepted;
    }
}
