using Microsoft.Playwright;

namespace Liandong.Browser.Journeys;

/// <summary>A case that is handled on the platform itself, from the counter to the push (行政许可法 第三十二至四十四条), and the warning about a party that supervision found fault with.</summary>
public sealed class CounterToPush(Chromium chromium) : Journey(chromium)
{
    private const string Organ = "区发改委";

    [Theory, MemberData(nameof(Windows))]
    public async Task An_approver_handles_a_case_and_the_supervisor_has_it_at_once(Screen screen, bool javaScript)
    {
        var approver = await OpenAsAsync("区行政审批服务局 · 综合受理科科员", screen, javaScript);
        var sample = await approver.Bureau.DecideAsync(Organ);
        var (name, code) = BureauSystem.NewParty();
        var address = await ReceiveAsync(approver, sample.Item, name, code, "case-form");
        await approver.LookAsync("case-received");

        await approver.FollowAsync("受理");
        await approver.LookAsync("accept-form");
        await approver.DoAsync("受理");
        await approver.SeesAsync("作出行政许可决定");
        await approver.FollowAsync("审查意见");
        await approver.FillAsync("Opinion", "申请材料齐全,符合法定条件。");
        await approver.DoAsync("提出意见");
        await approver.FollowAsync("作出决定");
        await approver.ChooseAsync("Kind", "Granted");
        await approver.FillAsync("Content", "准予许可。");
        await approver.FillAsync("PermitNumber", $"370102窗{code[^7..]}");
        await approver.LookAsync("decide-form");
        await approver.DoAsync("作出决定");
        await approver.SeesAsync(Organ);
        await approver.FollowAsync("送达");
        await approver.DoAsync("已送达");
        await approver.LookAsync("case-delivered");

        var officer = await OpenAsAsync($"{Organ} · 联络员A", screen, javaScript);
        await officer.GoAsync($"/pushes?q={Uri.EscapeDataString(name)}");
        await officer.SeesAsync(name);
        await officer.PressAsync(officer.Content.GetByRole(AriaRole.Button, new() { NameRegex = new("^认领 ") }));
        await officer.SeesAsync("已认领 1 件");
        await approver.GoAsync(address);
        await approver.SeesAsync("已认领");
    }

    /// <summary>附件2 二(三): a finding reported back bears on the party's next application.</summary>
    [Theory, MemberData(nameof(Windows))]
    public async Task A_suspended_party_is_warned_of_and_accepted_only_with_a_reason(Screen screen, bool javaScript)
    {
        var officer = await OpenAsAsync($"{Organ} · 联络员B", screen, javaScript);
        var sent = await officer.Bureau.DecideAsync(Organ);
        await officer.GoAsync($"/pushes/{sent.Pushes[Organ]}");
        await officer.DoAsync("认领");
        var supervisor = await OpenAsAsync($"{Organ} · 监管人员", screen, javaScript);
        await supervisor.GoAsync($"/supervision/{sent.Pushes[Organ]}/check");
        await supervisor.ChooseAsync("Result", "NotConforming");
        await supervisor.ChooseAsync("Treatment", "Rectify");
        await supervisor.UnfoldAsync("限期整改的");
        await supervisor.FillAsync("Requirement", "限期改正");
        await supervisor.FillAsync("RectifyBy", Day(7));
        await supervisor.DoAsync("登记");

        var approver = await OpenAsAsync("区行政审批服务局 · 综合受理科科员", screen, javaScript);
        await approver.GoAsync($"/feedback?q={Uri.EscapeDataString(sent.Party)}");
        await approver.PressAsync(approver.Content.Locator("tbody a").First);
        await approver.ChooseAsync("Effect", "Suspended");
        await approver.FillAsync("Reason", "整改完成前暂停受理。");
        await approver.DoAsync("确认");

        await FillCaseAsync(approver, sent.Item, sent.Party, sent.Code);
        await approver.PressAsync(approver.Content.GetByRole(AriaRole.Button, new() { Name = "收件", Exact = true }));
        await approver.SeesAsync("整改完成前暂停受理");
        await approver.LookAsync("party-suspended-at-the-counter");
        await approver.ChooseAsync("effectsSeen", "true");
        await approver.DoAsync("收件");
        await approver.SeesAsync("整改完成前暂停受理");

        await approver.FollowAsync("受理");
        await approver.LookAsync("accept-suspended-form");
        await approver.FillAsync("Despite", "申请事项与被查处的活动无关,依法应当受理。");
        await approver.DoAsync("受理");
        await approver.SeesAsync("暂停受理期间仍予受理的理由");
    }

    private static async Task<string> ReceiveAsync(Desk approver, string item, string name, string code, string picture)
    {
        await FillCaseAsync(approver, item, name, code);
        await approver.LookAsync(picture);
        await approver.DoAsync("收件");
        await approver.SeesAsync(name);
        return new Uri(approver.Page.Url).AbsolutePath;
    }

    private static async Task FillCaseAsync(Desk approver, string item, string name, string code)
    {
        await approver.GoAsync($"/cases/new?item={Uri.EscapeDataString(item)}");
        await approver.Content.Locator("select[name='party.kind']").SelectOptionAsync("Enterprise");
        await approver.FillAsync("party.name", name);
        await approver.FillAsync("party.code", code);
        await approver.FillAsync("party.legalPerson", "李示例");
        await approver.FillAsync("party.address", "济南市历下区解放路1号");
        await approver.Content.Locator("select[name='division']").SelectOptionAsync(new SelectOptionValue { Index = 2 });
    }
}
