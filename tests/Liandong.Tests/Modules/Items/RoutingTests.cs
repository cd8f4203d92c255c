using CsCheck;
using Liandong.Modules.Items;
using Xunit;

namespace Liandong.Tests.Modules.Items;

/// <summary>Routing over all registers: who supervises an item at an address on a day.</summary>
public sealed class RoutingTests
{
    private static readonly DateOnly Start = new(2019, 1, 1);
    private static readonly Guid Item = new("00000000-0000-0000-0000-000000000001");
    private static readonly string[] Divisions = ["370100", "370102", "370102001", "370102002", "370102001003"];
    private static readonly string[] Addresses = ["370102", "370102000000", "370102001", "370102001000", "370102001003", "370102002", "370103", "370103001"];
    private static readonly Guid[] Organs = [.. Enumerable.Range(10, 5).Select(n => new Guid($"00000000-0000-0000-0000-0000000000{n}"))];

    private static readonly Gen<string> Address = Gen.Int[0, Addresses.Length - 1].Select(n => Addresses[n]);
    private static readonly Gen<DateOnly> Day = Gen.Int[0, 60].Select(n => Start.AddDays(n));

    /// <summary>A few lines of one item; the end may lie before the beginning, as of a line replaced before its first day.</summary>
    private static readonly Gen<RegisterLine> Line =
        Gen.Select(Gen.Int[0, Divisions.Length - 1].Select(n => Divisions[n]), Gen.Bool.Select(main => main ? ResponsibilityKind.Main : ResponsibilityKind.Assisting), Gen.Int[0, Organs.Length - 1].Select(n => Organs[n]), Day, Gen.Int[-1, 40], Gen.Guid)
            .Select((division, kind, organ, from, length, id) => new RegisterLine(id, Item, division, kind, organ, null, null, null, from, length > 30 ? null : from.AddDays(length)));

    private static readonly Gen<RegisterLine[]> Lines = Line.Array[0, 8];

    /// <summary>A register as the use cases leave it: no two main lines of one division on one day.</summary>
    private static readonly Gen<RegisterLine[]> Lawful = Lines.Select(lines => lines.Aggregate(new List<RegisterLine>(), (kept, line) =>
    {
        if (line.Kind == ResponsibilityKind.Assisting || !kept.Exists(k => k.Kind == ResponsibilityKind.Main && k.Division == line.Division && Overlap(k, line))) kept.Add(line);
        return kept;
    }).ToArray());

    [Fact]
    public void There_is_exactly_one_main_organ_or_a_reason_why_there_is_none() =>
        Gen.Select(Lines, Address, Day).Sample((lines, address, on) =>
        {
            var result = Route(lines, address, on);
            var mains = result.Organs.Count(o => o.Kind == ResponsibilityKind.Main);
            return (mains == 1) == (result.Failure.Length == 0) && (mains == 1 ? result.Organs[0].Kind == ResponsibilityKind.Main : result.Organs.Count == 0)
                && result.Organs.Select(o => o.Organ).Distinct().Count() == result.Organs.Count;
        });

    [Fact]
    public void In_a_lawful_register_the_longest_division_in_force_wins() =>
        Gen.Select(Lawful, Address, Day).Sample((lines, address, on) =>
        {
            // The definition, word for word: all lines that cover the address on the day, the longest prefix of each kind.
            var covering = lines.Where(l => l.From <= on && (l.To is null || on <= l.To) && Covers(l.Division, address)).ToList();
            var main = covering.Where(l => l.Kind == ResponsibilityKind.Main).OrderByDescending(l => Significant(l.Division)).FirstOrDefault();
            var result = Route(lines, address, on);
            if (main is null) return result.Failure.Length > 0 && result.Organs.Count == 0;
            var assisting = covering.Where(l => l.Kind == ResponsibilityKind.Assisting).ToList();
            var nearest = assisting.Where(l => Significant(l.Division) == assisting.Max(a => Significant(a.Division))).Select(l => l.Organ).Where(o => o != main.Organ).Distinct().Order();
            return result.Organs[0].Organ == main.Organ && nearest.SequenceEqual(result.Organs.Skip(1).Select(o => o.Organ).Order());
        });

    [Fact]
    public void A_line_that_has_ended_or_not_begun_never_routes() =>
        Gen.Select(Lines, Address, Day).Sample((lines, address, on) =>
        {
            var inForce = lines.Where(l => l.HoldsOn(on)).ToArray();
            return Same(Route(lines, address, on), Route(inForce, address, on));
        });

    [Fact]
    public void The_order_of_lines_does_not_matter() =>
        Gen.Select(Lines, Address, Day, Gen.Int).Sample((lines, address, on, seed) =>
        {
            var shuffled = lines.OrderBy(l => HashCode.Combine(seed, l.Id)).ToArray();
            var (a, b) = (Route(lines, address, on), Route(shuffled, address, on));
            return a.Failure == b.Failure && a.Organs.SequenceEqual(b.Organs);
        });

    [Fact]
    public void Two_main_organs_in_one_division_on_one_day_are_a_failure_that_names_both()
    {
        var (a, b) = (MainLine("370102", Organs[0], Start), MainLine("370102", Organs[1], Start));
        Assert.Contains("住建局", Route([a, b], "370102001", Start).Failure, StringComparison.Ordinal);
        Assert.Contains("城管局", Route([a, b], "370102001", Start).Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void The_reason_names_item_place_day_organ_and_version()
    {
        var organ = Route([MainLine("370102", Organs[0], Start)], "370102", Start).Organs[0];
        Assert.Equal("事项“食品经营许可”× 历下区 × 2019-01-01 → 主监管 区住建局(责任清单第3版)", organ.Why);
        Assert.Equal((3, (int?)5), (organ.RegisterVersion, organ.ClaimDays));
    }

    [Theory]
    [InlineData("370103001", "2019-01-10", "不包括")]
    [InlineData("370102001", "2018-12-31", "才开始")]
    [InlineData("370102001", "2019-03-01", "已于2019-02-01结束")]
    [InlineData("历下区", "2019-01-10", "不是6位、9位或12位行政区划代码")]
    [InlineData("370102001", "2030-01-01", "已经停用")]
    public void The_failure_says_what_is_missing(string address, string day, string says) =>
        Assert.Contains(says, Route([MainLine("370102", Organs[0], Start, new DateOnly(2019, 2, 1))], address, DateOnly.Parse(day)).Failure, StringComparison.Ordinal);

    private static RegisterLine MainLine(string division, Guid organ, DateOnly from, DateOnly? to = null) => new(Guid.Empty, Item, division, ResponsibilityKind.Main, organ, null, null, null, from, to);

    private static RoutingResult Route(RegisterLine[] lines, string address, DateOnly on) => Routing.Route(Snapshot(lines), Item, address, on);

    private static RegisterSnapshot Snapshot(RegisterLine[] lines) =>
        new(3, [new RoutedItem(Item, "食品经营许可", 5, new DateOnly(2018, 1, 1), new DateOnly(2029, 12, 31))], lines,
            [KeyValuePair.Create(Organs[0], "区住建局"), KeyValuePair.Create(Organs[1], "区城管局")]);

    private static bool Same(RoutingResult a, RoutingResult b) => a.Organs.SequenceEqual(b.Organs) && a.Failure.Length > 0 == b.Failure.Length > 0;

    private static bool Overlap(RegisterLine a, RegisterLine b) =>
        a.From <= (a.To ?? DateOnly.MaxValue) && b.From <= (b.To ?? DateOnly.MaxValue) && a.From <= (b.To ?? DateOnly.MaxValue) && b.From <= (a.To ?? DateOnly.MaxValue);

    private static string Significant(string division) => division == "370100" ? "3701" : division;

    private static bool Covers(string division, string address) => address.StartsWith(Significant(division), StringComparison.Ordinal);
}
