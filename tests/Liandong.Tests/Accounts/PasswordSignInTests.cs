using System.Net;
using System.Text.RegularExpressions;
using Liandong.Accounts;
using Liandong.Modules.Directory;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Accounts;

public sealed partial class PasswordSignInTests
{
    private const string Page = "/account/sessions";

    [Theory, EveryDatabase]
    public async Task Whoever_is_not_among_the_first_two_hundred_without_an_account_is_found_by_name(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var bureau = await office.Given.OrganAsync("区审批局", OrganKind.Bureau);
        var desk = office.Client(await office.Given.MemberAsync(bureau, Roles.SecurityAdmin));
        await office.ActAsync(async s =>
        {
            for (var i = 0; i < 205; i++) await s.GetRequiredService<AddPerson>().RunAsync(new AddPerson.Input($"安{i:000}"), Office.Stop);
        });
        var last = await office.ActAsync(s => s.GetRequiredService<AddPerson>().RunAsync(new AddPerson.Input("龘最后"), Office.Stop));

        var first = await desk.PageAsync("/accounts/new");
        Assert.DoesNotContain(last.Id.ToString(), first, StringComparison.Ordinal);
        Assert.Contains("多于 200 位", first, StringComparison.Ordinal);
        var found = await desk.PageAsync("/accounts/new?q=最后");
        Assert.Contains(last.Id.ToString(), found, StringComparison.Ordinal);
        Assert.DoesNotContain("安000", found, StringComparison.Ordinal);
        Assert.DoesNotContain("多于 200 位", found, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await desk.SubmitAsync("/accounts/new?q=最后", "invite", ("Person", last.Id.ToString()), ("UserName", "zuihou"))).StatusCode);
    }

    [Theory, EveryDatabase]
    public async Task An_invited_person_sets_a_password_by_the_link_once_and_signs_in_with_it(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var bureau = await office.Given.OrganAsync("区审批局", OrganKind.Bureau);
        var admin = await office.Given.MemberAsync(bureau, Roles.SecurityAdmin);
        var person = await office.Given.MemberAsync(bureau, Roles.Approver);
        var desk = office.Client(admin);

        var invited = await desk.SubmitAsync("/accounts/new", "invite", ("Person", person.Person.ToString()), ("UserName", "Wang.Jing"));
        Assert.Equal(HttpStatusCode.Redirect, invited.StatusCode);
        var detail = await desk.PageAsync(invited.Headers.Location!.ToString());
        var link = LinkPattern().Match(detail).Value;
        Assert.NotEmpty(link);
        Assert.DoesNotContain(link, await desk.PageAsync(invited.Headers.Location!.ToString()), StringComparison.Ordinal);

        var browser = office.Client();
        foreach (var (bad, why) in new[] { ("woaini1314", "常见密码"), ("short-1A", "至少10位"), ("2026032620260326", "至少包含"), ("wang.jing2026", "姓名、账号"), ("370102-ab1", "区划名称") })
        {
            var refused = await browser.SubmitAsync(link, "invitation", ("NewPassword", bad), ("Again", bad));
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains(why, await refused.Content.ReadAsStringAsync(Office.Stop), StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SubmitAsync(link, "invitation", ("NewPassword", Given.Password), ("Again", Given.Password))).StatusCode);
        Assert.Contains("本次登录", await browser.PageAsync(Page), StringComparison.Ordinal);
        Assert.Contains("已经用过", await office.Client().PageAsync(link), StringComparison.Ordinal);

        var again = office.Client();
        Assert.Equal(HttpStatusCode.Redirect, (await again.SignInAsync(" WANG.JING ", Given.Password)).StatusCode);
        Assert.Contains("本次登录", await again.PageAsync(Page), StringComparison.Ordinal);
        Assert.Equal(2, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "session.opened" && e.Person == person.Person)));
        // Neither the password nor the link's token is anywhere in the database's rows or in the ledger.
        var bodies = await office.LookAsync(db => db.LedgerEntries.Select(e => e.Body).ToListAsync());
        Assert.DoesNotContain(bodies, b => b.Contains(Given.Password, StringComparison.Ordinal) || b.Contains(link.Split('/')[^1], StringComparison.Ordinal));
    }

    [Theory, EveryDatabase]
    public async Task Five_failures_lock_for_thirty_minutes_and_nobody_learns_which_accounts_exist(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var member = await office.Given.MemberAsync(await office.Given.OrganAsync("区审批局", OrganKind.Bureau), Roles.Approver);
        var account = await office.Given.AccountAsync(member, "wangjing");
        async Task<string> TryAsync(string name, string password)
        {
            var answer = await office.Client().SignInAsync(name, password);
            Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
            return SummaryPattern().Match(await answer.Content.ReadAsStringAsync(Office.Stop)).Value;
        }

        var unknown = await TryAsync("nobody", Given.Password);
        Assert.Contains("账号或者密码不正确", unknown, StringComparison.Ordinal);
        for (var i = 0; i < 5; i++) Assert.Equal(unknown, await TryAsync("wangjing", "wrong"));
        // Locked: even the right password gets the same sentence.
        Assert.Equal(unknown, await TryAsync("wangjing", Given.Password));
        Assert.Equal(1, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "account.locked")));
        Assert.Equal(5, await office.LookAsync(db => db.SignInAttempts.CountAsync(a => a.Outcome == SignInOutcome.WrongPassword && a.Account == account)));

        office.Time.Advance(TimeSpan.FromMinutes(29));
        await TryAsync("wangjing", Given.Password);
        office.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Redirect, (await office.Client().SignInAsync("wangjing", Given.Password)).StatusCode);

        for (var i = 0; i < 5; i++) await TryAsync("wangjing", "wrong");
        var admin = await office.Given.MemberAsync(await office.Given.OrganAsync("区大数据局"), Roles.SecurityAdmin);
        Assert.Equal(HttpStatusCode.Redirect, (await office.Client(admin).SubmitAsync($"/accounts/{account}", "unlock")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await office.Client().SignInAsync("wangjing", Given.Password)).StatusCode);
    }

    [Theory, EveryDatabase]
    public async Task Guesses_at_the_same_time_are_all_counted(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var member = await office.Given.MemberAsync(await office.Given.OrganAsync("区审批局", OrganKind.Bureau), Roles.Approver);
        await office.Given.AccountAsync(member, "wangjing");

        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => office.ActAsync(async s =>
        {
            s.GetRequiredService<Actor>().BecomeNobody();
            await Assert.ThrowsAsync<Liandong.Kernel.Refusal>(() => s.GetRequiredService<SignIn>().RunAsync("wangjing", "wrong" + i, new Origin("10.1.1." + i, ""), Office.Stop));
        })));

        Assert.Equal(HttpStatusCode.Conflict, (await office.Client().SignInAsync("wangjing", Given.Password)).StatusCode);
        Assert.Equal(12, await office.LookAsync(db => db.SignInAttempts.CountAsync(a => a.Outcome != SignInOutcome.Opened && a.Address.StartsWith("10.1.1."))));
    }

    [Theory, EveryDatabase]
    public async Task A_session_ends_when_idle_after_half_a_day_when_ended_elsewhere_and_with_the_account(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        await office.Given.WithoutSecondFactorAsync();
        var member = await office.Given.MemberAsync(await office.Given.OrganAsync("区审批局", OrganKind.Bureau), Roles.Approver);
        var account = await office.Given.AccountAsync(member, "wangjing");
        async Task<HttpClient> SignedInAsync()
        {
            var browser = office.Client();
            await browser.SignInAsync("wangjing", Given.Password);
            return browser;
        }
        static async Task<bool> HoldsAsync(HttpClient client) => (await client.GetAsync(Page, Office.Stop)).StatusCode == HttpStatusCode.OK;

        var idle = await SignedInAsync();
        office.Time.Advance(TimeSpan.FromMinutes(29));
        Assert.True(await HoldsAsync(idle));
        office.Time.Advance(TimeSpan.FromMinutes(29));
        Assert.True(await HoldsAsync(idle));
        office.Time.Advance(TimeSpan.FromMinutes(31));
        Assert.False(await HoldsAsync(idle));

        var busy = await SignedInAsync();
        for (var i = 0; i < 12 * 60 / 20 - 1; i++)
        {
            office.Time.Advance(TimeSpan.FromMinutes(20));
            Assert.True(await HoldsAsync(busy));
        }
        office.Time.Advance(TimeSpan.FromMinutes(21));
        Assert.False(await HoldsAsync(busy));

        var (mine, other) = (await SignedInAsync(), await SignedInAsync());
        var row = Regex.Match(await mine.PageAsync(Page), "name=\"_handler\" value=\"(end-[0-9a-f]{32})\"").Groups[1].Value;
        Assert.Equal(HttpStatusCode.Redirect, (await mine.SubmitAsync(Page, row)).StatusCode);
        Assert.True(await HoldsAsync(mine));
        Assert.False(await HoldsAsync(other));

        // Changing the password ends all sessions but the one that changed it, and the last five cannot come back.
        var third = await SignedInAsync();
        async Task<HttpStatusCode> ChangeAsync(string from, string to) =>
            (await mine.SubmitAsync("/account/password", "password", ("Current", from), ("NewPassword", to), ("Again", to))).StatusCode;
        Assert.Equal(HttpStatusCode.BadRequest, await ChangeAsync("wrong", "another-Pear-tree-1"));
        for (var i = 1; i <= 4; i++)
        {
            Assert.Equal(HttpStatusCode.Redirect, await ChangeAsync(i == 1 ? Given.Password : $"another-Pear-tree-{i - 1}", $"another-Pear-tree-{i}"));
            Assert.Equal(HttpStatusCode.BadRequest, await ChangeAsync($"another-Pear-tree-{i}", Given.Password));
        }
        Assert.Equal(HttpStatusCode.Redirect, await ChangeAsync("another-Pear-tree-4", "another-Pear-tree-5"));
        Assert.Equal(HttpStatusCode.Redirect, await ChangeAsync("another-Pear-tree-5", Given.Password));
        Assert.True(await HoldsAsync(mine));
        Assert.False(await HoldsAsync(third));

        var admin = await office.Given.MemberAsync(await office.Given.OrganAsync("区大数据局"), Roles.SecurityAdmin);
        Assert.Equal(HttpStatusCode.Redirect, (await office.Client(admin).SubmitAsync($"/accounts/{account}", "disable", ("Reason", "调离"))).StatusCode);
        Assert.False(await HoldsAsync(mine));
        Assert.Equal(HttpStatusCode.Conflict, (await office.Client().SignInAsync("wangjing", Given.Password)).StatusCode);
    }

    [Theory, EveryDatabase]
    public async Task A_password_past_its_days_opens_nothing_but_its_change(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var member = await office.Given.MemberAsync(await office.Given.OrganAsync("区审批局", OrganKind.Bureau), Roles.ItemManager);
        await office.Given.AccountAsync(member, "wangjing");
        office.Time.Advance(TimeSpan.FromDays(90));
        var browser = office.Client();
        await browser.SignInAsync("wangjing", Given.Password);

        var held = await browser.GetAsync("/directory/organs/new", Office.Stop);
        Assert.Equal("/account/password?why=old", held.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/api/v1/accounts", Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SubmitAsync("/account/password", "password", ("Current", Given.Password), ("NewPassword", "another-Pear-tree-1"), ("Again", "another-Pear-tree-1"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/directory/organs/new", Office.Stop)).StatusCode);
    }

    [Theory, EveryDatabase]
    public async Task Signing_in_never_leads_to_another_site(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var member = await office.Given.MemberAsync(await office.Given.OrganAsync("区审批局", OrganKind.Bureau), Roles.Approver);
        await office.Given.AccountAsync(member, "wangjing");
        foreach (var (asked, goes) in new[] { ("/pushes?view=mine", "/pushes?view=mine"), ("//evil.example", "/"), ("https://evil.example", "/"), ("/\\evil.example", "/") })
        {
            var answer = await office.Client().SubmitAsync("/sign-in?to=" + Uri.EscapeDataString(asked), "sign-in", ("UserName", "wangjing"), ("Password", Given.Password));
            Assert.Equal(goes, answer.Headers.Location!.IsAbsoluteUri ? answer.Headers.Location.PathAndQuery : answer.Headers.Location.ToString());
        }
    }

    [GeneratedRegex("/invitation/[0-9a-f]{64}")] private static partial Regex LinkPattern();

    [GeneratedRegex("<div class=\"error-summary\".*?</div>", RegexOptions.Singleline)] private static partial Regex SummaryPattern();
}
