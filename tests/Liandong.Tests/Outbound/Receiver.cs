using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Liandong.Outbound;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Liandong.Tests.Outbound;

/// <summary>A department's system that takes webhooks: a real HTTP server on loopback which keeps what it accepted and answers as the test says.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication app;

    private Receiver(WebApplication app) => this.app = app;

    public sealed record Event(string Id, string Type, string Subject, long Sequence, JsonElement Data, string Body, long Timestamp, string Signature);

    /// <summary>What it answers to the next deliveries.</summary>
    public Func<Event, IResult> Answer { get; set; } = _ => Results.NoContent();

    /// <summary>Everything that reached it, accepted or not.</summary>
    public ConcurrentQueue<Event> Tried { get; } = new();

    /// <summary>What it answered with 2xx.</summary>
    public ConcurrentQueue<Event> Accepted { get; } = new();

    public string Address => app.Urls.Single() + "/hook";

    public static async Task<Receiver> OpenAsync(int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        var app = builder.Build();
        var receiver = new Receiver(app);
        app.Run(receiver.TakeAsync);
        await app.StartAsync(Office.Stop);
        return receiver;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        var json = JsonDocument.Parse(body).RootElement;
        var one = new Event(http.Request.Headers[WebhookSignature.IdHeader]!, json.GetProperty("type").GetString()!, json.GetProperty("subject").GetString()!,
            long.Parse(json.GetProperty("sequence").GetString()!, CultureInfo.InvariantCulture), json.GetProperty("data"), body,
            long.Parse(http.Request.Headers[WebhookSignature.TimestampHeader]!, CultureInfo.InvariantCulture), http.Request.Headers[WebhookSignature.SignatureHeader]!);
        Tried.Enqueue(one);
        var answer = Answer(one);
        await answer.ExecuteAsync(http);
        if (http.Response.StatusCode is >= 200 and < 300) Accepted.Enqueue(one);
    }
}
