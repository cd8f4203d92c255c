namespace Liandong.Sheets;

/// <summary>A list as one file takes it out: page by page, as far as the file holds it, and its title says where it ends.</summary>
public static class WholeList
{
    /// <summary>The most rows of one file.</summary>
    public const int Most = 20_000;

    /// <param name="page">The rows after a place of the list, and the next place; null at the end.</param>
    public static async Task<IReadOnlyList<T>> ReadAsync<T>(Func<string, Task<(IReadOnlyList<T> Rows, string? After)>> page)
    {
        var rows = new List<T>();
        for (var after = ""; after is not null && rows.Count < Most;)
        {
            (var some, after) = await page(after);
            rows.AddRange(some);
        }
        return rows;
    }

    public static string TitleOf(string name, int rows) => rows >= Most ? $"{name}(只含前{Most}行,请缩小范围分次导出)" : name;
}
