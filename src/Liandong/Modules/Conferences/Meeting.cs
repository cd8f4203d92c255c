using Liandong.Kernel;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;

namespace Liandong.Modules.Conferences;

public enum MeetingKind
{
    /// <summary>例会 of the joint conference, all its members.</summary>
    Regular,

    /// <summary>专题会议 on topics that members proposed and the conference office passed.</summary>
    Special,

    /// <summary>联席会议, led by the deputy that the convenor names.</summary>
    JointConference,

    /// <summary>工作对接会, convened by the bureau.</summary>
    Working,

    /// <summary>协调会, convened by the bureau.</summary>
    Coordination,
}

public static class MeetingKinds
{
    /// <summary>Convened by the conference office and asked of the convenor; the others are the bureau's own.</summary>
    public static bool IsOfConference(this MeetingKind kind) => kind is MeetingKind.Regular or MeetingKind.Special or MeetingKind.JointConference;
}

public enum MeetingState
{
    /// <summary>筹备, also when the request was sent back.</summary>
    Preparing,

    /// <summary>请示中.</summary>
    Asked,

    /// <summary>同意召开: time, place and agenda stand; nobody is invited yet.</summary>
    Approved,

    /// <summary>已通知: the notice is served, the invited see the meeting.</summary>
    Called,

    /// <summary>已召开.</summary>
    Held,

    /// <summary>纪要会签.</summary>
    Cosigning,

    /// <summary>纪要已印发,决定事项执行中.</summary>
    Issued,

    /// <summary>办结.</summary>
    Done,

    /// <summary>取消.</summary>
    Cancelled,
}

/// <summary>How often a 例会 comes back.</summary>
public enum Recurrence { Once, Monthly, Quarterly, HalfYearly }

/// <summary>会议: one meeting from its preparation to the last of its decisions.</summary>
public sealed class Meeting
{
    public required string District { get; init; }
    public required Guid Id { get; init; }

    /// <summary>历联办会〔2026〕3号.</summary>
    public required string Number { get; init; }
    public required MeetingKind Kind { get; init; }

    /// <summary>召集单位: the conference office or the bureau.</summary>
    public required Guid Organ { get; init; }
    public required string Who { get; init; }
    public required DateTimeOffset PreparedAt { get; init; }

    /// <summary>The meetings that belong together: a 例会 goes on from the one before, any other from the one that it names.</summary>
    public required Guid Series { get; init; }

    /// <summary>The meeting that it goes on from.</summary>
    public Guid? Follows { get; init; }
    public string Title { get; private set; } = "";
    public string Purpose { get; private set; } = "";
    public DateTimeOffset StartsAt { get; private set; }
    public DateTimeOffset EndsAt { get; private set; }
    public string Place { get; private set; } = "";
    public Recurrence Every { get; private set; }

    /// <summary>专项对接组 that are called.</summary>
    public IReadOnlyList<Guid> Groups { get; private set; } = [];
    public MeetingState State { get; private set; } = MeetingState.Preparing;
    public DateTimeOffset? AskedAt { get; private set; }
    public DateTimeOffset? ApprovedAt { get; private set; }

    /// <summary>Who agreed, or sent the request back.</summary>
    public string ApprovedBy { get; private set; } = "";
    public string Opinion { get; private set; } = "";

    /// <summary>The paper on which the convenor agreed, when the office wrote it down; empty when the convenor agreed here.</summary>
    public string AgreedOnPaper { get; private set; } = "";

    /// <summary>牵头副召集人 of a 联席会议.</summary>
    public Guid? Deputy { get; private set; }
    public string DeputyName { get; private set; } = "";

    /// <summary>The official notice.</summary>
    public Guid? Notice { get; private set; }
    public DateTimeOffset? CalledAt { get; private set; }
    public DateTimeOffset? HeldAt { get; private set; }
    public DateTimeOffset? IssuedAt { get; private set; }
    public DateTimeOffset? DoneAt { get; private set; }

    /// <summary>The issued minutes as an official document.</summary>
    public Guid? MinutesDocument { get; private set; }
    public string MinutesNumber { get; private set; } = "";

    /// <summary>Why it was cancelled, or put off last.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>Grows with every change that calendars must learn of (RFC 5545 SEQUENCE).</summary>
    public int Sequence { get; private set; }
    public DateTimeOffset ChangedAt { get; private set; }

    public Subject Ref => new("meeting", Id, Number, Title);

    /// <summary>As acts refer to it: a title is content, which the audit administrator who reads the ledger does not see.</summary>
    public Subject OnLedger => new("meeting", Id, Number, "会议");
    public DateOnly Day => Beijing.DayOf(StartsAt);

    /// <summary>The hour of that day at which it begins.</summary>
    public TimeOnly Hour => Beijing.TimeOf(StartsAt);
    public bool IsOpen => State is not (MeetingState.Done or MeetingState.Cancelled);

    /// <summary>Whether the papers may still grow.</summary>
    public bool TakesPapers => State is MeetingState.Preparing or MeetingState.Asked or MeetingState.Approved or MeetingState.Called or MeetingState.Held;

    public void Write(string title, string purpose, DateTimeOffset startsAt, DateTimeOffset endsAt, string place, Recurrence every, IReadOnlyList<Guid> groups, DateTimeOffset at)
    {
        MustNotBeOver();
        if (State is not MeetingState.Preparing) throw new Refusal("meeting.not-preparing", "已经请示,不能再改;确需改动的,请退回或者改期。", ConferencesRules.Of(Kind));
        (Title, Purpose, StartsAt, EndsAt, Place, Every, Groups, ChangedAt) = (title, purpose, startsAt, endsAt, place, every, groups, at);
    }

    public void Ask(DateTimeOffset at)
    {
        MustNotBeOver();
        if (State != MeetingState.Preparing) throw new Refusal("meeting.asked-already", "已经请示。", ConferencesRules.Of(Kind));
        if (StartsAt <= at) throw new Refusal("meeting.in-the-past", "会议时间已经过去,请改定时间。", ConferencesRules.Of(Kind), "StartsAt");
        (State, AskedAt, Opinion) = (MeetingState.Asked, at, "");
    }

    /// <param name="onPaper">Named when the office wrote down what the convenor had said on paper.</param>
    public void Approve(string by, string opinion, string onPaper, Guid? deputy, string deputyName, DateTimeOffset at)
    {
        MustBeAsked();
        if (Kind == MeetingKind.JointConference && deputy is null) throw new Refusal("meeting.needs-deputy", "联席会议由召集人指定一名副召集人牵头,请选择副召集人。", ConferencesRules.Joint, "Deputy");
        (State, ApprovedAt, ApprovedBy, Opinion, AgreedOnPaper, Deputy, DeputyName) = (MeetingState.Approved, at, by, opinion, onPaper, deputy, deputyName);
    }

    public void SendBack(string by, string opinion)
    {
        MustBeAsked();
        (State, AskedAt, ApprovedBy, Opinion) = (MeetingState.Preparing, null, by, opinion);
    }

    public void Announce(Guid notice)
    {
        MustNotBeOver();
        if (State != MeetingState.Approved) throw new Refusal("meeting.not-approved", State < MeetingState.Approved ? "请示同意以后,才能起草会议通知。" : "会议通知已经发出。", ConferencesRules.Of(Kind));
        Notice = notice;
    }

    public void Call(DateTimeOffset at)
    {
        MustNotBeOver();
        if (State != MeetingState.Approved) throw new Refusal("meeting.not-approved", State < MeetingState.Approved ? "请示同意以后,才能发出会议通知。" : "会议通知已经发出。", ConferencesRules.Of(Kind));
        if (StartsAt <= at) throw new Refusal("meeting.in-the-past", "会议时间已经过去,请先改期。", ConferencesRules.Of(Kind));
        (State, CalledAt, ChangedAt) = (MeetingState.Called, at, at);
    }

    public void PutOff(DateTimeOffset startsAt, DateTimeOffset endsAt, string place, string reason, DateTimeOffset at)
    {
        MustNotBeOver();
        if (State is not (MeetingState.Approved or MeetingState.Called)) throw new Refusal("meeting.not-to-put-off", State < MeetingState.Approved ? "还没有同意召开,请直接修改时间。" : "会议已经召开。", ConferencesRules.Of(Kind));
        (StartsAt, EndsAt, Place, Reason, ChangedAt, Sequence) = (startsAt, endsAt, place, reason, at, Sequence + 1);
    }

    public void Cancel(string reason, DateTimeOffset at)
    {
        MustNotBeOver();
        if (State > MeetingState.Called) throw new Refusal("meeting.held-already", "会议已经召开,不能取消。", ConferencesRules.Of(Kind));
        (State, Reason, ChangedAt, Sequence) = (MeetingState.Cancelled, reason, at, Sequence + 1);
    }

    public void MustTakeReplies()
    {
        MustNotBeOver();
        if (State != MeetingState.Called) throw new Refusal("meeting.no-replies", State < MeetingState.Called ? "会议通知还没有发出。" : "会议已经召开,不再接受回执。", ConferencesRules.CirculatingOf(Kind));
    }

    public void Hold(DateTimeOffset at)
    {
        MustNotBeOver();
        if (State != MeetingState.Called) throw new Refusal("meeting.not-called", State < MeetingState.Called ? "会议通知还没有发出,不能登记召开。" : "会议已经登记召开。", ConferencesRules.Of(Kind));
        if (at < StartsAt) throw new Refusal("meeting.not-begun", $"会议定于{StartsAt.ToOffset(Beijing.Offset):M月d日 HH:mm}召开,还没有开始。", ConferencesRules.Of(Kind));
        (State, HeldAt) = (MeetingState.Held, at);
    }

    public void Record()
    {
        MustNotBeOver();
        MustBeHeld();
        if (State is MeetingState.Issued) throw new Refusal("meeting.minutes-issued", "纪要已经印发,不能再改。", ConferencesRules.IssuingOf(Kind));
        State = MeetingState.Cosigning;
    }

    public void MustBeCosigning()
    {
        MustNotBeOver();
        MustBeHeld();
        if (State != MeetingState.Cosigning) throw new Refusal("meeting.no-minutes", State == MeetingState.Held ? "纪要还没有起草。" : "纪要已经印发。", ConferencesRules.IssuingOf(Kind));
    }

    public void Issue(Guid document, string number, bool decides, DateTimeOffset at)
    {
        MustBeCosigning();
        (State, MinutesDocument, MinutesNumber, IssuedAt) = (decides ? MeetingState.Issued : MeetingState.Done, document, number, at);
        if (!decides) DoneAt = at;
    }

    public void End(DateTimeOffset at)
    {
        MustNotBeOver();
        if (State != MeetingState.Issued) throw new Refusal("meeting.no-minutes", "纪要印发以后,决定事项才能办结。", ConferencesRules.IssuingOf(Kind));
        (State, DoneAt) = (MeetingState.Done, at);
    }

    private void MustBeAsked()
    {
        MustNotBeOver();
        if (State != MeetingState.Asked) throw new Refusal("meeting.not-asked", State == MeetingState.Preparing ? "还没有请示。" : "已经同意召开。", ConferencesRules.Of(Kind));
    }

    private void MustBeHeld()
    {
        if (State < MeetingState.Held) throw new Refusal("meeting.not-held", "会议召开以后,才能起草和印发纪要。", ConferencesRules.IssuingOf(Kind));
    }

    private void MustNotBeOver()
    {
        if (State == MeetingState.Cancelled) throw new Refusal("meeting.cancelled", "该会议已经取消。", ConferencesRules.Of(Kind));
        if (State == MeetingState.Done) throw new Refusal("meeting.done", "该会议已经办结。", ConferencesRules.Of(Kind));
    }
}

/// <summary>出席, 替会, 请假, 缺席; an observer that came is 列席.</summary>
public enum Presence { Unknown, Present, Substitute, Leave, Absent }

/// <summary>参会单位. It sees the meeting from <see cref="InvitedAt"/> on.</summary>
public sealed class MeetingInvitee
{
    public required string District { get; init; }
    public required Guid Meeting { get; init; }
    public required Guid Organ { get; init; }

    /// <summary>列席: hears and speaks, does not sign the minutes.</summary>
    public bool IsObserver { get; private set; }
    public DateTimeOffset? InvitedAt { get; private set; }
    public DateTimeOffset? ReadAt { get; private set; }

    /// <summary>研究回执.</summary>
    public DateTimeOffset? StudiedAt { get; private set; }
    public string StudiedBy { get; private set; } = "";

    /// <summary>书面意见.</summary>
    public string View { get; private set; } = "";

    /// <summary>What the organ announced.</summary>
    public Presence Announced { get; private set; }

    /// <summary>What was recorded at the meeting.</summary>
    public Presence Presence { get; private set; }

    /// <summary>Who comes or came, as minutes print it.</summary>
    public string Names { get; private set; } = "";

    /// <summary>Why the organ is on leave, or for whom the substitute comes.</summary>
    public string Note { get; private set; } = "";

    /// <summary>Whether it signs the minutes: it was there, and not only to listen.</summary>
    public bool Signs => !IsObserver && (Presence is Presence.Present or Presence.Substitute);

    public void Sit(bool observer) => IsObserver = observer;

    public void Invite(DateTimeOffset at) => InvitedAt ??= at;

    public void Read(DateTimeOffset at) => ReadAt ??= at;

    public void Study(string view, Presence announced, string names, string note, string who, DateTimeOffset at)
    {
        Read(at);
        (StudiedAt, StudiedBy, View, Announced, Names, Note) = (at, who, view, announced, names, note);
    }

    public void Attend(Presence presence, string names, string note) => (Presence, Names, Note) = (presence, names, note);
}
