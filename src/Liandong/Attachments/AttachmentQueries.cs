using Liandong.Data;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Attachments;

/// <summary>One attachment as lists show it.</summary>
/// <param name="Type">Code; see <paramref name="TypeName"/>.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Backfilled">补录: the paper is older than its entry here, see <paramref name="OriginalOn"/>.</param>
/// <param name="MayOpen">Neither infected nor held for the scanner.</param>
/// <param name="MayPreview">A browser may show it.</param>
/// <param name="MayRemove">The actor may take it away.</param>
public sealed record AttachmentRow(
    Guid Id, string Kind, Guid Matter, string Name, string Type, string TypeName, long Size, string Sm3, string Sha256, FileOrigin Origin, bool Backfilled, DateOnly? OriginalOn, string Note, Guid? Organ, string OrganName,
    string Who, DateTimeOffset AddedAt, long Entry, ScanState Scan, bool MayOpen, bool MayPreview, bool MayRemove);

/// <summary>Reads of attachments. A list is no opening: it is not recorded.</summary>
public sealed class AttachmentQueries(AppDb db, MatterDoors doors, AttachmentSettings settings, Accounts.Actor actor)
{
    /// <summary>The files of a matter, in the order in which they came. Empty where the actor may not see them.</summary>
    public async Task<IReadOnlyList<AttachmentRow>> OfAsync(string kind, Guid matter, CancellationToken ct) =>
        await doors.AskAsync(kind, matter, ct) is { } access ? await RowsAsync(db.Attachments.Where(a => a.Kind == kind && a.Matter == matter), _ => access, ct) : [];

    /// <summary>The files of several matters of one page.</summary>
    public async Task<IReadOnlyList<AttachmentRow>> OfAsync(IReadOnlyList<(string Kind, Guid Matter)> matters, CancellationToken ct)
    {
        var seen = new Dictionary<(string, Guid), MatterAccess>();
        foreach (var (kind, matter) in matters)
            if (await doors.AskAsync(kind, matter, ct) is { } access) seen[(kind, matter)] = access;
        var (kinds, ids) = (seen.Keys.Select(k => k.Item1).Distinct().ToList(), seen.Keys.Select(k => k.Item2).ToList());
        return ids.Count == 0 ? [] : await RowsAsync(db.Attachments.Where(a => kinds.Contains(a.Kind) && ids.Contains(a.Matter)), a => seen.GetValueOrDefault((a.Kind, a.Matter)), ct);
    }

    /// <summary>Null when it is absent or not the actor's.</summary>
    public async Task<AttachmentRow?> FindAsync(Guid id, CancellationToken ct)
    {
        var place = await db.Attachments.Where(a => a.Id == id).Select(a => new { a.Kind, a.Matter }).SingleOrDefaultAsync(ct);
        if (place is null || await doors.AskAsync(place.Kind, place.Matter, ct) is not { } access) return null;
        return (await RowsAsync(db.Attachments.Where(a => a.Id == id), _ => access, ct)).SingleOrDefault();
    }

    private async Task<IReadOnlyList<AttachmentRow>> RowsAsync(IQueryable<Attachment> query, Func<Attachment, MatterAccess?> accessTo, CancellationToken ct)
    {
        var found = await query.AsNoTracking().OrderBy(a => a.AddedAt).ThenBy(a => a.Id).ToListAsync(ct);
        var contents = found.Select(a => a.Sm3).Distinct().ToList();
        var scans = await db.StoredContents.AsNoTracking().Where(c => contents.Contains(c.Sm3)).ToDictionaryAsync(c => c.Sm3, c => c.Scan, ct);
        var organs = await db.Organs.AsNoTracking().ToDictionaryAsync(o => o.Id, o => o.ShortName, ct);
        return [.. found.Select(a => (Attachment: a, Access: accessTo(a))).Where(x => x.Access is not null).Select(x => RowOf(x.Attachment, x.Access!))];

        AttachmentRow RowOf(Attachment a, MatterAccess access)
        {
            var (scan, type) = (scans.GetValueOrDefault(a.Sm3), FileTypes.Of(a.Type)!);
            var open = scan != ScanState.Infected && !OpenAttachment.MustWait(scan, settings);
            return new(a.Id, a.Kind, a.Matter, a.Name, a.Type, type.Name, a.Size, a.Sm3, a.Sha256, a.Origin, a.OriginalOn is not null, a.OriginalOn, a.Note, a.Organ, a.Organ is { } organ ? organs.GetValueOrDefault(organ, "") : "平台",
                a.Who, a.AddedAt, a.Entry, scan, open, open && type.Inline, access.MayRemove && a.Organ == actor.Organ);
        }
    }
}

/// <summary>The words of attachments on screens.</summary>
public static class AttachmentWords
{
    public static string Of(FileOrigin origin) => origin switch { FileOrigin.Original => "原件扫描", FileOrigin.Copy => "复印件", _ => "电子文件" };

    public static string Of(ScanState scan) => scan switch { ScanState.Clean => "安全", ScanState.Infected => "有毒,已隔离", ScanState.Scanning => "扫描中", _ => "未扫描" };

    public static Tone ToneOf(ScanState scan) => scan switch { ScanState.Clean => Tone.Good, ScanState.Infected => Tone.Bad, ScanState.Scanning => Tone.Info, _ => Tone.Neutral };

    /// <summary>12 KB, 3.4 MB.</summary>
    public static string Size(long bytes) => bytes >= 1024 * 1024 ? $"{bytes / 1048576.0:0.0} MB" : $"{Math.Max(1, (bytes + 512) / 1024)} KB";

    public static IReadOnlyList<Choice> Origins { get; } = [.. Enum.GetValues<FileOrigin>().Select(o => new Choice(o.ToString(), Of(o)))];
}
