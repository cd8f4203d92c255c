using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Liandong.Sheets;

namespace Liandong.Modules.Consultations;

/// <summary>导出会商清单: what the list shows, as an Excel file that says who took it out and when; every export is on the ledger.</summary>
public sealed class ExportConsultations(AppDb db, ExportList export, CalendarBook calendars, Actor actor, Clock clock)
{
    /// <param name="Filter">Digest of the filter: the filter itself may hold a person's name.</param>
    public sealed record Act(string Lane, string Filter, int Rows) : IAct { public static string Name => "consultations.exported"; }

    public async Task<byte[]> RunAsync(ConsultationFilter filter, CancellationToken ct)
    {
        actor.Demand(Rights.ExportDownload);
        actor.Demand(Rights.ConsultView);
        var calendar = await calendars.CurrentAsync(ct);
        var rows = await WholeList.ReadAsync(async after =>
        {
            var page = await ConsultationQueries.ListAsync(db, actor, filter with { After = after, Size = 500 }, clock.Now, calendar, ct);
            return (page.Rows, page.After);
        });
        var table = new Workbook.Page("会商清单", ["会商编号", "会商事项", "内容", "形式", "状态", "发起单位", "征求单位", "已答复", "关联编号", "关联事项", "发起时间", "待办", "期限"], rows.Select(Line));
        return await export.RunAsync("会商清单", table, rows.Count, new Act(filter.LaneWord, Sm3.HexOf(filter.ToQuery()), rows.Count), ct);
    }

    private static IReadOnlyList<object?> Line(ConsultationRow row) =>
    [
        row.Number, row.Title, ConsultationsWords.Of(row.Subject), ConsultationsWords.Of(row.Form), ConsultationsWords.Of(row.State, row.IsReview), row.StartedByName, string.Join("、", row.Organs), $"{row.Answered}/{row.Organs.Count}", row.AboutNumber, row.AboutTitle,
        ChineseDates.Plain(row.StartedAt), row.DueWords, row.Due?.DueOn,
    ];
}
