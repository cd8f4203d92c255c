namespace Liandong.Attachments;

/// <summary>
/// A file on its way in. Its bytes grow in the spool, and their length there is the offset at which a sender goes on after a broken
/// connection or a killed process. Once whole and examined it waits to be attached, by itself where it names its matter.
/// Only who began it knows it; after a day it goes.
/// </summary>
public sealed class Upload
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    public required string District { get; init; }
    public required Guid Id { get; init; }

    /// <summary>Who sends: a person, or a machine client.</summary>
    public required Guid? Person { get; init; }
    public required Guid? Organ { get; init; }
    public required string Name { get; init; }

    /// <summary>In bytes, as announced.</summary>
    public required long Length { get; init; }

    /// <summary>The matter that it goes to as soon as it is whole; empty when a form will name it.</summary>
    public string Kind { get; init; } = "";
    public Guid? Matter { get; init; }
    public FileOrigin Origin { get; set; }
    public DateOnly? OriginalOn { get; set; }
    public string Note { get; set; } = "";
    public required DateTimeOffset At { get; init; }

    /// <summary>When it was whole, examined and in the store.</summary>
    public DateTimeOffset? CompletedAt { get; set; }
    public string Sm3 { get; set; } = "";
    public string Sha256 { get; set; } = "";
    public string Type { get; set; } = "";

    /// <summary>What it became.</summary>
    public Guid? Attachment { get; set; }

    public DateTimeOffset ExpiresAt => At + Kept;
    public bool NamesMatter => Matter is not null;
}
