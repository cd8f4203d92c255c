using Liandong.Accounts;
using Liandong.Api;
using Liandong.Data;
using Liandong.Documents;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;
using Liandong.Ledgers;
using Liandong.Modules.Consultations;
using Liandong.Modules.Directory;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Conferences;

/// <param name="Due">What is next owed in it: the actor's own first.</param>
/// <param name="DueWords">By whom and what: 区住建局应 研究会议材料.</param>
public sealed record MeetingRow(Guid Id, string Number, string Title, MeetingKind Kind, MeetingState State, Guid Organ, string OrganName, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Place, int Invited, int Studied, int Topics, DueFacts? Due, string DueWords);

public sealed record MeetingList(IReadOnlyList<MeetingRow> Rows, string? After);

public sealed record TopicRow(Guid Id, string Number, string Title, string Text, TopicUrgency Urgency, TopicState State, Guid ProposedBy, string ProposerName, string Who, DateTimeOffset At, Guid To, string ToName, string Reason, Guid? Consultation, Guid? Meeting, int Ordinal, bool Mine, bool Weighs, Guid? Group, string GroupName)
{
    /// <summary>In whose name it is proposed, as agendas say it: the working group, otherwise the organ.</summary>
    public string InNameOf => GroupName.Length > 0 ? GroupName : ProposerName;
}

public sealed record InviteeView(
    Guid Organ, string OrganName, bool Mine, bool IsObserver, DateTimeOffset? InvitedAt, DateTimeOffset? ReadAt, DateTimeOffset? StudiedAt, string StudiedBy, string View, Presence Announced, Presence Presence, string Names, string Note, bool Signs, bool? Signed,
    string Objection, string SignedBy, DateTimeOffset? SignedAt, IReadOnlyList<DueFacts> Due);

public sealed record MinutesView(Guid Id, int Revision, string Text, string Who, DateTimeOffset DraftedAt, MinutesState State, DateTimeOffset? IssuedAt, string IssuedBy, string DespiteReason, IReadOnlyList<DecisionView> Decisions);

/// <summary>A decision of an earlier meeting of the series that was open when this one began.</summary>
/// <param name="Visible">Whether the actor may open it.</param>
public sealed record StandingDecision(DecisionView Decision, Guid Meeting, string MeetingNumber, bool Visible);

/// <summary>Another meeting of the series.</summary>
public sealed record SeriesMeeting(Guid Id, string Number, string Title, DateTimeOffset StartsAt, MeetingState State);

/// <summary>专项对接组 that a meeting called.</summary>
public sealed record CalledGroup(Guid Id, string Name);

/// <param name="Own">The actor's organ convenes it.</param>
/// <param name="NoticeNumber">Empty while it is unsigned, and for those who do not see it.</param>
/// <param name="Standing">固定议题: open decisions of earlier meetings of the series.</param>
/// <param name="Due">What the convening organ owes.</param>
public sealed record MeetingDetail(
    MeetingRow Meeting, string Purpose, string Who, Recurrence Every, IReadOnlyList<CalledGroup> Groups, DateTimeOffset? AskedAt, DateTimeOffset? ApprovedAt, string ApprovedBy, string Opinion, string AgreedOnPaper, string DeputyName, Guid? Notice, string NoticeNumber,
    DocumentState? NoticeState, DateTimeOffset? CalledAt, DateTimeOffset? HeldAt, DateTimeOffset? IssuedAt, DateTimeOffset? DoneAt, Guid? MinutesDocument, string MinutesNumber, string Reason, bool Own, IReadOnlyList<TopicRow> Topics,
    IReadOnlyList<StandingDecision> Standing, IReadOnlyList<InviteeView> Invitees, MinutesView? Minutes, IReadOnlyList<MinutesView> EarlierMinutes, IReadOnlyList<SeriesMeeting> Series, IReadOnlyList<DueFacts> Due, IReadOnlyList<TimelineEntry> History);

/// <summary>Who sees which meeting: the organ that convenes it; an invited organ from the moment the notice reaches it; the convenor what he was asked for. Nobody else, the bureau not excepted.</summary>
public static class MeetingQueries
{
    public static IQueryable<Meeting> VisibleTo(this IQueryable<Meeting> meetings, AppDb db, Actor actor)
    {
        var organ = actor.RequireOrgan();
        var convenor = actor.Roles.Contains(Roles.Convenor);
        return meetings.Where(m => m.Organ == organ || db.MeetingInvitees.Any(i => i.Meeting == m.Id && i.Organ == organ && i.InvitedAt != null)
            || convenor && (m.AskedAt != null || m.ApprovedAt != null) && (m.Kind == MeetingKind.Regular || m.Kind == MeetingKind.Special || m.Kind == MeetingKind.JointConference));
    }

    public static IQueryable<MeetingTopic> VisibleTo(this IQueryable<MeetingTopic> topics, AppDb db, Actor actor)
    {
        var organ = actor.RequireOrgan();
        var meetings = db.Meetings.VisibleTo(db, actor);
        var groups = db.WorkingGroups.OfPerson(db, actor.Person);
        return topics.Where(t => t.ProposedBy == organ && t.Consultation == null || t.To == organ || t.Group != null && groups.Any(g => g.Id == t.Group) || t.Meeting != null && meetings.Any(m => m.Id == t.Meeting));
    }

    /// <summary>Decisions of earlier meetings of the series that were not accepted when this one began, or are not now.</summary>
    public static IQueryable<DecisionItem> OpenDecisionsBefore(this AppDb db, Meeting meeting)
    {
        var (id, series, starts) = (meeting.Id, meeting.Series, meeting.StartsAt);
        return db.DecisionItems.Where(i => i.Meeting != null && i.Meeting != id && i.State != DecisionState.Drafted && i.State != DecisionState.Dropped && (i.AcceptedAt == null || i.AcceptedAt > starts)
            && db.Meetings.Any(m => m.Id == i.Meeting && m.Series == series && m.IssuedAt != null && m.StartsAt < starts));
    }

    public static async Task<MeetingList> ListAsync(AppDb db, Actor actor, MeetingFilter filter, DateTimeOffset now, WorkCalendar calendar, CancellationToken ct)
    {
        actor.Demand(Rights.MeetingView);
        var rows = filter.Apply(db, actor, now);
        if (filter.After.Length > 0)
        {
            var place = Cursor.Parse(filter.After);
            var (at, id) = (place.Instant(0), place.Id(1));
            rows = filter.EarliestFirst ? rows.Where(m => m.StartsAt > at || (m.StartsAt == at && m.Id.CompareTo(id) > 0)) : rows.Where(m => m.StartsAt < at || (m.StartsAt == at && m.Id.CompareTo(id) < 0));
        }
        rows = filter.EarliestFirst ? rows.OrderBy(m => m.StartsAt).ThenBy(m => m.Id) : rows.OrderByDescending(m => m.StartsAt).ThenByDescending(m => m.Id);
        var found = await rows.Take(filter.Size + 1).ToListAsync(ct);
        var page = found.Take(filter.Size).ToList();
        return new MeetingList(await RowsAsync(db, actor, page, now, calendar, ct), found.Count > filter.Size ? Cursor.Of(page[^1].StartsAt, page[^1].Id).ToString() : null);
    }

    /// <summary>The pool: what the actor's organ proposed or a working group of the actor's, and what was proposed to it. The open ones first, urgent before usual.</summary>
    public static async Task<IReadOnlyList<TopicRow>> PoolAsync(AppDb db, Actor actor, bool all, CancellationToken ct)
    {
        actor.Demand(Rights.MeetingView);
        var organ = actor.RequireOrgan();
        var groups = db.WorkingGroups.OfPerson(db, actor.Person);
        var topics = db.MeetingTopics.AsNoTracking().Where(t => t.ProposedBy == organ && t.Consultation == null || t.To == organ || t.Group != null && groups.Any(g => g.Id == t.Group));
        if (!all) topics = topics.Where(t => t.State == TopicState.Proposed || t.State == TopicState.Passed);
        return await TopicsAsync(db, actor, await topics.OrderByDescending(t => t.At).ThenByDescending(t => t.Id).Take(200).ToListAsync(ct), ct);
    }

    public static async Task<TopicRow?> TopicAsync(AppDb db, Actor actor, Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.MeetingView);
        return await db.MeetingTopics.AsNoTracking().VisibleTo(db, actor).SingleOrDefaultAsync(t => t.Id == id, ct) is { } topic ? (await TopicsAsync(db, actor, [topic], ct))[0] : null;
    }

    /// <summary>Topics that may be put on the agenda of a meeting of this organ: passed, and on no other agenda.</summary>
    public static async Task<IReadOnlyList<TopicRow>> ChoicesAsync(AppDb db, Actor actor, Guid? meeting, CancellationToken ct)
    {
        var organ = actor.RequireOrgan();
        return await TopicsAsync(db, actor, await db.MeetingTopics.AsNoTracking().Where(t => t.To == organ && t.State == TopicState.Passed && (t.Meeting == null || t.Meeting == meeting)).OrderBy(t => t.At).ThenBy(t => t.Id).ToListAsync(ct), ct);
    }

    public static async Task<MeetingDetail?> DetailAsync(AppDb db, Actor actor, Guid id, DateTimeOffset now, WorkCalendar calendar, CancellationToken ct)
    {
        actor.Demand(Rights.MeetingView);
        if (await db.Meetings.AsNoTracking().VisibleTo(db, actor).SingleOrDefaultAsync(x => x.Id == id, ct) is not { } m) return null;
        var organ = actor.RequireOrgan();
        var organs = await NamesAsync(db, ct);
        var invitees = await db.MeetingInvitees.AsNoTracking().Where(i => i.Meeting == id).Join(db.Organs, i => i.Organ, o => o.Id, (i, o) => new { Invitee = i, o.Rank, o.ShortName }).OrderBy(i => i.Rank).ThenBy(i => i.ShortName).ToListAsync(ct);
        var topics = await db.MeetingTopics.AsNoTracking().Where(t => t.Meeting == id).OrderBy(t => t.Ordinal).ToListAsync(ct);
        var drafts = await db.MeetingMinutes.AsNoTracking().Where(x => x.Meeting == id).OrderByDescending(x => x.Revision).ToListAsync(ct);
        // A draft is for those who sign it; the others read what was issued.
        var signs = m.Organ == organ || invitees.Any(i => i.Invitee.Organ == organ && i.Invitee.Signs);
        if (!signs) drafts = [.. drafts.Where(x => x.State == MinutesState.Issued)];
        var draftIds = drafts.Select(x => x.Id).ToList();
        var decisions = await db.DecisionItems.AsNoTracking().Where(i => draftIds.Contains(i.Conclusion)).OrderBy(i => i.Ordinal).ToListAsync(ct);
        var current = drafts.FirstOrDefault();
        var signatures = current is null ? [] : await db.MinutesSignatures.AsNoTracking().Where(s => s.Minutes == current.Id).ToDictionaryAsync(s => s.Organ, ct);
        var standing = await db.OpenDecisionsBefore(m).AsNoTracking().OrderBy(i => i.DueOn).ThenBy(i => i.Number).ToListAsync(ct);
        var subjects = decisions.Concat(standing).Select(d => d.Id).Append(id).ToList();
        var duties = await db.Duties.AsNoTracking().Where(d => subjects.Contains(d.SubjectId) && d.ClosedAt == null).ToListAsync(ct);
        var groups = m.Groups;
        var called = groups.Count == 0 ? [] : await db.WorkingGroups.AsNoTracking().Where(g => groups.Contains(g.Id)).OrderBy(g => g.Rank).Select(g => new CalledGroup(g.Id, g.Name)).ToListAsync(ct);
        var notice = m.Notice is { } paper ? await db.OfficialDocuments.AsNoTracking().VisibleTo(db, actor).Where(d => d.Id == paper).Select(d => new { d.Number, d.State }).SingleOrDefaultAsync(ct) : null;
        var minutesSeen = m.MinutesDocument is { } printed && await db.OfficialDocuments.AsNoTracking().VisibleTo(db, actor).AnyAsync(d => d.Id == printed, ct);
        var earlier = standing.Select(s => s.Meeting!.Value).Distinct().ToList();
        var earlierNumbers = await db.Meetings.AsNoTracking().Where(x => earlier.Contains(x.Id)).ToDictionaryAsync(x => x.Id, x => x.Number, ct);
        var (series, seen) = (m.Series, db.Meetings.AsNoTracking().VisibleTo(db, actor));
        var visible = await seen.Where(x => earlier.Contains(x.Id)).Select(x => x.Id).ToListAsync(ct);
        var others = await seen.Where(x => x.Series == series && x.Id != id).OrderByDescending(x => x.StartsAt).Take(10).Select(x => new SeriesMeeting(x.Id, x.Number, x.Title, x.StartsAt, x.State)).ToListAsync(ct);

        MinutesView Drawn(MeetingMinutes x) => new(x.Id, x.Revision, x.Text, x.Who, x.DraftedAt, x.State, x.IssuedAt, x.IssuedBy, x.DespiteReason, [.. decisions.Where(d => d.Conclusion == x.Id).Select(d => ConsultationQueries.ViewOf(d, organs, duties, now, calendar))]);
        return new MeetingDetail(
            (await RowsAsync(db, actor, [m], now, calendar, ct))[0], m.Purpose, m.Who, m.Every, called, m.AskedAt, m.ApprovedAt, m.ApprovedBy, m.Opinion, m.AgreedOnPaper, m.DeputyName, notice is null ? null : m.Notice, notice?.Number ?? "", notice?.State,
            m.CalledAt, m.HeldAt, m.IssuedAt, m.DoneAt, minutesSeen ? m.MinutesDocument : null, m.MinutesNumber, m.Reason, m.Organ == organ, await TopicsAsync(db, actor, topics, ct),
            [.. standing.Select(s => new StandingDecision(ConsultationQueries.ViewOf(s, organs, duties, now, calendar), s.Meeting!.Value, earlierNumbers.GetValueOrDefault(s.Meeting.Value, ""), visible.Contains(s.Meeting.Value)))],
            [.. invitees.Select(i =>
            {
                var signature = signatures.GetValueOrDefault(i.Invitee.Organ);
                return new InviteeView(i.Invitee.Organ, i.ShortName, i.Invitee.Organ == organ, i.Invitee.IsObserver, i.Invitee.InvitedAt, i.Invitee.ReadAt, i.Invitee.StudiedAt, i.Invitee.StudiedBy, i.Invitee.View, i.Invitee.Announced, i.Invitee.Presence, i.Invitee.Names,
                    i.Invitee.Note, i.Invitee.Signs, signature?.Agreed, signature?.Reason ?? "", signature?.Who ?? "", signature?.At, [.. duties.Where(d => d.SubjectId == id && d.OwedBy == i.Invitee.Organ).Select(d => Facts(d, now, calendar))]);
            })],
            current is null ? null : Drawn(current), [.. drafts.Skip(1).Select(Drawn)], others, [.. duties.Where(d => d.SubjectId == id && d.OwedBy == m.Organ).OrderBy(d => d.DueAt).Select(d => Facts(d, now, calendar))],
            await TimelineQueries.OfAsync(db, actor, [id, .. decisions.Select(d => d.Id)], ct));
    }

    private static DueFacts Facts(Duty duty, DateTimeOffset now, WorkCalendar calendar) => DueFacts.Of(duty, now, calendar, TimelineQueries.ClauseIdOf(duty.Clause));

    private static async Task<IReadOnlyList<MeetingRow>> RowsAsync(AppDb db, Actor actor, IReadOnlyList<Meeting> meetings, DateTimeOffset now, WorkCalendar calendar, CancellationToken ct)
    {
        var organ = actor.RequireOrgan();
        var ids = meetings.Select(m => m.Id).ToList();
        var organs = await NamesAsync(db, ct);
        var invitees = (await db.MeetingInvitees.AsNoTracking().Where(i => ids.Contains(i.Meeting)).Select(i => new { i.Meeting, Studied = i.StudiedAt != null }).ToListAsync(ct)).ToLookup(i => i.Meeting, i => i.Studied);
        var topics = (await db.MeetingTopics.AsNoTracking().Where(t => t.Meeting != null && ids.Contains(t.Meeting.Value)).Select(t => t.Meeting!.Value).ToListAsync(ct)).ToLookup(t => t);
        var decisions = await db.DecisionItems.AsNoTracking().Where(i => i.Meeting != null && ids.Contains(i.Meeting.Value) && (i.State == DecisionState.Open || i.State == DecisionState.Reported)).Select(i => new { i.Id, Meeting = i.Meeting!.Value }).ToDictionaryAsync(i => i.Id, i => i.Meeting, ct);
        var subjects = ids.Concat(decisions.Keys).ToList();
        var duties = (await db.Duties.AsNoTracking().Where(d => subjects.Contains(d.SubjectId) && d.ClosedAt == null).ToListAsync(ct)).ToLookup(d => decisions.GetValueOrDefault(d.SubjectId, d.SubjectId));
        return [.. meetings.Select(m =>
        {
            var due = duties[m.Id].OrderBy(d => d.OwedBy == organ ? 0 : 1).ThenBy(d => d.DueAt).FirstOrDefault();
            return new MeetingRow(m.Id, m.Number, m.Title, m.Kind, m.State, m.Organ, organs.GetValueOrDefault(m.Organ, ""), m.StartsAt, m.EndsAt, m.Place, invitees[m.Id].Count(), invitees[m.Id].Count(studied => studied), topics[m.Id].Count(),
                due is null ? null : Facts(due, now, calendar), due is null ? "" : $"{(due.OwedBy == organ ? "本单位" : organs.GetValueOrDefault(due.OwedBy, ""))}应{due.Name}");
        })];
    }

    internal static async Task<IReadOnlyList<TopicRow>> TopicsAsync(AppDb db, Actor actor, IReadOnlyList<MeetingTopic> topics, CancellationToken ct)
    {
        var organs = await NamesAsync(db, ct);
        return [.. topics.OrderBy(t => t.Ordinal).ThenByDescending(t => t.State == TopicState.Proposed).ThenByDescending(t => t.Urgency).Select(t => new TopicRow(t.Id, t.Number, t.Title, t.Text, t.Urgency, t.State, t.ProposedBy, organs.GetValueOrDefault(t.ProposedBy, ""), t.Who, t.At, t.To,
            organs.GetValueOrDefault(t.To, ""), t.Reason, t.Consultation, t.Meeting, t.Ordinal, t.ProposedBy == actor.Organ, t.To == actor.Organ && t.State == TopicState.Proposed, t.Group, t.GroupName))];
    }

    private static Task<Dictionary<Guid, string>> NamesAsync(AppDb db, CancellationToken ct) => db.Organs.AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.ShortName, ct);
}

/// <summary>Decision items of a meeting's minutes.</summary>
public sealed class MeetingDecisions(AppDb db, Actor actor, Clock clock) : IDecisionHome
{
    public bool Keeps(DecisionItem item) => item.Meeting is not null;

    /// <summary>Seen by whoever sees the meeting; a draft that is being signed by those who sign it.</summary>
    public async Task<DecisionHome?> OfAsync(DecisionItem item, CancellationToken ct)
    {
        if (await db.Meetings.AsNoTracking().VisibleTo(db, actor).SingleOrDefaultAsync(m => m.Id == item.Meeting, ct) is not { } meeting) return null;
        if ((item.State is DecisionState.Drafted or DecisionState.Dropped) && meeting.Organ != actor.Organ && await db.MeetingInvitees.AsNoTracking().SingleOrDefaultAsync(i => i.Meeting == meeting.Id && i.Organ == actor.Organ, ct) is not { Signs: true }) return null;
        return new DecisionHome("会议", meeting.Ref, $"/meetings/{meeting.Id}", "/meetings", meeting.Organ);
    }

    public async Task CarriedOutAsync(DecisionItem item, CancellationToken ct) => (await db.Meetings.SingleAsync(m => m.Id == item.Meeting, ct)).End(clock.Now);
}
