using Microsoft.Playwright;

namespace Liandong.Browser.Journeys;

/// <summary>附件2 二(一): a policy change reaches three items.</summary>
public sealed class PolicyToItems(Chromium chromium) : Journey(chromium)
{
    private const string Department = "区市场监管局";

    public static TheoryData<Screen> Widths => new(Screen.Office, Screen.Phone);

    [Theory, MemberData(nameof(Widths))]
    public async Task A_policy_change_reaches_three_items(Screen screen)
    {
        var title = $"食品安全抽样检验管理办法({screen})";
        var officer = await OpenAsAsync($"{Department} · 联络员A", screen);
        await officer.GoAsync("/policies");
        await officer.LookAsync("policies");
        await officer.FollowAsync("登记政策调整");
        await officer.SelectAsync("Kind", "规章");
        await officer.FillAsync("Title", title);
        await officer.FillAsync("DocumentNumber", "总局令第99号");
        await officer.FillAsync("EffectiveOn", Day(30));
        await officer.FillAsync("Text", "许可前抽样检验的项目由许可机关公布,申请人可以选择检验机构。");
        await officer.FillAsync("Materials", "检验报告改为可以提交电子件。");
        await officer.LookAsync("policy-record");
        await officer.DoAsync("登记");
        var address = new Uri(officer.Page.Url).AbsolutePath;
        await officer.SeesAsync("待函告");

        // Three items of its own, found by the search of items.
        await officer.FollowAsync("选择涉及的事项");
        for (var n = 0; n < 3; n++) await officer.Content.Locator("input[name='Ids']:enabled").Nth(n).CheckAsync();
        await officer.LookAsync("policy-items");
        await officer.DoAsync("加入");
        await officer.SeesAsync("已经选了3个事项");
        await officer.FollowAsync("返回");
        await officer.DoAsync("函告审批局");
        await officer.SeesAsync("待落实");

        // The bureau: received, two adapted, one not touched.
        var clerk = await OpenAsAsync("综合受理科科员", screen);
        await clerk.GoAsync("/policies?view=toDo");
        await clerk.FollowAsync(title);
        await clerk.DoAsync("签收");
        await clerk.LookAsync("policy-served");
        await clerk.FollowAsync("落实到事项");
        for (var n = 0; n < 3; n++)
        {
            await clerk.SelectAsync($"Lines{n}Outcome", n < 2 ? "调整" : "不受影响");
            await clerk.FillAsync($"Lines{n}What", n < 2 ? "申请材料目录注明检验报告可以提交电子件。" : "该事项不要求检验报告。");
        }
        await clerk.LookAsync("policy-adapt");
        await clerk.DoAsync("记录落实结果");
        await clerk.SeesAsync("已落实");

        // Each item shows it; the department confirms.
        foreach (var href in await clerk.Content.Locator("#items tbody th a").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))"))
        {
            await clerk.GoAsync(href);
            await clerk.SeesAsync(title);
        }
        await clerk.LookAsync("item-policies");
        await officer.GoAsync(address);
        await officer.DoAsync("确认落实结果");
        await officer.SeesAsync("双方已确认");
        await officer.LookAsync("policy-confirmed");
    }
}
