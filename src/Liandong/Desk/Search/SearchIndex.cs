using System.Security.Cryptography;
using System.Text;
using Liandong.Data;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Parties;
using Liandong.Modules.Conferences;
using Liandong.Modules.Consultations;
using Liandong.Modules.Directory;
using Liandong.Modules.Linkage;
using Liandong.Modules.Policies;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Desk;

/// <summary>Writes what search finds. Its sources are the modules' rows; which of them changed, the ledger says. They are read first and written together by <see cref="WriteAsync"/>.</summary>
public sealed class SearchIndex(AppDb db)
{
    private readonly List<Entry> waiting = [];

    /// <summary>A thing to be found: what a list shows of it, who may find it (null: everybody of the district), and its words.</summary>
    private sealed record Entry(SearchKind Kind, Guid Id, string Number, string Title, string Sub, DateOnly? Day, string Href, IReadOnlyList<Guid>? Organs, IReadOnlyList<string> Words)
    {
        /// <summary>Cut when the thing is read: nobody waits for it then.</summary>
        public string Tokens { get; } = Bigrams.IndexFields(Words);
    }

    // The sign stands in no token of a query, so nobody can type a mark.
    private const char Sign = '#';

    public static string KindMark(SearchKind kind) => $"{Sign}k{(int)kind}z";

    /// <summary>A mark that everybody of the district carries.</summary>
    public static string DistrictMark(string district) => $"{Sign}zd{district}";

    /// <summary>The mark of an organ that is party to a thing.</summary>
    public static string OrganMark(Guid organ) => $"{Sign}zo{organ:N}";

    /// <summary>The mark of those who read all of the district.</summary>
    public static string AllMark(string district) => $"{Sign}za{district}";

    /// <summary>Brings these cases with their pushes, permits and parties up to date.</summary>
    public async Task CasesAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return;
        var cases = await db.Cases.AsNoTracking().Where(c => ids.Contains(c.Id)).OrderBy(c => c.ReceivedAt).ThenBy(c => c.Id).ToListAsync(ct);
        var pushes = await db.Pushes.AsNoTracking().Where(p => ids.Contains(p.Case)).OrderBy(p => p.CreatedAt).ThenBy(p => p.Id).ToListAsync(ct);
        var permits = await db.Permits.AsNoTracking().Where(p => ids.Contains(p.Case)).OrderBy(p => p.ValidFrom).ThenBy(p => p.Id).ToListAsync(ct);
        var partyIds = cases.Select(c => c.Party).Distinct().ToList();
        var parties = await db.Parties.AsNoTracking().Where(p => partyIds.Contains(p.Id)).OrderBy(p => p.Id).ToListAsync(ct);
        // An organ learns of a case when it is delivered. A party is seen by every organ that was ever sent one of its cases, or handed one for enforcement.
        var partyOrgans = (await db.Pushes.AsNoTracking().Where(p => partyIds.Contains(p.Party) && p.State != PushState.Pending).Select(p => new { p.Party, p.Organ })
            .Union(db.Enforcements.AsNoTracking().Where(e => partyIds.Contains(e.Party)).Select(e => new { e.Party, Organ = e.To })).ToListAsync(ct)).ToLookup(p => p.Party, p => p.Organ);
        var sent = pushes.Where(p => p.State != PushState.Pending).ToLookup(p => p.Case, p => p.Organ);
        waiting.AddRange(
        [
            .. parties.Select(p => new Entry(SearchKind.Party, p.Id, p.Code.Length > 0 ? p.Code : p.MaskedNumber, p.Name, p.Address, null, $"/parties/{p.Id}", [.. partyOrgans[p.Id]],
                [p.Name, p.Initials, p.Code, p.LegalPerson, p.Address])),
            .. cases.Select(c => new Entry(SearchKind.Case, c.Id, c.Number, c.ItemName, c.PartyName, Beijing.DayOf(c.ReceivedAt), $"/cases/{c.Id}", [.. sent[c.Id].Distinct()],
                [c.Number, c.ItemName, c.PartyName, c.Address, c.ItemCode, c.PermitNumber, c.DecisionNumber])),
            .. permits.Select(p => new Entry(SearchKind.Permit, p.Id, p.Number, p.Name, p.PartyName, p.ValidFrom, $"/permits/{p.Id}", [.. sent[p.Case].Distinct()], [p.Number, p.Name, p.PartyName])),
            .. pushes.Select(p => new Entry(SearchKind.Push, p.Id, p.Number, p.ItemName, p.PartyName, p.SentOn, $"/pushes/{p.Id}", p.State == PushState.Pending ? [] : [p.Organ],
                [p.Number, p.CaseNumber, p.ItemName, p.PartyName, p.Address, p.PermitNumber])),
        ]);
    }

    /// <summary>Consultations with the organs that are party to them now.</summary>
    public async Task ConsultationsAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return;
        var talks = await db.Consultations.AsNoTracking().Where(c => ids.Contains(c.Id)).OrderBy(c => c.StartedAt).ThenBy(c => c.Id).ToListAsync(ct);
        var asked = (await db.ConsultedOrgans.AsNoTracking().Where(o => ids.Contains(o.Consultation) && o.AskedAt != null).Select(o => new { o.Consultation, o.Organ }).ToListAsync(ct)).ToLookup(o => o.Consultation, o => o.Organ);
        var letters = talks.Select(c => c.Letter).OfType<Guid>().ToList();
        var numbers = await db.OfficialDocuments.AsNoTracking().Where(d => letters.Contains(d.Id)).ToDictionaryAsync(d => d.Id, d => d.Number, ct);
        var offices = talks.Any(c => c.EscalatedAt != null) ? await db.Organs.AsNoTracking().Where(o => o.Kind == OrganKind.ConferenceOffice).Select(o => o.Id).ToListAsync(ct) : [];
        waiting.AddRange(talks.Select(c => new Entry(SearchKind.Consultation, c.Id, c.Number, c.Title, ConsultationsWords.Of(c.Form), Beijing.DayOf(c.StartedAt), $"/consultations/{c.Id}",
            [.. asked[c.Id].Append(c.StartedBy).Concat(c.EscalatedAt is null ? [] : offices).Distinct()], [c.Number, c.Title, c.Question, c.AboutNumber, c.AboutTitle, c.Letter is { } l ? numbers.GetValueOrDefault(l, "") : ""])));
    }

    /// <summary>Meetings with the organs that are invited by now. What is asked of the convenor, he finds on his list.</summary>
    public async Task MeetingsAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return;
        var meetings = await db.Meetings.AsNoTracking().Where(m => ids.Contains(m.Id)).OrderBy(m => m.StartsAt).ThenBy(m => m.Id).ToListAsync(ct);
        var invited = (await db.MeetingInvitees.AsNoTracking().Where(i => ids.Contains(i.Meeting) && i.InvitedAt != null).Select(i => new { i.Meeting, i.Organ }).ToListAsync(ct)).ToLookup(i => i.Meeting, i => i.Organ);
        var topics = (await db.MeetingTopics.AsNoTracking().Where(t => t.Meeting != null && ids.Contains(t.Meeting.Value)).Select(t => new { t.Meeting, t.Title }).ToListAsync(ct)).ToLookup(t => t.Meeting!.Value, t => t.Title);
        waiting.AddRange(meetings.Select(m => new Entry(SearchKind.Meeting, m.Id, m.Number, m.Title, ConferencesWords.Of(m.Kind), m.Day, $"/meetings/{m.Id}", [.. invited[m.Id].Append(m.Organ).Distinct()],
            [m.Number, m.Title, m.Place, m.MinutesNumber, .. topics[m.Id]])));
    }

    /// <summary>Working groups with their steps, for the organs that see them (<see cref="WorkingGroupSight"/>). Those whose charge is the whole district find them on the list.</summary>
    public async Task GroupsAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return;
        var groups = await db.WorkingGroups.AsNoTracking().Where(g => ids.Contains(g.Id)).OrderBy(g => g.Rank).ThenBy(g => g.Id).ToListAsync(ct);
        var readers = await WorkingGroupSight.OrgansAsync(db, ids, ct);
        var steps = (await db.GroupSteps.AsNoTracking().Where(s => ids.Contains(s.Group)).Select(s => new { s.Group, s.Number, s.Text }).ToListAsync(ct)).ToLookup(s => s.Group);
        waiting.AddRange(groups.Select(g => new Entry(SearchKind.WorkingGroup, g.Id, "", g.Name, g.To is null ? "" : "已撤销", g.From, $"/meetings/groups/{g.Id}", readers(g.Id),
            [g.Name, g.Remit, .. steps[g.Id].SelectMany(s => new[] { s.Number, s.Text })])));
    }

    public async Task LettersAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return;
        var letters = await (from l in db.MonthlyLetters.AsNoTracking() join o in db.Organs on l.Organ equals o.Id where ids.Contains(l.Id) orderby l.MadeAt, l.Id select new { Letter = l, o.Name, o.ShortName }).ToListAsync(ct);
        waiting.AddRange(letters.Select(l => new Entry(SearchKind.Letter, l.Letter.Id, l.Letter.Number, l.Letter.Ref.Title, l.ShortName, Beijing.DayOf(l.Letter.MadeAt),
            $"/reconcile/letters/{l.Letter.Organ}/{l.Letter.Month:yyyy-MM}?edition={l.Letter.Edition}", [l.Letter.Organ], [l.Letter.Number, l.Letter.Ref.Title, l.Name, l.ShortName])));
    }

    /// <summary>A document is found by the organ that issues it, by those that have it before them to issue it jointly, and by those to whom it was served.</summary>
    public async Task DocumentsAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return;
        var documents = await (from d in db.OfficialDocuments.AsNoTracking() join o in db.Organs on d.Organ equals o.Id where ids.Contains(d.Id) orderby d.DraftedAt, d.Id select new { Document = d, o.Name, o.ShortName }).ToListAsync(ct);
        var served = (await db.DocumentServices.AsNoTracking().Where(s => ids.Contains(s.Document)).Select(s => new { s.Document, s.Organ }).ToListAsync(ct)).ToLookup(s => s.Document, s => s.Organ);
        var joint = (await db.DocumentIssuers.AsNoTracking().Where(i => ids.Contains(i.Document) && i.AskedAt != null).Select(i => new { i.Document, i.Organ }).ToListAsync(ct)).ToLookup(i => i.Document, i => i.Organ);
        waiting.AddRange(documents.Select(d => new Entry(SearchKind.Document, d.Document.Id, d.Document.Number, d.Document.Title, d.ShortName, Beijing.DayOf(d.Document.SignedAt ?? d.Document.DraftedAt), $"/documents/{d.Document.Id}",
            [.. served[d.Document.Id].Concat(joint[d.Document.Id]).Prepend(d.Document.Organ).Distinct()], [d.Document.Title, d.Document.Number, d.Name, d.ShortName])));
    }

    /// <summary>A paper that came in is found by the organ that registered it.</summary>
    public async Task PapersAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return;
        var papers = await db.IncomingPapers.AsNoTracking().Where(p => ids.Contains(p.Id)).OrderBy(p => p.RegisteredAt).ThenBy(p => p.Id).ToListAsync(ct);
        waiting.AddRange(papers.Select(p => new Entry(SearchKind.Paper, p.Id, p.Number, p.Title, p.From, p.ReceivedOn, $"/documents/incoming/{p.Id}", [p.Organ], [p.Title, p.Number, p.OriginalNumber, p.From, p.Summary])));
    }

    /// <summary>A change is found by department and bureau from its record on, by organs that supervise its items once it is served, and by everybody where it is published.</summary>
    public async Task PoliciesAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return;
        var policies = await (from p in db.PolicyChanges.AsNoTracking() join o in db.Organs on p.Organ equals o.Id where ids.Contains(p.Id) orderby p.RecordedAt, p.Id select new { Policy = p, o.ShortName }).ToListAsync(ct);
        var readers = await PolicyQueries.SupervisingReadersAsync(db, ids, ct);
        waiting.AddRange(policies.Select(x => Of(x.Policy, x.ShortName, x.Policy.Published && x.Policy.ServedOn is not null ? null : [.. readers[x.Policy.Id].Append(x.Policy.Organ).Append(x.Policy.Bureau).Distinct()])));

        static Entry Of(PolicyChange p, string organ, IReadOnlyList<Guid>? organs) => new(SearchKind.Policy, p.Id, p.Number, p.Title, p.DocumentNumber.Length > 0 ? $"{organ} · {p.DocumentNumber}" : organ, p.EffectiveOn, $"/policies/{p.Id}", organs,
            [p.Number, p.Title, p.DocumentNumber, p.Conditions, p.Materials, p.Limits, p.Text]);
    }

    public async Task ItemsAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return;
        var items = await db.Items.AsNoTracking().Where(i => ids.Contains(i.Id)).OrderBy(i => i.Id).ToListAsync(ct);
        waiting.AddRange(items.Select(i => new Entry(SearchKind.Item, i.Id, i.Code, i.Name, i.MainItem, null, $"/items/{i.Id}", null, [i.Name, i.Initials, i.Code, i.MainItem, .. i.OtherCodes.Select(o => o.Code)])));
    }

    public async Task OrgansAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return;
        var organs = await db.Organs.AsNoTracking().Where(o => ids.Contains(o.Id)).OrderBy(o => o.Id).ToListAsync(ct);
        waiting.AddRange(organs.Select(o => new Entry(SearchKind.Organ, o.Id, o.CreditCode, o.Name, o.ShortName, null, $"/directory/organs/{o.Id}", null,
            [o.Name, o.ShortName, Pinyin.Initials(o.Name), Pinyin.Initials(o.ShortName), Pinyin.Initials(Bare(o.Name)), Pinyin.Initials(Bare(o.ShortName)), o.CreditCode])));

        // People type zjj for 区住建局: nobody spells the level.
        static string Bare(string name) => name is ['区' or '县' or '市', _, ..] ? name[1..] : name;
    }

    /// <summary>People with a post or a liaison place; the organ shown is that of the latest.</summary>
    public async Task PeopleAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return;
        var places = (await (from p in db.Posts.AsNoTracking() join o in db.Organs on p.Organ equals o.Id where ids.Contains(p.Person) select new { p.Person, p.From, o.ShortName }).ToListAsync(ct))
            .Concat(await (from a in db.LiaisonAppointments.AsNoTracking() join o in db.Organs on a.Organ equals o.Id where ids.Contains(a.Person) select new { a.Person, a.From, o.ShortName }).ToListAsync(ct))
            .OrderBy(p => p.From).ToLookup(p => p.Person, p => p.ShortName);
        var people = await db.People.AsNoTracking().Where(p => ids.Contains(p.Id)).OrderBy(p => p.Id).ToListAsync(ct);
        waiting.AddRange(people.Where(p => places.Contains(p.Id)).Select(p => (Person: p, Organ: places[p.Id].Last())).Select(p => new Entry(SearchKind.Person, p.Person.Id, "", p.Person.Name, p.Organ, null,
            $"/directory/people/{p.Person.Id}", null, [p.Person.Name, Pinyin.InitialsOfPerson(p.Person.Name), p.Organ])));
    }

    /// <summary>Takes things out of the index whose rows are gone.</summary>
    public async Task RemoveAsync(IReadOnlyList<long> rows, CancellationToken ct)
    {
        if (rows.Count == 0) return;
        await db.SearchDocs.Where(d => rows.Contains(d.Row)).ExecuteDeleteAsync(ct);
        await db.DropSearchWordsAsync(rows, ct);
    }

    /// <summary>Writes what was read, the new things above all that were there, in the order in which they were read. Inside a transaction.</summary>
    /// <param name="anew">Writes the words of what has not changed as well: they may be lost.</param>
    public async Task WriteAsync(bool anew, CancellationToken ct)
    {
        if (waiting.Count == 0) return;
        var (kinds, ids) = (waiting.Select(e => e.Kind).Distinct().ToList(), waiting.Select(e => e.Id).ToList());
        // The key leads with the kind: by the id alone all that can be found would be read.
        var known = (await db.SearchDocs.AsNoTracking().Where(d => kinds.Contains(d.Kind) && ids.Contains(d.Id)).ToListAsync(ct)).ToDictionary(d => (d.Kind, d.Id));
        var next = await db.SearchDocs.IgnoreQueryFilters().MaxAsync(d => (long?)d.Row, ct) ?? 0;
        var (added, changed, words) = (new List<SearchDoc>(), new List<SearchDoc>(), new List<SearchWords>(waiting.Count));
        foreach (var e in waiting)
        {
            var marks = string.Join(' ', (e.Organs is null ? [DistrictMark(db.District)] : e.Organs.Order().Select(OrganMark).Prepend(AllMark(db.District))).Prepend(KindMark(e.Kind)));
            var fingerprint = BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes($"{marks}\n{e.Tokens}")));
            var isNew = !known.TryGetValue((e.Kind, e.Id), out var doc);
            if (isNew) added.Add(doc = new SearchDoc { District = db.District, Kind = e.Kind, Id = e.Id, Row = ++next });
            else if ((doc!.Number, doc.Title, doc.Sub, doc.Day, doc.Href, doc.Fingerprint) != (e.Number, e.Title, e.Sub, e.Day, e.Href, fingerprint)) changed.Add(doc);
            if (anew || doc!.Fingerprint != fingerprint) words.Add(new SearchWords(doc.Row, marks, e.Tokens, isNew));
            (doc!.Number, doc.Title, doc.Sub, doc.Day, doc.Href, doc.Fingerprint) = (e.Number, e.Title, e.Sub, e.Day, e.Href, fingerprint);
        }
        waiting.Clear();
        var writer = new SetWriter(db);
        writer.Insert(added);
        writer.Update(changed);
        await writer.WriteAsync(ct);
        await db.PutSearchWordsAsync(words, ct);
    }
}
