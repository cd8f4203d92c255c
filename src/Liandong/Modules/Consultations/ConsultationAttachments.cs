using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Data;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Consultations;

/// <summary>Files of a consultation: all its parties see them, and add to them until it is over.</summary>
public sealed class ConsultationAttachments(AppDb db, Actor actor) : IMatterFiles
{
    public const string KindName = "consultation";

    public string Kind => KindName;

    public async Task<MatterAccess?> AskAsync(Guid matter, CancellationToken ct)
    {
        if (!actor.May(Rights.ConsultView) || actor.Organ is null || await db.Consultations.AsNoTracking().VisibleTo(db, actor).SingleOrDefaultAsync(c => c.Id == matter, ct) is not { } consultation) return null;
        var party = actor.May(Rights.ConsultAnswer) && await db.IsPartyAsync(actor, matter, ct);
        return new(consultation.OnLedger, $"/consultations/{matter}", MayAdd: party && consultation.IsOpen, MayRemove: party && consultation.State == ConsultationState.Preparing);
    }
}

/// <summary>佐证材料 of a decision item: seen by all parties of the consultation or the meeting, added by the owner and the assisting organs until its completion is accepted.</summary>
public sealed class DecisionAttachments(AppDb db, DecisionHomes homes, Actor actor) : IMatterFiles
{
    public const string KindName = "decision";

    public string Kind => KindName;

    public async Task<MatterAccess?> AskAsync(Guid matter, CancellationToken ct)
    {
        if (!actor.May(Rights.ConsultView) || actor.Organ is not { } organ || await db.DecisionItems.AsNoTracking().SingleOrDefaultAsync(i => i.Id == matter, ct) is not { } item) return null;
        if (await homes.OfAsync(item, ct) is null) return null;
        var works = actor.May(Rights.ConsultAnswer) && (item.Owner == organ || item.Assisting.Contains(organ));
        return new(item.OnLedger, $"/decisions/{matter}", MayAdd: works && item.State is (DecisionState.Open or DecisionState.Reported));
    }
}
