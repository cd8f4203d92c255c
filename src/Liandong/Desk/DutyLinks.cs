using Liandong.Accounts;
using Liandong.Kernel.Duties;

namespace Liandong.Desk;

/// <summary>An act that a duty asks for, as a link to the page that does it.</summary>
public sealed record DutyAct(string Verb, string Href);

/// <summary>
/// Where a subject's page is, by its kind, and which pages do the act that a duty asks for, by its rule. A module that opens duties adds its
/// lines here ({id} is the subject's), with the right that the page asks for where not everybody of the organ may open it; a test finds an
/// address that leads nowhere.
/// </summary>
public static class DutyLinks
{
    private static readonly Dictionary<string, (string Name, string Page)> Kinds = new()
    {
        ["push"] = ("推送单", "/pushes/{id}"),
        ["case"] = ("办件", "/cases/{id}"),
        ["permit"] = ("许可", "/permits/{id}"),
        ["feedback"] = ("监管回告", "/feedback/{id}"),
        ["liaison"] = ("联络员", "/directory/organs/{id}"),
        ["organ"] = ("单位", "/directory/organs/{id}"),
        ["dispute"] = ("权责争议", "/disputes/{id}"),
        ["document"] = ("公文", "/documents/{id}"),
        ["consultation"] = ("会商", "/consultations/{id}"),
        ["decision"] = ("决定事项", "/decisions/{id}"),
        ["meeting"] = ("会议", "/meetings/{id}"),
        ["topic"] = ("议题", "/meetings/topics/{id}"),
        ["freeze"] = ("公务协同函", "/freezes/{id}"),
        ["circular"] = ("抄告", "/circulars/{id}"),
        ["policy"] = ("政策调整", "/policies/{id}"),
        ["assistance"] = ("协助请求", "/assistance/{id}"),
        ["paper"] = ("收文", "/documents/incoming/{id}"),
        ["letter"] = ("月度函", "/reconcile/letters"),
    };

    private static readonly Dictionary<string, (string Verb, string Page, string Right)[]> Acts = new()
    {
        ["liaison.appoint"] = [("确定联络员", "/directory/organs/{id}", "")],
        ["case.accept"] = [("受理", "/cases/{id}", "")],
        ["case.decide"] = [("作出决定", "/cases/{id}", "")],
        ["case.promise"] = [("作出决定", "/cases/{id}", "")],
        ["case.deliver"] = [("登记送达", "/cases/{id}", "")],
        ["result.push"] = [("确定监管单位", "/cases/{id}", "")],
        ["result.claim"] = [("认领", "/pushes/{id}", ""), ("退回", "/pushes/{id}/return", Rights.PushReturn)],
        ["result.reroute"] = [("处理退回", "/pushes/{id}", "")],
        ["dispute.rule"] = [("裁定", "/disputes/{id}", "")],
        ["supervision.report"] = [("查看回告", "/feedback/{id}", Rights.SupervisionView)],
        ["supervision.acknowledge"] = [("确认回告", "/feedback/{id}", Rights.SupervisionView)],
        ["document.answer"] = [("答复", "/documents/{id}/answer", Rights.DocumentAnswer), ("起草复函", "/documents/{id}", "")],
        ["consult.answer"] = [("提出意见", "/consultations/{id}/view", Rights.ConsultAnswer), ("查看会商", "/consultations/{id}", "")],
        ["consult.countersign"] = [("会签结论", "/consultations/{id}", Rights.ConsultSign)],
        ["decision.execute"] = [("报告完成", "/decisions/{id}", Rights.ConsultAnswer)],
        ["policy.notify"] = [("函告审批局", "/policies/{id}", "")],
        ["policy.adapt"] = [("落实到事项", "/policies/{id}/adapt", Rights.PolicyAdapt), ("查看政策", "/policies/{id}", "")],
        ["policy.respond"] = [("答复", "/policies/{id}/respond", Rights.PolicyAdapt), ("查看", "/policies/{id}", "")],
        ["assist.answer"] = [("答复", "/assistance/{id}/answer", Rights.AssistAnswer), ("查看请求", "/assistance/{id}", Rights.AssistView)],
        ["meeting.circulate"] = [("办理会议通知", "/meetings/{id}", Rights.MeetingConvene)],
        ["meeting.study"] = [("填写回执", "/meetings/{id}/reply", Rights.MeetingAttend), ("查看会议", "/meetings/{id}", "")],
        ["meeting.minutes"] = [("办理纪要", "/meetings/{id}", Rights.MeetingConvene)],
        ["meeting.cosign"] = [("会签纪要", "/meetings/{id}", Rights.MeetingSign)],
        ["permit.verify"] = [("登记结果", "/feedback/permits/{id}", Rights.SupervisionView)],
    };

    /// <summary>The subject's own page; the duty's where its kind has none.</summary>
    public static string SubjectHref(Duty duty) => Kinds.TryGetValue(duty.SubjectKind, out var kind) ? Fill(kind.Page, duty.SubjectId) : $"/duties/{duty.Id}";

    /// <summary>The same for a kind and an id of the ledger; null where the kind has no page.</summary>
    public static string? SubjectHref(string kind, Guid id) => Kinds.TryGetValue(kind, out var known) ? Fill(known.Page, id) : null;

    public static string KindName(string kind) => Kinds.TryGetValue(kind, out var known) ? known.Name : kind;

    /// <summary>The next acts, the likeliest first; for an actor those whose page opens, or the duty's own page.</summary>
    public static IReadOnlyList<DutyAct> ActsOf(Duty duty, Actor? actor = null)
    {
        if (!Acts.TryGetValue(duty.Rule, out var acts)) return [new DutyAct("办理", SubjectHref(duty))];
        var open = acts.Where(a => actor is null || a.Right.Length == 0 || actor.May(a.Right)).Select(a => new DutyAct(a.Verb, Fill(a.Page, duty.SubjectId))).ToList();
        return open.Count > 0 ? open : [new DutyAct("查看", $"/duties/{duty.Id}")];
    }

    /// <summary>Every address template, for the test that each leads to a page.</summary>
    internal static IEnumerable<string> Pages => Kinds.Values.Select(k => k.Page).Concat(Acts.Values.SelectMany(a => a).Select(a => a.Page)).Distinct();

    /// <summary>The rules that have acts here.</summary>
    internal static IEnumerable<string> Rules => Acts.Keys;

    private static string Fill(string page, Guid id) => page.Replace("{id}", id.ToString(), StringComparison.Ordinal);
}
