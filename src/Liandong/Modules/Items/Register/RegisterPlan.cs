using Liandong.Kernel.Parties;

namespace Liandong.Modules.Items;

/// <summary>One line that somebody wants the register to have.</summary>
/// <param name="Row">Line of the table that it came from.</param>
/// <param name="To">Last day; null goes on. Given for a line that is there, it ends that line.</param>
public sealed record RegisterEdit(int Row, Guid Item, string Division, ResponsibilityKind Kind, Guid Organ, Guid? Section, Guid? Person, int? ClaimDays, DateOnly From, DateOnly? To, string Source);

/// <summary>A line that holds no longer than a day, and why.</summary>
public sealed record PlannedEnd(Guid Line, DateOnly LastDay, string Source);

/// <summary>What a wish does to the register.</summary>
/// <param name="Refusal">Why it cannot be; empty otherwise.</param>
/// <param name="Note">What it replaces or ends, for the preview.</param>
public sealed record PlannedEdit(RegisterEdit Edit, ImportEffect Effect, RegisterLine? Added, IReadOnlyList<PlannedEnd> Ends, string Refusal, string Note);

/// <summary>
/// Works out which lines begin and which end when a table of wishes meets the register, in the table's order: the same for an import and
/// for a draft that is only simulated. A new main organ ends the one before it from its first day on; what is there already stays.
/// </summary>
public static class RegisterPlan
{
    /// <param name="organName">Names for the sentences.</param>
    public static (IReadOnlyList<PlannedEdit> Edits, IReadOnlyList<RegisterLine> Lines) Of(IReadOnlyList<RegisterLine> current, IEnumerable<RegisterEdit> edits, Func<Guid> newId, Func<Guid, string> organName)
    {
        var lines = current.GroupBy(l => l.Item).ToDictionary(g => g.Key, g => g.ToList());
        var planned = new List<PlannedEdit>();
        foreach (var edit in edits)
        {
            if (!lines.TryGetValue(edit.Item, out var ofItem)) lines[edit.Item] = ofItem = [];
            var plan = Meet(ofItem, edit, newId, organName);
            planned.Add(plan);
            foreach (var end in plan.Ends)
            {
                var at = ofItem.FindIndex(l => l.Id == end.Line);
                ofItem[at] = ofItem[at] with { To = end.LastDay };
            }
            if (plan.Added is { } added) ofItem.Add(added);
        }
        return (planned, [.. lines.Values.SelectMany(l => l)]);
    }

    private static PlannedEdit Meet(List<RegisterLine> lines, RegisterEdit edit, Func<Guid> newId, Func<Guid, string> organName)
    {
        var living = lines.Where(l => l.Division == edit.Division && l.Kind == edit.Kind && l.From <= (l.To ?? DateOnly.MaxValue)).ToList();

        // The very line is there: nothing to do, or it ends, or its section and person are put right.
        if (living.Find(l => l.Organ == edit.Organ && l.From == edit.From) is { } same)
        {
            if (SamePeople(same, edit) && same.To == edit.To) return Unchanged(edit);
            if (SamePeople(same, edit) && edit.To is { } last && (same.To is null || last < same.To)) return new(edit, ImportEffect.Changed, null, [new(same.Id, last, edit.Source)], "", $"到{last:yyyy-MM-dd}结束");
            if (SamePeople(same, edit)) return Refused(edit, $"这条责任已于{same.To:yyyy-MM-dd}结束,不能延长;请从次日起另写一行。");
            if (same.To is { } end && (edit.To is null || edit.To > end)) return Refused(edit, $"这条责任已于{end:yyyy-MM-dd}结束,不能延长;请从次日起另写一行。");
            return new(edit, ImportEffect.Changed, Line(edit, newId()), [new(same.Id, same.From.AddDays(-1), edit.Source)], "", "更正科室、人员或认领时限");
        }

        var overlapping = living.Where(l => Overlaps(l, edit) && (edit.Kind == ResponsibilityKind.Main || l.Organ == edit.Organ)).ToList();
        if (overlapping.Find(l => l.Organ == edit.Organ && l.From < edit.From && l.To == edit.To && SamePeople(l, edit)) is not null) return Unchanged(edit);
        if (overlapping.Find(l => l.From >= edit.From) is { } later)
            return Refused(edit, $"{Divisions.NameOf(edit.Division)}自{later.From:yyyy-MM-dd}起已由{organName(later.Organ)}{ItemWords.Of(edit.Kind)},与本行重叠。");
        if (edit.To is { } to && overlapping.Find(l => l.To is null || l.To > to) is { } longer)
            return Refused(edit, $"本行到{to:yyyy-MM-dd}为止,而{organName(longer.Organ)}的责任在那以后还在;请再写一行,说明{to.AddDays(1):yyyy-MM-dd}起由谁监管,或者不写终止日。");
        var ends = overlapping.ConvertAll(l => new PlannedEnd(l.Id, edit.From.AddDays(-1), edit.Source));
        var note = overlapping.Count == 0 ? "" : $"接替{string.Join("、", overlapping.Select(l => organName(l.Organ)).Distinct())}";
        return new(edit, overlapping.Count == 0 ? ImportEffect.Added : ImportEffect.Changed, Line(edit, newId()), ends, "", note);
    }

    private static PlannedEdit Unchanged(RegisterEdit edit) => new(edit, ImportEffect.Unchanged, null, [], "", "");

    private static PlannedEdit Refused(RegisterEdit edit, string why) => new(edit, ImportEffect.Refused, null, [], why, "");

    private static bool SamePeople(RegisterLine line, RegisterEdit edit) => line.Section == edit.Section && line.Person == edit.Person && line.ClaimDays == edit.ClaimDays;

    private static bool Overlaps(RegisterLine line, RegisterEdit edit) => line.From <= (edit.To ?? DateOnly.MaxValue) && edit.From <= (line.To ?? DateOnly.MaxValue);

    private static RegisterLine Line(RegisterEdit edit, Guid id) => new(id, edit.Item, edit.Division, edit.Kind, edit.Organ, edit.Section, edit.Person, edit.ClaimDays, edit.From, edit.To);
}
