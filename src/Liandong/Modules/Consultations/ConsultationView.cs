using Liandong.Kernel;

namespace Liandong.Modules.Consultations;

/// <summary>同意, 有条件同意, 不同意, 无意见, 退回; a letter that was answered outside the form says its own words.</summary>
public enum Stance
{
    Agree,
    Conditional,
    Disagree,
    NoView,

    /// <summary>退回: not the organ's matter.</summary>
    Returned,

    /// <summary>见复函: the organ answered by a letter without choosing.</summary>
    InLetter,
}

public enum ViewChannel
{
    Platform,

    /// <summary>By an official letter, in force when that is served, or by paper that the asker registered.</summary>
    Letter,

    /// <summary>By telephone, with a witness; the asker wrote it down.</summary>
    Phone,
}

public enum Weighing { Adopted, NotAdopted }

/// <summary>意见 of one organ. A later one stands in place of an earlier one, which is kept.</summary>
public sealed class ConsultationView
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required Guid Consultation { get; init; }

    /// <summary>Whose view it is.</summary>
    public required Guid Organ { get; init; }
    public required Stance Stance { get; init; }
    public string Grounds { get; init; } = "";

    /// <summary>What a conditional agreement depends on.</summary>
    public string Conditions { get; init; } = "";
    public required ViewChannel Channel { get; init; }

    /// <summary>The answering letter, on the platform.</summary>
    public Guid? Reply { get; init; }
    public string ReplyNumber { get; private set; } = "";

    /// <summary>The registered paper.</summary>
    public Guid? Paper { get; init; }

    /// <summary>Who spoke for the organ on the telephone.</summary>
    public string Speaker { get; init; } = "";

    /// <summary>Who heard the call besides the one who wrote it down.</summary>
    public string Witness { get; init; } = "";

    /// <summary>The day of the call, or of the paper.</summary>
    public DateOnly? GivenOn { get; init; }

    /// <summary>True when the asker wrote it down for the organ.</summary>
    public bool RecordedByAsker { get; init; }
    public Guid? Person { get; init; }
    public required string Who { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Null while the letter that brings it has not been served.</summary>
    public DateTimeOffset? InForceAt { get; private set; }
    public Weighing? Weighed { get; private set; }
    public string WeighingReason { get; private set; } = "";
    public string WeighedBy { get; private set; } = "";
    public DateTimeOffset? WeighedAt { get; private set; }

    public void TakeEffect(DateTimeOffset at, string replyNumber = "")
    {
        InForceAt ??= at;
        if (replyNumber.Length > 0) ReplyNumber = replyNumber;
    }

    public void Weigh(Weighing weighing, string reason, string who, DateTimeOffset at)
    {
        if (InForceAt is null) throw new Refusal("consultation.view-not-served", "答复函还没有送达。", ConsultationsRules.Reviewing);
        if (Weighed is not null) throw new Refusal("consultation.weighed", "该意见已经说明是否采纳。", ConsultationsRules.Reviewing);
        (Weighed, WeighingReason, WeighedBy, WeighedAt) = (weighing, reason, who, at);
    }
}
