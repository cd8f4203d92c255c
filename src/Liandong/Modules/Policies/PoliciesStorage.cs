using Liandong.Modules.Policies;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Data;

public abstract partial class AppDb
{
    public DbSet<PolicyChange> PolicyChanges => Set<PolicyChange>();
    public DbSet<TouchedItem> TouchedItems => Set<TouchedItem>();
}

internal static class PoliciesStorage
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<PolicyChange>(policy =>
        {
            policy.ToTable("policy_changes");
            policy.Ignore(p => p.Ref).Ignore(p => p.OnLedger).Ignore(p => p.TouchesItems);
            policy.HasIndex(p => new { p.District, p.Number }).IsUnique();
            policy.HasIndex(p => new { p.District, p.RecordedAt, p.Id });
            policy.HasIndex(p => new { p.District, p.EffectiveOn, p.Id });
            policy.HasIndex(p => new { p.District, p.Organ, p.RecordedAt });
            policy.HasIndex(p => new { p.District, p.Series });
        });
        model.Entity<TouchedItem>(touched =>
        {
            touched.ToTable("touched_items");
            touched.HasKey(t => new { t.District, t.Policy, t.Item });
            touched.HasIndex(t => new { t.District, t.Item });
        });
    }
}
