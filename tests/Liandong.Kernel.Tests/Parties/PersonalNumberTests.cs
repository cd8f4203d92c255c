using CsCheck;
using Liandong.Kernel.Parties;
using Xunit;

namespace Liandong.Kernel.Tests.Parties;

public class PersonalNumberTests
{
    [Theory]
    [InlineData("370102189301011234", "370102********1234")]
    [InlineData("37010218930101123X", "370102********123X")]
    [InlineData("370102930101123", "370102******123")]
    [InlineData("E12345678", "E1*****78")]
    [InlineData("1234567", "*******")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Identity_numbers(string? number, string masked) => Assert.Equal(masked, PersonalNumber.Mask(number));

    [Theory]
    [InlineData("13812345678", "138****5678")]
    [InlineData("138 1234 5678", "138****5678")]
    [InlineData("0531-86012345", "0531-****2345")]
    [InlineData("010-6601234", "010-****234")]
    [InlineData("12345", "*****")]
    [InlineData("+8613812345678", "+86********678")]
    public void Telephone_numbers(string phone, string masked) => Assert.Equal(masked, PersonalNumber.MaskPhone(phone));

    [Theory]
    [InlineData("张三", "张*")]
    [InlineData("张三丰", "张**")]
    [InlineData("欧阳修", "欧阳*")]
    [InlineData("欧阳", "欧*")]
    [InlineData("张", "*")]
    [InlineData("John Smith", "J*********")]
    [InlineData("𠮷田", "𠮷*")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Names(string? name, string masked) => Assert.Equal(masked, PersonalNumber.MaskName(name));

    [Fact]
    public void In_free_text_people_are_masked_and_codes_stay()
    {
        var id = SampleCodes.ResidentIdOf(7);
        var code = SampleCodes.SocialCreditCodeOf(7);
        Assert.Equal($"{id[..6]}********{id[^4..]}(电话138****5678)所在企业{code},文号20260102030405", PersonalNumber.MaskWithin($"{id}(电话13812345678)所在企业{code},文号20260102030405"));
    }

    /// <summary>Whatever is shown could be that of anyone with the same ends: masking forgets the birth date and the middle of a telephone number.</summary>
    [Fact]
    public void The_middle_never_leaks() =>
        Gen.Select(Gen.Int, Gen.Int[100_000_000, 999_999_999], Gen.Int[0, 9999], Gen.Int[0, 9999]).Sample((seed, rest, one, other) =>
        {
            var id = SampleCodes.ResidentIdOf(seed);
            Assert.Equal(PersonalNumber.Mask(id), PersonalNumber.Mask(id[..6] + $"{rest % 100_000_000:00000000}" + id[14..]));
            Assert.Equal($"{id[..6]}********{id[14..]}", PersonalNumber.Mask(id));
            Assert.Equal(PersonalNumber.MaskPhone($"138{one:0000}5678"), PersonalNumber.MaskPhone($"138{other:0000}5678"));
        }, iter: 2000);

    [Fact]
    public void Of_a_number_of_any_length_more_than_a_third_is_hidden_and_all_of_a_short_one() =>
        Gen.Char["0123456789ABCX"].Array[1, 30].Select(letters => new string(letters)).Sample(number =>
        {
            foreach (var masked in new[] { PersonalNumber.Mask(number), PersonalNumber.MaskPhone(number) })
            {
                Assert.Equal(number.Length, masked.Length);
                Assert.True(masked.Count(c => c == '*') * 3 > number.Length);
                if (number.Length < 7) Assert.DoesNotContain(masked, c => c != '*');
            }
        }, iter: 2000);
}
