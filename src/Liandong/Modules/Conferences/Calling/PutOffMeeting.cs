using Liandong.Accounts;
using Liandong.Data;
using Liandong.Documents;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Conferences;

/// <summary>改期: another time or place, with the reason; what is owed before the meeting moves with it, and calendars learn of it.</summary>
public sealed class PutOffMeeting(MeetingSteps steps, DutyBook duties, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Input(DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Place, string Reason);

    public sealed record Act(Guid Meeting, Guid Organ, DateTimeOffset From, DateTimeOffset To) : IAct { public static string Name => "meeting.put-off"; }

    public async Task<Meeting> RunAsync(Guid id, Input input, CancellationToken ct)
    {
        actor.Demand(Rights.MeetingConvene);
        new InputCheck().Filled(input.Place, nameof(input.Place), "地点", 100).Filled(input.Reason, nameof(input.Reason), "改期的理由", 500).That(input.StartsAt > clock.Now, nameof(input.StartsAt), "会议时间应当晚于现在。")
            .That(input.EndsAt > input.StartsAt && input.EndsAt - input.StartsAt <= TimeSpan.FromHours(12), nameof(input.EndsAt), "结束时间应当晚于开始时间,并在十二小时以内。").Throw();
        var meeting = await steps.TakeOwnAsync(id, ct);
        var from = meeting.StartsAt;
        meeting.PutOff(input.StartsAt, input.EndsAt, input.Place.Trim(), input.Reason.Trim(), clock.Now);
        foreach (var rule in new[] { ConferencesRules.Circulate, ConferencesRules.Study }) await duties.MoveAsync(rule, meeting.Ref, meeting.Day, $"会议改期:{input.Reason.Trim()}", ct, meeting.Hour);
        await ledger.RecordAsync(new Act(id, meeting.Organ, from, input.StartsAt), meeting.OnLedger, ConferencesRules.Of(meeting.Kind), ct);
        return meeting;
    }
}

/// <summary>取消会议 that was not held: nobody owes anything for it, its topics go back to the pool, an unsigned notice is cancelled.</summary>
public sealed class CancelMeeting(AppDb db, MeetingSteps steps, DutyBook duties, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Meeting, Guid Organ) : IAct { public static string Name => "meeting.cancelled"; }

    public async Task<Meeting> RunAsync(Guid id, string reason, CancellationToken ct)
    {
        actor.Demand(Rights.MeetingConvene);
        new InputCheck().Filled(reason, "Reason", "取消的理由", 500).Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var meeting = await steps.TakeOwnAsync(id, ct);
        meeting.Cancel(reason.Trim(), clock.Now);
        foreach (var rule in new[] { ConferencesRules.Circulate, ConferencesRules.Study }) await duties.CancelAsync(rule, meeting.Ref, "会议已经取消", ct);
        foreach (var topic in await db.MeetingTopics.Where(t => t.Meeting == id).ToListAsync(ct)) topic.TakeOff();
        if (meeting.Notice is { } notice && await db.OfficialDocuments.SingleOrDefaultAsync(d => d.Id == notice, ct) is { } draft && !draft.IsSigned && draft.State != DocumentState.Cancelled)
        {
            draft.Cancel("会议已经取消", clock.Now);
            ledger.Note(new CancelDocument.Act(draft.Id, draft.Organ), draft.Ref, DocumentsRules.Of(draft.Kind));
        }
        await ledger.RecordAsync(new Act(id, meeting.Organ), meeting.OnLedger, ConferencesRules.Of(meeting.Kind), ct);
        await together.CommitAsync(ct);
        return meeting;
    }
}
