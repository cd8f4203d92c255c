using Liandong.Ledgers;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Data;

public abstract partial class AppDb
{
    public DbSet<LedgerSealRow> LedgerSeals => Set<LedgerSealRow>();
}

internal static class LedgersStorage
{
    public static void Map(ModelBuilder model) => model.Entity<LedgerSealRow>(seal =>
    {
        seal.ToTable("ledger_seals").IsTechnical();
        seal.HasKey(s => new { s.District, s.Number });
    });
}
