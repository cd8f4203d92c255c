using Liandong.Kernel;
using Liandong.Kernel.Notice;
using Liandong.Shared;

namespace Liandong.Modules.Cases;

/// <summary>Something that whoever handles a case, or reads of its party, should know from another module.</summary>
public sealed record CaseNote(Tone Tone, string Title, string Text, string LinkText, string Href, Article Article);

/// <summary>Something that is not settled and stands against a decision.</summary>
/// <param name="Case">The case; null when it concerns every case of the party.</param>
/// <param name="Kinds">The applications that it concerns; null for each.</param>
/// <param name="Since">From when it stood: what was decided before is not touched by it.</param>
/// <param name="Stop">With what a decision on the platform is refused; null for a mere warning. What warned, and all that could not stop a decision which another system has already made, is kept with the case.</param>
/// <param name="About">The matter that is not settled.</param>
/// <param name="What">A word for the ledger.</param>
/// <param name="Kept">How it reads afterwards, on the case.</param>
public sealed record CaseObstacle(Guid? Case, Guid Party, IReadOnlyList<ApplicationKind>? Kinds, DateTimeOffset Since, Refusal? Stop, Guid About, string What, string Kept, Article Article)
{
    /// <summary>The one rule for both doors: 准予 and 不予 wait for it, a withdrawn application and a lapse do not.</summary>
    public bool StandsAgainst(Case decided, DecisionKind kind, DateTimeOffset at) => kind is DecisionKind.Granted or DecisionKind.Refused && (Case is { } one ? one == decided.Id : Party == decided.Party)
        && (Kinds is null || Kinds.Contains(decided.Kind)) && Since <= at;
}

/// <summary>
/// A module that has a say when a case is decided. Cases know none of them: each registers itself (<see cref="CaseConcernRegistration.AddCaseConcern{T}"/>), so that nothing here depends on
/// what comes after.
/// </summary>
public interface ICaseConcern
{
    /// <summary>
    /// What stands now against deciding these cases, asked inside the decision's transaction; a few statements for all of them, since the intake asks for a whole group. Asks for no actor: the
    /// intake has none.
    /// </summary>
    /// <param name="parties">Parties of the cases, for what concerns all that a party applies for.</param>
    Task<IReadOnlyList<CaseObstacle>> ObstaclesAsync(IReadOnlyCollection<Guid> cases, IReadOnlyCollection<Guid> parties, CancellationToken ct);

    /// <summary>What the pages of the case and of its party say, as far as the actor may know it.</summary>
    /// <param name="about">The case; null on the party's own page.</param>
    Task<IReadOnlyList<CaseNote>> OfAsync(Guid? about, Guid party, CancellationToken ct);
}

/// <summary>All that other modules have to say to a case.</summary>
public sealed class CaseConcerns(IEnumerable<ICaseConcern> concerns)
{
    public async Task<IReadOnlyList<CaseObstacle>> ObstaclesAsync(IReadOnlyCollection<Guid> cases, IReadOnlyCollection<Guid> parties, CancellationToken ct)
    {
        var obstacles = new List<CaseObstacle>();
        foreach (var concern in concerns) obstacles.AddRange(await concern.ObstaclesAsync(cases, parties, ct));
        return obstacles;
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
