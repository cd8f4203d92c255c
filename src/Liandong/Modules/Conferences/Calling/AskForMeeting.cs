using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Directory;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Conferences;

/// <summary>请示: the conference office asks the convenor, a clerk of the bureau asks its head. Each kind of meeting has to have what its rule wants.</summary>
public sealed class AskForMeeting(AppDb db, MeetingSteps steps, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Meeting, Guid Organ, MeetingKind Kind) : IAct { public static string Name => "meeting.asked"; }

    public async Task<Meeting> RunAsync(Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.MeetingConvene);
        var meeting = await steps.TakeOwnAsync(id, ct);
        var topics = await db.MeetingTopics.Where(t => t.Meeting == id).ToListAsync(ct);
        if (topics.Count == 0 && !await db.OpenDecisionsBefore(meeting).AnyAsync(ct)) throw new Refusal("meeting.no-agenda", "请先列入议题。", ConferencesRules.CirculatingOf(meeting.Kind), "Topics");
        if (meeting.Kind == MeetingKind.Special && topics.All(t => t.ProposedBy == meeting.Organ)) throw new Refusal("meeting.needs-members-topic", "专题会议的内容由相关成员提出,请列入成员单位提出并审定通过的议题。", ConferencesRules.Special, "Topics");
        meeting.Ask(clock.Now);
        await ledger.RecordAsync(new Act(id, meeting.Organ, meeting.Kind), meeting.OnLedger, ConferencesRules.Of(meeting.Kind), ct);
        return meeting;
    }
}

/// <summary>
/// 同意召开, or send back with what is wanted: the convenor for meetings of the joint conference, the head of the bureau for its own. What the convenor wrote on paper, the conference office may record,
/// and it is marked so. From the agreement on the papers are owed to those who will come.
/// </summary>
public sealed class ApproveMeeting(AppDb db, MeetingSteps steps, DutyBook duties, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="Deputy">牵头副召集人, for a 联席会议.</param>
    /// <param name="OnPaper">What the office relies on when it records the convenor's agreement: 召集人2026年3月2日批示.</param>
    public sealed record Input(bool Agreed, string Opinion = "", Guid? Deputy = null, string OnPaper = "");

    public sealed record Act(Guid Meeting, Guid Organ, bool Agreed, Guid? Deputy, bool OnPaper) : IAct { public static string Name => "meeting.approved"; }

    public async Task<Meeting> RunAsync(Guid id, Input input, CancellationToken ct)
    {
        new InputCheck().NotLonger(input.Opinion, nameof(input.Opinion), "意见", 1000).NotLonger(input.OnPaper, nameof(input.OnPaper), "书面批示", 200).That(input.Agreed || input.Opinion.Trim().Length > 0, nameof(input.Opinion), "退回的,请写明意见。").Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var meeting = await steps.TakeAsync(id, ct);
        var onPaper = DemandDecides(meeting, input);
        if (!input.Agreed) meeting.SendBack(actor.Name, input.Opinion.Trim());
        else
        {
            var today = clock.Today;
            var deputy = meeting.Kind == MeetingKind.JointConference ? input.Deputy : null;
            var name = deputy is null ? "" : await db.ConferenceSeats.Where(s => s.Person == deputy && s.Kind == SeatKind.Deputy && s.From <= today && (s.To == null || s.To >= today)).Join(db.People, s => s.Person, p => p.Id, (_, p) => p.Name).FirstOrDefaultAsync(ct)
                ?? throw new InvalidInput("Deputy", "所选的人不是现任副召集人。");
            meeting.Approve(onPaper ? "召集人" : actor.Name, input.Opinion.Trim(), onPaper ? input.OnPaper.Trim() : "", deputy, name, clock.Now);
            // An agreement that comes after the hour leaves the office the day to put the meeting off.
            await duties.OpenAsync(ConferencesRules.Circulate, owedBy: meeting.Organ, owedTo: null, meeting.Ref, ct, owedToLabel: "参会单位", givenDay: meeting.Day, givenTime: meeting.StartsAt > clock.Now ? meeting.Hour : null);
        }
        await ledger.RecordAsync(new Act(id, meeting.Organ, input.Agreed, meeting.Deputy, onPaper), meeting.OnLedger, ConferencesRules.Of(meeting.Kind), ct);
        await together.CommitAsync(ct);
        return meeting;
    }

    /// <returns>Whether the office records what the convenor wrote on paper.</returns>
    private bool DemandDecides(Meeting meeting, Input input)
    {
        if (!meeting.Kind.IsOfConference())
        {
            actor.Demand(Rights.MeetingApprove);
            return meeting.Organ == actor.Organ ? false : throw NotFound.Of("该会议");
        }
        if (actor.May(Rights.MeetingApprove) && actor.Roles.Contains(Roles.Convenor)) return false;
        actor.Demand(Rights.MeetingConvene);
        if (meeting.Organ != actor.Organ) throw NotFound.Of("该会议");
        return input.OnPaper.Trim().Length > 0 ? true : throw new InvalidInput("OnPaper", "由召集人决定;办公室登记的,请写明召集人的书面批示(日期、文号)。");
    }
}
