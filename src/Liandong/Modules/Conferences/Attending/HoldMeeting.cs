using Liandong.Accounts;
using Liandong.Data;
using Liandong.Documents;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Conferences;

/// <summary>
/// 登记召开: who was there, once the meeting has begun. From then on its minutes are owed. A 例会 that comes back prepares its next one, which is asked of the convenor like every other.
/// </summary>
public sealed class HoldMeeting(AppDb db, MeetingSteps steps, DutyBook duties, NumberBook numbers, CalendarBook calendars, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="Note">For whom the substitute came, or why the organ was on leave.</param>
    public sealed record Line(Guid Organ, Presence Presence, string Names = "", string Note = "");

    public sealed record Act(Guid Meeting, Guid Organ, int Present, int OnLeave) : IAct { public static string Name => "meeting.held"; }

    public async Task<Meeting> RunAsync(Guid id, IReadOnlyList<Line> lines, CancellationToken ct)
    {
        actor.Demand(Rights.MeetingConvene);
        await using var together = await ledger.TogetherAsync(ct);
        var meeting = await steps.TakeOwnAsync(id, ct);
        meeting.Hold(clock.Now);
        var invitees = await db.MeetingInvitees.Where(i => i.Meeting == id).ToListAsync(ct);
        var check = new InputCheck();
        foreach (var invitee in invitees)
        {
            var line = lines.FirstOrDefault(l => l.Organ == invitee.Organ);
            var field = $"Presence-{invitee.Organ:N}";
            check.That(line is not null && line.Presence != Presence.Unknown && Enum.IsDefined(line.Presence), field, "请登记是否出席。").NotLonger(line?.Names, $"Names-{invitee.Organ:N}", "人员", 100).NotLonger(line?.Note, $"Note-{invitee.Organ:N}", "说明", 200)
                .That(line?.Presence is not (Presence.Present or Presence.Substitute) || line.Names.Trim().Length > 0, $"Names-{invitee.Organ:N}", "请填写到会人员。");
            if (line is not null) invitee.Attend(line.Presence, line.Names.Trim(), line.Note.Trim());
        }
        check.That(lines.All(l => invitees.Any(i => i.Organ == l.Organ)), "Organs", "登记的单位不在参会单位之列。").That(lines.Any(l => l.Presence is Presence.Present or Presence.Substitute), "Organs", "没有单位出席的,会议没有召开。").Throw();
        foreach (var topic in await db.MeetingTopics.Where(t => t.Meeting == id).ToListAsync(ct)) topic.Discuss();
        // It has begun: who has not studied is late, and stays so on record.
        await duties.SupersedeAsync(ConferencesRules.Study, meeting.Ref, "会议已经召开", ct);
        await duties.OpenAsync(ConferencesRules.Minutes, owedBy: meeting.Organ, owedTo: null, meeting.Ref, ct, owedToLabel: "参会单位");
        if (meeting.Every != Recurrence.Once) await PrepareNextAsync(meeting, invitees, ct);
        await ledger.RecordAsync(new Act(id, meeting.Organ, invitees.Count(i => i.Presence is Presence.Present or Presence.Substitute), invitees.Count(i => i.Presence == Presence.Leave)), meeting.OnLedger, ConferencesRules.Of(meeting.Kind), ct);
        await together.CommitAsync(ct);
        return meeting;
    }

    private async Task PrepareNextAsync(Meeting meeting, IReadOnlyList<MeetingInvitee> invitees, CancellationToken ct)
    {
        var months = meeting.Every switch { Recurrence.Monthly => 1, Recurrence.Quarterly => 3, _ => 6 };
        var series = meeting.Series;
        if (await db.Meetings.AnyAsync(m => m.Series == series && m.StartsAt > meeting.StartsAt && m.State != MeetingState.Cancelled, ct)) return;
        var calendar = await calendars.CurrentAsync(ct);
        var day = meeting.Day.AddMonths(months);
        while (!calendar.IsWorkday(day)) day = day.AddDays(1);
        var startsAt = Beijing.At(day, meeting.Hour);
        var next = new Meeting
        {
            District = db.District, Id = clock.NewId(), Number = await numbers.NextAsync(await DocumentNumbers.CodeAsync(db, meeting.Organ, ct) + "会", clock.Today.Year, ct), Kind = meeting.Kind, Organ = meeting.Organ, Who = actor.Name, PreparedAt = clock.Now,
            Follows = meeting.Id, Series = series,
        };
        next.Write(meeting.Title, meeting.Purpose, startsAt, startsAt + (meeting.EndsAt - meeting.StartsAt), meeting.Place, meeting.Every, meeting.Groups, clock.Now);
        db.Meetings.Add(next);
        foreach (var invitee in invitees)
        {
            var again = new MeetingInvitee { District = db.District, Meeting = next.Id, Organ = invitee.Organ };
            again.Sit(invitee.IsObserver);
            db.MeetingInvitees.Add(again);
        }
        ledger.Note(new PrepareMeeting.Act(next.Id, next.Organ, next.Kind, meeting.Id, []), next.OnLedger, ConferencesRules.Of(next.Kind));
    }
}
