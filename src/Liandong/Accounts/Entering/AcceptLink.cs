using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Accounts;

/// <summary>凭一次性链接设置密码: opens an invited account, or one whose password was reset.</summary>
public sealed class AcceptLink(AppDb db, Ledger ledger, Actor actor, Clock clock, PasswordBook passwords, OpenSession open)
{
    /// <summary>Whose password the link sets.</summary>
    public sealed record View(LinkKind Kind, string Name, string UserName);

    /// <param name="Session">Null where the account has a second factor or no post: then the ordinary sign-in follows.</param>
    public sealed record Outcome(Session? Session);

    public async Task<View?> LookAsync(string token, CancellationToken ct)
    {
        if (await FindAsync(token, ct) is not { } link || !link.IsOpenAt(clock.Now)) return null;
        return await (from account in db.Accounts.AsNoTracking()
                      join person in db.People on account.Person equals person.Id
                      where account.Id == link.Account && account.DisabledAt == null
                      select new View(link.Kind, person.Name, account.UserName)).FirstOrDefaultAsync(ct);
    }

    public async Task<Outcome> RunAsync(string token, string password, Origin origin, CancellationToken ct)
    {
        // The link is the authority here: the visitor is nobody yet.
        actor.BecomePlatform();
        await using var together = await ledger.TogetherAsync(ct);
        var link = await FindAsync(token, ct) ?? throw NotFound.Of("该链接");
        var account = await db.Accounts.SingleOrDefaultAsync(a => a.Id == link.Account, ct) ?? throw NotFound.Of("该链接");
        if (account.IsDisabled) throw new Refusal("link.spent", "该账号已经停用,请联系安全管理员。");
        link.Use(clock.Now);
        var person = await db.People.SingleAsync(p => p.Id == account.Person, ct);
        await passwords.SetAsync(account, person, password, ct);
        await ledger.RecordAsync(new ChangePassword.Act(account.Id, link.Kind == LinkKind.Reset ? "凭重置链接设置" : "凭邀请链接设置"), new Subject("account", account.Id, "", "账号"), null, ct);
        // The link proves the first factor only.
        var session = account.HasTotp ? null : await open.RunAsync(person.Id, account.Id, "一次性链接", origin, ct);
        await together.CommitAsync(ct);
        return new Outcome(session);
    }

    private Task<OneTimeLink?> FindAsync(string token, CancellationToken ct)
    {
        var digest = Sm3.HexOf(token);
        return db.OneTimeLinks.FirstOrDefaultAsync(l => l.Digest == digest && l.Kind != LinkKind.FirstAdministrator, ct);
    }
}
