using System.Diagnostics;
using Liandong.Accounts;

namespace Liandong.Api;

/// <summary>
/// One line per request, without personal data: the pattern of the address (never the address itself, whose query may hold a name), status,
/// time taken, and who by key. A slow or failed one is a warning, so that it shows on a quiet console too.
/// </summary>
public sealed partial class RequestLog(RequestDelegate next, ILogger<RequestLog> log)
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);

    public async Task InvokeAsync(HttpContext http)
    {
        var from = Stopwatch.GetTimestamp();
        // Asked for now: a page that answers for a missing one has services of its own, and they are gone when it is done.
        var actor = http.RequestServices.GetService<Actor>();
        try
        {
            await next(http);
        }
        finally
        {
            var took = Stopwatch.GetElapsedTime(from);
            var status = http.Response.StatusCode;
            var level = status >= 500 || took > Slow && http.GetEndpoint()?.Metadata.GetMetadata<RequestLimits.NoLimit>() is null ? LogLevel.Warning : LogLevel.Information;
            if (log.IsEnabled(level)) Write(level, http.Request.Method, PatternOf(http), status, took.TotalMilliseconds, actor?.Person, http.TraceIdentifier);
        }
    }

    private static string PatternOf(HttpContext http) => http.GetEndpoint() is RouteEndpoint route ? "/" + route.RoutePattern.RawText?.TrimStart('/') : "(none)";

    [LoggerMessage(EventId = 1, Message = "{Method} {Pattern} {Status} in {Milliseconds:0.0} ms by {Who}, {Trace}")]
    private partial void Write(LogLevel level, string method, string pattern, int status, double milliseconds, Guid? who, string trace);
}
