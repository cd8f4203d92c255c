using System.Text;
using Org.BouncyCastle.Crypto.Digests;

namespace Liandong.Data;

/// <summary>SM3 (GM/T 0004-2012), the digest of the ledger, of attachments and of idempotency fingerprints.</summary>
public static class Sm3
{
    [ThreadStatic] private static SM3Digest? digest;

    public static byte[] Digest(byte[] data)
    {
        var sm3 = digest ??= new SM3Digest();
        sm3.BlockUpdate(data, 0, data.Length);
        var result = new byte[sm3.GetDigestSize()];
        sm3.DoFinal(result, 0);
        return result;
    }

    public static string HexOf(string text) => Convert.ToHexStringLower(Digest(Encoding.UTF8.GetBytes(text)));
}
