using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Liandong.Data;
using Microsoft.Data.Sqlite;
using Npgsql;
using Xunit;

namespace Liandong.Tests.Reliability;

/// <summary>A PostgreSQL server of one test's own, behind a wire that can be cut: it may be killed and started again without hurting other tests.</summary>
internal sealed class OwnPostgres : IAsyncDisposable
{
    private readonly string bin = TestDatabases.PostgresPrograms()!;
    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("liandong-own-pg-").FullName;
    private readonly int port = TestDatabases.FreePort();
    private readonly Wire wire;
    private static string[] Lend => Environment.UserName == "root" ? ["runuser", "-u", "postgres", "--"] : [];

    private OwnPostgres() => wire = new Wire(port);

    public DatabaseChoice Choice { get; private set; } = null!;

    public static async Task<OwnPostgres> StartAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && TestDatabases.PostgresPrograms() is not null, "The programs of PostgreSQL were not found.");
        var own = new OwnPostgres();
        if (Environment.UserName == "root") TestDatabases.Shell("chown", "postgres", own.folder);
        TestDatabases.Shell([.. Lend, Path.Combine(own.bin, "initdb"), "-N", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-D", own.folder + "/db"]);
        own.Up();
        var server = TestDatabases.OrdinaryRole(own.Super());
        await TestDatabases.RunAsync(server, "CREATE DATABASE liandong TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'");
        var through = new NpgsqlConnectionStringBuilder(server) { Port = own.wire.Port, Database = "liandong", MaxPoolSize = 30, Timeout = 5 }.ConnectionString;
        own.Choice = new DatabaseChoice(System.IO.Directory.CreateTempSubdirectory("liandong-own-data-").FullName, through);
        await Office.PrepareAsync(own.Choice);
        return own;
    }

    /// <summary>Commits wait for the disk here, as in an installation.</summary>
    public void Up() => TestDatabases.Shell([.. Lend, Path.Combine(bin, "pg_ctl"), "-D", folder + "/db", "-w", "-l", folder + "/log", "-o", $"-c listen_addresses=127.0.0.1 -p {port} -c unix_socket_directories={folder} -c max_connections=100", "start"]);

    /// <summary>SIGKILL to the server and to every process of it: nothing is flushed, no client is told.</summary>
    public async Task KillAsync()
    {
        var server = int.Parse(File.ReadLines(folder + "/db/postmaster.pid").First(), System.Globalization.CultureInfo.InvariantCulture);
        var all = Process.GetProcessesByName("postgres").Where(p => p.Id == server || ParentOf(p.Id) == server).ToList();
        foreach (var process in all.OrderByDescending(p => p.Id == server)) process.Kill();
        foreach (var process in all) await process.WaitForExitAsync(Office.Stop);
        File.Delete(folder + "/db/postmaster.pid");

        static int ParentOf(int process)
        {
            try { return int.Parse(File.ReadAllText($"/proc/{process}/stat").Split(") ")[1].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture); }
            catch (IOException) { return 0; }
        }
    }

    public void Cut() => wire.Cut();

    public void Mend() => wire.Mend();

    /// <summary>Last night's backup and its restoration by the server's own programs. The owner of the tables would be held back by row-level security: a superuser saves them.</summary>
    public string Backup()
    {
        var file = folder + "/night.dump";
        TestDatabases.Shell([.. Lend, Path.Combine(bin, "pg_dump"), "-h", "127.0.0.1", "-p", $"{port}", "-U", "postgres", "-Fc", "-f", file, "liandong"]);
        return file;
    }

    public async Task RestoreAsync(string file)
    {
        NpgsqlConnection.ClearAllPools();
        await TestDatabases.RunAsync(Super(), "DROP DATABASE liandong WITH (FORCE)");
        await TestDatabases.RunAsync(Super(), "CREATE DATABASE liandong OWNER liandong TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'");
        TestDatabases.Shell([.. Lend, Path.Combine(bin, "pg_restore"), "-h", "127.0.0.1", "-p", $"{port}", "-U", "postgres", "-d", "liandong", file]);
    }

    private string Super() => $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres";

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await wire.DisposeAsync();
        if (File.Exists(folder + "/db/postmaster.pid")) TestDatabases.Shell([.. Lend, Path.Combine(bin, "pg_ctl"), "-D", folder + "/db", "-m", "immediate", "stop"]);
        System.IO.Directory.Delete(folder, true);
        System.IO.Directory.Delete(Choice.DataFolder, true);
    }
}

/// <summary>A loopback port that passes everything on to another, until it is cut: then its connections break off and new ones are refused.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly int to;
    private readonly List<TcpClient> ends = [];
    private readonly Lock gate = new();
    private TcpListener? listener;

    public Wire(int to)
    {
        (this.to, Port) = (to, TestDatabases.FreePort());
        Mend();
    }

    public int Port { get; }

    public void Mend()
    {
        var open = new TcpListener(IPAddress.Loopback, Port);
        open.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        open.Start();
        listener = open;
        _ = AcceptAsync(open);
    }

    public void Cut()
    {
        listener?.Stop();
        lock (gate)
        {
            foreach (var end in ends) end.Close();
            ends.Clear();
        }
    }

    private async Task AcceptAsync(TcpListener open)
    {
        try
        {
            while (true)
            {
                var (near, far) = (await open.AcceptTcpClientAsync(), new TcpClient());
                lock (gate) ends.AddRange([near, far]);
                _ = JoinAsync(near, far);
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }
    }

    private async Task JoinAsync(TcpClient near, TcpClient far)
    {
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, to);
            var (a, b) = (near.GetStream(), far.GetStream());
            await Task.WhenAny(a.CopyToAsync(b), b.CopyToAsync(a));
        }
        catch (Exception broken) when (broken is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // One end is gone, and with it the other.
        }
        near.Close();
        far.Close();
    }

    public ValueTask DisposeAsync()
    {
        Cut();
        return ValueTask.CompletedTask;
    }
}

/// <summary>A disk of a few megabytes with an empty office's database on it.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly DatabaseChoice born;

    private SmallDisk(DatabaseChoice born, string folder) => (this.born, Choice) = (born, new DatabaseChoice(folder, null));

    public DatabaseChoice Choice { get; }

    public static async Task<SmallDisk> MountAsync(int spareMegabytes)
    {
        var born = await TestDatabases.NewAsync(Database.Sqlite);
        var folder = System.IO.Directory.CreateTempSubdirectory("liandong-small-disk-").FullName;
        var size = new FileInfo(born.SqliteFile).Length / (1024 * 1024) + 1 + spareMegabytes;
        Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", $"size={size}m", "tmpfs", folder), "A small disk could not be mounted: this needs root.");
        File.Copy(born.SqliteFile, Path.Combine(folder, "liandong.db"));
        return new SmallDisk(born, folder);
    }

    public void Grow(int megabytes) => Assert.True(Run("mount", "-o", $"remount,size={megabytes}m", Choice.DataFolder));

    public async ValueTask DisposeAsync()
    {
        using (var last = new SqliteConnection(Databases.SqliteConnection(Choice))) SqliteConnection.ClearPool(last);
        Run("umount", "-l", Choice.DataFolder);
        System.IO.Directory.Delete(Choice.DataFolder);
        await TestDatabases.DropAsync(born);
    }

    private static bool Run(params string[] words)
    {
        if (!OperatingSystem.IsLinux()) return false;
        using var process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
