using CsCheck;
using Liandong.Kernel.Parties;
using Xunit;

namespace Liandong.Kernel.Tests.Parties;

public class SocialCreditCodeTests
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    [Fact]
    public void The_worked_example_of_the_standard_has_check_character_3_and_not_Z()
    {
        // GB 32100-2015, example: the sum is 1640, 28 modulo 31, so the check character is 3.
        Assert.NotEqual(CodeStanding.Invalid, SocialCreditCode.Check("91350100M000100Y43").Standing);
        var wrong = SocialCreditCode.Check("91350100M000100Y4Z");
        Assert.Equal(CodeStanding.Invalid, wrong.Standing);
    }

    [Fact]
    public void Of_40_codes_in_the_published_item_list_38_are_valid_as_written_and_the_two_that_are_not_are_kept()
    {
        // Item codes of six parts carry the body's code in the fourth.
        var codes = PublishedItemList.Rows.Select(row => row[4].Split('-')).Where(parts => parts.Length == 6 && parts[3].Length == 18).Select(parts => parts[3]).Distinct().ToList();
        Assert.Equal(40, codes.Count);

        var asWritten = codes.Where(code => SocialCreditCode.Check(code) is { IsValid: true } check && check.Value == code).ToList();
        Assert.Equal(38, asWritten.Count);
        Assert.Equal(["11511301452259996u", "TE5116020105116050"], codes.Except(asWritten).Order(StringComparer.Ordinal));

        var lowerCase = SocialCreditCode.Check("11511301452259996u");
        Assert.Equal(("11511301452259996U", CodeStanding.Valid), (lowerCase.Value, lowerCase.Standing));
        var provisional = SocialCreditCode.Check("TE5116020105116050");
        Assert.Equal(("TE5116020105116050", CodeStanding.NonStandard), (provisional.Value, provisional.Standing));
        Assert.All(codes, code => Assert.True(OrganisationCode.Check(code[8..17]).IsValid));
    }

    [Fact]
    public void Every_code_of_the_published_list_keeps_its_text_whatever_its_standing()
    {
        var standings = new HashSet<CodeStanding>();
        foreach (var code in PublishedItemList.Rows.Select(row => row[1]).Distinct())
        {
            var check = SocialCreditCode.Check(code);
            standings.Add(check.Standing);
            Assert.NotEqual("", check.Why);
            Assert.Equal(code.Replace("-", ""), check.Value.Replace("-", ""), ignoreCase: true);
        }
        Assert.Contains(CodeStanding.Valid, standings);
        Assert.Contains(CodeStanding.NonStandard, standings);
    }

    [Theory]
    [InlineData(" 11511301 008778183N ")]
    [InlineData("１１５１１３０１００８７７８１８３Ｎ")]
    [InlineData("11511301008778183n")]
    [InlineData("'11511301008778183N")]
    [InlineData("\u200B11511301008778183N\uFEFF")]
    public void Case_width_spaces_and_invisible_characters_do_not_matter(string written)
    {
        var check = SocialCreditCode.Check(written);
        Assert.Equal(("11511301008778183N", CodeStanding.Valid, "机构编制 · 机关"), (check.Value, check.Standing, check.Why));
        Assert.Equal("511301", SocialCreditCode.DivisionOf(check.Value));
    }

    [Theory]
    [InlineData(null, CodeStanding.Invalid, "未填写")]
    [InlineData("  ", CodeStanding.Invalid, "未填写")]
    [InlineData("济南某某公司", CodeStanding.Invalid, "不用的字符")]
    [InlineData("083372204", CodeStanding.NonStandard, "9位组织机构代码")]
    [InlineData("71181655-9", CodeStanding.NonStandard, "9位组织机构代码")]
    [InlineData("110108000000016", CodeStanding.NonStandard, "15位工商注册号")]
    [InlineData("1151130000877869M", CodeStanding.NonStandard, "共17位")]
    [InlineData("9135010OM000100Y43", CodeStanding.Invalid, "不使用字母I、O、S、V、Z(第8位为O)")]
    [InlineData("11010519491231002X", CodeStanding.Invalid, "居民身份号码")]
    [InlineData("11511301008778183P", CodeStanding.Invalid, "第18位应为N")]
    public void What_is_wrong_is_said(string? written, CodeStanding standing, string why)
    {
        var check = SocialCreditCode.Check(written);
        Assert.Equal(standing, check.Standing);
        Assert.Contains(why, check.Why);
    }

    [Fact]
    public void A_made_up_code_is_valid_and_names_its_kind_and_division() =>
        Gen.Select(Gen.Int, Gen.OneOf("370102", "370100", "511602"), Gen.OneOf("91", "92", "93", "11", "12", "51")).Sample((seed, division, kind) =>
        {
            var code = SampleCodes.SocialCreditCodeOf(seed, division, kind);
            var check = SocialCreditCode.Check(code);
            Assert.Equal((code, CodeStanding.Valid), (check.Value, check.Standing));
            Assert.Equal(division, SocialCreditCode.DivisionOf(code));
            Assert.Equal(SocialCreditCode.KindOf(kind), check.Why);
        }, iter: 2000);

    /// <summary>The weights are powers of 3 modulo the prime 31, none of them 0 and neighbours different, so one wrong character or one swap of neighbours always shows.</summary>
    [Fact]
    public void Every_single_wrong_character_and_every_swap_of_neighbours_is_detected() =>
        Gen.Select(Gen.Int, Gen.Int[0, 17], Gen.Int[0, 30]).Sample((seed, place, letter) =>
        {
            var code = SampleCodes.SocialCreditCodeOf(seed);
            var wrong = code[..place] + Alphabet[letter] + code[(place + 1)..];
            Assert.Equal(wrong == code, SocialCreditCode.Check(wrong).IsValid);
            if (place == 17) return;
            var swapped = code[..place] + code[place + 1] + code[place] + code[(place + 2)..];
            Assert.Equal(swapped == code, SocialCreditCode.Check(swapped).IsValid);
        }, iter: 5000);

    [Fact]
    public void Nothing_makes_a_checker_throw() =>
        Gen.OneOf(Gen.String, Gen.Char["0123456789ABXYZ -'－０１Ｘx年"].Array[0, 24].Select(letters => new string(letters))).Sample(text =>
        {
            foreach (var check in new[]
                     {
                         SocialCreditCode.Check(text), OrganisationCode.Check(text), RegistrationNumber.Check(text), ResidentId.Check(text), LicenceNumber.Check(text),
                         Divisions.Check(text), Divisions.Check(text, new DateOnly(2026, 3, 2)),
                     })
            {
                Assert.NotEqual("", check.Why);
                Assert.NotNull(check.Value);
            }
            PersonalNumber.Mask(text);
            PersonalNumber.MaskPhone(text);
            PersonalNumber.MaskName(text);
            PersonalNumber.MaskWithin(text);
            Pinyin.Initials(text);
            Pinyin.SortKey(text);
        }, iter: 5000);
}
