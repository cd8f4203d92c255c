namespace Liandong.Bench;

/// <summary>What the command line asks for.</summary>
/// <param name="Data">Where databases lie; those of a million cases are kept there and used again. A temporary folder, removed at the end, when null.</param>
/// <param name="Databases">sqlite, postgres or both, in turn.</param>
public sealed record Options(string? Data, IReadOnlyList<string> Databases, int Rounds, double Seconds, IReadOnlyList<int> Sizes, int Lines)
{
    /// <summary>How long each side is loaded before it counts. A server runs for weeks; in its first half minute the runtime still translates the code that it finds hot, and takes up to half the processor for it.</summary>
    public double Warm { get; private init; } = 30;

    public static Options Parse(IReadOnlyList<string> args)
    {
        string? Value(string name) => Enumerable.Range(0, args.Count - 1).Where(i => args[i] == name).Select(i => args[i + 1]).LastOrDefault();
        return new Options(Value("--data") is { } data ? Path.GetFullPath(data) : null, (Value("--db") ?? "postgres,sqlite").Split(','), int.Parse(Value("--rounds") ?? "5"), double.Parse(Value("--seconds") ?? "4"),
            [.. (Value("--sizes") ?? "100000,1000000").Split(',').Select(int.Parse)], int.Parse(Value("--lines") ?? "200000"))
        {
            Warm = double.Parse(Value("--warm") ?? "30"),
        };
    }
}
