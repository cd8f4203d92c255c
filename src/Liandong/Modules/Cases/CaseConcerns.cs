using Liandong.Kernel.Notice;
using Liandong.Shared;

namespace Liandong.Modules.Cases;

/// <summary>Something that whoever handles a case, or reads of its party, should know from another module.</summary>
public sealed record CaseNote(Tone Tone, string Title, string Text, string LinkText, string Href, Article Article);

/// <summary>
/// A module that has a say when a case is decided. Cases know none of them: each registers itself (<see cref="CaseConcernRegistration.AddCaseConcern{T}"/>), so that nothing here depends on
/// what comes after.
/// </summary>
public interface ICaseConcern
{
    /// <summary>Asked inside the decision's transaction.</summary>
    /// <exception cref="Kernel.Refusal">The case may not be decided yet.</exception>
    Task DemandDecidableAsync(Case about, CancellationToken ct);

    /// <summary>What the pages of the case and of its party say, as far as the actor may know it.</summary>
    /// <param name="about">The case; null on the party's own page.</param>
    Task<IReadOnlyList<CaseNote>> OfAsync(Guid? about, Guid party, CancellationToken ct);
}

/// <summary>All that other modules have to say to a case.</summary>
public sealed class CaseConcerns(IEnumerable<ICaseConcern> concerns)
{
    public async Task DemandDecidableAsync(Case about, CancellationToken ct)
    {
        foreach (var concern in concerns) await concern.DemandDecidableAsync(about, ct);
    }

    public async Task<IReadOnlyList<CaseNote>> OfAsync(Guid? about, Guid party, CancellationToken ct)
    {
        var notes = new List<CaseNote>();
        foreach (var concern in concerns) notes.AddRange(await concern.OfAsync(about, party, ct));
        return notes;
    }
}

public static class CaseConcernRegistration
{
    public static IServiceCollection AddCaseConcern<T>(this IServiceCollection services) where T : class, ICaseConcern => services.AddScoped<ICaseConcern, T>();
}
