namespace Liandong.Outbound;

/// <summary>待投递, 已送达, 未能送达(死信).</summary>
public enum DeliveryState { Waiting, Delivered, Dead }

/// <summary>One ledger entry on its way to one subscription. Its content is the entry's stored body; nothing is kept twice.</summary>
public sealed class WebhookDelivery
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required Guid Subscription { get; init; }

    /// <summary>Ledger number: with the subscription it is unique.</summary>
    public required long Number { get; init; }
    public required string Act { get; init; }
    public required Guid SubjectId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DeliveryState State { get; set; } = DeliveryState.Waiting;
    public int Attempts { get; set; }
    public required DateTimeOffset NextAt { get; set; }

    /// <summary>Until then one node has it in hand. A node that died leaves it to the others after that.</summary>
    public DateTimeOffset? LeasedUntil { get; set; }
    public DateTimeOffset? FirstTriedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public int? LastStatus { get; set; }
    public string LastError { get; set; } = "";
}

/// <summary>One try, for the log: what the receiver answered and how long it took. Its words are not kept.</summary>
public sealed class WebhookAttempt
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required Guid Subscription { get; init; }
    public required Guid Delivery { get; init; }
    public required long Number { get; init; }
    public required int Nth { get; init; }
    public required DateTimeOffset At { get; init; }
    public int? Status { get; init; }
    public required string Error { get; init; }
    public required int Milliseconds { get; init; }
}

/// <summary>How a receiver does as a whole. After several failures in a row it is left alone for a while and then asked with one delivery, so that a receiver that is down costs nobody else anything.</summary>
public sealed class WebhookLine
{
    public const int FailuresToHold = 5;
    private static readonly TimeSpan ShortestHold = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(5);

    public required string District { get; init; }
    public required Guid Subscription { get; init; }
    public int Failures { get; private set; }
    public DateTimeOffset? HeldUntil { get; private set; }
    public DateTimeOffset? LastSuccessAt { get; private set; }
    public DateTimeOffset? LastFailureAt { get; private set; }

    public bool IsHeldAt(DateTimeOffset now) => HeldUntil > now;

    /// <summary>Asked with one delivery at a time.</summary>
    public bool IsDoubtful => Failures >= FailuresToHold;

    /// <summary>True when the receiver had been held and is back.</summary>
    public bool Succeed(DateTimeOffset at)
    {
        var back = IsDoubtful;
        (Failures, HeldUntil, LastSuccessAt) = (0, null, at);
        return back;
    }

    public void Fail(DateTimeOffset at)
    {
        (Failures, LastFailureAt) = (Failures + 1, at);
        if (!IsDoubtful) return;
        var doubled = ShortestHold * Math.Pow(2, Math.Min(Failures - FailuresToHold, 10));
        HeldUntil = at + (doubled < LongestHold ? doubled : LongestHold);
    }
}
