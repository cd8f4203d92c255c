using Liandong.Data;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Attachments;

/// <summary>
/// Clears away what nobody needs: uploads that were given up, and contents that no attachment and no upload refers to, a day after somebody last sent
/// them. A content is condemned in the store's book first, so that whoever sends the same bytes meanwhile waits and stores them anew.
/// </summary>
public sealed class CollectGarbage(AppDb db, IContentStore store, Spool spool, Clock clock)
{
    public static readonly TimeSpan Grace = TimeSpan.FromDays(1);
    private const int Batch = 200;

    /// <summary>How much was cleared away.</summary>
    public sealed record Cleared(int Uploads, int Contents);

    public async Task<Cleared> RunAsync(CancellationToken ct)
    {
        var old = clock.Now - Upload.Kept;
        var uploads = 0;
        foreach (var upload in await db.Uploads.AsNoTracking().Where(u => u.At <= old).Select(u => u.Id).Take(1000).ToListAsync(ct))
        {
            uploads += await db.Uploads.Where(u => u.Id == upload && u.At <= old).ExecuteDeleteAsync(ct);
            spool.Drop(upload);
        }
        // Parts without an upload: a form's file that was refused as its process died.
        foreach (var part in spool.OlderThan(old - Upload.Kept)) File.Delete(part);
        return new Cleared(uploads, await ContentsAsync(ct));
    }

    private async Task<int> ContentsAsync(CancellationToken ct)
    {
        var (old, now, cleared) = (clock.Now - Grace, clock.Now, 0);
        await db.StoredContents.Where(c => c.TouchedAt <= old && c.CondemnedAt == null && !db.Attachments.Any(a => a.Sm3 == c.Sm3) && !db.Uploads.Any(u => u.Sm3 == c.Sm3))
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.CondemnedAt, now), ct);
        // Those of a collector that died are among them.
        foreach (var sm3 in await db.StoredContents.Where(c => c.CondemnedAt != null).Select(c => c.Sm3).Take(Batch).ToListAsync(ct))
        {
            await store.DeleteAsync(db.District, sm3, ct);
            cleared += await db.StoredContents.Where(c => c.Sm3 == sm3 && c.CondemnedAt != null).ExecuteDeleteAsync(ct);
        }
        return cleared;
    }
}
