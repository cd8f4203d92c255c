using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Duties;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Consultations;

/// <summary>What a decision item stands in.</summary>
/// <param name="Name">What it is called: 会商, 会议.</param>
/// <param name="Judge">The organ that accepts the completion.</param>
public sealed record DecisionHome(string Name, Subject About, string Page, string List, Guid Judge);

/// <summary>A module whose conclusions or minutes hold decision items. Their execution, acceptance and files are the same for all of them.</summary>
public interface IDecisionHome
{
    bool Keeps(DecisionItem item);

    /// <summary>Null when it is not the actor's to see.</summary>
    Task<DecisionHome?> OfAsync(DecisionItem item, CancellationToken ct);

    /// <summary>The last decision that stood open beside this one has been accepted.</summary>
    Task CarriedOutAsync(DecisionItem item, CancellationToken ct);
}

/// <summary>Finds the module of a decision item.</summary>
public sealed class DecisionHomes(IEnumerable<IDecisionHome> homes)
{
    public Task<DecisionHome?> OfAsync(DecisionItem item, CancellationToken ct) => homes.First(h => h.Keeps(item)).OfAsync(item, ct);

    public Task CarriedOutAsync(DecisionItem item, CancellationToken ct) => homes.First(h => h.Keeps(item)).CarriedOutAsync(item, ct);
}

/// <summary>Decision items of a consultation's conclusion.</summary>
public sealed class ConclusionDecisions(AppDb db, Actor actor, Clock clock) : IDecisionHome
{
    public bool Keeps(DecisionItem item) => item.Consultation is not null;

    public async Task<DecisionHome?> OfAsync(DecisionItem item, CancellationToken ct) =>
        await db.Consultations.AsNoTracking().VisibleTo(db, actor).SingleOrDefaultAsync(c => c.Id == item.Consultation, ct) is { } talk ? new DecisionHome("会商", talk.Ref, $"/consultations/{talk.Id}", "/consultations", talk.StartedBy) : null;

    public async Task CarriedOutAsync(DecisionItem item, CancellationToken ct) => (await db.Consultations.SingleAsync(c => c.Id == item.Consultation, ct)).End(clock.Now);
}
