using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Liandong.Accounts;
using Liandong.Checks;
using Liandong.Data;
using Liandong.Desk;
using Liandong.Kernel.Parties;
using Liandong.Modules.Directory;
using Liandong.Modules.Linkage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Desk;

public sealed class SearchTests
{
    [Theory, EveryDatabase]
    public async Task Organs_are_found_by_two_characters_and_by_initials_and_administrators_find_nothing(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var housing = await office.Given.OrganAsync("区住房和城乡建设局");
        var officer = await office.Given.MemberAsync(housing, Roles.LiaisonOfficer);
        var admin = await office.Given.MemberAsync(housing, Roles.SystemAdmin);
        await office.IndexedAsync();

        foreach (var query in new[] { "城乡", "qzf", "住房 建设" }) Assert.Contains($"/directory/organs/{housing.Id}", await office.Client(officer).PageAsync("/search?q=" + Uri.EscapeDataString(query)), StringComparison.Ordinal);
        foreach (var query in new[] { "园林", "\" OR *", "'", "zd370102" }) Assert.Contains("没有找到", await office.Client(officer).PageAsync("/search?q=" + Uri.EscapeDataString(query)), StringComparison.Ordinal);
        Assert.Contains("<mark>城乡</mark>", await office.Client(officer).PageAsync("/search?q=" + Uri.EscapeDataString("城乡")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await office.Client(admin).GetAsync("/search?q=1", Office.Stop)).StatusCode);
        Assert.Contains("id=\"L2.3\"", await office.Client().PageAsync("/notice"), StringComparison.Ordinal);
        Assert.Contains("工作日历与时限", await office.Client().PageAsync("/help"), StringComparison.Ordinal);
        Assert.Contains("密封", await office.Client().PageAsync("/ledger/heads"), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Everything_is_found_by_pieces_of_its_name_by_the_beginning_of_its_code_and_only_by_those_it_concerns(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var linked = await office.Given.LinkedAsync();
        var push = await office.Given.PushDeliveredAsync(linked.First, await office.Given.SupervisedItemAsync(linked.First, "餐饮服务经营许可"), m => m with { Party = m.Party! with { Name = "济南泉城美味餐饮有限公司" } });
        var supervised = await office.LookAsync(db => db.Cases.AsNoTracking().SingleAsync(c => c.Id == push.Case));
        await office.IndexedAsync();
        var (officer, stranger, bureau, conference) = (office.Client(linked.FirstOfficer), office.Client(linked.SecondOfficer), office.Client(linked.Approver), office.Client(linked.Office));

        // Two characters, one, several words, letters and characters mixed, the beginning of each number.
        foreach (var query in new[] { "美味", "味", "餐饮", "泉城 餐饮", "美味餐饮有限", "经十路", "经十路1号", push.Number, push.Number[..6], supervised.Number[..12], supervised.PermitNumber[..5] })
            Assert.Contains(push.Id, await IdsAsync(officer, query, "push"));
        foreach (var query in new[] { "美味", supervised.Number[..12], supervised.DecisionNumber }) Assert.Contains(push.Case, await IdsAsync(bureau, query, "case"));
        Assert.Contains(supervised.Party, await IdsAsync(officer, "美味", "party"));
        Assert.Contains(supervised.Party, await IdsAsync(officer, "泉城美味", "party"));
        Assert.Contains(supervised.Item, await IdsAsync(stranger, "cyfw", "item"));
        Assert.Contains(supervised.Item, await IdsAsync(stranger, "370102", "item"));
        foreach (var initials in new[] { "qsc", "scjg" }) Assert.Contains(linked.First.Id, await IdsAsync(stranger, initials, "organ"));
        Assert.Contains(linked.FirstOfficer.Person, await IdsAsync(stranger, "张三", "person"));
        // What stands in two different fields is no phrase, and the order of characters counts.
        foreach (var query in new[] { "味美", "许可济南", "美味 园林" }) Assert.Empty(await IdsAsync(officer, query, "push"));

        // To an organ that was sent nothing there is nothing; the conference office reads the district's pushes; an officer has no right to cases.
        foreach (var kind in new[] { "push", "party", "case", "permit" }) Assert.Empty(await IdsAsync(stranger, "餐饮", kind));
        Assert.Contains(push.Id, await IdsAsync(conference, "美味", "push"));
        Assert.Empty(await IdsAsync(conference, "美味", "party"));
        Assert.Empty(await IdsAsync(officer, "美味", "case"));
        foreach (var mark in new[] { $"zo{linked.First.Id:N}", $"#zo{linked.First.Id:N}", "za370102", "k1z" }) Assert.Empty(await IdsAsync(stranger, mark, "push"));

        // A page without a hit proposes shorter searches that have one, and only ones that this reader has.
        var nothing = await officer.PageAsync("/search?q=" + Uri.EscapeDataString("美味园林"));
        Assert.Contains("没有找到", nothing, StringComparison.Ordinal);
        Assert.Contains("找“美味”", nothing, StringComparison.Ordinal);
        Assert.DoesNotContain("找“园林”", nothing, StringComparison.Ordinal);
        Assert.DoesNotContain("找“美味”", await stranger.PageAsync("/search?q=" + Uri.EscapeDataString("美味园林")), StringComparison.Ordinal);
        Assert.Contains("在全部种类里找", await officer.PageAsync("/search?kind=Letter&q=" + Uri.EscapeDataString("美味")), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task One_kind_is_walked_page_by_page_and_shows_everything_once_newest_first(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var linked = await office.Given.LinkedAsync();
        var item = await office.Given.SupervisedItemAsync(linked.First, "建筑垃圾处置核准");
        var pushes = new List<Push>();
        for (var n = 0; n < 23; n++)
        {
            office.Time.Advance(TimeSpan.FromSeconds(1));
            pushes.Add(await office.Given.PushDeliveredAsync(linked.First, item));
        }
        await office.IndexedAsync();
        var client = office.Client(linked.FirstOfficer);

        var (seen, after) = (new List<Guid>(), "");
        for (var page = 0; page < 6; page++)
        {
            var group = Assert.Single((await client.GetFromJsonAsync<JsonElement>($"/api/v1/search?q={Uri.EscapeDataString("垃圾")}&kind=push&limit=10{after}", Office.Stop)).EnumerateArray());
            seen.AddRange(group.GetProperty("hits").EnumerateArray().Select(h => h.GetProperty("id").GetGuid()));
            if (!group.GetProperty("more").GetBoolean()) break;
            after = "&after=" + group.GetProperty("after").GetString();
        }
        Assert.Equal(pushes.Select(p => p.Id).Reverse(), seen);

        var first = await client.PageAsync("/search?kind=Push&q=" + Uri.EscapeDataString("垃圾"));
        Assert.Contains($"/pushes/{pushes[^1].Id}", first, StringComparison.Ordinal);
        Assert.DoesNotContain($"/pushes/{pushes[0].Id}", first, StringComparison.Ordinal);
        var next = System.Text.RegularExpressions.Regex.Match(first, """rel="next" href="([^"]+)">""").Groups[1].Value;
        Assert.Contains($"/pushes/{pushes[0].Id}", await client.PageAsync(WebUtility.HtmlDecode(next)), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Whatever_way_the_index_is_walked_each_reader_finds_the_newest_of_its_own(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var linked = await office.Given.LinkedAsync();
        var items = new[] { await office.Given.SupervisedItemAsync(linked.First, "建筑垃圾处置核准"), await office.Given.SupervisedItemAsync(linked.Second, "户外广告设置审批") };
        string[] names = ["济南明湖", "济南明湖", "济南趵突", "章丘明湖"];
        // Pushes and cases carry every word many times; parties, that apply again and again, few; the last word stands in the oldest rows alone.
        for (var n = 0; n < 40; n++)
        {
            office.Time.Advance(TimeSpan.FromSeconds(1));
            var name = n < 2 ? "历城鹊华" : names[n % 4];
            await office.Given.PushDeliveredAsync(n % 3 == 0 ? linked.Second : linked.First, items[n % 3 == 0 ? 1 : 0], m => m with { Party = m.Party! with { Name = name + "有限公司", Code = SampleCodes.SocialCreditCodeOf(n < 2 ? 900 + n : 700 + n % 8) } });
        }
        await office.IndexedAsync();
        var docs = await office.LookAsync(db => db.SearchDocs.AsNoTracking().OrderByDescending(d => d.Row).ToListAsync(Office.Stop));
        var organs = await office.LookAsync(db => db.Pushes.AsNoTracking().ToDictionaryAsync(p => p.Id, p => p.Organ, Office.Stop));

        foreach (var word in new[] { "明湖", "济南", "趵突", "鹊华", "核准", "有限公司", "明湖 垃圾", "章丘明湖", "珍珠" })
            foreach (var who in new[] { linked.Approver, linked.FirstOfficer, linked.SecondOfficer })
            {
                var found = (await office.Client(who).GetFromJsonAsync<JsonElement>("/api/v1/search?q=" + Uri.EscapeDataString(word), Office.Stop)).EnumerateArray().ToDictionary(g => g.GetProperty("kind").GetString()!);
                var own = docs.Where(d => d.Kind == SearchKind.Push && (who.IsBureau || organs[d.Id] == who.Organ) && word.Split(' ').All(w => d.Title.Contains(w, StringComparison.Ordinal) || d.Sub.Contains(w, StringComparison.Ordinal))).Select(d => d.Id).ToList();
                Assert.Equal((word, who.Name, own.Count > 0), (word, who.Name, found.ContainsKey("push")));
                if (own.Count == 0) continue;
                Assert.Equal(own.Take(8), found["push"].GetProperty("hits").EnumerateArray().Select(h => h.GetProperty("id").GetGuid()));
                Assert.Equal(own.Count > 8, found["push"].GetProperty("more").GetBoolean());
            }
        // A word of a party's name and nothing else's: found though it is far from the newest rows.
        var bureau = (await office.Client(linked.Approver).GetFromJsonAsync<JsonElement>("/api/v1/search?kind=party&q=" + Uri.EscapeDataString("鹊华"), Office.Stop)).EnumerateArray();
        Assert.Equal(docs.Where(d => d.Kind == SearchKind.Party && d.Title.Contains("鹊华", StringComparison.Ordinal)).Select(d => d.Id), Assert.Single(bureau).GetProperty("hits").EnumerateArray().Select(h => h.GetProperty("id").GetGuid()));
    }

    [Theory, EveryDatabase]
    public async Task A_damaged_index_is_named_by_the_check_and_written_anew(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var linked = await office.Given.LinkedAsync();
        var push = await office.Given.PushDeliveredAsync(linked.First, await office.Given.SupervisedItemAsync(linked.First, "餐饮服务经营许可"));
        await office.IndexedAsync();
        Assert.Empty(await FindingsAsync(office));

        // A row lost, one that says what is no longer so, one without a thing, one without words.
        await office.ActAsync(async services =>
        {
            var db = services.GetRequiredService<AppDb>();
            await db.SearchDocs.Where(d => d.Id == push.Id).ExecuteDeleteAsync(Office.Stop);
            await db.SearchDocs.Where(d => d.Id == push.Case).ExecuteUpdateAsync(set => set.SetProperty(d => d.Title, "旧名"), Office.Stop);
            await db.DropSearchWordsAsync(await db.SearchDocs.Where(d => d.Id == linked.First.Id).Select(d => d.Row).ToListAsync(Office.Stop), Office.Stop);
            db.SearchDocs.Add(new SearchDoc { District = db.District, Kind = SearchKind.Item, Id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), Row = 1_000_000, Title = "没有这个事项" });
            await db.SaveChangesAsync(Office.Stop);
        });
        var found = await FindingsAsync(office);
        foreach (var said in new[] { push.Number, "办件 ", "没有可查的词", "没有这个事项" }) Assert.Contains(found, f => f.Contains(said, StringComparison.Ordinal));

        var outcome = await office.Services.GetRequiredService<RebuildSearch>().RunAsync(Office.DistrictCode, null, Office.Stop);

        Assert.Equal(1, outcome.Removed);
        Assert.Empty(await FindingsAsync(office));
        Assert.Contains(push.Id, await IdsAsync(office.Client(linked.FirstOfficer), "餐饮", "push"));
        Assert.Contains(linked.First.Id, await IdsAsync(office.Client(linked.FirstOfficer), "qsc", "organ"));
    }

    private static async Task<IReadOnlyList<string>> FindingsAsync(Office office)
    {
        var report = await office.ActAsync(services => new CheckDistrict(services.GetRequiredService<AppDb>()).RunAsync(Office.Stop));
        Assert.Equal(0, report.SearchBehind);
        return report.What;
    }

    private static async Task<IReadOnlyList<Guid>> IdsAsync(HttpClient client, string query, string kind) =>
        [.. (await client.GetFromJsonAsync<JsonElement>($"/api/v1/search?kind={kind}&q={Uri.EscapeDataString(query)}", Office.Stop)).EnumerateArray().SelectMany(g => g.GetProperty("hits").EnumerateArray()).Select(h => h.GetProperty("id").GetGuid())];
}
