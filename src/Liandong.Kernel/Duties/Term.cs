namespace Liandong.Kernel.Duties;

/// <summary>How long a duty may take. A small closed set; every limit of the platform is one of these.</summary>
public abstract record Term
{
    private Term() { }

    /// <summary>原则上: passing the limit needs a stated reason, and stating it is an act.</summary>
    public bool InPrinciple { get; init; }

    /// <summary>n working days, the day of the event not counted (民法典 第二百零一条; 行政许可法 第八十二条).</summary>
    public sealed record Workdays(int Count) : Term;

    /// <summary>n calendar days; a last day on a rest day moves to the next working day (民法典 第二百零三条).</summary>
    public sealed record Days(int Count) : Term;

    /// <summary>及时: the text gives no number; the district has agreed on n working days.</summary>
    public sealed record Promptly(int AgreedWorkdays) : Term;

    /// <summary>At least n whole working days before a given event (会议召开).</summary>
    public sealed record Before(string Event, int Count) : Term;

    /// <summary>The day named in the document itself, or the day (and hour) of an event (会议召开): the act is owed until it begins.</summary>
    public sealed record FixedDay(string Event = "") : Term;

    /// <summary>责任期限 that a meeting sets in its decision.</summary>
    public sealed record SetByMeeting : Term;

    /// <summary>The limit as the short text that storage, settings and the API use: <c>workdays:3</c>, <c>days:60</c>, <c>promptly:5</c>,
    /// <c>before:会议:2</c>, <c>fixed</c>, <c>fixed:会议召开</c>, <c>meeting</c>; a trailing <c>~</c> says 原则上.</summary>
    public sealed override string ToString() => this switch
    {
        Workdays t => $"workdays:{t.Count}",
        Days t => $"days:{t.Count}",
        Promptly t => $"promptly:{t.AgreedWorkdays}",
        Before t => $"before:{t.Event}:{t.Count}",
        FixedDay t => t.Event.Length > 0 ? $"fixed:{t.Event}" : "fixed",
        SetByMeeting => "meeting",
        _ => throw new InvalidOperationException("The set of terms is closed."),
    } + (InPrinciple ? "~" : "");

    /// <exception cref="FormatException">The text is none of the forms of <see cref="ToString"/>.</exception>
    public static Term Parse(string text)
    {
        var inPrinciple = text.EndsWith('~');
        var parts = text.TrimEnd('~').Split(':');
        return parts switch
        {
            ["workdays", var n] when int.TryParse(n, out var count) => new Workdays(count) { InPrinciple = inPrinciple },
            ["days", var n] when int.TryParse(n, out var count) => new Days(count) { InPrinciple = inPrinciple },
            ["promptly", var n] when int.TryParse(n, out var count) => new Promptly(count) { InPrinciple = inPrinciple },
            ["before", var what, var n] when int.TryParse(n, out var count) => new Before(what, count) { InPrinciple = inPrinciple },
            ["fixed"] => new FixedDay { InPrinciple = inPrinciple },
            ["fixed", var what] => new FixedDay(what) { InPrinciple = inPrinciple },
            ["meeting"] => new SetByMeeting { InPrinciple = inPrinciple },
            _ => throw new FormatException($"'{text}' is not a limit."),
        };
    }

    /// <summary>The same limit with another count: how a district or an item sets its own number.</summary>
    public Term WithCount(int count) => this switch
    {
        Workdays t => t with { Count = count },
        Days t => t with { Count = count },
        Promptly t => t with { AgreedWorkdays = count },
        Before t => t with { Count = count },
        _ => throw new InvalidOperationException($"{this} has no count."),
    };

    /// <summary>The limit in the office's words: 3个工作日.</summary>
    public string InWords => (InPrinciple ? "原则上" : "") + this switch
    {
        Workdays t => $"{t.Count}个工作日",
        Days t => $"{t.Count}日",
        Promptly t => $"及时({t.AgreedWorkdays}个工作日)",
        Before t => $"{t.Event}前{t.Count}个工作日",
        FixedDay t => t.Event.Length > 0 ? $"{t.Event}前" : "文件载明之日",
        _ => "会议确定的责任期限",
    };
}
