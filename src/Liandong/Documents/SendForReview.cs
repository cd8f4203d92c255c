using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Documents;

/// <summary>送核: colleagues of the organ read the draft; its text stands still meanwhile.</summary>
public sealed class SendForReview(AppDb db, Ledger ledger, Actor actor)
{
    public sealed record Act(Guid Document, Guid Organ, int Revision) : IAct { public static string Name => "document.sent-for-review"; }

    public async Task<OfficialDocument> RunAsync(Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.DocumentDraft);
        var document = await db.OfficialDocuments.OwnedBy(actor).SingleOrDefaultAsync(d => d.Id == id, ct) ?? throw NotFound.Of("该公文");
        document.SendForReview();
        await ledger.RecordAsync(new Act(document.Id, document.Organ, document.Revision), document.OnLedger, DocumentsRules.Of(document.Kind), ct);
        return document;
    }
}

/// <summary>结束核稿: passed, or back to the drafter. Passing needs every remark settled, and another person than the drafter.</summary>
public sealed class EndReview(AppDb db, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Document, Guid Organ, int Revision, bool Passed) : IAct { public static string Name => "document.reviewed"; }

    public async Task<OfficialDocument> RunAsync(Guid id, bool passed, CancellationToken ct)
    {
        actor.DemandOneOf(passed ? [Rights.DocumentReview] : [Rights.DocumentReview, Rights.DocumentDraft]);
        var document = await db.OfficialDocuments.OwnedBy(actor).SingleOrDefaultAsync(d => d.Id == id, ct) ?? throw NotFound.Of("该公文");
        document.MustBeInReview();
        if (passed && document.DraftedBy is { } drafter && drafter == actor.Person) throw new Refusal("document.own-review", "起草人不能核自己的稿,请由其他同志核稿。", DocumentsRules.Of(document.Kind));
        if (passed && await db.DocumentRemarks.AnyAsync(r => r.Document == id && r.State == RemarkState.Open, ct)) throw new Refusal("document.open-remarks", "还有没有处理的核稿意见。", DocumentsRules.Of(document.Kind));
        document.EndReview(passed, actor.Person, clock.Now);
        await ledger.RecordAsync(new Act(document.Id, document.Organ, document.Revision, passed), document.OnLedger, DocumentsRules.Of(document.Kind), ct);
        return document;
    }
}
