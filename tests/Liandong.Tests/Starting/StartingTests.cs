using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Liandong.Tests.Starting;

/// <summary>The program itself on a new data folder, as <c>./run</c> starts it.</summary>
public sealed class StartingTests : IDisposable
{
    private readonly string data = System.IO.Directory.CreateTempSubdirectory("liandong-start-").FullName;
    private readonly Uri address = new($"http://127.0.0.1:{FreePort()}");
    private readonly HttpClient http;
    private Process? process;

    public StartingTests() => http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = true }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };

    [Fact]
    public async Task Until_the_sample_is_there_every_page_says_so_and_a_start_that_was_broken_off_is_begun_anew()
    {
        Start();
        var (first, page) = await FirstAsync(_ => true);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, first.StatusCode);
        Assert.Equal("2", Assert.Single(first.Headers.GetValues("Refresh")));
        Assert.Contains("准备好后会自动打开您要的页面", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);

        (_, page) = await FirstAsync(text => text.Contains("正在准备示例环境", StringComparison.Ordinal));
        Assert.Contains("<progress", page, StringComparison.Ordinal);
        var health = await http.GetAsync("/health", Office.Stop);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "starting"), (health.StatusCode, JsonNode.Parse(await health.Content.ReadAsStringAsync(Office.Stop))!["status"]!.GetValue<string>()));
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health/live", Office.Stop)).StatusCode);
        var api = await http.GetAsync("/api/v1/desk", Office.Stop);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "starting"), (api.StatusCode, JsonNode.Parse(await api.Content.ReadAsStringAsync(Office.Stop))!["code"]!.GetValue<string>()));
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/app.css", Office.Stop)).StatusCode);
        process!.Kill();
        await process.WaitForExitAsync(Office.Stop);
        Assert.True(File.Exists(Path.Combine(data, "sample-filling")));

        Start();
        await FirstAsync(_ => true, "/health", HttpStatusCode.OK);
        Assert.Contains("示例环境", await http.GetStringAsync("/", Office.Stop), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(data, "sample-filling")));
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "liandong.db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync(Office.Stop);
        Assert.Equal(24L, await new SqliteCommand("SELECT count(*) FROM organs", connection).ExecuteScalarAsync(Office.Stop));
        Assert.Equal("ok", await new SqliteCommand("PRAGMA integrity_check", connection).ExecuteScalarAsync(Office.Stop));

        // The believable past was made by the real use cases: what the checker says of any office holds of it.
        using var check = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Liandong.dll"), "check", "--data", data]) { WorkingDirectory = data, RedirectStandardOutput = true })!;
        var said = await check.StandardOutput.ReadToEndAsync(Office.Stop);
        await check.WaitForExitAsync(Office.Stop);
        Assert.Equal((0, ""), (check.ExitCode, check.ExitCode == 0 ? "" : said));
        Assert.Contains(" 0 findings", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--port", "--port", "8080")]
    [InlineData("--port", "--port=8080")]
    [InlineData("chekc", "chekc")]
    [InlineData("--postgres", "--postgres", "--empty")]
    public async Task What_the_program_does_not_understand_is_said_and_nothing_starts(string named, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Liandong.dll"), .. args]) { WorkingDirectory = data, RedirectStandardError = true };
        start.Environment.Remove("ASPNETCORE_ENVIRONMENT");
        process = Process.Start(start)!;
        var said = await process.StandardError.ReadToEndAsync(Office.Stop);
        await process.WaitForExitAsync(Office.Stop);
        Assert.Equal(2, process.ExitCode);
        Assert.Contains(named, said, StringComparison.Ordinal);
        Assert.Contains("--help", said, StringComparison.Ordinal);
        Assert.Empty(System.IO.Directory.EnumerateFileSystemEntries(data));
    }

    public void Dispose()
    {
        if (process is { HasExited: false })
        {
            process.Kill();
            process.WaitForExit();
        }
        http.Dispose();
        System.IO.Directory.Delete(data, recursive: true);
    }

    private void Start()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Liandong.dll"), "--urls", address.ToString(), "--data", data]) { WorkingDirectory = data, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("LIANDONG_POSTGRES");
        start.Environment.Remove("ASPNETCORE_ENVIRONMENT");
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Asks until the answer is the one that is waited for; the program must not end meanwhile.</summary>
    private async Task<(HttpResponseMessage Answer, string Text)> FirstAsync(Func<string, bool> wanted, string path = "/", HttpStatusCode? status = null)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromMinutes(10); await Task.Delay(50, Office.Stop))
        {
            Assert.False(process!.HasExited, "The program ended by itself.");
            try
            {
                var answer = await http.GetAsync(path, Office.Stop);
                var text = await answer.Content.ReadAsStringAsync(Office.Stop);
                if (wanted(text) && (status is null || answer.StatusCode == status)) return (answer, text);
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }
        throw new TimeoutException($"{path} did not answer as expected.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
