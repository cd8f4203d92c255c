using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Notice;
using Liandong.Shared;
using Xunit;

namespace Liandong.Tests.Shared;

public sealed class DueBadgeTests
{
    private static readonly DateTimeOffset Now = Beijing.At(2026, 10, 8, 10);

    [Fact]
    public async Task A_running_limit_says_the_working_days_left_and_the_last_moment()
    {
        Assert.Equal("剩 1 工作日 · 10月9日 24:00", await FaceAsync(Light.Amber, 1, new(2026, 10, 9)));
    }

    [Fact]
    public async Task The_last_day_is_called_today()
    {
        Assert.Equal("今天 24:00 到期", await FaceAsync(Light.Amber, 0, new(2026, 10, 8)));
    }

    [Fact]
    public async Task A_district_that_closes_earlier_says_its_own_hour()
    {
        Assert.Equal("今天 17:30 到期", await FaceAsync(Light.Amber, 0, new(2026, 10, 8), Beijing.At(2026, 10, 8, 17, 30)));
    }

    [Fact]
    public async Task A_past_limit_says_by_how_many_working_days()
    {
        Assert.Equal("逾期 2 工作日 · 9月29日 24:00", await FaceAsync(Light.Red, -2, new(2026, 9, 29)));
    }

    [Fact]
    public async Task A_limit_past_by_rest_days_alone_is_overdue_without_a_count()
    {
        Assert.Equal("已逾期 · 9月30日 24:00", await FaceAsync(Light.Red, 0, new(2026, 9, 30)));
    }

    [Fact]
    public async Task A_suspended_limit_says_why_and_no_day()
    {
        var html = await Drawing.HtmlOfAsync<DueBadge>(new() { ["Paused"] = true, ["PauseReason"] = "专家论证" });
        Assert.Equal("暂停中(专家论证)", Drawing.Words(html));
    }

    [Fact]
    public async Task An_hour_on_a_rest_day_is_said_with_its_day_and_not_called_today()
    {
        var duty = Duty.Open("370102", Guid.Empty, new DutyRule("test.rule", "办理", new Article("附件1 三", ""), new Term.FixedDay("会议召开")), new Term.FixedDay("会议召开"), Guid.Empty, null,
            new Subject("meeting", Guid.Empty, "1", "会"), Beijing.At(2026, 3, 2, 9), new(2026, 3, 2), WorkCalendar.National, givenDay: new(2026, 3, 7), givenTime: new(14, 30));
        async Task<string> FaceAtAsync(DateTimeOffset now) =>
            Drawing.Words(await Drawing.HtmlOfAsync<DueBadge>(new() { ["Facts"] = DueFacts.Of(duty, now, WorkCalendar.National) with { Explanation = "", Clause = "" } }));

        Assert.Equal("剩 1 工作日 · 3月7日 14:30", await FaceAtAsync(Beijing.At(2026, 3, 5, 10)));
        Assert.Equal("3月7日 14:30到期", await FaceAtAsync(Beijing.At(2026, 3, 6, 10)));
        Assert.Equal("今天 14:30 到期", await FaceAtAsync(Beijing.At(2026, 3, 7, 10)));
        Assert.Equal("已逾期 · 3月7日 14:30", await FaceAtAsync(Beijing.At(2026, 3, 7, 15)));
    }

    [Fact]
    public void A_table_gives_the_hour_only_where_the_day_does_not_last()
    {
        Assert.Equal("2026-03-06 09:30", ChineseDates.PlainLastDay(new(2026, 3, 6), Beijing.At(2026, 3, 6, 9, 30)));
        Assert.Equal("2026-03-06", ChineseDates.PlainLastDay(new(2026, 3, 6), Beijing.EndOf(new(2026, 3, 6))));
    }

    [Fact]
    public async Task Opened_it_shows_the_sentence_the_days_counted_and_skipped_and_the_article()
    {
        var deadline = WorkCalendar.National.Count(new Term.Workdays(2), new(2026, 9, 30), [])!;
        var facts = new DueFacts(deadline.DueOn, deadline.DueAt, Light.Yellow, DueFacts.Left(deadline.DueOn, Beijing.DayOf(Now), WorkCalendar.National),
            deadline.Explain("附件2 三(一)", false), "附件2 三(一)", "L3.1", Days: StripDay.Of(deadline));

        var html = await Drawing.HtmlOfAsync<DueBadge>(new() { ["Facts"] = facts });

        Assert.Contains(deadline.Explain("附件2 三(一)", false), html, StringComparison.Ordinal);
        Assert.Contains("href=\"/notice#L3.1\"", html, StringComparison.Ordinal);
        Assert.Equal(deadline.Counted.Count, html.Split("strip-counted").Length - 1);
        Assert.Contains("2026年10月1日 周四 国庆节", html, StringComparison.Ordinal);
        Assert.Equal(1, html.Split("strip-last").Length - 1);
        Assert.Equal(1, facts.WorkdaysLeft);
    }

    private static async Task<string> FaceAsync(Light light, int left, DateOnly on, DateTimeOffset? at = null) =>
        Drawing.Words(await Drawing.HtmlOfAsync<DueBadge>(new() { ["Light"] = light, ["WorkdaysLeft"] = left, ["DueOn"] = on, ["DueAt"] = at ?? Beijing.EndOf(on) }));
}
