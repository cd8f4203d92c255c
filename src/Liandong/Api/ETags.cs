using System.Globalization;
using Liandong.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Primitives;

namespace Liandong.Api;

/// <summary>
/// Entity tags from the version token of a row (<see cref="Conventions.Version"/>): <c>ETag</c> and <c>If-None-Match</c> on a detail,
/// <c>If-Match</c> on a change. In a projection the version is <c>EF.Property&lt;int&gt;(row, Conventions.Version)</c>.
/// </summary>
public static class ETags
{
    public static string Of(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>Answers a detail with its tag, or 304 when the client has this version.</summary>
    public static IResult Tagged<T>(this HttpContext http, T body, int version)
    {
        http.Response.Headers.ETag = Of(version);
        // Kept by the client alone, and asked for again before each use.
        http.Response.Headers.CacheControl = "private, no-cache";
        return Names(http.Request.Headers.IfNoneMatch, version) ? Results.StatusCode(StatusCodes.Status304NotModified) : Results.Ok(body);
    }

    /// <summary>
    /// Before a use case changes <paramref name="row"/>: when the request says <c>If-Match</c>, the row must still be of that version. The row
    /// stays tracked, so that a change between here and the use case's save is a lost race and never overwritten.
    /// </summary>
    /// <exception cref="Outdated">The row has another version by now.</exception>
    public static async Task MatchAsync<T>(this HttpContext http, AppDb db, IQueryable<T> row, CancellationToken ct) where T : class
    {
        var wanted = http.Request.Headers.IfMatch;
        if (wanted.Count == 0 || wanted == "*") return;
        if (await row.AsTracking().FirstOrDefaultAsync(ct) is not { } found) return;
        if (!Names(wanted, (int)db.Entry(found).Property(Conventions.Version).CurrentValue!)) throw new Outdated();
    }

    /// <summary>The version of a row that this scope has loaded, for the tag of an answer.</summary>
    public static int VersionOf(this AppDb db, object row) => (int)db.Entry(row).Property(Conventions.Version).CurrentValue!;

    private static bool Names(StringValues tags, int version) =>
        tags.SelectMany(t => (t ?? "").Split(',', StringSplitOptions.TrimEntries)).Any(t => t == "*" || t == Of(version) || t == "W/" + Of(version));
}

/// <summary>The request names a version (<c>If-Match</c>) that is no longer the current one: 412.</summary>
public sealed class Outdated() : Exception("这条记录在您读取之后已经有变动,请重新读取后再办理。");
