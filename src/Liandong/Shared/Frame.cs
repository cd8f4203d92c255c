using System.Security.Claims;
using Liandong.Accounts;
using Liandong.Data;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Shared;

/// <summary>The frame around every page: the menu that the signed-in person may open, and what waits for the person's organ.</summary>
public sealed class Frame(IServiceScopeFactory scopes, DistrictScope district, Actor actor, Clock clock) : IMenu
{
    /// <summary>All entries in the notice's order. Each module keeps its own lines; a person sees those whose right the post carries.</summary>
    public static readonly IReadOnlyList<MenuEntry> Entries =
    [
        .. LiandongHost.Menu,
    ];

    public IReadOnlyList<MenuEntry> For(ClaimsPrincipal user) => actor.IsSignedIn ? Entries.Where(e => e.Right.Length == 0 || actor.May(e.Right)).ToList() : [];

    public async Task<FrameFacts> FactsAsync(ClaimsPrincipal user, CancellationToken ct)
    {
        // A layout and its page load at the same time, and a context serves one of them at a time: the frame reads in a scope of its own.
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<DistrictScope>().Set(district.Code);
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var settings = await db.DistrictSettings.AsNoTracking().FirstOrDefaultAsync(ct);
        var (place, sample) = (settings?.Name ?? db.District, settings?.IsSample ?? false);
        var version = typeof(Frame).Assembly.GetName().Version?.ToString(3) ?? "";
        if (!actor.IsSignedIn) return FrameFacts.Nobody(place, sample, version);
        var (open, overdue, unread) = (0, 0, (int?)null);
        if (actor.May(Rights.DeskUse))
        {
            var now = clock.Now;
            open = await db.Duties.CountAsync(d => d.OwedBy == actor.Organ && d.ClosedAt == null, ct);
            overdue = await db.Duties.CountAsync(d => d.OwedBy == actor.Organ && d.ClosedAt == null && d.DueAt <= now, ct);
            unread = await Desk.ReminderQueries.UnreadAsync(db, actor, ct);
        }
        var turn = actor.OnBehalfOfName.Length > 0 ? $"(代 {actor.OnBehalfOfName})" : "";
        var post = $"{actor.OrganName} · {string.Join("、", actor.Roles.Select(Roles.NameOf))}{turn}";
        return new FrameFacts(actor.Name, post, place, open, overdue, sample, version, unread);
    }
}
