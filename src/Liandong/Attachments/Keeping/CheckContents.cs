using Liandong.Data;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Attachments;

/// <summary>Compares the store with the tables, byte by byte: what is missing, what has changed, what lies there without being entered. It changes nothing.</summary>
public sealed class CheckContents(AppDb db, IContentStore store, Clock clock)
{
    private const int Most = 100;

    /// <param name="What">One sentence per finding.</param>
    public sealed record Report(int Attachments, int Contents, IReadOnlyList<string> What);

    public async Task<Report> RunAsync(CancellationToken ct)
    {
        var findings = new List<string>();
        var entered = await db.StoredContents.AsNoTracking().Where(c => c.CondemnedAt == null).ToDictionaryAsync(c => c.Sm3, ct);
        foreach (var a in await db.Attachments.AsNoTracking().Where(a => !db.StoredContents.Any(c => c.Sm3 == a.Sm3)).OrderBy(a => a.Id).Select(a => new { a.Id, a.Sm3 }).Take(Most).ToListAsync(ct))
            findings.Add($"附件 {a.Id}: 内容 {a.Sm3} 没有登记在存储账上。");
        foreach (var a in await db.Attachments.AsNoTracking().Where(a => db.StoredContents.Any(c => c.Sm3 == a.Sm3 && (c.Sha256 != a.Sha256 || c.Size != a.Size))).OrderBy(a => a.Id).Select(a => a.Id).Take(Most).ToListAsync(ct))
            findings.Add($"附件 {a}: 记载的摘要或者大小与存储账不一致。");
        foreach (var content in entered.Values.Where(c => !c.Quarantined).OrderBy(c => c.Sm3, StringComparer.Ordinal))
        {
            await using var bytes = await store.OpenAsync(db.District, content.Sm3, ct);
            if (bytes is null) findings.Add($"存储 {content.Sm3}: 内容丢失。");
            else if (await ContentDigest.OfAsync(bytes, ct) is var digest && (digest.Sm3 != content.Sm3 || digest.Sha256 != content.Sha256 || digest.Size != content.Size)) findings.Add($"存储 {content.Sm3}: 内容被改动,现为 {digest.Size} 字节、SM3 {digest.Sm3}。");
        }
        // What arrived this moment may be entered before it is stored, and never the other way round: anything unknown is an orphan.
        var before = clock.Now;
        await foreach (var item in store.AllAsync(db.District, ct))
            if (!entered.ContainsKey(item.Sm3) && item.At < before && !await db.StoredContents.AnyAsync(c => c.Sm3 == item.Sm3, ct)) findings.Add($"存储 {item.Sm3}: 没有登记,也没有附件引用({item.Size} 字节)。");
        return new Report(await db.Attachments.CountAsync(ct), entered.Count, findings);
    }
}
