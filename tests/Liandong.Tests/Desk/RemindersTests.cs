using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CsCheck;
using Liandong.Accounts;
using Liandong.Calendars;
using Liandong.Data;
using Liandong.Desk;
using Liandong.Kernel.Calendar;
using Liandong.Modules.Directory;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Desk;

public sealed class RemindersTests
{
    /// <summary>Three working days from Monday 2 March end on Thursday 5 March 24:00; half of them have run at noon of Wednesday.</summary>
    [Theory, EveryDatabase]
    public async Task Each_rung_is_told_once_to_the_next_one_above_on_working_days_and_outside_quiet_hours(Database database)
    {
        await using var office = await Office.OpenAsync(database, with: GivenReminders.Still);
        var bureau = await office.Given.OrganAsync("区审批局", OrganKind.Bureau);
        var housing = await office.Given.OrganAsync("区住建局");
        var (a, lead) = (await office.Given.OfficerAsync(housing, LiaisonSlot.A), await office.Given.OfficerAsync(housing, LiaisonSlot.Lead));
        var clerk = await office.Given.MemberAsync(await office.Given.OrganAsync("联席会议办公室", OrganKind.ConferenceOffice), Roles.ConferenceOffice);
        var convenor = await office.Given.MemberAsync(await office.Given.OrganAsync("区政府", OrganKind.Government), Roles.Convenor);
        var duty = (await office.Given.DutiesAsync(1, housing.Id, bureau.Id))[0];

        List<(string Day, int Hour, int Minute, string[] Told)> days =
        [
            ("2026-03-04", 11, 0, []), ("2026-03-04", 13, 0, ["half"]), ("2026-03-05", 11, 0, ["eighty"]), ("2026-03-05", 23, 0, []),
            // The day was missed at midnight: said in the morning, and the next one above after each whole working day, a weekend between.
            ("2026-03-06", 0, 5, []), ("2026-03-06", 8, 29, []), ("2026-03-06", 8, 30, ["late"]), ("2026-03-07", 10, 0, []), ("2026-03-08", 10, 0, []), ("2026-03-09", 8, 30, ["lead"]),
            ("2026-03-10", 9, 0, []), ("2026-03-11", 9, 0, ["office"]), ("2026-03-12", 9, 0, []), ("2026-03-13", 9, 0, ["convenor"]), ("2026-03-30", 9, 0, []),
        ];
        var before = 0;
        foreach (var (day, hour, minute, expected) in days)
        {
            office.GoTo(day, hour, minute);
            await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => office.SweepAsync())));
            var told = await ToldAsync(office.Client(a), duty.Id);
            Assert.Equal(expected, told.Skip(before).Select(t => t.GetProperty("rung").GetString()));
            before = told.Count;
        }
        Assert.Equal([a.Name, a.Name, a.Name, lead.Name, clerk.Name, convenor.Name], (await ToldAsync(office.Client(a), duty.Id)).Select(t => t.GetProperty("person").GetString()));

        // Whoever was told sees it, unread, and reads it; others see nothing of it.
        Assert.Equal(3, await UnreadAsync(office.Client(a)));
        foreach (var above in new[] { lead, clerk, convenor }) Assert.Equal(1, await UnreadAsync(office.Client(above)));
        var stranger = await office.Given.MemberAsync(await office.Given.OrganAsync("区文化局"), Roles.LiaisonOfficer);
        Assert.Equal(0, await UnreadAsync(office.Client(stranger)));
        Assert.Equal(HttpStatusCode.NotFound, (await office.Client(stranger).GetAsync($"/api/v1/duties/{duty.Id}/reminders", Office.Stop)).StatusCode);
        var page = await office.Client(a).PageAsync($"/duties/{duty.Id}");
        foreach (var said in new[] { "督办:召集人", convenor.Name, "现在找谁" }) Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.Contains("督办:会商联络负责人", await office.Client(lead).PageAsync("/notices-to-me"), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Breaches_reminders_and_escalation_are_told_once_however_many_nodes_sweep(Database database)
    {
        await using var office = await Office.OpenAsync(database, with: GivenReminders.Still);
        var housing = await office.Given.OrganAsync("区住建局");
        await office.Given.OfficerAsync(housing, LiaisonSlot.A);
        await office.Given.OfficerAsync(housing, LiaisonSlot.Lead);
        await office.Given.DutiesAsync(450, housing.Id);
        office.GoTo("2026-03-09");

        var breaches = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => office.SweepAsync())));
        await office.SweepAsync();

        Assert.Equal(450, breaches.Sum());
        Assert.Equal(450, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "duty.breached")));
        foreach (var rung in new[] { ReminderRung.Late, ReminderRung.Lead })
        {
            Assert.Equal(450, await office.LookAsync(db => db.DutyReminders.CountAsync(r => r.Rung == rung && r.Told == 1)));
            Assert.Equal(450, await office.LookAsync(db => db.Reminders.CountAsync(r => r.Rung == rung)));
        }
        Assert.Equal(900, await office.LookAsync(db => db.Reminders.CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task While_A_is_away_the_reminder_goes_to_B_and_says_so_and_a_vacant_place_is_named(Database database)
    {
        await using var office = await Office.OpenAsync(database, with: GivenReminders.Still);
        var housing = await office.Given.OrganAsync("区住建局");
        var (a, b) = (await office.Given.OfficerAsync(housing, LiaisonSlot.A), await office.Given.OfficerAsync(housing, LiaisonSlot.B));
        await office.ActAsync(s => s.GetRequiredService<AddAbsence>().RunAsync(new AddAbsence.Input(a.Person, new(2026, 3, 4), new(2026, 3, 9), "培训"), Office.Stop));
        var duty = (await office.Given.DutiesAsync(1, housing.Id, person: a.Person))[0];
        office.GoTo("2026-03-06");
        await office.SweepAsync();

        var told = Assert.Single(await ToldAsync(office.Client(b), duty.Id));
        Assert.Equal((b.Name, a.Name), (told.GetProperty("person").GetString(), told.GetProperty("onBehalfOf").GetString()));
        Assert.Contains($"{b.Name}(代 {a.Name})", await office.Client(b).PageAsync($"/duties/{duty.Id}"), StringComparison.Ordinal);
        Assert.Contains("代外出人员", await office.Client(b).PageAsync("/notices-to-me"), StringComparison.Ordinal);
        Assert.Contains($"代 {a.Name}", await office.Client(b).PageAsync("/"), StringComparison.Ordinal);

        // Nobody leads this organ: the step is noted, and the page says that nobody could be told.
        office.GoTo("2026-03-09");
        await office.SweepAsync();
        Assert.Contains("没有人可以提醒", await office.Client(b).PageAsync($"/duties/{duty.Id}"), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task A_person_reads_one_or_all_chooses_the_warnings_and_cannot_switch_off_what_is_overdue(Database database)
    {
        await using var office = await Office.OpenAsync(database, with: GivenReminders.Still);
        var housing = await office.Given.OrganAsync("区住建局");
        var (a, b) = (await office.Given.OfficerAsync(housing, LiaisonSlot.A), await office.Given.OfficerAsync(housing, LiaisonSlot.B));
        var client = office.Client(a);
        Assert.Equal(HttpStatusCode.Redirect, (await client.SubmitAsync("/notices-to-me/settings", "habits", ("Eighty", "true"), ("DigestAt", "09:00"), ("QuietFrom", "20:00"), ("QuietTo", "08:30"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.SubmitAsync("/notices-to-me/settings", "habits", ("Digest", "true"), ("DigestAt", "07:00"), ("QuietFrom", "20:00"), ("QuietTo", "08:30"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.SubmitAsync("/notices-to-me/settings", "habits", ("DigestAt", "九点"), ("QuietFrom", "20:00"), ("QuietTo", "08:30"))).StatusCode);
        await office.Given.DutiesAsync(3, housing.Id);

        office.GoTo("2026-03-04", 13);
        await office.SweepAsync();
        Assert.Equal(0, await UnreadAsync(client));
        office.GoTo("2026-03-05", 11);
        await office.SweepAsync();
        Assert.Equal(3, await UnreadAsync(client));
        office.GoTo("2026-03-06");
        await office.SweepAsync();
        Assert.Equal(6, await UnreadAsync(client));
        Assert.Contains(">6</span>", await client.PageAsync("/"), StringComparison.Ordinal);

        var first = (await client.GetFromJsonAsync<JsonElement>("/api/v1/reminders?unread=true&limit=2", Office.Stop)).GetProperty("items")[0].GetProperty("id").GetGuid();
        Assert.Equal(HttpStatusCode.NotFound, (await office.Client(b).PostAsync($"/api/v1/reminders/{first}/read", null, Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await client.PostAsync($"/api/v1/reminders/{first}/read", null, Office.Stop)).StatusCode);
        Assert.Equal(5, await UnreadAsync(client));
        var second = (await client.GetFromJsonAsync<JsonElement>("/api/v1/reminders?unread=true&limit=2", Office.Stop)).GetProperty("items")[0].GetProperty("id").GetGuid();
        Assert.Equal(HttpStatusCode.Redirect, (await client.SubmitAsync("/notices-to-me", "read", ("Reminder", second.ToString()))).StatusCode);
        Assert.Equal(4, await UnreadAsync(client));
        Assert.Equal(HttpStatusCode.Redirect, (await client.SubmitAsync("/notices-to-me", "read-all")).StatusCode);
        Assert.Equal(0, await UnreadAsync(client));
        Assert.Equal(6, (await client.GetFromJsonAsync<JsonElement>("/api/v1/reminders", Office.Stop)).GetProperty("items").GetArrayLength());
        Assert.Contains("逾期", await client.PageAsync("/notices-to-me?show=all"), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task The_district_sets_the_ladder_in_order_and_only_those_who_agree_on_limits_may(Database database)
    {
        await using var office = await Office.OpenAsync(database, with: GivenReminders.Still);
        var housing = await office.Given.OrganAsync("区住建局");
        var (a, lead) = (await office.Given.OfficerAsync(housing, LiaisonSlot.A), await office.Given.OfficerAsync(housing, LiaisonSlot.Lead));
        var clerk = await office.Given.MemberAsync(await office.Given.OrganAsync("联席会议办公室", OrganKind.ConferenceOffice), Roles.ConferenceOffice);
        (string, string)[] Ladder(string lead, string office, string convenor) => [("LeadAfter", lead), ("OfficeAfter", office), ("ConvenorAfter", convenor), ("Half", "true"), ("DigestAt", "09:00"), ("QuietFrom", "20:00"), ("QuietTo", "08:30")];

        Assert.Equal(HttpStatusCode.Forbidden, (await office.Client(a).GetAsync("/settings/reminders", Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await office.Client(clerk).SubmitAsync("/settings/reminders", "ladder", Ladder("3", "1", ""))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await office.Client(clerk).SubmitAsync("/settings/reminders", "ladder", Ladder("0", "", ""))).StatusCode);
        var settings = await office.Client(a).GetFromJsonAsync<JsonElement>("/api/v1/reminders/settings", Office.Stop);
        Assert.Equal(0, settings.GetProperty("leadAfter").GetInt32());
        Assert.False(settings.TryGetProperty("officeAfter", out _));

        await office.Given.DutiesAsync(1, housing.Id);
        office.GoTo("2026-03-06");
        await office.SweepAsync();
        Assert.Equal((1, 1), (await UnreadAsync(office.Client(a)), await UnreadAsync(office.Client(lead))));
        office.GoTo("2026-03-20");
        await office.SweepAsync();
        Assert.Equal(0, await UnreadAsync(office.Client(clerk)));
        Assert.Equal(1, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "reminder.ladder-set")));
    }

    /// <summary>A date that a new calendar moves on can be missed again, and is then told again.</summary>
    [Theory, EveryDatabase]
    public async Task A_date_moved_after_it_was_missed_is_told_again_when_it_is_missed_again(Database database)
    {
        await using var office = await Office.OpenAsync(database, with: GivenReminders.Still);
        var housing = await office.Given.OrganAsync("区住建局");
        await office.Given.OfficerAsync(housing, LiaisonSlot.A);
        await office.Given.DutiesAsync(1, housing.Id);
        office.GoTo("2026-03-06");
        await office.SweepAsync();
        await office.ActAsync(s => s.GetRequiredService<SetLocalDay>().RunAsync(new SetLocalDay.Input(new(2026, 3, 5), false, "大雪停工"), Office.Stop));
        await office.SweepAsync();
        Assert.Equal(1, await office.LookAsync(db => db.Reminders.CountAsync(r => r.Rung == ReminderRung.Late)));
        office.GoTo("2026-03-09");
        await office.SweepAsync();
        Assert.Equal([new DateOnly(2026, 3, 5), new DateOnly(2026, 3, 6)], await office.LookAsync(db => db.DutyReminders.Where(r => r.Rung == ReminderRung.Late).OrderBy(r => r.For).Select(r => r.For).ToListAsync()));
    }

    /// <summary>The day that the sweep asks for by index is the same as counting each duty on its own.</summary>
    [Fact]
    public void A_day_is_as_long_missed_as_counting_from_it_says() =>
        Gen.Select(Gen.Int[0, 700], Gen.Int[0, 12], Gen.Int[0, 40]).Sample((start, after, back) =>
        {
            var today = new DateOnly(2025, 1, 10).AddDays(start);
            var missed = today.AddDays(-1 - back);
            var calendar = WorkCalendar.National;
            var whole = Enumerable.Range(1, today.DayNumber - missed.DayNumber - 1).Count(n => calendar.IsWorkday(missed.AddDays(n)));
            Assert.Equal(whole >= after, missed <= RemindDuties.LastMissed(today, after, calendar));
        });

    /// <summary>Whatever the quiet hours, the waking moment is on a working day, outside them, and not before now.</summary>
    [Fact]
    public void What_is_held_back_goes_at_the_first_waking_moment() =>
        Gen.Select(Gen.Int[0, 60 * 24 * 60], Gen.Int[0, 1439], Gen.Int[0, 1439]).Where(t => t.Item2 != t.Item3).Sample((minute, from, to) =>
        {
            var habits = ReminderHabits.Usual with { QuietFrom = new TimeOnly(from / 60, from % 60), QuietTo = new TimeOnly(to / 60, to % 60) };
            var now = Beijing.At(2026, 9, 20).AddMinutes(minute);
            var waking = habits.WakingFrom(now, WorkCalendar.National);
            Assert.True(waking >= now);
            Assert.True(habits.IsAwake(waking, WorkCalendar.National));
            for (var earlier = now; earlier < waking; earlier = earlier.AddMinutes(7)) Assert.False(habits.IsAwake(earlier, WorkCalendar.National));
        });

    private static async Task<List<JsonElement>> ToldAsync(HttpClient client, Guid duty) => [.. (await client.GetFromJsonAsync<JsonElement>($"/api/v1/duties/{duty}/reminders", Office.Stop)).EnumerateArray()];

    private static async Task<int> UnreadAsync(HttpClient client) => (await client.GetFromJsonAsync<JsonElement>("/api/v1/reminders/unread", Office.Stop)).GetProperty("unread").GetInt32();
}
