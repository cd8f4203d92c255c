using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Modules.Cases;

namespace Liandong.Modules.Linkage;

/// <summary>A decided case that no supervising organ was found for: it waits in a visible queue until the register is mended or organs are named by hand. Never a lost row.</summary>
public sealed class RoutingFailure
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required Guid Case { get; init; }
    public required string CaseNumber { get; init; }
    public required Guid Item { get; init; }
    public required string ItemName { get; init; }
    public required string PartyName { get; init; }
    public required string Division { get; init; }
    public required DecisionKind Decision { get; init; }
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>Why nobody was found, as routing says it; the latest attempt's reason.</summary>
    public string Reason { get; private set; } = "";
    public required DateTimeOffset FailedAt { get; init; }
    public DateTimeOffset? ResolvedAt { get; private set; }

    /// <summary>按责任清单重新推送, or 人工指定 with the reason that was given.</summary>
    public string Resolution { get; private set; } = "";

    public Subject Ref => new("case", Case, CaseNumber, $"{ItemName} · {Case.ToString()[^6..]}");

    public void Because(string reason) => Reason = reason;

    public void Resolve(string how, DateTimeOffset at)
    {
        if (ResolvedAt is not null) throw new Refusal("push.already-routed", "该办件已经推送,不能重复处理。", LinkageRules.Pushing);
        (Resolution, ResolvedAt) = (how, at);
    }
}
