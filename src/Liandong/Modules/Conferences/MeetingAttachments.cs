using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Data;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Conferences;

/// <summary>会议材料: seen by whoever sees the meeting; the convening organ adds until the minutes go out for signature, an invited organ until the meeting is held.</summary>
public sealed class MeetingAttachments(AppDb db, Actor actor) : IMatterFiles
{
    public const string KindName = "meeting";

    public string Kind => KindName;

    public async Task<MatterAccess?> AskAsync(Guid matter, CancellationToken ct)
    {
        if (!actor.May(Rights.MeetingView) || actor.Organ is not { } organ || await db.Meetings.AsNoTracking().VisibleTo(db, actor).SingleOrDefaultAsync(m => m.Id == matter, ct) is not { } meeting) return null;
        var convenes = meeting.Organ == organ && actor.May(Rights.MeetingConvene) && meeting.TakesPapers;
        var invited = meeting.State == MeetingState.Called && actor.May(Rights.MeetingAttend) && await db.MeetingInvitees.AnyAsync(i => i.Meeting == matter && i.Organ == organ && i.InvitedAt != null, ct);
        return new(meeting.OnLedger, $"/meetings/{matter}", MayAdd: convenes || invited, MayRemove: convenes && meeting.State == MeetingState.Preparing);
    }
}

/// <summary>Materials of a topic: seen by the proposer, the organ that convenes, and whoever sees the meeting on whose agenda it is.</summary>
public sealed class TopicAttachments(AppDb db, Actor actor) : IMatterFiles
{
    public const string KindName = "topic";

    public string Kind => KindName;

    public async Task<MatterAccess?> AskAsync(Guid matter, CancellationToken ct)
    {
        if (!actor.May(Rights.MeetingView) || actor.Organ is not { } organ || await db.MeetingTopics.AsNoTracking().VisibleTo(db, actor).SingleOrDefaultAsync(t => t.Id == matter, ct) is not { } topic) return null;
        var adds = (topic.ProposedBy == organ || topic.To == organ) && actor.May(Rights.MeetingAttend) && (topic.State is TopicState.Proposed or TopicState.Passed);
        return new(topic.OnLedger, $"/meetings/topics/{matter}", MayAdd: adds, MayRemove: topic.ProposedBy == organ && topic.State == TopicState.Proposed);
    }
}
