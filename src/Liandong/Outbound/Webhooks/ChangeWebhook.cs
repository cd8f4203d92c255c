using Liandong.Accounts;
using Liandong.Data;
using Microsoft.AspNetCore.DataProtection;

namespace Liandong.Outbound;

/// <summary>修改订阅的地址和事件类型,或更换签名密钥:由订阅单位自己的系统办理。</summary>
public sealed class ChangeWebhook(AppDb db, Ledger ledger, Actor actor, Clock clock, WebhookTargets targets, IDataProtectionProvider protection)
{
    /// <summary>How long the old secret signs beside the new one.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    public sealed record Input(string Url, IReadOnlyList<string>? Types);

    public async Task<WebhookSubscription> RunAsync(Guid id, Input input, CancellationToken ct)
    {
        WebhookActs.DemandMachine(actor);
        var subscription = await WebhookActs.OneAsync(db, actor, id, ct);
        WebhookActs.Check(targets, input.Url, input.Types);
        subscription.Direct(input.Url, input.Types ?? []);
        await ledger.RecordAsync(new WebhookActs.Changed(id, subscription.Types), subscription.Ref, null, ct);
        return subscription;
    }

    /// <summary>Returns the new secret, once.</summary>
    public async Task<string> SecretAsync(Guid id, CancellationToken ct)
    {
        WebhookActs.DemandMachine(actor);
        var subscription = await WebhookActs.OneAsync(db, actor, id, ct);
        var secret = WebhookSignature.NewSecret();
        subscription.ChangeSecret(WebhookActs.Vault(protection).Protect(secret), clock.Now + Overlap);
        await ledger.RecordAsync(new WebhookActs.SecretChanged(id), subscription.Ref, null, ct);
        return secret;
    }
}
