using Liandong.Kernel;
using Liandong.Kernel.Duties;

namespace Liandong.Modules.Linkage.Disputes;

public enum DisputeState { Open, Ruled, Withdrawn }

/// <summary>权责争议: who must supervise. Opened by the bureau, a department or the conference office; ruled by the conference office (附件1 二(二)).</summary>
public sealed class CompetenceDispute
{
    public required string District { get; init; }
    public required Guid Id { get; init; }

    /// <summary>历争〔2026〕3号.</summary>
    public required string Number { get; init; }

    /// <summary>The push that brought the question up; null for a question about an item in general.</summary>
    public Guid? Push { get; init; }
    public string PushNumber { get; init; } = "";
    public required Guid Item { get; init; }
    public required string ItemName { get; init; }

    /// <summary>Where: the street or the district that the question is about.</summary>
    public required string Division { get; init; }
    public required string Question { get; init; }
    public required Guid OpenedBy { get; init; }
    public Guid? OpenedByPerson { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public DisputeState State { get; private set; } = DisputeState.Open;
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>The organ that supervises from <see cref="From"/> on.</summary>
    public Guid? RuledFor { get; private set; }
    public string Reason { get; private set; } = "";
    public DateOnly? From { get; private set; }

    /// <summary>The division for which the register was changed; empty when the ruling was about this case alone, or the register said so already.</summary>
    public string RegisterDivision { get; private set; } = "";

    public Subject Ref => new("dispute", Id, Number, ItemName);

    public void Rule(Guid organ, string reason, DateOnly from, string registerDivision, DateTimeOffset at)
    {
        MustBeOpen();
        (State, RuledFor, Reason, From, RegisterDivision, ClosedAt) = (DisputeState.Ruled, organ, reason.Trim(), from, registerDivision, at);
    }

    public void Withdraw(string reason, DateTimeOffset at)
    {
        MustBeOpen();
        (State, Reason, ClosedAt) = (DisputeState.Withdrawn, reason.Trim(), at);
    }

    public void MustBeOpen()
    {
        if (State == DisputeState.Ruled) throw new Refusal("dispute.ruled", "该争议已经裁定。", LinkageRules.Coordinating);
        if (State == DisputeState.Withdrawn) throw new Refusal("dispute.withdrawn", "该争议已经撤回。", LinkageRules.Coordinating);
    }
}

/// <summary>争议一方: an organ that the question concerns. It sees the dispute and may state its view.</summary>
public sealed class DisputeParty
{
    public required string District { get; init; }
    public required Guid Dispute { get; init; }
    public required Guid Organ { get; init; }
}

/// <summary>各方意见: what an organ says, and on which ground. Further statements stand beside earlier ones.</summary>
public sealed class DisputeStatement
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required Guid Dispute { get; init; }
    public required Guid Organ { get; init; }
    public required string Text { get; init; }

    /// <summary>法律法规、三定规定、权责清单: what the organ relies on.</summary>
    public required string Basis { get; init; }
    public Guid? Person { get; init; }
    public required string Who { get; init; }
    public required DateTimeOffset At { get; init; }
}
