namespace Liandong.Desk;

/// <summary>What a search can find, in the order in which the groups are shown.</summary>
public enum SearchKind { Case, Push, Party, Permit, Consultation, Policy, Meeting, WorkingGroup, Letter, Document, Paper, Item, Organ, Person }

/// <summary>
/// A thing as search knows it. Its words and the marks of those who may see it stand in one full-text index beside this table
/// (<c>search_words</c>), so that authorisation is part of the look-up and never a filter over its result.
/// </summary>
public sealed class SearchDoc
{
    public required string District { get; init; }

    /// <summary>Grows with the time at which the thing came up, and is the row number of the index: newest first is highest first.</summary>
    public long Row { get; set; }
    public required SearchKind Kind { get; init; }
    public required Guid Id { get; init; }
    public string Number { get; set; } = "";
    public string Title { get; set; } = "";
    public string Sub { get; set; } = "";
    public DateOnly? Day { get; set; }

    /// <summary>The address of the thing.</summary>
    public string Href { get; set; } = "";

    /// <summary>Fingerprint of the words and marks that the index keeps of it: most acts change neither, and are then spared the writing. 0 before any were written.</summary>
    public long Fingerprint { get; set; }
}

/// <summary>What the full-text index keeps of a row.</summary>
/// <param name="Marks">The mark of the kind and of those who may find it, each with its leading sign.</param>
/// <param name="IsNew">No words of the row are there yet.</param>
public sealed record SearchWords(long Row, string Marks, string Words, bool IsNew);

/// <summary>What a reader asks the full-text index for: things of a kind that carry a mark.</summary>
/// <param name="Many">A kind of which there may be as many as there are cases.</param>
public sealed record SoughtRows(SearchKind Kind, string Mark, bool Many);

public sealed record FoundRow(SearchKind Kind, long Row);
