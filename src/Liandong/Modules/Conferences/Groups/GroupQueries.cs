using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;
using Liandong.Ledgers;
using Liandong.Modules.Consultations;
using Liandong.Modules.Directory;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Conferences;

/// <param name="Due">The open step that is due first.</param>
public sealed record GroupRow(Guid Id, string Name, string Remit, DateOnly From, DateOnly? To, Guid? Leader, string LeaderName, string LeaderTitle, int Members, int OpenSteps, int OpenDecisions, DueFacts? Due);

public sealed record MemberView(Guid Id, Guid Person, string Name, Guid Organ, string OrganName, DateOnly From, DateOnly? To);

/// <param name="Milestone">The step of 附件3: S3; empty for none.</param>
/// <param name="MilestoneName">三、人员转隶.</param>
public sealed record StepRow(
    Guid Id, Guid Group, string GroupName, string Number, string Text, string Milestone, string MilestoneName, Guid Owner, string OwnerName, DateOnly FirstDueOn, DateOnly DueOn, StepState State, string Reason, string Who, DateTimeOffset SetAt, DateTimeOffset? ReportedAt,
    DateTimeOffset? ClosedAt, DueFacts? Due);

public sealed record StepReportView(string Done, string Left, bool Finished, string OrganName, string Who, DateTimeOffset At, bool? Confirmed, string Verdict, string JudgedBy, DateTimeOffset? JudgedAt);

/// <summary>A meeting that called the group.</summary>
public sealed record CallingMeeting(Guid Id, string Number, string Title, DateTimeOffset StartsAt, MeetingState State);

/// <param name="Meetings">Those of the meetings that called it which the actor may see; topics and decisions likewise.</param>
/// <param name="Manages">The actor acts for the conference office.</param>
public sealed record GroupDetail(
    GroupRow Group, IReadOnlyList<MemberView> Members, IReadOnlyList<StepRow> Steps, IReadOnlyList<TopicRow> Topics, IReadOnlyList<CallingMeeting> Meetings, IReadOnlyList<DecisionView> Decisions, bool Manages, IReadOnlyList<TimelineEntry> History);

/// <param name="OfGroup">The actor leads the group or is a member.</param>
/// <param name="Mine">The actor's organ owes it.</param>
public sealed record StepDetail(StepRow Step, IReadOnlyList<StepReportView> Reports, bool OfGroup, bool Mine, bool Manages, IReadOnlyList<TimelineEntry> History);

/// <summary>The working groups at work; of their topics, meetings and decisions each reader finds what it may see anyway.</summary>
public static class GroupQueries
{
    /// <summary>The groups that a person leads or is a member of.</summary>
    public static IQueryable<WorkingGroup> OfPerson(this IQueryable<WorkingGroup> groups, AppDb db, Guid? person) =>
        groups.Where(g => db.GroupMembers.Any(m => m.Group == g.Id && m.Person == person && m.To == null) || db.ConferenceSeats.Any(s => s.Group == g.Id && s.Person == person && s.To == null));

    public static async Task<IReadOnlyList<GroupRow>> ListAsync(AppDb db, Actor actor, bool all, DateTimeOffset now, WorkCalendar calendar, CancellationToken ct)
    {
        actor.Demand(Rights.MeetingView);
        var groups = db.WorkingGroups.AsNoTracking().VisibleTo(db, actor);
        if (!all) groups = groups.Where(g => g.To == null);
        return await RowsAsync(db, await groups.OrderBy(g => g.To != null).ThenBy(g => g.Rank).ThenBy(g => g.Id).ToListAsync(ct), now, calendar, ct);
    }

    public static async Task<GroupDetail?> DetailAsync(AppDb db, Actor actor, Guid id, DateTimeOffset now, WorkCalendar calendar, CancellationToken ct)
    {
        actor.Demand(Rights.MeetingView);
        if (await db.WorkingGroups.AsNoTracking().VisibleTo(db, actor).SingleOrDefaultAsync(g => g.Id == id, ct) is not { } group) return null;
        var members = await (from m in db.GroupMembers.AsNoTracking()
                             join p in db.People on m.Person equals p.Id
                             join o in db.Organs on m.Organ equals o.Id
                             where m.Group == id
                             orderby m.To != null, o.Rank, m.From, m.Id
                             select new MemberView(m.Id, m.Person, p.Name, m.Organ, o.ShortName, m.From, m.To)).ToListAsync(ct);
        var steps = await db.GroupSteps.AsNoTracking().Where(s => s.Group == id).OrderBy(s => s.DueOn).ThenBy(s => s.Id).ToListAsync(ct);
        var topics = await db.MeetingTopics.AsNoTracking().VisibleTo(db, actor).Where(t => t.Group == id).OrderByDescending(t => t.At).ThenByDescending(t => t.Id).Take(100).ToListAsync(ct);
        // Which groups a meeting called is one value of its row: those that called any are few.
        IReadOnlyList<Guid> none = [];
        var meetings = (await db.Meetings.AsNoTracking().VisibleTo(db, actor).Where(m => m.Groups != none).OrderByDescending(m => m.StartsAt).Select(m => new { m.Groups, Line = new CallingMeeting(m.Id, m.Number, m.Title, m.StartsAt, m.State) }).ToListAsync(ct))
            .Where(m => m.Groups.Contains(id)).Select(m => m.Line).ToList();
        var seen = db.Meetings.VisibleTo(db, actor);
        var decisions = await db.DecisionItems.AsNoTracking().Where(i => i.Group == id && i.State != DecisionState.Drafted && i.State != DecisionState.Dropped && seen.Any(m => m.Id == i.Meeting)).OrderBy(i => i.State == DecisionState.Accepted).ThenBy(i => i.DueOn).ThenBy(i => i.Number).ToListAsync(ct);
        var subjects = decisions.Select(d => d.Id).ToList();
        var duties = await db.Duties.AsNoTracking().Where(d => subjects.Contains(d.SubjectId) && d.ClosedAt == null).ToListAsync(ct);
        var organs = await db.Organs.AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.ShortName, ct);
        return new GroupDetail(
            (await RowsAsync(db, [group], now, calendar, ct))[0], members, await StepsAsync(db, steps, now, calendar, ct), await MeetingQueries.TopicsAsync(db, actor, topics, ct), meetings,
            [.. decisions.Select(d => ConsultationQueries.ViewOf(d, organs, duties, now, calendar))], await ManagesAsync(db, actor, ct), await TimelineQueries.OfAsync(db, actor, [id, .. steps.Select(s => s.Id)], ct));
    }

    public static async Task<StepDetail?> StepAsync(AppDb db, Actor actor, Guid id, DateTimeOffset now, WorkCalendar calendar, CancellationToken ct)
    {
        actor.Demand(Rights.MeetingView);
        var groups = db.WorkingGroups.VisibleTo(db, actor);
        if (await db.GroupSteps.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && groups.Any(g => g.Id == s.Group), ct) is not { } step) return null;
        var reports = await (from r in db.StepReports.AsNoTracking()
                             join o in db.Organs on r.Organ equals o.Id
                             where r.Step == id
                             orderby r.At descending, r.Id descending
                             select new StepReportView(r.Done, r.Left, r.Finished, o.ShortName, r.Who, r.At, r.Confirmed, r.Verdict, r.JudgedBy, r.JudgedAt)).ToListAsync(ct);
        return new StepDetail((await StepsAsync(db, [step], now, calendar, ct))[0], reports, await db.WorkingGroups.OfPerson(db, actor.Person).AnyAsync(g => g.Id == step.Group, ct), step.Owner == actor.Organ, await ManagesAsync(db, actor, ct), await TimelineQueries.OfAsync(db, actor, id, ct));
    }

    private static async Task<bool> ManagesAsync(AppDb db, Actor actor, CancellationToken ct) =>
        actor.May(Rights.MeetingConvene) && await db.Organs.AnyAsync(o => o.Id == actor.Organ && o.Kind == OrganKind.ConferenceOffice, ct);

    private static async Task<IReadOnlyList<GroupRow>> RowsAsync(AppDb db, IReadOnlyList<WorkingGroup> groups, DateTimeOffset now, WorkCalendar calendar, CancellationToken ct)
    {
        var (ids, today) = (groups.Select(g => g.Id).ToList(), Beijing.DayOf(now));
        var leaders = (await (from s in db.ConferenceSeats.AsNoTracking()
                              join p in db.People on s.Person equals p.Id
                              where s.Group != null && ids.Contains(s.Group.Value) && s.From <= today && (s.To == null || s.To >= today)
                              orderby s.From descending
                              select new { Group = s.Group!.Value, s.Person, p.Name, s.Title }).ToListAsync(ct)).ToLookup(s => s.Group);
        var members = (await db.GroupMembers.AsNoTracking().Where(m => ids.Contains(m.Group) && m.To == null).Select(m => m.Group).ToListAsync(ct)).ToLookup(g => g);
        var steps = (await db.GroupSteps.AsNoTracking().Where(s => ids.Contains(s.Group) && (s.State == StepState.Open || s.State == StepState.Reported)).Select(s => new { s.Id, s.Group }).ToListAsync(ct)).ToLookup(s => s.Group, s => s.Id);
        var decisions = (await db.DecisionItems.AsNoTracking().Where(i => i.Group != null && ids.Contains(i.Group.Value) && (i.State == DecisionState.Open || i.State == DecisionState.Reported)).Select(i => i.Group!.Value).ToListAsync(ct)).ToLookup(g => g);
        var open = steps.SelectMany(s => s).ToList();
        var duties = (await db.Duties.AsNoTracking().Where(d => open.Contains(d.SubjectId) && d.Rule == ConferencesRules.GroupStep.Code && d.ClosedAt == null).ToListAsync(ct)).ToLookup(d => d.SubjectId);
        return [.. groups.Select(g =>
        {
            var leader = leaders[g.Id].FirstOrDefault();
            var due = steps[g.Id].SelectMany(s => duties[s]).OrderBy(d => d.DueAt).FirstOrDefault();
            return new GroupRow(g.Id, g.Name, g.Remit, g.From, g.To, leader?.Person, leader?.Name ?? "", leader?.Title ?? "", members[g.Id].Count(), steps[g.Id].Count(), decisions[g.Id].Count(), due is null ? null : Facts(due, now, calendar));
        })];
    }

    private static async Task<IReadOnlyList<StepRow>> StepsAsync(AppDb db, IReadOnlyList<GroupStep> steps, DateTimeOffset now, WorkCalendar calendar, CancellationToken ct)
    {
        var (ids, groups) = (steps.Select(s => s.Id).ToList(), steps.Select(s => s.Group).Distinct().ToList());
        var names = await db.WorkingGroups.AsNoTracking().Where(g => groups.Contains(g.Id)).ToDictionaryAsync(g => g.Id, g => g.Name, ct);
        var organs = await db.Organs.AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.ShortName, ct);
        var duties = await db.Duties.AsNoTracking().Where(d => ids.Contains(d.SubjectId) && d.ClosedAt == null).ToDictionaryAsync(d => d.SubjectId, ct);
        return [.. steps.OrderBy(s => s.IsOpen ? 0 : 1).ThenBy(s => s.DueOn).Select(s => new StepRow(s.Id, s.Group, names[s.Group], s.Number, s.Text, s.Milestone, SetGroupStep.Milestones.GetValueOrDefault(s.Milestone, ""), s.Owner, organs.GetValueOrDefault(s.Owner, ""), s.FirstDueOn,
            s.DueOn, s.State, s.Reason, s.Who, s.SetAt, s.ReportedAt, s.ClosedAt, duties.TryGetValue(s.Id, out var due) ? Facts(due, now, calendar) : null))];
    }

    private static DueFacts Facts(Duty duty, DateTimeOffset now, WorkCalendar calendar) => DueFacts.Of(duty, now, calendar, TakeSeat.Groups.Id);
}
