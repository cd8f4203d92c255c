using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Liandong.Tests.Architecture;

/// <summary>wwwroot/lib holds what its manifest says, and pages draw only icons that are there. eng/vendor-assets refreshes both.</summary>
public sealed partial class VendoredAssetsTests
{
    private static readonly string Source = Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", "src", "Liandong"));
    private static readonly string Lib = Path.Combine(Source, "wwwroot", "lib");

    [Fact]
    public void Every_vendored_file_is_the_one_its_manifest_records()
    {
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(Lib, "manifest.json")));
        var recorded = manifest.RootElement.GetProperty("packages").EnumerateArray().SelectMany(package => package.GetProperty("files").EnumerateArray())
            .ToDictionary(file => file.GetProperty("path").GetString()!, file => file.GetProperty("sha256").GetString());
        var present = System.IO.Directory.GetFiles(Lib).Where(file => Path.GetFileName(file) != "manifest.json")
            .ToDictionary(file => Path.GetFileName(file), file => (string?)Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))));
        Assert.NotEmpty(recorded);
        Assert.Equal(recorded.OrderBy(file => file.Key, StringComparer.Ordinal), present.OrderBy(file => file.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_icon_that_is_named_is_in_the_sprite()
    {
        var drawn = SymbolId().Matches(File.ReadAllText(Path.Combine(Lib, "icons.svg"))).Select(match => match.Groups[1].Value).ToHashSet();
        var named = System.IO.Directory.EnumerateFiles(Source, "*.*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => IconUse().Matches(File.ReadAllText(file)).Select(match => (Icon: match.Groups["name"].Value, File: Path.GetRelativePath(Source, file))))
            .ToList();
        Assert.True(named.Count > 20, "The search for icon names finds almost none; has their spelling changed?");
        Assert.Equal([], named.Where(use => !drawn.Contains(use.Icon)).ToList());
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex("<symbol id=\"([^\"]+)\"")]
    private static partial Regex SymbolId();

    // <Icon Name="house" …>, Icon="people" on a component, and the fourth word of a menu line: new("工作台", "我的工作台", "/", "house"
    [GeneratedRegex("""<Icon Name="(?<name>[a-z0-9-]+)"|\bIcon="(?<name>[a-z0-9-]+)"|new\("[^"\n]*", "[^"\n]*", "/[^"\n]*", "(?<name>[a-z0-9-]+)\W""")]
    private static partial Regex IconUse();
}
