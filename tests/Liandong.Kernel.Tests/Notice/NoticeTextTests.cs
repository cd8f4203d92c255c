using Liandong.Kernel.Notice;
using Xunit;

namespace Liandong.Kernel.Tests.Notice;

public class NoticeTextTests
{
    [Fact]
    public void Every_clause_of_the_notice_is_there_once_and_in_order()
    {
        string[] expected =
        [
            "M1.1", "M1.2", "M2", "M3",
            "J1.convenor", "J1.deputies", "J1.members", "J1.office", "J1.groups", "J1.work", "J2.1", "J2.2", "J2.3", "J3.1", "J3.2", "J3.3", "J3.4", "J3.5",
            "L1", "L1.1", "L1.2", "L1.3", "L1.4", "L1.5", "L1.6", "L2.1", "L2.2", "L2.3", "L2.4", "L2.5",
            "L3.1", "L3.2", "L3.3", "L3.4", "L3.5", "L4", "L4.1", "L4.2", "L4.3", "L4.4", "L4.5",
            "S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8",
        ];
        Assert.Equal(expected, NoticeText.Clauses.Select(c => c.Id));
        Assert.All(NoticeText.Clauses, c => Assert.NotEmpty(c.Text));
    }

    [Theory]
    [InlineData("M1.1", "正文 一(一)", "建立由区委副书记、区长任召集人")]
    [InlineData("M2", "正文 二", "严格按照历下办发〔2018〕52号文件要求")]
    [InlineData("M3", "正文 三", "充分听取联络员意见")]
    [InlineData("J1.convenor", "附件1 一", "召 集 人:谢兆村")]
    [InlineData("J1.deputies", "附件1 一", "丁晓红")]
    [InlineData("J2.2", "附件1 二(二)", "(二)协调区行政审批服务局")]
    [InlineData("J3.3", "附件1 三(三)", "落实责任期限")]
    [InlineData("J3.5", "附件1 三", "会议决定事项以会议纪要形式印发执行。")]
    [InlineData("L1", "附件2 一", "参与有关重要事项的联络会商")]
    [InlineData("L1.3", "附件2 一(三)", "函告或工作会议")]
    [InlineData("L2.3", "附件2 二(三)", "供行政主管部门认领")]
    [InlineData("L3.1", "附件2 三(一)", "原则上在两个工作日内组织相关行政主管部门参与现场勘验、三个工作日内组织专家论证")]
    [InlineData("L4.2", "附件2 四(二)", "无正当理由拒绝配合")]
    [InlineData("S5", "附件3 五", "102项划转行政审批事项")]
    public void A_clause_is_found_by_its_id_with_its_own_numbering(string id, string numbering, string words)
    {
        var clause = NoticeText.Find(id)!;
        Assert.Equal(numbering, clause.Numbering);
        Assert.True(clause.Says(words));
        Assert.True(NoticeText.Contains(words));
    }

    [Fact]
    public void A_clause_knows_its_headings()
    {
        Assert.Equal(["附件2 区行政审批服务工作审批和监管协调联动机制", "二、建立审批和监管信息互通制度"], NoticeText.Find("L2.3")!.Headings);
        Assert.Equal(["济南市历下区人民政府办公室关于进一步贯彻落实相对集中行政许可权改革推进区行政审批服务局组建工作的通知",
            "一、建立健全区行政审批服务局运行协商机制", "(一)建立区行政审批服务改革领导联席会议制度"], NoticeText.Find("M1.1")!.Headings);
        Assert.Equal(["附件3 区行政审批服务局组建工作实施步骤", "五、事项划转"], NoticeText.Find("S5")!.Headings);
    }

    [Fact]
    public void A_clause_ends_where_the_next_or_the_signature_begins()
    {
        Assert.EndsWith("使审批与监管形成工作合力。", NoticeText.Find("M3")!.Text);
        Assert.EndsWith("责任人:王静", NoticeText.Find("S8")!.Text);
        Assert.DoesNotContain("责任人:王静", NoticeText.Find("S7")!.Text);
        Assert.False(NoticeText.Find("L2.3")!.Says("应向区行政审批服务局正式行文"));
    }

    [Fact]
    public void White_space_in_a_quotation_does_not_matter_but_words_do()
    {
        Assert.True(NoticeText.Contains("原则上在 两个工作日内\n组织相关行政主管部门"));
        Assert.True(NoticeText.Contains("召集人:谢兆村"));
        Assert.False(NoticeText.Contains("原则上在三个工作日内组织相关行政主管部门"));
        Assert.False(NoticeText.Contains(" "));
        Assert.Null(NoticeText.Find("L9.9"));
    }

    [Fact]
    public void Our_own_introduction_is_no_part_of_the_notice()
    {
        Assert.False(NoticeText.Contains("The full text of the public notice"));
        Assert.False(NoticeText.Contains("L2.3"));
        Assert.Equal(NoticeBlockKind.Title, NoticeText.Blocks[0].Kind);
    }

    [Fact]
    public void The_blocks_hold_every_word_of_every_clause() =>
        Assert.All(NoticeText.Clauses, c => Assert.Equal(c.Text, string.Join('\n', NoticeText.Blocks.Where(b => b.ClauseId == c.Id && b.Kind == NoticeBlockKind.Paragraph).Select(b => b.Text))));
}
