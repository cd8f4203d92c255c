using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Liandong.Data;
using Liandong.Kernel.Calendar;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Conferences;

/// <summary>Meetings as RFC 5545 has them. A meeting keeps its UID whatever becomes of it; SEQUENCE grows with each change of time or place, and a cancelled one says so.</summary>
public static class MeetingCalendar
{
    public const string ContentType = "text/calendar; charset=utf-8";

    /// <summary>How far back a feed reaches, in days.</summary>
    public const int Past = 180;

    /// <param name="page">Absolute address of a meeting's page.</param>
    public static async Task<string> WriteAsync(AppDb db, IReadOnlyList<Meeting> meetings, string name, Func<Guid, string> page, CancellationToken ct)
    {
        var ids = meetings.Select(m => m.Id).ToList();
        var organs = await db.Organs.AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.ShortName, ct);
        var topics = (await db.MeetingTopics.AsNoTracking().Where(t => t.Meeting != null && ids.Contains(t.Meeting.Value)).OrderBy(t => t.Ordinal).Select(t => new { t.Meeting, t.Title }).ToListAsync(ct)).ToLookup(t => t.Meeting!.Value, t => t.Title);
        var calendar = new Ical.Net.Calendar { ProductId = "-//Liandong//Meetings//ZH-CN", Method = "PUBLISH" };
        calendar.AddProperty("X-WR-CALNAME", name);
        calendar.AddTimeZone(VTimeZone.FromDateTimeZone("Asia/Shanghai", new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Unspecified), includeHistoricalData: false));
        foreach (var meeting in meetings)
            calendar.Events.Add(new CalendarEvent
            {
                Uid = $"{meeting.Id}@liandong",
                DtStamp = Utc(meeting.ChangedAt),
                LastModified = Utc(meeting.ChangedAt),
                Sequence = meeting.Sequence,
                Start = Local(meeting.StartsAt),
                End = Local(meeting.EndsAt),
                Summary = meeting.State == MeetingState.Cancelled ? $"(已取消){meeting.Title}" : meeting.Title,
                Location = meeting.Place,
                Description = string.Join('\n', (IEnumerable<string>)[$"{ConferencesWords.Of(meeting.Kind)} {meeting.Number}", $"召集单位:{organs.GetValueOrDefault(meeting.Organ)}", .. topics[meeting.Id].Select((t, i) => $"议题{i + 1}:{t}"), .. meeting.Reason.Length > 0 ? (string[])[$"说明:{meeting.Reason}"] : []]),
                Status = meeting.State == MeetingState.Cancelled ? "CANCELLED" : meeting.CalledAt is null ? "TENTATIVE" : "CONFIRMED",
                Url = new Uri(page(meeting.Id)),
            });
        return new CalendarSerializer().SerializeToString(calendar) ?? "";
    }

    private static CalDateTime Local(DateTimeOffset at) => new(DateTime.SpecifyKind(at.ToOffset(Beijing.Offset).DateTime, DateTimeKind.Unspecified), "Asia/Shanghai");

    private static CalDateTime Utc(DateTimeOffset at) => new(DateTime.SpecifyKind(at.UtcDateTime, DateTimeKind.Utc), "UTC");
}
