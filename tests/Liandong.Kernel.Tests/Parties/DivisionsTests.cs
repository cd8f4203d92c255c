using Liandong.Kernel.Parties;
using Xunit;

namespace Liandong.Kernel.Tests.Parties;

public class DivisionsTests
{
    [Theory]
    [InlineData("370102", "历下区", "山东省济南市历下区")]
    [InlineData("370102000000", "历下区", "山东省济南市历下区")]
    [InlineData("370100", "济南市", "山东省济南市")]
    [InlineData("3701", "济南市", "山东省济南市")]
    [InlineData("37", "山东省", "山东省")]
    [InlineData("370102001", "解放路街道", "山东省济南市历下区解放路街道")]
    [InlineData("370102001000", "解放路街道", "山东省济南市历下区解放路街道")]
    [InlineData("110101", "东城区", "北京市东城区")]
    [InlineData("429004", "仙桃市", "湖北省仙桃市")]
    [InlineData("441900", "东莞市", "广东省东莞市")]
    [InlineData("511602", "广安区", "四川省广安市广安区")]
    public void A_code_has_a_name_and_a_full_name(string code, string name, string full)
    {
        Assert.Equal(name, Divisions.NameOf(code));
        Assert.Equal(full, Divisions.FullName(code));
        if (code.Length is not (2 or 4)) Assert.Equal((CodeStanding.Valid, full), (Divisions.Check(code).Standing, Divisions.Check(code).Why));
    }

    [Fact]
    public void Lixia_has_the_thirteen_streets_of_the_survey() => Assert.Equal(
        "解放路 千佛山 趵突泉 泉城路 大明湖 东关 文东 建新 甸柳 燕山 姚家 龙洞 智远",
        string.Join(' ', Divisions.Streets("370102").Select(street => street.Name.Replace("街道", ""))));

    [Fact]
    public void Every_street_of_Jinan_belongs_to_a_district_of_Jinan()
    {
        var districts = Divisions.Children("370100");
        Assert.Equal(13, districts.Count);
        var streets = districts.SelectMany(district => Divisions.Streets(district.Code)).ToList();
        Assert.Equal(164, streets.Count);
        Assert.All(streets, street => Assert.Equal("370100", Divisions.Parent(Divisions.Parent(street.Code)!.Code)!.Code));
    }

    [Fact]
    public void The_country_has_31_provinces_in_the_list_and_every_other_division_has_a_parent()
    {
        var provinces = Divisions.Children("");
        Assert.Equal(31, provinces.Count);
        var below = provinces.SelectMany(province => Divisions.Children(province.Code)).ToList();
        Assert.True(below.Count > 330);
        Assert.True(below.SelectMany(city => Divisions.Children(city.Code)).Count() > 2900);
    }

    /// <summary>莱芜 became part of 济南 in January 2019; before that its districts had codes of their own.</summary>
    [Fact]
    public void Codes_are_valid_from_and_until()
    {
        DateOnly before = new(2018, 12, 31), after = new(2019, 1, 1);
        Assert.Null(Divisions.Find("370116", before));
        Assert.Equal("莱芜区", Divisions.Find("370116", after)!.Name);
        Assert.Equal("钢城区", Divisions.Find("370117", after)!.Name);
        Assert.Equal("莱城区", Divisions.Find("371202", before)!.Name);
        Assert.Null(Divisions.Find("371202", after));

        Assert.Equal(CodeStanding.Valid, Divisions.Check("371202", before).Standing);
        var former = Divisions.Check("371202");
        Assert.Equal(CodeStanding.NonStandard, former.Standing);
        Assert.Contains("2019年1月停用", former.Why);
        Assert.Contains("现为370116", former.Why);
        Assert.Equal(CodeStanding.NonStandard, Divisions.Check("370116", before).Standing);
        Assert.Equal("山东省莱芜市莱城区", Divisions.FullName("371202"));
        Assert.DoesNotContain(Divisions.Children("370000"), city => city.Code == "371200");
    }

    [Theory]
    [InlineData("", CodeStanding.Invalid)]
    [InlineData("37010", CodeStanding.Invalid)]
    [InlineData("37O102", CodeStanding.Invalid)]
    [InlineData("370199", CodeStanding.Invalid)]
    [InlineData("990000", CodeStanding.Invalid)]
    [InlineData("370102099", CodeStanding.Invalid)]
    [InlineData("511602001", CodeStanding.NonStandard)]
    [InlineData("370102001007", CodeStanding.NonStandard)]
    [InlineData("３７０１０２", CodeStanding.Valid)]
    public void What_the_tables_do_not_hold_is_said(string code, CodeStanding standing) => Assert.Equal(standing, Divisions.Check(code).Standing);

    [Fact]
    public void Unknown_codes_show_themselves()
    {
        Assert.Equal("999999", Divisions.NameOf("999999"));
        Assert.Equal("乱码", Divisions.FullName("乱码"));
        Assert.Null(Divisions.Parent("370000"));
        Assert.Empty(Divisions.Children("乱码"));
    }
}
