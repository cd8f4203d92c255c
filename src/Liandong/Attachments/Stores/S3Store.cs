using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Xml;
using System.Xml.Linq;

namespace Liandong.Attachments;

/// <summary>
/// The store in a bucket of an S3-compatible server: <c>&lt;prefix&gt;&lt;district&gt;/ab/cd/abcd…</c>. The server shows an object only once it has
/// received it whole, and compares it with the SHA-256 that is signed with the request.
/// </summary>
public sealed class S3Store(S3Settings settings, HttpClient http, TimeProvider time) : IContentStore
{
    private readonly SigV4.Credentials by = new(settings.Key, settings.Secret, settings.Region, "s3");

    private string NameOf(string district, string sm3) => $"{settings.Prefix}{district}/{sm3[..2]}/{sm3[2..4]}/{sm3}";

    private string QuarantineOf(string district, string sm3) => $"{settings.Prefix}.quarantine/{district}/{sm3}";

    public async Task PutAsync(string district, ContentDigest digest, string path, CancellationToken ct)
    {
        await using (var content = File.OpenRead(path))
        {
            using var answer = await SendAsync(HttpMethod.Put, NameOf(district, digest.Sm3), [], digest.Sha256, new StreamContent(content) { Headers = { ContentLength = digest.Size } }, ct: ct);
            await MustSucceedAsync(answer, ct);
        }
        File.Delete(path);
    }

    public async Task<Stream?> OpenAsync(string district, string sm3, CancellationToken ct)
    {
        var answer = await SendAsync(HttpMethod.Get, NameOf(district, sm3), [], ct: ct);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            answer.Dispose();
            return null;
        }
        await MustSucceedAsync(answer, ct);
        // The stream belongs to the answer, which ends when the stream is closed.
        return await answer.Content.ReadAsStreamAsync(ct);
    }

    public async Task QuarantineAsync(string district, string sm3, CancellationToken ct)
    {
        var source = $"/{settings.Bucket}/{NameOf(district, sm3)}";
        using (var copied = await SendAsync(HttpMethod.Put, QuarantineOf(district, sm3), [], headers: [new("x-amz-copy-source", SigV4.EscapePath(source))], ct: ct))
        {
            if (copied.StatusCode == HttpStatusCode.NotFound) return;
            await MustSucceedAsync(copied, ct);
        }
        using var deleted = await SendAsync(HttpMethod.Delete, NameOf(district, sm3), [], ct: ct);
        await MustSucceedAsync(deleted, ct);
    }

    public async Task DeleteAsync(string district, string sm3, CancellationToken ct)
    {
        foreach (var name in new[] { NameOf(district, sm3), QuarantineOf(district, sm3) })
        {
            using var answer = await SendAsync(HttpMethod.Delete, name, [], ct: ct);
            if (answer.StatusCode != HttpStatusCode.NotFound) await MustSucceedAsync(answer, ct);
        }
    }

    public async IAsyncEnumerable<StoredItem> AllAsync(string district, [EnumeratorCancellation] CancellationToken ct)
    {
        var after = "";
        while (true)
        {
            List<KeyValuePair<string, string>> query = [new("list-type", "2"), new("prefix", $"{settings.Prefix}{district}/")];
            if (after.Length > 0) query.Add(new("continuation-token", after));
            using var answer = await SendAsync(HttpMethod.Get, null, query, ct: ct);
            await MustSucceedAsync(answer, ct);
            await using var body = await answer.Content.ReadAsStreamAsync(ct);
            using var reader = XmlReader.Create(body, new XmlReaderSettings { Async = true, DtdProcessing = DtdProcessing.Prohibit });
            var list = (await XDocument.LoadAsync(reader, LoadOptions.None, ct)).Root!;
            foreach (var item in list.Elements().Where(e => e.Name.LocalName == "Contents"))
                yield return new StoredItem(ValueOf(item, "Key").Split('/')[^1], long.Parse(ValueOf(item, "Size"), CultureInfo.InvariantCulture), DateTimeOffset.Parse(ValueOf(item, "LastModified"), CultureInfo.InvariantCulture));
            if (ValueOf(list, "IsTruncated") != "true") yield break;
            after = ValueOf(list, "NextContinuationToken");
        }

        static string ValueOf(XElement element, string name) => element.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value ?? "";
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string? name, IReadOnlyList<KeyValuePair<string, string>> query, string payload = SigV4.EmptyPayload, HttpContent? body = null,
        IReadOnlyList<KeyValuePair<string, string>>? headers = null, CancellationToken ct = default)
    {
        var path = $"{settings.Endpoint.AbsolutePath.TrimEnd('/')}/{settings.Bucket}" + (name is null ? "" : "/" + name);
        var now = time.GetUtcNow();
        List<KeyValuePair<string, string>> signed = [new("host", settings.Endpoint.Authority), new("x-amz-content-sha256", payload), new("x-amz-date", SigV4.StampOf(now)), .. headers ?? []];
        var address = $"{settings.Endpoint.Scheme}://{settings.Endpoint.Authority}{SigV4.EscapePath(path)}{(query.Count > 0 ? "?" + SigV4.QueryOf(query) : "")}";
        using var request = new HttpRequestMessage(method, new Uri(address)) { Content = body };
        foreach (var (header, value) in signed.Where(h => h.Key != "host")) request.Headers.TryAddWithoutValidation(header, value);
        request.Headers.TryAddWithoutValidation("Authorization", SigV4.Authorization(method.Method, path, query, signed, payload, now, by));
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
    }

    private static async Task MustSucceedAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        if (answer.IsSuccessStatusCode) return;
        var said = await answer.Content.ReadAsStringAsync(ct);
        throw new IOException($"The S3 server answered {(int)answer.StatusCode}: {said[..Math.Min(said.Length, 500)]}");
    }
}
