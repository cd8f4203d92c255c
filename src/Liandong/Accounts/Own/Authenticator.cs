using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Shared;

namespace Liandong.Accounts;

/// <summary>动态口令: switches the second factor on and off, and renews the recovery codes. Off and renewal ask for the password again.</summary>
public sealed class Authenticator(AppDb db, Ledger ledger, Actor actor, Clock clock, TotpVault vault, PasswordBook passwords, SessionBook book, SignInLimiter limiter)
{
    public sealed record SwitchedOn(Guid Account) : IAct { static string IAct.Name => "account.totp-on"; }

    public sealed record SwitchedOff(Guid Account) : IAct { static string IAct.Name => "account.totp-off"; }

    public sealed record Renewed(Guid Account) : IAct { static string IAct.Name => "account.recovery-codes-renewed"; }

    /// <param name="secret">The secret that the QR code showed, proved by the code that the phone makes of it.</param>
    /// <returns>The recovery codes, shown this once.</returns>
    public async Task<IReadOnlyList<string>> SwitchOnAsync(string secret, string code, Guid? session, CancellationToken ct)
    {
        var account = await OwnAccount.OfAsync(db, actor, ct);
        if (Totp.StepOf(secret, code, clock.Now, after: 0) is null) throw new InvalidInput("Code", "动态口令不正确。请核对手机时间是否准确,再输入一次。");
        var codes = Totp.NewRecoveryCodes();
        account.SwitchTotpOn(vault.Close(secret), Digests(codes));
        await ledger.RecordAsync(new SwitchedOn(account.Id), About(account), null, ct);
        // A session that could open nothing else until now goes on.
        if (session is { } own) book.Forget(own);
        return codes;
    }

    public async Task SwitchOffAsync(string password, Guid? session, Origin origin, CancellationToken ct)
    {
        var account = await ConfirmedAsync(password, origin, ct);
        account.SwitchTotpOff();
        await ledger.RecordAsync(new SwitchedOff(account.Id), About(account), null, ct);
        if (session is { } own) book.Forget(own);
    }

    public async Task<IReadOnlyList<string>> RenewCodesAsync(string password, Origin origin, CancellationToken ct)
    {
        var account = await ConfirmedAsync(password, origin, ct);
        var codes = Totp.NewRecoveryCodes();
        account.RenewRecoveryCodes(Digests(codes));
        await ledger.RecordAsync(new Renewed(account.Id), About(account), null, ct);
        return codes;
    }

    private async Task<Account> ConfirmedAsync(string password, Origin origin, CancellationToken ct)
    {
        limiter.Take(origin.Address);
        var account = await OwnAccount.OfAsync(db, actor, ct);
        return passwords.Is(account, password) ? account : throw new InvalidInput("Password", "密码不正确。");
    }

    private static Subject About(Account account) => new("account", account.Id, "", "账号");

    private static List<string> Digests(IReadOnlyList<string> codes) => [.. codes.Select(code => Sm3.HexOf(Totp.NormalRecoveryCode(code)))];
}
