using Liandong.Accounts;
using Liandong.Documents;
using Liandong.Kernel.Calendar;
using Liandong.Modules.Conferences;
using Liandong.Modules.Consultations;
using Liandong.Modules.Directory;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liandong.Tests;

/// <summary>The talkers with a convenor and a deputy who hold their seats.</summary>
public sealed record Conferees(Talkers Talkers, Member Convenor, Guid Deputy);

public sealed partial class Given
{
    public async Task<Conferees> ConfereesAsync()
    {
        var t = await TalkersAsync();
        var government = await OrganAsync("区政府办", OrganKind.Government);
        var convenor = await MemberAsync(government, Roles.Convenor);
        var deputy = await MemberAsync(government, Roles.Convenor);
        await office.ActAsync(s => s.GetRequiredService<TakeSeat>().RunAsync(new TakeSeat.Input(SeatKind.Deputy, deputy.Person, "副区长", LongAgo), Office.Stop));
        return new Conferees(t, convenor, deputy.Person);
    }

    public Task<MeetingTopic> TopicAsync(Member by, string title = "餐饮油烟监管职责的划分", bool toBureau = false) =>
        office.ActAsync(s => s.GetRequiredService<ProposeTopic>().RunAsync(new ProposeTopic.Input(title, "几个单位认识不一致。", ToBureau: toBureau), Office.Stop), by);

    /// <summary>A meeting of the bureau with the two departments, on a day at 9:30, with a topic of the bureau.</summary>
    public async Task<Meeting> MeetingAsync(Talkers t, DateOnly day, Func<PrepareMeeting.Input, PrepareMeeting.Input>? with = null)
    {
        var topic = await TopicAsync(t.Clerk, toBureau: true);
        var input = new PrepareMeeting.Input(MeetingKind.Coordination, "餐饮油烟监管协调会", Beijing.At(day, new TimeOnly(9, 30)), Beijing.At(day, new TimeOnly(11, 0)), "三楼会议室", [t.First.Id, t.Second.Id], Topics: [topic.Id]);
        return await office.ActAsync(s => s.GetRequiredService<PrepareMeeting>().RunAsync(with?.Invoke(input) ?? input, Office.Stop), t.Clerk);
    }

    /// <summary>Asked, agreed, its notice served.</summary>
    public async Task<Meeting> MeetingCalledAsync(Talkers t, DateOnly day, Func<PrepareMeeting.Input, PrepareMeeting.Input>? with = null)
    {
        var meeting = await MeetingAsync(t, day, with);
        await office.ActAsync(s => s.GetRequiredService<AskForMeeting>().RunAsync(meeting.Id, Office.Stop), t.Clerk);
        await office.ActAsync(s => s.GetRequiredService<ApproveMeeting>().RunAsync(meeting.Id, new ApproveMeeting.Input(true), Office.Stop), t.Head);
        var notice = await office.ActAsync(s => s.GetRequiredService<DraftMeetingNotice>().RunAsync(meeting.Id, Office.Stop), t.Clerk);
        await ServedAsync(notice.Id, t.Head);
        return await office.LookAsync(db => db.Meetings.AsNoTracking().SingleAsync(m => m.Id == meeting.Id));
    }

    /// <summary>Held on its day with both departments there; the clock is moved.</summary>
    public async Task<Meeting> MeetingHeldAsync(Talkers t, DateOnly day, Func<PrepareMeeting.Input, PrepareMeeting.Input>? with = null)
    {
        var meeting = await MeetingCalledAsync(t, day, with);
        office.GoTo(day, 11);
        return await office.ActAsync(s => s.GetRequiredService<HoldMeeting>().RunAsync(meeting.Id, [new HoldMeeting.Line(t.First.Id, Presence.Present, "王科长"), new HoldMeeting.Line(t.Second.Id, Presence.Substitute, "李科员", "替赵科长")], Office.Stop), t.Clerk);
    }

    /// <summary>Minutes with one decision of the first department, signed by both and issued.</summary>
    public async Task<Guid> MinutesIssuedAsync(Talkers t, Guid meeting, DateOnly due)
    {
        await office.ActAsync(s => s.GetRequiredService<DraftMinutes>().RunAsync(meeting, new DraftMinutes.Input("一、职责\n会议决定由区住建局牵头。", [new DecisionDraft("移交台账。", t.First.Id, due)]), Office.Stop), t.Clerk);
        foreach (var lead in new[] { t.FirstLead, t.SecondLead }) await office.ActAsync(s => s.GetRequiredService<CosignMinutes>().RunAsync(meeting, true, "", Office.Stop), lead);
        await office.ActAsync(s => s.GetRequiredService<IssueMinutes>().RunAsync(meeting, "", Office.Stop), t.Head);
        return await office.LookAsync(db => db.DecisionItems.Where(i => i.Meeting == meeting).Select(i => i.Id).SingleAsync());
    }
}
