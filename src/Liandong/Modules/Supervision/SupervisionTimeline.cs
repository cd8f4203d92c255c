using Liandong.Shared;

namespace Liandong.Modules.Supervision;

/// <summary>The steps of supervision as lines of a timeline, each with its ledger number, for the matter's page and the party's.</summary>
public static class SupervisionTimeline
{
    public static IEnumerable<TimelineEntry> Of(Check check, Names names) =>
    [
        new(check.RecordedAt, names.Person(check.RecordedBy), names.Organ(check.Organ), "", $"第{check.Nth}次检查:{check.Result.InWords()},{check.Treatment.InWords()}", "", SupervisionRules.RecordingChecks.Clause, check.Entry,
            $"{check.Kind.InWords()} · 检查日期 {check.On:yyyy-MM-dd} · {string.Join("、", check.Officers)}{(check.Note.Length > 0 ? " · " + check.Note : "")}", Tone: check.Result == CheckResult.Conforming ? Tone.Good : check.Result.Tone()),
    ];

    public static IEnumerable<TimelineEntry> Of(Rectification rectification, Names names) => rectification.Rounds.Select(round =>
        new TimelineEntry(round.At, names.Person(round.By), names.Organ(rectification.Organ), "", $"第{round.Nth}次整改复查:{round.Result.InWords()}{(round.DueOn is { } due ? $"至{due:yyyy-MM-dd}" : "")}", "",
            SupervisionRules.RecordingChecks.Clause, round.Entry, $"复查日期 {round.On:yyyy-MM-dd}{(round.Note.Length > 0 ? " · " + round.Note : "")}", Tone: round.Result == ReviewResult.Fixed ? Tone.Good : Tone.Warn));

    public static IEnumerable<TimelineEntry> Of(Enforcement e, Names names)
    {
        yield return new(e.HandedAt, names.Person(e.HandedBy), names.Organ(e.Organ), "", $"移交执法:{names.Organ(e.To)}{names.Section(e.ToSection)}", "", SupervisionRules.Supervising.Clause, e.HandOverEntry, e.Facts,
            SupervisionRules.Supervising.Id, Tone.Warn);
        if (e.ClaimedAt is { } claimed) yield return new(claimed, names.Person(e.ClaimedBy), names.Organ(e.To), "", "认领执法案件", "", "", e.ClaimEntry);
        if (e.ClosedAt is { } closed) yield return new(closed, names.Person(e.ClosedBy), names.Organ(e.To), "", $"执法结案:{e.Closing!.Value.InWords()}", "", "", e.ClosingEntry, $"结案日期 {e.ClosedOn:yyyy-MM-dd}{(e.ClosingNote.Length > 0 ? " · " + e.ClosingNote : "")}");
    }

    public static TimelineEntry Of(Penalty p, Names names) =>
        new(p.RecordedAt, names.Person(p.RecordedBy), names.Organ(p.Organ), "", $"行政处罚:{string.Join("、", p.Kinds.Select(k => k.InWords()))}", "", SupervisionRules.KindsOfPenalty.Clause, p.Entry,
            $"{p.Number} · 决定日期 {p.DecidedOn:yyyy-MM-dd}{(p.FineFen > 0 ? $" · 罚款 {p.FineFen / 100m:#,##0.00} 元" : "")}{(p.TouchesPermit ? " · 许可证 " + p.PermitNumber : "")} · {p.Facts}", Tone: Tone.Bad);

    public static IEnumerable<TimelineEntry> Of(Feedback f, Names names)
    {
        yield return new(f.DeliveredAt, "平台", names.Organ(f.Organ), "", $"回告审批局:{f.Kind.InWords()}{(f.Late ? "(迟报)" : "")}", "系统", SupervisionRules.Reporting.Clause, f.Entry, f.Number, SupervisionRules.Reporting.Id, f.Late ? Tone.Bad : Tone.Neutral);
        if (f.AcknowledgedAt is { } at)
            yield return new(at, names.Person(f.AcknowledgedBy), names.Organ(f.To), "", $"确认回告:{f.Effect!.Value.InWords()}", "", SupervisionRules.TellingBothWays.Clause, f.AcknowledgedEntry,
                f.EffectReason + (f.EffectUntil is { } until ? $"(至{until:yyyy-MM-dd})" : ""), SupervisionRules.TellingBothWays.Id, f.Effect == ApprovalEffect.None ? Tone.Neutral : Tone.Warn);
        if (f.EffectLiftedAt is { } lifted && f.OutcomeAt != lifted) yield return new(lifted, names.Person(f.EffectLiftedBy), names.Organ(f.To), "", $"解除影响:{f.Effect!.Value.InWords()}", "", "", f.LiftedEntry, f.LiftReason);
        if (f.Outcome is { } outcome)
            yield return new(f.OutcomeAt!.Value, names.Person(f.OutcomeBy), names.Organ(f.To), "", $"许可变动办理结果:{outcome.InWords()},告知{names.Organ(f.Organ)}", "", SupervisionRules.HandlingPermits.Clause, f.OutcomeEntry,
                $"{f.OutcomeDocument} · 办理日期 {f.OutcomeOn:yyyy-MM-dd}{(f.OutcomeNote.Length > 0 ? " · " + f.OutcomeNote : "")}", SupervisionRules.HandlingPermits.Id);
    }

    /// <summary>People whose names the lines need.</summary>
    public static IEnumerable<Guid?> People(IEnumerable<Check> checks, IEnumerable<Rectification> rectifications, IEnumerable<Enforcement> enforcements, IEnumerable<Penalty> penalties, IEnumerable<Feedback> feedbacks) =>
        checks.Select(c => c.RecordedBy).Concat(rectifications.SelectMany(r => r.Rounds).Select(r => r.By)).Concat(enforcements.SelectMany(e => new[] { e.HandedBy, e.ClaimedBy, e.ClosedBy }))
            .Concat(penalties.Select(p => p.RecordedBy)).Concat(feedbacks.SelectMany(f => new[] { f.AcknowledgedBy, f.EffectLiftedBy, f.OutcomeBy }));
}
