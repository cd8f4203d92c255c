using Microsoft.Playwright;

namespace Liandong.Browser.Journeys;

/// <summary>附件2 一(三): a question to one department goes by letter, is answered, concluded, countersigned, issued and carried out.</summary>
public sealed class LetterToConclusion(Chromium chromium) : Journey(chromium)
{
    private const string Department = "区城管局";

    public static TheoryData<Screen> Widths => new(Screen.Office, Screen.Phone);

    [Theory, MemberData(nameof(Widths))]
    public async Task A_question_to_one_department_by_letter_until_its_conclusion(Screen screen)
    {
        var title = $"餐饮油烟的监管界线({screen})";
        var clerk = await OpenAsAsync("综合受理科科员", screen);
        await clerk.GoAsync("/consultations/new");
        await clerk.FillAsync("Title", title);
        await clerk.FillAsync("Question", "餐饮单位的油烟由哪个单位监管?审批时怎样核实净化设施?");
        await clerk.SelectAsync("Subject", "合法性、规范性问题,尤其是承接、取消和下放的行政审批事项对接问题");
        await clerk.FillAsync("Basis", "《大气污染防治法》第八十一条");
        await clerk.Content.Locator("label.check", new() { HasText = Department }).ClickAsync();
        await clerk.LookAsync("consultation-start");
        await clerk.DoAsync("发起会商");
        var address = new Uri(clerk.Page.Url).AbsolutePath;
        await clerk.SeesAsync("会商函还没有送达");

        // The letter: signed by the head of the bureau, sealed and served.
        await clerk.FollowAsync("办理会商函");
        var letter = new Uri(clerk.Page.Url).AbsolutePath;
        await clerk.SeesAsync("所属会商");
        var head = await OpenAsAsync("局长", screen);
        await head.GoAsync(letter);
        await head.DoAsync("签发");
        await clerk.GoAsync(letter);
        await clerk.DoAsync("登记用印");
        await clerk.FollowAsync("送达");
        await clerk.DoAsync("送达");

        // The department answers from its desk.
        var officer = await OpenAsAsync($"{Department} · 联络员A", screen);
        await officer.GoAsync("/consultations");
        await officer.LookAsync("consultations");
        await officer.FollowAsync(title);
        await officer.DoAsync("签收");
        await officer.FollowAsync("提出意见");
        await officer.ChooseAsync("Stance", "Conditional");
        await officer.FillAsync("Conditions", "审批时由本局出具油烟净化设施的核验意见。");
        await officer.FillAsync("Grounds", "油烟污染防治由城市管理部门负责。");
        await officer.LookAsync("consultation-view-form");
        await officer.DoAsync("提出意见");
        await officer.SeesAsync("有条件同意");

        // Concluded, countersigned by the leader, issued by the head.
        await clerk.GoAsync(address);
        await clerk.FollowAsync("起草结论");
        await clerk.FillAsync("Text", "餐饮油烟由区城管局监管;审批局受理后两个工作日内商请核验。");
        await clerk.FillAsync("Items1Text", "报送油烟净化设施核验要点。");
        await clerk.SelectAsync("Items1Owner", Department);
        await clerk.FillAsync("Items1DueOn", Day(14));
        await clerk.LookAsync("conclusion-form");
        await clerk.DoAsync("送各单位会签");
        var lead = await OpenAsAsync($"{Department} · 会商联络负责人", screen);
        await lead.GoAsync(address);
        await lead.LookAsync("consultation-countersign");
        await lead.DoAsync("会签同意");
        await head.GoAsync(address);
        await head.DoAsync("印发结论");
        await head.SeesAsync("决定执行中");

        // Carried out and accepted.
        await officer.GoAsync(address);
        await officer.FollowAsync("报送油烟净化设施核验要点。");
        await officer.FillAsync("Text", "核验要点已经报送。");
        await officer.DoAsync("报告完成");
        await clerk.GoAsync(address);
        await clerk.FollowAsync("报送油烟净化设施核验要点。");
        await clerk.LookAsync("decision");
        await clerk.DoAsync("验收通过");
        await clerk.SeesAsync("已验收");
        await clerk.GoAsync(address);
        await clerk.SeesAsync("已办结");
        await clerk.LookAsync("consultation");
    }
}
