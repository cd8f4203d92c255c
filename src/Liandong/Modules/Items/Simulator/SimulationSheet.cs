using Liandong.Kernel.Parties;
using Liandong.Sheets;

namespace Liandong.Modules.Items;

/// <summary>How screens and files speak of a simulation.</summary>
public static class SimulationSheet
{
    /// <summary>The most changed cases that one file holds.</summary>
    public const int Most = 100_000;

    public static string Of(RoutingChange change) => change switch
    {
        RoutingChange.Moved => "换主监管",
        RoutingChange.Unrouted => "变为无人监管",
        RoutingChange.NewlyRouted => "变为有人监管",
        _ => "只变协助单位",
    };

    public static Workbook.Page Page(SimulationOutcome outcome) => new("变化的办件", ["办件编号", "事项", "区划", "决定日期", "变化", "现在", "草案", "说明"],
        outcome.Rows.Select(r => new object?[] { r.Number, r.ItemName, Divisions.NameOf(r.Division), r.DecidedOn, Of(r.Change), r.FromOrgans, r.ToOrgans, r.Reason }));
}
