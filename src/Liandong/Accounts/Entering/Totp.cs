using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Liandong.Accounts;

/// <summary>
/// Time-based one-time codes (RFC 6238: HMAC-SHA-1, 30 seconds, six digits, as every authenticator app does). Written out because the
/// framework's provider reads the machine's clock and takes the same code twice.
/// </summary>
public static class Totp
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int StepSeconds = 30;

    /// <summary>How many steps a phone's clock may differ, either way.</summary>
    private const int Drift = 1;

    /// <summary>160 random bits in Base32.</summary>
    public static string NewSecret() => Encode(RandomNumberGenerator.GetBytes(20));

    public static long StepAt(DateTimeOffset now) => now.ToUnixTimeSeconds() / StepSeconds;

    public static string CodeAt(string secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[20];
#pragma warning disable CA5350 // RFC 6238 as authenticator apps speak it; HMAC does not rest on SHA-1's resistance to collisions.
        HMACSHA1.HashData(Decode(secret), counter, hash);
#pragma warning restore CA5350
        var offset = hash[^1] & 0xf;
        return ((BinaryPrimitives.ReadInt32BigEndian(hash[offset..]) & 0x7fffffff) % 1_000_000).ToString("D6");
    }

    /// <summary>The step that a code belongs to, later than <paramref name="after"/>; null when the code is wrong, too old, or used.</summary>
    public static long? StepOf(string secret, string code, DateTimeOffset now, long after)
    {
        var digits = string.Concat(code.Where(char.IsAsciiDigit));
        for (var step = StepAt(now) - Drift; step <= StepAt(now) + Drift; step++)
            if (step > after && CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(digits), System.Text.Encoding.ASCII.GetBytes(CodeAt(secret, step)))) return step;
        return null;
    }

    /// <summary>What the QR code holds.</summary>
    public static string AddressOf(string secret, string issuer, string userName) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(userName)}?secret={secret}&issuer={Uri.EscapeDataString(issuer)}&digits=6&period={StepSeconds}";

    /// <summary>Ten codes of 50 random bits, for the day the phone is lost.</summary>
    public static IReadOnlyList<string> NewRecoveryCodes() =>
        [.. Enumerable.Range(0, 10).Select(_ => Encode(RandomNumberGenerator.GetBytes(7))[..10]).Select(code => $"{code[..5]}-{code[5..]}")];

    /// <summary>How a recovery code is compared: letters and digits alone.</summary>
    public static string NormalRecoveryCode(string typed) => string.Concat(typed.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();

    private static string Encode(byte[] bytes)
    {
        var (text, buffer, bits) = (new System.Text.StringBuilder(), 0, 0);
        foreach (var one in bytes)
        {
            (buffer, bits) = ((buffer << 8) | one, bits + 8);
            for (; bits >= 5; bits -= 5) text.Append(Base32[(buffer >> (bits - 5)) & 31]);
        }
        return text.ToString();
    }

    private static byte[] Decode(string text)
    {
        var (bytes, buffer, bits) = (new List<byte>(), 0, 0);
        foreach (var letter in text)
        {
            (buffer, bits) = ((buffer << 5) | Base32.IndexOf(letter, StringComparison.Ordinal), bits + 5);
            if (bits < 8) continue;
            bytes.Add((byte)(buffer >> (bits - 8)));
            bits -= 8;
        }
        return [.. bytes];
    }
}
