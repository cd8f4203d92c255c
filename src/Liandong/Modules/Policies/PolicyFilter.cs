using Liandong.Accounts;
using Liandong.Data;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Policies;

/// <summary>待本单位办, 政策库 (in force: served, not replaced), 待函告, 迟于施行日函告, 全部.</summary>
public enum PolicyLane { ToDo, Library, Known, Late, All }

/// <summary>What a list of policy changes shows, as the address, the API and the export say it. An unknown or unreadable value counts as not given.</summary>
public sealed record PolicyFilter
{
    public PolicyLane Lane { get; init; } = PolicyLane.Library;

    /// <summary>Words, all of which stand in title, document number or text.</summary>
    public string Q { get; init; } = "";
    public PolicyKind? Kind { get; init; }
    public PolicyState? State { get; init; }

    /// <summary>The department that notifies.</summary>
    public Guid? Organ { get; init; }

    /// <summary>An item that it touches.</summary>
    public Guid? Item { get; init; }

    /// <summary>red (something owed in it is past its limit) or amber (in the last fifth of it).</summary>
    public string Light { get; init; } = "";

    /// <summary>Effective on or after, and on or before.</summary>
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }

    /// <summary>effective or -effective; recorded or -recorded (the default).</summary>
    public string Sort { get; init; } = "";
    public int Size { get; init; } = 20;
    public string After { get; init; } = "";

    public bool ByEffect => Sort.EndsWith("effective", StringComparison.Ordinal);
    public bool Ascending => Sort is "effective" or "recorded";

    public string LaneWord => Lane switch { PolicyLane.ToDo => "toDo", PolicyLane.Known => "known", PolicyLane.Late => "late", PolicyLane.All => "all", _ => "library" };

    /// <param name="otherwise">The lane of an address that names none.</param>
    public static PolicyFilter Read(IQueryCollection query, PolicyLane otherwise)
    {
        var at = new ListAddress(query);
        return new PolicyFilter
        {
            Lane = at.Choice<PolicyLane>("view") ?? otherwise, Q = at.Text("q"), Kind = at.Choice<PolicyKind>("kind"), State = at.Choice<PolicyState>("state"), Organ = at.Id("organ"), Item = at.Id("item"), Light = at.Light,
            From = at.Day("from"), To = at.Day("to"), Sort = at.OneOf("sort", "effective", "-effective", "recorded", "-recorded"), Size = at.Size, After = at.Text("after"),
        };
    }

    /// <summary>The filter as a query string without place and size: what an export is asked for and recorded under.</summary>
    public string ToQuery() => ListAddress.Of(
        ("view", LaneWord), ("q", Q), ("kind", Kind?.ToString()), ("state", State?.ToString()), ("organ", Organ?.ToString()), ("item", Item?.ToString()), ("light", Light), ("from", ListAddress.Written(From)), ("to", ListAddress.Written(To)), ("sort", Sort));

    /// <summary>The rows, not yet ordered, of those that the actor may see.</summary>
    public IQueryable<PolicyChange> Apply(AppDb db, Actor actor, DateTimeOffset now)
    {
        var organ = actor.RequireOrgan();
        var rows = db.PolicyChanges.AsNoTracking().VisibleTo(db, actor);
        rows = Lane switch
        {
            PolicyLane.ToDo => rows.Where(p => db.Duties.Any(d => d.OwedBy == organ && d.ClosedAt == null && d.SubjectId == p.Id) || p.Organ == organ && p.State == PolicyState.Settled || p.Bureau == organ && p.State == PolicyState.Served && p.AcknowledgedAt == null),
            PolicyLane.Library => rows.Where(p => p.ServedOn != null && p.SupersededBy == null),
            PolicyLane.Known => rows.Where(p => p.State == PolicyState.Known),
            PolicyLane.Late => rows.Where(p => p.Late),
            _ => rows,
        };
        foreach (var word in Q.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(8))
            rows = rows.Where(p => p.Title.Contains(word) || p.Text.Contains(word) || p.DocumentNumber.Contains(word) || p.Number.Contains(word));
        if (Kind is { } kind) rows = rows.Where(p => p.Kind == kind);
        if (State is { } state) rows = rows.Where(p => p.State == state);
        if (Organ is { } department) rows = rows.Where(p => p.Organ == department);
        if (Item is { } item) rows = rows.Where(p => db.TouchedItems.Any(t => t.Policy == p.Id && t.Item == item));
        if (From is { } from) rows = rows.Where(p => p.EffectiveOn >= from);
        if (To is { } to) rows = rows.Where(p => p.EffectiveOn <= to);
        if (Light == "red") rows = rows.Where(p => db.Duties.Any(d => d.ClosedAt == null && d.DueAt <= now && d.SubjectId == p.Id));
        if (Light == "amber") rows = rows.Where(p => db.Duties.Any(d => d.ClosedAt == null && d.DueAt > now && d.EightyAt <= now && d.SubjectId == p.Id));
        return rows;
    }
}
