using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Directory;
using Liandong.Modules.Linkage;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Supervision;

/// <summary>
/// 回告审批局: part of every act that records a finding or penalty. The report's duty runs from the day of the finding and ends with that
/// act; entered too late, it ends late and is shown as late.
/// </summary>
public sealed class DeliverFeedback(AppDb db, DutyBook duties, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(Guid Feedback, Guid Push, Guid Organ, FeedbackKind Kind, Guid About, DateOnly OccurredOn, bool Late) : IAct { static string IAct.Name => "feedback.delivered"; }

    /// <summary>Adds the report to the act that the caller records next.</summary>
    internal async Task<Feedback> AddAsync(Push push, Matter matter, FeedbackKind kind, Guid about, DateOnly occurredOn, string summary, bool needsWeighing, CancellationToken ct,
        Guid? permit = null, bool revokesPermit = false)
    {
        var (organ, bureau, id, number) = (actor.RequireOrgan(), await BureauAsync(ct), clock.NewId(), $"{push.Number}-回告{matter.NextReport()}");
        var title = $"{push.ItemName} · {summary}";
        var subject = new Kernel.Duties.Subject("feedback", id, number, title);
        var report = await duties.OpenAsync(SupervisionRules.Report, owedBy: organ, owedTo: bureau, subject, ct, from: occurredOn, section: organ == push.Organ ? push.Section : null, person: actor.Person);
        await duties.DischargeAsync(SupervisionRules.Report, subject, ct);
        var feedback = new Feedback
        {
            District = db.District, Id = id, Number = number, Push = push.Id, Party = push.Party, PartyName = push.PartyName, ItemName = push.ItemName, Organ = organ, Supervisor = push.Organ, To = bureau, Kind = kind, About = about,
            Summary = summary, OccurredOn = occurredOn, DeliveredAt = clock.Now, Late = report.IsLateAt(clock.Now), NeedsWeighing = needsWeighing, Permit = permit ?? push.Permit, RevokesPermit = revokesPermit,
        };
        db.Feedbacks.Add(feedback);
        await duties.OpenAsync(SupervisionRules.Acknowledge, owedBy: bureau, owedTo: organ, subject, ct);
        ledger.WithNumber(feedback.Entered);
        ledger.Note(new Act(feedback.Id, push.Id, organ, kind, about, occurredOn, feedback.Late), push.Ref, SupervisionRules.Reporting);
        return feedback;
    }

    /// <exception cref="Refusal">The directory has no bureau.</exception>
    internal async Task<Guid> BureauAsync(CancellationToken ct)
    {
        var today = clock.Today;
        return await db.Organs.Where(o => o.Kind == OrganKind.Bureau && o.From <= today && (o.To == null || o.To >= today)).OrderBy(o => o.Rank).Select(o => (Guid?)o.Id).FirstOrDefaultAsync(ct)
            ?? throw new Refusal("feedback.no-bureau", "机构里还没有行政审批服务局,不能回告;请联系审批局登记机构。");
    }
}
