using Liandong.Kernel.Duties;
using Liandong.Modules.Cases;
using Liandong.Modules.Linkage;

namespace Liandong.Modules.Supervision;

// What the API answers. Personal numbers never appear; ids are those of the addresses.

public sealed record PlanView(Guid Id, Guid? Push, Guid Party, PlanKind Kind, DateOnly PlannedOn, PlanPeriod Period, IReadOnlyList<CheckOfficer> Officers, string Note, PlanState State, Guid? Check)
{
    public static PlanView Of(SupervisionPlan p) => new(p.Id, p.Push, p.Party, p.Kind, p.PlannedOn, p.Period, p.Officers, p.Note, p.State, p.Check);
}

public sealed record CheckView(Guid Id, Guid Push, int Nth, PlanKind Kind, DateOnly On, string Place, IReadOnlyList<CheckOfficer> Officers, IReadOnlyList<CheckPoint> Points, CheckResult Result, Treatment Treatment,
    DateOnly? RectifyBy, Publicity Publicity, string LegalPerson, string Contact, string Note, string? SourceNumber, DateTimeOffset RecordedAt, long LedgerEntry)
{
    public static CheckView Of(Check c) => new(c.Id, c.Push, c.Nth, c.Kind, c.On, c.Place, c.Officers, c.Points, c.Result, c.Treatment, c.RectifyBy, c.Publicity, c.LegalPerson, c.Contact, c.Note, c.SourceNumber,
        c.RecordedAt, c.Entry);
}

public sealed record RectificationView(Guid Id, Guid Push, Guid Check, string Requirement, RectificationState State, DateOnly Since, DateOnly DueOn, IReadOnlyList<ReviewRound> Rounds)
{
    public static RectificationView Of(Rectification r) => new(r.Id, r.Push, r.Check, r.Requirement, r.State, r.Since, r.DueOn, r.Rounds);
}

public sealed record EnforcementView(Guid Id, Guid Push, Guid Check, Guid Organ, Guid To, Guid? ToSection, string Facts, DateOnly HandedOn, EnforcementState State, DateTimeOffset? ClaimedAt, DateOnly? ClosedOn,
    ClosingManner? Closing, string ClosingNote)
{
    public static EnforcementView Of(Enforcement e) => new(e.Id, e.Push, e.Check, e.Organ, e.To, e.ToSection, e.Facts, e.HandedOn, e.State, e.ClaimedAt, e.ClosedOn, e.Closing, e.ClosingNote);
}

/// <param name="Fine">In yuan.</param>
public sealed record PenaltyView(Guid Id, Guid Enforcement, Guid Push, Guid Organ, string Number, DateOnly DecidedOn, IReadOnlyList<PenaltyKind> Kinds, string Facts, string Basis, decimal Fine, decimal Confiscated,
    Guid? Permit, string PermitNumber, Publicity Publicity, IReadOnlyList<CheckOfficer> Officers)
{
    public static PenaltyView Of(Penalty p) => new(p.Id, p.Enforcement, p.Push, p.Organ, p.Number, p.DecidedOn, p.Kinds, p.Facts, p.Basis, p.FineFen / 100m, p.ConfiscatedFen / 100m, p.Permit, p.PermitNumber,
        p.Publicity, p.Officers);
}

public sealed record FeedbackBody(Guid Id, string Number, Guid Push, Guid Party, string PartyName, string ItemName, Guid Organ, FeedbackKind Kind, Guid About, string Summary, DateOnly OccurredOn, DateTimeOffset DeliveredAt,
    bool Late, bool NeedsWeighing, Guid? Permit, bool RevokesPermit, DateTimeOffset? AcknowledgedAt, ApprovalEffect? Effect, string EffectReason, DateOnly? EffectUntil, DateTimeOffset? EffectLiftedAt,
    PermitOutcome? Outcome, string OutcomeDocument, DateOnly? OutcomeOn, long LedgerEntry)
{
    public static FeedbackBody Of(Feedback f) => new(f.Id, f.Number, f.Push, f.Party, f.PartyName, f.ItemName, f.Organ, f.Kind, f.About, f.Summary, f.OccurredOn, f.DeliveredAt, f.Late, f.NeedsWeighing, f.Permit,
        f.RevokesPermit, f.AcknowledgedAt, f.Effect, f.EffectReason, f.EffectUntil, f.EffectLiftedAt, f.Outcome, f.OutcomeDocument, f.OutcomeOn, f.Entry);
}

public sealed record OpenDutyView(string Rule, string Name, Guid OwedBy, Guid? OwedTo, string SubjectKind, Guid SubjectId, DateOnly? DueOn, string Explanation)
{
    public static OpenDutyView Of(Duty d) => new(d.Rule, d.Name, d.OwedBy, d.OwedTo, d.SubjectKind, d.SubjectId, d.DueOn, d.Explanation);
}

public sealed record MatterBody(Guid Push, string Number, string CaseNumber, string ItemName, Guid Party, string PartyName, string Address, Guid Organ, DateTimeOffset? ClaimedAt, Guid? Permit, string PermitNumber,
    IReadOnlyList<PlanView> Plans, IReadOnlyList<CheckView> Checks, IReadOnlyList<RectificationView> Rectifications, IReadOnlyList<EnforcementView> Enforcements, IReadOnlyList<PenaltyView> Penalties,
    IReadOnlyList<FeedbackBody> Feedback, IReadOnlyList<OpenDutyView> Duties)
{
    public static MatterBody Of(MatterDetail d) => new(d.Push.Id, d.Push.Number, d.Push.CaseNumber, d.Push.ItemName, d.Push.Party, d.Push.PartyName, d.Push.Address, d.Push.Organ, d.Push.ClaimedAt, d.Push.Permit,
        d.Push.PermitNumber, [.. d.Plans.Select(PlanView.Of)], [.. d.Checks.Select(CheckView.Of)], [.. d.Rectifications.Select(RectificationView.Of)], [.. d.Enforcements.Select(EnforcementView.Of)],
        [.. d.Penalties.Select(PenaltyView.Of)], [.. d.Feedbacks.Select(FeedbackBody.Of)], [.. d.Duties.Select(OpenDutyView.Of)]);
}

public sealed record PartyPermitView(Guid Id, string Number, string Name, DateOnly ValidFrom, DateOnly? ValidTo, PermitStatus Status);

public sealed record PartyPushView(Guid Id, string Number, string CaseNumber, string ItemName, Guid Organ, PushState State, DateTimeOffset? ClaimedAt);

/// <param name="PublishedPenalties">Of other organs, marked for publication.</param>
public sealed record PartyBody(Guid Id, PartyKind Kind, string Name, string Code, bool CodeNonStandard, string MaskedNumber, string LegalPerson, string Address, IReadOnlyList<PartyPermitView> Permits,
    IReadOnlyList<PartyPushView> Pushes, IReadOnlyList<CheckView> Checks, IReadOnlyList<RectificationView> Rectifications, IReadOnlyList<PenaltyView> Penalties, IReadOnlyList<PenaltyView> PublishedPenalties,
    IReadOnlyList<PartyEffects.Active> Effects)
{
    public static PartyBody Of(PartyDetail d, DateOnly today) => new(d.Party.Id, d.Party.Kind, d.Party.Name, d.Party.Code, d.Party.CodeNonStandard, d.Party.MaskedNumber, d.Party.LegalPerson, d.Party.Address,
        [.. d.Permits.Select(p => new PartyPermitView(p.Id, p.Number, p.Name, p.ValidFrom, p.ValidTo, p.StatusOn(today)))],
        [.. d.Pushes.Select(p => new PartyPushView(p.Id, p.Number, p.CaseNumber, p.ItemName, p.Organ, p.State, p.ClaimedAt))], [.. d.Checks.Select(CheckView.Of)],
        [.. d.Rectifications.Select(RectificationView.Of)], [.. d.Penalties.Select(PenaltyView.Of)], [.. d.OtherPenalties.Select(PenaltyView.Of)], d.Effects);
}
