using Liandong.Kernel.Duties;

namespace Liandong.Modules.Linkage.Reconciling;

/// <summary>One line of the letter's table.</summary>
public sealed record LetterItem(string Item, Tally Tally);

/// <summary>A push that was past its limit when the letter was made.</summary>
public sealed record LetterOverdue(Guid Push, string Number, string Item, string Party, DateOnly DeliveredOn, DateTimeOffset DueAt, int WorkdaysLate);

/// <summary>
/// 月度函告: what the bureau sent a department in a month and what became of it, frozen when it was made. Figures that move later make a
/// new edition that says what changed; no edition is ever altered.
/// </summary>
public sealed class MonthlyLetter
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required Guid Organ { get; init; }

    /// <summary>The first day of the month told of.</summary>
    public required DateOnly Month { get; init; }

    /// <summary>1, 2, …: 第1版.</summary>
    public required int Edition { get; init; }

    /// <summary>历审联函〔2026〕12号.</summary>
    public required string Number { get; init; }
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The person who asked for a restatement; null for the platform's own letters.</summary>
    public Guid? MadeBy { get; init; }

    /// <summary>Pushes sent in the month. A list of one, so that it is one JSON column like the tables below.</summary>
    public required IReadOnlyList<Tally> Totals { get; init; }
    public required IReadOnlyList<LetterItem> Items { get; init; }
    public required IReadOnlyList<LetterOverdue> Overdue { get; init; }

    /// <summary>What differs from the edition before, sentence by sentence; empty for the first.</summary>
    public required IReadOnlyList<string> Changes { get; init; }

    /// <summary>Why a new edition was made.</summary>
    public string Reason { get; init; } = "";

    /// <summary>SM3 of the figures, kept in the ledger as well: proves that the edition is as it was made.</summary>
    public required string Digest { get; init; }

    public Tally Total => Totals[0];
    public Subject Ref => new("letter", Id, Number, $"{Month:yyyy年M月}审批结果推送情况");
}
