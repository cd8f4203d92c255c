using Liandong.Data;
using Liandong.Kernel;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Accounts;

/// <summary>Who must use an authenticator beside the password.</summary>
public enum TotpFor { Nobody, Administrators, Everybody }

/// <summary>
/// The district's rules for passwords and sessions. Each may be made stricter, none laxer than its floor
/// (GB/T 22239-2019 8.1.4.1 asks for complexity, regular change, lock-out, time-out and two factors and leaves the numbers open; these are ours).
/// </summary>
public sealed class SecurityPolicy
{
    public const int ShortestPassword = 10;
    public const int FewestRemembered = 5;
    public const int MostFailures = 5;
    public const int ShortestLock = 30;
    public const int LongestIdle = 30;
    public const int LongestSession = 12;

    public required string District { get; init; }
    public required Guid Id { get; init; }

    /// <summary>Least number of characters.</summary>
    public int PasswordLength { get; private set; } = ShortestPassword;

    /// <summary>How many of capital, small letter, digit, other sign a password must have.</summary>
    public int PasswordKinds { get; private set; } = 2;

    /// <summary>How many of the last passwords may not be used again.</summary>
    public int PasswordsRemembered { get; private set; } = FewestRemembered;

    /// <summary>After how many days a password must be changed; 0: never.</summary>
    public int PasswordDays { get; private set; } = 90;
    public int FailuresToLock { get; private set; } = MostFailures;
    public int LockMinutes { get; private set; } = ShortestLock;
    public int IdleMinutes { get; private set; } = LongestIdle;
    public int SessionHours { get; private set; } = LongestSession;
    public TotpFor TotpFor { get; private set; } = TotpFor.Administrators;

    public TimeSpan Idle => TimeSpan.FromMinutes(IdleMinutes);
    public TimeSpan Longest => TimeSpan.FromHours(SessionHours);
    public TimeSpan Lock => TimeSpan.FromMinutes(LockMinutes);

    /// <exception cref="InvalidInput">A number is laxer than its floor.</exception>
    public void Set(int passwordLength, int passwordKinds, int passwordsRemembered, int passwordDays, int failuresToLock, int lockMinutes, int idleMinutes, int sessionHours, TotpFor totpFor)
    {
        new InputCheck()
            .That(passwordLength is >= ShortestPassword and <= 64, nameof(PasswordLength), $"密码长度不能少于{ShortestPassword}位,也不能超过64位。")
            .That(passwordKinds is >= 2 and <= 4, nameof(PasswordKinds), "应在2种到4种之间。")
            .That(passwordsRemembered is >= FewestRemembered and <= 24, nameof(PasswordsRemembered), $"不能少于{FewestRemembered}个,也不能超过24个。")
            .That(passwordDays is 0 or (>= 30 and <= 365), nameof(PasswordDays), "应在30天到365天之间;填0表示不定期更换。")
            .That(failuresToLock is >= 3 and <= MostFailures, nameof(FailuresToLock), $"应在3次到{MostFailures}次之间。")
            .That(lockMinutes is >= ShortestLock and <= 1440, nameof(LockMinutes), $"不能少于{ShortestLock}分钟,也不能超过1440分钟。")
            .That(idleMinutes is >= 5 and <= LongestIdle, nameof(IdleMinutes), $"应在5分钟到{LongestIdle}分钟之间。")
            .That(sessionHours is >= 1 and <= LongestSession, nameof(SessionHours), $"应在1小时到{LongestSession}小时之间。")
            .Throw();
        (PasswordLength, PasswordKinds, PasswordsRemembered, PasswordDays) = (passwordLength, passwordKinds, passwordsRemembered, passwordDays);
        (FailuresToLock, LockMinutes, IdleMinutes, SessionHours, TotpFor) = (failuresToLock, lockMinutes, idleMinutes, sessionHours, totpFor);
    }

    /// <summary>The policy in force: the district's own, or the defaults.</summary>
    public static async Task<SecurityPolicy> OfAsync(AppDb db, CancellationToken ct) =>
        await db.SecurityPolicies.AsNoTracking().FirstOrDefaultAsync(ct) ?? new SecurityPolicy { District = db.District, Id = Guid.Empty };
}
