using System.Net;
using Liandong.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Accounts;

public sealed class FirstAdministratorTests
{
    private static readonly (string, string)[] Fields = [("OrganName", "历下区行政审批服务局"), ("Name", "郑凯"), ("UserName", "zhengkai"), ("NewPassword", Given.Password), ("Again", Given.Password)];

    private static Task<string?> LinkAsync(Office office) => office.ActAsync(s => s.GetRequiredService<FirstAdministrator>().LinkAsync(Office.Stop));

    [Theory, EveryDatabase]
    public async Task Of_nodes_that_start_at_once_none_fails_and_one_link_stands(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var links = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => LinkAsync(office)));
        Assert.Equal(6, links.Distinct().Count());
        Assert.Equal(1, await office.LookAsync(db => db.OneTimeLinks.CountAsync(l => l.Kind == LinkKind.FirstAdministrator && l.UsedAt == null, Office.Stop)));
    }

    [Theory, EveryDatabase]
    public async Task The_link_makes_one_security_administrator_and_then_never_again(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var first = (await LinkAsync(office))!;
        var second = (await LinkAsync(office))!;
        Assert.Contains("已经用过或者过期", await office.Client().PageAsync($"/first-administrator/{first}"), StringComparison.Ordinal);
        var left = await office.Client().FormAsync($"/first-administrator/{second}", "first-administrator", Fields);

        var browser = office.Client();
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SubmitAsync($"/first-administrator/{second}", "first-administrator", Fields)).StatusCode);
        Assert.Contains("/account/totp", (await browser.GetAsync("/accounts", Office.Stop)).Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal([Roles.SecurityAdmin], await office.LookAsync(db => db.Posts.Select(p => p.Role).ToListAsync()));

        Assert.False((await left.SendAsync()).StatusCode == HttpStatusCode.Redirect);
        Assert.Null(await LinkAsync(office));
        Assert.Equal(1, await office.LookAsync(db => db.Accounts.CountAsync()));
        Assert.Equal(HttpStatusCode.Redirect, (await office.Client().SignInAsync("zhengkai", Given.Password)).StatusCode);
    }

    [Theory, EveryDatabase]
    public async Task The_link_is_dead_after_a_day_and_there_is_no_other_way_in(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var token = (await LinkAsync(office))!;
        var form = await office.Client().FormAsync($"/first-administrator/{token}", "first-administrator", Fields);

        office.Time.Advance(FirstAdministrator.Lifetime);

        Assert.NotEqual(HttpStatusCode.Redirect, (await form.SendAsync()).StatusCode);
        foreach (var guess in new[] { "admin", "root", "system", "security" }) Assert.NotEqual(HttpStatusCode.Redirect, (await office.Client().SignInAsync(guess, guess)).StatusCode);
        Assert.Equal(0, await office.LookAsync(db => db.Accounts.CountAsync()));
    }
}
