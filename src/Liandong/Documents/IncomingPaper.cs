using Liandong.Kernel.Duties;

namespace Liandong.Documents;

/// <summary>收文: paper that came from outside the platform, registered with a number of the receiving organ.</summary>
public sealed class IncomingPaper
{
    public required string District { get; init; }
    public required Guid Id { get; init; }

    /// <summary>The organ that received it.</summary>
    public required Guid Organ { get; init; }

    /// <summary>收文编号: 历审收〔2026〕5号.</summary>
    public required string Number { get; init; }

    /// <summary>来文机关 as it calls itself.</summary>
    public required string From { get; init; }

    /// <summary>来文字号; empty where the paper has none.</summary>
    public string OriginalNumber { get; init; } = "";

    /// <summary>成文日期 of the paper.</summary>
    public required DateOnly OriginalDate { get; init; }
    public required string Title { get; init; }
    public string Summary { get; init; } = "";

    /// <summary>The day on which the paper came.</summary>
    public required DateOnly ReceivedOn { get; init; }
    public required DateTimeOffset RegisteredAt { get; init; }
    public required DateOnly RegisteredOn { get; init; }
    public Guid? RegisteredBy { get; init; }
    public required string Who { get; init; }

    /// <summary>The document of this organ that the paper answers.</summary>
    public Guid? InReplyTo { get; init; }
    public string AboutKind { get; init; } = "";
    public Guid? AboutId { get; init; }
    public string AboutNumber { get; init; } = "";
    public string AboutTitle { get; init; } = "";

    /// <summary>补录: registered on a later day than it came.</summary>
    public bool Backfilled => RegisteredOn > ReceivedOn;
    /// <summary>As acts refer to it, without the title, which is content.</summary>
    public Subject Ref => new("paper", Id, Number, "收文");
    public Subject? About => AboutId is { } id ? new Subject(AboutKind, id, AboutNumber, AboutTitle) : null;
}
