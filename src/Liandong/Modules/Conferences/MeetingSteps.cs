using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Directory;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Conferences;

/// <summary>Steps that several use cases of a meeting take inside their own act. Nothing is saved here.</summary>
public sealed class MeetingSteps(AppDb db, DutyBook duties, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="Organs">The organs that are invited.</param>
    public sealed record Called(Guid Meeting, Guid Organ, IReadOnlyList<Guid> Organs) : IAct { public static string Name => "meeting.called"; }

    /// <param name="Organs">The organs that come as well.</param>
    public sealed record Joined(Guid Meeting, Guid Organ, IReadOnlyList<Guid> Organs) : IAct { public static string Name => "meeting.organs-added"; }

    /// <summary>The meeting, when the actor may see it.</summary>
    /// <exception cref="NotFound">Absent, or not the actor's.</exception>
    public async Task<Meeting> TakeAsync(Guid id, CancellationToken ct) => await db.Meetings.VisibleTo(db, actor).SingleOrDefaultAsync(m => m.Id == id, ct) ?? throw NotFound.Of("该会议");

    /// <summary>The same, when the actor's organ convenes it.</summary>
    public async Task<Meeting> TakeOwnAsync(Guid id, CancellationToken ct)
    {
        var organ = actor.RequireOrgan();
        return await db.Meetings.SingleOrDefaultAsync(m => m.Id == id && m.Organ == organ, ct) ?? throw NotFound.Of("该会议");
    }

    /// <summary>The actor's organ among those that are invited.</summary>
    public async Task<MeetingInvitee> OwnPlaceAsync(Guid id, CancellationToken ct)
    {
        var organ = actor.RequireOrgan();
        return await db.MeetingInvitees.SingleOrDefaultAsync(i => i.Meeting == id && i.Organ == organ && i.InvitedAt != null, ct) ?? throw NotFound.Of("该会议");
    }

    /// <summary>A meeting of the joint conference is called by its office, the others by the bureau.</summary>
    public async Task DemandConvenesAsync(MeetingKind kind, CancellationToken ct)
    {
        var organ = actor.RequireOrgan();
        var convenes = await db.Organs.Where(o => o.Id == organ).Select(o => o.Kind).SingleAsync(ct);
        if (kind.IsOfConference() && convenes != OrganKind.ConferenceOffice) throw new Refusal("meeting.by-office", "例会、专题会议和联席会议由联席会议办公室组织。", ConferencesRules.Office, "Kind");
        if (!kind.IsOfConference() && convenes != OrganKind.Bureau) throw new Refusal("meeting.by-bureau", "工作对接会和协调会由行政审批服务局召集和主持。", ConferencesRules.BureauMeetings, "Kind");
    }

    /// <summary>发出通知: the invited see the meeting from now on, and owe the study of its papers until it begins.</summary>
    public async Task CallAsync(Meeting meeting, IReadOnlyList<Guid> reached, CancellationToken ct)
    {
        meeting.Call(clock.Now);
        var invitees = await db.MeetingInvitees.Where(i => i.Meeting == meeting.Id).ToListAsync(ct);
        foreach (var organ in reached.Where(o => invitees.All(i => i.Organ != o)))
        {
            var added = new MeetingInvitee { District = db.District, Meeting = meeting.Id, Organ = organ };
            db.MeetingInvitees.Add(added);
            invitees.Add(added);
        }
        foreach (var invitee in invitees.Where(i => reached.Contains(i.Organ))) await InviteAsync(meeting, invitee, ct);
        await duties.DischargeAsync(ConferencesRules.Circulate, meeting.Ref, ct);
        ledger.Note(new Called(meeting.Id, meeting.Organ, reached), meeting.OnLedger, ConferencesRules.CirculatingOf(meeting.Kind));
    }

    /// <summary>Further organs come to a meeting that has not begun, an observer as a full party from now on. Where it was called they are invited at once.</summary>
    /// <returns>Those that were not on its list, or only to listen.</returns>
    public async Task<IReadOnlyList<Guid>> JoinAsync(Meeting meeting, IReadOnlyList<Guid> organs, CancellationToken ct)
    {
        var listed = await db.MeetingInvitees.Where(i => i.Meeting == meeting.Id).ToDictionaryAsync(i => i.Organ, ct);
        var joining = organs.Where(o => o != meeting.Organ && listed.GetValueOrDefault(o) is not { IsObserver: false }).ToList();
        if (joining.Count == 0) return joining;
        foreach (var organ in joining)
        {
            if (!listed.TryGetValue(organ, out var invitee)) db.MeetingInvitees.Add(invitee = new MeetingInvitee { District = db.District, Meeting = meeting.Id, Organ = organ });
            invitee.Sit(observer: false);
            if (meeting.State == MeetingState.Called) await InviteAsync(meeting, invitee, ct);
        }
        ledger.Note(new Joined(meeting.Id, meeting.Organ, joining), meeting.OnLedger, ConferencesRules.CirculatingOf(meeting.Kind));
        return joining;
    }

    private async Task InviteAsync(Meeting meeting, MeetingInvitee invitee, CancellationToken ct)
    {
        invitee.Invite(clock.Now);
        if (!invitee.IsObserver) await duties.OpenAsync(ConferencesRules.Study, owedBy: invitee.Organ, owedTo: meeting.Organ, meeting.Ref, ct, givenDay: meeting.Day, givenTime: meeting.Hour);
    }
}
