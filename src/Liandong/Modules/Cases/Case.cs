using Liandong.Kernel;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Notice;

namespace Liandong.Modules.Cases;

/// <summary>新办, 变更, 延续, 注销, 补证: what is applied for; 到期 is registered by the platform without an application.</summary>
public enum ApplicationKind { New, Change, Renewal, Cancellation, Replacement, Lapse }

public enum CaseStage { Received, Accepted, NotAccepted, Reviewing, Decided, Delivered, Closed }

/// <summary>准予, 不予, 撤回申请, 终止; 到期 is what the platform finds itself.</summary>
public enum DecisionKind { Granted, Refused, Withdrawn, Terminated, Lapsed }

public sealed record CaseMaterial(string Name, string Form = "", int Copies = 1, string? Sm3 = null, string? Url = null);

/// <summary>What may stand outside the limit of a decision (行政许可法 第四十五条).</summary>
public enum SuspensionKind { Hearing, Tender, Auction, Test, Inspection, Quarantine, Appraisal, ExpertReview, OnSiteInspection }

/// <summary>A stretch of the handling that is not counted, with the written notice to the applicant that the article asks for.</summary>
public sealed record CaseSuspension(SuspensionKind Kind, DateOnly From, DateOnly? To, int ExpectedWorkdays, string Notice);

/// <summary>What decides a case, as it was said in one message or on one form.</summary>
public sealed record Decision(DecisionKind Kind, DateTimeOffset At, string Number, string Content, string Opinion, string Approver);

/// <summary>What a message told anew about a case.</summary>
[Flags]
public enum Learned { Nothing = 0, Acceptance = 1, Decision = 2, Delivery = 4, Permit = 8, Details = 16 }

/// <summary>办件: one application and its handling.</summary>
public sealed class Case
{
    /// <summary>Source of a case that is handled on this platform itself; only such a case has the handling limits as duties.</summary>
    public const string OwnSource = "本平台";

    public required string District { get; init; }
    public required Guid Id { get; init; }

    /// <summary>办件编号 of the system that it comes from; unique within the district.</summary>
    public required string Number { get; init; }
    public required Guid Item { get; init; }
    public required string ItemCode { get; init; }
    public required string ItemName { get; init; }
    public required Guid Party { get; init; }
    public required string PartyName { get; init; }
    public required ApplicationKind Kind { get; init; }

    /// <summary>9-digit street code of the place concerned, or 6 digits where the street is not known.</summary>
    public required string Division { get; init; }
    public required string Address { get; init; }

    /// <summary>Where the case was handled: the code of the sending system, or 本平台.</summary>
    public required string Source { get; init; }

    /// <summary>补录: entered after the fact, with its original dates.</summary>
    public required bool Backfilled { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public CaseStage Stage { get; private set; } = CaseStage.Received;
    public DateTimeOffset? AcceptedAt { get; private set; }

    /// <summary>Why it was accepted although supervision had suspended acceptance of its party; empty otherwise.</summary>
    public string AcceptedDespite { get; private set; } = "";

    /// <summary>What was not settled when it was decided: by another system, which does not ask here, or over a mere warning. One sentence for each.</summary>
    public IReadOnlyList<string> DecidedDespite { get; private set; } = [];
    public DateTimeOffset? DecidedAt { get; private set; }
    public DecisionKind? Decision { get; private set; }
    public DateTimeOffset? DeliveredAt { get; private set; }

    /// <summary>Number and name of the decision document.</summary>
    public string DecisionNumber { get; private set; } = "";
    public string DecisionContent { get; private set; } = "";
    public string Opinion { get; private set; } = "";
    public string Approver { get; private set; } = "";

    /// <summary>The Beijing day on which its result was first pushed; null as long as no organ was found. Kept here so that reconciliation counts by index.</summary>
    public DateOnly? PushedOn { get; private set; }

    /// <summary>The permit that the decision made, or that it ended.</summary>
    public Guid? Permit { get; private set; }
    public string PermitNumber { get; private set; } = "";
    public IReadOnlyList<CaseMaterial> Materials { get; private set; } = [];
    public IReadOnlyList<string> Conditions { get; private set; } = [];

    /// <summary>告知承诺: what the party promised.</summary>
    public IReadOnlyList<string> Promises { get; private set; } = [];

    /// <summary>一次性告知补正: what was asked for, and when. Accepted again only after the supplement.</summary>
    public string Supplement { get; private set; } = "";
    public DateTimeOffset? SupplementAskedAt { get; private set; }
    public DateTimeOffset? SuppliedAt { get; private set; }
    public IReadOnlyList<CaseSuspension> Suspensions { get; private set; } = [];

    public Subject Ref => new("case", Id, Number, $"{ItemName} · {Id.ToString()[^6..]}");
    public bool IsHandledHere => Source == OwnSource;
    public bool IsSuspended => Suspensions is [.., { To: null }];

    /// <summary>Takes over what a message says: every fact is stated once, and stating it again, or leaving it out, changes nothing.</summary>
    /// <returns>What was not known before.</returns>
    internal Learned Know(CheckedCase said)
    {
        var learned = Learned.Nothing;
        if (AcceptedAt is null && said.AcceptedAt is not null) (AcceptedAt, learned) = (said.AcceptedAt, learned | Learned.Acceptance);
        if (said.Decision is { } decided)
        {
            if (Decision is null) (Decision, DecidedAt, learned) = (decided.Kind, decided.At, learned | Learned.Decision);
            DecisionNumber = Fill(DecisionNumber, decided.Number, ref learned);
            DecisionContent = Fill(DecisionContent, decided.Content, ref learned);
            Opinion = Fill(Opinion, decided.Opinion, ref learned);
            Approver = Fill(Approver, decided.Approver, ref learned);
        }
        if (DeliveredAt is null && said.DeliveredAt is not null) (DeliveredAt, learned) = (said.DeliveredAt, learned | Learned.Delivery);
        if (said.Materials.Count > Materials.Count) (Materials, learned) = (said.Materials, learned | Learned.Details);
        if (Conditions.Count == 0 && said.Conditions.Count > 0) (Conditions, learned) = (said.Conditions, learned | Learned.Details);
        if (Promises.Count == 0 && said.Promises.Count > 0) (Promises, learned) = (said.Promises, learned | Learned.Details);
        Stage = StageByFacts();
        return learned;
    }

    /// <summary>Where a message says otherwise than what is known: field to sentence, empty when it agrees.</summary>
    internal Dictionary<string, string> Contradictions(CheckedCase said, Guid? party)
    {
        var found = new Dictionary<string, string>();
        Same("item", "事项", ItemCode, said.Item.Code);
        if (party != Party) found["party"] = "相对人与先前报送的不是同一个。";
        Same("party.name", "相对人名称", PartyName, said.Party.Name);
        Same("kind", "申请种类", CaseWords.Of(Kind), CaseWords.Of(said.Kind));
        Same("division", "区划代码", Division, said.Division);
        Same("address", "监管地址", Address, said.Address);
        Same("source", "来源系统", Source, said.Source);
        At("receivedAt", "收件时间", ReceivedAt, said.ReceivedAt);
        At("acceptedAt", "受理时间", AcceptedAt, said.AcceptedAt);
        At("decidedAt", "决定时间", DecidedAt, said.Decision?.At);
        At("deliveredAt", "送达时间", DeliveredAt, said.DeliveredAt);
        if (said.Decision is { } decided)
        {
            if (Decision is { } known) Same("decision.kind", "决定种类", CaseWords.Of(known), CaseWords.Of(decided.Kind));
            Same("decision.number", "决定文书号", DecisionNumber, decided.Number);
            Same("decision.content", "决定内容", DecisionContent, decided.Content);
            Same("decision.opinion", "审查意见", Opinion, decided.Opinion);
            Same("decision.approver", "审批人", Approver, decided.Approver);
        }
        var accepted = AcceptedAt ?? said.AcceptedAt;
        var decidedAt = DecidedAt ?? said.Decision?.At;
        if (decidedAt < accepted) found.TryAdd("decidedAt", "决定时间早于先前报送的受理时间。");
        if ((DeliveredAt ?? said.DeliveredAt) < decidedAt) found.TryAdd("deliveredAt", "送达时间早于决定时间。");
        // Materials may be added step by step: the longer list has to hold the shorter one.
        var (few, many) = Materials.Count <= said.Materials.Count ? (Materials, said.Materials) : (said.Materials, Materials);
        if (few.Except(many).Any()) found["materials"] = "材料与先前报送的不一致;只能增加,不能替换。";
        Lines("conditions", "许可条件", Conditions, said.Conditions);
        Lines("promises", "承诺内容", Promises, said.Promises);
        return found;

        void Same(string field, string label, string known, string now)
        {
            if (known.Length > 0 && now.Length > 0 && known != now) found.TryAdd(field, $"{label}与先前报送的不一致(先前为“{(known.Length > 60 ? known[..60] + "…" : known)}”)。");
        }

        void At(string field, string label, DateTimeOffset? known, DateTimeOffset? now)
        {
            if (known is { } was && now is { } here && was != here) found.TryAdd(field, $"{label}与先前报送的不一致(先前为{was.ToOffset(Beijing.Offset):yyyy-MM-dd HH:mm:ss})。");
        }

        void Lines(string field, string label, IReadOnlyList<string> known, IReadOnlyList<string> now)
        {
            if (known.Count > 0 && now.Count > 0 && !known.SequenceEqual(now)) found.TryAdd(field, $"{label}与先前报送的不一致。");
        }
    }

    /// <summary>受理: from now on the limit of the decision runs.</summary>
    /// <param name="suspension">Says that acceptance of the party is suspended; null while it is not. Then the acceptance needs a reason of its own.</param>
    public void Accept(DateTimeOffset at, string? suspension = null, string despite = "")
    {
        MustBeHandledHere();
        if (Stage != CaseStage.Received) throw new Refusal("case.not-received", $"该办件{CaseWords.Of(Stage)},不能再受理。", CasesRules.Accepting);
        if (SupplementAskedAt is not null && SuppliedAt is null) throw new Refusal("case.supplement-missing", "已告知申请人补正,收到补正材料后再受理。", CasesRules.Accepting);
        if (suspension is not null && string.IsNullOrWhiteSpace(despite))
            throw new Refusal("case.acceptance-suspended", $"{suspension}。依法仍应受理的,请写明理由。", CasesRules.Accepting, "Despite");
        (Stage, AcceptedAt, AcceptedDespite) = (CaseStage.Accepted, at, suspension is null ? "" : despite.Trim());
    }

    /// <summary>不予受理: not a matter of permits, or not of this organ; a dated document says so.</summary>
    public void RefuseAcceptance(string reason, string document, DateTimeOffset at)
    {
        MustBeHandledHere();
        if (Stage != CaseStage.Received) throw new Refusal("case.not-received", $"该办件{CaseWords.Of(Stage)},不能再作不予受理决定。", CasesRules.Accepting);
        (Stage, DecisionContent, DecisionNumber, DeliveredAt) = (CaseStage.NotAccepted, Reasoned(reason, "不予受理的理由", "Reason"), document.Trim(), at);
    }

    /// <summary>一次告知补正: all that is missing, once.</summary>
    public void AskSupplement(string what, DateTimeOffset at)
    {
        MustBeHandledHere();
        if (Stage != CaseStage.Received) throw new Refusal("case.not-received", $"该办件{CaseWords.Of(Stage)},不能再要求补正。", CasesRules.Accepting);
        if (SupplementAskedAt is not null) throw new Refusal("case.supplement-once", "需要补正的内容应当一次告知,不能再次要求补正。", CasesRules.Accepting);
        (Supplement, SupplementAskedAt) = (Reasoned(what, "需要补正的全部内容", "What"), at);
    }

    public void ReceiveSupplement(DateTimeOffset at)
    {
        MustBeHandledHere();
        if (Stage != CaseStage.Received || SupplementAskedAt is null || SuppliedAt is not null) throw new Refusal("case.no-supplement-asked", "该办件没有待补正的材料。", CasesRules.Accepting);
        SuppliedAt = at;
    }

    /// <summary>审查: the opinion on which the decision will rest.</summary>
    public void Review(string opinion)
    {
        MustBeUnderWay("审查");
        (Stage, Opinion) = (CaseStage.Reviewing, Reasoned(opinion, "审查意见", "Opinion"));
    }

    /// <summary>The time from here on is not counted; the applicant is told in writing how long it will take.</summary>
    public void Suspend(SuspensionKind kind, DateOnly from, int expectedWorkdays, string notice)
    {
        MustBeUnderWay("中止计时");
        if (IsSuspended) throw new Refusal("case.suspended", $"该办件正在{CaseWords.Of(Suspensions[^1].Kind)},不能重复中止计时。", CasesRules.Suspending);
        if (expectedWorkdays is < 1 or > 250) throw new Refusal("case.suspension-length", "请写明所需时间,1到250个工作日。", CasesRules.Suspending, "ExpectedWorkdays");
        (Stage, Suspensions) = (CaseStage.Reviewing, [.. Suspensions, new CaseSuspension(kind, from, null, expectedWorkdays, Reasoned(notice, "书面告知申请人的文号或者方式", "Notice"))]);
    }

    public void Resume(DateOnly on)
    {
        if (!IsSuspended) throw new Refusal("case.not-suspended", "该办件没有中止计时。", CasesRules.Suspending);
        if (on < Suspensions[^1].From) throw new Refusal("case.resume-before", "恢复日不能早于中止日。", CasesRules.Suspending, "On");
        Suspensions = [.. Suspensions.SkipLast(1), Suspensions[^1] with { To = on }];
    }

    /// <summary>准予 or 不予.</summary>
    public void Decide(Decision decided, IReadOnlyList<string> conditions)
    {
        MustBeUnderWay("作出决定");
        if (IsSuspended) throw new Refusal("case.suspended", $"正在{CaseWords.Of(Suspensions[^1].Kind)},恢复计时后再作决定。", CasesRules.Suspending);
        if (decided.Kind == DecisionKind.Refused) Reasoned(decided.Content, "不予许可的理由", "Content", CasesRules.Refusing);
        Close(decided, CaseStage.Decided);
        if (conditions.Count > 0) Conditions = conditions;
    }

    /// <summary>撤回申请 by the applicant, or 终止 where nothing can be decided any more.</summary>
    public void End(Decision decided)
    {
        MustBeHandledHere();
        if (decided.Kind is not (DecisionKind.Withdrawn or DecisionKind.Terminated)) throw new InvalidOperationException("Granting and refusing are decisions.");
        if (Decision is not null || Stage == CaseStage.NotAccepted) throw new Refusal("case.decided", $"该办件{CaseWords.Of(Stage)},不能再{CaseWords.Of(decided.Kind)}。", CasesRules.Deciding);
        Reasoned(decided.Content, "原因", "Reason");
        if (IsSuspended) Resume(Beijing.DayOf(decided.At));
        Close(decided, CaseStage.Closed);
    }

    /// <summary>送达 to the applicant.</summary>
    public void Deliver(DateTimeOffset at)
    {
        MustBeHandledHere();
        if (Stage == CaseStage.Delivered) throw new Refusal("case.delivered", "该决定已经送达。", CasesRules.Delivering);
        if (Decision is not (DecisionKind.Granted or DecisionKind.Refused)) throw new Refusal("case.not-decided", "作出准予或者不予许可的决定后才能送达。", CasesRules.Delivering);
        if (at < DecidedAt) throw new Refusal("case.delivered-before", "送达时间不能早于决定时间。", CasesRules.Delivering, "At");
        (Stage, DeliveredAt) = (CaseStage.Delivered, at);
    }

    internal void PushOn(DateOnly day) => PushedOn ??= day;

    internal void DecideDespite(IReadOnlyList<string> unsettled) => DecidedDespite = unsettled;

    internal void Attach(Guid? permit, string number) => (Permit, PermitNumber) = (permit, number);

    private static string Fill(string known, string said, ref Learned learned)
    {
        if (known.Length > 0 || said.Length == 0) return known;
        learned |= Learned.Details;
        return said;
    }

    private void Close(Decision decided, CaseStage stage) =>
        (Stage, Decision, DecidedAt, DecisionNumber, DecisionContent, Opinion, Approver) =
        (stage, decided.Kind, decided.At, decided.Number, decided.Content, decided.Opinion.Length > 0 ? decided.Opinion : Opinion, decided.Approver);

    private void MustBeHandledHere()
    {
        if (!IsHandledHere) throw new Refusal("case.handled-elsewhere", $"该办件由“{Source}”办理,请在该系统中办理,结果会报送到这里。");
    }

    private void MustBeUnderWay(string verb)
    {
        MustBeHandledHere();
        if (Stage is not (CaseStage.Accepted or CaseStage.Reviewing)) throw new Refusal("case.not-under-way", $"该办件{CaseWords.Of(Stage)},不能{verb}。", CasesRules.Deciding);
    }

    private static string Reasoned(string text, string label, string field, Article? article = null) =>
        string.IsNullOrWhiteSpace(text) ? throw new Refusal("reason.required", $"请写明{label}。", article, field) : text.Trim();

    private CaseStage StageByFacts() =>
        DeliveredAt is not null ? CaseStage.Delivered
        : Decision is DecisionKind.Withdrawn or DecisionKind.Terminated or DecisionKind.Lapsed ? CaseStage.Closed
        : Decision is not null ? CaseStage.Decided
        : AcceptedAt is not null ? Stage is CaseStage.Reviewing ? CaseStage.Reviewing : CaseStage.Accepted
        : Stage;
}
