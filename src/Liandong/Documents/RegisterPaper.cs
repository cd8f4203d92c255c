using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Documents;

/// <summary>收文登记: paper from outside gets the receiving organ's number. Registered on a later day than it came, it is shown as 补录.</summary>
public sealed class RegisterPaper(AppDb db, DutyBook duties, DocumentMatters matters, Ledger ledger, NumberBook numbers, Actor actor, Clock clock)
{
    /// <param name="InReplyTo">The own document that the paper answers; the answer that <paramref name="FromOrgan"/> owes then ends.</param>
    /// <param name="FromOrgan">来文机关 in the directory, where it has a line there.</param>
    public sealed record Input(string From, string OriginalNumber, DateOnly OriginalDate, string Title, DateOnly ReceivedOn, string Summary = "", Guid? InReplyTo = null, Guid? FromOrgan = null, Subject? About = null);

    public sealed record Act(Guid Paper, Guid Organ, string Number, DateOnly OriginalDate, bool Backfilled, Guid? InReplyTo) : IAct { public static string Name => "paper.registered"; }

    public async Task<IncomingPaper> RunAsync(Input input, CancellationToken ct)
    {
        actor.Demand(Rights.DocumentDraft);
        var organ = actor.RequireOrgan();
        var today = clock.Today;
        new InputCheck().Filled(input.From, nameof(input.From), "来文机关", 100).NotLonger(input.OriginalNumber, nameof(input.OriginalNumber), "来文字号", 60).Filled(input.Title, nameof(input.Title), "标题", 200).NotLonger(input.Summary, nameof(input.Summary), "摘要", 2000)
            .That(input.ReceivedOn <= today, nameof(input.ReceivedOn), "收文日期不能晚于今天。").That(input.OriginalDate <= input.ReceivedOn, nameof(input.OriginalDate), "成文日期不能晚于收文日期。").Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var answered = input.InReplyTo is { } own ? await db.OfficialDocuments.OwnedBy(actor).SingleOrDefaultAsync(d => d.Id == own, ct) ?? throw NotFound.Of("该公文") : null;
        var paper = new IncomingPaper
        {
            District = db.District, Id = clock.NewId(), Organ = organ, Number = await numbers.NextAsync(await DocumentNumbers.IncomingAsync(db, organ, ct), today.Year, ct), From = input.From.Trim(), OriginalNumber = input.OriginalNumber.Trim(),
            OriginalDate = input.OriginalDate, Title = input.Title.Trim(), Summary = input.Summary.Trim(), ReceivedOn = input.ReceivedOn, RegisteredAt = clock.Now, RegisteredOn = today, RegisteredBy = actor.Person, Who = actor.Name,
            InReplyTo = answered?.Id, AboutKind = input.About?.Kind ?? "", AboutId = input.About?.Id, AboutNumber = input.About?.Number ?? "", AboutTitle = input.About?.Title ?? "",
        };
        db.IncomingPapers.Add(paper);
        if (answered is not null && input.FromOrgan is { } from && await db.DocumentServices.SingleOrDefaultAsync(s => s.Document == answered.Id && s.Organ == from, ct) is { } service)
        {
            var answer = new DocumentAnswer { District = db.District, Id = clock.NewId(), Document = answered.Id, Organ = from, Text = paper.Title, ReplyNumber = paper.OriginalNumber, By = actor.Person, Who = $"{actor.Name}(书面来文登记)", At = clock.Now };
            db.DocumentAnswers.Add(answer);
            service.Answer(clock.Now);
            await duties.DischargeAsync(DocumentsRules.AnswerDocument, answered.Ref, ct, owedBy: from);
            if (matters.Of(answered) is { } matter) await matter.AnsweredAsync(answered, answer, null, ct);
            ledger.Note(new AnswerDocument.Act(answered.Id, from, organ, null), answered.OnLedger, DocumentsRules.Of(answered.Kind));
        }
        await ledger.RecordAsync(new Act(paper.Id, organ, paper.Number, paper.OriginalDate, paper.Backfilled, paper.InReplyTo), paper.Ref, DocumentsRules.Exchanging, ct);
        await together.CommitAsync(ct);
        return paper;
    }
}
