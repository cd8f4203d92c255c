using Liandong.Kernel.Duties;
using Liandong.Kernel.Notice;

namespace Liandong.Modules.Policies;

/// <summary>附件2 二(一)、二(三) 的政策调整、上级会议培训和对上报送。数字只在这里出现一次;通知没有写数字的,是本地约定。</summary>
public static class PoliciesRules
{
    public static readonly Article Notifying = new("附件2 二(一)", "有涉及区行政审批服务局职责或实施行政审批的相关法律、法规、规章等政策变动的,应及时函告区行政审批服务局", "L2.1");
    public static readonly Article Inviting = new("附件2 二(一)", "上级业务部门组织与行政审批业务相关的会议及培训,有关行政主管部门应及时通知区行政审批服务局参加", "L2.1");
    public static readonly Article Reporting = new("附件2 二(一)", "行政主管部门应牵头负责对上沟通协调,区行政审批服务局予以协助配合", "L2.1");
    public static readonly Article Sharing = new("附件2 二(三)", "行政主管部门也应及时将监管信息、处罚结果及行政审批所依据法律法规等政策调整情况推送至信息联动平台", "L2.3");
    public static readonly Article NotReporting = new("附件2 四(四)", "不及时通报行政审批信息或监管处罚信息而影响到行政机关监管工作或行政审批实施", "L4.4");

    /// <summary>Counted from the day on which the department knew. The last day is never later than the effective date (<see cref="PolicySteps.NamedDay"/>).</summary>
    public static readonly DutyRule Notify = new("policy.notify", "函告政策调整", Notifying, new Term.Promptly(5), LocalNumber: true, BreachUnder: NotReporting);

    /// <summary>Owed by the bureau from the day on which it was served: each item adapted from a day, or said not to be touched.</summary>
    public static readonly DutyRule Adapt = new("policy.adapt", "落实政策调整", Notifying, new Term.Workdays(5), LocalNumber: true);

    /// <summary>Owed by the bureau: who attends the superior's meeting or training, or what it gives to the report upward. Never later than that day itself.</summary>
    public static readonly DutyRule Respond = new("policy.respond", "答复参加或者协助", Reporting, new Term.Workdays(5), LocalNumber: true);

    public static readonly IReadOnlyList<DutyRule> All = [Notify, Adapt, Respond];

    /// <summary>The provision under which a change of this kind is notified.</summary>
    public static Article ArticleOf(PolicyKind kind) => kind switch
    {
        PolicyKind.Meeting or PolicyKind.Training => Inviting,
        PolicyKind.Report => Reporting,
        _ => Notifying,
    };
}
