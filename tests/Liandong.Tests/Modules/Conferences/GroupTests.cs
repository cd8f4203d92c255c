using System.Net;
using System.Net.Http.Json;
using System.Text;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Desk;
using Liandong.Documents;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;
using Liandong.Modules.Conferences;
using Liandong.Modules.Consultations;
using Liandong.Modules.Directory;
using Liandong.Tests.Api;
using Liandong.Tests.Attachments;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Modules.Conferences;

/// <summary>附件1 一 «各专项对接组按任务分工和时间节点开展相关工作。»: a group from its remit to its end, by the doors that people and machines use.</summary>
public sealed class GroupTests
{
    [Theory, EveryDatabase]
    public async Task A_group_is_given_people_and_steps_and_what_it_owes_ends_with_the_confirmation(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var t = await office.Given.TalkersAsync();
        var group = await office.Given.GroupAsync(t.FirstLead);
        var (desk, leader, member, officer, stranger) = (office.Client(t.Conference), office.Client(t.FirstLead), office.Client(t.SecondOfficer), office.Client(t.FirstOfficer), office.Client(t.Stranger));
        var page = $"/meetings/groups/{group.Id}";

        Assert.Contains(page, await stranger.PageAsync("/meetings/groups"), StringComparison.Ordinal);
        Assert.Contains(page, await desk.PageAsync("/directory/roster"), StringComparison.Ordinal);
        await desk.SubmitAsync(page, "remit", ("Remit", "统一组织联合勘验和专家论证。")).LedToAsync();
        await desk.SubmitAsync(page, "member", ("Person", t.SecondOfficer.Person.ToString()), ("From", "2026-03-02")).LedToAsync();
        var seen = await stranger.PageAsync(page);
        foreach (var words in new[] { "统一组织联合勘验和专家论证", t.FirstLead.Name, t.SecondOfficer.Name, "区城管局" }) Assert.Contains(words, seen, StringComparison.Ordinal);
        foreach (var form in new[] { "remit", "member", "step", "end", "leave-" }) Assert.DoesNotContain($"value=\"{form}", seen, StringComparison.Ordinal);
        Assert.Equal("group.member-already", await (await desk.PostAsJsonAsync($"/api/v1/working-groups/{group.Id}/members", new { person = t.FirstLead.Person, from = "2026-03-02" }, Office.Stop)).CodeAsync());

        // A step twice sent is one step, owed by the leader's organ to the office to the day that it names.
        var setting = await desk.FormAsync(page, "step", ("Text", "列出需要联合勘验的事项。"), ("DueOn", "2026-03-20"), ("Milestone", "S5"));
        await setting.SendAsync().LedToAsync();
        await setting.SendAsync().LedToAsync();
        var step = await office.LookAsync(db => db.GroupSteps.SingleAsync(Office.Stop));
        var owed = await office.LookAsync(db => db.Duties.SingleAsync(d => d.SubjectId == step.Id, Office.Stop));
        Assert.Equal(("group.step", t.First.Id, t.Conference.Organ, new DateOnly(2026, 3, 20), "附件1 一"), (owed.Rule, owed.OwedBy, owed.OwedTo!.Value, owed.DueOn!.Value, owed.Clause));
        var at = $"/meetings/groups/steps/{step.Id}";
        Assert.Contains(at, await officer.PageAsync("/"), StringComparison.Ordinal);
        Assert.Contains("五、事项划转", await stranger.PageAsync(at), StringComparison.Ordinal);

        // 进展情况 and 后续工作 by the group or the organ that owes it; that it is done, by the group alone.
        Assert.Equal("step.not-of-group", await (await stranger.PostAsJsonAsync($"/api/v1/group-steps/{step.Id}/reports", new { done = "完成" }, Office.Stop)).CodeAsync());
        await officer.SubmitAsync(at, "report", ("Done", "已经列出三十项。"), ("Left", "与城管部门核对。")).LedToAsync();
        Assert.Equal("step.done-by-group", await (await officer.PostAsJsonAsync($"/api/v1/group-steps/{step.Id}/reports", new { done = "完成", finished = true }, Office.Stop)).CodeAsync());
        Assert.Equal("step.not-reported", await (await desk.PostAsJsonAsync($"/api/v1/group-steps/{step.Id}/judge", new { confirmed = true }, Office.Stop)).CodeAsync());
        var reporting = await member.FormAsync(at, "report", ("Done", "清单已经列出。"), ("Finished", "true"));
        await reporting.SendAsync().LedToAsync();
        await reporting.SendAsync().LedToAsync();
        Assert.Equal(2, await office.LookAsync(db => db.StepReports.CountAsync(r => r.Step == step.Id, Office.Stop)));
        Assert.Equal("step.reported", await (await leader.PostAsJsonAsync($"/api/v1/group-steps/{step.Id}/reports", new { done = "又完成", finished = true }, Office.Stop)).CodeAsync());
        Assert.True(await office.LookAsync(db => db.Duties.AnyAsync(d => d.Id == owed.Id && d.ClosedAt == null, Office.Stop)));

        // Sent back with a reason, reported again, confirmed: that ends it.
        Assert.Equal(HttpStatusCode.BadRequest, (await desk.SubmitAsync(at, "judge", ("Confirmed", "false"))).StatusCode);
        await desk.SubmitAsync(at, "judge", ("Confirmed", "false"), ("Verdict", "缺少卫健部门的事项。")).LedToAsync();
        Assert.Contains("缺少卫健部门的事项", await officer.PageAsync(at), StringComparison.Ordinal);
        var file = await leader.AttachAsync("group-step", step.Id, "清单.txt", Encoding.UTF8.GetBytes("清单"));
        Assert.Equal("attachment.closed", await (await stranger.PostFilesAsync("group-step", step.Id, ("x.txt", "x"u8.ToArray()))).CodeAsync());
        Assert.Equal(HttpStatusCode.OK, (await leader.PostAsJsonAsync($"/api/v1/group-steps/{step.Id}/reports", new { done = "已经补齐。", finished = true }, Office.Stop)).StatusCode);
        await desk.SubmitAsync(at, "judge", ("Confirmed", "true")).LedToAsync();
        Assert.Equal((Closing.Discharged, StepState.Confirmed), (await office.LookAsync(db => db.Duties.Where(d => d.Id == owed.Id).Select(d => d.ClosedHow!.Value).SingleAsync(Office.Stop)), await office.LookAsync(db => db.GroupSteps.Select(s => s.State).SingleAsync(Office.Stop))));
        Assert.Equal("step.closed", await (await leader.PostAsJsonAsync($"/api/v1/group-steps/{step.Id}/reports", new { done = "再报" }, Office.Stop)).CodeAsync());
        Assert.DoesNotContain("清单", string.Concat(await office.LookAsync(db => db.LedgerEntries.Where(e => e.SubjectKind == "group-step").Select(e => e.Body + e.SubjectTitle).ToListAsync(Office.Stop))), StringComparison.Ordinal);

        // Found by what it says, by the organs that see it.
        await office.IndexedAsync();
        Assert.Contains(page, await stranger.PageAsync("/search?q=" + Uri.EscapeDataString("联合勘验")), StringComparison.Ordinal);

        // A member that left speaks for the group no more; a group with nothing open is ended, and its people with it.
        await desk.SubmitAsync(page, $"leave-{await office.LookAsync(db => db.GroupMembers.Select(m => m.Id).SingleAsync(Office.Stop)):N}").LedToAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await member.PostAsJsonAsync("/api/v1/meeting-topics", new { title = "题", text = "请研究。", group = group.Id }, Office.Stop)).StatusCode);
        await desk.SubmitAsync(page, "end", ("LastDay", "2026-03-02")).LedToAsync();
        Assert.Equal(0, await office.LookAsync(db => db.ConferenceSeats.CountAsync(s => s.Group == group.Id && s.To == null, Office.Stop)));
        Assert.DoesNotContain(page, await stranger.PageAsync("/meetings/groups"), StringComparison.Ordinal);
        Assert.Contains(page, await stranger.PageAsync("/meetings/groups?view=all"), StringComparison.Ordinal);
        Assert.Equal("group.ended", await (await desk.PostAsJsonAsync($"/api/v1/working-groups/{group.Id}/steps", new { text = "任务", dueOn = "2026-04-20" }, Office.Stop)).CodeAsync());
    }

    [Theory, EveryDatabase]
    public async Task The_office_alone_changes_a_group_and_who_is_not_on_the_roster_sees_none(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var t = await office.Given.TalkersAsync();
        var group = await office.Given.GroupAsync(t.FirstLead);
        var step = await office.Given.GroupStepAsync(t.Conference, group.Id, new DateOnly(2026, 3, 20));
        var member = await office.Given.GroupMemberAsync(t.Conference, group.Id, t.SecondOfficer);
        (string, object)[] acts =
        [
            ($"/api/v1/working-groups/{group.Id}/end", new { lastDay = "2026-03-02" }), ($"/api/v1/working-groups/{group.Id}/members", new { person = t.SecondLead.Person, from = "2026-03-02" }),
            ($"/api/v1/working-groups/{group.Id}/members/{member.Id}/end", new { lastDay = "2026-03-02" }), ($"/api/v1/working-groups/{group.Id}/steps", new { text = "任务", dueOn = "2026-04-20" }),
            ($"/api/v1/group-steps/{step.Id}/judge", new { confirmed = false, verdict = "缺" }), ($"/api/v1/group-steps/{step.Id}/put-off", new { dueOn = "2026-04-20", reason = "晚" }), ($"/api/v1/group-steps/{step.Id}/drop", new { reason = "不办" }),
        ];
        foreach (var (address, body) in acts)
        {
            // The leader of the group has no such right; the bureau has it, and is not the office.
            Assert.Equal(HttpStatusCode.Forbidden, (await office.Client(t.FirstLead).PostAsJsonAsync(address, body, Office.Stop)).StatusCode);
            Assert.Equal("group.by-office", await (await office.Client(t.Clerk).PostAsJsonAsync(address, body, Office.Stop)).CodeAsync());
        }
        Assert.Equal(HttpStatusCode.Forbidden, (await office.Client(t.FirstLead).PutAsJsonAsync($"/api/v1/working-groups/{group.Id}", new { remit = "职责" }, Office.Stop)).StatusCode);

        // An organ that is not of the conference finds nothing; once one of its people works in the group, it does.
        var other = await office.Given.OrganAsync("区大数据局", OrganKind.Government);
        var outsider = await office.Given.MemberAsync(other, Roles.LiaisonOfficer);
        var client = office.Client(outsider);
        string[] addresses = [$"/meetings/groups/{group.Id}", $"/meetings/groups/steps/{step.Id}", $"/api/v1/working-groups/{group.Id}", $"/api/v1/group-steps/{step.Id}", GivenFiles.ListOf("group-step", step.Id)];
        foreach (var address in addresses) Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(address, Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsJsonAsync($"/api/v1/group-steps/{step.Id}/reports", new { done = "x" }, Office.Stop)).StatusCode);
        Assert.DoesNotContain(group.Name, await client.PageAsync("/meetings/groups"), StringComparison.Ordinal);
        await office.Given.GroupMemberAsync(t.Conference, group.Id, outsider);
        foreach (var address in addresses) Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(address, Office.Stop)).StatusCode);

        // A person without a post joins nothing, and without a leader nobody would owe a step.
        var retired = await office.ActAsync(s => s.GetRequiredService<AddPerson>().RunAsync(new AddPerson.Input("王五", "", "", ""), Office.Stop));
        Assert.Equal("group.member-without-post", await (await office.Client(t.Conference).PostAsJsonAsync($"/api/v1/working-groups/{group.Id}/members", new { person = retired.Id, from = "2026-03-02" }, Office.Stop)).CodeAsync());
        var headless = await office.ActAsync(s => s.GetRequiredService<AddWorkingGroup>().RunAsync(new AddWorkingGroup.Input("后勤保障组", "", new DateOnly(2026, 3, 2)), Office.Stop));
        Assert.Equal("group.without-leader", await (await office.Client(t.Conference).PostAsJsonAsync($"/api/v1/working-groups/{headless.Id}/steps", new { text = "任务", dueOn = "2026-04-20" }, Office.Stop)).CodeAsync());
    }

    [Theory, EveryDatabase]
    public async Task A_step_whose_day_has_passed_is_red_may_be_put_off_or_dropped_and_the_breach_stays(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var t = await office.Given.TalkersAsync();
        var group = await office.Given.GroupAsync(t.FirstLead);
        var (late, other) = (await office.Given.GroupStepAsync(t.Conference, group.Id, new DateOnly(2026, 3, 6)), await office.Given.GroupStepAsync(t.Conference, group.Id, new DateOnly(2026, 3, 31), "拟定办法。"));
        var (desk, at) = (office.Client(t.Conference), $"/meetings/groups/steps/{late.Id}");
        office.GoTo("2026-03-09");
        foreach (var (who, address) in new[] { (t.Conference, at), (t.Stranger, "/meetings/groups"), (t.FirstOfficer, $"/meetings/groups/{group.Id}"), (t.FirstOfficer, "/") }) Assert.Contains("逾期", await office.Client(who).PageAsync(address), StringComparison.Ordinal);

        // Put off before the sweep came by: the day that passed stays on record, and the new day counts.
        Assert.Equal(HttpStatusCode.BadRequest, (await desk.SubmitAsync(at, "put-off", ("DueOn", "2026-03-16"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await desk.SubmitAsync(at, "put-off", ("DueOn", "2026-03-09"), ("Reason", "还在核对"))).StatusCode);
        var moving = await desk.FormAsync(at, "put-off", ("DueOn", "2026-03-16"), ("Reason", "卫健部门还在核对。"));
        await moving.SendAsync().LedToAsync();
        await moving.SendAsync().LedToAsync();
        var page = await office.Client(t.FirstOfficer).PageAsync(at);
        Assert.Contains("卫健部门还在核对", page, StringComparison.Ordinal);
        Assert.DoesNotContain("逾期", page, StringComparison.Ordinal);
        Assert.Equal(new DateOnly(2026, 3, 16), await office.LookAsync(db => db.Duties.Where(d => d.SubjectId == late.Id).Select(d => d.DueOn!.Value).SingleAsync(Office.Stop)));
        Assert.Equal(1, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "duty.breached" && e.SubjectId == late.Id, Office.Stop)));
        office.GoTo("2026-03-17");
        await office.ActAsync(s => s.GetRequiredService<SweepDuties>().RunAsync(Office.Stop));
        await office.ActAsync(s => s.GetRequiredService<SweepDuties>().RunAsync(Office.Stop));
        Assert.Equal(2, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "duty.breached" && e.SubjectId == late.Id, Office.Stop)));

        // With something open the group is not ended; dropped with a reason, nothing is owed.
        Assert.Equal("group.has-steps", await (await desk.PostAsJsonAsync($"/api/v1/working-groups/{group.Id}/end", new { lastDay = "2026-03-17" }, Office.Stop)).CodeAsync());
        Assert.Equal(HttpStatusCode.BadRequest, (await desk.SubmitAsync($"/meetings/groups/steps/{other.Id}", "drop")).StatusCode);
        await desk.SubmitAsync($"/meetings/groups/steps/{other.Id}", "drop", ("Reason", "并入办法修订。")).LedToAsync();
        Assert.Equal(Closing.Cancelled, await office.LookAsync(db => db.Duties.Where(d => d.SubjectId == other.Id).Select(d => d.ClosedHow!.Value).SingleAsync(Office.Stop)));
        Assert.Contains("并入办法修订", await office.Client(t.FirstOfficer).PageAsync($"/meetings/groups/steps/{other.Id}"), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase] // 附件1 三(二), 三
    public async Task A_topic_in_a_groups_name_is_discussed_and_the_decision_is_carried_out_by_a_group_that_was_called(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var c = await office.Given.ConfereesAsync();
        var t = c.Talkers;
        var (group, uncalled) = (await office.Given.GroupAsync(t.FirstLead), await office.Given.GroupAsync(t.SecondLead, "系统平台对接组"));
        await office.Given.GroupMemberAsync(t.Conference, group.Id, t.SecondOfficer);
        var (desk, member) = (office.Client(t.Conference), office.Client(t.SecondOfficer));

        // Only who belongs to it speaks in its name; its people see the topic, others do not.
        Assert.Equal(HttpStatusCode.BadRequest, (await office.Client(t.FirstOfficer).PostAsJsonAsync("/api/v1/meeting-topics", new { title = "题", text = "请研究。", group = group.Id }, Office.Stop)).StatusCode);
        Assert.DoesNotContain("name=\"Group\"", await office.Client(t.FirstOfficer).PageAsync("/meetings/topics/new"), StringComparison.Ordinal);
        var topic = await member.SubmitAsync($"/meetings/topics/new?group={group.Id}", "propose-topic", ("Title", "联合勘验的组织"), ("Text", "建议统一组织。"), ("To", "Office"), ("Urgency", "Usual"), ("Group", group.Id.ToString())).LedToAsync();
        foreach (var address in new[] { topic, "/meetings/topics", $"/meetings/groups/{group.Id}" }) Assert.Contains("现场勘验对接组", await desk.PageAsync(address), StringComparison.Ordinal);
        Assert.Contains(topic, await office.Client(t.FirstLead).PageAsync("/meetings/topics"), StringComparison.Ordinal);
        Assert.Contains(topic, await office.Client(t.FirstLead).PageAsync($"/meetings/groups/{group.Id}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await office.Client(t.FirstOfficer).GetAsync(topic, Office.Stop)).StatusCode);
        Assert.DoesNotContain("联合勘验的组织", await office.Client(t.Stranger).PageAsync($"/meetings/groups/{group.Id}"), StringComparison.Ordinal);
        await desk.SubmitAsync(topic, "weigh", ("Passed", "true")).LedToAsync();

        var day = new DateOnly(2026, 3, 6);
        var meeting = await office.ActAsync(s => s.GetRequiredService<PrepareMeeting>().RunAsync(new PrepareMeeting.Input(MeetingKind.Special, "现场勘验专题会议", Beijing.At(day, new TimeOnly(9, 30)), Beijing.At(day, new TimeOnly(11, 0)), "二楼", [t.First.Id, t.Second.Id], Groups: [group.Id], Topics: [Guid.Parse(topic.Split('/')[^1])]), Office.Stop), t.Conference);
        await office.ActAsync(s => s.GetRequiredService<AskForMeeting>().RunAsync(meeting.Id, Office.Stop), t.Conference);
        await office.ActAsync(s => s.GetRequiredService<ApproveMeeting>().RunAsync(meeting.Id, new ApproveMeeting.Input(true), Office.Stop), c.Convenor);
        var notice = await office.ActAsync(s => s.GetRequiredService<DraftMeetingNotice>().RunAsync(meeting.Id, Office.Stop), t.Conference);
        await office.Given.ServedAsync(notice.Id, t.Conference);
        Assert.Contains("联合勘验的组织(现场勘验对接组提出)", await member.PageAsync($"/documents/{notice.Id}"), StringComparison.Ordinal);
        Assert.Contains($"/meetings/{meeting.Id}", await member.PageAsync($"/meetings/groups/{group.Id}"), StringComparison.Ordinal);
        Assert.DoesNotContain($"/meetings/{meeting.Id}\"", await office.Client(t.Stranger).PageAsync($"/meetings/groups/{group.Id}"), StringComparison.Ordinal);
        office.GoTo(day, 11);
        await office.ActAsync(s => s.GetRequiredService<HoldMeeting>().RunAsync(meeting.Id, [new HoldMeeting.Line(t.First.Id, Presence.Present, "王科长"), new HoldMeeting.Line(t.Second.Id, Presence.Present, "李科长")], Office.Stop), t.Conference);

        // A group that this meeting did not call carries out none of its decisions.
        object Minutes(Guid by) => new { text = "一、组织\n统一组织。", items = new[] { new { text = "制定联合勘验办法。", owner = t.First.Id, dueOn = "2026-03-20", group = by } } };
        var refused = await desk.PostAsJsonAsync($"/api/v1/meetings/{meeting.Id}/minutes", Minutes(uncalled.Id), Office.Stop);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("本次会议召集的专项对接组", await refused.Content.ReadAsStringAsync(Office.Stop), StringComparison.Ordinal);
        Assert.DoesNotContain("系统平台对接组", await desk.PageAsync($"/meetings/{meeting.Id}/minutes"), StringComparison.Ordinal);
        await desk.SubmitAsync($"/meetings/{meeting.Id}/minutes", "draft-minutes", ("Text", "一、组织\n统一组织。"), ("Items1Text", "制定联合勘验办法。"), ("Items1Owner", t.First.Id.ToString()), ("Items1DueOn", "2026-03-20"), ("Items1Group", group.Id.ToString())).LedToAsync();
        Assert.Equal("group.has-decisions", await (await desk.PostAsJsonAsync($"/api/v1/working-groups/{group.Id}/end", new { lastDay = "2026-03-06" }, Office.Stop)).CodeAsync());
        foreach (var lead in new[] { t.FirstLead, t.SecondLead }) await office.ActAsync(s => s.GetRequiredService<CosignMinutes>().RunAsync(meeting.Id, true, "", Office.Stop), lead);
        await office.ActAsync(s => s.GetRequiredService<IssueMinutes>().RunAsync(meeting.Id, "", Office.Stop), t.Conference);

        // The owner owes it; the group stands on the decision, in the minutes and on its own page.
        var (item, printed) = (await office.LookAsync(db => db.DecisionItems.SingleAsync(i => i.Meeting == meeting.Id && i.State == DecisionState.Open, Office.Stop)), await office.LookAsync(db => db.Meetings.Where(m => m.Id == meeting.Id).Select(m => m.MinutesDocument!.Value).SingleAsync(Office.Stop)));
        Assert.Equal(t.First.Id, await office.LookAsync(db => db.Duties.Where(d => d.SubjectId == item.Id && d.ClosedAt == null).Select(d => d.OwedBy).SingleAsync(Office.Stop)));
        Assert.Contains("由区住建局负责,由现场勘验对接组承办,责任期限2026年3月20日", await member.PageAsync($"/documents/{printed}"), StringComparison.Ordinal);
        foreach (var address in new[] { $"/decisions/{item.Id}", $"/meetings/{meeting.Id}" }) Assert.Contains($"/meetings/groups/{group.Id}", await member.PageAsync(address), StringComparison.Ordinal);
        Assert.Contains($"/decisions/{item.Id}", await member.PageAsync($"/meetings/groups/{group.Id}"), StringComparison.Ordinal);
        Assert.DoesNotContain($"/decisions/{item.Id}", await office.Client(t.Stranger).PageAsync($"/meetings/groups/{group.Id}"), StringComparison.Ordinal);
        Assert.Equal("group.has-decisions", await (await desk.PostAsJsonAsync($"/api/v1/working-groups/{group.Id}/end", new { lastDay = "2026-03-06" }, Office.Stop)).CodeAsync());
    }
}
