using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Data;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Directory;

/// <summary>The letter that names a 会商联络负责人 or 联络员: the directory is open to all who read it; who may appoint for the organ adds the letter.</summary>
public sealed class LiaisonAttachments(AppDb db, Actor actor) : IMatterFiles
{
    public const string KindName = "liaison";

    public string Kind => KindName;

    public static string LabelOf(string person, LiaisonSlot slot, DateOnly from) => $"{person} · {LiaisonAppointment.NameOf(slot)}(自 {from:yyyy-MM-dd})";

    public async Task<MatterAccess?> AskAsync(Guid matter, CancellationToken ct)
    {
        if (!actor.May(Rights.DirectoryView) || await db.LiaisonAppointments.AsNoTracking().FirstOrDefaultAsync(a => a.Id == matter, ct) is not { } appointment) return null;
        var organ = await db.Organs.AsNoTracking().FirstAsync(o => o.Id == appointment.Organ, ct);
        return new(LiaisonVacancy.About(organ), $"/directory/organs/{organ.Id}", MayAdd: actor.May(Rights.LiaisonAppoint) && actor.Oversees(organ.Id));
    }
}
