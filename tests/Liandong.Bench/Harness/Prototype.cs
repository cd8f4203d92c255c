using System.Data.Common;
using System.Text.Json;
using System.Threading.Channels;
using Liandong.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Liandong.Bench;

/// <summary>
/// A server that does nothing but write: Kestrel, one writer that gathers whatever waits and writes it in one transaction by hand-made SQL
/// (group commit). It asks nobody who he is and checks nothing: what an application can reach at most.
/// </summary>
public sealed class Prototype : IAsyncDisposable
{
    private const int GroupLimit = 1000;
    private readonly WebApplication app;
    private readonly Channel<(HandMade.One One, TaskCompletionSource Done)> queue = Channel.CreateUnbounded<(HandMade.One, TaskCompletionSource)>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task writing;

    private Prototype(WebApplication app, DbConnection connection, HandMade handMade)
    {
        this.app = app;
        writing = Task.Run(() => WriteAsync(connection, handMade));
    }

    public Uri Address => new(app.Urls.Single());

    /// <summary>Answers <c>POST</c> of a case message, or of <c>/claim/{push}</c>.</summary>
    public static async Task<Prototype> StartAsync(DbConnection connection, HandMade handMade)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{Ports.Free()}");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var prototype = new Prototype(app, connection, handMade);
        app.Run(prototype.TakeAsync);
        await app.StartAsync();
        return prototype;
    }

    public static async Task<DbConnection> OpenAsync(DatabaseChoice choice)
    {
        if (choice.Postgres is { } postgres)
        {
            var connection = new Npgsql.NpgsqlConnection(new Npgsql.NpgsqlConnectionStringBuilder(postgres) { Options = $"-c {DistrictPools.Setting}={District.Code}", MaxAutoPrepare = 50, CommandTimeout = 0 }.ConnectionString);
            await connection.OpenAsync();
            return connection;
        }
        var file = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={choice.SqliteFile}");
        await file.OpenAsync();
        await using var pragmas = new Microsoft.Data.Sqlite.SqliteCommand(SqlitePragmas.Of(durable: true), file);
        await pragmas.ExecuteNonQueryAsync();
        return file;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        queue.Writer.TryComplete();
        await writing;
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var body = await JsonDocument.ParseAsync(http.Request.Body);
        var one = http.Request.Path.StartsWithSegments("/claim", out var push) ? new HandMade.One(0, Guid.Parse(push.Value!.AsSpan(1))) : new HandMade.One(long.Parse(body.RootElement.GetProperty("number").GetString()!.AsSpan()[^8..]));
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        queue.Writer.TryWrite((one, done));
        await done.Task;
        http.Response.StatusCode = one.Subject == default ? 201 : 200;
        await http.Response.WriteAsJsonAsync(new { status = "done", one.N });
    }

    private async Task WriteAsync(DbConnection connection, HandMade handMade)
    {
        var group = new List<(HandMade.One One, TaskCompletionSource Done)>();
        while (await queue.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < GroupLimit && queue.Reader.TryRead(out var next)) group.Add(next);
            try
            {
                await handMade.WriteAsync(connection, [.. group.Select(g => g.One)]);
                foreach (var (_, done) in group) done.SetResult();
            }
            catch (Exception failure)
            {
                foreach (var (_, done) in group) done.TrySetException(failure);
            }
        }
    }
}
