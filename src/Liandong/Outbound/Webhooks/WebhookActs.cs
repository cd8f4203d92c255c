using System.Text.RegularExpressions;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Outbound;

/// <summary>What is common to the use cases of subscriptions: their acts, who may touch which, their checks.</summary>
public static partial class WebhookActs
{
    public const string TestName = "webhook.tested";

    public sealed record Subscribed(Guid Webhook, Guid Organ, Guid Client, IReadOnlyList<string> Types) : IAct { static string IAct.Name => "webhook.subscribed"; }

    public sealed record Changed(Guid Webhook, IReadOnlyList<string> Types) : IAct { static string IAct.Name => "webhook.changed"; }

    public sealed record SecretChanged(Guid Webhook) : IAct { static string IAct.Name => "webhook.secret-changed"; }

    public sealed record Paused(Guid Webhook) : IAct { static string IAct.Name => "webhook.paused"; }

    public sealed record Resumed(Guid Webhook) : IAct { static string IAct.Name => "webhook.resumed"; }

    public sealed record Gone(Guid Webhook) : IAct { static string IAct.Name => "webhook.gone"; }

    public sealed record Replayed(Guid Webhook, int Deliveries) : IAct { static string IAct.Name => "webhook.replayed"; }

    public sealed record Tested(Guid Webhook) : IAct { static string IAct.Name => TestName; }

    /// <summary>The subscriptions that the actor may see: a client those of its organ, the system administrator all (without their content).</summary>
    public static IQueryable<WebhookSubscription> Mine(AppDb db, Actor actor)
    {
        actor.Demand(Rights.WebhookManage);
        var organ = actor.Organ;
        return actor.Roles.Contains(Roles.SystemAdmin) ? db.WebhookSubscriptions : db.WebhookSubscriptions.Where(s => s.Organ == organ);
    }

    public static async Task<WebhookSubscription> OneAsync(AppDb db, Actor actor, Guid id, CancellationToken ct) =>
        await Mine(db, actor).SingleOrDefaultAsync(s => s.Id == id, ct) ?? throw NotFound.Of("该回调订阅");

    /// <summary>What an address is told, the owner decides: an administrator who could name it would read business content.</summary>
    /// <exception cref="Forbidden">The actor is no machine client.</exception>
    public static void DemandMachine(Actor actor)
    {
        actor.Demand(Rights.WebhookManage);
        if (actor.Roles.Count > 0 || actor.Organ is null) throw new Forbidden(Rights.WebhookManage);
    }

    public static void Check(WebhookTargets targets, string? url, IReadOnlyList<string>? types)
    {
        var fault = targets.FaultOf(url ?? "");
        new InputCheck().That(fault is null, "url", fault ?? "").That((types?.Count ?? 0) <= 50, "types", "事件类型不能超过 50 个。")
            .That(types?.All(t => t is not null && TypePattern().IsMatch(t)) != false, "types", "事件类型是动作名称或其前缀,例如 push. 或 feedback.delivered。").Throw();
    }

    public static IDataProtector Vault(IDataProtectionProvider provider) => provider.CreateProtector("liandong.webhook-secret");

    [GeneratedRegex(@"^[a-z]+(\.[a-z-]*)?$")] private static partial Regex TypePattern();
}
