using System.Text.Json;
using Liandong.Data;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Bench;

/// <summary>What people and their systems read most, at two sizes of the district: does it stay as fast as it was?</summary>
public static class ReadBench
{
    private const int Connections = 4;

    public static async Task RunAsync(Options options)
    {
        var data = options.Data ?? System.IO.Directory.CreateTempSubdirectory("liandong-bench-read-").FullName;
        using var cluster = Cluster.Start(data);
        var measured = new List<(string What, List<Loaded> AtSize)>();
        foreach (var size in options.Sizes)
        {
            var name = $"read_{size}";
            var clients = Path.Combine(data, name + ".json");
            if (!cluster.Has(name) || !File.Exists(clients))
            {
                Console.WriteLine($"Making {size:#,0} cases …");
                var building = new DatabaseChoice(System.IO.Directory.CreateDirectory(Path.Combine(data, name)).FullName, cluster.Create(name + "_making"));
                await using (var district = await District.MakeAsync(building))
                {
                    await ReadData.FillAsync(cluster, name + "_making", district, size);
                    var party = await district.LookAsync(db => db.Parties.OrderBy(p => p.Id).Skip(100).Select(p => p.Id).FirstAsync());
                    await File.WriteAllTextAsync(clients, JsonSerializer.Serialize(new Known(district.BureauClient.Client.ClientId, district.BureauClient.Secret, district.OrganClients[0].Client.ClientId, district.OrganClients[0].Secret, party)));
                }
                Npgsql.NpgsqlConnection.ClearAllPools();
                if (cluster.Has(name)) cluster.Run($"DROP DATABASE {name} WITH (FORCE)");
                cluster.Rename(name + "_making", name);
            }
            var known = JsonSerializer.Deserialize<Known>(await File.ReadAllTextAsync(clients))!;
            using var host = await Host.StartAsync(new DatabaseChoice(Path.Combine(data, name), cluster.Database(name)));
            var (bureau, organ) = ("Authorization: Bearer " + await host.TokenAsync(known.Bureau, known.BureauSecret), "Authorization: Bearer " + await host.TokenAsync(known.Organ, known.OrganSecret));
            (string, string, string)[] reads =
            [
                ("inbox of 20, a department", "/api/v1/pushes?view=waiting&limit=20", organ),
                ("all pushes, newest 20, the bureau", "/api/v1/pushes?limit=20", bureau),
                ("desk of a department", "/api/v1/desk", organ),
                ("search, a word of one in twenty names", "/api/v1/search?q=" + Uri.EscapeDataString("明湖"), bureau),
                ("search, a word of few names", "/api/v1/search?q=" + Uri.EscapeDataString(Messages.Word(77 * 2654435761L % 9973)), bureau),
                ("party timeline", $"/api/v1/parties/{known.Party}", bureau),
                ("reconciliation of this month, the bureau", "/api/v1/reconciliation", bureau),
                ("reconciliation of this month, a department", "/api/v1/reconciliation", organ),
            ];
            foreach (var (what, path, who) in reads)
            {
                var request = Wire.Get(path, who);
                using (var wire = new Wire(host.Address))
                    if (await wire.SendAsync(request) is not 200 and var status) throw new InvalidOperationException($"{path} answered {status}.");
                await Load.RunAsync(host.Address, Connections, TimeSpan.FromSeconds(options.Seconds / 2), _ => request, 200);
                var rounds = new List<Loaded>();
                for (var round = 0; round < options.Rounds; round++) rounds.Add(await Load.RunAsync(host.Address, Connections, TimeSpan.FromSeconds(options.Seconds / 2), _ => request, 200));
                if (measured.FindIndex(m => m.What == what) is var at && at < 0) measured.Add((what, [Middle(rounds)]));
                else measured[at].AtSize.Add(Middle(rounds));
                Console.WriteLine($"  {size:#,0}: {what}: p50 {Middle(rounds).P(0.5):0.0} ms, p99 {Middle(rounds).P(0.99):0.0} ms");
            }
        }
        var report = new Report($"read — PostgreSQL, {Connections} connections at the API", ["what", .. options.Sizes.Select(s => $"{s:#,0} cases: p50 / p99 ms"), "growth of p50", "goal"]);
        foreach (var (what, at) in measured)
            report.Add([what, .. at.Select(l => $"{Report.N(l.P(0.5))} / {Report.N(l.P(0.99))}"), $"{at[^1].P(0.5) / at[0].P(0.5):0.00}", "p99 < 50 ms, growth ≤ 1.3"]);
        report.Print();
        if (options.Data is null) System.IO.Directory.Delete(data, recursive: true);
    }

    /// <summary>Who may ask, kept beside the database for the next run.</summary>
    private sealed record Known(string Bureau, string BureauSecret, string Organ, string OrganSecret, Guid Party);

    private static Loaded Middle(List<Loaded> rounds) => rounds.OrderBy(r => r.P(0.5)).ElementAt(rounds.Count / 2);
}
