namespace Liandong.Documents.Layout;

/// <summary>7.3.3 «文中结构层次序数依次可以用“一、”“（一）”“1.”“（1）”标注;一般第一层用黑体字、第二层用楷体字、第三层和第四层用仿宋体字标注».</summary>
public sealed class Numbering
{
    private readonly int[] counts = new int[4];
    private int clauses;

    /// <summary>The number of the next heading of a level, 1 to 4.</summary>
    public string Next(int level)
    {
        if (level is < 1 or > 4) throw new ArgumentOutOfRangeException(nameof(level), level, "Headings have four levels.");
        counts[level - 1]++;
        Array.Clear(counts, level, 4 - level);
        var n = counts[level - 1];
        return level switch { 1 => Chinese(n) + "、", 2 => $"（{Chinese(n)}）", 3 => $"{n}.", _ => $"（{n}）" };
    }

    public string NextClause() => $"第{Chinese(++clauses)}条";

    public static Face FaceOf(int level) => level switch { 1 => Face.Hei, 2 => Face.Kai, _ => Face.Fang };

    /// <summary>1 to 999 in words: 十二, 一百零三.</summary>
    public static string Chinese(int n)
    {
        const string digits = "零一二三四五六七八九";
        return n switch
        {
            < 10 => digits[n].ToString(),
            < 20 => "十" + (n == 10 ? "" : digits[n - 10]),
            < 100 => digits[n / 10] + "十" + (n % 10 == 0 ? "" : digits[n % 10]),
            < 1000 => digits[n / 100] + "百" + (n % 100 == 0 ? "" : n % 100 < 10 ? "零" + digits[n % 100] : n % 100 < 20 ? "一" + Chinese(n % 100) : Chinese(n % 100)),
            _ => throw new ArgumentOutOfRangeException(nameof(n), n, "A text has fewer than a thousand clauses."),
        };
    }
}
