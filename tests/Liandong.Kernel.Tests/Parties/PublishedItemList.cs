namespace Liandong.Kernel.Tests.Parties;

/// <summary>The public item list of a district (广安市前锋区, 511602): 1,135 rows, with the mistakes of life in it.</summary>
internal static class PublishedItemList
{
    /// <summary>department, department_code, main_item, item, item_code, task_type.</summary>
    public static IReadOnlyList<string[]> Rows { get; } = Read();

    private static List<string[]> Read()
    {
        using var reader = new StreamReader(typeof(PublishedItemList).Assembly.GetManifestResourceStream("guangan-511602.csv")!);
        reader.ReadLine();
        var rows = new List<string[]>();
        while (reader.ReadLine() is { } line) rows.Add(Cells(line));
        return rows;
    }

    // Some names are quoted and contain commas; none contains a line break.
    private static string[] Cells(string line)
    {
        var cells = new List<string> { "" };
        var quoted = false;
        foreach (var c in line)
        {
            if (c == '"') quoted = !quoted;
            else if (c == ',' && !quoted) cells.Add("");
            else cells[^1] += c;
        }
        return [.. cells];
    }
}
