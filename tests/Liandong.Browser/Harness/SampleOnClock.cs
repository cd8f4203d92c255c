extern alias product;

using System.Globalization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Liandong.Browser;

/// <summary>
/// The product inside this process, on a clock that a journey moves on: for what comes only when days have passed. It starts by its own
/// program, listens and fills its sample as always; only the <see cref="TimeProvider"/> that it is given is another, so it needs no setting for that.
/// A class of journeys has one of its own (a class fixture): with it the others would be days ahead too.
/// </summary>
public sealed class SampleOnClock : SampleHost
{
    private readonly Ahead time = new();
    private Inside? program;

    /// <summary>It prints where this run prints.</summary>
    public override string LastWords => "What the product printed stands in the output of this run.";

    /// <summary>Started once, by the first window that opens on it.</summary>
    public async Task StartAsync()
    {
        if (program is not null)
            return;
        // Another database in the environment must not change what is tested.
        Environment.SetEnvironmentVariable("LIANDONG_POSTGRES", null);
        program = new Inside(this);
        program.UseKestrel();
        program.StartServer();
        await UntilHealthyAsync(() => null);
    }

    /// <summary>A Beijing day as a date field takes it, counted from the product's today.</summary>
    public string Day(int fromToday) => time.Now.AddDays(fromToday).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Moves the clock on to an hour of a Beijing day; from there it runs on. What the product does by itself it does within its minute.</summary>
    public void GoTo(string day, int hour) => time.GoTo(new DateTimeOffset(DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture), new TimeOnly(hour, 0), Ahead.Beijing));

    protected override async Task StopAsync()
    {
        if (program is not null)
            await program.DisposeAsync();
    }

    private sealed class Inside(SampleOnClock sample) : WebApplicationFactory<product::Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder) => builder.UseEnvironment("Production").UseSetting("urls", sample.Address.ToString()).UseSetting("data", sample.Data)
            .ConfigureLogging(log => log.AddFilter((category, level) => level >= LogLevel.Warning))
            .ConfigureTestServices(services => services.AddSingleton<TimeProvider>(sample.time));
    }

    /// <summary>The system's clock, some days ahead.</summary>
    private sealed class Ahead : TimeProvider
    {
        public static readonly TimeSpan Beijing = TimeSpan.FromHours(8);
        private long ahead;

        public DateTimeOffset Now => GetUtcNow().ToOffset(Beijing);

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref ahead));

        public void GoTo(DateTimeOffset to)
        {
            Assert.True(to > Now, $"The clock stands at {Now} and goes only forward.");
            Interlocked.Exchange(ref ahead, (to - System.GetUtcNow()).Ticks);
        }
    }
}
