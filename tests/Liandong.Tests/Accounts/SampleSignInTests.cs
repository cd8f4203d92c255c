using System.Net;
using Liandong.Accounts;
using Liandong.Modules.Directory;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Accounts;

public sealed class SampleSignInTests
{
    [Theory, EveryDatabase]
    public async Task One_click_signs_in_as_a_sample_person_and_signing_out_ends_it(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var manager = await office.Given.MemberAsync(await office.Given.OrganAsync("区审批局", OrganKind.Bureau), Roles.ItemManager);
        await office.Given.SampleDistrictAsync();
        var client = office.Client();

        var signedIn = await client.SignInAsAsync(manager);

        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        var page = await client.PageAsync("/directory/organs/new");
        Assert.Contains("示例环境", page, StringComparison.Ordinal);
        Assert.Equal(1, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "session.opened" && e.Person == manager.Person)));

        var cookie = signedIn.Headers.GetValues("Set-Cookie").First(c => c.StartsWith("liandong=", StringComparison.Ordinal)).Split(';')[0];
        var token = System.Text.RegularExpressions.Regex.Match(page, "action=\"/sign-out\".*?name=\"__RequestVerificationToken\" value=\"([^\"]+)\"", System.Text.RegularExpressions.RegexOptions.Singleline).Groups[1].Value;
        await client.PostAsync("/sign-out", new FormUrlEncodedContent([new("__RequestVerificationToken", WebUtility.HtmlDecode(token))]), Office.Stop);

        // The very cookie that was good a moment ago, as a thief would have it.
        var thief = office.Client();
        thief.DefaultRequestHeaders.Add("Cookie", cookie);
        Assert.Equal(HttpStatusCode.Redirect, (await thief.GetAsync("/directory/organs/new", Office.Stop)).StatusCode);
    }

    /// <summary>A duty is owed by an organ: the card says whose number it shows, and the frame shows none to those who can owe nothing.</summary>
    [Theory, EveryDatabase]
    public async Task Only_those_with_a_desk_are_shown_what_waits(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var bureau = await office.Given.OrganAsync("区审批局", OrganKind.Bureau);
        var (approver, administrator) = (await office.Given.MemberAsync(bureau, Roles.Approver), await office.Given.MemberAsync(bureau, Roles.SystemAdmin));
        await office.Given.SampleDistrictAsync();

        Assert.Contains("姓名旁的数字是所在单位的待办件数", await office.Client().PageAsync("/sign-in"), StringComparison.Ordinal);
        Assert.Contains("待办<span class=\"count", await office.Client(approver).PageAsync("/account"), StringComparison.Ordinal);
        Assert.DoesNotContain("待办<span", await office.Client(administrator).PageAsync("/account"), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task A_district_that_is_no_sample_shows_nobody_and_refuses_the_click(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var manager = await office.Given.MemberAsync(await office.Given.OrganAsync("区审批局", OrganKind.Bureau), Roles.ItemManager);

        Assert.DoesNotContain(manager.Name, await office.Client().PageAsync("/sign-in"), StringComparison.Ordinal);
        await Assert.ThrowsAsync<Liandong.Kernel.Forbidden>(() => office.ActAsync(s => s.GetRequiredService<SignInAsSample>().RunAsync(manager.Person, manager.Organ, new Origin("", ""), Office.Stop)));

        // The form of a sample page, sent to a district that is none.
        await office.Given.SampleDistrictAsync();
        var client = office.Client();
        var form = await client.FormAsync("/sign-in", $"as-{manager.Person:N}-{manager.Organ:N}");
        await office.LookAsync(db => db.DistrictSettings.ExecuteUpdateAsync(set => set.SetProperty(s => s.IsSample, false), Office.Stop));
        Assert.False((await form.SendAsync()).IsSuccessStatusCode);
        Assert.Equal(0, await office.LookAsync(db => db.Sessions.CountAsync()));
    }
}
