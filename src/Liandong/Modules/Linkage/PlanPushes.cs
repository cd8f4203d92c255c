using Liandong.Data;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Cases;
using Liandong.Modules.Items;

namespace Liandong.Modules.Linkage;

/// <summary>What planning pushes needs to know, read once for a whole group of cases.</summary>
public sealed record PushGround(
    string District, RegisterSnapshot Register, WorkCalendar Calendar, Term PushLimit, Term ClaimLimit, Guid Bureau, bool DeemedReceipt, DateTimeOffset Now, Sender By, Func<Guid> NewId,
    Func<string> NextNumber)
{
    public DateOnly Today => Beijing.DayOf(Now);
}

/// <summary>One push with everything that its delivery brings along.</summary>
public sealed record PlannedPush(Push Push, Duty Claim, IReadOnlyList<PushEvent> Events);

/// <param name="Owed">The bureau's duty to push, open; whoever records the plan discharges it when everything is delivered.</param>
/// <param name="Pushes">One per supervising organ, delivered; empty when nobody was found.</param>
/// <param name="Failure">Why nobody was found, for the queue; null when pushes were made.</param>
public sealed record PushPlan(Duty Owed, IReadOnlyList<PlannedPush> Pushes, RoutingFailure? Failure);

/// <summary>
/// Decides purely who gets the result of a case and what is owed from then on (附件2 二(三)). Both ways of writing, the group writer and
/// the ordinary use case, record exactly what is planned here.
/// </summary>
public static class PlanPushes
{
    public sealed record Delivered(Guid Push, Guid Case, Guid Organ, ResponsibilityKind Role, bool DeemedReceipt) : IAct { static string IAct.Name => "push.delivered"; }

    public sealed record Unrouted(Guid Case, Guid Item, string Division) : IAct { static string IAct.Name => "push.unrouted"; }

    /// <summary>The plan for a case that was decided just now: routed by the register of the day of the decision.</summary>
    public static PushPlan For(Case decided, PushGround ground)
    {
        var on = Beijing.DayOf(decided.DecidedAt!.Value);
        var routed = Routing.Route(ground.Register, decided.Item, decided.Division, on);
        // 补录 tells of the past: the limit to push runs from the day on which the platform learned of it.
        var from = decided.Backfilled ? ground.Today : on;
        var owed = Duty.Open(ground.District, ground.NewId(), LinkageRules.PushResult, ground.PushLimit, ground.Bureau, routed.Main?.Organ, decided.Ref, ground.Now, from, ground.Calendar,
            routed.Main is null ? "监管单位(待确定)" : "");
        if (routed.Main is null) return new PushPlan(owed, [], Fail(decided, routed.Failure, ground));
        return new PushPlan(owed, [.. routed.Organs.Select((organ, i) => To(decided, organ, ground, beside: i > 0))], null);
    }

    /// <summary>One push, made and delivered on the platform in the same moment.</summary>
    /// <param name="beside">Another organ has a push of this case already.</param>
    public static PlannedPush To(Case decided, RoutedOrgan organ, PushGround ground, bool beside)
    {
        var push = new Push
        {
            District = ground.District, Id = ground.NewId(), Number = ground.NextNumber(), Case = decided.Id, CaseNumber = decided.Number, Item = decided.Item, ItemName = decided.ItemName,
            Party = decided.Party, PartyName = decided.PartyName, Kind = decided.Kind, Decision = decided.Decision!.Value, DecidedAt = decided.DecidedAt!.Value, Division = decided.Division,
            Address = decided.Address, Organ = organ.Organ, Role = organ.Kind, Routing = organ.Why, Beside = beside, CreatedAt = ground.Now,
        };
        push.Carry(decided.Permit, decided.PermitNumber);
        push.Suggest(organ.Section, organ.Person);
        var limit = organ.ClaimDays is { } days ? LinkageRules.ClaimResult.Limit.WithCount(days) : ground.ClaimLimit;
        var claim = Duty.Open(ground.District, ground.NewId(), LinkageRules.ClaimResult, limit, organ.Organ, ground.Bureau, push.Ref, ground.Now, ground.Today, ground.Calendar, section: organ.Section, person: organ.Person);
        push.Deliver(ground.Now, claim.DueAt);
        var delivered = Event("delivered", ground.By, "");
        if (!ground.DeemedReceipt || !push.Sign(ground.Now)) return new PlannedPush(push, claim, [delivered]);
        return new PlannedPush(push, claim, [delivered, Event("signed", new Sender(null, organ.Organ, null, "", "系统"), "推送完成视为签收(本区约定)")]);

        PushEvent Event(string what, Sender by, string note) => new()
        {
            District = ground.District, Id = ground.NewId(), Push = push.Id, What = what, At = ground.Now, Person = by.Person, Organ = by.Organ, OnBehalfOf = by.OnBehalfOf, Who = by.Name, Channel = by.Channel, Note = note,
        };
    }

    private static RoutingFailure Fail(Case decided, string reason, PushGround ground)
    {
        var failure = new RoutingFailure
        {
            District = ground.District, Id = ground.NewId(), Case = decided.Id, CaseNumber = decided.Number, Item = decided.Item, ItemName = decided.ItemName, PartyName = decided.PartyName,
            Division = decided.Division, Decision = decided.Decision!.Value, DecidedAt = decided.DecidedAt!.Value, FailedAt = ground.Now,
        };
        failure.Because(reason);
        return failure;
    }
}

/// <summary>The bureau's number series: 历审推〔2026〕n号 and its like, from the first character of the district's name.</summary>
public static class PushNumbers
{
    /// <summary>Numbers of pushes.</summary>
    public static string SeriesOf(DistrictSettings? settings) => Prefix(settings) + "审推";

    /// <summary>Numbers of cases that are received on the platform itself.</summary>
    public static string CaseSeriesOf(DistrictSettings? settings) => Prefix(settings) + "审件";

    /// <summary>Numbers of decision documents that are made out on the platform.</summary>
    public static string DecisionSeriesOf(DistrictSettings? settings) => Prefix(settings) + "审许";

    private static string Prefix(DistrictSettings? settings) => settings is { Name.Length: > 0 } ? settings.Name[..1] : "";
}
