using Liandong.Kernel;
using Liandong.Kernel.Duties;

namespace Liandong.Modules.Consultations;

public enum ConclusionState
{
    Countersigning,

    /// <summary>A later draft took its place.</summary>
    Replaced,
    Issued,
}

/// <summary>会商结论: drafted by the starter, countersigned by the organs that were asked.</summary>
public sealed class Conclusion
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required Guid Consultation { get; init; }

    /// <summary>1, 2, …: every draft is kept.</summary>
    public required int Revision { get; init; }
    public required string Text { get; init; }
    public required string Who { get; init; }
    public required DateTimeOffset DraftedAt { get; init; }
    public ConclusionState State { get; private set; } = ConclusionState.Countersigning;
    public DateTimeOffset? IssuedAt { get; private set; }
    public string IssuedBy { get; private set; } = "";

    /// <summary>Why it was issued although an organ objected or did not sign; only after the escalation to the joint conference.</summary>
    public string DespiteReason { get; private set; } = "";

    /// <summary>会商纪要 that was drafted from it.</summary>
    public Guid? Minutes { get; private set; }

    public void Replace() => State = ConclusionState.Replaced;

    public void Issue(string despite, string who, DateTimeOffset at) => (State, DespiteReason, IssuedBy, IssuedAt) = (ConclusionState.Issued, despite, who, at);

    public void Record(Guid minutes)
    {
        if (State != ConclusionState.Issued) throw new Refusal("consultation.no-conclusion", "结论印发以后才能起草会商纪要。", ConsultationsRules.Issuing);
        Minutes = minutes;
    }
}

/// <summary>会签 of one organ on one draft of the conclusion.</summary>
public sealed class Countersignature
{
    public required string District { get; init; }
    public required Guid Conclusion { get; init; }
    public required Guid Organ { get; init; }

    /// <summary>False: 提出异议.</summary>
    public bool Agreed { get; private set; }

    /// <summary>Why the organ objects.</summary>
    public string Reason { get; private set; } = "";
    public Guid? Person { get; private set; }
    public string Who { get; private set; } = "";
    public DateTimeOffset At { get; private set; }

    public void Say(bool agreed, string reason, Guid? person, string who, DateTimeOffset at) => (Agreed, Reason, Person, Who, At) = (agreed, reason, person, who, at);
}

public enum DecisionState
{
    /// <summary>Stands in a draft; binds nobody yet.</summary>
    Drafted,
    Open,

    /// <summary>The owner says that it is done.</summary>
    Reported,
    Accepted,

    /// <summary>Its draft was replaced.</summary>
    Dropped,
}

/// <summary>决定事项 with its owner and 责任期限.</summary>
public sealed class DecisionItem
{
    public required string District { get; init; }
    public required Guid Id { get; init; }

    /// <summary>The consultation, or the meeting, that decided it: one of the two.</summary>
    public Guid? Consultation { get; init; }
    public Guid? Meeting { get; init; }

    /// <summary>The draft that it stands in: a conclusion, or minutes.</summary>
    public required Guid Conclusion { get; init; }

    /// <summary>1, 2, … within the draft.</summary>
    public required int Ordinal { get; init; }

    /// <summary>历审会商〔2026〕3号之一.</summary>
    public required string Number { get; init; }
    public required string Text { get; init; }
    public required Guid Owner { get; init; }
    public IReadOnlyList<Guid> Assisting { get; init; } = [];

    /// <summary>专项对接组 that carries it out; the owner still owes it. Only minutes name one.</summary>
    public Guid? Group { get; init; }
    public string GroupName { get; init; } = "";

    /// <summary>责任期限.</summary>
    public required DateOnly DueOn { get; init; }
    public DecisionState State { get; private set; } = DecisionState.Drafted;
    public DateTimeOffset? ReportedAt { get; private set; }
    public DateTimeOffset? AcceptedAt { get; private set; }

    public Subject Ref => new("decision", Id, Number, Text.Length > 60 ? Text[..60] + "…" : Text);

    /// <summary>As acts refer to it: a title is content, which the audit administrator who reads the ledger does not see.</summary>
    public Subject OnLedger => new("decision", Id, Number, "决定事项");

    public void Open() => State = DecisionState.Open;

    public void Drop() => State = DecisionState.Dropped;

    public void Report(DateTimeOffset at)
    {
        if (State == DecisionState.Reported) throw new Refusal("decision.reported", "已经报告完成,等待验收。", ConsultationsRules.NotExecuting);
        MustBeExecuting();
        (State, ReportedAt) = (DecisionState.Reported, at);
    }

    public void Judge(bool accepted, DateTimeOffset at)
    {
        MustBeExecuting();
        if (State != DecisionState.Reported) throw new Refusal("decision.not-reported", "责任单位还没有报告完成。", ConsultationsRules.NotExecuting);
        State = accepted ? DecisionState.Accepted : DecisionState.Open;
        if (accepted) AcceptedAt = at;
        else ReportedAt = null;
    }

    private void MustBeExecuting()
    {
        if (State == DecisionState.Accepted) throw new Refusal("decision.accepted", "该决定事项已经验收。", ConsultationsRules.NotExecuting);
        if (State is DecisionState.Drafted or DecisionState.Dropped) throw new Refusal("decision.not-issued", "结论或者纪要印发以后,决定事项才开始执行。", ConsultationsRules.Issuing);
    }
}

/// <summary>完成情况: a report of the owner and what the organ that accepts it said to it.</summary>
public sealed class DecisionReport
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required Guid Decision { get; init; }
    public required string Text { get; init; }
    public required Guid Organ { get; init; }
    public required string Who { get; init; }
    public required DateTimeOffset At { get; init; }
    public bool? Accepted { get; private set; }
    public string Verdict { get; private set; } = "";
    public string JudgedBy { get; private set; } = "";
    public DateTimeOffset? JudgedAt { get; private set; }

    public void Judge(bool accepted, string verdict, string who, DateTimeOffset at) => (Accepted, Verdict, JudgedBy, JudgedAt) = (accepted, verdict, who, at);
}
