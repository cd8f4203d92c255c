using System.Text.Json;
using System.Text.RegularExpressions;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Shared;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Api;

/// <summary>Turns what went wrong into RFC 9457 problems with stable codes (API) or into plain pages (browser).</summary>
public sealed partial class Problems(IProblemDetailsService service, ILogger<Problems> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception failure, CancellationToken ct)
    {
        // The client went away: nobody reads an answer, and nothing is wrong here.
        if (failure is OperationCanceledException && http.RequestAborted.IsCancellationRequested) return true;
        var problem = Of(failure);
        if (failure is Forbidden && IsApi(http) && http.User.Identity?.IsAuthenticated != true)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            await AnswerAsync(http, StatusCodes.Status401Unauthorized);
            return true;
        }
        if (problem.Status >= 500) log.LogError(failure, "Unhandled failure at {Path}", http.Request.Path);
        if (problem.Status == 503) http.Response.Headers.RetryAfter = "5";
        await AnswerAsync(http, problem);
        return true;
    }

    /// <summary>Answers a status that carries no body yet: an unknown address, a missing sign-in at the API.</summary>
    public Task AnswerAsync(HttpContext http, int status) => AnswerAsync(http, Of(status));

    private static ProblemDetails Of(int status) => status switch
    {
        400 => New(400, "request.malformed", "请求无法读取", "提交的内容无法读取,可能页面已经过期。请返回后刷新再试。"),
        401 => New(401, "unauthenticated", "需要登录", "请先登录,或者在 Authorization 头中带上访问令牌。"),
        403 => New(403, "forbidden", "没有权限", "您的岗位没有办理此事的权限。"),
        404 => New(404, "not-found", "没有找到,或者您无权查看", "请核对地址或编号。如果是别人转来的链接,可能这件事与您的单位无关。"),
        405 => New(405, "method-not-allowed", "不支持这种请求方法", "请核对接口文档中的请求方法。"),
        413 => New(413, "too-large", "内容太大", "内容超过大小限制,请分批提交。"),
        415 => New(415, "unsupported-media-type", "不支持这种内容类型", "请核对接口文档中的 Content-Type。"),
        429 => New(429, "rate-limited", "请求太频繁", "请求太频繁,请稍后再试。"),
        _ => New(status, "status." + status, "没有办成", "请稍后再试。"),
    };

    public static ProblemDetails KeyInvalid => New(400, "idempotency.key-invalid", "Idempotency-Key 无法使用", $"Idempotency-Key 应为 1 到 {Idempotency.LongestKey} 个可见 ASCII 字符。");

    public static ProblemDetails KeyMismatch => New(422, "idempotency.mismatch", "同一个 Idempotency-Key 用于不同的请求", "这个 Idempotency-Key 已经用于内容不同的请求;新的请求请用新的键。");

    public static ProblemDetails KeyInProgress => New(409, "idempotency.in-progress", "同一请求正在办理", "带有这个 Idempotency-Key 的请求正在办理,请稍后用同一个键重试。");

    public static ProblemDetails Starting(string doing) => New(503, "starting", "正在启动", $"{doing},请稍后再试。");

    public static ProblemDetails ForeignOrigin => New(403, "forbidden.origin", "来自其他网站的请求", "浏览器登录状态下的接口请求只能由本平台页面发出;系统对接请使用访问令牌。");

    public async Task AnswerAsync(HttpContext http, ProblemDetails problem)
    {
        http.Response.StatusCode = problem.Status!.Value;
        if (IsApi(http)) await service.WriteAsync(new ProblemDetailsContext { HttpContext = http, ProblemDetails = problem });
        if (IsApi(http)) return;
        if (problem.Status == 503)
        {
            // Who asks stands in the database that is away: the answer must not ask it again.
            await WithoutDatabaseAsync(http, problem);
            return;
        }
        // The failed page has used up this scope's renderer: the answer is rendered in one of its own.
        await using var scope = http.RequestServices.CreateAsyncScope();
        http.RequestServices = scope.ServiceProvider;
        await Accounts.ResolveActor.FillAsync(http, scope.ServiceProvider);
        await new Microsoft.AspNetCore.Http.HttpResults.RazorComponentResult<App>(new { Failure = problem }) { StatusCode = problem.Status }.ExecuteAsync(http);
    }

    private static async Task WithoutDatabaseAsync(HttpContext http, ProblemDetails problem)
    {
        var html = System.Text.Encodings.Web.HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All);
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync($"""
            <!DOCTYPE html>
            <html lang="zh-CN">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/tokens.css"><link rel="stylesheet" href="/app.css"><title>{html.Encode(problem.Title!)} · 联动</title></head>
            <body><div class="plain"><main class="main" id="content"><div class="stack"><h1>{html.Encode(problem.Title!)}</h1><p>{html.Encode(problem.Detail!)}</p></div></main></div></body>
            </html>
            """, http.RequestAborted);
    }

    public static bool IsApi(HttpContext http) => http.Request.Path.StartsWithSegments("/api") || http.Request.Path.StartsWithSegments("/connect");

    public static int StatusOf(Exception failure) => Of(failure).Status!.Value;

    public static ProblemDetails Of(Exception failure) => failure switch
    {
        Refusal r => New(409, r.Code, "不符合规定,不能办理", r.Message, p =>
        {
            if (r.Article is { } article) p.Extensions["article"] = new { article.Clause, article.Quote };
            if (r.Field is { } field) p.Extensions["field"] = Camel(field);
        }),
        AlreadyDone d => New(409, "idempotency.in-progress", "同一请求正在办理", d.Message),
        InvalidInput i => New(400, "input.invalid", "填报内容有误", i.Message, p => p.Extensions["errors"] = i.Errors.ToDictionary(e => Camel(e.Key), e => new[] { e.Value })),
        NotFound n => New(404, "not-found", "没有找到", n.Message),
        Outdated o => New(412, "precondition.failed", "记录已有变动", o.Message),
        Accounts.OverLimit o => New(429, "rate-limited", "请求太频繁", o.Message),
        Forbidden f => New(403, "forbidden", "没有权限", f.Message, p => p.Extensions["right"] = f.Right),
        BadHttpRequestException { StatusCode: 400 } b => Unreadable(b),
        BadHttpRequestException b => Of(b.StatusCode),
        // A page's address that somebody shortened or mistyped: the framework has no exception of its own for it.
        InvalidOperationException page when MistypedAddress().Match(page.Message) is { Success: true } mistyped => New(400, "request.malformed", "地址有误", $"地址中的“{Camel(mistyped.Groups["name"].Value)}”无法读取。请核对地址,或者从菜单重新打开。"),
        Microsoft.AspNetCore.Antiforgery.AntiforgeryValidationException => New(400, "request.malformed", "请求无法读取", "页面已经过期,请返回后刷新再试。"),
        _ when Outage.IsFull(failure) => New(503, "storage.full", "存储空间不足", "服务器的存储空间不足,没有保存。请联系系统管理员;腾出空间以后再办一次。"),
        _ when Outage.IsAway(failure) => New(503, "storage.unavailable", "数据库暂时连接不上", "数据库暂时连接不上,请稍后再试。刚才提交的可能已经办成:请先刷新看一看;接口请用同一个 Idempotency-Key 重试。"),
        DbUpdateConcurrencyException => New(409, "conflict.lost-race", "他人已先行办理", Refusal.LostRace().Message),
        _ => New(500, "internal", "系统出错", "系统出错,已经记录。请稍后再试;如仍不行,请联系系统管理员。"),
    };

    public static string Camel(string name) => name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary>What of a request the framework could not read: said field by field, so that its sender can mend it.</summary>
    private static ProblemDetails Unreadable(BadHttpRequestException bad)
    {
        var faults = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var words = "请求无法读取,或者没有内容。";
        if (bad.InnerException is JsonException json)
        {
            var place = (json.Path ?? "$").TrimStart('$').TrimStart('.');
            words = $"第 {json.LineNumber + 1} 行起不是完整的 JSON。";
            // The reader's own complaint is about the text; the others are about a value, or about values that are not there.
            if (json.InnerException is not JsonException)
                if (MissingProperties().Match(json.Message) is { Success: true } missing)
                    foreach (var name in missing.Groups["name"].Captures.Select(c => c.Value)) faults[place.Length > 0 ? $"{place}.{name}" : name] = ["必须填写。"];
                else if (place.Length > 0) faults[place] = ["无法读取:类型不对、不是可用的取值,或者不能为空。"];
                else words = "内容的类型不对,请核对接口文档中的请求体。";
        }
        else if (NotGiven().Match(bad.Message) is { Success: true } absent) faults[Camel(absent.Groups["name"].Value)] = ["必须填写。"];
        if (faults.Count > 0) words = string.Join(' ', faults.Select(f => $"{f.Key} {f.Value[0]}"));
        return New(400, "request.malformed", "请求无法读取", words, p =>
        {
            if (faults.Count > 0) p.Extensions["errors"] = faults;
        });
    }

    // The words of ASP.NET Core 10 and System.Text.Json; a test asks for each kind, so that other words of a later version are noticed.
    [GeneratedRegex("missing required properties including: '(?<name>[^']+)'(?:, '(?<name>[^']+)')*")]
    private static partial Regex MissingProperties();

    [GeneratedRegex("""^Required parameter "\S+ (?<name>\w+)" was not provided from (?!body\b).+\.$""")]
    private static partial Regex NotGiven();

    [GeneratedRegex("^Cannot parse the value '.*' as type '.*' for '(?<name>\\w+)'\\.$", RegexOptions.Singleline)]
    private static partial Regex MistypedAddress();

    private static ProblemDetails New(int status, string code, string title, string detail, Action<ProblemDetails>? more = null)
    {
        var problem = new ProblemDetails { Status = status, Title = title, Detail = detail, Type = $"https://liandong.example/problems/{code}" };
        problem.Extensions["code"] = code;
        more?.Invoke(problem);
        return problem;
    }
}
