using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Liandong.Accounts;
using Liandong.Kernel.Calendar;
using Liandong.Modules.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Modules.Cases;

public sealed class KilledProcessTests
{
    private const int Total = 10_000;

    /// <summary>The program itself, in a process of its own, killed twice while it takes in one bulk, and sent the same bulk again.</summary>
    [Theory, EveryDatabase]
    public async Task A_bulk_cut_off_by_kill_9_and_sent_again_leaves_each_push_exactly_once(Database database)
    {
        // Real time rules in the other process: everything that is sent lies in its past.
        await using var office = await Office.OpenAsync(database, Beijing.DayOf(TimeProvider.System.GetUtcNow()).AddDays(-2));
        var item = await office.Given.SupervisedItemAsync(await office.Given.OrganAsync("区市场监管局"));
        var bureau = await office.Given.BureauAsync();
        var client = await office.ActAsync(s => s.GetRequiredService<CreateClient>().RunAsync(new CreateClient.Input("市政务云", bureau.Id, [Scopes.CasesWrite]), Office.Stop));
        var lines = string.Join('\n', Enumerable.Range(0, Total).Select(_ => office.Line(office.Given.CaseMessage(item))));

        foreach (var killAt in new[] { Total / 8, Total / 2 })
        {
            await using var host = await ChildHost.StartAsync(office.Database);
            var sending = host.SendAsync(client, lines);
            while (await CountAsync(office) < killAt)
            {
                Assert.False(sending.IsCompleted, "The bulk was over before the process could be killed.");
                await Task.Delay(20, Office.Stop);
            }
            host.Kill();
            await Assert.ThrowsAnyAsync<Exception>(() => sending);
            Assert.InRange(await CountAsync(office), killAt, Total - 1);
            await office.ChainHoldsAsync();
        }

        await using var last = await ChildHost.StartAsync(office.Database);
        var answers = (await last.SendAsync(client, lines)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!).ToList();
        Assert.Equal(Enumerable.Range(1, Total), answers.Select(a => a["line"]!.GetValue<int>()));
        Assert.Equal(["created", "unchanged"], answers.Select(a => a["status"]!.GetValue<string>()).Distinct().Order());
        Assert.Equal(Total, await office.LookAsync(db => db.Cases.CountAsync()));
        Assert.Equal(Total, await office.LookAsync(db => db.Pushes.Select(p => p.Case).Distinct().CountAsync()));
        Assert.Equal(Total, await CountAsync(office));
        Assert.Equal(Total, await office.LookAsync(db => db.PushEvents.CountAsync()));
        Assert.Equal(Total, await office.LookAsync(db => db.Permits.CountAsync()));
        Assert.Equal((Total, Total), (await office.LookAsync(db => db.Duties.CountAsync(d => d.Rule == "result.claim" && d.ClosedAt == null)), await office.LookAsync(db => db.Duties.CountAsync(d => d.Rule == "result.push" && d.ClosedAt != null))));
        Assert.Equal(Total, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "push.delivered")));
        // Numbers without gaps: what a killed transaction had taken was given back.
        Assert.Equal(Total, await office.LookAsync(db => db.NumberSeries.Where(s => s.Prefix == "历审推").SumAsync(s => s.Last)));
        await office.ChainHoldsAsync();
    }

    private static Task<int> CountAsync(Office office) => office.LookAsync(db => db.Pushes.CountAsync());
}

/// <summary>The program on a loopback port and a given database; killed when disposed.</summary>
internal sealed class ChildHost : IAsyncDisposable
{
    private readonly Process process;
    private readonly HttpClient http;
    private readonly StringBuilder said = new();

    private ChildHost(Process process, Uri address)
    {
        (this.process, http) = (process, new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) });
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        AppDomain.CurrentDomain.ProcessExit += KillWithUs;
    }

    public static async Task<ChildHost> StartAsync(Liandong.Data.DatabaseChoice database)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var program = Path.Combine(AppContext.BaseDirectory, "Liandong.dll");
        string[] arguments = [program, "--urls", address.ToString(), "--data", database.DataFolder, "--district", Office.DistrictCode, "--empty", .. database.Postgres is { } postgres ? new[] { "--postgres", postgres } : []];
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = database.DataFolder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("LIANDONG_POSTGRES");
        start.Environment.Remove("ASPNETCORE_ENVIRONMENT");
        var host = new ChildHost(Process.Start(start)!, address);
        for (var attempt = 0; attempt < 600; attempt++)
        {
            if (host.process.HasExited) throw new InvalidOperationException($"The program ended: {host.said}");
            try
            {
                if ((await host.http.GetAsync("/health", Office.Stop)).IsSuccessStatusCode) return host;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(200, Office.Stop);
        }
        await host.DisposeAsync();
        throw new TimeoutException($"The program did not get ready: {host.said}");
    }

    public HttpClient Http => http;

    /// <summary>The machine client, signed in.</summary>
    public async Task<HttpClient> ClientAsync(CreateClient.Created client)
    {
        http.DefaultRequestHeaders.Authorization = new("Bearer", await TokenAsync(client));
        return http;
    }

    /// <summary>Sends a bulk as the machine client and returns the answer.</summary>
    public async Task<string> SendAsync(CreateClient.Created client, string lines)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/pushes/bulk") { Content = new StringContent(lines, Encoding.UTF8, new MediaTypeHeaderValue("application/x-ndjson")) };
        request.Headers.Authorization = new("Bearer", await TokenAsync(client));
        var answer = await http.SendAsync(request, Office.Stop);
        var text = await answer.Content.ReadAsStringAsync(Office.Stop);
        return answer.StatusCode == HttpStatusCode.OK ? text : throw new InvalidOperationException($"{answer.StatusCode}: {text}");
    }

    private async Task<string> TokenAsync(CreateClient.Created client)
    {
        var token = await http.PostAsync("/connect/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = client.Client.ClientId, ["client_secret"] = client.Secret,
        }), Office.Stop);
        Assert.True(token.IsSuccessStatusCode, await token.Content.ReadAsStringAsync(Office.Stop));
        return JsonNode.Parse(await token.Content.ReadAsStringAsync(Office.Stop))!["access_token"]!.GetValue<string>();
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillWithUs;
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        process.Dispose();
        http.Dispose();
    }

    private void KillWithUs(object? sender, EventArgs e)
    {
        if (!process.HasExited) process.Kill();
    }

    private void Keep(string? line)
    {
        lock (said)
            if (line is not null && said.Length < 20_000) said.AppendLine(line);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
