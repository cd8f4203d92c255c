using Liandong.Kernel.Calendar;

namespace Liandong.Kernel.Ledger;

/// <summary>Verifies one district's ledger, as stored or as exported.</summary>
public static class LedgerVerifier
{
    /// <inheritdoc cref="LedgerVerification"/>
    /// <returns>The faults by number; empty when the ledger is whole.</returns>
    public static IReadOnlyList<LedgerFinding> Verify(IEnumerable<LedgerLine> lines, Func<byte[], byte[]> digest,
        IEnumerable<LedgerSeal>? seals = null, Func<LedgerSeal, bool>? isGenuine = null)
    {
        var verification = new LedgerVerification(digest, seals, isGenuine);
        foreach (var line in lines) verification.Read(line);
        return verification.Finish();
    }
}

/// <summary>
/// Reads a district's ledger line by line in the order in which it is kept and names what is changed, missing or out of order.
/// Memory does not grow with the ledger: only the last line, open gaps and the seals are kept.
/// </summary>
/// <remarks>
/// A line is bound by its own hash and by the next line's. Without seals, entries cut off at the end leave no trace, and one
/// who can write the whole table can compute a new chain; the seals find both.
/// </remarks>
public sealed class LedgerVerification
{
    /// <summary>Faults beyond this number are counted and not described.</summary>
    public const int FindingsKept = 1000;

    private const int GapsKept = 1000;

    private readonly Func<byte[], byte[]> _digest;
    private readonly SortedDictionary<long, List<LedgerSeal>> _seals = [];
    private readonly List<LedgerFinding> _findings = [];
    private readonly List<Gap> _gaps = [];
    private LedgerLine? _last;
    private long _highest;
    private long _lastChanged;

    /// <param name="digest">The digest of the chain (SM3 in the product).</param>
    /// <param name="seals">Sealed heads of this district, in any order.</param>
    /// <param name="isGenuine">Checks a seal's signature; required with <paramref name="seals"/>, for an unchecked seal proves nothing.</param>
    public LedgerVerification(Func<byte[], byte[]> digest, IEnumerable<LedgerSeal>? seals = null, Func<LedgerSeal, bool>? isGenuine = null)
    {
        _digest = digest;
        foreach (var seal in seals ?? [])
        {
            if (!(isGenuine ?? throw new ArgumentNullException(nameof(isGenuine)))(seal))
            {
                Report(LedgerFault.BadSeal, seal.Number, $"第{seal.Number}号的密封签名无效(密钥 {seal.KeyId})。");
                continue;
            }
            if (_seals.TryGetValue(seal.Number, out var same)) same.Add(seal);
            else _seals.Add(seal.Number, [seal]);
        }
    }

    public long LinesRead { get; private set; }

    /// <summary>All faults, also those not described.</summary>
    public long FaultCount { get; private set; }

    /// <summary>The highest number read that a genuine seal confirms; what comes after it is bound by the chain alone.</summary>
    public long SealedThrough { get; private set; }

    public void Read(LedgerLine line)
    {
        LinesRead++;
        CheckPlace(line);
        CheckContent(line);
        CheckSeals(line);
        _last = line;
        _highest = Math.Max(_highest, line.Number);
    }

    /// <summary>Call once, after the last line.</summary>
    public IReadOnlyList<LedgerFinding> Finish()
    {
        foreach (var gap in _gaps) ReportMissing(gap);
        _gaps.Clear();
        foreach (var (number, seals) in _seals)
            if (number > _highest)
                Report(LedgerFault.Headless, number, $"第{number}号已于{SealedOn(seals[0])}密封,但账目止于第{_highest}号,末尾的记录被截去。");
        return [.. _findings.OrderBy(f => f.Number).ThenBy(f => f.Fault)];
    }

    private void CheckPlace(LedgerLine line)
    {
        if (line.Number == _highest + 1) return;
        if (line.Number > _highest + 1)
        {
            if (_gaps.Count == GapsKept)
            {
                ReportMissing(_gaps[0]);
                _gaps.RemoveAt(0);
            }
            _gaps.Add(new Gap(_highest + 1, line.Number - 1, new Jump(_highest + 1, line.Number)));
            return;
        }

        var at = _gaps.FindIndex(g => g.From <= line.Number && line.Number <= g.To);
        if (at < 0)
        {
            Report(LedgerFault.Reordered, line.Number, $"第{line.Number}号出现了不止一次,或编号不在应有的范围内。");
            return;
        }

        // The number was not missing but late. One finding tells of the whole displacement, at the place where it begins.
        var gap = _gaps[at];
        if (!gap.Jump.Reported)
            Report(LedgerFault.Reordered, gap.Jump.Expected, $"应为第{gap.Jump.Expected}号的位置上是第{gap.Jump.Found}号,记录的次序被打乱。");
        gap.Jump.Reported = true;
        _gaps.RemoveAt(at);
        if (line.Number < gap.To) _gaps.Insert(at, gap with { From = line.Number + 1 });
        if (gap.From < line.Number) _gaps.Insert(at, gap with { To = line.Number - 1 });
    }

    private void CheckContent(LedgerLine line)
    {
        if (LedgerChain.HashOf(line, _digest) != line.Hash)
        {
            ReportChanged(line.Number, $"第{line.Number}号的内容与其哈希不符,该条记录被改动。");
        }
        else if (line.Number == 1 ? line.PreviousHash != LedgerChain.Genesis : _last?.Number == line.Number - 1 && line.PreviousHash != _last.Hash)
        {
            // This line is true to itself, so the one before it no longer is what this one was chained to.
            var changed = Math.Max(1, line.Number - 1);
            ReportChanged(changed, changed == line.Number
                ? "第1号没有接在起始值之后,其前的记录被删去,或全部记录被改写。"
                : $"第{line.Number}号所接的不是现在的第{changed}号,第{changed}号或其以前的记录被改动并重新计算了哈希。");
        }
    }

    private void CheckSeals(LedgerLine line)
    {
        if (!_seals.TryGetValue(line.Number, out var seals)) return;
        foreach (var seal in seals)
        {
            if (seal.Hash == line.Hash && seal.District == line.District) SealedThrough = Math.Max(SealedThrough, line.Number);
            else Report(LedgerFault.BadSeal, line.Number, $"第{line.Number}号与{SealedOn(seal)}密封的不符,该号或其以前的记录在密封后被改写。");
        }
    }

    private void ReportChanged(long number, string sentence)
    {
        if (_lastChanged == number) return;
        _lastChanged = number;
        Report(LedgerFault.Changed, number, sentence);
    }

    private void ReportMissing(Gap gap) =>
        Report(LedgerFault.Missing, gap.From, gap.From == gap.To ? $"缺少第{gap.From}号。" : $"缺少第{gap.From}号至第{gap.To}号,共{gap.To - gap.From + 1}条。");

    private void Report(LedgerFault fault, long number, string sentence)
    {
        FaultCount++;
        if (_findings.Count < FindingsKept) _findings.Add(new LedgerFinding(fault, number, sentence));
    }

    private static string SealedOn(LedgerSeal seal) => $"{Beijing.DayOf(seal.At):yyyy-MM-dd}";

    /// <summary>Numbers that have not come yet, and the jump over them.</summary>
    private sealed record Gap(long From, long To, Jump Jump);

    private sealed class Jump(long expected, long found)
    {
        public long Expected { get; } = expected;
        public long Found { get; } = found;
        public bool Reported { get; set; }
    }
}
