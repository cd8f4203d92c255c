using Liandong.Accounts;
using Liandong.Data;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Outbound;

/// <summary>暂停、恢复回调订阅。</summary>
public sealed class PauseWebhook(AppDb db, Ledger ledger, Actor actor)
{
    /// <summary>Nothing new is collected while it is paused; what already waits, waits on.</summary>
    public async Task<WebhookSubscription> RunAsync(Guid id, CancellationToken ct)
    {
        var subscription = await WebhookActs.OneAsync(db, actor, id, ct);
        subscription.Pause();
        await ledger.RecordAsync(new WebhookActs.Paused(id), subscription.Ref, null, ct);
        return subscription;
    }

    /// <summary>Tells again, from now on.</summary>
    public async Task<WebhookSubscription> ResumeAsync(Guid id, CancellationToken ct)
    {
        var subscription = await WebhookActs.OneAsync(db, actor, id, ct);
        subscription.Resume(subscription.FromNumber);
        ledger.WithNumber(subscription.StartAfter);
        await ledger.RecordAsync(new WebhookActs.Resumed(id), subscription.Ref, null, ct);
        await db.WebhookLines.Where(l => l.Subscription == id).ExecuteDeleteAsync(ct);
        return subscription;
    }
}
