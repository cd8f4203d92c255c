namespace Liandong.Kernel.Calendar;

/// <summary>What a day is, after the State Council's notices and the district's own arrangements.</summary>
public enum DayKind
{
    Workday,
    Weekend,

    /// <summary>放假: a day off that a notice names, whether it falls on a weekday or a weekend.</summary>
    Holiday,

    /// <summary>调休上班: a weekend day that a notice makes a working day.</summary>
    MakeUpWorkday,

    /// <summary>A working day of the national calendar on which the district rests.</summary>
    LocalRest,

    /// <summary>A rest day of the national calendar on which the district works.</summary>
    LocalWorkday,
}

/// <param name="Name">周末, 工作日, the holiday (国庆节), or the district's reason.</param>
public sealed record DayFact(DateOnly Date, DayKind Kind, string Name)
{
    public bool IsWorkday => Kind is DayKind.Workday or DayKind.MakeUpWorkday or DayKind.LocalWorkday;
}

/// <summary>A day that a district sets otherwise than the national calendar, for example when a province prolongs a holiday.</summary>
public sealed record LocalDay(DateOnly Date, bool IsWorkday, string Reason);
