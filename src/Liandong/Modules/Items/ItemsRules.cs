using Liandong.Kernel.Notice;

namespace Liandong.Modules.Items;

/// <summary>The provisions that items and the responsibility register rest on.</summary>
public static class ItemsRules
{
    /// <summary>The register says which department claims and supervises.</summary>
    public static readonly Article Supervising = new("附件2 二(三)", "供行政主管部门认领,以便加强事中事后监管", "L2.3");

    /// <summary>Who supervises is one organ's charge; two claims to it are coordinated by the joint conference.</summary>
    public static readonly Article OneMainOrgan = new("附件1 二(二)", "协调区行政审批服务局与其他审批部门、监管部门、执法机构之间的关系", "J2.2");

    public static readonly Article InspectionHeld = new("附件2 三(一)", "原则上在两个工作日内组织相关行政主管部门参与现场勘验、三个工作日内组织专家论证,并在勘验或论证后两个工作日内出具意见或结论", "L3.1");

    public static readonly Article InspectionInBatches = new("附件2 三(一)", "待条件具备后,再将相关现场勘验或专家论证等事项分期分批纳入区行政审批服务局", "L3.1");

    public static readonly Article AnnualReports = new("附件2 三(五)", "涉及年检、年审、年报等监管事项,仍由行政主管部门负责办理", "L3.5");

    /// <summary>What each side tells the other, which the memorandum writes down.</summary>
    public static readonly Article BothWays = new("附件2 二(三)", "实现行政审批与监管信息双向告知、共享共用", "L2.3");

    public static readonly Article HandlingLimit = Article.Statute("行政许可法 第四十二条", "行政机关应当自受理行政许可申请之日起二十日内作出行政许可决定");

    public static readonly Article NoFeeWithoutLaw = Article.Statute("行政许可法 第五十八条", "行政机关实施行政许可和对行政许可事项进行监督检查,不得收取任何费用。但是,法律、行政法规另有规定的,依照其规定");
}
