namespace Liandong.Modules.Conferences;

public enum MinutesState
{
    Cosigning,

    /// <summary>A later draft took its place.</summary>
    Replaced,
    Issued,
}

/// <summary>纪要稿: what the meeting found and decided, as the organs that attended sign it.</summary>
public sealed class MeetingMinutes
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required Guid Meeting { get; init; }

    /// <summary>1, 2, …: every draft is kept.</summary>
    public required int Revision { get; init; }
    public required string Text { get; init; }
    public required string Who { get; init; }
    public required DateTimeOffset DraftedAt { get; init; }
    public MinutesState State { get; private set; } = MinutesState.Cosigning;
    public DateTimeOffset? IssuedAt { get; private set; }
    public string IssuedBy { get; private set; } = "";

    /// <summary>Why they were issued although an organ objected or kept silent.</summary>
    public string DespiteReason { get; private set; } = "";

    public void Replace() => State = MinutesState.Replaced;

    public void Issue(string despite, string who, DateTimeOffset at) => (State, DespiteReason, IssuedBy, IssuedAt) = (MinutesState.Issued, despite, who, at);
}

/// <summary>会签 of one organ on one draft of the minutes.</summary>
public sealed class MinutesSignature
{
    public required string District { get; init; }
    public required Guid Minutes { get; init; }
    public required Guid Organ { get; init; }

    /// <summary>False: 提出异议.</summary>
    public bool Agreed { get; private set; }
    public string Reason { get; private set; } = "";
    public Guid? Person { get; private set; }
    public string Who { get; private set; } = "";
    public DateTimeOffset At { get; private set; }

    public void Say(bool agreed, string reason, Guid? person, string who, DateTimeOffset at) => (Agreed, Reason, Person, Who, At) = (agreed, reason, person, who, at);
}
