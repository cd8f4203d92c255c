using System.Reflection;

namespace Liandong.Browser;

/// <summary>Where things lie, as the build wrote it into this program.</summary>
internal static class Place
{
    public static string HostProgram { get; } = Path.GetFullPath(Read("HostProgram"));

    public static string Screenshots { get; } = Path.GetFullPath(Path.Combine(Read("Repository"), "artifacts", "screenshots"));

    public static string ManualImages { get; } = Path.GetFullPath(Path.Combine(Read("Repository"), "docs", "manual", "images"));

    private static string Read(string key) =>
        typeof(Place).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
