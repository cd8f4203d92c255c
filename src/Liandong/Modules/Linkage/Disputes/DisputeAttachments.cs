using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Data;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Linkage.Disputes;

/// <summary>What the parties of a dispute enclose with their statements: all who may read the dispute see it, the parties and the ruling office add to it until it is ruled.</summary>
public sealed class DisputeAttachments(AppDb db, Actor actor) : IMatterFiles
{
    public const string KindName = "dispute";

    public string Kind => KindName;

    public async Task<MatterAccess?> AskAsync(Guid matter, CancellationToken ct)
    {
        if (!actor.May(Rights.PushView) || await db.CompetenceDisputes.AsNoTracking().VisibleTo(db, actor).FirstOrDefaultAsync(d => d.Id == matter, ct) is not { } dispute) return null;
        var organ = actor.Organ;
        var party = actor.May(Rights.DisputeRaise) && (actor.IsBureau || await db.DisputeParties.AnyAsync(p => p.Dispute == matter && p.Organ == organ, ct));
        return new(dispute.Ref, $"/disputes/{matter}", MayAdd: dispute.State == DisputeState.Open && (party || actor.May(Rights.DisputeRule)));
    }
}
