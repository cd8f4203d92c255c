using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Documents;

/// <summary>修改草稿: a new revision; the earlier ones are kept. A document that had passed its review has to be read again.</summary>
public sealed class ReviseDocument(AppDb db, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Document, Guid Organ, int Revision) : IAct { public static string Name => "document.revised"; }

    public async Task<OfficialDocument> RunAsync(Guid id, DraftDocument.Input input, CancellationToken ct)
    {
        actor.Demand(Rights.DocumentDraft);
        var document = await db.OfficialDocuments.OwnedBy(actor).SingleOrDefaultAsync(d => d.Id == id, ct) ?? throw NotFound.Of("该公文");
        var (content, to, copies, joint) = await DraftDocument.ContentAsync(db, document.Organ, input with { Kind = document.Kind }, clock.Today, ct);
        document.Write(content, to, copies, clock.Now);
        await JointIssue.SetAsync(db, document, joint, ct);
        db.DocumentVersions.Add(DocumentVersions.Of(db, document, actor, clock.Now, "修改"));
        await ledger.RecordAsync(new Act(document.Id, document.Organ, document.Revision), document.OnLedger, DocumentsRules.Of(document.Kind), ct);
        return document;
    }
}
