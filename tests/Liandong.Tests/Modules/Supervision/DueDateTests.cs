using CsCheck;
using Liandong.Kernel;
using Liandong.Kernel.Calendar;
using Liandong.Modules.Supervision;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Liandong.Tests.Modules.Supervision;

public sealed class DueDateTests
{
    /// <summary>附件2 二(三): reported within one working day of the finding, acknowledged within three of the report (本地约定).</summary>
    [Theory, EveryDatabase]
    public async Task A_report_is_due_one_working_day_after_the_finding_and_a_late_entry_is_a_late_report(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var m = await office.Given.SupervisedMatterAsync();
        office.GoTo("2026-03-05", 16);
        await office.Given.CheckAsync(m);
        office.GoTo("2026-03-09", 10);
        await office.Given.CheckAsync(m, c => c with { On = new DateOnly(2026, 3, 5) });
        // Friday's finding entered on Monday is in time.
        await office.Given.CheckAsync(m, c => c with { On = new DateOnly(2026, 3, 6) });

        var reports = await office.LookAsync(db => db.Duties.AsNoTracking().Where(d => d.Rule == "supervision.report").OrderBy(d => d.Id).ToListAsync());
        Assert.Equal([new DateOnly(2026, 3, 6), new DateOnly(2026, 3, 6), new DateOnly(2026, 3, 9)], reports.Select(d => d.DueOn!.Value));
        Assert.Equal([false, true, false], reports.Select(d => d.BreachedAt is not null));
        Assert.All(reports, d => Assert.Equal((false, m.Market.Id, m.Bureau.Id, true, "附件2 二(三)", "附件2 四(四)"), (d.IsOpen, d.OwedBy, d.OwedTo!.Value, d.LocalNumber, d.Clause, d.BreachClause)));
        Assert.Equal([false, true, false], await office.LookAsync(db => db.Feedbacks.OrderBy(f => f.Id).Select(f => f.Late).ToListAsync()));
        Assert.Equal(1, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "duty.breached")));
        Assert.Contains("迟报", await office.Client(m.Supervisor).PageAsync(m.Page), StringComparison.Ordinal);

        var owed = await office.LookAsync(db => db.Duties.AsNoTracking().Where(d => d.Rule == "supervision.acknowledge").OrderBy(d => d.Id).ToListAsync());
        Assert.Equal([new DateOnly(2026, 3, 10), new DateOnly(2026, 3, 12), new DateOnly(2026, 3, 12)], owed.Select(d => d.DueOn!.Value));
        Assert.All(owed, d => Assert.Equal((true, m.Bureau.Id, m.Market.Id), (d.IsOpen, d.OwedBy, d.OwedTo!.Value)));
    }

    [Theory, EveryDatabase]
    public async Task A_plan_is_carried_out_by_the_next_check_and_comes_again_after_its_period(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var m = await office.Given.SupervisedMatterAsync();
        var other = await office.Given.ClaimedAsync(m.Market, m.Item, c => c with { Party = c.Party! with { Name = m.Push.PartyName, Code = SampleCode(1) } });
        Assert.Equal(m.Push.Party, other.Party);
        var client = office.Client(m.Supervisor);

        Assert.Equal(System.Net.HttpStatusCode.Redirect, (await client.SendFilledAsync($"{m.Page}/plan", "plan-check", ("PlannedOn", "2026-03-10"), ("Period", "Quarterly"), ("Kind", "Key"),
            ("Officers", m.Second.Person.ToString()), ("Officers", m.Supervisor.Person.ToString()), ("WholeParty", "true"))).StatusCode);
        Assert.Contains("2026-03-10", await client.PageAsync("/supervision?plan=planned"), StringComparison.Ordinal);
        Assert.Contains("该相对人全部事项", await client.PageAsync($"/supervision/{other.Id}"), StringComparison.Ordinal);

        office.GoTo("2026-03-11", 10);
        Assert.Equal(System.Net.HttpStatusCode.Redirect, (await client.SendFilledAsync($"/supervision/{other.Id}/check", "record-check")).StatusCode);
        var plans = await office.LookAsync(db => db.SupervisionPlans.AsNoTracking().OrderBy(p => p.Id).ToListAsync());
        Assert.Equal([(PlanState.Done, new DateOnly(2026, 3, 10)), (PlanState.Open, new DateOnly(2026, 6, 11))], plans.Select(p => (p.State, p.PlannedOn)));
        Assert.Equal(PlanKind.Key, await office.LookAsync(db => db.Checks.Select(c => c.Kind).SingleAsync()));

        var withdraw = $"/supervision/plans/{plans[1].Id}/withdraw";
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, (await client.SendFilledAsync(withdraw, "withdraw-plan")).StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.Redirect, (await client.SendFilledAsync(withdraw, "withdraw-plan", ("Reason", "相对人已停业"))).StatusCode);
        Assert.Equal(0, await office.LookAsync(db => db.SupervisionPlans.CountAsync(p => p.State == PlanState.Open)));

        static string SampleCode(int n) => Liandong.Kernel.Parties.SampleCodes.SocialCreditCodeOf(n);
    }

    /// <summary>民法典 第二百零三条, over all days of three years: the time ends on a working day not before the day named, and only then may a review go against the party.</summary>
    [Fact]
    public void No_review_goes_against_the_party_before_the_natural_end_of_its_time()
    {
        var calendar = WorkCalendar.National;
        var day = Gen.Int[0, 1000].Select(n => new DateOnly(2024, 1, 1).AddDays(n));
        Gen.Select(day, Gen.Int[1, 60], Gen.Int[0, 80]).Sample((checkedOn, given, later) =>
        {
            var (due, on) = (checkedOn.AddDays(given), checkedOn.AddDays(later));
            var rectification = Rectification.Order(CheckOn(checkedOn), Guid.Empty, due, "整改");
            var end = rectification.DeadlineIn(calendar).DueOn;
            if (end < due || !calendar.IsWorkday(end) || (calendar.IsWorkday(due) && end != due)) return false;
            try
            {
                rectification.Review(on, ReviewResult.GoOn, on.AddDays(5), "没有改", [], null, default, calendar);
                return on >= end && rectification.IsOpen && rectification.DueOn == on.AddDays(5) && rectification.Rounds.Count == 1;
            }
            catch (Refusal refusal)
            {
                return refusal.Code == "rectification.not-yet-due" && on < end && rectification.DueOn == due && rectification.Rounds.Count == 0;
            }
        });
    }

    private static Liandong.Modules.Supervision.Check CheckOn(DateOnly day) => new()
    {
        District = "370102", Id = Guid.Empty, Push = Guid.Empty, Organ = Guid.Empty, Party = Guid.Empty, Nth = 1, Kind = PlanKind.Daily, On = day, Place = "", Officers = [], Points = [],
        Result = CheckResult.NotConforming, Treatment = Treatment.Rectify, RectifyBy = null, Publicity = Publicity.Internal, RecordedAt = default,
    };
}
