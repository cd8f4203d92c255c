using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Parties;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Linkage.Disputes;

public sealed record DisputeRow(
    Guid Id, string Number, string ItemName, string Place, string Question, DisputeState State, Guid OpenedBy, string OpenedByName, DateTimeOffset OpenedAt, IReadOnlyList<string> Parties, Guid? Push, string PushNumber,
    string RuledForName, DueFacts? Due);

public sealed record DisputeList(IReadOnlyList<DisputeRow> Rows, string? After);

public sealed record StatementView(Guid Organ, string OrganName, string Text, string Basis, string Who, DateTimeOffset At);

public sealed record PartyOf(Guid Organ, string Name);

public sealed record DisputeDetail(
    DisputeRow Dispute, string Division, Guid Item, IReadOnlyList<PartyOf> Parties, IReadOnlyList<StatementView> Statements, Guid? RuledFor, string Reason, DateOnly? From, string RegisterDivision, DateTimeOffset? ClosedAt,
    string PartyName, string Address, IReadOnlyList<TimelineEntry> History, bool PushVisible);

public static class DisputeQueries
{
    /// <summary>Those who see every push see every dispute; an organ sees those that it opened or is party to.</summary>
    public static IQueryable<CompetenceDispute> VisibleTo(this IQueryable<CompetenceDispute> disputes, AppDb db, Actor actor)
    {
        if (PushVisibility.SeesAll(actor)) return disputes;
        var organ = actor.Organ;
        return disputes.Where(d => d.OpenedBy == organ || db.DisputeParties.Any(p => p.Dispute == d.Id && p.Organ == organ));
    }

    /// <param name="state">null for all.</param>
    /// <param name="after">Id of the last row of the page before.</param>
    public static async Task<DisputeList> ListAsync(AppDb db, Actor actor, DisputeState? state, string after, int size, DateTimeOffset now, WorkCalendar calendar, CancellationToken ct)
    {
        var rows = db.CompetenceDisputes.AsNoTracking().VisibleTo(db, actor);
        if (state is { } wanted) rows = rows.Where(d => d.State == wanted);
        if (Guid.TryParse(after, out var id) && await db.CompetenceDisputes.AsNoTracking().Where(d => d.Id == id).Select(d => (DateTimeOffset?)d.OpenedAt).FirstOrDefaultAsync(ct) is { } at)
            rows = rows.Where(d => d.OpenedAt <= at && (d.OpenedAt < at || d.Id.CompareTo(id) < 0));
        var found = await rows.OrderByDescending(d => d.OpenedAt).ThenByDescending(d => d.Id).Take(size + 1).ToListAsync(ct);
        var page = found.Take(size).ToList();
        return new DisputeList(await RowsAsync(db, page, now, calendar, ct), found.Count > size ? page[^1].Id.ToString() : null);
    }

    public static async Task<DisputeDetail?> DetailAsync(AppDb db, Actor actor, Guid id, DateTimeOffset now, WorkCalendar calendar, CancellationToken ct)
    {
        var dispute = await db.CompetenceDisputes.AsNoTracking().VisibleTo(db, actor).FirstOrDefaultAsync(d => d.Id == id, ct);
        if (dispute is null) return null;
        var organs = await PushQueries.OrganNamesAsync(db, ct);
        var parties = await db.DisputeParties.AsNoTracking().Where(p => p.Dispute == id).Select(p => p.Organ).ToListAsync(ct);
        var statements = await db.DisputeStatements.AsNoTracking().Where(s => s.Dispute == id).OrderBy(s => s.At).ThenBy(s => s.Id).ToListAsync(ct);
        var push = dispute.Push is { } disputed ? await db.Pushes.AsNoTracking().FirstOrDefaultAsync(p => p.Id == disputed, ct) : null;
        var entries = await db.LedgerEntries.AsNoTracking().Where(e => e.SubjectId == id).OrderBy(e => e.Number).ToListAsync(ct);
        var peopleIds = entries.Select(e => e.Person).Distinct().ToList();
        var people = await db.People.AsNoTracking().Where(p => peopleIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        var history = entries.Select(e => new TimelineEntry(e.At, e.Person is { } who ? people.GetValueOrDefault(who, "") : "平台", e.Organ is { } of ? organs.GetValueOrDefault(of, "") : "", "", e.Act switch
        {
            "dispute.opened" => "提交权责争议",
            "dispute.stated" => "提交意见",
            "dispute.ruled" => "裁定",
            "dispute.withdrawn" => "撤回争议",
            _ => Ledgers.ActNames.Of(e.Act),
        }, e.Channel, e.Clause, e.Number, "", LinkageRules.Coordinating.Id, e.Act == "dispute.ruled" ? Tone.Good : Tone.Neutral)).ToList();
        return new DisputeDetail(
            (await RowsAsync(db, [dispute], now, calendar, ct))[0], dispute.Division, dispute.Item, [.. parties.Select(p => new PartyOf(p, organs.GetValueOrDefault(p, ""))).OrderBy(p => p.Name, StringComparer.Ordinal)],
            [.. statements.Select(s => new StatementView(s.Organ, organs.GetValueOrDefault(s.Organ, ""), s.Text, s.Basis, s.Who, s.At))], dispute.RuledFor, dispute.Reason, dispute.From, dispute.RegisterDivision,
            dispute.ClosedAt, push?.PartyName ?? "", push?.Address ?? "", history, push is not null && (PushVisibility.SeesAll(actor) || push.Organ == actor.Organ));
    }

    private static async Task<IReadOnlyList<DisputeRow>> RowsAsync(AppDb db, IReadOnlyList<CompetenceDispute> disputes, DateTimeOffset now, WorkCalendar calendar, CancellationToken ct)
    {
        var organs = await PushQueries.OrganNamesAsync(db, ct);
        var ids = disputes.Select(d => d.Id).ToList();
        var parties = (await db.DisputeParties.AsNoTracking().Where(p => ids.Contains(p.Dispute)).ToListAsync(ct)).ToLookup(p => p.Dispute, p => organs.GetValueOrDefault(p.Organ, ""));
        var duties = await db.Duties.AsNoTracking().Where(d => ids.Contains(d.SubjectId) && d.ClosedAt == null).ToListAsync(ct);
        return [.. disputes.Select(d => new DisputeRow(
            d.Id, d.Number, d.ItemName, Divisions.NameOf(d.Division), d.Question, d.State, d.OpenedBy, organs.GetValueOrDefault(d.OpenedBy, ""), d.OpenedAt, [.. parties[d.Id].Order(StringComparer.Ordinal)], d.Push, d.PushNumber,
            d.RuledFor is { } ruled ? organs.GetValueOrDefault(ruled, "") : "",
            duties.Where(x => x.SubjectId == d.Id).Select(x => DueFacts.Of(x, now, calendar, LinkageRules.Coordinating.Id)).FirstOrDefault()))];
    }
}
