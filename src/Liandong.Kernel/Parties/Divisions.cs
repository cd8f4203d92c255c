using System.Collections.Frozen;

namespace Liandong.Kernel.Parties;

/// <summary>An administrative division.</summary>
/// <param name="Code">Six digits for provinces, cities and counties, nine for streets and townships.</param>
/// <param name="Name">Its own name, without those above it.</param>
/// <param name="From">First day of the code, where known; null for codes older than the tables.</param>
/// <param name="Until">Last day of the code; null while in use.</param>
/// <param name="Now">The code that took its place.</param>
/// <param name="Why">How it came to its end.</param>
public sealed record Division(string Code, string Name, DateOnly? From = null, DateOnly? Until = null, string? Now = null, string? Why = null)
{
    public bool InForce(DateOnly on) => (From is null || From <= on) && (Until is null || on <= Until);
}

/// <summary>
/// 行政区划代码 (GB/T 2260) of the whole country down to counties, and the streets and townships of 济南 (3701).
/// </summary>
/// <remarks>
/// The tables are a public list (see Data/LICENSE-divisions) as of its making, without dates. Dates exist only where former codes matter to this product's
/// first city: Data/former.csv. 莱芜 was merged into 济南 by the State Council's approval of 2018-12-26, published on 2019-01-09; since January 2019 its two
/// districts are 370116 and 370117, and the table counts from the first of that month. 章丘 and 济阳 became districts in 2016 and 2018; the months in the table
/// are those in which the change took effect as generally known. 370171 (济南高新区) stood in lists of 2018; the present list has 370176. A former code is
/// never refused: it is flagged and its successor named.
/// </remarks>
public static class Divisions
{
    // Levels of the six-digit tree that are no place: 北京市市辖区, 河南省省直辖县级行政区划.
    private static readonly FrozenSet<string> Placeholders = new[] { "市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划" }.ToFrozenSet();

    private static readonly FrozenDictionary<string, Division> ByCode = Load();
    private static readonly ILookup<string, Division> ByParent = ByCode.Values.Where(each => each.Until is null && each.Code.Length <= 9)
        .OrderBy(each => each.Code, StringComparer.Ordinal).ToLookup(each => ParentCode(each.Code) ?? "");

    /// <summary>The division of a code of 2, 4, 6, 9 or 12 digits (item platforms pad with zeros); null when unknown or, where a day is given, not in force on it.</summary>
    public static Division? Find(string? code, DateOnly? on = null)
    {
        if (Normal(code) is not { } key || !ByCode.TryGetValue(key, out var found)) return null;
        return on is { } day && !found.InForce(day) ? null : found;
    }

    /// <summary>Its own name: 历下区. Falls back to the code itself, so that a screen never shows nothing.</summary>
    public static string NameOf(string code) => Find(code)?.Name ?? code;

    /// <summary>Its name from the province down: 山东省济南市历下区解放路街道.</summary>
    public static string FullName(string code)
    {
        var names = new List<string>();
        for (var each = Find(code); each is not null; each = Parent(each.Code))
            if (!Placeholders.Contains(each.Name)) names.Insert(0, each.Name);
        return names.Count == 0 ? code : string.Concat(names);
    }

    /// <summary>The division that it belongs to; null for a province and for unknown codes.</summary>
    public static Division? Parent(string code) => Normal(code) is { } key && ParentCode(key) is { } parent ? ByCode.GetValueOrDefault(parent) : null;

    /// <summary>Those directly below, in order of code; an empty list where the tables go no deeper. The provinces for an empty code.</summary>
    public static IReadOnlyList<Division> Children(string code) => [.. ByParent[code.Length == 0 ? "" : Normal(code) ?? "?"]];

    /// <summary>The streets and townships of a district or county (only of 3701).</summary>
    public static IReadOnlyList<Division> Streets(string district) => [.. Children(district).Where(each => each.Code.Length == 9)];

    /// <summary>Whether the tables hold the code, in force or not.</summary>
    public static bool Known(string? code) => Find(code) is not null;

    /// <summary>Checks a code of 6, 9 or 12 digits as used on a day; without a day, in present use. A former code is non-standard and its successor is named.</summary>
    public static CodeCheck Check(string? text, DateOnly? on = null)
    {
        var code = CodeText.Compact(text);
        if (code.Length == 0) return CodeCheck.Invalid("", "未填写行政区划代码");
        if (!CodeText.IsDigits(code) || code.Length is not (6 or 9 or 12)) return CodeCheck.Invalid(text!.Trim(), "行政区划代码应为6位、9位或12位数字");
        if (Normal(code) is not { } key) return CodeCheck.NonStandard(code, "村居一级代码(12位)不在本平台的表内,照录");
        if (ByCode.TryGetValue(key, out var found))
        {
            if (found.Until is { } until && (on is null || on > until))
                return CodeCheck.NonStandard(code, $"{found.Name}的代码已于{until.AddDays(1):yyyy年M月}停用({found.Why}),现为{found.Now}");
            if (on is { } day && found.From is { } from && day < from) return CodeCheck.NonStandard(code, $"{FullName(key)}的代码自{from:yyyy年M月}起才使用");
            return CodeCheck.Valid(code, FullName(key));
        }
        if (key.Length == 9 && ByCode.ContainsKey(key[..6]))
        {
            return ByParent[key[..6]].Any()
                ? CodeCheck.Invalid(code, $"{FullName(key[..6])}没有代码为{key[6..]}的街道或乡镇")
                : CodeCheck.NonStandard(code, $"属{FullName(key[..6])},其街道和乡镇不在本平台的表内,照录");
        }
        return CodeCheck.Invalid(code, "没有这个行政区划代码");
    }

    // The key of the tables: 6 or 9 digits. Null where the text is no such code or goes below streets.
    private static string? Normal(string? code)
    {
        if (code is null || !CodeText.IsDigits(code)) return null;
        if (code.Length == 12) code = code.EndsWith("000", StringComparison.Ordinal) ? code[..9] : "";
        if (code.Length == 9 && code.EndsWith("000", StringComparison.Ordinal)) code = code[..6];
        return code.Length switch { 2 => code + "0000", 4 => code + "00", 6 or 9 => code, _ => null };
    }

    private static string? ParentCode(string key) => key switch
    {
        { Length: 9 } => key[..6],
        _ when key.EndsWith("0000", StringComparison.Ordinal) => null,
        _ when key.EndsWith("00", StringComparison.Ordinal) => key[..2] + "0000",
        _ => key[..4] + "00",
    };

    private static FrozenDictionary<string, Division> Load()
    {
        var all = new Dictionary<string, Division>(4000);
        foreach (var row in Rows("provinces.csv")) all[row[0] + "0000"] = new(row[0] + "0000", row[1]);
        foreach (var row in Rows("cities.csv")) all[row[0] + "00"] = new(row[0] + "00", row[1]);
        foreach (var row in Rows("former.csv")) all[row[0]] = new(row[0], row[1], DayOf(row[2]), DayOf(row[3]), row[4], row[5]);

        // A present district begins the day after the former code that it took over from.
        var beginnings = all.Values.Where(each => each.Until is not null).ToLookup(each => each.Now!, each => each.Until!.Value.AddDays(1));
        foreach (var row in Rows("areas.csv").Concat(Rows("streets-3701.csv")))
            // 东莞 and the like have no counties: the list repeats the city under its own code.
            if (!all.ContainsKey(row[0])) all[row[0]] = new(row[0], row[1], beginnings[row[0]].Cast<DateOnly?>().Min());
        return all.ToFrozenDictionary();
    }

    private static DateOnly? DayOf(string text) => text.Length == 0 ? null : DateOnly.ParseExact(text, "yyyy-MM-dd");

    // The files quote names and never use a comma or a line break inside one.
    private static IEnumerable<string[]> Rows(string file)
    {
        using var reader = new StreamReader(PartiesData.Open(file));
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
            if (line.Length > 0) yield return [.. line.Split(',').Select(cell => cell.Trim('"'))];
    }
}
