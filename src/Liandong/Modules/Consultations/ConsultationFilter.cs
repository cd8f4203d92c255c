using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Calendar;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Consultations;

/// <summary>待本单位办, 本单位发起的, 征求本单位意见的, 决定执行中, 全部.</summary>
public enum ConsultationLane { ToDo, Started, Asked, Executing, All }

/// <summary>What a list of consultations shows, as the address, the API and the export say it. An unknown or unreadable value counts as not given.</summary>
public sealed record ConsultationFilter
{
    public ConsultationLane Lane { get; init; } = ConsultationLane.ToDo;

    /// <summary>Words of title, number, case number or party.</summary>
    public string Q { get; init; } = "";
    public ConsultationSubject? Subject { get; init; }
    public ConsultationForm? Form { get; init; }
    public ConsultationState? State { get; init; }

    /// <summary>An organ that started it or is asked.</summary>
    public Guid? Organ { get; init; }

    /// <summary>red (something owed in it is past its limit) or amber (in the last fifth of it).</summary>
    public string Light { get; init; } = "";
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }

    /// <summary>started, or -started (the default).</summary>
    public string Sort { get; init; } = "";
    public int Size { get; init; } = 20;
    public string After { get; init; } = "";

    public bool OldestFirst => Sort == "started";

    public string LaneWord => Lane switch { ConsultationLane.Started => "started", ConsultationLane.Asked => "asked", ConsultationLane.Executing => "executing", ConsultationLane.All => "all", _ => "toDo" };

    /// <param name="otherwise">The lane of an address that names none.</param>
    public static ConsultationFilter Read(IQueryCollection query, ConsultationLane otherwise)
    {
        var at = new ListAddress(query);
        return new ConsultationFilter
        {
            Lane = at.Choice<ConsultationLane>("view") ?? otherwise, Q = at.Text("q"), Subject = at.Choice<ConsultationSubject>("subject"), Form = at.Choice<ConsultationForm>("form"), State = at.Choice<ConsultationState>("state"),
            Organ = at.Id("organ"), Light = at.Light, From = at.Day("from"), To = at.Day("to"), Sort = at.OneOf("sort", "started", "-started"),
            Size = at.Size, After = at.Text("after"),
        };
    }

    /// <summary>The filter as a query string without place and size: what an export is asked for and recorded under.</summary>
    public string ToQuery() => ListAddress.Of(
        ("view", LaneWord), ("q", Q), ("subject", Subject?.ToString()), ("form", Form?.ToString()), ("state", State?.ToString()), ("organ", Organ?.ToString()), ("light", Light), ("from", ListAddress.Written(From)), ("to", ListAddress.Written(To)), ("sort", Sort));

    /// <summary>The rows, not yet ordered, of those that the actor may see.</summary>
    public IQueryable<Consultation> Apply(AppDb db, Actor actor, DateTimeOffset now)
    {
        var organ = actor.RequireOrgan();
        var rows = db.Consultations.AsNoTracking().VisibleTo(db, actor);
        rows = Lane switch
        {
            ConsultationLane.ToDo => rows.Where(c => db.Duties.Any(d => d.OwedBy == organ && d.ClosedAt == null && (d.SubjectId == c.Id || db.DecisionItems.Any(i => i.Consultation == c.Id && i.Id == d.SubjectId)))
                || c.StartedBy == organ && (c.State == ConsultationState.Preparing || c.State == ConsultationState.Asking && !db.ConsultedOrgans.Any(o => o.Consultation == c.Id && o.AnsweredAt == null)
                    || c.State == ConsultationState.Executing && db.DecisionItems.Any(i => i.Consultation == c.Id && i.State == DecisionState.Reported))),
            ConsultationLane.Started => rows.Where(c => c.StartedBy == organ),
            ConsultationLane.Asked => rows.Where(c => db.ConsultedOrgans.Any(o => o.Consultation == c.Id && o.Organ == organ)),
            ConsultationLane.Executing => rows.Where(c => c.State == ConsultationState.Executing),
            _ => rows,
        };
        if (Q.Length > 0) rows = rows.Where(c => c.Title.Contains(Q) || c.Number.Contains(Q) || c.AboutNumber.Contains(Q) || c.AboutTitle.Contains(Q));
        if (Subject is { } subject) rows = rows.Where(c => c.Subject == subject);
        if (Form is { } form) rows = form == ConsultationForm.JointConference ? rows.Where(c => c.EscalatedAt != null) : rows.Where(c => (c.WidenedTo ?? c.AskedIn) == form && c.EscalatedAt == null);
        if (State is { } state) rows = rows.Where(c => c.State == state);
        if (Organ is { } with) rows = rows.Where(c => c.StartedBy == with || db.ConsultedOrgans.Any(o => o.Consultation == c.Id && o.Organ == with));
        if (From is { } from)
        {
            var start = Beijing.StartOf(from);
            rows = rows.Where(c => c.StartedAt >= start);
        }
        if (To is { } to)
        {
            var end = Beijing.EndOf(to);
            rows = rows.Where(c => c.StartedAt < end);
        }
        if (Light == "red") rows = rows.Where(c => db.Duties.Any(d => d.ClosedAt == null && d.DueAt <= now && (d.SubjectId == c.Id || db.DecisionItems.Any(i => i.Consultation == c.Id && i.Id == d.SubjectId))));
        if (Light == "amber") rows = rows.Where(c => db.Duties.Any(d => d.ClosedAt == null && d.DueAt > now && d.EightyAt <= now && (d.SubjectId == c.Id || db.DecisionItems.Any(i => i.Consultation == c.Id && i.Id == d.SubjectId))));
        return rows;
    }
}
