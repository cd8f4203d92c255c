using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Liandong.Accounts;
using Liandong.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Api;

/// <summary>One key, one effect, whatever is sent again, at once, or after a crash.</summary>
public sealed class IdempotencyTests
{
    [Theory, EveryDatabase]
    public async Task A_call_sent_again_gives_the_same_answer_and_no_second_act(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var organ = await office.Given.OrganAsync("区住建局");
        var (push, other) = (await office.Given.PushDeliveredAsync(organ), await office.Given.PushDeliveredAsync(organ));
        var machine = await office.Given.MachineAsync(organ, Scopes.PushesClaim);

        var first = await ClaimAsync(machine, push.Id, "claim-1");
        var body = await first.Content.ReadAsStringAsync(Office.Stop);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.False(first.Headers.Contains(Idempotency.ReplayedHeader));

        var again = await ClaimAsync(machine, push.Id, "claim-1");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal("true", again.Headers.GetValues(Idempotency.ReplayedHeader).Single());
        Assert.Equal(body, await again.Content.ReadAsStringAsync(Office.Stop));
        Assert.Equal(1, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "push.claimed")));

        // The same key for another request, and another client's own use of the key.
        var mismatch = await ClaimAsync(machine, other.Id, "claim-1");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, mismatch.StatusCode);
        Assert.Equal("idempotency.mismatch", await mismatch.CodeAsync());
        var second = await office.Given.MachineAsync(organ, Scopes.PushesClaim);
        Assert.Equal(HttpStatusCode.OK, (await ClaimAsync(second, other.Id, "claim-1")).StatusCode);

        // Without the key, the rules answer.
        Assert.Equal(HttpStatusCode.Conflict, (await ClaimAsync(machine, push.Id, null)).StatusCode);
        Assert.Equal("idempotency.key-invalid", await (await ClaimAsync(machine, push.Id, new string('k', 129))).CodeAsync());
    }

    [Theory, EveryDatabase]
    public async Task A_refused_call_leaves_its_key_free(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var organ = await office.Given.OrganAsync("区住建局");
        var push = await office.Given.PushDeliveredAsync(organ);
        var machine = await office.Given.MachineAsync(organ, Scopes.PushesClaim);
        Assert.Equal(HttpStatusCode.NotFound, (await ClaimAsync(machine, Guid.Empty, "k")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ClaimAsync(machine, push.Id, "k")).StatusCode);
    }

    [Theory, EveryDatabase]
    public async Task Many_at_once_have_one_effect_and_one_answer(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var organ = await office.Given.OrganAsync("区住建局");
        var push = await office.Given.PushDeliveredAsync(organ);
        var machine = await office.Given.MachineAsync(organ, Scopes.PushesClaim);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ClaimAsync(machine, push.Id, "same")));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        Assert.Single((await Task.WhenAll(answers.Select(a => a.Content.ReadAsStringAsync(Office.Stop)))).Distinct());
        Assert.Equal(19, answers.Count(a => a.Headers.Contains(Idempotency.ReplayedHeader)));
        Assert.Equal(1, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "push.claimed")));
    }

    [Theory, EveryDatabase]
    public async Task An_answer_lost_with_its_process_becomes_a_receipt(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var organ = await office.Given.OrganAsync("区住建局");
        var push = await office.Given.PushDeliveredAsync(organ);
        var machine = await office.Given.MachineAsync(organ, Scopes.PushesClaim);
        Assert.Equal(HttpStatusCode.OK, (await ClaimAsync(machine, push.Id, "k")).StatusCode);
        await KeptAsync(office);
        // As a process leaves it that died between the act and the answer.
        await office.LookAsync(db => db.UsedKeys.ExecuteUpdateAsync(set => set.SetProperty(k => k.Status, (int?)null).SetProperty(k => k.Answer, (string?)null)));

        var again = await ClaimAsync(machine, push.Id, "k");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal("true", again.Headers.GetValues(Idempotency.ReplayedHeader).Single());
        var claimed = await office.LookAsync(db => db.LedgerEntries.Where(e => e.Act == "push.claimed").Select(e => e.Number).SingleAsync());
        Assert.Equal(claimed, (await again.Content.ReadFromJsonAsync<JsonElement>(Office.Stop)).GetProperty("ledger").GetInt64());
    }

    [Theory, EveryDatabase]
    public async Task A_key_is_kept_for_72_hours(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var organ = await office.Given.OrganAsync("区住建局");
        var push = await office.Given.PushDeliveredAsync(organ);
        var client = await office.Given.ClientAsync(organ, Scopes.PushesClaim);
        await ClaimAsync(await SignedInAsync(), push.Id, "k");
        await KeptAsync(office);

        office.Time.Advance(TimeSpan.FromHours(71.9));
        await office.Services.GetRequiredService<AnswerBook>().CleanAsync(Office.Stop);
        Assert.True((await ClaimAsync(await SignedInAsync(), push.Id, "k")).Headers.Contains(Idempotency.ReplayedHeader));

        office.Time.Advance(TimeSpan.FromHours(0.2));
        await office.Services.GetRequiredService<AnswerBook>().CleanAsync(Office.Stop);
        Assert.Equal(HttpStatusCode.Conflict, (await ClaimAsync(await SignedInAsync(), push.Id, "k")).StatusCode);

        async Task<HttpClient> SignedInAsync()
        {
            var http = office.Client();
            http.DefaultRequestHeaders.Authorization = new("Bearer", await http.TokenAsync(client.Client.ClientId, client.Secret));
            return http;
        }
    }

    /// <summary>Until the answers are written, a moment after the acts.</summary>
    private static async Task KeptAsync(Office office)
    {
        for (var i = 0; i < 200; i++)
        {
            if (await office.LookAsync(db => db.UsedKeys.AllAsync(k => k.Status != null))) return;
            await Task.Delay(25, Office.Stop);
        }
        Assert.Fail("The answer was not kept.");
    }

    private static Task<HttpResponseMessage> ClaimAsync(HttpClient client, Guid push, string? key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/pushes/{push}/claim") { Content = JsonContent.Create(new { }) };
        if (key is not null) request.Headers.Add(Idempotency.Header, key);
        return client.SendAsync(request, Office.Stop);
    }
}
