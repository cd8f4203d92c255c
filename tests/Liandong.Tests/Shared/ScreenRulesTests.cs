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

    /// <summary>The frame paints the menu's column on screens. On paper there is no menu, and the edge of the paint would be a line down every page.</summary>
    [Fact]
    public void The_frame_paints_nothing_on_paper()
    {
        var sheet = File.ReadAllText(Path.Combine(Root(), "src", "Liandong", "wwwroot", "app.css"));
        Assert.Matches(@"(?m)^\.frame \{[^}]*background: linear-gradient", sheet);
        Assert.Matches(@"\.frame \{ background: none; \}", sheet[sheet.IndexOf("@media print", StringComparison.Ordinal)..]);
    }

    /// <summary>Razor drops a space at the edge of an element and beside a block of code: two words run together. <c>@(" ")</c> stays.</summary>
    [Fact]
    public void Pages_write_no_space_that_rendering_drops()
    {
        var faults = from page in Directory.GetFiles(Path.Combine(Root(), "src", "Liandong"), "*.razor", SearchOption.AllDirectories)
                     from line in File.ReadLines(page).Select((text, i) => (text, number: i + 1))
                     where DroppedSpace().IsMatch(line.text)
                     select $"{Path.GetFileName(page)}:{line.number} {DroppedSpace().Match(line.text).Value}";

        Assert.Empty(faults);
    }

    [Theory]
    [InlineData("{<span class=\"quiet\"> @detail.PermitName</span>}")]
    [InlineData("<Day Value=\"day\" /><text> </text><StateBadge />")]
    [InlineData("@detail.Routing @if (may) {<a href=\"/items\">看事项</a>}")]
    [InlineData("else {<span>@other.Number</span>} <StateBadge Text=\"已认领\" />")]
    public void The_rule_of_dropped_spaces_finds_them(string line) => Assert.Matches(DroppedSpace(), line);

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

    [GeneratedRegex(@"<(span|a|strong|b|em|small|code|dd|td|p|li|div)\b[^>]*> +@(?!if|foreach)|<text> +(</text>|<)|(/>|</[a-zA-Z]+>|@[\w.]+\)?|[\u4e00-\u9fff]) +@(if|foreach|switch)\b[^{]*\{ ?<|[^{] ?\} +(<(span|a|StateBadge|BasisCite|Day|Moment|DueBadge)\b|@(?!if|foreach|code|\*)[\w(])")]
    private static partial Regex DroppedSpace();
}
