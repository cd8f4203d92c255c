using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Accounts;

/// <summary>重新发放链接: for a forgotten password or a lost invitation. The old password and all sessions end at once.</summary>
public sealed class ResetAccount(AppDb db, Ledger ledger, Actor actor, Clock clock, EndSession sessions)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    public sealed record Act(Guid Account, bool TotpOff) : IAct { static string IAct.Name => "account.reset"; }

    /// <param name="totpOff">The phone is lost too: the second factor goes off, and is set up anew where the district asks for it.</param>
    /// <returns>The end of the link <c>/invitation/…</c>, shown once.</returns>
    public async Task<string> RunAsync(Guid id, bool totpOff, CancellationToken ct)
    {
        actor.Demand(Rights.AccountManage);
        var account = await db.Accounts.SingleOrDefaultAsync(a => a.Id == id, ct) ?? throw NotFound.Of("该账号");
        if (account.Person == actor.Person) throw new Refusal("account.own", "自己的密码请在“我的账号”中修改。");
        foreach (var former in await db.OneTimeLinks.Where(l => l.Account == id && l.UsedAt == null).ToListAsync(ct)) former.Revoke(clock.Now);
        var (link, token) = OneTimeLink.Make(db.District, LinkKind.Reset, id, Lifetime, clock);
        db.OneTimeLinks.Add(link);
        account.ForgetPassword();
        if (totpOff && account.HasTotp) account.SwitchTotpOff();
        var ended = await sessions.EndAllAsync(id, "密码已重置", ct);
        await ledger.RecordAsync(new Act(id, totpOff), new Subject("account", id, "", "账号"), null, ct);
        sessions.Forget(ended);
        return token;
    }
}
