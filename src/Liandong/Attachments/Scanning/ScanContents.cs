using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Attachments;

/// <summary>Tells the scanning clock that something new lies in the store.</summary>
public sealed class ScanSignal : IDisposable
{
    private readonly SemaphoreSlim news = new(0, 1);

    public void Wake()
    {
        try
        {
            if (news.CurrentCount == 0) news.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else woke it this moment.
        }
    }

    public Task WaitAsync(TimeSpan atMost, CancellationToken ct) => news.WaitAsync(atMost, ct);

    public void Dispose() => news.Dispose();
}

/// <summary>
/// Has the contents scanned that wait for it. An infected one goes into quarantine, and each attachment that carries it gets a ledger entry. While
/// the scanner is away nothing is lost: the content stays held and is tried again, ever more slowly up to five minutes.
/// </summary>
public sealed class ScanContents(AppDb db, IContentStore store, IVirusScanner scanner, Ledger ledger, Actor actor, Clock clock, ILogger<ScanContents> log)
{
    /// <summary>How long one node keeps a content to itself while it is scanned.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan SlowestRetry = TimeSpan.FromMinutes(5);

    public sealed record Act(Guid Attachment, string Kind, Guid Matter, string Sm3, string Signature) : IAct { public static string Name => "attachment.quarantined"; }

    /// <summary>Scans what is due and returns how many contents were scanned.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        await FinishQuarantineAsync(ct);
        for (var scanned = 0; ; scanned++)
        {
            var now = clock.Now;
            var next = await db.StoredContents.AsNoTracking().Where(c => (c.Scan == ScanState.Scanning || c.Scan == ScanState.NotScanned) && (c.ScanNextAt == null || c.ScanNextAt <= now) && c.CondemnedAt == null)
                .OrderBy(c => c.ScanNextAt).FirstOrDefaultAsync(ct);
            if (next is null) return scanned;
            var until = now + Turn;
            var mine = await db.StoredContents.Where(c => c.Sm3 == next.Sm3 && (c.ScanNextAt == null || c.ScanNextAt <= now))
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.ScanNextAt, until).SetProperty(c => c.Scan, ScanState.Scanning), ct);
            if (mine == 1 && !await ScanAsync(next, ct)) return scanned;
        }
    }

    /// <summary>False when the scanner is away: the others would fare no better now.</summary>
    private async Task<bool> ScanAsync(StoredContent content, CancellationToken ct)
    {
        ScanResult result;
        try
        {
            await using var bytes = await store.OpenAsync(db.District, content.Sm3, ct) ?? throw new IOException("The content is not in the store.");
            result = await scanner.ScanAsync(bytes, ct);
        }
        catch (IOException failure)
        {
            log.LogWarning("Attachment content {Sm3} could not be scanned and is tried again: {Why}", content.Sm3, failure.Message);
            var tries = content.ScanTries + 1;
            var wait = TimeSpan.FromSeconds(Math.Min(SlowestRetry.TotalSeconds, 5 * Math.Pow(2, Math.Min(tries, 10) - 1)));
            var (again, why) = (clock.Now + wait, failure.Message[..Math.Min(failure.Message.Length, 300)]);
            await db.StoredContents.Where(c => c.Sm3 == content.Sm3).ExecuteUpdateAsync(set => set.SetProperty(c => c.ScanNextAt, again).SetProperty(c => c.ScanTries, tries).SetProperty(c => c.Finding, why), ct);
            return false;
        }
        var now = clock.Now;
        if (result.Signature is null)
        {
            await db.StoredContents.Where(c => c.Sm3 == content.Sm3).ExecuteUpdateAsync(set => set.SetProperty(c => c.Scan, ScanState.Clean).SetProperty(c => c.ScannedAt, now).SetProperty(c => c.Finding, "").SetProperty(c => c.ScanNextAt, (DateTimeOffset?)null), ct);
            return true;
        }
        log.LogError("Attachment content {Sm3} carries {Signature} and goes into quarantine", content.Sm3, result.Signature);
        var infected = await db.StoredContents.SingleAsync(c => c.Sm3 == content.Sm3, ct);
        (infected.Scan, infected.ScannedAt, infected.Finding, infected.ScanNextAt) = (ScanState.Infected, now, result.Signature, null);
        await RecordAsync(infected, ct);
        await FinishQuarantineAsync(ct);
        return true;
    }

    /// <summary>Marks the content and says so of each attachment in one transaction; from then on nobody opens it, wherever its bytes lie.</summary>
    private async Task RecordAsync(StoredContent content, CancellationToken ct)
    {
        actor.BecomePlatform();
        var attachments = await db.Attachments.AsNoTracking().Where(a => a.Sm3 == content.Sm3).OrderBy(a => a.Id).ToListAsync(ct);
        if (attachments.Count == 0)
        {
            await db.SaveChangesAsync(ct);
            return;
        }
        // The platform stands outside every matter: the entry is about the attachment itself.
        foreach (var one in attachments.SkipLast(1)) ledger.Note(ActOf(one), About(one));
        await ledger.RecordAsync(ActOf(attachments[^1]), About(attachments[^1]), null, ct);

        Act ActOf(Attachment a) => new(a.Id, a.Kind, a.Matter, a.Sm3, content.Finding);

        static Subject About(Attachment a) => new("attachment", a.Id, "", "附件");
    }

    /// <summary>Moves what is marked, and what a process that died had marked.</summary>
    private async Task FinishQuarantineAsync(CancellationToken ct)
    {
        foreach (var sm3 in await db.StoredContents.Where(c => c.Scan == ScanState.Infected && !c.Quarantined).Select(c => c.Sm3).ToListAsync(ct))
        {
            await store.QuarantineAsync(db.District, sm3, ct);
            await db.StoredContents.Where(c => c.Sm3 == sm3).ExecuteUpdateAsync(set => set.SetProperty(c => c.Quarantined, true), ct);
        }
    }
}
