using Liandong.Kernel.Calendar;

namespace Liandong.Kernel.Duties;

public enum Closing { Discharged, Waived, Superseded, Cancelled }

/// <summary>Where an open duty stands: 50, 80 and 100 per cent of its counted time.</summary>
public enum Light { Green, Yellow, Amber, Red, Paused, Done }

/// <summary>A stretch of days that do not count, open-ended while it lasts. Days after <paramref name="From"/> up to and including <paramref name="To"/> are not counted.</summary>
public sealed record Pause(DateOnly From, DateOnly? To, string Reason, string Clause);

/// <summary>Days added to a limit, by whom approved and why.</summary>
public sealed record Extension(int Count, string Reason, string Clause, Guid? ApprovedBy, DateTimeOffset At);

/// <summary>A due date that was computed anew, and why: the trace that a suspension, an extension, another day or hour or an imported calendar leaves.</summary>
/// <param name="OldAt">The last moment of the old day; the hour may move where the day stays.</param>
/// <param name="NewAt">The last moment of the new day.</param>
public sealed record DueChange(DateTimeOffset At, DateOnly? Old, DateOnly? New, string Why, string CalendarVersion, DateTimeOffset? OldAt, DateTimeOffset? NewAt);

/// <summary>What a duty is about: kind (<c>push</c>), id, number and title as people know it.</summary>
public sealed record Subject(string Kind, Guid Id, string Number, string Title);

/// <summary>
/// 职责时限: one organ owes another one act by a day, or by an hour of it. Opened and ended only by a module's act; overdue is a question asked
/// of <see cref="DueAt"/>, never a state.
/// </summary>
public sealed class Duty
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required string Rule { get; init; }
    public required string Name { get; init; }
    public required string Clause { get; init; }
    public required string BreachClause { get; init; }
    public required Guid OwedBy { get; init; }
    public Guid? OwedBySection { get; private set; }
    public Guid? OwedByPerson { get; private set; }

    /// <summary>The creditor organ; null when the creditor is the applicant or the public (<see cref="OwedToLabel"/>).</summary>
    public Guid? OwedTo { get; init; }
    public string OwedToLabel { get; init; } = "";
    public required string SubjectKind { get; init; }
    public required Guid SubjectId { get; init; }
    public required string SubjectNumber { get; init; }
    public required string SubjectTitle { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>The day of the event, itself not counted.</summary>
    public required DateOnly StartedOn { get; init; }
    public required Term Limit { get; init; }
    public required bool LocalNumber { get; init; }

    /// <summary>The named day of a <see cref="Term.FixedDay"/>, <see cref="Term.SetByMeeting"/> or <see cref="Term.Before"/>.</summary>
    public DateOnly? GivenDay { get; private set; }

    /// <summary>The hour of the named day in Beijing, where it has one: when the meeting begins.</summary>
    public TimeOnly? GivenTime { get; private set; }

    /// <summary>Null while the duty is suspended: nobody can say yet.</summary>
    public DateOnly? DueOn { get; private set; }
    public DateTimeOffset? DueAt { get; private set; }
    public DateTimeOffset? HalfAt { get; private set; }
    public DateTimeOffset? EightyAt { get; private set; }
    public bool Provisional { get; private set; }
    public string CalendarVersion { get; private set; } = "";
    public string Explanation { get; private set; } = "";

    public IReadOnlyList<Pause> Pauses { get; private set; } = [];
    public IReadOnlyList<Extension> Extensions { get; private set; } = [];
    public IReadOnlyList<DueChange> Changes { get; private set; } = [];

    public DateTimeOffset? ClosedAt { get; private set; }
    public Closing? ClosedHow { get; private set; }
    public string CloseReason { get; private set; } = "";

    /// <summary>Number of the ledger entry whose act closed the duty.</summary>
    public long? ClosedByEntry { get; private set; }

    /// <summary>When the breach of the present due date was recorded; void again when a new count finds the duty in time.</summary>
    public DateTimeOffset? BreachedAt { get; private set; }

    /// <summary>原则上: the reason the debtor stated for passing the limit.</summary>
    public string OverrunReason { get; private set; } = "";

    public bool IsOpen => ClosedAt is null;
    public bool IsPaused => IsOpen && Pauses.Any(p => p.To is null);

    /// <summary>As acts refer to it: by its number, since a title may be content, which whoever audits the ledger does not see.</summary>
    public Subject Subject => new(SubjectKind, SubjectId, SubjectNumber, SubjectNumber.Length > 0 ? SubjectNumber : SubjectTitle);

    public static Duty Open(string district, Guid id, DutyRule rule, Term limit, Guid owedBy, Guid? owedTo, Subject about,
        DateTimeOffset at, DateOnly from, WorkCalendar calendar, string owedToLabel = "", Guid? section = null, Guid? person = null, DateOnly? givenDay = null, TimeOnly? givenTime = null)
    {
        var duty = new Duty
        {
            District = district,
            Id = id,
            Rule = rule.Code,
            Name = rule.Name,
            Clause = rule.Article.Clause,
            BreachClause = rule.BreachUnder?.Clause ?? "",
            OwedBy = owedBy,
            OwedBySection = section,
            OwedByPerson = person,
            OwedTo = owedTo,
            OwedToLabel = owedToLabel,
            SubjectKind = about.Kind,
            SubjectId = about.Id,
            SubjectNumber = about.Number,
            SubjectTitle = about.Title,
            OpenedAt = at,
            StartedOn = from,
            Limit = limit,
            LocalNumber = rule.LocalNumber || limit != rule.Limit,
            GivenDay = givenDay,
            GivenTime = givenTime,
        };
        duty.Count(calendar);
        return duty;
    }

    /// <summary>Whether the duty is overdue at an instant: open, running, and past its last moment.</summary>
    public bool IsOverdueAt(DateTimeOffset now) => IsOpen && DueAt is { } due && now >= due;

    /// <summary>
    /// Whether the last moment passed while the duty was open. Stays true after a late discharge, so that a breach is not lost
    /// when the act comes between the last moment and the sweep.
    /// </summary>
    public bool IsLateAt(DateTimeOffset now) => DueAt is { } due && now >= due && (ClosedAt is null || ClosedAt >= due);

    public Light LightAt(DateTimeOffset now) =>
        !IsOpen ? Light.Done
        : IsPaused || DueAt is null ? Light.Paused
        : now >= DueAt ? Light.Red
        : now >= EightyAt ? Light.Amber
        : now >= HalfAt ? Light.Yellow
        : Light.Green;

    public void Discharge(DateTimeOffset at, long entry) => Close(Closing.Discharged, at, entry, "");

    /// <summary>The creditor lets the debtor off, with a reason.</summary>
    public void Waive(DateTimeOffset at, long entry, string reason) => Close(Closing.Waived, at, entry, Reasoned(reason));

    /// <summary>Another duty has taken this one's place, for example after rerouting to another organ.</summary>
    public void Supersede(DateTimeOffset at, long entry, string reason) => Close(Closing.Superseded, at, entry, Reasoned(reason));

    public void Cancel(DateTimeOffset at, long entry, string reason) => Close(Closing.Cancelled, at, entry, Reasoned(reason));

    /// <summary>
    /// Stops counting: the days after <paramref name="on"/> do not count. May be entered late, but not once the breach is recorded.
    /// A limit that names its day is moved instead (<see cref="MoveTo"/>).
    /// </summary>
    /// <param name="at">When it was entered, for the trace; the beginning of the day itself when omitted.</param>
    public void Suspend(DateOnly on, string reason, string clause, WorkCalendar calendar, DateTimeOffset? at = null)
    {
        MustBeOpen();
        if (NamesDay) throw new Refusal("duty.day-is-named", "该时限指明了日期,不能暂停;确需变动的,请改定日期。");
        if (IsPaused) throw new Refusal("duty.already-suspended", "该时限已在暂停中。");
        if (on < StartedOn) throw new Refusal("duty.suspension-before-start", "暂停日不能早于起算日。", field: "From");
        if (BreachedAt is not null || (DueOn is { } due && on > due)) throw new Refusal("duty.suspension-after-due", "时限已届满,不能再暂停。", field: "From");
        if (Pauses.Any(p => on < p.To)) throw new Refusal("duty.suspension-overlaps", "与已有的暂停期间重叠。", field: "From");
        var old = (DueOn, DueAt);
        Count(calendar, pauses: [.. Pauses, new Pause(on, null, Reasoned(reason), clause)]);
        Trace(old, $"暂停:{Pauses[^1].Reason}", at ?? Beijing.StartOf(on));
    }

    /// <summary>Counting goes on the day after <paramref name="on"/> with the time that was left.</summary>
    public void Resume(DateOnly on, WorkCalendar calendar, DateTimeOffset? at = null)
    {
        MustBeOpen();
        if (Pauses is not [.., { To: null } last]) throw new Refusal("duty.not-suspended", "该时限没有在暂停。");
        if (on < last.From) throw new Refusal("duty.resume-before-suspension", "恢复日不能早于暂停日。", field: "To");
        Count(calendar, pauses: [.. Pauses.SkipLast(1), last with { To = on }]);
        Trace((null, null), $"恢复计算:{last.Reason}", at ?? Beijing.StartOf(on));
    }

    /// <summary>Adds days in the limit's own unit.</summary>
    public void Extend(int count, string reason, string clause, Guid? approvedBy, DateTimeOffset at, WorkCalendar calendar)
    {
        MustBeOpen();
        if (NamesDay) throw new Refusal("duty.day-is-named", "该时限指明了日期,不能延长;确需变动的,请改定日期。", field: "Count");
        if (count <= 0) throw new Refusal("duty.extension-not-positive", "延长的天数必须大于零。", field: "Count");
        if (IsOverdueAt(at)) throw new Refusal("duty.extension-too-late", "时限已届满,不能再延长。");
        var old = (DueOn, DueAt);
        Count(calendar, extensions: [.. Extensions, new Extension(count, Reasoned(reason), clause, approvedBy, at)]);
        Trace(old, $"延长{count}{(Limit is Term.Days ? "日" : "个工作日")}:{Extensions[^1].Reason}", at);
    }

    /// <summary>Sets another named day, or another day of the event (the meeting or the document moved it).</summary>
    /// <param name="hour">The hour of that day; without one the whole day is left, whatever hour was named before.</param>
    public void MoveTo(DateOnly day, string why, DateTimeOffset at, WorkCalendar calendar, TimeOnly? hour = null)
    {
        MustBeOpen();
        if (!NamesDay) throw new Refusal("duty.limit-is-counted", "该时限按天数计算,不能直接改定日期;确需延长的,请办理延长。", field: "Day");
        var because = Reasoned(why);
        var old = (DueOn, DueAt);
        Count(calendar, given: (day, hour));
        Trace(old, because, at);
    }

    /// <summary>
    /// Counts anew under another calendar version. Returns true, and leaves a trace, when the last moment moved or a provisional
    /// date became firm.
    /// </summary>
    public bool Recount(WorkCalendar calendar, string why, DateTimeOffset at)
    {
        MustBeOpen();
        var (old, wasProvisional) = ((DueOn, DueAt), Provisional);
        Count(calendar);
        if (old.DueAt == DueAt && wasProvisional == Provisional) return false;
        Trace(old, why, at);
        return true;
    }

    public void Assign(Guid? section, Guid? person)
    {
        MustBeOpen();
        OwedBySection = section;
        OwedByPerson = person;
    }

    /// <summary>Marks the breach once; false when it was marked before. The one thing that may also befall a closed duty.</summary>
    public bool RecordBreach(DateTimeOffset at)
    {
        if (!IsLateAt(at)) throw new InvalidOperationException("A duty that is not late cannot be breached.");
        if (BreachedAt is not null) return false;
        BreachedAt = at;
        return true;
    }

    /// <summary>States why a limit that holds 原则上 is passed.</summary>
    public void StateOverrunReason(string reason)
    {
        MustBeOpen();
        if (!Limit.InPrinciple) throw new Refusal("duty.limit-is-strict", "该时限不是“原则上”的时限,不能以说明理由代替。");
        OverrunReason = Reasoned(reason);
    }

    private bool NamesDay => Limit is Term.FixedDay or Term.SetByMeeting or Term.Before;

    /// <summary>Counts first and assigns then, so that a count which is refused leaves the duty as it was.</summary>
    private void Count(WorkCalendar calendar, IReadOnlyList<Pause>? pauses = null, IReadOnlyList<Extension>? extensions = null, (DateOnly? Day, TimeOnly? Time)? given = null)
    {
        pauses ??= Pauses;
        extensions ??= Extensions;
        var (day, time) = given ?? (GivenDay, GivenTime);
        var deadline = calendar.Count(Limit, StartedOn, pauses, extensions.Sum(e => e.Count), day, time);
        (Pauses, Extensions, GivenDay, GivenTime) = (pauses, extensions, day, time);
        DueOn = deadline?.DueOn;
        DueAt = deadline?.DueAt;
        HalfAt = deadline?.HalfAt;
        EightyAt = deadline?.EightyAt;
        Provisional = deadline?.Provisional ?? false;
        CalendarVersion = calendar.Version;
        Explanation = deadline is null ? $"暂停中({Pauses[^1].Reason}),恢复后继续计算。" : deadline.Explain(Clause, LocalNumber);
    }

    private void Trace((DateOnly? On, DateTimeOffset? At) old, string why, DateTimeOffset at)
    {
        Changes = [.. Changes, new DueChange(at, old.On, DueOn, why, CalendarVersion, old.At, DueAt)];
        if (!IsLateAt(at)) BreachedAt = null;
    }

    private void Close(Closing how, DateTimeOffset at, long entry, string reason)
    {
        MustBeOpen();
        ClosedAt = at;
        ClosedHow = how;
        ClosedByEntry = entry;
        CloseReason = reason;
    }

    private void MustBeOpen()
    {
        if (!IsOpen) throw new Refusal("duty.closed", "该职责时限已经结束。");
    }

    private static string Reasoned(string reason) =>
        string.IsNullOrWhiteSpace(reason) ? throw new Refusal("reason.required", "请写明理由。", field: "Reason") : reason.Trim();
}
