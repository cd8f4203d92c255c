using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Liandong.Accounts;
using Liandong.Data;

namespace Liandong.Bench;

/// <summary>
/// The product in a process of its own, as an office runs it, without the limits that stop a loop gone wrong. This program starts it under its own
/// name, so that whatever gives processes their share by name treats both sides alike.
/// </summary>
public sealed class Host : IDisposable
{
    /// <summary>The word that makes this program the product.</summary>
    public const string Command = "host";
    private readonly Process process;

    private Host(Process process, Uri address, TimeSpan ready) => (this.process, Address, Ready) = (process, address, ready);

    public Uri Address { get; }

    /// <summary>From the start of the process until <c>/health</c> said ready.</summary>
    public TimeSpan Ready { get; }

    /// <summary>Memory that the process holds now, in bytes.</summary>
    public long Memory
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Processor time that the process has used, its own and the kernel's for it: what a page costs whoever else uses the machine.</summary>
    public TimeSpan Processor
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Runs the product in this process until it is stopped.</summary>
    public static Task<int> RunAsync(string[] args) => (Task<int>)typeof(LiandongHost).Assembly.GetTypes().First(t => t.Name == "Program").GetMethod("<Main>$", System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!.Invoke(null, [args])!;

    public static async Task<Host> StartAsync(DatabaseChoice database, params string[] more)
    {
        var address = new Uri($"http://127.0.0.1:{Ports.Free()}");
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "Liandong.Bench.dll"), Command, "--applicationName", "Liandong", "--urls", address.ToString(), "--data", database.DataFolder, "--district", District.Code, "--empty",
            "--limits:client", "0", "--limits:person", "0", "--limits:address", "0", .. database.Postgres is { } postgres ? new[] { "--postgres", postgres } : [], .. more];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("LIANDONG_POSTGRES");
        start.Environment.Remove("ASPNETCORE_ENVIRONMENT");
        var watch = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        var said = new ConcurrentQueue<string>();
        void Keep(string? line)
        {
            if (line is null) return;
            said.Enqueue(line);
            if (said.Count > 40) said.TryDequeue(out _);
        }
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Kill(process);
        using var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(5) };
        while (watch.Elapsed < TimeSpan.FromMinutes(5))
        {
            if (process.HasExited) throw new InvalidOperationException($"The host ended with code {process.ExitCode}:\n{string.Join('\n', said)}");
            try
            {
                if ((await http.GetAsync("/health")).IsSuccessStatusCode) return new Host(process, address, watch.Elapsed);
            }
            catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
            {
                // Not listening yet.
            }
            await Task.Delay(20);
        }
        Kill(process);
        throw new TimeoutException("The host did not get ready.");
    }

    /// <summary>A client that carries the token of a machine.</summary>
    public async Task<HttpClient> SignInAsync(CreateClient.Created machine)
    {
        var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(30) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(machine));
        return http;
    }

    public Task<string> TokenAsync(CreateClient.Created machine) => TokenAsync(machine.Client.ClientId, machine.Secret);

    public async Task<string> TokenAsync(string client, string secret)
    {
        using var http = new HttpClient { BaseAddress = Address };
        var answer = await http.PostAsync("/connect/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = client, ["client_secret"] = secret,
        }));
        var text = await answer.Content.ReadAsStringAsync();
        return JsonNode.Parse(text)?["access_token"]?.GetValue<string>() ?? throw new InvalidOperationException(text);
    }

    public void Dispose()
    {
        Kill(process);
        process.Dispose();
    }

    private static void Kill(Process process)
    {
        try
        {
            if (!process.HasExited) process.Kill();
            process.WaitForExit();
        }
        catch (InvalidOperationException)
        {
            // Disposed already.
        }
    }
}
