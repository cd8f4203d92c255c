using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Notice;
using Xunit;

namespace Liandong.Kernel.Tests.Duties;

public class DutyTests
{
    internal static readonly WorkCalendar National = WorkCalendar.National;

    /// <summary>Opened on a day, at nine in the morning.</summary>
    internal static Duty Open(Term limit, DateOnly from, DateOnly? given = null, WorkCalendar? calendar = null, TimeOnly? hour = null) =>
        Duty.Open("370102", Guid.CreateVersion7(Beijing.At(from, new(9, 0))), new DutyRule("test.rule", "办理", new Article("附件2 二(三)", "及时推送"), limit),
            limit, Guid.Empty, null, new Subject("case", Guid.Empty, "历审〔2026〕1号", "某事项"), Beijing.At(from, new(9, 0)), from, calendar ?? National, givenDay: given, givenTime: hour);

    private static string Code(Action act) => Assert.Throws<Refusal>(act).Code;

    [Fact]
    public void Overdue_is_a_question_of_the_hour_and_changes_nothing()
    {
        var duty = Open(new Term.Workdays(2), new(2026, 3, 5));
        Assert.False(duty.IsOverdueAt(Beijing.At(2026, 3, 9, 23, 59)));
        Assert.True(duty.IsOverdueAt(Beijing.At(2026, 3, 10)));
        Assert.True(duty.IsOpen);
        Assert.Null(duty.BreachedAt);
    }

    [Fact]
    public void The_breach_is_recorded_once()
    {
        var duty = Open(new Term.Workdays(2), new(2026, 3, 5));
        Assert.Throws<InvalidOperationException>(() => duty.RecordBreach(Beijing.At(2026, 3, 9, 23, 59)));
        Assert.True(duty.RecordBreach(Beijing.At(2026, 3, 10)));
        Assert.False(duty.RecordBreach(Beijing.At(2026, 3, 11)));
        Assert.Equal(Beijing.At(2026, 3, 10), duty.BreachedAt);
    }

    [Fact]
    public void A_late_discharge_before_the_sweep_does_not_hide_the_breach()
    {
        var duty = Open(new Term.Workdays(2), new(2026, 3, 5));
        duty.Discharge(Beijing.At(2026, 3, 10, 8), entry: 7);
        Assert.False(duty.IsOverdueAt(Beijing.At(2026, 3, 12)));
        Assert.True(duty.IsLateAt(Beijing.At(2026, 3, 12)));
        Assert.True(duty.RecordBreach(Beijing.At(2026, 3, 12)));
    }

    [Fact]
    public void A_duty_discharged_in_time_is_never_late()
    {
        var duty = Open(new Term.Workdays(2), new(2026, 3, 5));
        duty.Discharge(Beijing.At(2026, 3, 9, 23, 59), entry: 7);
        Assert.False(duty.IsLateAt(Beijing.At(2027, 1, 1)));
        Assert.Throws<InvalidOperationException>(() => duty.RecordBreach(Beijing.At(2027, 1, 1)));
    }

    [Fact]
    public void An_imported_notice_moves_the_date_and_leaves_a_trace() // mysociety/alaveteli#7292
    {
        var duty = Open(new Term.Workdays(2), new(2026, 12, 30));
        Assert.True(duty.Provisional);
        var announced = National.With(new YearNotice(2027, [], [new(new(2027, 1, 1), "元旦", true)]));
        var at = Beijing.At(2026, 11, 5);

        Assert.True(duty.Recount(announced, "2027年放假安排公布", at));
        Assert.Equal(new(2027, 1, 4), duty.DueOn);
        Assert.False(duty.Provisional);
        Assert.Equal([new DueChange(at, new(2027, 1, 1), new(2027, 1, 4), "2027年放假安排公布", announced.Version, Beijing.At(2027, 1, 2), Beijing.At(2027, 1, 5))], duty.Changes);
        Assert.Contains("元旦2027年1月1日放假", duty.Explanation);

        Assert.False(duty.Recount(announced, "再次导入", at));
        Assert.Single(duty.Changes);
    }

    [Fact]
    public void A_new_close_of_business_moves_the_last_moment_and_is_traced()
    {
        var duty = Open(new Term.Workdays(2), new(2026, 3, 5));
        Assert.True(duty.Recount(National.WithCloseOfBusiness(new(17, 30)), "下班时间调整", Beijing.At(2026, 3, 6)));
        Assert.Equal(Beijing.At(2026, 3, 9, 17, 30), duty.DueAt);
    }

    [Fact]
    public void A_breach_is_void_when_a_new_calendar_finds_the_duty_in_time()
    {
        var duty = Open(new Term.Workdays(2), new(2020, 1, 23), calendar: National.WithOverlay([new(new(2020, 2, 1), true, "原安排"), new(new(2020, 2, 2), true, "原安排")]));
        Assert.Equal(new(2020, 2, 2), duty.DueOn);
        Assert.True(duty.RecordBreach(Beijing.At(2020, 2, 3, 9)));
        duty.Recount(National, "延长春节假期", Beijing.At(2020, 2, 3, 10));
        Assert.Null(duty.BreachedAt);
        Assert.Equal(new(2020, 2, 4), duty.DueOn);
        Assert.True(duty.RecordBreach(Beijing.At(2020, 2, 5)));
    }

    [Fact]
    public void Suspension_has_its_rules()
    {
        var duty = Open(new Term.Workdays(5), new(2026, 3, 2));
        Assert.Equal("duty.not-suspended", Code(() => duty.Resume(new(2026, 3, 4), National)));
        Assert.Equal("duty.suspension-before-start", Code(() => duty.Suspend(new(2026, 3, 1), "听证", "", National)));
        Assert.Equal("duty.suspension-after-due", Code(() => duty.Suspend(new(2026, 3, 10), "听证", "", National)));
        Assert.Equal("reason.required", Code(() => duty.Suspend(new(2026, 3, 4), " ", "", National)));
        Assert.False(duty.IsPaused);

        duty.Suspend(new(2026, 3, 4), "听证", "行政许可法 第四十五条", National);
        Assert.Null(duty.DueOn);
        Assert.Null(duty.DueAt);
        Assert.Equal(Light.Paused, duty.LightAt(Beijing.At(2027, 1, 1)));
        Assert.False(duty.IsOverdueAt(Beijing.At(2027, 1, 1)));
        Assert.Equal("暂停中(听证),恢复后继续计算。", duty.Explanation);
        Assert.Equal("duty.already-suspended", Code(() => duty.Suspend(new(2026, 3, 5), "听证", "", National)));
        Assert.Equal("duty.resume-before-suspension", Code(() => duty.Resume(new(2026, 3, 3), National)));

        duty.Resume(new(2026, 3, 10), National);
        Assert.Equal(new(2026, 3, 13), duty.DueOn);
        Assert.Equal("duty.suspension-overlaps", Code(() => duty.Suspend(new(2026, 3, 9), "检验", "", National)));
    }

    [Fact]
    public void A_recorded_breach_is_not_undone_by_a_suspension_entered_afterwards()
    {
        var duty = Open(new Term.Workdays(2), new(2026, 3, 5));
        duty.RecordBreach(Beijing.At(2026, 3, 10));
        Assert.Equal("duty.suspension-after-due", Code(() => duty.Suspend(new(2026, 3, 6), "听证", "", National)));
    }

    [Fact]
    public void An_extension_comes_in_time_and_with_a_reason()
    {
        var duty = Open(new Term.Workdays(20), new(2026, 3, 2));
        Assert.Equal("duty.extension-not-positive", Code(() => duty.Extend(0, "复杂", "", null, Beijing.At(2026, 3, 20), National)));
        Assert.Equal("reason.required", Code(() => duty.Extend(10, "", "", null, Beijing.At(2026, 3, 20), National)));
        Assert.Equal("duty.extension-too-late", Code(() => duty.Extend(10, "复杂", "", null, Beijing.At(2026, 3, 31), National)));
        duty.Extend(10, "复杂", "行政许可法 第四十二条", null, Beijing.At(2026, 3, 30, 23), National);
        Assert.Equal(new(2026, 4, 14), duty.DueOn); // 4月4日至6日清明节
    }

    [Fact]
    public void A_refused_act_leaves_the_duty_as_it_was()
    {
        var duty = Open(new Term.Workdays(20), new(2026, 3, 2));
        Assert.Equal("calendar.count-out-of-range", Code(() => duty.Extend(WorkCalendar.GreatestCount, "复杂", "", null, Beijing.At(2026, 3, 20), National)));
        Assert.Empty(duty.Extensions);
        Assert.Equal(new(2026, 3, 30), duty.DueOn);
    }

    [Fact]
    public void A_named_day_is_moved_and_neither_suspended_nor_extended()
    {
        var duty = Open(new Term.SetByMeeting(), new(2026, 3, 2), given: new(2026, 3, 20));
        Assert.Equal("duty.day-is-named", Code(() => duty.Suspend(new(2026, 3, 4), "听证", "", National)));
        Assert.Equal("duty.day-is-named", Code(() => duty.Extend(5, "复杂", "", null, Beijing.At(2026, 3, 4), National)));
        Assert.Equal("reason.required", Code(() => duty.MoveTo(new(2026, 4, 5), "", Beijing.At(2026, 3, 4), National)));

        duty.MoveTo(new(2026, 4, 5), "联席会议同意延期", Beijing.At(2026, 3, 4), National);
        Assert.Equal(new(2026, 4, 7), duty.DueOn);
        Assert.Equal(new(2026, 4, 5), duty.GivenDay);
        Assert.Equal((new DateOnly(2026, 3, 20), new DateOnly(2026, 4, 7)), (duty.Changes[^1].Old!.Value, duty.Changes[^1].New!.Value));
    }

    [Fact]
    public void A_meeting_on_a_rest_day_begins_when_it_begins()
    {
        var duty = Open(new Term.FixedDay("会议召开"), new(2026, 3, 2), new(2026, 3, 7), National.WithCloseOfBusiness(new(17, 30)), new(19, 0));
        Assert.Equal((new DateOnly(2026, 3, 7), Beijing.At(2026, 3, 7, 19)), (duty.DueOn!.Value, duty.DueAt!.Value));
        Assert.False(duty.IsOverdueAt(Beijing.At(2026, 3, 7, 18, 59)));
        Assert.True(duty.IsOverdueAt(Beijing.At(2026, 3, 7, 19)));
        Assert.Equal("duty.day-is-named", Code(() => duty.Suspend(new(2026, 3, 4), "听证", "", National)));
        Assert.Equal("duty.day-is-named", Code(() => duty.Extend(5, "复杂", "", null, Beijing.At(2026, 3, 4), National)));
    }

    [Fact]
    public void Another_hour_of_the_same_day_leaves_a_trace_and_none_gives_the_whole_day()
    {
        var duty = Open(new Term.FixedDay("会议召开"), new(2026, 3, 2), new(2026, 3, 6), hour: new(9, 30));
        Assert.True(duty.RecordBreach(Beijing.At(2026, 3, 6, 9, 30)));

        duty.MoveTo(new(2026, 3, 6), "会议改期", Beijing.At(2026, 3, 6, 10), National, new(15, 0));
        Assert.Equal(Beijing.At(2026, 3, 6, 15), duty.DueAt);
        Assert.Equal(new DueChange(Beijing.At(2026, 3, 6, 10), new(2026, 3, 6), new(2026, 3, 6), "会议改期", National.Version, Beijing.At(2026, 3, 6, 9, 30), Beijing.At(2026, 3, 6, 15)), Assert.Single(duty.Changes));
        Assert.Null(duty.BreachedAt);

        duty.MoveTo(new(2026, 3, 6), "只定日期", Beijing.At(2026, 3, 6, 11), National);
        Assert.Equal((Beijing.EndOf(new(2026, 3, 6)), null), (duty.DueAt!.Value, duty.GivenTime));
    }

    [Fact]
    public void Every_limit_is_read_back_from_its_text() =>
        Assert.All<Term>([new Term.Workdays(3), new Term.Days(60), new Term.Promptly(5), new Term.Before("会议召开", 2) { InPrinciple = true }, new Term.FixedDay(), new Term.FixedDay("会议召开"), new Term.SetByMeeting()],
            term => Assert.Equal(term, Term.Parse(term.ToString())));

    [Fact]
    public void A_counted_limit_cannot_be_given_another_day() =>
        Assert.Equal("duty.limit-is-counted", Code(() => Open(new Term.Workdays(2), new(2026, 3, 2)).MoveTo(new(2026, 4, 5), "改期", Beijing.At(2026, 3, 3), National)));

    [Fact]
    public void A_reason_may_stand_in_only_where_the_limit_holds_in_principle()
    {
        Assert.Equal("duty.limit-is-strict", Code(() => Open(new Term.Workdays(2), new(2026, 3, 2)).StateOverrunReason("专家出差")));
        var duty = Open(new Term.Workdays(2) { InPrinciple = true }, new(2026, 3, 2));
        duty.StateOverrunReason(" 专家出差 ");
        Assert.Equal("专家出差", duty.OverrunReason);
    }

    [Fact]
    public void A_limit_that_differs_from_the_rule_is_marked_as_local()
    {
        var rule = new DutyRule("inspection.organise", "组织现场勘验", new Article("附件2 三(一)", "原则上在两个工作日内"), new Term.Workdays(2) { InPrinciple = true });
        var about = new Subject("case", Guid.Empty, "1", "某事项");
        Duty WithLimit(Term limit) => Duty.Open("370102", Guid.Empty, rule, limit, Guid.Empty, null, about, Beijing.At(2026, 3, 2, 9), new(2026, 3, 2), National);
        Assert.False(WithLimit(new Term.Workdays(2) { InPrinciple = true }).LocalNumber);
        Assert.True(WithLimit(new Term.Workdays(3) { InPrinciple = true }).LocalNumber);
        Assert.EndsWith("(附件2 三(一) · 本地约定)。", WithLimit(new Term.Workdays(1)).Explanation);
    }
}
