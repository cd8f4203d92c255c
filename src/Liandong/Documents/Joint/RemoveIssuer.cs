using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Directory;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Documents;

/// <summary>移出联合行文: the host goes on without an organ, and says why. Mark and signatures change, so that the rest sign anew. An organ that had the draft before it is told that it left, and why.</summary>
public sealed class RemoveIssuer(AppDb db, DutyBook duties, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Document, Guid Organ, Guid Issuer, int Revision) : IAct { public static string Name => "document.issuer-removed"; }

    public async Task<OfficialDocument> RunAsync(Guid id, Guid issuer, string reason, CancellationToken ct)
    {
        actor.Demand(Rights.DocumentDraft);
        new InputCheck().Filled(reason, "Reason", "移出的理由", 500).Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var document = await db.OfficialDocuments.OwnedBy(actor).SingleOrDefaultAsync(d => d.Id == id, ct) ?? throw NotFound.Of("该公文");
        var issuers = await JointIssue.IssuersAsync(db, id, ct);
        var leaving = issuers.Find(i => i.Organ == issuer) ?? throw NotFound.Of("该联合发文机关");
        if (document.State == DocumentState.Countersigning)
        {
            document.EndCountersign();
            foreach (var other in issuers) other.Recall();
            await duties.CancelAsync(DocumentsRules.CountersignDocument, document.Ref, $"移出联合行文:{reason.Trim()}", ct, owedBy: issuer);
            foreach (var other in issuers.Where(i => i != leaving)) await duties.SupersedeAsync(DocumentsRules.CountersignDocument, document.Ref, "联合发文机关有变动,退回主办机关", ct, owedBy: other.Organ);
        }
        if (leaving.WasAsked) db.IssuerRemovals.Add(new IssuerRemoval { District = db.District, Id = clock.NewId(), Document = id, Host = document.Organ, Organ = issuer, Title = document.Title, Reason = reason.Trim(), Who = actor.Name, At = clock.Now });
        var stay = issuers.Where(i => i != leaving).ToList();
        var ids = stay.Select(i => i.Organ).Prepend(document.Organ).ToList();
        var names = await db.Organs.AsNoTracking().Where(o => ids.Contains(o.Id) || o.Id == issuer).ToDictionaryAsync(o => o.Id, o => o.Name, ct);
        IReadOnlyList<string> signing = [.. ids.Select(o => names[o])];
        document.Write(document.Content with { Mark = JointIssue.MarkOf(document.Kind, signing), SignedBy = signing }, document.To, document.CopyTo, clock.Now);
        foreach (var (at, other) in stay.Index()) other.Ordinal = at + 1;
        db.DocumentIssuers.Remove(leaving);
        db.DocumentVersions.Add(DocumentVersions.Of(db, document, actor, clock.Now, $"移出{names[issuer]}:{reason.Trim()}"));
        await ledger.RecordAsync(new Act(id, document.Organ, issuer, document.Revision), document.OnLedger, DocumentsRules.Of(document.Kind), ct);
        await together.CommitAsync(ct);
        return document;
    }
}
