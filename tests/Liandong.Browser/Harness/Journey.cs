namespace Liandong.Browser;

/// <summary>A test that people could walk themselves: it opens desks, and they are closed after it. A failed one leaves a picture of each.</summary>
/// <param name="onClock">The product that the class walks through, where it is not the one of the whole run.</param>
public abstract class Journey(Chromium chromium, SampleOnClock? onClock = null) : IAsyncDisposable
{
    private readonly List<Desk> desks = [];

    /// <summary>Desktop and phone, with and without script.</summary>
    public static TheoryData<Screen, bool> Windows => new(
        from screen in new[] { Screen.Office, Screen.Phone }
        from javaScript in new[] { true, false }
        select (screen, javaScript));

    /// <summary>A new private window at the sample district's first page, nobody signed in.</summary>
    protected async Task<Desk> OpenAsync(Screen? screen = null, bool javaScript = true)
    {
        var desk = await chromium.OpenAsync(screen ?? Screen.Office, javaScript, onClock);
        lock (desks)
            desks.Add(desk);
        return desk;
    }

    /// <summary>The same, and this sample person signed in.</summary>
    protected async Task<Desk> OpenAsAsync(string who, Screen? screen = null, bool javaScript = true)
    {
        var desk = await OpenAsync(screen, javaScript);
        await desk.SignInAsync(who);
        return desk;
    }

    /// <summary>For a walk of many minutes: before a release, or after a change to many pages.</summary>
    protected static void WalkOnlyWhenAsked() =>
        Assert.SkipUnless(Environment.GetEnvironmentVariable("LIANDONG_WALK") == "1", "This walk takes many minutes; LIANDONG_WALK=1 asks for it.");

    /// <summary>A Beijing day as a date field takes it, counted from today.</summary>
    protected static string Day(int fromToday) => TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).AddDays(fromToday).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        var failed = TestContext.Current.TestState?.Result == TestResult.Failed;
        foreach (var (desk, number) in desks.Select((desk, index) => (desk, index + 1)))
        {
            if (failed)
                await desk.PictureAsync($"failed-{string.Concat(TestContext.Current.Test!.TestDisplayName.Select(c => char.IsLetterOrDigit(c) ? c : '-'))}-{number}");
            await desk.DisposeAsync();
        }
        GC.SuppressFinalize(this);
    }
}
