using Liandong.Accounts;
using Liandong.Data;
using Liandong.Desk;
using Liandong.Kernel;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Ledgers;

/// <param name="Act">Stored name; null for all.</param>
public sealed record LedgerFilter(string? Act = null, DateOnly? From = null, DateOnly? To = null, Guid? Subject = null, long? Before = null);

public sealed record LedgerRow(long Number, DateTimeOffset At, string Act, string What, string Who, string Organ, string OnBehalfOf, string Channel, string SubjectKind, Guid SubjectId, string SubjectTitle, string Clause, string Hash);

public sealed record LedgerDetail(LedgerEntry Entry, LedgerRow Row, bool HashHolds, bool ChainHolds, LedgerSealRow? SealedBy);

public sealed record LedgerCheck(long Entries, long SealedThrough, IReadOnlyList<LedgerFinding> Findings, long Faults);

/// <summary>Reads of the ledger for the audit administrator, and the heads that are public.</summary>
public static class LedgerQueries
{
    public static async Task<IReadOnlyList<LedgerRow>> ListAsync(AppDb db, Actor actor, LedgerFilter filter, int take, CancellationToken ct)
    {
        actor.Demand(Rights.AuditView);
        var entries = db.LedgerEntries.AsNoTracking();
        if (filter.Before is { } before) entries = entries.Where(e => e.Number < before);
        if (!string.IsNullOrEmpty(filter.Act)) entries = entries.Where(e => e.Act == filter.Act);
        if (filter.Subject is { } subject) entries = entries.Where(e => e.SubjectId == subject);
        if (filter.From is { } from)
        {
            var start = Beijing.StartOf(from);
            entries = entries.Where(e => e.At >= start);
        }
        if (filter.To is { } to)
        {
            var end = Beijing.EndOf(to);
            entries = entries.Where(e => e.At < end);
        }
        var rows = await entries.OrderByDescending(e => e.Number).Take(take).ToListAsync(ct);
        var names = await TimelineQueries.NamesAsync(db, rows, ct);
        return [.. rows.Select(e => RowOf(e, names))];
    }

    /// <summary>One entry with its proof. The audit administrator reads any; others those of acts that their organ did.</summary>
    public static async Task<LedgerDetail> OneAsync(AppDb db, Actor actor, long number, CancellationToken ct)
    {
        var organ = actor.RequireOrgan();
        var entry = await db.LedgerEntries.AsNoTracking().FirstOrDefaultAsync(e => e.Number == number, ct);
        if (entry is null || !(actor.May(Rights.AuditView) || (actor.May(Rights.DeskUse) && (entry.Organ == organ || actor.IsBureau || await IsPartyAsync(db, actor, entry, ct))))) throw NotFound.Of("该台账记录");
        var previous = number == 1 ? LedgerChain.Genesis : await db.LedgerEntries.AsNoTracking().Where(e => e.Number == number - 1).Select(e => e.Hash).FirstOrDefaultAsync(ct);
        var seal = await db.LedgerSeals.AsNoTracking().Where(s => s.Number >= number).OrderBy(s => s.Number).FirstOrDefaultAsync(ct);
        return new LedgerDetail(entry, RowOf(entry, await TimelineQueries.NamesAsync(db, [entry], ct)), LedgerChain.HashOf(entry.ToLine(), Sm3.Digest) == entry.Hash, previous == entry.PreviousHash, seal);
    }

    /// <summary>Whoever reads a duty about the entry's subject sees on its timeline what each side did, and may look the proof up.</summary>
    private static Task<bool> IsPartyAsync(AppDb db, Actor actor, LedgerEntry entry, CancellationToken ct) =>
        DutyQueries.Readable(db, actor).AnyAsync(d => d.SubjectKind == entry.SubjectKind && d.SubjectId == entry.SubjectId, ct);

    /// <summary>Reads the whole chain once, line by line.</summary>
    public static async Task<LedgerCheck> VerifyAsync(AppDb db, Actor actor, SealKey key, CancellationToken ct)
    {
        actor.Demand(Rights.LedgerVerify);
        var through = await db.ChainHeads.AsNoTracking().Where(h => h.District == db.District).Select(h => h.Number).FirstOrDefaultAsync(ct);
        var seals = await db.LedgerSeals.AsNoTracking().ToListAsync(ct);
        var publicKey = key.PublicKey;
        var verification = new LedgerVerification(Sm3.Digest, seals.Select(s => s.ToSeal()), s => SealKey.IsGenuine(s, publicKey));
        await foreach (var line in LedgerExport.LinesAsync(db, long.MaxValue).WithCancellation(ct)) verification.Read(line);
        var findings = verification.Finish().ToList();
        if (verification.LinesRead < through && findings.Count == 0) findings.Add(new LedgerFinding(LedgerFault.Headless, through, $"链头是第{through}号,账目止于第{verification.LinesRead}号,末尾的记录被截去。"));
        return new LedgerCheck(verification.LinesRead, verification.SealedThrough, findings, Math.Max(verification.FaultCount, findings.Count));
    }

    /// <summary>The latest sealed heads: digests and signatures, no content, for anybody to keep outside.</summary>
    public static async Task<IReadOnlyList<LedgerSeal>> HeadsAsync(AppDb db, int take, CancellationToken ct) =>
        [.. (await db.LedgerSeals.AsNoTracking().OrderByDescending(s => s.Number).Take(take).ToListAsync(ct)).Select(s => s.ToSeal())];

    private static LedgerRow RowOf(LedgerEntry e, ActorNames names) => new(e.Number, e.At, e.Act, ActNames.Of(e.Act), names.Person(e), names.Organ(e), names.OnBehalfOf(e), e.Channel, e.SubjectKind, e.SubjectId, e.SubjectTitle, e.Clause, e.Hash);
}
