using Liandong.Kernel;

namespace Liandong.Modules.Supervision;

/// <summary>已移交, 已认领, 已处罚, 已结案.</summary>
public enum EnforcementState { HandedOver, Claimed, Penalised, Closed }

/// <summary>How an enforcement case ends.</summary>
public enum ClosingManner { Executed, NoPenalty, Unfounded, PassedToJustice }

/// <summary>移交执法: one check's findings handed to an enforcement section or organ, claimed there exactly once, and decided.</summary>
public sealed class Enforcement
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required Guid Push { get; init; }
    public required Guid Check { get; init; }
    public required Guid Party { get; init; }

    /// <summary>The supervising organ that hands over.</summary>
    public required Guid Organ { get; init; }

    /// <summary>The organ that enforces; its own enforcement section when it is the same.</summary>
    public required Guid To { get; init; }
    public Guid? ToSection { get; init; }

    /// <summary>涉嫌违法的事实.</summary>
    public required string Facts { get; init; }
    public required DateOnly HandedOn { get; init; }
    public required DateTimeOffset HandedAt { get; init; }
    public Guid? HandedBy { get; init; }
    public EnforcementState State { get; private set; } = EnforcementState.HandedOver;

    /// <summary>Not closed, and punished at least once: kept as columns so that lists read them by index.</summary>
    public bool IsOpen { get; private set; } = true;
    public bool IsPenalised { get; private set; }
    public DateTimeOffset? ClaimedAt { get; private set; }
    public Guid? ClaimedBy { get; private set; }
    public DateOnly? ClosedOn { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }
    public Guid? ClosedBy { get; private set; }
    public ClosingManner? Closing { get; private set; }
    public string ClosingNote { get; private set; } = "";
    public long HandOverEntry { get; private set; }
    public long ClaimEntry { get; private set; }
    public long ClosingEntry { get; private set; }

    public void HandOverEntered(long entry) => HandOverEntry = entry;

    public void Claim(Guid? by, DateTimeOffset at)
    {
        if (State != EnforcementState.HandedOver) throw new Refusal("enforcement.already-claimed", "该案件已经认领,不能再认领。", SupervisionRules.Supervising);
        (State, ClaimedAt, ClaimedBy) = (EnforcementState.Claimed, at, by);
    }

    public void ClaimEntered(long entry) => ClaimEntry = entry;

    public void Penalise()
    {
        if (State == EnforcementState.HandedOver) throw new Refusal("enforcement.not-claimed", "该案件还没有认领,请先认领再登记处罚。", SupervisionRules.Supervising);
        if (State == EnforcementState.Closed) throw new Refusal("enforcement.closed", "该案件已经结案。");
        (State, IsPenalised) = (EnforcementState.Penalised, true);
    }

    public void Close(ClosingManner manner, DateOnly on, string note, Guid? by, DateTimeOffset at)
    {
        if (State == EnforcementState.HandedOver) throw new Refusal("enforcement.not-claimed", "该案件还没有认领,请先认领再结案。", SupervisionRules.Supervising);
        if (State == EnforcementState.Closed) throw new Refusal("enforcement.closed", "该案件已经结案。");
        if (on < HandedOn) throw new Refusal("enforcement.closed-before-handed", "结案日期不能早于移交日期。", field: "On");
        if (manner == ClosingManner.Executed && State != EnforcementState.Penalised)
            throw new Refusal("enforcement.no-penalty", "还没有登记处罚决定,不能以“处罚执行完毕”结案。", field: "Manner");
        if (manner is ClosingManner.NoPenalty or ClosingManner.Unfounded && State == EnforcementState.Penalised)
            throw new Refusal("enforcement.has-penalty", "已经登记处罚决定,不能以不予处罚或者违法事实不成立结案。", field: "Manner");
        if (manner != ClosingManner.Executed && string.IsNullOrWhiteSpace(note)) throw new Refusal("reason.required", "请写明理由。", field: "Note");
        (State, IsOpen, Closing, ClosedOn, ClosingNote, ClosedBy, ClosedAt) = (EnforcementState.Closed, false, manner, on, note.Trim(), by, at);
    }

    public void ClosingEntered(long entry) => ClosingEntry = entry;
}
