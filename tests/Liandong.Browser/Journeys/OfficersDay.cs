using Microsoft.Playwright;

namespace Liandong.Browser.Journeys;

/// <summary>A full day of a liaison officer, from the desk in the morning to signing out.</summary>
public sealed class OfficersDay(Chromium chromium) : Journey(chromium)
{
    private const string Organ = "区卫计局";

    [Theory, MemberData(nameof(Windows))]
    public async Task A_liaison_officer_works_through_what_came_in(Screen screen, bool javaScript)
    {
        var officer = await OpenAsAsync($"{Organ} · 联络员A", screen, javaScript);
        await officer.SeesAsync("工作台");
        await officer.SeesAsync(Organ);
        await officer.LookAsync("officer-desk");
        var today = new[] { await officer.Bureau.DecideAsync(Organ), await officer.Bureau.DecideAsync(Organ), await officer.Bureau.DecideAsync(Organ) };

        // Two are claimed together, by their boxes.
        await officer.GoAsync("/pushes?sort=-sent");
        foreach (var sent in today[..2]) await officer.Content.Locator($"input[name=Ids][value='{sent.Pushes[Organ]}']").CheckAsync();
        await officer.DoAsync("认领所选");
        await officer.SeesAsync("已认领 2 件");
        await officer.LookAsync("batch-claimed");

        // The third is opened, its due date looked at, signed, and sent back with the reason.
        await officer.GoAsync($"/pushes/{today[2].Pushes[Organ]}");
        await officer.Content.Locator(".detail-due summary.due-face").First.ClickAsync();
        var explained = officer.Content.Locator(".detail-due .due-sheet").First;
        await Assertions.Expect(explained).ToBeVisibleAsync();
        await Assertions.Expect(explained).ToContainTextAsync("个工作日");
        await Assertions.Expect(explained).ToContainTextAsync("附件2 二(三)");
        await officer.LookAsync("due-explained");
        await officer.DoAsync("签收");
        await officer.FollowAsync("退回…");
        await officer.ChooseAsync("Reason", "DataWrong");
        await officer.FillAsync("Note", "门牌号应为经十路88号。");
        await officer.DoAsync("退回");
        await officer.SeesAsync("已退回");

        // Found again by the party's name, and its page read.
        var found = officer.Content.Locator("a", new() { HasText = today[0].Party }).First;
        await officer.GoAsync("/search");
        await officer.Content.Locator("[name=q]").FillAsync(today[0].Party);
        await officer.PressAsync(officer.Content.GetByRole(AriaRole.Button, new() { Name = "查找", Exact = true }));
        // The index follows the ledger a moment later.
        for (var tries = 0; tries < 40 && await found.CountAsync() == 0; tries++)
        {
            await officer.Page.WaitForTimeoutAsync(250);
            await officer.GoAsync(new Uri(officer.Page.Url).PathAndQuery);
        }
        await officer.LookAsync("search-found");
        await officer.GoAsync($"/pushes/{today[0].Pushes[Organ]}");
        await officer.PressAsync(officer.Content.GetByRole(AriaRole.Link, new() { Name = today[0].Party, Exact = true }));
        await officer.SeesAsync("时间线");
        await officer.SeesAsync(today[0].Permit);
        await officer.LookAsync("officer-party");

        await officer.GoAsync("/notices-to-me");
        await officer.SeesAsync("提醒");
        await officer.LookAsync("reminders");

        // On the desk what was done is gone from what is owed, and stands under what was done.
        await officer.GoAsync("/");
        await officer.SeesAsync("最近办结");
        await officer.Page.Locator("summary.top-item").ClickAsync();
        await officer.PressAsync(officer.Page.GetByRole(AriaRole.Button, new() { Name = "退出" }));
        await officer.GoAsync("/pushes");
        Assert.Equal("/sign-in", new Uri(officer.Page.Url).AbsolutePath);
    }

    /// <summary>Claim in at most two presses from the desk, a check in at most six with the menu; on a phone as well.</summary>
    [Theory, MemberData(nameof(Windows))]
    public async Task A_claim_takes_two_presses_and_a_check_with_prefilled_fields_six(Screen screen, bool javaScript)
    {
        var officer = await OpenAsAsync($"{Organ} · 联络员B", screen, javaScript);
        var sent = await officer.Bureau.DecideAsync(Organ);
        await officer.GoAsync("/?size=100");
        var before = officer.Presses;
        await officer.PressAsync(officer.Content.Locator($"button[name=Push][value='{sent.Pushes[Organ]}']"));
        await officer.SeesAsync("已认领");
        Assert.InRange(officer.Presses - before, 1, 2);

        var supervisor = await OpenAsAsync($"{Organ} · 监管人员", screen, javaScript);
        before = supervisor.Presses;
        if (screen.Touch)
        {
            await supervisor.Page.Locator("a.nav-button").ClickAsync();
            before--;
        }
        // The group of the menu is folded where another entry is current.
        if (!await supervisor.Page.Locator("nav.menu a[href='/supervision']").IsVisibleAsync())
        {
            await supervisor.Page.Locator("nav.menu summary", new() { HasText = "信息联动" }).ClickAsync();
            before--;
        }
        await supervisor.PressAsync(supervisor.Page.Locator("nav.menu a[href='/supervision']"));
        await supervisor.PressAsync(supervisor.Content.Locator($"a[href='/supervision/{sent.Pushes[Organ]}/check']"));
        await supervisor.DoAsync("登记");
        await supervisor.SeesAsync("第 1 次检查");
        Assert.InRange(supervisor.Presses - before, 1, 6);
    }
}
