using System.Net;
using Liandong.Accounts;
using Liandong.Desk.Own;
using Liandong.Modules.Directory;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Desk.Own;

public sealed class SavedViewTests
{
    [Theory, EveryDatabase]
    public async Task A_view_keeps_filter_order_and_columns_under_a_name_for_its_person(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var bureau = await office.Given.OrganAsync("区审批局", OrganKind.Bureau);
        var (owner, colleague) = (office.Client(await office.Given.MemberAsync(bureau, Roles.ItemManager)), office.Client(await office.Given.MemberAsync(bureau, Roles.ItemManager)));

        var kept = await owner.SubmitAsync("/items?q=%E9%A4%90%E9%A5%AE&sort=-name&after=x&size=50", "keep-view", ("ViewName", "餐饮"));
        Assert.Equal("/items?q=%E9%A4%90%E9%A5%AE&sort=-name&size=50", new Uri(owner.BaseAddress!, kept.Headers.Location!).PathAndQuery);
        var page = await owner.PageAsync("/items?q=%E9%A4%90%E9%A5%AE&sort=-name&size=50");
        Assert.Contains("<a href=\"/items?q=%E9%A4%90%E9%A5%AE&amp;sort=-name&amp;size=50\" aria-current=\"page\">餐饮</a>", page, StringComparison.Ordinal);
        Assert.DoesNotContain(">餐饮</a>", await colleague.PageAsync("/items"), StringComparison.Ordinal);
        Assert.DoesNotContain(">餐饮</a>", await owner.PageAsync("/register"), StringComparison.Ordinal);

        // The same name again is the same view, elsewhere.
        await owner.SubmitAsync("/items?state=Ended", "keep-view", ("ViewName", " 餐饮 "));
        Assert.Contains("href=\"/items?state=Ended\"", await owner.PageAsync("/items"), StringComparison.Ordinal);
        Assert.Equal(1, await office.LookAsync(db => db.SavedViews.CountAsync()));

        await colleague.SubmitAsync("/items", "keep-view", ("ViewName", "我的"));
        await owner.SubmitAsync("/items", "drop-view", ("View", "餐饮"));
        await owner.SubmitAsync("/items?state=Ended", "keep-view", ("ViewName", "停用"));
        Assert.Equal(["停用", "我的"], await office.LookAsync(db => db.SavedViews.Select(v => v.Name).OrderBy(n => n == "我的").ToListAsync()));
    }

    [Theory, EveryDatabase]
    public async Task A_view_without_a_name_or_beyond_the_most_is_refused_in_words(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var member = await office.Given.MemberAsync(await office.Given.OrganAsync("区审批局", OrganKind.Bureau), Roles.ItemManager);
        var client = office.Client(member);

        var nameless = await client.SubmitAsync("/items", "keep-view", ("ViewName", " "));
        Assert.Equal(HttpStatusCode.BadRequest, nameless.StatusCode);
        Assert.Contains("请填写视图名称。", await nameless.Content.ReadAsStringAsync(Office.Stop), StringComparison.Ordinal);

        for (var i = 0; i < ViewBook.Most; i++)
        {
            var name = $"第{i}个";
            await office.ActAsync(services => services.GetRequiredService<ViewBook>().KeepAsync("/items", $"?size={i}", name, Office.Stop), member);
        }
        var tooMany = await client.SubmitAsync("/items", "keep-view", ("ViewName", "再一个"));
        Assert.Equal(HttpStatusCode.BadRequest, tooMany.StatusCode);
        Assert.Contains("最多保存20个视图", await tooMany.Content.ReadAsStringAsync(Office.Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/pushes", true)]
    [InlineData("/pushes/returned", true)]
    [InlineData("//elsewhere.example", false)]
    [InlineData("/\\elsewhere.example", false)]
    [InlineData("https://elsewhere.example", false)]
    [InlineData("/pushes?a=b", false)]
    [InlineData("/pushes\n", false)]
    [InlineData("", false)]
    public void A_view_leads_to_a_list_of_this_product_and_nowhere_else(string path, bool own) => Assert.Equal(own, ViewBook.IsOwn(path));
}
