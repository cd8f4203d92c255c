using Liandong.Kernel;
using Liandong.Kernel.Duties;

namespace Liandong.Modules.Consultations;

/// <summary>What a freeze asks the bureau not to do meanwhile.</summary>
public enum FreezeScope
{
    /// <summary>暂缓受理新的申请.</summary>
    Acceptance,

    /// <summary>暂缓作出决定.</summary>
    Decision,

    /// <summary>暂缓办理变更、延续、注销.</summary>
    Changes,

    /// <summary>全部审批.</summary>
    Everything,
}

public enum FreezeState
{
    /// <summary>The letter is not served yet.</summary>
    Preparing,
    InForce,
    Lifted,
    Withdrawn,
}

/// <summary>公务协同函: an organ asks the bureau to hold back approvals of a party or in a case, until a day. In force when its letter is served.</summary>
public sealed class FreezeRequest
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required string Number { get; init; }
    public required Guid Organ { get; init; }

    /// <summary>The bureau, to which it is addressed.</summary>
    public required Guid Bureau { get; init; }

    /// <summary>Set when it is about one case; its party is in <see cref="Party"/> then as well.</summary>
    public Guid? Case { get; init; }
    public required Guid Party { get; init; }
    public required string PartyName { get; init; }
    public string CaseNumber { get; init; } = "";
    public required FreezeScope Scope { get; init; }
    public required string Reason { get; init; }
    public required string Basis { get; init; }

    /// <summary>Last day on which it holds.</summary>
    public required DateOnly Until { get; init; }
    public required Guid Letter { get; init; }
    public required string Who { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }
    public FreezeState State { get; private set; } = FreezeState.Preparing;
    public DateTimeOffset? InForceAt { get; private set; }
    public DateTimeOffset? LiftedAt { get; private set; }
    public string LiftedBy { get; private set; } = "";
    public string LiftReason { get; private set; } = "";

    public Subject Ref => new("freeze", Id, Number, "公务协同函");

    public bool HoldsOn(DateOnly day) => State == FreezeState.InForce && day <= Until;

    public void TakeEffect(DateOnly today, DateTimeOffset at)
    {
        if (State != FreezeState.Preparing) throw new Refusal("freeze.not-preparing", "该协同函已经生效或者撤回。", ConsultationsRules.Assisting);
        if (Until < today) throw new Refusal("freeze.expired", $"协同期限({Until:yyyy-MM-dd})已经过去,请作废本函重新起草。", ConsultationsRules.Assisting);
        (State, InForceAt) = (FreezeState.InForce, at);
    }

    public void Lift(string reason, string who, DateOnly today, DateTimeOffset at)
    {
        if (State is FreezeState.Lifted or FreezeState.Withdrawn) throw new Refusal("freeze.lifted", "该协同函已经解除。", ConsultationsRules.Assisting);
        if (State == FreezeState.InForce && Until < today) throw new Refusal("freeze.expired", $"协同期限({Until:yyyy-MM-dd})已经过去,不必解除。", ConsultationsRules.Assisting);
        (State, LiftReason, LiftedBy, LiftedAt) = (State == FreezeState.Preparing ? FreezeState.Withdrawn : FreezeState.Lifted, reason, who, at);
    }
}
