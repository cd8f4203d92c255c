using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Liandong.Accounts;
using Liandong.Desk;
using Liandong.Kernel.Parties;
using Liandong.Modules.Cases;
using Liandong.Modules.Directory;
using Liandong.Shared;
using Liandong.Sheets;
using Liandong.Tests.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Liandong.Tests.Api;

/// <summary>What somebody with bad intentions would try. The table of threats is <c>docs/operations/security.md</c>.</summary>
public sealed partial class SecurityTests
{
    private const string Script = "<script>alert(1)</script>";

    [Theory, EveryDatabase]
    public async Task What_a_body_may_not_set_is_passed_over(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var (organ, other) = (await office.Given.OrganAsync("区住建局"), await office.Given.OrganAsync("区城管局"));
        var push = await office.Given.PushDeliveredAsync(organ);
        var machine = await office.Given.MachineAsync(organ, [.. Scopes.All]);
        var stranger = new Guid("0195a3b0-ffff-7000-8000-00000000ffff");
        var answer = await machine.PostAsJsonAsync($"/api/v1/pushes/{push.Id}/claim", new { id = stranger, district = "370103", organ = other.Id, state = "closed", person = stranger, claimedAt = "2020-01-01T00:00:00+08:00", dueAt = "2099-01-01T00:00:00+08:00", isPlatform = true, rights = new[] { "limits.set" } }, Office.Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var claimed = await office.LookAsync(db => db.Pushes.AsNoTracking().SingleAsync(p => p.Id == push.Id));
        Assert.Equal((Office.DistrictCode, organ.Id, office.Time.GetUtcNow()), (claimed.District, claimed.Organ, claimed.ClaimedAt!.Value.ToUniversalTime()));
        Assert.NotEqual(stranger, claimed.Person);

        // A case sent by a department, or in the bureau's name by a field, is not taken.
        var item = await office.Given.SupervisedItemAsync(organ, "燃气经营许可");
        var message = JsonSerializer.SerializeToNode(office.Given.CaseMessage(item), office.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions>>().Value.SerializerOptions)!.AsObject();
        message["isBureau"] = true;
        message["organ"] = (await office.Given.BureauAsync()).Id;
        Assert.Equal(HttpStatusCode.Forbidden, (await machine.PostAsync("/api/v1/cases", JsonContent.Create(message), Office.Stop)).StatusCode);
        // Nobody makes himself an administrator, or anything, by a field of the person.
        var manager = office.Client(await office.Given.MemberAsync(await office.Given.BureauAsync(), Roles.ItemManager));
        Assert.Equal(HttpStatusCode.Created, (await manager.PostAsJsonAsync("/api/v1/people", new { name = "王五", role = Roles.SystemAdmin, roles = new[] { Roles.SystemAdmin }, posts = new[] { new { role = Roles.SystemAdmin } } }, Office.Stop)).StatusCode);
        Assert.Equal(0, await office.LookAsync(db => db.Posts.CountAsync(p => p.Role == Roles.SystemAdmin)));
    }

    [Theory, EveryDatabase]
    public async Task A_form_without_its_own_token_does_nothing(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var organ = await office.Given.OrganAsync("区住建局");
        var push = await office.Given.PushDeliveredAsync(organ);
        var (one, other) = (office.Client(await office.Given.MemberAsync(organ, Roles.LiaisonOfficer)), office.Client(await office.Given.MemberAsync(organ, Roles.LiaisonOfficer)));
        var form = await one.FormAsync($"/pushes/{push.Id}", "claim");
        Assert.Contains(form.Fields, f => f.Key == "__RequestVerificationToken");
        foreach (var fields in new[] { form.Fields.Where(f => f.Key != "__RequestVerificationToken"), form.Fields.Select(f => f.Key == "__RequestVerificationToken" ? KeyValuePair.Create(f.Key, "CfDJ8forged") : f) })
        {
            var answer = await new FilledForm(one, form.Address, [.. fields]).SendAsync();
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
        // Another person's token and another browser's do not do either.
        Assert.Equal(HttpStatusCode.BadRequest, (await (form with { Client = other }).SendAsync()).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await office.Client(null).PostAsync("/sign-out", new FormUrlEncodedContent([]), Office.Stop)).StatusCode);
        Assert.Equal(0, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "push.claimed")));
        Assert.Equal(HttpStatusCode.Redirect, (await form.SendAsync()).StatusCode);
    }

    [Theory, EveryDatabase]
    public async Task What_people_typed_is_shown_and_never_run(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var (bureau, organ) = (await office.Given.BureauAsync(), await office.Given.OrganAsync("区住建局"));
        var item = await office.Given.SupervisedItemAsync(organ, "食品" + Script);
        var push = await office.Given.PushDeliveredAsync(organ, item, c => c with
        {
            Party = c.Party! with { Name = "济南" + Script + "有限公司", LegalPerson = "\"><img src=x onerror=alert(2)>" },
            Address = "经十路'\"><svg onload=alert(3)>",
            Conditions = ["javascript:alert(4)" + Script],
            Promises = [Script],
            Materials = [new CaseMaterial(Script, "电子", 1, null, null)],
            Decision = c.Decision! with { Content = Script, Opinion = Script },
        });
        await office.IndexedAsync();
        var (officer, approver) = (office.Client(await office.Given.MemberAsync(organ, Roles.LiaisonOfficer, Roles.Supervisor)), office.Client(await office.Given.MemberAsync(bureau, Roles.Approver, Roles.ItemManager)));
        var shown = 0;
        foreach (var (client, address) in new[]
        {
            (officer, "/"), (officer, "/pushes?view=all"), (officer, $"/pushes/{push.Id}"), (officer, $"/pushes/{push.Id}/return"), (officer, $"/parties/{push.Party}"), (officer, "/search?q=济南"), (officer, "/duties"), (officer, $"/items/{item.Id}"), (officer, "/items"),
            (approver, $"/cases/{push.Case}"), (approver, "/cases"), (approver, "/permits"), (approver, "/reconcile"), (approver, "/register"),
            // Reflected: what stands in the address.
            (officer, "/search?q=" + Uri.EscapeDataString(Script)), (officer, "/pushes?view=" + Uri.EscapeDataString("\"" + Script) + "&q=" + Uri.EscapeDataString("\"" + Script)), (approver, "/items?q=" + Uri.EscapeDataString("'\"" + Script)), (approver, "/cases?number=" + Uri.EscapeDataString(Script)),
            (officer, "/nowhere/" + Uri.EscapeDataString(Script)), (officer, "/help/" + Uri.EscapeDataString(Script)), (office.Client(), "/sign-in?to=" + Uri.EscapeDataString("javascript:" + Script)), (office.Client(), "/docs/api/" + Uri.EscapeDataString(Script)),
        })
        {
            var body = await (await client.GetAsync(address, Office.Stop)).Content.ReadAsStringAsync(Office.Stop);
            Harmless(address, body);
            if (body.Contains("&lt;script&gt;alert(1)", StringComparison.Ordinal)) shown++;
        }
        Assert.True(shown > 8, $"Only {shown} pages showed what was typed.");
        // A form that fails shows again what was typed, and a file's name is what somebody typed too.
        var refused = await officer.SubmitAsync($"/pushes/{push.Id}/return", "return-push", ("Reason", "\"" + Script), ("Note", "\"" + Script), ("ProposedOrgan", Script));
        Harmless("return-push", await refused.Content.ReadAsStringAsync(Office.Stop));
        var form = await approver.FormAsync("/items/import", "upload-items", ("Source", Script), ("From", "2026-03-02"));
        using var upload = new MultipartFormDataContent();
        foreach (var field in form.Fields) upload.Add(new StringContent(field.Value), field.Key);
        upload.Add(new ByteArrayContent(Encoding.UTF8.GetBytes($"事项编码,事项名称\nX-1,{Script}\n")), "File", "a" + Script.Replace("/", "", StringComparison.Ordinal) + ".csv");
        var kept = await approver.PostAsync("/items/import", upload, Office.Stop);
        Assert.Equal(HttpStatusCode.Redirect, kept.StatusCode);
        Harmless("preview", await approver.PageAsync(kept.Headers.Location!.ToString()));
        // Every page forbids what would run all the same.
        Assert.Contains("script-src 'self'", kept.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task An_export_holds_no_formula(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var organ = await office.Given.OrganAsync("区住建局");
        var dangerous = new[] { "=HYPERLINK(\"http://evil.example\",\"x\")", "+cmd|' /C calc'!A0", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1" };
        foreach (var name in dangerous) await office.Given.PushDeliveredAsync(organ, null, c => c with { Party = c.Party! with { Name = name } });
        var officer = office.Client(await office.Given.MemberAsync(organ, Roles.LiaisonOfficer));
        var file = await officer.GetByteArrayAsync("/api/v1/pushes/export.xlsx?view=all", Office.Stop);
        using var zip = new ZipArchive(new MemoryStream(file));
        foreach (var sheet in zip.Entries.Where(e => e.FullName.StartsWith("xl/worksheets/", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(sheet.Open());
            var xml = await reader.ReadToEndAsync(Office.Stop);
            Assert.DoesNotMatch("<(x:)?f[ >]", xml);
        }
        var cells = Sheet.Read(file, "x.xlsx").Rows.SelectMany(r => r.Cells).ToList();
        foreach (var name in dangerous) Assert.Contains(cells, c => c.Trim() == name.Trim());
        // Comma-separated text has no types: there the cell is made text by a mark in front.
        foreach (var name in dangerous) Assert.Matches("^\uFEFF\"?'", Encoding.UTF8.GetString(Csv.Write([[name]])));
    }

    [Theory, EveryDatabase]
    public async Task Words_of_a_query_language_are_only_words(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var (mine, other) = (await office.Given.OrganAsync("区住建局"), await office.Given.OrganAsync("区城管局"));
        await office.Given.PushDeliveredAsync(mine, null, c => c with { Party = c.Party! with { Name = "济南甲号有限公司" } });
        await office.Given.PushDeliveredAsync(other, null, c => c with { Party = c.Party! with { Name = "济南乙号有限公司" } });
        await office.IndexedAsync();
        var machine = await office.Given.MachineAsync(mine, [.. Scopes.All]);
        var words = new[] { "' OR '1'='1", "'; DROP TABLE pushes; --", "\" OR 1=1 --", "乙号\" OR \"甲号", "乙号 OR 甲号", "NOT 甲号", "甲* OR 乙*", "NEAR(济南 乙号)", "title:乙号", "%", "_%_", "\\", "*", "\"", "(", "甲号) | (乙号", "!甲号", "济南 & !甲号", "<->", ":*", "{}", new string('济', 4000), "\u202E", "😀", "''" };
        foreach (var word in words)
            foreach (var list in new[] { "/api/v1/search?q=", "/api/v1/pushes?view=all&q=", "/api/v1/cases?number=", "/api/v1/permits?number=", "/api/v1/items?q=", "/api/v1/register?q=", "/api/v1/register?division=", "/api/v1/people?q=", "/api/v1/organs?q=", "/api/v1/supervision/matters?q=", "/api/v1/feedback?view=all&q=", "/api/v1/duties?rule=" })
            {
                var answer = await machine.GetAsync(list + Uri.EscapeDataString(word), Office.Stop);
                var body = await answer.Content.ReadAsStringAsync(Office.Stop);
                Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{list}{word[..Math.Min(30, word.Length)]}: {(int)answer.StatusCode} {body[..Math.Min(200, body.Length)]}");
                Assert.DoesNotContain("济南乙号", body, StringComparison.Ordinal);
            }
        Assert.Equal(2, await office.LookAsync(db => db.Pushes.CountAsync()));
        // The search does find, and finds the own.
        Assert.Contains("济南甲号", await machine.GetStringAsync("/api/v1/search?q=" + Uri.EscapeDataString("济南"), Office.Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/..%2f..%2fliandong.db"), InlineData("/lib/..%2f..%2fappsettings.json"), InlineData("/%2e%2e/%2e%2e/keys/token-signing.pem"), InlineData("/help/..%2f..%2fappsettings"), InlineData("/help/../../appsettings.json"), InlineData("/appsettings.json"), InlineData("/liandong.db"), InlineData("/keys/token-signing.pem"), InlineData("/docs/api/..%5c..%5cappsettings.json")]
    public async Task No_path_leads_out_of_what_is_served(string address)
    {
        await using var office = await Office.OpenAsync(Database.Sqlite);
        var answer = await office.Client().GetAsync(address, Office.Stop);
        var body = await answer.Content.ReadAsStringAsync(Office.Stop);
        Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{(int)answer.StatusCode}");
        Assert.DoesNotContain("PRIVATE KEY", body, StringComparison.Ordinal);
        Assert.DoesNotContain("SQLite format", body, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task An_archive_that_is_a_trap_harms_nothing(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var manager = office.Client(await office.Given.MemberAsync(await office.Given.BureauAsync(), Roles.ItemManager));
        const string Entities = """<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY a "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>""";
        var good = Workbook.Write(new Workbook.Page("事项", ["事项编码", "事项名称"], [["X-1", "甲"]]));
        byte[] With(string entry, string content)
        {
            using var stream = new MemoryStream();
            stream.Write(good);
            using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
            {
                zip.GetEntry(entry)?.Delete();
                using var writer = new StreamWriter(zip.CreateEntry(entry).Open());
                writer.Write(content);
            }
            return stream.ToArray();
        }
        var strings = With("xl/worksheets/sheet1.xml", Entities + """<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;&x;</t></is></c></row></sheetData></worksheet>""");
        // The first request makes the keys of the installation.
        Assert.Equal(HttpStatusCode.OK, (await manager.GetAsync("/api/v1/items", Office.Stop)).StatusCode);
        var before = Files();
        foreach (var (file, status) in new[] { (strings, HttpStatusCode.BadRequest), (With("../../../../tmp/liandong-slipped.xml", "x"), HttpStatusCode.OK), (good, HttpStatusCode.OK) })
        {
            using var content = new ByteArrayContent(file);
            content.Headers.ContentType = new MediaTypeHeaderValue(Workbook.ContentType);
            var answer = await manager.PostAsync("/api/v1/items/import?source=x&fileName=..%2F..%2Fx.xlsx&dryRun=true", content, Office.Stop);
            var body = await answer.Content.ReadAsStringAsync(Office.Stop);
            Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode} {body}");
            Assert.DoesNotContain("root:", body, StringComparison.Ordinal);
            Assert.DoesNotContain("lollol", body, StringComparison.Ordinal);
        }
        Assert.False(File.Exists("/tmp/liandong-slipped.xml"));
        Assert.Equal(before, Files());

        // SQLite's own files beside the database come and go.
        string[] Files() => [.. System.IO.Directory.GetFileSystemEntries(office.Database.DataFolder, "*", SearchOption.AllDirectories).Where(name => !name.Contains("liandong.db-", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    [Theory, EveryDatabase]
    public async Task What_is_not_yours_and_what_is_not_there_look_the_same(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var m = await office.Given.SupervisedMatterAsync();
        await office.Given.CheckAsync(m);
        var stranger = await office.Given.MachineAsync(await office.Given.OrganAsync("区住建局"), [.. Scopes.All]);
        var (feedback, permit, duty) = await office.LookAsync(async db => ((await db.Feedbacks.AsNoTracking().FirstAsync()).Id, (await db.Permits.AsNoTracking().FirstAsync()).Id, (await db.Duties.AsNoTracking().FirstAsync(d => d.OwedBy == m.Market.Id)).Id));
        foreach (var (pattern, id) in new[] { ("pushes/{0}", m.Push.Id), ("cases/{0}", m.Push.Case), ("cases/{0}/history", m.Push.Case), ("permits/{0}", permit), ("parties/{0}", m.Push.Party), ("supervision/matters/{0}", m.Push.Id), ("feedback/{0}", feedback), ("duties/{0}", duty) })
        {
            var (foreign, absent) = (await SaidAsync(id), await SaidAsync(new Guid("0195a3b0-ffff-7000-8000-00000000ffff")));
            Assert.Equal(absent, foreign);
            Assert.Contains("404", foreign, StringComparison.Ordinal);

            async Task<string> SaidAsync(Guid of)
            {
                var answer = await stranger.GetAsync("/api/v1/" + string.Format(System.Globalization.CultureInfo.InvariantCulture, pattern, of), Office.Stop);
                return (int)answer.StatusCode + Trace().Replace(await answer.Content.ReadAsStringAsync(Office.Stop), "");
            }
        }
    }

    [Theory, EveryDatabase]
    public async Task A_session_begins_at_the_sign_in_and_its_cookie_is_kept_from_scripts(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var member = await office.Given.MemberAsync(await office.Given.OrganAsync("区审批局", OrganKind.Bureau), Roles.Approver);
        await office.Given.WithoutSecondFactorAsync();
        await office.Given.AccountAsync(member, "wangjing");
        // A cookie that somebody planted before is no session, and not the one that the sign-in gives.
        var browser = office.Client();
        var planted = new HttpRequestMessage(HttpMethod.Get, "/account/sessions");
        planted.Headers.Add("Cookie", "liandong=CfDJ8planted");
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SendAsync(planted, Office.Stop)).StatusCode);
        var first = await CookieAsync(browser);
        Assert.DoesNotContain("planted", first, StringComparison.Ordinal);
        foreach (var flag in new[] { "httponly", "samesite=lax", "path=/" }) Assert.Contains(flag, first, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires=", first, StringComparison.OrdinalIgnoreCase);
        var secure = office.Client();
        secure.BaseAddress = new Uri("https://liandong.test");
        Assert.Contains("secure", await CookieAsync(secure), StringComparison.OrdinalIgnoreCase);
        Assert.NotEqual(Value(first), Value(await CookieAsync(office.Client())));

        // Stolen and used after its owner signed out, it opens nothing.
        var thief = office.Client();
        thief.DefaultRequestHeaders.Add("Cookie", Value(first));
        Assert.Equal(HttpStatusCode.OK, (await thief.GetAsync("/account/sessions", Office.Stop)).StatusCode);
        var form = HiddenToken().Match(await browser.PageAsync("/account")).Groups[1].Value;
        Assert.Equal(HttpStatusCode.Redirect, (await browser.PostAsync("/sign-out", new FormUrlEncodedContent([new("__RequestVerificationToken", WebUtility.HtmlDecode(form))]), Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await thief.GetAsync("/account/sessions", Office.Stop)).StatusCode);

        async Task<string> CookieAsync(HttpClient client)
        {
            var answer = await client.SignInAsync("wangjing", Given.Password);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            return answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("liandong=", StringComparison.Ordinal));
        }

        static string Value(string cookie) => cookie.Split(';')[0];
    }

    [Theory, EveryDatabase]
    public async Task Secrets_are_not_guessed_at_the_token_endpoint(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var created = await office.Given.ClientAsync(await office.Given.OrganAsync("区住建局"), Scopes.PushesRead);
        var client = office.Client();
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < SignInLimiter.PerMinute + 5; i++) statuses.Add((await client.AskTokenAsync(created.Client.ClientId, "guess" + i)).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
        Assert.DoesNotContain(HttpStatusCode.OK, statuses);
        Assert.True(await office.LookAsync(db => db.SignInAttempts.CountAsync(a => a.Client == created.Client.Id && a.Outcome == SignInOutcome.WrongPassword)) >= SignInLimiter.PerMinute);
    }

    [Theory, EveryDatabase]
    public async Task A_token_that_is_altered_or_whose_client_was_switched_off_opens_nothing(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var organ = await office.Given.OrganAsync("区住建局");
        var created = await office.Given.ClientAsync(organ, Scopes.PushesRead);
        var token = await office.Client().TokenAsync(created.Client.ClientId, created.Secret);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(token));
        // Another organ written into it, no signature, another algorithm.
        var parts = token.Split('.');
        string Part(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var claims = Encoding.UTF8.GetString(Convert.FromBase64String(parts[1].Replace('-', '+').Replace('_', '/').PadRight((parts[1].Length + 3) / 4 * 4, '=')));
        Assert.Contains(organ.Id.ToString(), claims, StringComparison.Ordinal);
        var forged = Part(claims.Replace(organ.Id.ToString(), new Guid("0195a3b0-ffff-7000-8000-00000000ffff").ToString(), StringComparison.Ordinal));
        foreach (var bad in new[] { $"{parts[0]}.{forged}.{parts[2]}", $"{parts[0]}.{parts[1]}.", $"{Part("{\"alg\":\"none\",\"typ\":\"at+jwt\"}")}.{parts[1]}.", $"{Part("{\"alg\":\"HS256\",\"typ\":\"at+jwt\"}")}.{parts[1]}.{parts[2]}" })
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(bad));
        await office.ActAsync(s => s.GetRequiredService<ChangeClient>().DisableAsync(created.Client.Id, "停用", Office.Stop));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(token));

        async Task<HttpStatusCode> StatusAsync(string bearer)
        {
            var client = office.Client();
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
            return (await client.GetAsync("/api/v1/pushes", Office.Stop)).StatusCode;
        }
    }

    [Theory, EveryDatabase]
    public async Task A_secret_that_is_kept_for_a_retry_is_kept_encrypted(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var organ = await office.Given.OrganAsync("区住建局");
        var administrator = office.Client(await office.Given.MemberAsync(organ, Roles.SecurityAdmin));
        var first = await SendAsync();
        var secret = JsonDocument.Parse(first).RootElement.GetProperty("clientSecret").GetString()!;
        Assert.Equal(first, await SendAsync());
        for (var i = 0; i < 200 && await office.LookAsync(db => db.UsedKeys.AnyAsync(k => k.Answer == null)); i++) await Task.Delay(25, Office.Stop);
        var kept = await office.LookAsync(db => db.UsedKeys.AsNoTracking().SingleAsync());
        Assert.StartsWith("sealed:", kept.Answer, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, kept.Answer, StringComparison.Ordinal);
        Assert.Equal(first, await SendAsync());
        Assert.Equal(1, await office.LookAsync(db => db.MachineClients.CountAsync()));

        async Task<string> SendAsync()
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/clients") { Content = JsonContent.Create(new { name = "区住建局业务系统", organ = organ.Id, scopes = new[] { Scopes.PushesRead } }) };
            request.Headers.Add(Liandong.Api.Idempotency.Header, "one");
            var answer = await administrator.SendAsync(request, Office.Stop);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            return await answer.Content.ReadAsStringAsync(Office.Stop);
        }
    }

    [Theory, EveryDatabase]
    public async Task Personal_data_is_in_no_log_no_ledger_and_no_export(Database database)
    {
        var said = new SaidLog();
        await using var office = await Office.OpenAsync(database, with: services => services.AddLogging(log => log.SetMinimumLevel(LogLevel.Trace).AddProvider(said).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning)));
        var organ = await office.Given.OrganAsync("区住建局");
        const string Name = "欧阳某某";
        var number = SampleCodes.ResidentIdOf(7);
        var machine = await office.Given.MachineAsync(await office.Given.BureauAsync(), [.. Scopes.All]);
        var item = await office.Given.SupervisedItemAsync(organ);
        var push = await office.Given.PushDeliveredAsync(organ, item, c => c with { Party = new PartyInput { Kind = PartyKind.NaturalPerson, Name = Name, IdNumber = number } });
        // The ways by which it might slip into a log: the address, a body that fails, a page that fails.
        await machine.GetAsync("/api/v1/search?q=" + Uri.EscapeDataString(Name), Office.Stop);
        await machine.GetAsync("/api/v1/pushes?q=" + number, Office.Stop);
        await machine.GetAsync("/api/v1/nowhere/" + number + "?name=" + Uri.EscapeDataString(Name), Office.Stop);
        await machine.PostAsync("/api/v1/cases", new StringContent($"{{\"party\":{{\"name\":\"{Name}\",\"idNumber\":\"{number}\",\"kind\":5}}}}", Encoding.UTF8, "application/json"), Office.Stop);
        await machine.PostAsync("/api/v1/cases", new StringContent($"{{\"number\":\"1\",\"item\":\"{item.Code}\",\"party\":{{\"kind\":\"naturalPerson\",\"name\":\"{Name}\",\"idNumber\":\"{number[..17]}0\"}}}}", Encoding.UTF8, "application/json"), Office.Stop);
        var officer = office.Client(await office.Given.MemberAsync(organ, Roles.LiaisonOfficer));
        await officer.PageAsync($"/pushes/{push.Id}");
        var file = await officer.GetByteArrayAsync("/api/v1/pushes/export.xlsx?view=all", Office.Stop);

        Assert.NotEmpty(said.Lines);
        foreach (var secret in new[] { number, number[..17], Name, Uri.EscapeDataString(Name) }) Assert.DoesNotContain(said.Lines, l => l.Contains(secret, StringComparison.OrdinalIgnoreCase));
        var ledger = await office.LookAsync(db => db.LedgerEntries.AsNoTracking().Select(e => e.Body).ToListAsync());
        Assert.DoesNotContain(ledger, b => b.Contains(number, StringComparison.Ordinal) || b.Contains(Name, StringComparison.Ordinal));
        Assert.DoesNotContain(Sheet.Read(file, "x.xlsx").Rows.SelectMany(r => r.Cells), c => c.Contains(number, StringComparison.Ordinal));
        foreach (var address in new[] { $"/api/v1/cases/{push.Case}", $"/api/v1/parties/{push.Party}", $"/api/v1/pushes/{push.Id}", "/api/v1/search?q=" + Uri.EscapeDataString(Name) })
            Assert.DoesNotContain(number, await machine.GetStringAsync(address, Office.Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("docs/operations/security.md", 20)]
    [InlineData("docs/operations/reliability.md", 12)]
    public void Every_threat_and_every_fault_of_the_tables_names_tests_that_exist(string file, int least)
    {
        var root = Architecture.NoticeTests.FindRoot();
        var table = File.ReadAllLines(Path.Combine(root, file)).Where(l => l.StartsWith("| ", StringComparison.Ordinal)).Skip(2).ToList();
        Assert.True(table.Count >= least, $"Only {table.Count} lines in {file}.");
        var tests = System.IO.Directory.EnumerateFiles(Path.Combine(root, "tests"), "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
            .SelectMany(f => TestName().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).ToHashSet();
        var missing = new List<string>();
        foreach (var line in table)
        {
            var cells = line.Trim('|').Split('|');
            Assert.True(cells.Length == 4, line);
            var named = Quoted().Matches(cells[3]).Select(m => m.Groups[1].Value).ToList();
            if (named.Count == 0) missing.Add($"{cells[0].Trim()}: names no test");
            missing.AddRange(named.Where(n => !tests.Contains(n)).Select(n => $"{cells[0].Trim()}: there is no test {n}"));
        }
        Assert.Equal([], missing);
    }

    private static void Harmless(string address, string body)
    {
        Assert.False(body.Contains("<script>alert", StringComparison.OrdinalIgnoreCase), $"{address} runs a script.");
        Assert.False(body.Contains("<img src=x", StringComparison.OrdinalIgnoreCase) || body.Contains("<svg onload", StringComparison.OrdinalIgnoreCase), $"{address} lets an element in.");
        Assert.False(body.Contains("href=\"javascript:", StringComparison.OrdinalIgnoreCase), $"{address} links to a script.");
    }

    private sealed class SaidLog : ILoggerProvider
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => new Writer(Lines);

        public void Dispose() { }

        private sealed class Writer(ConcurrentQueue<string> lines) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => lines.Enqueue(formatter(state, exception) + exception);
        }
    }

    [GeneratedRegex("\"traceId\":\"[^\"]*\"")] private static partial Regex Trace();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")] private static partial Regex HiddenToken();

    [GeneratedRegex(@"public (?:async Task|void|Task) ([A-Z]\w+)\(")] private static partial Regex TestName();

    [GeneratedRegex("`([A-Z][A-Za-z_0-9]+)`")] private static partial Regex Quoted();
}
