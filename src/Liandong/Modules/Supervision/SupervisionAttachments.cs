using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Data;
using Liandong.Modules.Linkage;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Supervision;

/// <summary>
/// Photographs and documents of supervision: evidence, which nobody takes away again. The supervising organ, the enforcing organ and the bureau see
/// them; each adds to what it has recorded itself. Ledger entries are about the push, as all entries of supervision are.
/// </summary>
public abstract class SupervisionAttachments(AppDb db, Actor actor, string kind) : IMatterFiles
{
    public string Kind => kind;

    public async Task<MatterAccess?> AskAsync(Guid matter, CancellationToken ct)
    {
        if (!actor.May(Rights.SupervisionView) || await FindAsync(matter, ct) is not { } found) return null;
        if (await SupervisionAccess.Readable(db, actor).FirstOrDefaultAsync(p => p.Id == found.Push, ct) is not { } push) return null;
        return new(push.Ref, $"/supervision/{push.Id}", MayAdd: actor.Organ == found.RecordedBy && actor.May(found.Right));
    }

    /// <param name="RecordedBy">The organ that keeps the record.</param>
    /// <param name="Right">Right that recording takes.</param>
    protected sealed record Found(Guid Push, Guid RecordedBy, string Right);

    protected abstract Task<Found?> FindAsync(Guid matter, CancellationToken ct);
}

/// <summary>现场检查的照片和文书。</summary>
public sealed class CheckAttachments(AppDb db, Actor actor) : SupervisionAttachments(db, actor, KindName)
{
    public const string KindName = "check";
    private readonly AppDb db = db;

    protected override Task<Found?> FindAsync(Guid matter, CancellationToken ct) => db.Checks.Where(c => c.Id == matter).Select(c => new Found(c.Push, c.Organ, Rights.SupervisionRecord)).FirstOrDefaultAsync(ct);
}

/// <summary>整改和复查的照片和文书。</summary>
public sealed class RectificationAttachments(AppDb db, Actor actor) : SupervisionAttachments(db, actor, KindName)
{
    public const string KindName = "rectification";
    private readonly AppDb db = db;

    protected override Task<Found?> FindAsync(Guid matter, CancellationToken ct) => db.Rectifications.Where(r => r.Id == matter).Select(r => new Found(r.Push, r.Organ, Rights.SupervisionRecord)).FirstOrDefaultAsync(ct);
}

/// <summary>处罚决定书和送达回证。</summary>
public sealed class PenaltyAttachments(AppDb db, Actor actor) : SupervisionAttachments(db, actor, KindName)
{
    public const string KindName = "penalty";
    private readonly AppDb db = db;

    protected override Task<Found?> FindAsync(Guid matter, CancellationToken ct) => db.Penalties.Where(p => p.Id == matter).Select(p => new Found(p.Push, p.Organ, Rights.EnforcementRecord)).FirstOrDefaultAsync(ct);
}
