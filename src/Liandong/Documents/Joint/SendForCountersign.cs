using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Documents;

/// <summary>送会签: the organs that issue the document jointly see the text, which stands still, and each owes its signature or its reason. Those that declined are asked again.</summary>
public sealed class SendForCountersign(AppDb db, DutyBook duties, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Document, Guid Organ, int Revision, IReadOnlyList<Guid> Issuers) : IAct { public static string Name => "document.sent-for-countersign"; }

    public async Task<OfficialDocument> RunAsync(Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.DocumentDraft);
        await using var together = await ledger.TogetherAsync(ct);
        var document = await db.OfficialDocuments.OwnedBy(actor).SingleOrDefaultAsync(d => d.Id == id, ct) ?? throw NotFound.Of("该公文");
        var issuers = await JointIssue.IssuersAsync(db, id, ct);
        document.SendForCountersign(issuers);
        if (await db.DocumentRemarks.AnyAsync(r => r.Document == id && r.State == RemarkState.Open, ct)) throw new Refusal("document.open-remarks", "还有没有处理的核稿意见。", DocumentsRules.Of(document.Kind));
        foreach (var issuer in issuers)
        {
            issuer.Ask(clock.Now);
            await duties.OpenAsync(DocumentsRules.CountersignDocument, owedBy: issuer.Organ, owedTo: document.Organ, document.Ref, ct);
        }
        await ledger.RecordAsync(new Act(id, document.Organ, document.Revision, [.. issuers.Select(i => i.Organ)]), document.OnLedger, DocumentsRules.Cooperating, ct);
        await together.CommitAsync(ct);
        return document;
    }
}

/// <summary>撤回会签: the host takes the text back to change it. What was signed does not count any more, and the other organs do not see the draft until they are asked again.</summary>
public sealed class RecallCountersign(AppDb db, DutyBook duties, Ledger ledger, Actor actor)
{
    public sealed record Act(Guid Document, Guid Organ, int Revision) : IAct { public static string Name => "document.countersign-recalled"; }

    public async Task<OfficialDocument> RunAsync(Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.DocumentDraft);
        await using var together = await ledger.TogetherAsync(ct);
        var document = await db.OfficialDocuments.OwnedBy(actor).SingleOrDefaultAsync(d => d.Id == id, ct) ?? throw NotFound.Of("该公文");
        document.EndCountersign();
        foreach (var issuer in await JointIssue.IssuersAsync(db, id, ct)) issuer.Recall();
        await duties.SupersedeAsync(DocumentsRules.CountersignDocument, document.Ref, "主办机关撤回会签", ct);
        await ledger.RecordAsync(new Act(id, document.Organ, document.Revision), document.OnLedger, DocumentsRules.Cooperating, ct);
        await together.CommitAsync(ct);
        return document;
    }
}
