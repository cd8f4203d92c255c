using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;

namespace Liandong.Outbound;

/// <summary>发送一条测试事件:走与真实事件同样的路。</summary>
public sealed class TestWebhook(AppDb db, Ledger ledger, Actor actor)
{
    /// <summary>Returns the ledger number, which ends the event's id.</summary>
    public async Task<long> RunAsync(Guid id, CancellationToken ct)
    {
        var subscription = await WebhookActs.OneAsync(db, actor, id, ct);
        if (subscription.State != WebhookState.Active) throw new Refusal("webhook.not-active", "该订阅没有在投递,请先恢复。");
        return await ledger.RecordAsync(new WebhookActs.Tested(id), subscription.Ref, null, ct);
    }
}
