using Liandong.Kernel.Parties;

namespace Liandong.Modules.Items;

/// <summary>An organ that an approval result goes to.</summary>
/// <param name="ClaimDays">The line's claim limit, else the item's, in working days; null takes the district's.</param>
/// <param name="RegisterVersion">The register's version that gave the answer.</param>
/// <param name="Why">The reason as screens show it: 事项“食品经营许可”× 历下区 × 2026-11-20 → 主监管 区市场监管局(责任清单第3版).</param>
public sealed record RoutedOrgan(Guid Organ, ResponsibilityKind Kind, Guid? Section, Guid? Person, int? ClaimDays, int RegisterVersion, string Why);

/// <param name="Organs">The main organ first, then the assisting ones; empty when nobody is in charge.</param>
/// <param name="Failure">Why nobody was found, a sentence in Chinese; empty when there is a main organ.</param>
public sealed record RoutingResult(IReadOnlyList<RoutedOrgan> Organs, string Failure)
{
    public RoutedOrgan? Main => Organs.Count > 0 ? Organs[0] : null;
}

/// <summary>Who supervises an item at an address on a day: a pure function of the register.</summary>
public static class Routing
{
    /// <param name="division">Division code of the address, 6, 9 or 12 digits.</param>
    /// <param name="on">The day of the decision, Beijing.</param>
    public static RoutingResult Route(RegisterSnapshot register, Guid item, string division, DateOnly on)
    {
        if (register.Find(item) is not { } entry) return Fail("责任清单中没有这个事项。");
        var address = division.Trim();
        if (address.Length is not (6 or 9 or 12) || address.AsSpan().ContainsAnyExceptInRange('0', '9')) return Fail($"“{division}”不是6位、9位或12位行政区划代码,无法确定由谁监管。");
        if (!entry.Facts.ExistsOn(on)) return Fail($"事项“{entry.Facts.Name}”在{on:yyyy-MM-dd}未启用或者已经停用。");

        RegisterLine? main = null;
        foreach (var line in entry.Main)
        {
            // Sorted with the longest division first: what is shorter than the one found cannot win any more.
            if (main is not null && line.Prefix.Length < main.Prefix.Length) break;
            if (!line.HoldsOn(on) || !address.StartsWith(line.Prefix, StringComparison.Ordinal)) continue;
            if (main is not null && main.Organ != line.Organ)
                return Fail($"事项“{entry.Facts.Name}”在{Divisions.NameOf(line.Division)}同时登记了两个主监管单位({register.OrganName(main.Organ)}、{register.OrganName(line.Organ)}),请先更正责任清单。");
            main ??= line;
        }
        if (main is null) return Fail(WhyNobody(entry, address, on));

        var organs = new List<RoutedOrgan>(1) { Routed(register, entry, main, address, on) };
        var longest = -1;
        foreach (var line in entry.Assisting)
        {
            if (longest > line.Prefix.Length) break;
            if (!line.HoldsOn(on) || !address.StartsWith(line.Prefix, StringComparison.Ordinal)) continue;
            longest = line.Prefix.Length;
            if (organs.TrueForAll(o => o.Organ != line.Organ)) organs.Add(Routed(register, entry, line, address, on));
        }
        return new RoutingResult(organs, "");
    }

    private static RoutedOrgan Routed(RegisterSnapshot register, RegisterSnapshot.Entry entry, RegisterLine line, string address, DateOnly on) =>
        new(line.Organ, line.Kind, line.Section, line.Person, line.ClaimDays ?? entry.Facts.ClaimDays, register.Version,
            $"事项“{entry.Facts.Name}”× {Divisions.NameOf(address)} × {on:yyyy-MM-dd} → {ItemWords.Of(line.Kind)} {register.OrganName(line.Organ)}({register.VersionName})");

    private static RoutingResult Fail(string why) => new([], why);

    private static string WhyNobody(RegisterSnapshot.Entry entry, string address, DateOnly on)
    {
        var name = entry.Facts.Name;
        if (entry.Main.Count == 0) return $"事项“{name}”在责任清单中没有主监管单位。";
        var near = entry.Main.Where(l => address.StartsWith(l.Prefix, StringComparison.Ordinal) && l.From <= (l.To ?? DateOnly.MaxValue)).ToList();
        if (near.Count == 0) return $"事项“{name}”的责任清单不包括{Divisions.NameOf(address)}({address})。";
        return near.Where(l => l.To < on).Select(l => l.To).Max() is { } ended
            ? $"事项“{name}”在{Divisions.NameOf(address)}的监管责任已于{ended:yyyy-MM-dd}结束,{on:yyyy-MM-dd}没有主监管单位。"
            : $"事项“{name}”在{Divisions.NameOf(address)}的监管责任自{near.Min(l => l.From):yyyy-MM-dd}才开始,{on:yyyy-MM-dd}没有主监管单位。";
    }
}
