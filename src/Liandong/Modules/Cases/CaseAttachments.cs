using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Data;
using Liandong.Modules.Assistance;
using Liandong.Modules.Linkage;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Cases;

/// <summary>
/// 办件材料. The bureau keeps them; whoever may see a push of the case sees them with it, and for a time an organ to which an answer has opened the case with its files. What was added may be taken away until the decision,
/// which rests on them.
/// </summary>
public sealed class CaseAttachments(AppDb db, Actor actor) : IMatterFiles
{
    public const string KindName = "case";

    public string Kind => KindName;

    public async Task<MatterAccess?> AskAsync(Guid matter, CancellationToken ct)
    {
        var keeps = actor.IsBureau && actor.May(Rights.CaseView);
        if (!keeps && !actor.May(Rights.PushView)) return null;
        if (await db.Cases.AsNoTracking().FirstOrDefaultAsync(c => c.Id == matter, ct) is not { } found) return null;
        if (!keeps && !await db.Pushes.AsNoTracking().VisibleTo(actor).AnyAsync(p => p.Case == matter, ct)
            && !await db.AccessGrants.OpenTo(db, actor).AnyAsync(g => g.WithFiles && (g.Case == matter || g.Party == found.Party), ct)) return null;
        var enters = keeps && actor.May(Rights.CaseEnter);
        return new(found.Ref, $"/cases/{matter}", MayAdd: enters, MayRemove: enters && found.Decision is null);
    }
}
