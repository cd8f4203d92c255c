using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Items;

/// <summary>签署责任备忘录, for the bureau or for the department, whichever the actor belongs to. With both signatures the version before is replaced.</summary>
public sealed class SignMemorandum(AppDb db, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Memorandum, Guid Organ, int Number, bool ForBureau, bool InForce, string Digest) : IAct { static string IAct.Name => "memorandum.signed"; }

    public async Task<Memorandum> RunAsync(Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.MemorandumSign);
        var memorandum = await db.Memoranda.SingleOrDefaultAsync(m => m.Id == id && (actor.IsBureau || m.Organ == actor.Organ), ct) ?? throw NotFound.Of("这份责任备忘录");
        memorandum.Sign(actor.IsBureau, actor.Name, clock.Now);
        if (memorandum.State == MemorandumState.Signed)
            foreach (var earlier in await db.Memoranda.Where(m => m.Organ == memorandum.Organ && m.Number < memorandum.Number && m.ReplacedAt == null).ToListAsync(ct)) earlier.Replace(clock.Now);
        await ledger.RecordAsync(new Act(memorandum.Id, memorandum.Organ, memorandum.Number, actor.IsBureau, memorandum.State == MemorandumState.Signed, memorandum.Digest),
            MakeMemorandum.About(memorandum), ItemsRules.BothWays, ct);
        return memorandum;
    }
}
