using Liandong.Kernel.Calendar;

namespace Liandong.Modules.Linkage.Reconciling;

/// <summary>
/// How many pushes there are of one day, organ and item, delivered on one day and due at one moment, and what became of them: what reconciliation adds up
/// instead of reading the pushes. The database itself keeps it, in the statement that writes a push (<see cref="Data.CountStorage"/>); nothing else writes it.
/// </summary>
public sealed class PushCount
{
    public required string District { get; init; }
    public required DateOnly SentOn { get; init; }
    public required Guid Organ { get; init; }
    public required Guid Item { get; init; }

    /// <summary>The day of the first delivery; <see cref="Never.On"/> for what has not been delivered.</summary>
    public required DateOnly DeliveredOn { get; init; }

    /// <summary>Last moment to claim, whatever became of the push: a waiting one is overdue from then on. <see cref="Never.At"/> without one.</summary>
    public required DateTimeOffset DueAt { get; init; }
    public required int Sent { get; init; }
    public required int Pending { get; init; }
    public required int Waiting { get; init; }
    public required int Claimed { get; init; }
    public required int Returning { get; init; }
    public required int Rerouted { get; init; }
    public required int Disputed { get; init; }
    public required int Closed { get; init; }
    public required int Delivered { get; init; }
    public required int Signed { get; init; }
    public required int Returned { get; init; }
    public required int Late { get; init; }
    public required int ByReroute { get; init; }
    public required int Beside { get; init; }

    public Tally TallyAt(DateTimeOffset now) => new(Sent, Pending, Waiting, Claimed, Returning, Rerouted, Disputed, Closed, Delivered, Signed, Returned, DueAt <= now ? Waiting : 0, Late);
}

/// <summary>How many cases of one item were decided on one Beijing day and first pushed on another; kept as <see cref="PushCount"/> is.</summary>
public sealed class CaseCount
{
    public required string District { get; init; }
    public required DateOnly DecidedOn { get; init; }
    public required Guid Item { get; init; }

    /// <summary><see cref="Never.On"/> for a case that has no push.</summary>
    public required DateOnly PushedOn { get; init; }
    public required int Cases { get; init; }
}

/// <summary>Stands in the key of a count where the row has no day or moment: a key has no nulls.</summary>
public static class Never
{
    public static readonly DateOnly On = new(9999, 1, 1);
    public static readonly DateTimeOffset At = Beijing.StartOf(On);
}
