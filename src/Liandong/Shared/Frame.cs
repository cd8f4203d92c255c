using System.Security.Claims;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Desk;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Shared;

/// <summary>The frame around every page: the menu that the signed-in person may open, and what waits for the person's organ.</summary>
public sealed class Frame(AppDb db, OwnContexts contexts, DirectoryBook directory, DutyCounts counts, DeskGround ground, Actor actor, Clock clock) : IMenu
{
    /// <summary>All entries in the notice's order. Each module keeps its own lines; a person sees those whose right the post carries.</summary>
    public static readonly IReadOnlyList<MenuEntry> Entries =
    [
        .. LiandongHost.Menu,
    ];

    private static readonly string Version = typeof(Frame).Assembly.GetName().Version?.ToString(3) ?? "";

    public IReadOnlyList<MenuEntry> For(ClaimsPrincipal user) => actor.IsSignedIn ? Entries.Where(e => e.Right.Length == 0 || actor.May(e.Right)).ToList() : [];

    public async Task<FrameFacts> PlaceAsync(CancellationToken ct)
    {
        // Around a failure too: whatever failed may have left the request's own context in the middle of something.
        await using var own = contexts.Open();
        var settings = await own.Db.DistrictSettings.AsNoTracking().FirstOrDefaultAsync(ct);
        return FrameFacts.Nobody(settings?.Name ?? own.Db.District, settings?.IsSample ?? false, Version);
    }

    public async Task<FrameFacts> FactsAsync(CancellationToken ct)
    {
        var (place, sample) = await directory.PlaceAsync(ct);
        if (!actor.IsSignedIn) return FrameFacts.Nobody(place, sample, Version);
        var (open, overdue, unread) = ((int?)null, 0, (int?)null);
        if (actor.May(Rights.DeskUse) && actor.Organ is { } organ)
        {
            await using var held = await db.HoldConnectionAsync(ct);
            var counted = await counts.OfAsync(db, organ, await directory.DeskMarkAsync(organ, ct), clock.Now, ct);
            (open, overdue) = (counted.Open, counted.Overdue);
            unread = await directory.UnreadAsync(actor, ct);
            ground.Frame(unread.Value, counted.NextDue);
        }
        var turn = actor.OnBehalfOfName.Length > 0 ? $"(代 {actor.OnBehalfOfName})" : "";
        var post = $"{actor.OrganName} · {string.Join("、", actor.Roles.Select(Roles.NameOf))}{turn}";
        return new FrameFacts(actor.Name, post, place, open, overdue, sample, Version, unread, actor.May(Rights.SearchUse));
    }
}
