using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Tests.Api;
using Liandong.Modules.Directory;
using Liandong.Outbound;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Outbound;

/// <summary>Acts told to other systems: to the right ones, in order, until they are received, and never twice at once.</summary>
public sealed class WebhookTests
{
    private static readonly string[] Reader = [Scopes.WebhooksManage, Scopes.PushesRead, Scopes.PushesClaim, Scopes.SupervisionRead];

    [Theory, EveryDatabase]
    public async Task An_act_is_told_to_the_parties_alone_signed_and_word_for_word(Database database)
    {
        await using var office = await OpenAsync(database);
        var (housing, market, bureau) = (await office.Given.OrganAsync("区住建局"), await office.Given.OrganAsync("区市场监管局"), await office.Given.BureauAsync());
        await using var receiver = await Receiver.OpenAsync();
        await using var foreign = await Receiver.OpenAsync();
        await using var bureaus = await Receiver.OpenAsync();
        await using var blind = await Receiver.OpenAsync();
        var secret = (await SubscribeAsync(await office.Given.MachineAsync(housing, Reader), receiver)).Secret;
        await SubscribeAsync(await office.Given.MachineAsync(market, Reader), foreign);
        await SubscribeAsync(await office.Given.MachineAsync(bureau, Reader), bureaus);
        // May subscribe, but may not read pushes: a webhook is no way around a scope.
        await SubscribeAsync(await office.Given.MachineAsync(housing, Scopes.WebhooksManage), blind);

        var push = await office.Given.PushDeliveredAsync(housing);
        await SettleAsync(office);

        var told = Assert.Single(receiver.Accepted, e => e.Type == "cn.liandong.push.delivered");
        var entry = await office.LookAsync(db => db.LedgerEntries.AsNoTracking().SingleAsync(e => e.Act == "push.delivered"));
        Assert.Equal($"370102-{entry.Number}", told.Id);
        Assert.Equal($"push/{push.Id}", told.Subject);
        Assert.Equal(entry.Number, told.Sequence);
        Assert.Equal(entry.Body, told.Data.GetRawText());
        Assert.Equal(push.Id, told.Data.GetProperty("push").GetGuid());
        Assert.Contains(WebhookSignature.Sign(secret, told.Id, DateTimeOffset.FromUnixTimeSeconds(told.Timestamp), told.Body), told.Signature, StringComparison.Ordinal);
        var body = JsonDocument.Parse(told.Body).RootElement;
        Assert.Equal("1.0", body.GetProperty("specversion").GetString());
        Assert.Equal("/districts/370102", body.GetProperty("source").GetString());
        Assert.Equal("application/json", body.GetProperty("datacontenttype").GetString());
        Assert.Equal(entry.At, body.GetProperty("time").GetDateTimeOffset());
        // Who did it stays inside.
        Assert.False(body.TryGetProperty("person", out _));

        Assert.DoesNotContain(foreign.Tried, e => e.Subject.StartsWith("push/", StringComparison.Ordinal));
        Assert.Contains(bureaus.Accepted, e => e.Id == told.Id);
        Assert.Empty(blind.Tried);
        // Sending once more sends nothing more.
        await SettleAsync(office);
        Assert.Single(receiver.Tried, e => e.Id == told.Id);
    }

    [Theory, EveryDatabase]
    public async Task Every_act_is_a_CloudEvent_of_version_1_0(Database database)
    {
        await using var office = await OpenAsync(database);
        await office.Given.CheckAsync(await office.Given.SupervisedMatterAsync());
        var entries = await office.LookAsync(db => db.LedgerEntries.AsNoTracking().ToListAsync());
        Assert.True(entries.Count > 20);
        foreach (var entry in entries)
        {
            var json = JsonDocument.Parse(CloudEvent.Of(entry)).RootElement;
            foreach (var attribute in json.EnumerateObject()) Assert.Matches("^[a-z0-9]{1,20}$", attribute.Name);
            Assert.Equal("1.0", json.GetProperty("specversion").GetString());
            Assert.Equal($"{entry.District}-{entry.Number}", json.GetProperty("id").GetString());
            Assert.True(Uri.TryCreate(json.GetProperty("source").GetString(), UriKind.RelativeOrAbsolute, out _));
            Assert.Equal("cn.liandong." + entry.Act, json.GetProperty("type").GetString());
            Assert.Equal($"{entry.SubjectKind}/{entry.SubjectId}", json.GetProperty("subject").GetString());
            // RFC 3339, with its offset.
            Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}[+-]\d\d:\d\d$", json.GetProperty("time").GetString());
            Assert.Equal("application/json", json.GetProperty("datacontenttype").GetString());
            Assert.Equal(entry.Number.ToString("D20", System.Globalization.CultureInfo.InvariantCulture), json.GetProperty("sequence").GetString());
            Assert.Equal(entry.Body, json.GetProperty("data").GetRawText());
            Assert.False(json.TryGetProperty("data_base64", out _));
        }
        Assert.Equal("application/cloudevents+json", CloudEvent.ContentType);
    }

    [Theory, EveryDatabase]
    public async Task Only_what_happened_after_the_subscription_and_what_it_asked_for_is_told(Database database)
    {
        await using var office = await OpenAsync(database);
        var organ = await office.Given.OrganAsync("区住建局");
        await office.Given.PushDeliveredAsync(organ);
        await using var receiver = await Receiver.OpenAsync();
        var machine = await office.Given.MachineAsync(organ, Reader);
        await SubscribeAsync(machine, receiver, "push.claimed");
        var push = await office.Given.PushDeliveredAsync(organ);
        Assert.True((await machine.PostAsJsonAsync($"/api/v1/pushes/{push.Id}/claim", new { }, Office.Stop)).IsSuccessStatusCode);
        await SettleAsync(office);
        Assert.Equal("cn.liandong.push.claimed", Assert.Single(receiver.Accepted).Type);
    }

    [Theory, EveryDatabase]
    public async Task A_receiver_that_is_down_loses_nothing_and_gets_everything_in_order(Database database)
    {
        foreach (var outage in new[] { TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60), TimeSpan.FromHours(24) })
        {
            await using var office = await OpenAsync(database);
            var organ = await office.Given.OrganAsync("区住建局");
            await using var receiver = await Receiver.OpenAsync();
            var down = true;
            receiver.Answer = _ => down ? Results.StatusCode(503) : Results.NoContent();
            var machine = await office.Given.MachineAsync(organ, Reader);
            await SubscribeAsync(machine, receiver, "push.");

            // Six pushes delivered and claimed while it is down: at least two acts about each of them.
            var member = await office.Given.MemberAsync(organ, Roles.LiaisonOfficer);
            for (var i = 0; i < 6; i++)
            {
                var push = await office.Given.PushDeliveredAsync(organ);
                await office.ActAsync(s => s.GetRequiredService<Liandong.Modules.Linkage.ClaimPush>().RunAsync(push.Id, null, Office.Stop), member);
            }
            await SettleAsync(office);
            for (var past = TimeSpan.Zero; past < outage; past += outage / 6)
            {
                office.Time.Advance(outage / 6);
                await SettleAsync(office);
            }
            Assert.Empty(receiver.Accepted);
            Assert.NotEmpty(receiver.Tried);

            down = false;
            for (var i = 0; i < 120 && await WaitingAsync(office) > 0; i++)
            {
                office.Time.Advance(TimeSpan.FromMinutes(5));
                await SettleAsync(office);
            }
            var acts = await office.LookAsync(db => db.LedgerEntries.Where(e => e.Act.StartsWith("push.")).Select(e => e.Number).ToListAsync());
            Assert.True(acts.Count >= 12);
            // 0 lost, 0 twice, order kept per subject.
            Assert.Equal(acts.Order(), receiver.Accepted.Select(e => e.Sequence).Order());
            foreach (var subject in receiver.Accepted.GroupBy(e => e.Subject)) Assert.Equal(subject.Select(e => e.Sequence).Order(), subject.Select(e => e.Sequence));
            Assert.Equal(0, await office.LookAsync(db => db.WebhookDeliveries.CountAsync(d => d.State == DeliveryState.Dead)));
        }
    }

    [Theory, EveryDatabase]
    public async Task What_cannot_be_handed_over_for_75_hours_is_a_dead_letter_and_can_be_replayed(Database database)
    {
        await using var office = await OpenAsync(database);
        var organ = await office.Given.OrganAsync("区住建局");
        await using var receiver = await Receiver.OpenAsync();
        receiver.Answer = _ => Results.StatusCode(500);
        var machine = await office.Given.MachineAsync(organ, Reader);
        var subscription = await SubscribeAsync(machine, receiver, "push.delivered");
        var administrator = await office.Given.MemberAsync(await office.Given.OrganAsync("区大数据中心", OrganKind.Public), Roles.SystemAdmin);
        await office.Given.PushDeliveredAsync(organ);
        await SettleAsync(office);

        var from = office.Time.GetUtcNow();
        DateTimeOffset? last = null;
        while (await WaitingAsync(office) > 0)
        {
            var next = await office.LookAsync(db => db.WebhookDeliveries.Select(d => d.NextAt).SingleAsync());
            if (next <= office.Time.GetUtcNow()) next = await office.LookAsync(db => db.WebhookLines.Select(l => l.HeldUntil).SingleAsync()) ?? next;
            if (next > office.Time.GetUtcNow()) office.Time.SetUtcNow(next);
            var before = receiver.Tried.Count;
            await SettleAsync(office);
            if (receiver.Tried.Count > before) last = office.Time.GetUtcNow();
        }
        Assert.True(last - from >= TimeSpan.FromHours(75), $"given up after {last - from}");
        Assert.Equal(RetrySchedule.Delays.Count + 1, receiver.Tried.Count);
        Assert.All(receiver.Tried, e => Assert.Equal(receiver.Tried.First().Id, e.Id));

        // The list of dead letters and the log of the tries, for the owner and the administrator; the content for neither.
        machine = await office.Given.MachineAsync(organ, Reader);
        var dead = Assert.Single((await machine.GetFromJsonAsync<JsonElement>($"/api/v1/webhooks/{subscription.Id}/deliveries?state=dead", Office.Stop)).GetProperty("items").EnumerateArray());
        Assert.Equal(500, dead.GetProperty("lastStatus").GetInt32());
        var number = dead.GetProperty("number").GetInt64();
        Assert.Equal(receiver.Tried.Count, (await machine.GetFromJsonAsync<JsonElement>($"/api/v1/webhooks/{subscription.Id}/deliveries/{number}/attempts", Office.Stop)).GetProperty("items").GetArrayLength());
        var page = await office.Client(administrator).PageAsync($"/webhooks/{subscription.Id}?state=dead");
        Assert.Contains("对方返回 500", page, StringComparison.Ordinal);
        Assert.DoesNotContain("济南示例", page, StringComparison.Ordinal);

        // The replay button.
        receiver.Answer = _ => Results.Ok();
        var posted = await office.Client(administrator).SubmitAsync($"/webhooks/{subscription.Id}?state=dead", "replay-dead");
        Assert.Equal(HttpStatusCode.Found, posted.StatusCode);
        await SettleAsync(office);
        Assert.Equal(dead.GetProperty("event").GetString(), Assert.Single(receiver.Accepted).Id);
        // And one that was delivered, again, at the API.
        Assert.True((await machine.PostAsync($"/api/v1/webhooks/{subscription.Id}/deliveries/{number}/replay", null, Office.Stop)).IsSuccessStatusCode);
        await SettleAsync(office);
        Assert.Equal(2, receiver.Accepted.Count);
    }

    [Theory, EveryDatabase]
    public async Task The_receivers_word_is_heard(Database database)
    {
        await using var office = await OpenAsync(database);
        var organ = await office.Given.OrganAsync("区住建局");
        await using var busy = await Receiver.OpenAsync();
        await using var gone = await Receiver.OpenAsync();
        await using var moved = await Receiver.OpenAsync();
        await using var elsewhere = await Receiver.OpenAsync();
        busy.Answer = _ => new After(429, 600);
        gone.Answer = _ => Results.StatusCode(410);
        moved.Answer = _ => Results.Redirect(elsewhere.Address);
        var machine = await office.Given.MachineAsync(organ, Reader);
        var (one, two, three) = (await SubscribeAsync(machine, busy, "push."), await SubscribeAsync(machine, gone, "push."), await SubscribeAsync(machine, moved, "push."));
        await office.Given.PushDeliveredAsync(organ);
        await SettleAsync(office);

        // 429 with Retry-After: not before ten minutes.
        Assert.Single(busy.Tried);
        office.Time.Advance(TimeSpan.FromSeconds(590));
        await SettleAsync(office);
        Assert.Single(busy.Tried);
        office.Time.Advance(TimeSpan.FromSeconds(20));
        busy.Answer = _ => Results.Ok();
        await SettleAsync(office);
        Assert.Single(busy.Accepted);

        // 410: the subscription ends, on record, and is told nothing more.
        Assert.Single(gone.Tried);
        Assert.Equal("gone", (await machine.GetFromJsonAsync<JsonElement>($"/api/v1/webhooks/{two.Id}", Office.Stop)).GetProperty("state").GetString());
        Assert.Equal(1, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "webhook.gone")));
        await office.Given.PushDeliveredAsync(organ);
        await SettleAsync(office);
        Assert.Single(gone.Tried);

        // A redirect is a failure and is not followed.
        Assert.NotEmpty(moved.Tried);
        Assert.Empty(elsewhere.Tried);
        Assert.Contains("重定向", (await machine.GetFromJsonAsync<JsonElement>($"/api/v1/webhooks/{three.Id}/deliveries", Office.Stop)).GetProperty("items")[0].GetProperty("lastError").GetString(), StringComparison.Ordinal);
        Assert.NotEqual(Guid.Empty, one.Id);
    }

    [Theory, EveryDatabase]
    public async Task Of_two_nodes_one_sends(Database database)
    {
        await using var office = await OpenAsync(database);
        var organ = await office.Given.OrganAsync("区住建局");
        await using var receiver = await Receiver.OpenAsync();
        await SubscribeAsync(await office.Given.MachineAsync(organ, Reader), receiver, "push.");
        for (var i = 0; i < 25; i++) await office.Given.PushDeliveredAsync(organ);
        var other = ActivatorUtilities.CreateInstance<SendWebhooks>(office.Services);
        await Task.WhenAll(SettleAsync(office), SettleAsync(office, other), SettleAsync(office));
        Assert.Equal(25, receiver.Tried.Count(e => e.Type.EndsWith("push.delivered", StringComparison.Ordinal)));
        Assert.Equal(receiver.Tried.Count, receiver.Tried.Select(e => e.Id).Distinct().Count());
        Assert.Equal(0, await WaitingAsync(office));
    }

    [Theory, EveryDatabase]
    public async Task A_secret_is_shown_once_kept_encrypted_and_changed_without_a_gap(Database database)
    {
        await using var office = await OpenAsync(database);
        var organ = await office.Given.OrganAsync("区住建局");
        await using var receiver = await Receiver.OpenAsync();
        var machine = await office.Given.MachineAsync(organ, Reader);
        var created = await SubscribeAsync(machine, receiver);
        Assert.DoesNotContain(created.Secret, await office.LookAsync(db => db.WebhookSubscriptions.Select(s => s.Secret).SingleAsync()), StringComparison.Ordinal);
        Assert.DoesNotContain("whsec_", await machine.GetStringAsync($"/api/v1/webhooks/{created.Id}", Office.Stop), StringComparison.Ordinal);
        Assert.DoesNotContain(await office.LookAsync(db => db.LedgerEntries.Select(e => e.Body).ToListAsync()), body => body.Contains("whsec_", StringComparison.Ordinal));

        var second = (await (await machine.PostAsync($"/api/v1/webhooks/{created.Id}/secret", null, Office.Stop)).Content.ReadFromJsonAsync<JsonElement>(Office.Stop)).GetProperty("secret").GetString()!;
        Assert.Equal([Is(created.Secret), Is(second)], await SignedAsync());
        office.Time.Advance(ChangeWebhook.Overlap);
        machine = await office.Given.MachineAsync(organ, Reader);
        Assert.Equal([Is(second)], await SignedAsync());

        string Is(string secret) => secret;

        async Task<IReadOnlyList<string>> SignedAsync()
        {
            Assert.True((await machine.PostAsync($"/api/v1/webhooks/{created.Id}/test", null, Office.Stop)).IsSuccessStatusCode);
            await SettleAsync(office);
            var told = receiver.Accepted.Last();
            Assert.Equal("cn.liandong.webhook.tested", told.Type);
            return [.. new[] { created.Secret, second }.Where(s => told.Signature.Split(' ').Contains(WebhookSignature.Sign(s, told.Id, DateTimeOffset.FromUnixTimeSeconds(told.Timestamp), told.Body)))];
        }
    }

    [Theory, EveryDatabase]
    public async Task Subscriptions_are_the_organs_own_and_no_administrator_names_an_address(Database database)
    {
        await using var office = await OpenAsync(database);
        var (housing, market) = (await office.Given.OrganAsync("区住建局"), await office.Given.OrganAsync("区市场监管局"));
        await using var receiver = await Receiver.OpenAsync();
        var created = await SubscribeAsync(await office.Given.MachineAsync(housing, Reader), receiver);
        var foreign = await office.Given.MachineAsync(market, Reader);
        Assert.Empty((await foreign.GetFromJsonAsync<JsonElement>("/api/v1/webhooks", Office.Stop)).GetProperty("items").EnumerateArray());
        foreach (var address in new[] { $"/api/v1/webhooks/{created.Id}", $"/api/v1/webhooks/{created.Id}/deliveries", $"/api/v1/webhooks/{created.Id}/deliveries/1/attempts" })
            Assert.Equal(HttpStatusCode.NotFound, (await foreign.GetAsync(address, Office.Stop)).StatusCode);
        foreach (var act in new[] { "pause", "resume", "test", "secret", "replay", "deliveries/1/replay" })
            Assert.Equal(HttpStatusCode.NotFound, (await foreign.PostAsync($"/api/v1/webhooks/{created.Id}/{act}", null, Office.Stop)).StatusCode);

        var administrator = office.Client(await office.Given.MemberAsync(market, Roles.SystemAdmin));
        Assert.Contains("区住建局", await administrator.PageAsync("/webhooks"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await administrator.PostAsJsonAsync("/api/v1/webhooks", new { url = receiver.Address }, Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await administrator.PutAsJsonAsync($"/api/v1/webhooks/{created.Id}", new { url = receiver.Address }, Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await administrator.PostAsync($"/api/v1/webhooks/{created.Id}/secret", null, Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await office.Client(await office.Given.MemberAsync(housing, Roles.LiaisonOfficer)).GetAsync("/webhooks", Office.Stop)).StatusCode);

        // Where it leads is checked when it is named, and again when it is called.
        var machine = await office.Given.MachineAsync(housing, Reader);
        Assert.Equal("input.invalid", await (await machine.PostAsJsonAsync("/api/v1/webhooks", new { url = "https://169.254.169.254/latest" }, Office.Stop)).CodeAsync());
        Assert.Equal("input.invalid", await (await machine.PostAsJsonAsync("/api/v1/webhooks", new { url = receiver.Address, types = new[] { "Push Claimed" } }, Office.Stop)).CodeAsync());
    }

    [Theory, EveryDatabase]
    public async Task A_disabled_client_is_told_nothing_more(Database database)
    {
        await using var office = await OpenAsync(database);
        var organ = await office.Given.OrganAsync("区住建局");
        await using var receiver = await Receiver.OpenAsync();
        await SubscribeAsync(await office.Given.MachineAsync(organ, Reader), receiver, "push.");
        await office.LookAsync(db => db.MachineClients.ExecuteUpdateAsync(set => set.SetProperty(c => c.DisabledAt, office.Time.GetUtcNow())));
        await office.Given.PushDeliveredAsync(organ);
        await SettleAsync(office);
        Assert.Empty(receiver.Tried);
    }

    private sealed record Created(Guid Id, string Secret);

    private static Task<Office> OpenAsync(Database database) => Office.OpenAsync(database, settings: new() { ["webhooks:allow"] = "127.0.0.1" });

    private static async Task<Created> SubscribeAsync(HttpClient machine, Receiver receiver, params string[] types)
    {
        var answer = await machine.PostAsJsonAsync("/api/v1/webhooks", new { url = receiver.Address, types }, Office.Stop);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<Created>(Office.Stop))!;
    }

    /// <summary>Until the ledger is read to its end and nothing that is due is in anybody's hands.</summary>
    private static async Task SettleAsync(Office office, SendWebhooks? sender = null)
    {
        sender ??= office.Services.GetRequiredService<SendWebhooks>();
        for (var round = 0; round < 400; round++)
        {
            while (await office.Services.GetRequiredService<FanOutWebhooks>().ReadSomeAsync(Office.DistrictCode, Office.Stop) > 0) { }
            // The host's own reader may hold the place, and its own sender some deliveries, or be about to lease them. The question comes
            // before the sending, so that what that reader hands out in between is sent.
            var read = await office.LookAsync(ReadToTheEndAsync);
            await sender.SendDueAsync(Office.DistrictCode, Office.Stop);
            if (read && !await office.LookAsync(db => IsInHandsOrDueAsync(db, office.Time.GetUtcNow()))) return;
            await Task.Delay(10, Office.Stop);
        }
        Assert.Fail("The deliveries did not settle.");
    }

    private static async Task<bool> ReadToTheEndAsync(AppDb db) =>
        !await db.WebhookSubscriptions.AnyAsync(s => s.State == WebhookState.Active)
        || await db.LedgerCursors.AnyAsync(c => c.Reader == "webhooks" && c.Number >= db.LedgerEntries.Max(e => e.Number));

    private static Task<bool> IsInHandsOrDueAsync(AppDb db, DateTimeOffset now) =>
        db.WebhookDeliveries.AnyAsync(d => d.State == DeliveryState.Waiting && (d.LeasedUntil != null || d.NextAt <= now
            && db.WebhookSubscriptions.Any(s => s.Id == d.Subscription && s.State == WebhookState.Active && db.MachineClients.Any(c => c.Id == s.Client && c.DisabledAt == null))
            && !db.WebhookLines.Any(l => l.Subscription == d.Subscription && l.HeldUntil > now)
            && !db.WebhookDeliveries.Any(e => e.Subscription == d.Subscription && e.SubjectId == d.SubjectId && e.State == DeliveryState.Waiting && e.Number < d.Number)));

    private static Task<int> WaitingAsync(Office office) => office.LookAsync(db => db.WebhookDeliveries.CountAsync(d => d.State == DeliveryState.Waiting));

    private sealed class After(int status, int seconds) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            (httpContext.Response.StatusCode, httpContext.Response.Headers.RetryAfter) = (status, seconds.ToString(System.Globalization.CultureInfo.InvariantCulture));
            return Task.CompletedTask;
        }
    }
}
