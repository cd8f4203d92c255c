using System.Security.Claims;
using Liandong.Data;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Liandong.Accounts;

/// <summary>Claims that a sign-in carries.</summary>
public static class SignInClaims
{
    public const string District = "ld:district";
    public const string Person = "ld:person";
    public const string Organ = "ld:organ";

    /// <summary>A person's session.</summary>
    public const string Session = "ld:session";
}

/// <summary>
/// Finds out who acts: from the sign-in's claims and the posts held today, as the directory stands at this request (<see cref="DirectoryBook"/>), so that
/// a post that ended this morning carries no right this afternoon.
/// </summary>
public sealed class ResolveActor(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.Items[typeof(Detour)] is Detour detour && http.Request.Path.Value is { } path && !IsOpenOnDetour(path))
        {
            // Before the password is changed or the second factor set up, the session opens nothing else.
            if (Api.Problems.IsApi(http)) http.Response.StatusCode = StatusCodes.Status403Forbidden;
            else http.Response.Redirect(detour == Detour.ChangePassword ? "/account/password?why=old" : "/account/totp?why=required");
            return;
        }
        await FillAsync(http, http.RequestServices);
        await next(http);
    }

    /// <summary>Sets the district and the actor of a scope from the request's sign-in.</summary>
    public static async Task FillAsync(HttpContext http, IServiceProvider services)
    {
        var (user, actor) = (http.User, services.GetRequiredService<Actor>());
        var code = user.Identity?.IsAuthenticated == true ? user.FindFirstValue(SignInClaims.District) : null;
        services.GetRequiredService<DistrictScope>().Set(code ?? DistrictOfVisitor(http) ?? services.GetRequiredService<DefaultDistrict>().Code);
        if (code is null || !Guid.TryParse(user.FindFirstValue(SignInClaims.Organ), out var organ)) return;
        if (Guid.TryParse(user.FindFirstValue(SignInClaims.Person), out var person))
        {
            var directory = services.GetRequiredService<DirectoryBook>();
            if (!Api.Problems.IsApi(http)) directory.ReadsFor(person, organ);
            var standing = await directory.StandingAsync(person, organ, http.RequestAborted);
            standing?.Fill(actor, Api.Problems.IsApi(http) ? "接口" : "页面");
        }
        else if (user.FindFirstValue(Claims.Subject) is { } clientId && await services.GetRequiredService<ClientBook>().FindAsync(code, clientId, http.RequestAborted) is { Enabled: true } client)
        {
            var granted = user.FindAll(Claims.Private.Scope).Select(c => c.Value).Where(client.Scopes.Contains);
            actor.BecomeMachine(client.Id, client.Name, client.Organ, client.OrganName, client.IsBureau, Scopes.RightsOf(granted, client.IsBureau));
        }
    }

    private static bool IsOpenOnDetour(string path) =>
        path is "/account/password" or "/account/totp" or "/sign-out" or "/health" || path.StartsWith("/lib/", StringComparison.Ordinal) || path.LastIndexOf('.') > path.LastIndexOf('/');

    /// <summary>Where one host serves several districts, the pages before the sign-in say which by <c>?district=</c>.</summary>
    private static string? DistrictOfVisitor(HttpContext http) =>
        http.Request.Query["district"].ToString() is { Length: >= 6 and <= 12 } asked && asked.All(char.IsAsciiDigit) && http.User.Identity?.IsAuthenticated != true ? asked : null;
}

/// <summary>The district of a process that serves one: public pages and sign-in use it where no account says otherwise.</summary>
public sealed record DefaultDistrict(string Code);
