using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Ledgers;

/// <summary>The ledger as NDJSON, a line an entry, exactly as it is hashed. Taking it out is an act of its own.</summary>
public sealed class LedgerExport(AppDb db, Ledger ledger, Actor actor, Clock clock)
{
    public static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public sealed record Act(long Through) : IAct { static string IAct.Name => "ledger.exported"; }

    /// <summary>Records the export and returns the entries up to that moment, one by one: memory does not grow with the ledger.</summary>
    public async Task<IAsyncEnumerable<LedgerLine>> RunAsync(CancellationToken ct)
    {
        actor.Demand(Rights.LedgerExport);
        var through = await db.ChainHeads.AsNoTracking().Where(h => h.District == db.District).Select(h => h.Number).FirstOrDefaultAsync(ct);
        var number = await ledger.RecordAsync(new Act(through), new Subject("ledger", clock.NewId(), "", "台账"), null, ct);
        return LinesAsync(db, number);
    }

    public static IAsyncEnumerable<LedgerLine> LinesAsync(AppDb db, long through) =>
        db.LedgerEntries.AsNoTracking().Where(e => e.Number <= through).OrderBy(e => e.Number).AsAsyncEnumerable().Select(e => e.ToLine());

    public static async Task WriteAsync(IAsyncEnumerable<LedgerLine> lines, Stream to, CancellationToken ct)
    {
        await foreach (var line in lines.WithCancellation(ct))
        {
            await JsonSerializer.SerializeAsync(to, line, Format, ct);
            await to.WriteAsync("\n"u8.ToArray(), ct);
        }
        await to.FlushAsync(ct);
    }

    /// <summary>The command <c>export-ledger FILE</c>: reads the database without a running host. 0 written, 2 when it cannot be.</summary>
    public static async Task<int> RunAsync(DatabaseChoice database, string file, string district, TextWriter says)
    {
        await using var services = new ServiceCollection().AddLogging().AddLiandong(database, new DefaultDistrict(district)).BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<DistrictScope>().Set(district);
        scope.ServiceProvider.GetRequiredService<Actor>().BecomePlatform();
        await using var stream = File.Create(file);
        await WriteAsync(await scope.ServiceProvider.GetRequiredService<LedgerExport>().RunAsync(CancellationToken.None), stream, CancellationToken.None);
        await says.WriteLineAsync($"{file}: the ledger of {district}. Check it with: verify {file}");
        return 0;
    }
}
