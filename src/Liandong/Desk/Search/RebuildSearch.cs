using Liandong.Accounts;
using Liandong.Data;
using Liandong.Outbound;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Desk;

/// <summary>
/// Writes the whole index of a district anew from the modules' rows, oldest first, and takes out what has no row any more. The product may run
/// meanwhile: each batch is one transaction under the index's own place in the ledger, so the follower waits for a batch and never for the whole;
/// what is found stays findable, and a run that is broken off is simply begun again.
/// </summary>
public sealed class RebuildSearch(IServiceScopeFactory scopes)
{
    private const int Batch = 200;

    /// <param name="Written">Things that were written: cases (with their pushes, permits and parties), letters, documents, papers, items, organs, people.</param>
    /// <param name="Removed">Rows of the index whose thing is gone.</param>
    public sealed record Outcome(int Written, int Removed);

    public async Task<Outcome> RunAsync(string district, Action<int>? progress, CancellationToken ct)
    {
        var written = 0;
        await WalkAsync((db, last) => db.Cases.AsNoTracking().Where(c => c.Id.CompareTo(last) > 0).OrderBy(c => c.Id).Select(c => c.Id), (index, ids) => index.CasesAsync(ids, ct));
        await WalkAsync((db, last) => db.Consultations.AsNoTracking().Where(c => c.Id.CompareTo(last) > 0).OrderBy(c => c.Id).Select(c => c.Id), (index, ids) => index.ConsultationsAsync(ids, ct));
        await WalkAsync((db, last) => db.PolicyChanges.AsNoTracking().Where(p => p.Id.CompareTo(last) > 0).OrderBy(p => p.Id).Select(p => p.Id), (index, ids) => index.PoliciesAsync(ids, ct));
        await WalkAsync((db, last) => db.Meetings.AsNoTracking().Where(m => m.Id.CompareTo(last) > 0).OrderBy(m => m.Id).Select(m => m.Id), (index, ids) => index.MeetingsAsync(ids, ct));
        await WalkAsync((db, last) => db.WorkingGroups.AsNoTracking().Where(g => g.Id.CompareTo(last) > 0).OrderBy(g => g.Id).Select(g => g.Id), (index, ids) => index.GroupsAsync(ids, ct));
        await WalkAsync((db, last) => db.MonthlyLetters.AsNoTracking().Where(l => l.Id.CompareTo(last) > 0).OrderBy(l => l.Id).Select(l => l.Id), (index, ids) => index.LettersAsync(ids, ct));
        await WalkAsync((db, last) => db.OfficialDocuments.AsNoTracking().Where(d => d.Id.CompareTo(last) > 0).OrderBy(d => d.Id).Select(d => d.Id), (index, ids) => index.DocumentsAsync(ids, ct));
        await WalkAsync((db, last) => db.IncomingPapers.AsNoTracking().Where(p => p.Id.CompareTo(last) > 0).OrderBy(p => p.Id).Select(p => p.Id), (index, ids) => index.PapersAsync(ids, ct));
        await WalkAsync((db, last) => db.Items.AsNoTracking().Where(i => i.Id.CompareTo(last) > 0).OrderBy(i => i.Id).Select(i => i.Id), (index, ids) => index.ItemsAsync(ids, ct));
        await WalkAsync((db, last) => db.Organs.AsNoTracking().Where(o => o.Id.CompareTo(last) > 0).OrderBy(o => o.Id).Select(o => o.Id), (index, ids) => index.OrgansAsync(ids, ct));
        await WalkAsync((db, last) => db.People.AsNoTracking().Where(p => p.Id.CompareTo(last) > 0).OrderBy(p => p.Id).Select(p => p.Id), (index, ids) => index.PeopleAsync(ids, ct));
        return new Outcome(written, await RemoveAsync(district, ct));

        async Task WalkAsync(Func<AppDb, Guid, IQueryable<Guid>> after, Func<SearchIndex, IReadOnlyList<Guid>, Task> write)
        {
            var last = Guid.Empty;
            while (true)
            {
                var ids = await InTurnAsync(district, async (db, index) =>
                {
                    var next = await after(db, last).Take(Batch).ToListAsync(ct);
                    await write(index, next);
                    await index.WriteAsync(anew: true, ct);
                    return next;
                }, ct);
                if (ids.Count == 0) return;
                (last, written) = (ids[^1], written + ids.Count);
                progress?.Invoke(written);
            }
        }
    }

    private async Task<int> RemoveAsync(string district, CancellationToken ct)
    {
        var (removed, last) = (0, 0L);
        while (true)
        {
            var (read, gone) = await InTurnAsync(district, async (db, index) =>
            {
                var rows = await db.SearchDocs.AsNoTracking().Where(d => d.Row > last).OrderBy(d => d.Row).Take(1000).Select(d => new { d.Row, d.Kind, d.Id }).ToListAsync(ct);
                var there = new HashSet<(SearchKind, Guid)>();
                foreach (var kind in rows.GroupBy(r => r.Kind, r => r.Id))
                {
                    var ids = kind.ToList();
                    there.UnionWith((await SearchSources.IdsOf(db, kind.Key).Where(id => ids.Contains(id)).ToListAsync(ct)).Select(id => (kind.Key, id)));
                }
                var orphans = rows.Where(r => !there.Contains((r.Kind, r.Id))).Select(r => r.Row).ToList();
                await index.RemoveAsync(orphans, ct);
                return (rows.Count == 0 ? 0 : rows[^1].Row, orphans.Count);
            }, ct);
            if (read == 0) return removed;
            (last, removed) = (read, removed + gone);
        }
    }

    /// <summary>One batch in one transaction, while the follower of the ledger stands still.</summary>
    private async Task<T> InTurnAsync<T>(string district, Func<AppDb, SearchIndex, Task<T>> work, CancellationToken ct)
    {
        for (var attempt = 0; ; attempt++)
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<DistrictScope>().Set(district);
            scope.ServiceProvider.GetRequiredService<Actor>().BecomePlatform();
            var db = scope.ServiceProvider.GetRequiredService<AppDb>();
            using var turn = await scope.ServiceProvider.GetRequiredService<WriteGate>().EnterAsync(ct);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await db.AddCursorIfAbsentAsync(SearchIndexer.ReaderName, ct);
            if (await db.LockedCursor(SearchIndexer.ReaderName).AsNoTracking().FirstOrDefaultAsync(ct) is not null)
            {
                try
                {
                    var result = await work(db, scope.ServiceProvider.GetRequiredService<SearchIndex>());
                    await transaction.CommitAsync(ct);
                    return result;
                }
                catch (Exception failure) when (Uniqueness.IsViolated(failure) && attempt < 50)
                {
                    // Another district took the same row number: take the next one.
                }
            }
            if (attempt >= 600) throw new TimeoutException("The search index is busy: another process holds its place in the ledger.");
            await Task.Delay(50, ct);
        }
    }

    /// <summary>The command <c>liandong rebuild-search</c>: every district, or the one that is named.</summary>
    public static async Task<int> RunAsync(DatabaseChoice database, string? district, TextWriter output, CancellationToken ct)
    {
        await using var services = new ServiceCollection().AddLogging().AddLiandong(database, new DefaultDistrict(district ?? "")).BuildServiceProvider();
        await PrepareDatabase.RunAsync(services, ct);
        foreach (var code in await Districts.AllAsync(services.GetRequiredService<IServiceScopeFactory>(), ct, only: district))
        {
            var said = 0;
            var outcome = await services.GetRequiredService<RebuildSearch>().RunAsync(code, written =>
            {
                if (written - said < 20_000) return;
                said = written;
                output.WriteLine($"{code}: {written} written …");
            }, ct);
            await output.WriteLineAsync($"{code}: {outcome.Written} things written, {outcome.Removed} rows without a thing removed");
        }
        return 0;
    }
}

/// <summary>The rows that the index is made of, by kind.</summary>
internal static class SearchSources
{
    public static IQueryable<Guid> IdsOf(AppDb db, SearchKind kind) => kind switch
    {
        SearchKind.Case => db.Cases.AsNoTracking().Select(c => c.Id),
        SearchKind.Push => db.Pushes.AsNoTracking().Select(p => p.Id),
        SearchKind.Party => db.Parties.AsNoTracking().Select(p => p.Id),
        SearchKind.Permit => db.Permits.AsNoTracking().Select(p => p.Id),
        SearchKind.Consultation => db.Consultations.AsNoTracking().Select(c => c.Id),
        SearchKind.Policy => db.PolicyChanges.AsNoTracking().Select(p => p.Id),
        SearchKind.Meeting => db.Meetings.AsNoTracking().Select(m => m.Id),
        SearchKind.WorkingGroup => db.WorkingGroups.AsNoTracking().Select(g => g.Id),
        SearchKind.Letter => db.MonthlyLetters.AsNoTracking().Select(l => l.Id),
        SearchKind.Document => db.OfficialDocuments.AsNoTracking().Select(d => d.Id),
        SearchKind.Paper => db.IncomingPapers.AsNoTracking().Select(p => p.Id),
        SearchKind.Item => db.Items.AsNoTracking().Select(i => i.Id),
        SearchKind.Organ => db.Organs.AsNoTracking().Select(o => o.Id),
        SearchKind.Person => db.People.AsNoTracking().Where(p => db.Posts.Any(x => x.Person == p.Id) || db.LiaisonAppointments.Any(a => a.Person == p.Id)).Select(p => p.Id),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind."),
    };
}
