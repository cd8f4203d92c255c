namespace Liandong.Desk.Own;

/// <summary>A person's own view of a list: its filter, order, columns and page size under a name. One person's convenience, no act.</summary>
public sealed class SavedView
{
    public required string District { get; init; }
    public required Guid Person { get; init; }

    /// <summary>Address of the list: /pushes.</summary>
    public required string Path { get; init; }
    public required string Name { get; init; }

    /// <summary>The query as the address carries it, with its question mark; empty for the list as it opens.</summary>
    public required string Query { get; set; }
    public required DateTimeOffset At { get; set; }
}
