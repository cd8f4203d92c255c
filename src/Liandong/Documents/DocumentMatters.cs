namespace Liandong.Documents;

/// <summary>Whether the organs that a document about a matter is served to owe an answer, and who keeps that duty.</summary>
public enum MatterAnswers
{
    /// <summary>As whoever serves it says.</summary>
    AsServed,

    /// <summary>Each 主送 organ owes one (<c>document.answer</c>).</summary>
    Owed,

    /// <summary>The matter's module opens a duty of its own.</summary>
    KeptByMatter,

    /// <summary>None is owed.</summary>
    None,
}

/// <summary>
/// A module whose matters travel by official documents. It is told inside the same transaction what becomes of a document about one of them, so that a letter that is served
/// anywhere in the product has its effect. Each module registers one for each kind of matter (<see cref="DocumentMattersRegistration.AddDocumentMatter{T}"/>).
/// </summary>
public interface IDocumentMatter
{
    /// <summary>Kind of the matter, as <see cref="OfficialDocument.AboutKind"/> keeps it.</summary>
    string Kind { get; }

    Task<MatterAnswers> AnswersAsync(OfficialDocument document, CancellationToken ct);

    /// <param name="to">The 主送 organs that it has reached just now.</param>
    /// <exception cref="Kernel.Refusal">The matter does not allow it any more; nothing is served.</exception>
    Task ServedAsync(OfficialDocument document, IReadOnlyList<Guid> to, CancellationToken ct);

    /// <summary>签收 of an addressee.</summary>
    Task ReadAsync(OfficialDocument document, Guid organ, CancellationToken ct) => Task.CompletedTask;

    /// <summary>An addressee answered the document: in words, by a document of its own (<paramref name="reply"/>), or by paper that was registered.</summary>
    Task AnsweredAsync(OfficialDocument document, DocumentAnswer answer, OfficialDocument? reply, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Where the actor reads the matter, and answers it where the matter keeps its answers; null when it is not the actor's.</summary>
    Task<MatterPlace?> PlaceAsync(Guid matter, CancellationToken ct);
}

/// <param name="Name">What the matter is called: 会商.</param>
/// <param name="Answer">Address of the form by which the actor answers there; null when the actor owes no answer.</param>
public sealed record MatterPlace(string Name, string Page, string? Answer);

/// <summary>Finds the module of a document's matter. A document that stands for itself has none.</summary>
public sealed class DocumentMatters(IEnumerable<IDocumentMatter> registered)
{
    private readonly Dictionary<string, IDocumentMatter> matters = registered.ToDictionary(m => m.Kind);

    public IDocumentMatter? Of(OfficialDocument document) => document.AboutId is null ? null : matters.GetValueOrDefault(document.AboutKind);

    public async Task<MatterAnswers> AnswersAsync(OfficialDocument document, CancellationToken ct) => Of(document) is { } matter ? await matter.AnswersAsync(document, ct) : MatterAnswers.AsServed;

    public async Task<MatterPlace?> PlaceAsync(OfficialDocument document, CancellationToken ct) => Of(document) is { } matter ? await matter.PlaceAsync(document.AboutId!.Value, ct) : null;
}

public static class DocumentMattersRegistration
{
    public static IServiceCollection AddDocumentMatter<T>(this IServiceCollection services) where T : class, IDocumentMatter => services.AddScoped<IDocumentMatter, T>();
}
