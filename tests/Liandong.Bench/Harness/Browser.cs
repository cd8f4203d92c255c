using System.Net;
using System.Text.RegularExpressions;
using Liandong.Accounts;
using Liandong.Modules.Directory;
using Microsoft.Extensions.DependencyInjection;

namespace Liandong.Bench;

/// <summary>A person of an organ, signed in by the sign-in page.</summary>
public static partial class Browser
{
    private const string Password = "栗子-Harbour-41";

    /// <summary>The header line with the session's cookie.</summary>
    public static async Task<string> SignInAsync(District district, Host host, Organ organ, string role, string userName)
    {
        var ct = CancellationToken.None;
        await district.ActAsync(async s =>
        {
            var policy = SetSecurityPolicy.Input.Of(await SecurityPolicy.OfAsync(s.GetRequiredService<Data.AppDb>(), ct));
            if (policy.TotpFor != TotpFor.Nobody) await s.GetRequiredService<SetSecurityPolicy>().RunAsync(policy with { TotpFor = TotpFor.Nobody }, ct);
            return 0;
        });
        var person = await district.ActAsync(s => s.GetRequiredService<AddPerson>().RunAsync(new AddPerson.Input("张三", "13800000000", "", ""), ct));
        await district.ActAsync(s => s.GetRequiredService<GivePost>().RunAsync(new GivePost.Input(person.Id, organ.Id, null, role, "", new DateOnly(2018, 12, 14)), ct));
        var invited = await district.ActAsync(s => s.GetRequiredService<InviteAccount>().RunAsync(new InviteAccount.Input(person.Id, userName), ct));
        await district.ActAsync(async s =>
        {
            await s.GetRequiredService<AcceptLink>().RunAsync(invited.Token, Password, new Origin("127.0.0.1", "Linux"), ct);
            return 0;
        });
        var cookies = new CookieContainer();
        using var http = new HttpClient(new HttpClientHandler { CookieContainer = cookies }) { BaseAddress = host.Address };
        var page = await http.GetStringAsync("/sign-in");
        var fields = Hidden().Matches(page).Select(m => new KeyValuePair<string, string>(m.Groups["name"].Value, WebUtility.HtmlDecode(m.Groups["value"].Value))).ToList();
        var answer = await http.PostAsync("/sign-in", new FormUrlEncodedContent([.. fields, new("UserName", userName), new("Password", Password)]));
        var landed = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode && !answer.RequestMessage!.RequestUri!.AbsolutePath.StartsWith("/sign-in", StringComparison.Ordinal)
            ? "Cookie: " + cookies.GetCookieHeader(host.Address) : throw new InvalidOperationException($"Not signed in: {answer.StatusCode} {answer.RequestMessage!.RequestUri} {landed[..Math.Min(600, landed.Length)]}");
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"")] private static partial Regex Hidden();
}
