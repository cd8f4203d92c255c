using Liandong.Data;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Accounts;

/// <summary>设定密码和登录规则。</summary>
public sealed class SetSecurityPolicy(AppDb db, Ledger ledger, Actor actor, Clock clock, SessionBook book)
{
    public sealed record Input(int PasswordLength, int PasswordKinds, int PasswordsRemembered, int PasswordDays, int FailuresToLock, int LockMinutes, int IdleMinutes, int SessionHours, TotpFor TotpFor)
    {
        public static Input Of(SecurityPolicy p) => new(p.PasswordLength, p.PasswordKinds, p.PasswordsRemembered, p.PasswordDays, p.FailuresToLock, p.LockMinutes, p.IdleMinutes, p.SessionHours, p.TotpFor);
    }

    public sealed record Act(Input Before, Input After) : IAct { static string IAct.Name => "security-policy.set"; }

    public async Task<SecurityPolicy> RunAsync(Input input, CancellationToken ct)
    {
        actor.Demand(Rights.SecurityPolicy);
        var policy = await db.SecurityPolicies.FirstOrDefaultAsync(ct);
        if (policy is null) db.SecurityPolicies.Add(policy = new SecurityPolicy { District = db.District, Id = clock.NewId() });
        var before = Input.Of(policy);
        policy.Set(input.PasswordLength, input.PasswordKinds, input.PasswordsRemembered, input.PasswordDays, input.FailuresToLock, input.LockMinutes, input.IdleMinutes, input.SessionHours, input.TotpFor);
        await ledger.RecordAsync(new Act(before, input), new Subject("security-policy", policy.Id, "", "密码和登录规则"), null, ct);
        book.ForgetAll();
        return policy;
    }
}
