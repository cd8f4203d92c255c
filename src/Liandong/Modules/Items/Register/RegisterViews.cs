using Liandong.Shared;

namespace Liandong.Modules.Items;

/// <summary>The tabs above every page of the register.</summary>
public static class RegisterViews
{
    /// <param name="simulate">Whether the person may try changes out.</param>
    public static IReadOnlyList<Tab> Tabs(string current, bool simulate, int? gaps = null) =>
    [
        new("责任清单", "/register", Current: current == "register"), new("责任空缺", "/register/gaps", gaps, current == "gaps"),
        new("清单版本", "/register/versions", Current: current == "versions"), new("协同人员库", "/register/people", Current: current == "people"),
        .. simulate ? [new Tab("规则模拟", "/register/simulate", Current: current == "simulate")] : Array.Empty<Tab>(),
    ];

    /// <summary>The filter that an address describes; what is not understood is left out.</summary>
    public static RegisterFilter FilterOf(string? on, string? q, string? organ, string? division, string? kind, string? ended, DateOnly today) =>
        new(DayOf(on, today), q ?? "", Guid.TryParse(organ, out var id) ? id : null, division ?? "", ItemView.Parse<ResponsibilityKind>(kind), WithEnded: ended is "true" or "on" or "1");

    public static DateOnly DayOf(string? text, DateOnly otherwise) => DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) ? day : otherwise;
}
