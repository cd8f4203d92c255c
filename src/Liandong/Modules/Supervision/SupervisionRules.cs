using Liandong.Kernel.Duties;
using Liandong.Kernel.Notice;

namespace Liandong.Modules.Supervision;

/// <summary>附件2 二(三)、(四)的职责时限:监管信息回告、确认和吊销后的注销。通知没有写数字的,是本地约定。</summary>
public static class SupervisionRules
{
    public static readonly Article Reporting = new("附件2 二(三)", "行政主管部门也应及时将监管信息、处罚结果及行政审批所依据法律法规等政策调整情况推送至信息联动平台", "L2.3");
    public static readonly Article TellingBothWays = new("附件2 二(三)", "实现行政审批与监管信息双向告知、共享共用", "L2.3");
    public static readonly Article Supervising = new("附件2 二(三)", "供行政主管部门认领,以便加强事中事后监管", "L2.3");
    public static readonly Article HandlingPermits = new("附件2 二(四)", "区行政审批服务局应对有关事实理由和证据进行核实、依法处理,同时告知行政主管部门处理结果", "L2.4");
    public static readonly Article NotReporting = new("附件2 四(四)", "不及时通报行政审批信息或监管处罚信息而影响到行政机关监管工作或行政审批实施", "L4.4");
    public static readonly Article OtherBreaches = new("附件2 四(五)", "法律、法规、规章规定的其他违法违规行为", "L4.5");

    public static readonly Article TwoOfficers = Article.Statute("行政处罚法 第四十二条", "行政处罚应当由具有行政执法资格的执法人员实施。执法人员不得少于两人,法律另有规定的除外。");
    public static readonly Article RecordingChecks = Article.Statute("行政许可法 第六十一条", "应当将监督检查的情况和处理结果予以记录,由监督检查人员签字后归档。");
    public static readonly Article KindsOfPenalty = Article.Statute("行政处罚法 第九条", "行政处罚的种类:(一)警告、通报批评;(二)罚款、没收违法所得、没收非法财物;(三)暂扣许可证件、降低资质等级、吊销许可证件;"
        + "(四)限制开展生产经营活动、责令停产停业、责令关闭、限制从业;(五)行政拘留;(六)法律、行政法规规定的其他行政处罚。");
    public static readonly Article CancellingRevoked = Article.Statute("行政许可法 第七十条", "行政许可依法被撤销、撤回,或者行政许可证件依法被吊销的,行政机关应当依法办理有关行政许可的注销手续。");
    public static readonly Article LastDay = Article.Statute("民法典 第二百零三条", "期间的最后一日是法定休假日的,以法定休假日结束的次日为期间的最后一日。");

    /// <summary>晋城: 1个工作日. Counted from the day of the finding or decision, not from its entry: a late entry is a late report.</summary>
    public static readonly DutyRule Report = new("supervision.report", "回告监管信息、处罚结果", Reporting, new Term.Promptly(1), LocalNumber: true, BreachUnder: NotReporting);

    public static readonly DutyRule Acknowledge = new("supervision.acknowledge", "确认监管回告并写明对审批的影响", TellingBothWays, new Term.Workdays(3), LocalNumber: true, BreachUnder: NotReporting);

    /// <summary>Opened by a 吊销 penalty on the permit that it names.</summary>
    public static readonly DutyRule CancelPermit = new("permit.verify", "办理注销", HandlingPermits, new Term.Workdays(20), LocalNumber: true, BreachUnder: OtherBreaches);

    /// <summary>Opened when the bureau acknowledges a report with the effect 启动许可变动. The same code as <see cref="CancelPermit"/>: one open verification per permit.</summary>
    public static DutyRule VerifyPermit => CancelPermit with { Name = "核实是否变更、撤回、撤销或者注销许可" };

    public static readonly IReadOnlyList<DutyRule> All = [Report, Acknowledge, CancelPermit];
}
