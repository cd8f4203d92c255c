using Liandong.Accounts;

namespace Liandong.Modules.Cases;

/// <summary>An act that a case handled on this platform is open to.</summary>
/// <param name="Path">Last part of its page's address.</param>
public sealed record CaseNextAct(string Path, string Verb, string Icon, string Right, bool Primary = false);

/// <summary>What can be done next with a case, the most usual first.</summary>
public static class CaseNextActs
{
    public static IReadOnlyList<CaseNextAct> Of(Case about) => about switch
    {
        { IsHandledHere: false } => [],
        { Stage: CaseStage.Received, SupplementAskedAt: not null, SuppliedAt: null } => [new("supplemented", "收到补正", "inbox", Rights.CaseEnter, true), End],
        { Stage: CaseStage.Received } =>
            [new("accept", "受理", "check-lg", Rights.CaseEnter, true), .. about.SupplementAskedAt is null ? new[] { new CaseNextAct("supplement", "告知补正", "pencil-square", Rights.CaseEnter) } : [],
                new("not-accept", "不予受理", "x-lg", Rights.CaseEnter), End],
        { IsSuspended: true } => [new("resume", "恢复计时", "play-circle", Rights.CaseDecide, true), End],
        { Stage: CaseStage.Accepted } => [Review with { Primary = true }, Decide, Suspend, Extend, End],
        { Stage: CaseStage.Reviewing } => [Decide with { Primary = true }, Review, Suspend, Extend, End],
        { Stage: CaseStage.Decided } => [new("deliver", "送达", "send", Rights.CaseEnter, true)],
        _ => [],
    };

    private static readonly CaseNextAct Review = new("review", "审查意见", "journal-text", Rights.CaseDecide);
    private static readonly CaseNextAct Decide = new("decide", "作出决定", "patch-check", Rights.CaseDecide);
    private static readonly CaseNextAct Suspend = new("suspend", "中止计时", "pause-circle", Rights.CaseDecide);
    private static readonly CaseNextAct Extend = new("extend", "延长期限", "calendar-event", Rights.CaseDecide);
    private static readonly CaseNextAct End = new("end", "撤回或终止", "slash-circle", Rights.CaseDecide);
}
