using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Liandong.Attachments;

/// <summary>AWS Signature Version 4, as S3 and its compatible servers ask for it.</summary>
public static class SigV4
{
    public const string EmptyPayload = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    public sealed record Credentials(string Key, string Secret, string Region, string Service);

    /// <summary>Value of the <c>Authorization</c> header.</summary>
    /// <param name="path">Absolute and unescaped; escaped here as S3 does, each segment once.</param>
    /// <param name="headers">Every header that is signed, <c>host</c> and <c>x-amz-date</c> among them.</param>
    /// <param name="payload">SHA-256 of the body, hex.</param>
    public static string Authorization(string method, string path, IEnumerable<KeyValuePair<string, string>> query, IEnumerable<KeyValuePair<string, string>> headers, string payload, DateTimeOffset at, Credentials by)
    {
        var signed = headers.Select(h => KeyValuePair.Create(h.Key.ToLowerInvariant(), h.Value.Trim())).OrderBy(h => h.Key, StringComparer.Ordinal).ToList();
        var names = string.Join(';', signed.Select(h => h.Key));
        var canonical = string.Join('\n', method, EscapePath(path), QueryOf(query), string.Concat(signed.Select(h => $"{h.Key}:{h.Value}\n")), names, payload);
        var day = at.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var scope = $"{day}/{by.Region}/{by.Service}/aws4_request";
        var text = string.Join('\n', "AWS4-HMAC-SHA256", StampOf(at), scope, Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        var key = new[] { day, by.Region, by.Service, "aws4_request" }.Aggregate(Encoding.UTF8.GetBytes("AWS4" + by.Secret), (k, part) => HMACSHA256.HashData(k, Encoding.UTF8.GetBytes(part)));
        return $"AWS4-HMAC-SHA256 Credential={by.Key}/{scope},SignedHeaders={names},Signature={Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)))}";
    }

    public static string StampOf(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The query as it is signed and sent.</summary>
    public static string QueryOf(IEnumerable<KeyValuePair<string, string>> query) =>
        string.Join('&', query.Select(q => (Name: Escape(q.Key), Value: Escape(q.Value))).OrderBy(q => q.Name, StringComparer.Ordinal).ThenBy(q => q.Value, StringComparer.Ordinal).Select(q => $"{q.Name}={q.Value}"));

    public static string EscapePath(string path) => string.Join('/', path.Split('/').Select(Escape));

    // RFC 3986: Uri.EscapeDataString leaves exactly the unreserved characters.
    private static string Escape(string text) => Uri.EscapeDataString(text);

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
