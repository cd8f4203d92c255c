using Microsoft.Playwright;

namespace Liandong.Browser.Journeys;

/// <summary>附件1 二(二): two organs point at each other; both state their view, the conference office rules, and the register follows from that day.</summary>
public sealed class DisputeAndRuling(Chromium chromium) : Journey(chromium)
{
    private const string First = "区教育局";
    private const string Second = "区人社局";

    [Theory, MemberData(nameof(Windows))]
    public async Task A_ruling_sends_the_case_and_the_next_one_routes_as_it_says(Screen screen, bool javaScript)
    {
        var officer = await OpenAsAsync($"{First} · 联络员A", screen, javaScript);
        // Each window takes an item of its own, since the ruling changes the register for all of it.
        var sent = await officer.Bureau.DecideAsync(First, (screen.Touch ? 2 : 0) + (javaScript ? 1 : 0));
        await officer.GoAsync($"/pushes/{sent.Pushes[First]}");
        await officer.FollowAsync("提出权责争议…");
        await officer.FillAsync("Question", "该类培训由教育部门还是人社部门监管。");
        await officer.Content.Locator("label.check", new() { HasText = Second }).ClickAsync();
        await officer.LookAsync("open-dispute-form");
        await officer.DoAsync("提交争议");
        await officer.FillAsync("Text", "培训内容为职业技能,应由人社部门监管。");
        await officer.FillAsync("Basis", "《民办教育促进法》第十二条");
        await officer.DoAsync("提交意见");
        var address = new Uri(officer.Page.Url).AbsolutePath;

        var other = await OpenAsAsync($"{Second} · 联络员A", screen, javaScript);
        await other.GoAsync(address);
        await other.SeesAsync("培训内容为职业技能");
        await other.FillAsync("Text", "举办者为教育机构,应由教育部门监管。");
        await other.FillAsync("Basis", "区人社局三定规定");
        await other.DoAsync("提交意见");

        var conference = await OpenAsAsync("联席会议办公室 · 办公室工作人员", screen, javaScript);
        await conference.GoAsync(address);
        await conference.LookAsync("dispute");
        await conference.FollowAsync("裁定");
        await conference.SelectAsync("Organ", Second);
        await conference.FillAsync("Reason", "职业技能培训由人社部门监管。");
        await conference.LookAsync("ruling-form");
        await conference.DoAsync("裁定");
        await conference.SeesAsync($"裁定:由{Second}监管");
        await conference.SeesAsync("责任清单自");

        // The case lies on the other organ's desk, which cannot send it back as not its charge.
        await other.GoAsync($"/pushes?q={sent.Number}");
        await other.PressAsync(other.Content.Locator("tbody a").First);
        await other.SeesAsync("不能再以不属于本单位职责退回");
        await other.DoAsync("认领");
        await other.SeesAsync("已认领");
        await officer.GoAsync($"/pushes/{sent.Pushes[First]}");
        await officer.SeesAsync("已改派");

        var next = await officer.Bureau.DecideItemAsync(sent.Item, sent.ItemName);
        Assert.Contains(Second, next.Pushes.Keys);
        Assert.DoesNotContain(First, next.Pushes.Keys);
        await other.GoAsync($"/pushes/{next.Pushes[Second]}");
        await other.SeesAsync("责任清单");
        await other.LookAsync("push-after-ruling");
    }
}
