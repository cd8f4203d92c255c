using System.Net;
using System.Text.RegularExpressions;

namespace Liandong.Tests.Modules.Supervision;

/// <summary>A form with everything that the page has filled in, as a browser would send it untouched.</summary>
internal static partial class Filled
{
    public static async Task<List<KeyValuePair<string, string>>> FieldsAsync(HttpClient client, string address, string name)
    {
        var page = await client.PageAsync(address);
        var form = FormPattern().Matches(page).Select(m => m.Value).Single(f => f.Contains($"name=\"_handler\" value=\"{name}\"", StringComparison.Ordinal));
        var fields = new List<KeyValuePair<string, string>>();
        foreach (Match tag in InputPattern().Matches(form))
        {
            var type = Attribute(tag.Value, "type") is { Length: > 0 } given ? given : "text";
            if (type is "checkbox" or "radio" && !Regex.IsMatch(tag.Value, @"\schecked[\s=>/]")) continue;
            if (Attribute(tag.Value, "name") is { Length: > 0 } field) fields.Add(new(field, WebUtility.HtmlDecode(Attribute(tag.Value, "value"))));
        }
        foreach (Match area in AreaPattern().Matches(form)) fields.Add(new(Attribute(area.Groups[1].Value, "name"), WebUtility.HtmlDecode(area.Groups[2].Value)));
        foreach (Match select in SelectPattern().Matches(form))
        {
            var options = OptionPattern().Matches(select.Groups[2].Value);
            var chosen = options.FirstOrDefault(o => Regex.IsMatch(o.Value, @"\sselected[\s=>]")) ?? options.FirstOrDefault();
            fields.Add(new(Attribute(select.Groups[1].Value, "name"), chosen is null ? "" : WebUtility.HtmlDecode(Attribute(chosen.Value, "value"))));
        }
        return fields;
    }

    /// <summary>Sends the form with some fields changed; a name given several times is posted several times, an empty list takes it away.</summary>
    public static async Task<HttpResponseMessage> SendFilledAsync(this HttpClient client, string address, string name, params (string Name, string Value)[] changed)
    {
        var fields = await FieldsAsync(client, address, name);
        fields.RemoveAll(f => changed.Any(c => c.Name == f.Key));
        fields.AddRange(changed.Where(c => c.Value.Length > 0 || c.Name.Length > 0).Select(c => KeyValuePair.Create(c.Name, c.Value)));
        return await client.PostAsync(address, new FormUrlEncodedContent(fields), Office.Stop);
    }

    private static string Attribute(string tag, string name) => Regex.Match(tag, $"\\b{name}=\"([^\"]*)\"").Groups[1].Value;

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)] private static partial Regex FormPattern();

    [GeneratedRegex("<input[^>]*>")] private static partial Regex InputPattern();

    [GeneratedRegex("(<textarea[^>]*>)(.*?)</textarea>", RegexOptions.Singleline)] private static partial Regex AreaPattern();

    [GeneratedRegex("(<select[^>]*>)(.*?)</select>", RegexOptions.Singleline)] private static partial Regex SelectPattern();

    [GeneratedRegex("<option[^>]*>")] private static partial Regex OptionPattern();
}
