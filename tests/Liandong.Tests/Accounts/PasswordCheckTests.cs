using CsCheck;
using Liandong.Accounts;
using Xunit;

namespace Liandong.Tests.Accounts;

public sealed class PasswordCheckTests
{
    [Theory]
    [InlineData("woaini1314")]
    [InlineData("WoAiNi1314!")]
    [InlineData("a123456789")]
    [InlineData("qq5201314520")]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("qwertyuiop")]
    [InlineData("Password2026!")]
    [InlineData("P@ssw0rd2026")]
    [InlineData("Admin@123456")]
    [InlineData("13853112345678")]
    [InlineData("abcabcabcabc")]
    [InlineData("aaaaaaaaaa1!")]
    [InlineData("Shenpi@2026")]
    [InlineData("liandong2026")]
    [InlineData("abcdefghij1")]
    [InlineData("elephant2024!")]
    public void Everybody_guesses_these(string password) => Assert.NotNull(PasswordCheck.Weakness(password));

    [Theory]
    [InlineData("栗子-Harbour-41")]
    [InlineData("correct horse battery staple")]
    [InlineData("tR7#mq2Lw9zk")]
    [InlineData("千佛山下有泉水2眼")]
    [InlineData("kettle-orbit-plum-7")]
    public void Nobody_guesses_these(string password) => Assert.Null(PasswordCheck.Weakness(password));

    [Fact]
    public void Random_letters_and_figures_are_never_taken_for_weak() =>
        Gen.Char["bcdfghjkmnpqrstvwxzBCDFGHJKMNPQRSTVWXZ23456789"].Array[16].Where(c => c.Distinct().Count() >= 10).Sample(letters => PasswordCheck.Weakness(new string(letters)) is null, iter: 2000);

    [Fact]
    public void Figures_alone_are_always_weak() => Gen.Char["0123456789"].Array[10, 30].Sample(digits => PasswordCheck.Weakness(new string(digits)) is not null, iter: 500);
}
