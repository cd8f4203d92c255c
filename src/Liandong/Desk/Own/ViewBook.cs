using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Desk.Own;

/// <summary>Keeps, lists and drops the signed-in person's views of lists.</summary>
public sealed class ViewBook(OwnContexts contexts, Actor actor, Clock clock)
{
    /// <summary>Of one list.</summary>
    public const int Most = 20;
    public const int LongestName = 20;
    public const int LongestQuery = 2000;

    /// <summary>The person's views of this list, in the order of their saving.</summary>
    public async Task<IReadOnlyList<SavedView>> OfAsync(string path, CancellationToken ct)
    {
        if (actor.Person is not { } person) return [];
        await using var own = contexts.Open();
        return await own.Db.SavedViews.AsNoTracking().Where(v => v.Person == person && v.Path == path).OrderBy(v => v.At).Take(Most).ToListAsync(ct);
    }

    /// <summary>Saves under the name; a view of that name is replaced.</summary>
    /// <exception cref="InvalidInput">The name is empty or too long, the address is none of this product, or there are too many.</exception>
    public async Task KeepAsync(string path, string query, string name, CancellationToken ct)
    {
        var person = actor.Person ?? throw new Forbidden("person");
        new InputCheck().Filled(name, "viewName", "视图名称", LongestName)
            .That(IsOwn(path) && query.Length <= LongestQuery && (query.Length == 0 || query[0] == '?'), "path", "只能保存本平台列表的视图。").Throw();
        await using var own = contexts.Open();
        var db = own.Db;
        var (now, called) = (clock.Now, name.Trim());
        if (await db.SavedViews.Where(v => v.Person == person && v.Path == path && v.Name == called).ExecuteUpdateAsync(set => set.SetProperty(v => v.Query, query).SetProperty(v => v.At, now), ct) > 0) return;
        if (await db.SavedViews.CountAsync(v => v.Person == person && v.Path == path, ct) >= Most) throw new InvalidInput("viewName", $"一个列表最多保存{Most}个视图,请先删去不用的。");
        db.SavedViews.Add(new SavedView { District = db.District, Person = person, Path = path, Name = called, Query = query, At = now });
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException failure) when (Uniqueness.IsViolated(failure))
        {
            // Pressed twice: it is saved.
        }
    }

    public async Task DropAsync(string path, string name, CancellationToken ct)
    {
        var person = actor.Person ?? throw new Forbidden("person");
        await using var own = contexts.Open();
        await own.Db.SavedViews.Where(v => v.Person == person && v.Path == path && v.Name == name).ExecuteDeleteAsync(ct);
    }

    /// <summary>An address of this product and of no other server.</summary>
    public static bool IsOwn(string path) => path.Length is > 0 and <= 200 && path[0] == '/' && !path.StartsWith("//", StringComparison.Ordinal) && !path.AsSpan().ContainsAny('\\', '?', '#') && !path.Any(char.IsControl);
}
