using Liandong.Desk;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liandong.Tests;

public static class GivenSearch
{
    /// <summary>Waits until the index has read the whole ledger, whoever reads it.</summary>
    public static async Task IndexedAsync(this Office office)
    {
        var indexer = office.Services.GetRequiredService<SearchIndexer>();
        while (await office.LookAsync(async db => await db.ChainHeads.Select(h => h.Number).SingleAsync() > (await db.LedgerCursors.Where(c => c.Reader == SearchIndexer.ReaderName).Select(c => (long?)c.Number).SingleOrDefaultAsync() ?? 0)))
            if (await indexer.ReadSomeAsync(Office.DistrictCode, Office.Stop) == 0) await Task.Delay(20, Office.Stop);
    }
}
