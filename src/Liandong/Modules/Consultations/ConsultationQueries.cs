using Liandong.Accounts;
using Liandong.Api;
using Liandong.Data;
using Liandong.Documents;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;
using Liandong.Ledgers;
using Liandong.Modules.Cases;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Consultations;

/// <param name="Organs">Short names of the organs that are asked.</param>
/// <param name="Due">What is next owed in it: the actor's own first.</param>
/// <param name="DueWords">By whom and what: 区住建局应 答复会商.</param>
public sealed record ConsultationRow(
    Guid Id, string Number, string Title, ConsultationSubject Subject, ConsultationForm Form, ConsultationState State, Guid StartedBy, string StartedByName, IReadOnlyList<string> Organs, int Answered, string AboutKind, string AboutNumber, string AboutTitle,
    DateTimeOffset StartedAt, DueFacts? Due, string DueWords)
{
    public bool IsReview => Form == ConsultationForm.LiaisonReview;
}

public sealed record ConsultationList(IReadOnlyList<ConsultationRow> Rows, string? After);

public sealed record ViewLine(
    Guid Id, Stance Stance, string Grounds, string Conditions, ViewChannel Channel, Guid? Reply, string ReplyNumber, bool ReplyVisible, Guid? Paper, string Speaker, string Witness, DateOnly? GivenOn, bool RecordedByAsker, string Who, DateTimeOffset At,
    DateTimeOffset? InForceAt, Weighing? Weighed, string WeighingReason, string WeighedBy, DateTimeOffset? WeighedAt);

/// <param name="View">What the organ says now; null while it has not spoken.</param>
/// <param name="Earlier">What it said before.</param>
/// <param name="Pending">A letter that will bring its view; shown to the organ itself alone.</param>
/// <param name="AddedBecause">Why it was added after the others.</param>
public sealed record PlaceView(Guid Organ, string OrganName, bool Mine, DateTimeOffset? AskedAt, DateTimeOffset? ReadAt, string ReadBy, ViewLine? View, IReadOnlyList<ViewLine> Earlier, ViewLine? Pending, DueFacts? Due, bool? Signed, string Objection, string SignedBy,
    DateTimeOffset? SignedAt, string AddedBecause);

public sealed record DecisionView(Guid Id, int Ordinal, string Number, string Text, Guid Owner, string OwnerName, IReadOnlyList<string> Assisting, DateOnly DueOn, DecisionState State, DateTimeOffset? ReportedAt, DateTimeOffset? AcceptedAt, DueFacts? Due, Guid? Group, string GroupName);

public sealed record ConclusionView(Guid Id, int Revision, string Text, string Who, DateTimeOffset DraftedAt, ConclusionState State, DateTimeOffset? IssuedAt, string IssuedBy, string DespiteReason, Guid? Minutes, IReadOnlyList<DecisionView> Decisions);

/// <summary>What a liaison officer has to know of the case that is reviewed; the case itself stays the bureau's.</summary>
public sealed record ReviewedCase(Guid Id, string Number, string ItemName, string PartyName, string Address, string Opinion, IReadOnlyList<string> Materials, DateTimeOffset? AcceptedAt, bool Decided);

/// <param name="Own">The actor's organ started it.</param>
/// <param name="Party">The actor's organ started it or is asked; others see it because it was escalated.</param>
/// <param name="AboutHref">The page of what it is about, where the actor may open it.</param>
/// <param name="LetterNumber">Empty while the letter is unsigned, and for those who do not see it.</param>
public sealed record ConsultationDetail(
    ConsultationRow Consultation, string Question, string Basis, string Who, DateOnly? AnswerBy, DateTimeOffset? AskedAt, DateTimeOffset? EscalatedAt, string EscalationReason, DateTimeOffset? ConcludedAt, DateTimeOffset? EndedAt, string Reason, bool Own, bool Party,
    string AboutHref, ReviewedCase? Case, Guid? Letter, string LetterNumber, DocumentState? LetterState, IReadOnlyList<PlaceView> Places, ConclusionView? Conclusion, IReadOnlyList<ConclusionView> EarlierConclusions, IReadOnlyList<TimelineEntry> History);

public sealed record ReportLine(string Text, string OrganName, string Who, DateTimeOffset At, bool? Accepted, string Verdict, string JudgedBy, DateTimeOffset? JudgedAt);

/// <param name="Own">The actor's organ accepts the completion.</param>
public sealed record DecisionDetail(DecisionView Decision, DecisionHome Home, string JudgeName, bool Own, bool Mine, IReadOnlyList<ReportLine> Reports, IReadOnlyList<TimelineEntry> History);

/// <summary>Who sees which consultation: the organ that started it, the organs from the moment they are asked, the conference office and the convenor once it was escalated to them; nobody else.</summary>
public static class ConsultationQueries
{
    public static IQueryable<Consultation> VisibleTo(this IQueryable<Consultation> consultations, AppDb db, Actor actor)
    {
        var organ = actor.RequireOrgan();
        var conference = actor.Roles.Contains(Roles.ConferenceOffice) || actor.Roles.Contains(Roles.Convenor);
        return consultations.Where(c => c.StartedBy == organ || db.ConsultedOrgans.Any(o => o.Consultation == c.Id && o.Organ == organ && o.AskedAt != null) || conference && c.EscalatedAt != null);
    }

    /// <summary>Whether the actor's organ started it or is asked.</summary>
    public static Task<bool> IsPartyAsync(this AppDb db, Actor actor, Guid consultation, CancellationToken ct)
    {
        var organ = actor.RequireOrgan();
        return db.Consultations.AnyAsync(c => c.Id == consultation && (c.StartedBy == organ || db.ConsultedOrgans.Any(o => o.Consultation == c.Id && o.Organ == organ && o.AskedAt != null)), ct);
    }

    /// <summary>Whether the actor's organ has to do with the party: the bureau with each, another organ with those it was sent an approval of.</summary>
    public static async Task<bool> KnowsPartyAsync(this AppDb db, Actor actor, Guid party, CancellationToken ct) =>
        actor.IsBureau || await db.Pushes.AnyAsync(p => p.Party == party && p.Organ == actor.Organ && p.State != Linkage.PushState.Pending, ct);

    public static async Task<ConsultationList> ListAsync(AppDb db, Actor actor, ConsultationFilter filter, DateTimeOffset now, WorkCalendar calendar, CancellationToken ct)
    {
        actor.Demand(Rights.ConsultView);
        var rows = filter.Apply(db, actor, now);
        if (filter.After.Length > 0)
        {
            var place = Cursor.Parse(filter.After);
            var (at, id) = (place.Instant(0), place.Id(1));
            rows = filter.OldestFirst ? rows.Where(c => c.StartedAt > at || (c.StartedAt == at && c.Id.CompareTo(id) > 0)) : rows.Where(c => c.StartedAt < at || (c.StartedAt == at && c.Id.CompareTo(id) < 0));
        }
        rows = filter.OldestFirst ? rows.OrderBy(c => c.StartedAt).ThenBy(c => c.Id) : rows.OrderByDescending(c => c.StartedAt).ThenByDescending(c => c.Id);
        var found = await rows.Take(filter.Size + 1).ToListAsync(ct);
        var page = found.Take(filter.Size).ToList();
        return new ConsultationList(await RowsAsync(db, actor, page, now, calendar, ct), found.Count > filter.Size ? Cursor.Of(page[^1].StartedAt, page[^1].Id).ToString() : null);
    }

    public static async Task<ConsultationDetail?> DetailAsync(AppDb db, Actor actor, Guid id, DateTimeOffset now, WorkCalendar calendar, CancellationToken ct)
    {
        actor.Demand(Rights.ConsultView);
        var c = await db.Consultations.AsNoTracking().VisibleTo(db, actor).SingleOrDefaultAsync(x => x.Id == id, ct);
        if (c is null) return null;
        var organ = actor.RequireOrgan();
        var own = c.StartedBy == organ;
        var organs = await NamesAsync(db, ct);
        var places = await db.ConsultedOrgans.AsNoTracking().Where(o => o.Consultation == id).Join(db.Organs, o => o.Organ, x => x.Id, (o, x) => new { Place = o, x.Rank, x.ShortName }).OrderBy(o => o.Rank).ThenBy(o => o.ShortName).ToListAsync(ct);
        var views = await db.ConsultationViews.AsNoTracking().Where(v => v.Consultation == id).OrderByDescending(v => v.At).ThenByDescending(v => v.Id).ToListAsync(ct);
        var replies = views.Select(v => v.Reply).Append(c.Letter).OfType<Guid>().ToList();
        var letters = replies.Count == 0 ? [] : await db.OfficialDocuments.AsNoTracking().VisibleTo(db, actor).Where(d => replies.Contains(d.Id)).Select(d => new { d.Id, d.Number, d.State }).ToDictionaryAsync(d => d.Id, ct);
        var conclusions = await db.Conclusions.AsNoTracking().Where(x => x.Consultation == id).OrderByDescending(x => x.Revision).ToListAsync(ct);
        var decisions = await db.DecisionItems.AsNoTracking().Where(i => i.Consultation == id).OrderBy(i => i.Ordinal).ToListAsync(ct);
        var current = conclusions.FirstOrDefault();
        var signatures = current is null ? [] : await db.Countersignatures.AsNoTracking().Where(s => s.Conclusion == current.Id).ToDictionaryAsync(s => s.Organ, ct);
        var subjects = decisions.Select(d => d.Id).Append(id).ToList();
        var duties = await db.Duties.AsNoTracking().Where(d => subjects.Contains(d.SubjectId) && d.ClosedAt == null).ToListAsync(ct);

        ViewLine Line(ConsultationView v) => new(v.Id, v.Stance, v.Grounds, v.Conditions, v.Channel, v.Reply, v.ReplyNumber, v.Reply is { } r && letters.ContainsKey(r), v.Paper, v.Speaker, v.Witness, v.GivenOn, v.RecordedByAsker, v.Who, v.At, v.InForceAt, v.Weighed,
            v.WeighingReason, v.WeighedBy, v.WeighedAt);
        ConclusionView Drawn(Conclusion x) => new(x.Id, x.Revision, x.Text, x.Who, x.DraftedAt, x.State, x.IssuedAt, x.IssuedBy, x.DespiteReason, x.Minutes,
            [.. decisions.Where(d => d.Conclusion == x.Id).Select(d => ViewOf(d, organs, duties, now, calendar))]);

        var letter = c.Letter is { } asking ? letters.GetValueOrDefault(asking) : null;
        return new ConsultationDetail(
            (await RowsAsync(db, actor, [c], now, calendar, ct))[0], c.Question, c.Basis, c.Who, c.AnswerBy, c.AskedAt, c.EscalatedAt, c.EscalationReason, c.ConcludedAt, c.EndedAt, c.Reason, own, own || places.Any(p => p.Place.Organ == organ && p.Place.AskedAt is not null),
            await AboutHrefAsync(db, actor, c, ct), c.IsReview ? await CaseAsync(db, c.AboutId!.Value, ct) : null, letter is null ? null : c.Letter, letter?.Number ?? "", letter?.State,
            [.. places.Select(p =>
            {
                var said = views.Where(v => v.Organ == p.Place.Organ).ToList();
                var inForce = said.Where(v => v.InForceAt is not null).OrderByDescending(v => v.InForceAt).ThenByDescending(v => v.Id).ToList();
                var (mine, signature) = (p.Place.Organ == organ, signatures.GetValueOrDefault(p.Place.Organ));
                var due = duties.FirstOrDefault(d => d.SubjectId == id && d.OwedBy == p.Place.Organ);
                return new PlaceView(p.Place.Organ, p.ShortName, mine, p.Place.AskedAt, p.Place.ReadAt, p.Place.ReadBy, inForce.Count == 0 ? null : Line(inForce[0]), [.. inForce.Skip(1).Select(Line)],
                    mine && said.FirstOrDefault(v => v.InForceAt is null && v.Reply is { } r && letters.TryGetValue(r, out var reply) && reply.State != DocumentState.Cancelled) is { } pending ? Line(pending) : null,
                    due is null ? null : Facts(due, now, calendar), signature?.Agreed, signature?.Reason ?? "", signature?.Who ?? "", signature?.At, p.Place.AddedBecause);
            })],
            current is null ? null : Drawn(current), [.. conclusions.Skip(1).Select(Drawn)], await TimelineQueries.OfAsync(db, actor, subjects, ct));
    }

    public static async Task<DecisionDetail?> DecisionAsync(AppDb db, Actor actor, DecisionHomes homes, Guid id, DateTimeOffset now, WorkCalendar calendar, CancellationToken ct)
    {
        actor.Demand(Rights.ConsultView);
        if (await db.DecisionItems.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, ct) is not { } item || await homes.OfAsync(item, ct) is not { } home) return null;
        var organs = await NamesAsync(db, ct);
        var duties = await db.Duties.AsNoTracking().Where(d => d.SubjectId == id && d.ClosedAt == null).ToListAsync(ct);
        var reports = await db.DecisionReports.AsNoTracking().Where(r => r.Decision == id).OrderByDescending(r => r.At).ToListAsync(ct);
        return new DecisionDetail(ViewOf(item, organs, duties, now, calendar), home, organs.GetValueOrDefault(home.Judge, ""), home.Judge == actor.Organ, item.Owner == actor.Organ,
            [.. reports.Select(r => new ReportLine(r.Text, organs.GetValueOrDefault(r.Organ, ""), r.Who, r.At, r.Accepted, r.Verdict, r.JudgedBy, r.JudgedAt))], await TimelineQueries.OfAsync(db, actor, id, ct));
    }

    internal static DecisionView ViewOf(DecisionItem item, Dictionary<Guid, string> organs, IReadOnlyList<Duty> duties, DateTimeOffset now, WorkCalendar calendar) => new(item.Id, item.Ordinal, item.Number, item.Text, item.Owner, organs.GetValueOrDefault(item.Owner, ""),
        [.. item.Assisting.Select(o => organs.GetValueOrDefault(o, ""))], item.DueOn, item.State, item.ReportedAt, item.AcceptedAt, duties.FirstOrDefault(d => d.SubjectId == item.Id) is { } due ? Facts(due, now, calendar) : null, item.Group, item.GroupName);

    private static DueFacts Facts(Duty duty, DateTimeOffset now, WorkCalendar calendar) => DueFacts.Of(duty, now, calendar, TimelineQueries.ClauseIdOf(duty.Clause));

    private static async Task<IReadOnlyList<ConsultationRow>> RowsAsync(AppDb db, Actor actor, IReadOnlyList<Consultation> consultations, DateTimeOffset now, WorkCalendar calendar, CancellationToken ct)
    {
        var organ = actor.RequireOrgan();
        var ids = consultations.Select(c => c.Id).ToList();
        var organs = await NamesAsync(db, ct);
        var places = (await db.ConsultedOrgans.AsNoTracking().Where(o => ids.Contains(o.Consultation)).Join(db.Organs, o => o.Organ, x => x.Id, (o, x) => new { o.Consultation, x.ShortName, x.Rank, Answered = o.AnsweredAt != null }).ToListAsync(ct)).ToLookup(o => o.Consultation);
        var decisions = await db.DecisionItems.AsNoTracking().Where(i => i.Consultation != null && ids.Contains(i.Consultation.Value) && (i.State == DecisionState.Open || i.State == DecisionState.Reported)).Select(i => new { i.Id, Consultation = i.Consultation!.Value }).ToDictionaryAsync(i => i.Id, i => i.Consultation, ct);
        var subjects = ids.Concat(decisions.Keys).ToList();
        var duties = (await db.Duties.AsNoTracking().Where(d => subjects.Contains(d.SubjectId) && d.ClosedAt == null).ToListAsync(ct)).ToLookup(d => decisions.GetValueOrDefault(d.SubjectId, d.SubjectId));
        return [.. consultations.Select(c =>
        {
            var due = duties[c.Id].OrderBy(d => d.OwedBy == organ ? 0 : 1).ThenBy(d => d.DueAt).FirstOrDefault();
            return new ConsultationRow(c.Id, c.Number, c.Title, c.Subject, c.Form, c.State, c.StartedBy, organs.GetValueOrDefault(c.StartedBy, ""), [.. places[c.Id].OrderBy(p => p.Rank).ThenBy(p => p.ShortName).Select(p => p.ShortName)], places[c.Id].Count(p => p.Answered),
                c.AboutKind, c.AboutNumber, c.AboutTitle, c.StartedAt, due is null ? null : Facts(due, now, calendar), due is null ? "" : $"{(due.OwedBy == organ ? "本单位" : organs.GetValueOrDefault(due.OwedBy, ""))}应{due.Name}");
        })];
    }

    private static async Task<string> AboutHrefAsync(AppDb db, Actor actor, Consultation c, CancellationToken ct) => c.AboutKind switch
    {
        "case" when actor.May(Rights.CaseView) && await db.Cases.AsNoTracking().VisibleTo(db, actor).AnyAsync(x => x.Id == c.AboutId, ct) => $"/cases/{c.AboutId}",
        "item" when actor.May(Rights.ItemView) => $"/items/{c.AboutId}",
        "party" when actor.May(Rights.PartyView) && await db.KnowsPartyAsync(actor, c.AboutId!.Value, ct) => $"/parties/{c.AboutId}",
        _ => "",
    };

    private static async Task<ReviewedCase?> CaseAsync(AppDb db, Guid id, CancellationToken ct) =>
        await db.Cases.AsNoTracking().SingleOrDefaultAsync(x => x.Id == id, ct) is { } x ? new ReviewedCase(x.Id, x.Number, x.ItemName, x.PartyName, x.Address, x.Opinion, [.. x.Materials.Select(m => m.Name)], x.AcceptedAt, x.Decision is not null) : null;

    private static Task<Dictionary<Guid, string>> NamesAsync(AppDb db, CancellationToken ct) => db.Organs.AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.ShortName, ct);
}
