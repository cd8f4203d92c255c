using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Directory;

/// <summary>免去联络岗位: the place falls vacant, and the duty to name somebody begins.</summary>
public sealed class EndLiaison(AppDb db, Ledger ledger, Actor actor, LiaisonVacancy vacancy)
{
    public sealed record Input(Guid Appointment, DateOnly LastDay, string Reason);

    public sealed record Act(Guid Appointment, Guid Organ, DateOnly LastDay) : IAct { static string IAct.Name => "liaison.ended"; }

    public async Task<LiaisonAppointment> RunAsync(Input input, CancellationToken ct)
    {
        actor.Demand(Rights.LiaisonAppoint);
        new InputCheck().Filled(input.Reason, nameof(input.Reason), "理由").Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var appointment = await db.LiaisonAppointments.SingleOrDefaultAsync(a => a.Id == input.Appointment, ct) ?? throw NotFound.Of("该联络任职");
        if (!actor.Oversees(appointment.Organ)) throw NotFound.Of("该联络任职");
        var organ = await db.Organs.SingleAsync(o => o.Id == appointment.Organ, ct);
        if (input.LastDay < appointment.From) throw new Refusal("liaison.ends-before-start", "离任日不能早于任职日。", field: nameof(input.LastDay));
        appointment.End(input.LastDay, input.Reason.Trim());
        await vacancy.SettleAsync(organ, input.LastDay, ct);
        await ledger.RecordAsync(new Act(appointment.Id, organ.Id, input.LastDay), LiaisonVacancy.About(organ), DirectoryRules.Naming, ct);
        await together.CommitAsync(ct);
        return appointment;
    }
}
