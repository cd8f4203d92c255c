namespace Liandong.Desk;

/// <summary>
/// The rungs of reminding. The first three speak to whoever has to act; from <see cref="Lead"/> on the duty is told to those above, in the order
/// 会商联络负责人 → 联席会议办公室 → 召集人.
/// </summary>
public enum ReminderRung { Half, Eighty, Late, Lead, Office, Convenor }

/// <summary>
/// A rung that a duty has reached: the gate through which each rung is told once, whoever sweeps. Warnings are kept under the day the duty began and
/// come once; the others under the day that was missed, so that a date moved by a new calendar can be missed again.
/// </summary>
public sealed class DutyReminder
{
    public required string District { get; init; }
    public required Guid Duty { get; init; }
    public required ReminderRung Rung { get; init; }
    public required DateOnly For { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>How many people were told; none where the place is vacant or everybody has switched the warning off.</summary>
    public required int Told { get; init; }
}

/// <summary>One person was told one rung of one duty.</summary>
public sealed class Reminder
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required Guid Duty { get; init; }
    public required ReminderRung Rung { get; init; }
    public required DateOnly For { get; init; }
    public required Guid Person { get; init; }

    /// <summary>The organ in which the person is told.</summary>
    public required Guid Organ { get; init; }

    /// <summary>The absent one whose turn the person takes.</summary>
    public Guid? OnBehalfOf { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? ReadAt { get; set; }

    /// <summary>From when on it may go by mail on its own; null where it only goes into the digest, or not by mail at all.</summary>
    public DateTimeOffset? MailAfter { get; init; }

    /// <summary>The mail that carries it.</summary>
    public Guid? Mail { get; set; }
}

public enum MailState
{
    /// <summary>To be sent, at once or again after a failure.</summary>
    Waiting,

    /// <summary>Handed to the mail server at this moment. A process that is killed here leaves it: nobody can say whether the server has it, and it is not sent a second time.</summary>
    Sending,

    Sent,

    /// <summary>The server refuses the address for good.</summary>
    Refused,

    /// <summary>Nothing was left to say when its turn came.</summary>
    Dropped,
}

/// <summary>A mail to one person: the digest of a day, or reminders that go at once.</summary>
public sealed class ReminderMail
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required Guid Person { get; init; }

    /// <summary><c>digest:2026-03-02</c> or <c>now:</c> and the mail's id: one mail per person and slot.</summary>
    public required string Slot { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public MailState State { get; set; }
    public required DateTimeOffset NextAt { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>What the server, or the way to it, said last.</summary>
    public string Error { get; set; } = "";

    public bool IsDigest => Slot.StartsWith("digest:", StringComparison.Ordinal);
}
