using Liandong.Kernel;
using Liandong.Kernel.Duties;

namespace Liandong.Modules.Assistance;

public enum AssistanceKind
{
    /// <summary>审批信息.</summary>
    ApprovalInformation,

    /// <summary>监管信息.</summary>
    SupervisionInformation,

    /// <summary>协助办理.</summary>
    Help,
}

public enum AssistanceState
{
    /// <summary>待答复.</summary>
    Asked,

    /// <summary>已答复.</summary>
    Answered,

    /// <summary>不予协助, with reason and basis.</summary>
    Refused,

    /// <summary>已撤回 by the organ that asked.</summary>
    Withdrawn,
}

/// <summary>What a request is about, as the organ that asks names it.</summary>
public enum AssistanceSubject { Nothing, Case, Party, Item }

/// <summary>协助请求: one organ asks another for information or help, for a purpose and on a legal basis. The bureau is always one of the two.</summary>
public sealed class AssistanceRequest
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required string Number { get; init; }
    public required AssistanceKind Kind { get; init; }
    public required Guid AskedBy { get; init; }
    public required Guid AskedOf { get; init; }

    /// <summary>Whether the bureau asks; a department otherwise.</summary>
    public required bool ByBureau { get; init; }
    public required string Title { get; init; }
    public required string Purpose { get; init; }
    public required string Basis { get; init; }

    /// <summary>What is asked for.</summary>
    public required string Asked { get; init; }
    public required AssistanceSubject About { get; init; }

    /// <summary>Case number, party's code or name, item's code, as it was typed.</summary>
    public string AboutText { get; init; } = "";

    /// <summary>The case, party or item of that name, where there is one. Shown only to those who may see it: whether it exists is an information, too.</summary>
    public Guid? AboutId { get; init; }
    public required string Who { get; init; }
    public required DateTimeOffset AskedAt { get; init; }

    public AssistanceState State { get; private set; } = AssistanceState.Asked;
    public DateTimeOffset? ReadAt { get; private set; }
    public string ReadBy { get; private set; } = "";
    public DateTimeOffset? EndedAt { get; private set; }
    public string EndedBy { get; private set; } = "";

    /// <summary>The answer, the reason of a refusal, or of the withdrawal.</summary>
    public string Answer { get; private set; } = "";

    /// <summary>On what a refusal rests.</summary>
    public string RefusalBasis { get; private set; } = "";

    /// <summary>The one of the two that is not the bureau.</summary>
    public Guid Department => ByBureau ? AskedOf : AskedBy;

    /// <summary>The title is typed by a person and may name one; what is known of the request elsewhere is its kind.</summary>
    public Subject Ref => new("assistance", Id, Number, $"协助请求({AssistanceWords.Of(Kind)})");

    /// <summary>签收; once more changes nothing.</summary>
    public bool Read(string who, DateTimeOffset at)
    {
        if (ReadAt is not null) return false;
        if (State == AssistanceState.Withdrawn) throw new Refusal("assistance.withdrawn", "该请求已经撤回。", AssistanceRules.Assisting);
        (ReadAt, ReadBy) = (at, who);
        return true;
    }

    public void Give(string answer, string who, DateTimeOffset at)
    {
        End(AssistanceState.Answered, answer, who, at);
    }

    public void Refuse(string reason, string basis, string who, DateTimeOffset at)
    {
        End(AssistanceState.Refused, reason, who, at);
        RefusalBasis = basis.Trim();
    }

    public void Withdraw(string reason, string who, DateTimeOffset at) => End(AssistanceState.Withdrawn, reason, who, at);

    private void End(AssistanceState state, string text, string who, DateTimeOffset at)
    {
        if (State == AssistanceState.Withdrawn) throw new Refusal("assistance.withdrawn", "该请求已经撤回。", AssistanceRules.Assisting);
        if (State != AssistanceState.Asked) throw new Refusal("assistance.answered", "该请求已经答复。", AssistanceRules.Assisting);
        if (state != AssistanceState.Withdrawn) Read(who, at);
        (State, Answer, EndedBy, EndedAt) = (state, text.Trim(), who, at);
    }
}

/// <summary>Access to one case, or to all cases and permits of one party, that an answer gives an organ until a day. It ends by itself, or is taken back before.</summary>
public sealed class AccessGrant
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required Guid Request { get; init; }

    /// <summary>The organ that may read.</summary>
    public required Guid Organ { get; init; }

    /// <summary>Exactly one of the two.</summary>
    public Guid? Case { get; init; }
    public Guid? Party { get; init; }

    /// <summary>Number of the case, or name of the party.</summary>
    public required string Title { get; init; }

    /// <summary>Whether the files of the cases are open as well.</summary>
    public required bool WithFiles { get; init; }

    /// <summary>Last day on which it holds.</summary>
    public required DateOnly Until { get; init; }
    public required string GivenBy { get; init; }
    public required DateTimeOffset GivenAt { get; init; }
    public DateTimeOffset? RevokedAt { get; private set; }
    public string RevokedBy { get; private set; } = "";
    public string RevokeReason { get; private set; } = "";

    public bool HoldsOn(DateOnly day) => RevokedAt is null && day <= Until;

    public void Revoke(string reason, string who, DateOnly today, DateTimeOffset at)
    {
        if (RevokedAt is not null) throw new Refusal("access.revoked", "该权限已经收回。", AssistanceRules.Assisting);
        if (today > Until) throw new Refusal("access.expired", "该权限已经到期,不必收回。", AssistanceRules.Assisting);
        (RevokedAt, RevokedBy, RevokeReason) = (at, who, reason.Trim());
    }
}
