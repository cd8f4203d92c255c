using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Liandong.Bench;

/// <summary>A PostgreSQL server of the benchmark's own, with durable commits: fsync and synchronous_commit stay on.</summary>
public sealed class Cluster : IDisposable
{
    private readonly string bin;
    private readonly string folder;
    private readonly bool keep;
    private readonly string super;

    private Cluster(string bin, string folder, int port, bool keep)
    {
        (this.bin, this.folder, this.keep) = (bin, folder, keep);
        super = $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres;Pooling=false;Command Timeout=0";
        Ordinary = $"Host=127.0.0.1;Port={port};Username=liandong;Maximum Pool Size=100";
    }

    /// <summary>Connection string of the role that the product uses: no superuser, so that row-level security costs what it costs.</summary>
    public string Ordinary { get; }

    public string Super => super;

    /// <exception cref="InvalidOperationException">PostgreSQL is not installed here.</exception>
    public static Cluster Start(string? data)
    {
        var bin = System.IO.Directory.Exists("/usr/lib/postgresql")
            ? System.IO.Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(d => Path.Combine(d, "bin")).FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb"))) : null;
        if (bin is null) throw new InvalidOperationException("PostgreSQL is not installed under /usr/lib/postgresql.");
        var folder = data is null ? System.IO.Directory.CreateTempSubdirectory("liandong-bench-pg-").FullName : System.IO.Directory.CreateDirectory(Path.Combine(data, "postgres")).FullName;
        var port = Ports.Free();
        var fresh = !File.Exists(Path.Combine(folder, "db", "PG_VERSION"));
        if (fresh)
        {
            // The server refuses to run as root, so root lends it to the postgres user.
            if (Environment.UserName == "root") Shell("chown", "postgres", folder);
            Shell([.. Lend, Path.Combine(bin, "initdb"), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-D", folder + "/db"]);
        }
        Shell([.. Lend, Path.Combine(bin, "pg_ctl"), "-D", folder + "/db", "-w", "-t", "300", "-l", folder + "/log", "-o",
            $"-c listen_addresses=127.0.0.1 -p {port} -c unix_socket_directories={folder} -c max_connections=300 -c shared_buffers=1GB -c max_wal_size=8GB -c checkpoint_timeout=15min -c maintenance_work_mem=512MB", "start"]);
        var cluster = new Cluster(bin, folder, port, data is not null);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => cluster.Dispose();
        cluster.Run("DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'liandong') THEN CREATE ROLE liandong LOGIN CREATEDB; END IF; END $$");
        return cluster;
    }

    public string Database(string name) => Ordinary + ";Database=" + name;

    public bool Has(string name)
    {
        using var connection = new NpgsqlConnection(super);
        connection.Open();
        using var command = new NpgsqlCommand("SELECT count(*) FROM pg_database WHERE datname = $1", connection) { Parameters = { new() { Value = name } } };
        return (long)command.ExecuteScalar()! > 0;
    }

    public string Create(string name)
    {
        Run($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        Run($"CREATE DATABASE {name} OWNER liandong TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'");
        return Database(name);
    }

    public void Rename(string from, string to) => Run($"ALTER DATABASE {from} RENAME TO {to}");

    public void Run(string sql)
    {
        using var connection = new NpgsqlConnection(super);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        if (stopped) return;
        stopped = true;
        NpgsqlConnection.ClearAllPools();
        Shell([.. Lend, Path.Combine(bin, "pg_ctl"), "-D", folder + "/db", "-w", "-m", "fast", "stop"]);
        if (!keep) Shell("rm", "-rf", folder);
    }

    private bool stopped;

    private static string[] Lend => Environment.UserName == "root" ? ["runuser", "-u", "postgres", "--"] : [];

    private static void Shell(params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        // pg_ctl's server inherits the pipes: reading to their end would wait for the server.
        if (!process.WaitForExit(TimeSpan.FromMinutes(10)) || process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', words)} failed.");
    }
}

public static class Ports
{
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
