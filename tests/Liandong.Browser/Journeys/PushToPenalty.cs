using Microsoft.Playwright;

namespace Liandong.Browser.Journeys;

/// <summary>
/// The main job from end to end (附件2 二(三)、(四)): an approval result is signed and claimed, checked with findings, rectified, handed over to
/// enforcement, punished with 吊销, reported back at each step and acknowledged with its effect; the 注销 is then owed, and done.
/// </summary>
public sealed class PushToPenalty(Chromium chromium) : Journey(chromium)
{
    private const string Organ = "区市场监管局";

    [Theory, MemberData(nameof(Windows))]
    public async Task An_approval_is_supervised_punished_and_answered(Screen screen, bool javaScript)
    {
        var (today, tomorrow) = (Day(0), Day(1));
        var officer = await OpenAsAsync($"{Organ} · 联络员A", screen, javaScript);
        var sent = await officer.Bureau.DecideAsync(Organ);
        var push = sent.Pushes[Organ];

        await officer.GoAsync($"/pushes?q={sent.Number}");
        await officer.PressAsync(officer.Content.Locator($"a[href='/pushes/{push}']").First);
        await officer.SeesAsync(sent.Permit);
        await officer.DoAsync("签收");
        await officer.SeesAsync("已签收");
        await officer.DoAsync("认领");
        await officer.SeesAsync("已认领");
        await officer.LookAsync("push-claimed");

        var supervisor = await OpenAsAsync($"{Organ} · 监管人员", screen, javaScript);
        await supervisor.GoAsync($"/supervision?q={sent.Number}");
        await supervisor.LookAsync("supervision-to-check");
        await supervisor.PressAsync(supervisor.Content.Locator($"a[href='/supervision/{push}']").First);
        await supervisor.FollowAsync("安排计划");
        await supervisor.ChooseAsync("Kind", "Key");
        await supervisor.FillAsync("PlannedOn", today);
        await supervisor.LookAsync("plan-form");
        await supervisor.DoAsync("安排");
        await supervisor.SeesAsync("重点监管");

        await supervisor.FollowAsync("登记检查");
        await supervisor.ChooseAsync("Result", "NotConforming");
        await supervisor.Content.Locator("select[name=PointResult0]").SelectOptionAsync("NotMet");
        await supervisor.FillAsync("PointNote0", "超出许可范围经营");
        await supervisor.ChooseAsync("Treatment", "Rectify");
        await supervisor.UnfoldAsync("限期整改的");
        await supervisor.FillAsync("Requirement", "停止超范围经营,清理现场");
        await supervisor.FillAsync("RectifyBy", tomorrow);
        await supervisor.LookAsync("check-form");
        await supervisor.DoAsync("登记");
        await supervisor.SeesAsync("整改中");
        await supervisor.LookAsync("matter-rectifying");

        await supervisor.FollowAsync("登记复查");
        await supervisor.FillAsync("Note", "现场已清理");
        await supervisor.LookAsync("review-form");
        await supervisor.DoAsync("登记复查");
        await supervisor.SeesAsync("整改合格");

        await supervisor.FollowAsync("移交执法…");
        await supervisor.SelectAsync("HandToSection", "市场监管综合执法大队");
        await supervisor.FillAsync("Facts", "超出许可范围从事经营活动,涉嫌违法。");
        await supervisor.LookAsync("hand-over-form");
        await supervisor.DoAsync("移交");
        await supervisor.SeesAsync("移交执法 · 待认领");

        var enforcer = await OpenAsAsync($"{Organ} · 市场监管综合执法大队队员", screen, javaScript);
        await enforcer.GoAsync($"/supervision?q={sent.Number}");
        await enforcer.LookAsync("enforcement-list");
        await enforcer.FollowAsync("认领");
        await enforcer.DoAsync("认领");
        await enforcer.FollowAsync("登记处罚");
        await enforcer.FillAsync("Number", $"历市监罚〔{today[..4]}〕{sent.Number[2..]}号");
        await enforcer.ChooseAsync("Kinds", "Fine");
        await enforcer.ChooseAsync("Kinds", "RevokePermit");
        await enforcer.FillAsync("Fine", "5,000");
        await enforcer.FillAsync("Basis", "《中华人民共和国行政许可法》第八十条第(二)项");
        await enforcer.LookAsync("penalty-form");
        await enforcer.DoAsync("登记处罚");
        await enforcer.SeesAsync("吊销许可证件");
        await enforcer.FollowAsync("结案");
        await enforcer.LookAsync("closing-form");
        await enforcer.DoAsync("结案");
        await enforcer.SeesAsync("处罚执行完毕");

        // Five reports came back at once: check, review, hand-over, penalty, closing. Two found nothing and are taken note of together.
        var approver = await OpenAsAsync("区行政审批服务局 · 综合受理科科员", screen, javaScript);
        var reports = $"/feedback?view=open&q={Uri.EscapeDataString(sent.Party)}";
        await approver.GoAsync(reports);
        await Assertions.Expect(approver.Content.Locator("tbody tr")).ToHaveCountAsync(5);
        await approver.LookAsync("feedback-list");
        foreach (var box in await approver.Content.Locator("tbody input[type=checkbox]:not([disabled])").AllAsync()) await box.CheckAsync();
        await approver.DoAsync("所选确认为无影响");
        await approver.GoAsync(reports);
        await Assertions.Expect(approver.Content.Locator("tbody tr")).ToHaveCountAsync(3);
        await approver.PressAsync(approver.Content.Locator("tbody a", new() { HasText = "行政处罚" }).First);
        await approver.SeesAsync("许可证件已被吊销");
        await approver.FillAsync("Reason", "许可证件已被吊销,办理注销。");
        await approver.LookAsync("feedback-to-acknowledge");
        await approver.DoAsync("确认");
        await approver.SeesAsync("启动许可变动");
        await Assertions.Expect(approver.Content.Locator(".detail-due")).ToContainTextAsync("办理注销");
        await approver.GoAsync($"/feedback?view=permits&q={Uri.EscapeDataString(sent.Party)}");
        await Assertions.Expect(approver.Content.Locator("tbody tr")).ToHaveCountAsync(1);

        // The department sees the effect, and the outcome as soon as the bureau has it.
        await supervisor.GoAsync($"/supervision/{push}");
        await supervisor.SeesAsync("启动许可变动");
        await Assertions.Expect(supervisor.Content.Locator(".detail-due")).ToContainTextAsync("办理注销");
        await approver.FollowAsync("登记结果");
        await approver.FillAsync("Document", $"历审注〔{today[..4]}〕{sent.Number[2..]}号");
        await approver.LookAsync("cancellation-form");
        await approver.DoAsync("登记结果");
        await approver.SeesAsync("已注销");
        await supervisor.GoAsync($"/supervision/{push}");
        await supervisor.SeesAsync("已注销");

        // Both sides on one line of time.
        await supervisor.PressAsync(supervisor.Content.GetByRole(AriaRole.Link, new() { Name = sent.Party, Exact = true }));
        foreach (var step in new[] { "收件", "决定:准予", "签收", "认领", "第1次检查:不符合", "第1次整改复查:整改合格", "移交执法", "行政处罚:罚款、吊销许可证件", "执法结案", "确认回告:启动许可变动", "许可变动办理结果:已注销" })
            await supervisor.SeesAsync(step);
        await supervisor.LookAsync("party-both-sides");
    }
}
