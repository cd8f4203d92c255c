using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Data;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Items;

/// <summary>The signed paper of a memorandum: whoever reads the memorandum sees it, both sides that may sign add it.</summary>
public sealed class MemorandumAttachments(AppDb db, Actor actor) : IMatterFiles
{
    public const string KindName = "memorandum";

    public string Kind => KindName;

    public async Task<MatterAccess?> AskAsync(Guid matter, CancellationToken ct)
    {
        if (!actor.May(Rights.ItemView) || await MemorandumQueries.Visible(db, actor).AsNoTracking().FirstOrDefaultAsync(m => m.Id == matter, ct) is not { } memorandum) return null;
        var side = actor.May(Rights.MemorandumSign) && (actor.IsBureau || actor.Organ == memorandum.Organ);
        return new(MakeMemorandum.About(memorandum), $"/memoranda/{matter}", MayAdd: side, MayRemove: side && memorandum.State == MemorandumState.Draft);
    }
}
