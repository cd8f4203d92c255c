namespace Liandong.Bench;

/// <summary>One table per benchmark: what was measured, beside what, the ratio, the goal.</summary>
public sealed class Report(string title, params string[] columns)
{
    private readonly List<string[]> rows = [];

    public void Add(params string[] cells) => rows.Add(cells);

    public void Print()
    {
        Console.WriteLine();
        Console.WriteLine($"### {title}");
        Console.WriteLine();
        Console.WriteLine($"| {string.Join(" | ", columns)} |");
        Console.WriteLine($"|{string.Concat(columns.Select(_ => " --- |"))}");
        foreach (var row in rows) Console.WriteLine($"| {string.Join(" | ", row)} |");
        Console.WriteLine();
        Console.WriteLine(Machine());
    }

    public static string Machine()
    {
        var load = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "?";
        var model = File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() : null;
        return $"{Environment.ProcessorCount} processors{(model is null ? "" : $" ({model})")}, load average {load}, .NET {Environment.Version}, load generator on the same machine, medians of rounds taken in turn.";
    }

    public static string N(double value) => value >= 1000 ? $"{value:#,0}" : value >= 10 ? $"{value:0.0}" : $"{value:0.00}";
}
