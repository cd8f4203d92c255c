using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Attachments;

/// <summary>Takes a file away from a draft. Once others have relied on the matter, its files stay; the bytes go when nobody refers to them any more.</summary>
public sealed class RemoveAttachment(AppDb db, MatterDoors doors, Ledger ledger, Actor actor)
{
    public sealed record Act(Guid Attachment, string Kind, Guid Matter, string Sm3) : IAct { public static string Name => "attachment.removed"; }

    public async Task<Attachment> RunAsync(Guid id, CancellationToken ct)
    {
        var attachment = await db.Attachments.SingleOrDefaultAsync(a => a.Id == id, ct) ?? throw NotFound.Of("该附件");
        if (await doors.AskAsync(attachment.Kind, attachment.Matter, ct) is not { } access) throw NotFound.Of("该附件");
        if (attachment.Organ != actor.Organ) throw new Refusal("attachment.not-own", "只有上传单位才能删除这个附件。");
        if (!access.MayRemove) throw new Refusal("attachment.kept", "这件事已经办出,附件是办理依据,不能再删除。");
        db.Attachments.Remove(attachment);
        await ledger.RecordAsync(new Act(attachment.Id, attachment.Kind, attachment.Matter, attachment.Sm3), access.About, null, ct);
        return attachment;
    }
}
