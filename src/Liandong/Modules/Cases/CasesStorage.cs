using Liandong.Modules.Cases;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Data;

public abstract partial class AppDb
{
    public DbSet<Party> Parties => Set<Party>();
    public DbSet<Case> Cases => Set<Case>();
    public DbSet<Permit> Permits => Set<Permit>();
}

internal static class CasesStorage
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<Party>(party =>
        {
            // By the name, beside what is planned.
            party.ShowsOnDesksOf().ToTable("parties");
            party.HasIndex(p => new { p.District, p.Key }).IsUnique();
        });
        model.Entity<Case>(c =>
        {
            c.ToTable("cases");
            c.Ignore(x => x.Ref).Ignore(x => x.IsHandledHere).Ignore(x => x.IsSuspended);
            c.HasIndex(x => new { x.District, x.Number }).IsUnique();
            // 对账 counts decisions by day, and those that are pushed in another range.
            c.HasIndex(x => new { x.District, x.DecidedAt, x.PushedOn });
            c.HasIndex(x => new { x.District, x.PushedOn, x.DecidedAt });
            c.HasIndex(x => new { x.District, x.ReceivedAt, x.Id });
            c.HasIndex(x => new { x.District, x.Stage, x.ReceivedAt, x.Id });
            c.HasIndex(x => new { x.District, x.Party });
        });
        model.Entity<Permit>(permit =>
        {
            permit.ToTable("permits");
            permit.Ignore(p => p.Ref);
            permit.HasIndex(p => new { p.District, p.Number });
            permit.HasIndex(p => new { p.District, p.ValidTo, p.Id });
            // What the lapse clock looks for: soon empty again, however many permits there are.
            permit.HasIndex(p => new { p.District, p.ValidTo, p.Case }).HasFilter("lapse_pushed_at IS NULL AND ending IS NULL");
            permit.HasIndex(p => new { p.District, p.Party });
            permit.HasIndex(p => new { p.District, p.Case });
        });
    }
}
