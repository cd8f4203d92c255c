using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Data;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Documents;

/// <summary>Files that go with a document: seen by whoever sees the document, added by the issuing organ, taken away only while it is a draft.</summary>
public sealed class DocumentAttachments(AppDb db, Actor actor) : IMatterFiles
{
    public const string KindName = "document";

    public string Kind => KindName;

    public async Task<MatterAccess?> AskAsync(Guid matter, CancellationToken ct)
    {
        if (!actor.May(Rights.DocumentView) || actor.Organ is null || await db.OfficialDocuments.AsNoTracking().VisibleTo(db, actor).SingleOrDefaultAsync(d => d.Id == matter, ct) is not { } document) return null;
        var own = document.Organ == actor.Organ && actor.May(Rights.DocumentDraft);
        var open = document.State is DocumentState.Draft or DocumentState.InReview or DocumentState.Reviewed;
        return new(document.OnLedger, $"/documents/{matter}", MayAdd: own && document.State is not (DocumentState.Served or DocumentState.Cancelled), MayRemove: own && open);
    }
}

/// <summary>The scan of a registered paper: for the organ that received it alone.</summary>
public sealed class PaperAttachments(AppDb db, Actor actor) : IMatterFiles
{
    public const string KindName = "paper";

    public string Kind => KindName;

    public async Task<MatterAccess?> AskAsync(Guid matter, CancellationToken ct)
    {
        if (!actor.May(Rights.DocumentView) || actor.Organ is not { } organ || await db.IncomingPapers.AsNoTracking().SingleOrDefaultAsync(p => p.Id == matter && p.Organ == organ, ct) is not { } paper) return null;
        return new(paper.Ref, $"/documents/incoming/{matter}", MayAdd: actor.May(Rights.DocumentDraft));
    }
}
