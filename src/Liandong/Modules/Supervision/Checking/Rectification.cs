using Liandong.Kernel;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;

namespace Liandong.Modules.Supervision;

/// <summary>整改合格, 继续整改, 移交执法.</summary>
public enum ReviewResult { Fixed, GoOn, HandOver }

public enum RectificationState { Open, Fixed, HandedOver }

/// <summary>第n次复查 of a rectification.</summary>
/// <param name="DueOn">The new last day where the rectification goes on.</param>
/// <param name="Entry">Number of the ledger entry that proves it.</param>
public sealed record ReviewRound(int Nth, DateOnly On, ReviewResult Result, DateOnly? DueOn, string Note, IReadOnlyList<CheckOfficer> Officers, Guid? By, DateTimeOffset At, long Entry = 0);

/// <summary>限期整改: what the party has to mend by a day, and every look at it since.</summary>
public sealed class Rectification
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required Guid Push { get; init; }
    public required Guid Check { get; init; }
    public required Guid Organ { get; init; }
    public required Guid Party { get; init; }

    /// <summary>整改要求.</summary>
    public required string Requirement { get; init; }
    public RectificationState State { get; private set; } = RectificationState.Open;

    /// <summary>The day from which the present period runs: that of the check or of the last review.</summary>
    public DateOnly Since { get; private set; }

    /// <summary>The day named; see <see cref="DeadlineIn"/> for the last day that follows from it.</summary>
    public DateOnly DueOn { get; private set; }
    public IReadOnlyList<ReviewRound> Rounds { get; private set; } = [];

    public bool IsOpen => State == RectificationState.Open;

    public static Rectification Order(Check check, Guid id, DateOnly dueOn, string requirement)
    {
        if (dueOn <= check.On) throw new Refusal("rectification.due-before-check", "整改期限应晚于检查日期。", field: "RectifyBy");
        return new Rectification
        {
            District = check.District, Id = id, Push = check.Push, Check = check.Id, Organ = check.Organ, Party = check.Party, Requirement = requirement, Since = check.On, DueOn = dueOn,
        };
    }

    /// <summary>The natural end: a day that falls on a day off runs to the next working day (民法典 第二百零三条).</summary>
    public Deadline DeadlineIn(WorkCalendar calendar) => EndOf(Since, DueOn, calendar);

    public static Deadline EndOf(DateOnly since, DateOnly dueOn, WorkCalendar calendar) => calendar.Count(new Term.FixedDay(), since, [], 0, dueOn)!;

    /// <exception cref="Refusal">Closed already; or held against the party before its time has run out.</exception>
    public void Review(DateOnly on, ReviewResult result, DateOnly? dueOn, string note, IReadOnlyList<CheckOfficer> officers, Guid? by, DateTimeOffset at, WorkCalendar calendar)
    {
        if (!IsOpen) throw new Refusal("rectification.closed", "该项整改已经办结。");
        if (on < Since) throw new Refusal("rectification.review-too-early", $"复查日期不能早于{Since:yyyy-MM-dd}。", field: "On");
        var last = DeadlineIn(calendar).DueOn;
        if (result != ReviewResult.Fixed && on < last)
            throw new Refusal("rectification.not-yet-due", $"整改期限{last:yyyy-MM-dd}才届满,届满之前只能登记“整改合格”。", SupervisionRules.LastDay, "On");
        if (result == ReviewResult.GoOn)
        {
            if (dueOn is not { } next || next <= on) throw new Refusal("rectification.due-before-review", "新的整改期限应晚于复查日期。", field: "DueOn");
            (Since, DueOn) = (on, next);
        }
        Rounds = [.. Rounds, new ReviewRound(Rounds.Count + 1, on, result, result == ReviewResult.GoOn ? dueOn : null, note, officers, by, at)];
        if (result == ReviewResult.Fixed) State = RectificationState.Fixed;
        if (result == ReviewResult.HandOver) State = RectificationState.HandedOver;
    }

    /// <summary>The last review learns the number of its ledger entry.</summary>
    public void Entered(long entry) => Rounds = [.. Rounds.SkipLast(1), Rounds[^1] with { Entry = entry }];

    /// <summary>The check that it came from was handed over to enforcement.</summary>
    public void HandOver() => State = RectificationState.HandedOver;
}
