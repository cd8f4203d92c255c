using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Calendar;
using Liandong.Modules.Consultations;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Conferences;

/// <summary>待办, 将要召开, 已经召开, 决定执行中, 全部.</summary>
public enum MeetingLane { ToDo, Coming, Past, Executing, All }

/// <summary>What a list of meetings shows, as the address, the API and the export say it. An unknown or unreadable value counts as not given.</summary>
public sealed record MeetingFilter
{
    public MeetingLane Lane { get; init; } = MeetingLane.ToDo;

    /// <summary>Words of title, number, place or a topic.</summary>
    public string Q { get; init; } = "";
    public MeetingKind? Kind { get; init; }
    public MeetingState? State { get; init; }

    /// <summary>An organ that convenes it or is invited.</summary>
    public Guid? Organ { get; init; }

    /// <summary>red or amber.</summary>
    public string Light { get; init; } = "";
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }

    /// <summary>starts, or -starts (the default, but for meetings to come).</summary>
    public string Sort { get; init; } = "";
    public int Size { get; init; } = 20;
    public string After { get; init; } = "";

    public bool EarliestFirst => Sort.Length > 0 ? Sort == "starts" : Lane == MeetingLane.Coming;

    public string LaneWord => Lane switch { MeetingLane.Coming => "coming", MeetingLane.Past => "past", MeetingLane.Executing => "executing", MeetingLane.All => "all", _ => "toDo" };

    /// <param name="otherwise">The lane of an address that names none.</param>
    public static MeetingFilter Read(IQueryCollection query, MeetingLane otherwise)
    {
        var at = new ListAddress(query);
        return new MeetingFilter
        {
            Lane = at.Choice<MeetingLane>("view") ?? otherwise, Q = at.Text("q"), Kind = at.Choice<MeetingKind>("kind"), State = at.Choice<MeetingState>("state"), Organ = at.Id("organ"),
            Light = at.Light, From = at.Day("from"), To = at.Day("to"), Sort = at.OneOf("sort", "starts", "-starts"), Size = at.Size, After = at.Text("after"),
        };
    }

    /// <summary>The filter as a query string without place and size: what an export is asked for and recorded under.</summary>
    public string ToQuery() => ListAddress.Of(
        ("view", LaneWord), ("q", Q), ("kind", Kind?.ToString()), ("state", State?.ToString()), ("organ", Organ?.ToString()), ("light", Light), ("from", ListAddress.Written(From)), ("to", ListAddress.Written(To)), ("sort", Sort));

    /// <summary>The rows, not yet ordered, of those that the actor may see.</summary>
    public IQueryable<Meeting> Apply(AppDb db, Actor actor, DateTimeOffset now)
    {
        var organ = actor.RequireOrgan();
        var rows = db.Meetings.AsNoTracking().VisibleTo(db, actor);
        var approves = actor.May(Rights.MeetingApprove);
        var today = Beijing.StartOf(Beijing.DayOf(now));
        rows = Lane switch
        {
            MeetingLane.ToDo => rows.Where(m => db.Duties.Any(d => d.OwedBy == organ && d.ClosedAt == null && (d.SubjectId == m.Id || db.DecisionItems.Any(i => i.Meeting == m.Id && i.Id == d.SubjectId)))
                || m.Organ == organ && (m.State == MeetingState.Preparing || m.State == MeetingState.Called && m.StartsAt <= now || m.State == MeetingState.Issued && db.DecisionItems.Any(i => i.Meeting == m.Id && i.State == DecisionState.Reported))
                || approves && m.State == MeetingState.Asked),
            MeetingLane.Coming => rows.Where(m => m.StartsAt >= today && (m.State == MeetingState.Preparing || m.State == MeetingState.Asked || m.State == MeetingState.Approved || m.State == MeetingState.Called)),
            MeetingLane.Past => rows.Where(m => m.HeldAt != null),
            MeetingLane.Executing => rows.Where(m => m.State == MeetingState.Issued),
            _ => rows,
        };
        if (Q.Length > 0) rows = rows.Where(m => m.Title.Contains(Q) || m.Number.Contains(Q) || m.Place.Contains(Q) || db.MeetingTopics.Any(t => t.Meeting == m.Id && t.Title.Contains(Q)));
        if (Kind is { } kind) rows = rows.Where(m => m.Kind == kind);
        if (State is { } state) rows = rows.Where(m => m.State == state);
        if (Organ is { } with) rows = rows.Where(m => m.Organ == with || db.MeetingInvitees.Any(i => i.Meeting == m.Id && i.Organ == with));
        if (From is { } from)
        {
            var start = Beijing.StartOf(from);
            rows = rows.Where(m => m.StartsAt >= start);
        }
        if (To is { } to)
        {
            var end = Beijing.EndOf(to);
            rows = rows.Where(m => m.StartsAt < end);
        }
        if (Light == "red") rows = rows.Where(m => db.Duties.Any(d => d.ClosedAt == null && d.DueAt <= now && (d.SubjectId == m.Id || db.DecisionItems.Any(i => i.Meeting == m.Id && i.Id == d.SubjectId))));
        if (Light == "amber") rows = rows.Where(m => db.Duties.Any(d => d.ClosedAt == null && d.DueAt > now && d.EightyAt <= now && (d.SubjectId == m.Id || db.DecisionItems.Any(i => i.Meeting == m.Id && i.Id == d.SubjectId))));
        return rows;
    }
}
