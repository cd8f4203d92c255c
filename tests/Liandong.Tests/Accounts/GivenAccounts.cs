using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Liandong.Accounts;
using Liandong.Modules.Directory;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liandong.Tests;

public sealed partial class Given
{
    /// <summary>A system of an organ, signed in by client credentials at the real token endpoint.</summary>
    public async Task<HttpClient> MachineAsync(Organ organ, params string[] scopes)
    {
        var created = await office.ActAsync(s => s.GetRequiredService<CreateClient>().RunAsync(new CreateClient.Input($"{organ.ShortName}业务系统", organ.Id, scopes), Office.Stop));
        var client = office.Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await client.TokenAsync(created.Client.ClientId, created.Secret));
        return client;
    }

    public const string Password = "栗子-Harbour-41";

    /// <summary>An account with a password of its own, opened by invitation as in real life.</summary>
    public async Task<Guid> AccountAsync(Member member, string userName, string password = Password)
    {
        var invited = await office.ActAsync(s => s.GetRequiredService<InviteAccount>().RunAsync(new InviteAccount.Input(member.Person, userName), Office.Stop));
        await office.ActAsync(s => s.GetRequiredService<AcceptLink>().RunAsync(invited.Token, password, new Origin("10.0.0.1", "Windows · Edge"), Office.Stop));
        return invited.Account.Id;
    }

    /// <summary>The district asks nobody for a second factor.</summary>
    public Task WithoutSecondFactorAsync() => office.ActAsync(async s =>
    {
        var policy = SetSecurityPolicy.Input.Of(new SecurityPolicy { District = Office.DistrictCode, Id = Guid.Empty });
        await s.GetRequiredService<SetSecurityPolicy>().RunAsync(policy with { TotpFor = TotpFor.Nobody }, Office.Stop);
    });

    /// <summary>Makes the district a sample, where one click signs in as anybody.</summary>
    public Task SampleDistrictAsync() => office.LookAsync(db => db.DistrictSettings.ExecuteUpdateAsync(set => set.SetProperty(s => s.IsSample, true), Office.Stop));
}

public static class SigningIn
{
    public static async Task<string> TokenAsync(this HttpClient client, string id, string secret, string scope = "")
    {
        var answer = await client.AskTokenAsync(id, secret, scope);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Office.Stop);
        return answer.IsSuccessStatusCode ? body.GetProperty("access_token").GetString()! : throw new HttpRequestException(body.ToString(), null, answer.StatusCode);
    }

    public static Task<HttpResponseMessage> AskTokenAsync(this HttpClient client, string id, string secret, string scope = "") => client.PostAsync("/connect/token",
        new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", id), new("client_secret", secret), .. scope.Length > 0 ? new KeyValuePair<string, string>[] { new("scope", scope) } : []]), Office.Stop);

    /// <summary>Signs in on the real sign-in page; the client keeps the cookie.</summary>
    public static Task<HttpResponseMessage> SignInAsync(this HttpClient client, string userName, string password) =>
        client.SubmitAsync("/sign-in", "sign-in", ("UserName", userName), ("Password", password));

    /// <summary>Signs in with one click as a person of the sample.</summary>
    public static Task<HttpResponseMessage> SignInAsAsync(this HttpClient client, Member person) => client.SubmitAsync("/sign-in", $"as-{person.Person:N}-{person.Organ:N}");
}
