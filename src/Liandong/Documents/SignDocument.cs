using System.Text.Json;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Documents.Layout;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Documents;

/// <summary>
/// 签发: the head of the organ signs, after the heads of those that issue it jointly; the document gets its number and date in the same transaction and is closed. Two signers at once, a retry or a crash leave neither a gap nor a double.
/// </summary>
public sealed class SignDocument(AppDb db, Ledger ledger, NumberBook numbers, Actor actor, Clock clock)
{
    public sealed record Act(Guid Document, Guid Organ, DocumentKind Kind, string Number, string Digest) : IAct { public static string Name => "document.signed"; }

    public async Task<OfficialDocument> RunAsync(Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.DocumentSign);
        await using var together = await ledger.TogetherAsync(ct);
        var document = await db.OfficialDocuments.OwnedBy(actor).SingleOrDefaultAsync(d => d.Id == id, ct) ?? throw NotFound.Of("该公文");
        var others = await JointIssue.IssuersAsync(db, id, ct);
        document.MustBeSignable(others);
        if (await db.DocumentRemarks.AnyAsync(r => r.Document == id && r.State == RemarkState.Open, ct)) throw new Refusal("document.open-remarks", "还有没有处理的核稿意见。", DocumentsRules.Of(document.Kind));
        var today = clock.Today;
        var number = await numbers.NextAsync(await DocumentNumbers.PrefixAsync(db, document.Organ, document.Kind, ct), today.Year, ct);
        var content = document.Content with
        {
            Number = number,
            Date = today,
            PrintedOn = document.Kind == DocumentKind.Letter ? null : today,
            // Upward documents print who signed them, the host's head first (GB/T 9704-2012 7.2.6).
            Signers = document.Kind is DocumentKind.Request or DocumentKind.Report ? [.. others.Select(o => o.Who).Prepend(actor.Name).Where(n => n.Length > 0)] : [],
        };
        document.Sign(content, number, DigestOf(content), others, actor.Person, clock.Now);
        await ledger.RecordAsync(new Act(document.Id, document.Organ, document.Kind, number, document.Digest), document.OnLedger, DocumentsRules.Of(document.Kind), ct);
        await together.CommitAsync(ct);
        return document;
    }

    /// <summary>SM3 of the text; whoever has the text can count it again and compare it with the ledger.</summary>
    public static string DigestOf(DocumentContent content) => Sm3.HexOf(JsonSerializer.Serialize(content, Ledger.BodyFormat));
}
