using Liandong.Modules.Supervision;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Data;

public abstract partial class AppDb
{
    public DbSet<Matter> Matters => Set<Matter>();
    public DbSet<SupervisionPlan> SupervisionPlans => Set<SupervisionPlan>();
    public DbSet<Check> Checks => Set<Check>();
    public DbSet<Rectification> Rectifications => Set<Rectification>();
    public DbSet<Enforcement> Enforcements => Set<Enforcement>();
    public DbSet<Penalty> Penalties => Set<Penalty>();
    public DbSet<Feedback> Feedbacks => Set<Feedback>();
}

internal static class SupervisionStorage
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<Matter>(matter =>
        {
            matter.ToTable("supervision_matters");
            // Lists: of one organ, and of the whole district for the bureau.
            matter.HasIndex(m => new { m.District, m.Organ, m.ToCheck, m.ClaimedAt, m.Id });
            matter.HasIndex(m => new { m.District, m.ToCheck, m.ClaimedAt, m.Id });
            matter.HasIndex(m => new { m.District, m.Organ, m.Claimed, m.ClaimedAt, m.Id });
            matter.HasIndex(m => new { m.District, m.Claimed, m.ClaimedAt, m.Id });
            // Few at any time, the first to fall due first.
            matter.HasIndex(m => new { m.District, m.Organ, m.RectifyBy, m.Id }).HasFilter("is_rectifying");
            matter.HasIndex(m => new { m.District, m.RectifyBy, m.Id }).HasFilter("is_rectifying");
            matter.HasIndex(m => new { m.District, m.Organ, m.PlannedOn, m.Id }).HasFilter("planned_on IS NOT NULL");
            matter.HasIndex(m => new { m.District, m.PlannedOn, m.Id }).HasFilter("planned_on IS NOT NULL");
            matter.HasIndex(m => new { m.District, m.Party });
        });
        model.Entity<SupervisionPlan>(plan =>
        {
            plan.ShowsOnDesksOf(nameof(SupervisionPlan.Organ)).ToTable("supervision_plans");
            plan.HasIndex(p => new { p.District, p.Organ, p.State, p.PlannedOn });
            plan.HasIndex(p => new { p.District, p.Party, p.State });
        });
        model.Entity<Check>(check =>
        {
            check.ToTable("supervision_checks");
            check.Ignore(c => c.IsClean);
            check.HasIndex(c => new { c.District, c.Push, c.Nth }).IsUnique();
            check.HasIndex(c => new { c.District, c.Organ, c.SourceNumber }).IsUnique();
            check.HasIndex(c => new { c.District, c.Party });
        });
        model.Entity<Rectification>(rectification =>
        {
            rectification.ToTable("rectifications");
            rectification.Ignore(r => r.IsOpen);
            rectification.HasIndex(r => new { r.District, r.Push });
            rectification.HasIndex(r => new { r.District, r.Party });
        });
        model.Entity<Enforcement>(enforcement =>
        {
            enforcement.ToTable("enforcements");
            enforcement.HasIndex(e => new { e.District, e.Check }).IsUnique();
            enforcement.HasIndex(e => new { e.District, e.Push });
            enforcement.HasIndex(e => new { e.District, e.Party });
            enforcement.HasIndex(e => new { e.District, e.To, e.IsOpen, e.Id });
            enforcement.HasIndex(e => new { e.District, e.Organ, e.IsOpen, e.Id });
            enforcement.HasIndex(e => new { e.District, e.IsOpen, e.Id });
            enforcement.HasIndex(e => new { e.District, e.To, e.IsPenalised, e.Id });
            enforcement.HasIndex(e => new { e.District, e.Organ, e.IsPenalised, e.Id });
            enforcement.HasIndex(e => new { e.District, e.IsPenalised, e.Id });
        });
        model.Entity<Penalty>(penalty =>
        {
            penalty.ToTable("penalties");
            penalty.Ignore(p => p.RevokesPermit).Ignore(p => p.TouchesPermit);
            penalty.HasIndex(p => new { p.District, p.Organ, p.Number }).IsUnique();
            penalty.HasIndex(p => new { p.District, p.Push });
            penalty.HasIndex(p => new { p.District, p.Party });
        });
        model.Entity<Feedback>(feedback =>
        {
            feedback.ToTable("feedbacks");
            feedback.Ignore(f => f.Ref);
            feedback.HasIndex(f => new { f.District, f.Number }).IsUnique();
            feedback.HasIndex(f => new { f.District, f.To, f.IsAcknowledged, f.Id });
            feedback.HasIndex(f => new { f.District, f.Supervisor, f.IsAcknowledged, f.Id });
            feedback.HasIndex(f => new { f.District, f.Organ, f.IsAcknowledged, f.Id });
            feedback.HasIndex(f => new { f.District, f.To, f.Id });
            feedback.HasIndex(f => new { f.District, f.Supervisor, f.Id });
            feedback.HasIndex(f => new { f.District, f.Organ, f.Id });
            // What the bureau is verifying: soon empty again.
            feedback.HasIndex(f => new { f.District, f.To, f.Id }, "ix_feedbacks_awaiting").HasFilter("awaits_outcome");
            feedback.HasIndex(f => new { f.District, f.Push });
            feedback.HasIndex(f => new { f.District, f.Party, f.Effect });
        });
    }
}
