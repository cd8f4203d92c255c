using Liandong.Kernel.Ledger;

namespace Liandong.Modules.Cases;

/// <summary>What the ledger keeps of a case that arrived: references, days and digests, no personal data.</summary>
public static class CaseActs
{
    /// <param name="AcceptedAt">When it arrived already accepted.</param>
    public sealed record Received(Guid Case, string Number, Guid Item, string Source, ApplicationKind Kind, DateTimeOffset ReceivedAt, DateTimeOffset? AcceptedAt, bool Backfilled) : IAct { static string IAct.Name => "case.received"; }

    /// <param name="Despite">The report whose effect 暂停受理 stood against it; the stated reason is kept with the case.</param>
    public sealed record Accepted(Guid Case, DateTimeOffset AcceptedAt, Guid? Despite = null) : IAct { static string IAct.Name => "case.accepted"; }

    /// <param name="DeliveredAt">When the decision was already delivered to the applicant.</param>
    public sealed record Decided(Guid Case, DecisionKind Decision, DateTimeOffset DecidedAt, string Document, Guid? Permit, DateTimeOffset? DeliveredAt) : IAct { static string IAct.Name => "case.decided"; }

    /// <summary>Decided while something was not settled. It stands beside the decision, for each such thing.</summary>
    /// <param name="What">view-not-weighed, view-awaited, freeze.</param>
    /// <param name="About">The matter.</param>
    public sealed record DecidedDespite(Guid Case, string What, Guid About) : IAct { static string IAct.Name => "case.decided-despite"; }

    public sealed record Delivered(Guid Case, DateTimeOffset DeliveredAt) : IAct { static string IAct.Name => "case.delivered"; }

    /// <summary>Facts that an earlier message had left open: permit, materials, conditions, opinion.</summary>
    public sealed record Supplied(Guid Case, Guid? Permit) : IAct { static string IAct.Name => "case.supplied"; }
}
