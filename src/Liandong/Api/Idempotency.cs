using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Liandong.Accounts;
using Liandong.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;
using Org.BouncyCastle.Crypto.Digests;

namespace Liandong.Api;

/// <summary>
/// <c>Idempotency-Key</c> for every unsafe call of the API. The key is saved in the transaction of the act that it leads to
/// (<see cref="UsedKey"/>), so that no crash, retry or race gives two acts; the answer is kept just after and given again, word for word, with
/// <c>Idempotency-Replayed: true</c>. The same key with another request is refused. Keys hold 72 hours.
/// </summary>
public sealed class Idempotency(RequestDelegate next, AnswerBook answers, Problems problems, IDataProtectionProvider protection)
{
    public const string Header = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotency-Replayed";
    public const int LongestKey = 128;

    /// <summary>How long a request waits for the other one with its key.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);
    private const int LongestAnswer = 1024 * 1024;

    /// <summary>Begins a kept answer that shows a secret: it lies encrypted, as the secret itself does.</summary>
    private const string Sealed = "sealed:";

    private readonly ConcurrentDictionary<string, byte> running = new();
    private readonly IDataProtector vault = protection.CreateProtector("liandong.kept-answer");

    /// <summary>What a retry gets when the answer itself was lost with its process: the act is done and stands in the ledger under this number.</summary>
    public sealed record Receipt(long Ledger, bool Replayed = true);

    /// <summary>
    /// Marks an endpoint whose writer looks the key up itself, for a whole group in the transaction of the acts, and refuses with
    /// <see cref="AlreadyDone"/>: a look-up of its own before each request would only cost.
    /// </summary>
    internal sealed record LookedUpByWriter;

    public async Task InvokeAsync(HttpContext http, RequestKey key, Actor actor, AppDb db, Clock clock)
    {
        var sent = http.Request.Headers[Header].ToString();
        if (sent.Length == 0 || !Counts(http) || !actor.IsSignedIn)
        {
            await next(http);
            return;
        }
        if (sent.Length > LongestKey || sent.Any(c => c is < '!' or > '~'))
        {
            await problems.AnswerAsync(http, Problems.KeyInvalid);
            return;
        }
        var used = $"{actor.Person}:{sent}";
        var fingerprint = await FingerprintAsync(http);
        var place = $"{db.District}:{used}";
        var known = http.GetEndpoint()?.Metadata.GetMetadata<LookedUpByWriter>() is null ? await KnownAsync(db, used, http.RequestAborted) : answers.Find(db.District, used);
        if (known is not null)
        {
            await ReplayAsync(http, db, known, fingerprint);
            return;
        }
        if (!running.TryAdd(place, 0))
        {
            await WaitForOtherAsync(http, db, used, place, fingerprint);
            return;
        }
        try
        {
            key.Carry(used, fingerprint);
            await RunAsync(http, key, db, clock, used, fingerprint);
        }
        finally
        {
            running.TryRemove(place, out _);
        }
    }

    private static bool Counts(HttpContext http) => http.Request.Path.StartsWithSegments("/api") && http.GetEndpoint()?.Metadata.GetMetadata<RequestLimits.NoLimit>() is null
        && (HttpMethods.IsPost(http.Request.Method) || HttpMethods.IsPut(http.Request.Method) || HttpMethods.IsPatch(http.Request.Method) || HttpMethods.IsDelete(http.Request.Method));

    private async Task RunAsync(HttpContext http, RequestKey key, AppDb db, Clock clock, string used, string fingerprint)
    {
        var original = http.Features.Get<IHttpResponseBodyFeature>()!;
        using var buffer = new MemoryStream();
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(buffer, original));
        try
        {
            await next(http);
            await http.Response.BodyWriter.FlushAsync(CancellationToken.None);
        }
        catch (Exception) when (key.Entry is null)
        {
            // Another node's request with this key may have been first: its result is the result of both.
            http.Features.Set(original);
            if (http.Response.HasStarted || await KnownAsync(db, used, CancellationToken.None) is not { } other) throw;
            http.Response.Headers.Clear();
            await ReplayAsync(http, db, other, fingerprint);
            return;
        }
        finally
        {
            http.Features.Set(original);
        }
        var answer = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        if (http.Response.StatusCode is >= 200 and < 300)
        {
            var text = answer.Length <= LongestAnswer && IsText(http.Response.ContentType) ? Encoding.UTF8.GetString(answer.Span) : null;
            if (text is not null && http.GetEndpoint()?.Metadata.GetMetadata<SecretShown>() is not null) text = Sealed + vault.Protect(text);
            answers.Keep(new UsedKey
            {
                District = db.District, Key = used, Fingerprint = fingerprint, Entry = key.Entry ?? 0, At = clock.Now,
                Status = http.Response.StatusCode, Location = http.Response.Headers.Location.ToString() is { Length: > 0 } place ? place : null, Answer = text,
            }, isNew: key.Entry is null);
        }
        http.Response.ContentLength = answer.Length > 0 ? answer.Length : null;
        await original.Stream.WriteAsync(answer, http.RequestAborted);
    }

    private async Task WaitForOtherAsync(HttpContext http, AppDb db, string used, string place, string fingerprint)
    {
        for (var from = System.Diagnostics.Stopwatch.GetTimestamp(); running.ContainsKey(place) && WaitedLess(from);) await Task.Delay(Pause, http.RequestAborted);
        if (await KnownAsync(db, used, http.RequestAborted) is { } known)
        {
            await ReplayAsync(http, db, known, fingerprint);
            return;
        }
        http.Response.Headers.RetryAfter = "1";
        await problems.AnswerAsync(http, Problems.KeyInProgress);
    }

    /// <summary>Gives the kept answer again. An act without an answer was recorded a moment ago, or by a process that died since.</summary>
    private async Task ReplayAsync(HttpContext http, AppDb db, UsedKey known, string fingerprint)
    {
        if (known.Fingerprint != fingerprint)
        {
            await problems.AnswerAsync(http, Problems.KeyMismatch);
            return;
        }
        for (var from = System.Diagnostics.Stopwatch.GetTimestamp(); known.Status is null && WaitedLess(from);)
        {
            await Task.Delay(Pause, http.RequestAborted);
            known = await KnownAsync(db, known.Key, http.RequestAborted) ?? known;
        }
        http.Response.Headers[ReplayedHeader] = "true";
        http.Response.StatusCode = known.Status ?? StatusCodes.Status200OK;
        if (known.Location is { } location) http.Response.Headers.Location = location;
        var body = known is { Status: not null, Answer: var kept } ? kept : JsonSerializer.Serialize(new Receipt(known.Entry), Ledger.BodyFormat);
        if (body is null or "") return;
        if (body.StartsWith(Sealed, StringComparison.Ordinal)) body = vault.Unprotect(body[Sealed.Length..]);
        http.Response.ContentType = "application/json; charset=utf-8";
        await http.Response.WriteAsync(body, http.RequestAborted);
    }

    /// <summary>Real time, whatever the office's clock says: the other request runs in it.</summary>
    private static bool WaitedLess(long from) => System.Diagnostics.Stopwatch.GetElapsedTime(from) < Patience;

    private async Task<UsedKey?> KnownAsync(AppDb db, string used, CancellationToken ct) =>
        answers.Find(db.District, used) ?? await db.UsedKeys.AsNoTracking().FirstOrDefaultAsync(k => k.Key == used, ct);

    /// <summary>SM3 over method, address and body; the body stays readable.</summary>
    private static async Task<string> FingerprintAsync(HttpContext http)
    {
        http.Request.EnableBuffering();
        var digest = new SM3Digest();
        var line = Encoding.UTF8.GetBytes($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}\n");
        digest.BlockUpdate(line, 0, line.Length);
        var part = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            for (int read; (read = await http.Request.Body.ReadAsync(part, http.RequestAborted)) > 0;) digest.BlockUpdate(part, 0, read);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(part);
        }
        http.Request.Body.Position = 0;
        var result = new byte[digest.GetDigestSize()];
        digest.DoFinal(result, 0);
        return Convert.ToHexStringLower(result);
    }

    private static bool IsText(string? type) => type is null || type.Contains("json", StringComparison.OrdinalIgnoreCase) || type.StartsWith("text/", StringComparison.OrdinalIgnoreCase);
}

/// <summary>The answer shows a secret once.</summary>
public sealed record SecretShown;

public static class SecretConventions
{
    /// <summary>The answer holds a secret: kept for a retry, it is kept encrypted.</summary>
    public static T ShowsSecret<T>(this T endpoint) where T : IEndpointConventionBuilder
    {
        endpoint.Add(e => e.Metadata.Add(new SecretShown()));
        return endpoint;
    }
}
