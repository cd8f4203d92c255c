using Liandong.Kernel;

namespace Liandong.Modules.Supervision;

/// <summary>日常监管, 双随机抽查, 重点监管.</summary>
public enum PlanKind { Daily, Random, Key }

/// <summary>How often a plan comes again after it was carried out.</summary>
public enum PlanPeriod { Once, Monthly, Quarterly, HalfYearly, Yearly }

public enum PlanState { Open, Done, Withdrawn }

/// <summary>监管计划: a check is to be held on a day, of one claimed push or of everything that the organ supervises at one party.</summary>
public sealed class SupervisionPlan
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required Guid Organ { get; init; }
    public required Guid Party { get; init; }

    /// <summary>Null: the plan is for the party as a whole.</summary>
    public Guid? Push { get; init; }
    public required PlanKind Kind { get; init; }
    public required DateOnly PlannedOn { get; init; }
    public required PlanPeriod Period { get; init; }
    public required IReadOnlyList<CheckOfficer> Officers { get; init; }
    public string Note { get; init; } = "";
    public required DateTimeOffset CreatedAt { get; init; }
    public Guid? CreatedBy { get; init; }
    public PlanState State { get; private set; } = PlanState.Open;

    /// <summary>The check that carried it out.</summary>
    public Guid? Check { get; private set; }
    public string EndReason { get; private set; } = "";

    public void CarryOut(Guid check)
    {
        MustBeOpen();
        (State, Check) = (PlanState.Done, check);
    }

    public void Withdraw(string reason)
    {
        MustBeOpen();
        if (string.IsNullOrWhiteSpace(reason)) throw new Refusal("reason.required", "请写明取消计划的理由。", field: "Reason");
        (State, EndReason) = (PlanState.Withdrawn, reason.Trim());
    }

    /// <summary>The plan that follows when this one was carried out on a day; null where it stands alone.</summary>
    public SupervisionPlan? NextAfter(DateOnly checkedOn, Guid id, DateTimeOffset at) => Months is not { } months ? null : new SupervisionPlan
    {
        District = District, Id = id, Organ = Organ, Party = Party, Push = Push, Kind = Kind, PlannedOn = checkedOn.AddMonths(months), Period = Period, Officers = Officers, Note = Note,
        CreatedAt = at, CreatedBy = CreatedBy,
    };

    private int? Months => Period switch { PlanPeriod.Monthly => 1, PlanPeriod.Quarterly => 3, PlanPeriod.HalfYearly => 6, PlanPeriod.Yearly => 12, _ => null };

    private void MustBeOpen()
    {
        if (State != PlanState.Open) throw new Refusal("plan.closed", "该计划已经完成或者取消。");
    }
}
