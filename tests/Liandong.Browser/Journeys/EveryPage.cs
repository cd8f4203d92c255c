using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit.Sdk;

namespace Liandong.Browser.Journeys;

/// <summary>
/// Every page that a menu leads to is whole, and so is every page behind it: it opens, fits at every width, its icons are drawn, axe finds
/// nothing and the browser has nothing to complain about. One person of each kind follows the links; the first to meet a kind of page (a route)
/// looks at it in the browser. With LIANDONG_PICTURES=1 a picture of each is left in artifacts/screenshots.
/// </summary>
public sealed partial class EveryPage(Chromium chromium) : Journey(chromium)
{
    /// <summary>One person of each kind; together they see every entry of the menu. The department is one that has work waiting.</summary>
    private static readonly string[] People =
    [
        "区文化局 · 联络员A", "综合受理科科员", "审批监督科科长", "区文化局 · 监管人员", "文化市场综合执法大队队员", "办公室工作人员",
        "区文化局 · 会商联络负责人", " · 召集人", "监督检查室干部", "系统管理员", "安全管理员", "审计管理员",
    ];

    /// <summary>Of each route a person follows so many addresses: another state of a thing offers other acts.</summary>
    private const int AddressesPerRoute = 2;

    /// <summary>An entry of the menu is looked at by so many people: others see other columns and acts.</summary>
    private const int LooksPerEntry = 3;

    /// <summary>So many links from the menu: list, detail, form, and what a form leads to.</summary>
    private const int Depth = 4;

    private readonly ConcurrentQueue<string> faults = new();
    private readonly ConcurrentDictionary<string, int> opened = new();
    private readonly ConcurrentDictionary<string, byte> walked = new();

    // Three windows at once keep two cores busy; more only wait for each other.
    private static ParallelOptions AtOnce => new() { MaxDegreeOfParallelism = 3, CancellationToken = TestContext.Current.CancellationToken };

    [Fact]
    public async Task Each_page_behind_the_menu_is_sound()
    {
        WalkOnlyWhenAsked();
        await Parallel.ForEachAsync(People, AtOnce, async (who, _) => await WalkAsync(await OpenAsAsync(who), who));
        var routes = string.Join('\n', opened.Keys.Order());
        Assert.True(faults.IsEmpty, $"{faults.Count} pages are not sound:\n\n{string.Join("\n\n", faults.Order())}");
        Assert.True(opened.Count >= 60, $"The walk saw only {opened.Count} routes:\n{routes}");
    }

    [Fact]
    public async Task The_menu_can_be_walked_without_script() => await Parallel.ForEachAsync(People, AtOnce, async (who, _) =>
    {
        var desk = await OpenAsAsync(who, javaScript: false);
        foreach (var href in (await desk.MenuAsync()).Where(href => walked.TryAdd(href, 0)))
            await desk.GoAsync(href);
        desk.AssertCalm();
    });

    [Fact]
    public async Task On_a_phone_the_menu_is_a_drawer_that_opens_and_closes_without_script()
    {
        var desk = await OpenAsAsync("区文化局 · 联络员A", Screen.Phone, javaScript: false);
        var entry = desk.Page.Locator("nav.menu").GetByRole(AriaRole.Link, new() { Name = "我的工作台" });
        await Assertions.Expect(entry).ToBeHiddenAsync();
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "打开菜单" }).ClickAsync();
        await Assertions.Expect(entry).ToBeVisibleAsync();
        await desk.AssertFitsAsync();
        await desk.PictureAsync("drawer", fullPage: false);
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "收起菜单" }).ClickAsync();
        await Assertions.Expect(entry).ToBeHiddenAsync();
    }

    [Fact]
    public async Task The_desk_with_everything_that_it_loads_weighs_less_than_60_KB()
    {
        var desk = await OpenAsAsync("区文化局 · 联络员A");
        var loaded = new ConcurrentQueue<string>();
        desk.Page.Request += (_, request) => loaded.Enqueue(request.Url);
        await desk.GoAsync("/");
        await desk.AssertIconsDrawnAsync();
        // Asked again as a browser that has kept nothing does: what the window has in its cache weighs nothing.
        using var handler = new HttpClientHandler { AutomaticDecompression = DecompressionMethods.None, UseCookies = false };
        using var empty = new HttpClient(handler);
        empty.DefaultRequestHeaders.Add("Accept-Encoding", "gzip, br");
        empty.DefaultRequestHeaders.Add("Cookie", string.Join("; ", (await desk.Page.Context.CookiesAsync()).Select(cookie => $"{cookie.Name}={cookie.Value}")));
        var sizes = new List<(string Path, int Bytes)>();
        foreach (var url in loaded.Distinct())
            sizes.Add((new Uri(url).AbsolutePath, (await empty.GetByteArrayAsync(url, TestContext.Current.CancellationToken)).Length));
        Assert.Contains(sizes, size => size.Path.EndsWith(".css", StringComparison.Ordinal));
        Assert.True(sizes.Sum(size => size.Bytes) is > 10_000 and < 60_000, string.Join('\n', sizes));
    }

    /// <summary>Breadth first, so that each route is met by its shortest way. Following costs a request; only looking costs a browser's work.</summary>
    private async Task WalkAsync(Desk desk, string who)
    {
        var menu = await desk.MenuAsync();
        Assert.NotEmpty(menu);
        var (known, followed) = (new HashSet<string>(menu), new Dictionary<string, int>());
        var queue = new Queue<(string Href, int Depth)>(menu.Select(href => (href, 1)));
        while (queue.TryDequeue(out var next))
        {
            var (href, depth) = next;
            var route = RouteOf(href);
            followed[route] = followed.GetValueOrDefault(route) + 1;
            if (depth > 1 && followed[route] > AddressesPerRoute)
                continue;
            try
            {
                var page = await desk.Page.APIRequest.GetAsync(href);
                Assert.True(page.Ok, $"It answers {page.Status}.");
                if (!page.Headers.GetValueOrDefault("content-type", "").StartsWith("text/html", StringComparison.Ordinal))
                    continue;
                var time = opened.AddOrUpdate(route, 1, (_, times) => times + 1);
                if (time == 1 || depth == 1 && time <= LooksPerEntry)
                {
                    await desk.GoAsync(href);
                    await ExamineAsync(desk, route, first: time == 1);
                }
                if (depth < Depth)
                    foreach (var link in LinksOf(await page.TextAsync()).Where(known.Add))
                        queue.Enqueue((link, depth + 1));
            }
            catch (Exception fault) when (fault is XunitException or PlaywrightException)
            {
                faults.Enqueue($"{who} {href}: {fault.Message}");
                desk.Forget();
                await desk.ResizeAsync(Screen.Office);
            }
        }
    }

    private static async Task ExamineAsync(Desk desk, string route, bool first)
    {
        await desk.AssertFitsAsync();
        await desk.AssertIconsDrawnAsync();
        if (first)
        {
            await PictureAsync(desk, route);
            await desk.AssertAccessibleAsync();
            await desk.ResizeAsync(Screen.Wall);
            await desk.AssertFitsAsync();
        }
        await desk.ResizeAsync(Screen.Phone);
        await desk.AssertFitsAsync();
        if (first)
        {
            await PictureAsync(desk, route);
            await desk.AssertIconsDrawnAsync();
            await desk.AssertAccessibleAsync(contrast: false);
        }
        await desk.ResizeAsync(Screen.Office);
        desk.AssertCalm();
    }

    private static Task PictureAsync(Desk desk, string route) => Environment.GetEnvironmentVariable("LIANDONG_PICTURES") == "1"
        ? desk.PictureAsync("page" + route.Replace('/', '-').Replace('{', '(').Replace('}', ')'))
        : Task.CompletedTask;

    /// <summary>Pages of the product that this one leads to, apart from the frame around it; files, the API and its description are no pages.</summary>
    private static IEnumerable<string> LinksOf(string page)
    {
        var main = page.IndexOf("<main", StringComparison.Ordinal);
        return main < 0 ? [] : Link().Matches(page, main).Select(link => WebUtility.HtmlDecode(link.Groups[1].Value).Split('#')[0])
            .Where(link => link.StartsWith('/') && !NoPage().IsMatch(link)).Distinct();
    }

    [GeneratedRegex("<a\\b[^>]*?\\bhref=\"([^\"]*)\"")]
    private static partial Regex Link();

    [GeneratedRegex(@"^/(api|docs|openapi|lib)/|\.(xlsx|docx|pdf|csv|ics|json|ndjson|zip|txt)(\?|$)|/(export|template|download|files?|attachments?)(/|\?|$)")]
    private static partial Regex NoPage();

    /// <summary>The kind of page: the address with its keys and numbers taken out.</summary>
    private static string RouteOf(string href) => string.Join('/', href.Split('?')[0].Split('/').Select(part =>
        Guid.TryParse(part, out _) ? "{id}" : part.Any(char.IsAsciiDigit) || part.Any(char.IsAsciiLetterUpper) || part.Contains('%') ? "{key}" : part));
}
