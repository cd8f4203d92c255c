using System.Globalization;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Calendar;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Liandong.Tests;

/// <summary>
/// A real host with a database of its own and a clock that the test moves. Data is built through use cases
/// (<see cref="Given"/>), and tests enter by HTTP as a person of the directory.
/// </summary>
public sealed class Office : IAsyncDisposable
{
    public const string DistrictCode = "370102";
    private readonly DatabaseChoice database;
    private readonly WebApplicationFactory<Program> factory;
    private bool lent;

    private Office(DatabaseChoice database, WebApplicationFactory<Program> factory, FakeTimeProvider time)
    {
        (this.database, this.factory, Time) = (database, factory, time);
        Given = new Given(this);
    }

    public FakeTimeProvider Time { get; }
    public Given Given { get; }
    public IServiceProvider Services => factory.Services;
    public DatabaseChoice Database => database;
    public static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    /// <param name="today">The Beijing day on which the office opens, at 9:00; 2026-03-02, a Monday, when omitted.</param>
    /// <param name="on">The database itself, where the test has made one: an own server, a small disk, a restored copy.</param>
    public static async Task<Office> OpenAsync(Database database, DateOnly? today = null, Action<IServiceCollection>? with = null, Dictionary<string, string>? settings = null, DatabaseChoice? on = null)
    {
        var choice = on ?? await TestDatabases.NewAsync(database);
        var time = new FakeTimeProvider(Beijing.At(today ?? new DateOnly(2026, 3, 2), new TimeOnly(9, 0)));
        var factory = new WebApplicationFactory<Program>().WithWebHostBuilder(web =>
        {
            web.UseEnvironment("Testing");
            web.UseSetting("data", choice.DataFolder);
            if (choice.Postgres is { } postgres) web.UseSetting("postgres", postgres);
            web.UseSetting("district", DistrictCode);
            web.UseSetting("empty", "true");
            foreach (var (name, value) in settings ?? []) web.UseSetting(name, value);
            web.ConfigureLogging(log =>
            {
                log.ClearProviders();
                // For whoever asks why a page answered 500.
                if (Environment.GetEnvironmentVariable("LIANDONG_TEST_LOG") == "1") log.AddSimpleConsole().SetMinimumLevel(LogLevel.Error);
            });
            web.ConfigureTestServices(services =>
            {
                services.AddSingleton<TimeProvider>(time);
                // Passwords of tests need no slow hash.
                services.Configure<Microsoft.AspNetCore.Identity.PasswordHasherOptions>(options => options.IterationCount = 1000);
                services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, TestSignIn>(TestSignIn.Scheme,
                    // Whoever comes without the header comes by the product's own ways: cookie or bearer token.
                    options => options.ForwardDefaultSelector = http => http.Request.Headers.ContainsKey(TestSignIn.Header) ? null : AccountsModule.Scheme);
                services.PostConfigure<AuthenticationOptions>(options => options.DefaultAuthenticateScheme = TestSignIn.Scheme);
                with?.Invoke(services);
            });
        });
        var office = new Office(choice, factory, time) { lent = on is not null };
        if (on is not null && await office.LookAsync(db => db.ChainHeads.AnyAsync(Stop))) return office;
        await office.ActAsync(async services =>
            await PrepareDatabase.AddDistrictAsync(services.GetRequiredService<AppDb>(), "历下区", sample: false, services.GetRequiredService<Clock>().Now, Stop));
        return office;
    }

    /// <summary>Prepares an empty database at a place: the template that tests copy.</summary>
    public static async Task PrepareAsync(DatabaseChoice choice)
    {
        await using var services = new ServiceCollection().AddLogging().AddLiandong(choice, new DefaultDistrict(DistrictCode)).BuildServiceProvider();
        await PrepareDatabase.RunAsync(services, CancellationToken.None);
    }

    /// <summary>Moves the clock to a Beijing day and hour; only forward.</summary>
    public void GoTo(DateOnly day, int hour = 9, int minute = 0) => Time.SetUtcNow(Beijing.At(day, new TimeOnly(hour, minute)));

    public void GoTo(string day, int hour = 9, int minute = 0) => GoTo(DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture), hour, minute);

    /// <summary>Runs use cases in a scope of their own, as the platform or as a person.</summary>
    public async Task<T> ActAsync<T>(Func<IServiceProvider, Task<T>> act, Member? by = null)
    {
        await using var scope = Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<DistrictScope>().Set(DistrictCode);
        if (by is null) services.GetRequiredService<Actor>().BecomePlatform();
        else services.GetRequiredService<Actor>().BecomePerson(by.Person, by.Name, by.Organ, by.OrganName, by.IsBureau, null, by.Roles, "页面");
        return await act(services);
    }

    public Task ActAsync(Func<IServiceProvider, Task> act, Member? by = null) => ActAsync(async services => { await act(services); return 0; }, by);

    /// <summary>Looks at the stored rows.</summary>
    public Task<T> LookAsync<T>(Func<AppDb, Task<T>> look) => ActAsync(services => look(services.GetRequiredService<AppDb>()));

    /// <summary>A browser or client of a person; nobody when omitted. Redirects are not followed, so that tests see them.</summary>
    public HttpClient Client(Member? person = null, bool follow = false)
    {
        var client = factory.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = follow, HandleCookies = true });
        if (person is not null) client.DefaultRequestHeaders.Add(TestSignIn.Header, $"{person.Person}|{person.Organ}");
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await factory.DisposeAsync();
        if (!lent) await TestDatabases.DropAsync(database);
    }
}

/// <summary>A person of the test's directory in one post.</summary>
public sealed record Member(Guid Person, string Name, Guid Organ, string OrganName, bool IsBureau, IReadOnlyList<string> Roles);

/// <summary>Signs the test's people in by a header, with the same claims that the sign-in page gives (which has tests of its own).</summary>
internal sealed class TestSignIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "Test";
    public const string Header = "X-Test-Person";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers[Header].ToString().Split('|') is not [var person, var organ]) return Task.FromResult(AuthenticateResult.NoResult());
        var identity = new ClaimsIdentity(
            [new Claim(SignInClaims.District, Office.DistrictCode), new Claim(SignInClaims.Person, person), new Claim(SignInClaims.Organ, organ)], Scheme);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme)));
    }
}
