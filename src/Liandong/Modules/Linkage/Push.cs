using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;
using Liandong.Modules.Cases;
using Liandong.Modules.Items;

namespace Liandong.Modules.Linkage;

/// <summary>待送达, 已送达, 已签收, 已认领, 已退回, 已改派, 权责争议, 已关闭.</summary>
public enum PushState { Pending, Delivered, Signed, Claimed, Returned, Rerouted, Disputed, Closed }

/// <summary>Coded reasons of a return.</summary>
public enum ReturnReason { NoSuchItem, NotOurCharge, AddressNotOurs, DataWrong, Duplicate }

/// <summary>推送单: one case handed to one supervising organ (附件2 二(三)). Delivered, signed, claimed and returned are separate events.</summary>
public sealed class Push
{
    private readonly DateTimeOffset createdAt;
    private ResponsibilityKind role;
    private string routing = "";
    private string partyName = "";
    private string division = "";
    private string address = "";
    private Guid? routedFrom;

    public required string District { get; init; }
    public required Guid Id { get; init; }

    /// <summary>历审推〔2026〕318号.</summary>
    public required string Number { get; init; }
    public required Guid Case { get; init; }
    public required string CaseNumber { get; init; }
    public required Guid Item { get; init; }
    public required string ItemName { get; init; }
    public required Guid Party { get; init; }
    public required string PartyName { get => partyName; init => partyName = value; }
    public required ApplicationKind Kind { get; init; }
    public required DecisionKind Decision { get; init; }
    public required DateTimeOffset DecidedAt { get; init; }
    public Guid? Permit { get; private set; }
    public string PermitNumber { get; private set; } = "";
    public required string Division { get => division; init => division = value; }
    public required string Address { get => address; init => address = value; }

    /// <summary>The addressee; with the case it is unique: one push per case × organ.</summary>
    public required Guid Organ { get; init; }
    public required ResponsibilityKind Role { get => role; init => role = value; }
    public Guid? Section { get; private set; }
    public Guid? Person { get; private set; }

    /// <summary>Why it came here: 事项 × 区划 × 日期 → 责任清单第n版, or why the bureau or a ruling sent it.</summary>
    public required string Routing { get => routing; init => routing = value; }

    /// <summary>The push that was returned or disputed and led to this one.</summary>
    public Guid? RoutedFrom { get => routedFrom; init => routedFrom = value; }

    /// <summary>Made by rerouting or a ruling, not by the decision itself: reconciliation names these apart.</summary>
    public bool ByReroute { get; init; }

    /// <summary>Made beside the first push of its case, for one more organ: why there are more pushes than cases.</summary>
    public bool Beside { get; init; }
    public PushState State { get; private set; } = PushState.Pending;

    /// <summary>Delivered or signed, neither claimed nor returned: something is owed by the organ. Kept as a column so that inboxes read it by index.</summary>
    public bool Waiting { get; private set; }
    public required DateTimeOffset CreatedAt
    {
        get => createdAt;
        init => (createdAt, SentOn) = (value, Beijing.DayOf(value));
    }

    /// <summary>The Beijing day of <see cref="CreatedAt"/>, by which reconciliation groups.</summary>
    public DateOnly SentOn { get; private set; }
    public DateTimeOffset? DeliveredAt { get; private set; }

    /// <summary>The Beijing day of the first delivery.</summary>
    public DateOnly? DeliveredOn { get; private set; }
    public DateTimeOffset? SignedAt { get; private set; }
    public DateTimeOffset? ClaimedAt { get; private set; }
    public Guid? ClaimedBy { get; private set; }

    /// <summary>The latest return; stays after the push was delivered again.</summary>
    public DateTimeOffset? ReturnedAt { get; private set; }
    public ReturnReason? ReturnedFor { get; private set; }
    public string ReturnNote { get; private set; } = "";
    public Guid? ProposedOrgan { get; private set; }

    /// <summary>What the bureau corrected or explained when it delivered the push again.</summary>
    public string Correction { get; private set; } = "";

    /// <summary>The ruling by which the organ supervises this case: it may not be returned as 不属于本单位职责 any more.</summary>
    public Guid? Ruling { get; private set; }

    /// <summary>Supervision has begun: from then on the claim cannot be taken back.</summary>
    public bool UnderSupervision { get; private set; }

    /// <summary>Last moment to claim or return, kept here so that lists sort by it (the duty is the authority).</summary>
    public DateTimeOffset? DueAt { get; private set; }

    public Subject Ref => new("push", Id, Number, $"{ItemName} · {CaseNumber}");
    public bool IsOpen => State is PushState.Pending or PushState.Delivered or PushState.Signed;

    /// <summary>The permit of the decision, which may be made out a little after it.</summary>
    public void Carry(Guid? permit, string number) => (Permit, PermitNumber) = (permit, number);

    /// <summary>The section and person that the register names for this item and place.</summary>
    public void Suggest(Guid? section, Guid? person) => (Section, Person) = (section, person);

    public void Deliver(DateTimeOffset at, DateTimeOffset? dueAt)
    {
        if (State != PushState.Pending) throw new Refusal("push.already-delivered", "该推送已经送达。");
        Move(PushState.Delivered);
        (DeliveredAt, DeliveredOn, DueAt) = (at, Beijing.DayOf(at), dueAt);
    }

    /// <summary>
    /// Delivers the push again: corrected data, a return that was not accepted, another organ's return that led here, or a ruling. The
    /// organ has a whole claim limit again.
    /// </summary>
    public void Redeliver(DateTimeOffset at, DateTimeOffset? dueAt, string correction, ResponsibilityKind? asRole = null, string? why = null, Guid? from = null, Guid? ruling = null)
    {
        if (State == PushState.Pending) throw new Refusal("push.not-delivered", "该推送尚未送达,不能重新送达。");
        Move(PushState.Delivered);
        (DeliveredAt, DueAt, SignedAt, ClaimedAt, ClaimedBy) = (at, dueAt, null, null, null);
        Correction = correction;
        role = asRole ?? role;
        routing = why ?? routing;
        routedFrom = from ?? routedFrom;
        Ruling = ruling ?? Ruling;
    }

    /// <summary>A ruling made the organ the supervisor of this case.</summary>
    public void BindBy(Guid ruling) => Ruling = ruling;

    /// <summary>What the bureau corrected after a return: 数据有误.</summary>
    public void Correct(string party, string inDivision, string atAddress) => (partyName, division, address) = (party, inDivision, atAddress);

    /// <summary>签收: somebody of the organ has opened it. Signing again is no fault and changes nothing.</summary>
    public bool Sign(DateTimeOffset at)
    {
        if (State != PushState.Delivered) return false;
        Move(PushState.Signed);
        SignedAt = at;
        return true;
    }

    public void Claim(Guid? section, Guid? by, DateTimeOffset at)
    {
        MustBeOpenFor("认领");
        Move(PushState.Claimed);
        (ClaimedAt, ClaimedBy, SignedAt) = (at, by, SignedAt ?? at);
        Section = section ?? Section;
    }

    /// <summary>撤销认领: only within the claim limit and before supervision has begun.</summary>
    public void Unclaim(DateTimeOffset at)
    {
        if (State != PushState.Claimed) throw new Refusal("push.not-claimed", "该推送没有认领,不需要撤销认领。", LinkageRules.Claiming);
        if (UnderSupervision) throw new Refusal("push.under-supervision", "该推送已经有监管记录,不能撤销认领。", LinkageRules.Claiming);
        if (DueAt is { } due && at >= due) throw new Refusal("push.unclaim-too-late", "认领期限已过,不能撤销认领;确不属于本单位职责的,请提出权责争议。", LinkageRules.Claiming);
        Move(PushState.Signed);
        (ClaimedAt, ClaimedBy) = (null, null);
    }

    public void Return(ReturnReason reason, string note, Guid? proposed, DateTimeOffset at)
    {
        MustBeOpenFor("退回");
        if (Ruling is not null && reason is ReturnReason.NotOurCharge or ReturnReason.AddressNotOurs or ReturnReason.NoSuchItem)
            throw new Refusal("push.ruled", "该推送已经联席会议办公室裁定由本单位监管,不能再以不属于本单位职责退回。", LinkageRules.Coordinating, "Reason");
        if (reason is ReturnReason.NotOurCharge or ReturnReason.AddressNotOurs && proposed is null && note.Trim().Length == 0)
            throw new Refusal("push.return-needs-proposal", "请提出应由哪个单位监管,或者说明不能提出的原因。", LinkageRules.Claiming, "ProposedOrgan");
        if (reason is ReturnReason.DataWrong or ReturnReason.Duplicate && note.Trim().Length == 0)
            throw new Refusal("push.return-needs-note", reason == ReturnReason.DataWrong ? "请写明哪一项信息有误、应当是什么。" : "请写明与哪一件推送重复。", LinkageRules.Claiming, "Note");
        if (proposed == Organ) throw new Refusal("push.return-to-self", "建议单位不能是本单位。", LinkageRules.Claiming, "ProposedOrgan");
        Move(PushState.Returned);
        (ReturnedAt, ReturnedFor, ReturnNote, ProposedOrgan, SignedAt) = (at, reason, note.Trim(), proposed, SignedAt ?? at);
    }

    /// <summary>The bureau, or a ruling, gave the case to another organ.</summary>
    public void Reroute()
    {
        if (State is not (PushState.Returned or PushState.Disputed)) throw new Refusal("push.not-returned", "只有已退回或有争议的推送才能改派。");
        Move(PushState.Rerouted);
    }

    /// <summary>The bureau accepts the return and nothing more is owed: a duplicate.</summary>
    public void Close()
    {
        if (State != PushState.Returned) throw new Refusal("push.not-returned", "只有已退回的推送才能关闭。");
        if (ReturnedFor != ReturnReason.Duplicate) throw new Refusal("push.not-duplicate", "只有以“重复推送”退回的推送才能关闭;其他退回应当改派、重新送达或者提交争议,否则该办件无人监管。", LinkageRules.Claiming);
        Move(PushState.Closed);
    }

    public void Dispute()
    {
        if (State is not (PushState.Returned or PushState.Delivered or PushState.Signed)) throw new Refusal("push.not-disputable", "只有待认领或者已退回的推送才能提交权责争议。", LinkageRules.Coordinating);
        if (Ruling is not null) throw new Refusal("push.ruled", "该推送已经联席会议办公室裁定由本单位监管,不能再次提出争议。", LinkageRules.Coordinating);
        Move(PushState.Disputed);
    }

    /// <summary>经办: which section and person of the organ works on it.</summary>
    public void Assign(Guid? section, Guid? person)
    {
        if (!Waiting && State != PushState.Claimed) throw new Refusal("push.not-in-hand", "该推送不在本单位办理,不能指定经办。", LinkageRules.Claiming);
        (Section, Person) = (section, person);
    }

    /// <summary>The first check, hand-over or penalty is recorded; called by 监管.</summary>
    public void BeginSupervision() => UnderSupervision = true;

    private void Move(PushState to) => (State, Waiting) = (to, to is PushState.Delivered or PushState.Signed);

    private void MustBeOpenFor(string verb)
    {
        switch (State)
        {
            case PushState.Pending: throw new Refusal("push.not-delivered", $"该推送尚未送达,不能{verb}。", LinkageRules.Claiming);
            case PushState.Claimed: throw new Refusal("push.already-claimed", $"该推送已经认领,不能再{verb}。", LinkageRules.Claiming);
            case PushState.Returned or PushState.Rerouted or PushState.Closed: throw new Refusal("push.already-returned", $"该推送已经退回,不能再{verb}。", LinkageRules.Claiming);
            case PushState.Disputed: throw new Refusal("push.disputed", $"该推送正在权责争议中,裁定前不能{verb}。", LinkageRules.Coordinating);
        }
    }
}

/// <summary>One step of a push with its actor, time and channel.</summary>
public sealed class PushEvent
{
    public required string District { get; init; }
    public required Guid Id { get; init; }
    public required Guid Push { get; init; }

    /// <summary>delivered, signed, claimed, unclaimed, returned, resent, rerouted, closed, disputed, ruled, assigned.</summary>
    public required string What { get; init; }
    public required DateTimeOffset At { get; init; }
    public Guid? Person { get; init; }
    public Guid? Organ { get; init; }

    /// <summary>Name of the person or machine client as it was then; empty for the platform itself.</summary>
    public string Who { get; init; } = "";

    /// <summary>The absent liaison officer in whose place it was done.</summary>
    public Guid? OnBehalfOf { get; init; }
    public required string Channel { get; init; }
    public string Note { get; init; } = "";

    /// <summary>Number of the ledger entry that proves the step; null where it followed from another act.</summary>
    public long? Entry { get; private set; }

    public void Prove(long entry) => Entry = entry;

    public static PushEvent Of(Push push, string what, Actor actor, Clock clock, string note = "") => new()
    {
        District = push.District, Id = clock.NewId(), Push = push.Id, What = what, At = clock.Now, Person = actor.Person, Organ = actor.Organ, Who = actor.Name, OnBehalfOf = actor.OnBehalfOf,
        Channel = actor.Channel, Note = note,
    };
}
