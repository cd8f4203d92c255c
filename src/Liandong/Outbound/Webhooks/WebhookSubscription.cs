using Liandong.Kernel;
using Liandong.Kernel.Duties;

namespace Liandong.Outbound;

/// <summary>投递中, 已暂停, 对方已撤销 (410).</summary>
public enum WebhookState { Active, Paused, Gone }

/// <summary>
/// 回调订阅: a machine client of an organ asks to be told of acts. It belongs to the organ and the client; it is told only of matters to
/// which the organ is a party, and only of kinds that the client's scopes may read.
/// </summary>
public sealed class WebhookSubscription
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required Guid Organ { get; init; }

    /// <summary>The machine client that subscribed. When it is disabled, nothing is sent any more.</summary>
    public required Guid Client { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public string Url { get; private set; } = "";

    /// <summary>Prefixes of act names: <c>push.</c>, <c>feedback.delivered</c>. Empty: everything that may be told.</summary>
    public IReadOnlyList<string> Types { get; private set; } = [];
    public WebhookState State { get; private set; } = WebhookState.Active;

    /// <summary>Encrypted. The old one still signs beside the new one for a day after a change.</summary>
    public string Secret { get; private set; } = "";
    public string? PreviousSecret { get; private set; }
    public DateTimeOffset? PreviousUntil { get; private set; }

    /// <summary>Acts after this ledger number are told.</summary>
    public long FromNumber { get; private set; }

    public Subject Ref => new("webhook", Id, "", "回调订阅");

    public void Direct(string url, IReadOnlyList<string> types) => (Url, Types) = (url, [.. types.Distinct().Order(StringComparer.Ordinal)]);

    public void SetSecret(string encrypted) => Secret = encrypted;

    public void ChangeSecret(string encrypted, DateTimeOffset previousUntil) => (PreviousSecret, PreviousUntil, Secret) = (Secret, previousUntil, encrypted);

    public void StartAfter(long number) => FromNumber = number;

    public void Pause()
    {
        if (State != WebhookState.Active) throw new Refusal("webhook.not-active", "该订阅没有在投递,不需要暂停。");
        State = WebhookState.Paused;
    }

    /// <summary>What happened meanwhile is not told: the subscription goes on from <paramref name="number"/>.</summary>
    public void Resume(long number)
    {
        if (State == WebhookState.Active) throw new Refusal("webhook.active", "该订阅正在投递,不需要恢复。");
        (State, FromNumber) = (WebhookState.Active, number);
    }

    /// <summary>The receiver has answered 410 Gone.</summary>
    public bool GoAway()
    {
        if (State == WebhookState.Gone) return false;
        State = WebhookState.Gone;
        return true;
    }

    public bool Wants(string act) => State == WebhookState.Active && (Types.Count == 0 || Types.Any(t => act.StartsWith(t, StringComparison.Ordinal)) || act == WebhookActs.TestName);
}
