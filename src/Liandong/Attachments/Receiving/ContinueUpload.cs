using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Attachments;

/// <summary>Receives the next piece of an upload, from where the last one ended; the last piece finishes it.</summary>
public sealed class ContinueUpload(AppDb db, Spool spool, KeepContent keep, AttachFiles attach, Actor actor, Clock clock)
{
    /// <param name="Offset">How many bytes are here.</param>
    public sealed record Progress(Upload Upload, long Offset);

    /// <exception cref="NotFound">Absent, expired, or somebody else's.</exception>
    public async Task<Progress> FindAsync(Guid id, CancellationToken ct)
    {
        var upload = await MineAsync(id, ct);
        return new(upload, upload.CompletedAt is null ? Math.Min(spool.LengthOf(id), upload.Length) : upload.Length);
    }

    /// <summary>A file that is whole already is finished by an empty piece: what a killed process had left to do is done then.</summary>
    public async Task<Progress> RunAsync(Guid id, long offset, Stream content, CancellationToken ct)
    {
        var upload = await MineAsync(id, ct);
        if (upload.CompletedAt is null)
        {
            var length = await spool.AppendAsync(id, offset, upload.Length, content, ct);
            if (length < upload.Length) return new(upload, length);
            await FinishAsync(upload, ct);
        }
        else if (offset != upload.Length) throw new Refusal("upload.offset-mismatch", $"已经收到{upload.Length}字节,请从这里继续。");
        if (upload is { Matter: { } matter, Attachment: null }) await attach.RunAsync(upload.Kind, matter, [upload.Id], ct);
        return new(upload, upload.Length);
    }

    /// <summary>Gives an upload up, and what has come of it.</summary>
    public async Task AbandonAsync(Guid id, CancellationToken ct)
    {
        var upload = await MineAsync(id, ct);
        if (upload.Attachment is not null) throw new Refusal("upload.attached", "文件已经作为附件保存,请在附件清单中办理。");
        await ForgetAsync(upload, ct);
    }

    private async Task FinishAsync(Upload upload, CancellationToken ct)
    {
        try
        {
            var kept = await keep.RunAsync(spool.PathOf(upload.Id), upload.Name, ct);
            (upload.Sm3, upload.Sha256, upload.Type, upload.CompletedAt) = (kept.Digest.Sm3, kept.Digest.Sha256, kept.Type.Code, clock.Now);
            await db.SaveChangesAsync(ct);
        }
        catch (Refusal refused) when (refused.Code is not ("attachment.busy" or "attachment.disk-full"))
        {
            await ForgetAsync(upload, CancellationToken.None);
            throw;
        }
    }

    private async Task ForgetAsync(Upload upload, CancellationToken ct)
    {
        db.Uploads.Remove(upload);
        await db.SaveChangesAsync(ct);
        spool.Drop(upload.Id);
    }

    private async Task<Upload> MineAsync(Guid id, CancellationToken ct)
    {
        var since = clock.Now - Upload.Kept;
        return await db.Uploads.SingleOrDefaultAsync(u => u.Id == id && u.Person == actor.Person && u.Organ == actor.Organ && u.At > since, ct) ?? throw NotFound.Of("该上传(没有传完的只保留一天)");
    }
}
