using CsCheck;
using Liandong.Kernel.Parties;
using Xunit;

namespace Liandong.Kernel.Tests.Parties;

public class ResidentIdTests
{
    [Fact]
    public void The_example_of_the_standard_is_valid_and_tells_birth_date_and_sex()
    {
        // GB 11643-1999, examples 1 and 2.
        Assert.Equal(("11010519491231002X", CodeStanding.Valid), Standing(ResidentId.Check("11010519491231002x")));
        Assert.Equal(new DateOnly(1949, 12, 31), ResidentId.BirthDateOf("11010519491231002X"));
        Assert.Equal(Sex.Female, ResidentId.SexOf("11010519491231002X"));
        Assert.True(ResidentId.Check("440524188001010014").IsValid);
        Assert.Equal(Sex.Male, ResidentId.SexOf("440524188001010014"));
    }

    [Theory]
    [InlineData("110105194912310021", CodeStanding.Invalid, "第18位应为X")]
    [InlineData("110105194902310020", CodeStanding.Invalid, "出生日期19490231不成立")]
    [InlineData("990105194912310020", CodeStanding.Invalid, "校验位不符")]
    [InlineData("660105194912310020", CodeStanding.Invalid, "没有以66开头")]
    [InlineData("1101051949123100", CodeStanding.Invalid, "应为18位")]
    [InlineData("110105491231002", CodeStanding.NonStandard, "现为11010519491231002X")]
    [InlineData("110105491331002", CodeStanding.Invalid, "出生日期19491331不成立")]
    [InlineData("", CodeStanding.Invalid, "未填写")]
    public void What_is_wrong_is_said(string written, CodeStanding standing, string why)
    {
        var check = ResidentId.Check(written);
        Assert.Equal(standing, check.Standing);
        Assert.Contains(why, check.Why);
    }

    [Fact]
    public void Nobody_is_born_after_the_day_of_the_check()
    {
        Assert.True(ResidentId.Check("11010519491231002X", on: new(1949, 12, 31)).IsValid);
        Assert.Equal(CodeStanding.Invalid, ResidentId.Check("11010519491231002X", on: new(1949, 12, 30)).Standing);
    }

    [Fact]
    public void A_made_up_number_is_valid_of_the_wanted_sex_and_of_nobody_living() =>
        Gen.Select(Gen.Int, Gen.OneOf("370102", "370112", "511602"), Gen.OneOf(Sex.Male, Sex.Female)).Sample((seed, division, sex) =>
        {
            var number = SampleCodes.ResidentIdOf(seed, division, sex);
            Assert.Equal((number, CodeStanding.Valid), Standing(ResidentId.Check(number)));
            Assert.Equal(1, WeightedSum(number) % 11);
            Assert.StartsWith(division, number);
            Assert.Equal(sex, ResidentId.SexOf(number));
            Assert.InRange(ResidentId.BirthDateOf(number)!.Value, new DateOnly(1890, 1, 1), new DateOnly(1899, 12, 31));
        }, iter: 2000);

    /// <summary>The weights are powers of 2 modulo the prime 11, none 0 and neighbours different: every single wrong digit and every swap of neighbours shows.</summary>
    [Fact]
    public void Every_single_wrong_character_and_every_swap_of_neighbours_is_detected() =>
        Gen.Select(Gen.Int, Gen.Int[0, 17], Gen.Int[0, 10]).Sample((seed, place, letter) =>
        {
            var number = SampleCodes.ResidentIdOf(seed);
            var wrong = number[..place] + "0123456789X"[letter] + number[(place + 1)..];
            Assert.Equal(wrong == number, ResidentId.Check(wrong).IsValid);
            if (place >= 16) return;
            var swapped = number[..place] + number[place + 1] + number[place] + number[(place + 2)..];
            Assert.Equal(swapped == number, ResidentId.Check(swapped).IsValid);
        }, iter: 5000);

    [Fact]
    public void An_old_number_lengthens_to_a_valid_one_of_the_same_person() =>
        Gen.Select(Gen.Int[0, 36523], Gen.Int[0, 999]).Sample((day, order) =>
        {
            var born = new DateOnly(1900, 1, 1).AddDays(day);
            var old = $"370102{born:yyMMdd}{order:000}";
            var now = ResidentId.Lengthen(old);
            Assert.True(ResidentId.Check(now).IsValid);
            Assert.Equal(born, ResidentId.BirthDateOf(now));
            Assert.Equal((born, ResidentId.SexOf(now)), (ResidentId.BirthDateOf(old)!.Value, ResidentId.SexOf(old)));
            Assert.Equal(CodeStanding.NonStandard, ResidentId.Check(old).Standing);
        }, iter: 1000);

    /// <summary>ISO 7064 MOD 11-2 as its definition has it: characters times powers of two from the right, X being ten; a good number leaves 1.</summary>
    private static long WeightedSum(string number) => number.Reverse().Select((c, i) => (c == 'X' ? 10L : c - '0') << i).Sum();

    private static (string, CodeStanding) Standing(CodeCheck check) => (check.Value, check.Standing);
}
