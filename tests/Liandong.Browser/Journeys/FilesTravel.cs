using System.Text;
using Microsoft.Playwright;

namespace Liandong.Browser.Journeys;

/// <summary>Files on their way from a browser: in pieces with a bar, on again after a broken line, as a plain form without script.</summary>
public sealed class FilesTravel(Chromium chromium) : Journey(chromium)
{
    private const string Approver = "区行政审批服务局 · 综合受理科科员";

    [Theory, MemberData(nameof(Windows))]
    public async Task An_approver_adds_material_to_a_case(Screen screen, bool javaScript)
    {
        var desk = await OpenAsAsync(Approver, screen, javaScript);
        await OpenCaseAsync(desk);
        var name = $"平面图 {screen} {javaScript}.pdf";
        await UnfoldAsync(desk);
        await desk.Page.Locator("input[type=file]").SetInputFilesAsync([File(name, "application/pdf", Pdf()), File("门头.png", "image/png", Png())]);
        if (javaScript)
        {
            await Assertions.Expect(desk.Page.Locator(".upload-line").Filter(new() { HasText = "已传完" })).ToHaveCountAsync(2);
            await desk.PictureAsync("attachments-sent");
            await desk.AssertSoundAsync();
        }
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "附上" }).ClickAsync();
        await desk.Page.WaitForURLAsync("**/cases/*#attachments");
        await Assertions.Expect(desk.Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true })).ToBeVisibleAsync();
        await desk.PictureAsync(javaScript ? "attachments" : "attachments-no-script");
        await desk.AssertSoundAsync();
    }

    [Fact]
    public async Task A_broken_line_costs_nothing_but_time()
    {
        var desk = await OpenAsAsync(Approver);
        await OpenCaseAsync(desk);
        await UnfoldAsync(desk);
        // Ten megabytes are three pieces; the second is cut off once, and the server is asked where it stands.
        var (pieces, cut, asked) = (0, false, 0);
        await desk.Page.RouteAsync("**/api/v1/uploads/*", async route =>
        {
            if (route.Request.Method == "HEAD") asked++;
            if (route.Request.Method == "PATCH" && ++pieces == 2 && !cut)
            {
                cut = true;
                await route.AbortAsync("connectionreset");
                return;
            }
            await route.ContinueAsync();
        });
        await desk.Page.Locator("input[type=file]").SetInputFilesAsync([File("大图.pdf", "application/pdf", [.. Pdf(), .. new byte[10_000_000]])]);
        await Assertions.Expect(desk.Page.Locator(".upload-line").Filter(new() { HasText = "已传完" })).ToHaveCountAsync(1, new() { Timeout = 60_000 });
        Assert.True(cut);
        Assert.Equal((4, 1), (pieces, asked));
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "附上" }).ClickAsync();
        await Assertions.Expect(desk.Page.GetByRole(AriaRole.Link, new() { Name = "大图.pdf", Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_is_refused_says_why_beside_the_file_and_the_rest_goes_on()
    {
        var desk = await OpenAsAsync(Approver);
        await OpenCaseAsync(desk);
        await UnfoldAsync(desk);
        await desk.Page.Locator("input[type=file]").SetInputFilesAsync([File("决定书.pdf", "application/pdf", Encoding.ASCII.GetBytes("MZ\0\0this is a program")), File("好.png", "image/png", Png())]);
        await Assertions.Expect(desk.Page.Locator(".upload-line").Filter(new() { HasText = "内容不是可以上传的类型" })).ToHaveCountAsync(1);
        await Assertions.Expect(desk.Page.Locator(".upload-line").Filter(new() { HasText = "已传完" })).ToHaveCountAsync(1);
        await desk.PictureAsync("attachments-refused");
        await desk.AssertFitsAsync();
        await desk.AssertAccessibleAsync();
        // By keyboard alone: the refused one is taken away, and the form goes off with the other.
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "移去" }).First.FocusAsync();
        await desk.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(desk.Page.Locator(".upload-line")).ToHaveCountAsync(1);
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "附上" }).FocusAsync();
        await desk.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(desk.Page.GetByRole(AriaRole.Link, new() { Name = "好.png", Exact = true })).ToBeVisibleAsync();
    }

    private static async Task OpenCaseAsync(Desk desk)
    {
        await desk.GoAsync("/cases");
        var first = await desk.Page.Locator("tbody a[href^='/cases/']").First.GetAttributeAsync("href");
        await desk.GoAsync(first!);
    }

    private static async Task UnfoldAsync(Desk desk)
    {
        var details = desk.Page.Locator("details.attachment-add");
        if (await details.GetAttributeAsync("open") is null) await details.Locator("summary").ClickAsync();
    }

    private static FilePayload File(string name, string type, byte[] content) => new() { Name = name, MimeType = type, Buffer = content };

    private static byte[] Pdf() => Encoding.Latin1.GetBytes("%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n");

    private static byte[] Png() => Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==");
}
