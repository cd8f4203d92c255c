using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Liandong.Browser;

/// <summary>The product with the sample district in a new data folder, on a free port of this machine.</summary>
public abstract class SampleHost : IAsyncDisposable
{
    private BureauSystem? bureau;

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort()}");

    /// <summary>The bureau's own system, with the machine client that the sample wrote down.</summary>
    public BureauSystem Bureau => bureau ??= new BureauSystem(this);

    public string Data => Path.Combine(Home, "data");

    /// <summary>The last lines that the program printed.</summary>
    public abstract string LastWords { get; }

    protected string Home { get; } = Directory.CreateTempSubdirectory("liandong-browser-").FullName;

    public async ValueTask DisposeAsync()
    {
        bureau?.Dispose();
        await StopAsync();
        Directory.Delete(Home, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected abstract Task StopAsync();

    /// <param name="over">What to say when the program has ended; null while it runs.</param>
    /// <exception cref="InvalidOperationException">The program ended or did not get healthy within ten minutes; the message holds what it printed.</exception>
    protected async Task UntilHealthyAsync(Func<string?> over)
    {
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < TimeSpan.FromMinutes(10))
        {
            if (over() is { } ended)
                throw new InvalidOperationException($"{ended}\n{LastWords}");
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

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
