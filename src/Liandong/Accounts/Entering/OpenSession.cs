using Liandong.Data;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Accounts;

/// <summary>Where a sign-in comes from.</summary>
public sealed record Origin(string Address, string Device)
{
    public static Origin Of(HttpContext http)
    {
        var (address, device) = SessionCookie.OriginOf(http);
        return new Origin(address, device);
    }
}

/// <summary>The last step of every way in: the person gets a session, the ledger its line, the sign-in log its row.</summary>
public sealed class OpenSession(AppDb db, Ledger ledger, Actor actor, Clock clock, RequestKey key)
{
    public sealed record Act(Guid Session, Guid Person, Guid Organ, string Method) : IAct { static string IAct.Name => "session.opened"; }

    /// <summary>Null when the person holds no post today; the attempt is logged then.</summary>
    /// <param name="organ">The organ to act for; the first one that the person has a post in when omitted.</param>
    public async Task<Session?> RunAsync(Guid person, Guid? account, string method, Origin origin, CancellationToken ct, Guid? organ = null)
    {
        // A sign-in form that is sent twice opens two sessions, of which the browser keeps one: the answer must carry the cookie each time.
        key.Drop();
        var standing = await Standing.OfAsync(db, person, organ, clock.Today, ct);
        if (standing is null) db.ChangeTracker.Clear();
        db.SignInAttempts.Add(Attempt(db, clock, standing is null ? SignInOutcome.NoPost : SignInOutcome.Opened, method, account, person, origin));
        if (standing is null)
        {
            await db.SaveChangesAsync(ct);
            return null;
        }
        var session = new Session
        {
            District = db.District, Id = clock.NewId(), Account = account, Person = person, Organ = standing.Organ, Method = method, OpenedAt = clock.Now, LastSeenAt = clock.Now,
            Address = origin.Address, Device = origin.Device,
        };
        db.Sessions.Add(session);
        standing.Fill(actor, "页面");
        await ledger.RecordAsync(new Act(session.Id, person, session.Organ, method), new Subject("session", session.Id, "", "登录"), null, ct);
        return session;
    }

    public static SignInAttempt Attempt(AppDb db, Clock clock, SignInOutcome outcome, string method, Guid? account, Guid? person, Origin origin) => new()
    {
        District = db.District, Id = clock.NewId(), At = clock.Now, Outcome = outcome, Method = method, Account = account, Person = person, Address = origin.Address, Device = origin.Device,
    };
}
