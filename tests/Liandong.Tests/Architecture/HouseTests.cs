using System.Text.RegularExpressions;
using Xunit;

namespace Liandong.Tests.Architecture;

/// <summary>The rules of the house that a compiler cannot keep.</summary>
public sealed partial class HouseTests
{
    private static readonly string Root = NoticeTests.FindRoot();
    private static readonly string Host = Path.Combine(Root, "src/Liandong");

    /// <summary>Which module may use which. Effects across modules are explicit calls to the other module's use case, and stand here.</summary>
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Directory"] = [],
        ["Items"] = ["Directory", "Cases", "Policies"],
        ["Assistance"] = ["Directory", "Cases", "Linkage"],
        ["Cases"] = ["Directory", "Items", "Linkage", "Supervision", "Assistance"],
        ["Consultations"] = ["Directory", "Items", "Cases", "Linkage"],
        ["Conferences"] = ["Directory", "Consultations"],
        ["Linkage"] = ["Directory", "Items", "Cases", "Supervision"],
        ["Policies"] = ["Directory", "Items", "Linkage"],
        ["Supervision"] = ["Directory", "Items", "Cases", "Linkage"],
    };

    [Fact]
    public void Modules_use_each_other_only_as_the_table_says()
    {
        var found = new List<string>();
        foreach (var folder in System.IO.Directory.GetDirectories(Path.Combine(Host, "Modules")))
        {
            var module = Path.GetFileName(folder);
            Assert.True(MayUse.ContainsKey(module), $"Module {module} has no line in the table.");
            foreach (var file in Sources(folder, "*.cs").Concat(Sources(folder, "*.razor")))
                foreach (Match match in ModuleUse().Matches(File.ReadAllText(file)))
                    if (match.Groups["module"].Value is var used && used != module && !MayUse[module].Contains(used)) found.Add($"{Path.GetFileName(file)} uses {used}");
        }
        Assert.Empty(found.Distinct());
    }

    [Fact]
    public void Pages_render_on_the_server_only()
    {
        var banned = Sources(Host, "*.razor").Where(f => Interactive().IsMatch(File.ReadAllText(f)));
        Assert.Empty(banned.Select(f => Path.GetFileName(f)));
    }

    [Fact]
    public void Pages_carry_no_inline_style_and_no_inline_script()
    {
        var banned = Sources(Host, "*.razor").Where(f => Inline().IsMatch(File.ReadAllText(f)));
        Assert.Empty(banned.Select(f => Path.GetFileName(f)));
    }

    [Fact]
    public void Nothing_is_called_helper_utils_or_manager()
    {
        var banned = Sources(Path.Combine(Root, "src"), "*.cs").Where(f => VagueName().IsMatch(File.ReadAllText(f)));
        Assert.Empty(banned.Select(f => Path.GetFileName(f)));
    }

    [Fact]
    public void The_kernel_has_no_packages()
    {
        var project = File.ReadAllText(Path.Combine(Root, "src/Liandong.Kernel/Liandong.Kernel.csproj"));
        Assert.DoesNotContain("PackageReference", project, StringComparison.Ordinal);
        Assert.DoesNotContain("FrameworkReference", project, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_page_asks_who_is_there()
    {
        // Public by intention (the style gallery is mapped in development only): sign-in, one-time links, errors, the notice and the look-up pages name themselves with [AllowAnonymous].
        var open = Sources(Host, "*.razor").Where(f => !Path.GetFileName(f).StartsWith("Gallery", StringComparison.Ordinal)).Where(f => File.ReadAllText(f) is var text && text.Contains("@page ", StringComparison.Ordinal)
            && !text.Contains("[Authorize", StringComparison.Ordinal) && !text.Contains("[AllowAnonymous]", StringComparison.Ordinal));
        Assert.Empty(open.Select(f => Path.GetFileName(f)));
    }

    private static IEnumerable<string> Sources(string folder, string pattern) =>
        System.IO.Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal));

    [GeneratedRegex(@"using Liandong\.Modules\.(?<module>\w+)")] private static partial Regex ModuleUse();

    [GeneratedRegex("@onclick|@rendermode|IJSRuntime")] private static partial Regex Interactive();

    [GeneratedRegex("\\sstyle=\"|<script(?![^>]*src=)|\\son(click|change|submit|load)=\"")] private static partial Regex Inline();

    [GeneratedRegex(@"(class|record|struct)\s+\w*(Helper|Helpers|Utils|Util|Manager|Managers)\b")] private static partial Regex VagueName();
}
