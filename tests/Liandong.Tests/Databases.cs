using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using Liandong.Data;
using Npgsql;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Liandong.Tests;

public enum Database { Sqlite, Postgres }

/// <summary>
/// Runs a theory once on each database. PostgreSQL comes from LIANDONG_TEST_POSTGRES (none: do without) or from the host's binaries;
/// where there is none the test is skipped with the reason, or fails when REQUIRE_POSTGRES=1.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EveryDatabaseAttribute : DataAttribute
{
    public override bool SupportsDiscoveryEnumeration() => true;

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>([new TheoryDataRow<Database>(Database.Sqlite), new TheoryDataRow<Database>(Database.Postgres)]);
}

/// <summary>A database of its own for each test, made by copying a template that is prepared once per run.</summary>
public static class TestDatabases
{
    private static readonly Lazy<string?> PostgresServer = new(FindOrStartPostgres);
    private static readonly Lazy<Task<string>> SqliteTemplate = new(PrepareSqliteAsync);
    private static readonly Lazy<Task<string>> PostgresTemplate = new(PreparePostgresAsync);
    private static int count;

    public static async Task<DatabaseChoice> NewAsync(Database database)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("liandong-test-").FullName;
        var number = Interlocked.Increment(ref count);
        if (database == Database.Sqlite)
        {
            File.Copy(await SqliteTemplate.Value, Path.Combine(folder, "liandong.db"));
            return new DatabaseChoice(folder, null);
        }
        var server = PostgresServer.Value;
        if (server is null)
        {
            if (Environment.GetEnvironmentVariable("REQUIRE_POSTGRES") == "1") Assert.Fail("PostgreSQL is required (REQUIRE_POSTGRES=1) and was not found.");
            Assert.Skip("PostgreSQL was not found: set LIANDONG_TEST_POSTGRES or install it.");
        }
        var template = await PostgresTemplate.Value;
        var name = $"liandong_test_{Environment.ProcessId}_{number}";
        await RunAsync(server!, $"CREATE DATABASE {name} TEMPLATE {template}");
        return new DatabaseChoice(folder, new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 60 }.ConnectionString);
    }

    public static async Task DropAsync(DatabaseChoice choice)
    {
        if (choice.Postgres is { } postgres)
        {
            var drop = $"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(postgres).Database} WITH (FORCE)";
            try { await RunAsync(PostgresServer.Value!, drop); }
            // The server's own vacuum is at work in it, and that an ordinary role cannot send away.
            catch (PostgresException busy) when (busy.SqlState == PostgresErrorCodes.InsufficientPrivilege) { await Task.Delay(2000); await RunAsync(PostgresServer.Value!, drop); }
        }
        else
        {
            // Its pool only: other tests are using theirs.
            using var last = new Microsoft.Data.Sqlite.SqliteConnection(Databases.SqliteConnection(choice));
            Microsoft.Data.Sqlite.SqliteConnection.ClearPool(last);
        }
        try { System.IO.Directory.Delete(choice.DataFolder, recursive: true); }
        catch (IOException) { /* A file still held on some systems: the temporary folder is cleaned by them. */ }
    }

    private static async Task<string> PrepareSqliteAsync()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("liandong-template-").FullName;
        await Office.PrepareAsync(new DatabaseChoice(folder, null));
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        return Path.Combine(folder, "liandong.db");
    }

    private static async Task<string> PreparePostgresAsync()
    {
        var server = PostgresServer.Value!;
        var name = $"liandong_template_{Environment.ProcessId}";
        // The product's own role is no superuser: row-level security must hold for it.
        await RunAsync(server, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        await RunAsync(server, $"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'");
        await Office.PrepareAsync(new DatabaseChoice(Path.GetTempPath(), new NpgsqlConnectionStringBuilder(server) { Database = name, Pooling = false }.ConnectionString));
        NpgsqlConnection.ClearAllPools();
        return name;
    }

    internal static async Task RunAsync(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string? FindOrStartPostgres()
    {
        if (Environment.GetEnvironmentVariable("LIANDONG_TEST_POSTGRES") is { Length: > 0 } given) return given == "none" ? null : given;
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Linux) || !System.IO.Directory.Exists("/usr/lib/postgresql")) return null;
        return PostgresPrograms() is { } bin ? StartPostgres(bin) : null;
    }

    internal static string? PostgresPrograms() => !System.IO.Directory.Exists("/usr/lib/postgresql") ? null
        : System.IO.Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(d => Path.Combine(d, "bin")).FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")));

    /// <summary>A throw-away cluster on loopback, gone with the process. The server refuses to run as root, so root lends it to the postgres user.</summary>
    private static string StartPostgres(string bin)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("liandong-pg-").FullName;
        var port = FreePort();
        var asRoot = Environment.UserName == "root";
        if (asRoot) Shell("chown", "postgres", folder);
        string[] lend = asRoot ? ["runuser", "-u", "postgres", "--"] : [];
        Shell([.. lend, Path.Combine(bin, "initdb"), "-N", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-D", folder + "/db"]);
        Shell([.. lend, Path.Combine(bin, "pg_ctl"), "-D", folder + "/db", "-w", "-l", folder + "/log", "-o",
            $"-c listen_addresses=127.0.0.1 -p {port} -c unix_socket_directories={folder} -c fsync=off -c autovacuum=off -c max_connections=300", "start"]);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            Shell([.. lend, Path.Combine(bin, "pg_ctl"), "-D", folder + "/db", "-m", "immediate", "stop"]);
            Shell("rm", "-rf", folder);
        };
        return OrdinaryRole($"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres;Include Error Detail=true");
    }

    /// <summary>A role that may create databases but is no superuser, as an installation would have.</summary>
    internal static string OrdinaryRole(string super)
    {
        using var connection = new NpgsqlConnection(super + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand("CREATE ROLE liandong LOGIN CREATEDB", connection);
        command.ExecuteNonQuery();
        return new NpgsqlConnectionStringBuilder(super) { Username = "liandong" }.ConnectionString;
    }

    internal static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    internal static void Shell(params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        // pg_ctl's server inherits the pipes: reading to their end would wait for the server.
        if (!process.WaitForExit(TimeSpan.FromSeconds(60)) || process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', words)} failed.");
    }
}
