using Liandong.Accounts;
using Liandong.Data;
using Liandong.Modules.Consultations;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Conferences;

/// <summary>Consultations whose form is a meeting: which meeting they ask for, and what their page shows of it.</summary>
public sealed class MeetingTalks(AppDb db, Actor actor) : IConsultationMeetings
{
    /// <summary>The meeting that a consultation now asks for; null when it asks for none or is over.</summary>
    public static MeetingKind? KindOf(Consultation talk) => talk.State is not (ConsultationState.Asking or ConsultationState.Countersigning) ? null : talk.Form switch
    {
        ConsultationForm.WorkingMeeting => MeetingKind.Working,
        ConsultationForm.CoordinationMeeting => MeetingKind.Coordination,
        ConsultationForm.JointConference => MeetingKind.JointConference,
        _ => null,
    };

    /// <summary>Whether the minutes of such a meeting settle the consultation: what was escalated meanwhile waits for the joint conference.</summary>
    public static bool Settles(MeetingKind kind, Consultation talk) => KindOf(talk) is { } wanted && (wanted == MeetingKind.JointConference) == kind.IsOfConference();

    public async Task<ConsultationMeetings> OfAsync(Consultation talk, CancellationToken ct)
    {
        if (!actor.May(Rights.MeetingView)) return new ConsultationMeetings([], null);
        var meetings = await db.Meetings.AsNoTracking().VisibleTo(db, actor).Where(m => db.MeetingTopics.Any(t => t.Consultation == talk.Id && t.Meeting == m.Id)).OrderBy(m => m.StartsAt).ToListAsync(ct);
        var wanted = KindOf(talk);
        var calls = wanted is { } kind && actor.May(Rights.MeetingConvene) && (kind.IsOfConference() ? actor.Roles.Contains(Roles.ConferenceOffice) : actor.IsBureau)
            && meetings.All(m => m.State == MeetingState.Cancelled || m.HeldAt is not null || m.Kind.IsOfConference() != kind.IsOfConference());
        return new ConsultationMeetings([.. meetings.Select(m => new ConsultationMeeting(m.Number, m.Title, ConferencesWords.Of(m.State), ConferencesWords.ToneOf(m.State), m.StartsAt, $"/meetings/{m.Id}"))],
            calls ? new MeetingCall(ConferencesWords.Of(wanted!.Value), $"/meetings/new?consultation={talk.Id}") : null);
    }
}
