using Microsoft.Playwright;

namespace Liandong.Browser.Journeys;

/// <summary>What somebody sees who has just started the product and knows nothing.</summary>
public sealed class FirstLook(Chromium chromium) : Journey(chromium)
{
    [Theory, MemberData(nameof(Windows))]
    public async Task The_first_page_is_sound_and_says_that_this_is_a_sample(Screen screen, bool javaScript)
    {
        var desk = await OpenAsync(screen, javaScript);
        await desk.GoAsync("/");
        Assert.Contains("示例环境", await desk.Page.InnerTextAsync("body"));
        await desk.PictureAsync(javaScript ? "first-page" : "first-page-no-script");
        await desk.AssertSoundAsync();
    }

    [Theory, MemberData(nameof(Windows))]
    public async Task One_click_signs_a_sample_person_in_and_one_signs_out(Screen screen, bool javaScript)
    {
        var desk = await OpenAsync(screen, javaScript);
        Assert.True((await desk.SamplePeopleAsync()).Count >= 10, "The sample lists too few people.");
        await desk.AssertSoundAsync();
        await desk.SignInAsync("联络员A");
        Assert.Equal("/", new Uri(desk.Page.Url).AbsolutePath);
        await desk.AssertSoundAsync();
        await desk.Page.Locator("summary.top-item").ClickAsync();
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "退出" }).ClickAsync();
        await Assertions.Expect(desk.Page.GetByRole(AriaRole.Button, new() { Name = "登录", Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Nobody_who_is_not_signed_in_sees_the_desk()
    {
        var desk = await OpenAsync();
        await desk.GoAsync("/");
        Assert.Equal("/sign-in", new Uri(desk.Page.Url).AbsolutePath);
    }
}
