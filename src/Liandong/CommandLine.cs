using System.Net.Sockets;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Sample;
using Liandong.Starting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Liandong;

/// <summary>What the program understands on the command line, and what it says there.</summary>
internal static class CommandLine
{
    public const string DefaultAddress = "http://127.0.0.1:5080";

    public const string Help = """
        联动 Liandong — approval–supervision linkage platform (审批与监管信息联动平台)

        ./run                                   the sample district 历下区 on SQLite under data/, http://127.0.0.1:5080
        ./run --empty --district 370102 --name 历下区
                                                a real, empty district; prints a one-time link for the first administrator
        ./run --postgres "Host=…;Database=…;Username=…;Password=…"
                                                PostgreSQL instead of SQLite (also: environment LIANDONG_POSTGRES);
                                                start the same command on several machines for several nodes
          --data FOLDER                         where the database, keys and seals lie (default: data)
          --urls http://127.0.0.1:5080          address to listen on
          --smtp:host mail.example --smtp:port 25 --smtp:from 联动@example
                                                reminders by email; also smtp:tls, smtp:user, smtp:password
          --address https://liandong.example    the platform's own address, for links in mails
          --attachments:clamav 127.0.0.1:3310   scan attachments by ClamAV; also unix:/run/clamav/clamd.ctl
          --attachments:s3:endpoint https://…   keep attachments in an S3-compatible store instead of the data folder
                                                (see docs/operations/running.md)

        ./run verify EXPORT [--seals FILE --public-key FILE]
                                                check an exported ledger offline: changed, missing or reordered entries
        ./run export-ledger FILE [--district CODE] [--data FOLDER | --postgres …]
                                                write a district's ledger as NDJSON
        ./run check [--district CODE] [--data FOLDER | --postgres …]
                                                compare duties, pushes, counts, ledger, search index and the store
                                                of attachments with each other
        ./run rebuild-search [--district CODE] [--data FOLDER | --postgres …]
                                                write the search index anew; the product may run meanwhile
        ./run rebuild-counts [--district CODE] [--data FOLDER | --postgres …]
                                                count anew what reconciliation adds up; acts wait for some seconds
        ./run --help                            this text

        There is no default password. In the sample district the sign-in page lists people by role; one click signs in.
        """;

    private static readonly Dictionary<string, Func<string[], Task<int>>> Commands = new()
    {
        ["check"] = args => Checks.CheckDistrict.RunAsync(Database(Options(args)), Options(args), Console.Out, CancellationToken.None),
        ["rebuild-search"] = args => Desk.RebuildSearch.RunAsync(Database(Options(args)), Options(args)["district"], Console.Out, CancellationToken.None),
        ["rebuild-counts"] = args => Modules.Linkage.Reconciling.RebuildCounts.RunAsync(Database(Options(args)), Options(args)["district"], Console.Out, CancellationToken.None),
        ["verify"] = args => Task.FromResult(Ledgers.VerifyExport.Run(args, Console.Out)),
        ["export-ledger"] = args => args is [{ } file, ..] && !file.StartsWith('-')
            ? Ledgers.LedgerExport.RunAsync(Database(Options(args[1..])), file, Options(args[1..])["district"] ?? SampleDistrict.Code, Console.Out) : Task.FromResult(2),
    };

    /// <summary>What the command was given; of the environment, only what concerns attachments (<c>attachments__s3__secret</c>), as the host reads it.</summary>
    private static IConfiguration Options(string[] args) => new ConfigurationBuilder()
        .AddInMemoryCollection(new ConfigurationBuilder().AddEnvironmentVariables().Build().GetSection("attachments").AsEnumerable()).AddCommandLine(Normalise(args)).Build();

    /// <summary>The database that the options name; the environment's PostgreSQL, then SQLite under the data folder, otherwise.</summary>
    public static DatabaseChoice Database(IConfiguration options) =>
        new(Path.GetFullPath(options["data"] ?? "data"), options["postgres"] ?? Environment.GetEnvironmentVariable("LIANDONG_POSTGRES"));

    public static Func<string[], Task<int>>? Find(string[] args) => args.Length > 0 && Commands.TryGetValue(args[0], out var command) ? command : null;

    /// <summary>A bare switch (<c>--empty</c>) gets the value that the configuration reader wants.</summary>
    public static string[] Normalise(string[] args) => args.Select(a => a == "--empty" ? "--empty=true" : a).ToArray();

    /// <summary>First words of the settings that mean something here: the program's own, then those of the host and the server below it.</summary>
    private static readonly HashSet<string> Understood = new(StringComparer.OrdinalIgnoreCase)
    {
        "data", "postgres", "district", "name", "empty", "urls", "address", "proxies", "smtp", "attachments", "documents", "limits", "webhooks",
        "environment", "applicationName", "contentRoot", "webRoot", "http_ports", "https_ports", "shutdownTimeoutSeconds", "AllowedHosts", "Kestrel", "Logging",
    };

    /// <summary>
    /// What is wrong with the arguments of a start, as a sentence; null when all of them mean something. The configuration reader takes any word: an office that typed
    /// <c>--port</c> would wait at an address where nobody answers.
    /// </summary>
    public static string? Misunderstood(string[] args)
    {
        var given = Normalise(args);
        for (var i = 0; i < given.Length; i++)
        {
            var name = given[i].TrimStart('-', '/').Split('=')[0];
            if (!given[i].StartsWith('-') && !given[i].Contains('=', StringComparison.Ordinal)) return $"liandong does not know the command {given[i]}; see --help. 没有这个命令,用 --help 查看说明。";
            if (!Understood.Contains(name.Split(':')[0])) return $"liandong does not know the option {given[i].Split('=')[0]}; see --help. 没有这个选项,用 --help 查看说明。";
            if (given[i].Contains('=', StringComparison.Ordinal)) continue;
            if (++i == given.Length || given[i].StartsWith("--", StringComparison.Ordinal)) return $"The option --{name} needs a value; see --help. 这个选项后面要写值,用 --help 查看说明。";
        }
        return null;
    }

    /// <summary>The console is for the office: warnings and what the program itself says, no request chatter.</summary>
    public static void QuietLog(WebApplicationBuilder builder)
    {
        builder.Logging.AddSimpleConsole(console => console.TimestampFormat = "HH:mm:ss ");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // Errors of statements reach the log through the act that failed; keys are protected by the folder's rights.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
    }

    /// <summary>A new installation gets the sample district or, with <c>--empty</c>, a real and empty one.</summary>
    public static async Task SetUpAsync(WebApplication app, IConfiguration settings, DatabaseChoice database, DefaultDistrict district, CancellationToken ct)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<DistrictScope>().Set(district.Code);
        services.GetRequiredService<Actor>().BecomePlatform();
        var db = services.GetRequiredService<AppDb>();
        var empty = settings.GetValue("empty", false);
        if (!empty && district.Code == SampleDistrict.Code) await SampleDistrict.FillIfAbsentAsync(database, app.Urls.First(), services.GetRequiredService<Opening>(), ct);
        else await PrepareDatabase.AddDistrictAsync(db, settings["name"] ?? Kernel.Parties.Divisions.NameOf(district.Code) ?? district.Code, sample: false, services.GetRequiredService<Clock>().Now, ct);
        // Null where the district is a sample or somebody administers accounts already.
        FirstLink = await db.DistrictSettings.AnyAsync(d => d.IsSample, ct) ? null : await services.GetRequiredService<FirstAdministrator>().LinkAsync(ct);
    }

    private static string? FirstLink { get; set; }

    public static void Greet(WebApplication app, DatabaseChoice database)
    {
        var address = app.Urls.First();
        Console.WriteLine($"联动 is ready: {address}");
        Console.WriteLine($"  data     {(database.IsSqlite ? database.SqliteFile : "PostgreSQL, keys and seals under " + database.DataFolder)}");
        var client = Path.Combine(database.DataFolder, SampleDistrict.ClientFile);
        if (File.Exists(client)) Console.WriteLine($"  API      {address}/docs/api  (machine client: {client})");
        if (FirstLink is { } token) Console.WriteLine($"  first administrator (valid 24 hours, once)  {address}/first-administrator/{token}");
        Console.WriteLine("  stop     Ctrl+C");
    }

    /// <summary>A plain sentence for the failures that an operator can mend; null for all others.</summary>
    public static string? Explain(Exception failure, DatabaseChoice database) => failure switch
    {
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException or SocketException } => "The address is in use: another program, or another 联动, listens there. Stop it or give --urls another port. 端口被占用,请停止另一个程序,或用 --urls 换一个端口。",
        NpgsqlException pg => $"PostgreSQL does not answer as needed: {pg.Message} 请检查 --postgres 连接字符串。",
        SqliteException lite => $"The database {database.SqliteFile} cannot be opened: {lite.Message} 请检查数据文件夹的权限和磁盘空间。",
        UnauthorizedAccessException denied => $"The data folder cannot be written: {denied.Message} 请检查数据文件夹的权限。",
        _ => null,
    };
}
