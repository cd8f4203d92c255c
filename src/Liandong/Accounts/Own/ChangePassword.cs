using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Accounts;

/// <summary>修改密码。Every other session of the account ends.</summary>
public sealed class ChangePassword(AppDb db, Ledger ledger, Actor actor, PasswordBook passwords, EndSession sessions, SessionBook book, SignInLimiter limiter)
{
    public sealed record Act(Guid Account, string Why) : IAct { static string IAct.Name => "account.password-changed"; }

    /// <param name="session">The session that stays.</param>
    public async Task RunAsync(string current, string password, Guid? session, Origin origin, CancellationToken ct)
    {
        limiter.Take(origin.Address);
        var account = await OwnAccount.OfAsync(db, actor, ct);
        if (!passwords.Is(account, current)) throw new InvalidInput("Current", "当前密码不正确。");
        var person = await db.People.SingleAsync(p => p.Id == account.Person, ct);
        await passwords.SetAsync(account, person, password, ct);
        var ended = await sessions.EndAllAsync(account.Id, "密码已修改", ct, but: session);
        await ledger.RecordAsync(new Act(account.Id, "本人修改"), new Subject("account", account.Id, "", "账号"), null, ct);
        sessions.Forget(ended);
        if (session is { } own) book.Forget(own);
    }
}

/// <summary>The account of the person who acts.</summary>
public static class OwnAccount
{
    public static async Task<Account> OfAsync(AppDb db, Actor actor, CancellationToken ct) =>
        await db.Accounts.SingleOrDefaultAsync(a => a.Person == actor.Person, ct) ?? throw NotFound.Of("您的账号(示例人员没有账号和密码)");
}
