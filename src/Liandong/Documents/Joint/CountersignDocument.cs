using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Documents;

/// <summary>
/// 会签 of an organ that issues the document jointly: its head signs the text, or declines with a reason, and then the text goes back to the host for all.
/// </summary>
public sealed class CountersignDocument(AppDb db, DutyBook duties, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="Revision">The revision that was read: nobody signs a text that was changed meanwhile.</param>
    /// <param name="Reason">Required for declining.</param>
    public sealed record Input(bool Agreed, int Revision, string Reason = "");

    public sealed record Act(Guid Document, Guid Organ, int Revision, bool Agreed) : IAct { public static string Name => "document.countersigned"; }

    public async Task<OfficialDocument> RunAsync(Guid id, Input input, CancellationToken ct)
    {
        actor.Demand(Rights.DocumentSign);
        new InputCheck().NotLonger(input.Reason, nameof(input.Reason), "理由", 1000).That(input.Agreed || input.Reason.Trim().Length > 0, nameof(input.Reason), "不同意联合行文的,请写明理由。").Throw();
        var organ = actor.RequireOrgan();
        await using var together = await ledger.TogetherAsync(ct);
        var issuers = await JointIssue.IssuersAsync(db, id, ct);
        var own = issuers.Find(i => i.Organ == organ && i.AskedAt is not null) ?? throw NotFound.Of("该公文");
        var document = await db.OfficialDocuments.SingleAsync(d => d.Id == id, ct);
        document.MustBeCountersigning();
        if (document.Revision != input.Revision) throw new Refusal("document.text-moved", $"文稿已经改为第{document.Revision}稿,请看过以后再签署。", DocumentsRules.Cooperating);
        // Either way the organ has answered.
        await duties.DischargeAsync(DocumentsRules.CountersignDocument, document.Ref, ct, owedBy: organ);
        if (input.Agreed)
        {
            if (own.State == IssuerState.Signed) throw new Refusal("document.countersigned", "本单位已经签署。", DocumentsRules.Cooperating);
            own.Sign(actor.Person, actor.Name, clock.Now);
        }
        else
        {
            own.Decline(input.Reason.Trim(), actor.Person, actor.Name, clock.Now);
            // What the others would sign is no longer what will be issued.
            foreach (var other in issuers.Where(i => i.State == IssuerState.Asked)) await duties.SupersedeAsync(DocumentsRules.CountersignDocument, document.Ref, "有单位不同意,退回主办机关", ct, owedBy: other.Organ);
            foreach (var issuer in issuers) issuer.Recall();
            document.EndCountersign();
        }
        await ledger.RecordAsync(new Act(id, organ, document.Revision, input.Agreed), document.OnLedger, DocumentsRules.Cooperating, ct);
        await together.CommitAsync(ct);
        return document;
    }
}
