using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Kernel.Notice;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Data;

/// <summary>
/// The one engine that keeps duties. Modules open and end them here as part of an act; nothing is saved until the act is
/// recorded, and a closing duty learns the number of that very entry.
/// </summary>
public sealed class DutyBook(AppDb db, Ledger ledger, CalendarBook calendars, LimitBook limits, Clock clock)
{
    /// <param name="from">The day of the event, itself not counted; today when omitted.</param>
    /// <param name="count">Another number than the rule's, from the item or the document; the district's setting applies when omitted.</param>
    /// <param name="givenDay">The named day, for limits that a document, meeting or event sets; it takes the place of a number of days where the document names one.</param>
    /// <param name="givenTime">The hour of that day, for what is owed until an event begins.</param>
    public async Task<Duty> OpenAsync(DutyRule rule, Guid owedBy, Guid? owedTo, Subject about, CancellationToken ct, DateOnly? from = null, int? count = null,
        string owedToLabel = "", Guid? section = null, Guid? person = null, DateOnly? givenDay = null, TimeOnly? givenTime = null)
    {
        var calendar = await calendars.CurrentAsync(ct);
        var limit = givenDay is not null && rule.Limit is Term.Workdays or Term.Days or Term.Promptly ? new Term.FixedDay() : count is { } own ? rule.Limit.WithCount(own) : await limits.OfAsync(rule, ct);
        var duty = Duty.Open(db.District, clock.NewId(), rule, limit, owedBy, owedTo, about, clock.Now, from ?? clock.Today, calendar, owedToLabel, section, person, givenDay, givenTime);
        db.Duties.Add(duty);
        return duty;
    }

    /// <summary>Ends the open duties of this rule on this subject by the act that is recorded next. Returns how many there were.</summary>
    public async Task<int> DischargeAsync(DutyRule rule, Subject about, CancellationToken ct, Guid? owedBy = null)
    {
        var open = await OpenOnAsync(rule, about.Id, owedBy, ct);
        foreach (var duty in open) Discharge(duty);
        return open.Count;
    }

    /// <summary>Ends an open duty that the caller has read by the act that is recorded next.</summary>
    public void Discharge(Duty duty)
    {
        RecordBreachIfLate(duty);
        ledger.WithNumber(number => duty.Discharge(clock.Now, number));
    }

    public async Task<int> WaiveAsync(DutyRule rule, Subject about, string reason, CancellationToken ct, Guid? owedBy = null)
    {
        var open = await OpenOnAsync(rule, about.Id, owedBy, ct);
        foreach (var duty in open)
        {
            RecordBreachIfLate(duty);
            ledger.WithNumber(number => duty.Waive(clock.Now, number, reason));
        }
        return open.Count;
    }

    public async Task<int> SupersedeAsync(DutyRule rule, Subject about, string reason, CancellationToken ct, Guid? owedBy = null)
    {
        var open = await OpenOnAsync(rule, about.Id, owedBy, ct);
        foreach (var duty in open)
        {
            RecordBreachIfLate(duty);
            ledger.WithNumber(number => duty.Supersede(clock.Now, number, reason));
        }
        return open.Count;
    }

    public async Task<int> CancelAsync(DutyRule rule, Subject about, string reason, CancellationToken ct, Guid? owedBy = null)
    {
        var open = await OpenOnAsync(rule, about.Id, owedBy, ct);
        foreach (var duty in open)
        {
            RecordBreachIfLate(duty);
            ledger.WithNumber(number => duty.Cancel(clock.Now, number, reason));
        }
        return open.Count;
    }

    public async Task SuspendAsync(DutyRule rule, Subject about, DateOnly on, string reason, string clause, CancellationToken ct)
    {
        var calendar = await calendars.CurrentAsync(ct);
        foreach (var duty in await OpenOnAsync(rule, about.Id, null, ct)) duty.Suspend(on, reason, clause, calendar, clock.Now);
    }

    public async Task ResumeAsync(DutyRule rule, Subject about, DateOnly on, CancellationToken ct)
    {
        var calendar = await calendars.CurrentAsync(ct);
        foreach (var duty in await OpenOnAsync(rule, about.Id, null, ct)) duty.Resume(on, calendar, clock.Now);
    }

    /// <summary>Another named day, or another hour of it, for the open duties of this rule on this subject: the event that they wait for moved.</summary>
    public async Task MoveAsync(DutyRule rule, Subject about, DateOnly day, string why, CancellationToken ct, TimeOnly? hour = null)
    {
        var calendar = await calendars.CurrentAsync(ct);
        foreach (var duty in await OpenOnAsync(rule, about.Id, null, ct))
        {
            RecordBreachIfLate(duty);
            duty.MoveTo(day, why, clock.Now, calendar, hour);
        }
    }

    public async Task ExtendAsync(DutyRule rule, Subject about, int count, string reason, string clause, Guid? approvedBy, CancellationToken ct)
    {
        var calendar = await calendars.CurrentAsync(ct);
        var open = await OpenOnAsync(rule, about.Id, null, ct);
        if (open.Count == 0) throw new Refusal("duty.none-open", "没有正在计算的时限可以延长。");
        foreach (var duty in open) duty.Extend(count, reason, clause, approvedBy, clock.Now, calendar);
    }

    /// <summary>However a duty ends, a last moment that passed before stays on record, even if no sweep came in between.</summary>
    private void RecordBreachIfLate(Duty duty)
    {
        var now = clock.Now;
        if (duty.IsOverdueAt(now) && duty.RecordBreach(now)) ledger.Note(DutyBreached.Of(duty), duty.Subject, DutyBreached.ArticleOf(duty));
    }

    private async Task<List<Duty>> OpenOnAsync(DutyRule rule, Guid subject, Guid? owedBy, CancellationToken ct)
    {
        var open = await db.Duties.Where(d => d.Rule == rule.Code && d.SubjectId == subject && d.ClosedAt == null && (owedBy == null || d.OwedBy == owedBy)).ToListAsync(ct);
        // Duties opened earlier in the same, not yet recorded act.
        var added = db.Duties.Local.Where(d => d.Rule == rule.Code && d.SubjectId == subject && d.IsOpen && (owedBy is null || d.OwedBy == owedBy));
        return open.Union(added).ToList();
    }
}

/// <summary>时限届满而未办结, recorded as a fact; whether it is a fault is for people to say (附件2 四).</summary>
public sealed record DutyBreached(Guid Duty, string Rule, Guid OwedBy, DateTimeOffset? DueAt) : IAct
{
    static string IAct.Name => "duty.breached";

    public static DutyBreached Of(Duty duty) => new(duty.Id, duty.Rule, duty.OwedBy, duty.DueAt);

    public static Article ArticleOf(Duty duty) => new(duty.BreachClause.Length > 0 ? duty.BreachClause : duty.Clause, "");
}
