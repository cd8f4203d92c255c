using Liandong.Accounts;
using Liandong.Data;
using Liandong.Documents;
using Liandong.Documents.Layout;
using Liandong.Kernel;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Conferences;

/// <summary>起草会议通知 of an approved meeting, as an official document to all that are to come; served, it calls the meeting.</summary>
public sealed class DraftMeetingNotice(AppDb db, MeetingSteps steps, DraftDocument draft, Ledger ledger, Actor actor)
{
    public sealed record Act(Guid Meeting, Guid Organ, Guid Document) : IAct { public static string Name => "meeting.notice-drafted"; }

    public async Task<OfficialDocument> RunAsync(Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.MeetingConvene);
        await using var together = await ledger.TogetherAsync(ct);
        var meeting = await steps.TakeOwnAsync(id, ct);
        if (meeting.Notice is { } earlier && await db.OfficialDocuments.AnyAsync(d => d.Id == earlier && d.State != DocumentState.Cancelled, ct)) throw new Refusal("meeting.notice-drafted", "会议通知已经起草,请在原稿上修改。", ConferencesRules.CirculatingOf(meeting.Kind));
        var invitees = await db.MeetingInvitees.Where(i => i.Meeting == id).Join(db.Organs, i => i.Organ, o => o.Id, (i, o) => new { i.Organ, i.IsObserver, o.ShortName, o.Rank }).OrderBy(o => o.Rank).ThenBy(o => o.ShortName).ToListAsync(ct);
        var topics = await db.MeetingTopics.AsNoTracking().Where(t => t.Meeting == id).OrderBy(t => t.Ordinal).ToListAsync(ct);
        var proposers = await db.Organs.AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.ShortName, ct);
        var follow = await db.OpenDecisionsBefore(meeting).CountAsync(ct);
        var lines = topics.Select(t => $"{t.Title}({(t.GroupName.Length > 0 ? t.GroupName : proposers.GetValueOrDefault(t.ProposedBy))}提出)").Prepend(follow > 0 ? $"以前会议决定事项的落实情况(共{follow}项)" : "").Where(l => l.Length > 0).ToList();
        var observers = invitees.Where(i => i.IsObserver).Select(i => i.ShortName).ToList();
        var text = $"""
            {(meeting.Kind.IsOfConference() ? "经召集人同意" : "经研究")},定于{ChineseDates.Full(meeting.StartsAt)}召开{meeting.Title}。现将有关事项通知如下:
            一、时间和地点
            {ChineseDates.Full(meeting.StartsAt)},{meeting.Place}。
            二、参会单位
            {string.Join("、", invitees.Where(i => !i.IsObserver).Select(i => i.ShortName))}。{(observers.Count > 0 ? $"{string.Join("、", observers)}列席。" : "")}{(meeting.DeputyName.Length > 0 ? $"由副召集人{meeting.DeputyName}牵头。" : "")}
            三、议题
            {string.Join('\n', lines.Select((l, i) => $"{i + 1}.{l}。"))}
            四、要求
            请各单位在会前认真研究会议议题和材料,在平台上填写回执,写明参会人员和意见;不能参加的,说明理由。
            """;
        var notice = await draft.RunAsync(new DraftDocument.Input(DocumentKind.Notice, $"关于召开{meeting.Title}的通知", BodyText.Read(text), [.. invitees.Select(i => i.Organ)], About: meeting.Ref), ct);
        meeting.Announce(notice.Id);
        await ledger.RecordAsync(new Act(id, meeting.Organ, notice.Id), meeting.OnLedger, ConferencesRules.CirculatingOf(meeting.Kind), ct);
        await together.CommitAsync(ct);
        return notice;
    }
}

/// <summary>What the documents of a meeting do: its notice calls it when it is served.</summary>
public sealed class MeetingDocuments(AppDb db, MeetingSteps steps, Actor actor, Clock clock) : IDocumentMatter
{
    public const string KindName = "meeting";

    public string Kind => KindName;

    public Task<MatterAnswers> AnswersAsync(OfficialDocument document, CancellationToken ct) => Task.FromResult(MatterAnswers.None);

    public async Task ServedAsync(OfficialDocument document, IReadOnlyList<Guid> to, CancellationToken ct)
    {
        var meeting = await db.Meetings.SingleAsync(m => m.Id == document.AboutId, ct);
        // Served again, to a further organ as a copy, it is the same meeting.
        if (meeting.Notice != document.Id || meeting.CalledAt is not null && to.Count == 0) return;
        await steps.CallAsync(meeting, to, ct);
    }

    public async Task ReadAsync(OfficialDocument document, Guid organ, CancellationToken ct)
    {
        if (await db.MeetingInvitees.SingleOrDefaultAsync(i => i.Meeting == document.AboutId && i.Organ == organ, ct) is { } place && await db.Meetings.AnyAsync(m => m.Id == document.AboutId && m.Notice == document.Id, ct)) place.Read(clock.Now);
    }

    public async Task<MatterPlace?> PlaceAsync(Guid matter, CancellationToken ct)
    {
        if (!actor.May(Rights.MeetingView) || actor.Organ is not { } organ || await db.Meetings.AsNoTracking().VisibleTo(db, actor).SingleOrDefaultAsync(m => m.Id == matter, ct) is not { } meeting) return null;
        var replies = meeting.State == MeetingState.Called && actor.May(Rights.MeetingAttend) && await db.MeetingInvitees.AnyAsync(i => i.Meeting == matter && i.Organ == organ && i.InvitedAt != null, ct);
        return new MatterPlace("会议", $"/meetings/{matter}", replies ? $"/meetings/{matter}/reply" : null);
    }
}
