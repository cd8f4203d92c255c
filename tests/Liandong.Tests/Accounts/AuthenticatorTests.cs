using System.Net;
using System.Text.RegularExpressions;
using Liandong.Accounts;
using Liandong.Modules.Directory;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Liandong.Tests.Accounts;

public sealed partial class AuthenticatorTests
{
    /// <summary>RFC 6238, appendix B, with the last six digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    public void Codes_are_those_of_the_standard(long seconds, string code) =>
        Assert.Equal(code, Totp.CodeAt("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))));

    [Theory, EveryDatabase]
    public async Task The_second_factor_is_asked_for_taken_once_and_replaced_by_a_recovery_code_once(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var member = await office.Given.MemberAsync(await office.Given.OrganAsync("区审批局", OrganKind.Bureau), Roles.Approver);
        await office.Given.AccountAsync(member, "wangjing");
        var browser = office.Client();
        await browser.SignInAsync("wangjing", Given.Password);

        var page = await browser.PageAsync("/account/totp");
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
        var form = await browser.FormAsync("/account/totp", "totp-on");
        var secret = form.Fields.First(f => f.Key == "Secret").Value;
        Assert.Equal(HttpStatusCode.BadRequest, (await (form with { Fields = [.. form.Fields, new("Code", "000000")] }).SendAsync()).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await (form with { Fields = [.. form.Fields, new("Code", Code(secret, office))] }).SendAsync()).StatusCode);
        var recovery = RecoveryPattern().Matches(await browser.PageAsync("/account/totp")).Select(m => m.Groups[1].Value).ToList();
        Assert.Equal(10, recovery.Count);
        Assert.Empty(RecoveryPattern().Matches(await browser.PageAsync("/account/totp")));
        // At rest neither the secret nor a recovery code can be read.
        var stored = await office.LookAsync(db => db.Accounts.AsNoTracking().SingleAsync(a => a.Person == member.Person));
        Assert.DoesNotContain(secret, stored.TotpSecret, StringComparison.Ordinal);
        Assert.DoesNotContain(stored.RecoveryCodes, c => recovery.Contains(c));

        var phone = office.Client();
        var asked = await phone.SignInAsync("wangjing", Given.Password);
        Assert.EndsWith("/sign-in/code", asked.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await phone.GetAsync("/account/sessions", Office.Stop)).StatusCode);
        office.Time.Advance(TimeSpan.FromSeconds(60));
        var code = Code(secret, office);
        Assert.Equal(HttpStatusCode.Redirect, (await phone.SubmitAsync("/sign-in/code", "code", ("Code", code))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await phone.GetAsync("/account/sessions", Office.Stop)).StatusCode);

        // Somebody who looked over the shoulder has the password and the very same code.
        var thief = office.Client();
        await thief.SignInAsync("wangjing", Given.Password);
        Assert.Equal(HttpStatusCode.Conflict, (await thief.SubmitAsync("/sign-in/code", "code", ("Code", code))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await thief.SubmitAsync("/sign-in/code", "code", ("Code", recovery[3].ToLowerInvariant()))).StatusCode);
        var second = office.Client();
        await second.SignInAsync("wangjing", Given.Password);
        Assert.Equal(HttpStatusCode.Conflict, (await second.SubmitAsync("/sign-in/code", "code", ("Code", recovery[3]))).StatusCode);
        // The step between password and code lasts five minutes and no longer.
        office.Time.Advance(TimeSpan.FromMinutes(6));
        var late = await second.GetAsync("/sign-in/code", Office.Stop);
        Assert.Equal("/sign-in", new Uri(new Uri("http://localhost"), late.Headers.Location!).AbsolutePath);
    }

    [Theory, EveryDatabase]
    public async Task Administrators_set_the_second_factor_up_before_they_can_do_anything(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var admin = await office.Given.MemberAsync(await office.Given.OrganAsync("区审批局", OrganKind.Bureau), Roles.SecurityAdmin);
        await office.Given.AccountAsync(admin, "security");
        var browser = office.Client();
        await browser.SignInAsync("security", Given.Password);

        Assert.Equal("/account/totp?why=required", (await browser.GetAsync("/accounts", Office.Stop)).Headers.Location?.ToString());
        var form = await browser.FormAsync("/account/totp?why=required", "totp-on");
        await (form with { Fields = [.. form.Fields, new("Code", Code(form.Fields.First(f => f.Key == "Secret").Value, office))] }).SendAsync();
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/accounts", Office.Stop)).StatusCode);
    }

    private static string Code(string secret, Office office) => Totp.CodeAt(secret, Totp.StepAt(office.Time.GetUtcNow()));

    [GeneratedRegex("<code>([A-Z2-7]{5}-[A-Z2-7]{5})</code>")] private static partial Regex RecoveryPattern();
}
