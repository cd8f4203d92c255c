using Liandong.Browser;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Liandong.Browser;

/// <summary>
/// One Chromium and one sample host for the whole run, beside those on a clock of their own. Nothing starts before the first test asks, and a machine without
/// Chromium skips its tests with the reason, unless REQUIRE_CHROMIUM=1.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private IPlaywright? playwright;
    private IBrowser? browser;
    private SampleProcess? host;
    private Exception? broken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A new private window on the sample district, nobody signed in.</summary>
    /// <param name="onClock">The product that it looks at, where it is not the one of the whole run.</param>
    public async Task<Desk> OpenAsync(Screen screen, bool javaScript = true, SampleOnClock? onClock = null)
    {
        var program = Find();
        if (program is null && Environment.GetEnvironmentVariable("REQUIRE_CHROMIUM") == "1")
            Assert.Fail("REQUIRE_CHROMIUM=1, and there is no Chromium at CHROMIUM_PATH or /usr/bin/chromium.");
        Assert.SkipWhen(program is null, "no Chromium here (CHROMIUM_PATH or /usr/bin/chromium)");

        await gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            // Started once: a host that does not come up would otherwise cost every test that wait.
            if (broken is not null)
                Assert.Fail(broken.Message);
            if (onClock is not null)
                await onClock.StartAsync();
            else
                host ??= await SampleProcess.StartAsync();
            browser ??= await LaunchAsync(program);
        }
        catch (InvalidOperationException fault)
        {
            broken = fault;
            throw;
        }
        finally
        {
            gate.Release();
        }

        SampleHost sample = onClock is null ? host! : onClock;
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = sample.Address.ToString(),
            ViewportSize = new() { Width = screen.Width, Height = screen.Height },
            IsMobile = screen.Touch,
            HasTouch = screen.Touch,
            JavaScriptEnabled = javaScript,
            Locale = "zh-CN",
            TimezoneId = "Asia/Shanghai",
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(15_000);
        return await Desk.OpenAsync(context, screen, javaScript, sample);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        if (host is not null)
            await host.DisposeAsync();
        gate.Dispose();
    }

    private static string? Find() =>
        new[] { Environment.GetEnvironmentVariable("CHROMIUM_PATH"), "/usr/bin/chromium" }.FirstOrDefault(path => !string.IsNullOrEmpty(path) && File.Exists(path));

    private async Task<IBrowser> LaunchAsync(string? program)
    {
        // A machine that builds beside the tests answers slowly, and no test here is about speed.
        Assertions.SetDefaultExpectTimeout(15_000);
        playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = program,
            Headless = true,
            // Its own words (file fields, date fields) in the language of the product.
            Env = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().Select(e => KeyValuePair.Create((string)e.Key, (string)e.Value!))
                .Where(e => e.Key is not ("LANGUAGE" or "LANG" or "LC_ALL")).Append(KeyValuePair.Create("LANGUAGE", "zh_CN")),
            Args =
            [
                "--no-sandbox", "--lang=zh-CN", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
    }
}
