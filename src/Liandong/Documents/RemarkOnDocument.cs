using Liandong.Accounts;
using Liandong.Data;
using Liandong.Documents.Layout;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Documents;

/// <summary>提出核稿意见 on the title, one piece of the body or the whole, with a wording in its place where there is one.</summary>
public sealed class RemarkOnDocument(AppDb db, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="Block">Index in the body; <see cref="DocumentRemark.TheTitle"/>, <see cref="DocumentRemark.TheWhole"/>.</param>
    public sealed record Input(int Block, string Text, string Proposed = "");

    public sealed record Act(Guid Document, Guid Organ, Guid Remark, int Revision, int Block) : IAct { public static string Name => "document.remarked"; }

    public async Task<DocumentRemark> RunAsync(Guid id, Input input, CancellationToken ct)
    {
        actor.Demand(Rights.DocumentReview);
        new InputCheck().Filled(input.Text, nameof(input.Text), "意见", 1000).NotLonger(input.Proposed, nameof(input.Proposed), "建议改为", 5000).Throw();
        var document = await db.OfficialDocuments.OwnedBy(actor).SingleOrDefaultAsync(d => d.Id == id, ct) ?? throw NotFound.Of("该公文");
        document.MustBeInReview();
        var quote = DocumentPieces.TextOf(document.Content, input.Block) ?? throw new InvalidInput(nameof(input.Block), "请选择意见针对哪一段。");
        if (input.Proposed.Trim().Length > 0 && input.Block == DocumentRemark.TheWhole) throw new InvalidInput(nameof(input.Proposed), "对全文的意见不能直接改写,请针对某一段。");
        var remark = new DocumentRemark
        {
            District = db.District, Id = clock.NewId(), Document = id, Revision = document.Revision, Block = input.Block, Quote = quote, Text = input.Text.Trim(), Proposed = input.Proposed.Trim(), By = actor.Person, Who = actor.Name, At = clock.Now,
        };
        db.DocumentRemarks.Add(remark);
        await ledger.RecordAsync(new Act(id, document.Organ, remark.Id, document.Revision, input.Block), document.OnLedger, DocumentsRules.Of(document.Kind), ct);
        return remark;
    }
}

/// <summary>处理核稿意见: accepted (a proposed wording then takes the old one's place, in a new revision) or declined with a reason.</summary>
public sealed class SettleRemark(AppDb db, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Document, Guid Organ, Guid Remark, bool Accepted, int Revision) : IAct { public static string Name => "document.remark-settled"; }

    public async Task<DocumentRemark> RunAsync(Guid remarkId, bool accepted, string answer, CancellationToken ct)
    {
        actor.Demand(Rights.DocumentDraft);
        new InputCheck().NotLonger(answer, "Answer", "说明", 500).That(accepted || answer.Trim().Length > 0, "Answer", "不采纳的,请说明理由。").Throw();
        var remark = await db.DocumentRemarks.SingleOrDefaultAsync(r => r.Id == remarkId, ct) ?? throw NotFound.Of("该意见");
        var document = await db.OfficialDocuments.OwnedBy(actor).SingleOrDefaultAsync(d => d.Id == remark.Document, ct) ?? throw NotFound.Of("该意见");
        remark.Settle(accepted, answer.Trim(), actor.Name, clock.Now);
        if (accepted && remark.Proposed.Length > 0)
        {
            if (DocumentPieces.TextOf(document.Content, remark.Block) != remark.Quote) throw new Refusal("remark.text-moved", "这一段在提出意见后已经改动,请先退回起草人,由其修改。", DocumentsRules.Of(document.Kind));
            document.Amend(DocumentPieces.Replace(document.Content, remark.Block, remark.Proposed), clock.Now);
            db.DocumentVersions.Add(DocumentVersions.Of(db, document, actor, clock.Now, "采纳核稿意见"));
        }
        await ledger.RecordAsync(new Act(document.Id, document.Organ, remark.Id, accepted, document.Revision), document.OnLedger, DocumentsRules.Of(document.Kind), ct);
        return remark;
    }
}

/// <summary>The pieces of a document that a reviewer may speak of.</summary>
public static class DocumentPieces
{
    /// <summary>Null when there is no such piece.</summary>
    public static string? TextOf(DocumentContent content, int block) => block switch
    {
        DocumentRemark.TheWhole => "全文",
        DocumentRemark.TheTitle => content.Title,
        >= 0 when block < content.Body.Count => BodyText.Write([content.Body[block]]),
        _ => null,
    };

    /// <summary>A piece as lists name it: 第3段 and its first words.</summary>
    public static string NameOf(DocumentContent content, int block) => block switch { DocumentRemark.TheWhole => "全文", DocumentRemark.TheTitle => "标题", _ => $"第{block + 1}段" };

    public static DocumentContent Replace(DocumentContent content, int block, string text)
    {
        if (block == DocumentRemark.TheTitle) return content with { Title = text };
        return content with { Body = [.. content.Body.Take(block), .. BodyText.Read(text), .. content.Body.Skip(block + 1)] };
    }
}
