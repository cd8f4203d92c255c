namespace Liandong.Starting;

/// <summary>
/// What works by itself: sweeps, followers of the ledger, senders. It begins when the house is open and not when the address begins to answer,
/// so that nothing sweeps a district whose past is still being made.
/// </summary>
public sealed class Clockwork(IServiceProvider services, IHostApplicationLifetime lifetime, ILogger<Clockwork> log) : IHostedService
{
    private List<IHostedService> running = [];

    /// <summary>Takes every service that the host would start by itself and keeps it for <see cref="BeginAsync"/>.</summary>
    public static void HoldBack(IServiceCollection services)
    {
        foreach (var descriptor in services.Where(d => d.ServiceType == typeof(IHostedService) && !d.IsKeyedService).ToList())
        {
            services.Remove(descriptor);
            services.Add(descriptor switch
            {
                { ImplementationFactory: { } make } => ServiceDescriptor.KeyedSingleton(typeof(Clockwork), (provider, _) => (IHostedService)make(provider)),
                { ImplementationType: { } type } => new ServiceDescriptor(typeof(IHostedService), typeof(Clockwork), type, ServiceLifetime.Singleton),
                _ => new ServiceDescriptor(typeof(IHostedService), typeof(Clockwork), descriptor.ImplementationInstance!),
            });
        }
        services.AddSingleton<Clockwork>().AddHostedService(provider => provider.GetRequiredService<Clockwork>());
    }

    public async Task BeginAsync(CancellationToken ct)
    {
        foreach (var part in services.GetKeyedServices<IHostedService>(typeof(Clockwork)))
        {
            running.Add(part);
            await part.StartAsync(ct);
            if (part is BackgroundService { ExecuteTask: { } work }) _ = WatchAsync(part, work);
        }
    }

    /// <summary>As the host does with its own: a part that fails for good takes the process with it, rather than leave a district without its sweeps.</summary>
    private async Task WatchAsync(IHostedService part, Task work)
    {
        try
        {
            await work;
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Stopping.
        }
        catch (Exception failure)
        {
            log.LogCritical(failure, "{Part} failed for good; the process stops", part.GetType().Name);
            lifetime.StopApplication();
        }
    }

    Task IHostedService.StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The last one begun is stopped first, and each is stopped even where another fails.</summary>
    async Task IHostedService.StopAsync(CancellationToken cancellationToken)
    {
        List<Exception> failures = [];
        // A host may be stopped twice, by its own end and by whoever waits for it: each part is stopped once.
        foreach (var part in Enumerable.Reverse(Interlocked.Exchange(ref running, [])))
            try
            {
                await part.StopAsync(cancellationToken);
            }
            catch (Exception failure)
            {
                failures.Add(failure);
            }
        if (failures.Count > 0) throw new AggregateException(failures);
    }
}
