using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Liandong.Sheets;

namespace Liandong.Modules.Supervision;

/// <summary>导出监管台账: the list as an Excel file that says who took it out and when; every export is on the ledger.</summary>
public sealed class ExportMatters(AppDb db, ExportList export, Actor actor, Clock clock)
{
    public sealed record Act(MatterView View, int Rows) : IAct { static string IAct.Name => "supervision.exported"; }

    public async Task<byte[]> RunAsync(MatterFilter filter, CancellationToken ct)
    {
        actor.Demand(Rights.ExportDownload);
        var rows = await WholeList.ReadAsync(async (Guid? after) =>
        {
            var page = await SupervisionQueries.ListAsync(db, actor, filter with { After = after, Size = 500 }, clock.Today, ct);
            return (page.Rows, page.After);
        });
        var table = new Workbook.Page("监管台账", ["推送单", "事项", "相对人", "监管地址", "监管单位", "认领时间", "检查次数", "最近检查", "最近结果", "计划检查", "整改中", "整改期限", "执法中", "处罚"], rows.Select(Line));
        return await export.RunAsync("监管台账", table, rows.Count, new Act(filter.View, rows.Count), ct);
    }

    private static IReadOnlyList<object?> Line(MatterRow row) =>
    [
        row.Number, row.ItemName, row.PartyName, row.Address, row.OrganName, row.ClaimedAt is { } claimed ? ChineseDates.Plain(claimed) : "", row.Checks, row.LastCheckOn, row.LastResult?.InWords(), row.PlannedOn,
        row.OpenRectifications, row.RectifyBy, row.OpenEnforcements, row.Penalties,
    ];
}
