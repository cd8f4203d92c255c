using Liandong.Kernel.Duties;
using Liandong.Kernel.Notice;

namespace Liandong.Modules.Linkage;

/// <summary>附件2 二(三)的职责时限。数字只在这里出现一次;通知没有写数字的,是本地约定。</summary>
public static class LinkageRules
{
    public static readonly Article Pushing = new("附件2 二(三)", "区行政审批服务局办理完审批业务后,将行政审批结果及有关信息及时推送至信息联动平台", "L2.3");
    public static readonly Article Claiming = new("附件2 二(三)", "供行政主管部门认领,以便加强事中事后监管", "L2.3");
    public static readonly Article Coordinating = new("附件1 二(二)", "协调区行政审批服务局与其他审批部门、监管部门、执法机构之间的关系", "J2.2");
    public static readonly Article Agreeing = Article.Local("通知没有写明天数的,由本区约定");
    public static readonly Article NotReporting = new("附件2 四(四)", "不及时通报行政审批信息或监管处罚信息而影响到行政机关监管工作或行政审批实施", "L4.4");

    /// <summary>襄阳: 办结后2个工作日内.</summary>
    public static readonly DutyRule PushResult = new("result.push", "推送审批结果", Pushing, new Term.Promptly(2), LocalNumber: true, BreachUnder: NotReporting);

    public static readonly DutyRule ClaimResult = new("result.claim", "认领或者退回审批结果", Claiming, new Term.Workdays(3), LocalNumber: true, BreachUnder: NotReporting);

    public static readonly DutyRule DecideReturn = new("result.reroute", "处理退回的推送", Pushing, new Term.Workdays(2), LocalNumber: true, BreachUnder: NotReporting);

    public static readonly DutyRule RuleDispute = new("dispute.rule", "裁定由谁监管", Coordinating, new Term.Workdays(10), LocalNumber: true);

    public static readonly IReadOnlyList<DutyRule> All = [PushResult, ClaimResult, DecideReturn, RuleDispute];
}
