using Liandong.Kernel;
using Liandong.Kernel.Duties;

namespace Liandong.Modules.Supervision;

/// <summary>What is reported: 检查, 整改复查, 移交执法, 行政处罚, 执法结案.</summary>
public enum FeedbackKind { Check, Review, HandOver, Penalty, Closing }

/// <summary>The effect on approvals: 无影响, 从严审批, 暂停受理该相对人, 启动许可变动.</summary>
public enum ApprovalEffect { None, Stricter, Suspended, PermitRequest }

/// <summary>How the bureau's verification of a permit ended.</summary>
public enum PermitOutcome { Cancelled, Revoked, Withdrawn, Changed, Unchanged }

/// <summary>回告(附件2 二(三)): one finding or penalty pushed back to the bureau, acknowledged there with its effect on approvals.</summary>
public sealed class Feedback
{
    private readonly bool revokesPermit;

    public required string District { get; init; }
    public required Guid Id { get; init; }

    /// <summary>The push's number with the number of the report: 历审推〔2026〕318号-回告2.</summary>
    public required string Number { get; init; }
    public required Guid Push { get; init; }
    public required Guid Party { get; init; }
    public required string PartyName { get; init; }
    public required string ItemName { get; init; }

    /// <summary>The organ that reports.</summary>
    public required Guid Organ { get; init; }

    /// <summary>The organ that supervises the matter: the one that reports, unless that one enforces for it.</summary>
    public required Guid Supervisor { get; init; }

    /// <summary>The bureau.</summary>
    public required Guid To { get; init; }
    public required FeedbackKind Kind { get; init; }

    /// <summary>The check, rectification, enforcement or penalty that is reported.</summary>
    public required Guid About { get; init; }

    /// <summary>One sentence: 第2次检查:不符合,限期整改至2026-03-20.</summary>
    public required string Summary { get; init; }

    /// <summary>Day of the finding or decision; the report is due from then on.</summary>
    public required DateOnly OccurredOn { get; init; }
    public required DateTimeOffset DeliveredAt { get; init; }

    /// <summary>The report came after its limit.</summary>
    public required bool Late { get; init; }

    /// <summary>Something was found: the effect has to be weighed, and several reports are not waved through at once.</summary>
    public required bool NeedsWeighing { get; init; }

    /// <summary>The permit concerned, where there is one.</summary>
    public Guid? Permit { get; init; }

    /// <summary>The report is of a 吊销 penalty.</summary>
    public bool RevokesPermit
    {
        get => revokesPermit;
        init => (revokesPermit, AwaitsOutcome) = (value, value);
    }
    /// <summary>Kept as columns, as lists read them by index.</summary>
    public bool IsAcknowledged { get; private set; }

    /// <summary>The bureau owes a verification of the permit, and its outcome is not entered yet.</summary>
    public bool AwaitsOutcome { get; private set; }
    public DateTimeOffset? AcknowledgedAt { get; private set; }
    public Guid? AcknowledgedBy { get; private set; }
    public ApprovalEffect? Effect { get; private set; }
    public string EffectReason { get; private set; } = "";

    /// <summary>Last day of the effect; null where it stands until it is lifted.</summary>
    public DateOnly? EffectUntil { get; private set; }
    public DateTimeOffset? EffectLiftedAt { get; private set; }
    public Guid? EffectLiftedBy { get; private set; }
    public string LiftReason { get; private set; } = "";
    public PermitOutcome? Outcome { get; private set; }
    public DateOnly? OutcomeOn { get; private set; }
    public string OutcomeDocument { get; private set; } = "";
    public string OutcomeNote { get; private set; } = "";
    public DateTimeOffset? OutcomeAt { get; private set; }
    public Guid? OutcomeBy { get; private set; }
    public long Entry { get; private set; }
    public long AcknowledgedEntry { get; private set; }
    public long LiftedEntry { get; private set; }
    public long OutcomeEntry { get; private set; }

    public Subject Ref => new("feedback", Id, Number, $"{ItemName} · {Summary}");
    public bool HasEffectOn(DateOnly day) =>
        Effect is ApprovalEffect.Stricter or ApprovalEffect.Suspended or ApprovalEffect.PermitRequest && EffectLiftedAt is null && (EffectUntil is null || day <= EffectUntil);

    public void Entered(long entry) => Entry = entry;

    public void Acknowledge(ApprovalEffect effect, string reason, DateOnly? until, Guid? by, DateTimeOffset at, DateOnly today)
    {
        if (IsAcknowledged) throw new Refusal("feedback.already-acknowledged", "该回告已经确认。", SupervisionRules.TellingBothWays);
        if (RevokesPermit && effect == ApprovalEffect.None)
            throw new Refusal("feedback.revocation-has-effect", "许可证件已被吊销,应当办理注销,不能确认为“无影响”。", SupervisionRules.CancellingRevoked, "Effect");
        if (effect == ApprovalEffect.PermitRequest && Permit is null)
            throw new Refusal("feedback.no-permit", "本件没有许可证,不能启动许可变动,请选其他影响。", SupervisionRules.HandlingPermits, "Effect");
        if (effect != ApprovalEffect.None && string.IsNullOrWhiteSpace(reason)) throw new Refusal("reason.required", "请写明影响审批的理由。", SupervisionRules.TellingBothWays, "Reason");
        if (until is not null && effect is not (ApprovalEffect.Stricter or ApprovalEffect.Suspended))
            throw new Refusal("feedback.until-without-effect", "只有“从严审批”和“暂停受理”可以写截止日期。", field: "Until");
        if (until < today) throw new Refusal("feedback.until-in-the-past", "截止日期不能早于今天。", field: "Until");
        (IsAcknowledged, AcknowledgedAt, AcknowledgedBy, Effect, EffectReason, EffectUntil) = (true, at, by, effect, reason.Trim(), until);
        AwaitsOutcome = Outcome is null && (RevokesPermit || effect == ApprovalEffect.PermitRequest);
    }

    public void AcknowledgementEntered(long entry) => AcknowledgedEntry = entry;

    public void LiftEffect(string reason, Guid? by, DateTimeOffset at, DateOnly today)
    {
        if (!HasEffectOn(today)) throw new Refusal("feedback.no-effect", "该回告没有正在执行的审批影响。");
        if (AwaitsOutcome) throw new Refusal("feedback.verification-open", "许可变动还没有办结,请登记办理结果,影响随之解除。", SupervisionRules.HandlingPermits);
        if (string.IsNullOrWhiteSpace(reason)) throw new Refusal("reason.required", "请写明解除的理由。", field: "Reason");
        (EffectLiftedAt, EffectLiftedBy, LiftReason) = (at, by, reason.Trim());
    }

    public void LiftEntered(long entry) => LiftedEntry = entry;

    /// <summary>The verification of the permit ended: 附件2 二(四) 同时告知行政主管部门处理结果. The effect 启动许可变动 ends with it.</summary>
    public void Settle(PermitOutcome outcome, string document, DateOnly on, string note, Guid? by, DateTimeOffset at)
    {
        if (!AwaitsOutcome) throw new Refusal("feedback.no-verification", "该回告没有待登记结果的许可变动。", SupervisionRules.HandlingPermits);
        if (RevokesPermit && outcome != PermitOutcome.Cancelled)
            throw new Refusal("feedback.revoked-permit-is-cancelled", "许可证件已被吊销,应当办理注销。", SupervisionRules.CancellingRevoked, "Outcome");
        if (outcome == PermitOutcome.Unchanged && string.IsNullOrWhiteSpace(note)) throw new Refusal("reason.required", "不予变动的,请写明理由。", SupervisionRules.HandlingPermits, "Note");
        (AwaitsOutcome, Outcome, OutcomeDocument, OutcomeOn, OutcomeNote, OutcomeBy, OutcomeAt) = (false, outcome, document.Trim(), on, note.Trim(), by, at);
        if (Effect == ApprovalEffect.PermitRequest && EffectLiftedAt is null) (EffectLiftedAt, EffectLiftedBy, LiftReason) = (at, by, "许可变动已经办结");
    }

    public void OutcomeEntered(long entry) => OutcomeEntry = entry;
}
