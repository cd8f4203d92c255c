using Liandong.Shared;
using Xunit;

namespace Liandong.Tests.Shared;

public sealed class ListTests
{
    private sealed record Row(string Number, string Party);

    private static readonly Row[] Rows = [new("历审推〔2026〕1号", "甲公司"), new("历审推〔2026〕2号", "<b>乙</b>公司")];

    [Fact]
    public void Changing_the_filter_of_an_address_keeps_the_rest_and_goes_back_to_the_start()
    {
        var address = Address.With("http://localhost/pushes?state=待认领&organ=a&organ=b&after=77", ("size", "50"));
        Assert.Equal("/pushes?state=%E5%BE%85%E8%AE%A4%E9%A2%86&organ=a&organ=b&size=50", address);
    }

    [Fact]
    public void A_value_of_null_takes_the_name_away()
    {
        Assert.Equal("/pushes", Address.With("http://localhost/pushes?sort=due", ("sort", null)));
        Assert.Equal("/pushes?after=9", Address.With("http://localhost/pushes", ("after", "9")));
    }

    [Fact]
    public async Task The_head_of_a_sorted_column_leads_to_the_other_direction()
    {
        var html = await ListAsync("/pushes?sort=party&after=9", sort: "party");
        Assert.Contains("href=\"/pushes?sort=-party\"", html, StringComparison.Ordinal);
        Assert.Contains("aria-sort=\"ascending\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_follow_the_address_and_the_naming_column_stays()
    {
        var html = await ListAsync("/pushes?cols=");
        Assert.Contains("甲公司", html, StringComparison.Ordinal);

        html = await ListAsync("/pushes?cols=9");
        Assert.Contains("历审推〔2026〕1号", html, StringComparison.Ordinal);
        Assert.DoesNotContain("甲公司", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_value_carries_its_column_title_for_the_card_on_a_phone()
    {
        Assert.Equal(2, (await ListAsync("/pushes")).Split("data-label=\"相对人\"").Length - 1);
    }

    [Fact]
    public async Task Nothing_found_is_said_in_words()
    {
        var html = await Drawing.HtmlOfAsync<DataList<Row>>(new() { ["Items"] = Array.Empty<Row>(), ["Columns"] = Columns, ["Caption"] = "推送" }, "/pushes");
        Assert.Contains("没有符合条件的记录", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<table", html, StringComparison.Ordinal);
    }

    private static readonly IReadOnlyList<Column<Row>> Columns =
        [Column.Text<Row>("推送单", row => row.Number, lead: true), Column.Text<Row>("相对人", row => row.Party, sort: "party")];

    private static Task<string> ListAsync(string at, string sort = "") =>
        Drawing.HtmlOfAsync<DataList<Row>>(new() { ["Items"] = Rows, ["Columns"] = Columns, ["Caption"] = "推送", ["Sort"] = sort, ["ColumnChoice"] = true }, at);
}
