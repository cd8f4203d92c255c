using Liandong.Modules.Linkage;

namespace Liandong.Modules.Supervision;

/// <summary>
/// 监管事项: one claimed push and what has been done about it; its id is the push's. It is made by the claim and holds everything that a list
/// shows or sorts by, so that lists read one table by index. Its version token keeps two people from recording the same n-th check.
/// </summary>
public sealed class Matter
{
    public required string District { get; init; }

    /// <summary>The push.</summary>
    public required Guid Id { get; init; }
    public required Guid Organ { get; init; }
    public required Guid Party { get; init; }
    public required string Number { get; init; }
    public required string CaseNumber { get; init; }
    public required Guid Item { get; init; }
    public required string ItemName { get; init; }
    public required string PartyName { get; init; }
    public required string Address { get; init; }

    /// <summary>The claim stands. A push that a ruling takes away keeps its records and leaves the lists.</summary>
    public bool Claimed { get; private set; }
    public DateTimeOffset ClaimedAt { get; private set; }
    public int Checks { get; private set; }
    public int Reports { get; private set; }
    public int OpenRectifications { get; private set; }
    public int OpenEnforcements { get; private set; }
    public int Penalties { get; private set; }
    public DateOnly? LastCheckOn { get; private set; }
    public CheckResult? LastResult { get; private set; }

    /// <summary>The next planned check, of this push or of the party as a whole.</summary>
    public DateOnly? PlannedOn { get; private set; }
    public PlanKind? PlanKind { get; private set; }

    /// <summary>The earliest day named in an open rectification, and the day it is counted from.</summary>
    public DateOnly? RectifyBy { get; private set; }
    public DateOnly? RectifySince { get; private set; }

    /// <summary>待检查: claimed, and never checked or with a plan.</summary>
    public bool ToCheck { get; private set; }

    /// <summary>整改中.</summary>
    public bool IsRectifying { get; private set; }

    public static Matter Of(Push push)
    {
        var matter = new Matter
        {
            District = push.District, Id = push.Id, Organ = push.Organ, Party = push.Party, Number = push.Number, CaseNumber = push.CaseNumber, Item = push.Item, ItemName = push.ItemName,
            PartyName = push.PartyName, Address = push.Address,
        };
        if (push.ClaimedAt is { } at) matter.ClaimStands(at);
        return matter;
    }

    public void ClaimStands(DateTimeOffset at)
    {
        (Claimed, ClaimedAt) = (true, at);
        Sort();
    }

    public void ClaimFalls()
    {
        Claimed = false;
        Sort();
    }

    public int NextCheck()
    {
        Checks++;
        Sort();
        return Checks;
    }

    public int NextReport() => ++Reports;

    /// <summary>A check that is entered late does not hide a later one.</summary>
    public void Checked(DateOnly on, CheckResult result)
    {
        if (LastCheckOn is { } last && on < last) return;
        (LastCheckOn, LastResult) = (on, result);
    }

    public void Plan(SupervisionPlan? next)
    {
        (PlannedOn, PlanKind) = (next?.PlannedOn, next?.Kind);
        Sort();
    }

    /// <summary>Takes over the open rectifications as they are now.</summary>
    public void Rectifying(IReadOnlyCollection<Rectification> open)
    {
        OpenRectifications = open.Count;
        var first = open.MinBy(r => r.DueOn);
        (RectifyBy, RectifySince) = (first?.DueOn, first?.Since);
        Sort();
    }

    public void HandedOver() => OpenEnforcements++;

    public void Penalised() => Penalties++;

    public void EnforcementClosed() => OpenEnforcements--;

    private void Sort() => (ToCheck, IsRectifying) = (Claimed && (Checks == 0 || PlannedOn is not null), Claimed && OpenRectifications > 0);
}
