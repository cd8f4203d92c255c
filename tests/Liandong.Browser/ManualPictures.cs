namespace Liandong.Browser;

/// <summary>Takes the pictures of README and manual; eng/manual-pictures runs it, an ordinary test run does not.</summary>
public sealed class ManualPictures(Chromium chromium) : Journey(chromium)
{
    private const string Officer = "区文化局 · 联络员A";

    [Fact(Explicit = true)]
    public async Task The_desk_of_a_liaison_officer()
    {
        var desk = await OpenAsAsync(Officer);
        await desk.GoAsync("/");
        await desk.ManualPictureAsync("desk");
    }

    [Fact(Explicit = true)]
    public async Task A_push_in_the_list_and_by_itself()
    {
        var desk = await OpenAsAsync(Officer);
        await desk.GoAsync("/pushes");
        await desk.ManualPictureAsync("pushes");
        await desk.Page.Locator("tbody .cell-lead a").First.ClickAsync();
        await desk.ManualPictureAsync("push");
    }

    [Fact(Explicit = true)]
    public async Task A_check_on_a_phone()
    {
        var desk = await OpenAsAsync("区文化局 · 监管人员", Screen.Phone);
        await desk.GoAsync("/supervision");
        await desk.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "登记检查" }).First.ClickAsync();
        await desk.ManualPictureAsync("check-phone");
    }

    [Fact(Explicit = true)]
    public async Task The_reconciliation_of_a_month()
    {
        var desk = await OpenAsAsync("审批监督科科长");
        await desk.GoAsync("/reconcile");
        await desk.ManualPictureAsync("reconcile");
    }
}
