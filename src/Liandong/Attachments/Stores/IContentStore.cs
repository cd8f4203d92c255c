using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Digests;

namespace Liandong.Attachments;

/// <summary>Both digests of a content, hex, and its size in bytes.</summary>
public sealed record ContentDigest(string Sm3, string Sha256, long Size)
{
    /// <summary>Reads to the end.</summary>
    public static async Task<ContentDigest> OfAsync(Stream content, CancellationToken ct)
    {
        var sm3 = new SM3Digest();
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (buffer, size) = (new byte[128 * 1024], 0L);
        for (int read; (read = await content.ReadAsync(buffer, ct)) > 0; size += read)
        {
            sm3.BlockUpdate(buffer, 0, read);
            sha256.AppendData(buffer, 0, read);
        }
        var result = new byte[sm3.GetDigestSize()];
        sm3.DoFinal(result, 0);
        return new ContentDigest(Convert.ToHexStringLower(result), Convert.ToHexStringLower(sha256.GetHashAndReset()), size);
    }
}

/// <param name="At">When it was last written.</param>
public sealed record StoredItem(string Sm3, long Size, DateTimeOffset At);

/// <summary>
/// Where the bytes lie, by district and digest. A content is there whole or not at all; putting it twice changes nothing. Only
/// <see cref="KeepContent"/>, the scanner and the collector write.
/// </summary>
public interface IContentStore
{
    /// <summary>Takes the file over: afterwards it is in the store and no longer at the path.</summary>
    Task PutAsync(string district, ContentDigest digest, string path, CancellationToken ct);

    /// <summary>Null when it is not there, or in quarantine.</summary>
    Task<Stream?> OpenAsync(string district, string sm3, CancellationToken ct);

    /// <summary>Moves it where <see cref="OpenAsync"/> does not look. Doing it again changes nothing.</summary>
    Task QuarantineAsync(string district, string sm3, CancellationToken ct);

    /// <summary>Deletes it, from quarantine too.</summary>
    Task DeleteAsync(string district, string sm3, CancellationToken ct);

    /// <summary>What lies open in the store, in no order.</summary>
    IAsyncEnumerable<StoredItem> AllAsync(string district, CancellationToken ct);
}
