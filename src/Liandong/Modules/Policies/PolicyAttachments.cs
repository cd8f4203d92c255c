using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Data;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Policies;

/// <summary>Files of a policy change: whoever reads it reads them; the department and the bureau add to them until both have confirmed, and the department takes its own away until it is served.</summary>
public sealed class PolicyAttachments(AppDb db, Actor actor) : IMatterFiles
{
    public const string KindName = "policy";

    public string Kind => KindName;

    public async Task<MatterAccess?> AskAsync(Guid matter, CancellationToken ct)
    {
        if (!actor.May(Rights.PolicyView) || actor.Organ is not { } organ || await db.PolicyChanges.AsNoTracking().VisibleTo(db, actor).SingleOrDefaultAsync(p => p.Id == matter, ct) is not { } policy) return null;
        var (notifies, adapts) = (policy.Organ == organ && actor.May(Rights.PolicyNotify), policy.Bureau == organ && actor.May(Rights.PolicyAdapt));
        return new(policy.OnLedger, $"/policies/{matter}", MayAdd: (notifies || adapts) && policy.State is not (PolicyState.Confirmed or PolicyState.Withdrawn), MayRemove: notifies && policy.State == PolicyState.Known);
    }
}
