using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Attachments;

/// <summary>Takes in files that came whole, with a form or a multipart call; they wait to be attached like those that came in pieces.</summary>
public sealed class StageFiles(AppDb db, Spool spool, KeepContent keep, BeginUpload begin, Actor actor, Clock clock)
{
    /// <summary>One file, from the stream that brings it.</summary>
    public async Task<Upload> RunAsync(string name, Stream content, BeginUpload.Input about, AttachmentSettings settings, CancellationToken ct)
    {
        var id = clock.NewId();
        try
        {
            var length = await spool.AppendAsync(id, 0, settings.FileBytes + 1, content, ct);
            var input = about with { Name = FileName.Clean(name), Length = length, Kind = null, Matter = null };
            BeginUpload.CheckShape(input, settings, clock.Today);
            // Kept before it is entered: what is refused leaves no upload behind.
            var kept = await keep.RunAsync(spool.PathOf(id), input.Name, ct);
            var upload = await begin.RunAsync(input, ct);
            (upload.Sm3, upload.Sha256, upload.Type, upload.CompletedAt) = (kept.Digest.Sm3, kept.Digest.Sha256, kept.Type.Code, clock.Now);
            await db.SaveChangesAsync(ct);
            return upload;
        }
        catch (Refusal tooLong) when (tooLong.Code == "upload.too-long")
        {
            throw new InvalidInput("Length", $"单个文件不能超过{settings.FileMegabytes} MB。");
        }
        finally
        {
            spool.Drop(id);
        }
    }

    /// <summary>
    /// The files of a form's field: those that the page's script has sent before (their ids), and those that the form itself carries. What is
    /// wrong with one of them is said beside the field.
    /// </summary>
    public async Task<IReadOnlyList<Guid>> OfFormAsync(Posted form, string field, AttachmentSettings settings, CancellationToken ct, FileOrigin origin = FileOrigin.Electronic, DateOnly? originalOn = null, string note = "")
    {
        var ids = form.All(field).Select(v => Guid.TryParse(v, out var id) ? id : (Guid?)null).OfType<Guid>().ToList();
        try
        {
            var about = new BeginUpload.Input("", 1, null, null, origin, originalOn, note);
            foreach (var file in form.Files(field).Where(f => f.Length > 0 || f.FileName.Length > 0))
            {
                await using var content = file.OpenReadStream();
                ids.Add((await RunAsync(file.FileName, content, about, settings, ct)).Id);
            }
            if (ids.Count > 0) await db.Uploads.Where(u => ids.Contains(u.Id) && u.Person == actor.Person && u.Organ == actor.Organ && u.Attachment == null).ExecuteUpdateAsync(set => set.SetProperty(u => u.Origin, origin).SetProperty(u => u.OriginalOn, originalOn).SetProperty(u => u.Note, note), ct);
        }
        catch (Refusal refused)
        {
            form.Fault(field, refused.Message);
        }
        catch (InvalidInput wrong)
        {
            foreach (var (name, sentence) in wrong.Errors) form.Fault(name is "OriginalOn" or "Note" or "Origin" ? name : field, sentence);
        }
        return ids;
    }
}
