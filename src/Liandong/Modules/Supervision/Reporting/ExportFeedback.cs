using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Liandong.Sheets;

namespace Liandong.Modules.Supervision;

/// <summary>导出监管回告: the list as an Excel file that says who took it out and when; every export is on the ledger.</summary>
public sealed class ExportFeedback(AppDb db, ExportList export, Actor actor)
{
    public sealed record Act(FeedbackView View, int Rows) : IAct { static string IAct.Name => "feedback.exported"; }

    public async Task<byte[]> RunAsync(FeedbackFilter filter, CancellationToken ct)
    {
        actor.Demand(Rights.ExportDownload);
        var rows = await WholeList.ReadAsync(async (Guid? after) =>
        {
            var page = await FeedbackQueries.ListAsync(db, actor, filter with { After = after, Size = 500 }, ct);
            return (page.Rows, page.After);
        });
        var table = new Workbook.Page("监管回告", ["回告编号", "内容", "种类", "相对人", "事项", "回告单位", "发生日期", "送达", "迟报", "确认", "对审批的影响", "许可变动"], rows.Select(Line));
        return await export.RunAsync("监管回告", table, rows.Count, new Act(filter.View, rows.Count), ct);
    }

    private static IReadOnlyList<object?> Line(FeedbackRow row) =>
    [
        row.Number, row.Summary, row.Kind.InWords(), row.PartyName, row.ItemName, row.OrganName, row.OccurredOn, ChineseDates.Plain(row.DeliveredAt), row.Late ? "迟报" : "",
        row.AcknowledgedAt is { } at ? ChineseDates.Plain(at) : "", row.Effect?.InWords(), row.AwaitsOutcome ? "办理中" : "",
    ];
}
