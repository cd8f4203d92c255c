using Liandong.Kernel;

namespace Liandong.Modules.Supervision;

/// <summary>The kinds of 行政处罚法 第九条, in its order.</summary>
public enum PenaltyKind
{
    Warning, Circular, Fine, ConfiscateGains, ConfiscateGoods, SuspendPermit, LowerGrade, RevokePermit, RestrictOperation, StopOperation, CloseDown, BarFromTrade, Detention, Other,
}

/// <summary>处罚决定: decided by the department. 吊销 is a penalty; 注销 is the bureau's procedure that follows from it (行政许可法 第七十条).</summary>
public sealed class Penalty
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required Guid Enforcement { get; init; }
    public required Guid Push { get; init; }
    public required Guid Party { get; init; }

    /// <summary>The organ that decided.</summary>
    public required Guid Organ { get; init; }

    /// <summary>处罚决定书文号, unique within the organ.</summary>
    public required string Number { get; init; }
    public required DateOnly DecidedOn { get; init; }
    public required IReadOnlyList<PenaltyKind> Kinds { get; init; }

    /// <summary>违法事实.</summary>
    public required string Facts { get; init; }

    /// <summary>处罚依据.</summary>
    public required string Basis { get; init; }

    /// <summary>罚款 in fen (1 yuan is 100); zero without a fine.</summary>
    public long FineFen { get; init; }

    /// <summary>没收违法所得和非法财物的价额 in fen.</summary>
    public long ConfiscatedFen { get; init; }

    /// <summary>The permit that is suspended, lowered or revoked.</summary>
    public Guid? Permit { get; init; }
    public string PermitNumber { get; init; } = "";
    public required Publicity Publicity { get; init; }
    public required IReadOnlyList<CheckOfficer> Officers { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public Guid? RecordedBy { get; init; }
    public long Entry { get; private set; }

    public bool RevokesPermit => Kinds.Contains(PenaltyKind.RevokePermit);
    public bool TouchesPermit => Kinds.Any(TouchPermit.Contains);

    public static readonly IReadOnlyList<PenaltyKind> TouchPermit = [PenaltyKind.SuspendPermit, PenaltyKind.LowerGrade, PenaltyKind.RevokePermit];

    public void Entered(long entry) => Entry = entry;

    /// <exception cref="Refusal">Kinds, amounts and permit do not fit together.</exception>
    public static void MustFit(IReadOnlyList<PenaltyKind> kinds, long fineFen, long confiscatedFen, Guid? permit)
    {
        if (kinds.Count == 0) throw new Refusal("penalty.no-kind", "请选择处罚种类。", SupervisionRules.KindsOfPenalty, "Kinds");
        if (kinds.Contains(PenaltyKind.Fine) != fineFen > 0)
            throw new Refusal("penalty.fine-amount", fineFen > 0 ? "填了罚款金额,处罚种类里也要选“罚款”。" : "处罚种类有罚款的,请填写罚款金额。", SupervisionRules.KindsOfPenalty, "Fine");
        if (confiscatedFen > 0 && !kinds.Any(k => k is PenaltyKind.ConfiscateGains or PenaltyKind.ConfiscateGoods))
            throw new Refusal("penalty.confiscation-without-kind", "填了没收金额,处罚种类里也要选没收。", SupervisionRules.KindsOfPenalty, "Confiscated");
        if (kinds.Any(TouchPermit.Contains) && permit is null)
            throw new Refusal("penalty.permit-required", "吊销、暂扣许可证件或者降低资质等级的,请写明是哪一个许可。", SupervisionRules.KindsOfPenalty, "Permit");
    }
}
