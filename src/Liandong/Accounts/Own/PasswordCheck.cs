using System.Text.RegularExpressions;
using Liandong.Kernel.Parties;
using Liandong.Modules.Directory;
using Liandong.Shared;
using Microsoft.AspNetCore.Identity;

namespace Liandong.Accounts;

/// <summary>What a new password must and must not be. Every sentence says how to mend it.</summary>
public sealed partial class PasswordCheck(IPasswordHasher<Account> hasher)
{
    private static readonly Lazy<HashSet<string>> Common = new(ReadCommon);

    /// <summary>Words that people of an office put at the core of a password.</summary>
    private static readonly string[] OfficeWords = ["liandong", "shenpi", "xingzheng", "zhengwu", "jianguan", "password", "passw0rd", "mima", "admin", "woaini", "qwerty", "iloveyou", "zhongguo", "china"];

    /// <summary>Rows of the keyboard and the other runs that fingers make without thinking.</summary>
    private static readonly string[] Runs =
        ["01234567890123456789", "98765432109876543210", "abcdefghijklmnopqrstuvwxyz", "zyxwvutsrqponmlkjihgfedcba", "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/", "!@#$%^&*()", "qazwsxedcrfvtgbyhnujmikolp"];

    /// <summary>Shortest own part that makes a password out of a name or a common word.</summary>
    private const int OwnPart = 8;

    /// <summary>Shows the first thing that is wrong beside the field <paramref name="field"/>.</summary>
    /// <exception cref="InvalidInput">The password may not be used.</exception>
    public void Demand(string password, SecurityPolicy policy, Account account, Person person, string districtName, string field = "NewPassword")
    {
        if (Fault(password, policy, account, person, districtName) is { } fault) throw new InvalidInput(field, fault);
    }

    /// <summary>What is wrong with a password in itself and for this person; null when nothing is.</summary>
    public string? Fault(string password, SecurityPolicy policy, Account account, Person person, string districtName)
    {
        if (password.Length < policy.PasswordLength) return $"密码至少{policy.PasswordLength}位。可以用几个不相干的词连起来,容易记也难猜。";
        if (password.Length > 128) return "密码不能超过128位。";
        if (KindsIn(password) < policy.PasswordKinds) return $"密码应至少包含大写字母、小写字母、数字、符号中的{policy.PasswordKinds}种。";
        if (Weakness(password) is { } weakness) return weakness;
        string[] own = [account.UserName, person.Name, Pinyin.InitialsOfPerson(person.Name), person.Phone, person.Email.Split('@')[0], districtName, districtName.TrimEnd('区', '县', '市'), account.District];
        if (own.Any(word => IsMostly(password, word))) return "密码不能由姓名、账号、手机号、区划名称加几个数字组成,这些别人容易知道。";
        if (account.FormerPasswords.Prepend(account.PasswordHash).Where(hash => hash.Length > 0).Take(policy.PasswordsRemembered)
            .Any(hash => hasher.VerifyHashedPassword(account, hash, password) != PasswordVerificationResult.Failed)) return $"不能使用最近{policy.PasswordsRemembered}次用过的密码。";
        return null;
    }

    /// <summary>Why anybody could guess the password, whoever's it is.</summary>
    public static string? Weakness(string password)
    {
        var plain = password.ToLowerInvariant();
        if (Common.Value.Contains(plain) || Common.Value.Contains(Core(plain)) && plain.Length - Core(plain).Length <= OwnPart) return "这是常见密码,很容易被猜到,请换一个。";
        if (plain.Count(c => !char.IsAsciiDigit(c)) < 3) return "密码不能几乎全是数字。生日、手机号、证件号都容易被猜到。";
        if (plain.Distinct().Count() < 5 || Repeated().IsMatch(plain)) return "密码不能由少数几个字符重复组成。";
        if (Runs.Any(run => Covers(plain, run))) return "密码不能由键盘上相邻的键或者连续的字母、数字组成。";
        if (OfficeWords.Any(word => IsMostly(plain, word))) return "这个密码由常用词加几个数字组成,很容易被猜到,请换一个。";
        return null;
    }

    private static int KindsIn(string password) =>
        new[] { password.Any(char.IsUpper), password.Any(char.IsLower), password.Any(char.IsDigit), password.Any(c => !char.IsLetterOrDigit(c)) }.Count(has => has);

    /// <summary>Whether little of one's own remains when the word and plain figures around it are taken away.</summary>
    private static bool IsMostly(string password, string word)
    {
        var (text, part) = (password.ToLowerInvariant(), word.Trim().ToLowerInvariant());
        return part.Length >= 2 && (Remains(text, part) || Remains(Unleet(text), Unleet(part)));

        static bool Remains(string text, string part)
        {
            if (!text.Contains(part, StringComparison.Ordinal)) return false;
            var rest = text.Replace(part, "", StringComparison.Ordinal);
            return rest.Count(char.IsLetter) < 4 && rest.Length < OwnPart + 2;
        }
    }

    /// <summary>A password without the figures and signs at its ends.</summary>
    private static string Core(string plain) => plain.Trim([.. "0123456789!@#$%^&*()_+-=.,?~`"]);

    /// <summary>The commonest letters that are written as figures and signs.</summary>
    private static string Unleet(string text) => text.Replace('@', 'a').Replace('0', 'o').Replace('$', 's').Replace('3', 'e');

    /// <summary>Whether all but a few characters are pieces of at least four that follow each other in the run.</summary>
    private static bool Covers(string plain, string run)
    {
        var (covered, at) = (0, 0);
        while (at < plain.Length)
        {
            var length = 0;
            while (at + length < plain.Length && run.Contains(plain.Substring(at, length + 1), StringComparison.Ordinal)) length++;
            if (length >= 4) covered += length;
            at += Math.Max(1, length);
        }
        return plain.Length - covered < 4;
    }

    private static HashSet<string> ReadCommon()
    {
        using var stream = typeof(PasswordCheck).Assembly.GetManifestResourceStream("accounts/common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        var words = new HashSet<string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
            if (line.Length > 0 && line[0] != '#') words.Add(line.Trim());
        return words;
    }

    [GeneratedRegex(@"^(.{1,5})\1+$")] private static partial Regex Repeated();
}
