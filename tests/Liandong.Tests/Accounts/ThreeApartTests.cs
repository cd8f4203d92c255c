using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Liandong.Accounts;
using Liandong.Kernel;
using Liandong.Modules.Directory;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Accounts;

public sealed class ThreeApartTests
{
    /// <summary>What an administrator may open: the own pages of the three, one's own account, and what is open to anybody.</summary>
    private static readonly string[] NotBusiness =
        ["/account", "/accounts", "/clients", "/audit", "/sign-in", "/sign-out", "/first-administrator", "/invitation", "/health", "/openapi", "/_", "/notice", "/help", "/public", "/docs", "/ledger", "/calendar", "/system", "/webhooks",
         "/api/v1/accounts", "/api/v1/clients", "/api/v1/sign-ins", "/api/v1/security-policy", "/api/v1/calendar", "/api/v1/ledger", "/api/v1/webhooks", "/api/v1/me", "/connect", "/.well-known", "/forbidden", "/not-found"];

    [Fact]
    public void No_role_of_the_three_holds_a_right_of_another_or_of_business()
    {
        foreach (var role in Roles.Administrators)
        {
            var rights = Roles.RightsOf([role]);
            Assert.NotEmpty(rights);
            Assert.Empty(rights.Intersect(Rights.Business));
            foreach (var other in Roles.All.Where(r => r != role)) Assert.Empty(rights.Intersect(Roles.RightsOf([other])));
        }
        Assert.Equal(Rights.Administration.Order(), Roles.Administrators.SelectMany(r => Roles.RightsOf([r])).Order());
    }

    [Theory, EveryDatabase]
    public async Task Nobody_holds_two_of_the_three_or_one_beside_business(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var organ = await office.Given.OrganAsync("区住建局");
        async Task<Refusal> RefusedAsync(Member who, string role) =>
            await Assert.ThrowsAsync<Refusal>(() => office.ActAsync(s => s.GetRequiredService<GivePost>().RunAsync(new GivePost.Input(who.Person, organ.Id, null, role, "", new(2026, 3, 2)), Office.Stop)));
        foreach (var admin in Roles.Administrators)
        {
            var one = await office.Given.MemberAsync(organ, admin);
            foreach (var other in Roles.All.Where(r => r != admin)) Assert.Equal("post.three-apart", (await RefusedAsync(one, other)).Code);
            Assert.Equal("post.three-apart", (await Assert.ThrowsAsync<Refusal>(() => office.ActAsync(s => s.GetRequiredService<AppointLiaison>().RunAsync(new AppointLiaison.Input(organ.Id, one.Person, LiaisonSlot.A, new(2026, 3, 2), ""), Office.Stop)))).Code);
        }
        var officer = await office.Given.MemberAsync(organ, Roles.Supervisor);
        Assert.Equal("post.three-apart", (await RefusedAsync(officer, Roles.AuditAdmin)).Code);

        // Given at the same time, one of the two wins.
        var person = await office.Given.MemberAsync(organ);
        var both = await Task.WhenAll(new[] { Roles.SystemAdmin, Roles.AuditAdmin }.Select(role => Record.ExceptionAsync(() =>
            office.ActAsync(s => s.GetRequiredService<GivePost>().RunAsync(new GivePost.Input(person.Person, organ.Id, null, role, "", new(2026, 3, 2)), Office.Stop))).AsTask()));
        Assert.Single(both, failure => failure is Refusal);
        Assert.Single(both, failure => failure is null);
    }

    /// <summary>Whatever the page can do, the API can: it offers whom to invite and where a client may belong, and no more of the directory than the form does.</summary>
    [Theory, EveryDatabase]
    public async Task The_security_administrator_finds_at_the_API_whom_to_invite_and_sees_no_more_of_the_directory(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var organ = await office.Given.OrganAsync("区住建局");
        var officer = await office.Given.MemberAsync(organ, Roles.LiaisonOfficer);
        var security = office.Client(await office.Given.MemberAsync(organ, Roles.SecurityAdmin));
        Assert.Equal(HttpStatusCode.Forbidden, (await security.GetAsync("/api/v1/people", Office.Stop)).StatusCode);

        var found = await security.GetFromJsonAsync<JsonElement>("/api/v1/accounts/people?q=" + Uri.EscapeDataString(officer.Name), Office.Stop);
        var person = Assert.Single(found.EnumerateArray(), p => p.GetProperty("person").GetGuid() == officer.Person && p.GetProperty("posts").GetString()!.Contains(organ.ShortName, StringComparison.Ordinal)).GetProperty("person").GetGuid();
        Assert.Equal(HttpStatusCode.Created, (await security.PostAsJsonAsync("/api/v1/accounts", new { person, userName = "zhangzhiyuan" }, Office.Stop)).StatusCode);
        Assert.DoesNotContain((await security.GetFromJsonAsync<JsonElement>("/api/v1/accounts/people", Office.Stop)).EnumerateArray(), p => p.GetProperty("person").GetGuid() == person);

        var home = Assert.Single((await security.GetFromJsonAsync<JsonElement>("/api/v1/accounts/organs", Office.Stop)).EnumerateArray(), o => o.GetProperty("name").GetString() == organ.Name).GetProperty("id").GetGuid();
        Assert.Equal(HttpStatusCode.Created, (await security.PostAsJsonAsync("/api/v1/clients", new { name = "住建系统", organ = home, scopes = new[] { Scopes.PushesRead } }, Office.Stop)).StatusCode);
    }

    [Theory, EveryDatabase]
    public async Task No_administrator_opens_a_page_or_list_of_business(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var organ = await office.Given.OrganAsync("区审批局", OrganKind.Bureau);
        var addresses = office.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") ?? true).Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
            // The start page shows each administrator the own tools only; DeskTests prove that it holds no business.
            .Where(a => a != "/")
            .Where(a => !NotBusiness.Any(open => a == open || a.StartsWith(open + "/", StringComparison.Ordinal) || (open == "/_" && a.StartsWith("/_", StringComparison.Ordinal))) && !a.Contains('*', StringComparison.Ordinal) && !Path.HasExtension(a))
            .Select(a => System.Text.RegularExpressions.Regex.Replace(a, @"\{[^}]*\}", organ.Id.ToString())).Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(addresses.Count > 15, string.Join('\n', addresses));

        var seen = new List<string>();
        foreach (var role in Roles.Administrators)
        {
            var client = office.Client(await office.Given.MemberAsync(organ, role));
            // What would be refused is not offered either.
            Assert.DoesNotContain("action=\"/search\"", await client.PageAsync("/account"), StringComparison.Ordinal);
            foreach (var address in addresses)
            {
                var status = (await client.GetAsync(address, Office.Stop)).StatusCode;
                if (status is not (HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.BadRequest)) seen.Add($"{role} {address}: {(int)status}");
            }
        }
        Assert.Equal([], seen);

        // The same addresses do open to somebody: the refusals above are about who asks.
        var approver = office.Client(await office.Given.MemberAsync(organ, Roles.Approver, Roles.ItemManager));
        var opened = 0;
        foreach (var address in addresses)
            if ((await approver.GetAsync(address, Office.Stop)).IsSuccessStatusCode) opened++;
        Assert.True(opened > 8, $"Only {opened} of {addresses.Count} open to an approver.");
    }
}
