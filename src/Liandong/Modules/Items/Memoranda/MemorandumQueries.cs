using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Modules.Directory;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Items;

/// <summary>Where a department stands with its memorandum.</summary>
/// <param name="Latest">The newest version; null when none was made.</param>
/// <param name="Outdated">The register or the people have changed since the newest version.</param>
public sealed record MemorandumRow(Guid Organ, string OrganName, int Lines, Memorandum? Latest, bool Outdated);

/// <summary>Reads of memoranda: the bureau and the conference's roles see all, a department its own.</summary>
public static class MemorandumQueries
{
    public static async Task<IReadOnlyList<MemorandumRow>> ListAsync(AppDb db, Actor actor, MemorandumDraft draft, DateOnly today, CancellationToken ct)
    {
        actor.Demand(Rights.ItemView);
        var counts = await db.Responsibilities.AsNoTracking().Where(l => l.From <= today && (l.To == null || l.To >= today)).GroupBy(l => l.Organ).Select(g => new { g.Key, Lines = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Lines, ct);
        var latest = (await Visible(db, actor).AsNoTracking().ToListAsync(ct)).GroupBy(m => m.Organ).ToDictionary(g => g.Key, g => g.MaxBy(m => m.Number)!);
        var organs = await db.Organs.AsNoTracking().Where(o => o.Kind != OrganKind.Bureau && (o.To == null || o.To >= today)).OrderBy(o => o.Rank).ToListAsync(ct);
        var rows = new List<MemorandumRow>();
        foreach (var organ in organs.Where(o => SeesAll(actor) || o.Id == actor.Organ).Where(o => counts.ContainsKey(o.Id) || latest.ContainsKey(o.Id)))
        {
            var memorandum = latest.GetValueOrDefault(organ.Id);
            var outdated = memorandum is not null && MemorandumDraft.DigestOf(await draft.OfAsync(organ.Id, ct)) != memorandum.Digest;
            rows.Add(new MemorandumRow(organ.Id, organ.ShortName, counts.GetValueOrDefault(organ.Id), memorandum, outdated));
        }
        return rows;
    }

    public static async Task<Memorandum> FindAsync(AppDb db, Actor actor, Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.ItemView);
        return await Visible(db, actor).AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, ct) ?? throw NotFound.Of("这份责任备忘录");
    }

    public static async Task<IReadOnlyList<Memorandum>> VersionsAsync(AppDb db, Actor actor, Guid organ, CancellationToken ct)
    {
        actor.Demand(Rights.ItemView);
        return await Visible(db, actor).AsNoTracking().Where(m => m.Organ == organ).OrderByDescending(m => m.Number).ToListAsync(ct);
    }

    internal static IQueryable<Memorandum> Visible(AppDb db, Actor actor) => SeesAll(actor) ? db.Memoranda : db.Memoranda.Where(m => m.Organ == actor.Organ);

    // The bureau is a party to every memorandum; who keeps the register or watches over the whole district reads them all.
    private static bool SeesAll(Actor actor) => actor.IsBureau || actor.May(Rights.RegisterEdit) || (actor.May(Rights.OversightView) && !actor.May(Rights.PushClaim));

    public static string StateName(MemorandumState state) => state switch { MemorandumState.Draft => "待双方签署", MemorandumState.HalfSigned => "待对方签署", MemorandumState.Signed => "已生效", _ => "已被新版取代" };
}
