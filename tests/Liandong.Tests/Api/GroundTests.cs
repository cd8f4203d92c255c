using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Liandong.Accounts;
using Liandong.Api;
using Xunit;

namespace Liandong.Tests.Api;

/// <summary>What every request passes, whichever page or endpoint it asks for.</summary>
public sealed class GroundTests
{
    [Theory, EveryDatabase]
    public async Task Every_answer_carries_the_security_headers(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var organ = await office.Given.OrganAsync("区住建局");
        var member = await office.Given.MemberAsync(organ, Roles.LiaisonOfficer);
        foreach (var (client, address) in new[] { (office.Client(), "/sign-in"), (office.Client(), "/nowhere"), (office.Client(), "/api/v1/webhooks"), (office.Client(), "/health"), (office.Client(member), "/pushes"), (office.Client(member), "/api/v1/nowhere") })
        {
            var answer = await client.GetAsync(address, Office.Stop);
            Assert.Equal(SecurityHeaders.ContentPolicy, One("Content-Security-Policy"));
            Assert.DoesNotContain("unsafe", One("Content-Security-Policy"), StringComparison.Ordinal);
            Assert.Equal("nosniff", One("X-Content-Type-Options"));
            Assert.Equal("same-origin", One("Referrer-Policy"));
            Assert.Contains("microphone=()", One("Permissions-Policy"), StringComparison.Ordinal);
            Assert.Contains("no-store", One("Cache-Control"), StringComparison.Ordinal);
            Assert.False(answer.Headers.Contains("Server"));
            Assert.False(answer.Headers.Contains("Strict-Transport-Security"));

            string One(string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(",", values) : answer.Content.Headers.TryGetValues(name, out values) ? string.Join(",", values) : $"{address} has no {name}";
        }
        var styles = await office.Client().GetAsync("/app.css", Office.Stop);
        Assert.True(styles.IsSuccessStatusCode);
        Assert.DoesNotContain("no-store", styles.Headers.CacheControl?.ToString() ?? "", StringComparison.Ordinal);
    }

    /// <summary>An address is typed, shortened and passed on: what cannot be read in it is the address's fault and said as such.</summary>
    [Theory, EveryDatabase]
    public async Task A_page_asked_with_a_mistyped_address_says_so(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var bureau = await office.Given.BureauAsync();
        HttpClient[] clients = [office.Client(await office.Given.MemberAsync(bureau, Roles.BureauHead)), office.Client(await office.Given.MemberAsync(bureau, Roles.SecurityAdmin)), office.Client(await office.Given.MemberAsync(bureau, Roles.AuditAdmin))];
        var refused = 0;
        foreach (var page in new[] { "/cases", "/permits", "/items", "/register", "/register/gaps", "/register/people", "/register/versions", "/duties", "/search?q=山", "/supervision", "/feedback", "/pushes", "/reconcile", "/reconcile/rows", "/documents", "/consultations", "/consultations/new", "/meetings", "/policies", "/calendar", "/notices-to-me", "/accounts", "/audit/sign-ins", "/ledger" })
            foreach (var wrong in new[] { "size=99999999999999", "item=zz", "after=zz", "from=0001-01-01&to=9999-12-31", "month=9999-12", "on=2026-02-30", "year=99999999999" })
                foreach (var client in clients)
                {
                    var answer = await client.GetAsync($"{page}{(page.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{wrong}", Office.Stop);
                    Assert.True((int)answer.StatusCode < 500, $"{page} with {wrong}: {(int)answer.StatusCode}");
                    if (answer.StatusCode != HttpStatusCode.BadRequest) continue;
                    refused++;
                    Assert.Matches("无法读取|应在|应先后|应写成", await answer.Content.ReadAsStringAsync(Office.Stop));
                }
        Assert.True(refused > 10, $"Only {refused} were refused.");
    }

    [Theory, EveryDatabase]
    public async Task Over_TLS_the_browser_is_told_to_stay_there(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        using var client = office.Client();
        client.BaseAddress = new Uri("https://liandong.test");
        var answer = await client.GetAsync("/health", Office.Stop);
        Assert.Equal("max-age=31536000", string.Join(",", answer.Headers.GetValues("Strict-Transport-Security")));
    }

    [Theory, EveryDatabase]
    public async Task Ready_means_that_the_database_answers(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var answer = await office.Client().GetAsync("/health", Office.Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        // Nothing about versions, hosts or people for strangers.
        Assert.Equal("{\"status\":\"ok\"}", await answer.Content.ReadAsStringAsync(Office.Stop));
    }

    [Theory, EveryDatabase]
    public async Task An_oversize_body_is_refused_before_it_is_read(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var machine = await office.Given.MachineAsync(await office.Given.OrganAsync("区住建局"), Scopes.WebhooksManage);
        var answer = await machine.PostAsync("/api/v1/webhooks", new StringContent("{\"url\":\"" + new string('x', (int)RequestLimits.Json) + "\"}", Encoding.UTF8, "application/json"), Office.Stop);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("too-large", await answer.CodeAsync());
    }

    [Theory, EveryDatabase]
    public async Task Another_site_cannot_act_with_a_persons_cookie(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var organ = await office.Given.OrganAsync("区住建局");
        var push = await office.Given.PushDeliveredAsync(organ);
        var client = office.Client(await office.Given.MemberAsync(organ, Roles.LiaisonOfficer));
        Assert.Equal("forbidden.origin", await (await SendAsync("Origin", "https://evil.example")).CodeAsync());
        Assert.Equal("forbidden.origin", await (await SendAsync("Origin", "null")).CodeAsync());
        Assert.Equal("forbidden.origin", await (await SendAsync("Sec-Fetch-Site", "cross-site")).CodeAsync());
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("Origin", "http://localhost")).StatusCode);

        Task<HttpResponseMessage> SendAsync(string header, string value)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/pushes/{push.Id}/claim") { Content = JsonContent.Create(new { }) };
            request.Headers.Add(header, value);
            return client.SendAsync(request, Office.Stop);
        }
    }

    [Theory, EveryDatabase]
    public async Task A_loop_that_went_wrong_is_told_to_wait(Database database)
    {
        await using var office = await Office.OpenAsync(database, settings: new() { ["limits:person"] = "1", ["limits:address"] = "1" });
        var organ = await office.Given.OrganAsync("区住建局");
        var (one, other) = (office.Client(await office.Given.MemberAsync(organ, Roles.LiaisonOfficer)), office.Client(await office.Given.MemberAsync(organ, Roles.LiaisonOfficer)));
        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 40; i++) answers.Add(await one.GetAsync("/api/v1/nowhere", Office.Stop));
        var refused = answers.Last();
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("rate-limited", await refused.CodeAsync());
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 5);
        Assert.NotEqual(HttpStatusCode.TooManyRequests, answers[0].StatusCode);
        // Each for itself, and what a page is made of is never refused.
        Assert.NotEqual(HttpStatusCode.TooManyRequests, (await other.GetAsync("/api/v1/nowhere", Office.Stop)).StatusCode);
        for (var i = 0; i < 40; i++) Assert.Equal(HttpStatusCode.OK, (await one.GetAsync("/app.css", Office.Stop)).StatusCode);
    }

    [Theory, EveryDatabase]
    public async Task Nobody_passes_the_api_unnamed(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var answer = await office.Client().PostAsync("/api/v1/webhooks", new StringContent("not even json", Encoding.UTF8, "application/json"), Office.Stop);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
        var machine = await office.Given.MachineAsync(await office.Given.OrganAsync("区住建局"), Scopes.PushesRead);
        var refused = await machine.PostAsync("/api/v1/webhooks", new StringContent("not even json", Encoding.UTF8, "application/json"), Office.Stop);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
    }
}

internal static class Problem
{
    /// <summary>The stable code of a problem.</summary>
    public static async Task<string?> CodeAsync(this HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>(Office.Stop)).GetProperty("code").GetString();

    /// <inheritdoc cref="CodeAsync(HttpResponseMessage)"/>
    public static async Task<string?> CodeAsync(this Task<HttpResponseMessage> sending) => await (await sending).CodeAsync();
}
