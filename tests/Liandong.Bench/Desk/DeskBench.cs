using Liandong.Accounts;

namespace Liandong.Bench;

/// <summary>Pages of an officer whose organ owes many duties: how many a second, how large on the wire.</summary>
public static class DeskBench
{
    private const int Connections = 16, Pushed = 20_000;

    public static async Task RunAsync(Options options)
    {
        var report = new Report($"desk — pages as HTML, {Connections} connections, {Pushed:#,0} open duties in the district", "database", "page", "pages /s", "CPU ms / page", "p50 / p99 ms", "KB compressed", "goal");
        await Databases.OnEachAsync(options, async (name, make) =>
        {
            await using var district = await District.MakeAsync(make("desk"));
            using (var first = await Host.StartAsync(district.Choice))
            using (var http = await first.SignInAsync(district.BureauClient))
                await Bulk.SendAsync(http, 1, Pushed, n => district.Handled[(int)(n % district.Handled.Count)].Code);
            using var host = await Host.StartAsync(district.Choice);
            var cookie = await Browser.SignInAsync(district, host, district.Organs[0], Roles.LiaisonOfficer, "zhangsan");
            foreach (var (label, path) in new[] { ("desk", "/"), ("inbox of 20", "/pushes"), ("search", "/search?q=%E6%98%8E%E6%B9%96") })
            {
                var request = Wire.Get(path, cookie, "Accept: text/html\r\nAccept-Encoding: br\r\n");
                using var wire = new Wire(host.Address);
                var status = await wire.SendAsync(request);
                if (status != 200) throw new InvalidOperationException($"{path} answered {status}.");
                var kilobytes = wire.Body.Length / 1024.0;
                await Load.RunAsync(host.Address, Connections, TimeSpan.FromSeconds(options.Warm), _ => request);
                var (rounds, before) = (new List<Loaded>(), host.Processor);
                for (var round = 0; round < options.Rounds; round++) rounds.Add(await Load.RunAsync(host.Address, Connections, TimeSpan.FromSeconds(options.Seconds), _ => request));
                var processor = (host.Processor - before).TotalMilliseconds / rounds.Sum(r => r.Count);
                report.Add(name, label, Report.N(Load.Median(rounds.Select(r => r.PerSecond))), Report.N(processor), $"{Report.N(Load.Median(rounds.Select(r => r.P(0.5))))} / {Report.N(Load.Median(rounds.Select(r => r.P(0.99))))}", $"{kilobytes:0.0}",
                    label == "desk" ? "≥ 1,000 /s, < 60 KB" : "");
            }
        });
        report.Print();
    }
}
