using Microsoft.Playwright;

namespace Liandong.Browser.Journeys;

/// <summary>附件2 二(三): an organ that is not in charge says so and proposes another; the bureau reroutes, and the other organ claims.</summary>
public sealed class ReturnAndReroute(Chromium chromium) : Journey(chromium)
{
    private const string First = "区文化局";
    private const string Second = "区体育局";

    [Theory, MemberData(nameof(Windows))]
    public async Task A_returned_push_is_rerouted_and_claimed_by_the_proposed_organ(Screen screen, bool javaScript)
    {
        var officer = await OpenAsAsync($"{First} · 联络员A", screen, javaScript);
        var sent = await officer.Bureau.DecideAsync(First);
        await officer.GoAsync($"/pushes/{sent.Pushes[First]}");
        await officer.FollowAsync("退回…");

        // Without a proposal or a reason why there is none, the return is refused beside the field, and what was typed stays.
        await officer.ChooseAsync("Reason", "NotOurCharge");
        await officer.PressAsync(officer.Content.GetByRole(AriaRole.Button, new() { Name = "退回", Exact = true }));
        await officer.SeesAsync("请提出应由哪个单位监管");
        await Assertions.Expect(officer.Content.Locator("input[name=Reason][value=NotOurCharge]")).ToBeCheckedAsync();
        await officer.LookAsync("return-refused");
        await officer.FillAsync("Note", "经营体育健身场所,属体育部门监管。");
        await officer.SelectAsync("ProposedOrgan", Second);
        await officer.DoAsync("退回");
        await officer.SeesAsync("已退回");
        await officer.SeesAsync($"建议由{Second}监管");

        var approver = await OpenAsAsync("区行政审批服务局 · 综合受理科科员", screen, javaScript);
        await approver.GoAsync($"/pushes?view=returned&q={sent.Number}");
        await approver.FollowAsync("处理退回");
        Assert.Equal(Second, (await approver.Content.Locator("select[name=Organ] option:checked").InnerTextAsync()).Trim());
        await approver.FillAsync("Reason", "经核实,属体育部门监管职责。");
        await approver.LookAsync("decide-return-form");
        await approver.DoAsync("决定");
        await approver.SeesAsync(Second);

        await officer.GoAsync($"/pushes/{sent.Pushes[First]}");
        await officer.SeesAsync("已改派");
        await Assertions.Expect(officer.Content.GetByRole(AriaRole.Button, new() { Name = "认领", Exact = true })).ToHaveCountAsync(0);

        var other = await OpenAsAsync($"{Second} · 联络员A", screen, javaScript);
        await other.GoAsync($"/pushes?q={sent.Number}");
        await other.PressAsync(other.Content.Locator("tbody a").First);
        await other.SeesAsync("属体育部门监管职责");
        await other.DoAsync("认领");
        await other.SeesAsync("已认领");

        // The bureau reads the whole way on the case's page.
        await approver.GoAsync($"/cases/{sent.Id}");
        await approver.SeesAsync("已改派");
        await approver.SeesAsync("已认领");
        await approver.LookAsync("case-rerouted");
    }
}
