using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Data;
using Liandong.Desk;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Cases;
using Liandong.Modules.Linkage;
using Liandong.Outbound;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Checks;

/// <summary>
/// Compares what must agree: the chain with itself, pushes with their duties, decided cases with their pushes, the counts of reconciliation with
/// what they count, attachments with the store, the search index with all of them. It reads only; after a restore, a killed process or a move to another server it says whether anything was lost or doubled.
/// </summary>
public sealed class CheckDistrict(AppDb db, CheckContents? contents = null)
{
    /// <param name="What">One sentence per finding; empty when everything agrees.</param>
    /// <param name="SearchBehind">Ledger entries that the search index has not read yet. While there are any, the index is not compared: the running product is about to read them.</param>
    public sealed record Report(string District, long Entries, int Pushes, int OpenDuties, int Attachments, IReadOnlyList<string> What, long SearchBehind = 0);

    private const int Most = 100;
    private readonly List<string> findings = [];

    public async Task<Report> RunAsync(CancellationToken ct)
    {
        var entries = await ChainAsync(ct);
        await PushesAsync(ct);
        await CasesAsync(ct);
        await KeptAsync(ct);
        var behind = entries - (await db.LedgerCursors.Where(c => c.Reader == SearchIndexer.ReaderName).Select(c => (long?)c.Number).FirstOrDefaultAsync(ct) ?? 0);
        if (behind <= 0) await SearchAsync(ct);
        if (contents is not null) findings.AddRange((await contents.RunAsync(ct)).What);
        return new Report(db.District, entries, await db.Pushes.CountAsync(ct), await db.Duties.CountAsync(d => d.ClosedAt == null, ct), await db.Attachments.CountAsync(ct), findings, Math.Max(behind, 0));
    }

    /// <summary>Every thing has its row in the index with what it is called now, every row its thing and its words.</summary>
    private async Task SearchAsync(CancellationToken ct)
    {
        var docs = db.SearchDocs.AsNoTracking();
        await MissingAsync("办件", db.Cases.Where(c => !docs.Any(d => d.Kind == SearchKind.Case && d.Id == c.Id && d.Number == c.Number && d.Title == c.ItemName && d.Sub == c.PartyName)).Select(c => c.Number));
        await MissingAsync("推送", db.Pushes.Where(p => !docs.Any(d => d.Kind == SearchKind.Push && d.Id == p.Id && d.Number == p.Number && d.Title == p.ItemName && d.Sub == p.PartyName)).Select(p => p.Number));
        await MissingAsync("许可", db.Permits.Where(p => !docs.Any(d => d.Kind == SearchKind.Permit && d.Id == p.Id && d.Number == p.Number && d.Title == p.Name)).Select(p => p.Number));
        await MissingAsync("相对人", db.Parties.Where(p => db.Cases.Any(c => c.Party == p.Id) && !docs.Any(d => d.Kind == SearchKind.Party && d.Id == p.Id && d.Title == p.Name)).Select(p => p.Name));
        await MissingAsync("函件", db.MonthlyLetters.Where(l => !docs.Any(d => d.Kind == SearchKind.Letter && d.Id == l.Id && d.Number == l.Number)).Select(l => l.Number));
        await MissingAsync("公文", db.OfficialDocuments.Where(o => !docs.Any(d => d.Kind == SearchKind.Document && d.Id == o.Id && d.Number == o.Number && d.Title == o.Title)).Select(o => o.Title));
        await MissingAsync("收文", db.IncomingPapers.Where(p => !docs.Any(d => d.Kind == SearchKind.Paper && d.Id == p.Id && d.Number == p.Number)).Select(p => p.Number));
        await MissingAsync("事项", db.Items.Where(i => !docs.Any(d => d.Kind == SearchKind.Item && d.Id == i.Id && d.Title == i.Name)).Select(i => i.Code));
        await MissingAsync("单位", db.Organs.Where(o => !docs.Any(d => d.Kind == SearchKind.Organ && d.Id == o.Id && d.Title == o.Name && d.Sub == o.ShortName)).Select(o => o.Name));
        await MissingAsync("人员", db.People.Where(p => SearchSources.IdsOf(db, SearchKind.Person).Contains(p.Id) && !docs.Any(d => d.Kind == SearchKind.Person && d.Id == p.Id && d.Title == p.Name)).Select(p => p.Name));
        foreach (var kind in Enum.GetValues<SearchKind>())
        {
            var sources = SearchSources.IdsOf(db, kind);
            foreach (var doc in await docs.Where(d => d.Kind == kind && !sources.Contains(d.Id)).OrderBy(d => d.Row).Select(d => new { d.Number, d.Title }).Take(Most).ToListAsync(ct))
                Find($"查找目录 {SearchQueries.NameOf(kind)} {doc.Number} {doc.Title}: 已经没有这一件,请运行 rebuild-search。");
        }
        foreach (var row in await db.WordlessSearchRowsAsync(Most, ct)) Find($"查找目录 第{row}行: 没有可查的词,请运行 rebuild-search。");

        async Task MissingAsync(string kind, IQueryable<string> missing)
        {
            foreach (var name in await missing.OrderBy(n => n).Take(Most).ToListAsync(ct)) Find($"{kind} {name}: 查找目录里没有,或者写的是旧的,请运行 rebuild-search。");
        }
    }

    private async Task<long> ChainAsync(CancellationToken ct)
    {
        var (read, last) = (0L, LedgerChain.Genesis);
        var verification = new LedgerVerification(Sm3.Digest);
        await foreach (var entry in db.LedgerEntries.AsNoTracking().OrderBy(e => e.Number).AsAsyncEnumerable().WithCancellation(ct))
        {
            verification.Read(entry.ToLine());
            (read, last) = (entry.Number, entry.Hash);
        }
        foreach (var fault in verification.Finish().Take(Most)) Find($"台账 {fault.Number}: {fault.Sentence}");
        var head = await db.ChainHeads.AsNoTracking().FirstAsync(ct);
        if (head.Number != read || head.Hash != last) Find($"台账链头记为第{head.Number}条,实际到第{read}条。");
        return read;
    }

    private async Task PushesAsync(CancellationToken ct)
    {
        var claim = LinkageRules.ClaimResult.Code;
        PushState[] waiting = [PushState.Delivered, PushState.Signed];
        foreach (var number in await db.Pushes.Where(p => waiting.Contains(p.State) && db.Duties.Count(d => d.SubjectId == p.Id && d.Rule == claim && d.ClosedAt == null) != 1)
            .OrderBy(p => p.Number).Select(p => p.Number).Take(Most).ToListAsync(ct)) Find($"推送 {number}: 待认领,却没有恰好一项认领职责在计算。");
        foreach (var number in await db.Pushes.Where(p => !waiting.Contains(p.State) && db.Duties.Any(d => d.SubjectId == p.Id && d.Rule == claim && d.ClosedAt == null))
            .OrderBy(p => p.Number).Select(p => p.Number).Take(Most).ToListAsync(ct)) Find($"推送 {number}: 已经办理,认领职责却还在计算。");
        foreach (var number in await db.Pushes.Where(p => p.ClaimedAt != null && p.State == PushState.Claimed && !db.LedgerEntries.Any(e => e.SubjectId == p.Id && e.Act == "push.claimed"))
            .OrderBy(p => p.Number).Select(p => p.Number).Take(Most).ToListAsync(ct)) Find($"推送 {number}: 已认领,台账中却没有认领的记载。");
        foreach (var number in await db.Pushes.Where(p => !db.Cases.Any(c => c.Id == p.Case)).OrderBy(p => p.Number).Select(p => p.Number).Take(Most).ToListAsync(ct))
            Find($"推送 {number}: 所依据的办件不存在。");
    }

    private async Task CasesAsync(CancellationToken ct)
    {
        foreach (var number in await db.Cases.Where(c => c.DecidedAt != null && !db.Pushes.Any(p => p.Case == c.Id) && !db.RoutingFailures.Any(f => f.Case == c.Id))
            .OrderBy(c => c.Number).Select(c => c.Number).Take(Most).ToListAsync(ct)) Find($"办件 {number}: 已作出决定,却既没有推送,也不在待派队列。");
    }

    /// <summary>What rows carry so that lists count by index is what the other rows say.</summary>
    private async Task KeptAsync(CancellationToken ct)
    {
        foreach (var number in await db.Cases.Where(c => c.PushedOn != db.Pushes.Where(p => p.Case == c.Id).Min(p => (DateOnly?)p.SentOn)).OrderBy(c => c.Number).Select(c => c.Number).Take(Most).ToListAsync(ct))
            Find($"办件 {number}: 所记的首次推送日期与推送单不一致。");
        // Of the pushes that a case was routed to one is the case's own, made on its first day; every other one stands beside it. Ids of one moment have no order.
        foreach (var number in await db.Pushes.Where(p => p.Beside != (!p.ByReroute && db.Pushes.Any(o => o.Case == p.Case && !o.ByReroute && !o.Beside && o.Id != p.Id && o.SentOn <= p.SentOn))).OrderBy(p => p.Number).Select(p => p.Number).Take(Most).ToListAsync(ct))
            Find($"推送 {number}: 是不是同一办件的又一个单位,所记与推送单不一致。");
        var (sent, decided) = await CountStorage.DifferAsync(db, Most, ct);
        foreach (var day in sent) Find($"对账 {day:yyyy-MM-dd}: 当日推送的计数与推送单不一致,请运行 rebuild-counts。");
        foreach (var day in decided) Find($"对账 {day:yyyy-MM-dd}: 当日决定的计数与办件不一致,请运行 rebuild-counts。");
    }

    private void Find(string sentence) => findings.Add(sentence);

    /// <summary>The command <c>liandong check</c>: 0 when everything agrees, 1 when something does not.</summary>
    public static async Task<int> RunAsync(DatabaseChoice database, IConfiguration options, TextWriter output, CancellationToken ct)
    {
        var district = options["district"];
        await using var services = new ServiceCollection().AddLogging().AddSingleton(options).AddLiandong(database, new DefaultDistrict(district ?? "")).BuildServiceProvider();
        var agreed = true;
        foreach (var code in await Districts.AllAsync(services.GetRequiredService<IServiceScopeFactory>(), ct, only: district))
        {
            await using var scope = services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<DistrictScope>().Set(code);
            var report = await new CheckDistrict(scope.ServiceProvider.GetRequiredService<AppDb>(), scope.ServiceProvider.GetRequiredService<CheckContents>()).RunAsync(ct);
            await output.WriteLineAsync($"{code}: {report.Entries} ledger entries, {report.Pushes} pushes, {report.OpenDuties} open duties, {report.Attachments} attachments, {report.What.Count} findings{(report.SearchBehind > 0 ? $"; search index {report.SearchBehind} entries behind, not compared" : "")}");
            foreach (var sentence in report.What) await output.WriteLineAsync("  " + sentence);
            agreed &= report.What.Count == 0;
        }
        return agreed ? 0 : 1;
    }
}
