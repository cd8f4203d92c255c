using Liandong.Accounts;
using Liandong.Api;
using Liandong.Data;
using Liandong.Documents.Layout;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;
using Liandong.Ledgers;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Documents;

public enum DocumentBox { Received, Drafts, ToSign, Issued, All }

/// <param name="OrganName">发文机关; of a joint document all of them, the host first.</param>
/// <param name="Joint">Where the actor's organ issues it jointly with a host: how far that is.</param>
public sealed record DocumentRow(Guid Id, DocumentKind Kind, string Number, string Title, DocumentState State, Guid Organ, string OrganName, string To, DateTimeOffset At, DateTimeOffset? ReadAt, bool AnswerAsked, DateTimeOffset? AnsweredAt, DueFacts? Due, IssuerState? Joint);

public sealed record DocumentList(IReadOnlyList<DocumentRow> Rows, string? After);

/// <summary>联合发文机关 besides the host.</summary>
public sealed record IssuerView(Guid Organ, string OrganName, IssuerState State, string Who, DateTimeOffset? DecidedAt, string Reason, DateTimeOffset? SealedAt, DueFacts? Due);

/// <summary>The actor's organ issued a document jointly until its host removed it.</summary>
public sealed record RemovalView(string Title, string HostName, string Reason, string Who, DateTimeOffset At);

public sealed record ServiceView(Guid Organ, string OrganName, bool IsCopy, DateTimeOffset ServedAt, DateTimeOffset? ReadAt, string ReadBy, bool AnswerAsked, DateTimeOffset? AnsweredAt, DueFacts? Due);

/// <param name="ReplyVisible">Whether the actor may open the answering document.</param>
public sealed record AnswerView(Guid Organ, string OrganName, string Text, Guid? Reply, string ReplyNumber, bool ReplyVisible, string Who, DateTimeOffset At);

public sealed record RemarkView(Guid Id, int Revision, int Block, string Place, string Quote, string Text, string Proposed, string Who, DateTimeOffset At, RemarkState State, string Answer, string SettledBy, DateTimeOffset? SettledAt);

public sealed record VersionView(int Revision, DateTimeOffset At, string Who, string Why);

/// <param name="Own">The actor's organ issued it; drafts, remarks and versions are for it alone.</param>
/// <param name="Services">To whom it was served; an addressee sees its own line and who else got it.</param>
public sealed record DocumentDetail(
    Guid Id, DocumentKind Kind, string Number, string Title, DocumentState State, int Revision, Guid Organ, string OrganName, bool Own, DocumentContent Content, IReadOnlyList<Guid> To, IReadOnlyList<Guid> CopyTo, Guid? DraftedBy,
    DateTimeOffset DraftedAt, DateTimeOffset? ReviewedAt, DateTimeOffset? SignedAt, DateTimeOffset? SealedAt, DateTimeOffset? ServedAt, string Reason, string Digest, Subject? About, Guid? InReplyTo, string InReplyToNumber,
    IReadOnlyList<IssuerView> Issuers, IReadOnlyList<ServiceView> Services, IReadOnlyList<AnswerView> Answers, IReadOnlyList<RemarkView> Remarks, IReadOnlyList<VersionView> Versions, IReadOnlyList<TimelineEntry> History);

public sealed record PaperRow(Guid Id, string Number, string From, string OriginalNumber, DateOnly OriginalDate, string Title, string Summary, DateOnly ReceivedOn, DateTimeOffset RegisteredAt, string Who, bool Backfilled, Guid? InReplyTo, string InReplyToNumber);

/// <summary>Who sees which document: the issuing organ from the first draft, an addressee from the moment it was served, nobody else.</summary>
public static class DocumentQueries
{
    public static IQueryable<OfficialDocument> OwnedBy(this IQueryable<OfficialDocument> documents, Actor actor)
    {
        var organ = actor.RequireOrgan();
        return documents.Where(d => d.Organ == organ);
    }

    /// <summary>Those that the actor's organ issues as the host, and those that it issues jointly and has before it.</summary>
    public static IQueryable<OfficialDocument> IssuedBy(this IQueryable<OfficialDocument> documents, AppDb db, Actor actor)
    {
        var organ = actor.RequireOrgan();
        return documents.Where(d => d.Organ == organ || db.DocumentIssuers.Any(i => i.Document == d.Id && i.Organ == organ && i.AskedAt != null));
    }

    public static IQueryable<OfficialDocument> VisibleTo(this IQueryable<OfficialDocument> documents, AppDb db, Actor actor)
    {
        var organ = actor.RequireOrgan();
        return documents.Where(d => d.Organ == organ || db.DocumentServices.Any(s => s.Document == d.Id && s.Organ == organ) || db.DocumentIssuers.Any(i => i.Document == d.Id && i.Organ == organ && i.AskedAt != null));
    }

    /// <param name="q">Words of title or number.</param>
    /// <param name="after">Where the page before ended.</param>
    public static async Task<DocumentList> ListAsync(AppDb db, Actor actor, DocumentBox box, DocumentKind? kind, string q, string after, int size, DateTimeOffset now, WorkCalendar calendar, CancellationToken ct)
    {
        var organ = actor.RequireOrgan();
        var documents = db.OfficialDocuments.AsNoTracking();
        documents = box switch
        {
            DocumentBox.Received => documents.Where(d => d.Organ != organ && db.DocumentServices.Any(s => s.Document == d.Id && s.Organ == organ)),
            DocumentBox.Drafts => documents.Where(d => d.Organ == organ && (d.State == DocumentState.Draft || d.State == DocumentState.InReview || d.State == DocumentState.Countersigning)),
            DocumentBox.ToSign => documents.Where(d => d.Organ == organ && (d.State == DocumentState.Reviewed || d.State == DocumentState.Countersigning && !db.DocumentIssuers.Any(i => i.Document == d.Id && i.State != IssuerState.Signed))
                || db.DocumentIssuers.Any(i => i.Document == d.Id && i.Organ == organ && i.State == IssuerState.Asked)),
            DocumentBox.Issued => documents.IssuedBy(db, actor).Where(d => (d.State == DocumentState.Signed || d.State == DocumentState.Sealed || d.State == DocumentState.Served)),
            _ => documents.VisibleTo(db, actor),
        };
        if (kind is { } one) documents = documents.Where(d => d.Kind == one);
        if (q.Trim() is { Length: > 0 } words) documents = documents.Where(d => d.Title.Contains(words) || d.Number.Contains(words));
        if (after.Length > 0)
        {
            var place = Cursor.Parse(after);
            var (at, id) = (place.Instant(0), place.Id(1));
            documents = documents.Where(d => (d.ServedAt ?? d.ChangedAt) <= at && ((d.ServedAt ?? d.ChangedAt) < at || d.Id.CompareTo(id) < 0));
        }
        var found = await documents.OrderByDescending(d => d.ServedAt ?? d.ChangedAt).ThenByDescending(d => d.Id).Take(size + 1).ToListAsync(ct);
        var page = found.Take(size).ToList();
        var ids = page.Select(d => d.Id).ToList();
        var services = (await db.DocumentServices.AsNoTracking().Where(s => ids.Contains(s.Document)).ToListAsync(ct)).ToLookup(s => s.Document);
        var organs = await NamesAsync(db, ct);
        var issuers = (await db.DocumentIssuers.AsNoTracking().Where(i => ids.Contains(i.Document)).OrderBy(i => i.Ordinal).ToListAsync(ct)).ToLookup(i => i.Document);
        var rules = new[] { DocumentsRules.AnswerDocument.Code, DocumentsRules.CountersignDocument.Code };
        var open = await db.Duties.AsNoTracking().Where(d => ids.Contains(d.SubjectId) && rules.Contains(d.Rule) && d.ClosedAt == null).ToListAsync(ct);
        return new DocumentList([.. page.Select(d =>
        {
            var mine = services[d.Id].FirstOrDefault(s => s.Organ == organ);
            var due = open.Where(x => x.SubjectId == d.Id && (d.Organ == organ || x.OwedBy == organ)).OrderBy(x => x.DueAt).FirstOrDefault();
            return new DocumentRow(d.Id, d.Kind, d.Number, d.Title, d.State, d.Organ, string.Join("、", issuers[d.Id].Select(i => i.Organ).Prepend(d.Organ).Select(o => organs.GetValueOrDefault(o, ""))), string.Join("、", d.To.Select(o => organs.GetValueOrDefault(o, ""))), mine?.ServedAt ?? d.ServedAt ?? d.ChangedAt,
                mine?.ReadAt, mine?.AnswerAsked ?? services[d.Id].Any(s => s.AnswerAsked), mine is not null ? mine.AnsweredAt : services[d.Id].Where(s => s.AnswerAsked).All(s => s.AnsweredAt is not null) ? services[d.Id].Max(s => s.AnsweredAt) : null,
                due is null ? null : DueFacts.Of(due, now, calendar, ClauseOf(due)), issuers[d.Id].FirstOrDefault(i => i.Organ == organ && i.AskedAt is not null)?.State);
        })], found.Count > size ? Cursor.Of(page[^1].ServedAt ?? page[^1].ChangedAt, page[^1].Id).ToString() : null);
    }

    public static async Task<DocumentDetail?> DetailAsync(AppDb db, Actor actor, Guid id, DateTimeOffset now, WorkCalendar calendar, CancellationToken ct)
    {
        var document = await db.OfficialDocuments.AsNoTracking().VisibleTo(db, actor).SingleOrDefaultAsync(d => d.Id == id, ct);
        if (document is null) return null;
        var own = document.Organ == actor.Organ;
        var issuers = await db.DocumentIssuers.AsNoTracking().Where(i => i.Document == id).OrderBy(i => i.Ordinal).ToListAsync(ct);
        // Who issues it jointly reads what came of it as the host does; what was drafted and remarked before stays the host's.
        var issues = own || issuers.Exists(i => i.Organ == actor.Organ && i.AskedAt is not null);
        var organs = await NamesAsync(db, ct);
        var services = await db.DocumentServices.AsNoTracking().Where(s => s.Document == id).OrderBy(s => s.IsCopy).ThenBy(s => s.ServedAt).ToListAsync(ct);
        var answers = await db.DocumentAnswers.AsNoTracking().Where(a => a.Document == id).OrderBy(a => a.At).ToListAsync(ct);
        // One addressee's answer is not for the others.
        if (!issues) answers = [.. answers.Where(a => a.Organ == actor.Organ)];
        var replies = answers.Select(a => a.Reply).OfType<Guid>().ToList();
        var visible = replies.Count == 0 ? [] : await db.OfficialDocuments.AsNoTracking().VisibleTo(db, actor).Where(d => replies.Contains(d.Id)).Select(d => d.Id).ToListAsync(ct);
        var open = await db.Duties.AsNoTracking().Where(d => d.SubjectId == id && (d.Rule == DocumentsRules.AnswerDocument.Code || d.Rule == DocumentsRules.CountersignDocument.Code) && d.ClosedAt == null).ToListAsync(ct);
        var remarks = own ? await db.DocumentRemarks.AsNoTracking().Where(r => r.Document == id).OrderBy(r => r.At).ThenBy(r => r.Id).ToListAsync(ct) : [];
        var versions = own ? await db.DocumentVersions.AsNoTracking().Where(v => v.Document == id).OrderByDescending(v => v.Revision).Select(v => new VersionView(v.Revision, v.At, v.Who, v.Why)).ToListAsync(ct) : [];
        var asked = document.InReplyTo is { } letter ? await db.OfficialDocuments.AsNoTracking().VisibleTo(db, actor).Where(d => d.Id == letter).Select(d => d.Number).FirstOrDefaultAsync(ct) : null;
        // What was done inside an organ before the document left it is that organ's own.
        // Who receives it sees what the document itself says, signing, seal and service, and its own acts; not the drafting.
        var history = own ? await TimelineQueries.OfAsync(db, actor, id, ct) : await TimelineQueries.OfAsync(db, actor, [id], ct, of: [actor.RequireOrgan()], SignDocument.Act.Name, SealDocument.Act.Name, ServeDocument.Act.Name);
        return new DocumentDetail(document.Id, document.Kind, document.Number, document.Title, document.State, document.Revision, document.Organ, organs.GetValueOrDefault(document.Organ, ""), own, document.Content, document.To, document.CopyTo, document.DraftedBy,
            document.DraftedAt, document.ReviewedAt, document.SignedAt, document.SealedAt, document.ServedAt, document.Reason, document.Digest, own ? document.About : null, asked is null ? null : document.InReplyTo, asked ?? "",
            // An addressee is told who issued it, not how they came to sign.
            [.. issuers.Select(i => new IssuerView(i.Organ, organs.GetValueOrDefault(i.Organ, ""), i.State, issues ? i.Who : "", issues ? i.DecidedAt : null, issues ? i.Reason : "", issues ? i.SealedAt : null,
                issues && open.FirstOrDefault(d => d.OwedBy == i.Organ && d.Rule == DocumentsRules.CountersignDocument.Code) is { } due ? DueFacts.Of(due, now, calendar, ClauseOf(due)) : null))],
            [.. services.Select(s => new ServiceView(s.Organ, organs.GetValueOrDefault(s.Organ, ""), s.IsCopy, s.ServedAt, issues || s.Organ == actor.Organ ? s.ReadAt : null, issues || s.Organ == actor.Organ ? s.ReadBy : "", s.AnswerAsked, issues || s.Organ == actor.Organ ? s.AnsweredAt : null,
                (issues || s.Organ == actor.Organ) && open.FirstOrDefault(d => d.OwedBy == s.Organ && d.Rule == DocumentsRules.AnswerDocument.Code) is { } due ? DueFacts.Of(due, now, calendar, ClauseOf(due)) : null))],
            [.. answers.Select(a => new AnswerView(a.Organ, organs.GetValueOrDefault(a.Organ, ""), a.Text, a.Reply, a.ReplyNumber, a.Reply is { } r && visible.Contains(r), a.Who, a.At))],
            [.. remarks.Select(r => new RemarkView(r.Id, r.Revision, r.Block, DocumentPieces.NameOf(document.Content, r.Block), r.Quote, r.Text, r.Proposed, r.Who, r.At, r.State, r.Answer, r.SettledBy, r.SettledAt))], versions, history);
    }

    /// <summary>The actor's organ's removals from joint documents of the last thirty days, the latest first.</summary>
    public static async Task<IReadOnlyList<RemovalView>> RemovalsAsync(AppDb db, Actor actor, DateTimeOffset now, CancellationToken ct)
    {
        actor.Demand(Rights.DocumentView);
        var (organ, since) = (actor.RequireOrgan(), now.AddDays(-30));
        return await db.IssuerRemovals.AsNoTracking().Where(r => r.Organ == organ && r.At >= since).OrderByDescending(r => r.At).Join(db.Organs, r => r.Host, o => o.Id, (r, o) => new RemovalView(r.Title, o.ShortName, r.Reason, r.Who, r.At)).ToListAsync(ct);
    }

    /// <summary>The text of one revision of an own document.</summary>
    public static async Task<DocumentContent?> VersionAsync(AppDb db, Actor actor, Guid id, int revision, CancellationToken ct) =>
        await db.OfficialDocuments.AsNoTracking().OwnedBy(actor).AnyAsync(d => d.Id == id, ct)
            ? await db.DocumentVersions.AsNoTracking().Where(v => v.Document == id && v.Revision == revision).Select(v => v.Content).FirstOrDefaultAsync(ct) : null;

    public static async Task<IReadOnlyList<PaperRow>> PapersAsync(AppDb db, Actor actor, Guid? id, CancellationToken ct)
    {
        var organ = actor.RequireOrgan();
        var papers = await db.IncomingPapers.AsNoTracking().Where(p => p.Organ == organ && (id == null || p.Id == id)).OrderByDescending(p => p.ReceivedOn).ThenByDescending(p => p.Id).Take(200).ToListAsync(ct);
        var letters = papers.Select(p => p.InReplyTo).OfType<Guid>().ToList();
        var numbers = await db.OfficialDocuments.AsNoTracking().Where(d => letters.Contains(d.Id)).ToDictionaryAsync(d => d.Id, d => d.Number, ct);
        return [.. papers.Select(p => new PaperRow(p.Id, p.Number, p.From, p.OriginalNumber, p.OriginalDate, p.Title, p.Summary, p.ReceivedOn, p.RegisteredAt, p.Who, p.Backfilled, p.InReplyTo, p.InReplyTo is { } r ? numbers.GetValueOrDefault(r, "") : ""))];
    }

    private static string ClauseOf(Duty duty) => duty.Rule == DocumentsRules.CountersignDocument.Code ? DocumentsRules.Cooperating.Id : DocumentsRules.Exchanging.Id;

    private static Task<Dictionary<Guid, string>> NamesAsync(AppDb db, CancellationToken ct) => db.Organs.AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.ShortName, ct);
}
