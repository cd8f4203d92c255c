using Liandong.Accounts;
using Liandong.Kernel.Duties;

namespace Liandong.Desk;

/// <summary>An act that a duty asks for, as a link to the page that does it.</summary>
public sealed record DutyAct(string Verb, string Href);

/// <summary>What a duty is about, as far as its reader may know: of what passes between organs, who oversees them learns kind and number, and neither title nor page.</summary>
/// <param name="Href">The subject's page; absent where it does not open for the reader.</param>
public sealed record DutySubject(string Kind, Guid Id, string Number, string Title, string? Href)
{
    public string InWords() => Title.Length > 0 ? $"{Number} {Title}".Trim() : $"{DutyLinks.KindName(Kind)} {Number}".Trim();
}

/// <summary>
/// Where a subject's page is, by its kind, and which pages do the act that a duty asks for, by its rule. A module that opens duties adds its
/// lines here ({id} is the subject's), with the right that the page asks for; a test finds an address that leads nowhere.
/// </summary>
public static class DutyLinks
{
    /// <param name="Right">What the page asks for; empty when it is for everybody who reads the duty.</param>
    /// <param name="BetweenOrgans">Whether title and page are for the two organs of the duty alone.</param>
    private sealed record KindLine(string Name, string Page, string Right = "", bool BetweenOrgans = false);

    private static readonly Dictionary<string, KindLine> Kinds = new()
    {
        ["push"] = new("推送单", "/pushes/{id}", Rights.PushView),
        ["case"] = new("办件", "/cases/{id}", Rights.CaseView),
        ["permit"] = new("许可", "/permits/{id}", Rights.CaseView),
        ["feedback"] = new("监管回告", "/feedback/{id}", Rights.SupervisionView, BetweenOrgans: true),
        ["liaison"] = new("联络员", "/directory/organs/{id}", Rights.DirectoryView),
        ["organ"] = new("单位", "/directory/organs/{id}", Rights.DirectoryView),
        ["dispute"] = new("权责争议", "/disputes/{id}", Rights.PushView),
        ["document"] = new("公文", "/documents/{id}", Rights.DocumentView, BetweenOrgans: true),
        ["consultation"] = new("会商", "/consultations/{id}", Rights.ConsultView, BetweenOrgans: true),
        ["decision"] = new("决定事项", "/decisions/{id}", Rights.ConsultView, BetweenOrgans: true),
        ["meeting"] = new("会议", "/meetings/{id}", Rights.MeetingView, BetweenOrgans: true),
        ["topic"] = new("议题", "/meetings/topics/{id}", Rights.MeetingView, BetweenOrgans: true),
        ["freeze"] = new("公务协同函", "/freezes/{id}", Rights.ConsultView, BetweenOrgans: true),
        ["circular"] = new("抄告", "/circulars/{id}", Rights.ConsultView, BetweenOrgans: true),
        ["policy"] = new("政策调整", "/policies/{id}", Rights.PolicyView, BetweenOrgans: true),
        ["assistance"] = new("协助请求", "/assistance/{id}", Rights.AssistView, BetweenOrgans: true),
        ["paper"] = new("收文", "/documents/incoming/{id}", Rights.DocumentView, BetweenOrgans: true),
        ["working-group"] = new("专项对接组", "/meetings/groups/{id}", Rights.MeetingView),
        ["group-step"] = new("对接组任务", "/meetings/groups/steps/{id}", Rights.MeetingView),
        ["letter"] = new("月度函", "/reconcile/letters", Rights.ReconcileView),
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
        ["document.countersign"] = [("会签", "/documents/{id}/countersign", Rights.DocumentSign), ("查看公文", "/documents/{id}", "")],
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
        ["group.step"] = [("报告进展", "/meetings/groups/steps/{id}", "")],
        ["permit.verify"] = [("登记结果", "/feedback/permits/{id}", Rights.SupervisionView)],
    };

    /// <summary>What a duty is about, for this reader.</summary>
    public static DutySubject SubjectOf(Duty duty, Actor reader)
    {
        if (!Kinds.TryGetValue(duty.SubjectKind, out var kind)) return new DutySubject(duty.SubjectKind, duty.SubjectId, duty.SubjectNumber, duty.SubjectTitle, null);
        var knows = !kind.BetweenOrgans || reader.Organ is { } organ && (organ == duty.OwedBy || organ == duty.OwedTo);
        return new DutySubject(duty.SubjectKind, duty.SubjectId, duty.SubjectNumber, knows ? duty.SubjectTitle : "", knows && (kind.Right.Length == 0 || reader.May(kind.Right)) ? Fill(kind.Page, duty.SubjectId) : null);
    }

    /// <summary>The page of a subject of this kind; null where the kind has none.</summary>
    public static string? SubjectHref(string kind, Guid id) => Kinds.TryGetValue(kind, out var known) ? Fill(known.Page, id) : null;

    public static string KindName(string kind) => Kinds.TryGetValue(kind, out var known) ? known.Name : kind;

    /// <summary>The next acts, the likeliest first; for an actor those whose page opens, or the duty's own page.</summary>
    public static IReadOnlyList<DutyAct> ActsOf(Duty duty, Actor? actor = null)
    {
        if (!Acts.TryGetValue(duty.Rule, out var acts)) return [new DutyAct("办理", SubjectHref(duty.SubjectKind, duty.SubjectId) ?? $"/duties/{duty.Id}")];
        var open = acts.Where(a => actor is null || a.Right.Length == 0 || actor.May(a.Right)).Select(a => new DutyAct(a.Verb, Fill(a.Page, duty.SubjectId))).ToList();
        return open.Count > 0 ? open : [new DutyAct("查看", $"/duties/{duty.Id}")];
    }

    /// <summary>Every address template, for the test that each leads to a page.</summary>
    internal static IEnumerable<string> Pages => Kinds.Values.Select(k => k.Page).Concat(Acts.Values.SelectMany(a => a).Select(a => a.Page)).Distinct();

    /// <summary>The rules that have acts here.</summary>
    internal static IEnumerable<string> Rules => Acts.Keys;

    private static string Fill(string page, Guid id) => page.Replace("{id}", id.ToString(), StringComparison.Ordinal);
}
