using Liandong.Shared;

namespace Liandong.Modules.Consultations;

/// <summary>A meeting that discusses a consultation, as far as the actor may see it.</summary>
public sealed record ConsultationMeeting(string Number, string Title, string State, Tone Tone, DateTimeOffset StartsAt, string Href);

/// <summary>The form by which the actor calls a meeting about it.</summary>
/// <param name="Kind">What is called: 协调会.</param>
public sealed record MeetingCall(string Kind, string Href);

/// <param name="Call">Null when it is not the actor's to call one, or none is wanted.</param>
/// <param name="Next">The meeting to which organs that are added now are invited; null when none is to come.</param>
/// <param name="Begun">When the meeting that is to settle it began. Told to every party: one that was added afterwards was not there and does not see it. Null where a further one is to come.</param>
public sealed record ConsultationMeetings(IReadOnlyList<ConsultationMeeting> Meetings, MeetingCall? Call, DateTimeOffset? Next, DateTimeOffset? Begun);

/// <summary>A module that holds the meetings that consultations ask for.</summary>
public interface IConsultationMeetings
{
    Task<ConsultationMeetings> OfAsync(Consultation talk, CancellationToken ct);

    /// <summary>Further organs are asked, inside the act that asks them: a meeting about it that has not begun takes them in. Nothing is saved here.</summary>
    /// <exception cref="Kernel.Refusal">Its notice is signed and not served yet.</exception>
    Task OrgansAddedAsync(Consultation talk, IReadOnlyList<Guid> organs, CancellationToken ct);
}
