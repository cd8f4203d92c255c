using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Modules.Assistance;
using Liandong.Modules.Linkage;
using Liandong.Modules.Supervision;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Cases;

/// <summary>Both sides of one party, as far as the reader's organ is party to them.</summary>
/// <param name="Pushes">To the reader's organ, or of matters handed to it for enforcement; all of them for the bureau. Newest first.</param>
/// <param name="OtherPenalties">Penalties of other organs that are marked for publication: shown to an organ that supervises the same party.</param>
public sealed record PartyDetail(Party Party, IReadOnlyList<Permit> Permits, IReadOnlyList<Case> Cases, IReadOnlyList<Push> Pushes, IReadOnlyList<PushEvent> Steps, IReadOnlyDictionary<Guid, Matter> Matters,
    IReadOnlyList<Check> Checks, IReadOnlyList<Rectification> Rectifications, IReadOnlyList<Enforcement> Enforcements, IReadOnlyList<Penalty> Penalties, IReadOnlyList<Penalty> OtherPenalties,
    IReadOnlyList<Feedback> Feedbacks, IReadOnlyList<PartyEffects.Active> Effects, IReadOnlyDictionary<(Guid Case, string Act), long> Entries, Names Names);

public static class PartyQueries
{
    /// <summary>The most cases and pushes that one page shows; a party with more is searched by case.</summary>
    public const int Most = 200;

    /// <exception cref="NotFound">Absent, or the reader's organ has nothing to do with it.</exception>
    public static async Task<PartyDetail> OneAsync(AppDb db, Actor actor, Guid id, DateOnly today, CancellationToken ct)
    {
        actor.Demand(Rights.PartyView);
        var organ = actor.Organ;
        var visible = db.Pushes.AsNoTracking().Where(p => p.Party == id && p.State != PushState.Pending);
        if (!actor.IsBureau) visible = visible.Where(p => p.Organ == organ || db.Enforcements.Any(e => e.Push == p.Id && e.To == organ));
        var pushes = await visible.OrderByDescending(p => p.CreatedAt).Take(Most).ToListAsync(ct);
        // Opened by an answer to a request: the approvals of the party, not what other organs have supervised.
        var opened = !actor.IsBureau && await db.AccessGrants.OpenTo(db, actor).AnyAsync(g => g.Party == id, ct);
        var party = pushes.Count > 0 || opened || actor.IsBureau ? await db.Parties.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct) : null;
        if (party is null) throw NotFound.Of("该相对人");

        var (ids, ofPushes) = (pushes.Select(p => p.Id).ToList(), pushes.Select(p => p.Case).Distinct().ToList());
        var cases = await db.Cases.AsNoTracking().Where(c => c.Party == id && (actor.IsBureau || opened || ofPushes.Contains(c.Id))).OrderByDescending(c => c.ReceivedAt).Take(Most).ToListAsync(ct);
        var (ofCases, ofPermits) = (cases.Select(c => c.Id).ToList(), pushes.Select(p => p.Permit).OfType<Guid>().Distinct().ToList());
        var permits = await db.Permits.AsNoTracking().Where(p => p.Party == id && (ofCases.Contains(p.Case) || ofPermits.Contains(p.Id))).OrderByDescending(p => p.ValidFrom).ToListAsync(ct);
        var steps = await db.PushEvents.AsNoTracking().Where(e => ids.Contains(e.Push)).OrderBy(e => e.At).ToListAsync(ct);
        var matters = await db.Matters.AsNoTracking().Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, ct);
        var checks = await db.Checks.AsNoTracking().Where(c => ids.Contains(c.Push)).ToListAsync(ct);
        var rectifications = await db.Rectifications.AsNoTracking().Where(r => ids.Contains(r.Push)).ToListAsync(ct);
        var enforcements = await db.Enforcements.AsNoTracking().Where(e => ids.Contains(e.Push)).ToListAsync(ct);
        var all = await db.Penalties.AsNoTracking().Where(p => p.Party == id).OrderByDescending(p => p.DecidedOn).ToListAsync(ct);
        var feedbacks = await db.Feedbacks.AsNoTracking().Where(f => ids.Contains(f.Push)).ToListAsync(ct);
        var effects = await PartyEffects.OfAsync(db, id, today, ct);
        var entries = await db.LedgerEntries.AsNoTracking().Where(e => ofCases.Contains(e.SubjectId)).Select(e => new { e.SubjectId, e.Act, e.Number }).ToListAsync(ct);
        // To supervise is to have claimed: an organ that sent the push back learns nothing of others' penalties.
        var supervises = pushes.Any(p => p.Organ == organ && p.State == PushState.Claimed);
        var people = SupervisionTimeline.People(checks, rectifications, enforcements, all, feedbacks);
        return new PartyDetail(party, permits, cases, pushes, steps, matters, checks, rectifications, enforcements, [.. all.Where(p => ids.Contains(p.Push))],
            supervises ? [.. all.Where(p => !ids.Contains(p.Push) && p.Publicity == Publicity.External)] : [], feedbacks, actor.IsBureau ? effects : [.. effects.Where(e => ids.Contains(e.Push))],
            entries.GroupBy(e => (e.SubjectId, e.Act)).ToDictionary(g => g.Key, g => g.Min(e => e.Number)), await Names.OfAsync(db, people, ct));
    }

    /// <summary>Both sides on one line of time, the latest first.</summary>
    public static IReadOnlyList<TimelineEntry> TimelineOf(PartyDetail d)
    {
        var numbers = d.Pushes.ToDictionary(p => p.Id, p => $"{p.Number} · {p.ItemName}");
        var lines = d.Cases.SelectMany(c => OfCase(c, d)).ToList();
        lines.AddRange(d.Steps.Where(s => numbers.ContainsKey(s.Push)).Select(s => new TimelineEntry(s.At, s.Who.Length > 0 ? s.Who : "平台", d.Names.Organ(s.Organ), "", $"推送{LinkageWords.OfStep(s.What)}", s.Channel,
            LinkageRules.Pushing.Clause, s.Entry, numbers[s.Push] + (s.Note.Length > 0 ? " · " + s.Note : ""), LinkageRules.Pushing.Id, LinkageWords.ToneOfStep(s.What))));
        lines.AddRange(d.Checks.SelectMany(c => SupervisionTimeline.Of(c, d.Names)));
        lines.AddRange(d.Rectifications.SelectMany(r => SupervisionTimeline.Of(r, d.Names)));
        lines.AddRange(d.Enforcements.SelectMany(e => SupervisionTimeline.Of(e, d.Names)));
        lines.AddRange(d.Penalties.Select(p => SupervisionTimeline.Of(p, d.Names)));
        lines.AddRange(d.OtherPenalties.Select(p => SupervisionTimeline.Of(p, d.Names) with { Who = "", LedgerNumber = null }));
        lines.AddRange(d.Feedbacks.SelectMany(f => SupervisionTimeline.Of(f, d.Names)));
        return [.. lines.OrderByDescending(l => l.At).ThenByDescending(l => l.LedgerNumber)];
    }

    private static IEnumerable<TimelineEntry> OfCase(Case c, PartyDetail d)
    {
        var what = $"{c.ItemName} · {c.Number}";
        yield return new(c.ReceivedAt, "", "审批局", "", $"收件:{CaseWords.Of(c.Kind)}", "", "", Entry("case.received"), what);
        if (c.AcceptedAt is { } accepted) yield return new(accepted, "", "审批局", "", "受理", "", "", Entry("case.accepted") ?? Entry("case.received"), what);
        if (c.DecidedAt is { } decided)
            yield return new(decided, c.Approver, "审批局", "", $"决定:{CaseWords.Of(c.Decision!.Value)}", "", "", Entry("case.decided"), $"{what}{(c.DecisionNumber.Length > 0 ? " · " + c.DecisionNumber : "")}{(c.PermitNumber.Length > 0 ? " · 许可证 " + c.PermitNumber : "")}",
                Tone: c.Decision == DecisionKind.Refused ? Tone.Bad : Tone.Neutral);

        long? Entry(string act) => d.Entries.TryGetValue((c.Id, act), out var number) ? number : null;
    }
}
