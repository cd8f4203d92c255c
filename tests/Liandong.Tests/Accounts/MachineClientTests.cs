using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Liandong.Accounts;
using Liandong.Modules.Directory;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Accounts;

public sealed class MachineClientTests
{
    private static Task<HttpResponseMessage> ClaimAsync(HttpClient client) => client.PostAsJsonAsync($"/api/v1/pushes/{Guid.Empty}/claim", new { section = (Guid?)null }, Office.Stop);

    [Theory, EveryDatabase]
    public async Task A_machine_acts_for_its_organ_within_its_scopes(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var organ = await office.Given.OrganAsync("区住建局");

        // Allowed: the act is looked for, and there is none. Not in scope: refused before looking.
        Assert.Equal(HttpStatusCode.NotFound, (await ClaimAsync(await office.Given.MachineAsync(organ, Scopes.PushesClaim))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await ClaimAsync(await office.Given.MachineAsync(organ, Scopes.DirectoryRead))).StatusCode);
        var nobody = await ClaimAsync(office.Client());
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        Assert.Equal("unauthenticated", (await nobody.Content.ReadFromJsonAsync<JsonElement>(Office.Stop)).GetProperty("code").GetString());
        var forged = office.Client();
        forged.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "e30.e30.AAAA");
        Assert.Equal(HttpStatusCode.Unauthorized, (await ClaimAsync(forged)).StatusCode);
    }

    [Theory, EveryDatabase]
    public async Task A_token_is_given_for_the_right_secret_and_own_scopes_only_and_ends_in_time(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var organ = await office.Given.OrganAsync("区住建局");
        var created = await office.ActAsync(s => s.GetRequiredService<CreateClient>().RunAsync(new CreateClient.Input("住建局业务系统", organ.Id, [Scopes.PushesClaim, Scopes.DirectoryRead]), Office.Stop));
        var (id, client) = (created.Client.ClientId, office.Client());

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.AskTokenAsync(id, "wrong")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.AskTokenAsync("370102-0000000000000000", created.Secret)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.AskTokenAsync("nonsense", created.Secret)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.AskTokenAsync(id, created.Secret, Scopes.CasesWrite)).StatusCode);
        // A token for one scope carries that one alone.
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await client.TokenAsync(id, created.Secret, Scopes.DirectoryRead));
        Assert.Equal(HttpStatusCode.Forbidden, (await ClaimAsync(client)).StatusCode);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await client.TokenAsync(id, created.Secret));
        Assert.Equal(HttpStatusCode.NotFound, (await ClaimAsync(client)).StatusCode);

        office.Time.Advance(TokenEndpoint.Lifetime + TimeSpan.FromMinutes(6));
        Assert.Equal(HttpStatusCode.Unauthorized, (await ClaimAsync(client)).StatusCode);
        // The secret itself is nowhere in the database.
        Assert.DoesNotContain(created.Secret, JsonSerializer.Serialize(await office.LookAsync(db => db.MachineClients.AsNoTracking().ToListAsync())), StringComparison.Ordinal);
        Assert.Equal(1, await office.LookAsync(db => db.SignInAttempts.CountAsync(a => a.Client == created.Client.Id && a.Outcome == SignInOutcome.WrongPassword)));
    }
}
