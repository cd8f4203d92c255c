using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Liandong.Accounts;
using Liandong.Checks;
using Liandong.Data;
using Liandong.Desk;
using Liandong.Modules.Items;
using Liandong.Tests.Modules.Cases;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Reliability;

/// <summary>
/// What happens to the machines under the product. Whatever it is, afterwards: nothing lost, nothing twice, the chain holds, the duties agree with the
/// state (the checker says so). Who sends meanwhile is told to come again (503), and the same messages sent again make the whole.
/// </summary>
public sealed class FaultTests
{
    private const int Many = 3000;

    [Fact]
    public async Task PostgreSQL_killed_in_the_middle_of_a_bulk_and_started_again_loses_and_doubles_nothing()
    {
        await using var server = await OwnPostgres.StartAsync();
        await using var office = await Office.OpenAsync(Database.Postgres, on: server.Choice);
        var (client, item) = await StandAsync(office);
        var lines = Lines(office, item, Many);
        var sending = SendAsync(client, lines);
        while (await office.LookAsync(db => db.Pushes.CountAsync()) < Many / 10) Assert.False(sending.IsCompleted, "The bulk was over before the server could be killed.");
        await server.KillAsync();
        await EndedAsync(sending, Many);
        await IsAwayAsync(office, client, item);
        server.Up();
        await WholeAgainAsync(office, client, lines);
    }

    [Fact]
    public async Task A_connection_cut_in_the_middle_of_a_bulk_is_said_and_afterwards_everything_goes_on()
    {
        await using var server = await OwnPostgres.StartAsync();
        await using var office = await Office.OpenAsync(Database.Postgres, on: server.Choice);
        var (client, item) = await StandAsync(office);
        var lines = Lines(office, item, Many);
        var sending = SendAsync(client, lines);
        while (await office.LookAsync(db => db.Pushes.CountAsync()) < Many / 10) Assert.False(sending.IsCompleted, "The bulk was over before the connection could be cut.");
        server.Cut();
        await EndedAsync(sending, Many);
        await IsAwayAsync(office, client, item);
        server.Mend();
        await WholeAgainAsync(office, client, lines);
    }

    [Fact]
    public async Task A_disk_that_is_full_while_a_bulk_is_written_is_said_and_room_on_it_mends_everything()
    {
        await using var disk = await SmallDisk.MountAsync(spareMegabytes: 8);
        await using var office = await Office.OpenAsync(Database.Sqlite, on: disk.Choice);
        var (client, item) = await StandAsync(office);
        var lines = Lines(office, item, Many);
        await EndedAsync(SendAsync(client, lines), Many);
        Assert.InRange(await office.LookAsync(db => db.Pushes.CountAsync()), 1, Many - 1);

        // A single one may still fit where a group did not, until none does.
        var (single, answer) = (0, await OneAsync());
        for (; answer.IsSuccessStatusCode; answer = await OneAsync()) Assert.InRange(++single, 1, Many);
        await SaysAsync(answer, "storage.full");
        // What is there can still be read, and it is whole.
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/cases", Office.Stop)).StatusCode);
        await office.ChainHoldsAsync();

        disk.Grow(200);
        await WholeAgainAsync(office, client, lines, besides: single);

        Task<HttpResponseMessage> OneAsync() => client.PostAsync("/api/v1/pushes", new StringContent(office.Line(office.Given.CaseMessage(item)), Encoding.UTF8, "application/json"), Office.Stop);
    }

    /// <summary>The night's backup is put back: what was done since is gone, and the senders' own repetition brings it in again, once.</summary>
    [Theory, EveryDatabase]
    public async Task Last_nights_backup_catches_up_from_its_senders(Database database)
    {
        await using var server = database == Database.Postgres ? await OwnPostgres.StartAsync() : null;
        var choice = server?.Choice ?? await TestDatabases.NewAsync(Database.Sqlite);
        try
        {
            string night, today;
            CreateClient.Created machine;
            Guid first;
            await using (var office = await Office.OpenAsync(database, on: choice))
            {
                var item = await office.Given.SupervisedItemAsync(await office.Given.OrganAsync("区市场监管局"));
                machine = await office.ActAsync(async s => await s.GetRequiredService<CreateClient>().RunAsync(new CreateClient.Input("市政务云", (await office.Given.BureauAsync()).Id, [Scopes.CasesWrite, Scopes.CasesRead]), Office.Stop));
                using var client = await SignedInAsync(office, machine);
                Assert.All(await SendAsync(client, Lines(office, item, 40)), a => Assert.Equal("created", a["status"]!.GetValue<string>()));
                first = await office.LookAsync(db => db.Pushes.OrderBy(p => p.Id).Select(p => p.Id).FirstAsync());
                night = server?.Backup() ?? Copy(choice);
                // The day after: more cases, and an act of a person, which no sender will repeat.
                today = Lines(office, item, 30);
                Assert.All(await SendAsync(client, today), a => Assert.Equal("created", a["status"]!.GetValue<string>()));
            }
            if (server is not null) await server.RestoreAsync(night);
            else PutBack(choice, night);

            await using var restored = await Office.OpenAsync(database, on: choice);
            Assert.Equal(40, await restored.LookAsync(db => db.Pushes.CountAsync()));
            await restored.ChainHoldsAsync();
            Assert.True(await restored.LookAsync(db => db.Pushes.AnyAsync(p => p.Id == first)));
            using var again = await SignedInAsync(restored, machine);
            Assert.All(await SendAsync(again, today), a => Assert.Equal("created", a["status"]!.GetValue<string>()));
            Assert.All(await SendAsync(again, today), a => Assert.Equal("unchanged", a["status"]!.GetValue<string>()));
            Assert.Equal(70, await restored.LookAsync(db => db.Pushes.CountAsync()));
            await IsSoundAsync(restored);
        }
        finally
        {
            if (server is null) await TestDatabases.DropAsync(choice);
        }
    }

    /// <summary>The machine's clock goes a day ahead and is put right again: what was done in between stays done, once, and the lists keep every row.</summary>
    [Theory, EveryDatabase]
    public async Task A_clock_that_jumps_a_day_ahead_and_back_loses_and_doubles_nothing(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var organ = await office.Given.OrganAsync("区市场监管局");
        var officer = office.Client(await office.Given.MemberAsync(organ, Roles.LiaisonOfficer));
        var (pushes, right) = (new List<Guid>(), office.Time.GetUtcNow());
        async Task ActAsync()
        {
            for (var i = 0; i < 3; i++) pushes.Add((await office.Given.PushDeliveredAsync(organ)).Id);
            var claimed = await officer.PostAsync($"/api/v1/pushes/{pushes[^1]}/claim", new StringContent("{}", Encoding.UTF8, "application/json"), Office.Stop);
            Assert.True(claimed.IsSuccessStatusCode, await claimed.Content.ReadAsStringAsync(Office.Stop));
            await office.ActAsync(s => s.GetRequiredService<SweepDuties>().RunAsync(Office.Stop));
        }

        await ActAsync();
        office.Time.AdjustTime(right.AddDays(1));
        await ActAsync();
        // Far enough for a claim to be late: its breach is recorded by a clock that is wrong.
        office.Time.AdjustTime(right.AddDays(8));
        await ActAsync();
        office.Time.AdjustTime(right.AddMinutes(5));
        await ActAsync();
        // What was received “tomorrow” is claimed today.
        Assert.True((await officer.PostAsync($"/api/v1/pushes/{pushes[3]}/claim", new StringContent("{}", Encoding.UTF8, "application/json"), Office.Stop)).IsSuccessStatusCode);
        office.Time.AdjustTime(right.AddDays(-1));
        Assert.True((await officer.PostAsync($"/api/v1/pushes/{pushes[0]}/claim", new StringContent("{}", Encoding.UTF8, "application/json"), Office.Stop)).IsSuccessStatusCode);
        await ActAsync();
        office.Time.AdjustTime(right.AddHours(1));
        await ActAsync();

        var (seen, after) = (new List<Guid>(), "");
        do
        {
            var page = JsonNode.Parse(await officer.GetStringAsync($"/api/v1/pushes?view=all&limit=2{after}", Office.Stop))!;
            seen.AddRange(page["items"]!.AsArray().Select(r => r!["id"]!.GetValue<Guid>()));
            after = page["next"] is { } next ? "&after=" + Uri.EscapeDataString(next.GetValue<string>()) : "";
        }
        while (after.Length > 0);
        Assert.Equal(pushes.Order(), seen.Order());
        Assert.All(await office.LookAsync(db => db.LedgerEntries.Where(e => e.Act == "duty.breached").GroupBy(e => e.SubjectId).Select(g => g.Count()).ToListAsync()), times => Assert.Equal(1, times));
        await IsSoundAsync(office);
    }

    private static async Task<(HttpClient Client, Item Item)> StandAsync(Office office)
    {
        var item = await office.Given.SupervisedItemAsync(await office.Given.OrganAsync("区市场监管局"));
        return (await office.Given.MachineAsync(await office.Given.BureauAsync(), [Scopes.CasesWrite, Scopes.CasesRead]), item);
    }

    private static string Lines(Office office, Item item, int count) => string.Join('\n', Enumerable.Range(0, count).Select(_ => office.Line(office.Given.CaseMessage(item))));

    private static async Task<IReadOnlyList<JsonNode>> SendAsync(HttpClient client, string lines)
    {
        var answer = await client.PostAsync("/api/v1/pushes/bulk", new StringContent(lines, Encoding.UTF8, new MediaTypeHeaderValue("application/x-ndjson")), Office.Stop);
        var text = await answer.Content.ReadAsStringAsync(Office.Stop);
        return answer.IsSuccessStatusCode ? [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!)] : throw new HttpRequestException(text);
    }

    /// <summary>A bulk that could not be written ends: broken off, or with every line answered, some of them as not stored.</summary>
    private static async Task EndedAsync(Task<IReadOnlyList<JsonNode>> sending, int lines)
    {
        try
        {
            var answers = await sending.WaitAsync(TimeSpan.FromMinutes(3), Office.Stop);
            Assert.Equal(lines, answers.Count);
            Assert.Contains(answers, a => a["status"]!.GetValue<string>() == "failed");
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            // Broken off: the sender sends again.
        }
    }

    private static async Task IsAwayAsync(Office office, HttpClient client, Item item)
    {
        await SaysAsync(await client.PostAsync("/api/v1/pushes", new StringContent(office.Line(office.Given.CaseMessage(item)), Encoding.UTF8, "application/json"), Office.Stop), "storage.unavailable");
        await SaysAsync(await client.GetAsync("/api/v1/cases", Office.Stop), "storage.unavailable");
        var page = await office.Client().GetAsync("/sign-in", Office.Stop);
        if (!page.IsSuccessStatusCode)
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
            Assert.Contains("数据库暂时连接不上", await page.Content.ReadAsStringAsync(Office.Stop), StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await office.Client().GetAsync("/health", Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await office.Client().GetAsync("/health/live", Office.Stop)).StatusCode);
    }

    private static async Task SaysAsync(HttpResponseMessage answer, string code)
    {
        var said = await answer.Content.ReadAsStringAsync(Office.Stop);
        Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable, $"{(int)answer.StatusCode}: {said}");
        Assert.Equal(code, JsonDocument.Parse(said).RootElement.GetProperty("code").GetString());
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    /// <param name="besides">Pushes that were written and are not among the lines.</param>
    private static async Task WholeAgainAsync(Office office, HttpClient client, string lines, int besides = 0)
    {
        var all = Many + besides;
        var answers = await SendAsync(client, lines);
        Assert.Equal(Many, answers.Count);
        Assert.All(answers, a => Assert.Contains(a["status"]!.GetValue<string>(), new[] { "created", "unchanged" }));
        Assert.Contains(answers, a => a["status"]!.GetValue<string>() == "unchanged");
        Assert.Equal((all, all), (await office.LookAsync(db => db.Cases.CountAsync()), await office.LookAsync(db => db.Pushes.CountAsync())));
        Assert.Equal(all, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "push.delivered")));
        Assert.Equal(all, await office.LookAsync(db => db.Duties.CountAsync(d => d.Rule == "result.claim" && d.ClosedAt == null)));
        await IsSoundAsync(office);
    }

    private static async Task IsSoundAsync(Office office)
    {
        await office.ChainHoldsAsync();
        Assert.Equal([], (await office.ActAsync(services => new CheckDistrict(services.GetRequiredService<AppDb>()).RunAsync(Office.Stop))).What);
    }

    private static async Task<HttpClient> SignedInAsync(Office office, CreateClient.Created machine)
    {
        var client = office.Client();
        client.DefaultRequestHeaders.Authorization = new("Bearer", await client.TokenAsync(machine.Client.ClientId, machine.Secret));
        return client;
    }

    /// <summary>As <c>sqlite3 liandong.db ".backup copy.db"</c> does it, while the product runs.</summary>
    private static string Copy(DatabaseChoice choice)
    {
        var file = Path.Combine(choice.DataFolder, "night.db");
        using var from = new SqliteConnection($"Data Source={choice.SqliteFile};Pooling=False");
        using var to = new SqliteConnection($"Data Source={file};Pooling=False");
        from.Open();
        to.Open();
        from.BackupDatabase(to);
        return file;
    }

    private static void PutBack(DatabaseChoice choice, string night)
    {
        using (var last = new SqliteConnection(Databases.SqliteConnection(choice))) SqliteConnection.ClearPool(last);
        foreach (var end in new[] { "", "-wal", "-shm" }) File.Delete(choice.SqliteFile + end);
        File.Copy(night, choice.SqliteFile);
    }
}
