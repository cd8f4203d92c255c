using Liandong.Data;
using Liandong.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Attachments;

/// <summary>Takes a whole file of the spool into the store: recognises it, digests it, enters it in the store's book, and only then moves the bytes.</summary>
public sealed class KeepContent(AppDb db, IContentStore store, AttachmentSettings settings, ScanSignal signal, Clock clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private const int Tries = 25;

    public sealed record Kept(ContentDigest Digest, FileType Type);

    /// <exception cref="Refusal">Not a type that is taken in, or known to carry a virus. The file at the path is still there then.</exception>
    public async Task<Kept> RunAsync(string path, string name, CancellationToken ct)
    {
        var type = FileTypes.Recognise(path, name, settings.Types);
        ContentDigest digest;
        await using (var content = File.OpenRead(path)) digest = await ContentDigest.OfAsync(content, ct);
        // Into the book first: from here on the collector leaves this content alone.
        if (await EnterAsync(digest, type, ct) == ScanState.Infected) throw Infected(name);
        try
        {
            await store.PutAsync(db.District, digest, path, ct);
        }
        catch (IOException full) when (Spool.IsFull(full))
        {
            throw Spool.Full();
        }
        signal.Wake();
        return new Kept(digest, type);
    }

    public static Refusal Infected(string name) => new("attachment.infected", $"“{name}”查出病毒,已经隔离,不能上传或者打开。");

    private async Task<ScanState> EnterAsync(ContentDigest digest, FileType type, CancellationToken ct)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var now = clock.Now;
            if (await db.StoredContents.Where(c => c.Sm3 == digest.Sm3 && c.CondemnedAt == null).ExecuteUpdateAsync(set => set.SetProperty(c => c.TouchedAt, now), ct) == 1)
            {
                var known = await db.StoredContents.AsNoTracking().SingleAsync(c => c.Sm3 == digest.Sm3, ct);
                // Two contents of one SM3 would be a finding of its own; the second digest keeps them from being taken for each other.
                return known.Sha256 == digest.Sha256 && known.Size == digest.Size ? known.Scan : throw new InvalidOperationException($"Two contents have the SM3 {digest.Sm3}.");
            }
            var fresh = new StoredContent
            {
                District = db.District, Sm3 = digest.Sm3, Sha256 = digest.Sha256, Size = digest.Size, Type = type.Code, TouchedAt = now,
                Scan = settings.Scanner is null ? ScanState.NotScanned : ScanState.Scanning, ScanNextAt = settings.Scanner is null ? null : now,
            };
            db.StoredContents.Add(fresh);
            try
            {
                await db.SaveChangesAsync(ct);
                return fresh.Scan;
            }
            catch (DbUpdateException failure) when (Uniqueness.IsViolated(failure))
            {
                // Somebody else sends the same bytes this moment, or the collector is deleting them: look again.
                db.Entry(fresh).State = EntityState.Detached;
                await Task.Delay(Pause, ct);
            }
        }
        throw new Refusal("attachment.busy", "同样内容的文件正在清理,请稍后再上传。");
    }
}
