using System.Text;

namespace Liandong.Kernel.Ledger;

/// <summary>
/// A signed statement that a district's chain stood at this number with this hash. Kept outside the database as well, it shows
/// what the chain alone cannot: that entries were cut off at the end, or that all of it was written anew.
/// </summary>
/// <param name="Number">The last entry at the time of sealing.</param>
/// <param name="Hash">The hash of that entry.</param>
/// <param name="Signature">Over <see cref="SignedContent"/>, in the encoding of the signer.</param>
/// <param name="KeyId">Which key signed.</param>
public sealed record LedgerSeal(string District, long Number, string Hash, DateTimeOffset At, string Signature, string KeyId)
{
    /// <summary>What is signed: the fields but the signature, one a line, in UTF-8.</summary>
    public byte[] SignedContent() => Encoding.UTF8.GetBytes($"liandong ledger seal\n{District}\n{Number}\n{Hash}\n{At.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\n{KeyId}\n");
}
