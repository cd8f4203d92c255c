using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Documents;

/// <summary>作废 a draft. It has no number yet, so no number is lost.</summary>
public sealed class CancelDocument(AppDb db, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Document, Guid Organ) : IAct { public static string Name => "document.cancelled"; }

    public async Task<OfficialDocument> RunAsync(Guid id, string reason, CancellationToken ct)
    {
        actor.Demand(Rights.DocumentDraft);
        new InputCheck().Filled(reason, "Reason", "作废的理由", 500).Throw();
        var document = await db.OfficialDocuments.OwnedBy(actor).SingleOrDefaultAsync(d => d.Id == id, ct) ?? throw NotFound.Of("该公文");
        document.Cancel(reason.Trim(), clock.Now);
        await ledger.RecordAsync(new Act(document.Id, document.Organ), document.OnLedger, DocumentsRules.Of(document.Kind), ct);
        return document;
    }
}
