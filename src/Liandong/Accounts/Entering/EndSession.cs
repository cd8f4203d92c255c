using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Accounts;

/// <summary>Ends sessions: on signing out, from the person's own list, or with the account.</summary>
public sealed class EndSession(AppDb db, Ledger ledger, Actor actor, Clock clock, SessionBook book)
{
    public sealed record Act(Guid Session, string Reason) : IAct { static string IAct.Name => "session.ended"; }

    /// <summary>Ends one of the actor's own sessions.</summary>
    public async Task RunAsync(Guid id, string reason, CancellationToken ct)
    {
        var session = await db.Sessions.SingleOrDefaultAsync(s => s.Id == id && s.Person == actor.Person, ct) ?? throw NotFound.Of("该登录");
        if (session.EndedAt is not null) return;
        End([session], reason);
        await ledger.RecordAsync(new Act(session.Id, reason), new Subject("session", session.Id, "", "登录"), null, ct);
        book.Forget(session.Id);
    }

    /// <summary>Ends all sessions of an account but one, as part of the act that is recorded next. Call <see cref="Forget"/> after it.</summary>
    public async Task<IReadOnlyList<Guid>> EndAllAsync(Guid account, string reason, CancellationToken ct, Guid? but = null)
    {
        var open = await db.Sessions.Where(s => s.Account == account && s.EndedAt == null && s.Id != but).ToListAsync(ct);
        End(open, reason);
        return [.. open.Select(s => s.Id)];
    }

    public void Forget(IEnumerable<Guid> sessions)
    {
        foreach (var session in sessions) book.Forget(session);
    }

    private void End(List<Session> sessions, string reason)
    {
        foreach (var session in sessions) (session.EndedAt, session.EndReason) = (clock.Now, reason);
    }
}
