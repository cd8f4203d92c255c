using System.Net;
using System.Text.RegularExpressions;

namespace Liandong.Tests;

/// <summary>A page as a person without JavaScript uses it: read it, fill a form in, send it.</summary>
public static partial class Html
{
    public static async Task<string> PageAsync(this HttpClient client, string address)
    {
        var response = await client.GetAsync(address, Office.Stop);
        var body = await response.Content.ReadAsStringAsync(Office.Stop);
        return response.IsSuccessStatusCode ? body : throw new HttpRequestException($"{address}: {(int)response.StatusCode} {body[..Math.Min(body.Length, 600)]}", null, response.StatusCode);
    }

    /// <summary>Fills in the form of the given name on a page; hidden fields (antiforgery, one-time key) go along as a browser sends them.</summary>
    public static async Task<FilledForm> FormAsync(this HttpClient client, string address, string name, params (string Name, string Value)[] fields) =>
        new(client, address, HiddenFieldsOf(await client.PageAsync(address), name).Concat(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))).ToList());

    public static async Task<HttpResponseMessage> SubmitAsync(this HttpClient client, string address, string name, params (string Name, string Value)[] fields) =>
        await (await client.FormAsync(address, name, fields)).SendAsync();

    private static List<KeyValuePair<string, string>> HiddenFieldsOf(string page, string name)
    {
        var form = FormPattern().Matches(page).Select(m => m.Value).FirstOrDefault(f => f.Contains($"name=\"_handler\" value=\"{name}\"", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"The page has no form {name}.");
        return HiddenPattern().Matches(form).Select(m => KeyValuePair.Create(WebUtility.HtmlDecode(Attribute(m.Value, "name")), WebUtility.HtmlDecode(Attribute(m.Value, "value")))).ToList();
    }

    private static string Attribute(string tag, string name) => Regex.Match(tag, $"\\b{name}=\"([^\"]*)\"").Groups[1].Value;

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)] private static partial Regex FormPattern();

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>")] private static partial Regex HiddenPattern();
}

/// <summary>A form that can be sent once, or twice as by a double click.</summary>
public sealed record FilledForm(HttpClient Client, string Address, IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    public Task<HttpResponseMessage> SendAsync() => Client.PostAsync(Address, new FormUrlEncodedContent(Fields), Office.Stop);
}
