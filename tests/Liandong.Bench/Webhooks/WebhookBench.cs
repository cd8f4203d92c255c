using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Liandong.Bench;

/// <summary>A receiver on this machine: from the instant that the act carries in the ledger to the first attempt to tell it.</summary>
public static class WebhookBench
{
    private const int Acts = 200;

    public static async Task RunAsync(Options options)
    {
        var report = new Report($"webhooks — {Acts} pushes one after the other, and a burst of as many at once", "database", "one by one: median / p99 ms", "burst: median / p99 ms", "received", "goal");
        await Databases.OnEachAsync(options, async (name, make) =>
        {
            var waited = new ConcurrentQueue<double>();
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls($"http://127.0.0.1:{Ports.Free()}");
            await using var receiver = builder.Build();
            receiver.Run(async http =>
            {
                var at = TimeProvider.System.GetUtcNow();
                var told = await JsonDocument.ParseAsync(http.Request.Body);
                waited.Enqueue((at - DateTimeOffset.Parse(told.RootElement.GetProperty("time").GetString()!, CultureInfo.InvariantCulture)).TotalMilliseconds);
                http.Response.StatusCode = 204;
            });
            await receiver.StartAsync();

            await using var district = await District.MakeAsync(make("webhooks"));
            using var host = await Host.StartAsync(district.Choice, "--webhooks:allow", "127.0.0.1");
            using var http = await host.SignInAsync(district.OrganClients[0]);
            (await http.PostAsJsonAsync("/api/v1/webhooks", new { url = receiver.Urls.Single() + "/hook", types = new[] { "push.delivered" } })).EnsureSuccessStatusCode();
            var token = await host.TokenAsync(district.BureauClient);
            using var wire = new Wire(host.Address);
            var item = district.Handled[0].Code;

            async Task<double[]> TakeAsync(int count)
            {
                for (var i = 0; i < 600 && waited.Count < count; i++) await Task.Delay(50);
                double[] taken = [.. waited.Order()];
                waited.Clear();
                return taken;
            }
            for (var n = 1; n <= 20; n++) await wire.SendAsync(Wire.Post("/api/v1/pushes", token, Messages.Of(n, item)));
            await TakeAsync(20);
            for (var n = 1000; n < 1000 + Acts; n++)
            {
                await wire.SendAsync(Wire.Post("/api/v1/pushes", token, Messages.Of(n, item)));
                await Task.Delay(10);
            }
            var single = await TakeAsync(Acts);
            var wires = Enumerable.Range(0, 20).Select(_ => new Wire(host.Address)).ToList();
            await Task.WhenAll(wires.Select((w, i) => Task.Run(async () =>
            {
                for (var n = 0; n < Acts / 20; n++) await w.SendAsync(Wire.Post("/api/v1/pushes", token, Messages.Of(2000 + i * Acts + n, item)));
            })));
            foreach (var w in wires) w.Dispose();
            var burst = await TakeAsync(Acts);
            static string Cell(double[] of) => $"{Report.N(Load.Median(of))} / {Report.N(of[Math.Min(of.Length - 1, (int)(of.Length * 0.99))])}";
            report.Add(name, Cell(single), Cell(burst), $"{single.Length + burst.Length} of {2 * Acts}", "median < 100 ms");
        });
        report.Print();
    }
}
