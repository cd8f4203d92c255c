using System.Diagnostics;

namespace Liandong.Bench;

/// <summary>NDJSON of 10,000 pushes, beside the same rows by UNNEST (SQLite: prepared statements), 1,000 per transaction; and the memory while many more stream through.</summary>
public static class BulkBench
{
    private const int Lines = 10_000, PerTransaction = 1000;

    public static async Task RunAsync(Options options)
    {
        var report = new Report($"bulk — NDJSON of {Lines:#,0} pushes in one request, one connection", "database", "product /s", "hand-made /s", "ratio", "goal", $"memory MB: before / highest / after a stream of {options.Lines:#,0}", "streamed /s");
        await Databases.OnEachAsync(options, async (name, make) =>
        {
            await using var ours = await District.MakeAsync(make("bulk_product"));
            await using var theirs = await District.MakeAsync(make("bulk_prototype"));
            await PushBench.SendTemplateAsync(theirs);
            await using var connection = await Prototype.OpenAsync(theirs.Choice);
            var handMade = await HandMade.ReadAsync(connection, 1, "template-key");
            using var host = await Host.StartAsync(ours.Choice);
            using var http = await host.SignInAsync(ours.BureauClient);
            var next = 1000L;

            async Task<double> OursAsync(int lines)
            {
                var watch = Stopwatch.StartNew();
                await Bulk.SendAsync(http, next, lines, n => ours.Handled[(int)(n % ours.Handled.Count)].Code);
                next += lines;
                return lines / watch.Elapsed.TotalSeconds;
            }
            async Task<double> TheirsAsync()
            {
                var watch = Stopwatch.StartNew();
                for (var done = 0; done < Lines; done += PerTransaction, next += PerTransaction) await handMade.WriteAsync(connection, [.. Enumerable.Range(0, PerTransaction).Select(i => new HandMade.One(next + i))]);
                return Lines / watch.Elapsed.TotalSeconds;
            }

            await OursAsync(Lines);
            await TheirsAsync();
            var (a, b) = (new List<double>(), new List<double>());
            for (var round = 0; round < options.Rounds; round++)
            {
                a.Add(await OursAsync(Lines));
                b.Add(await TheirsAsync());
                Console.WriteLine($"  {name} round {round + 1}: {Report.N(a[^1])} / {Report.N(b[^1])} per s");
            }
            var (before, highest) = (host.Memory, 0L);
            using var stop = new CancellationTokenSource();
            var watching = Task.Run(async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    highest = Math.Max(highest, host.Memory);
                    await Task.Delay(50);
                }
            });
            var streamed = await OursAsync(options.Lines);
            await stop.CancelAsync();
            await watching;
            report.Add(name, Report.N(Load.Median(a)), Report.N(Load.Median(b)), $"{Load.Median(a.Zip(b, (x, y) => x / y)):0.00}", "≥ 0.5, memory flat", $"{before >> 20} / {highest >> 20} / {host.Memory >> 20}", Report.N(streamed));
        });
        report.Print();
    }
}
