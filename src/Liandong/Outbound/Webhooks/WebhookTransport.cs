using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Liandong.Data;

namespace Liandong.Outbound;

/// <summary>One try to hand an event over by HTTP. Redirects are not followed, no proxy is used, the answer's body is not read.</summary>
public sealed class WebhookTransport(WebhookTargets targets, Clock clock) : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(10), PooledConnectionLifetime = TimeSpan.FromMinutes(2), MaxConnectionsPerServer = 8,
        ConnectCallback = targets.ConnectAsync,
    }, disposeHandler: true)
    { Timeout = Timeout.InfiniteTimeSpan };

    /// <param name="Error">Empty when handed over.</param>
    /// <param name="Asked">How long the receiver asks to be left alone.</param>
    public sealed record Outcome(int? Status, string Error, TimeSpan? Asked, int Milliseconds)
    {
        public bool IsDone => Error.Length == 0;
        public bool IsGone => Status == (int)HttpStatusCode.Gone;
    }

    public async Task<Outcome> SendAsync(string url, string id, string body, IReadOnlyList<string> secrets, CancellationToken ct)
    {
        var from = Stopwatch.GetTimestamp();
        if (targets.FaultOf(url) is { } fault) return new(null, fault, null, 0);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            var now = clock.Now;
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)), Version = HttpVersion.Version11 };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(CloudEvent.ContentType, "utf-8");
            request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Liandong", "1.0"));
            request.Headers.Add(WebhookSignature.IdHeader, id);
            request.Headers.Add(WebhookSignature.TimestampHeader, now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
            request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.SignWithAll(secrets, id, now, body));
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            var status = (int)response.StatusCode;
            var asked = response.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - now : null;
            return new(status, status is >= 200 and < 300 ? "" : status is >= 300 and < 400 ? "对方要求转到别处,回调不跟随重定向" : $"对方返回 {status}", asked > TimeSpan.Zero ? asked : null, Took());
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(null, $"超过 {Patience.TotalSeconds:0} 秒没有应答", null, Took());
        }
        catch (HttpRequestException failure)
        {
            return new(null, Why(failure), null, Took());
        }

        int Took() => (int)Stopwatch.GetElapsedTime(from).TotalMilliseconds;
    }

    public void Dispose() => http.Dispose();

    private static string Why(HttpRequestException failure) => failure.InnerException switch
    {
        TargetRefused => "地址指向内部网络,不允许访问",
        AuthenticationException => "对方的 TLS 证书无法验证",
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "对方拒绝连接",
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => "域名无法解析",
        SocketException => "无法连接",
        _ => "连接中断",
    };
}
