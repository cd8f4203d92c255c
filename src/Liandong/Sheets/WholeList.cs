namespace Liandong.Sheets;

/// <summary>A list as one file takes it out: page by page, as far as the file holds it, and its title says where it ends.</summary>
public static class WholeList
{
    /// <summary>The most rows of one file.</summary>
    public const int Most = 20_000;

    /// <param name="page">The rows after a place of the list, and the next place; null at the end.</param>
    public static Task<IReadOnlyList<T>> ReadAsync<T>(Func<string, Task<(IReadOnlyList<T> Rows, string? After)>> page) => ReadAsync<T, string>("", page);

    /// <summary>The same for a list whose places are the ids of its rows.</summary>
    public static Task<IReadOnlyList<T>> ReadAsync<T>(Func<Guid?, Task<(IReadOnlyList<T> Rows, Guid? After)>> page) => ReadAsync<T, Guid?>(null, page);

    private static async Task<IReadOnlyList<T>> ReadAsync<T, TPlace>(TPlace first, Func<TPlace, Task<(IReadOnlyList<T> Rows, TPlace? After)>> page)
    {
        var rows = new List<T>();
        for (var place = first; rows.Count < Most;)
        {
            (var some, var after) = await page(place);
            rows.AddRange(some);
            if (after is null) break;
            place = after;
        }
        return rows;
    }

    public static string TitleOf(string name, int rows) => rows >= Most ? $"{name}(只含前{Most}行,请缩小范围分次导出)" : name;
}
