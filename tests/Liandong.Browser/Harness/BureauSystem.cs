using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Liandong.Browser;

/// <summary>
/// The approval system of the bureau, as it sends decided cases by the API with the machine client of <c>data/sample-client.json</c>. Every
/// journey begins with a case of a party of its own, so that none depends on another or on the sample's dates.
/// </summary>
public sealed class BureauSystem(SampleHost host) : IDisposable
{
    private static int parties;
    private readonly SemaphoreSlim gate = new(1, 1);
    private HttpClient? http;
    private long signedInAt;
    private JsonArray organs = [];

    /// <summary>A case that was decided and pushed.</summary>
    /// <param name="Pushes">Address of each organ's push, by the organ's short name.</param>
    public sealed record Sent(Guid Id, string Number, string Item, string ItemName, string Party, string Code, string Permit, IReadOnlyDictionary<string, Guid> Pushes);

    /// <summary>A permit that was granted this morning for an item that the organ supervises, pushed to it and to whoever assists.</summary>
    /// <param name="organ">Short name of the main supervising organ.</param>
    /// <param name="nth">Which of the organ's items, so that journeys that change the register take different ones.</param>
    public async Task<Sent> DecideAsync(string organ, int nth = 0)
    {
        var of = await OrganAsync(organ);
        var lines = (await GetAsync($"register?organ={of["id"]}&kind=main&limit=50"))["items"]!.AsArray();
        Assert.True(lines.Count > nth, $"{organ} supervises only {lines.Count} items in the sample.");
        return await DecideItemAsync(lines[nth]!["itemCode"]!.GetValue<string>(), lines[nth]!["itemName"]!.GetValue<string>());
    }

    /// <summary>Another case of an item, pushed to whomever the register names by now.</summary>
    public async Task<Sent> DecideItemAsync(string item, string itemName)
    {
        var n = Interlocked.Increment(ref parties);
        var (now, number, code) = (TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)), $"XC{n:0000000}", CreditCode(n));
        var (party, permit) = ($"济南行程{n}有限公司", $"370102{now:yyyy}9{n:0000000}");
        var answer = await SendAsync(new
        {
            number, item, kind = "new", division = "370102", address = $"济南市历下区经十路{n % 900 + 1}号", source = "审批系统",
            party = new { kind = "enterprise", name = party, code, legalPerson = "王示例", address = "济南市历下区经十路1号" },
            receivedAt = now.AddHours(-3), acceptedAt = now.AddHours(-2), decidedAt = now.AddMinutes(-5), deliveredAt = now.AddMinutes(-1),
            decision = new { kind = "granted", number = $"历审准〔{now.Year}〕{n}号", content = "准予许可。", opinion = "符合条件。", approver = "李示例" },
            permit = new { number = permit, name = itemName + "证", validFrom = $"{now:yyyy-MM-dd}", validTo = $"{now.AddYears(3):yyyy-MM-dd}" },
            materials = new[] { new { name = "申请书" }, new { name = "营业执照" } }, conditions = new[] { "按许可范围从事活动" }, promises = new[] { "按期提交年度报告" },
        });
        var pushes = answer["pushes"]!.AsArray().ToDictionary(p => NameOf(p!["organ"]!.GetValue<string>()), p => p!["id"]!.GetValue<Guid>());
        return new Sent(answer["id"]!.GetValue<Guid>(), number, item, itemName, party, code, permit, pushes);
    }

    /// <summary>How many of each the platform holds of one push.</summary>
    public sealed record Held(int Plans, int Checks, int Rectifications, int Enforcements, int Penalties, int Feedback);

    public async Task<Held> SupervisionAsync(Guid push)
    {
        var found = await GetAsync($"supervision/matters/{push}");
        return new Held(Of("plans"), Of("checks"), Of("rectifications"), Of("enforcements"), Of("penalties"), Of("feedback"));

        int Of(string list) => found[list]!.AsArray().Count;
    }

    /// <summary>The steps of a push, as words.</summary>
    public async Task<IReadOnlyList<string>> StepsAsync(Guid push) => [.. (await GetAsync($"pushes/{push}"))["steps"]!.AsArray().Select(step => step!["what"]!.GetValue<string>())];

    /// <summary>A party's code that no other journey uses, for a case that is entered by hand.</summary>
    public static (string Name, string Code) NewParty()
    {
        var n = Interlocked.Increment(ref parties);
        return ($"济南窗口{n}有限公司", CreditCode(n));
    }

    public void Dispose()
    {
        http?.Dispose();
        gate.Dispose();
    }

    private async Task<JsonNode> SendAsync(object body)
    {
        var answer = await (await ClientAsync()).PostAsJsonAsync("pushes", body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"The case was not taken: {(int)answer.StatusCode} {text}\n{host.LastWords}");
        return JsonNode.Parse(text)!;
    }

    private async Task<JsonNode> GetAsync(string path)
    {
        var answer = await (await ClientAsync()).GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path} answered {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    private async Task<JsonNode> OrganAsync(string shortName)
    {
        await ClientAsync();
        return organs.Single(o => o!["shortName"]!.GetValue<string>() == shortName)!;
    }

    private string NameOf(string organ) => organs.Single(o => o!["id"]!.GetValue<string>() == organ)!["shortName"]!.GetValue<string>();

    private async Task<HttpClient> ClientAsync()
    {
        await gate.WaitAsync();
        try
        {
            // A token lives for fifteen minutes, a run may take longer.
            if (http is null || TimeProvider.System.GetElapsedTime(signedInAt) > TimeSpan.FromMinutes(10)) http = await SignInAsync();
            return http;
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<HttpClient> SignInAsync()
    {
        var client = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(host.Data, "sample-client.json")))!;
        using var anonymous = new HttpClient();
        var answer = await anonymous.PostAsync(new Uri(host.Address, "connect/token"), new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = client["clientId"]!.GetValue<string>(), ["client_secret"] = client["clientSecret"]!.GetValue<string>(),
        }));
        signedInAt = TimeProvider.System.GetTimestamp();
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString();
        var signedIn = new HttpClient { BaseAddress = new Uri(host.Address, "api/v1/"), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        organs = JsonNode.Parse(await signedIn.GetStringAsync("organs"))!.AsArray();
        return signedIn;
    }

    /// <summary>A social credit code that checks, of an enterprise that does not exist (GB 32100-2015, GB 11714-1997).</summary>
    private static string CreditCode(int n)
    {
        const string alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        // The organisation code inside has a check character of its own.
        var body = $"YK{n % 1_000_000:000000}";
        int[] inner = [3, 7, 9, 10, 5, 8, 4, 2];
        var rest = 11 - body.Select((c, i) => (char.IsDigit(c) ? c - '0' : c - 'A' + 10) * inner[i]).Sum() % 11;
        var code = $"91370102{body}{(rest == 10 ? "X" : rest == 11 ? "0" : rest.ToString())}";
        int[] outer = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
        return code + alphabet[(31 - code.Select((c, i) => alphabet.IndexOf(c) * outer[i]).Sum() % 31) % 31];
    }
}
