using System.Text.Json;
using Liandong.Data;
using Liandong.Outbound;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Desk;

/// <summary>Keeps the search up to date from the ledger: whatever an entry is about is read and indexed anew.</summary>
public sealed class SearchIndexer(IServiceScopeFactory scopes, LedgerSignal signal, ILogger<SearchIndexer> log) : LedgerFollower(scopes, signal, log)
{
    public const string ReaderName = "search";

    protected override string Reader => ReaderName;

    protected override int Rests => 3;

    protected override Task ReadAsync(IServiceProvider services, IReadOnlyList<LedgerEntry> entries, CancellationToken ct) => services.GetRequiredService<SearchIndex>().WriteAsync(anew: false, ct);

    protected override async Task PrepareAsync(IServiceProvider services, IReadOnlyList<LedgerEntry> entries, CancellationToken ct)
    {
        var (db, index) = (services.GetRequiredService<AppDb>(), services.GetRequiredService<SearchIndex>());
        List<Guid> Of(params string[] kinds) => [.. entries.Where(e => kinds.Contains(e.SubjectKind)).Select(e => e.SubjectId).Distinct()];
        List<Guid> Named(string field, params string[] acts) => [.. entries.Where(e => acts.Contains(e.Act)).Select(e => JsonDocument.Parse(e.Body).RootElement).Where(b => b.TryGetProperty(field, out _)).Select(b => b.GetProperty(field).GetGuid()).Distinct()];
        var (pushes, permits, organs) = (Of("push"), Of("permit"), Of("organ"));
        var cases = Of("case").Concat(await db.Pushes.AsNoTracking().Where(p => pushes.Contains(p.Id)).Select(p => p.Case).ToListAsync(ct))
            .Concat(await db.Permits.AsNoTracking().Where(p => permits.Contains(p.Id)).Select(p => p.Case).ToListAsync(ct)).Distinct().ToList();
        await index.CasesAsync(cases, ct);
        // A letter that was signed or served changes what the consultation is found by, and by whom.
        var documents = Of("document");
        var talks = documents.Count == 0 ? [] : await db.OfficialDocuments.AsNoTracking().Where(d => documents.Contains(d.Id) && d.AboutKind == "consultation").Select(d => d.AboutId!.Value).ToListAsync(ct);
        await index.ConsultationsAsync([.. Of("consultation").Concat(talks).Distinct()], ct);
        var served = documents.Count == 0 ? [] : await db.OfficialDocuments.AsNoTracking().Where(d => documents.Contains(d.Id) && d.AboutKind == "meeting").Select(d => d.AboutId!.Value).ToListAsync(ct);
        await index.MeetingsAsync([.. Of("meeting").Concat(served).Distinct()], ct);
        // Who sees a group follows the roster: an organ that joins or leaves changes it for all of them.
        var steps = Of("group-step");
        var groups = organs.Count > 0 || entries.Any(e => e.Act is "seat.taken" or "seat.left" or "directory.imported") ? await db.WorkingGroups.AsNoTracking().Select(g => g.Id).ToListAsync(ct)
            : [.. Of("working-group").Concat(steps.Count == 0 ? [] : await db.GroupSteps.AsNoTracking().Where(s => steps.Contains(s.Id)).Select(s => s.Group).ToListAsync(ct)).Distinct()];
        await index.GroupsAsync(groups, ct);
        await index.LettersAsync(Of("letter"), ct);
        await index.DocumentsAsync(documents, ct);
        await index.PapersAsync(Of("paper"), ct);
        // Who supervises an item reads what changes it.
        var (policies, items) = (Of("policy"), Of("item"));
        var wholeRegister = entries.Any(e => e.Act == "register.imported");
        if (wholeRegister || items.Count > 0)
            policies = [.. policies.Union(await db.TouchedItems.AsNoTracking().Where(t => wholeRegister || items.Contains(t.Item)).Select(t => t.Policy).Distinct().ToListAsync(ct))];
        await index.PoliciesAsync(policies, ct);
        if (entries.Any(e => e.Act == "items.imported")) await index.ItemsAsync(await db.Items.AsNoTracking().Select(i => i.Id).ToListAsync(ct), ct);
        else await index.ItemsAsync(Of("item"), ct);
        await index.OrgansAsync(organs, ct);
        // A renamed organ shows beside its people.
        var renamed = entries.Where(e => e.Act == "organ.changed").Select(e => e.SubjectId).ToList();
        var theirs = renamed.Count == 0 ? [] : await db.Posts.AsNoTracking().Where(p => renamed.Contains(p.Organ)).Select(p => p.Person)
            .Union(db.LiaisonAppointments.AsNoTracking().Where(a => renamed.Contains(a.Organ)).Select(a => a.Person)).ToListAsync(ct);
        await index.PeopleAsync([.. Of("person").Concat(Named("person", "post.given", "liaison.appointed")).Concat(theirs).Distinct()], ct);
    }
}
