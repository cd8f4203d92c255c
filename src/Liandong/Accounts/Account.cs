using Liandong.Kernel;

namespace Liandong.Accounts;

/// <summary>账号: a person's way in, one per person and district. Failed attempts are counted in <see cref="SignInGuard"/>, sessions in <see cref="Session"/>.</summary>
public sealed class Account
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required Guid Person { get; init; }

    /// <summary>As typed at sign-in, in lower case; unique in the district.</summary>
    public required string UserName { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Empty until the person has opened the invitation and chosen a password: there is no default password.</summary>
    public string PasswordHash { get; private set; } = "";
    public DateTimeOffset? PasswordChangedAt { get; private set; }

    /// <summary>Hashes of earlier passwords, newest first.</summary>
    public IReadOnlyList<string> FormerPasswords { get; private set; } = [];

    /// <summary>The authenticator's shared secret, encrypted under the product's key ring; empty when the second factor is off.</summary>
    public string TotpSecret { get; private set; } = "";

    /// <summary>SM3 digests of the recovery codes that are left.</summary>
    public IReadOnlyList<string> RecoveryCodes { get; private set; } = [];
    public DateTimeOffset? DisabledAt { get; private set; }
    public string DisabledReason { get; private set; } = "";

    public bool HasPassword => PasswordHash.Length > 0;
    public bool HasTotp => TotpSecret.Length > 0;
    public bool IsDisabled => DisabledAt is not null;

    /// <param name="remembered">How many passwords, this one included, may not be used again.</param>
    public void SetPassword(string hash, int remembered, DateTimeOffset at)
    {
        if (HasPassword) FormerPasswords = [.. FormerPasswords.Prepend(PasswordHash).Take(Math.Max(0, remembered - 1))];
        (PasswordHash, PasswordChangedAt) = (hash, at);
    }

    /// <summary>The password is void; a one-time link sets the next one.</summary>
    public void ForgetPassword()
    {
        if (HasPassword) (FormerPasswords, PasswordHash) = ([PasswordHash, .. FormerPasswords], "");
    }

    /// <summary>The same password under newer hash parameters.</summary>
    public void Rehash(string hash) => PasswordHash = hash;

    public void SwitchTotpOn(string encryptedSecret, IReadOnlyList<string> recoveryDigests)
    {
        if (HasTotp) throw new Refusal("account.totp-on", "已经开启了动态口令。");
        (TotpSecret, RecoveryCodes) = (encryptedSecret, recoveryDigests);
    }

    public void SwitchTotpOff()
    {
        if (!HasTotp) throw new Refusal("account.totp-off", "没有开启动态口令。");
        (TotpSecret, RecoveryCodes) = ("", []);
    }

    public void RenewRecoveryCodes(IReadOnlyList<string> digests) => RecoveryCodes = HasTotp ? digests : throw new Refusal("account.totp-off", "没有开启动态口令。");

    /// <summary>Uses one recovery code up; false when it is none of them.</summary>
    public bool UseRecoveryCode(string digest)
    {
        if (!RecoveryCodes.Contains(digest)) return false;
        RecoveryCodes = [.. RecoveryCodes.Where(code => code != digest)];
        return true;
    }

    public void Disable(string reason, DateTimeOffset at)
    {
        if (IsDisabled) throw new Refusal("account.disabled", "该账号已经停用。");
        if (string.IsNullOrWhiteSpace(reason)) throw new Refusal("reason.required", "请写明停用理由。", field: "Reason");
        (DisabledAt, DisabledReason) = (at, reason.Trim());
    }

    public void Enable()
    {
        if (!IsDisabled) throw new Refusal("account.enabled", "该账号没有停用。");
        (DisabledAt, DisabledReason) = (null, "");
    }

    /// <summary>How a user name is compared: trimmed and in lower case.</summary>
    public static string Normal(string userName) => userName.Trim().ToLowerInvariant();
}

/// <summary>
/// What stands between a guesser and an account. Counted by single statements outside the account's row, so that parallel
/// attempts are all counted and none of them writes business data.
/// </summary>
public sealed class SignInGuard
{
    public required string District { get; init; }
    public required Guid Account { get; init; }
    public int Failed { get; set; }
    public DateTimeOffset? LockedUntil { get; set; }

    /// <summary>Time step of the last authenticator code that was taken: no code is taken twice.</summary>
    public long LastStep { get; set; }

    public bool IsLockedAt(DateTimeOffset now) => LockedUntil is { } until && now < until;
}

public enum SignInOutcome { Opened, UnknownAccount, WrongPassword, WrongCode, Locked, Disabled, NoPost }

/// <summary>One attempt to sign in, successful or not: what the audit administrator reads. A user name that belongs to nobody is not kept, people type passwords there.</summary>
public sealed class SignInAttempt
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required SignInOutcome Outcome { get; init; }

    /// <summary>密码, 密码和动态口令, 密码和恢复码, 示例, 一次性链接, 客户端密钥.</summary>
    public required string Method { get; init; }
    public Guid? Account { get; init; }
    public Guid? Person { get; init; }

    /// <summary>The machine client that asked for a token.</summary>
    public Guid? Client { get; init; }
    public required string Address { get; init; }
    public required string Device { get; init; }
}
