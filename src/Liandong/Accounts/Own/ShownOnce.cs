using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Liandong.Accounts;

/// <summary>
/// Hands a secret (a client's key, an invitation link, recovery codes) from the act to the page that it redirects to, in a sealed cookie
/// of that address which the page takes away: the secret is on one screen, once, and in no table and no log.
/// </summary>
public sealed class ShownOnce(IDataProtectionProvider protection)
{
    private const string Cookie = "liandong-once";
    private readonly IDataProtector protector = protection.CreateProtector("liandong.shown-once");

    public void Put(HttpContext http, string path, string secret) => http.Response.Cookies.Append(Cookie, Convert.ToBase64String(protector.Protect(Encoding.UTF8.GetBytes(secret))),
        new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = path, Secure = http.Request.IsHttps, MaxAge = TimeSpan.FromMinutes(5) });

    /// <summary>The secret that was put for this page, or null.</summary>
    public string? Take(HttpContext http)
    {
        if (!HttpMethods.IsGet(http.Request.Method) || http.Request.Cookies[Cookie] is not { Length: > 0 } cookie) return null;
        http.Response.Cookies.Delete(Cookie, new CookieOptions { Path = http.Request.Path });
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            return Encoding.UTF8.GetString(protector.Unprotect(Convert.FromBase64String(cookie)));
        }
        catch (Exception spoilt) when (spoilt is FormatException or System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}
