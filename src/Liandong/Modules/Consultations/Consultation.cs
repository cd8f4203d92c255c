using Liandong.Kernel;
using Liandong.Kernel.Duties;

namespace Liandong.Modules.Consultations;

/// <summary>The five subjects of 附件2 一(二), in its order.</summary>
public enum ConsultationSubject
{
    /// <summary>合法性、规范性问题,承接、取消和下放事项的对接.</summary>
    Legality,

    /// <summary>检查、检验、检测、鉴定、公告、专家论证及听证.</summary>
    Procedure,

    /// <summary>并联审批、网上审批、联合勘验、联合验收.</summary>
    JointWork,

    /// <summary>信访、行政复议、行政诉讼.</summary>
    Remedies,

    /// <summary>其他事项.</summary>
    Other,
}

public enum ConsultationForm
{
    /// <summary>往来函.</summary>
    Letter,

    /// <summary>工作对接会.</summary>
    WorkingMeeting,

    /// <summary>协调会.</summary>
    CoordinationMeeting,

    /// <summary>联席会议, by escalation only.</summary>
    JointConference,

    /// <summary>商请联络员参与审核 of a case (附件2 一(一)): asked on the platform, no letter and no meeting.</summary>
    LiaisonReview,
}

public enum ConsultationState
{
    /// <summary>The letter is being drafted, signed, served; nobody else sees anything yet.</summary>
    Preparing,

    /// <summary>征求意见.</summary>
    Asking,

    /// <summary>结论会签.</summary>
    Countersigning,

    /// <summary>结论已印发,决定事项执行中.</summary>
    Executing,

    /// <summary>办结.</summary>
    Done,

    /// <summary>撤回.</summary>
    Withdrawn,
}

/// <summary>会商: one question of one organ, put to one or several others (附件2 一).</summary>
public sealed class Consultation
{
    public required string District { get; init; }
    public required Guid Id { get; init; }

    /// <summary>历审会商〔2026〕3号.</summary>
    public required string Number { get; init; }
    public required string Title { get; init; }
    public required string Question { get; init; }
    public required ConsultationSubject Subject { get; init; }

    /// <summary>What the question rests on: statute, rule, plan.</summary>
    public required string Basis { get; init; }

    /// <summary>The form in which it was asked; what it is now says <see cref="Form"/>.</summary>
    public required ConsultationForm AskedIn { get; init; }

    /// <summary>The form that it took when further organs were added to a question to one.</summary>
    public ConsultationForm? WidenedTo { get; private set; }
    public required Guid StartedBy { get; init; }
    public Guid? StartedByPerson { get; init; }
    public required string Who { get; init; }
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary><c>case</c>, <c>item</c> or <c>party</c>; empty when it stands for itself.</summary>
    public string AboutKind { get; init; } = "";
    public Guid? AboutId { get; init; }
    public string AboutNumber { get; init; } = "";
    public string AboutTitle { get; init; } = "";

    /// <summary>The day that the starter named for the answers; null for the district's number of days.</summary>
    public DateOnly? AnswerBy { get; init; }
    public ConsultationState State { get; private set; } = ConsultationState.Preparing;

    /// <summary>The official letter that asks; null for every other form.</summary>
    public Guid? Letter { get; private set; }
    public DateTimeOffset? AskedAt { get; private set; }
    public DateTimeOffset? EscalatedAt { get; private set; }
    public string EscalationReason { get; private set; } = "";
    public DateTimeOffset? ConcludedAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Why it was withdrawn, or by which minutes it was settled.</summary>
    public string Reason { get; private set; } = "";

    public Subject Ref => new("consultation", Id, Number, Title);

    /// <summary>As acts refer to it: a title is content, which the audit administrator who reads the ledger does not see.</summary>
    public Subject OnLedger => new("consultation", Id, Number, "会商");
    public ConsultationForm Form => EscalatedAt is not null ? ConsultationForm.JointConference : WidenedTo ?? AskedIn;
    public bool IsReview => AskedIn == ConsultationForm.LiaisonReview;
    public bool IsMeeting => Form is ConsultationForm.WorkingMeeting or ConsultationForm.CoordinationMeeting or ConsultationForm.JointConference;
    public bool IsOpen => State is not (ConsultationState.Done or ConsultationState.Withdrawn);

    public void Write(Guid letter)
    {
        if (State != ConsultationState.Preparing) throw new Refusal("consultation.asked-already", "已经送出征求意见,不再起草会商函。", ConsultationsRules.Forms);
        Letter = letter;
    }

    public void Ask(DateTimeOffset at)
    {
        MustNotBeOver();
        if (State != ConsultationState.Preparing) throw new Refusal("consultation.asked-already", "已经送出征求意见。", ConsultationsRules.Forms);
        (State, AskedAt) = (ConsultationState.Asking, at);
    }

    /// <summary>追加会商单位: views are gathered again, whatever was being concluded.</summary>
    /// <param name="form">The form for so many organs; a review and the joint conference keep theirs.</param>
    /// <param name="signed">Whether its letter is signed and not served yet: it could neither be served to one organ alone nor be taken back.</param>
    public void Widen(ConsultationForm form, bool signed, DateTimeOffset at)
    {
        MustNotBeOver();
        if (State == ConsultationState.Executing) throw new Refusal("consultation.concluded", "结论已经印发,不再追加会商单位;需要继续研究的,另行发起会商。", ConsultationsRules.Issuing);
        if (State == ConsultationState.Preparing && signed) throw new Refusal("consultation.letter-signed", "会商函已经签发,送达以后再追加会商单位。", ConsultationsRules.Forms);
        if (!IsReview && form != (WidenedTo ?? AskedIn)) WidenedTo = form;
        (State, AskedAt) = (ConsultationState.Asking, AskedAt ?? at);
    }

    public void MustTakeViews()
    {
        MustNotBeOver();
        if (State != ConsultationState.Asking)
            throw new Refusal("consultation.not-asking", State == ConsultationState.Preparing ? "会商函还没有送达。" : "结论已经起草,不再接受新的意见;对结论有不同意见的,请在会签时提出。", ConsultationsRules.Forms);
    }

    public void Escalate(string reason, DateTimeOffset at)
    {
        MustNotBeOver();
        if (EscalatedAt is not null) throw new Refusal("consultation.escalated-already", "已经提请以联席会议的形式研究。", ConsultationsRules.Escalating);
        if (State is ConsultationState.Preparing or ConsultationState.Executing) throw new Refusal("consultation.not-to-escalate", "征求意见之后、结论印发之前,才能提请联席会议研究。", ConsultationsRules.Escalating);
        if (IsReview) throw new Refusal("consultation.review-stays", "商请联络员参与审核的,由审批局自己决定是否采纳,不提请联席会议。", ConsultationsRules.Reviewing);
        (EscalatedAt, EscalationReason) = (at, reason);
    }

    public void Conclude()
    {
        MustNotBeOver();
        if (IsReview) throw new Refusal("consultation.review-has-no-conclusion", "商请联络员参与审核的,对意见逐一说明采纳或者不采纳,不另作结论。", ConsultationsRules.Reviewing);
        if (State is not (ConsultationState.Asking or ConsultationState.Countersigning)) throw new Refusal("consultation.not-to-conclude", "征求意见之后、结论印发之前,才能起草结论。", ConsultationsRules.Forms);
        State = ConsultationState.Countersigning;
    }

    public void MustBeCountersigning()
    {
        MustNotBeOver();
        if (State != ConsultationState.Countersigning) throw new Refusal("consultation.no-conclusion", "没有正在会签的结论。", ConsultationsRules.Forms);
    }

    public void Issue(bool decides, DateTimeOffset at)
    {
        MustBeCountersigning();
        (State, ConcludedAt) = (decides ? ConsultationState.Executing : ConsultationState.Done, at);
        if (!decides) EndedAt = at;
    }

    public void End(DateTimeOffset at)
    {
        MustNotBeOver();
        (State, EndedAt) = (ConsultationState.Done, at);
    }

    /// <summary>会议已经决定: the minutes stand in place of a conclusion.</summary>
    public void Settle(string minutes, DateTimeOffset at)
    {
        MustNotBeOver();
        if (State is not (ConsultationState.Asking or ConsultationState.Countersigning)) throw new Refusal("consultation.not-to-conclude", "征求意见之后、结论印发之前,才能由会议决定。", ConsultationsRules.Issuing);
        (State, Reason, ConcludedAt, EndedAt) = (ConsultationState.Done, minutes, at, at);
    }

    public void Withdraw(string reason, DateTimeOffset at)
    {
        MustNotBeOver();
        if (State == ConsultationState.Executing) throw new Refusal("consultation.concluded", "结论已经印发,不能撤回;决定事项应当执行。", ConsultationsRules.Issuing);
        (State, Reason, EndedAt) = (ConsultationState.Withdrawn, reason, at);
    }

    private void MustNotBeOver()
    {
        if (State == ConsultationState.Withdrawn) throw new Refusal("consultation.withdrawn", "该会商已经撤回。", ConsultationsRules.Forms);
        if (State == ConsultationState.Done) throw new Refusal("consultation.done", "该会商已经办结。", ConsultationsRules.Forms);
    }
}

/// <summary>征求意见的单位: one organ that is asked. It sees the consultation from <see cref="AskedAt"/> on.</summary>
public sealed class ConsultedOrgan
{
    public required string District { get; init; }
    public required Guid Consultation { get; init; }
    public required Guid Organ { get; init; }
    public DateTimeOffset? AskedAt { get; private set; }
    public DateTimeOffset? ReadAt { get; private set; }
    public string ReadBy { get; private set; } = "";

    /// <summary>When its first view came.</summary>
    public DateTimeOffset? AnsweredAt { get; private set; }

    /// <summary>Why it was added later; empty for those that were asked from the first.</summary>
    public string AddedBecause { get; init; } = "";

    public void Ask(DateTimeOffset at) => AskedAt ??= at;

    /// <summary>签收. True the first time.</summary>
    public bool Read(string who, DateTimeOffset at)
    {
        if (ReadAt is not null) return false;
        (ReadAt, ReadBy) = (at, who);
        return true;
    }

    public void Answer(DateTimeOffset at) => AnsweredAt ??= at;
}
