using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Directory;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Documents;

/// <summary>
/// 送达: the document reaches its addressees (主送 and 抄送), who see it from this moment. Where an answer is asked, each 主送 organ owes one. May be repeated with further organs.
/// </summary>
public sealed class ServeDocument(AppDb db, DutyBook duties, DocumentMatters matters, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="AnswerAsked">Whether the 主送 organs owe an answer to this document. What the document is about may settle it (<see cref="IDocumentMatter"/>).</param>
    /// <param name="AnswerWithin">Working days; the district's number when omitted.</param>
    /// <param name="Also">Further organs of the directory that get a copy.</param>
    public sealed record Input(bool AnswerAsked = false, int? AnswerWithin = null, IReadOnlyList<Guid>? Also = null);

    public sealed record Act(Guid Document, Guid Organ, IReadOnlyList<Guid> To, bool AnswerAsked) : IAct { public static string Name => "document.served"; }

    public async Task<OfficialDocument> RunAsync(Guid id, Input input, CancellationToken ct)
    {
        actor.DemandOneOf(Rights.DocumentSeal, Rights.DocumentSign);
        new InputCheck().That(input.AnswerWithin is null or (>= 1 and <= 250), "AnswerWithin", "答复期限应为1至250个工作日。").Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var document = await db.OfficialDocuments.OwnedBy(actor).SingleOrDefaultAsync(d => d.Id == id, ct) ?? throw NotFound.Of("该公文");
        var issuers = await JointIssue.IssuersAsync(db, id, ct);
        document.Serve(issuers, clock.Now);
        var already = await db.DocumentServices.Where(s => s.Document == id).Select(s => s.Organ).ToListAsync(ct);
        var also = input.Also ?? [];
        if (also.Count > 0 && await db.Organs.CountAsync(o => also.Contains(o.Id), ct) != also.Distinct().Count()) throw new InvalidInput("Also", "名录中没有所选的单位。");
        var fresh = document.To.Select(o => (Organ: o, IsCopy: false)).Concat(document.CopyTo.Concat(also).Select(o => (Organ: o, IsCopy: true))).DistinctBy(x => x.Organ).Where(x => !already.Contains(x.Organ) && x.Organ != document.Organ && !issuers.Exists(i => i.Organ == x.Organ)).ToList();
        if (fresh.Count == 0) throw new Refusal("document.served", already.Count > 0 ? "该文已经送达全部收文单位。" : "该文没有收文单位,请选择送达单位。", DocumentsRules.Of(document.Kind));
        var answers = await matters.AnswersAsync(document, ct);
        var answerAsked = answers switch { MatterAnswers.AsServed => input.AnswerAsked, MatterAnswers.None => false, _ => true };
        foreach (var (organ, isCopy) in fresh)
        {
            var asked = answerAsked && !isCopy;
            db.DocumentServices.Add(new DocumentService { District = db.District, Document = id, Organ = organ, IsCopy = isCopy, ServedAt = clock.Now, AnswerAsked = asked });
            if (asked && answers != MatterAnswers.KeptByMatter) await duties.OpenAsync(DocumentsRules.AnswerDocument, owedBy: organ, owedTo: document.Organ, document.Ref, ct, count: input.AnswerWithin);
        }
        // A document that answers another one is that one's answer from the moment it is served there.
        if (document.InReplyTo is { } letter) await ReplyAsync(document, letter, fresh.Select(f => f.Organ).ToList(), ct);
        if (matters.Of(document) is { } matter) await matter.ServedAsync(document, [.. fresh.Where(f => !f.IsCopy).Select(f => f.Organ)], ct);
        await ledger.RecordAsync(new Act(document.Id, document.Organ, [.. fresh.Select(f => f.Organ)], answerAsked), document.OnLedger, DocumentsRules.Of(document.Kind), ct);
        await together.CommitAsync(ct);
        return document;
    }

    /// <summary>What was served reaches further organs as well, as a copy, inside another act; those that have it are passed over. Nothing is saved here.</summary>
    public async Task CopyAsync(OfficialDocument document, IReadOnlyList<Guid> organs, CancellationToken ct)
    {
        var already = await db.DocumentServices.Where(s => s.Document == document.Id).Select(s => s.Organ).ToListAsync(ct);
        var fresh = organs.Where(o => o != document.Organ && !already.Contains(o)).ToList();
        if (fresh.Count == 0) return;
        db.DocumentServices.AddRange(fresh.Select(o => new DocumentService { District = db.District, Document = document.Id, Organ = o, IsCopy = true, ServedAt = clock.Now }));
        ledger.Note(new Act(document.Id, document.Organ, fresh, false), document.OnLedger, DocumentsRules.Of(document.Kind));
    }

    private async Task ReplyAsync(OfficialDocument reply, Guid letter, IReadOnlyList<Guid> reached, CancellationToken ct)
    {
        var asked = await db.OfficialDocuments.SingleOrDefaultAsync(d => d.Id == letter, ct);
        var service = await db.DocumentServices.SingleOrDefaultAsync(s => s.Document == letter && s.Organ == reply.Organ, ct);
        if (asked is null || service is null || !reached.Contains(asked.Organ)) return;
        var answer = new DocumentAnswer { District = db.District, Id = clock.NewId(), Document = letter, Organ = reply.Organ, Text = reply.Title, Reply = reply.Id, ReplyNumber = reply.Number, By = actor.Person, Who = actor.Name, At = clock.Now };
        db.DocumentAnswers.Add(answer);
        service.Read(actor.Name, clock.Now);
        service.Answer(clock.Now);
        await duties.DischargeAsync(DocumentsRules.AnswerDocument, asked.Ref, ct, owedBy: reply.Organ);
        if (matters.Of(asked) is { } matter) await matter.AnsweredAsync(asked, answer, reply, ct);
        ledger.Note(new AnswerDocument.Act(asked.Id, reply.Organ, asked.Organ, reply.Id), asked.OnLedger, DocumentsRules.Of(asked.Kind));
    }
}
