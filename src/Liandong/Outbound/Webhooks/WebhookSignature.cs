using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Liandong.Outbound;

/// <summary>Standard Webhooks 1.0, symmetric: <c>v1,</c> and the base64 of HMAC-SHA256 over id, timestamp and body.</summary>
public static class WebhookSignature
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";
    private const string Prefix = "whsec_";

    public static string NewSecret() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    public static string Sign(string secret, string id, DateTimeOffset at, string body)
    {
        var key = Convert.FromBase64String(secret.StartsWith(Prefix, StringComparison.Ordinal) ? secret[Prefix.Length..] : secret);
        var signed = string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}.{body}");
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(signed)));
    }

    /// <summary>One signature for each secret that holds, so that a receiver can change over.</summary>
    public static string SignWithAll(IEnumerable<string> secrets, string id, DateTimeOffset at, string body) => string.Join(' ', secrets.Select(s => Sign(s, id, at, body)));
}
