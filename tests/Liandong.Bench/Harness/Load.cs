using System.Diagnostics;

namespace Liandong.Bench;

/// <param name="Milliseconds">Of each request, in order of length.</param>
public sealed record Loaded(int Count, TimeSpan Took, double[] Milliseconds)
{
    public double PerSecond => Count / Took.TotalSeconds;

    public double P(double share) => Milliseconds.Length == 0 ? 0 : Milliseconds[Math.Min(Milliseconds.Length - 1, (int)(Milliseconds.Length * share))];
}

/// <summary>Connections that each send one request after the other.</summary>
public static class Load
{
    /// <param name="next">The next request of a worker; null ends it.</param>
    public static async Task<Loaded> RunAsync(Uri address, int connections, TimeSpan time, Func<int, ReadOnlyMemory<byte>?> next, int wanted = 200)
    {
        var wires = Enumerable.Range(0, connections).Select(_ => new Wire(address)).ToArray();
        var watch = Stopwatch.StartNew();
        var all = await Task.WhenAll(wires.Select((wire, w) => Task.Run(async () =>
        {
            var took = new List<double>(4096);
            while (watch.Elapsed < time && next(w) is { } request)
            {
                var start = Stopwatch.GetTimestamp();
                var status = await wire.SendAsync(request);
                took.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                if (status != wanted) throw new InvalidOperationException($"{status} instead of {wanted}: {System.Text.Encoding.UTF8.GetString(wire.Body.Span)}");
            }
            return took;
        })));
        var elapsed = watch.Elapsed;
        foreach (var wire in wires) wire.Dispose();
        double[] sorted = [.. all.SelectMany(t => t).Order()];
        return new Loaded(sorted.Length, elapsed, sorted);
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] ordered = [.. values.Order()];
        return ordered.Length == 0 ? double.NaN : ordered.Length % 2 == 1 ? ordered[ordered.Length / 2] : (ordered[ordered.Length / 2 - 1] + ordered[ordered.Length / 2]) / 2;
    }
}
