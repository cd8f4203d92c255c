using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Attachments;

/// <summary>Attaches files that have come in whole to a matter. Page and API use it; another use case that makes the matter in the same act calls <see cref="AddAsync"/>.</summary>
public sealed class AttachFiles(AppDb db, MatterDoors doors, AttachmentSettings settings, Ledger ledger, Actor actor, Clock clock)
{
    /// <summary>Files in one act at most.</summary>
    public const int Most = 50;

    /// <param name="Sm3">What was attached, provable; its name may hold personal data and stays out of the ledger.</param>
    public sealed record Act(Guid Attachment, string Kind, Guid Matter, string Sm3, long Size, string Type, FileOrigin Origin, DateOnly? OriginalOn) : IAct { public static string Name => "attachment.added"; }

    /// <param name="uploads">Whole uploads of the actor. Those that are attached to this matter already stay as they are.</param>
    /// <exception cref="NotFound">The matter, or one of the uploads, is not the actor's.</exception>
    /// <exception cref="Refusal">The matter takes no more files now, or they are too much for it.</exception>
    public async Task<IReadOnlyList<Attachment>> RunAsync(string kind, Guid matter, IReadOnlyList<Guid> uploads, CancellationToken ct)
    {
        new InputCheck().That(uploads.Count > 0, "Files", "请选择要上传的文件。").Throw();
        var access = await doors.DemandNowAsync(kind, matter, ct);
        if (!access.MayAdd) throw Closed();
        // Under the chain head: two who add at once do not pass the limit together.
        await using var together = await ledger.TogetherAsync(ct);
        var (added, acts) = await PrepareAsync(kind, matter, uploads, ct);
        foreach (var act in acts.SkipLast(1)) ledger.Note(act, access.About);
        if (acts.Count > 0) await ledger.RecordAsync(acts[^1], access.About, null, ct);
        await together.CommitAsync(ct);
        return added;
    }

    /// <summary>
    /// Attaches within the caller's act, which has authorised it and records it: a check with its photographs, a draft with its enclosures. Nothing
    /// is saved here.
    /// </summary>
    /// <param name="about">What the ledger entries are about.</param>
    public async Task<IReadOnlyList<Attachment>> AddAsync(string kind, Guid matter, Subject about, IReadOnlyList<Guid> uploads, CancellationToken ct)
    {
        if (uploads.Count == 0) return [];
        var (added, acts) = await PrepareAsync(kind, matter, uploads, ct);
        foreach (var act in acts) ledger.Note(act, about);
        return added;
    }

    /// <summary>Says beforehand what <see cref="RunAsync"/> would refuse of these: for a matter that is made by an act of its own, before it is made.</summary>
    public async Task CheckAsync(IReadOnlyList<Guid> uploads, CancellationToken ct)
    {
        if (uploads.Count > 0) await WholeAsync("", Guid.Empty, uploads, ct);
    }

    internal static Refusal Closed() => new("attachment.closed", "这件事现在不能添加附件:已经办结,或者不由本单位办理。");

    /// <exception cref="InvalidInput">With these bytes the matter would hold more than it may.</exception>
    internal static async Task MustFitAsync(AppDb db, AttachmentSettings settings, string kind, Guid matter, long more, CancellationToken ct)
    {
        var held = await db.Attachments.Where(a => a.Kind == kind && a.Matter == matter).SumAsync(a => a.Size, ct);
        if (held + more > settings.MatterBytes) throw new InvalidInput("Files", $"一件事的附件合计不能超过{settings.MatterMegabytes} MB,现已有{held / 1024 / 1024} MB。");
    }

    /// <summary>The uploads in the order given: those that are attached to this matter already, and those that it can take.</summary>
    private async Task<(IReadOnlyList<Guid> Done, IReadOnlyList<Upload> Fresh)> WholeAsync(string kind, Guid matter, IReadOnlyList<Guid> uploads, CancellationToken ct)
    {
        new InputCheck().That(uploads.Count <= Most, "Files", $"一次最多添加{Most}个附件,请分几次。").Throw();
        var ids = uploads.Distinct().ToList();
        var found = await db.Uploads.Where(u => ids.Contains(u.Id) && u.Person == actor.Person && u.Organ == actor.Organ).ToListAsync(ct);
        if (found.Count < ids.Count) throw new InvalidInput("Files", "有文件上传已经过期或者取消,请重新选择文件。");
        if (found.FirstOrDefault(u => u.CompletedAt is null) is { } partial) throw new InvalidInput("Files", $"“{partial.Name}”还没有传完。");
        if (found.FirstOrDefault(u => u.Attachment is not null && !(u.Kind == kind && u.Matter == matter)) is { } used) throw new InvalidInput("Files", $"“{used.Name}”已经附在另一件事上。");
        var done = found.Where(u => u.Attachment is not null).Select(u => u.Attachment!.Value).ToList();
        var fresh = found.Where(u => u.Attachment is null).OrderBy(u => ids.IndexOf(u.Id)).ToList();
        var infected = fresh.Select(u => u.Sm3).ToList();
        if (await db.StoredContents.AnyAsync(c => infected.Contains(c.Sm3) && c.Scan == ScanState.Infected, ct))
        {
            var bad = await db.StoredContents.Where(c => infected.Contains(c.Sm3) && c.Scan == ScanState.Infected).Select(c => c.Sm3).FirstAsync(ct);
            throw KeepContent.Infected(fresh.First(u => u.Sm3 == bad).Name);
        }
        await MustFitAsync(db, settings, kind, matter, fresh.Sum(u => u.Length), ct);
        return (done, fresh);
    }

    private async Task<(IReadOnlyList<Attachment> Added, IReadOnlyList<Act> Acts)> PrepareAsync(string kind, Guid matter, IReadOnlyList<Guid> uploads, CancellationToken ct)
    {
        var (done, fresh) = await WholeAsync(kind, matter, uploads, ct);
        var now = clock.Now;
        // Those of one act keep the order in which they were chosen.
        var added = fresh.Select((u, n) => new Attachment
        {
            District = db.District, Id = clock.NewId(), Kind = kind, Matter = matter, Name = u.Name, Type = u.Type, Size = u.Length, Sm3 = u.Sm3, Sha256 = u.Sha256, Origin = u.Origin, OriginalOn = u.OriginalOn, Note = u.Note,
            Organ = actor.Organ, Person = actor.Person, Who = actor.Name, AddedAt = now.AddMicroseconds(n),
        }).ToList();
        foreach (var (upload, attachment) in fresh.Zip(added))
        {
            upload.Attachment = attachment.Id;
            ledger.WithNumber(attachment.Entered);
        }
        db.Attachments.AddRange(added);
        var before = done.Count == 0 ? [] : await db.Attachments.AsNoTracking().Where(a => done.Contains(a.Id)).ToListAsync(ct);
        return ([.. before, .. added], [.. added.Select(a => new Act(a.Id, kind, matter, a.Sm3, a.Size, a.Type, a.Origin, a.OriginalOn))]);
    }
}
