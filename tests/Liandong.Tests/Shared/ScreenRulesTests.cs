using System.Text.RegularExpressions;
using Xunit;

namespace Liandong.Tests.Shared;

/// <summary>What docs/ui.md forbids in pages, and the Content-Security-Policy or static rendering would drop in silence.</summary>
public sealed partial class ScreenRulesTests
{
    [Fact]
    public void Pages_hold_no_inline_style_no_inline_script_and_nothing_interactive()
    {
        var pages = Directory.GetFiles(Path.Combine(Root(), "src", "Liandong"), "*.razor", SearchOption.AllDirectories);
        var faults = from page in pages
                     from line in File.ReadLines(page).Select((text, i) => (text, number: i + 1))
                     where Forbidden().IsMatch(line.text)
                     select $"{Path.GetFileName(page)}:{line.number} {line.text.Trim()}";

        Assert.True(pages.Length > 30);
        Assert.Empty(faults);
    }

    [Theory]
    [InlineData("<p style=\"color:red\">")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<button @onclick=\"Go\">")]
    [InlineData("@inject IJSRuntime Js")]
    [InlineData("<img src=\"https://example.com/a.png\">")]
    public void The_pattern_of_the_rule_finds_what_it_forbids(string line) => Assert.Matches(Forbidden(), line);

    [Fact]
    public void Style_sheets_name_no_address_outside()
    {
        foreach (var sheet in new[] { "app.css", "tokens.css" })
            Assert.DoesNotMatch(@"url\(|@import|https?:", File.ReadAllText(Path.Combine(Root(), "src", "Liandong", "wwwroot", sheet)));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Liandong.slnx"))) folder = folder.Parent!;
        return folder.FullName;
    }

    [GeneratedRegex(@"\sstyle=|<style|<script(?![^>]*\ssrc=)|@on(click|change|input)\b|@rendermode|IJSRuntime|(src|href|action)=""(https?:)?//")]
    private static partial Regex Forbidden();
}
