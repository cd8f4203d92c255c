using Liandong.Kernel;
using Liandong.Kernel.Duties;

namespace Liandong.Modules.Conferences;

public enum TopicUrgency { Usual, Urgent }

public enum TopicState
{
    /// <summary>已提出, waiting for the organ that convenes.</summary>
    Proposed,

    /// <summary>已通过: may be put on an agenda.</summary>
    Passed,

    /// <summary>不列入.</summary>
    Declined,

    /// <summary>A meeting that was held discussed it.</summary>
    Discussed,

    /// <summary>The proposer took it back.</summary>
    Withdrawn,
}

/// <summary>议题 in the pool of the organ that convenes, later on the agenda of a meeting.</summary>
public sealed class MeetingTopic
{
    public required string District { get; init; }
    public required Guid Id { get; init; }

    /// <summary>历联办题〔2026〕5号.</summary>
    public required string Number { get; init; }
    public required string Title { get; init; }
    public required string Text { get; init; }
    public required TopicUrgency Urgency { get; init; }
    public required Guid ProposedBy { get; init; }
    public required string Who { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The conference office or the bureau, whose pool it is in.</summary>
    public required Guid To { get; init; }

    /// <summary>The consultation that it comes from.</summary>
    public Guid? Consultation { get; init; }

    /// <summary>专项对接组 in whose name it is proposed.</summary>
    public Guid? Group { get; init; }
    public string GroupName { get; init; } = "";
    public TopicState State { get; private set; } = TopicState.Proposed;

    /// <summary>Why it was passed or declined.</summary>
    public string Reason { get; private set; } = "";
    public DateTimeOffset? WeighedAt { get; private set; }
    public Guid? Meeting { get; private set; }

    /// <summary>Its place on the agenda, from 1.</summary>
    public int Ordinal { get; private set; }

    public Subject Ref => new("topic", Id, Number, Title);

    /// <summary>As acts refer to it, without its title.</summary>
    public Subject OnLedger => new("topic", Id, Number, "议题");

    public void Pass(bool passed, string reason, DateTimeOffset at)
    {
        if (State != TopicState.Proposed) throw new Refusal("topic.weighed", "该议题已经审定。", ConferencesRules.Special);
        (State, Reason, WeighedAt) = (passed ? TopicState.Passed : TopicState.Declined, reason, at);
    }

    public void Withdraw()
    {
        if (State is not (TopicState.Proposed or TopicState.Passed) || Meeting is not null) throw new Refusal("topic.not-to-withdraw", "该议题已经列入议程或者已经审定,不能撤回。", ConferencesRules.Special);
        State = TopicState.Withdrawn;
    }

    public void PutOn(Guid meeting, int ordinal)
    {
        if (State != TopicState.Passed) throw new Refusal("topic.not-passed", $"“{Title}”还没有审定通过,不能列入议程。", ConferencesRules.Special, "Topics");
        if (Meeting is { } other && other != meeting) throw new Refusal("topic.on-another", $"“{Title}”已经列入另一个会议的议程。", ConferencesRules.Special, "Topics");
        (Meeting, Ordinal) = (meeting, ordinal);
    }

    public void TakeOff() => (Meeting, Ordinal) = (null, 0);

    public void Discuss() => State = TopicState.Discussed;
}
