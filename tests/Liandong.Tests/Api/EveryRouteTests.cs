using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Liandong.Accounts;
using Liandong.Api;
using Liandong.Modules.Directory;
using Liandong.Tests.Architecture;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace Liandong.Tests.Api;

/// <summary>
/// Every address of the running host, asked for one organ's matters by everybody there is. Who gets what stands in <c>EveryRoute.txt</c>, one line per
/// address; an address without a line fails. Whatever that table says, nobody who is not party reads a word of the matters.
/// </summary>
public sealed partial class EveryRouteTests
{
    /// <summary>Nobody has this one: asked for it, a call says whether it would have been taken at all.</summary>
    private const string Nothing = "0195a3b0-dead-7000-8000-00000000dead";

    /// <summary>What belongs to one organ. A stranger who asks for one of these by its address is told that there is none.</summary>
    private static readonly string[] OfOneOrgan =
    [
        "push", "waiting", "returned", "dispute", "case", "party", "permit", "unrouted", "plan", "rectification", "enforcement", "feedback", "check", "remark", "draft", "document", "paper", "file", "upload",
        "consultation", "view", "decision", "freeze", "circular", "meeting", "topic", "memorandum", "policy", "request", "access", "market", "duty", "reminder", "webhook", "client", "account", "cases-sheet",
    ];

    private sealed record Asker(char Sign, string Who, HttpClient Client, bool MayNotRead, bool IsMachine = false);

    private sealed record Line(string Method, string Address, string Cells)
    {
        public string Route => $"{Method} {Braces().Replace(Address.Split('?')[0], "{}")}";
        public bool Belongs => Braces().Matches(Address).Any(b => OfOneOrgan.Contains(b.Value.Trim('{', '}')));
    }

    [Theory, EveryDatabase]
    public async Task Every_address_answers_each_as_its_line_says_and_tells_strangers_nothing(Database database)
    {
        await using var office = await Office.OpenAsync(database, with: GivenReminders.Still);
        var all = await office.Given.EverythingAsync();
        // A right is the same on both databases, and what a query leaves out is not: on the second, those who ask for others' matters and those whose they are.
        var everybody = await AskersAsync(office, all);
        var askers = database == Database.Sqlite ? everybody : everybody.FindAll(a => "naoxmk".Contains(a.Sign, StringComparison.Ordinal));
        var lines = System.IO.File.ReadAllLines(Path.Combine(NoticeTests.FindRoot(), "tests/Liandong.Tests/Api/EveryRoute.txt")).Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split((char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries))
            .Select(l => new Line(l[0], l[1], l.Length > 2 ? l[2].Replace(" ", "", StringComparison.Ordinal) : "")).ToList();
        var routes = RoutesOf(office);
        var wrong = routes.Keys.Except(lines.Select(l => l.Route)).Select(r => $"{r}: no line in EveryRoute.txt").Concat(lines.Select(l => l.Route).Except(routes.Keys).Select(r => $"{r}: there is no such address any more")).ToList();
        var before = await office.LookAsync(db => db.LedgerEntries.MaxAsync(e => e.Number));

        foreach (var line in lines.Where(l => routes.ContainsKey(l.Route)))
        {
            var cells = await Task.WhenAll(askers.Select(asker => AskAsync(line, routes[line.Route], asker, all, office, wrong)));
            var declared = string.Concat(askers.Select(a => everybody.IndexOf(a)).Select(at => at < line.Cells.Length ? line.Cells[at] : '?'));
            if (new string(cells) != declared) wrong.Add($"{line.Method} {line.Address} answers {Grouped(cells)} and not {Grouped(declared)}");
        }

        // Whatever strangers tried, nothing happened to what is not theirs.
        var theirs = all.Ids.Where(id => OfOneOrgan.Contains(id.Key)).Select(id => Guid.TryParse(id.Value, out var guid) ? guid : Guid.Empty).ToList();
        wrong.AddRange(await office.LookAsync(db => db.LedgerEntries.Where(e => e.Number > before && e.Organ == all.Stranger.Id && theirs.Contains(e.SubjectId)).Select(e => $"a stranger did {e.Act}").ToListAsync()));
        Assert.True(wrong.Count == 0, $"Askers: {string.Join(", ", askers.Select(a => $"{a.Sign} {a.Who}"))}\n{string.Join('\n', wrong.Distinct().Order(StringComparer.Ordinal))}");
    }

    /// <summary>One character for what somebody gets: see the head of <c>EveryRoute.txt</c>.</summary>
    private static async Task<char> AskAsync(Line line, RouteEndpoint endpoint, Asker asker, Everything all, Office office, List<string> wrong)
    {
        if (asker.IsMachine && !line.Address.StartsWith("/api/", StringComparison.Ordinal) && !line.Address.StartsWith("/connect", StringComparison.Ordinal)) return '.';
        var reads = line.Method is "GET" or "HEAD";
        // Strangers try what would work if it were theirs; the others are asked of nothing, so that no answer changes what the next one finds.
        var earnest = reads || asker.Sign is 'x' or 'm';
        using var request = new HttpRequestMessage(new HttpMethod(line.Method), Braces().Replace(line.Address, b => earnest ? Uri.UnescapeDataString(all.Ids.GetValueOrDefault(b.Value.Trim('{', '}'), b.Value)) : Fill(b.Value)));
        if (!reads) request.Content = earnest ? BodyOf(endpoint, all, office) : new StringContent("{", Encoding.UTF8, endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes.FirstOrDefault(c => !c.StartsWith("multipart", StringComparison.Ordinal)) ?? "application/json");
        if (line.Address.StartsWith("/api/v1/uploads", StringComparison.Ordinal))
        {
            request.Headers.Add("Tus-Resumable", "1.0.0");
            if (line.Method == "PATCH") (request.Content, _) = (new StringContent("77") { Headers = { ContentType = new MediaTypeHeaderValue("application/offset+octet-stream") } }, request.Headers.TryAddWithoutValidation("Upload-Offset", "0"));
        }
        var answer = await asker.Client.SendAsync(request, Office.Stop);
        var text = TextOf(await answer.Content.ReadAsByteArrayAsync(Office.Stop));
        var word = all.Words.FirstOrDefault(m => text.Contains(m, StringComparison.Ordinal));
        var mark = word ?? all.Numbers.FirstOrDefault(m => text.Contains(m, StringComparison.Ordinal));
        var status = (int)answer.StatusCode;
        var cell = status switch
        {
            302 or 303 when answer.Headers.Location!.ToString().Contains("/sign-in", StringComparison.Ordinal) && line.Address != "/sign-out" => '>',
            401 => '>',
            403 => '-',
            404 => '0',
            >= 500 => 'E',
            >= 400 when reads => '!',
            _ => mark is not null ? '#' : '+',
        };
        lock (wrong)
        {
            if (cell == 'E') wrong.Add($"{line.Method} {line.Address} fails with {status} for {asker.Who}");
            if (asker.MayNotRead && (asker.Sign == 't' ? word : mark) is { } seen) wrong.Add($"{line.Method} {line.Address} shows “{seen}” to {asker.Who}: {Around(text, seen)}");
            if (asker.Sign is 'x' or 'm' && line.Belongs && cell is not ('0' or '-')) wrong.Add($"{line.Method} {line.Address} answers {status} to {asker.Who}, who is not party");
        }
        return cell;
    }

    private static string Fill(string brace) => brace switch { "{month}" => "2026-03", "{entry}" or "{number}" => "999999", "{code}" => "nowhere", _ => Nothing };

    private static async Task<List<Asker>> AskersAsync(Office office, Everything all)
    {
        var (given, m) = (office.Given, all.Matter);
        async Task<Asker> In(Organ organ, char sign, bool mayNotRead, params string[] roles) => new(sign, string.Join("+", roles) + " of " + organ.ShortName, office.Client(await given.MemberAsync(organ, roles)), mayNotRead);
        // Two pairs hold the same rights today, or one the other's and more, and one of each is asked. Where they part, give the other a column.
        Assert.Equal(Roles.RightsOf([Roles.Archivist]).Order(), Roles.RightsOf([Roles.FeeClerk]).Order());
        // Meetings are asked of the convenor alone (附件1 三); in all else the deputy reads what the convenor reads.
        Assert.Equal(Roles.RightsOf([Roles.Convenor]).Order(), Roles.RightsOf([Roles.DeputyConvenor]).Append(Rights.MeetingApprove).Order());
        var conference = await given.OrganAsync("联席会议办公室", OrganKind.ConferenceOffice);
        var government = await given.OrganAsync("区政府办", OrganKind.Government);
        var discipline = await given.OrganAsync("区纪委监委", OrganKind.Discipline);
        return
        [
            new('n', "nobody", office.Client(), true),
            new('a', "approver", office.Client(m.Approver), false), new('i', "item manager", office.Client(all.Manager), false), await In(m.Bureau, 'b', false, Roles.BureauHead), await In(m.Bureau, 'r', false, Roles.Archivist),
            await In(m.Market, 'l', false, Roles.LiaisonLead), await In(m.Market, 'o', false, Roles.LiaisonOfficer), await In(m.Market, 's', false, Roles.Supervisor), new('e', "enforcement of 区城管局", office.Client(m.Enforcer), false),
            await In(conference, 'c', false, Roles.ConferenceOffice), await In(government, 'v', false, Roles.Convenor), await In(discipline, 'd', false, Roles.Discipline),
            await In(m.Bureau, 'y', true, Roles.SystemAdmin), await In(m.Bureau, 'u', true, Roles.SecurityAdmin), await In(m.Bureau, 't', true, Roles.AuditAdmin),
            await In(all.Stranger, 'x', true, Roles.LiaisonLead, Roles.LiaisonOfficer, Roles.Supervisor, Roles.Enforcement),
            new('m', "the system of another organ", await given.MachineAsync(all.Stranger, [.. Scopes.All]), true, IsMachine: true),
            new('k', "the organ's own system", await given.MachineAsync(m.Market, [.. Scopes.All]), false, IsMachine: true),
        ];
    }

    /// <summary>Every address as <c>GET /pushes/{}</c>. A page is read here; what its form does runs the same guard, and the same use case as the call beside it.</summary>
    private static Dictionary<string, RouteEndpoint> RoutesOf(Office office) => office.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
        .SelectMany(e => (e.Metadata.GetMetadata<ComponentTypeMetadata>() is not null ? ["GET"] : e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            .Select(method => (Key: $"{method} {Braces().Replace("/" + e.RoutePattern.RawText!.Trim('/'), "{}")}", Endpoint: e)))
        .GroupBy(r => r.Key).ToDictionary(g => g.Key, g => g.First().Endpoint);

    /// <summary>What the document gives as an example, about the organ's matters.</summary>
    private static HttpContent? BodyOf(RouteEndpoint endpoint, Everything all, Office office)
    {
        var types = endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes ?? [];
        if (types.Any(t => t.StartsWith("multipart", StringComparison.Ordinal)))
        {
            var form = new MultipartFormDataContent { { new ByteArrayContent("事项编码,事项名称\nX-1,甲\n"u8.ToArray()), "file", "a.csv" } };
            return form;
        }
        if (ApiDocumentTests.BodyOf(endpoint) is not { } type || ApiExamples.Of(type) is not { } example)
            return new StringContent("", Encoding.UTF8, types.Count > 0 ? types[0] : "application/json");
        var json = JsonSerializer.SerializeToNode(example, type, office.Services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions)!;
        foreach (var (name, matter) in new[] { ("push", "push"), ("matter", "check"), ("ids", "waiting"), ("uploads", "upload"), ("files", "upload") })
            if (json is JsonObject fields && fields[name] is { } value) fields[name] = value is JsonArray ? new JsonArray(all.Ids[matter]) : all.Ids[matter];
        return new StringContent(json.ToJsonString(), Encoding.UTF8, types.Count > 0 ? types[0] : "application/json");
    }

    /// <summary>What a reader would read: the words of a page without its tags, the cells of a workbook, the paragraphs of a document.</summary>
    private static string TextOf(byte[] body)
    {
        if (!body.AsSpan().StartsWith("PK"u8))
        {
            var text = Encoding.UTF8.GetString(body);
            return text.Contains("<html", StringComparison.Ordinal) ? WebUtility.HtmlDecode(Tag().Replace(text, "")) + WebUtility.HtmlDecode(text) : text;
        }
        using var zip = new ZipArchive(new MemoryStream(body));
        return string.Concat(zip.Entries.Where(e => e.FullName.EndsWith(".xml", StringComparison.Ordinal)).Select(e => Tag().Replace(new StreamReader(e.Open()).ReadToEnd(), "")));
    }

    private static string Around(string text, string mark)
    {
        var at = text.IndexOf(mark, StringComparison.Ordinal);
        return text[Math.Max(0, at - 60)..Math.Min(text.Length, at + mark.Length + 20)].Replace('\n', ' ');
    }

    private static string Grouped(IEnumerable<char> cells) => Groups().Replace(string.Concat(cells), "$1 $2 $3 $4 $5 $6 $7 ").Trim();

    [GeneratedRegex(@"\{[^}]*\}")] private static partial Regex Braces();

    [GeneratedRegex("<[^>]*>")] private static partial Regex Tag();

    // nobody · bureau · owner · enforcing · the district's · administrators · strangers and machines
    [GeneratedRegex("^(.)(.{4})(.{3})(.)(.{3})(.{3})(.{3})$")] private static partial Regex Groups();
}
