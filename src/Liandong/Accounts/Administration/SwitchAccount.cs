using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Accounts;

/// <summary>停用、启用、解锁账号。</summary>
public sealed class SwitchAccount(AppDb db, Ledger ledger, Actor actor, Clock clock, EndSession sessions)
{
    public sealed record Disabled(Guid Account) : IAct { static string IAct.Name => "account.disabled"; }

    public sealed record Enabled(Guid Account) : IAct { static string IAct.Name => "account.enabled"; }

    public sealed record Unlocked(Guid Account) : IAct { static string IAct.Name => "account.unlocked"; }

    public async Task DisableAsync(Guid id, string reason, CancellationToken ct)
    {
        var account = await FindAsync(id, ct);
        account.Disable(reason, clock.Now);
        var ended = await sessions.EndAllAsync(id, "账号停用", ct);
        await ledger.RecordAsync(new Disabled(id), About(id), null, ct);
        sessions.Forget(ended);
    }

    public async Task EnableAsync(Guid id, CancellationToken ct)
    {
        (await FindAsync(id, ct)).Enable();
        await ledger.RecordAsync(new Enabled(id), About(id), null, ct);
    }

    public async Task UnlockAsync(Guid id, CancellationToken ct)
    {
        await FindAsync(id, ct);
        var guard = await db.SignInGuards.SingleOrDefaultAsync(g => g.Account == id, ct);
        if (guard?.IsLockedAt(clock.Now) != true) throw new Refusal("account.not-locked", "该账号没有被锁定。");
        (guard.LockedUntil, guard.Failed) = (null, 0);
        await ledger.RecordAsync(new Unlocked(id), About(id), null, ct);
    }

    private async Task<Account> FindAsync(Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.AccountManage);
        var account = await db.Accounts.SingleOrDefaultAsync(a => a.Id == id, ct) ?? throw NotFound.Of("该账号");
        return account.Person == actor.Person ? throw new Refusal("account.own", "不能停用、启用或者解锁自己的账号,请由另一位安全管理员办理。") : account;
    }

    private static Subject About(Guid id) => new("account", id, "", "账号");
}
