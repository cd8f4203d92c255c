using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Liandong.Browser;

/// <summary>
/// The product as its users start it: a process of its own, with the sample district in a new data folder, on a free port.
/// It starts in an empty working folder, so a file it looks for there is missed here and not on a user's machine.
/// </summary>
public sealed class SampleHost : IAsyncDisposable
{
    private readonly Process process;
    private readonly string home;
    private readonly ConcurrentQueue<string> output = new();
    private BureauSystem? bureau;

    private SampleHost(Process process, string home, Uri address)
    {
        this.process = process;
        this.home = home;
        Address = address;
        AppDomain.CurrentDomain.ProcessExit += KillWithUs;
    }

    public Uri Address { get; }

    /// <summary>The bureau's own system, with the machine client that the sample wrote down.</summary>
    public BureauSystem Bureau => bureau ??= new BureauSystem(this);

    public string Data => Path.Combine(home, "data");

    /// <exception cref="InvalidOperationException">The program ended or did not get healthy within ten minutes; the message holds what it printed.</exception>
    public static async Task<SampleHost> StartAsync()
    {
        var home = Directory.CreateTempSubdirectory("liandong-browser-").FullName;
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet", [Place.HostProgram, "--urls", address.ToString(), "--data", Path.Combine(home, "data")])
        {
            WorkingDirectory = home,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // An unreachable proxy or another database in the environment must not change what is tested.
        start.Environment.Remove("LIANDONG_POSTGRES");
        start.Environment.Remove("LIANDONG_DATA");
        start.Environment.Remove("ASPNETCORE_ENVIRONMENT");

        var host = new SampleHost(Process.Start(start)!, home, address);
        host.process.OutputDataReceived += (_, line) => host.Keep(line.Data);
        host.process.ErrorDataReceived += (_, line) => host.Keep(line.Data);
        host.process.BeginOutputReadLine();
        host.process.BeginErrorReadLine();
        try
        {
            await host.UntilHealthyAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>The last lines that the program printed.</summary>
    public string LastWords => string.Join('\n', output.TakeLast(60));

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillWithUs;
        bureau?.Dispose();
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
        process.Dispose();
        Directory.Delete(home, recursive: true);
    }

    private async Task UntilHealthyAsync()
    {
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < TimeSpan.FromMinutes(10))
        {
            if (process.HasExited)
                throw new InvalidOperationException($"The host ended with code {process.ExitCode} before it was ready:\n{LastWords}");
            try
            {
                if ((await http.GetAsync("/health")).IsSuccessStatusCode)
                    return;
            }
            catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
            {
            }
            await Task.Delay(100);
        }
        throw new InvalidOperationException($"The host was not healthy after ten minutes:\n{LastWords}");
    }

    // A run that is broken off leaves no server behind.
    private void KillWithUs(object? sender, EventArgs e)
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        output.Enqueue(line);
        while (output.Count > 400)
            output.TryDequeue(out _);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
