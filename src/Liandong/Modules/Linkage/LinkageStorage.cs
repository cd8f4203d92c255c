using Liandong.Modules.Linkage;
using Liandong.Modules.Linkage.Disputes;
using Liandong.Modules.Linkage.Reconciling;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Data;

public abstract partial class AppDb
{
    public DbSet<Push> Pushes => Set<Push>();
    public DbSet<PushEvent> PushEvents => Set<PushEvent>();
    public DbSet<RoutingFailure> RoutingFailures => Set<RoutingFailure>();
    public DbSet<CompetenceDispute> CompetenceDisputes => Set<CompetenceDispute>();
    public DbSet<DisputeParty> DisputeParties => Set<DisputeParty>();
    public DbSet<DisputeStatement> DisputeStatements => Set<DisputeStatement>();
    public DbSet<MonthlyLetter> MonthlyLetters => Set<MonthlyLetter>();
}

internal static class LinkageStorage
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<Push>(push =>
        {
            push.ToTable("pushes");
            push.Ignore(p => p.Ref).Ignore(p => p.IsOpen);
            push.HasIndex(p => new { p.District, p.Case, p.Organ }).IsUnique();
            push.HasIndex(p => new { p.District, p.Number }).IsUnique();
            // Inboxes: what waits, by limit; everything else by state, newest first.
            push.HasIndex(p => new { p.District, p.Organ, p.Waiting, p.DueAt, p.Id });
            push.HasIndex(p => new { p.District, p.Organ, p.State, p.CreatedAt, p.Id });
            push.HasIndex(p => new { p.District, p.Waiting, p.DueAt, p.Id });
            push.HasIndex(p => new { p.District, p.Organ, p.CreatedAt, p.Id });
            push.HasIndex(p => new { p.District, p.CreatedAt, p.Id });
            push.HasIndex(p => new { p.District, p.Party });
            // The rows behind reconciliation's figures, by their range of days.
            push.HasIndex(p => new { p.District, p.SentOn, p.Organ, p.Item });
            push.HasIndex(p => new { p.District, p.DeliveredOn, p.Organ, p.Item, p.SentOn });
        });
        CountStorage.Map(model);
        model.Entity<RoutingFailure>(failure =>
        {
            failure.ToTable("routing_failures");
            failure.Ignore(f => f.Ref);
            failure.HasIndex(f => new { f.District, f.Case }).IsUnique();
            failure.HasIndex(f => new { f.District, f.ResolvedAt, f.FailedAt, f.Id });
        });
        model.Entity<PushEvent>().ToTable("push_events").HasIndex(e => new { e.District, e.Push });
        model.Entity<CompetenceDispute>(dispute =>
        {
            dispute.ToTable("competence_disputes");
            dispute.Ignore(d => d.Ref);
            dispute.HasIndex(d => new { d.District, d.Number }).IsUnique();
            dispute.HasIndex(d => new { d.District, d.State, d.OpenedAt, d.Id });
            dispute.HasIndex(d => new { d.District, d.Push });
        });
        model.Entity<DisputeParty>(party =>
        {
            party.ToTable("dispute_parties");
            party.HasKey(p => new { p.District, p.Dispute, p.Organ });
            party.HasIndex(p => new { p.District, p.Organ });
        });
        model.Entity<DisputeStatement>().ToTable("dispute_statements").HasIndex(s => new { s.District, s.Dispute });
        model.Entity<MonthlyLetter>(letter =>
        {
            letter.ToTable("monthly_letters");
            letter.Ignore(l => l.Ref);
            letter.HasIndex(l => new { l.District, l.Organ, l.Month, l.Edition }).IsUnique();
        });
    }
}
