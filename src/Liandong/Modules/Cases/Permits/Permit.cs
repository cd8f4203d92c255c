using Liandong.Kernel;
using Liandong.Kernel.Duties;

namespace Liandong.Modules.Cases;

/// <summary>How a permit ended by an act: 变更, 延续, 注销, 撤销, 撤回.</summary>
public enum PermitEnding { Changed, Renewed, Cancelled, Revoked, Recalled }

/// <summary>有效, 未生效, 到期, 已变更, 已延续, 已注销, 已撤销, 已撤回: read off dates and acts, stored nowhere.</summary>
public enum PermitStatus { InForce, NotYet, Lapsed, Changed, Renewed, Cancelled, Revoked, Recalled }

/// <summary>What a granting decision created. Its status is derived from acts and dates, never edited.</summary>
public sealed class Permit
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required string Number { get; init; }
    public bool NumberNonStandard { get; init; }
    public required string Name { get; init; }
    public required Guid Case { get; init; }
    public required Guid Item { get; init; }
    public required Guid Party { get; init; }
    public required string PartyName { get; init; }
    public required DateOnly ValidFrom { get; init; }

    /// <summary>Last day in force; null where the permit has no end.</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>The permit that this one changed or renewed, where the platform knows it.</summary>
    public Guid? Precedes { get; init; }

    /// <summary>From this day on the permit is no longer in force, by the act of <see cref="Ending"/>.</summary>
    public DateOnly? EndedOn { get; private set; }
    public PermitEnding? Ending { get; private set; }

    /// <summary>The case that ended it.</summary>
    public Guid? EndedBy { get; private set; }

    /// <summary>When the lapse was pushed to the supervising organs; once. A permit that had lapsed before the platform learned of it is recorded with it and not pushed.</summary>
    public DateTimeOffset? LapsePushedAt { get; private set; }

    public Subject Ref => new("permit", Id, Number, Name);

    public PermitStatus StatusOn(DateOnly day) =>
        EndedOn <= day ? Ending switch
        {
            PermitEnding.Changed => PermitStatus.Changed,
            PermitEnding.Renewed => PermitStatus.Renewed,
            PermitEnding.Cancelled => PermitStatus.Cancelled,
            PermitEnding.Revoked => PermitStatus.Revoked,
            _ => PermitStatus.Recalled,
        }
        : ValidTo < day ? PermitStatus.Lapsed
        : ValidFrom > day ? PermitStatus.NotYet
        : PermitStatus.InForce;

    /// <summary>Ends the permit from a day on, by a case or an ex officio act.</summary>
    public void End(PermitEnding how, DateOnly from, Guid? by)
    {
        if (Ending is not null) throw new Refusal("permit.ended", $"该许可已于{EndedOn:yyyy-MM-dd}{CaseWords.Of(Ending.Value)}。");
        (Ending, EndedOn, EndedBy) = (how, from, by);
    }

    public void LapseIsPushed(DateTimeOffset at) => LapsePushedAt ??= at;
}
