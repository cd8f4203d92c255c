namespace Liandong.Modules.Items;

/// <summary>A change of the register that is only tried out: who would be the main organ of which items from a day on.</summary>
/// <param name="ItemCode">One item; empty for all items of <paramref name="FromOrgan"/>.</param>
/// <param name="FromOrgan">Only where this organ is the main organ; null for whoever is.</param>
/// <param name="ToOrgan">The new main organ; null tries out that nobody is.</param>
public sealed record DraftSwap(string Division, DateOnly From, string ItemCode = "", Guid? FromOrgan = null, Guid? ToOrgan = null);

public static class RegisterDraft
{
    /// <summary>The lines as they would be. Main lines of the division end the day before, and the new organ stands in their place.</summary>
    /// <param name="items">Items that the swap is about.</param>
    public static IReadOnlyList<RegisterLine> Swap(IReadOnlyList<RegisterLine> lines, IReadOnlySet<Guid> items, DraftSwap swap, Func<Guid> newId)
    {
        var division = Responsibility.DivisionOf(swap.Division);
        var (kept, moved) = (new List<RegisterLine>(lines.Count), new HashSet<Guid>());
        foreach (var line in lines)
        {
            var concerned = line.Kind == ResponsibilityKind.Main && items.Contains(line.Item) && line.Division == division && (swap.FromOrgan is null || line.Organ == swap.FromOrgan)
                && line.From <= (line.To ?? DateOnly.MaxValue) && (line.To is null || line.To >= swap.From);
            if (concerned) moved.Add(line.Item);
            kept.Add(concerned ? line with { To = swap.From.AddDays(-1) } : line);
        }
        if (swap.ToOrgan is not { } organ) return kept;
        // An item of which only a wider division is in the register gets a line of its own here, unless the swap is about one organ's lines.
        foreach (var item in swap.FromOrgan is null ? items : moved)
            kept.Add(new RegisterLine(newId(), item, division, ResponsibilityKind.Main, organ, null, null, null, swap.From, null));
        return kept;
    }
}
