using Liandong.Accounts;
using Liandong.Data;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Api;

/// <summary>
/// <c>/health</c>: ready, that is, the house is open, the database answers and the district's chain head can be read; 503 and <c>starting</c> before.
/// <c>/health/live</c>: the process answers. Neither asks who is there, and neither says more than its word to a stranger.
/// </summary>
public static class Health
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public sealed record State(string Status, string? Missing = null);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => new State("ok")).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/health", ReadyAsync).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>The answer before the house is open; null for every other address.</summary>
    internal static IResult? WhileStarting(PathString path) => path.Value switch
    {
        "/health" => Results.Json(new State("starting"), statusCode: StatusCodes.Status503ServiceUnavailable),
        "/health/live" => Results.Json(new State("ok")),
        _ => null,
    };

    private static async Task<IResult> ReadyAsync(IServiceScopeFactory scopes, DefaultDistrict district, ILogger<State> log, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<DistrictScope>().Set(district.Code);
            var head = await scope.ServiceProvider.GetRequiredService<AppDb>().ChainHeads.AsNoTracking().AnyAsync(patience.Token);
            return head ? Results.Ok(new State("ok")) : Results.Json(new State("unavailable", "district"), statusCode: StatusCodes.Status503ServiceUnavailable);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            log.LogWarning(failure, "Not ready: the database does not answer");
            return Results.Json(new State("unavailable", "database"), statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
