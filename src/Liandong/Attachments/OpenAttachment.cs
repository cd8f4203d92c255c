using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Attachments;

/// <summary>下载, 预览.</summary>
public enum Opening { Download, Preview }

/// <summary>Opens a file for somebody who has a right to its matter, and records who opened it.</summary>
public sealed class OpenAttachment(AppDb db, MatterDoors doors, IContentStore store, AttachmentSettings settings, Ledger ledger)
{
    public sealed record Act(Guid Attachment, string Kind, Guid Matter, string Sm3, Opening How) : IAct { public static string Name => "attachment.opened"; }

    /// <param name="Content">Closed by whoever sends it.</param>
    public sealed record Opened(Attachment Attachment, FileType Type, Stream Content);

    /// <param name="recorded">False for the further pieces of one reading, which the first has recorded.</param>
    /// <exception cref="NotFound">Absent, or the matter is not the actor's.</exception>
    /// <exception cref="Refusal">Infected, not scanned yet, or gone from the store.</exception>
    public async Task<Opened> RunAsync(Guid id, Opening how, bool recorded, CancellationToken ct)
    {
        var attachment = await db.Attachments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct) ?? throw NotFound.Of("该附件");
        if (await doors.AskAsync(attachment.Kind, attachment.Matter, ct) is not { } access) throw NotFound.Of("该附件");
        var type = FileTypes.Of(attachment.Type)!;
        if (how == Opening.Preview && !type.Inline) throw new Refusal("attachment.no-preview", $"{type.Name}不能在浏览器里预览,请下载后打开。");
        var scan = await db.StoredContents.Where(c => c.Sm3 == attachment.Sm3).Select(c => (ScanState?)c.Scan).SingleOrDefaultAsync(ct);
        if (scan == ScanState.Infected) throw KeepContent.Infected(attachment.Name);
        if (MustWait(scan, settings)) throw new Refusal("attachment.scanning", $"“{attachment.Name}”正在等待病毒扫描,扫描通过后才能打开。");
        var content = await store.OpenAsync(db.District, attachment.Sm3, ct) ?? throw new Refusal("attachment.missing", $"“{attachment.Name}”的内容不在存储中,请联系系统管理员核对存储。");
        try
        {
            if (recorded) await ledger.RecordAsync(new Act(attachment.Id, attachment.Kind, attachment.Matter, attachment.Sm3, how), access.About, null, ct);
            return new Opened(attachment, type, content);
        }
        catch
        {
            await content.DisposeAsync();
            throw;
        }
    }

    internal static bool MustWait(ScanState? scan, AttachmentSettings settings) => settings.Scanner is not null && !settings.OpenUnscanned && (scan is ScanState.Scanning or ScanState.NotScanned);
}
