using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Liandong.Sheets;

namespace Liandong.Modules.Assistance;

/// <summary>导出协助清单: what the list shows, as an Excel file that says who took it out and when; every export is on the ledger.</summary>
public sealed class ExportAssistance(AppDb db, ExportList export, CalendarBook calendars, Actor actor, Clock clock)
{
    /// <param name="Filter">Digest of the filter.</param>
    public sealed record Act(string Lane, string Filter, int Rows) : IAct { public static string Name => "assistance-requests.exported"; }

    public async Task<byte[]> RunAsync(AssistanceFilter filter, CancellationToken ct)
    {
        actor.Demand(Rights.ExportDownload);
        actor.Demand(Rights.AssistView);
        var calendar = await calendars.CurrentAsync(ct);
        var rows = await WholeList.ReadAsync(async after =>
        {
            var page = await AssistanceQueries.ListAsync(db, actor, filter with { After = after, Size = 500 }, clock.Now, calendar, ct);
            return (page.Rows, page.After);
        });
        var table = new Workbook.Page("协助请求", ["编号", "请求什么", "请求事项", "关于", "编号或者名称", "请求单位", "协助单位", "请求时间", "状态", "办结时间", "答复期限"], rows.Select(Line));
        return await export.RunAsync("协助请求清单", table, rows.Count, new Act(filter.LaneWord, Sm3.HexOf(filter.ToQuery()), rows.Count), ct);
    }

    private static IReadOnlyList<object?> Line(AssistanceRow row) =>
    [
        row.Number, AssistanceWords.Of(row.Kind), row.Title, row.About == AssistanceSubject.Nothing ? "" : AssistanceWords.Of(row.About), row.AboutText, row.AskedByName, row.AskedOfName, ChineseDates.Plain(row.AskedAt), AssistanceWords.Of(row.State),
        row.EndedAt is { } ended ? ChineseDates.Plain(ended) : "", row.Due?.DueOn,
    ];
}
