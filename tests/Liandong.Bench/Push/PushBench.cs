namespace Liandong.Bench;

/// <summary>Single pushes over 16 connections, beside the hand-made group commit on a database of its own.</summary>
public static class PushBench
{
    private const int Connections = 16;
    private const string Key = "template-key";

    public static async Task RunAsync(Options options)
    {
        var report = new Report($"push — {Connections} connections, one push per request, each with an Idempotency-Key", "database", "product /s", "hand-made /s", "ratio", "goal", "product CPU ms / push", "product p50 / p99 ms", "hand-made p50 / p99 ms");
        await Databases.OnEachAsync(options, async (name, make) =>
        {
            await using var ours = await District.MakeAsync(make("push_product"));
            await using var theirs = await District.MakeAsync(make("push_prototype"));
            await SendTemplateAsync(theirs);
            await using var connection = await Prototype.OpenAsync(theirs.Choice);
            var handMade = await HandMade.ReadAsync(connection, 1, Key);
            await using var prototype = await Prototype.StartAsync(connection, handMade);
            using var host = await Host.StartAsync(ours.Choice);
            var token = await host.TokenAsync(ours.BureauClient);

            var next = 1000L;
            async Task<Loaded> RunAsync(Uri address, double seconds, int most, Func<long, byte[]> request)
            {
                byte[][] requests = [.. Enumerable.Range(0, (int)(seconds * most)).Select(_ => request(next++))];
                var at = -1;
                return await Load.RunAsync(address, Connections, TimeSpan.FromSeconds(seconds), _ => Interlocked.Increment(ref at) is var i && i < requests.Length ? requests[i] : null, 201);
            }
            Task<Loaded> OursAsync(double seconds) =>
                RunAsync(host.Address, seconds, 4000, n => Wire.Post("/api/v1/pushes", token, Messages.Of(n, ours.Handled[(int)(n % ours.Handled.Count)].Code), key: "key-" + n));
            Task<Loaded> TheirsAsync(double seconds) => RunAsync(prototype.Address, seconds, 8000, n => Wire.Post("/push", "-", Messages.Of(n, theirs.Handled[0].Code)));

            await OursAsync(options.Warm);
            await TheirsAsync(options.Warm / 2);
            var (a, b, before) = (new List<Loaded>(), new List<Loaded>(), host.Processor);
            for (var round = 0; round < options.Rounds; round++)
            {
                a.Add(await OursAsync(options.Seconds));
                b.Add(await TheirsAsync(options.Seconds));
                Console.WriteLine($"  {name} round {round + 1}: {Report.N(a[^1].PerSecond)} / {Report.N(b[^1].PerSecond)} per s");
            }
            var processor = (host.Processor - before).TotalMilliseconds / a.Sum(l => l.Count);
            report.Add(name, Report.N(Load.Median(a.Select(l => l.PerSecond))), Report.N(Load.Median(b.Select(l => l.PerSecond))), $"{Load.Median(a.Zip(b, (x, y) => x.PerSecond / y.PerSecond)):0.00}", "≥ 0.5, p99 < 50 ms", Report.N(processor),
                $"{Report.N(Load.Median(a.Select(l => l.P(0.5))))} / {Report.N(Load.Median(a.Select(l => l.P(0.99))))}", $"{Report.N(Load.Median(b.Select(l => l.P(0.5))))} / {Report.N(Load.Median(b.Select(l => l.P(0.99))))}");
        });
        report.Print();
    }

    /// <summary>One push through the product, whose rows the prototype copies.</summary>
    public static async Task SendTemplateAsync(District district)
    {
        using var host = await Host.StartAsync(district.Choice);
        using var wire = new Wire(host.Address);
        var status = await wire.SendAsync(Wire.Post("/api/v1/pushes", await host.TokenAsync(district.BureauClient), Messages.Of(1, district.Handled[0].Code), key: Key));
        if (status != 201) throw new InvalidOperationException($"The template was not taken: {status} {System.Text.Encoding.UTF8.GetString(wire.Body.Span)}");
    }
}
