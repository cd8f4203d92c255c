using Liandong.Accounts;
using Liandong.Data;
using Liandong.Documents;
using Liandong.Kernel;
using Liandong.Modules.Consultations;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Conferences;

/// <summary>Consultations whose form is a meeting: which meeting they ask for, what their page shows of it, and who comes when further organs are asked.</summary>
public sealed class MeetingTalks(AppDb db, MeetingSteps steps, ServeDocument serve, Ledger ledger, Actor actor, Clock clock) : IConsultationMeetings
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
        var settling = await SettlingAsync(talk, ct);
        var next = settling.Find(m => !Begun(m))?.StartsAt;
        var begun = next is null ? settling.LastOrDefault()?.StartsAt : null;
        if (!actor.May(Rights.MeetingView)) return new ConsultationMeetings([], null, next, begun);
        var meetings = await db.Meetings.AsNoTracking().VisibleTo(db, actor).Where(m => db.MeetingTopics.Any(t => t.Consultation == talk.Id && t.Meeting == m.Id)).OrderBy(m => m.StartsAt).ToListAsync(ct);
        var wanted = KindOf(talk);
        var calls = wanted is { } kind && actor.May(Rights.MeetingConvene) && (kind.IsOfConference() ? actor.Roles.Contains(Roles.ConferenceOffice) : actor.IsBureau)
            && meetings.All(m => m.State == MeetingState.Cancelled || m.HeldAt is not null || m.Kind.IsOfConference() != kind.IsOfConference());
        return new ConsultationMeetings([.. meetings.Select(m => new ConsultationMeeting(m.Number, m.Title, ConferencesWords.Of(m.State), ConferencesWords.ToneOf(m.State), m.StartsAt, $"/meetings/{m.Id}"))],
            calls ? new MeetingCall(ConferencesWords.Of(wanted!.Value), $"/meetings/new?consultation={talk.Id}") : null, next, begun);
    }

    public async Task OrgansAddedAsync(Consultation talk, IReadOnlyList<Guid> organs, CancellationToken ct)
    {
        foreach (var meeting in (await SettlingAsync(talk, ct)).Where(m => !Begun(m)))
        {
            var joining = await steps.JoinAsync(meeting, organs, ct);
            if (joining.Count == 0 || meeting.Notice is not { } paper) continue;
            var notice = await db.OfficialDocuments.SingleAsync(d => d.Id == paper, ct);
            if (meeting.State == MeetingState.Called) await serve.CopyAsync(notice, joining, ct);
            // It names who is to come: unsigned it is drafted anew, signed it is served first, as the letter of a consultation is.
            else if (notice.IsSigned) throw new Refusal("meeting.notice-signed", "会议通知已经签发,送达以后再追加会商单位。", ConferencesRules.CirculatingOf(meeting.Kind));
            else if (notice.State != DocumentState.Cancelled)
            {
                notice.Cancel("追加参会单位,重新起草会议通知", clock.Now);
                ledger.Note(new CancelDocument.Act(notice.Id, notice.Organ), notice.OnLedger, DocumentsRules.Of(notice.Kind));
            }
        }
    }

    /// <summary>The meetings whose minutes will settle it, the earliest first.</summary>
    private async Task<List<Meeting>> SettlingAsync(Consultation talk, CancellationToken ct) => KindOf(talk) is null ? [] :
        [.. (await db.Meetings.Where(m => m.State != MeetingState.Cancelled && db.MeetingTopics.Any(t => t.Consultation == talk.Id && t.Meeting == m.Id)).OrderBy(m => m.StartsAt).ToListAsync(ct)).Where(m => Settles(m.Kind, talk))];

    /// <summary>Too late to come: it was held, or its hour has struck.</summary>
    private bool Begun(Meeting meeting) => meeting.HeldAt is not null || meeting.State == MeetingState.Called && meeting.StartsAt <= clock.Now;
}
