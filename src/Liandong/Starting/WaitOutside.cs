using Liandong.Api;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Liandong.Starting;

/// <summary>
/// Answers every request before the house is open: a page that says how far it is and asks again by itself, a problem with a code at the API.
/// It stands before everything that has to be made first, and serves the page's own style sheets and <c>/health</c> itself.
/// </summary>
public sealed class WaitOutside(RequestDelegate next, Opening opening, Problems problems, IWebHostEnvironment environment)
{
    private const string Seconds = "2";
    private static readonly Dictionary<string, string> Files = new() { ["/tokens.css"] = "text/css", ["/app.css"] = "text/css", ["/favicon.svg"] = "image/svg+xml" };

    public Task InvokeAsync(HttpContext http)
    {
        if (opening.IsOpen) return next(http);
        if (Health.WhileStarting(http.Request.Path) is { } health) return health.ExecuteAsync(http);
        if (Files.TryGetValue(http.Request.Path, out var type))
        {
            http.Response.ContentType = type;
            return http.Response.SendFileAsync(environment.WebRootFileProvider.GetFileInfo(http.Request.Path), http.RequestAborted);
        }
        http.Response.Headers.RetryAfter = Seconds;
        if (Problems.IsApi(http)) return problems.AnswerAsync(http, Problems.Starting(opening.Now.Doing));
        // Of the browser itself: no script and no element in the page has to do it.
        http.Response.Headers["Refresh"] = Seconds;
        return new RazorComponentResult<OpeningPage>(new { Stage = opening.Now }) { StatusCode = StatusCodes.Status503ServiceUnavailable }.ExecuteAsync(http);
    }
}
