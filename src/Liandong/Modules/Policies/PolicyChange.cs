using Liandong.Kernel;
using Liandong.Kernel.Duties;

namespace Liandong.Modules.Policies;

public enum PolicyKind
{
    /// <summary>法律.</summary>
    Law,

    /// <summary>行政法规、地方性法规.</summary>
    Regulation,

    /// <summary>部门规章、政府规章.</summary>
    Rule,

    /// <summary>规范性文件.</summary>
    Document,

    /// <summary>布局规划、专项规划.</summary>
    Plan,

    /// <summary>审批条件.</summary>
    Condition,

    /// <summary>上级业务部门组织的会议.</summary>
    Meeting,

    /// <summary>上级业务部门组织的培训.</summary>
    Training,

    /// <summary>对上报送: the department leads, the bureau assists.</summary>
    Report,
}

public enum PolicyState
{
    /// <summary>待函告: known to the department, not served on the bureau.</summary>
    Known,

    /// <summary>已函告: the bureau has it and owes its part.</summary>
    Served,

    /// <summary>已落实: every item has its outcome, or the bureau has answered.</summary>
    Settled,

    /// <summary>双方确认: the department has taken note of what the bureau did.</summary>
    Confirmed,

    /// <summary>已撤销: recorded in error, before it was served.</summary>
    Withdrawn,
}

/// <summary>What a record of a change says; everything may be revised until it is served.</summary>
/// <param name="DocumentNumber">文号 of the law or document itself.</param>
/// <param name="IssuedBy">Who made it, or which superior calls.</param>
/// <param name="KnownOn">The day on which the department learned of it: its limit runs from here.</param>
/// <param name="EffectiveOn">施行日; of a meeting or training its day; of a report the day on which it is due.</param>
public sealed record PolicyText(
    PolicyKind Kind, string Title, string DocumentNumber, string IssuedBy, DateOnly KnownOn, DateOnly EffectiveOn, string Text, string Link, string Conditions, string Materials, string Limits, bool Published);

/// <summary>
/// 政策调整: a change of law, rule, plan or condition, a superior's meeting or training, or a report upward, that a department tells the bureau. A later
/// change may take the place of an earlier one; both stay.
/// </summary>
public sealed class PolicyChange
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required string Number { get; init; }

    /// <summary>The department that owes the notice.</summary>
    public required Guid Organ { get; init; }
    public required Guid Bureau { get; init; }

    /// <summary>The organ that wrote it down: the department, or the bureau where that knew first.</summary>
    public required Guid RecordedBy { get; init; }
    public required string Who { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Which version of the policy it is: 1, or one more than that of <see cref="Supersedes"/>.</summary>
    public required int Edition { get; init; }

    /// <summary>The change that this one replaces once it is served.</summary>
    public Guid? Supersedes { get; init; }

    /// <summary>The first of all versions.</summary>
    public required Guid Series { get; init; }

    public PolicyKind Kind { get; private set; }
    public string Title { get; private set; } = "";
    public string DocumentNumber { get; private set; } = "";
    public string IssuedBy { get; private set; } = "";
    public DateOnly KnownOn { get; private set; }
    public DateOnly EffectiveOn { get; private set; }
    public string Text { get; private set; } = "";
    public string Link { get; private set; } = "";

    /// <summary>What changes in conditions, materials and limits of the items.</summary>
    public string Conditions { get; private set; } = "";
    public string Materials { get; private set; } = "";
    public string Limits { get; private set; } = "";

    /// <summary>公开给全体单位: every organ of the district reads it once it is served.</summary>
    public bool Published { get; private set; }

    public PolicyState State { get; private set; } = PolicyState.Known;

    /// <summary>The official letter that notifies it, where it goes by one; null when it is notified on the platform alone.</summary>
    public Guid? Letter { get; private set; }
    public DateOnly? ServedOn { get; private set; }
    public DateTimeOffset? ServedAt { get; private set; }
    public string ServedBy { get; private set; } = "";

    /// <summary>Served after the effective date.</summary>
    public bool Late { get; private set; }
    public DateTimeOffset? AcknowledgedAt { get; private set; }
    public string AcknowledgedBy { get; private set; } = "";
    public DateTimeOffset? SettledAt { get; private set; }
    public string SettledBy { get; private set; } = "";

    /// <summary>What the bureau answered to a meeting, training or report.</summary>
    public string Response { get; private set; } = "";

    /// <summary>Whether it attends or assists.</summary>
    public bool? TakesPart { get; private set; }
    public DateTimeOffset? ConfirmedAt { get; private set; }
    public string ConfirmedBy { get; private set; } = "";
    public Guid? SupersededBy { get; private set; }
    public DateTimeOffset? SupersededAt { get; private set; }
    public DateTimeOffset? WithdrawnAt { get; private set; }
    public string WithdrawReason { get; private set; } = "";

    public Subject Ref => new("policy", Id, Number, Title);

    /// <summary>As acts refer to it: without its title, which whoever audits the ledger does not read.</summary>
    public Subject OnLedger => new("policy", Id, Number, PoliciesWords.Of(Kind));

    /// <summary>Whether it changes items; meetings, trainings and reports ask for an answer instead.</summary>
    public bool TouchesItems => Kind is not (PolicyKind.Meeting or PolicyKind.Training or PolicyKind.Report);

    /// <summary>What it says; only before it is served.</summary>
    public void Write(PolicyText text)
    {
        MustBeKnown();
        (Kind, Title, DocumentNumber, IssuedBy, KnownOn, EffectiveOn) = (text.Kind, text.Title.Trim(), text.DocumentNumber.Trim(), text.IssuedBy.Trim(), text.KnownOn, text.EffectiveOn);
        (Text, Link, Conditions, Materials, Limits, Published) = (text.Text.Trim(), text.Link.Trim(), text.Conditions.Trim(), text.Materials.Trim(), text.Limits.Trim(), text.Published);
    }

    /// <param name="items">How many items it names.</param>
    public void MustBeReady(int items)
    {
        MustBeKnown();
        if (TouchesItems && items == 0) throw new Refusal("policy.no-items", "请先选择涉及的事项,再函告审批局。", PoliciesRules.Notifying);
    }

    public void Write(Guid letter)
    {
        MustBeKnown();
        Letter = letter;
    }

    /// <param name="items">How many items it names.</param>
    public void Serve(int items, string who, DateOnly today, DateTimeOffset at)
    {
        MustBeReady(items);
        (State, ServedOn, ServedAt, ServedBy, Late) = (PolicyState.Served, today, at, who, today > EffectiveOn);
    }

    /// <summary>签收 by the bureau; once more changes nothing.</summary>
    public bool Acknowledge(string who, DateTimeOffset at)
    {
        MustBeServed();
        if (AcknowledgedAt is not null) return false;
        (AcknowledgedAt, AcknowledgedBy) = (at, who);
        return true;
    }

    /// <summary>The items that it names may change until both sides have confirmed.</summary>
    public void MustBeOpen()
    {
        if (State == PolicyState.Withdrawn) throw Withdrawn();
        if (State == PolicyState.Confirmed) throw new Refusal("policy.confirmed", "双方已经确认,不能再修改;政策再次调整的,请登记新版。", PoliciesRules.Notifying);
    }

    public void MustTakeAdaptation()
    {
        MustBeServed();
        MustBeOpen();
        if (!TouchesItems) throw new Refusal("policy.asks-an-answer", "会议、培训和对上报送,请答复是否参加或者怎样协助。", PoliciesRules.ArticleOf(Kind));
    }

    /// <summary>Every item has its outcome.</summary>
    public void Settle(string who, DateTimeOffset at)
    {
        if (State != PolicyState.Served) return;
        Acknowledge(who, at);
        (State, SettledAt, SettledBy) = (PolicyState.Settled, at, who);
    }

    /// <summary>A further item was named: it waits again.</summary>
    public void Reopen()
    {
        if (State == PolicyState.Settled) (State, SettledAt, SettledBy) = (PolicyState.Served, null, "");
    }

    public void Respond(bool takesPart, string response, string who, DateTimeOffset at)
    {
        MustBeServed();
        MustBeOpen();
        if (TouchesItems) throw new Refusal("policy.asks-adaptation", "请逐项说明事项怎样调整。", PoliciesRules.Notifying);
        (TakesPart, Response) = (takesPart, response.Trim());
        if (State == PolicyState.Settled) (SettledAt, SettledBy) = (at, who);
        else Settle(who, at);
    }

    public void Confirm(string who, DateTimeOffset at)
    {
        MustBeServed();
        MustBeOpen();
        if (State != PolicyState.Settled) throw new Refusal("policy.not-settled", "审批局还没有全部落实,不能确认。", PoliciesRules.Notifying);
        (State, ConfirmedAt, ConfirmedBy) = (PolicyState.Confirmed, at, who);
    }

    /// <summary>May be replaced by a later change: served, and not replaced yet.</summary>
    public void MustBeLatest()
    {
        MustBeServed();
        if (SupersededBy is not null) throw new Refusal("policy.superseded", "该政策已有新版,请在最新的一版上登记。", PoliciesRules.Notifying);
    }

    public void Supersede(Guid by, DateTimeOffset at)
    {
        MustBeLatest();
        (SupersededBy, SupersededAt) = (by, at);
    }

    public void Withdraw(string reason, DateTimeOffset at)
    {
        MustBeKnown();
        (State, WithdrawReason, WithdrawnAt) = (PolicyState.Withdrawn, reason.Trim(), at);
    }

    private void MustBeKnown()
    {
        if (State == PolicyState.Withdrawn) throw Withdrawn();
        if (State != PolicyState.Known) throw new Refusal("policy.served", "已经函告审批局,不能再改;政策再次调整的,请登记新版。", PoliciesRules.ArticleOf(Kind));
    }

    private void MustBeServed()
    {
        if (State == PolicyState.Withdrawn) throw Withdrawn();
        if (State == PolicyState.Known) throw new Refusal("policy.not-served", "还没有函告审批局。", PoliciesRules.ArticleOf(Kind));
    }

    private static Refusal Withdrawn() => new("policy.withdrawn", "该政策调整已经撤销。");
}

public enum ItemOutcome
{
    /// <summary>已调整, from a day.</summary>
    Adapted,

    /// <summary>不受影响, with the reason.</summary>
    NotTouched,
}

/// <summary>An item that a change touches, and what the bureau did about it.</summary>
public sealed class TouchedItem
{
    public required string District { get; init; }
    public required Guid Policy { get; init; }
    public required Guid Item { get; init; }

    /// <summary>The organ that named it.</summary>
    public required Guid NamedBy { get; init; }
    public ItemOutcome? Outcome { get; private set; }

    /// <summary>First day on which the item is handled as adapted.</summary>
    public DateOnly? AdaptedFrom { get; private set; }

    /// <summary>What was adapted, or why it is not touched.</summary>
    public string What { get; private set; } = "";
    public string Who { get; private set; } = "";
    public DateTimeOffset? At { get; private set; }

    /// <summary>Number of the ledger entry that proves it.</summary>
    public long? Entry { get; private set; }

    public void Settle(ItemOutcome outcome, DateOnly? from, string what, string who, DateTimeOffset at) =>
        (Outcome, AdaptedFrom, What, Who, At) = (outcome, outcome == ItemOutcome.Adapted ? from : null, what.Trim(), who, at);

    public void Prove(long entry) => Entry = entry;
}
