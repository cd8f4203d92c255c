using System.Text.Json;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Ledger;
using Liandong.Outbound;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Ledgers;

/// <summary>Signs where a district's chain stands. A seal kept outside the database shows later that entries were cut off or all written anew.</summary>
public sealed class SealChain(AppDb db, SealKey key, DatabaseChoice choice, Clock clock)
{
    /// <summary>Seals the head once; null when it is sealed already or nothing was ever recorded.</summary>
    public async Task<LedgerSeal?> RunAsync(CancellationToken ct)
    {
        var head = await db.ChainHeads.AsNoTracking().FirstOrDefaultAsync(h => h.District == db.District, ct);
        if (head is null || head.Number == 0 || await db.LedgerSeals.AnyAsync(s => s.Number == head.Number, ct)) return null;
        var seal = key.Sign(db.District, head.Number, head.Hash, clock.Now);
        db.LedgerSeals.Add(new LedgerSealRow { District = seal.District, Number = seal.Number, Hash = seal.Hash, At = seal.At, Signature = seal.Signature, KeyId = seal.KeyId });
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException failure) when (Uniqueness.IsViolated(failure))
        {
            db.ChangeTracker.Clear();
            return null;
        }
        var folder = System.IO.Directory.CreateDirectory(Path.Combine(choice.DataFolder, "seals")).FullName;
        await File.AppendAllTextAsync(Path.Combine(folder, db.District + ".ndjson"), JsonSerializer.Serialize(seal, LedgerExport.Format) + "\n", ct);
        return seal;
    }
}

/// <summary>Seals every district at each full hour of Beijing, midnight among them, and once at the start.</summary>
public sealed class ChainSealer(IServiceScopeFactory scopes, Clock clock, TimeProvider time, ILogger<ChainSealer> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var district in await Districts.AllAsync(scopes, stoppingToken)) await SealAsync(district, stoppingToken);
                var now = clock.Now;
                var next = Beijing.StartOf(Beijing.DayOf(now)).AddHours(now.Hour + 1);
                await Task.Delay(next - now, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                log.LogError(failure, "The chain could not be sealed; it is tried again");
                await Task.WhenAny(Task.Delay(TimeSpan.FromMinutes(1), time, stoppingToken));
            }
        }
    }

    private async Task SealAsync(string district, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<DistrictScope>().Set(district);
        scope.ServiceProvider.GetRequiredService<Actor>().BecomePlatform();
        await scope.ServiceProvider.GetRequiredService<SealChain>().RunAsync(ct);
    }
}
