using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Liandong.Sheets;

namespace Liandong.Modules.Policies;

/// <summary>导出政策库: what the list shows, as an Excel file that says who took it out and when; every export is on the ledger.</summary>
public sealed class ExportPolicies(AppDb db, ExportList export, CalendarBook calendars, Actor actor, Clock clock)
{
    /// <param name="Filter">Digest of the filter.</param>
    public sealed record Act(string Lane, string Filter, int Rows) : IAct { public static string Name => "policies.exported"; }

    public async Task<byte[]> RunAsync(PolicyFilter filter, CancellationToken ct)
    {
        actor.Demand(Rights.ExportDownload);
        actor.Demand(Rights.PolicyView);
        var calendar = await calendars.CurrentAsync(ct);
        var rows = await WholeList.ReadAsync(async after =>
        {
            var page = await PolicyQueries.ListAsync(db, actor, filter with { After = after, Size = 500 }, clock.Now, calendar, ct);
            return (page.Rows, page.After);
        });
        var table = new Workbook.Page("政策调整", ["编号", "种类", "名称", "文号", "函告单位", "知悉日期", "施行日期", "函告时间", "是否迟于施行日", "涉及事项", "已落实", "状态", "版次", "待办", "期限"], rows.Select(Line));
        return await export.RunAsync("政策调整清单", table, rows.Count, new Act(filter.LaneWord, Sm3.HexOf(filter.ToQuery()), rows.Count), ct);
    }

    private static IReadOnlyList<object?> Line(PolicyRow row) =>
    [
        row.Number, PoliciesWords.Of(row.Kind), row.Title, row.DocumentNumber, row.OrganName, row.KnownOn, row.EffectiveOn, row.ServedAt is { } at ? ChineseDates.Plain(at) : "", row.Late ? "是" : "", row.Items, row.Settled,
        PoliciesWords.Of(row.State, row.Kind), row.Edition, row.DueWords, row.Due?.DueOn,
    ];
}
