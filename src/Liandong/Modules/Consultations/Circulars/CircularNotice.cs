using Liandong.Kernel.Duties;

namespace Liandong.Modules.Consultations;

/// <summary>抄告: one organ tells several others at once, and each of them answers. What is said, served and answered is the letter's (<see cref="Letter"/>).</summary>
public sealed class CircularNotice
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required string Number { get; init; }
    public required Guid Organ { get; init; }
    public required string Title { get; init; }
    public required Guid Letter { get; init; }
    public Guid? Case { get; init; }
    public Guid? Party { get; init; }

    /// <summary>The case or party as lists name it; empty where there is none.</summary>
    public string AboutTitle { get; init; } = "";
    public required string Who { get; init; }
    public required DateTimeOffset DraftedAt { get; init; }

    /// <summary>As acts refer to it: a title is content, which the audit administrator who reads the ledger does not see.</summary>
    public Subject OnLedger => new("circular", Id, Number, "抄告");
}
