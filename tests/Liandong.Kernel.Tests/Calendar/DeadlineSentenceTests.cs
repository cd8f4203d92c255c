using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;
using Xunit;

namespace Liandong.Kernel.Tests.Calendar;

public class DeadlineSentenceTests
{
    private static string Sentence(Term limit, DateOnly start, DateOnly? given = null, int extra = 0, WorkCalendar? calendar = null, TimeOnly? hour = null, params Pause[] pauses) =>
        (calendar ?? WorkCalendar.National).Count(limit, start, pauses, extra, given, hour)!.Sentence;

    [Fact]
    public void National_Day_with_its_make_up_day() =>
        Assert.Equal("自2026-09-30次日起算2个工作日(国庆节10月1日至7日放假,10月10日调休上班),应于2026-10-09 24:00前完成", Sentence(new Term.Workdays(2), new(2026, 9, 30)));

    [Fact]
    public void A_plain_week_needs_no_remark() =>
        Assert.Equal("自2026-03-02次日起算2个工作日,应于2026-03-04 24:00前完成", Sentence(new Term.Workdays(2), new(2026, 3, 2)));

    [Fact]
    public void Few_weekends_are_named_and_many_are_summed()
    {
        Assert.Equal("自2026-03-05次日起算2个工作日(周末3月7日至8日),应于2026-03-09 24:00前完成", Sentence(new Term.Workdays(2), new(2026, 3, 5)));
        Assert.Equal("自2026-03-05次日起算10个工作日(周末3月7日至8日、3月14日至15日),应于2026-03-19 24:00前完成", Sentence(new Term.Workdays(10), new(2026, 3, 5)));
        Assert.Equal("自2026-03-02次日起算20个工作日(周末共8天),应于2026-03-30 24:00前完成", Sentence(new Term.Workdays(20), new(2026, 3, 2)));
    }

    [Fact]
    public void A_make_up_day_that_was_counted_is_named() =>
        Assert.Equal("自2026-02-13次日起算2个工作日(春节2月15日至23日放假,2月14日、2月28日调休上班),应于2026-02-24 24:00前完成", Sentence(new Term.Workdays(2), new(2026, 2, 13)));

    [Fact]
    public void The_turn_of_the_year_is_written_out() =>
        Assert.Equal("自2022-12-29次日起算2个工作日(元旦12月31日至2023年1月2日放假),应于2023-01-03 24:00前完成", Sentence(new Term.Workdays(2), new(2022, 12, 29)));

    [Fact]
    public void Calendar_days_say_how_the_end_moved() =>
        Assert.Equal("自2026-03-05次日起算10日(周末3月15日,末日顺延至3月16日),应于2026-03-16 24:00前完成", Sentence(new Term.Days(10), new(2026, 3, 5)));

    [Fact]
    public void An_extension_and_a_suspension_are_told() =>
        Assert.Equal("自2026-03-02次日起算5个工作日、延长2个工作日(3月5日至10日暂停(专家论证),周末3月14日至15日),应于2026-03-17 24:00前完成",
            Sentence(new Term.Workdays(5), new(2026, 3, 2), extra: 2, pauses: new Pause(new(2026, 3, 4), new(2026, 3, 10), "专家论证", "")));

    [Fact]
    public void A_named_day_says_who_named_it()
    {
        Assert.Equal("文件载明的日期为2026-03-12,应于2026-03-12 24:00前完成", Sentence(new Term.FixedDay(), new(2026, 3, 2), new(2026, 3, 12)));
        Assert.Equal("会议确定的责任期限为2026-10-03(国庆节10月3日至7日放假,末日顺延至10月8日),应于2026-10-08 24:00前完成", Sentence(new Term.SetByMeeting(), new(2026, 9, 1), new(2026, 10, 3)));
    }

    [Fact]
    public void A_named_hour_is_said_and_does_not_move_from_a_rest_day()
    {
        Assert.Equal("会议召开定于2026-03-10 14:30,应于2026-03-10 14:30前完成", Sentence(new Term.FixedDay("会议召开"), new(2026, 3, 2), new(2026, 3, 10), hour: new(14, 30)));
        Assert.Equal("文件载明的时间为2026-03-07 09:00,应于2026-03-07 09:00前完成", Sentence(new Term.FixedDay(), new(2026, 3, 2), new(2026, 3, 7), hour: new(9, 0)));
        Assert.Equal("会议召开定于2027-03-07 09:00,应于2027-03-07 09:00前完成", Sentence(new Term.FixedDay("会议召开"), new(2026, 12, 2), new(2027, 3, 7), hour: new(9, 0)));
    }

    [Fact]
    public void What_is_due_on_the_day_of_the_event_is_due_before_it() =>
        Assert.Equal("会议召开定于2026-03-10 14:30,此前须留足2个工作日(周末3月7日至8日,倒推至3月5日,已不足此数,应当日办理),应于2026-03-10 14:30前完成",
            Sentence(new Term.Before("会议召开", 2), new(2026, 3, 10), new(2026, 3, 10), hour: new(14, 30)));

    [Fact]
    public void Counting_back_says_from_what() =>
        Assert.Equal("会议召开定于2026-03-10,此前须留足2个工作日(周末3月7日至8日),应于2026-03-05 24:00前完成", Sentence(new Term.Before("会议召开", 2), new(2026, 3, 2), new(2026, 3, 10)));

    [Fact]
    public void A_year_not_announced_is_said_to_be_so() =>
        Assert.Equal("自2026-12-30次日起算2个工作日,应于2027-01-01 24:00前完成(2027年放假安排尚未公布,暂按周末推算)", Sentence(new Term.Workdays(2), new(2026, 12, 30)));

    [Fact]
    public void A_year_before_the_first_notice_is_not_called_unannounced() =>
        Assert.EndsWith("(日历未收录2016年放假安排,暂按周末推算)", Sentence(new Term.Workdays(2), new(2016, 3, 1)));

    [Fact]
    public void Local_days_carry_the_districts_reason()
    {
        var local = WorkCalendar.National.WithOverlay([new(new(2026, 3, 4), false, "全市防汛"), new(new(2026, 3, 7), true, "全市补班")]);
        Assert.Equal("自2026-03-03次日起算3个工作日(全市防汛3月4日放假,全市补班3月7日上班),应于2026-03-07 24:00前完成", Sentence(new Term.Workdays(3), new(2026, 3, 3), calendar: local));
    }

    [Fact]
    public void The_close_of_business_is_told() =>
        Assert.EndsWith("应于2026-03-04 17:30前完成", Sentence(new Term.Workdays(2), new(2026, 3, 2), calendar: WorkCalendar.National.WithCloseOfBusiness(new(17, 30))));

    [Fact]
    public void The_citation_marks_a_number_that_the_text_does_not_give()
    {
        var deadline = WorkCalendar.National.Count(new Term.Promptly(3), new(2026, 3, 2), [])!;
        Assert.Equal("自2026-03-02次日起算3个工作日,应于2026-03-05 24:00前完成(附件2 二(三) · 本地约定)。", deadline.Explain("附件2 二(三)", localNumber: true));
        Assert.EndsWith("前完成(附件2 三(一))。", deadline.Explain("附件2 三(一)", localNumber: false));
        Assert.EndsWith("前完成(本地约定)。", deadline.Explain("本地约定", localNumber: true));
    }
}
