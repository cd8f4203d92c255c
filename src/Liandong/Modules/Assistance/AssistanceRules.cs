using Liandong.Kernel.Duties;
using Liandong.Kernel.Notice;

namespace Liandong.Modules.Assistance;

/// <summary>附件2 二(三)、四 的协助。数字只在这里出现一次;通知没有写数字的,是本地约定。</summary>
public static class AssistanceRules
{
    public static readonly Article Assisting = new("附件2 二(三)", "需要相关行政审批信息或需要区行政审批服务局在实施行政审批时协助的,区行政审批服务局应当及时提供、予以配合", "L2.3");
    public static readonly Article BothWays = new("附件2 二(三)", "实现行政审批与监管信息双向告知、共享共用", "L2.3");
    public static readonly Article NotReporting = new("附件2 四(四)", "不及时通报行政审批信息或监管处罚信息而影响到行政机关监管工作或行政审批实施", "L4.4");

    /// <summary>Owed by whoever is asked: the information, the help, or a reasoned refusal.</summary>
    public static readonly DutyRule Answer = new("assist.answer", "答复协助请求", Assisting, new Term.Promptly(3), LocalNumber: true, BreachUnder: NotReporting);

    public static readonly IReadOnlyList<DutyRule> All = [Answer];

    /// <summary>Access that an answer gives ends after a year at most; whoever needs it longer asks again.</summary>
    public const int LongestAccess = 366;

    /// <summary>The bureau owes a department what the notice says; a department owes the bureau the same the other way round.</summary>
    public static Article ArticleOf(bool askedByBureau) => askedByBureau ? BothWays : Assisting;
}
