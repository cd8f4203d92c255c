using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Liandong.Accounts;
using Liandong.Api;
using Liandong.Modules.Cases;
using Liandong.Modules.Directory;
using Liandong.Modules.Items;
using Liandong.Modules.Supervision;
using Liandong.Tests.Architecture;
using Liandong.Tests.Modules.Cases;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Xunit;

namespace Liandong.Tests.Api;

/// <summary>What the API promises of every call: how it says no, how it pages, how it takes many at once.</summary>
public sealed class ContractTests
{
    [Theory, EveryDatabase]
    public async Task Every_no_is_a_problem_with_a_code(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var organ = await office.Given.OrganAsync("区住建局");
        var push = await office.Given.PushDeliveredAsync(organ);
        var machine = await office.Given.MachineAsync(organ, [.. Scopes.All]);
        foreach (var (what, method, address, body, type, status, code) in new[]
        {
            ("half a body", "POST", $"/api/v1/pushes/{push.Id}/return", "{\"reason\":", "application/json", 400, "request.malformed"),
            ("no body", "POST", $"/api/v1/pushes/{push.Id}/return", "", "application/json", 400, "request.malformed"),
            ("a list for an object", "POST", $"/api/v1/pushes/{push.Id}/return", "[]", "application/json", 400, "request.malformed"),
            ("a number for a text", "POST", $"/api/v1/pushes/{push.Id}/return", "{\"reason\":\"duplicate\",\"note\":5}", "application/json", 400, "request.malformed"),
            ("a text for a number", "PUT", "/api/v1/limits/result.claim", "{\"count\":\"3\",\"source\":\"x\"}", "application/json", 403, "forbidden"),
            ("null for what must be there", "POST", $"/api/v1/pushes/{push.Id}/return", "{\"reason\":null}", "application/json", 400, "request.malformed"),
            ("nothing for what must be there", "POST", $"/api/v1/pushes/{push.Id}/return", "{}", "application/json", 400, "request.malformed"),
            ("a word that is none", "POST", $"/api/v1/pushes/{push.Id}/return", "{\"reason\":\"noSuchWord\"}", "application/json", 400, "request.malformed"),
            ("a number for a word", "POST", $"/api/v1/pushes/{push.Id}/return", "{\"reason\":1}", "application/json", 400, "request.malformed"),
            ("a day that is none", "POST", $"/api/v1/supervision/matters/{push.Id}/plans", "{\"kind\":\"daily\",\"plannedOn\":\"2026-02-30\"}", "application/json", 400, "request.malformed"),
            ("U+0000 in a text", "POST", $"/api/v1/pushes/{push.Id}/return", "{\"reason\":\"duplicate\",\"note\":\"a\\u0000b\"}", "application/json", 400, "request.malformed"),
            ("half a character", "POST", $"/api/v1/pushes/{push.Id}/return", "{\"reason\":\"duplicate\",\"note\":\"\\ud83d\"}", "application/json", 400, "request.malformed"),
            ("a form for a body", "POST", $"/api/v1/pushes/{push.Id}/return", "reason=duplicate", "application/x-www-form-urlencoded", 415, "unsupported-media-type"),
            ("JSON for lines", "POST", "/api/v1/supervision/checks/bulk", "{}", "application/json", 415, "unsupported-media-type"),
            ("an unknown address", "GET", "/api/v1/nowhere", null, null, 404, "not-found"),
            ("an unknown version", "GET", "/api/v2/pushes", null, null, 404, "not-found"),
            ("a key that is none", "GET", "/api/v1/pushes/12", null, null, 404, "not-found"),
            ("another method", "DELETE", $"/api/v1/pushes/{push.Id}", null, null, 405, "method-not-allowed"),
            ("a word in the query that is none", "GET", "/api/v1/disputes?state=asleep", null, null, 400, "input.invalid"),
            ("a day in the query that is none", "GET", "/api/v1/register?on=2026-02-30", null, null, 400, "input.invalid"),
            ("U+0000 in the query", "GET", "/api/v1/items?q=a%00b", null, null, 400, "request.malformed"),
            ("a page of none", "GET", "/api/v1/pushes?limit=0", null, null, 400, "input.invalid"),
            ("a page of too many", "GET", "/api/v1/pushes?limit=201", null, null, 400, "input.invalid"),
        })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method!), address);
            if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, type!);
            var answer = await machine.SendAsync(request, Office.Stop);
            Assert.True((int)answer.StatusCode == status, $"{what}: {(int)answer.StatusCode} instead of {status}: {await answer.Content.ReadAsStringAsync(Office.Stop)}");
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Office.Stop);
            Assert.Equal((code, status), (problem.GetProperty("code").GetString(), problem.GetProperty("status").GetInt32()));
            Assert.True(problem.GetProperty("title").GetString()!.Length > 0 && problem.GetProperty("detail").GetString()!.Length > 0);
            Assert.EndsWith("/" + code, problem.GetProperty("type").GetString(), StringComparison.Ordinal);
            if (status == 405) Assert.Contains("GET", answer.Content.Headers.Allow);
        }
        // Nothing of all this did anything.
        Assert.Equal(0, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "push.returned")));
    }

    [Theory, EveryDatabase]
    public async Task What_cannot_be_read_is_named_field_by_field(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var organ = await office.Given.OrganAsync("区住建局");
        var push = await office.Given.PushDeliveredAsync(organ);
        var machine = await office.Given.MachineAsync(organ, [.. Scopes.All]);
        var returned = $"/api/v1/pushes/{push.Id}/return";
        foreach (var (method, address, body, field, part) in new[]
        {
            ("POST", returned, "{\"reason\":", "", "不是完整的 JSON"),
            ("POST", returned, "[]", "", "类型不对"),
            ("POST", returned, "", "", "没有内容"),
            ("POST", returned, "{}", "reason", "必须填写"),
            ("POST", returned, "{\"reason\":null}", "reason", "不能为空"),
            ("POST", returned, "{\"reason\":\"noSuchWord\"}", "reason", "不是可用的取值"),
            ("POST", returned, "{\"reason\":\"duplicate\",\"note\":5}", "note", "类型不对"),
            ("POST", returned, "{\"reason\":\"duplicate\",\"note\":\"a\\u0000b\"}", "note", "无法读取"),
            ("POST", $"/api/v1/supervision/matters/{push.Id}/plans", "{\"kind\":\"daily\",\"plannedOn\":\"2026-02-30\"}", "plannedOn", "无法读取"),
            ("POST", $"/api/v1/supervision/matters/{push.Id}/checks", "{\"on\":\"2026-03-02\",\"officers\":[{\"name\":\"张三\"},{\"name\":5}]}", "officers[", ""),
            ("POST", $"/api/v1/supervision/matters/{push.Id}/checks", "{\"on\":\"2026-03-02\",\"result\":\"conforming\",\"treatment\":\"passed\",\"officers\":[null]}", "officers[0]", "不能为空"),
            ("GET", "/api/v1/register?on=2026-02-30", null, "on", "2026-02-30"),
            ("GET", "/api/v1/pushes?limit=x", null, "limit", "x"),
            ("GET", "/api/v1/policies?kind=asleep", null, "kind", "law"),
            ("GET", "/api/v1/meetings?organ=me", null, "organ", "不是编号"),
            ("GET", "/api/v1/attachments?kind=case", null, "matter", "必须填写"),
        })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), address);
            if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            var answer = await machine.SendAsync(request, Office.Stop);
            var said = await answer.Content.ReadAsStringAsync(Office.Stop);
            var problem = JsonDocument.Parse(said).RootElement;
            // A value in the address is an input like any other; of a body that cannot be read nothing else is known.
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest && problem.GetProperty("code").GetString() == (address.Contains('=', StringComparison.Ordinal) && !part.Contains("必须", StringComparison.Ordinal) ? "input.invalid" : "request.malformed"), $"{address} {body}: {said}");
            Assert.DoesNotContain("页面", said, StringComparison.Ordinal);
            Assert.Contains(part, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
            if (field.Length == 0) Assert.False(problem.TryGetProperty("errors", out _), said);
            else Assert.True(problem.TryGetProperty("errors", out var errors) && errors.EnumerateObject().Any(e => e.Name.StartsWith(field, StringComparison.Ordinal)), $"{address} {body}: {said}");
        }
    }

    /// <summary>A refusal names its field as the body does.</summary>
    [Theory, EveryDatabase]
    public async Task A_refusal_names_the_field_as_the_body_writes_it(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var organ = await office.Given.OrganAsync("区住建局");
        var push = await office.Given.PushDeliveredAsync(organ);
        var machine = await office.Given.MachineAsync(organ, [.. Scopes.All]);
        var problem = await (await machine.PostAsJsonAsync($"/api/v1/pushes/{push.Id}/return", new { reason = "notOurCharge" }, Office.Stop)).Content.ReadFromJsonAsync<JsonElement>(Office.Stop);
        Assert.Equal(("push.return-needs-proposal", "proposedOrgan"), (problem.GetProperty("code").GetString(), problem.GetProperty("field").GetString()));
    }

    /// <summary>The first and the last day that can be written are days like others to a list that is asked for them.</summary>
    [Theory, EveryDatabase]
    public async Task A_list_answers_for_any_days_that_can_be_written(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var bureau = await office.Given.BureauAsync();
        var clients = new List<HttpClient> { await office.Given.MachineAsync(bureau, [.. Scopes.All]) };
        foreach (var role in Roles.Administrators) clients.Add(office.Client(await office.Given.MemberAsync(bureau, role)));
        var document = (await office.Services.GetRequiredService<ApiDocument>().GetAsync(Office.Stop)).Document;
        var asked = 0;
        foreach (var (path, item) in document.Paths)
            if (item.Operations!.TryGetValue(HttpMethod.Get, out var get) && !path.Contains('{', StringComparison.Ordinal))
                foreach (var name in get.Parameters!.Select(p => p.Name).Where(n => n is "from" or "to" or "on" or "start"))
                    foreach (var day in new[] { "0001-01-01", "9999-12-31" })
                        foreach (var client in clients)
                        {
                            var answer = await client.GetAsync($"{path}?{name}={day}", Office.Stop);
                            if (answer.StatusCode != HttpStatusCode.Forbidden) asked++;
                            Assert.True((int)answer.StatusCode < 500, $"{path}?{name}={day}: {(int)answer.StatusCode}");
                        }
        Assert.True(asked > 30, $"Only {asked} were asked.");
    }

    [Theory, EveryDatabase]
    public async Task Every_list_pages_by_places_that_it_gave_out_and_by_no_others(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var organ = await office.Given.OrganAsync("区住建局");
        for (var i = 0; i < 3; i++) await office.Given.ClaimedAsync(organ);
        var bureau = await office.Given.BureauAsync();
        var clients = new List<HttpClient> { await office.Given.MachineAsync(bureau, [.. Scopes.All]), await office.Given.MachineAsync(organ, [.. Scopes.All]) };
        foreach (var role in Roles.Administrators) clients.Add(office.Client(await office.Given.MemberAsync(bureau, role)));
        var webhook = (await (await clients[1].PostAsJsonAsync("/api/v1/webhooks", new { url = "https://yewu.example.cn/hook" }, Office.Stop)).Content.ReadFromJsonAsync<JsonElement>(Office.Stop)).GetProperty("id").GetGuid();
        var document = (await office.Services.GetRequiredService<ApiDocument>().GetAsync(Office.Stop)).Document;
        var lists = document.Paths.Where(p => p.Value.Operations!.TryGetValue(HttpMethod.Get, out var get) && get.Parameters!.Any(x => x.Name == "after")).Select(p => p.Key.Replace("{id}", webhook.ToString(), StringComparison.Ordinal)).ToList();
        Assert.True(lists.Count >= 15, string.Join('\n', lists));
        var (asked, paged) = (0, 0);
        foreach (var list in lists)
            foreach (var client in clients)
            {
                var kind = list.EndsWith("/search", StringComparison.Ordinal) ? "&kind=push&q=示例" : "";
                if (!(await client.GetAsync(list + "?limit=1" + kind, Office.Stop)).IsSuccessStatusCode) continue;
                asked++;
                foreach (var place in new[] { "nonsense", "AAAA", "%E6%9E%97" })
                {
                    var answer = await client.GetAsync($"{list}?after={place}{kind}", Office.Stop);
                    Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{list} takes “{place}” for a place: {(int)answer.StatusCode}");
                }
                if (kind.Length > 0) continue;
                // One by one, the list has each row once, and as many as in one page.
                var whole = await ItemsAsync(client, list + "?limit=200");
                var (single, after) = (new List<string>(), "");
                do
                {
                    var page = (await client.GetFromJsonAsync<JsonObject>($"{list}?limit=1{after}", Office.Stop))!;
                    if (page["items"] is not JsonArray rows) break;
                    single.AddRange(rows.Select(r => r!.ToJsonString()));
                    after = page["next"] is { } next ? "&after=" + Uri.EscapeDataString(next.GetValue<string>()) : "";
                }
                while (after.Length > 0 && single.Count < 300);
                if (whole is null) continue;
                Assert.Equal((list, string.Join('\n', whole)), (list, string.Join('\n', single)));
                if (single.Count > 1) paged++;
            }
        Assert.True(asked >= lists.Count, $"Only {asked} lists opened.");
        Assert.True(paged > 5, $"Only {paged} lists had more than one row.");

        static async Task<List<string>?> ItemsAsync(HttpClient client, string address) =>
            (await client.GetFromJsonAsync<JsonObject>(address, Office.Stop))!["items"] is JsonArray rows ? [.. rows.Select(r => r!.ToJsonString())] : null;
    }

    [Theory, EveryDatabase]
    public async Task What_is_added_while_a_list_is_read_is_neither_skipped_nor_seen_twice(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var organ = await office.Given.OrganAsync("区住建局");
        var machine = await office.Given.MachineAsync(organ, [.. Scopes.All]);
        var before = new List<Guid>();
        for (var i = 0; i < 6; i++) before.Add((await office.Given.ClaimedAsync(organ)).Id);
        foreach (var list in new[] { "/api/v1/pushes?view=all&", "/api/v1/pushes?view=all&sort=sent&", "/api/v1/pushes?view=claimed&", "/api/v1/supervision/matters?" })
        {
            var (seen, after, added) = (new List<Guid>(), "", 0);
            do
            {
                var page = (await machine.GetFromJsonAsync<JsonObject>($"{list}limit=2{after}", Office.Stop))!;
                seen.AddRange(page["items"]!.AsArray().Select(r => (r!["id"] ?? r["push"])!.GetValue<Guid>()));
                after = page["next"] is { } next ? "&after=" + Uri.EscapeDataString(next.GetValue<string>()) : "";
                if (added++ < 3) before.Add((await office.Given.ClaimedAsync(organ)).Id);
            }
            while (after.Length > 0);
            Assert.Equal(seen.Count, seen.Distinct().Count());
            // Everything that was there from the beginning was seen.
            Assert.Empty(before.Take(6).Except(seen));
        }
    }

    [Theory, EveryDatabase]
    public async Task Lines_that_are_broken_too_long_or_blank_stop_nobody_else(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var m = await office.Given.SupervisedMatterAsync();
        var json = office.Services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        byte[] Check(string number) => JsonSerializer.SerializeToUtf8Bytes(new RecordManyChecks.Line(number, new(2026, 3, 2), m.TwoOfficers, CheckResult.Conforming, Treatment.Passed, m.Push.Id), json);
        byte[] Case(string number) => JsonSerializer.SerializeToUtf8Bytes(office.Given.CaseMessage(m.Item, c => c with { Number = number }), json);
        var checks = await office.Given.MachineAsync(m.Market, Scopes.SupervisionWrite);
        var cases = await office.Given.MachineAsync(m.Bureau, Scopes.CasesWrite);
        foreach (var (client, address, one, outcome, done) in new (HttpClient, string, Func<string, byte[]>, string, string)[] { (checks, "/api/v1/supervision/checks/bulk", Check, "outcome", "recorded"), (cases, "/api/v1/cases/bulk", Case, "status", "created") })
        {
            // The first two bytes of a character of three.
            var (whole, at) = (one("A-9"), Encoding.UTF8.GetString(one("A-9")).IndexOf("A-9", StringComparison.Ordinal));
            byte[] broken = [.. whole[..at], 0xE6, 0x9D, .. whole[(at + 3)..]];
            byte[][] lines =
            [
                [0xEF, 0xBB, 0xBF, .. one("A-1")], [], broken, "   "u8.ToArray(), Encoding.ASCII.GetBytes("{\"sourceNumber\":\"" + new string('x', JsonLines.LongestLine) + "\"}"), one("A-2"), "null"u8.ToArray(), [.. one("A-3"), .. "{}"u8],
                Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(one("A-4")).Replace("A-4", "A-4\\u0000", StringComparison.Ordinal)), [.. one("A-5"), (byte)'\r'],
            ];
            using var body = new ByteArrayContent([.. lines.SelectMany(l => l.Append((byte)'\n'))]);
            body.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
            var answer = await client.PostAsync(address, body, Office.Stop);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var answers = (await answer.Content.ReadAsStringAsync(Office.Stop)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!).ToDictionary(a => a["line"]!.GetValue<int>());
            Assert.Equal([1, 3, 5, 6, 7, 8, 9, 10], answers.Keys.Order());
            foreach (var good in new[] { 1, 6, 10 }) Assert.Equal((address, good, done), (address, good, answers[good][outcome]!.GetValue<string>()));
            foreach (var bad in new[] { 3, 7, 8, 9 }) Assert.Equal((address, bad, "line.malformed"), (address, bad, answers[bad]["code"]?.GetValue<string>()));
            Assert.Equal("line.too-long", answers[5]["code"]!.GetValue<string>());
            Assert.All(answers.Values.Select(a => a["code"]?.GetValue<string>()).OfType<string>(), code => Assert.True(ProblemCodes.All.ContainsKey(code)));
        }
    }

    [Theory, EveryDatabase]
    public async Task A_change_heeds_the_version_and_tells_strangers_nothing_by_it(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var (organ, other) = (await office.Given.OrganAsync("区住建局"), await office.Given.OrganAsync("区城管局"));
        var push = await office.Given.PushDeliveredAsync(organ);
        var (machine, stranger) = (await office.Given.MachineAsync(organ, [.. Scopes.All]), await office.Given.MachineAsync(other, [.. Scopes.All]));
        var read = await machine.GetAsync($"/api/v1/pushes/{push.Id}", Office.Stop);
        var tag = read.Headers.ETag!.ToString();
        Assert.Equal(HttpStatusCode.NotModified, (await SendAsync(machine, HttpMethod.Get, $"/api/v1/pushes/{push.Id}", "If-None-Match", tag)).StatusCode);
        Assert.True((await machine.PostAsJsonAsync($"/api/v1/pushes/{push.Id}/sign", new { }, Office.Stop)).IsSuccessStatusCode);
        var late = await SendAsync(machine, HttpMethod.Post, $"/api/v1/pushes/{push.Id}/claim", "If-Match", tag);
        Assert.Equal((HttpStatusCode.PreconditionFailed, "precondition.failed"), (late.StatusCode, await late.CodeAsync()));
        var now = (await machine.GetAsync($"/api/v1/pushes/{push.Id}", Office.Stop)).Headers.ETag!.ToString();
        Assert.NotEqual(tag, now);
        // To a stranger a wrong version, a right one and no version of what is not theirs all look like nothing at all.
        foreach (var version in new[] { tag, now, "*", "\"999\"" })
            Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(stranger, HttpMethod.Post, $"/api/v1/pushes/{push.Id}/claim", "If-Match", version)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(machine, HttpMethod.Post, $"/api/v1/pushes/{push.Id}/claim", "If-Match", now)).StatusCode);

        static Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string address, string header, string value)
        {
            var request = new HttpRequestMessage(method, address) { Content = method == HttpMethod.Post ? JsonContent.Create(new { }) : null };
            request.Headers.TryAddWithoutValidation(header, value);
            return client.SendAsync(request, Office.Stop);
        }
    }

    /// <summary>The program itself with its own server: what only a real connection shows.</summary>
    [Fact]
    public async Task A_bulk_may_be_slow_and_long_and_a_body_may_not()
    {
        await using var office = await Office.OpenAsync(Database.Sqlite, Kernel.Calendar.Beijing.DayOf(TimeProvider.System.GetUtcNow()).AddDays(-2));
        var item = await office.Given.SupervisedItemAsync(await office.Given.OrganAsync("区市场监管局"));
        var bureau = await office.Given.BureauAsync();
        var created = await office.Given.ClientAsync(bureau, Scopes.CasesWrite);
        var lines = Enumerable.Range(0, 3).Select(_ => Encoding.UTF8.GetBytes(office.Line(office.Given.CaseMessage(item)) + "\n")).ToArray();
        await using var host = await ChildHost.StartAsync(office.Database);
        host.Http.DefaultRequestHeaders.Authorization = new("Bearer", await host.Http.TokenAsync(created.Client.ClientId, created.Secret));

        // Far below the pace that a server asks of a body, and 3 MB of it: blank lines between three cases.
        using var bulk = new StreamedContent("application/x-ndjson", async stream =>
        {
            foreach (var line in lines)
            {
                await stream.WriteAsync(line);
                await stream.FlushAsync();
                await Task.Delay(TimeSpan.FromSeconds(3), Office.Stop);
            }
            var blank = Encoding.ASCII.GetBytes(new string('\n', 64 * 1024));
            for (var i = 0; i < 48; i++) await stream.WriteAsync(blank);
        });
        var answer = await host.Http.PostAsync("/api/v1/cases/bulk", bulk, Office.Stop);
        Assert.Equal(3, (await answer.Content.ReadAsStringAsync(Office.Stop)).Split('\n').Count(l => l.Contains("\"created\"", StringComparison.Ordinal)));

        // A body of unsaid length that grows too large, and one that never comes.
        using var large = new StreamedContent("application/json", async stream =>
        {
            await stream.WriteAsync("{\"number\":\""u8.ToArray());
            var part = Encoding.ASCII.GetBytes(new string('x', 64 * 1024));
            for (var i = 0; i < 20; i++) await stream.WriteAsync(part);
        });
        Assert.Equal("too-large", await Problem.CodeAsync(await host.Http.PostAsync("/api/v1/cases", large, Office.Stop)));
        using var slow = new StreamedContent("application/json", async stream =>
        {
            for (var i = 0; i < 60; i++)
            {
                await stream.WriteAsync("{"u8.ToArray());
                await stream.FlushAsync();
                await Task.Delay(500, Office.Stop);
            }
        });
        var from = System.Diagnostics.Stopwatch.GetTimestamp();
        var cut = await Record.ExceptionAsync(async () => Assert.NotEqual(HttpStatusCode.OK, (await host.Http.PostAsync("/api/v1/cases", slow, Office.Stop)).StatusCode));
        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(from) < TimeSpan.FromSeconds(25), $"A slow body was waited for: {cut}");
        Assert.True((await host.Http.GetAsync("/health", Office.Stop)).IsSuccessStatusCode);
    }

    /// <summary>A body written piece by piece, of a length that is not said before.</summary>
    private sealed class StreamedContent : HttpContent
    {
        private readonly Func<Stream, Task> write;

        public StreamedContent(string type, Func<Stream, Task> write)
        {
            this.write = write;
            Headers.ContentType = new MediaTypeHeaderValue(type);
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => write(stream);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
