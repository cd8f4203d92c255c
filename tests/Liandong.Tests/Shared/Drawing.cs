using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Liandong.Tests.Shared;

/// <summary>One component drawn without a host.</summary>
internal static partial class Drawing
{
    public static async Task<string> HtmlOfAsync<TComponent>(Dictionary<string, object?> parameters, string at = "/") where TComponent : IComponent
    {
        await using var services = new ServiceCollection().AddSingleton<NavigationManager>(new Place(at)).BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        return WebUtility.HtmlDecode(await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(parameters))).ToHtmlString()));
    }

    /// <summary>The words that a reader sees, single-spaced.</summary>
    public static string Words(string html) => Spaces().Replace(Tags().Replace(html, " "), " ").Trim();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    private sealed class Place : NavigationManager
    {
        public Place(string at) => Initialize("http://localhost/", "http://localhost" + at);
    }
}
