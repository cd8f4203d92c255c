using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Liandong.Accounts;
using Liandong.Desk;
using Liandong.Documents;
using Liandong.Kernel;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;
using Liandong.Modules.Conferences;
using Liandong.Modules.Consultations;
using Liandong.Tests.Attachments;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Modules.Conferences;

/// <summary>附件1 三, 附件2 一(三)至(六): from a topic to what was decided, by the doors that people and machines use.</summary>
public sealed class MeetingTests
{
    [Theory, EveryDatabase] // 附件1 三(二), 三(三), 三
    public async Task A_consultation_goes_to_the_joint_conference_and_what_that_decides_is_owed(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var c = await office.Given.ConfereesAsync();
        var t = c.Talkers;
        var (clerk, head, desk, convenor) = (office.Client(t.Clerk), office.Client(t.Head), office.Client(t.Conference), office.Client(c.Convenor));
        var (officer, lead, second) = (office.Client(t.FirstOfficer), office.Client(t.FirstLead), office.Client(t.SecondLead));

        // Several organs: the consultation is a coordination meeting, called from its page.
        var talk = await office.Given.ConsultationAsync(t.Clerk, [t.First.Id, t.Second.Id]);
        Assert.Contains($"/meetings/new?consultation={talk.Id}", await clerk.PageAsync($"/consultations/{talk.Id}"), StringComparison.Ordinal);
        Assert.DoesNotContain("/meetings/new?consultation", await officer.PageAsync($"/consultations/{talk.Id}"), StringComparison.Ordinal);
        var first = await clerk.SubmitAsync($"/meetings/new?consultation={talk.Id}", "prepare-meeting", ("Kind", "Coordination"), ("Title", "餐饮油烟协调会"), ("Day", "2026-03-06"), ("StartsAt", "09:30"), ("EndsAt", "11:00"), ("Place", "三楼会议室"), ("Organs", t.First.Id.ToString()), ("Organs", t.Second.Id.ToString())).LedToAsync();
        await clerk.SubmitAsync(first, "ask").LedToAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync(first, Office.Stop)).StatusCode);
        await head.SubmitAsync(first, "approve", ("Agreed", "true")).LedToAsync();
        var id = Guid.Parse(first.Split('/')[^1]);
        var circulate = await office.LookAsync(db => db.Duties.SingleAsync(d => d.SubjectId == id, Office.Stop));
        Assert.Equal(("meeting.circulate", t.Bureau.Id, new DateOnly(2026, 3, 3)), (circulate.Rule, circulate.OwedBy, circulate.DueOn!.Value));

        // It was escalated before it met: it waits for the joint conference, which the office asks of the convenor.
        await clerk.SubmitAsync($"/consultations/{talk.Id}/escalate", "escalate-consultation", ("Reason", "两单位认识不一致。")).LedToAsync();
        await clerk.SubmitAsync(first + "/cancel", "cancel-meeting", ("Reason", "已经提请联席会议。")).LedToAsync();
        Assert.Equal(Closing.Cancelled, await office.LookAsync(db => db.Duties.Where(d => d.Id == circulate.Id).Select(d => d.ClosedHow).SingleAsync(Office.Stop)));
        (string, string)[] fields = [("Kind", "JointConference"), ("Title", "油烟监管联席会议"), ("Day", "2026-03-10"), ("StartsAt", "14:30"), ("EndsAt", "16:00"), ("Place", "区政府一楼会议室"), ("Organs", t.First.Id.ToString()), ("Organs", t.Second.Id.ToString()), ("Organs", t.Bureau.Id.ToString())];
        var page = await desk.SubmitAsync($"/meetings/new?consultation={talk.Id}", "prepare-meeting", fields).LedToAsync();
        id = Guid.Parse(page.Split('/')[^1]);
        Assert.Equal(HttpStatusCode.NotFound, (await convenor.GetAsync(page, Office.Stop)).StatusCode);
        await desk.SubmitAsync(page, "ask").LedToAsync();
        Assert.Contains(page, await convenor.PageAsync("/meetings"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await convenor.SubmitAsync(page, "approve", ("Agreed", "true"))).StatusCode);
        await convenor.SubmitAsync(page, "approve", ("Agreed", "true"), ("Deputy", c.Deputy.ToString())).LedToAsync();
        var notice = await desk.SubmitAsync(page, "notice").LedToAsync();
        var letter = await desk.PageAsync(notice);
        foreach (var words in new[] { "经召集人同意", "餐饮油烟的监管界线", "牵头", "区政府一楼会议室" }) Assert.Contains(words, letter, StringComparison.Ordinal);
        await desk.SubmitAsync(notice, "sign").LedToAsync();
        await desk.SubmitAsync(notice, "seal").LedToAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync(page, Office.Stop)).StatusCode);
        await desk.SubmitAsync(notice + "/serve", "serve").LedToAsync();

        // From the service on the invited see it, and owe the study of its papers to its day; the office does not any more.
        Assert.Contains($"{page}/reply", await officer.PageAsync("/"), StringComparison.Ordinal);
        Assert.Contains($"{page}/reply", await officer.PageAsync(notice), StringComparison.Ordinal);
        Assert.Equal(3, await office.LookAsync(db => db.Duties.CountAsync(d => d.SubjectId == id && d.Rule == "meeting.study" && d.ClosedAt == null && d.DueOn == new DateOnly(2026, 3, 10), Office.Stop)));
        Assert.Equal(0, await office.LookAsync(db => db.Duties.CountAsync(d => d.SubjectId == id && d.Rule == "meeting.circulate" && d.ClosedAt == null, Office.Stop)));
        Assert.Equal(HttpStatusCode.BadRequest, (await officer.SubmitAsync(page + "/reply", "reply-meeting", ("Announced", "Substitute"), ("Names", "李科员"))).StatusCode);
        var reply = await officer.FormAsync(page + "/reply", "reply-meeting", ("Announced", "Present"), ("Names", "王科长"), ("View", "由城管部门牵头。"));
        await reply.SendAsync().LedToAsync();
        await reply.SendAsync().LedToAsync();
        Assert.Contains("由城管部门牵头", await desk.PageAsync(page), StringComparison.Ordinal);
        await second.SubmitAsync(page + "/reply", "reply-meeting", ("Announced", "Leave"), ("Note", "参加市局会议")).LedToAsync();
        foreach (var words in new[] { "会场屏", "餐饮油烟的监管界线" }) Assert.Contains(words, await officer.PageAsync(page + "/room"), StringComparison.Ordinal);

        // Held only once it has begun; minutes only once it was held.
        (string, string)[] there = [($"Presence-{t.First.Id:N}", "Present"), ($"Names-{t.First.Id:N}", "王科长"), ($"Presence-{t.Second.Id:N}", "Leave"), ($"Note-{t.Second.Id:N}", "参加市局会议"), ($"Presence-{t.Bureau.Id:N}", "Present"), ($"Names-{t.Bureau.Id:N}", "局长")];
        Assert.Equal(HttpStatusCode.Conflict, (await desk.SubmitAsync(page + "/hold", "hold-meeting", there)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await desk.SubmitAsync(page + "/minutes", "draft-minutes", ("Text", "一、职责"))).StatusCode);
        office.GoTo("2026-03-10", 16);
        await desk.SubmitAsync(page + "/hold", "hold-meeting", there).LedToAsync();
        Assert.Equal(new DateOnly(2026, 3, 17), await office.LookAsync(db => db.Duties.Where(d => d.SubjectId == id && d.Rule == "meeting.minutes").Select(d => d.DueOn!.Value).SingleAsync(Office.Stop)));
        Assert.Contains("会议研究了", await desk.PageAsync(page + "/minutes"), StringComparison.Ordinal);
        await desk.SubmitAsync(page + "/minutes", "draft-minutes", ("Text", "一、油烟监管职责\n会议决定由区住建局牵头。"), ("Items1Text", "一个月内移交台账。"), ("Items1Owner", t.First.Id.ToString()), ("Items1DueOn", "2026-03-20"), ("Items1Assisting", t.Second.Id.ToString())).LedToAsync();
        var item = await office.LookAsync(db => db.DecisionItems.SingleAsync(i => i.Meeting == id, Office.Stop));

        // Signed by those who were there, not by who was on leave; nothing is executed before it is issued.
        Assert.Equal(HttpStatusCode.NotFound, (await second.GetAsync($"/decisions/{item.Id}", Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await second.PostAsJsonAsync($"/api/v1{page}/minutes/cosign", new { agreed = true }, Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await officer.PostAsJsonAsync($"/api/v1/decisions/{item.Id}/reports", new { text = "完成" }, Office.Stop)).StatusCode);
        await head.SubmitAsync(page, "sign").LedToAsync();
        Assert.Equal(HttpStatusCode.Conflict, (await desk.SubmitAsync(page, "issue")).StatusCode);
        await lead.SubmitAsync(page, "object", ("Reason", "期限太紧。")).LedToAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await desk.SubmitAsync(page, "issue")).StatusCode);
        await desk.SubmitAsync(page, "issue", ("Despite", "召集人已经确定期限。")).LedToAsync();
        var issued = await office.LookAsync(db => db.Meetings.SingleAsync(m => m.Id == id, Office.Stop));
        Assert.Equal(MeetingState.Issued, issued.State);
        var printed = await second.PageAsync($"/documents/{issued.MinutesDocument}");
        foreach (var words in new[] { issued.MinutesNumber, "一个月内移交台账", "责任期限2026年3月20日", "王科长", "参加市局会议" }) Assert.Contains(words, printed, StringComparison.Ordinal);
        var owed = await office.LookAsync(db => db.Duties.SingleAsync(d => d.SubjectId == item.Id, Office.Stop));
        Assert.Equal(("decision.execute", t.First.Id, t.Conference.Organ, "附件2 四(一)"), (owed.Rule, owed.OwedBy, owed.OwedTo!.Value, owed.BreachClause));
        Assert.Equal(0, await office.LookAsync(db => db.Duties.CountAsync(d => d.SubjectId == id && d.ClosedAt == null, Office.Stop)));

        // The consultation is settled by it.
        var settled = await clerk.PageAsync($"/consultations/{talk.Id}");
        Assert.Contains(issued.MinutesNumber, settled, StringComparison.Ordinal);
        Assert.Contains(page, settled, StringComparison.Ordinal);
        Assert.Equal(0, await office.LookAsync(db => db.Duties.CountAsync(d => d.SubjectId == talk.Id && d.ClosedAt == null, Office.Stop)));

        // Not carried out: red, a breach under 附件2 四(一), and by itself the first topic of the next meeting of the series.
        office.GoTo("2026-03-23");
        await office.ActAsync(s => s.GetRequiredService<SweepDuties>().RunAsync(Office.Stop));
        Assert.Contains("逾期", await desk.PageAsync(page), StringComparison.Ordinal);
        Assert.Contains("油烟监管联席会议", await officer.PageAsync("/meetings?view=all&light=red"), StringComparison.Ordinal);
        Assert.Equal(1, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "duty.breached" && e.SubjectId == item.Id && e.Clause == "附件2 四(一)", Office.Stop)));
        (string, string)[] next = [("Kind", "JointConference"), ("Title", "油烟监管联席会议(续)"), ("Day", "2026-03-30"), ("StartsAt", "14:30"), ("EndsAt", "16:00"), ("Place", "区政府一楼会议室"), ("Organs", t.First.Id.ToString()), ("Organs", t.Second.Id.ToString())];
        var again = await desk.SubmitAsync($"/meetings/new?follows={id}", "prepare-meeting", next).LedToAsync();
        var agenda = await desk.PageAsync(again);
        foreach (var words in new[] { "以前会议决定事项的落实情况", "一个月内移交台账", "固定议题" }) Assert.Contains(words, agenda, StringComparison.Ordinal);
        await desk.SubmitAsync(again, "ask").LedToAsync();

        // Reported with evidence, sent back, reported again, accepted: the meeting is over, and nothing stands on the next one's agenda any more.
        await officer.SubmitFilesAsync($"/decisions/{item.Id}", "report", "Files", [("移交单.txt", Encoding.UTF8.GetBytes("台账一册"))], ("Text", "已移交一部分。")).LedToAsync();
        await desk.SubmitAsync($"/decisions/{item.Id}", "judge", ("Accepted", "false"), ("Verdict", "还缺2025年的。")).LedToAsync();
        await officer.SubmitAsync($"/decisions/{item.Id}", "report", ("Text", "全部移交。")).LedToAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await clerk.PostAsJsonAsync($"/api/v1/decisions/{item.Id}/judge", new { accepted = true }, Office.Stop)).StatusCode);
        await desk.SubmitAsync($"/decisions/{item.Id}", "judge", ("Accepted", "true")).LedToAsync();
        Assert.Equal(MeetingState.Done, await office.LookAsync(db => db.Meetings.Where(m => m.Id == id).Select(m => m.State).SingleAsync(Office.Stop)));
        Assert.DoesNotContain("固定议题", await desk.PageAsync(again), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase] // nobody who is not invited finds a meeting by list, search, address, attachment, feed
    public async Task Nobody_outside_finds_it_and_nobody_before_the_notice_is_served(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var c = await office.Given.ConfereesAsync();
        var t = c.Talkers;
        var meeting = await office.Given.MeetingAsync(t, new DateOnly(2026, 3, 9));
        var page = $"/meetings/{meeting.Id}";
        var file = await office.Client(t.Clerk).AttachAsync("meeting", meeting.Id, "油烟检测报告.txt", Encoding.UTF8.GetBytes("监测数据"));
        var topic = await office.LookAsync(db => db.MeetingTopics.SingleAsync(x => x.Meeting == meeting.Id, Office.Stop));
        string[] addresses = [page, $"{page}/reply", $"{page}/room", $"{page}/hold", $"{page}/minutes", $"{page}/edit", $"{page}/put-off", $"{page}/cancel", $"{page}/meeting.ics", $"/meetings/topics/{topic.Id}", $"/api/v1{page}", $"/api/v1{page}/meeting.ics", $"/api/v1/meeting-topics/{topic.Id}",
            $"/attachments/{file.Id}", GivenFiles.ListOf("meeting", meeting.Id), GivenFiles.ListOf("topic", topic.Id)];
        var feeds = new Dictionary<Member, (string Own, string Organ)>();
        foreach (var member in new[] { t.FirstOfficer, t.Stranger }) feeds[member] = await FeedsAsync(office.Client(member));

        await HiddenAsync(t.FirstOfficer);
        await HiddenAsync(t.Stranger);
        await office.ActAsync(s => s.GetRequiredService<AskForMeeting>().RunAsync(meeting.Id, Office.Stop), t.Clerk);
        await office.ActAsync(s => s.GetRequiredService<ApproveMeeting>().RunAsync(meeting.Id, new ApproveMeeting.Input(true), Office.Stop), t.Head);
        var notice = await office.ActAsync(s => s.GetRequiredService<DraftMeetingNotice>().RunAsync(meeting.Id, Office.Stop), t.Clerk);
        await HiddenAsync(t.FirstOfficer);
        await office.Given.ServedAsync(notice.Id, t.Head);

        // A meeting of the bureau is nothing to the convenor and the conference office either.
        foreach (var outsider in new[] { t.Stranger, t.Conference, c.Convenor }) await HiddenAsync(outsider);
        foreach (var (act, body) in new (string, object)[] { ("reply", new { announced = "present", names = "某" }), ("minutes/cosign", new { agreed = true }), ("approve", new { agreed = true, onPaper = "批示" }) })
            Assert.Contains((await office.Client(t.Stranger).PostAsJsonAsync($"/api/v1{page}/{act}", body, Office.Stop)).StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.Forbidden });
        Assert.Equal(HttpStatusCode.NotFound, (await office.Client(t.Stranger).PostFilesAsync("meeting", meeting.Id, ("x.txt", "x"u8.ToArray()))).StatusCode);

        // The invited find it by all of them; the edit of what was prepared stays the convening organ's.
        var officer = office.Client(t.FirstOfficer);
        foreach (var address in new[] { page, $"{page}/reply", $"{page}/room", $"{page}/meeting.ics", $"/meetings/topics/{topic.Id}", $"/api/v1{page}", $"/attachments/{file.Id}" }) Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync(address, Office.Stop)).StatusCode);
        foreach (var address in new[] { $"{page}/edit", $"{page}/hold", $"{page}/cancel" }) Assert.NotEqual(HttpStatusCode.OK, (await officer.GetAsync(address, Office.Stop)).StatusCode);
        Assert.Contains(page, await officer.PageAsync("/meetings?view=all"), StringComparison.Ordinal);
        Assert.Contains(page, await SearchAsync(officer), StringComparison.Ordinal);
        var anyone = office.Client();
        foreach (var feed in new[] { feeds[t.FirstOfficer].Own, feeds[t.FirstOfficer].Organ }) Assert.Contains(meeting.Id.ToString(), await anyone.PageAsync(feed), StringComparison.Ordinal);

        // A renewed address takes the place of the old one; a guessed one is nothing.
        await officer.SubmitAsync("/meetings/calendar", "renew-own").LedToAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await anyone.GetAsync(feeds[t.FirstOfficer].Own, Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await anyone.GetAsync(feeds[t.FirstOfficer].Organ, Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await anyone.GetAsync($"/feeds/{Office.DistrictCode}/{new string('0', 48)}.ics", Office.Stop)).StatusCode);

        async Task HiddenAsync(Member outsider)
        {
            var client = office.Client(outsider);
            foreach (var address in addresses) Assert.Contains((await client.GetAsync(address, Office.Stop)).StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.Forbidden });
            foreach (var list in new[] { "/meetings?view=all", "/meetings/topics?view=all", "/api/v1/meetings", $"/meetings?view=all&q={Uri.EscapeDataString("油烟")}" }) Assert.DoesNotContain("油烟监管协调会", await client.PageAsync(list), StringComparison.Ordinal);
            Assert.DoesNotContain(page, await SearchAsync(client), StringComparison.Ordinal);
            if (!feeds.TryGetValue(outsider, out var own)) return;
            foreach (var feed in new[] { own.Own, own.Organ }) Assert.DoesNotContain("VEVENT", await office.Client().PageAsync(feed), StringComparison.Ordinal);
        }

        async Task<(string, string)> FeedsAsync(HttpClient client)
        {
            foreach (var form in new[] { "renew-own", "renew-organ" }) await client.SubmitAsync("/meetings/calendar", form).LedToAsync();
            var found = Regex.Matches(await client.PageAsync("/meetings/calendar"), "/feeds/[^<\" ]+\\.ics").Select(m => m.Value).Distinct().ToList();
            return (found[0], found[1]);
        }

        async Task<string> SearchAsync(HttpClient client)
        {
            await office.IndexedAsync();
            return await client.PageAsync("/search?q=" + Uri.EscapeDataString("油烟监管"));
        }
    }

    [Theory, EveryDatabase] // 附件1 三(一), 三(二), 附件2 一(三)
    public async Task Each_kind_has_its_own_rules(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var c = await office.Given.ConfereesAsync();
        var t = c.Talkers;
        var (desk, clerk) = (office.Client(t.Conference), office.Client(t.Clerk));
        object Body(string kind, Guid[] organs, object? more = null) => new { kind, title = "会议", startsAt = "2026-03-09T09:30:00+08:00", endsAt = "2026-03-09T11:00:00+08:00", place = "三楼", organs, topics = more as Guid[] ?? [], every = kind == "regular" ? "monthly" : "once" };

        // Who convenes, and how many have to come.
        foreach (var (client, kind, organs, code) in new[] { (clerk, "regular", new[] { t.First.Id }, "meeting.by-office"), (desk, "coordination", [t.First.Id, t.Second.Id], "meeting.by-bureau"), (clerk, "working", [t.First.Id], "meeting.needs-several") })
        {
            var refused = await client.PostAsJsonAsync("/api/v1/meetings", Body(kind, organs), Office.Stop);
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            Assert.Contains(code, await refused.Content.ReadAsStringAsync(Office.Stop), StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.Forbidden, (await office.Client(t.FirstLead).PostAsJsonAsync("/api/v1/meetings", Body("coordination", [t.First.Id]), Office.Stop)).StatusCode);

        // 专题会议: on what members proposed and the office passed.
        var proposed = await office.Client(t.FirstOfficer).SubmitAsync("/meetings/topics/new", "propose-topic", ("Title", "共享场地监管"), ("Text", "请研究。"), ("To", "Office"), ("Urgency", "Urgent")).LedToAsync();
        var topic = Guid.Parse(proposed.Split('/')[^1]);
        var own = await office.Given.TopicAsync(t.Conference, "办公室自己的议题");
        Assert.Equal(HttpStatusCode.Conflict, (await desk.PostAsJsonAsync("/api/v1/meetings", Body("special", [t.First.Id], new[] { topic }), Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await clerk.GetAsync(proposed, Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await desk.SubmitAsync(proposed, "weigh", ("Passed", "false"))).StatusCode);
        await desk.SubmitAsync(proposed, "weigh", ("Passed", "true")).LedToAsync();
        var special = await MadeAsync(Body("special", [t.First.Id], new[] { own.Id }));
        Assert.Contains("meeting.needs-members-topic", await (await desk.PostAsJsonAsync($"/api/v1/meetings/{special}/ask", new { }, Office.Stop)).Content.ReadAsStringAsync(Office.Stop), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await desk.PutAsJsonAsync($"/api/v1/meetings/{special}", Body("special", [t.First.Id], new[] { topic, own.Id }), Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await desk.PostAsJsonAsync($"/api/v1/meetings/{special}/ask", new { }, Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await office.Client(t.FirstOfficer).PostAsJsonAsync($"/api/v1/meeting-topics/{topic}/withdraw", new { }, Office.Stop)).StatusCode);

        // The office records what the convenor wrote, and says where; it does not decide by itself.
        Assert.Equal(HttpStatusCode.BadRequest, (await desk.PostAsJsonAsync($"/api/v1/meetings/{special}/approve", new { agreed = true }, Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await desk.PostAsJsonAsync($"/api/v1/meetings/{special}/approve", new { agreed = true, onPaper = "召集人2026年3月2日批示" }, Office.Stop)).StatusCode);
        Assert.Contains("办公室登记:召集人2026年3月2日批示", await desk.PageAsync($"/meetings/{special}"), StringComparison.Ordinal);

        // 例会: all members, comes back by itself, on a working day, and is asked for anew.
        var other = await office.Given.TopicAsync(t.Conference, "阶段性工作");
        var regular = await MadeAsync(Body("regular", [], new[] { other.Id }));
        Assert.Equal(3, await office.LookAsync(db => db.MeetingInvitees.CountAsync(i => i.Meeting == regular, Office.Stop)));
        await desk.PostAsJsonAsync($"/api/v1/meetings/{regular}/ask", new { }, Office.Stop);
        Assert.Equal(HttpStatusCode.OK, (await office.Client(c.Convenor).PostAsJsonAsync($"/api/v1/meetings/{regular}/approve", new { agreed = false, opinion = "推迟到下周" }, Office.Stop)).StatusCode);
        Assert.Contains("推迟到下周", await desk.PageAsync($"/meetings/{regular}"), StringComparison.Ordinal);
        await desk.PostAsJsonAsync($"/api/v1/meetings/{regular}/ask", new { }, Office.Stop);
        await office.Client(c.Convenor).PostAsJsonAsync($"/api/v1/meetings/{regular}/approve", new { agreed = true }, Office.Stop);
        var notice = await office.ActAsync(s => s.GetRequiredService<DraftMeetingNotice>().RunAsync(regular, Office.Stop), t.Conference);
        await office.Given.ServedAsync(notice.Id, t.Conference);

        // Put off: what is owed before it moves, calendars learn of it.
        await desk.SubmitAsync($"/meetings/{regular}/put-off", "put-off-meeting", ("Day", "2026-03-12"), ("StartsAt", "10:00"), ("EndsAt", "11:30"), ("Place", "二楼"), ("Reason", "与全区会议冲突")).LedToAsync();
        Assert.Equal(3, await office.LookAsync(db => db.Duties.CountAsync(d => d.SubjectId == regular && d.Rule == "meeting.study" && d.DueOn == new DateOnly(2026, 3, 12), Office.Stop)));
        var event1 = await office.Client(t.FirstOfficer).PageAsync($"/meetings/{regular}/meeting.ics");
        foreach (var line in new[] { "BEGIN:VCALENDAR\r\n", "BEGIN:VTIMEZONE\r\n", "TZID:Asia/Shanghai\r\n", "DTSTART;TZID=Asia/Shanghai:20260312T100000\r\n", "DTEND;TZID=Asia/Shanghai:20260312T113000\r\n", $"UID:{regular}@liandong\r\n", "SEQUENCE:1\r\n", "STATUS:CONFIRMED\r\n", "END:VCALENDAR" }) Assert.Contains(line, event1, StringComparison.Ordinal);
        Assert.All(event1.Split("\r\n"), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 75, line));

        office.GoTo("2026-03-12", 12);
        var there = new { attendance = new[] { t.First.Id, t.Second.Id, t.Other.Id }.Select(o => new { organ = o, presence = "present", names = "某科长" }) };
        Assert.Equal(HttpStatusCode.OK, (await desk.PostAsJsonAsync($"/api/v1/meetings/{regular}/hold", there, Office.Stop)).StatusCode);
        var next = await office.LookAsync(db => db.Meetings.SingleAsync(m => m.Follows == regular, Office.Stop));
        Assert.Equal((MeetingState.Preparing, Beijing.At(2026, 4, 13, 10)), (next.State, next.StartsAt));
        Assert.Equal(3, await office.LookAsync(db => db.MeetingInvitees.CountAsync(i => i.Meeting == next.Id && i.InvitedAt == null, Office.Stop)));

        async Task<Guid> MadeAsync(object body)
        {
            var made = await desk.PostAsJsonAsync("/api/v1/meetings", body, Office.Stop);
            Assert.True(made.StatusCode == HttpStatusCode.Created, await made.Content.ReadAsStringAsync(Office.Stop));
            return Guid.Parse(made.Headers.Location!.ToString().Split('/')[^1]);
        }
    }

    [Theory, EveryDatabase] // 附件2 四: within their time they are waited for
    public async Task Minutes_wait_for_those_who_were_there_and_go_out_over_silence_only_after_their_time(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var t = await office.Given.TalkersAsync();
        var meeting = await office.Given.MeetingHeldAsync(t, new DateOnly(2026, 3, 6));
        var (clerk, head) = (office.Client(t.Clerk), office.Client(t.Head));
        var page = $"/meetings/{meeting.Id}";
        await clerk.SubmitAsync(page + "/minutes", "draft-minutes", ("Text", "一、职责\n再研究。")).LedToAsync();
        await office.Client(t.FirstLead).SubmitAsync(page, "sign").LedToAsync();
        // A new draft drops the old one and its signature.
        await clerk.SubmitAsync(page + "/minutes", "draft-minutes", ("Text", "一、职责\n由区城管局牵头。")).LedToAsync();
        await office.Client(t.FirstLead).SubmitAsync(page, "sign").LedToAsync();
        Assert.Equal(HttpStatusCode.Conflict, (await head.SubmitAsync(page, "issue", ("Despite", "急需印发。"))).StatusCode);
        office.GoTo("2026-03-11");
        Assert.Equal(HttpStatusCode.BadRequest, (await head.SubmitAsync(page, "issue")).StatusCode);
        var sending = await head.FormAsync(page, "issue", ("Despite", "会签期限已过。"));
        await sending.SendAsync().LedToAsync();
        await sending.SendAsync().LedToAsync();
        var done = await office.LookAsync(db => db.Meetings.SingleAsync(m => m.Id == meeting.Id, Office.Stop));
        Assert.Equal(MeetingState.Done, done.State);
        Assert.Equal(1, await office.LookAsync(db => db.OfficialDocuments.CountAsync(d => d.AboutId == meeting.Id && d.Kind == Liandong.Documents.Layout.DocumentKind.Minutes, Office.Stop)));
        Assert.Contains("会签期限已过", await office.Client(t.SecondLead).PageAsync(page), StringComparison.Ordinal);
        Assert.Contains("(替会)", await office.Client(t.SecondLead).PageAsync($"/documents/{done.MinutesDocument}"), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase] // 附件1 三, 附件2 一(五): 在会议召开前, and not at the end of its day
    public async Task The_papers_are_studied_before_the_hour_or_the_breach_stands_on_record_once(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var t = await office.Given.TalkersAsync();
        var meeting = await office.Given.MeetingCalledAsync(t, new DateOnly(2026, 3, 6));
        var page = $"/meetings/{meeting.Id}";
        Assert.Equal([Beijing.At(2026, 3, 6, 9, 30), Beijing.At(2026, 3, 6, 9, 30)], (await StudyAsync(office, meeting.Id)).Select(d => d.DueAt!.Value));
        var duty = await office.LookAsync(db => db.Duties.SingleAsync(d => d.SubjectId == meeting.Id && d.Rule == "meeting.study" && d.OwedBy == t.Second.Id, Office.Stop));
        var shown = await office.Client(t.SecondOfficer).PageAsync($"/duties/{duty.Id}");
        foreach (var words in new[] { "会议召开定于2026-03-06 09:30,应于2026-03-06 09:30前完成(附件1 三)", "会议召开前", "3月6日 09:30" }) Assert.Contains(words, shown, StringComparison.Ordinal);
        foreach (var at in new[] { "/", "/meetings", page }) Assert.Contains("3月6日 09:30", await office.Client(t.SecondOfficer).PageAsync(at), StringComparison.Ordinal);

        // The first studies in time, on the very day.
        office.GoTo("2026-03-06", 9, 20);
        await office.Client(t.FirstOfficer).SubmitAsync(page + "/reply", "reply-meeting", ("Announced", "Present"), ("Names", "王科长")).LedToAsync();
        await office.ActAsync(s => s.GetRequiredService<SweepDuties>().RunAsync(Office.Stop));
        Assert.Equal(0, await BreachesAsync(office, meeting.Id));
        Assert.Contains("今天 09:30 到期", await office.Client(t.SecondOfficer).PageAsync(page), StringComparison.Ordinal);

        // The second does not: late from the hour on, once, however often it is looked at, and after the meeting is recorded too.
        office.GoTo("2026-03-06", 9, 30);
        for (var i = 0; i < 2; i++) await office.ActAsync(s => s.GetRequiredService<SweepDuties>().RunAsync(Office.Stop));
        Assert.Equal(1, await BreachesAsync(office, meeting.Id));
        office.GoTo("2026-03-06", 11);
        await office.Client(t.Clerk).SubmitAsync(page + "/hold", "hold-meeting", There(t)).LedToAsync();
        await office.ActAsync(s => s.GetRequiredService<SweepDuties>().RunAsync(Office.Stop));
        Assert.Equal(1, await BreachesAsync(office, meeting.Id));
        var studies = (await StudyAsync(office, meeting.Id)).ToDictionary(d => d.OwedBy, d => (d.ClosedHow, d.BreachedAt));
        Assert.Equal((Closing.Discharged, null), studies[t.First.Id]);
        Assert.Equal((Closing.Superseded, Beijing.At(2026, 3, 6, 9, 30)), studies[t.Second.Id]);
    }

    [Theory, EveryDatabase]
    public async Task Nobody_needs_to_have_looked_between_the_hour_and_the_record_of_the_meeting(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var t = await office.Given.TalkersAsync();
        var (replied, silent) = (await office.Given.MeetingCalledAsync(t, new DateOnly(2026, 3, 6)), await office.Given.MeetingCalledAsync(t, new DateOnly(2026, 3, 6)));
        await office.ActAsync(s => s.GetRequiredService<ReplyToMeeting>().RunAsync(silent.Id, new ReplyToMeeting.Input(Presence.Present, "王科长"), Office.Stop), t.FirstOfficer);
        Assert.Equal(HttpStatusCode.Conflict, (await office.Client(t.Clerk).SubmitAsync($"/meetings/{silent.Id}/hold", "hold-meeting", There(t))).StatusCode);
        Assert.Equal(0, await BreachesAsync(office, silent.Id));

        // A receipt after the hour is taken while the meeting is not recorded, and is late.
        office.GoTo("2026-03-06", 9, 31);
        await office.Client(t.FirstOfficer).SubmitAsync($"/meetings/{replied.Id}/reply", "reply-meeting", ("Announced", "Present"), ("Names", "王科长")).LedToAsync();
        Assert.Equal(1, await BreachesAsync(office, replied.Id));
        office.GoTo("2026-03-06", 11);
        foreach (var id in new[] { replied.Id, silent.Id }) await office.Client(t.Clerk).SubmitAsync($"/meetings/{id}/hold", "hold-meeting", There(t)).LedToAsync();
        Assert.Equal(HttpStatusCode.Conflict, (await office.Client(t.SecondOfficer).PostAsJsonAsync($"/api/v1/meetings/{silent.Id}/reply", new { announced = "present", names = "李科员" }, Office.Stop)).StatusCode);
        office.GoTo("2026-03-07");
        await office.ActAsync(s => s.GetRequiredService<SweepDuties>().RunAsync(Office.Stop));
        Assert.Equal((2, 1), (await BreachesAsync(office, replied.Id), await BreachesAsync(office, silent.Id)));
    }

    [Theory, EveryDatabase]
    public async Task Another_hour_of_the_same_day_moves_what_is_owed_with_a_trace_and_a_calendar_does_not(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var t = await office.Given.TalkersAsync();
        var meeting = await office.Given.MeetingCalledAsync(t, new DateOnly(2026, 3, 6));
        await office.Client(t.Clerk).SubmitAsync($"/meetings/{meeting.Id}/put-off", "put-off-meeting", ("Day", "2026-03-06"), ("StartsAt", "15:00"), ("EndsAt", "16:30"), ("Place", "二楼"), ("Reason", "与全区会议冲突")).LedToAsync();
        var duty = (await StudyAsync(office, meeting.Id)).Single(d => d.OwedBy == t.Second.Id);
        Assert.Equal(Beijing.At(2026, 3, 6, 15), duty.DueAt);
        var shown = await office.Client(t.SecondOfficer).PageAsync($"/duties/{duty.Id}");
        foreach (var words in new[] { "2026-03-06 09:30", "2026-03-06 15:00", "会议改期:与全区会议冲突" }) Assert.Contains(words, shown, StringComparison.Ordinal);
        var change = (await office.Client(t.SecondOfficer).GetFromJsonAsync<System.Text.Json.JsonElement>($"/api/v1/duties/{duty.Id}", Office.Stop)).GetProperty("changes")[0];
        Assert.Equal((Beijing.At(2026, 3, 6, 9, 30), Beijing.At(2026, 3, 6, 15)), (change.GetProperty("oldAt").GetDateTimeOffset(), change.GetProperty("newAt").GetDateTimeOffset()));

        // A calendar that makes the day a rest day moves the named days of documents, not the hour of a meeting.
        const string Notice = """{"year":2026,"papers":[],"days":[{"name":"临时放假","date":"2026-03-06","isOffDay":true}]}""";
        var admin = await office.Given.MemberAsync(t.Bureau, Roles.SystemAdmin);
        Assert.Equal(HttpStatusCode.OK, (await office.Client(admin).PostAsJsonAsync("/api/v1/calendar/years", new { notice = Notice, reason = "国办发明电调整" }, Office.Stop)).StatusCode);
        var kept = (await StudyAsync(office, meeting.Id)).Single(d => d.OwedBy == t.Second.Id);
        Assert.Equal((Beijing.At(2026, 3, 6, 15), new TimeOnly(15, 0), 1), (kept.DueAt!.Value, kept.GivenTime!.Value, kept.Changes.Count));

        office.GoTo("2026-03-06", 14, 59);
        await office.ActAsync(s => s.GetRequiredService<SweepDuties>().RunAsync(Office.Stop));
        Assert.Equal(0, await BreachesAsync(office, meeting.Id));
        office.GoTo("2026-03-06", 15);
        await office.ActAsync(s => s.GetRequiredService<SweepDuties>().RunAsync(Office.Stop));
        Assert.Equal(2, await BreachesAsync(office, meeting.Id));
    }

    [Theory, EveryDatabase] // 附件2 一(五): papers come before the meeting also when it is agreed on its very day
    public async Task Papers_of_a_meeting_agreed_on_its_day_are_owed_until_it_begins(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var t = await office.Given.TalkersAsync();
        var meeting = await office.Given.MeetingAsync(t, new DateOnly(2026, 3, 2));
        await office.ActAsync(s => s.GetRequiredService<AskForMeeting>().RunAsync(meeting.Id, Office.Stop), t.Clerk);
        await office.Client(t.Head).SubmitAsync($"/meetings/{meeting.Id}", "approve", ("Agreed", "true")).LedToAsync();
        Assert.Equal(Beijing.At(2026, 3, 2, 9, 30), await office.LookAsync(db => db.Duties.Where(d => d.SubjectId == meeting.Id && d.Rule == "meeting.circulate").Select(d => d.DueAt).SingleAsync(Office.Stop)));
    }

    private static (string, string)[] There(Talkers t) => [($"Presence-{t.First.Id:N}", "Present"), ($"Names-{t.First.Id:N}", "王科长"), ($"Presence-{t.Second.Id:N}", "Present"), ($"Names-{t.Second.Id:N}", "李科员")];

    private static Task<List<Duty>> StudyAsync(Office office, Guid meeting) => office.LookAsync(db => db.Duties.AsNoTracking().Where(d => d.SubjectId == meeting && d.Rule == "meeting.study").ToListAsync(Office.Stop));

    private static Task<int> BreachesAsync(Office office, Guid meeting) => office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "duty.breached" && e.SubjectId == meeting && e.Body.Contains("meeting.study"), Office.Stop));

    [Fact] // 附件1 三: a meeting cannot issue minutes before it was held, nor is anything decided before it was called
    public void No_order_of_acts_issues_minutes_of_a_meeting_that_was_not_held() =>
        Gen.Int[0, 8].Array[1, 14].Sample(acts =>
        {
            var begins = Beijing.At(2026, 3, 10, 9);
            var meeting = new Meeting { District = "370102", Id = Guid.CreateVersion7(begins), Number = "1", Kind = MeetingKind.Coordination, Organ = Guid.Empty, Who = "", PreparedAt = begins, Series = Guid.Empty };
            meeting.Write("会", "", begins, begins.AddHours(1), "三楼", Recurrence.Once, [], begins);
            var (called, held, recorded, issued) = (false, false, false, false);
            foreach (var act in acts)
            {
                try
                {
                    switch (act)
                    {
                        case 0: meeting.Ask(begins.AddDays(-5)); break;
                        case 1: meeting.Approve("", "", "", null, "", begins.AddDays(-4)); break;
                        case 2: meeting.Call(begins.AddDays(-3)); called = true; break;
                        case 3: meeting.Hold(begins.AddHours(-1)); return false; // before it has begun
                        case 4: meeting.Hold(begins.AddHours(1)); if (!called) return false; held = true; break;
                        case 5: meeting.Record(); if (!held) return false; recorded = true; break;
                        case 6: meeting.Issue(Guid.Empty, "1", true, begins.AddDays(1)); if (!recorded) return false; issued = true; break;
                        case 7: meeting.End(begins.AddDays(2)); if (!issued) return false; break;
                        default: meeting.Cancel("", begins.AddDays(-1)); if (held) return false; break;
                    }
                }
                catch (Refusal refused)
                {
                    if (refused.Article is null) return false;
                }
            }
            return true;
        });

    [Fact] // 附件2 一(六): nothing is executed before it is issued
    public void No_order_of_acts_carries_out_a_decision_that_was_not_issued() =>
        Gen.Int[0, 3].Array[1, 10].Sample(acts =>
        {
            var at = Beijing.At(2026, 3, 10, 9);
            var item = new DecisionItem { District = "370102", Id = Guid.CreateVersion7(at), Meeting = Guid.Empty, Conclusion = Guid.Empty, Ordinal = 1, Number = "1", Text = "办", Owner = Guid.Empty, DueOn = new DateOnly(2026, 3, 20) };
            var open = false;
            foreach (var act in acts)
            {
                try
                {
                    switch (act)
                    {
                        case 0: if (!open) item.Open(); open = true; break;
                        case 1: item.Report(at); if (!open) return false; break;
                        case 2: item.Judge(true, at); if (!open) return false; break;
                        default: item.Judge(false, at); if (!open) return false; break;
                    }
                }
                catch (Refusal)
                {
                    if (item.State == DecisionState.Drafted && open) return false;
                }
            }
            return open || item.State == DecisionState.Drafted;
        });
}
