using System.Globalization;

namespace Liandong.Shared;

/// <summary>What the address of a list says. A value that is unknown or cannot be read counts as not given.</summary>
public readonly struct ListAddress(IQueryCollection query)
{
    public string Text(string name) => query.TryGetValue(name, out var value) ? value.ToString().Trim() : "";

    public Guid? Id(string name) => Guid.TryParse(Text(name), out var id) ? id : null;

    public DateOnly? Day(string name) => DateOnly.TryParseExact(Text(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>A word of the enum; its number is none.</summary>
    public T? Choice<T>(string name) where T : struct, Enum => Enum.TryParse<T>(Text(name), true, out var value) && Enum.IsDefined(value) && !int.TryParse(Text(name), out _) ? value : null;

    /// <summary>One of these words as they are written; empty otherwise.</summary>
    public string OneOf(string name, params ReadOnlySpan<string> words) => words.Contains(Text(name)) ? Text(name) : "";

    /// <summary>red or amber; empty otherwise.</summary>
    public string Light => OneOf("light", "red", "amber");

    /// <summary>Rows of a page: 20, 50 or 100.</summary>
    public int Size => Text("size") switch { "50" => 50, "100" => 100, _ => 20 };

    /// <summary>The values that are given, as a query string without the question mark.</summary>
    public static string Of(params ReadOnlySpan<(string Name, string? Value)> values)
    {
        var parts = new List<string>();
        foreach (var (name, value) in values)
            if (!string.IsNullOrEmpty(value)) parts.Add($"{name}={Uri.EscapeDataString(value)}");
        return string.Join('&', parts);
    }

    /// <summary>A day as <see cref="Day"/> reads it.</summary>
    public static string? Written(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
