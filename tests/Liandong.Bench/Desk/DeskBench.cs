using Liandong.Accounts;

namespace Liandong.Bench;

/// <summary>
/// Pages of officers whose organs owe many duties, ten people of ten organs: how many a second, how large on the wire. The desk is asked for three times: while
/// nobody acts, so that a desk that was kept still stands; while pushes come in; and under an address whose page is never kept.
/// </summary>
public static class DeskBench
{
    private const int Connections = 16, Pushed = 20_000, PushesPerSecond = 20;

    private sealed record Page(string Label, string Path, bool WhilePushesComeIn = false, string Goal = "");

    private static readonly Page[] Pages =
    [
        new("desk, nobody acts", "/", Goal: "≥ 1,000 /s, < 60 KB"),
        new($"desk, {PushesPerSecond} pushes /s to the ten organs", "/", WhilePushesComeIn: true),
        new("desk, rendered anew each time", "/?size=20"),
        new("inbox of 20", "/pushes"),
        new("search", "/search?q=%E6%98%8E%E6%B9%96"),
    ];

    public static async Task RunAsync(Options options)
    {
        var report = new Report($"desk — pages as HTML, {Connections} connections, ten people, {Pushed:#,0} open duties in the district", "database", "page", "pages /s", "CPU ms / page", "p50 / p99 ms", "KB compressed", "goal");
        await Databases.OnEachAsync(options, async (name, make) =>
        {
            await using var district = await District.MakeAsync(make("desk"));
            using (var first = await Host.StartAsync(district.Choice))
            using (var http = await first.SignInAsync(district.BureauClient))
                await Bulk.SendAsync(http, 1, Pushed, n => district.Handled[(int)(n % district.Handled.Count)].Code);
            using var host = await Host.StartAsync(district.Choice);
            var cookies = new List<string>();
            foreach (var organ in district.Organs) cookies.Add(await Browser.SignInAsync(district, host, organ, Roles.LiaisonOfficer, $"officer{cookies.Count}"));
            var token = await host.TokenAsync(district.BureauClient);
            var next = (long)Pushed;
            foreach (var page in Pages)
            {
                byte[][] requests = [.. cookies.Select(cookie => Wire.Get(page.Path, cookie, "Accept: text/html\r\nAccept-Encoding: br\r\n"))];
                using var wire = new Wire(host.Address);
                var status = await wire.SendAsync(requests[0]);
                if (status != 200) throw new InvalidOperationException($"{page.Path} answered {status}.");
                var kilobytes = wire.Body.Length / 1024.0;
                Task<Loaded> LoadAsync(double seconds) => Load.RunAsync(host.Address, Connections, TimeSpan.FromSeconds(seconds), w => requests[w % requests.Length]);
                await LoadAsync(options.Warm);
                using var ended = new CancellationTokenSource();
                var pushing = page.WhilePushesComeIn ? PushAsync(ended.Token) : Task.CompletedTask;
                var (rounds, before) = (new List<Loaded>(), host.Processor);
                for (var round = 0; round < options.Rounds; round++) rounds.Add(await LoadAsync(options.Seconds));
                var processor = (host.Processor - before).TotalMilliseconds / rounds.Sum(r => r.Count);
                await ended.CancelAsync();
                await pushing;
                report.Add(name, page.Label, Report.N(Load.Median(rounds.Select(r => r.PerSecond))), Report.N(processor), $"{Report.N(Load.Median(rounds.Select(r => r.P(0.5))))} / {Report.N(Load.Median(rounds.Select(r => r.P(0.99))))}", $"{kilobytes:0.0}", page.Goal);
            }

            // The processor time of these pushes is counted with the pages.
            async Task PushAsync(CancellationToken ended)
            {
                using var pushes = new Wire(host.Address);
                while (!ended.IsCancellationRequested)
                {
                    next++;
                    var status = await pushes.SendAsync(Wire.Post("/api/v1/pushes", token, Messages.Of(next, district.Handled[(int)(next % district.Handled.Count)].Code), key: "desk-" + next));
                    if (status != 201) throw new InvalidOperationException($"A push was answered {status}.");
                    await Task.Delay(TimeSpan.FromSeconds(1.0 / PushesPerSecond), CancellationToken.None);
                }
            }
        });
        report.Print();
    }
}
