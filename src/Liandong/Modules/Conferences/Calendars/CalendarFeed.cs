using System.Security.Cryptography;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Conferences;

/// <summary>日历订阅 of one person or of one organ: a secret address that calendar programs read without a sign-in. Only a digest finds it; the secret itself is kept sealed, to be shown again.</summary>
public sealed class CalendarFeed
{
    public required string District { get; init; }
    public required Guid Id { get; init; }

    /// <summary>Whose feed it is: one of the two.</summary>
    public Guid? Person { get; init; }
    public Guid? Organ { get; init; }
    public string Digest { get; private set; } = "";
    public string Sealed { get; private set; } = "";
    public DateTimeOffset RenewedAt { get; private set; }

    public void Renew(string digest, string closed, DateTimeOffset at) => (Digest, Sealed, RenewedAt) = (digest, closed, at);
}

/// <summary>The secret of a feed, its digest and its seal.</summary>
internal static class FeedSecret
{
    public static IDataProtector Vault(IDataProtectionProvider provider) => provider.CreateProtector("liandong.calendar-feed");

    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));

    public static string DigestOf(string secret) => Sm3.HexOf(secret);
}

/// <summary>换新地址: makes the feed of the actor or of the actor's organ, or gives it another address; the old one opens nothing from then on.</summary>
public sealed class RenewFeed(AppDb db, IDataProtectionProvider protection, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Feed, bool OfOrgan) : IAct { public static string Name => "feed.renewed"; }

    public async Task<CalendarFeed> RunAsync(bool ofOrgan, CancellationToken ct)
    {
        actor.Demand(Rights.MeetingView);
        if (ofOrgan) actor.Demand(Rights.MeetingAttend);
        var (person, organ) = (ofOrgan ? null : actor.Person, ofOrgan ? actor.RequireOrgan() : (Guid?)null);
        var feed = await db.CalendarFeeds.SingleOrDefaultAsync(f => f.Person == person && f.Organ == organ, ct);
        if (feed is null) db.CalendarFeeds.Add(feed = new CalendarFeed { District = db.District, Id = clock.NewId(), Person = person, Organ = organ });
        var secret = FeedSecret.New();
        feed.Renew(FeedSecret.DigestOf(secret), FeedSecret.Vault(protection).Protect(secret), clock.Now);
        await ledger.RecordAsync(new Act(feed.Id, ofOrgan), new Subject("feed", feed.Id, "", ofOrgan ? "单位日历订阅" : "个人日历订阅"), null, ct);
        return feed;
    }
}

/// <param name="Address">Path of the feed; empty while there is none.</param>
public sealed record FeedView(bool OfOrgan, string Address, DateTimeOffset? RenewedAt);

/// <summary>What feeds show: the meetings that the organ is invited to or convenes, for a person those of every organ in which a post is held today.</summary>
public sealed class ReadFeeds(AppDb db, IDataProtectionProvider protection, Actor actor, Clock clock)
{
    public async Task<IReadOnlyList<FeedView>> OwnAsync(CancellationToken ct)
    {
        actor.Demand(Rights.MeetingView);
        var (person, organ) = (actor.Person, actor.RequireOrgan());
        var feeds = await db.CalendarFeeds.AsNoTracking().Where(f => f.Person == person || f.Organ == organ).ToListAsync(ct);
        FeedView Of(CalendarFeed? feed, bool ofOrgan) => new(ofOrgan, feed is null ? "" : $"/feeds/{db.District}/{FeedSecret.Vault(protection).Unprotect(feed.Sealed)}.ics", feed?.RenewedAt);
        return actor.May(Rights.MeetingAttend) ? [Of(feeds.Find(f => f.Person == person && f.Organ == null), false), Of(feeds.Find(f => f.Organ == organ), true)] : [Of(feeds.Find(f => f.Person == person && f.Organ == null), false)];
    }

    /// <summary>The feed behind a secret, for whoever holds it; null when there is none.</summary>
    public async Task<string?> OpenAsync(string secret, Func<Guid, string> page, CancellationToken ct)
    {
        var digest = FeedSecret.DigestOf(secret);
        if (await db.CalendarFeeds.AsNoTracking().SingleOrDefaultAsync(f => f.Digest == digest, ct) is not { } feed) return null;
        var today = clock.Today;
        var organs = feed.Organ is { } one ? [one] : (await db.Posts.AsNoTracking().Where(p => p.Person == feed.Person && p.From <= today && (p.To == null || p.To >= today)).Select(p => new { p.Organ, p.Role }).ToListAsync(ct))
            .Where(p => Roles.RightsOf([p.Role]).Contains(Rights.MeetingView)).Select(p => p.Organ)
            .Concat(await db.LiaisonAppointments.AsNoTracking().Where(a => a.Person == feed.Person && a.From <= today && (a.To == null || a.To >= today)).Select(a => a.Organ).ToListAsync(ct)).Distinct().ToList();
        var since = clock.Now.AddDays(-MeetingCalendar.Past);
        // What is still being prepared stands in no calendar.
        var meetings = await db.Meetings.AsNoTracking().Where(m => m.CalledAt != null && m.StartsAt >= since && (organs.Contains(m.Organ) || db.MeetingInvitees.Any(i => i.Meeting == m.Id && organs.Contains(i.Organ) && i.InvitedAt != null))).OrderBy(m => m.StartsAt).ToListAsync(ct);
        var name = feed.Organ is { } organ ? await db.Organs.AsNoTracking().Where(o => o.Id == organ).Select(o => o.ShortName).SingleAsync(ct) : "本人";
        return await MeetingCalendar.WriteAsync(db, meetings, $"联动会议 · {name}", page, ct);
    }
}
