using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Liandong.Sheets;

namespace Liandong.Modules.Conferences;

/// <summary>导出会议清单: what the list shows, as an Excel file that says who took it out and when; every export is on the ledger.</summary>
public sealed class ExportMeetings(AppDb db, ExportList export, CalendarBook calendars, Actor actor, Clock clock)
{
    /// <param name="Filter">Digest of the filter.</param>
    public sealed record Act(string Lane, string Filter, int Rows) : IAct { public static string Name => "meetings.exported"; }

    public async Task<byte[]> RunAsync(MeetingFilter filter, CancellationToken ct)
    {
        actor.Demand(Rights.ExportDownload);
        actor.Demand(Rights.MeetingView);
        var calendar = await calendars.CurrentAsync(ct);
        var rows = await WholeList.ReadAsync(async after =>
        {
            var page = await MeetingQueries.ListAsync(db, actor, filter with { After = after, Size = 500 }, clock.Now, calendar, ct);
            return (page.Rows, page.After);
        });
        var table = new Workbook.Page("会议清单", ["会议编号", "会议名称", "类型", "状态", "召集单位", "开始", "结束", "地点", "议题", "参会单位", "已回执", "待办", "期限"], rows.Select(Line));
        return await export.RunAsync("会议清单", table, rows.Count, new Act(filter.LaneWord, Sm3.HexOf(filter.ToQuery()), rows.Count), ct);
    }

    private static IReadOnlyList<object?> Line(MeetingRow row) =>
    [
        row.Number, row.Title, ConferencesWords.Of(row.Kind), ConferencesWords.Of(row.State), row.OrganName, ChineseDates.Plain(row.StartsAt), ChineseDates.Plain(row.EndsAt), row.Place, row.Topics, row.Invited, row.Studied, row.DueWords, row.Due?.DueOn is { } due ? ChineseDates.PlainLastDay(due, row.Due.DueAt) : "",
    ];
}
