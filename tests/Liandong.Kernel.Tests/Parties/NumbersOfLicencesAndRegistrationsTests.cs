using CsCheck;
using Liandong.Kernel.Parties;
using Xunit;

namespace Liandong.Kernel.Tests.Parties;

public class NumbersOfLicencesAndRegistrationsTests
{
    /// <summary>Numbers that their holders print on public pages and packages.</summary>
    [Theory]
    [InlineData("JY13301080111719")]
    [InlineData("JY13501040006708")]
    [InlineData("JY11108071215650")]
    [InlineData("JY13202020009651")]
    [InlineData("JY13101140093802")]
    [InlineData("JY13101050042467")]
    [InlineData("JY23101140041987")]
    [InlineData("JY14403030012013")]
    [InlineData("SC11351090100010")]
    [InlineData("SC10741018302531")]
    [InlineData("SC11464010500015")]
    [InlineData("SC11834020305037")]
    [InlineData("SC11532139200465")]
    [InlineData("ｓｃ 11432010400101")]
    public void Food_licences_in_use_carry_the_check_digit_of_MOD_11_10(string number) => Assert.True(LicenceNumber.Check(number).IsValid);

    /// <summary>These are in use as well: for trading licences a failing digit is a flag and no refusal.</summary>
    [Theory]
    [InlineData("JY11113080533669")]
    [InlineData("JY11105300065940")]
    [InlineData("JY11101050363440")]
    public void A_trading_licence_with_another_last_digit_is_flagged_and_kept(string number)
    {
        var check = LicenceNumber.Check(number);
        Assert.Equal((number, CodeStanding.NonStandard), (check.Value, check.Standing));
        Assert.Contains("对照原证", check.Why);
    }

    [Theory]
    [InlineData("SC11351090100011", CodeStanding.Invalid)]
    [InlineData("SC1135109010001", CodeStanding.Invalid)]
    [InlineData("鲁济历下卫公证字〔2026〕第0012号", CodeStanding.NonStandard)]
    [InlineData("历建许2026-012", CodeStanding.NonStandard)]
    [InlineData("", CodeStanding.Invalid)]
    public void Other_numbers_are_text_and_unverified(string number, CodeStanding standing)
    {
        var check = LicenceNumber.Check(number);
        Assert.Equal((number, standing), (check.Value, check.Standing));
    }

    [Fact]
    public void Made_up_licence_numbers_are_valid_and_a_wrong_digit_never_is() =>
        Gen.Select(Gen.Int, Gen.Bool, Gen.Int[2, 15], Gen.Int[0, 9]).Sample((seed, production, place, digit) =>
        {
            var kind = production ? LicenceKind.FoodProduction : LicenceKind.FoodTrade;
            var number = SampleCodes.LicenceNumberOf(seed, "370102", kind);
            Assert.True(LicenceNumber.Check(number).IsValid);
            Assert.Equal("370102", LicenceNumber.DivisionOf(number));
            var wrong = number[..place] + (char)('0' + digit) + number[(place + 1)..];
            Assert.Equal(wrong == number, LicenceNumber.Check(wrong).IsValid);
        }, iter: 3000);

    [Theory]
    [InlineData("110108000000016", CodeStanding.Valid)]
    [InlineData("110108000000017", CodeStanding.Invalid)]
    [InlineData("3701021800123", CodeStanding.NonStandard)]
    [InlineData("企独鲁济总字第001234号", CodeStanding.NonStandard)]
    [InlineData("11511301008778183N", CodeStanding.NonStandard)]
    [InlineData("", CodeStanding.Invalid)]
    public void Registration_numbers(string number, CodeStanding standing) => Assert.Equal(standing, RegistrationNumber.Check(number).Standing);

    [Fact]
    public void Made_up_registration_numbers_are_valid_and_a_wrong_digit_never_is() =>
        Gen.Select(Gen.Int, Gen.Int[0, 14], Gen.Int[0, 9]).Sample((seed, place, digit) =>
        {
            var number = SampleCodes.RegistrationNumberOf(seed);
            Assert.True(RegistrationNumber.Check(number).IsValid);
            var wrong = number[..place] + (char)('0' + digit) + number[(place + 1)..];
            Assert.Equal(wrong == number, RegistrationNumber.Check(wrong).IsValid);
        }, iter: 3000);

    [Fact]
    public void Made_up_organisation_codes_are_valid() =>
        Gen.Int.Sample(seed => Assert.True(OrganisationCode.Check(SampleCodes.OrganisationCodeOf(seed)).IsValid), iter: 1000);

    /// <summary>The sample district is rebuilt from its seeds; the codes in screenshots, manuals and tests must not move.</summary>
    [Fact]
    public void A_seed_gives_the_same_code_on_every_machine_and_seeds_differ()
    {
        Assert.Equal(SampleCodes.SocialCreditCodeOf(1), SampleCodes.SocialCreditCodeOf(1));
        Assert.Equal(5000, Enumerable.Range(0, 5000).Select(seed => SampleCodes.SocialCreditCodeOf(seed)).Distinct().Count());
    }
}
