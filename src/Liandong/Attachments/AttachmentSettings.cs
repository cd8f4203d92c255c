using System.Globalization;

namespace Liandong.Attachments;

/// <summary>What an installation decides about attachments; <c>docs/operations/running.md</c> lists the keys.</summary>
/// <param name="FileBytes">The largest file.</param>
/// <param name="MatterBytes">All files of one matter together.</param>
/// <param name="Types">Codes of the types that are taken in.</param>
/// <param name="Scanner">Where ClamAV's <c>clamd</c> listens: <c>host:port</c> or <c>unix:/path</c>. Null: nothing is scanned.</param>
/// <param name="OpenUnscanned">Files may be opened before the scanner has seen them. Otherwise they are held.</param>
/// <param name="S3">Null: files lie under the data folder.</param>
public sealed record AttachmentSettings(long FileBytes, long MatterBytes, IReadOnlySet<string> Types, string? Scanner, bool OpenUnscanned, S3Settings? S3)
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>How much of a file one request of the page's script carries, in bytes.</summary>
    public const long Chunk = 4 * Megabyte;

    public long FileMegabytes => FileBytes / Megabyte;
    public long MatterMegabytes => MatterBytes / Megabyte;

    public static AttachmentSettings Of(IConfiguration? settings)
    {
        var own = settings?.GetSection("attachments");
        var types = own?["types"] is { Length: > 0 } listed
            ? listed.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(t => t.ToLowerInvariant()).ToHashSet()
            : FileTypes.All.Select(t => t.Code).ToHashSet();
        if (types.FirstOrDefault(t => FileTypes.Of(t) is null) is { } unknown) throw new InvalidOperationException($"attachments:types names {unknown}; known are {string.Join(", ", FileTypes.All.Select(t => t.Code))}.");
        var s3 = own?.GetSection("s3");
        return new(
            Number(own, "max-file-mb", 200) * Megabyte, Number(own, "max-matter-mb", 2000) * Megabyte, types, own?["clamav"] is { Length: > 0 } scanner ? scanner : null, own?.GetValue("open-unscanned", false) ?? false,
            s3?["endpoint"] is { Length: > 0 } endpoint ? new S3Settings(new Uri(endpoint.TrimEnd('/')), Needed(s3, "bucket"), s3["region"] ?? "us-east-1", Needed(s3, "key"), Needed(s3, "secret"), s3["prefix"] ?? "") : null);
    }

    private static long Number(IConfiguration? section, string key, long otherwise) => section?[key] is not { Length: > 0 } text ? otherwise
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : throw new InvalidOperationException($"attachments:{key} is a whole number of megabytes.");

    private static string Needed(IConfiguration section, string key) => section[key] is { Length: > 0 } value ? value : throw new InvalidOperationException($"attachments:s3:{key} is missing.");
}

/// <param name="Endpoint">Scheme, host and port; the bucket follows in the path.</param>
/// <param name="Prefix">Put before every name, so that several installations may share a bucket.</param>
public sealed record S3Settings(Uri Endpoint, string Bucket, string Region, string Key, string Secret, string Prefix);
