using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Outbound;

/// <summary>重新投递:一条(已送达的也可以),或者全部未能送达的。</summary>
public sealed class ReplayWebhook(AppDb db, Ledger ledger, Actor actor, Clock clock, WebhookSignal signal)
{
    public async Task<int> RunAsync(Guid id, IReadOnlyList<long>? numbers, CancellationToken ct)
    {
        var subscription = await WebhookActs.OneAsync(db, actor, id, ct);
        if (subscription.State != WebhookState.Active) throw new Refusal("webhook.not-active", "该订阅没有在投递,请先恢复再重新投递。");
        var chosen = db.WebhookDeliveries.Where(d => d.Subscription == id && (numbers == null ? d.State == DeliveryState.Dead : d.State != DeliveryState.Waiting && EF.Parameter(numbers).Contains(d.Number)));
        var deliveries = await chosen.OrderBy(d => d.Number).Take(10_000).ToListAsync(ct);
        if (deliveries.Count == 0) throw new Refusal("webhook.nothing-to-replay", "没有可以重新投递的记录。");
        foreach (var delivery in deliveries)
            (delivery.State, delivery.Attempts, delivery.NextAt, delivery.EndedAt, delivery.LeasedUntil) = (DeliveryState.Waiting, 0, clock.Now, null, null);
        await ledger.RecordAsync(new WebhookActs.Replayed(id, deliveries.Count), subscription.Ref, null, ct);
        await db.WebhookLines.Where(l => l.Subscription == id).ExecuteDeleteAsync(ct);
        signal.Wake();
        return deliveries.Count;
    }
}
