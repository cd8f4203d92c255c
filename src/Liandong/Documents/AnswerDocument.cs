using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Documents;

/// <summary>签收: the addressee has the document. Reading the page is no receipt; this act is.</summary>
public sealed class ReadDocument(AppDb db, DocumentMatters matters, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Document, Guid Organ) : IAct { public static string Name => "document.read"; }

    /// <summary>A second receipt is no mistake and leaves no trace.</summary>
    public async Task<OfficialDocument> RunAsync(Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.DocumentView);
        var organ = actor.RequireOrgan();
        var service = await db.DocumentServices.SingleOrDefaultAsync(s => s.Document == id && s.Organ == organ, ct) ?? throw NotFound.Of("该公文");
        var document = await db.OfficialDocuments.SingleAsync(d => d.Id == id, ct);
        if (!service.Read(actor.Name, clock.Now)) return document;
        if (matters.Of(document) is { } matter) await matter.ReadAsync(document, organ, ct);
        await ledger.RecordAsync(new Act(id, organ), document.OnLedger, DocumentsRules.Of(document.Kind), ct);
        return document;
    }
}

/// <summary>答复 in words on the platform. A formal answer is a document of its own (<see cref="DraftDocument"/> with <c>InReplyTo</c>), which answers when it is served.</summary>
public sealed class AnswerDocument(AppDb db, DutyBook duties, DocumentMatters matters, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="Organ">The organ that answers.</param>
    /// <param name="To">The organ that asked.</param>
    public sealed record Act(Guid Document, Guid Organ, Guid To, Guid? Reply) : IAct { public static string Name => "document.answered"; }

    public async Task<DocumentAnswer> RunAsync(Guid id, string text, CancellationToken ct)
    {
        actor.Demand(Rights.DocumentAnswer);
        new InputCheck().Filled(text, "Text", "答复", 4000).Throw();
        var organ = actor.RequireOrgan();
        var service = await db.DocumentServices.SingleOrDefaultAsync(s => s.Document == id && s.Organ == organ, ct) ?? throw NotFound.Of("该公文");
        var document = await db.OfficialDocuments.SingleAsync(d => d.Id == id, ct);
        var answer = new DocumentAnswer { District = db.District, Id = clock.NewId(), Document = id, Organ = organ, Text = text.Trim(), By = actor.Person, Who = actor.Name, At = clock.Now };
        db.DocumentAnswers.Add(answer);
        service.Read(actor.Name, clock.Now);
        service.Answer(clock.Now);
        await duties.DischargeAsync(DocumentsRules.AnswerDocument, document.Ref, ct, owedBy: organ);
        if (matters.Of(document) is { } matter) await matter.AnsweredAsync(document, answer, null, ct);
        await ledger.RecordAsync(new Act(id, organ, document.Organ, null), document.OnLedger, DocumentsRules.Of(document.Kind), ct);
        return answer;
    }
}
