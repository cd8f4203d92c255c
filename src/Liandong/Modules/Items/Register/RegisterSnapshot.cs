using System.Collections.Frozen;

namespace Liandong.Modules.Items;

/// <summary>One line of the register, as routing reads it.</summary>
public sealed record RegisterLine(Guid Id, Guid Item, string Division, ResponsibilityKind Kind, Guid Organ, Guid? Section, Guid? Person, int? ClaimDays, DateOnly From, DateOnly? To)
{
    /// <summary>What an address covered by the division begins with: 370102 itself, 3701 for 370100.</summary>
    public string Prefix { get; } = PrefixOf(Division);

    public bool HoldsOn(DateOnly day) => From <= day && (To is null || day <= To);

    public static RegisterLine Of(Responsibility line) =>
        new(line.Id, line.Item, line.Division, line.Kind, line.Organ, line.Section, line.Person, line.ClaimDays, line.From, line.To);

    private static string PrefixOf(string division)
    {
        var code = Responsibility.DivisionOf(division);
        if (code.Length != 6) return code;
        return code.EndsWith("0000", StringComparison.Ordinal) ? code[..2] : code.EndsWith("00", StringComparison.Ordinal) ? code[..4] : code;
    }
}

/// <summary>What routing needs to know of an item.</summary>
/// <param name="ClaimDays">The item's claim limit in working days; null takes the district's.</param>
public sealed record RoutedItem(Guid Id, string Name, int? ClaimDays, DateOnly From, DateOnly? To)
{
    public bool ExistsOn(DateOnly day) => From <= day && (To is null || day <= To);
}

/// <summary>The whole register at one moment, with its history: immutable, and found by item at once. Built from the stored lines or from a draft.</summary>
public sealed class RegisterSnapshot
{
    private readonly FrozenDictionary<Guid, Entry> entries;
    private readonly FrozenDictionary<Guid, string> organs;

    /// <param name="version">Number of the register's version; 0 for a register without any, and for drafts.</param>
    /// <param name="organs">Names of organs, for the reasons that routing gives.</param>
    /// <param name="name">What reasons call this register; 责任清单第n版 when omitted.</param>
    public RegisterSnapshot(int version, IEnumerable<RoutedItem> items, IEnumerable<RegisterLine> lines, IEnumerable<KeyValuePair<Guid, string>> organs, string? name = null)
    {
        (Version, VersionName) = (version, name ?? $"责任清单第{version}版");
        Lines = [.. lines];
        this.organs = organs.ToFrozenDictionary();
        var byItem = Lines.ToLookup(l => l.Item);
        entries = items.ToFrozenDictionary(i => i.Id, i => new Entry(i, Sorted(byItem[i.Id], ResponsibilityKind.Main), Sorted(byItem[i.Id], ResponsibilityKind.Assisting)));
    }

    public int Version { get; }
    public string VersionName { get; }
    public IReadOnlyList<RegisterLine> Lines { get; }
    public IEnumerable<RoutedItem> Items => entries.Values.Select(e => e.Facts);

    /// <summary>The organ's short name; its key where the directory does not know it.</summary>
    public string OrganName(Guid organ) => organs.TryGetValue(organ, out var name) ? name : organ.ToString();

    /// <summary>The same items and organs under other lines.</summary>
    public RegisterSnapshot With(IEnumerable<RegisterLine> lines, string name) => new(Version, Items, lines, organs, name);

    internal Entry? Find(Guid item) => entries.GetValueOrDefault(item);

    // By length of division, then by beginning and organ: the answer must not depend on the order in which lines were read.
    private static List<RegisterLine> Sorted(IEnumerable<RegisterLine> lines, ResponsibilityKind kind) =>
        [.. lines.Where(l => l.Kind == kind).OrderByDescending(l => l.Prefix.Length).ThenBy(l => l.From).ThenBy(l => l.Organ).ThenBy(l => l.Id)];

    internal sealed record Entry(RoutedItem Facts, IReadOnlyList<RegisterLine> Main, IReadOnlyList<RegisterLine> Assisting);
}
