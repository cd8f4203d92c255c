using Liandong.Kernel.Duties;
using Liandong.Kernel.Notice;

namespace Liandong.Modules.Cases;

/// <summary>办理行政许可的期限(行政许可法)。期限以工作日计算,不含法定节假日(第八十二条)。只对在本平台办理的办件计时。</summary>
public static class CasesRules
{
    public static readonly Article Accepting = Article.Statute("行政许可法 第三十二条", "申请材料不齐全或者不符合法定形式的,应当当场或者在五日内一次告知申请人需要补正的全部内容,逾期不告知的,自收到申请材料之日起即为受理");
    public static readonly Article Reviewing = Article.Statute("行政许可法 第三十四条", "根据法定条件和程序,需要对申请材料的实质内容进行核实的,行政机关应当指派两名以上工作人员进行核查");
    public static readonly Article Refusing = Article.Statute("行政许可法 第三十八条", "行政机关依法作出不予行政许可的书面决定的,应当说明理由,并告知申请人享有依法申请行政复议或者提起行政诉讼的权利");
    public static readonly Article Deciding = Article.Statute("行政许可法 第四十二条", "行政机关应当自受理行政许可申请之日起二十日内作出行政许可决定。二十日内不能作出决定的,经本行政机关负责人批准,可以延长十日,并应当将延长期限的理由告知申请人");
    public static readonly Article Delivering = Article.Statute("行政许可法 第四十四条", "行政机关作出准予行政许可的决定,应当自作出决定之日起十日内向申请人颁发、送达行政许可证件,或者加贴标签、加盖检验、检测、检疫印章");
    public static readonly Article Suspending = Article.Statute("行政许可法 第四十五条", "依法需要听证、招标、拍卖、检验、检测、检疫、鉴定和专家评审的,所需时间不计算在本节规定的期限内。行政机关应当将所需时间书面告知申请人");
    public static readonly Article Promising = Article.Local("承诺办结时限由本区在事项清单中公开承诺,不长于法定时限");
    public static readonly Article Renewing = Article.Statute("行政许可法 第五十条", "应当在该行政许可有效期届满三十日前向作出行政许可决定的行政机关提出申请");
    public static readonly Article Ending = Article.Statute("行政许可法 第七十条", "行政许可有效期届满未延续的");

    /// <summary>受理或者一次告知补正.</summary>
    public static readonly DutyRule Accept = new("case.accept", "受理或者一次告知补正", Accepting, new Term.Workdays(5));

    public static readonly DutyRule Decide = new("case.decide", "作出行政许可决定", Deciding, new Term.Workdays(20));

    /// <summary>The item's promised days; opened only where they are fewer than the statutory ones.</summary>
    public static readonly DutyRule Promise = new("case.promise", "在承诺时限内作出决定", Promising, new Term.Workdays(20), LocalNumber: true);

    public static readonly DutyRule Deliver = new("case.deliver", "送达行政许可决定", Delivering, new Term.Workdays(10));

    /// <summary>How many working days the head of the organ may add (第四十二条).</summary>
    public const int ExtensionDays = 10;

    public static readonly IReadOnlyList<DutyRule> All = [Accept, Decide, Promise, Deliver];
}
