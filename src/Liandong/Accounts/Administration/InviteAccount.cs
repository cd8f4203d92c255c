using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Accounts;

/// <summary>邀请开通账号: the person sets the password by the link; nobody else ever knows it.</summary>
public sealed class InviteAccount(AppDb db, Ledger ledger, Actor actor, Clock clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(3);

    public sealed record Input(Guid Person, string UserName);

    public sealed record Act(Guid Account, Guid Person) : IAct { static string IAct.Name => "account.invited"; }

    /// <param name="Token">The end of the link <c>/invitation/…</c>, shown once.</param>
    public sealed record Invited(Account Account, string Token);

    public async Task<Invited> RunAsync(Input input, CancellationToken ct)
    {
        actor.Demand(Rights.AccountManage);
        new InputCheck().That(AccountNames.IsGood(input.UserName), nameof(input.UserName), AccountNames.Rule).Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var name = Account.Normal(input.UserName);
        var person = await db.People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == input.Person, ct) ?? throw NotFound.Of("该人员");
        if (await db.Accounts.AnyAsync(a => a.Person == person.Id, ct)) throw new Refusal("account.exists", $"{person.Name}已经有账号。忘记密码的,请重新发放链接。", field: nameof(input.Person));
        if (await db.Accounts.AnyAsync(a => a.UserName == name, ct)) throw new Refusal("account.name-taken", "该账号已经有人使用,请换一个。", field: nameof(input.UserName));
        var account = new Account { District = db.District, Id = clock.NewId(), Person = person.Id, UserName = name, CreatedAt = clock.Now };
        var (link, token) = OneTimeLink.Make(db.District, LinkKind.Invitation, account.Id, Lifetime, clock);
        db.AddRange(account, link);
        await ledger.RecordAsync(new Act(account.Id, person.Id), new Subject("account", account.Id, "", "账号"), null, ct);
        await together.CommitAsync(ct);
        return new Invited(account, token);
    }
}
