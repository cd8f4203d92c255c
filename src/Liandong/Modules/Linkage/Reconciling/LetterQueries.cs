using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Linkage.Reconciling;

/// <summary>The latest edition of a letter in a list.</summary>
public sealed record LetterRow(Guid Id, Guid Organ, string OrganName, DateOnly Month, int Edition, string Number, DateTimeOffset MadeAt, Tally Total);

public static class LetterQueries
{
    /// <summary>Letters are for their addressee and for those who see the whole district.</summary>
    private static IQueryable<MonthlyLetter> VisibleTo(AppDb db, Actor actor)
    {
        var letters = db.MonthlyLetters.AsNoTracking();
        if (PushVisibility.SeesAll(actor)) return letters;
        var organ = actor.Organ;
        return letters.Where(l => l.Organ == organ);
    }

    /// <param name="month">One month; the last two years when omitted.</param>
    public static async Task<IReadOnlyList<LetterRow>> ListAsync(AppDb db, Actor actor, DateOnly? month, CancellationToken ct)
    {
        var letters = VisibleTo(db, actor);
        if (month is { } one) letters = letters.Where(l => l.Month == one);
        var found = await letters.Where(l => !db.MonthlyLetters.Any(o => o.Organ == l.Organ && o.Month == l.Month && o.Edition > l.Edition)).OrderByDescending(l => l.Month).Take(600)
            .Select(l => new { l.Id, l.Organ, l.Month, l.Edition, l.Number, l.MadeAt, l.Totals }).ToListAsync(ct);
        var organs = await db.Organs.AsNoTracking().Select(o => new { o.Id, o.ShortName, o.Rank }).ToDictionaryAsync(o => o.Id, ct);
        return [.. found.OrderByDescending(l => l.Month).ThenBy(l => organs.GetValueOrDefault(l.Organ)?.Rank).Select(l => new LetterRow(l.Id, l.Organ, organs.GetValueOrDefault(l.Organ)?.ShortName ?? "", l.Month, l.Edition, l.Number, l.MadeAt, l.Totals[0]))];
    }

    /// <param name="edition">The latest when omitted.</param>
    public static Task<MonthlyLetter?> OneAsync(AppDb db, Actor actor, Guid organ, DateOnly month, int? edition, CancellationToken ct) =>
        VisibleTo(db, actor).Where(l => l.Organ == organ && l.Month == month && (edition == null || l.Edition == edition)).OrderByDescending(l => l.Edition).FirstOrDefaultAsync(ct);

    public static async Task<IReadOnlyList<int>> EditionsAsync(AppDb db, Actor actor, Guid organ, DateOnly month, CancellationToken ct) =>
        await VisibleTo(db, actor).Where(l => l.Organ == organ && l.Month == month).OrderBy(l => l.Edition).Select(l => l.Edition).ToListAsync(ct);
}
