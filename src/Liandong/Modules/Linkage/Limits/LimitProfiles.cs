using System.Text.Json;
using Liandong.Kernel.Duties;

namespace Liandong.Modules.Linkage.Limits;

/// <param name="Quote">What the other place's rule says, as it was read.</param>
public sealed record ProfileLimit(string Rule, string Limit, string Quote)
{
    public Term Term => Term.Parse(Limit);
}

/// <summary>Another place's published limits, to be taken over as 本地约定.</summary>
/// <param name="DeemedReceipt">Null: the place says nothing about it, and the switch stays.</param>
public sealed record LimitProfile(string Code, string Name, string About, string Source, IReadOnlyList<ProfileLimit> Limits, bool? DeemedReceipt = null);

/// <summary>The profiles that are shipped, one JSON file each in <c>Profiles/</c>.</summary>
public static class LimitProfiles
{
    public static IReadOnlyList<LimitProfile> All { get; } = Read();

    public static LimitProfile? Find(string code) => All.FirstOrDefault(p => p.Code == code);

    /// <summary>What is written as the source of a number that a profile sets.</summary>
    public static string SourceOf(LimitProfile profile, string quote) => $"{profile.Name}方案:{quote}";

    /// <summary>Whether a number was taken over from a profile other than this one. What the district agreed on by itself came from none.</summary>
    public static bool CameFromAnother(string source, LimitProfile chosen) => All.Any(p => p.Code != chosen.Code && source.StartsWith(SourceOf(p, ""), StringComparison.Ordinal));

    private static List<LimitProfile> Read()
    {
        var assembly = typeof(LimitProfiles).Assembly;
        return [.. assembly.GetManifestResourceNames().Where(n => n.StartsWith("profiles/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            return JsonSerializer.Deserialize<LimitProfile>(stream, JsonSerializerOptions.Web) ?? throw new InvalidDataException($"{name} is empty.");
        })];
    }
}
