using Liandong.Kernel.Calendar;
using Xunit;

namespace Liandong.Kernel.Tests.Calendar;

public class YearNoticeTests
{
    [Fact]
    public void Reads_the_format_in_which_notices_are_published()
    {
        var notice = YearNotice.Parse("""
            { "$schema": "…", "year": 2027, "papers": ["https://www.gov.cn/2027"],
              "days": [ { "name": "元旦", "date": "2026-12-27", "isOffDay": false }, { "name": "元旦", "date": "2027-01-01", "isOffDay": true } ] }
            """);
        Assert.Equal(2027, notice.Year);
        Assert.True(notice.IsAnnounced);
        Assert.Equal(["https://www.gov.cn/2027"], notice.Papers);
        Assert.Equal([new NoticeDay(new(2026, 12, 27), "元旦", false), new NoticeDay(new(2027, 1, 1), "元旦", true)], notice.Days);
    }

    [Fact]
    public void A_file_without_days_is_a_year_not_yet_announced() =>
        Assert.False(YearNotice.Parse("""{ "year": 2027, "papers": [], "days": [] }""").IsAnnounced);

    [Theory]
    [InlineData("", "不是有效的 JSON")]
    [InlineData("{ \"year\": 2027,\n \"days\": [ }", "第2行")]
    [InlineData("[]", "JSON 对象")]
    [InlineData("""{ "days": [] }""", "year")]
    [InlineData("""{ "year": "2027", "days": [] }""", "year")]
    [InlineData("""{ "year": 27, "days": [] }""", "27")]
    [InlineData("""{ "year": 2027 }""", "days")]
    [InlineData("""{ "year": 2027, "papers": "x", "days": [] }""", "papers")]
    [InlineData("""{ "year": 2027, "papers": [1], "days": [] }""", "papers 第1项")]
    [InlineData("""{ "year": 2027, "days": [ "2027-01-01" ] }""", "days 第1项")]
    [InlineData("""{ "year": 2027, "days": [ { "name": "元旦", "date": "2027-1-1", "isOffDay": true } ] }""", "days 第1项的 date")]
    [InlineData("""{ "year": 2027, "days": [ { "name": "元旦", "date": "2027-02-30", "isOffDay": true } ] }""", "days 第1项的 date")]
    [InlineData("""{ "year": 2027, "days": [ { "name": " ", "date": "2027-01-01", "isOffDay": true } ] }""", "2027-01-01")]
    [InlineData("""{ "year": 2027, "days": [ { "name": "元旦", "date": "2027-01-01", "isOffDay": "yes" } ] }""", "isOffDay")]
    [InlineData("""{ "year": 2027, "days": [ { "name": "元旦", "date": "2027-01-01" } ] }""", "isOffDay")]
    [InlineData("""{ "year": 2027, "days": [ { "name": "国庆节", "date": "2026-10-01", "isOffDay": true } ] }""", "不属于 2027 年")]
    [InlineData("""{ "year": 2027, "days": [ { "name": "元旦", "date": "2028-02-01", "isOffDay": true } ] }""", "不属于 2027 年")]
    [InlineData("""{ "year": 2027, "days": [ { "name": "元旦", "date": "2027-01-01", "isOffDay": true }, { "name": "元旦", "date": "2027-01-01", "isOffDay": true } ] }""", "重复")]
    [InlineData("""{ "year": 2027, "days": [ { "name": "元旦", "date": "2027-01-02", "isOffDay": true }, { "name": "元旦", "date": "2027-01-02", "isOffDay": false } ] }""", "既列为放假又列为上班")]
    [InlineData("""{ "year": 2027, "days": [ { "name": "春节", "date": "2027-02-17", "isOffDay": false } ] }""", "本来就是工作日")]
    public void Says_what_is_wrong_and_where(string json, string place)
    {
        var refusal = Assert.Throws<Refusal>(() => YearNotice.Parse(json));
        Assert.Equal("calendar.invalid-notice", refusal.Code);
        Assert.Contains(place, refusal.Message);
        Assert.EndsWith("。", refusal.Message);
    }

    [Fact]
    public void A_weekday_may_be_listed_as_working_only_where_work_begins_again_after_a_break() // 2020-02-03
    {
        var notice = YearNotice.Parse("""
            { "year": 2027, "days": [ { "name": "春节", "date": "2027-02-14", "isOffDay": true }, { "name": "春节", "date": "2027-02-15", "isOffDay": false } ] }
            """);
        Assert.Equal(DayKind.Workday, WorkCalendar.Make([notice]).Look(new(2027, 2, 15)).Kind);
    }

    [Fact]
    public void Every_notice_that_is_shipped_has_its_paper()
    {
        Assert.Equal(Enumerable.Range(2018, 9), WorkCalendar.National.Notices.Where(n => n.IsAnnounced).Select(n => n.Year));
        Assert.All(WorkCalendar.National.Notices.Where(n => n.IsAnnounced), n => Assert.NotEmpty(n.Papers));
    }
}
