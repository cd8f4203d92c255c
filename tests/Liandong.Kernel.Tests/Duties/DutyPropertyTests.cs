using CsCheck;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;
using Xunit;
using static Liandong.Kernel.Tests.Duties.DutyTests;

namespace Liandong.Kernel.Tests.Duties;

public class DutyPropertyTests
{
    private static readonly Gen<DateOnly> Day = Gen.DateOnly[new(2018, 1, 1), new(2026, 9, 30)];

    private static readonly Gen<Term> Limits = Gen.OneOf<Term>(
        Gen.Int[1, 45].Select(n => (Term)new Term.Workdays(n)), Gen.Int[1, 90].Select(n => (Term)new Term.Days(n)), Gen.Int[1, 10].Select(n => (Term)new Term.Promptly(n)));

    [Fact]
    public void Suspended_working_days_are_all_given_back() =>
        Gen.Select(Day, Gen.Int[1, 45], Gen.Int[0, 100], Gen.Int[0, 60]).Sample((start, count, offset, length) =>
        {
            var duty = Open(new Term.Workdays(count), start);
            var on = start.AddDays(offset % (duty.DueOn!.Value.DayNumber - start.DayNumber + 1));
            var left = National.WorkdaysBetween(on, duty.DueOn.Value);

            duty.Suspend(on, "听证", "", National);
            duty.Resume(on.AddDays(length), National);

            // Who is suspended on the last day has that day left, unless it lasts no day.
            var expected = left == 0 && length > 0 ? 1 : left;
            Assert.Equal(expected, National.WorkdaysBetween(on.AddDays(length), duty.DueOn!.Value));
        });

    [Fact]
    public void An_extension_adds_exactly_its_days() =>
        Gen.Select(Day, Gen.Int[1, 45], Gen.Int[1, 30]).Sample((start, count, more) =>
        {
            var duty = Open(new Term.Workdays(count), start);
            var before = duty.DueOn!.Value;
            duty.Extend(more, "情况复杂", "", null, duty.OpenedAt, National);
            Assert.Equal(more, National.WorkdaysBetween(before, duty.DueOn!.Value));
            Assert.Equal(Open(new Term.Workdays(count + more), start).DueOn, duty.DueOn);
        });

    [Fact]
    public void Two_suspensions_in_a_row_are_as_one() =>
        Gen.Select(Day, Gen.Int[2, 45], Gen.Int[0, 30], Gen.Int[0, 30]).Sample((start, count, first, second) =>
        {
            var (apart, together) = (Open(new Term.Workdays(count), start), Open(new Term.Workdays(count), start));
            var (middle, end) = (start.AddDays(first), start.AddDays(first + second));
            apart.Suspend(start, "检验", "", National);
            apart.Resume(middle, National);
            apart.Suspend(middle, "听证", "", National);
            apart.Resume(end, National);
            together.Suspend(start, "检验", "", National);
            together.Resume(end, National);
            Assert.Equal(together.DueOn, apart.DueOn);
        });

    [Fact]
    public void Lights_only_ever_go_on_to_the_next() =>
        Gen.Select(Day, Limits, Gen.Int[0, 24 * 150].Array[2, 20]).Sample((start, limit, hours) =>
        {
            var duty = Open(limit, start);
            var lights = hours.Order().Select(h => duty.LightAt(duty.OpenedAt.AddHours(h))).ToArray();
            Assert.Equal(lights.Order(), lights);
            Assert.Equal(Light.Green, duty.LightAt(duty.OpenedAt));
            Assert.Equal(Light.Yellow, duty.LightAt(duty.HalfAt!.Value));
            Assert.Equal(Light.Amber, duty.LightAt(duty.EightyAt!.Value));
            Assert.Equal(Light.Red, duty.LightAt(duty.DueAt!.Value));
            Assert.All(hours, h => Assert.Equal(duty.LightAt(duty.OpenedAt.AddHours(h)) == Light.Red, duty.IsOverdueAt(duty.OpenedAt.AddHours(h))));
        });

    /// <summary>Whatever befalls a date, its trace tells the whole way from the first day to the present one.</summary>
    [Fact]
    public void The_trace_of_a_date_has_no_gap() =>
        Gen.Select(Day, Gen.Int[5, 45], Gen.Int[0, 3].Array[1, 12]).Sample((start, count, steps) =>
        {
            var duty = Open(new Term.Workdays(count), start);
            var (first, on, calendar) = (duty.DueOn, start, National);
            foreach (var step in steps)
            {
                if (step == 0 && !duty.IsPaused) duty.Suspend(on, "听证", "", calendar);
                else if (step == 1 && duty.IsPaused) duty.Resume(on = on.AddDays(3), calendar);
                else if (step == 2) duty.Extend(1, "复杂", "", null, duty.OpenedAt, calendar);
                else if (step == 3) duty.Recount(calendar = calendar.WithOverlay([.. calendar.Overlay, new(on.AddDays(1 + calendar.Overlay.Count), false, "本地停工")]), "本地停工", duty.OpenedAt);
            }
            var days = duty.Changes.Select(c => c.Old).Append(duty.DueOn).ToArray();
            Assert.Equal(first, days[0]);
            Assert.Equal(days[1..], duty.Changes.Select(c => c.New));
            Assert.All(duty.Changes, c => Assert.NotEmpty(c.Why));
        });

    private static readonly Gen<TimeOnly> Hour = Gen.Int[0, 24 * 60 - 1].Select(minute => new TimeOnly(minute / 60, minute % 60));

    /// <summary>Rest days, days off that come later and the close of business are nothing to an hour.</summary>
    [Fact]
    public void A_named_hour_is_the_last_moment_under_every_calendar() =>
        Gen.Select(Day, Gen.Int[-5, 60], Hour, Gen.Bool).Sample((start, days, hour, closes) =>
        {
            var (day, calendar) = (start.AddDays(days), closes ? National.WithCloseOfBusiness(new(17, 0)) : National);
            var duty = Open(new Term.FixedDay("会议召开"), start, day, calendar, hour);
            var (at, half, eighty, sentence) = (Beijing.At(day, hour), duty.HalfAt, duty.EightyAt, duty.Explanation);
            Assert.Equal((day, at), (duty.DueOn!.Value, duty.DueAt!.Value));
            Assert.True(half <= eighty && eighty <= at);
            Assert.Contains($"定于{day:yyyy-MM-dd} {hour:HH:mm},应于{day:yyyy-MM-dd} {hour:HH:mm}前完成", sentence);

            Assert.False(duty.Recount(calendar.WithOverlay([new(day, !calendar.IsWorkday(day), "本地安排")]), "本地安排", duty.OpenedAt));
            Assert.False(duty.Recount(WorkCalendar.Make([]), "没有放假安排", duty.OpenedAt));
            Assert.Equal((day, hour, at, half, eighty), (duty.GivenDay!.Value, duty.GivenTime!.Value, duty.DueAt!.Value, duty.HalfAt, duty.EightyAt));
            Assert.Empty(duty.Changes);
        });

    [Fact]
    public void Moved_to_and_fro_an_hour_is_what_it_was_and_the_trace_tells_each_moment() =>
        Gen.Select(Day, Gen.Select(Gen.Int[0, 30], Hour, Gen.Bool).Array[1, 8], Hour).Sample((start, moves, hour) =>
        {
            var day = start.AddDays(9);
            var duty = Open(new Term.FixedDay("会议召开"), start, day, hour: hour);
            var (first, half, eighty, sentence) = (duty.DueAt, duty.HalfAt, duty.EightyAt, duty.Explanation);
            foreach (var (days, other, whole) in moves) duty.MoveTo(start.AddDays(days), "改期", duty.OpenedAt, National, whole ? null : other);
            duty.MoveTo(day, "改回", duty.OpenedAt, National, hour);

            Assert.Equal((first, half, eighty, sentence), (duty.DueAt, duty.HalfAt, duty.EightyAt, duty.Explanation));
            var moments = duty.Changes.Select(c => c.OldAt).Append(duty.DueAt).ToArray();
            Assert.Equal(moves.Length + 2, moments.Length);
            Assert.Equal(first, moments[0]);
            Assert.Equal(moments[1..], duty.Changes.Select(c => c.NewAt));
        });

    /// <summary>Every verb, with values that an open duty would take.</summary>
    private static IEnumerable<Action<Duty>> Verbs(DateTimeOffset at) =>
    [
        d => d.Discharge(at, 2),
        d => d.Waive(at, 2, "理由"),
        d => d.Supersede(at, 2, "理由"),
        d => d.Cancel(at, 2, "理由"),
        d => d.Suspend(d.StartedOn, "理由", "", National),
        d => d.Resume(d.StartedOn.AddDays(1), National),
        d => d.Extend(1, "理由", "", null, at, National),
        d => d.MoveTo(d.StartedOn.AddDays(9), "理由", at, National),
        d => d.Recount(National.WithCloseOfBusiness(new(17, 0)), "理由", at),
        d => d.Assign(Guid.Empty, Guid.Empty),
        d => d.StateOverrunReason("理由"),
    ];

    [Fact]
    public void A_duty_is_closed_once_and_then_refuses_everything() =>
        Gen.Select(Day, Limits, Gen.Int[0, 3], Gen.Bool).Sample((start, limit, closing, suspended) =>
        {
            var duty = Open(limit, start);
            var at = duty.OpenedAt.AddHours(1);
            if (suspended) duty.Suspend(start, "理由", "", National);
            Verbs(at).ElementAt(closing)(duty);

            var facts = Facts(duty);
            Assert.Equal((Closing)closing, duty.ClosedHow);
            Assert.Equal((at, 2L), (duty.ClosedAt!.Value, duty.ClosedByEntry!.Value));
            Assert.Equal(Light.Done, duty.LightAt(at.AddYears(1)));
            foreach (var verb in Verbs(at.AddHours(1))) Assert.Equal("duty.closed", Assert.Throws<Refusal>(() => verb(duty)).Code);
            Assert.Equal(facts, Facts(duty));
        }, iter: 300);

    private static string Facts(Duty duty) => System.Text.Json.JsonSerializer.Serialize(duty);
}
