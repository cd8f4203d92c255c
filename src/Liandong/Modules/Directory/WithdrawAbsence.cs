using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Directory;

/// <summary>撤销外出:the absent one is back early, the cover ends at once.</summary>
public sealed class WithdrawAbsence(AppDb db, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Absence, Guid Person) : IAct { static string IAct.Name => "absence.withdrawn"; }

    public async Task<Absence> RunAsync(Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.AbsenceSet);
        var absence = await db.Absences.SingleOrDefaultAsync(a => a.Id == id && a.WithdrawnAt == null, ct) ?? throw NotFound.Of("该外出登记");
        var organs = await db.LiaisonAppointments.AsNoTracking().Where(a => a.Person == absence.Person).Select(a => a.Organ).ToListAsync(ct);
        if (organs.FirstOrDefault(actor.Oversees) is var own && own == Guid.Empty) throw NotFound.Of("该外出登记");
        absence.Withdraw(clock.Now);
        await ledger.RecordAsync(new Act(absence.Id, absence.Person), new Subject("liaison", own, "", "联络员外出"), DirectoryRules.Naming, ct);
        return absence;
    }
}
