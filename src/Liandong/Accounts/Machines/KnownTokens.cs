using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;

namespace Liandong.Accounts;

/// <summary>
/// Remembers tokens that were found good until they expire: a machine that pushes a thousand times a second has its signature checked once and not
/// a thousand times. Nothing is lost by that, since tokens are kept nowhere and end by time alone; whether the client may still act is asked of
/// <see cref="ClientBook"/> at every request. Of a token only its digest is kept.
/// </summary>
internal sealed class KnownTokens(TimeProvider time)
{
    private const int Most = 10_000;
    private readonly ConcurrentDictionary<string, (ClaimsPrincipal Who, DateTimeOffset Until)> known = new();

    public ClaimsPrincipal? Find(string header) => known.TryGetValue(DigestOf(header), out var entry) && entry.Until > time.GetUtcNow() ? entry.Who : null;

    public void Keep(string header, ClaimsPrincipal who)
    {
        if (who.GetExpirationDate() is not { } until) return;
        if (known.Count >= Most) known.Clear();
        known[DigestOf(header)] = (who, until);
    }

    private static string DigestOf(string header) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(header)));
}

/// <summary>The bearer scheme of the product: what is not known goes to OpenIddict.</summary>
internal sealed class KnownTokenHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, KnownTokens tokens) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "liandong-token";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (tokens.Find(header) is { } known) return AuthenticateResult.Success(new AuthenticationTicket(known, Scheme));
        var result = await Context.AuthenticateAsync(TokenEndpoint.BearerScheme);
        if (result is { Succeeded: true, Principal: { } who }) tokens.Keep(header, who);
        return result;
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Context.ChallengeAsync(TokenEndpoint.BearerScheme, properties);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Context.ForbidAsync(TokenEndpoint.BearerScheme, properties);
}
