using Liandong.Kernel.Duties;
using Liandong.Kernel.Notice;

namespace Liandong.Modules.Consultations;

/// <summary>附件2 一 的会商,和不执行会商决定的后果(附件2 四(一))。数字只在这里出现一次;通知没有写数字的,是本地约定。</summary>
public static class ConsultationsRules
{
    public static readonly Article Reviewing = new("附件2 一(一)", "区行政审批服务局可根据实际情况商请有关行政主管部门派出联络员参与审核、会商工作,充分听取联络员意见", "L1.1");
    public static readonly Article Subjects = new("附件2 一(二)", "联络会商主要内容包括", "L1.2");
    public static readonly Article Forms = new("附件2 一(三)", "涉及单个行政机关的,可以往来函的形式协商解决;涉及多个行政机关的,可通过召开工作对接会或协调会的形式协调解决", "L1.3");
    public static readonly Article Escalating = new("附件2 一(三)", "会议由区行政审批服务局召集和主持,必要时以区行政审批服务改革联席会议的形式召开", "L1.3");
    public static readonly Article Starting = new("附件2 一(四)", "行政主管部门根据行业监管需要,可会同区行政审批服务局研究解决有关问题", "L1.4");
    public static readonly Article Issuing = new("附件2 一(六)", "会议决定事项以会议纪要形式印发执行", "L1.6");
    public static readonly Article Assisting = new("附件2 二(三)", "需要相关行政审批信息或需要区行政审批服务局在实施行政审批时协助的,区行政审批服务局应当及时提供、予以配合", "L2.3");
    public static readonly Article Cooperating = new("附件2 四", "在联络会商、信息互通、业务协同等方面相互配合", "L4");
    public static readonly Article NotExecuting = new("附件2 四(一)", "会商后不执行会商决定,贻误行政审批实施或影响监管的", "L4.1");
    public static readonly Article NotAnswering = new("附件2 四(五)", "法律、法规、规章规定的其他违法违规行为", "L4.5");

    /// <summary>Owed by each organ that is asked; the starter may name a day instead.</summary>
    public static readonly DutyRule Answer = new("consult.answer", "答复会商", Forms, new Term.Workdays(5), LocalNumber: true, BreachUnder: NotAnswering);

    /// <summary>Owed by each organ that was asked, once a joint conclusion is drafted: sign or object.</summary>
    public static readonly DutyRule Countersign = new("consult.countersign", "会签会商结论", Cooperating, new Term.Workdays(3), LocalNumber: true);

    /// <summary>责任期限 stands in the decision itself. Ended by the acceptance of its completion, not by its report.</summary>
    public static readonly DutyRule Execute = new("decision.execute", "执行会商决定", NotExecuting, new Term.SetByMeeting(), BreachUnder: NotExecuting);

    public static readonly IReadOnlyList<DutyRule> All = [Answer, Countersign, Execute];
}
