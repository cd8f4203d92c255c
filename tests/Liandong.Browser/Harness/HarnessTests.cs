using Xunit.Sdk;

namespace Liandong.Browser;

/// <summary>The harness sees each kind of fault; without these its silence would prove nothing.</summary>
public sealed class HarnessTests(Chromium chromium) : Journey(chromium)
{
    [Fact]
    public async Task It_sees_a_page_that_is_wider_than_the_screen()
    {
        var desk = await OpenAsync(Screen.Phone);
        await desk.Page.SetContentAsync("<meta name='viewport' content='width=device-width'><div style='width:900px'>宽</div>");
        await Assert.ThrowsAnyAsync<XunitException>(desk.AssertFitsAsync);
    }

    [Fact]
    public async Task It_sees_an_input_without_a_label()
    {
        var desk = await OpenAsync();
        await desk.Page.SetContentAsync("<html lang='zh-CN'><title>页</title><main><h1>页</h1><p>字</p><ul><li>项</li></ul><a href='/'>链</a><input name='a'></main></html>");
        var seen = await Assert.ThrowsAnyAsync<XunitException>(() => desk.AssertAccessibleAsync());
        Assert.Contains("label", seen.Message);
    }

    [Fact]
    public async Task It_sees_an_icon_that_is_not_in_the_sprite()
    {
        var desk = await OpenAsync();
        await desk.Page.GotoAsync("/health");
        await desk.Page.SetContentAsync("<svg class='icon' width='16' height='16'><use href='/lib/icons.svg#house'/></svg>");
        await desk.AssertIconsDrawnAsync();
        await desk.Page.SetContentAsync("<svg class='icon' width='16' height='16'><use href='/lib/icons.svg#no-such-icon'/></svg>");
        await Assert.ThrowsAnyAsync<XunitException>(desk.AssertIconsDrawnAsync);
    }

    [Theory]
    [InlineData("<script>throw new Error('x')</script>", "script error")]
    [InlineData("<script>console.error('x')</script>", "console error")]
    [InlineData("<img src='/no-such-picture.png' alt=''>", "404")]
    [InlineData("<meta http-equiv='Content-Security-Policy' content=\"script-src 'none'\"><script>1</script>", "Content Security Policy")]
    [InlineData("<img src='http://example.invalid/x.png' alt=''>", "another server")]
    public async Task It_hears_what_the_browser_complains_about(string body, string complaint)
    {
        var desk = await OpenAsync();
        // The product's own pages refuse inline script; a blank page lets it run and fail.
        await desk.Page.GotoAsync(body.Contains("no-such-picture", StringComparison.Ordinal) ? "/health" : "about:blank");
        desk.AssertCalm();
        await desk.Page.SetContentAsync(body);
        var heard = Assert.ThrowsAny<XunitException>(desk.AssertCalm);
        Assert.Contains(complaint, heard.Message);
    }
}
