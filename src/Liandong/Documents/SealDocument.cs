using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Documents;

/// <summary>用印: each organ that issues the signed document records that its seal was put on it. The picture of a seal is never drawn: a seal that anybody could print would prove nothing.</summary>
public sealed class SealDocument(AppDb db, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Document, Guid Organ, string Digest) : IAct { public static string Name => "document.sealed"; }

    public async Task<OfficialDocument> RunAsync(Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.DocumentSeal);
        var organ = actor.RequireOrgan();
        var document = await db.OfficialDocuments.IssuedBy(db, actor).SingleOrDefaultAsync(d => d.Id == id, ct) ?? throw NotFound.Of("该公文");
        var others = await JointIssue.IssuersAsync(db, id, ct);
        document.Seal(others.Find(o => o.Organ == organ), others, actor.Person, clock.Now);
        await ledger.RecordAsync(new Act(document.Id, organ, document.Digest), document.OnLedger, DocumentsRules.Of(document.Kind), ct);
        return document;
    }
}
