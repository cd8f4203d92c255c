using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Modules.Directory;

namespace Liandong.Modules.Conferences;

public enum StepState
{
    Open,

    /// <summary>A member or the leader says that it is done.</summary>
    Reported,

    /// <summary>The conference office found it done.</summary>
    Confirmed,

    /// <summary>不再办理.</summary>
    Dropped,
}

/// <summary>任务分工 of a working group with its 时间节点 (附件1 一).</summary>
public sealed class GroupStep
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required Guid Group { get; init; }

    /// <summary>历联办任〔2026〕5号.</summary>
    public required string Number { get; init; }
    public required string Text { get; init; }

    /// <summary>The step of 附件3 that it belongs to: S3. Empty: none.</summary>
    public string Milestone { get; init; } = "";

    /// <summary>The organ that owes it: the leader's on the day it was set; a later change of the leader does not move it.</summary>
    public required Guid Owner { get; init; }

    /// <summary>The conference office.</summary>
    public required Guid Office { get; init; }
    public required string Who { get; init; }
    public required DateTimeOffset SetAt { get; init; }

    /// <summary>时间节点 as it was set first.</summary>
    public required DateOnly FirstDueOn { get; init; }

    /// <summary>时间节点.</summary>
    public DateOnly DueOn { get; private set; }
    public StepState State { get; private set; } = StepState.Open;

    /// <summary>Why it was put off last, or dropped.</summary>
    public string Reason { get; private set; } = "";
    public DateTimeOffset? ReportedAt { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }

    public bool IsOpen => State is StepState.Open or StepState.Reported;

    public Subject Ref => new("group-step", Id, Number, Text.Length > 60 ? Text[..60] + "…" : Text);

    /// <summary>As acts refer to it, without its text.</summary>
    public Subject OnLedger => new("group-step", Id, Number, "对接组任务");

    public void Begin() => DueOn = FirstDueOn;

    public void MustTakeReports()
    {
        MustBeOpen();
        if (State == StepState.Reported) throw new Refusal("step.reported", "已经报告完成,等待联席会议办公室确认。", TakeSeat.Groups);
    }

    public void Report(DateTimeOffset at)
    {
        MustTakeReports();
        (State, ReportedAt) = (StepState.Reported, at);
    }

    public void Judge(bool confirmed, DateTimeOffset at)
    {
        MustBeOpen();
        if (State != StepState.Reported) throw new Refusal("step.not-reported", "对接组还没有报告完成。", TakeSeat.Groups);
        State = confirmed ? StepState.Confirmed : StepState.Open;
        if (confirmed) ClosedAt = at;
        else ReportedAt = null;
    }

    public void PutOff(DateOnly day, string reason)
    {
        MustTakeReports();
        if (day == DueOn) throw new Refusal("step.same-day", "时间节点没有变化。", TakeSeat.Groups, "DueOn");
        (DueOn, Reason) = (day, reason);
    }

    public void Drop(string reason, DateTimeOffset at)
    {
        MustBeOpen();
        (State, Reason, ClosedAt) = (StepState.Dropped, reason, at);
    }

    private void MustBeOpen()
    {
        if (!IsOpen) throw new Refusal("step.closed", State == StepState.Confirmed ? "该任务已经确认完成。" : "该任务已经不再办理。", TakeSeat.Groups);
    }
}

/// <summary>进展情况 and 后续工作 of a step, as 附件3 writes them, and what the office said to a report of completion.</summary>
public sealed class StepReport
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required Guid Step { get; init; }

    /// <summary>进展情况.</summary>
    public required string Done { get; init; }

    /// <summary>后续工作.</summary>
    public string Left { get; init; } = "";

    /// <summary>Whether it says that the step is done.</summary>
    public required bool Finished { get; init; }
    public required Guid Organ { get; init; }
    public required string Who { get; init; }
    public required DateTimeOffset At { get; init; }
    public bool? Confirmed { get; private set; }
    public string Verdict { get; private set; } = "";
    public string JudgedBy { get; private set; } = "";
    public DateTimeOffset? JudgedAt { get; private set; }

    public void Judge(bool confirmed, string verdict, string who, DateTimeOffset at) => (Confirmed, Verdict, JudgedBy, JudgedAt) = (confirmed, verdict, who, at);
}
