using System.Collections.Concurrent;
using System.Text;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Liandong.Browser;

/// <summary>One person's browser window. It notes everything the browser complains about while the person works.</summary>
public sealed class Desk : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly SampleHost host;
    private readonly ConcurrentQueue<string> complaints = new();

    private Desk(IBrowserContext context, IPage page, Screen screen, bool javaScript, SampleHost host)
    {
        this.context = context;
        this.host = host;
        Page = page;
        Screen = screen;
        JavaScript = javaScript;
    }

    public IPage Page { get; }

    public Screen Screen { get; private set; }

    public bool JavaScript { get; }

    /// <summary>The bureau's own system beside this window: it sends cases to the same product.</summary>
    public BureauSystem Bureau => host.Bureau;

    internal static async Task<Desk> OpenAsync(IBrowserContext context, Screen screen, bool javaScript, SampleHost host)
    {
        var desk = new Desk(context, await context.NewPageAsync(), screen, javaScript, host);
        desk.Page.Console += (_, message) =>
        {
            // A violated Content-Security-Policy arrives here too.
            // What a server answers is heard below; a refusal that is shown as a page of its own is no fault.
            if (message.Type is "error" or "warning" && !message.Text.StartsWith("Failed to load resource: the server responded", StringComparison.Ordinal))
                desk.complaints.Enqueue($"console {message.Type}: {message.Text} ({message.Location})");
        };
        desk.Page.PageError += (_, error) => desk.complaints.Enqueue($"script error: {error}");
        desk.Page.RequestFailed += (_, request) =>
        {
            // Leaving a page aborts what it was still loading; that is no fault.
            if (request.Failure != "net::ERR_ABORTED")
                desk.complaints.Enqueue($"request failed: {request.Method} {request.Url} {request.Failure}");
        };
        desk.Page.Response += (_, response) =>
        {
            if (response.Status >= 500 || (response.Status >= 400 && !response.Request.IsNavigationRequest))
                desk.complaints.Enqueue($"{response.Status} for {response.Request.Method} {response.Url}");
        };
        desk.Page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { Scheme: "http" or "https" } url && url.Authority != host.Address.Authority)
                desk.complaints.Enqueue($"the page asked another server: {request.Url}");
        };
        return desk;
    }

    /// <summary>Goes to an address of the product; a page that is missing or broken fails the test.</summary>
    public async Task GoAsync(string path)
    {
        try
        {
            var response = await Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Load });
            Assert.True(response is { Ok: true }, $"{path} answered {response?.Status}.\n{host.LastWords}");
        }
        catch (PlaywrightException fault)
        {
            Assert.Fail($"{path} could not be opened: {fault.Message}\n{host.LastWords}");
        }
    }

    /// <summary>Signs in as the sample person whose button carries these words (a name, a post, an organ), with one click.</summary>
    public async Task SignInAsync(string who)
    {
        await GoAsync("/sign-in");
        await Page.GetByRole(AriaRole.Button).Filter(new() { HasText = who }).First.ClickAsync();
        await Page.WaitForURLAsync(address => !new Uri(address).AbsolutePath.StartsWith("/sign-in", StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.Load });
    }

    /// <summary>Makes the window as large as another screen, with the page left open: the styles of that width apply, touch and script stay as they were.</summary>
    public async Task ResizeAsync(Screen screen)
    {
        await Page.SetViewportSizeAsync(screen.Width, screen.Height);
        Screen = screen;
    }


    /// <summary>Presses a button or follows a link, and waits until the page that answers stands there.</summary>
    public async Task PressAsync(ILocator what)
    {
        var loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Loaded(object? sender, IPage page) => loaded.TrySetResult();
        Page.Load += Loaded;
        try
        {
            await what.ClickAsync();
            await loaded.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
        catch (TimeoutException)
        {
            Assert.Fail($"Nothing answered on {Page.Url} within thirty seconds.\n{host.LastWords}");
        }
        finally
        {
            Page.Load -= Loaded;
        }
        Presses++;
    }

    /// <summary>A nervous hand: the button is pressed twice at once. Both presses end on the page of the one act, and nothing is refused.</summary>
    public async Task DoTwiceAsync(string verb)
    {
        var button = Content.GetByRole(AriaRole.Button, new() { Name = verb, Exact = true });
        var loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Loaded(object? sender, IPage page) => loaded.TrySetResult();
        Page.Load += Loaded;
        await button.DblClickAsync();
        await loaded.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Page.Load -= Loaded;
        if (await Page.Locator(".error-summary").CountAsync() > 0)
            Assert.Fail($"The second press of {verb} on {Page.Url} was refused: {await Page.Locator(".error-summary").InnerTextAsync()}");
    }

    /// <summary>How often a button was pressed or a link followed in this window.</summary>
    public int Presses { get; private set; }

    /// <summary>Presses the one button of the page's content that carries exactly this verb; the page that answers must not refuse it.</summary>
    public async Task DoAsync(string verb)
    {
        await PressAsync(Content.GetByRole(AriaRole.Button, new() { Name = verb, Exact = true }));
        if (await Page.Locator(".error-summary").CountAsync() > 0)
            Assert.Fail($"{verb} on {Page.Url} was refused: {await Page.Locator(".error-summary").InnerTextAsync()}");
    }

    /// <summary>Follows the first link of the page's content with exactly these words.</summary>
    public Task FollowAsync(string link) => PressAsync(Content.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).First);

    /// <summary>Types into the field of this name, or picks the day of a date field.</summary>
    public Task FillAsync(string field, string text) => Content.Locator($"[name='{field}']").FillAsync(text);

    /// <summary>Ticks or chooses by the words beside the box, as a finger does.</summary>
    public Task ChooseAsync(string field, string value) => Content.Locator($"label:has(input[name='{field}'][value='{value}'])").ClickAsync();

    public Task SelectAsync(string field, string label) => Content.Locator($"select[name='{field}']").SelectOptionAsync(new SelectOptionValue { Label = label });

    /// <summary>Opens the part of a form that is folded away behind these words.</summary>
    public Task UnfoldAsync(string summary) => Content.Locator("summary").Filter(new() { HasText = summary }).ClickAsync();

    /// <summary>In a window with script: the page is sound, and its picture is kept.</summary>
    public async Task LookAsync(string name)
    {
        if (!JavaScript) return;
        await PictureAsync(name);
        await AssertSoundAsync();
    }

    /// <summary>The page without frame, menu and banner.</summary>
    public ILocator Content => Page.Locator("#content");

    /// <summary>The page's content says this.</summary>
    public Task SeesAsync(string words) => Assertions.Expect(Content).ToContainTextAsync(words);

    /// <summary>The page says this when it is opened again: what the product does by itself it does within a minute.</summary>
    public async Task ComesAsync(string words)
    {
        for (var tries = 0; tries < 45 && !(await Content.InnerTextAsync()).Contains(words, StringComparison.Ordinal); tries++)
        {
            await Task.Delay(2_000);
            await GoAsync(new Uri(Page.Url).PathAndQuery);
        }
        await SeesAsync(words);
    }

    /// <summary>The names on the buttons of the sample people.</summary>
    public async Task<IReadOnlyList<string>> SamplePeopleAsync()
    {
        await GoAsync("/sign-in");
        return await Page.Locator("button.person-card").AllInnerTextsAsync();
    }

    /// <summary>Where the left menu leads, in its order.</summary>
    public async Task<IReadOnlyList<string>> MenuAsync() =>
        await Page.Locator("nav.menu a").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))");

    /// <summary>Nothing that axe can find is wrong with the page as it stands now. Axe is a script itself, so a window without script cannot be asked.</summary>
    /// <param name="contrast">False leaves the contrast of colours out, which takes most of the time and is the same at every width.</param>
    public async Task AssertAccessibleAsync(bool contrast = true)
    {
        if (!JavaScript)
            return;
        var rules = new Dictionary<string, RuleOptions> { ["color-contrast"] = new() { Enabled = contrast } };
        var result = await Page.RunAxe(new AxeRunOptions { Rules = rules }).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.True(result.Passes.Length > 5, $"axe saw almost nothing on {Page.Url}; is the page empty?");
        if (result.Violations.Length > 0)
            Assert.Fail(Describe(result.Violations));
    }

    /// <summary>Nothing is wider than the screen, so nobody has to push the whole page sideways.</summary>
    public async Task AssertFitsAsync()
    {
        var tooWide = await Page.EvaluateAsync<string[]>(
            """
            () => {
              const width = document.documentElement.clientWidth;
              if (document.documentElement.scrollWidth <= width) return [];
              const scrolls = e => { for (let p = e.parentElement; p && p !== document.body; p = p.parentElement)
                if (/auto|scroll|hidden|clip/.test(getComputedStyle(p).overflowX)) return true; return false; };
              return [`the page is ${document.documentElement.scrollWidth} px wide on ${width} px`,
                ...[...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > width + 1 && !scrolls(e)).slice(0, 8)
                  .map(e => `${e.tagName.toLowerCase()}.${e.className} reaches ${Math.round(e.getBoundingClientRect().right)} px: ${(e.textContent || '').trim().slice(0, 40)}`)];
            }
            """);
        Assert.True(tooWide.Length == 0, $"{Page.Url} at {Screen}: {string.Join("\n  ", tooWide)}");
    }

    /// <summary>Every icon in sight is drawn: its symbol is in the sprite.</summary>
    public async Task AssertIconsDrawnAsync()
    {
        const string missing = "() => [...document.querySelectorAll('svg.icon use')].filter(use => use.checkVisibility() && use.getBBox().width === 0).map(use => use.getAttribute('href'))";
        // The sprite may arrive a moment after the page.
        for (var tries = 0; tries < 20 && (await Page.EvaluateAsync<string[]>(missing)).Length > 0; tries++)
            await Page.WaitForTimeoutAsync(100);
        var blank = await Page.EvaluateAsync<string[]>(missing);
        Assert.True(blank.Length == 0, $"{Page.Url}: no such icon: {string.Join(", ", blank)}");
    }

    /// <summary>The browser had nothing to complain about since the last time: no script error, no refused content, no missing file, no foreign server.</summary>
    public void AssertCalm()
    {
        var heard = complaints.ToArray();
        complaints.Clear();
        Assert.True(heard.Length == 0, $"On {Page.Url} at {Screen} the browser complained:\n  {string.Join("\n  ", heard.Distinct())}");
    }

    /// <summary>What was complained about so far is dealt with.</summary>
    public void Forget() => complaints.Clear();

    /// <summary>Everything that must hold on every page at every width.</summary>
    public async Task AssertSoundAsync()
    {
        await AssertFitsAsync();
        await AssertIconsDrawnAsync();
        await AssertAccessibleAsync();
        AssertCalm();
    }

    /// <summary>Keeps the whole page as artifacts/screenshots/<paramref name="name"/>-<c>width</c>.png.</summary>
    public async Task PictureAsync(string name, bool fullPage = true)
    {
        Directory.CreateDirectory(Place.Screenshots);
        // A window that was scrolled would show its sticky bars in the middle of the picture.
        if (fullPage && JavaScript) await Page.EvaluateAsync("() => scrollTo(0, 0)");
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Place.Screenshots, $"{name}-{Screen}.png"), FullPage = fullPage, Animations = ScreenshotAnimations.Disabled });
    }

    /// <summary>Keeps what is on the screen as docs/manual/images/<paramref name="name"/>.png, without the rest of a long page.</summary>
    public async Task ManualPictureAsync(string name)
    {
        Directory.CreateDirectory(Place.ManualImages);
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Place.ManualImages, $"{name}.png"), Animations = ScreenshotAnimations.Disabled });
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();

    private string Describe(AxeResultItem[] violations)
    {
        var text = new StringBuilder($"{violations.Length} accessibility rules are broken on {Page.Url} at {Screen}:");
        foreach (var violation in violations)
        {
            text.Append($"\n  [{violation.Impact}] {violation.Id}: {violation.Help}");
            foreach (var node in violation.Nodes.Take(4))
                text.Append($"\n      {node.Target}  {Shorten(node.Html)}{string.Concat(node.Any.Concat(node.All).Concat(node.None).Take(2).Select(check => $"\n        {check.Message}"))}");
            if (violation.Nodes.Length > 4)
                text.Append($"\n      … and {violation.Nodes.Length - 4} more");
        }
        return text.ToString();
    }

    private static string Shorten(string html) => html.Length <= 160 ? html : html[..160] + "…";
}
