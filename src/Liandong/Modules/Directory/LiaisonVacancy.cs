using Liandong.Data;
using Liandong.Kernel.Duties;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Directory;

/// <summary>
/// Keeps the duty 确定会商联络负责人和联络员 in step with the appointments: open while a department or member unit lacks its lead or
/// its officer A, ended by the appointment that fills the last gap. B is for absence and is owed by nobody.
/// </summary>
public sealed class LiaisonVacancy(AppDb db, DutyBook duties)
{
    public static Subject About(Organ organ) => new("liaison", organ.Id, "", organ.Name);

    /// <summary>Whether the notice asks this organ for a liaison lead: every department and member unit but the bureau itself.</summary>
    public static bool Needs(Organ organ) => organ.Kind != OrganKind.Bureau && (organ.Kind == OrganKind.Department || organ.IsMember);

    /// <summary>Opens or ends the duty as part of the act that is recorded next. Rows of this act that are not saved yet are counted.</summary>
    /// <param name="since">The day of the event: the organ joined, or the last day that the post was held.</param>
    public async Task SettleAsync(Organ organ, DateOnly since, CancellationToken ct)
    {
        var appointments = await db.LiaisonAppointments.Where(a => a.Organ == organ.Id).ToListAsync(ct);
        var all = appointments.Union(db.LiaisonAppointments.Local.Where(a => a.Organ == organ.Id)).ToList();
        // Held on the day after the event or from a later day on: somebody is named.
        bool Filled(LiaisonSlot slot) => all.Any(a => a.Slot == slot && (a.To is null || a.To > since));
        var about = About(organ);
        if (!Needs(organ) || organ.To is not null || (Filled(LiaisonSlot.Lead) && Filled(LiaisonSlot.A)))
        {
            if (Needs(organ) && organ.To is null) await duties.DischargeAsync(DirectoryRules.AppointLiaison, about, ct);
            else await duties.CancelAsync(DirectoryRules.AppointLiaison, about, organ.To is null ? "该单位不再需要确定联络人员" : "该单位已经终止", ct);
            return;
        }
        if (await db.Duties.AnyAsync(d => d.Rule == DirectoryRules.AppointLiaison.Code && d.SubjectId == organ.Id && d.ClosedAt == null, ct)) return;
        if (db.Duties.Local.Any(d => d.Rule == DirectoryRules.AppointLiaison.Code && d.SubjectId == organ.Id && d.IsOpen)) return;
        var bureau = await db.Organs.Where(o => o.Kind == OrganKind.Bureau && o.To == null).OrderBy(o => o.Rank).Select(o => new { o.Id, o.Name }).FirstOrDefaultAsync(ct);
        await duties.OpenAsync(DirectoryRules.AppointLiaison, organ.Id, bureau?.Id, about, ct, from: since, owedToLabel: bureau?.Name ?? "行政审批服务局");
    }
}
