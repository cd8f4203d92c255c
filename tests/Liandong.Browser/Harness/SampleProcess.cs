using System.Collections.Concurrent;
using System.Diagnostics;

namespace Liandong.Browser;

/// <summary>
/// The product as its users start it: a process of its own. It starts in an empty working folder, so a file it looks for there is missed
/// here and not on a user's machine.
/// </summary>
public sealed class SampleProcess : SampleHost
{
    private readonly ConcurrentQueue<string> output = new();
    private readonly Process process;

    private SampleProcess()
    {
        var start = new ProcessStartInfo("dotnet", [Place.HostProgram, "--urls", Address.ToString(), "--data", Data])
        {
            WorkingDirectory = Home,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // An unreachable proxy or another database in the environment must not change what is tested.
        start.Environment.Remove("LIANDONG_POSTGRES");
        start.Environment.Remove("LIANDONG_DATA");
        start.Environment.Remove("ASPNETCORE_ENVIRONMENT");

        process = Process.Start(start)!;
        AppDomain.CurrentDomain.ProcessExit += KillWithUs;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public override string LastWords => string.Join('\n', output.TakeLast(60));

    /// <exception cref="InvalidOperationException">As <see cref="SampleHost.UntilHealthyAsync"/> says it.</exception>
    public static async Task<SampleProcess> StartAsync()
    {
        var host = new SampleProcess();
        try
        {
            await host.UntilHealthyAsync(() => host.process.HasExited ? $"The host ended with code {host.process.ExitCode} before it was ready:" : null);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    protected override async Task StopAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillWithUs;
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
        process.Dispose();
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
}
