using Microsoft.EntityFrameworkCore;

namespace Liandong.Data;

/// <summary>The last number given in a series of a year.</summary>
public sealed class NumberSeries
{
    public required string District { get; init; }

    /// <summary>机关代字 and kind: 历审推.</summary>
    public required string Prefix { get; init; }
    public required int Year { get; init; }
    public int Last { get; set; }
}

/// <summary>
/// Document numbers 〔year〕n without gaps or doubles. A number is taken inside <see cref="Ledger.TogetherAsync"/>, under the district's
/// chain head, and is given back by itself when the act is not committed.
/// </summary>
public sealed class NumberBook(AppDb db)
{
    public async Task<string> NextAsync(string prefix, int year, CancellationToken ct)
    {
        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("A number is taken inside Ledger.TogetherAsync.");
        var series = db.NumberSeries.Local.FirstOrDefault(s => s.Prefix == prefix && s.Year == year) ?? await db.NumberSeries.FirstOrDefaultAsync(s => s.Prefix == prefix && s.Year == year, ct);
        if (series is null) db.NumberSeries.Add(series = new NumberSeries { District = db.District, Prefix = prefix, Year = year });
        series.Last++;
        return Format(prefix, year, series.Last);
    }

    public static string Format(string prefix, int year, int number) => $"{prefix}〔{year}〕{number}号";
}
