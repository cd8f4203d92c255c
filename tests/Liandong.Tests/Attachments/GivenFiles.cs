using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Liandong.Attachments;
using Xunit;

namespace Liandong.Tests.Attachments;

/// <summary>Sends and reads files as the API's clients do.</summary>
internal static class GivenFiles
{
    public sealed record Row(Guid Id, string Name, string Type, long Size, string Sm3, string Sha256, string Origin, bool Backfilled, DateOnly? OriginalOn, string Scan, bool MayOpen, bool MayPreview, bool MayRemove);

    public static string ListOf(string kind, Guid matter) => $"/api/v1/attachments?kind={kind}&matter={matter}";

    public static Task<HttpResponseMessage> PostFilesAsync(this HttpClient client, string kind, Guid matter, params (string Name, byte[] Content)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, content) in files) form.Add(new ByteArrayContent(content), "file", name);
        return client.PostAsync(ListOf(kind, matter), form, Office.Stop);
    }

    /// <summary>One file attached whole.</summary>
    public static async Task<Row> AttachAsync(this HttpClient client, string kind, Guid matter, string name, byte[] content)
    {
        var answer = await client.PostFilesAsync(kind, matter, (name, content));
        var text = await answer.Content.ReadAsStringAsync(Office.Stop);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, $"{answer.StatusCode} {text}");
        return Assert.Single(JsonSerializer.Deserialize<Row[]>(text, JsonSerializerOptions.Web)!);
    }

    public static async Task<Row[]> FilesOfAsync(this HttpClient client, string kind, Guid matter) => (await client.GetFromJsonAsync<Row[]>(ListOf(kind, matter), Office.Stop))!;

    public static string MetadataOf(params (string Name, string Value)[] pairs) => string.Join(',', pairs.Select(p => $"{p.Name} {Convert.ToBase64String(Encoding.UTF8.GetBytes(p.Value))}"));

    public static Task<HttpResponseMessage> BeginAsync(this HttpClient client, long length, params (string Name, string Value)[] metadata)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/uploads");
        request.Headers.Add("Tus-Resumable", "1.0.0");
        request.Headers.Add("Upload-Length", length.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("Upload-Metadata", MetadataOf(metadata));
        return client.SendAsync(request, Office.Stop);
    }

    public static async Task<string> BegunAsync(this HttpClient client, long length, params (string Name, string Value)[] metadata)
    {
        var answer = await client.BeginAsync(length, metadata);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, $"{answer.StatusCode} {await answer.Content.ReadAsStringAsync(Office.Stop)}");
        return answer.Headers.Location!.ToString();
    }

    public static Task<HttpResponseMessage> PieceAsync(this HttpClient client, string place, long offset, byte[] piece) => client.PieceAsync(place, offset, new ByteArrayContent(piece));

    public static Task<HttpResponseMessage> PieceAsync(this HttpClient client, string place, long offset, HttpContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Patch, place) { Content = content };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        request.Headers.Add("Upload-Offset", offset.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("Tus-Resumable", "1.0.0");
        return client.SendAsync(request, Office.Stop);
    }

    public static async Task<long> OffsetAsync(this HttpClient client, string place)
    {
        var answer = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, place), Office.Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return OffsetOf(answer);
    }

    public static long OffsetOf(HttpResponseMessage answer) => long.Parse(answer.Headers.GetValues("Upload-Offset").Single(), CultureInfo.InvariantCulture);

    /// <summary>Everything that lies under the store's folder, without the folders.</summary>
    public static string[] StoredFiles(this Office office) => System.IO.Directory.Exists(FolderOf(office)) ? [.. System.IO.Directory.EnumerateFiles(FolderOf(office), "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(FolderOf(office), f)).Order(StringComparer.Ordinal)] : [];

    public static string FolderOf(Office office) => Path.Combine(office.Database.DataFolder, "files");

    /// <summary>The form of a page with files, as a browser without script sends it.</summary>
    public static async Task<HttpResponseMessage> SubmitFilesAsync(this HttpClient client, string address, string name, string field, (string Name, byte[] Content)[] files, params (string Name, string Value)[] fields)
    {
        var filled = await client.FormAsync(address, name, fields);
        var form = new MultipartFormDataContent();
        foreach (var (key, value) in filled.Fields) form.Add(new StringContent(value), key);
        foreach (var (file, content) in files) form.Add(new ByteArrayContent(content), field, file);
        return await client.PostAsync(address, form, Office.Stop);
    }
}
