using System.Text.RegularExpressions;
using Liandong.Desk;
using Liandong.Tests.Architecture;
using Xunit;

namespace Liandong.Tests.Desk;

public sealed partial class DutyLinksTests
{
    [Fact]
    public void Every_address_of_a_duty_or_a_subject_leads_to_a_page()
    {
        var pages = System.IO.Directory.EnumerateFiles(Path.Combine(NoticeTests.FindRoot(), "src/Liandong"), "*.razor", SearchOption.AllDirectories)
            .SelectMany(f => PageLine().Matches(File.ReadAllText(f))).Select(m => Parameter().Replace(m.Groups[1].Value, "{id}")).ToHashSet();
        Assert.Empty(DutyLinks.Pages.Except(pages));
    }

    [Fact]
    public void Every_rule_has_its_acts() => Assert.Empty(DutyRules.All.Select(r => r.Code).Except(DutyLinks.Rules));

    [GeneratedRegex("^@page \"([^\"]+)\"", RegexOptions.Multiline)] private static partial Regex PageLine();

    [GeneratedRegex(@"\{[^}]+\}")] private static partial Regex Parameter();
}
