using Liandong.Accounts;
using Liandong.Documents;
using Liandong.Kernel.Calendar;
using Liandong.Modules.Conferences;
using Liandong.Modules.Consultations;
using Liandong.Modules.Directory;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Sample;

/// <summary>A coordination meeting of the last weeks with its minutes, one decision carried out and one overdue, and a regular meeting of the joint conference that is to come, step by step through the use cases.</summary>
internal sealed class SampleMeetings(SampleWork work, SampleDirectory.Roster roster)
{
    private SamplePerson Clerk => roster.Who(roster.Bureau, Roles.Approver);
    private SamplePerson Head => roster.Who(roster.Bureau, Roles.BureauHead);
    private SamplePerson Desk => roster.Who(roster.Office, Roles.ConferenceOffice);

    /// <param name="plan">Puts a step on the agenda of the past.</param>
    public void PlanInto(Action<DateTimeOffset, Func<CancellationToken, Task>> plan, DateOnly today)
    {
        DateOnly Workday(int from) => WorkCalendar.National.AddWorkdays(today, from);
        DateTimeOffset At(int workdaysAgo, int hour) => Beijing.At(Workday(-workdaysAgo), new TimeOnly(hour, 40));
        var (past, coming) = (Guid.Empty, Guid.Empty);
        var (city, housing) = (roster.Organs["区城管局"], roster.Organs["区住建局"]);

        plan(At(17, 9), async ct =>
        {
            var topic = await ProposeAsync(roster.Liaisons[housing.Id][0], "建筑垃圾处置核准后的监管衔接", "核准决定推送以后,运输路线和消纳场所由谁核查,两单位认识不一致。", toBureau: true, ct);
            await work.ActAsync<WeighTopic, MeetingTopic>(Clerk, weigh => weigh.RunAsync(topic, true, "", ct));
            past = await PrepareAsync(Clerk, new PrepareMeeting.Input(MeetingKind.Coordination, "建筑垃圾处置监管协调会", Beijing.At(Workday(-10), new TimeOnly(9, 30)), Beijing.At(Workday(-10), new TimeOnly(11, 0)), "区政务服务中心三楼会议室", [city.Id, housing.Id], Topics: [topic]), ct);
            await work.ActAsync<AskForMeeting, Meeting>(Clerk, ask => ask.RunAsync(past, ct));
        });
        plan(At(16, 10), async ct =>
        {
            await work.ActAsync<ApproveMeeting, Meeting>(Head, approve => approve.RunAsync(past, new ApproveMeeting.Input(true, "请两单位负责同志参加。"), ct));
            await CallAsync(past, Clerk, Head, ct);
        });
        plan(At(14, 15), async ct =>
        {
            await ReplyAsync(past, roster.Liaisons[city.Id][0], new ReplyToMeeting.Input(Presence.Present, "副局长", View: "运输路线由本局核查,消纳场所建议由住建部门核查。"), ct);
            await ReplyAsync(past, roster.Liaisons[housing.Id][0], new ReplyToMeeting.Input(Presence.Substitute, "工程科科长", "替分管负责人"), ct);
        });
        plan(At(10, 11), ct => work.ActAsync<HoldMeeting, Meeting>(Clerk, hold => hold.RunAsync(past, [new HoldMeeting.Line(city.Id, Presence.Present, "副局长"), new HoldMeeting.Line(housing.Id, Presence.Substitute, "工程科科长", "替分管负责人")], ct)));
        plan(At(9, 10), ct => work.ActAsync<DraftMinutes, MeetingMinutes>(Clerk, draft => draft.RunAsync(past, new DraftMinutes.Input("一、建筑垃圾处置核准后的监管衔接\n会议认为,核准决定推送以后,应当由一个单位牵头核查。会议决定,运输路线由区城管局核查,消纳场所由区住建局核查,核查情况及时推送。",
            [new DecisionDraft("制定运输路线核查要点。", city.Id, Workday(-1), [housing.Id]), new DecisionDraft("核查全部消纳场所并报送清单。", housing.Id, Workday(-2))]), ct)));
        plan(At(8, 9), async ct =>
        {
            foreach (var organ in new[] { city, housing }) await work.ActAsync<CosignMinutes, MeetingMinutes>(roster.Who(organ, Roles.LiaisonLead), sign => sign.RunAsync(past, true, "", ct));
            await work.ActAsync<IssueMinutes, MeetingMinutes>(Head, issue => issue.RunAsync(past, "", ct));
        });
        plan(At(4, 15), async ct =>
        {
            var item = await work.LookAsync(db => db.DecisionItems.AsNoTracking().Where(i => i.Meeting == past && i.Owner == city.Id).Select(i => i.Id).SingleAsync(ct));
            await work.ActAsync<ReportDecision, DecisionReport>(roster.Liaisons[city.Id][0], report => report.RunAsync(item, new ReportDecision.Input("核查要点(共五条)已经印发。"), ct));
            await work.ActAsync<JudgeDecision, DecisionItem>(Clerk, judge => judge.RunAsync(item, true, "验收通过。", ct));
        });

        plan(At(6, 9), async ct =>
        {
            var topic = await ProposeAsync(Desk, "事项划转和信息推送的进展", "通报上阶段情况,安排下阶段工作。", toBureau: false, ct);
            coming = await PrepareAsync(Desk, new PrepareMeeting.Input(MeetingKind.Regular, "行政审批服务改革联席会议例会", Beijing.At(Workday(4), new TimeOnly(14, 30)), Beijing.At(Workday(4), new TimeOnly(16, 0)), "区政府一楼会议室", [], "总结阶段性工作,安排布置下阶段工作。", Topics: [topic], Every: Recurrence.Quarterly), ct);
            await work.ActAsync<AskForMeeting, Meeting>(Desk, ask => ask.RunAsync(coming, ct));
        });
        plan(At(5, 9), async ct =>
        {
            await work.ActAsync<ApproveMeeting, Meeting>(roster.Who(roster.Organs["区政府办"], Roles.Convenor), approve => approve.RunAsync(coming, new ApproveMeeting.Input(true, "同意。"), ct));
            await CallAsync(coming, Desk, Desk, ct);
        });
        plan(At(3, 14), ct => ReplyAsync(coming, roster.Liaisons[city.Id][0], new ReplyToMeeting.Input(Presence.Present, "局长", View: "建议通报各单位按期认领的情况。"), ct));
        plan(At(2, 14), ct => ReplyAsync(coming, roster.Liaisons[housing.Id][0], new ReplyToMeeting.Input(Presence.Leave, "", "参加市局会议"), ct));
    }

    private async Task<Guid> ProposeAsync(SamplePerson by, string title, string text, bool toBureau, CancellationToken ct) => (await work.ActAsync<ProposeTopic, MeetingTopic>(by, propose => propose.RunAsync(new ProposeTopic.Input(title, text, ToBureau: toBureau), ct))).Id;

    private async Task<Guid> PrepareAsync(SamplePerson by, PrepareMeeting.Input input, CancellationToken ct) => (await work.ActAsync<PrepareMeeting, Meeting>(by, prepare => prepare.RunAsync(input, ct))).Id;

    private async Task CallAsync(Guid meeting, SamplePerson by, SamplePerson head, CancellationToken ct)
    {
        var notice = (await work.ActAsync<DraftMeetingNotice, OfficialDocument>(by, draft => draft.RunAsync(meeting, ct))).Id;
        await work.ActAsync<SignDocument, OfficialDocument>(head, sign => sign.RunAsync(notice, ct));
        await work.ActAsync<SealDocument, OfficialDocument>(head, seal => seal.RunAsync(notice, ct));
        await work.ActAsync<ServeDocument, OfficialDocument>(head, serve => serve.RunAsync(notice, new ServeDocument.Input(), ct));
    }

    private Task ReplyAsync(Guid meeting, SamplePerson by, ReplyToMeeting.Input input, CancellationToken ct) => work.ActAsync<ReplyToMeeting, Meeting>(by, reply => reply.RunAsync(meeting, input, ct));
}
