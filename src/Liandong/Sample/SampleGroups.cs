using Liandong.Accounts;
using Liandong.Documents;
using Liandong.Kernel.Calendar;
using Liandong.Modules.Conferences;
using Liandong.Modules.Consultations;
using Liandong.Modules.Directory;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Sample;

/// <summary>
/// The six working groups at work: leaders and members, steps that are done, on the way, reported and overdue, a topic in a group's name, and a joint conference that gave a decision to a group.
/// </summary>
internal sealed class SampleGroups(SampleWork work, SampleDirectory.Roster roster)
{
    private SamplePerson Desk => roster.Who(roster.Office, Roles.ConferenceOffice);

    /// <param name="plan">Puts a step on the agenda of the past.</param>
    public void PlanInto(Action<DateTimeOffset, Func<CancellationToken, Task>> plan, DateOnly today)
    {
        DateOnly Workday(int from) => WorkCalendar.National.AddWorkdays(today, from);
        DateTimeOffset At(int workdaysAgo, int hour) => Beijing.At(Workday(-workdaysAgo), new TimeOnly(hour, 50));
        var groups = new Dictionary<string, Guid>();
        var (doing, done, meeting) = (Guid.Empty, Guid.Empty, Guid.Empty);
        var (bureau, city, housing) = (roster.Bureau, roster.Organs["区城管局"], roster.Organs["区住建局"]);
        var inspection = roster.Liaisons[city.Id][0];

        plan(At(30, 9), async ct =>
        {
            groups = await work.LookAsync(db => db.WorkingGroups.AsNoTracking().ToDictionaryAsync(g => g.Name, g => g.Id, ct));
            foreach (var (name, leader, title, members) in new (string, SamplePerson, string, SamplePerson[])[]
            {
                ("人员划转对接组", roster.Who(bureau, Roles.BureauHead), "局长", [roster.Liaisons[roster.Organs["区人社局"].Id][0]]),
                ("建设项目对接组", roster.Who(housing, Roles.LiaisonLead), "分管负责人", [roster.Liaisons[housing.Id][0], roster.Who(bureau, Roles.Approver)]),
                ("现场勘验对接组", roster.Who(city, Roles.LiaisonLead), "分管负责人", [inspection, roster.Liaisons[roster.Organs["区卫计局"].Id][0]]),
                ("系统平台对接组", roster.Who(bureau, Roles.ItemManager), "审批监督科科长", [roster.Liaisons[roster.Organs["区发改委"].Id][0]]),
                ("事项划转对接组", roster.Who(bureau, Roles.Approver), "综合受理科科员", [roster.Liaisons[roster.Organs["区市场监管局"].Id][0], roster.Liaisons[roster.Organs["区民政局"].Id][0]]),
                ("后勤保障组", roster.Who(bureau, Roles.Archivist), "档案员", [roster.Liaisons[roster.Organs["区财政局"].Id][0]]),
            })
            {
                await work.ActAsync<TakeSeat, ConferenceSeat>(Desk, take => take.RunAsync(new TakeSeat.Input(SeatKind.GroupLeader, leader.Id, title, Beijing.DayOf(work.Time.At), groups[name]), ct));
                foreach (var member in members) await work.ActAsync<AddGroupMember, GroupMember>(Desk, add => add.RunAsync(groups[name], new AddGroupMember.Input(member.Id, Beijing.DayOf(work.Time.At)), ct));
            }
        });
        plan(At(29, 9), async ct =>
        {
            done = await SetAsync(groups["系统平台对接组"], "与各部门业务系统对接,列出需要开通的账号。", Workday(-12), "S5", ct);
            await SetAsync(groups["事项划转对接组"], "拟定事项划转的时间、资料移交、系统对接等具体计划。", Workday(8), "S5", ct);
            doing = await SetAsync(groups["现场勘验对接组"], "列出技术标准、人员资质要求较高的现场勘验事项。", Workday(-3), "", ct);
            await SetAsync(groups["人员划转对接组"], "拟定人员名单,与区人社局对接。", Workday(15), "S3", ct);
        });
        plan(At(25, 10), async ct =>
        {
            var topic = (await work.ActAsync<ProposeTopic, MeetingTopic>(inspection, propose => propose.RunAsync(new ProposeTopic.Input("联合勘验的组织方式", "几个单位分别勘验,申请人多次往返,建议统一组织。", Group: groups["现场勘验对接组"]), ct))).Id;
            await work.ActAsync<WeighTopic, MeetingTopic>(Desk, weigh => weigh.RunAsync(topic, true, "", ct));
            meeting = (await work.ActAsync<PrepareMeeting, Meeting>(Desk, prepare => prepare.RunAsync(new PrepareMeeting.Input(MeetingKind.Special, "现场勘验专题会议", Beijing.At(Workday(-19), new TimeOnly(9, 30)), Beijing.At(Workday(-19), new TimeOnly(11, 0)), "区政府二楼会议室",
                [bureau.Id, city.Id, housing.Id], Groups: [groups["现场勘验对接组"]], Topics: [topic]), ct))).Id;
            await work.ActAsync<AskForMeeting, Meeting>(Desk, ask => ask.RunAsync(meeting, ct));
        });
        plan(At(24, 10), async ct =>
        {
            await work.ActAsync<ApproveMeeting, Meeting>(roster.Who(roster.Organs["区政府办"], Roles.Convenor), approve => approve.RunAsync(meeting, new ApproveMeeting.Input(true, "同意。"), ct));
            var notice = (await work.ActAsync<DraftMeetingNotice, OfficialDocument>(Desk, draft => draft.RunAsync(meeting, ct))).Id;
            await work.ActAsync<SignDocument, OfficialDocument>(Desk, sign => sign.RunAsync(notice, ct));
            await work.ActAsync<SealDocument, OfficialDocument>(Desk, seal => seal.RunAsync(notice, ct));
            await work.ActAsync<ServeDocument, OfficialDocument>(Desk, serve => serve.RunAsync(notice, new ServeDocument.Input(), ct));
        });
        plan(At(22, 10), async ct =>
        {
            foreach (var (who, names) in new[] { (roster.Who(bureau, Roles.Approver), "副局长"), (inspection, "副局长"), (roster.Liaisons[housing.Id][0], "工程科科长") })
                await work.ActAsync<ReplyToMeeting, Meeting>(who, reply => reply.RunAsync(meeting, new ReplyToMeeting.Input(Presence.Present, names), ct));
        });
        plan(At(19, 11), ct => work.ActAsync<HoldMeeting, Meeting>(Desk, hold => hold.RunAsync(meeting, [new HoldMeeting.Line(bureau.Id, Presence.Present, "副局长"), new HoldMeeting.Line(city.Id, Presence.Present, "副局长"), new HoldMeeting.Line(housing.Id, Presence.Present, "工程科科长")], ct)));
        plan(At(18, 10), ct => work.ActAsync<DraftMinutes, MeetingMinutes>(Desk, draft => draft.RunAsync(meeting, new DraftMinutes.Input("一、联合勘验的组织方式\n会议研究了现场勘验对接组提出的“联合勘验的组织方式”。会议决定,需要几个单位勘验的,由现场勘验对接组统一组织。",
            [new DecisionDraft("制定联合勘验办法,报联席会议办公室。", city.Id, Workday(6), [housing.Id], groups["现场勘验对接组"])]), ct)));
        plan(At(17, 10), async ct =>
        {
            foreach (var (organ, role) in new[] { (bureau, Roles.BureauHead), (city, Roles.LiaisonLead), (housing, Roles.LiaisonLead) }) await work.ActAsync<CosignMinutes, MeetingMinutes>(roster.Who(organ, role), sign => sign.RunAsync(meeting, true, "", ct));
            await work.ActAsync<IssueMinutes, MeetingMinutes>(Desk, issue => issue.RunAsync(meeting, "", ct));
        });
        plan(At(14, 10), ct => work.ActAsync<ReportGroupStep, StepReport>(roster.Who(bureau, Roles.ItemManager), report => report.RunAsync(done, new ReportGroupStep.Input("十三个部门的业务系统已经逐一对接,账号清单已经列出。", Finished: true), ct)));
        plan(At(13, 10), ct => work.ActAsync<JudgeGroupStep, GroupStep>(Desk, judge => judge.RunAsync(done, true, "确认完成。", ct)));
        plan(At(5, 10), ct => work.ActAsync<ReportGroupStep, StepReport>(inspection, report => report.RunAsync(doing, new ReportGroupStep.Input("已经列出城管、住建两个部门的事项。", "与卫计部门核对。"), ct)));
    }

    private async Task<Guid> SetAsync(Guid group, string text, DateOnly due, string milestone, CancellationToken ct) => (await work.ActAsync<SetGroupStep, GroupStep>(Desk, set => set.RunAsync(group, new SetGroupStep.Input(text, due, milestone), ct))).Id;
}
