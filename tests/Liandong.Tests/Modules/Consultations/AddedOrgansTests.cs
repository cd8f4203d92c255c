using System.Net;
using System.Net.Http.Json;
using Liandong.Data;
using Liandong.Documents;
using Liandong.Kernel.Duties;
using Liandong.Modules.Cases;
using Liandong.Modules.Conferences;
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

    /// <summary>The two departments were asked; a coordination meeting about it is prepared for the day.</summary>
    private static async Task<(Consultation Talk, Meeting Meeting)> TalkWithMeetingAsync(Office office, Talkers t, DateOnly day, bool called)
    {
        var talk = await office.Given.ConsultationAsync(t.Clerk, [t.First.Id, t.Second.Id]);
        PrepareMeeting.Input With(PrepareMeeting.Input input) => input with { Consultation = talk.Id, Topics = [] };
        return (talk, await (called ? office.Given.MeetingCalledAsync(t, day, With) : office.Given.MeetingAsync(t, day, With)));
    }

    private static Task<HttpResponseMessage> AddAsync(HttpClient clerk, Guid talk, Guid organ) => clerk.PostAsJsonAsync($"/api/v1/consultations/{talk}/organs", new { organs = new[] { organ }, reason = "涉及文化场所" }, Office.Stop);

    [Theory, EveryDatabase] // 附件2 一(五)
    public async Task A_meeting_that_was_called_invites_the_added_organ_with_notice_papers_and_duty(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var t = await office.Given.TalkersAsync();
        var (talk, meeting) = await TalkWithMeetingAsync(office, t, new DateOnly(2026, 3, 12), called: true);
        var (clerk, added) = (office.Client(t.Clerk), office.Client(t.Stranger));
        Assert.Equal(HttpStatusCode.NotFound, (await added.GetAsync($"/meetings/{meeting.Id}", Office.Stop)).StatusCode);
        office.GoTo("2026-03-04");
        Assert.Contains("3月12日的会议同时列入追加的单位", await clerk.PageAsync($"/consultations/{talk.Id}/organs"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await AddAsync(clerk, talk.Id, t.Other.Id)).StatusCode);

        // The notice, the meeting with its papers, and the same duty as the others, to the same day; nothing twice for those.
        Assert.Contains(meeting.Title, await added.PageAsync($"/documents/{meeting.Notice}"), StringComparison.Ordinal);
        Assert.Contains("会议材料", await added.PageAsync($"/meetings/{meeting.Id}"), StringComparison.Ordinal);
        Assert.Contains($"/meetings/{meeting.Id}", await added.PageAsync($"/consultations/{talk.Id}"), StringComparison.Ordinal);
        var study = await office.LookAsync(db => db.Duties.AsNoTracking().Where(d => d.SubjectId == meeting.Id && d.Rule == ConferencesRules.Study.Code && d.ClosedAt == null).ToListAsync(Office.Stop));
        Assert.Equal(new[] { t.First.Id, t.Second.Id, t.Other.Id }.Order(), study.Select(d => d.OwedBy).Order());
        Assert.All(study, d => Assert.Equal((t.Bureau.Id, meeting.Day), (d.OwedTo!.Value, d.DueOn!.Value)));
        Assert.DoesNotContain("在追加以前已经召开", await added.PageAsync($"/consultations/{talk.Id}"), StringComparison.Ordinal);

        // It replies, is counted at the meeting, and signs its minutes.
        Assert.Equal(HttpStatusCode.OK, (await added.PostAsJsonAsync($"/api/v1/meetings/{meeting.Id}/reply", new { announced = "present", names = "陈科长" }, Office.Stop)).StatusCode);
        office.GoTo(meeting.Day, 11);
        var present = (Guid organ) => new { organ, presence = "present", names = "科长" };
        Assert.Equal(HttpStatusCode.BadRequest, (await clerk.PostAsJsonAsync($"/api/v1/meetings/{meeting.Id}/hold", new { attendance = new[] { present(t.First.Id), present(t.Second.Id) } }, Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await clerk.PostAsJsonAsync($"/api/v1/meetings/{meeting.Id}/hold", new { attendance = new[] { present(t.First.Id), present(t.Second.Id), present(t.Other.Id) } }, Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await clerk.PostAsJsonAsync($"/api/v1/meetings/{meeting.Id}/minutes", new { text = "会议决定由区城管局监管。" }, Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await added.PostAsJsonAsync($"/api/v1/meetings/{meeting.Id}/minutes/cosign", new { agreed = true }, Office.Stop)).StatusCode);
    }

    [Theory, EveryDatabase]
    public async Task A_meeting_in_preparation_takes_the_added_organ_on_its_list_and_a_signed_notice_is_served_first(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var t = await office.Given.TalkersAsync();
        var (talk, meeting) = await TalkWithMeetingAsync(office, t, new DateOnly(2026, 3, 12), called: false);
        var clerk = office.Client(t.Clerk);
        await office.ActAsync(s => s.GetRequiredService<AskForMeeting>().RunAsync(meeting.Id, Office.Stop), t.Clerk);
        await office.ActAsync(s => s.GetRequiredService<ApproveMeeting>().RunAsync(meeting.Id, new ApproveMeeting.Input(true), Office.Stop), t.Head);
        Task<OfficialDocument> NoticeAsync() => office.ActAsync(s => s.GetRequiredService<DraftMeetingNotice>().RunAsync(meeting.Id, Office.Stop), t.Clerk);
        var first = await NoticeAsync();
        Assert.Equal(HttpStatusCode.OK, (await AddAsync(clerk, talk.Id, t.Other.Id)).StatusCode);
        Assert.Equal(DocumentState.Cancelled, await office.LookAsync(db => db.OfficialDocuments.Where(d => d.Id == first.Id).Select(d => d.State).SingleAsync(Office.Stop)));
        Assert.Equal(HttpStatusCode.NotFound, (await office.Client(t.Stranger).GetAsync($"/meetings/{meeting.Id}", Office.Stop)).StatusCode);

        // The notice that is drafted anew names it; once signed it is served before anybody else comes.
        var second = await NoticeAsync();
        Assert.Contains(t.Other.Id, second.To);
        var late = await office.Given.OrganAsync("区教育局");
        await office.ActAsync(s => s.GetRequiredService<SignDocument>().RunAsync(second.Id, Office.Stop), t.Head);
        Assert.Equal("meeting.notice-signed", await (await AddAsync(clerk, talk.Id, late.Id)).CodeAsync());
        Assert.False(await office.LookAsync(db => db.ConsultedOrgans.AnyAsync(o => o.Consultation == talk.Id && o.Organ == late.Id, Office.Stop)));
        await office.ActAsync(async s =>
        {
            await s.GetRequiredService<SealDocument>().RunAsync(second.Id, Office.Stop);
            await s.GetRequiredService<ServeDocument>().RunAsync(second.Id, new ServeDocument.Input(), Office.Stop);
        }, t.Head);
        Assert.Equal(HttpStatusCode.OK, (await AddAsync(clerk, talk.Id, late.Id)).StatusCode);
        Assert.Equal(4, await office.LookAsync(db => db.Duties.CountAsync(d => d.SubjectId == meeting.Id && d.Rule == ConferencesRules.Study.Code && d.ClosedAt == null, Office.Stop)));
    }

    [Theory, EveryDatabase]
    public async Task An_organ_that_is_added_after_the_meeting_is_told_to_give_its_view_in_writing(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var t = await office.Given.TalkersAsync();
        var (talk, meeting) = await TalkWithMeetingAsync(office, t, new DateOnly(2026, 3, 12), called: true);
        var (clerk, added) = (office.Client(t.Clerk), office.Client(t.Stranger));
        // Its hour has struck, whether somebody has entered the attendance yet or not.
        office.GoTo(meeting.Day, 11);
        Assert.Contains("3月12日的会议已经召开", await clerk.PageAsync($"/consultations/{talk.Id}/organs"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await AddAsync(clerk, talk.Id, t.Other.Id)).StatusCode);
        await office.ActAsync(s => s.GetRequiredService<HoldMeeting>().RunAsync(meeting.Id, [new HoldMeeting.Line(t.First.Id, Presence.Present, "王科长"), new HoldMeeting.Line(t.Second.Id, Presence.Present, "李科员")], Office.Stop), t.Clerk);
        Assert.Equal(HttpStatusCode.NotFound, (await added.GetAsync($"/meetings/{meeting.Id}", Office.Stop)).StatusCode);
        foreach (var reader in new[] { clerk, added })
        {
            var page = await reader.PageAsync($"/consultations/{talk.Id}");
            Assert.Contains("3月12日的会议在追加以前已经召开", page, StringComparison.Ordinal);
            Assert.Contains("区文化局没有参加这次会议,请在平台上提出书面意见。", page, StringComparison.Ordinal);
        }
        await office.Given.ViewAsync(talk.Id, t.Stranger, Stance.Agree);
    }
}
