using CsCheck;
using Liandong.Modules.Items;
using Xunit;

namespace Liandong.Tests.Modules.Items;

/// <summary>What a table of wishes does to a register, over all registers and tables.</summary>
public sealed class RegisterPlanTests
{
    private static readonly DateOnly Start = new(2020, 1, 1);
    private static readonly Guid[] Organs = [.. Enumerable.Range(10, 3).Select(n => new Guid($"00000000-0000-0000-0000-0000000000{n}"))];
    private static readonly Guid[] Items = [.. Enumerable.Range(50, 2).Select(n => new Guid($"00000000-0000-0000-0000-0000000000{n}"))];
    private static readonly string[] Divisions = ["370102", "370102001"];

    private static readonly Gen<RegisterEdit> Edit =
        Gen.Select(Gen.Int[0, 1], Gen.Int[0, 1], Gen.Bool, Gen.Int[0, 2], Gen.Int[0, 30], Gen.Int[-5, 20], Gen.Int[0, 2]).Select((item, division, main, organ, from, length, days) => new RegisterEdit(
            0, Items[item], Divisions[division], main ? ResponsibilityKind.Main : ResponsibilityKind.Assisting, Organs[organ], null, null, days == 0 ? null : days, Start.AddDays(from),
            length < 0 ? null : Start.AddDays(from + length), ""));

    private static readonly Gen<RegisterEdit[]> Table = Edit.Array[0, 10].Select(edits => edits.Select((e, i) => e with { Row = i + 2 }).ToArray());

    [Fact]
    public void No_table_can_give_a_division_two_main_organs_on_one_day() => Gen.Select(Table, Table).Sample((first, second) =>
    {
        var lines = Apply(Apply([], first).Lines, second).Lines;
        return lines.Where(l => l.Kind == ResponsibilityKind.Main && l.From <= (l.To ?? DateOnly.MaxValue)).GroupBy(l => (l.Item, l.Division))
            .All(g => Enumerable.Range(-1, 60).Select(n => Start.AddDays(n)).All(day => g.Count(l => l.HoldsOn(day)) <= 1));
    });

    [Fact]
    public void A_row_that_was_taken_over_says_who_supervises_on_its_first_day() => Gen.Select(Table, Edit).Sample((table, edit) =>
    {
        var before = Apply([], table).Lines;
        var (edits, lines) = Apply(before, [edit]);
        return edits[0].Effect == ImportEffect.Refused
            ? Same(lines, before)
            : lines.Any(l => l.Item == edit.Item && l.Division == edit.Division && l.Kind == edit.Kind && l.Organ == edit.Organ && l.HoldsOn(edit.From));
    });

    [Fact]
    public void What_lies_before_the_first_day_of_a_table_stays_as_it_was() => Gen.Select(Table, Table).Sample((first, second) =>
    {
        var before = Apply([], first).Lines;
        var after = Apply(before, second).Lines;
        var earliest = second.Length == 0 ? DateOnly.MaxValue : second.Min(e => e.From);
        return Enumerable.Range(0, 60).Select(n => Start.AddDays(n)).TakeWhile(day => day < earliest)
            .All(day => before.Where(l => l.HoldsOn(day)).Select(l => l.Id).Order().SequenceEqual(after.Where(l => l.HoldsOn(day)).Select(l => l.Id).Order()));
    });

    [Fact]
    public void A_row_sent_again_at_once_changes_nothing() => Gen.Select(Table, Edit).Sample((table, edit) =>
    {
        var (first, lines) = Apply(Apply([], table).Lines, [edit]);
        var (second, again) = Apply(lines, [edit]);
        return (second[0].Effect == ImportEffect.Unchanged || (first[0].Effect == ImportEffect.Refused && second[0].Effect == ImportEffect.Refused)) && Same(lines, again);
    });

    private static (IReadOnlyList<PlannedEdit> Edits, IReadOnlyList<RegisterLine> Lines) Apply(IReadOnlyList<RegisterLine> lines, RegisterEdit[] edits)
    {
        var count = lines.Count;
        return RegisterPlan.Of(lines, edits, () => new Guid(++count, 0, 0, new byte[8]), id => id.ToString());
    }

    private static bool Same(IReadOnlyList<RegisterLine> a, IReadOnlyList<RegisterLine> b) => a.OrderBy(l => l.Id).Select(l => (l.Id, l.From, l.To)).SequenceEqual(b.OrderBy(l => l.Id).Select(l => (l.Id, l.From, l.To)));
}
