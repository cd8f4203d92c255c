using System.Text.Json;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Parties;
using Liandong.Modules.Directory;
using Liandong.Modules.Items;
using Liandong.Starting;
using Microsoft.Data.Sqlite;

namespace Liandong.Sample;

/// <summary>
/// 示例环境: the district of the notice with its roster, the stand-in item list, and a past of cases made through the use cases on a
/// clock of its own. Nothing is written beside the use cases but the district's own row.
/// </summary>
public static class SampleDistrict
{
    public const string Code = "370102";
    public const string ClientFile = "sample-client.json";
    private static readonly JsonSerializerOptions Readable = new(Ledger.BodyFormat) { WriteIndented = true };

    /// <summary>Fills the sample unless the district is there. A filling that was broken off left its mark and is begun anew.</summary>
    public static async Task FillIfAbsentAsync(DatabaseChoice database, string address, Opening opening, CancellationToken ct)
    {
        var mark = Path.Combine(database.DataFolder, "sample-filling");
        if (File.Exists(mark)) await ForgetAsync(database, ct);
        var time = new SampleTime();
        // Until it is complete the filling is worth nothing, so no act of it waits for the disk.
        await using (var services = new ServiceCollection().AddLogging().AddLiandong(database with { Durable = false }, new DefaultDistrict(Code)).AddSingleton<TimeProvider>(time).BuildServiceProvider())
        {
            var sample = new SampleWork(services, time);
            if (!await sample.BeginAsync(ct)) return;
            Console.WriteLine($"Filling the sample district 历下区; {address} shows how far it is …");
            await File.WriteAllTextAsync(mark, "", ct);
            opening.Say("正在准备示例环境:单位和人员", 0);
            var roster = await new SampleDirectory(sample).FillAsync(ct);
            var items = await new SampleItems(sample, roster).FillAsync(part => opening.Say("正在准备示例环境:事项和监管责任", 0.1 + 0.3 * part), ct);
            await new SamplePast(sample, roster, items).FillAsync(TimeProvider.System.GetUtcNow(), part => opening.Say("正在准备示例环境:近两个月的办件", 0.4 + 0.6 * part), ct);
            await WriteClientAsync(sample, roster, database, address, ct);
        }
        await PrepareDatabase.MakeDurableAsync(database, ct);
        File.Delete(mark);
    }

    private static async Task ForgetAsync(DatabaseChoice database, CancellationToken ct)
    {
        if (!database.IsSqlite) throw new InvalidOperationException("The sample was not filled to its end on PostgreSQL: drop and create the database, then start again. 示例数据没有填完,请重建数据库后再启动。");
        SqliteConnection.ClearAllPools();
        foreach (var file in System.IO.Directory.GetFiles(database.DataFolder, "liandong.db*")) File.Delete(file);
        await using var services = new ServiceCollection().AddLogging().AddLiandong(database, new DefaultDistrict(Code)).BuildServiceProvider();
        await PrepareDatabase.RunAsync(services, ct);
    }

    /// <summary>A machine client of the bureau for trying the API, as <c>data/sample-client.json</c>.</summary>
    private static async Task WriteClientAsync(SampleWork sample, SampleDirectory.Roster roster, DatabaseChoice database, string address, CancellationToken ct)
    {
        var created = await sample.ActAsync<CreateClient, CreateClient.Created>(null, create => create.RunAsync(new CreateClient.Input("示例对接系统", roster.Bureau.Id, Scopes.All), ct));
        var file = new
        {
            tokenEndpoint = $"{address}/connect/token",
            clientId = created.Client.ClientId,
            clientSecret = created.Secret,
            grantType = "client_credentials",
            scopes = created.Client.Scopes,
            organ = roster.Bureau.Name,
            api = $"{address}/api/v1",
            example = $"curl -s -d grant_type=client_credentials -d client_id={created.Client.ClientId} -d client_secret={created.Secret} {address}/connect/token",
        };
        var path = Path.Combine(database.DataFolder, ClientFile);
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(file, Readable), ct);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}

/// <summary>The clock of the sample's past: set by the filling, never by the office.</summary>
internal sealed class SampleTime : TimeProvider
{
    public DateTimeOffset At { get; set; } = Beijing.At(2018, 12, 14, 9);

    public override DateTimeOffset GetUtcNow() => At.ToUniversalTime();
}

/// <summary>A person who acts in the sample.</summary>
internal sealed record SamplePerson(Guid Id, string Name, Organ Organ, string Role, Guid? Section = null);

/// <summary>Runs use cases in scopes of their own, as a person or as the platform, at the sample's time.</summary>
internal sealed class SampleWork(IServiceProvider services, SampleTime time)
{
    public SampleTime Time => time;

    public async Task<bool> BeginAsync(CancellationToken ct)
    {
        await using var scope = Scope(null);
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        return await PrepareDatabase.AddDistrictAsync(db, "历下区", sample: true, scope.ServiceProvider.GetRequiredService<Clock>().Now, ct);
    }

    public async Task<TResult> ActAsync<TUseCase, TResult>(SamplePerson? by, Func<TUseCase, Task<TResult>> act) where TUseCase : notnull
    {
        await using var scope = Scope(by);
        return await act(scope.ServiceProvider.GetRequiredService<TUseCase>());
    }

    public async Task<TResult> LookAsync<TResult>(Func<AppDb, Task<TResult>> look)
    {
        await using var scope = Scope(null);
        return await look(scope.ServiceProvider.GetRequiredService<AppDb>());
    }

    /// <summary>Several use cases in one transaction: the roster has hundreds of acts.</summary>
    public async Task TogetherAsync(Func<IServiceProvider, Task> work, CancellationToken ct)
    {
        await using var scope = Scope(null);
        var ledger = scope.ServiceProvider.GetRequiredService<Ledger>();
        await using var together = await ledger.TogetherAsync(ct);
        await work(scope.ServiceProvider);
        await together.CommitAsync(ct);
    }

    private AsyncServiceScope Scope(SamplePerson? by)
    {
        var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<DistrictScope>().Set(SampleDistrict.Code);
        var actor = scope.ServiceProvider.GetRequiredService<Actor>();
        if (by is null) actor.BecomePlatform();
        else actor.BecomePerson(by.Id, by.Name, by.Organ.Id, by.Organ.Name, by.Organ.Kind == OrganKind.Bureau, by.Section, [by.Role], "页面");
        return scope;
    }
}
