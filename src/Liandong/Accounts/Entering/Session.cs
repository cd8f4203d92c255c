using System.Collections.Concurrent;
using System.Security.Claims;
using Liandong.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Accounts;

/// <summary>
/// One signed-in browser, kept on the server: the cookie only names it. A session that is ended here is dead everywhere,
/// whoever holds the cookie.
/// </summary>
public sealed class Session
{
    public required string District { get; init; }
    public required Guid Id { get; init; }

    /// <summary>Null for a sample person, who has no account.</summary>
    public Guid? Account { get; init; }
    public required Guid Person { get; init; }
    public required Guid Organ { get; init; }
    public required string Method { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset LastSeenAt { get; set; }
    public required string Address { get; init; }
    public required string Device { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
    public string EndReason { get; set; } = "";
}

/// <summary>What must be done before anything else: the session may open no other page until then.</summary>
public enum Detour { None, ChangePassword, SwitchTotpOn }

/// <summary>Answers for every request whether its session still holds.</summary>
public sealed class SessionBook(IServiceScopeFactory scopes, TimeProvider time, Clock clock)
{
    /// <summary>How long another node may take to notice that a session was ended; the node that ends it knows at once.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<Guid, (State State, long Read)> known = new();

    private sealed record State(bool Ended, DateTimeOffset OpenedAt, DateTimeOffset LastSeenAt, SecurityPolicy Policy, Detour Detour);

    /// <summary>Null when the session is over; otherwise what its person has to do first.</summary>
    public async ValueTask<Detour?> CheckAsync(string district, Guid id, CancellationToken ct)
    {
        var now = clock.Now;
        if (!known.TryGetValue(id, out var entry) || time.GetElapsedTime(entry.Read) >= Lifetime || now - entry.State.LastSeenAt >= SeenEvery)
        {
            var state = await ReadAsync(district, id, now, ct);
            if (known.Count > 100_000) known.Clear();
            known[id] = entry = (state, time.GetTimestamp());
        }
        var (ended, openedAt, lastSeenAt, policy, detour) = entry.State;
        return ended || now - lastSeenAt >= policy.Idle || now - openedAt >= policy.Longest ? null : detour;
    }

    public void Forget(Guid id) => known.TryRemove(id, out _);

    public void ForgetAll() => known.Clear();

    private async Task<State> ReadAsync(string district, Guid id, DateTimeOffset now, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<DistrictScope>().Set(district);
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var policy = await SecurityPolicy.OfAsync(db, ct);
        var session = await db.Sessions.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, ct);
        if (session is null || session.EndedAt is not null) return new State(true, default, now, policy, Detour.None);
        var account = session.Account is { } own ? await db.Accounts.AsNoTracking().FirstOrDefaultAsync(a => a.Id == own, ct) : null;
        if (account is { IsDisabled: true }) return new State(true, default, now, policy, Detour.None);
        if (now - session.LastSeenAt < policy.Idle && now - session.LastSeenAt >= SeenEvery)
        {
            await db.Sessions.Where(s => s.Id == id && s.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.LastSeenAt, now), ct);
            session.LastSeenAt = now;
        }
        return new State(false, session.OpenedAt, session.LastSeenAt, policy, await DetourAsync(db, policy, session, account, now, ct));
    }

    private static async Task<Detour> DetourAsync(AppDb db, SecurityPolicy policy, Session session, Account? account, DateTimeOffset now, CancellationToken ct)
    {
        if (account is null) return Detour.None;
        if (policy.PasswordDays > 0 && account.PasswordChangedAt is { } changed && now - changed >= TimeSpan.FromDays(policy.PasswordDays)) return Detour.ChangePassword;
        if (account.HasTotp || policy.TotpFor == TotpFor.Nobody) return Detour.None;
        if (policy.TotpFor == TotpFor.Everybody) return Detour.SwitchTotpOn;
        var today = Liandong.Kernel.Calendar.Beijing.DayOf(now);
        var administers = await db.Posts.AnyAsync(p => p.Person == session.Person && Roles.Administrators.Contains(p.Role) && p.From <= today && (p.To == null || p.To >= today), ct);
        return administers ? Detour.SwitchTotpOn : Detour.None;
    }
}

/// <summary>The cookie that names a session.</summary>
public static class SessionCookie
{
    public const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    public static Task IssueAsync(HttpContext http, Session session) => http.SignInAsync(Scheme, new ClaimsPrincipal(new ClaimsIdentity(
    [
        new(SignInClaims.District, session.District), new(SignInClaims.Session, session.Id.ToString()),
        new(SignInClaims.Person, session.Person.ToString()), new(SignInClaims.Organ, session.Organ.ToString()),
    ], Scheme)));

    /// <summary>The request's own session; null for a machine or a test's sign-in.</summary>
    public static Guid? IdOf(HttpContext http) => Guid.TryParse(http.User.FindFirstValue(SignInClaims.Session), out var id) ? id : null;

    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var user = context.Principal!;
        var detour = Guid.TryParse(user.FindFirstValue(SignInClaims.Session), out var session) && user.FindFirstValue(SignInClaims.District) is { } district
            ? await context.HttpContext.RequestServices.GetRequiredService<SessionBook>().CheckAsync(district, session, context.HttpContext.RequestAborted) : null;
        if (detour is { } first)
        {
            if (first != Detour.None) context.HttpContext.Items[typeof(Detour)] = first;
            return;
        }
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(Scheme);
    }

    /// <summary>Where the request comes from and with what, as the session list and the sign-in log show it.</summary>
    public static (string Address, string Device) OriginOf(HttpContext http) =>
        (http.Connection.RemoteIpAddress?.MapToIPv4OrSelf().ToString() ?? "", DeviceName.Of(http.Request.Headers.UserAgent.ToString()));

    private static System.Net.IPAddress MapToIPv4OrSelf(this System.Net.IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}

/// <summary>A browser in the office's words: Windows · Edge.</summary>
public static class DeviceName
{
    private static readonly (string Sign, string Name)[] Systems =
        [("HarmonyOS", "鸿蒙"), ("Android", "安卓手机"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "Mac"), ("UOS", "统信UOS"), ("Kylin", "麒麟"), ("Linux", "Linux")];

    // Order matters: Edge and the WeCom browser also call themselves Chrome, and Chrome calls itself Safari.
    private static readonly (string Sign, string Name)[] Browsers =
        [("wxwork", "企业微信"), ("MicroMessenger", "微信"), ("DingTalk", "钉钉"), ("Edg", "Edge"), ("360SE", "360浏览器"), ("QQBrowser", "QQ浏览器"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")];

    public static string Of(string userAgent)
    {
        var parts = new[] { Find(Systems, userAgent), Find(Browsers, userAgent) }.Where(name => name.Length > 0).ToList();
        return parts.Count > 0 ? string.Join(" · ", parts) : userAgent.Length == 0 ? "未知设备" : userAgent[..Math.Min(userAgent.Length, 40)];
    }

    private static string Find((string Sign, string Name)[] table, string userAgent) =>
        table.FirstOrDefault(line => userAgent.Contains(line.Sign, StringComparison.OrdinalIgnoreCase)).Name ?? "";
}
