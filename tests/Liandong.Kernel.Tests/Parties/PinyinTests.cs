using CsCheck;
using Liandong.Kernel.Parties;
using Xunit;

namespace Liandong.Kernel.Tests.Parties;

public class PinyinTests
{
    [Theory]
    [InlineData("建筑垃圾处置核准", "jzljczhz")]
    [InlineData("历下区行政审批服务局", "lxqxzspfwj")]
    [InlineData("Ａ级景区（3A）", "ajjq3a")]
    [InlineData("二〇二六年", "eleln")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Initials_of_names(string? name, string initials) => Assert.Equal(initials, Pinyin.Initials(name));

    [Theory]
    [InlineData("重新审核", "cxsh")]
    [InlineData("重点监管", "zdjg")]
    [InlineData("中国建设银行", "zgjsyh")]
    [InlineData("建行历下支行", "jhlxzh")]
    [InlineData("特种行业许可", "tzhyxk")]
    [InlineData("行政许可", "xzxk")]
    [InlineData("调整概算", "tzgs")]
    [InlineData("调查取证", "dcqz")]
    [InlineData("人民调解员", "rmtjy")]
    [InlineData("长清区", "cqq")]
    [InlineData("延长有效期", "ycyxq")]
    [InlineData("市长热线", "szrx")]
    [InlineData("会计师事务所", "kjssws")]
    [InlineData("医疗机构执业许可证校验", "yljgzyxkzjy")]
    [InlineData("物资给付", "wzjf")]
    [InlineData("畜牧业", "xmy")]
    [InlineData("标识标牌", "bzbp")]
    [InlineData("西藏", "xz")]
    public void A_character_with_two_readings_is_read_as_the_word_wants(string name, string initials) => Assert.Equal(initials, Pinyin.Initials(name));

    /// <summary>Two words side by side that happen to spell a third.</summary>
    [Theory]
    [InlineData("执行业务规程", "zxywgc")]
    [InlineData("社会计划", "shjh")]
    [InlineData("个人参保", "grcb")]
    [InlineData("申请人参加听证", "sqrcjtz")]
    [InlineData("收藏文物", "scww")]
    [InlineData("校长期满", "xzqm")]
    [InlineData("实施行业监管", "sshyjg")]
    public void Neighbouring_words_are_not_taken_for_another(string name, string initials) => Assert.Equal(initials, Pinyin.Initials(name));

    [Theory]
    [InlineData("曾国藩", "zgf")]
    [InlineData("单雄信", "sxx")]
    [InlineData("解晓东", "xxd")]
    [InlineData("尉迟恭", "ycg")]
    [InlineData("区大伦", "odl")]
    [InlineData("王建国", "wjg")]
    public void Surnames_are_read_as_surnames(string name, string initials) => Assert.Equal(initials, Pinyin.InitialsOfPerson(name));

    [Fact]
    public void Every_character_of_the_first_block_has_an_initial_that_begins_a_syllable()
    {
        for (var c = '\u4E00'; c <= '\u9FA5'; c++)
        {
            var initials = Pinyin.Initials(c.ToString());
            Assert.Single(initials);
            Assert.DoesNotContain(initials[0], "iuv");
        }
    }

    [Fact]
    public void Districts_sort_as_in_a_dictionary()
    {
        var names = Divisions.Children("370100").Select(each => each.Name).Order(Pinyin.Comparer).ToList();
        Assert.Equal("长清区 钢城区 槐荫区 济南高新技术产业开发区 济阳区 莱芜区 历城区 历下区 平阴县 商河县 市中区 天桥区 章丘区", string.Join(' ', names));
    }

    [Fact]
    public void Digits_and_letters_come_first_then_tone_decides()
    {
        string[] ordered = ["", "(一)", "12号", "A级", "b级", "阿里", "妈", "麻", "马", "骂", "中国", "重点"];
        Assert.Equal(ordered, ordered.Reverse().Order(Pinyin.Comparer));
    }

    private static readonly Gen<string> Names = Gen.Char["历下区行政审批重新建银长清阿龥㐀Aa1（(𠮷한"].Array[0, 6].Select(letters => new string(letters));

    [Fact]
    public void The_order_is_total_and_agrees_with_the_sort_key() =>
        Gen.Select(Names, Names, Names).Sample((a, b, c) =>
        {
            Assert.Equal(a == b, Pinyin.Compare(a, b) == 0);
            Assert.Equal(Math.Sign(Pinyin.Compare(a, b)), -Math.Sign(Pinyin.Compare(b, a)));
            if (Pinyin.Compare(a, b) <= 0 && Pinyin.Compare(b, c) <= 0) Assert.True(Pinyin.Compare(a, c) <= 0);
            var byKey = string.CompareOrdinal(Pinyin.SortKey(a), Pinyin.SortKey(b));
            if (byKey != 0) Assert.Equal(Math.Sign(byKey), Math.Sign(Pinyin.Compare(a, b)));
        }, iter: 20_000);

    /// <summary>Databases compare UTF-8 bytes where .NET compares UTF-16: a key must order alike in both.</summary>
    [Fact]
    public void A_sort_key_orders_alike_in_UTF_8_and_in_UTF_16() =>
        Gen.Select(Names, Names).Sample((a, b) =>
        {
            string x = Pinyin.SortKey(a), y = Pinyin.SortKey(b);
            Assert.DoesNotContain(x, char.IsSurrogate);
            var utf8 = System.Text.Encoding.UTF8.GetBytes(x).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(y));
            Assert.Equal(Math.Sign(string.CompareOrdinal(x, y)), Math.Sign(utf8));
        }, iter: 5000);
}
