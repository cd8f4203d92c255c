namespace Liandong.Desk.Own;

/// <summary>
/// What a person has typed into a long form and not sent yet, so that a closed window or another machine loses nothing. Sealed, because it
/// may hold names and numbers; gone when the form is sent, when the person drops it, and after <see cref="DraftBook.Kept"/>.
/// </summary>
public sealed class Draft
{
    public required string District { get; init; }
    public required Guid Person { get; init; }

    /// <summary>Address of the page, a number sign, name of the form: /supervision/{push}/check#record.</summary>
    public required string Form { get; init; }
    /// <summary>The fields as JSON, sealed.</summary>
    public required string Content { get; set; }
    public required DateTimeOffset At { get; set; }
}
