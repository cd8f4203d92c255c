using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Data;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Assistance;

/// <summary>Files of a request and of its answer: both organs see them; both add until it is answered, and the organ that answered adds to its answer afterwards.</summary>
public sealed class AssistanceAttachments(AppDb db, Actor actor) : IMatterFiles
{
    public const string KindName = "assistance";

    public string Kind => KindName;

    public async Task<MatterAccess?> AskAsync(Guid matter, CancellationToken ct)
    {
        if (!actor.May(Rights.AssistView) || actor.Organ is not { } organ || await db.AssistanceRequests.AsNoTracking().VisibleTo(actor).SingleOrDefaultAsync(r => r.Id == matter, ct) is not { } request) return null;
        var may = request.State switch
        {
            AssistanceState.Asked => request.AskedBy == organ && actor.May(Rights.AssistAsk) || request.AskedOf == organ && actor.May(Rights.AssistAnswer),
            AssistanceState.Answered => request.AskedOf == organ && actor.May(Rights.AssistAnswer),
            _ => false,
        };
        return new(request.Ref, $"/assistance/{matter}", MayAdd: may);
    }
}
