using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Liandong.Data;

/// <summary>Which database the process works on.</summary>
/// <param name="Postgres">Connection string of PostgreSQL; null works on SQLite under <paramref name="DataFolder"/>.</param>
public sealed record DatabaseChoice(string DataFolder, string? Postgres)
{
    public bool IsSqlite => Postgres is null;

    /// <summary>False: no commit waits for the disk. For data that are thrown away whole when their making is broken off, and for nothing else.</summary>
    public bool Durable { get; init; } = true;
    public string SqliteFile => Path.Combine(DataFolder, "liandong.db");
}

/// <summary>Registers the context for the chosen database; everything else asks for <see cref="AppDb"/>.</summary>
public static class Databases
{
    internal static string SqliteConnection(DatabaseChoice choice) => $"Data Source={choice.SqliteFile};Foreign Keys=True;Default Timeout=30;Pooling=True";

    public static IServiceCollection AddDatabase(this IServiceCollection services, DatabaseChoice choice)
    {
        services.AddSingleton(choice);
        services.AddSingleton(new WriteGate(closed: choice.IsSqlite));
        services.AddSingleton<DistrictPools>();
        services.AddScoped<OwnContexts>();
        if (choice.IsSqlite)
        {
            services.AddSingleton<SqlitePragmas>();
            services.AddDbContext<SqliteDb>((provider, options) => options
                .UseSqlite(SqliteConnection(choice))
                .AddInterceptors(provider.GetRequiredService<SqlitePragmas>())
                .UseSnakeCaseNamingConvention(), optionsLifetime: ServiceLifetime.Singleton);
            services.AddScoped<AppDb>(provider => provider.GetRequiredService<SqliteDb>());
        }
        else
        {
            services.AddScoped(provider =>
            {
                var scope = provider.GetRequiredService<DistrictScope>();
                // Row-level security reads the district from the session, so each district has its own pool.
                return new PostgresDb(provider.GetRequiredService<DistrictPools>().OptionsFor(scope.IsSet ? scope.Code : ""), scope);
            });
            services.AddScoped<AppDb>(provider => provider.GetRequiredService<PostgresDb>());
        }
        return services;
    }
}

/// <summary>
/// One PostgreSQL pool per district: its sessions carry the district that row-level security compares with. Pools are told apart by
/// their connection string; a data source each would make EF Core build its model and compile its queries anew for every district.
/// </summary>
public sealed class DistrictPools(DatabaseChoice choice, IServiceProvider services)
{
    public const string Setting = "liandong.district";
    private readonly ConcurrentDictionary<string, string> pools = new();
    private readonly ConcurrentDictionary<string, DbContextOptions<PostgresDb>> options = new();

    /// <summary>Made once for each district and not for each request.</summary>
    public DbContextOptions<PostgresDb> OptionsFor(string district) => options.GetOrAdd(district, code =>
        new DbContextOptionsBuilder<PostgresDb>().UseApplicationServiceProvider(services).UseNpgsql(For(code)).UseSnakeCaseNamingConvention().Options);

    /// <summary>The connection string of a district's pool; of no district when empty.</summary>
    public string For(string district) => pools.GetOrAdd(district, code =>
    {
        if (code.Any(c => !char.IsAsciiLetterOrDigit(c))) throw new ArgumentException("A district code has letters and digits only.", nameof(district));
        var settings = new NpgsqlConnectionStringBuilder(choice.Postgres);
        if (code.Length > 0) settings.Options = $"{settings.Options} -c {Setting}={code}".Trim();
        // Short statements only: one whose cost the server guesses too high would be compiled for longer than it runs.
        settings.Options = $"-c jit=off {settings.Options}".Trim();
        if (!choice.Durable) settings.Options = $"{settings.Options} -c synchronous_commit=off".Trim();
        // The same few hundred statements all day: after a few uses the server plans each of them once per connection.
        // Asked of the plain builder: Npgsql's own says of every keyword that it knows that it contains it.
        var said = new DbConnectionStringBuilder { ConnectionString = choice.Postgres };
        if (!said.ContainsKey("Max Auto Prepare") && !said.ContainsKey("MaxAutoPrepare")) settings.MaxAutoPrepare = 200;
        settings.ApplicationName ??= "liandong";
        return settings.ConnectionString;
    });
}

/// <summary>SQLite durable and concurrent: WAL, full synchronisation at every commit.</summary>
internal sealed class SqlitePragmas(DatabaseChoice choice) : DbConnectionInterceptor
{
    private readonly string pragmas = Of(choice.Durable);

    // A group of cases changes some two hundred pages. At SQLite's own 1,000 every fifth commit would carry the log over to the database and wait for that too.
    public static string Of(bool durable) => $"PRAGMA journal_mode=WAL; PRAGMA synchronous={(durable ? "FULL" : "OFF")}; PRAGMA busy_timeout=30000; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=8000;";

    // The pool gives an opened database out again with the pragmas that it had, to whichever context of the process asks next.
    private static readonly ConditionalWeakTable<object, string> SetOn = [];

    /// <summary>A pragma was changed for this opening alone: the next one sets them all anew.</summary>
    public static void Forget(DbConnection connection) => SetOn.Remove(((SqliteConnection)connection).Handle!);

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (IsSet(connection)) return;
        using var command = connection.CreateCommand();
        command.CommandText = pragmas;
        command.ExecuteNonQuery();
        SetOn.AddOrUpdate(((SqliteConnection)connection).Handle!, pragmas);
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (IsSet(connection)) return;
        await using var command = connection.CreateCommand();
        command.CommandText = pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
        SetOn.AddOrUpdate(((SqliteConnection)connection).Handle!, pragmas);
    }

    private bool IsSet(DbConnection connection) => SetOn.TryGetValue(((SqliteConnection)connection).Handle!, out var present) && present == pragmas;
}
