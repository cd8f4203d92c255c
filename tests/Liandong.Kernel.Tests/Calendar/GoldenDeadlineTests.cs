using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;
using Xunit;

namespace Liandong.Kernel.Tests.Calendar;

/// <summary>
/// Deadlines worked out by hand: one for each fault that users of other systems have reported, and one for each trap of the
/// Chinese calendar.
/// </summary>
public class GoldenDeadlineTests
{
    private static readonly WorkCalendar National = WorkCalendar.National;

    private static Deadline Workdays(int count, DateOnly start, int extra = 0, WorkCalendar? calendar = null, params Pause[] pauses) =>
        (calendar ?? National).Count(new Term.Workdays(count), start, pauses, extra)!;

    private static Deadline Days(int count, DateOnly start, int extra = 0, params Pause[] pauses) => National.Count(new Term.Days(count), start, pauses, extra)!;

    // Faults reported elsewhere.

    [Fact]
    public void A_working_day_is_a_day_and_not_24_hours_of_business() => // jmix-framework/jmix#790
        Assert.Equal(new(2026, 3, 3), Workdays(1, new(2026, 3, 2)).DueOn);

    [Fact]
    public void No_limit_ends_on_a_Sunday() => // GBLS/docassemble-MAEvictionDefense#355
        Assert.Equal(new(2026, 3, 16), Days(10, new(2026, 3, 5)).DueOn);

    [Fact]
    public void Calendar_days_that_end_on_a_holiday_move_to_the_next_working_day() => // department-of-veterans-affairs/caseflow#14285
        Assert.Equal(new(2026, 10, 8), Days(30, new(2026, 9, 1)).DueOn);

    [Fact]
    public void The_end_moves_over_a_weekend_and_the_holiday_behind_it() => // bcgov/tfrs#2862: Sunday, then a holiday Monday
        Assert.Equal(new(2025, 6, 3), Days(5, new(2025, 5, 26)).DueOn);

    [Fact]
    public void A_Saturday_on_which_people_work_counts() => // VietOpenCPS/opencps-v2#1149, glpi-project/glpi#467
        Assert.Equal(new(2026, 2, 24), Workdays(2, new(2026, 2, 13)).DueOn); // 2月14日上班, 15日至23日春节

    [Fact]
    public void What_came_on_Friday_is_not_late_on_Monday() // dhenry-KCI/FredCo-Post-Go-Live-#213
    {
        var deadline = Workdays(1, new(2026, 3, 6));
        Assert.Equal(new(2026, 3, 9), deadline.DueOn);
        Assert.True(Beijing.At(2026, 3, 9, 23, 59) < deadline.DueAt);
        Assert.Equal(Beijing.At(2026, 3, 10), deadline.DueAt);
    }

    [Fact]
    public void A_holiday_among_the_added_days_is_skipped_too() // the extension of a determination period, as in BOPS
    {
        Assert.Equal(new(2026, 9, 29), Workdays(20, new(2026, 9, 1)).DueOn); // 9月20日上班, 25日至27日中秋节
        Assert.Equal(new(2026, 10, 19), Workdays(20, new(2026, 9, 1), extra: 10).DueOn); // 10月1日至7日国庆节, 10日上班
    }

    [Fact]
    public void An_extension_is_counted_from_the_start_and_not_from_the_moved_end() => // hmcts/cmc-claim-store#39
        Assert.Equal(new(2026, 3, 20), Days(10, new(2026, 3, 5), extra: 5).DueOn);

    [Fact]
    public void Days_of_a_suspension_come_on_top() => // open-zaak/open-zaak#885
        Assert.Equal(new(2026, 3, 13), Workdays(5, new(2026, 3, 2), pauses: new Pause(new(2026, 3, 4), new(2026, 3, 10), "专家论证", "行政许可法 第四十五条")).DueOn);

    [Fact]
    public void There_may_be_more_than_one_suspension() => // ZAC knows one only
        Assert.Equal(new(2026, 3, 16), Workdays(5, new(2026, 3, 2), 0, null,
            new Pause(new(2026, 3, 3), new(2026, 3, 5), "检验", ""), new Pause(new(2026, 3, 9), new(2026, 3, 12), "听证", "")).DueOn);

    [Fact]
    public void A_suspension_that_fell_on_rest_days_costs_nothing() => // VNG-Realisatie/gemma-zaken#436: working days, not days
        Assert.Equal(Workdays(5, new(2026, 3, 2)).DueOn, Workdays(5, new(2026, 3, 2), pauses: new Pause(new(2026, 3, 6), new(2026, 3, 8), "检验", "")).DueOn);

    [Fact]
    public void Suspension_and_extension_add_up() => // VNG-Realisatie/gemma-zaken#690, #1953
        Assert.Equal(new(2026, 3, 17), Workdays(5, new(2026, 3, 2), 2, null, new Pause(new(2026, 3, 4), new(2026, 3, 10), "检验", "")).DueOn);

    [Fact]
    public void A_holiday_announced_later_gives_another_date_under_another_version() // mysociety/alaveteli#7292
    {
        var announced = National.WithOverlay([new LocalDay(new(2026, 3, 4), IsWorkday: false, "全市放假一天")]);
        Assert.Equal(new(2026, 3, 4), Workdays(2, new(2026, 3, 2)).DueOn);
        Assert.Equal(new(2026, 3, 5), Workdays(2, new(2026, 3, 2), calendar: announced).DueOn);
        Assert.NotEqual(National.Version, announced.Version);
    }

    // Acceptance after hours and on rest days.

    [Fact]
    public void Acceptance_late_in_the_evening_still_belongs_to_the_day()
    {
        var accepted = Beijing.DayOf(Beijing.At(2026, 3, 5, 23, 30));
        Assert.Equal(new(2026, 3, 9), Workdays(2, accepted).DueOn);
    }

    [Fact]
    public void The_day_is_the_Beijing_day_and_not_the_day_of_the_server()
    {
        var accepted = Beijing.DayOf(new DateTimeOffset(2026, 3, 5, 16, 30, 0, TimeSpan.Zero));
        Assert.Equal(new(2026, 3, 6), accepted);
        Assert.Equal(new(2026, 3, 10), Workdays(2, accepted).DueOn);
    }

    [Theory]
    [InlineData("2026-03-07", 2, "2026-03-10")] // a Saturday
    [InlineData("2026-03-08", 2, "2026-03-10")] // a Sunday
    [InlineData("2026-10-03", 2, "2026-10-09")] // within National Day
    [InlineData("2026-10-10", 1, "2026-10-12")] // a make-up Saturday
    public void Acceptance_on_a_special_day_starts_the_next_day(string start, int count, string due) =>
        Assert.Equal(DateOnly.Parse(due), Workdays(count, DateOnly.Parse(start)).DueOn);

    // Traps of the Chinese calendar.

    [Fact]
    public void The_notice_of_2019_governs_the_end_of_2018() =>
        Assert.Equal(new(2019, 1, 2), Workdays(2, new(2018, 12, 28)).DueOn); // 12月29日上班

    [Fact]
    public void The_notice_of_2023_governs_the_last_day_of_2022()
    {
        Assert.Equal(DayKind.Holiday, National.Look(new(2022, 12, 31)).Kind);
        Assert.Equal(new(2023, 1, 3), Workdays(1, new(2022, 12, 30)).DueOn);
    }

    [Fact]
    public void Where_two_notices_settle_one_day_the_later_year_has_the_word()
    {
        YearNotice earlier = new(2026, [], [new(new(2026, 12, 31), "国庆节", true), new(new(2026, 12, 26), "国庆节", false)]);
        YearNotice later = new(2027, [], [new(new(2026, 12, 31), "元旦", false), new(new(2026, 12, 26), "元旦", true)]);
        Assert.All<WorkCalendar>([WorkCalendar.Make([earlier, later]), WorkCalendar.Make([later, earlier])], calendar =>
        {
            Assert.Equal(DayKind.Workday, calendar.Look(new(2026, 12, 31)).Kind);
            Assert.Equal(new DayFact(new(2026, 12, 26), DayKind.Holiday, "元旦"), calendar.Look(new(2026, 12, 26)));
        });
    }

    [Fact]
    public void New_Years_Eve_of_2024_was_a_working_day() => // 除夕 2月9日
        Assert.Equal(new(2024, 2, 9), Workdays(1, new(2024, 2, 8)).DueOn);

    [Fact]
    public void A_weekend_in_a_long_break_is_off_though_no_notice_lists_it()
    {
        Assert.Equal(new DayFact(new(2019, 4, 6), DayKind.Weekend, "周末"), National.Look(new(2019, 4, 6)));
        Assert.Equal(new(2019, 4, 8), Workdays(1, new(2019, 4, 4)).DueOn);
    }

    [Fact]
    public void The_Monday_on_which_work_began_again_in_2020_is_an_ordinary_working_day() =>
        Assert.Equal(DayKind.Workday, National.Look(new(2020, 2, 3)).Kind);

    [Fact]
    public void Labour_Day_2019_changed_in_March()
    {
        // Before the change of 22 March 2019: one day off and no make-up days.
        var shipped = National.Notices.Single(n => n.Year == 2019);
        var before = National.With(shipped with { Days = [.. shipped.Days.Where(d => d.Name != "劳动节"), new NoticeDay(new(2019, 5, 1), "劳动节", IsOffDay: true)] });

        Assert.Equal(new(2019, 5, 3), Workdays(4, new(2019, 4, 26), calendar: before).DueOn);
        Assert.Equal(new(2019, 5, 5), Workdays(4, new(2019, 4, 26)).DueOn); // 4月28日、5月5日上班
        Assert.NotEqual(before.Version, National.Version);
        Assert.Equal(National.Version, before.With(shipped).Version);
    }

    [Fact]
    public void Spring_Festival_2020_was_prolonged_while_it_lasted()
    {
        var shipped = National.Notices.Single(n => n.Year == 2020);
        List<NoticeDay> festival = [new(new(2020, 1, 19), "春节", false), new(new(2020, 2, 1), "春节", false)];
        for (var day = 24; day <= 30; day++) festival.Add(new(new(2020, 1, day), "春节", true));
        var before = National.With(shipped with { Days = [.. shipped.Days.Where(d => d.Name != "春节"), .. festival] });

        Assert.Equal(new(2020, 2, 1), Workdays(2, new(2020, 1, 23), calendar: before).DueOn);
        Assert.Equal(new(2020, 2, 4), Workdays(2, new(2020, 1, 23)).DueOn);
    }

    [Fact]
    public void A_province_may_prolong_a_holiday_over_the_national_calendar()
    {
        var local = National.WithOverlay([.. Enumerable.Range(3, 7).Select(d => new LocalDay(new(2020, 2, d), IsWorkday: false, "延迟复工"))]);
        Assert.Equal(new(2020, 2, 11), Workdays(2, new(2020, 1, 23), calendar: local).DueOn);
        Assert.Equal(DayKind.LocalRest, local.Look(new(2020, 2, 3)).Kind);
        Assert.Equal(DayKind.Weekend, local.Look(new(2020, 2, 8)).Kind); // it was off already
    }

    [Fact]
    public void A_district_may_work_on_a_day_of_rest()
    {
        var local = National.WithOverlay([new LocalDay(new(2026, 3, 7), IsWorkday: true, "集中攻坚")]);
        Assert.Equal(new(2026, 3, 7), Workdays(1, new(2026, 3, 6), calendar: local).DueOn);
        Assert.Equal(DayKind.LocalWorkday, local.Look(new(2026, 3, 7)).Kind);
    }

    [Fact]
    public void A_year_without_a_notice_is_provisional_and_becomes_firm()
    {
        var start = new DateOnly(2026, 12, 30);
        Assert.False(Workdays(1, start).Provisional);
        var provisional = Workdays(2, start);
        Assert.True(provisional.Provisional);
        Assert.Equal(new(2027, 1, 1), provisional.DueOn); // a Friday: nobody has said yet that it is New Year's Day

        var announced = National.With(new YearNotice(2027, [], [new(new(2027, 1, 1), "元旦", true), new(new(2027, 1, 2), "元旦", true), new(new(2027, 1, 3), "元旦", true)]));
        var firm = Workdays(2, start, calendar: announced);
        Assert.False(firm.Provisional);
        Assert.Equal(new(2027, 1, 4), firm.DueOn);
        Assert.StartsWith("CN2018-2027·", announced.Version);
    }

    // The notice's own limits and the statutes'.

    [Fact]
    public void Two_days_to_organise_the_inspection_three_for_the_review_two_for_the_opinion() // 附件2 三(一)
    {
        var accepted = new DateOnly(2026, 3, 5);
        Assert.Equal(new(2026, 3, 9), Workdays(2, accepted).DueOn);
        Assert.Equal(new(2026, 3, 10), Workdays(3, accepted).DueOn);
        Assert.Equal(new(2026, 3, 11), Workdays(2, new(2026, 3, 9)).DueOn);
    }

    [Fact]
    public void Ninety_days_of_the_penalty_law_are_calendar_days() => // 行政处罚法 第六十条、第八十五条
        Assert.Equal(new(2026, 6, 1), Days(90, new(2026, 3, 3)).DueOn);

    [Fact]
    public void Papers_go_out_two_whole_working_days_before_the_meeting()
    {
        var deadline = National.Count(new Term.Before("会议召开", 2), new(2026, 3, 2), [], given: new(2026, 3, 10))!;
        Assert.Equal(new(2026, 3, 5), deadline.DueOn); // Thursday; Friday and Monday lie between
        Assert.Equal([new SkippedDay(new(2026, 3, 7), "周末"), new SkippedDay(new(2026, 3, 8), "周末")], deadline.Skipped);
    }

    [Fact]
    public void A_meeting_called_at_short_notice_is_due_at_once_and_not_before_it_was_called()
    {
        var deadline = National.Count(new Term.Before("会议召开", 2), new(2026, 3, 9), [], given: new(2026, 3, 10))!;
        Assert.Equal(new(2026, 3, 9), deadline.DueOn);
        Assert.Contains("应当日办理", deadline.Sentence);
    }

    [Theory]
    [InlineData("2026-03-12", "2026-03-12")]
    [InlineData("2026-10-03", "2026-10-08")]
    [InlineData("2026-02-28", "2026-02-28")] // a Saturday on which people work
    public void A_named_day_moves_off_a_day_of_rest(string named, string due)
    {
        Assert.Equal(DateOnly.Parse(due), National.Count(new Term.FixedDay(), new(2026, 2, 2), [], given: DateOnly.Parse(named))!.DueOn);
        Assert.Equal(DateOnly.Parse(due), National.Count(new Term.SetByMeeting(), new(2026, 2, 2), [], given: DateOnly.Parse(named))!.DueOn);
    }

    [Fact]
    public void A_named_day_that_has_passed_stays_the_day_that_the_document_names() =>
        Assert.Equal(new(2026, 3, 2), National.Count(new Term.FixedDay(), new(2026, 3, 5), [], given: new(2026, 3, 2))!.DueOn);

    [Fact]
    public void No_days_mean_the_day_itself_or_the_next_working_day()
    {
        Assert.Equal(new(2026, 3, 5), Workdays(0, new(2026, 3, 5)).DueOn);
        Assert.Equal(new(2026, 3, 9), Workdays(0, new(2026, 3, 7)).DueOn);
        Assert.Equal(new(2026, 3, 9), Days(0, new(2026, 3, 7)).DueOn);
    }

    [Fact]
    public void A_suspension_on_the_last_day_leaves_that_day_over()
    {
        var pause = new Pause(new(2026, 3, 4), new(2026, 3, 10), "专家论证", "");
        var deadline = Workdays(2, new(2026, 3, 2), pauses: pause);
        Assert.Equal(new(2026, 3, 11), deadline.DueOn);
        Assert.Equal([new DateOnly(2026, 3, 3), new DateOnly(2026, 3, 11)], deadline.Counted);
    }

    [Fact]
    public void While_a_suspension_lasts_nobody_can_say() =>
        Assert.Null(National.Count(new Term.Workdays(5), new(2026, 3, 2), [new Pause(new(2026, 3, 3), null, "听证", "")]));

    [Fact]
    public void The_last_moment_is_midnight_or_the_close_of_business()
    {
        Assert.Equal(Beijing.At(2026, 10, 10), Workdays(2, new(2026, 9, 30)).DueAt);
        var office = National.WithCloseOfBusiness(new TimeOnly(17, 30));
        var deadline = Workdays(1, new(2026, 3, 2), calendar: office);
        Assert.Equal(Beijing.At(2026, 3, 3, 17, 30), deadline.DueAt);
        Assert.Equal(Beijing.At(2026, 3, 3, 8, 45), deadline.HalfAt);
        Assert.Equal(Beijing.At(2026, 3, 3, 14), deadline.EightyAt);
    }

    [Fact]
    public void Half_and_four_fifths_are_of_the_counted_days_only()
    {
        var deadline = Workdays(2, new(2026, 9, 30)); // counted: 10-08 and 10-09
        Assert.Equal(Beijing.At(2026, 10, 9), deadline.HalfAt);
        Assert.Equal(Beijing.At(2026, 10, 9, 14, 24), deadline.EightyAt);

        var overWeekend = Workdays(2, new(2026, 3, 5)); // Friday and Monday
        Assert.Equal(Beijing.At(2026, 3, 7), overWeekend.HalfAt); // when Friday is over
    }

    // Inputs that cannot be counted.

    [Theory]
    [InlineData(-1, "calendar.count-out-of-range")]
    [InlineData(int.MaxValue, "calendar.count-out-of-range")]
    public void A_count_out_of_range_is_refused(int count, string code) =>
        Assert.Equal(code, Assert.Throws<Refusal>(() => Workdays(count, new(2026, 3, 2))).Code);

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    public void A_day_out_of_range_is_refused(string start) =>
        Assert.Equal("calendar.date-out-of-range", Assert.Throws<Refusal>(() => Workdays(5, DateOnly.Parse(start))).Code);

    [Fact]
    public void A_named_day_has_to_be_named() =>
        Assert.Equal("calendar.day-required", Assert.Throws<Refusal>(() => National.Count(new Term.FixedDay(), new(2026, 3, 2), [])).Code);
}
