using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Cases;

/// <summary>The case that an act of handling is about; only the bureau handles cases.</summary>
internal static class CaseFile
{
    /// <exception cref="NotFound">No such case, or not the bureau's person.</exception>
    public static async Task<Case> TakeAsync(this AppDb db, Actor actor, string right, Guid id, CancellationToken ct)
    {
        actor.Demand(right);
        if (!actor.IsBureau) throw NotFound.Of("该办件");
        return await db.Cases.SingleOrDefaultAsync(c => c.Id == id, ct) ?? throw NotFound.Of("该办件");
    }

    public static Task<ItemFacts> ItemOfAsync(this AppDb db, Case about, CancellationToken ct) =>
        db.Items.AsNoTracking().Where(i => i.Id == about.Item).Select(i => new ItemFacts(i.Id, i.Code, i.Name, i.ResultName, i.StatutoryDays, i.PromisedDays, i.ValidityMonths)).SingleAsync(ct);
}
