using Liandong.Accounts;
using Liandong.Data;
using Liandong.Outbound;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Linkage.Reconciling;

/// <summary>Counts what reconciliation adds up anew from the rows, in one transaction under the district's chain head: whoever acts meanwhile waits for it.</summary>
public sealed class RebuildCounts(AppDb db, WriteGate gate)
{
    public async Task RunAsync(CancellationToken ct)
    {
        using var turn = await gate.EnterAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockedHead().AsNoTracking().FirstOrDefaultAsync(ct);
        await CountStorage.RecountAsync(db, db.District, ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>The command <c>liandong rebuild-counts</c>: every district, or the one that is named.</summary>
    public static async Task<int> RunAsync(DatabaseChoice database, string? district, TextWriter output, CancellationToken ct)
    {
        await using var services = new ServiceCollection().AddLogging().AddLiandong(database, new DefaultDistrict(district ?? "")).BuildServiceProvider();
        await PrepareDatabase.RunAsync(services, ct);
        foreach (var code in await Districts.AllAsync(services.GetRequiredService<IServiceScopeFactory>(), ct, only: district))
        {
            await using var scope = services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<DistrictScope>().Set(code);
            scope.ServiceProvider.GetRequiredService<Actor>().BecomePlatform();
            await scope.ServiceProvider.GetRequiredService<RebuildCounts>().RunAsync(ct);
            await output.WriteLineAsync($"{code}: the counts of reconciliation are counted anew");
        }
        return 0;
    }
}
