using Liandong.Kernel;
using Liandong.Kernel.Parties;

namespace Liandong.Modules.Items;

public enum ResponsibilityKind { Main, Assisting }

/// <summary>
/// One line of the 监管责任清单: from a day on, this organ supervises this item in this division. Lines are ended and
/// replaced, never changed or deleted.
/// </summary>
public sealed class Responsibility
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required Guid Item { get; init; }

    /// <summary>A division code in its shortest spelling (<see cref="DivisionOf"/>); the longest that covers the address wins.</summary>
    public required string Division { get; init; }
    public required ResponsibilityKind Kind { get; init; }
    public required Guid Organ { get; init; }
    public Guid? Section { get; init; }
    public Guid? Person { get; init; }

    /// <summary>Claim limit in working days; null takes the item's, then the district's.</summary>
    public int? ClaimDays { get; init; }
    public required DateOnly From { get; init; }

    /// <summary>Last day; null while it goes on. A line that was replaced before its first day has its end before its beginning and never holds.</summary>
    public DateOnly? To { get; private set; }

    /// <summary>Why the line stands: 责任备忘录, 划转, 权责争议裁定 with its number.</summary>
    public required string Source { get; init; }

    /// <summary>The register's version that brought the line in.</summary>
    public required int RegisterVersion { get; init; }

    /// <summary>The register's version that ended it; null while nothing has.</summary>
    public int? EndedInVersion { get; private set; }

    /// <summary>Why it ended.</summary>
    public string EndSource { get; private set; } = "";

    public bool HoldsOn(DateOnly day) => From <= day && (To is null || day <= To);

    /// <summary>The line holds no longer than this day; one that ends earlier already is left as it is.</summary>
    public void End(DateOnly lastDay, int version, string source)
    {
        if (To is not null && To <= lastDay) return;
        (To, EndedInVersion, EndSource) = (lastDay < From ? From.AddDays(-1) : lastDay, version, source.Trim());
    }

    /// <summary>Refuses a second main organ for the same item, division and day.</summary>
    /// <param name="others">Lines of the same item.</param>
    /// <param name="organName">Name of an organ for the sentence.</param>
    public void RefuseSecondMain(IEnumerable<Responsibility> others, Func<Guid, string> organName)
    {
        if (Kind != ResponsibilityKind.Main) return;
        var clash = others.FirstOrDefault(o => o.Id != Id && o.Kind == ResponsibilityKind.Main && o.Division == Division && o.From <= (o.To ?? DateOnly.MaxValue)
            && o.From <= (To ?? DateOnly.MaxValue) && From <= (o.To ?? DateOnly.MaxValue));
        if (clash is null) return;
        var span = clash.To is { } to ? $"{clash.From:yyyy-MM-dd}至{to:yyyy-MM-dd}" : $"自{clash.From:yyyy-MM-dd}起";
        throw new Refusal("register.second-main", $"{Divisions.NameOf(Division)}{span}已由{organName(clash.Organ)}主监管,同一事项同一区划同一天只能有一个主监管单位;请先结束原责任,或者用“变更主监管”。",
            ItemsRules.OneMainOrgan, "Organ");
    }

    /// <summary>The shortest spelling of a division code: 370102000000 → 370102, 370102001000 → 370102001.</summary>
    public static string DivisionOf(string code)
    {
        if (code.Length == 12 && code.EndsWith("000", StringComparison.Ordinal)) code = code[..9];
        return code.Length == 9 && code.EndsWith("000", StringComparison.Ordinal) ? code[..6] : code;
    }
}

/// <summary>责任清单第n版: one confirmed change of the register, with everything that came or went with it.</summary>
public sealed class RegisterRevision
{
    public required string District { get; init; }
    public required Guid Id { get; init; }

    /// <summary>1, 2, 3… without gaps. Unique, so that two changes at once cannot both be confirmed against the same register.</summary>
    public required int Number { get; init; }
    public required string Source { get; init; }
    public required DateTimeOffset At { get; init; }
    public Guid? Person { get; init; }
    public Guid? Organ { get; init; }
    public int Added { get; private set; }
    public int Ended { get; private set; }

    public void Count(int added, int ended) => (Added, Ended) = (Added + added, Ended + ended);
}
