using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Calendar;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Linkage;

/// <summary>待认领, 已认领, 已退回, 改派与争议, 全部.</summary>
public enum PushLane { Waiting, Claimed, Returned, Contested, All }

/// <summary>
/// What a list of pushes shows, as the address, the API and the export say it. An unknown or unreadable value counts as not given, so
/// that an old link still opens.
/// </summary>
public sealed record PushFilter
{
    public PushLane Lane { get; init; } = PushLane.Waiting;

    /// <summary>Number of the push or case, or part of the party's name.</summary>
    public string Q { get; init; } = "";
    public Guid? Item { get; init; }
    public Guid? Organ { get; init; }
    public string Division { get; init; } = "";
    public Guid? Section { get; init; }
    public Guid? Person { get; init; }
    public PushState? State { get; init; }
    public ReturnReason? Reason { get; init; }

    /// <summary>red (past the limit) or amber (the last fifth of it).</summary>
    public string Light { get; init; } = "";

    /// <summary>Days on which the push was sent, inclusive.</summary>
    public DateOnly? SentFrom { get; init; }
    public DateOnly? SentTo { get; init; }

    /// <summary>Reconciliation's figures: delivered, signed, claimed, returned, pending, outstanding, overdue, late, rerouted, disputed; see <see cref="Figures"/>.</summary>
    public string Figure { get; init; } = "";
    public Guid? Party { get; init; }
    public Guid? Case { get; init; }

    /// <summary>due, sent, or with a leading - for descending; each lane has its own default.</summary>
    public string Sort { get; init; } = "";
    public int Size { get; init; } = 20;
    public string After { get; init; } = "";

    public string Order => Sort.Length > 0 ? Sort : Lane == PushLane.Waiting ? "due" : "-sent";

    public static readonly IReadOnlyList<string> Figures = ["delivered", "pending", "signed", "claimed", "returned", "rerouted", "disputed", "outstanding", "overdue", "late"];

    public static PushFilter Read(IQueryCollection query)
    {
        var at = new ListAddress(query);
        return new PushFilter
        {
            Lane = at.Text("view") switch { "claimed" => PushLane.Claimed, "returned" => PushLane.Returned, "contested" => PushLane.Contested, "all" => PushLane.All, _ => PushLane.Waiting },
            Q = at.Text("q"), Item = at.Id("item"), Organ = at.Id("organ"), Division = at.Text("division"), Section = at.Id("section"), Person = at.Id("person"), Party = at.Id("party"), Case = at.Id("case"),
            State = Enum.TryParse<PushState>(at.Text("state"), true, out var state) && Enum.IsDefined(state) ? state : null,
            Reason = Enum.TryParse<ReturnReason>(at.Text("reason"), true, out var reason) && Enum.IsDefined(reason) ? reason : null,
            Light = at.Light, SentFrom = at.Day("from"), SentTo = at.Day("to"), Figure = at.Text("figure"),
            Sort = at.OneOf("sort", "due", "-due", "sent", "-sent"), Size = at.Size, After = at.Text("after"),
        };
    }

    /// <summary>The filter as a query string without place and size: what an export is asked for and recorded under.</summary>
    public string ToQuery() => ListAddress.Of(
        ("view", LaneWord), ("q", Q), ("item", Item?.ToString()), ("organ", Organ?.ToString()), ("division", Division), ("section", Section?.ToString()), ("person", Person?.ToString()), ("party", Party?.ToString()), ("case", Case?.ToString()), ("state", State?.ToString()), ("reason", Reason?.ToString()), ("light", Light), ("from", ListAddress.Written(SentFrom)), ("to", ListAddress.Written(SentTo)), ("figure", Figure), ("sort", Sort));

    public string LaneWord => Lane switch { PushLane.Claimed => "claimed", PushLane.Returned => "returned", PushLane.Contested => "contested", PushLane.All => "all", _ => "waiting" };

    /// <summary>The rows, not yet ordered, of those that the actor may see.</summary>
    public IQueryable<Push> Apply(AppDb db, Actor actor, DateTimeOffset now)
    {
        var rows = db.Pushes.AsNoTracking().VisibleTo(actor);
        rows = Lane switch
        {
            PushLane.Waiting => rows.Where(p => p.Waiting),
            PushLane.Claimed => rows.Where(p => p.State == PushState.Claimed),
            PushLane.Returned => rows.Where(p => p.State == PushState.Returned),
            PushLane.Contested => rows.Where(p => p.State == PushState.Rerouted || p.State == PushState.Disputed),
            _ => rows,
        };
        if (Q.Length > 0) rows = Q.EndsWith('号') ? rows.Where(p => p.Number == Q) : rows.Where(p => p.PartyName.Contains(Q) || p.CaseNumber.StartsWith(Q) || p.PermitNumber == Q);
        if (Item is { } item) rows = rows.Where(p => p.Item == item);
        if (Organ is { } organ) rows = rows.Where(p => p.Organ == organ);
        if (Division.Length > 0) rows = rows.Where(p => p.Division.StartsWith(Division));
        if (Section is { } section) rows = rows.Where(p => p.Section == section);
        if (Person is { } person) rows = rows.Where(p => p.Person == person);
        if (Party is { } party) rows = rows.Where(p => p.Party == party);
        if (Case is { } of) rows = rows.Where(p => p.Case == of);
        if (State is { } state) rows = rows.Where(p => p.State == state);
        if (Reason is { } reason) rows = rows.Where(p => p.ReturnedFor == reason);
        if (SentFrom is { } from) rows = rows.Where(p => p.SentOn >= from);
        if (SentTo is { } to) rows = rows.Where(p => p.SentOn <= to);
        if (Light == "red") rows = rows.Where(p => p.Waiting && p.DueAt <= now);
        if (Light == "amber") rows = rows.Where(p => p.Waiting && p.DueAt > now && db.Duties.Any(d => d.SubjectId == p.Id && d.ClosedAt == null && d.EightyAt <= now));
        return Figure switch
        {
            "delivered" => rows.Where(p => p.DeliveredAt != null),
            "pending" => rows.Where(p => p.DeliveredAt == null),
            "signed" => rows.Where(p => p.SignedAt != null),
            "claimed" => rows.Where(p => p.State == PushState.Claimed),
            "returned" => rows.Where(p => p.ReturnedAt != null),
            "rerouted" => rows.Where(p => p.State == PushState.Rerouted),
            "disputed" => rows.Where(p => p.State == PushState.Disputed),
            "outstanding" => rows.Where(p => p.Waiting),
            "overdue" => rows.Where(p => p.Waiting && p.DueAt <= now),
            "late" => rows.Where(p => p.State == PushState.Claimed && p.ClaimedAt >= p.DueAt),
            _ => rows,
        };
    }

    /// <summary>One page, and the place to go on from.</summary>
    public static IQueryable<Push> OrderedAfter(IQueryable<Push> rows, string order, string after)
    {
        var place = Place(after);
        if (order is "due" or "-due") rows = rows.Where(p => p.DueAt != null);
        if (place is var (at, id))
            rows = order switch
            {
                "due" => rows.Where(p => p.DueAt >= at && (p.DueAt > at || p.Id.CompareTo(id) > 0)),
                "-due" => rows.Where(p => p.DueAt <= at && (p.DueAt < at || p.Id.CompareTo(id) < 0)),
                "sent" => rows.Where(p => p.CreatedAt >= at && (p.CreatedAt > at || p.Id.CompareTo(id) > 0)),
                _ => rows.Where(p => p.CreatedAt <= at && (p.CreatedAt < at || p.Id.CompareTo(id) < 0)),
            };
        return order switch
        {
            "due" => rows.OrderBy(p => p.DueAt).ThenBy(p => p.Id),
            "-due" => rows.OrderByDescending(p => p.DueAt).ThenByDescending(p => p.Id),
            "sent" => rows.OrderBy(p => p.CreatedAt).ThenBy(p => p.Id),
            _ => rows.OrderByDescending(p => p.CreatedAt).ThenByDescending(p => p.Id),
        };
    }

    public static string PlaceOf(string order, DateTimeOffset? due, DateTimeOffset created, Guid id) => $"{(order.EndsWith("due", StringComparison.Ordinal) ? due ?? created : created).UtcTicks}.{id:N}";

    private static (DateTimeOffset At, Guid Id)? Place(string after) =>
        after.Split('.') is [var ticks, var id] && long.TryParse(ticks, out var at) && at >= 0 && at <= DateTime.MaxValue.Ticks && Guid.TryParseExact(id, "N", out var key)
            ? (new DateTimeOffset(at, TimeSpan.Zero).ToOffset(Beijing.Offset), key) : null;
}

/// <summary>Who sees which pushes: one rule for pages, lists, exports and the API.</summary>
public static class PushVisibility
{
    /// <summary>
    /// The bureau, the conference office, the convenor and the discipline office see the district's pushes; everybody else those that
    /// were delivered to the own organ.
    /// </summary>
    public static IQueryable<Push> VisibleTo(this IQueryable<Push> pushes, Actor actor)
    {
        if (SeesAll(actor)) return pushes;
        var organ = actor.Organ;
        return pushes.Where(p => p.Organ == organ && p.State != PushState.Pending);
    }

    public static bool SeesAll(Actor actor) =>
        actor.IsBureau || actor.Organ is null && actor.May(Rights.PushSend) || actor.Roles.Any(Roles.OfTheDistrict.Contains);
}
