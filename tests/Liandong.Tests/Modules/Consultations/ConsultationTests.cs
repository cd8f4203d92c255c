using System.Net;
using System.Net.Http.Json;
using System.Text;
using CsCheck;
using Liandong.Data;
using Liandong.Desk;
using Liandong.Documents;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Modules.Consultations;
using Liandong.Tests.Attachments;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Modules.Consultations;

/// <summary>附件2 一: from the question to what was decided, by the doors that people and machines use.</summary>
public sealed class ConsultationTests
{
    [Theory, EveryDatabase] // 附件2 一(三), 四(一)
    public async Task A_question_to_one_organ_goes_by_letter_until_its_decision_is_carried_out(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var t = await office.Given.TalkersAsync();
        var (clerk, head, officer, lead, stranger) = (office.Client(t.Clerk), office.Client(t.Head), office.Client(t.FirstOfficer), office.Client(t.FirstLead), office.Client(t.Stranger));

        var page = await clerk.SubmitAsync("/consultations/new", "start-consultation", ("Title", "餐饮油烟的监管界线"), ("Question", "餐饮单位的油烟由哪个单位监管?"), ("Subject", "Legality"), ("Basis", "《大气污染防治法》第八十一条"), ("Organs", t.First.Id.ToString()), ("AnswerBy", "2026-03-12")).LedToAsync();
        var id = Guid.Parse(page.Split('/')[^1]);
        var started = await office.LookAsync(db => db.Consultations.SingleAsync(c => c.Id == id, Office.Stop));
        Assert.Equal((ConsultationForm.Letter, ConsultationState.Preparing), (started.Form, started.State));
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync(page, Office.Stop)).StatusCode);
        Assert.Empty(await office.LookAsync(db => db.Duties.Where(d => d.SubjectId == id).ToListAsync(Office.Stop)));

        // The letter is an official document about the consultation; served, it asks.
        var letter = $"/documents/{started.Letter}";
        Assert.Contains("餐饮单位的油烟由哪个单位监管", await clerk.PageAsync(letter), StringComparison.Ordinal);
        Assert.Contains(page, await clerk.PageAsync(letter), StringComparison.Ordinal);
        await head.SubmitAsync(letter, "sign").LedToAsync();
        await clerk.SubmitAsync(letter, "seal").LedToAsync();
        await clerk.SubmitAsync(letter + "/serve", "serve").LedToAsync();
        var duty = await office.LookAsync(db => db.Duties.SingleAsync(d => d.SubjectId == id, Office.Stop));
        Assert.Equal(("consult.answer", t.First.Id, t.Bureau.Id, new DateOnly(2026, 3, 12)), (duty.Rule, duty.OwedBy, duty.OwedTo!.Value, duty.DueOn!.Value));
        Assert.Empty(await office.LookAsync(db => db.Duties.Where(d => d.Rule == DocumentsRules.AnswerDocument.Code).ToListAsync(Office.Stop)));
        Assert.Contains($"/consultations/{id}/view", await officer.PageAsync("/"), StringComparison.Ordinal);

        // The answer passes the consultation, also for whoever opens the letter first; reading is an act.
        Assert.Contains($"/consultations/{id}/view", await officer.PageAsync(letter), StringComparison.Ordinal);
        await officer.SubmitAsync(letter, "read").LedToAsync();
        Assert.Contains("签收于", await clerk.PageAsync(page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await officer.SubmitAsync(page + "/view", "give-view", ("Stance", "Conditional"), ("Grounds", "油烟归城管。"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await officer.SubmitAsync(page + "/view", "give-view", ("Stance", "Disagree"))).StatusCode);
        var sending = await officer.FormAsync(page + "/view", "give-view", ("Stance", "Conditional"), ("Grounds", "排污许可由本局监管。"), ("Conditions", "油烟净化设施另行验收。"));
        await sending.SendAsync().LedToAsync();
        await sending.SendAsync().LedToAsync();
        Assert.Equal(1, await office.LookAsync(db => db.ConsultationViews.CountAsync(v => v.Consultation == id, Office.Stop)));
        var shown = await clerk.PageAsync(page);
        foreach (var words in new[] { "有条件同意", "油烟净化设施另行验收", "排污许可由本局监管" }) Assert.Contains(words, shown, StringComparison.Ordinal);
        Assert.Equal(Closing.Discharged, await office.LookAsync(db => db.Duties.Where(d => d.Id == duty.Id).Select(d => d.ClosedHow).SingleAsync(Office.Stop)));

        // The conclusion is countersigned by the head of the organ that was asked, not by its officer, and issued by the head of the one that asked.
        var drafting = await clerk.PageAsync(page + "/conclude?rows=5");
        foreach (var n in Enumerable.Range(1, 5)) Assert.Contains($"name=\"Items{n}Text\"", drafting, StringComparison.Ordinal);
        await clerk.SubmitAsync(page + "/conclude", "draft-conclusion", ("Text", "由区住建局监管排污许可。"), ("Items1Text", "一个月内移交台账。"), ("Items1Owner", t.First.Id.ToString()), ("Items1DueOn", "2026-03-20"), ("Items1Assisting", t.Bureau.Id.ToString())).LedToAsync();
        var item = await office.LookAsync(db => db.DecisionItems.SingleAsync(i => i.Consultation == id, Office.Stop));
        Assert.DoesNotContain("会签同意", await officer.PageAsync(page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await head.PostAsJsonAsync($"/api/v1{page}/conclusion/issue", new { }, Office.Stop)).StatusCode);
        await lead.SubmitAsync(page, "object", ("Reason", "期限太紧。")).LedToAsync();
        Assert.Contains("期限太紧", await clerk.PageAsync(page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await head.SubmitAsync(page, "issue")).StatusCode);
        await lead.SubmitAsync(page, "sign").LedToAsync();
        Assert.Empty(await office.LookAsync(db => db.Duties.Where(d => d.Rule == DecisionsRule && d.SubjectId == item.Id).ToListAsync(Office.Stop)));
        await head.SubmitAsync(page, "issue").LedToAsync();
        var owed = await office.LookAsync(db => db.Duties.SingleAsync(d => d.SubjectId == item.Id, Office.Stop));
        Assert.Equal((DecisionsRule, t.First.Id, new DateOnly(2026, 3, 20), "附件2 四(一)"), (owed.Rule, owed.OwedBy, owed.DueOn!.Value, owed.BreachClause));

        // Reported with evidence, sent back, past the day without acceptance: red. Reported again and accepted: over, and the breach stays on record.
        var decision = $"/decisions/{item.Id}";
        await officer.SubmitFilesAsync(decision, "report", "Files", [("移交单.txt", Encoding.UTF8.GetBytes("台账一册"))], ("Text", "已移交一部分。")).LedToAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await clerk.SubmitAsync(decision, "judge", ("Accepted", "false"))).StatusCode);
        await clerk.SubmitAsync(decision, "judge", ("Accepted", "false"), ("Verdict", "还缺2025年的台账。")).LedToAsync();
        Assert.Contains("还缺2025年的台账", await officer.PageAsync(decision), StringComparison.Ordinal);
        office.GoTo("2026-03-23");
        await office.ActAsync(s => s.GetRequiredService<SweepDuties>().RunAsync(Office.Stop));
        Assert.Contains("逾期", await clerk.PageAsync(page), StringComparison.Ordinal);
        Assert.Contains("餐饮油烟", await clerk.PageAsync("/consultations?view=all&light=red"), StringComparison.Ordinal);
        Assert.Equal(1, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "duty.breached" && e.SubjectId == item.Id && e.Clause == "附件2 四(一)", Office.Stop)));
        await officer.SubmitAsync(decision, "report", ("Text", "全部移交。")).LedToAsync();
        await clerk.SubmitAsync(decision, "judge", ("Accepted", "true")).LedToAsync();
        var (state, closed) = await office.LookAsync(async db => ((await db.Consultations.SingleAsync(c => c.Id == id, Office.Stop)).State, await db.Duties.SingleAsync(d => d.SubjectId == item.Id, Office.Stop)));
        Assert.Equal((ConsultationState.Done, Closing.Discharged), (state, closed.ClosedHow));
        Assert.NotNull(closed.BreachedAt);

        // The minutes of what was concluded are an official document of the starter.
        var minutes = await clerk.SubmitAsync(page, "minutes").LedToAsync();
        Assert.Contains("一个月内移交台账", await clerk.PageAsync(minutes), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(minutes, Office.Stop)).StatusCode);
    }

    private const string DecisionsRule = "decision.execute";

    [Theory, EveryDatabase] // nobody outside a consultation finds it by list, search, address or attachment
    public async Task Nobody_outside_finds_it_and_nobody_before_the_letter_is_served(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var t = await office.Given.TalkersAsync();
        var talk = await office.Given.ConsultationAsync(t.Clerk, [t.First.Id]);
        var file = await office.Client(t.Clerk).AttachAsync("consultation", talk.Id, "油烟检测报告.txt", Encoding.UTF8.GetBytes("监测数据"));
        var addresses = new[] { $"/consultations/{talk.Id}", $"/consultations/{talk.Id}/view", $"/consultations/{talk.Id}/record", $"/consultations/{talk.Id}/conclude", $"/consultations/{talk.Id}/escalate", $"/consultations/{talk.Id}/withdraw", $"/documents/{talk.Letter}",
            $"/documents/{talk.Letter}/document.pdf", $"/api/v1/consultations/{talk.Id}", $"/attachments/{file.Id}", GivenFiles.ListOf("consultation", talk.Id) };

        await HiddenAsync(office.Client(t.FirstOfficer));
        await office.Given.ServedAsync(talk.Letter!.Value, t.Head);
        var served = await office.Given.ViewAsync(talk.Id, t.FirstOfficer, Stance.Agree);
        await office.ActAsync(s => s.GetRequiredService<DraftConclusion>().RunAsync(talk.Id, new DraftConclusion.Input("照办。", [new DecisionDraft("办理", t.First.Id, new DateOnly(2026, 4, 1))]), Office.Stop), t.Clerk);
        var item = await office.LookAsync(db => db.DecisionItems.SingleAsync(i => i.Consultation == talk.Id, Office.Stop));
        addresses = [.. addresses, $"/decisions/{item.Id}", $"/api/v1/decisions/{item.Id}", GivenFiles.ListOf("decision", item.Id)];
        foreach (var outsider in new[] { t.Stranger, t.SecondOfficer, t.Conference }) await HiddenAsync(office.Client(outsider));
        // Who oversees the district's duties sees that one is owed, by its number.
        Assert.Contains(talk.Number, await office.Client(t.Conference).PageAsync("/duties"), StringComparison.Ordinal);
        foreach (var act in new (string, object)[] { ("views", new { stance = "agree" }), ("read", new { }), ("withdraw", new { reason = "不要了" }), ("escalate", new { reason = "意见不一致" }), ("conclusion", new { text = "照办" }), ("conclusion/countersign", new { agreed = true }), ("conclusion/issue", new { }) })
            Assert.Equal(HttpStatusCode.NotFound, (await office.Client(t.Stranger).PostAsJsonAsync($"/api/v1/consultations/{talk.Id}/{act.Item1}", act.Item2, Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await office.Client(t.Stranger).PostAsJsonAsync($"/api/v1/consultations/views/{served.Id}/weigh", new { weighing = "adopted", reason = "好" }, Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await office.Client(t.Stranger).PostAsJsonAsync($"/api/v1/decisions/{item.Id}/reports", new { text = "完成" }, Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await office.Client(t.Stranger).PostFilesAsync("consultation", talk.Id, ("x.txt", "x"u8.ToArray()))).StatusCode);

        // The parties find it by all of them; the conference office from the escalation on.
        foreach (var party in new[] { t.Clerk, t.FirstOfficer })
        {
            var client = office.Client(party);
            Assert.Contains("油烟检测报告", await client.PageAsync($"/consultations/{talk.Id}"), StringComparison.Ordinal);
            Assert.Contains(talk.Number, await client.PageAsync("/consultations?view=all"), StringComparison.Ordinal);
            Assert.Contains($"/consultations/{talk.Id}", await SearchAsync(client), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/attachments/{file.Id}", Office.Stop)).StatusCode);
        }
        await office.Client(t.Clerk).SubmitAsync($"/consultations/{talk.Id}/escalate", "escalate-consultation", ("Reason", "涉及职责划分。")).LedToAsync();
        Assert.Contains("涉及职责划分", await office.Client(t.Conference).PageAsync($"/consultations/{talk.Id}"), StringComparison.Ordinal);
        Assert.Contains($"/consultations/{talk.Id}", await SearchAsync(office.Client(t.Conference)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await office.Client(t.Stranger).GetAsync($"/consultations/{talk.Id}", Office.Stop)).StatusCode);

        async Task HiddenAsync(HttpClient client)
        {
            foreach (var address in addresses) Assert.True((await client.GetAsync(address, Office.Stop)).StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden, address);
            foreach (var list in new[] { "toDo", "started", "asked", "executing", "all" }) Assert.DoesNotContain("餐饮油烟", await client.PageAsync($"/consultations?view={list}"), StringComparison.Ordinal);
            Assert.DoesNotContain(talk.Number, await client.GetStringAsync("/api/v1/consultations?q=" + Uri.EscapeDataString("油烟"), Office.Stop), StringComparison.Ordinal);
            Assert.DoesNotContain($"/consultations/{talk.Id}", await SearchAsync(client), StringComparison.Ordinal);
            foreach (var list in new[] { "/", "/duties", "/duties?closed=true", "/api/v1/duties", "/api/v1/desk" })
            {
                var shown = await client.GetStringAsync(list, Office.Stop);
                Assert.DoesNotContain("餐饮油烟", shown, StringComparison.Ordinal);
                Assert.DoesNotContain($"/consultations/{talk.Id}", shown, StringComparison.Ordinal);
            }
        }

        async Task<string> SearchAsync(HttpClient client)
        {
            await office.IndexedAsync();
            return await client.PageAsync("/search?q=" + Uri.EscapeDataString("油烟"));
        }
    }

    [Theory, EveryDatabase] // 附件2 一(三), 一(四)
    public async Task A_question_to_several_organs_is_a_meeting_and_comes_to_its_conclusion_over_an_objection(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var t = await office.Given.TalkersAsync();
        var lead = office.Client(t.FirstLead);

        // A department starts it, with the bureau among those asked; the wrong form is refused with its article.
        (string, string)[] question = [("Title", "工地夜间施工"), ("Question", "怎样衔接?"), ("Subject", "JointWork"), ("Basis", "《噪声污染防治法》第四十三条")];
        var wrong = await lead.SubmitAsync("/consultations/new", "start-consultation", [.. question, ("Organs", t.Bureau.Id.ToString()), ("Organs", t.Second.Id.ToString()), ("Form", "Letter")]);
        Assert.Equal(HttpStatusCode.Conflict, wrong.StatusCode);
        var said = await wrong.Content.ReadAsStringAsync(Office.Stop);
        Assert.Contains("附件2 一(三)", said, StringComparison.Ordinal);
        Assert.Contains("工地夜间施工", said, StringComparison.Ordinal);
        foreach (var (organs, form, code) in new[] { (new[] { t.Bureau.Id }, (string?)"coordinationMeeting", "consultation.needs-letter"), ([t.Bureau.Id, t.Second.Id], "jointConference", "consultation.joint-by-escalation"), ([t.Second.Id], null, "consultation.without-bureau"), ([t.Bureau.Id], "liaisonReview", "consultation.review-by-bureau") })
        {
            var refused = await lead.PostAsJsonAsync("/api/v1/consultations", new { title = "x", question = "y", subject = "other", basis = "z", organs, form }, Office.Stop);
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            Assert.Contains(code, await refused.Content.ReadAsStringAsync(Office.Stop), StringComparison.Ordinal);
        }
        Assert.Empty(await office.LookAsync(db => db.Consultations.ToListAsync(Office.Stop)));

        var page = await lead.SubmitAsync("/consultations/new", "start-consultation", [.. question, ("Organs", t.Bureau.Id.ToString()), ("Organs", t.Second.Id.ToString())]).LedToAsync();
        var id = Guid.Parse(page.Split('/')[^1]);
        Assert.Contains("拟召开协调会", await office.Client(t.SecondOfficer).PageAsync(page), StringComparison.Ordinal);
        Assert.Equal(2, await office.LookAsync(db => db.Duties.CountAsync(d => d.SubjectId == id && d.Rule == "consult.answer" && d.DueOn == new DateOnly(2026, 3, 9), Office.Stop)));

        // One answers on the platform, the other by telephone: written down with its witness, marked so, and not by the caller alone.
        await office.Given.ViewAsync(id, t.Clerk, Stance.Agree);
        Assert.Equal(HttpStatusCode.Conflict, (await lead.SubmitAsync(page + "/conclude", "draft-conclusion", ("Text", "联合巡查。"))).StatusCode);
        (string, string)[] call = [("Organ", t.Second.Id.ToString()), ("Stance", "Disagree"), ("Channel", "Phone"), ("GivenOn", "2026-03-02"), ("Grounds", "人手不足。"), ("Speaker", "王科长")];
        Assert.Equal(HttpStatusCode.BadRequest, (await lead.SubmitAsync(page + "/record", "record-view", call)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await lead.SubmitAsync(page + "/record", "record-view", [.. call, ("Witness", t.FirstLead.Name)])).StatusCode);
        await lead.SubmitAsync(page + "/record", "record-view", [.. call, ("Witness", "李敏")]).LedToAsync();
        Assert.Contains("电话答复(由征求单位登记):王科长答复,李敏见证", await office.Client(t.Clerk).PageAsync(page), StringComparison.Ordinal);
        Assert.Equal(0, await office.LookAsync(db => db.Duties.CountAsync(d => d.SubjectId == id && d.ClosedAt == null, Office.Stop)));

        // The organ's own word takes the place of what was written down for it.
        await office.Given.ViewAsync(id, t.SecondOfficer, Stance.Conditional, "可以", "增加人手。");
        Assert.Contains("此前的意见(1)", await lead.PageAsync(page), StringComparison.Ordinal);

        await lead.SubmitAsync(page + "/conclude", "draft-conclusion", ("Text", "联合巡查。")).LedToAsync();
        await office.Client(t.Head).SubmitAsync(page, "sign").LedToAsync();
        await office.Client(t.SecondLead).SubmitAsync(page, "object", ("Reason", "没有经费。")).LedToAsync();
        Assert.Equal(HttpStatusCode.Conflict, (await lead.SubmitAsync(page, "issue")).StatusCode);
        // A new draft drops the old one and its signatures.
        await lead.SubmitAsync(page + "/conclude", "draft-conclusion", ("Text", "每周联合巡查一次。")).LedToAsync();
        Assert.Equal(2, await office.LookAsync(db => db.Duties.CountAsync(d => d.SubjectId == id && d.Rule == "consult.countersign" && d.ClosedAt == null, Office.Stop)));
        await office.Client(t.Head).SubmitAsync(page, "sign").LedToAsync();
        await office.Client(t.SecondLead).SubmitAsync(page, "object", ("Reason", "还是没有经费。")).LedToAsync();
        // Over an objection only after the escalation, and with a reason.
        await lead.SubmitAsync(page + "/escalate", "escalate-consultation", ("Reason", "两次会签意见不一致。")).LedToAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await lead.SubmitAsync(page, "issue")).StatusCode);
        await lead.SubmitAsync(page, "issue", ("Despite", "联席会议已经研究同意。")).LedToAsync();
        var ended = await office.Client(t.SecondOfficer).PageAsync(page);
        Assert.Contains("联席会议已经研究同意", ended, StringComparison.Ordinal);
        Assert.Contains("已办结", ended, StringComparison.Ordinal);
        Assert.Equal(0, await office.LookAsync(db => db.Duties.CountAsync(d => d.SubjectId == id && d.ClosedAt == null, Office.Stop)));
        Assert.Equal(HttpStatusCode.Conflict, (await office.Client(t.SecondOfficer).PostAsJsonAsync($"/api/v1{page}/views", new { stance = "agree" }, Office.Stop)).StatusCode);
    }

    [Theory, EveryDatabase]
    public async Task A_view_by_letter_counts_when_it_is_served_and_a_withdrawn_consultation_owes_nothing(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var t = await office.Given.TalkersAsync();
        var talk = await office.Given.ConsultationServedAsync(t);
        var page = $"/consultations/{talk.Id}";
        var officer = office.Client(t.FirstOfficer);
        var reply = await officer.SubmitAsync(page + "/view", "give-view", ("Stance", "Agree"), ("ByLetter", "true")).LedToAsync();
        Assert.Contains("经研究", await officer.PageAsync(reply), StringComparison.Ordinal);
        Assert.Equal(1, await office.LookAsync(db => db.Duties.CountAsync(d => d.SubjectId == talk.Id && d.ClosedAt == null, Office.Stop)));
        Assert.DoesNotContain("同意</span>", await office.Client(t.Clerk).PageAsync(page), StringComparison.Ordinal);
        var letter = await office.Given.ServedAsync(Guid.Parse(reply.Split('/')[^1]), t.FirstLead);
        var shown = await office.Client(t.Clerk).PageAsync(page);
        Assert.Contains("同意</span>", shown, StringComparison.Ordinal);
        Assert.Contains(letter.Number, shown, StringComparison.Ordinal);
        Assert.Equal(0, await office.LookAsync(db => db.Duties.CountAsync(d => d.SubjectId == talk.Id && d.ClosedAt == null, Office.Stop)));
        Assert.Equal(1, await office.LookAsync(db => db.ConsultationViews.CountAsync(v => v.Consultation == talk.Id, Office.Stop)));

        // Answered at the letter's own address, by a machine say, it is a view in its own words.
        var second = await office.Given.ConsultationServedAsync(t, i => i with { Title = "第二件" });
        Assert.Equal(HttpStatusCode.OK, (await officer.PostAsJsonAsync($"/api/v1/documents/{second.Letter}/answer", new { text = "按来函办理。" }, Office.Stop)).StatusCode);
        Assert.Contains("见复函", await office.Client(t.Clerk).PageAsync($"/consultations/{second.Id}"), StringComparison.Ordinal);
        Assert.Equal(0, await office.LookAsync(db => db.Duties.CountAsync(d => d.SubjectId == second.Id && d.ClosedAt == null, Office.Stop)));

        // Withdrawn before it is served: the draft goes with it and cannot be served any more. Withdrawn after: nobody owes anything.
        var third = await office.Given.ConsultationAsync(t.Clerk, [t.First.Id], i => i with { Title = "第三件" });
        await office.Client(t.Clerk).SubmitAsync($"/consultations/{third.Id}/withdraw", "withdraw-consultation", ("Reason", "已经解决。")).LedToAsync();
        Assert.Equal(DocumentState.Cancelled, await office.LookAsync(db => db.OfficialDocuments.Where(d => d.Id == third.Letter).Select(d => d.State).SingleAsync(Office.Stop)));
        var fourth = await office.Given.ConsultationServedAsync(t, i => i with { Title = "第四件" });
        await office.Client(t.Clerk).SubmitAsync($"/consultations/{fourth.Id}/withdraw", "withdraw-consultation", ("Reason", "已经解决。")).LedToAsync();
        Assert.Equal(Closing.Cancelled, await office.LookAsync(db => db.Duties.Where(d => d.SubjectId == fourth.Id).Select(d => d.ClosedHow).SingleAsync(Office.Stop)));
        var refused = await officer.PostAsJsonAsync($"/api/v1/documents/{fourth.Letter}/answer", new { text = "同意" }, Office.Stop);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        // A letter whose draft was cancelled is drafted anew.
        var fifth = await office.Given.ConsultationAsync(t.Clerk, [t.First.Id], i => i with { Title = "第五件" });
        await office.ActAsync(s => s.GetRequiredService<CancelDocument>().RunAsync(fifth.Letter!.Value, "写错了", Office.Stop), t.Clerk);
        var again = await office.Client(t.Clerk).SubmitAsync($"/consultations/{fifth.Id}", "letter").LedToAsync();
        await office.Given.ServedAsync(Guid.Parse(again.Split('/')[^1]), t.Head);
        Assert.Contains("第五件", await officer.PageAsync("/consultations"), StringComparison.Ordinal);
    }

    [Fact] // 附件2 一(三): the space of numbers and forms
    public void The_proposed_form_is_never_refused_and_every_other_one_is() =>
        Gen.Select(Gen.Int[1, 30], Gen.Enum<ConsultationForm>()).Sample((organs, form) =>
        {
            ConsultationForms.Demand(ConsultationForms.Proposed(organs), organs);
            var allowed = form == ConsultationForm.LiaisonReview || (organs == 1 ? form == ConsultationForm.Letter : form is ConsultationForm.WorkingMeeting or ConsultationForm.CoordinationMeeting);
            try
            {
                ConsultationForms.Demand(form, organs);
                return allowed;
            }
            catch (Refusal refused)
            {
                return !allowed && refused.Article is not null;
            }
        });
}
