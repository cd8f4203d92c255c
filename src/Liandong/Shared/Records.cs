using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;
using Microsoft.AspNetCore.Components;

namespace Liandong.Shared;

/// <summary>The meaning of a colour. <see cref="Bad"/> (red) is for overdue and refusal alone.</summary>
public enum Tone { Neutral, Info, Good, Warn, Bad }

/// <summary>One step of a breadcrumb; the last one has no address.</summary>
public sealed record Crumb(string Title, string? Href = null);

/// <summary>One choice of a select, of radio cards or of a check list.</summary>
/// <param name="Hint">A second line under the label (radio cards and check lists).</param>
/// <param name="Group">Heading under which a select gathers its choices.</param>
public sealed record Choice(string Value, string Label, string? Hint = null, bool Disabled = false, string? Group = null);

/// <summary>One tab: a link.</summary>
/// <param name="Current">Null: current when the address is this one.</param>
public sealed record Tab(string Title, string Href, int? Count = null, bool? Current = null);

/// <summary>One step of a subject's history.</summary>
/// <param name="OnBehalfOf">Empty, or the organ or person in whose place it was done (代 区住建局).</param>
/// <param name="Channel">网页, 接口, 电话登记, 系统…</param>
/// <param name="LedgerNumber">Number of the ledger entry that proves it.</param>
/// <param name="ClauseId">Anchor of the clause in the notice (L2.3); empty for a statute or local agreement.</param>
/// <param name="Tone">Marks a refusal or a breach; neutral otherwise.</param>
public sealed record TimelineEntry(DateTimeOffset At, string Who, string Organ, string OnBehalfOf, string What, string Channel, string Clause,
    long? LedgerNumber = null, string Note = "", string ClauseId = "", Tone Tone = Tone.Neutral);

/// <summary>One day of a calendar strip.</summary>
/// <param name="Counted">True when the day runs against the limit.</param>
/// <param name="Why">Why it does not: 周末, 国庆节, 暂停(专家论证); or a remark on a counted one: 调休上班.</param>
public sealed record StripDay(DateOnly Date, bool Counted, string Why = "")
{
    /// <summary>The days of a count, first to last; the day of the event leads and is not counted.</summary>
    public static IReadOnlyList<StripDay> Of(Deadline deadline) =>
    [
        new StripDay(deadline.Start, false, "当日"),
        .. deadline.Counted.Select(day => new StripDay(day, true)).Concat(deadline.Skipped.Select(day => new StripDay(day.Date, false, day.Why))).OrderBy(day => day.Date),
    ];
}

/// <summary>Everything that a <see cref="DueBadge"/> shows, as one value for lists.</summary>
/// <param name="WorkdaysLeft">Working days left after today: 0 is today, negative is overdue. Null when nobody can say, and when only rest days lie before the end: then its day says more.</param>
/// <param name="PauseReason">Why the clock stands still; empty when it runs.</param>
public sealed record DueFacts(DateOnly? DueOn, DateTimeOffset? DueAt, Light Light, int? WorkdaysLeft, string Explanation, string Clause,
    string ClauseId = "", string PauseReason = "", bool Provisional = false, IReadOnlyList<StripDay>? Days = null)
{
    /// <summary>What a badge says about a duty at an instant; the days are counted anew for the strip.</summary>
    public static DueFacts Of(Duty duty, DateTimeOffset now, WorkCalendar calendar, string clauseId = "")
    {
        var deadline = calendar.Count(duty.Limit, duty.StartedOn, duty.Pauses, duty.Extensions.Sum(extension => extension.Count), duty.GivenDay, duty.GivenTime);
        var today = Beijing.DayOf(now);
        var left = Left(duty.DueOn, today, calendar);
        return new(duty.DueOn, duty.DueAt, duty.LightAt(now), left == 0 && duty.DueOn > today ? null : left, duty.Explanation, duty.Clause, clauseId,
            duty.IsPaused ? duty.Pauses[^1].Reason : "", duty.Provisional, deadline is null ? null : StripDay.Of(deadline));
    }

    /// <summary>Working days from today to the due day; negative when the due day has gone by.</summary>
    public static int? Left(DateOnly? dueOn, DateOnly today, WorkCalendar calendar) =>
        dueOn is { } due ? calendar.WorkdaysBetween(today, due) : null;
}

/// <summary>One row of a <see cref="DutyTable"/>.</summary>
/// <param name="Title">The act owed: 认领审批结果.</param>
/// <param name="Subject">Number and title of what it is about.</param>
public sealed record DutyRow(Guid Id, string Title, string Subject, string? SubjectHref, string OwedBy, string OwedTo, DueFacts Due, string Note = "");

/// <summary>One column of a <see cref="DataList{TItem}"/>.</summary>
/// <param name="Title">Heading, and label of the value where the row is a card on a phone.</param>
/// <param name="Sort">Value of <c>sort</c> in the address (with a leading - for descending); empty: not sortable.</param>
/// <param name="From">Narrowest screen that shows the column.</param>
/// <param name="Numeric">Right-aligned figures.</param>
/// <param name="Lead">The column that names the row: heading of the card on a phone, row header for screen readers.</param>
public sealed record Column<TItem>(string Title, RenderFragment<TItem> Cell, string Sort = "", Width From = Width.Phone, bool Numeric = false, bool Lead = false);

public static class Column
{
    /// <summary>A word this long is not broken: Chinese may break between any two characters, and a narrow column would stand it upright.</summary>
    private const int Word = 6;

    /// <summary>A code of up to so many letters and figures stands in one line: of a licence number in two lines nobody reads the last figure. A longer one would push the table wide.</summary>
    private const int Code = 20;

    /// <summary>A column of plain text.</summary>
    public static Column<TItem> Text<TItem>(string title, Func<TItem, string?> value, string sort = "", Width from = Width.Phone, bool numeric = false, bool lead = false) =>
        new(title, item => builder =>
        {
            var text = value(item) is { Length: > 0 } given ? given : "—";
            if (text.Length is > 1 and <= Word || (text.Length is > Word and <= Code && text.All(char.IsAsciiLetterOrDigit))) builder.AddMarkupContent(0, $"<span class=\"nowrap\">{System.Net.WebUtility.HtmlEncode(text)}</span>");
            else builder.AddContent(1, text);
        }, sort, from, numeric, lead);
}

/// <summary>Narrowest screen on which something is shown.</summary>
public enum Width { Phone, Tablet, Desktop, Wide }

/// <summary>One bar of <see cref="Bars"/>.</summary>
/// <param name="Shown">The figure as text (96.4%); the value itself when empty.</param>
/// <param name="Href">The rows behind the figure.</param>
public sealed record BarRow(string Label, double Value, string Shown = "", string? Href = null, Tone Tone = Tone.Info);

/// <summary>What is wrong with a form, by posted name. <c>ActForm</c> cascades it and every field finds its own sentence.</summary>
/// <param name="ByName">Posted name (<c>Input.Reason</c>) or its last part (<c>Reason</c>) to sentence.</param>
public sealed record FormErrors(IReadOnlyDictionary<string, string> ByName)
{
    public static readonly FormErrors None = new(new Dictionary<string, string>());

    public string? For(string name) =>
        ByName.TryGetValue(name, out var exact) ? exact : ByName.TryGetValue(name[(name.LastIndexOf('.') + 1)..], out var last) ? last : null;
}
