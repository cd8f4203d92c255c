using Liandong.Data;
using Liandong.Modules.Directory;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Consultations;

/// <summary>Organs of the day to choose from, in the roster's order.</summary>
internal static class OrganChoices
{
    /// <param name="without">The actor's own organ, where it is not to be chosen.</param>
    /// <param name="talking">Only those that a consultation may be put to: bureau, departments, offices of the government.</param>
    public static async Task<IReadOnlyList<Choice>> OfAsync(AppDb db, DateOnly today, CancellationToken ct, Guid? without = null, bool talking = false)
    {
        var organs = db.Organs.AsNoTracking().Where(o => o.Id != without && o.From <= today && (o.To == null || o.To >= today));
        if (talking) organs = organs.Where(o => o.Kind == OrganKind.Bureau || o.Kind == OrganKind.Department || o.Kind == OrganKind.Government);
        // An id is written out here and not by the database, which may write it in capitals: what is chosen is found again by its letters.
        return [.. (await organs.OrderBy(o => o.Rank).ThenBy(o => o.Name).Select(o => new { o.Id, o.ShortName }).ToListAsync(ct)).Select(o => new Choice(o.Id.ToString(), o.ShortName))];
    }
}
