using System.Net;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Liandong.Accounts;
using Liandong.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Xunit;

namespace Liandong.Tests.Architecture;

/// <summary>What the API says of itself is complete and true. One office answers all of it: the document is the same on every database.</summary>
public sealed partial class ApiDocumentTests
{
    private static readonly string Root = NoticeTests.FindRoot();

    [Fact]
    public async Task The_document_is_valid_complete_and_says_what_the_routes_do()
    {
        await using var office = await Office.OpenAsync(Database.Sqlite);
        // Asked for here first, so that what stops it says why.
        await office.Services.GetRequiredService<ApiDocument>().GetAsync(Office.Stop);
        var answer = await office.Client().GetAsync(ApiDocument.Address, Office.Stop);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        var json = await answer.Content.ReadAsStringAsync(Office.Stop);
        Assert.Equal(HttpStatusCode.NotModified, (await office.Client().SendAsync(new HttpRequestMessage(HttpMethod.Get, ApiDocument.Address) { Headers = { { "If-None-Match", answer.Headers.ETag!.ToString() } } }, Office.Stop)).StatusCode);

        var read = OpenApiDocument.Parse(json, "json");
        Assert.Empty(read.Diagnostic!.Errors.Select(e => $"{e.Pointer}: {e.Message}"));
        var document = read.Document!;
        var root = JsonDocument.Parse(json).RootElement;
        Assert.StartsWith("3.1", root.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.Contains("平台", document.Info.Description, StringComparison.Ordinal);
        Assert.Equal("/", Assert.Single(document.Servers!).Url);
        Assert.Equal(Scopes.All.Order(), document.Components!.SecuritySchemes![ApiDocument.Machine].Flows!.ClientCredentials!.Scopes!.Keys.Order());
        Assert.Equal("liandong", document.Components.SecuritySchemes[ApiDocument.Session].Name);
        Assert.True(root.GetProperty("webhooks").GetProperty("act").GetProperty("post").TryGetProperty("requestBody", out _));

        // Every reference leads somewhere.
        foreach (Match reference in Reference().Matches(json))
            Assert.True(Resolves(root, reference.Groups[1].Value), $"{reference.Groups[1].Value} leads nowhere.");

        // Every route is in it, and nothing else.
        var routes = RoutesOf(office).ToDictionary(r => r.Key, r => r.Endpoint);
        var documented = document.Paths.SelectMany(p => p.Value.Operations!.Select(o => ($"{o.Key.Method} {p.Key}", Operation: o.Value))).ToDictionary(o => o.Item1, o => o.Operation);
        Assert.Equal(routes.Keys.Order(StringComparer.Ordinal), documented.Keys.Order(StringComparer.Ordinal));

        var faults = new List<string>();
        var described = root.GetProperty("tags").EnumerateArray().Where(t => t.TryGetProperty("description", out _)).Select(t => t.GetProperty("name").GetString()).ToList();
        foreach (var (key, operation) in documented)
        {
            var metadata = routes[key].Metadata;
            Wrong(string.IsNullOrWhiteSpace(operation.Summary), "has no summary (WithSummary)");
            Wrong(operation.Tags is not { Count: 1 } tags || !described.Contains(tags.First().Name), "has no group, or its group has no line in ApiWords.Tags");
            Wrong(!operation.Responses!.Keys.Any(k => k[0] == '2'), "names no answer (Produces)");
            foreach (var parameter in operation.Parameters ?? []) Wrong(string.IsNullOrWhiteSpace(parameter.Description), $"does not describe its parameter {parameter.Name} (a line in ApiWords.Parameters)");
            foreach (var (type, media) in operation.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>())
                Wrong(type.Contains("json", StringComparison.Ordinal) && media.Example is null, "shows no example of its body (a line in ApiExamples)");
            var open = metadata.GetMetadata<IAllowAnonymous>() is not null;
            var demanded = metadata.GetOrderedMetadata<DemandedRights>();
            Wrong(!open && demanded.Count == 0 && metadata.GetMetadata<AboutOneself>() is null, "says nowhere who may ask (Demands, AskedBySomebody or AllowAnonymous)");
            Wrong(open != (operation.Security is not { Count: > 0 }), "says wrongly whether a sign-in is needed");
            foreach (var way in (operation.Security ?? []).Where(w => w.Keys.First().Reference.Id == ApiDocument.Machine))
                Wrong(demanded.Any(d => !d.AnyOf.Intersect(Scopes.RightsOf(way.Values.First())).Any()), $"is said to open to {string.Join('+', way.Values.First())}, which it does not");
            foreach (var status in open ? ["429", "500"] : new[] { "401", "403", "429", "500" }) Wrong(!operation.Responses!.ContainsKey(status), $"does not name {status}");

            void Wrong(bool wrong, string what)
            {
                if (wrong) faults.Add($"{key} {what}.");
            }
        }
        Assert.Equal([], faults);
        Assert.Equal(documented.Count, documented.Values.Select(o => o.OperationId).Distinct().Count());

        // An example is a body that the endpoint can read.
        var options = office.Services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        foreach (var (key, endpoint) in routes)
            if (BodyOf(endpoint) is { } body && ApiExamples.Of(body) is { } example)
                Assert.Equal(JsonSerializer.Serialize(example, body, options), JsonSerializer.Serialize(JsonSerializer.Deserialize(documented[key].RequestBody!.Content!.Values.First().Example!.ToJsonString(), body, options), body, options));

        // The same as a page, under the policy of all pages.
        var page = await office.Client().GetAsync("/docs/api", Office.Stop);
        Assert.Equal(SecurityHeaders.ContentPolicy, page.Headers.GetValues("Content-Security-Policy").Single());
        var text = await page.Content.ReadAsStringAsync(Office.Stop);
        foreach (var code in ProblemCodes.All.Keys) Assert.Contains($"<code>{code}</code>", text, StringComparison.Ordinal);
        foreach (var tag in described)
        {
            var group = await office.Client().PageAsync("/docs/api/" + Uri.EscapeDataString(tag!));
            foreach (var (key, operation) in documented.Where(d => d.Value.Tags!.First().Name == tag)) Assert.Contains($"id=\"{operation.OperationId}\"", group, StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await office.Client().GetAsync("/docs/api/nothing", Office.Stop)).StatusCode);
    }

    /// <summary>Who builds on the API reads the document alone: every call and every field says in the office's words what it is.</summary>
    [Fact]
    public async Task Every_call_and_every_field_is_described_in_Chinese()
    {
        await using var office = await Office.OpenAsync(Database.Sqlite);
        var (_, json, _) = await office.Services.GetRequiredService<ApiDocument>().GetAsync(Office.Stop);
        var root = JsonDocument.Parse(json).RootElement;
        Assert.Equal([], UndescribedIn(root));

        // A line that no field has any more is dead, and may be wrong.
        var schemas = root.GetProperty("components").GetProperty("schemas");
        var fields = schemas.EnumerateObject().SelectMany(s => s.Value.TryGetProperty("properties", out var own) ? own.EnumerateObject().Select(p => (Schema: s.Name, Field: p.Name)) : []).ToList();
        Assert.Equal([], ApiFields.ByName.Keys.Except(fields.Select(f => f.Field)));
        Assert.Equal([], ApiFields.Here.Keys.Except(fields.Select(f => $"{f.Schema}.{f.Field}")));
        Assert.Equal([], ApiFields.Bodies.Keys.Where(name => !schemas.TryGetProperty(name, out _)));
    }

    [Fact]
    public void What_is_not_described_is_found()
    {
        var root = JsonDocument.Parse("""
            {
              "paths": {
                "/api/v1/pushes": { "get": { "summary": "推送" }, "post": { "description": "没有名称" } },
                "/api/v1/cases": { "get": { "summary": "The list of cases" } }
              },
              "components": { "schemas": {
                "PushRow": { "properties": { "number": { "description": "推送单编号。" }, "state": { "type": "string" }, "due": { "description": "The organ's own limit." } } },
                "Tally": { "description": "Figures of one day.", "properties": {} },
                "PushState": { "enum": ["pending"] }
              } }
            }
            """).RootElement;
        Assert.Equal(["post /api/v1/pushes has no summary", "get /api/v1/cases: The list of cases", "PushRow.state has no words (a line in ApiFields)", "PushRow.due: The organ's own limit.", "Tally: Figures of one day.", "PushState is a choice without words (a line in ApiFields.Bodies)"], UndescribedIn(root));
    }

    private static List<string> UndescribedIn(JsonElement root)
    {
        var faults = new List<string>();
        foreach (var path in root.GetProperty("paths").EnumerateObject())
            foreach (var call in path.Value.EnumerateObject())
                if (WordsOf(call.Value, "summary") is not { } summary) faults.Add($"{call.Name} {path.Name} has no summary");
                else foreach (var words in new[] { summary, WordsOf(call.Value, "description") }) if (words is not null && !ApiDocument.IsOfTheOffice(words)) faults.Add($"{call.Name} {path.Name}: {words}");
        foreach (var schema in root.GetProperty("components").GetProperty("schemas").EnumerateObject())
        {
            if (WordsOf(schema.Value, "description") is { } words) { if (!ApiDocument.IsOfTheOffice(words)) faults.Add($"{schema.Name}: {words}"); }
            else if (schema.Value.TryGetProperty("enum", out _)) faults.Add($"{schema.Name} is a choice without words (a line in ApiFields.Bodies)");
            foreach (var field in schema.Value.TryGetProperty("properties", out var own) ? own.EnumerateObject() : default)
                if (WordsOf(field.Value, "description") is not { } said) faults.Add($"{schema.Name}.{field.Name} has no words (a line in ApiFields)");
                else if (!ApiDocument.IsOfTheOffice(said)) faults.Add($"{schema.Name}.{field.Name}: {said}");
        }
        return faults;

        static string? WordsOf(JsonElement of, string name) => of.TryGetProperty(name, out var words) && words.GetString() is { Length: > 0 } text ? text : null;
    }

    /// <summary>“Whatever a page can do, the API can” needs the words that a list takes: the document names them, and any other is refused with them, never passed over.</summary>
    [Fact]
    public async Task A_parameter_that_takes_few_words_names_them_and_refuses_all_others()
    {
        await using var office = await Office.OpenAsync(Database.Sqlite);
        var bureau = await office.Given.BureauAsync();
        var clients = new List<HttpClient> { await office.Given.MachineAsync(bureau, [.. Scopes.All]) };
        foreach (var role in Roles.Administrators) clients.Add(office.Client(await office.Given.MemberAsync(bureau, role)));
        var root = JsonDocument.Parse(await office.Client().GetStringAsync(ApiDocument.Address, Office.Stop)).RootElement;
        var (faults, asked) = (new List<string>(), 0);
        foreach (var path in root.GetProperty("paths").EnumerateObject().Where(p => !p.Name.Contains('{', StringComparison.Ordinal)))
        {
            if (!path.Value.TryGetProperty("get", out var get) || !get.TryGetProperty("parameters", out var listed)) continue;
            var taken = listed.EnumerateArray().Where(p => p.TryGetProperty("in", out var where) && where.GetString() == "query").ToList();
            foreach (var parameter in taken)
            {
                var (name, schema) = (parameter.GetProperty("name").GetString()!, parameter.GetProperty("schema"));
                if (schema.TryGetProperty("$ref", out var reference)) schema = root.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]);
                var words = schema.TryGetProperty("enum", out var choice) ? choice.EnumerateArray().Where(w => w.ValueKind == JsonValueKind.String).Select(w => w.GetString()!).ToList() : null;
                var others = string.Concat(taken.Where(p => p.GetProperty("name").GetString() != name && p.TryGetProperty("required", out var required) && required.GetBoolean()).Select(p => $"&{p.GetProperty("name").GetString()}={Uri.EscapeDataString(Sample(p.GetProperty("schema")))}"));
                HttpResponseMessage? answer = null;
                foreach (var client in clients)
                    if ((answer = await client.GetAsync($"{path.Name}?{name}=no-such-word{others}", Office.Stop)).StatusCode != HttpStatusCode.Forbidden) break;
                asked++;
                var said = await answer!.Content.ReadAsStringAsync(Office.Stop);
                if (answer.StatusCode != HttpStatusCode.BadRequest)
                {
                    if (words is not null || schema.TryGetProperty("format", out _)) faults.Add($"{path.Name}: {name} takes what the document does not allow ({(int)answer.StatusCode}).");
                    continue;
                }
                var problem = JsonDocument.Parse(said).RootElement;
                if (!problem.TryGetProperty("errors", out var errors) || !errors.TryGetProperty(name, out var why)) faults.Add($"{path.Name}: a wrong {name} is not named: {said}");
                else if (words is not null && !words.All(w => why[0].GetString()!.Contains(w, StringComparison.Ordinal))) faults.Add($"{path.Name}: who gives a wrong {name} is not told the right ones: {why[0]}");
                else if (words is null && name is not "after" && !schema.TryGetProperty("format", out _) && schema.GetProperty("type").GetString() == "string" && name is not ("month" or "year" or "division" or "close" or "count" or "unit")) faults.Add($"{path.Name}: {name} takes few words, and the document does not name them: {why[0]}");
            }
        }
        Assert.Equal([], faults);
        Assert.True(asked > 150, $"Only {asked} parameters were asked.");

        static string Sample(JsonElement schema) => schema.TryGetProperty("enum", out var words) ? words[0].GetString()!
            : schema.TryGetProperty("format", out var format) ? format.GetString() switch { "uuid" => Guid.Empty.ToString(), "date" => "2026-03-02", _ => "1" } : "1";
    }

    [Fact]
    public void Every_problem_code_of_the_source_stands_in_the_list_and_in_the_docs()
    {
        var used = System.IO.Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) is ".cs" or ".razor" && !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal) && !f.EndsWith("ProblemCodes.cs", StringComparison.Ordinal))
            .SelectMany(f => Code().Matches(File.ReadAllText(f)).Select(m => m.Groups["code"].Value)).ToHashSet();
        Assert.True(used.Count > 150);
        Assert.Equal([], used.Where(c => !ProblemCodes.All.ContainsKey(c)).Order().Select(c => $"{c}: add a line to src/Liandong/Api/ProblemCodes.cs and to docs/modules/api.md"));
        Assert.Equal([], ProblemCodes.Refusals.Select(l => l.Code).Where(c => !used.Contains(c) && !ProblemCodes.General.Any(l => l.Code == c)).Order().Select(c => $"{c}: nothing answers it any more"));
        var docs = DocumentedCode().Matches(File.ReadAllText(Path.Combine(Root, "docs/modules/api.md"))).Select(m => m.Groups["code"].Value).ToHashSet();
        Assert.Equal([], ProblemCodes.All.Keys.Where(c => !docs.Contains(c)).Order().Select(c => $"{c}: add a line to docs/modules/api.md"));
        Assert.Equal([], docs.Where(c => !ProblemCodes.All.ContainsKey(c)).Order());
    }

    /// <summary>The API's routes as <c>GET /api/v1/pushes/{id}</c>, without the constraints of parameters.</summary>
    internal static IEnumerable<(string Key, RouteEndpoint Endpoint)> RoutesOf(Office office) =>
        from endpoint in office.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let path = "/" + endpoint.RoutePattern.RawText!.Trim('/')
        where path.StartsWith("/api/", StringComparison.Ordinal)
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
        select ($"{method} {Constraint().Replace(path, "{$1}")}", endpoint);

    internal static Type? BodyOf(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is { RequestType: { } type } accepts && accepts.ContentTypes.Any(c => c.Contains("json", StringComparison.Ordinal)) ? type : null;

    private static bool Resolves(JsonElement root, string reference)
    {
        var at = root;
        foreach (var part in reference.TrimStart('#', '/').Split('/'))
            if (!at.TryGetProperty(part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal), out at)) return false;
        return true;
    }

    [GeneratedRegex("\"\\$ref\":\\s*\"([^\"]+)\"")] private static partial Regex Reference();

    [GeneratedRegex(@"\{([^}:]+)[^}]*\}")] private static partial Regex Constraint();

    [GeneratedRegex("""(?:new Refusal|Refusal \w+\([^)]*\) => new|\bNew\(\d+,|Failed\(|Code:)\s*\(?\s*(?:said\.Number, )?"(?<code>[a-z][a-z0-9.-]+)"[,)]""")] private static partial Regex Code();

    [GeneratedRegex(@"^\| `(?<code>[a-z][a-z0-9.-]+)` \|", RegexOptions.Multiline)] private static partial Regex DocumentedCode();
}
