using Liandong.Api;
using Liandong.Data;
using Liandong.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace Liandong.Accounts;

/// <summary>登录与权限: people's sign-in, roles, sessions, machine clients.</summary>
public static class AccountsModule
{
    /// <summary>Chooses for each request: a machine's bearer token where one is sent, the browser's cookie otherwise.</summary>
    public const string Scheme = "liandong";

    public static IReadOnlyList<MenuEntry> Menu =>
    [
        new("系统", "账号", "/accounts", "person-gear", Rights.AccountManage),
        new("系统", "密码和登录规则", "/accounts/policy", "sliders", Rights.SecurityPolicy),
        new("系统", "机器客户端", "/clients", "hdd-network", Rights.ClientManage),
        new("系统", "登录日志", "/audit/sign-ins", "shield-check", Rights.AuditView),
    ];

    public static IServiceCollection AddAccounts(this IServiceCollection services) => services
        // OWASP's floor for PBKDF2 with HMAC-SHA-512.
        .Configure<PasswordHasherOptions>(options => options.IterationCount = 210_000)
        .AddSingleton<IPasswordHasher<Account>, PasswordHasher<Account>>()
        .AddSingleton<SessionBook>()
        .AddSingleton<ClientBook>()
        .AddSingleton<SignInLimiter>()
        .AddSingleton<TotpVault>()
        .AddSingleton<PendingCode>()
        .AddScoped<PasswordCheck>()
        .AddScoped<OpenSession>()
        .AddScoped<EndSession>()
        .AddScoped<SignIn>()
        .AddScoped<SignInAsSample>()
        .AddScoped<FirstAdministrator>()
        .AddScoped<AcceptLink>()
        .AddSingleton<ShownOnce>()
        .AddScoped<PasswordBook>()
        .AddScoped<ChangePassword>()
        .AddScoped<Authenticator>()
        .AddScoped<InviteAccount>()
        .AddScoped<ResetAccount>()
        .AddScoped<SwitchAccount>()
        .AddScoped<SetSecurityPolicy>()
        .AddScoped<CreateClient>()
        .AddScoped<ChangeClient>();

    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.AddAuthentication(Scheme)
            .AddPolicyScheme(Scheme, null, policy => policy.ForwardDefaultSelector = http =>
                http.Request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? KnownTokenHandler.Scheme : SessionCookie.Scheme)
            .AddScheme<AuthenticationSchemeOptions, KnownTokenHandler>(KnownTokenHandler.Scheme, null)
            .AddCookie(SessionCookie.Scheme, cookie =>
            {
                cookie.Cookie.Name = "liandong";
                cookie.Cookie.HttpOnly = true;
                cookie.Cookie.SameSite = SameSiteMode.Lax;
                cookie.LoginPath = "/sign-in";
                cookie.AccessDeniedPath = "/forbidden";
                cookie.ReturnUrlParameter = "to";
                // The session row says how long: see SessionBook. The cookie itself goes when the browser closes.
                cookie.ExpireTimeSpan = TimeSpan.FromHours(SecurityPolicy.LongestSession);
                cookie.SlidingExpiration = false;
                cookie.Events.OnValidatePrincipal = SessionCookie.ValidateAsync;
                // The API answers with a status, never with the sign-in page.
                cookie.Events.OnRedirectToLogin = context =>
                {
                    if (Problems.IsApi(context.HttpContext)) context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                    else context.Response.Redirect(context.RedirectUri);
                    return Task.CompletedTask;
                };
            });
        services.AddSingleton<KnownTokens>();
        services.AddTokenEndpoint();
        services.AddAuthorization();
        return services;
    }

    /// <summary>Authentication and the actor, with the limit on token requests before them.</summary>
    public static void UseAccounts(this WebApplication app)
    {
        app.Use(async (http, next) =>
        {
            if (http.Request.Path == TokenEndpoint.Path) http.RequestServices.GetRequiredService<SignInLimiter>().Take("token " + http.Connection.RemoteIpAddress);
            await next(http);
        });
        app.UseAuthentication();
        app.UseMiddleware<ResolveActor>();
    }

    public static void MapSignOut(this IEndpointRouteBuilder app) => app.MapPost("/sign-out", async (HttpContext http, IAntiforgery antiforgery, EndSession end) =>
    {
        await antiforgery.ValidateRequestAsync(http);
        if (Guid.TryParse(http.User.FindFirst(SignInClaims.Session)?.Value, out var session)) await end.RunAsync(session, "本人退出", http.RequestAborted);
        await http.SignOutAsync(SessionCookie.Scheme);
        return Results.Redirect("/sign-in");
    }).ExcludeFromDescription();
}
