using Microsoft.Playwright;

namespace Liandong.Browser.Journeys;

/// <summary>附件2 一(三), 附件1 三(三): a question to four departments becomes a coordination meeting, is escalated to the joint conference; its decision is not carried out and turns red.</summary>
public sealed class MeetingToConference : Journey, IClassFixture<SampleOnClock>
{
    private static readonly string[] Departments = ["区城管局", "区住建局", "区市场监管局", "区教育局"];

    /// <summary>Those that come to the conference; the last owes what it decides.</summary>
    private static readonly string[] Present = ["区城管局", "区教育局"];

    private readonly SampleOnClock product;

    public MeetingToConference(Chromium chromium, SampleOnClock product) : base(chromium, product) => this.product = product;

    public static TheoryData<Screen> Widths => new(Screen.Office, Screen.Phone);

    [Theory, MemberData(nameof(Widths))]
    public async Task A_question_to_four_departments_goes_to_the_joint_conference(Screen screen)
    {
        var (title, task) = ($"校园周边餐饮监管({screen})", $"报送校园周边餐饮单位名单({screen})。");
        var clerk = await OpenAsAsync("综合受理科科员", screen);
        await clerk.GoAsync("/consultations/new");
        await clerk.FillAsync("Title", title);
        await clerk.FillAsync("Question", "校园周边餐饮单位由哪个单位牵头监管?");
        await clerk.SelectAsync("Subject", "并联审批、网上审批、联合勘验、联合验收等工作");
        await clerk.FillAsync("Basis", "《食品安全法》第六条");
        foreach (var department in Departments) await clerk.Content.Locator("label.check", new() { HasText = department }).First.ClickAsync();
        await clerk.DoAsync("发起会商");
        var talk = new Uri(clerk.Page.Url).AbsolutePath;
        await clerk.SeesAsync("拟召开协调会");

        // The meeting is called from the consultation, with its organs and its question.
        await clerk.FollowAsync("召开协调会");
        await clerk.FillAsync("Day", product.Day(7));
        await clerk.FillAsync("Place", "三楼会议室");
        await clerk.LookAsync("meeting-prepare");
        await clerk.DoAsync("保存");
        await clerk.SeesAsync(title);
        await clerk.LookAsync("meeting-prepared");
        var meeting = new Uri(clerk.Page.Url).AbsolutePath;
        await clerk.DoAsync("报负责人审批");
        var head = await OpenAsAsync("局长", screen);
        await head.GoAsync(meeting);
        await head.DoAsync("同意召开");
        await head.SeesAsync("转发议题和材料");

        // The four do not agree: the joint conference is asked for, and the smaller meeting is not held.
        await clerk.GoAsync(talk);
        await clerk.FollowAsync("提请联席会议研究…");
        await clerk.FillAsync("Reason", "四个单位对牵头单位认识不一致。");
        await clerk.DoAsync("提请联席会议");
        await clerk.GoAsync(meeting);
        await clerk.FollowAsync("取消会议…");
        await clerk.FillAsync("Reason", "已经提请联席会议。");
        await clerk.DoAsync("取消会议");
        await clerk.SeesAsync("会议已经取消");

        var desk = await OpenAsAsync("办公室工作人员", screen);
        await desk.GoAsync(talk);
        await desk.FollowAsync("召开联席会议");
        var day = product.Day(8);
        await desk.FillAsync("Day", day);
        await desk.FillAsync("Place", "区政府一楼会议室");
        await desk.DoAsync("保存");
        var conference = new Uri(desk.Page.Url).AbsolutePath;
        await desk.DoAsync("请示召集人");

        // The convenor names the deputy that leads.
        var convenor = await OpenAsAsync(" · 召集人", screen);
        await convenor.GoAsync("/meetings");
        await convenor.FollowAsync($"{title}联席会议");
        await convenor.LookAsync("meeting-approve");
        await convenor.Content.Locator("select[name='Deputy']").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await convenor.DoAsync("同意召开");
        await convenor.SeesAsync("牵头副召集人");

        await desk.GoAsync(conference);
        await desk.DoAsync("起草会议通知");
        var notice = new Uri(desk.Page.Url).AbsolutePath;
        await desk.DoAsync("签发");
        await desk.DoAsync("登记用印");
        await desk.FollowAsync("送达");
        await desk.DoAsync("送达");

        // The department studies the papers and says who comes; the room shows what is discussed.
        var officer = await OpenAsAsync($"{Present[0]} · 联络员A", screen);
        await officer.GoAsync("/meetings");
        await officer.LookAsync("meetings");
        await officer.FollowAsync($"{title}联席会议");
        await officer.FollowAsync("填写回执");
        await officer.ChooseAsync("Announced", "Present");
        await officer.FillAsync("Names", "副局长");
        await officer.FillAsync("View", "由市场监管部门牵头,我局配合。");
        await officer.LookAsync("meeting-reply");
        await officer.DoAsync("提交回执");
        await officer.SeesAsync("我局配合");
        await officer.GoAsync(conference + "/room");
        await officer.SeesAsync(title);
        await officer.LookAsync("meeting-room");
        await officer.GoAsync("/meetings/topics");
        await officer.LookAsync("topics");
        await officer.GoAsync("/meetings/calendar");
        await officer.PressAsync(officer.Content.GetByRole(AriaRole.Region, new() { Name = "我的会议" }).GetByRole(AriaRole.Button));
        await officer.LookAsync("feeds");

        // The day of the conference: who was there, and what is to be done until tomorrow.
        product.GoTo(day, 17);
        desk = await OpenAsAsync("办公室工作人员", screen);
        await desk.GoAsync(conference);
        await desk.FollowAsync("登记召开");
        foreach (var presence in await desk.Content.Locator("select[name^='Presence-']").AllAsync()) await presence.SelectOptionAsync("Leave");
        foreach (var place in Present.Select(organ => desk.Content.Locator("fieldset", new() { HasText = organ })))
        {
            await place.Locator("select").SelectOptionAsync("Present");
            await place.Locator("input[name^='Names-']").FillAsync("副局长");
        }
        await desk.LookAsync("meeting-hold");
        await desk.DoAsync("登记召开");
        await desk.FollowAsync("起草纪要");
        await desk.FillAsync("Items1Text", task);
        await desk.SelectAsync("Items1Owner", Present[^1]);
        await desk.FillAsync("Items1DueOn", product.Day(1));
        await desk.LookAsync("minutes-form");
        await desk.DoAsync("送到会单位会签");
        foreach (var organ in Present)
        {
            var lead = await OpenAsAsync($"{organ} · 会商联络负责人", screen);
            await lead.GoAsync(conference);
            await lead.DoAsync("会签同意");
        }
        await desk.GoAsync(conference);
        await desk.DoAsync("签发并印发纪要");
        await desk.FollowAsync(task);
        var decision = new Uri(desk.Page.Url).AbsolutePath;
        await desk.SeesAsync("执行会商决定");
        await Assertions.Expect(desk.Content.Locator(".due-red")).ToHaveCountAsync(0);
        await desk.GoAsync(talk);
        await desk.SeesAsync("会议已经决定");

        // Nobody does it. A limit on a day off goes on to the next working day, which twelve days pass for certain. It is red where it is owed and where it was decided, and the breach is on record.
        product.GoTo(product.Day(12), 10);
        var debtor = await OpenAsAsync($"{Present[^1]} · 联络员A", screen);
        await debtor.GoAsync("/");
        var owed = debtor.Content.GetByRole(AriaRole.Row).Filter(new() { HasText = task });
        await Assertions.Expect(owed.Locator(".due-red")).ToContainTextAsync("逾期");
        await debtor.LookAsync("desk-decision-overdue");
        await debtor.GoAsync(decision);
        await Assertions.Expect(debtor.Content.Locator(".due-red")).ToContainTextAsync("逾期");
        await debtor.ComesAsync("时限届满未办结");
        await debtor.LookAsync("decision-overdue");
        desk = await OpenAsAsync("办公室工作人员", screen);
        await desk.GoAsync("/meetings?view=past&light=red");
        await desk.FollowAsync($"{title}联席会议");
        await desk.SeesAsync("逾期");
        await desk.LookAsync("meeting-held");
    }
}
