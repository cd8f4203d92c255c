using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Outbound;

/// <summary>登记回调订阅。签名密钥只在此时给出一次。</summary>
public sealed class SubscribeWebhook(AppDb db, Ledger ledger, Actor actor, Clock clock, WebhookTargets targets, IDataProtectionProvider protection)
{
    /// <summary>So many of one organ: a loop in a client's set-up must not multiply everything that is sent.</summary>
    public const int MostPerOrgan = 20;

    public sealed record Input(string Url, IReadOnlyList<string>? Types);

    /// <param name="Secret">Shown once; kept encrypted.</param>
    public sealed record Created(WebhookSubscription Subscription, string Secret);

    public async Task<Created> RunAsync(Input input, CancellationToken ct)
    {
        WebhookActs.DemandMachine(actor);
        WebhookActs.Check(targets, input.Url, input.Types);
        var organ = actor.RequireOrgan();
        if (await db.WebhookSubscriptions.CountAsync(s => s.Organ == organ && s.State != WebhookState.Gone, ct) >= MostPerOrgan)
            throw new Refusal("webhook.too-many", $"本单位已有 {MostPerOrgan} 个回调订阅,请先停用不再使用的。");
        var secret = WebhookSignature.NewSecret();
        var subscription = new WebhookSubscription { District = db.District, Id = clock.NewId(), Organ = organ, Client = actor.Person!.Value, CreatedAt = clock.Now };
        subscription.Direct(input.Url, input.Types ?? []);
        subscription.SetSecret(WebhookActs.Vault(protection).Protect(secret));
        ledger.WithNumber(subscription.StartAfter);
        db.WebhookSubscriptions.Add(subscription);
        await ledger.RecordAsync(new WebhookActs.Subscribed(subscription.Id, organ, subscription.Client, subscription.Types), subscription.Ref, null, ct);
        return new Created(subscription, secret);
    }
}
