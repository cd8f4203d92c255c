using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Attachments;

/// <summary>Announces a file that will be sent in pieces.</summary>
public sealed class BeginUpload(AppDb db, MatterDoors doors, AttachmentSettings settings, Actor actor, Clock clock)
{
    /// <summary>Unfinished uploads of one person at most.</summary>
    public const int Open = 100;

    /// <param name="Length">In bytes.</param>
    /// <param name="Kind">The matter that the file goes to once it is whole; none where a form will name it.</param>
    public sealed record Input(string Name, long Length, string? Kind = null, Guid? Matter = null, FileOrigin Origin = FileOrigin.Electronic, DateOnly? OriginalOn = null, string Note = "");

    public async Task<Upload> RunAsync(Input input, CancellationToken ct)
    {
        actor.DemandOneOf([.. Rights.Business]);
        CheckShape(input, settings, clock.Today);
        if (input.Matter is { } matter)
        {
            var access = await doors.DemandAsync(input.Kind ?? "", matter, ct);
            if (!access.MayAdd) throw AttachFiles.Closed();
            await AttachFiles.MustFitAsync(db, settings, input.Kind!, matter, input.Length, ct);
        }
        var since = clock.Now - Upload.Kept;
        if (await db.Uploads.CountAsync(u => u.Person == actor.Person && u.Organ == actor.Organ && u.CompletedAt == null && u.At > since, ct) >= Open)
            throw new Refusal("upload.too-many", $"没有传完的文件已有{Open}个,请先传完或者取消。");
        var upload = new Upload
        {
            District = db.District, Id = clock.NewId(), Person = actor.Person, Organ = actor.Organ, Name = FileName.Clean(input.Name), Length = input.Length, Kind = input.Matter is null ? "" : input.Kind!, Matter = input.Matter,
            Origin = input.Origin, OriginalOn = input.OriginalOn, Note = input.Note.Trim(), At = clock.Now,
        };
        db.Uploads.Add(upload);
        await db.SaveChangesAsync(ct);
        return upload;
    }

    internal static void CheckShape(Input input, AttachmentSettings settings, DateOnly today) => new InputCheck()
        .That(input.Length > 0, nameof(input.Length), "文件是空的,没有内容可以保存。")
        .That(input.Length <= settings.FileBytes, nameof(input.Length), $"单个文件不能超过{settings.FileMegabytes} MB。")
        .That(Enum.IsDefined(input.Origin), nameof(input.Origin), "请选择电子文件、原件扫描或者复印件。")
        .That(input.OriginalOn is null || input.OriginalOn <= today && input.OriginalOn >= new DateOnly(1949, 10, 1), nameof(input.OriginalOn), "原件日期不能晚于今天。")
        .NotLonger(input.Note, nameof(input.Note), "说明", 200).Throw();
}
