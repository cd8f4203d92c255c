using Liandong.Shared;

namespace Liandong.Modules.Consultations;

/// <summary>A meeting that discusses a consultation, as far as the actor may see it.</summary>
public sealed record ConsultationMeeting(string Number, string Title, string State, Tone Tone, DateTimeOffset StartsAt, string Href);

/// <summary>The form by which the actor calls a meeting about it.</summary>
/// <param name="Kind">What is called: 协调会.</param>
public sealed record MeetingCall(string Kind, string Href);

/// <param name="Call">Null when it is not the actor's to call one, or none is wanted.</param>
public sealed record ConsultationMeetings(IReadOnlyList<ConsultationMeeting> Meetings, MeetingCall? Call);

/// <summary>A module that holds the meetings that consultations ask for.</summary>
public interface IConsultationMeetings
{
    Task<ConsultationMeetings> OfAsync(Consultation talk, CancellationToken ct);
}
