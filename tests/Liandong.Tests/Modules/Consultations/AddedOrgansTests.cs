using System.Net;
using System.Net.Http.Json;
using Liandong.Data;
using Liandong.Documents;
using Liandong.Kernel.Duties;
using Liandong.Modules.Cases;
using Liandong.Modules.Consultations;
using Liandong.Tests.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Modules.Consultations;

/// <summary>追加会商单位: the form follows the number of organs (附件2 一(三)), and each has its own time.</summary>
public sealed class AddedOrgansTests
{
    private static Task<Consultation> FindAsync(Office office, Guid id) => office.LookAsync(db => db.Consultations.AsNoTracking().SingleAsync(c => c.Id == id, Office.Stop));

    [Theory, EveryDatabase]
    public async Task A_question_by_letter_becomes_a_meeting_and_the_added_organ_has_its_own_time(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var t = await office.Given.TalkersAsync();
        var talk = await office.Given.ConsultationServedAsync(t);
        await office.Given.ViewAsync(talk.Id, t.FirstOfficer, Stance.Disagree, "不属于本局一家的事。");
        var (page, clerk, second, first) = ($"/consultations/{talk.Id}", office.Client(t.Clerk), office.Client(t.SecondOfficer), office.Client(t.FirstOfficer));
        office.GoTo("2026-03-16");
        Assert.Equal(HttpStatusCode.NotFound, (await second.GetAsync(page, Office.Stop)).StatusCode);

        // By the starter, with a reason, of organs that are not asked yet; never back to a letter.
        Assert.Equal(HttpStatusCode.NotFound, (await first.GetAsync(page + "/organs", Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await clerk.SubmitAsync(page + "/organs", "add-consulted-organs", ("Organs", t.Second.Id.ToString()))).StatusCode);
        foreach (var wrong in new[] { t.First.Id, t.Bureau.Id, Guid.Parse("0195a3b0-dead-7000-8000-00000000dead") }) Assert.Equal(HttpStatusCode.BadRequest, (await clerk.PostAsJsonAsync($"/api/v1{page}/organs", new { organs = new[] { wrong }, reason = "涉及油烟" }, Office.Stop)).StatusCode);
        Assert.Equal("consultation.needs-meeting", await (await clerk.PostAsJsonAsync($"/api/v1{page}/organs", new { organs = new[] { t.Second.Id }, reason = "涉及油烟", form = "letter" }, Office.Stop)).CodeAsync());
        await clerk.SubmitAsync(page + "/organs", "add-consulted-organs", ("Organs", t.Second.Id.ToString()), ("Reason", "油烟由城管监管。"), ("Form", "WorkingMeeting")).LedToAsync();

        var now = await FindAsync(office, talk.Id);
        Assert.Equal((ConsultationForm.WorkingMeeting, ConsultationForm.Letter, ConsultationState.Asking, talk.AskedAt), (now.Form, now.AskedIn, now.State, now.AskedAt));
        var duty = await office.LookAsync(db => db.Duties.SingleAsync(d => d.SubjectId == talk.Id && d.OwedBy == t.Second.Id, Office.Stop));
        Assert.Equal((ConsultationsRules.Answer.Code, new DateOnly(2026, 3, 23)), (duty.Rule, duty.DueOn!.Value));
        Assert.Empty(await office.LookAsync(db => db.Duties.Where(d => d.SubjectId == talk.Id && d.OwedBy == t.First.Id && d.ClosedAt == null).ToListAsync(Office.Stop)));
        var shown = await second.PageAsync(page);
        foreach (var said in new[] { "工作对接会", "油烟由城管监管。", "不属于本局一家的事。" }) Assert.Contains(said, shown, StringComparison.Ordinal);
        Assert.Contains(talk.Title, await clerk.PageAsync("/consultations?view=all&form=WorkingMeeting"), StringComparison.Ordinal);
        Assert.DoesNotContain(talk.Title, await clerk.PageAsync("/consultations?view=all&form=Letter"), StringComparison.Ordinal);
        await office.IndexedAsync();
        Assert.Contains(talk.Title, await second.GetStringAsync("/api/v1/search?q=" + Uri.EscapeDataString("餐饮油烟"), Office.Stop), StringComparison.Ordinal);

        // The letter that was served before is answered as before; telephone views count from the day on which the organ was asked.
        Assert.Equal(HttpStatusCode.BadRequest, (await clerk.PostAsJsonAsync($"/api/v1{page}/views/record", new { organ = t.Second.Id, stance = "agree", channel = "phone", givenOn = "2026-03-13", speaker = "张某", witness = "李某" }, Office.Stop)).StatusCode);
        await office.Given.ViewAsync(talk.Id, t.SecondOfficer, Stance.Agree);
        await office.Given.ViewAsync(talk.Id, t.FirstOfficer, Stance.Agree);
        await clerk.SubmitAsync(page + "/conclude", "draft-conclusion", ("Text", "由区城管局监管。")).LedToAsync();
    }

    [Theory, EveryDatabase]
    public async Task An_unsigned_letter_gives_way_a_signed_one_is_served_first(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var t = await office.Given.TalkersAsync();
        var (draft, signed) = (await office.Given.ConsultationAsync(t.Clerk, [t.First.Id]), await office.Given.ConsultationAsync(t.Clerk, [t.First.Id]));
        await office.ActAsync(s => s.GetRequiredService<SignDocument>().RunAsync(signed.Letter!.Value, Office.Stop), t.Head);
        var clerk = office.Client(t.Clerk);
        var body = new { organs = new[] { t.Second.Id }, reason = "涉及油烟" };
        Assert.Equal("consultation.letter-signed", await (await clerk.PostAsJsonAsync($"/api/v1/consultations/{signed.Id}/organs", body, Office.Stop)).CodeAsync());
        Assert.Equal(HttpStatusCode.OK, (await clerk.PostAsJsonAsync($"/api/v1/consultations/{draft.Id}/organs", body, Office.Stop)).StatusCode);
        Assert.Equal((ConsultationForm.CoordinationMeeting, ConsultationState.Asking), ((await FindAsync(office, draft.Id)).Form, (await FindAsync(office, draft.Id)).State));
        Assert.Equal(DocumentState.Cancelled, await office.LookAsync(db => db.OfficialDocuments.Where(d => d.Id == draft.Letter).Select(d => d.State).SingleAsync(Office.Stop)));
        // Both are asked now, and nobody drafts a letter any more.
        Assert.Equal(new[] { t.First.Id, t.Second.Id }.Order(), (await office.LookAsync(db => db.Duties.Where(d => d.SubjectId == draft.Id && d.ClosedAt == null).Select(d => d.OwedBy).ToListAsync(Office.Stop))).Order());
        Assert.Equal(HttpStatusCode.Conflict, (await clerk.PostAsJsonAsync($"/api/v1/consultations/{draft.Id}/letter", new { }, Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await office.Client(t.FirstOfficer).GetAsync($"/consultations/{draft.Id}", Office.Stop)).StatusCode);
    }

    [Theory, EveryDatabase]
    public async Task A_conclusion_in_signature_is_drafted_anew_and_an_issued_one_stays(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var t = await office.Given.TalkersAsync();
        var talk = await office.Given.ConsultationServedAsync(t);
        await office.Given.ViewAsync(talk.Id, t.FirstOfficer, Stance.Agree);
        var conclude = new DraftConclusion.Input("由区住建局监管。", [new DecisionDraft("移交台账。", t.First.Id, new DateOnly(2026, 4, 20))]);
        await office.ActAsync(s => s.GetRequiredService<DraftConclusion>().RunAsync(talk.Id, conclude, Office.Stop), t.Clerk);
        await office.ActAsync(s => s.GetRequiredService<CountersignConclusion>().RunAsync(talk.Id, true, "", Office.Stop), t.FirstLead);
        await office.ActAsync(s => s.GetRequiredService<AddConsultedOrgans>().RunAsync(talk.Id, new AddConsultedOrgans.Input([t.Second.Id], "遗漏了城管", AnswerBy: new DateOnly(2026, 3, 6)), Office.Stop), t.Clerk);

        Assert.Equal(ConsultationState.Asking, (await FindAsync(office, talk.Id)).State);
        Assert.DoesNotContain(await office.LookAsync(db => db.Conclusions.Where(c => c.Consultation == talk.Id).Select(c => c.State).ToListAsync(Office.Stop)), s => s is ConclusionState.Countersigning);
        Assert.DoesNotContain(await office.LookAsync(db => db.DecisionItems.Where(i => i.Consultation == talk.Id).Select(i => i.State).ToListAsync(Office.Stop)), s => s is DecisionState.Drafted);
        var open = await office.LookAsync(db => db.Duties.SingleAsync(d => d.SubjectId == talk.Id && d.ClosedAt == null, Office.Stop));
        Assert.Equal((t.Second.Id, new DateOnly(2026, 3, 6)), (open.OwedBy, open.DueOn!.Value));
        // The head of the first organ finds nothing to sign; its view still stands.
        Assert.Equal(HttpStatusCode.Conflict, (await office.Client(t.FirstLead).PostAsJsonAsync($"/api/v1/consultations/{talk.Id}/conclusion/countersign", new { agreed = true }, Office.Stop)).StatusCode);
        Assert.Equal(1, await office.LookAsync(db => db.ConsultationViews.CountAsync(v => v.Consultation == talk.Id && v.InForceAt != null, Office.Stop)));

        await office.Given.ViewAsync(talk.Id, t.SecondOfficer, Stance.Agree);
        await office.ActAsync(s => s.GetRequiredService<DraftConclusion>().RunAsync(talk.Id, conclude, Office.Stop), t.Clerk);
        foreach (var lead in new[] { t.FirstLead, t.SecondLead }) await office.ActAsync(s => s.GetRequiredService<CountersignConclusion>().RunAsync(talk.Id, true, "", Office.Stop), lead);
        await office.ActAsync(s => s.GetRequiredService<IssueConclusion>().RunAsync(talk.Id, "", Office.Stop), t.Head);
        var late = await office.Client(t.Clerk).PostAsJsonAsync($"/api/v1/consultations/{talk.Id}/organs", new { organs = new[] { t.Other.Id }, reason = "还想听听文化局" }, Office.Stop);
        Assert.Equal((HttpStatusCode.Conflict, "consultation.concluded"), (late.StatusCode, await late.CodeAsync()));
    }
}
