using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Liandong.Attachments;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Attachments;

/// <summary>The store in a bucket: signatures by the published examples, requests by a server that is not ours.</summary>
public sealed class S3StoreTests
{
    private const string Bucket = "liandong";

    /// <summary>The examples of “Signature Calculations for the Authorization Header” in the Amazon S3 API reference.</summary>
    [Theory]
    [InlineData("GET", "/test.txt", "", "range|bytes=0-9", SigV4.EmptyPayload, "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")]
    [InlineData("PUT", "/test$file.text", "", "date|Fri, 24 May 2013 00:00:00 GMT;x-amz-storage-class|REDUCED_REDUNDANCY", "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072", "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd")]
    [InlineData("GET", "/", "lifecycle|", "", SigV4.EmptyPayload, "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")]
    [InlineData("GET", "/", "max-keys|2;prefix|J", "", SigV4.EmptyPayload, "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")]
    public void The_signature_is_that_of_the_published_examples(string method, string path, string query, string headers, string payload, string signature)
    {
        var at = new DateTimeOffset(2013, 5, 24, 0, 0, 0, TimeSpan.Zero);
        var authorization = SigV4.Authorization(method, path, Pairs(query), [new("Host", "examplebucket.s3.amazonaws.com"), new("x-amz-content-sha256", payload), new("x-amz-date", "20130524T000000Z"), .. Pairs(headers)], payload, at,
            new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1", "s3"));
        Assert.StartsWith("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=", authorization, StringComparison.Ordinal);
        Assert.EndsWith(",Signature=" + signature, authorization, StringComparison.Ordinal);

        static IEnumerable<KeyValuePair<string, string>> Pairs(string text) => text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('|')).Select(p => KeyValuePair.Create(p[0], p[1]));
    }

    /// <summary>The whole way, from the upload to quarantine and check, over s3rver: it knows keys, times and requests, and does not compute signatures of version 4.</summary>
    [Fact]
    public async Task Files_lie_in_a_bucket_of_a_server_that_is_not_ours()
    {
        await using var server = await S3Server.StartAsync();
        await using var office = await Office.OpenAsync(Database.Sqlite, Liandong.Kernel.Calendar.Beijing.DayOf(TimeProvider.System.GetUtcNow()).AddDays(-1), settings: new()
        {
            ["attachments:s3:endpoint"] = server.Address, ["attachments:s3:bucket"] = Bucket, ["attachments:s3:key"] = "S3RVER", ["attachments:s3:secret"] = "S3RVER", ["attachments:s3:prefix"] = "历下 1/",
        });
        // The server refuses requests of another hour.
        office.Time.SetUtcNow(TimeProvider.System.GetUtcNow());
        var linked = await office.Given.LinkedAsync();
        var push = await office.Given.PushDeliveredAsync(linked.First);
        var bureau = office.Client(linked.Approver);
        var file = SampleFiles.LargePdf(700_000);
        var row = await bureau.AttachAsync("case", push.Case, "图.pdf", file);
        await bureau.AttachAsync("case", push.Case, "又一次.pdf", file);
        Assert.Empty(office.StoredFiles());
        var got = await office.Client(linked.FirstOfficer).GetAsync($"/attachments/{row.Id}", Office.Stop);
        Assert.Equal(file.Length, got.Content.Headers.ContentLength);
        Assert.Equal(file, await got.Content.ReadAsByteArrayAsync(Office.Stop));

        var store = office.Services.GetRequiredService<IContentStore>();
        var all = new List<StoredItem>();
        await foreach (var item in store.AllAsync(Office.DistrictCode, Office.Stop)) all.Add(item);
        Assert.Equal((row.Sm3, 700_000L), Assert.Single(all) is var one ? (one.Sm3, one.Size) : default);
        Assert.Empty((await office.ActAsync(s => s.GetRequiredService<CheckContents>().RunAsync(Office.Stop))).What);

        await store.QuarantineAsync(Office.DistrictCode, row.Sm3, Office.Stop);
        await store.QuarantineAsync(Office.DistrictCode, row.Sm3, Office.Stop);
        Assert.Null(await store.OpenAsync(Office.DistrictCode, row.Sm3, Office.Stop));
        Assert.Contains("丢失", Assert.Single((await office.ActAsync(s => s.GetRequiredService<CheckContents>().RunAsync(Office.Stop))).What), StringComparison.Ordinal);
        await store.DeleteAsync(Office.DistrictCode, row.Sm3, Office.Stop);

        // A key that the server does not know.
        using var http = new HttpClient();
        var wrong = new S3Store(new S3Settings(new Uri(server.Address), Bucket, "us-east-1", "UNKNOWN", "wrong", ""), http, TimeProvider.System);
        Assert.Contains("InvalidAccessKeyId", (await Assert.ThrowsAsync<IOException>(() => wrong.OpenAsync(Office.DistrictCode, row.Sm3, Office.Stop))).Message, StringComparison.Ordinal);
    }

    /// <summary>s3rver of npm, found by LIANDONG_TEST_S3RVER (the folder with its node_modules); the test is skipped aloud where there is none.</summary>
    private sealed class S3Server(Process process, string folder, string address) : IAsyncDisposable
    {
        public string Address => address;

        public static async Task<S3Server> StartAsync()
        {
            var program = Environment.GetEnvironmentVariable("LIANDONG_TEST_S3RVER") is { Length: > 0 } home ? Path.Combine(home, "node_modules", "s3rver", "bin", "s3rver.js") : "";
            Assert.SkipUnless(File.Exists(program), "No S3 server is here: ./test installs s3rver where npm is.");
            var folder = System.IO.Directory.CreateTempSubdirectory("liandong-s3-").FullName;
            int port;
            using (var listener = new TcpListener(IPAddress.Loopback, 0))
            {
                listener.Start();
                port = ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            var process = Process.Start(new ProcessStartInfo("node", [program, "-d", folder, "-a", "127.0.0.1", "-p", port.ToString(System.Globalization.CultureInfo.InvariantCulture), "--configure-bucket", Bucket, "--silent"]))!;
            var server = new S3Server(process, folder, $"http://127.0.0.1:{port}");
            using var http = new HttpClient();
            for (var tries = 0; tries < 300; tries++)
            {
                if (process.HasExited) throw new InvalidOperationException("s3rver ended by itself.");
                try
                {
                    await http.GetAsync(server.Address, Office.Stop);
                    return server;
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(100, Office.Stop);
                }
            }
            await server.DisposeAsync();
            throw new TimeoutException("s3rver did not get ready.");
        }

        public async ValueTask DisposeAsync()
        {
            if (!process.HasExited) process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }
}
