using Liandong.Kernel.Ledger;

namespace Liandong.Ledgers;

/// <summary>A signed chain head as kept in the database; the same line stands in <c>data/seals</c> and on the public page.</summary>
public sealed class LedgerSealRow
{
    public required string District { get; init; }
    public required long Number { get; init; }
    public required string Hash { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Signature { get; init; }
    public required string KeyId { get; init; }

    public LedgerSeal ToSeal() => new(District, Number, Hash, At, Signature, KeyId);
}
