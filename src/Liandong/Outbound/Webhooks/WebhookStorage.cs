using Liandong.Outbound;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Data;

public abstract partial class AppDb
{
    public DbSet<WebhookSubscription> WebhookSubscriptions => Set<WebhookSubscription>();
    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();
    public DbSet<WebhookAttempt> WebhookAttempts => Set<WebhookAttempt>();
    public DbSet<WebhookLine> WebhookLines => Set<WebhookLine>();

    /// <summary>Makes the line of a subscription where there is none, and keeps others from it until the transaction ends.</summary>
    public Task HoldWebhookLineAsync(Guid subscription, CancellationToken ct) => Database.ExecuteSqlAsync(
        $"INSERT INTO webhook_lines (district, subscription, failures) VALUES ({District}, {subscription}, 0) ON CONFLICT (district, subscription) DO UPDATE SET failures = webhook_lines.failures", ct);

    /// <summary>Those of the deliveries that wait and that no node has in hand, locked for the rest of the transaction where the database has row locks.</summary>
    public IQueryable<WebhookDelivery> LockedDeliveries(Guid[] ids, DateTimeOffset now) => this is PostgresDb
        ? WebhookDeliveries.FromSql($"SELECT * FROM webhook_deliveries WHERE district = {District} AND id = ANY ({ids}) AND state = 'Waiting' AND (leased_until IS NULL OR leased_until <= {now.ToUniversalTime()}) ORDER BY number FOR UPDATE SKIP LOCKED")
        : WebhookDeliveries.Where(d => EF.Parameter(ids).Contains(d.Id) && d.State == DeliveryState.Waiting && (d.LeasedUntil == null || d.LeasedUntil <= now)).OrderBy(d => d.Number);
}

internal static class WebhookStorage
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<WebhookSubscription>(subscription =>
        {
            subscription.ToTable("webhook_subscriptions");
            subscription.Ignore(s => s.Ref);
            subscription.HasIndex(s => new { s.District, s.Organ });
        });
        model.Entity<WebhookDelivery>(delivery =>
        {
            delivery.ToTable("webhook_deliveries").IsTechnical();
            delivery.HasIndex(d => new { d.District, d.Subscription, d.Number }).IsUnique();
            // What is due; what of the same subject goes before; what a list shows.
            delivery.HasIndex(d => new { d.District, d.State, d.NextAt });
            delivery.HasIndex(d => new { d.District, d.Subscription, d.SubjectId, d.State, d.Number });
            delivery.HasIndex(d => new { d.District, d.Subscription, d.State, d.NextAt });
        });
        model.Entity<WebhookAttempt>(attempt =>
        {
            attempt.ToTable("webhook_attempts").IsTechnical();
            attempt.HasIndex(a => new { a.District, a.Delivery, a.Nth });
            attempt.HasIndex(a => new { a.District, a.At });
        });
        model.Entity<WebhookLine>(line =>
        {
            line.ToTable("webhook_lines").IsTechnical();
            line.HasKey(l => new { l.District, l.Subscription });
            line.Ignore(l => l.IsDoubtful);
        });
    }
}
