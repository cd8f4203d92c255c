using Liandong.Accounts;
using Liandong.Data;
using Liandong.Documents;
using Liandong.Documents.Layout;
using Liandong.Kernel;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Consultations;

/// <summary>起草会商函: the official letter that asks, with the question, its basis and the day of the answer filled in. Drafted anew when the earlier draft was cancelled.</summary>
public sealed class DraftConsultationLetter(AppDb db, ConsultationSteps steps, DraftDocument draft, LimitBook limits, Ledger ledger, Actor actor)
{
    public async Task<OfficialDocument> RunAsync(Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.ConsultStart);
        await using var together = await ledger.TogetherAsync(ct);
        var consultation = await steps.TakeOwnAsync(id, ct);
        if (consultation.Form != ConsultationForm.Letter) throw new Refusal("consultation.no-letter", "该会商不是以函的形式征求意见。", ConsultationsRules.Forms);
        if (consultation.Letter is { } earlier && await db.OfficialDocuments.AnyAsync(d => d.Id == earlier && d.State != DocumentState.Cancelled, ct)) throw new Refusal("consultation.letter-drafted", "会商函已经起草,请在原稿上修改。", ConsultationsRules.Forms);
        var organs = await db.ConsultedOrgans.Where(o => o.Consultation == id).Select(o => o.Organ).ToListAsync(ct);
        var letter = await draft.RunAsync(new DraftDocument.Input(DocumentKind.Letter, $"关于商请研究{consultation.Title}的函", BodyText.Read(TextOf(consultation, (await limits.OfAsync(ConsultationsRules.Answer, ct)).InWords)), organs, About: consultation.Ref), ct);
        consultation.Write(letter.Id);
        await ledger.RecordAsync(new Act(consultation.Id, consultation.StartedBy, letter.Id), consultation.OnLedger, ConsultationsRules.Forms, ct);
        await together.CommitAsync(ct);
        return letter;
    }

    public sealed record Act(Guid Consultation, Guid Organ, Guid Document) : Kernel.Ledger.IAct { public static string Name => "consultation.letter-drafted"; }

    private static string TextOf(Consultation c, string limit) => $"""
        {(c.AboutNumber.Length > 0 ? $"在办理{c.AboutTitle}({c.AboutNumber})过程中," : "")}现有以下问题,商请贵单位研究。
        一、商请研究的问题
        {c.Question}
        二、依据
        {c.Basis}
        三、答复
        请于{(c.AnswerBy is { } day ? ChineseDates.Plain(day) + "前" : $"收到本函后{limit}内")}函复意见,写明同意、有条件同意、不同意、无意见或者不属于贵单位职责,并说明理由。
        """;
}
