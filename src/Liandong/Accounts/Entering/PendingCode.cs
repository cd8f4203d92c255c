using System.Globalization;
using Liandong.Data;
using Microsoft.AspNetCore.DataProtection;

namespace Liandong.Accounts;

/// <summary>Between password and code: a sealed cookie that names the account for five minutes. It opens nothing by itself.</summary>
public sealed class PendingCode(IDataProtectionProvider protection, Clock clock)
{
    private const string Cookie = "liandong-code";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    private readonly IDataProtector protector = protection.CreateProtector("liandong.pending-code");

    public void Put(HttpContext http, Guid account) => http.Response.Cookies.Append(Cookie, protector.Protect($"{account}|{(clock.Now + Lifetime).ToUnixTimeSeconds()}"),
        new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/sign-in", Secure = http.Request.IsHttps });

    public Guid? Read(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is not { Length: > 0 } cookie) return null;
        try
        {
            return protector.Unprotect(cookie).Split('|') is [var account, var until] && clock.Now.ToUnixTimeSeconds() < long.Parse(until, CultureInfo.InvariantCulture) ? Guid.Parse(account) : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    public void Drop(HttpContext http) => http.Response.Cookies.Delete(Cookie, new CookieOptions { Path = "/sign-in" });
}

/// <summary>Where to go after signing in: an address of this product that was asked for, otherwise the person's first page; never another site.</summary>
public static class Landing
{
    public static string Of(string? asked, Actor actor) => IsLocal(asked) ? asked! : actor.May(Rights.DeskUse) ? "/" : Shared.Frame.Entries.FirstOrDefault(e => e.Right.Length > 0 && actor.May(e.Right))?.Href ?? "/account";

    public static bool IsLocal(string? asked) =>
        asked is ['/', _, ..] && asked[1] is not ('/' or '\\') && !asked.Any(char.IsControl) && !asked.StartsWith("/sign-", StringComparison.Ordinal);
}
