using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Accounts;

/// <summary>
/// 登录: password, then the authenticator's code where it is on. Whatever is wrong, the answer is the same sentence after the same
/// work, so that nobody learns which user names exist or which accounts are locked.
/// </summary>
public sealed class SignIn(AppDb db, Ledger ledger, Clock clock, IPasswordHasher<Account> hasher, TotpVault vault, SignInLimiter limiter, OpenSession open, Actor actor, RequestKey key)
{
    public sealed record Locked(Guid Account, DateTimeOffset Until) : IAct { static string IAct.Name => "account.locked"; }

    /// <param name="Session">Null while the second factor is still to come.</param>
    /// <param name="Pending">The account whose code is awaited.</param>
    public sealed record Outcome(Session? Session, Guid? Pending);

    private const string Wrong = "账号或者密码不正确,或者账号已被锁定、停用。";
    private const string WrongCode = "动态口令不正确、已经用过,或者账号已被锁定。";

    // Checked for user names that do not exist, so that they take as long as the others.
    private static readonly Lazy<string> Nobody = new(() => new PasswordHasher<Account>().HashPassword(null!, OneTimeLink.Secret()));

    /// <exception cref="Refusal">Anything was wrong; the sentence does not say what.</exception>
    public async Task<Outcome> RunAsync(string userName, string password, Origin origin, CancellationToken ct)
    {
        limiter.Take(origin.Address);
        // Every sending of this form is an attempt of its own.
        key.Drop();
        var now = clock.Now;
        var name = Account.Normal(userName);
        var account = await db.Accounts.SingleOrDefaultAsync(a => a.UserName == name, ct);
        var verdict = hasher.VerifyHashedPassword(account!, account is { HasPassword: true } ? account.PasswordHash : Nobody.Value, password);
        if (account is null) throw await FailAsync(SignInOutcome.UnknownAccount, null, origin, ct);
        if (await IsLockedAsync(account.Id, now, ct)) throw await FailAsync(SignInOutcome.Locked, account, origin, ct);
        if (verdict == PasswordVerificationResult.Failed || !account.HasPassword) throw await FailAsync(SignInOutcome.WrongPassword, account, origin, ct, counts: true);
        if (account.IsDisabled) throw await FailAsync(SignInOutcome.Disabled, account, origin, ct);
        if (account.HasTotp) return new Outcome(null, account.Id);
        if (verdict == PasswordVerificationResult.SuccessRehashNeeded) account.Rehash(hasher.HashPassword(account, password));
        return new Outcome(await OpenAsync(account, "密码", origin, ct), null);
    }

    /// <summary>The second step. A recovery code is taken in place of the authenticator's, once.</summary>
    /// <exception cref="Refusal">The code is wrong, used, or the account was locked meanwhile.</exception>
    public async Task<Session> ConfirmAsync(Guid id, string code, Origin origin, CancellationToken ct)
    {
        limiter.Take(origin.Address);
        // Every sending of this form is an attempt of its own.
        key.Drop();
        var now = clock.Now;
        var account = await db.Accounts.SingleOrDefaultAsync(a => a.Id == id, ct) ?? throw new Refusal("sign-in.code", WrongCode);
        if (account.IsDisabled || !account.HasTotp) throw await FailAsync(SignInOutcome.Disabled, account, origin, ct);
        if (await IsLockedAsync(id, now, ct)) throw await FailAsync(SignInOutcome.Locked, account, origin, ct, WrongCode);
        if (await TakesCodeAsync(account, code, now, ct)) return await OpenAsync(account, "密码和动态口令", origin, ct);
        if (account.UseRecoveryCode(Sm3.HexOf(Totp.NormalRecoveryCode(code)))) return await OpenAsync(account, "密码和恢复码", origin, ct);
        throw await FailAsync(SignInOutcome.WrongCode, account, origin, ct, WrongCode, counts: true);
    }

    /// <summary>Whether the authenticator's code is right and was never used: one statement, so that of two equal codes at once one is taken.</summary>
    private async Task<bool> TakesCodeAsync(Account account, string code, DateTimeOffset now, CancellationToken ct)
    {
        if (Totp.StepOf(vault.Open(account.TotpSecret), code, now, after: 0) is not { } step) return false;
        await AddGuardAsync(account.Id, ct);
        return await db.SignInGuards.Where(g => g.Account == account.Id && g.LastStep < step).ExecuteUpdateAsync(set => set.SetProperty(g => g.LastStep, step), ct) == 1;
    }

    private async Task<Session> OpenAsync(Account account, string method, Origin origin, CancellationToken ct)
    {
        var session = await open.RunAsync(account.Person, account.Id, method, origin, ct) ?? throw new Refusal("sign-in.no-post", "您目前没有任职岗位,不能登录。请联系单位的机构管理员核对任职。");
        await db.SignInGuards.Where(g => g.Account == account.Id).ExecuteUpdateAsync(set => set.SetProperty(g => g.Failed, 0).SetProperty(g => g.LockedUntil, (DateTimeOffset?)null), ct);
        return session;
    }

    private async Task<bool> IsLockedAsync(Guid account, DateTimeOffset now, CancellationToken ct) =>
        await db.SignInGuards.AsNoTracking().FirstOrDefaultAsync(g => g.Account == account, ct) is { } guard && guard.IsLockedAt(now);

    private async Task<Refusal> FailAsync(SignInOutcome outcome, Account? account, Origin origin, CancellationToken ct, string sentence = Wrong, bool counts = false)
    {
        db.SignInAttempts.Add(OpenSession.Attempt(db, clock, outcome, sentence == Wrong ? "密码" : "密码和动态口令", account?.Id, account?.Person, origin));
        await db.SaveChangesAsync(ct);
        if (counts && account is not null) await CountAsync(account, ct);
        return new Refusal("sign-in.refused", sentence);
    }

    /// <summary>Counts a failure; the one that fills the measure locks the account and starts the count anew.</summary>
    private async Task CountAsync(Account account, CancellationToken ct)
    {
        var policy = await SecurityPolicy.OfAsync(db, ct);
        await AddGuardAsync(account.Id, ct);
        await db.SignInGuards.Where(g => g.Account == account.Id).ExecuteUpdateAsync(set => set.SetProperty(g => g.Failed, g => g.Failed + 1), ct);
        DateTimeOffset? until = clock.Now + policy.Lock;
        var locked = await db.SignInGuards.Where(g => g.Account == account.Id && g.Failed >= policy.FailuresToLock)
            .ExecuteUpdateAsync(set => set.SetProperty(g => g.LockedUntil, until).SetProperty(g => g.Failed, 0), ct);
        if (locked == 0) return;
        actor.BecomePlatform();
        await ledger.RecordAsync(new Locked(account.Id, until.Value), new Subject("account", account.Id, "", "账号"), null, ct);
        actor.BecomeNobody();
    }

    private Task AddGuardAsync(Guid account, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"INSERT INTO sign_in_guards (district, account, failed, last_step) VALUES ({db.District}, {account}, 0, 0) ON CONFLICT DO NOTHING", ct);
}

/// <summary>Authenticator secrets at rest: encrypted under the product's key ring.</summary>
public sealed class TotpVault(IDataProtectionProvider protection)
{
    private readonly IDataProtector protector = protection.CreateProtector("liandong.totp");

    public string Close(string secret) => protector.Protect(secret);

    public string Open(string closed) => protector.Unprotect(closed);
}
