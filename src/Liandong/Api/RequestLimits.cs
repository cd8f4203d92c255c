using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Liandong.Accounts;
using Microsoft.AspNetCore.Http.Features;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Liandong.Api;

/// <summary>How much one request may carry. Bulk endpoints read line by line and are marked <see cref="LimitConventions.Unlimited{T}"/>: there each line has its limit.</summary>
public sealed class RequestLimits(RequestDelegate next, Problems problems)
{
    public const long Json = 1024 * 1024;
    public const long Files = 20 * 1024 * 1024;

    public Task InvokeAsync(HttpContext http)
    {
        var most = http.GetEndpoint()?.Metadata.GetMetadata<NoLimit>() is not null ? (long?)null
            : http.Request.ContentType is { } type && (type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) || type.Contains("spreadsheet", StringComparison.OrdinalIgnoreCase)
                || type.StartsWith("text/csv", StringComparison.OrdinalIgnoreCase) || type.StartsWith("application/octet-stream", StringComparison.OrdinalIgnoreCase)) ? Files : Json;
        // No text holds U+0000, and PostgreSQL takes no parameter with it.
        if (http.Request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) == true) return problems.AnswerAsync(http, StatusCodes.Status400BadRequest);
        if (http.Request.ContentLength > most) return problems.AnswerAsync(http, StatusCodes.Status413PayloadTooLarge);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature) feature.MaxRequestBodySize = most;
        return next(http);
    }

    internal sealed record NoLimit;
}

/// <summary>
/// How often one client, person or address may ask, in requests per second with a burst of ten seconds' worth (people: twenty). Generous: they
/// stop a loop that went wrong, not an office at work. 0 sets no limit. Each node counts for itself.
/// </summary>
/// <param name="Client">Each machine client.</param>
/// <param name="Person">Each signed-in person.</param>
/// <param name="Address">Each address that is not signed in: one office may stand behind one address.</param>
public sealed record RateSettings(int Client, int Person, int Address)
{
    public static RateSettings Of(IConfiguration settings, bool testing) => new(
        settings.GetValue("limits:client", testing ? 0 : 10_000), settings.GetValue("limits:person", testing ? 0 : 50), settings.GetValue("limits:address", testing ? 0 : 100));

    public RateLimitPartition<string> PartitionOf(HttpContext http)
    {
        var user = http.User;
        if (user.FindFirstValue(SignInClaims.Person) is { } person) return Bucket("p:" + person, Person, 20);
        if (user.Identity?.IsAuthenticated == true && user.FindFirstValue(Claims.Subject) is { } client) return Bucket("c:" + client, Client, 10);
        return Bucket("a:" + http.Connection.RemoteIpAddress, Address, 10);
    }

    private static RateLimitPartition<string> Bucket(string key, int perSecond, int burst) => perSecond <= 0 ? RateLimitPartition.GetNoLimiter(key) : RateLimitPartition.GetTokenBucketLimiter(key, _ =>
        new TokenBucketRateLimiterOptions { TokenLimit = perSecond * burst, TokensPerPeriod = perSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0 });

    public static async ValueTask RejectAsync(Microsoft.AspNetCore.RateLimiting.OnRejectedContext rejected, CancellationToken ct)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;
        rejected.HttpContext.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        await rejected.HttpContext.RequestServices.GetRequiredService<Problems>().AnswerAsync(rejected.HttpContext, StatusCodes.Status429TooManyRequests);
    }
}

public static class LimitConventions
{
    /// <summary>A bulk endpoint: its body is read as it comes and may be of any length. Such a body is never kept, so an <c>Idempotency-Key</c> does nothing here: every line carries its own number.</summary>
    public static T Unlimited<T>(this T endpoint) where T : IEndpointConventionBuilder
    {
        endpoint.Add(e => e.Metadata.Add(new RequestLimits.NoLimit()));
        return endpoint;
    }
}
