using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Parties;
using Liandong.Modules.Cases;
using Liandong.Modules.Items;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Linkage;

/// <summary>One row of a list of pushes.</summary>
/// <param name="Due">What the open duty to claim says; null when nothing is open.</param>
public sealed record PushRow(
    Guid Id, string Number, string ItemName, string CaseNumber, string PartyName, string Division, string Street, string Address, Guid Organ, string OrganName, ResponsibilityKind Role, PushState State,
    DecisionKind Decision, DateTimeOffset SentAt, DateTimeOffset? DeliveredAt, DateTimeOffset? SignedAt, DateTimeOffset? ClaimedAt, DateTimeOffset? ReturnedAt, ReturnReason? ReturnedFor, string SectionName,
    string PersonName, DateTimeOffset? DueAt, DueFacts? Due);

/// <param name="After">Place to go on from; null on the last page.</param>
public sealed record PushList(IReadOnlyList<PushRow> Rows, string? After);

public sealed record PushStep(string What, DateTimeOffset At, string Who, string OrganName, string OnBehalfOf, string Channel, string Note, long? Entry);

/// <summary>Everything that the page of a push shows.</summary>
public sealed record PushDetail(
    PushRow Push, string Routing, Guid Case, Guid Item, Guid Party, Guid? Permit, string PermitNumber, DateOnly? ValidFrom, DateOnly? ValidTo, string PermitName, ApplicationKind Kind, DateTimeOffset DecidedAt,
    string DecisionNumber, string DecisionContent, string Opinion, string Approver, string PartyCode, bool PartyCodeNonStandard, string LegalPerson, IReadOnlyList<CaseMaterial> Materials,
    IReadOnlyList<string> Conditions, IReadOnlyList<string> Promises, string ReturnNote, Guid? ProposedOrgan, string ProposedOrganName, string Correction, Guid? Section, Guid? Person, Guid? Ruling,
    bool UnderSupervision, Guid? RoutedFrom, string RoutedFromNumber, Guid? RoutedTo, string RoutedToNumber, Guid? Dispute, string DisputeNumber, IReadOnlyList<PushStep> Steps,
    IReadOnlyList<OpenDuty> Duties, IReadOnlyList<OtherPush> Others);

/// <param name="OwedBy">The debtor's short name.</param>
public sealed record OpenDuty(Guid Id, string Rule, string Name, Guid OwedBy, string OwedByName, DueFacts Due, bool Local);

/// <summary>Another organ's push of the same case.</summary>
public sealed record OtherPush(Guid Id, string Number, string OrganName, ResponsibilityKind Role, PushState State, bool Visible);

public static class PushQueries
{
    public static async Task<PushList> ListAsync(AppDb db, Actor actor, PushFilter filter, DateTimeOffset now, WorkCalendar calendar, CancellationToken ct)
    {
        await using var held = await db.HoldConnectionAsync(ct);
        var rows = filter with { Size = 0 } == Inbox && !PushVisibility.SeesAll(actor) && actor.Organ is { } own ? await FirstPages.Waiting.For(db)(db, own, filter.Size + 1).ToListAsync(ct)
            : await PushFilter.OrderedAfter(filter.Apply(db, actor, now), filter.Order, filter.After).Take(filter.Size + 1).ToListAsync(ct);
        var page = rows.Take(filter.Size).ToList();
        var after = rows.Count > filter.Size ? PushFilter.PlaceOf(filter.Order, page[^1].DueAt, page[^1].CreatedAt, page[^1].Id) : null;
        return new PushList(await RowsAsync(db, page, now, calendar, ct), after);
    }

    /// <summary>The rows of given pushes that the actor may see, in the order given: the answer of a batch.</summary>
    public static async Task<IReadOnlyList<PushRow>> OfIdsAsync(AppDb db, Actor actor, IReadOnlyList<Guid> ids, DateTimeOffset now, WorkCalendar calendar, CancellationToken ct)
    {
        var found = await db.Pushes.AsNoTracking().VisibleTo(actor).Where(p => ids.Contains(p.Id)).ToListAsync(ct);
        return await RowsAsync(db, [.. found.OrderBy(p => ids.ToList().IndexOf(p.Id))], now, calendar, ct);
    }

    public static async Task<PushDetail?> DetailAsync(AppDb db, Actor actor, Guid id, DateTimeOffset now, WorkCalendar calendar, CancellationToken ct)
    {
        var push = await db.Pushes.AsNoTracking().VisibleTo(actor).FirstOrDefaultAsync(p => p.Id == id, ct);
        if (push is null) return null;
        var row = (await RowsAsync(db, [push], now, calendar, ct))[0];
        var of = await db.Cases.AsNoTracking().FirstOrDefaultAsync(c => c.Id == push.Case, ct);
        var party = await db.Parties.AsNoTracking().Where(p => p.Id == push.Party).Select(p => new { p.Code, p.CodeNonStandard, p.LegalPerson }).FirstOrDefaultAsync(ct);
        var permit = await db.Permits.AsNoTracking().FirstOrDefaultAsync(p => p.Id == push.Permit, ct);
        var organs = await OrganNamesAsync(db, ct);
        var steps = await db.PushEvents.AsNoTracking().Where(e => e.Push == id).OrderBy(e => e.At).ThenBy(e => e.Id).ToListAsync(ct);
        var absent = steps.Where(s => s.OnBehalfOf is not null).Select(s => s.OnBehalfOf!.Value).Distinct().ToList();
        var names = await db.People.AsNoTracking().Where(p => absent.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        var duties = await db.Duties.AsNoTracking().Where(d => d.SubjectId == id && d.ClosedAt == null).OrderBy(d => d.DueAt).ToListAsync(ct);
        var others = await db.Pushes.AsNoTracking().Where(p => p.Case == push.Case && p.Id != id).Select(p => new { p.Id, p.Number, p.Organ, p.Role, p.State, p.RoutedFrom }).ToListAsync(ct);
        var dispute = await db.CompetenceDisputes.AsNoTracking().Where(d => d.Push == id).OrderByDescending(d => d.OpenedAt).Select(d => new { d.Id, d.Number }).FirstOrDefaultAsync(ct);
        if (dispute is null && push.Ruling is { } ruling) dispute = await db.CompetenceDisputes.AsNoTracking().Where(d => d.Id == ruling).Select(d => new { d.Id, d.Number }).FirstOrDefaultAsync(ct);
        var seesAll = PushVisibility.SeesAll(actor);
        var routedFrom = others.FirstOrDefault(o => o.Id == push.RoutedFrom);
        var routedTo = push.State == PushState.Rerouted ? others.FirstOrDefault(o => o.RoutedFrom == id) : null;
        return new PushDetail(
            row, push.Routing, push.Case, push.Item, push.Party, push.Permit, push.PermitNumber, permit?.ValidFrom, permit?.ValidTo, permit?.Name ?? "", push.Kind, push.DecidedAt,
            of?.DecisionNumber ?? "", of?.DecisionContent ?? "", of?.Opinion ?? "", of?.Approver ?? "", party?.Code ?? "", party?.CodeNonStandard ?? false, party?.LegalPerson ?? "", of?.Materials ?? [],
            of?.Conditions ?? [], of?.Promises ?? [], push.ReturnNote, push.ProposedOrgan, Name(push.ProposedOrgan), push.Correction, push.Section, push.Person, push.Ruling,
            push.UnderSupervision, push.RoutedFrom, routedFrom?.Number ?? "", routedTo?.Id, routedTo?.Number ?? "", dispute?.Id, dispute?.Number ?? "",
            [.. steps.Select(s => new PushStep(s.What, s.At, s.Who.Length > 0 ? s.Who : "平台", Name(s.Organ), s.OnBehalfOf is { } away ? names.GetValueOrDefault(away, "") : "", s.Channel, s.Note, s.Entry))],
            [.. duties.Select(d => new OpenDuty(d.Id, d.Rule, d.Name, d.OwedBy, Name(d.OwedBy), DueFacts.Of(d, now, calendar, ClauseIdOf(d.Rule)), d.LocalNumber))],
            [.. others.Select(o => new OtherPush(o.Id, o.Number, Name(o.Organ), o.Role, o.State, seesAll))]);

        string Name(Guid? organ) => organ is { } known ? organs.GetValueOrDefault(known, "") : "";
    }

    /// <summary>How many wait, for the tab; null above <paramref name="most"/>, since lists are never counted whole.</summary>
    public static async Task<int?> CountAsync(AppDb db, Actor actor, PushLane lane, DateTimeOffset now, CancellationToken ct, int most = 999)
    {
        var inbox = lane is PushLane.Waiting or PushLane.Returned && !PushVisibility.SeesAll(actor);
        var count = inbox && actor.Organ is { } own ? await (lane == PushLane.Waiting ? FirstPages.CountWaiting : FirstPages.CountReturned).For(db)(db, own, most + 1, ct)
            : await new PushFilter { Lane = lane }.Apply(db, actor, now).Take(most + 1).CountAsync(ct);
        return count > most ? null : count;
    }

    public static async Task<IReadOnlyDictionary<Guid, string>> OrganNamesAsync(AppDb db, CancellationToken ct) =>
        await db.Organs.AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.ShortName, ct);

    internal static string ClauseIdOf(string rule) => LinkageRules.All.FirstOrDefault(r => r.Code == rule)?.Article.Id ?? "";

    /// <summary>The list as a department opens it, but for its size.</summary>
    private static readonly PushFilter Inbox = new() { Size = 0 };

    /// <summary>What the inbox of a department asks each time, translated once. They are <see cref="PushFilter.Apply"/> and <see cref="PushFilter.OrderedAfter"/> for this one case.</summary>
    private static class FirstPages
    {
        public static readonly Compiled<Func<AppDb, Guid, int, IAsyncEnumerable<Push>>> Waiting = new(() => EF.CompileAsyncQuery((AppDb db, Guid organ, int take) =>
            db.Pushes.AsNoTracking().Where(p => p.Organ == organ && p.State != PushState.Pending && p.Waiting && p.DueAt != null).OrderBy(p => p.DueAt).ThenBy(p => p.Id).Take(take)));

        public static readonly Compiled<Func<AppDb, Guid, int, CancellationToken, Task<int>>> CountWaiting = new(() => EF.CompileAsyncQuery((AppDb db, Guid organ, int most, CancellationToken _) =>
            db.Pushes.Where(p => p.Organ == organ && p.State != PushState.Pending && p.Waiting).Take(most).Count()));

        public static readonly Compiled<Func<AppDb, Guid, int, CancellationToken, Task<int>>> CountReturned = new(() => EF.CompileAsyncQuery((AppDb db, Guid organ, int most, CancellationToken _) =>
            db.Pushes.Where(p => p.Organ == organ && p.State == PushState.Returned).Take(most).Count()));
    }

    private static async Task<IReadOnlyList<PushRow>> RowsAsync(AppDb db, IReadOnlyList<Push> pushes, DateTimeOffset now, WorkCalendar calendar, CancellationToken ct)
    {
        var organs = await OrganNamesAsync(db, ct);
        var ids = pushes.Select(p => p.Id).ToList();
        var duties = (await db.Duties.AsNoTracking().Where(d => EF.Parameter(ids).Contains(d.SubjectId) && d.ClosedAt == null).ToListAsync(ct)).ToLookup(d => d.SubjectId);
        var sectionIds = pushes.Select(p => p.Section).OfType<Guid>().Distinct().ToList();
        var personIds = pushes.Select(p => p.Person).OfType<Guid>().Distinct().ToList();
        // Of what nobody has claimed yet there are none.
        var sections = sectionIds.Count == 0 ? [] : await db.Sections.AsNoTracking().Where(s => sectionIds.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Name, ct);
        var people = personIds.Count == 0 ? [] : await db.People.AsNoTracking().Where(p => personIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        return [.. pushes.Select(p => new PushRow(
            p.Id, p.Number, p.ItemName, p.CaseNumber, p.PartyName, p.Division, Divisions.NameOf(p.Division), p.Address, p.Organ, organs.GetValueOrDefault(p.Organ, ""), p.Role, p.State, p.Decision, p.CreatedAt,
            p.DeliveredAt, p.SignedAt, p.ClaimedAt, p.ReturnedAt, p.ReturnedFor, p.Section is { } section ? sections.GetValueOrDefault(section, "") : "",
            p.Person is { } person ? people.GetValueOrDefault(person, "") : "", p.DueAt, duties[p.Id].OrderBy(d => d.DueAt).Select(d => DueFacts.Of(d, now, calendar, ClauseIdOf(d.Rule))).FirstOrDefault()))];
    }
}
