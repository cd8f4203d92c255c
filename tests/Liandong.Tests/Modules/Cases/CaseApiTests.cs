using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Modules.Cases;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace Liandong.Tests.Modules.Cases;

public sealed class CaseApiTests
{
    [Theory, EveryDatabase]
    public async Task A_case_sent_by_api_is_created_once_and_read_back_with_a_masked_number(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var (client, item, _) = await StandAsync(office);
        var message = office.Given.CaseMessage(item, m => m with { Party = new PartyInput { Kind = PartyKind.NaturalPerson, Name = "王五", IdNumber = Liandong.Kernel.Parties.SampleCodes.ResidentIdOf(3) } });

        var created = await client.PostAsync("/api/v1/pushes", office.Json(message), Office.Stop);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsync("/api/v1/cases", office.Json(message), Office.Stop)).StatusCode);
        var read = await client.GetAsync(created.Headers.Location, Office.Stop);
        var text = await read.Content.ReadAsStringAsync(Office.Stop);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        Assert.NotNull(read.Headers.ETag);
        Assert.DoesNotContain(message.Party!.IdNumber!, text, StringComparison.Ordinal);
        Assert.Contains("********", text, StringComparison.Ordinal);
        Assert.Equal("delivered", JsonNode.Parse(text)!["pushes"]![0]!["state"]!.GetValue<string>());
    }

    [Theory, EveryDatabase]
    public async Task Faults_are_answered_at_their_fields(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var (client, item, _) = await StandAsync(office);
        var message = office.Given.CaseMessage(item);

        var invalid = await client.PostAsync("/api/v1/pushes", office.Json(message with { Decision = null, DecidedAt = null, DeliveredAt = null, Permit = null, Division = "1" }), Office.Stop);
        var problem = JsonNode.Parse(await invalid.Content.ReadAsStringAsync(Office.Stop))!;
        Assert.Equal((HttpStatusCode.BadRequest, "input.invalid"), (invalid.StatusCode, problem["code"]!.GetValue<string>()));
        Assert.Equal(["decision", "division"], problem["errors"]!.AsObject().Select(e => e.Key).Order());

        await client.PostAsync("/api/v1/cases", office.Json(message), Office.Stop);
        var contradicting = await client.PostAsync("/api/v1/cases", office.Json(message with { Address = "别处", Decision = message.Decision! with { Approver = "王五" } }), Office.Stop);
        problem = JsonNode.Parse(await contradicting.Content.ReadAsStringAsync(Office.Stop))!;
        Assert.Equal((HttpStatusCode.Conflict, "case.contradicts"), (contradicting.StatusCode, problem["code"]!.GetValue<string>()));
        Assert.Equal(["address", "decision.approver"], problem["errors"]!.AsObject().Select(e => e.Key).Order());
    }

    [Theory, EveryDatabase]
    public async Task Lines_are_answered_one_by_one_in_order_and_a_bad_one_does_not_stop_the_rest(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var (client, item, _) = await StandAsync(office);
        var good = Enumerable.Range(0, 1200).Select(_ => office.Line(office.Given.CaseMessage(item))).ToList();
        var lines = new List<string> { good[0], "不是 JSON", good[1], "", good[0], good[2][..^1] + ",\"kind\":\"没有\"}", "{}" };
        lines.AddRange(good[3..]);

        var answers = await SendLinesAsync(client, "/api/v1/cases/bulk", "\uFEFF" + string.Join('\n', lines));

        Assert.Equal(lines.Count - 1, answers.Count);
        Assert.Equal(Enumerable.Range(1, lines.Count).Where(n => n != 4), answers.Select(a => a["line"]!.GetValue<int>()));
        Assert.Equal(["created", "failed", "created", "unchanged", "failed", "failed"], answers.Take(6).Select(a => a["status"]!.GetValue<string>()));
        Assert.Equal(["line.malformed", "line.malformed", "input.invalid"], answers.Take(6).Where(a => a["code"] is not null).Select(a => a["code"]!.GetValue<string>()));
        Assert.Equal("kind", answers[4]["errors"]!.AsObject().Single().Key);
        Assert.Contains("party", answers[5]["errors"]!.AsObject().Select(e => e.Key));
        Assert.All(answers.Skip(6), a => Assert.Equal("created", a["status"]!.GetValue<string>()));
        Assert.Equal(1199, await office.LookAsync(db => db.Pushes.CountAsync()));

        var again = await SendLinesAsync(client, "/api/v1/pushes/bulk", string.Join('\n', good));
        Assert.Equal((1199, 1), (again.Count(a => a["status"]!.GetValue<string>() == "unchanged"), again.Count(a => a["status"]!.GetValue<string>() == "created")));
        await office.ChainHoldsAsync();
    }

    /// <summary>Instants that have no time of day in Beijing stop their own line only, whatever the framework makes of them.</summary>
    [Theory, EveryDatabase]
    public async Task An_instant_at_the_ends_of_time_stops_its_own_line_only(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var (client, item, _) = await StandAsync(office);
        var good = Enumerable.Range(0, 5).Select(_ => JsonNode.Parse(office.Line(office.Given.CaseMessage(item)))!.AsObject()).ToList();
        string[] ends = ["9999-12-31T23:59:59Z", "0001-01-01", "0001-01-01T00:00:00+14:00"];
        for (var i = 0; i < ends.Length; i++) good[i + 1]["receivedAt"] = ends[i];

        var answers = await SendLinesAsync(client, "/api/v1/pushes/bulk", string.Join('\n', good.Select(g => g.ToJsonString())));

        Assert.Equal(["created", "failed", "failed", "failed", "created"], answers.Select(a => a["status"]!.GetValue<string>()));
        foreach (var message in good.Skip(1).Take(ends.Length))
        {
            var answer = await client.PostAsync("/api/v1/pushes", new StringContent(message.ToJsonString(), System.Text.Encoding.UTF8, "application/json"), Office.Stop);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("receivedAt", await answer.Content.ReadAsStringAsync(Office.Stop), StringComparison.Ordinal);
        }
        Assert.Equal(2, await office.LookAsync(db => db.Pushes.CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task The_list_goes_through_all_cases_page_by_page_and_shows_each_organ_its_own(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var (client, item, supervisor) = await StandAsync(office);
        var others = await office.Given.SupervisedItemAsync(await office.Given.OrganAsync("区城管局"), "占道许可");
        await SendLinesAsync(client, "/api/v1/cases/bulk", string.Join('\n', Enumerable.Range(0, 25).Select(i => office.Line(office.Given.CaseMessage(i < 7 ? others : item)))));

        Assert.Equal(25, (await AllAsync(client, "/api/v1/cases?limit=10")).Distinct().Count());
        Assert.Equal(7, (await AllAsync(client, $"/api/v1/cases?limit=3&item={others.Id}&stage=delivered")).Count);
        Assert.Empty(await AllAsync(client, "/api/v1/cases?decision=refused"));
        var one = await client.GetFromJsonAsync<JsonObject>("/api/v1/cases?number=37010220260302000001", Office.Stop);
        Assert.Single(one!["items"]!.AsArray());

        // A department's client that may read cases reads those that were pushed to it, and no other one's detail.
        var reader = new Member(supervisor.Person, supervisor.Name, supervisor.Organ, supervisor.OrganName, false, supervisor.Roles);
        var seen = await office.ActAsync(s => CasesQueries.ListAsync(s.GetRequiredService<AppDb>(), Machine(s, reader.Organ), new CaseFilter(), 100, null, Office.Stop));
        Assert.Equal(18, seen.Count);
        var foreign = await office.LookAsync(db => db.Cases.Where(c => c.Item == others.Id).Select(c => c.Id).FirstAsync());
        await Assert.ThrowsAsync<Liandong.Kernel.NotFound>(() => office.ActAsync(s => CasesQueries.FindAsync(s.GetRequiredService<AppDb>(), Machine(s, reader.Organ), foreign, Office.Stop)));
        Assert.Equal(HttpStatusCode.Forbidden, (await office.Client(supervisor).GetAsync("/api/v1/cases", Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await office.Client(supervisor).PostAsync("/api/v1/cases/bulk", new StringContent("{}", new MediaTypeHeaderValue("application/x-ndjson")), Office.Stop)).StatusCode);
    }

    private static Actor Machine(IServiceProvider services, Guid organ)
    {
        var actor = services.GetRequiredService<Actor>();
        actor.BecomeMachine(Guid.Empty, "client", organ, "", false, Scopes.RightsOf([Scopes.CasesRead]));
        return actor;
    }

    private static async Task<(HttpClient Bureau, Liandong.Modules.Items.Item Item, Member Supervisor)> StandAsync(Office office)
    {
        var organ = await office.Given.OrganAsync("区市场监管局");
        var item = await office.Given.SupervisedItemAsync(organ);
        var approver = await office.Given.MemberAsync(await office.Given.BureauAsync(), Roles.Approver);
        return (office.Client(approver), item, await office.Given.MemberAsync(organ, Roles.LiaisonOfficer));
    }

    private static async Task<List<JsonNode>> SendLinesAsync(HttpClient client, string address, string lines)
    {
        var answer = await client.PostAsync(address, new StringContent(lines, Encoding.UTF8, new MediaTypeHeaderValue("application/x-ndjson")), Office.Stop);
        answer.EnsureSuccessStatusCode();
        return [.. (await answer.Content.ReadAsStringAsync(Office.Stop)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!)];
    }

    private static async Task<List<string>> AllAsync(HttpClient client, string address)
    {
        var (found, after) = (new List<string>(), "");
        do
        {
            var page = (await client.GetFromJsonAsync<JsonObject>(address + (after.Length > 0 ? "&after=" + Uri.EscapeDataString(after) : ""), Office.Stop))!;
            found.AddRange(page["items"]!.AsArray().Select(i => i!["id"]!.GetValue<string>()));
            after = page["next"]?.GetValue<string>() ?? "";
        }
        while (after.Length > 0);
        return found;
    }
}

internal static class CaseMessages
{
    public static string Line(this Office office, CaseInput input) => JsonSerializer.Serialize(input, office.Services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions);

    public static StringContent Json(this Office office, CaseInput input) => new(office.Line(input), Encoding.UTF8, "application/json");
}
