using Liandong.Data;
using Liandong.Modules.Directory;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Accounts;

/// <summary>Sets passwords by the district's rules, as part of the act that is recorded next.</summary>
public sealed class PasswordBook(AppDb db, PasswordCheck check, IPasswordHasher<Account> hasher, Clock clock)
{
    /// <exception cref="Shared.InvalidInput">The password may not be used; the sentence stands beside the field <c>NewPassword</c>.</exception>
    public async Task SetAsync(Account account, Person person, string password, CancellationToken ct)
    {
        var policy = await SecurityPolicy.OfAsync(db, ct);
        var place = await db.DistrictSettings.AsNoTracking().Select(s => s.Name).FirstOrDefaultAsync(ct) ?? "";
        check.Demand(password, policy, account, person, place);
        account.SetPassword(hasher.HashPassword(account, password), policy.PasswordsRemembered, clock.Now);
    }

    public bool Is(Account account, string password) => account.HasPassword && hasher.VerifyHashedPassword(account, account.PasswordHash, password) != PasswordVerificationResult.Failed;
}

/// <summary>What a user name may look like.</summary>
public static class AccountNames
{
    public const string Rule = "3到40个小写字母、数字、点、横线,以字母开头,例如 zhangzhiyuan。";

    public static bool IsGood(string userName)
    {
        var name = Account.Normal(userName);
        return name.Length is >= 3 and <= 40 && char.IsAsciiLetterLower(name[0]) && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-' or '_');
    }
}
