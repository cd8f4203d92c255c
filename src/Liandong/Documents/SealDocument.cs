using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Documents;

/// <summary>用印: the office records that the organ's seal was put on the signed document. The picture of a seal is never drawn: a seal that anybody could print would prove nothing.</summary>
public sealed class SealDocument(AppDb db, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Document, Guid Organ, string Digest) : IAct { public static string Name => "document.sealed"; }

    public async Task<OfficialDocument> RunAsync(Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.DocumentSeal);
        var document = await db.OfficialDocuments.OwnedBy(actor).SingleOrDefaultAsync(d => d.Id == id, ct) ?? throw NotFound.Of("该公文");
        document.Seal(actor.Person, clock.Now);
        await ledger.RecordAsync(new Act(document.Id, document.Organ, document.Digest), document.OnLedger, DocumentsRules.Of(document.Kind), ct);
        return document;
    }
}
