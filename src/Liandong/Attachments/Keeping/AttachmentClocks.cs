using Liandong.Accounts;
using Liandong.Data;
using Liandong.Outbound;

namespace Liandong.Attachments;

/// <summary>Clears away every hour, in every district, on every node.</summary>
public sealed class GarbageClock(IServiceScopeFactory scopes, ILogger<GarbageClock> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Every);
        do
        {
            await EachDistrict.RunAsync(scopes, log, (services, ct) => services.GetRequiredService<CollectGarbage>().RunAsync(ct), stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).AsTask().ContinueWith(t => t.IsCompletedSuccessfully && t.Result, TaskScheduler.Default));
    }
}

/// <summary>Scans as soon as something arrives, and looks every few seconds for what is to be tried again.</summary>
public sealed class ScanClock(IServiceScopeFactory scopes, ScanSignal signal, AttachmentSettings settings, ILogger<ScanClock> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        if (settings.Scanner is null) return;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await EachDistrict.RunAsync(scopes, log, (services, ct) => services.GetRequiredService<ScanContents>().RunAsync(ct), stoppingToken);
                await signal.WaitAsync(Every, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }
}

/// <summary>A job of the platform, district after district; a failure is logged and the next run tries again.</summary>
internal static class EachDistrict
{
    public static async Task RunAsync(IServiceScopeFactory scopes, ILogger log, Func<IServiceProvider, CancellationToken, Task> job, CancellationToken ct)
    {
        try
        {
            foreach (var district in await Districts.AllAsync(scopes, ct))
            {
                await using var scope = scopes.CreateAsyncScope();
                scope.ServiceProvider.GetRequiredService<DistrictScope>().Set(district);
                scope.ServiceProvider.GetRequiredService<Actor>().BecomePlatform();
                await job(scope.ServiceProvider, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The host stops.
        }
        catch (Exception failure)
        {
            log.LogError(failure, "A job of the attachments failed and will run again");
        }
    }
}
