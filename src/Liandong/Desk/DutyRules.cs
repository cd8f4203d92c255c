using Liandong.Documents;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Notice;
using Liandong.Modules.Assistance;
using Liandong.Modules.Cases;
using Liandong.Modules.Conferences;
using Liandong.Modules.Consultations;
using Liandong.Modules.Directory;
using Liandong.Modules.Linkage;
using Liandong.Modules.Policies;
using Liandong.Modules.Supervision;

namespace Liandong.Desk;

/// <summary>Every duty rule of the product, in the notice's order: what the notice page shows beside a clause and what a duty page quotes. A test finds a rule that is missing.</summary>
public static class DutyRules
{
    public static readonly IReadOnlyList<DutyRule> All =
    [
        DirectoryRules.AppointLiaison,
        .. CasesRules.All,
        .. LinkageRules.All,
        .. SupervisionRules.All,
        .. DocumentsRules.All,
        .. ConsultationsRules.All,
        .. PoliciesRules.All,
        .. AssistanceRules.All,
        .. ConferencesRules.All,
    ];

    private static readonly Dictionary<string, DutyRule> ByCode = All.ToDictionary(r => r.Code);

    public static DutyRule? Find(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>The provision under which a duty stands, with its words where a rule of today still has them.</summary>
    public static Article ArticleOf(Duty duty) => Find(duty.Rule)?.Article is { } article && article.Clause == duty.Clause ? article : new Article(duty.Clause, "");

    /// <summary>Anchor of the rule's clause in the notice; empty where it rests on a statute or a local agreement.</summary>
    public static string ClauseIdOf(string rule) => Find(rule)?.Article.Id ?? "";
}
