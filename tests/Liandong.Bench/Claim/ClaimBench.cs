using System.Diagnostics;
using Liandong.Data;
using Liandong.Modules.Linkage;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Bench;

/// <summary>Claims over 8 connections beside hand-made group commit of the same rows; and 50 claims of one push at once.</summary>
public static class ClaimBench
{
    private const int Connections = 8, AtOnce = 50;

    public static async Task RunAsync(Options options)
    {
        var report = new Report($"claim — {Connections} connections, one claim per request", "database", "product /s", "hand-made /s", "ratio", "goal", "product CPU ms / claim", "product p50 / p99 ms", $"{AtOnce} claims of one push at once");
        await Databases.OnEachAsync(options, async (name, make) =>
        {
            var seconds = options.Rounds * options.Seconds + options.Warm;
            await using var ours = await District.MakeAsync(make("claim_product"));
            await using var theirs = await District.MakeAsync(make("claim_prototype"));
            var (mine, others) = (await PushedAsync(ours, (int)(seconds * 1000)), await PushedAsync(theirs, (int)(seconds * 2500)));
            using var host = await Host.StartAsync(ours.Choice);
            var tokens = new Dictionary<Guid, string>();
            for (var i = 0; i < ours.Organs.Count; i++) tokens[ours.Organs[i].Id] = await host.TokenAsync(ours.OrganClients[i]);
            await using var connection = await Prototype.OpenAsync(theirs.Choice);
            var template = others.Dequeue();
            var handMade = await HandMade.ReadClaimAsync(connection, template.Id, () => ClaimOneAsync(theirs, template));
            await using var prototype = await Prototype.StartAsync(connection, handMade);

            static Task<Loaded> RunAsync(Uri address, double seconds, Queue<(Guid Id, Guid Organ)> pushes, Func<(Guid Id, Guid Organ), byte[]> request)
            {
                var gate = new Lock();
                return Load.RunAsync(address, Connections, TimeSpan.FromSeconds(seconds), _ =>
                {
                    lock (gate) return pushes.TryDequeue(out var push) ? request(push) : null;
                });
            }
            Task<Loaded> OursAsync(double seconds) => RunAsync(host.Address, seconds, mine, p => Wire.Post($"/api/v1/pushes/{p.Id}/claim", tokens[p.Organ], "{}"u8));
            Task<Loaded> TheirsAsync(double seconds) => RunAsync(prototype.Address, seconds, others, p => Wire.Post($"/claim/{p.Id}", "-", "{}"u8));

            var once = await AtOnceAsync(ours, host, mine.Dequeue(), tokens);
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
            report.Add(name, Report.N(Load.Median(a.Select(l => l.PerSecond))), Report.N(Load.Median(b.Select(l => l.PerSecond))), $"{Load.Median(a.Zip(b, (x, y) => x.PerSecond / y.PerSecond)):0.00}", "≥ 0.4; exactly one wins", Report.N(processor),
                $"{Report.N(Load.Median(a.Select(l => l.P(0.5))))} / {Report.N(Load.Median(a.Select(l => l.P(0.99))))}", once);
        });
        report.Print();
    }

    /// <summary>Pushes that wait to be claimed, taken in by the product's bulk.</summary>
    private static async Task<Queue<(Guid Id, Guid Organ)>> PushedAsync(District district, int count)
    {
        using (var host = await Host.StartAsync(district.Choice))
        using (var http = await host.SignInAsync(district.BureauClient))
            await Bulk.SendAsync(http, 1, count, n => district.Handled[(int)(n % district.Handled.Count)].Code);
        var pushes = await district.LookAsync(db => db.Pushes.AsNoTracking().OrderBy(p => p.Id).Select(p => new { p.Id, p.Organ }).ToListAsync());
        return new Queue<(Guid, Guid)>(pushes.Select(p => (p.Id, p.Organ)));
    }

    private static async Task ClaimOneAsync(District district, (Guid Id, Guid Organ) push)
    {
        using var host = await Host.StartAsync(district.Choice);
        using var http = await host.SignInAsync(district.OrganClients[district.Organs.ToList().FindIndex(o => o.Id == push.Organ)]);
        (await http.PostAsync($"/api/v1/pushes/{push.Id}/claim", new StringContent("{}", null, "application/json"))).EnsureSuccessStatusCode();
    }

    private static async Task<string> AtOnceAsync(District district, Host host, (Guid Id, Guid Organ) push, Dictionary<Guid, string> tokens)
    {
        var request = Wire.Post($"/api/v1/pushes/{push.Id}/claim", tokens[push.Organ], "{}"u8);
        var wires = Enumerable.Range(0, AtOnce).Select(_ => new Wire(host.Address)).ToList();
        var watch = Stopwatch.StartNew();
        var answers = await Task.WhenAll(wires.Select(async wire => await wire.SendAsync(request)));
        watch.Stop();
        foreach (var wire in wires) wire.Dispose();
        var acts = await district.LookAsync(db => db.LedgerEntries.CountAsync(e => e.SubjectId == push.Id && e.Act == ClaimPush.Act.Name));
        return $"{answers.Count(a => a == 200)} won, {answers.Count(a => a == 409)} were told who, {acts} entry, {watch.Elapsed.TotalMilliseconds:0} ms";
    }
}
