using System.IO.Compression;
using System.Net;
using Liandong.Starting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.ResponseCompression;

namespace Liandong.Api;

/// <summary>What every request passes through, whichever page or endpoint it asks for. The threats that each step answers stand in <c>docs/operations/security.md</c>.</summary>
public static class Ground
{
    /// <summary>Answers under these show a secret once (a client's or a webhook's, a code): they are never compressed, so that their length tells nothing about it.</summary>
    private static readonly string[] ShowingSecrets = ["/connect", "/account", "/accounts", "/clients", "/sign-in", "/webhooks", "/api/v1/webhooks", "/api/v1/clients", "/api/v1/accounts"];

    public static void AddGround(this WebApplicationBuilder builder)
    {
        var (services, settings) = (builder.Services, builder.Configuration);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        services.AddResponseCompression(compression =>
        {
            // Pages go compressed over TLS too. What makes a compressed secret guessable (BREACH) is missing: the cookie is SameSite=Lax and no other
            // site can ask for a page in the person's name, and the antiforgery token and one-time key of a form are random anew in every answer
            // (a desk that is kept carries them again, but nothing that the maker of a link could choose: see KeepDesks).
            compression.EnableForHttps = true;
            compression.MimeTypes = ["text/html", "application/json", "application/problem+json", "text/css", "text/javascript", "image/svg+xml", "text/plain", "text/calendar"];
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
        services.AddRateLimiter(limits =>
        {
            var rates = RateSettings.Of(settings, builder.Environment.IsEnvironment("Testing"));
            limits.GlobalLimiter = System.Threading.RateLimiting.PartitionedRateLimiter.Create<HttpContext, string>(rates.PartitionOf);
            limits.OnRejected = RateSettings.RejectAsync;
        });
        services.AddSingleton<AnswerBook>().AddHostedService(provider => provider.GetRequiredService<AnswerBook>());
    }

    /// <summary>Before anybody is known: where the request comes from, what every answer carries, how failures are said.</summary>
    public static void UseGround(this WebApplication app)
    {
        if (ProxiesOf(app.Configuration) is { } forwarded) app.UseForwardedHeaders(forwarded);
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<WaitOutside>();
        // Said here and not left to the builder, which would put it first: until the house is open no endpoint is needed, and making them all takes seconds.
        app.UseRouting();
        app.UseMiddleware<RequestLog>();
        app.UseWhen(http => !ShowingSecrets.Any(p => http.Request.Path.StartsWithSegments(p)), plain => plain.UseResponseCompression());
        app.UseExceptionHandler();
        app.UseStatusCodePages(context => app.Services.GetRequiredService<Problems>().AnswerAsync(context.HttpContext, context.HttpContext.Response.StatusCode));
    }

    /// <summary>Once it is known who asks: how often, how much, whether at all, and whether for the first time.</summary>
    public static void UseGates(this WebApplication app)
    {
        app.UseRateLimiter();
        app.UseMiddleware<RequestLimits>();
        app.UseMiddleware<OwnPagesOnly>();
        app.UseMiddleware<CheckRights>();
        app.UseMiddleware<Idempotency>();
        app.UseMiddleware<EnumWords>();
    }

    /// <summary>
    /// <c>--proxies 10.0.0.5,10.1.0.0/16</c>: whose <c>X-Forwarded-For</c> and <c>-Proto</c> are believed. Nobody's unless it is said, for whoever may
    /// write them may choose the address that is counted and logged.
    /// </summary>
    private static ForwardedHeadersOptions? ProxiesOf(IConfiguration settings)
    {
        if (settings["proxies"] is not { Length: > 0 } listed) return null;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = 1 };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var one in listed.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            if (one.Contains('/', StringComparison.Ordinal)) options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(one));
            else options.KnownProxies.Add(IPAddress.Parse(one));
        return options;
    }
}
