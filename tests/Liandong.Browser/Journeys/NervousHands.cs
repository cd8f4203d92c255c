using System.Net;
using Microsoft.Playwright;

namespace Liandong.Browser.Journeys;

/// <summary>What real hands do: press twice, go back and press again, reach for the same push at the same time, open somebody else's address.</summary>
public sealed class NervousHands(Chromium chromium) : Journey(chromium)
{
    /// <summary>With script the second press is not sent; without it the server knows the form again by its one-time key.</summary>
    [Theory, InlineData(true), InlineData(false)]
    public async Task Every_act_pressed_twice_has_one_effect(bool javaScript)
    {
        const string organ = "区城管局";
        var officer = await OpenAsAsync($"{organ} · 联络员A", Screen.Office, javaScript);
        var sent = await officer.Bureau.DecideAsync(organ);
        var push = sent.Pushes[organ];
        await officer.GoAsync($"/pushes/{push}");
        await officer.DoTwiceAsync("签收");
        await officer.SeesAsync("已签收");
        await officer.FollowAsync("退回…");
        await officer.ChooseAsync("Reason", "DataWrong");
        await officer.FillAsync("Note", "门牌号有误。");
        await officer.DoTwiceAsync("退回");
        await officer.SeesAsync("已退回");

        var approver = await OpenAsAsync("区行政审批服务局 · 综合受理科科员", Screen.Office, javaScript);
        await approver.GoAsync($"/pushes/{push}/decide");
        await approver.FillAsync("Reason", "门牌号已更正。");
        await approver.FillAsync("Address", "济南市历下区经十路8号");
        await approver.DoTwiceAsync("决定");
        await approver.SeesAsync("已送达");

        await officer.GoAsync($"/pushes/{push}");
        await officer.DoTwiceAsync("认领");
        await officer.SeesAsync("已认领");

        var supervisor = await OpenAsAsync($"{organ} · 监管人员", Screen.Office, javaScript);
        await supervisor.GoAsync($"/supervision/{push}/plan");
        await supervisor.FillAsync("PlannedOn", Day(30));
        await supervisor.DoTwiceAsync("安排");
        await supervisor.GoAsync($"/supervision/{push}/check");
        await supervisor.ChooseAsync("Result", "NotConforming");
        await supervisor.ChooseAsync("Treatment", "Rectify");
        await supervisor.UnfoldAsync("限期整改的");
        await supervisor.FillAsync("Requirement", "清运建筑垃圾");
        await supervisor.FillAsync("RectifyBy", Day(3));
        await supervisor.DoTwiceAsync("登记");
        await supervisor.FollowAsync("登记复查");
        await supervisor.DoTwiceAsync("登记复查");
        await supervisor.FollowAsync("移交执法…");
        await supervisor.FillAsync("Facts", "涉嫌违法处置建筑垃圾。");
        await supervisor.DoTwiceAsync("移交");

        var enforcer = await OpenAsAsync($"{organ} · 城管执法大队队员", Screen.Office, javaScript);
        await enforcer.GoAsync($"/supervision/{push}");
        await enforcer.DoTwiceAsync("认领");
        await enforcer.FollowAsync("登记处罚");
        await enforcer.FillAsync("Number", $"历城管罚{sent.Number}号");
        await enforcer.ChooseAsync("Kinds", "Warning");
        await enforcer.FillAsync("Basis", "《城市市容和环境卫生管理条例》第三十四条");
        await enforcer.DoTwiceAsync("登记处罚");
        await enforcer.FollowAsync("结案");
        await enforcer.DoTwiceAsync("结案");
        await enforcer.SeesAsync("处罚执行完毕");

        await approver.GoAsync($"/feedback?view=open&kind=penalty&q={Uri.EscapeDataString(sent.Party)}");
        await approver.PressAsync(approver.Content.Locator("tbody a").First);
        await approver.FillAsync("Reason", "一年内从严审批。");
        await approver.DoTwiceAsync("确认");
        await approver.SeesAsync("从严审批");
        await approver.FillAsync("Reason", "误确认,予以解除。");
        await approver.DoTwiceAsync("解除从严审批");
        await approver.SeesAsync("解除影响");

        // The bureau's own system reads what the platform holds: everything once.
        var seen = await approver.Bureau.SupervisionAsync(push);
        Assert.Equal((1, 1, 1, 1, 1, 5), (seen.Plans, seen.Checks, seen.Rectifications, seen.Enforcements, seen.Penalties, seen.Feedback));
        Assert.Equal(["claimed", "delivered", "resent", "returned", "signed", "signed"], (await approver.Bureau.StepsAsync(push)).Order());
        officer.AssertCalm();
        supervisor.AssertCalm();
        enforcer.AssertCalm();
        approver.AssertCalm();
    }

    [Theory, MemberData(nameof(Windows))]
    public async Task Going_back_and_pressing_again_leads_to_what_was_done(Screen screen, bool javaScript)
    {
        const string organ = "区民政局";
        var officer = await OpenAsAsync($"{organ} · 联络员A", screen, javaScript);
        var sent = await officer.Bureau.DecideAsync(organ);
        await officer.GoAsync($"/pushes/{sent.Pushes[organ]}");
        await officer.DoAsync("认领");
        await officer.SeesAsync("已认领");
        await BackAsync(officer);
        if (await officer.Content.GetByRole(AriaRole.Button, new() { Name = "认领", Exact = true }).CountAsync() > 0) await officer.DoAsync("认领");
        await officer.SeesAsync("已认领");

        var supervisor = await OpenAsAsync($"{organ} · 监管人员", screen, javaScript);
        await supervisor.GoAsync($"/supervision/{sent.Pushes[organ]}");
        await supervisor.FollowAsync("登记检查");
        await supervisor.FillAsync("Note", "设施完好。");
        await supervisor.DoAsync("登记");
        await supervisor.SeesAsync("第 1 次检查");
        await BackAsync(supervisor);
        Assert.EndsWith("/check", new Uri(supervisor.Page.Url).AbsolutePath, StringComparison.Ordinal);
        await supervisor.PressAsync(supervisor.Content.GetByRole(AriaRole.Button, new() { Name = "登记", Exact = true }));
        // The form that was kept by the browser is the same act and leads to it; one that was asked for anew is told that the same check stands already.
        if (new Uri(supervisor.Page.Url).AbsolutePath.EndsWith("/check", StringComparison.Ordinal)) await supervisor.SeesAsync("同样内容的检查刚刚登记过(第1次");
        else await supervisor.SeesAsync("第 1 次检查");
        var checks = (await officer.Bureau.SupervisionAsync(sent.Pushes[organ])).Checks;
        Assert.True(checks == 1, $"Going back and pressing again recorded {checks} checks.");
    }

    [Theory, MemberData(nameof(Windows))]
    public async Task Of_two_people_on_one_push_the_second_is_told_who_was_first(Screen screen, bool javaScript)
    {
        const string organ = "区住建局";
        var first = await OpenAsAsync($"{organ} · 联络员A", screen, javaScript);
        var second = await OpenAsAsync($"{organ} · 联络员B", screen, javaScript);
        var sent = await first.Bureau.DecideAsync(organ);
        var address = $"/pushes/{sent.Pushes[organ]}";
        await first.GoAsync(address);
        await second.GoAsync(address);
        var name = (await first.Page.Locator("details.pop .pop-title strong").TextContentAsync())!.Trim();
        await first.DoAsync("认领");
        await second.PressAsync(second.Content.GetByRole(AriaRole.Button, new() { Name = "认领", Exact = true }));

        await Assertions.Expect(second.Content.Locator(".error-summary")).ToContainTextAsync($"该推送已由{organ} {name}于");
        await Assertions.Expect(second.Content.Locator(".error-summary")).ToContainTextAsync("不能再认领或退回");
        if (javaScript)
        {
            await second.PictureAsync("second-claim-refused");
            await second.AssertFitsAsync();
            await second.AssertAccessibleAsync();
        }
        await second.GoAsync(address);
        await second.SeesAsync("已认领");
        Assert.Equal(1, (await first.Bureau.StepsAsync(sent.Pushes[organ])).Count(step => step == "claimed"));
    }

    /// <summary>Not there and not yours look the same to everybody: a page in Chinese that says what to do.</summary>
    [Theory, MemberData(nameof(Windows))]
    public async Task Somebody_elses_address_is_a_page_that_says_it_was_not_found(Screen screen, bool javaScript)
    {
        const string organ = "区体育局";
        var owner = await OpenAsAsync($"{organ} · 联络员A", screen, javaScript);
        var sent = await owner.Bureau.DecideAsync(organ);
        var push = sent.Pushes[organ];
        await owner.GoAsync($"/pushes/{push}");
        await owner.DoAsync("认领");
        var party = new Uri(new Uri(owner.Page.Url), await owner.Content.GetByRole(AriaRole.Link, new() { Name = sent.Party, Exact = true }).GetAttributeAsync("href")).AbsolutePath;

        var stranger = await OpenAsAsync("区财政局 · 联络员A", screen, javaScript);
        foreach (var address in new[] { $"/pushes/{push}", $"/pushes/{push}/return", $"/supervision/{push}", party, $"/pushes/{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}", "/no-such-page" })
        {
            var answer = await stranger.Page.GotoAsync(address);
            Assert.True(answer!.Status == (int)HttpStatusCode.NotFound, $"{address} answered {answer.Status}.");
            await Assertions.Expect(stranger.Page.Locator("h1")).ToContainTextAsync("没有找到");
            Assert.DoesNotContain(sent.Party, await stranger.Page.InnerTextAsync("body"), StringComparison.Ordinal);
            await stranger.AssertFitsAsync();
        }
        if (javaScript)
        {
            await stranger.AssertAccessibleAsync();
            await stranger.PictureAsync("not-found");
        }

        // The bureau's own pages of a case are no department's: refused alike whether the case is there or not.
        foreach (var address in new[] { $"/cases/{sent.Id}", $"/cases/{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}" })
        {
            Assert.Equal((int)HttpStatusCode.Forbidden, (await stranger.Page.GotoAsync(address))!.Status);
            await Assertions.Expect(stranger.Page.Locator("h1")).ToContainTextAsync("没有权限");
            Assert.DoesNotContain(sent.Party, await stranger.Page.InnerTextAsync("body"), StringComparison.Ordinal);
        }
        await stranger.PressAsync(stranger.Page.GetByRole(AriaRole.Link, new() { Name = "回工作台", Exact = true }));
        await stranger.SeesAsync("工作台");
    }

    private static async Task BackAsync(Desk desk)
    {
        await desk.Page.GoBackAsync(new() { WaitUntil = WaitUntilState.Load });
    }
}
