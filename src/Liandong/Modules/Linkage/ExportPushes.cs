using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Cases;
using Liandong.Modules.Items;
using Liandong.Sheets;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Linkage;

/// <summary>导出推送清单: what the list shows, as an Excel file that says who took it out and when. Every export is an act on the ledger.</summary>
public sealed class ExportPushes(AppDb db, ExportList export, CalendarBook calendars, Actor actor, Clock clock)
{
    /// <param name="Filter">Digest of the filter: the filter itself may hold a person's name.</param>
    public sealed record Act(string Lane, string Filter, int Rows) : IAct { public static string Name => "pushes.exported"; }

    public async Task<byte[]> RunAsync(PushFilter filter, CancellationToken ct)
    {
        actor.Demand(Rights.ExportDownload);
        actor.Demand(Rights.PushView);
        var calendar = await calendars.CurrentAsync(ct);
        var rows = await WholeList.ReadAsync(async after =>
        {
            var page = await PushQueries.ListAsync(db, actor, filter with { After = after, Size = 500 }, clock.Now, calendar, ct);
            return (page.Rows, page.After);
        });
        var table = new Workbook.Page("推送清单", Headings, rows.Select(Line));
        return await export.RunAsync("推送清单", table, rows.Count, new Act(filter.LaneWord, Sm3.HexOf(filter.ToQuery()), rows.Count), ct);
    }

    private static readonly string[] Headings =
    [
        "推送单号", "事项", "办件编号", "相对人", "决定", "监管地址", "街道", "监管单位", "监管方式", "状态", "推送时间", "送达时间", "签收时间", "认领时间", "退回时间", "退回原因", "承办科室", "经办人", "认领期限",
    ];

    private static IReadOnlyList<object?> Line(PushRow row) =>
    [
        row.Number, row.ItemName, row.CaseNumber, row.PartyName, CaseWords.Of(row.Decision), row.Address, row.Street, row.OrganName, ItemWords.Of(row.Role), LinkageWords.Of(row.State), At(row.SentAt), At(row.DeliveredAt), At(row.SignedAt),
        At(row.ClaimedAt), At(row.ReturnedAt), row.ReturnedFor is { } reason ? LinkageWords.Of(reason) : "", row.SectionName, row.PersonName, At(row.DueAt),
    ];

    private static string At(DateTimeOffset? at) => at is { } moment ? ChineseDates.Plain(moment) : "";
}

/// <summary>导出对账表: the month's tables as they stand.</summary>
public sealed class ExportReconciliation(AppDb db, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(DateOnly From, DateOnly To, Guid? Organ, Guid? Item) : IAct { public static string Name => "reconciliation.exported"; }

    public async Task<byte[]> RunAsync(DateOnly from, DateOnly to, Guid? organ, Guid? item, CancellationToken ct)
    {
        actor.Demand(Rights.ExportDownload);
        actor.Demand(Rights.ReconcileView);
        var found = await Reconciling.ReconcileQueries.OfAsync(db, actor, from, to, organ, item, clock.Now, ct);
        var file = Workbook.Write(
            Table("按单位", "监管单位", found.ByOrgan, found.Total), Table("按日", "推送日", found.ByDay, found.Total), Table("按事项", "事项", found.ByItem, found.Total),
            new Workbook.Page("差异", ["项目", "件数", "说明"], found.Balance.Select(line => (IReadOnlyList<object?>)[(line.Sign switch { 1 => "加:", -1 => "减:", _ => "" }) + line.Label, line.Count, line.Why])),
            Workbook.Origin($"审批结果推送对账 {from:yyyy-MM-dd} 至 {to:yyyy-MM-dd}", actor.Name, actor.OrganName, clock.Now, found.Total.Sent));
        await ledger.RecordAsync(new Act(from, to, organ, item), new Subject("export", clock.NewId(), "", "导出对账表"), null, ct);
        return file;
    }

    private static Workbook.Page Table(string name, string first, IReadOnlyList<Reconciling.TallyLine> lines, Reconciling.Tally total) =>
        new(name, [first, "推送", "送达", "签收", "认领", "退回", "改派", "争议", "关闭", "未结", "逾期", "逾期认领"],
            lines.Append(new Reconciling.TallyLine("", "合计", total)).Select(line => (IReadOnlyList<object?>)
            [
                line.Label, line.Tally.Sent, line.Tally.Delivered, line.Tally.Signed, line.Tally.Claimed, line.Tally.Returned, line.Tally.Rerouted, line.Tally.Disputed, line.Tally.Closed, line.Tally.Waiting, line.Tally.Overdue, line.Tally.Late,
            ]));
}
