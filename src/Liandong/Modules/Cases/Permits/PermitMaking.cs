using Liandong.Kernel.Calendar;

namespace Liandong.Modules.Cases;

/// <summary>What a granting decision does to permits: makes one, changes or renews one, ends one.</summary>
public static class PermitMaking
{
    /// <param name="before">The permit that the application is about, where the platform knows it; null for a new one.</param>
    /// <returns>The permit that is made, and the one that ends or is followed by it; the case is told which is its own.</returns>
    public static (Permit? Made, Permit? Ended) Of(Case decided, CheckedPermit permit, Permit? before, Func<Guid> newId)
    {
        var day = Beijing.DayOf(decided.DecidedAt!.Value);
        switch (decided.Kind)
        {
            case ApplicationKind.Cancellation:
                decided.Attach(before?.Id, permit.Number);
                return (null, End(PermitEnding.Cancelled, day));
            case ApplicationKind.Replacement when before is not null:
                decided.Attach(before.Id, before.Number);
                return (null, null);
        }
        var made = new Permit
        {
            District = decided.District, Id = newId(), Number = permit.Number, NumberNonStandard = permit.NumberNonStandard, Name = permit.Name, Case = decided.Id, Item = decided.Item, Party = decided.Party,
            PartyName = decided.PartyName, ValidFrom = permit.ValidFrom ?? day, ValidTo = permit.ValidTo, Precedes = before?.Id,
        };
        decided.Attach(made.Id, made.Number);
        return (made, End(decided.Kind == ApplicationKind.Renewal ? PermitEnding.Renewed : PermitEnding.Changed, made.ValidFrom));

        Permit? End(PermitEnding how, DateOnly from)
        {
            // A permit that has ended already stays as it ended; the new case is linked to it all the same.
            if (before is not { Ending: null }) return null;
            before.End(how, from, decided.Id);
            return before;
        }
    }
}
