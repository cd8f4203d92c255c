using Liandong.Accounts;
using Liandong.Data;
using Liandong.Desk;
using Liandong.Modules.Directory;
using Liandong.Modules.Linkage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Desk;

public sealed class MailRemindersTests
{
    [Theory, EveryDatabase]
    public async Task The_digest_comes_once_on_a_working_morning_and_never_at_night_or_on_a_rest_day(Database database)
    {
        await using var office = await Office.OpenAsync(database, with: GivenReminders.Still);
        await using var server = MailServer.Open();
        var housing = await office.Given.OrganAsync("区住建局");
        await office.Given.OfficerAsync(housing, LiaisonSlot.A, "zhang@example.cn");
        await office.Given.DutiesAsync(2, housing.Id);

        // Two nodes at once: one mail.
        Assert.Equal(1, (await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => PostAsync(office, server))))).Sum());
        Assert.Equal(0, await PostAsync(office, server));
        office.GoTo("2026-03-02", 21);
        Assert.Equal(0, await PostAsync(office, server));
        office.GoTo("2026-03-07", 10);
        Assert.Equal(0, await PostAsync(office, server));
        office.GoTo("2026-03-09", 8, 0);
        Assert.Equal(0, await PostAsync(office, server));
        office.GoTo("2026-03-09", 8, 30);
        Assert.Equal(1, await PostAsync(office, server));
        Assert.Equal(2, server.Taken.Count);
        Assert.All(server.Taken, m => Assert.Equal("zhang@example.cn", Assert.Single(m.To.Mailboxes).Address));
        Assert.Contains("其中逾期 2 件", server.Taken[1].TextBody, StringComparison.Ordinal);
        Assert.Contains("依据:附件2 二(三)", server.Taken[1].TextBody, StringComparison.Ordinal);
    }

    /// <summary>The mail server comes back in the evening: what could not go in the day goes in the morning, not at night.</summary>
    [Theory, EveryDatabase]
    public async Task What_an_outage_held_up_does_not_go_in_quiet_hours(Database database)
    {
        await using var office = await Office.OpenAsync(database, with: GivenReminders.Still);
        await using var server = MailServer.Open();
        var housing = await office.Given.OrganAsync("区住建局");
        var officer = await office.Given.OfficerAsync(housing, LiaisonSlot.A, "zhang@example.cn");
        await office.Given.ChoosesAsync(officer, h => h with { Digest = false });
        await office.Given.DutiesAsync(1, housing.Id);
        office.GoTo("2026-03-06", 19, 50);
        await office.SweepAsync(Settings(server));
        await server.GoAwayAsync();
        Assert.Equal(0, await PostAsync(office, server));
        server.ComeBack();

        // Friday evening, the night, the weekend; then Monday morning.
        foreach (var (day, hour) in new[] { ("2026-03-06", 21), ("2026-03-07", 3), ("2026-03-08", 10), ("2026-03-09", 8) })
        {
            office.GoTo(day, hour);
            Assert.Equal(0, await PostAsync(office, server));
        }
        office.GoTo("2026-03-09", 8, 31);
        Assert.Equal(1, await PostAsync(office, server));
        Assert.Single(server.Taken);
    }

    [Theory, EveryDatabase]
    public async Task A_mail_survives_the_server_s_outage_and_is_taken_once(Database database)
    {
        await using var office = await Office.OpenAsync(database, with: GivenReminders.Still);
        await using var server = MailServer.Open();
        var housing = await office.Given.OrganAsync("区住建局");
        var officer = await office.Given.OfficerAsync(housing, LiaisonSlot.A, "zhang@example.cn");
        await office.Given.ChoosesAsync(officer, h => h with { Digest = false });
        var duty = (await office.Given.DutiesAsync(1, housing.Id))[0];
        office.GoTo("2026-03-06", 8, 30);
        await office.SweepAsync(Settings(server));

        // Away, then busy, then breaking off after the mail was said: each time it waits and is tried again.
        await server.GoAwayAsync();
        Assert.Equal(0, await PostAsync(office, server));
        var told = Assert.Single(await ToldAsync(office, duty.Id));
        Assert.Equal(MailState.Waiting, told.Mail);
        Assert.NotEmpty(told.MailError);
        Assert.Contains("邮件未送出,正在重试", await office.Client(officer).PageAsync($"/duties/{duty.Id}"), StringComparison.Ordinal);
        server.ComeBack();
        Assert.Equal(0, await PostAsync(office, server));
        foreach (var (mode, minute) in new[] { (Taking.SaysTryLater, 31), (Taking.HangsUp, 33) })
        {
            server.Mode = mode;
            office.GoTo("2026-03-06", 8, minute);
            Assert.Equal(0, await PostAsync(office, server));
        }
        server.Mode = Taking.Takes;
        office.GoTo("2026-03-06", 8, 38);
        Assert.Equal(1, (await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => PostAsync(office, server))))).Sum());
        office.GoTo("2026-03-06", 12);
        Assert.Equal(0, await PostAsync(office, server));

        Assert.Single(server.Taken);
        Assert.Single(server.Heard.Distinct());
        told = Assert.Single(await ToldAsync(office, duty.Id));
        Assert.Equal((MailState.Sent, ReminderRung.Late), (told.Mail, told.Rung));
        Assert.Contains("逾期", server.Taken[0].Subject, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Quiet_hours_hold_mail_back_what_was_done_is_not_said_and_a_dead_address_is_not_tried_again(Database database)
    {
        await using var office = await Office.OpenAsync(database, with: GivenReminders.Still);
        await using var server = MailServer.Open();
        var (housing, parks) = (await office.Given.OrganAsync("区住建局"), await office.Given.OrganAsync("区园林局"));
        var late = await office.Given.OfficerAsync(housing, LiaisonSlot.A, "zhang@example.cn");
        var gone = await office.Given.OfficerAsync(parks, LiaisonSlot.A, "gone@example.cn");
        // Email switched off and quiet until ten: what is overdue is mailed all the same, after ten.
        await office.Given.ChoosesAsync(late, h => h with { Mail = false, QuietTo = new TimeOnly(10, 0), DigestAt = new TimeOnly(11, 0) });
        await office.Given.ChoosesAsync(gone, h => h with { Digest = false });
        await office.Given.DutiesAsync(1, housing.Id);
        office.GoTo("2026-03-06", 8, 30);
        await office.SweepAsync(Settings(server));
        Assert.Equal(0, await PostAsync(office, server));
        office.GoTo("2026-03-06", 9, 59);
        Assert.Equal(0, await PostAsync(office, server));
        office.GoTo("2026-03-06", 10);
        Assert.Equal(1, await PostAsync(office, server));

        // Done between the sweep and the sending: nothing is said.
        var done = (await office.Given.DutiesAsync(1, parks.Id))[0];
        office.GoTo("2026-03-12", 9);
        await office.SweepAsync(Settings(server));
        await office.ActAsync(async s =>
        {
            await s.GetRequiredService<DutyBook>().DischargeAsync(LinkageRules.ClaimResult, done.Subject, Office.Stop);
            await s.GetRequiredService<Ledger>().RecordAsync(new AddOrgan.Act(parks.Id, "办结", OrganKind.Department, default), done.Subject, null, Office.Stop);
        });
        await PostAsync(office, server);
        Assert.DoesNotContain(server.Taken, m => m.To.Mailboxes.Any(b => b.Address == "gone@example.cn"));

        var refused = (await office.Given.DutiesAsync(1, parks.Id))[0];
        office.GoTo("2026-03-18", 9);
        await office.SweepAsync(Settings(server));
        server.Mode = Taking.SaysNoSuchBox;
        await PostAsync(office, server);
        server.Mode = Taking.Takes;
        office.GoTo("2026-03-18", 15);
        await PostAsync(office, server);
        Assert.DoesNotContain(server.Taken, m => m.To.Mailboxes.Any(b => b.Address == "gone@example.cn"));
        Assert.Equal(MailState.Refused, (await ToldAsync(office, refused.Id))[0].Mail);
    }

    private static IConfiguration Settings(MailServer server) => new ConfigurationBuilder().AddInMemoryCollection(
        [KeyValuePair.Create("smtp:host", (string?)"127.0.0.1"), KeyValuePair.Create("smtp:port", (string?)server.Port.ToString()), KeyValuePair.Create("smtp:from", (string?)"liandong@example.cn")]).Build();

    private static Task<int> PostAsync(Office office, MailServer server) => office.ActAsync(s =>
        new MailReminders(s.GetRequiredService<AppDb>(), s.GetRequiredService<CalendarBook>(), s.GetRequiredService<Clock>(), s.GetRequiredService<WriteGate>(), Settings(server)).RunAsync(Office.Stop));

    private static Task<IReadOnlyList<Told>> ToldAsync(Office office, Guid duty) => office.ActAsync(s => ReminderQueries.OfDutyAsync(s.GetRequiredService<AppDb>(), BureauOf(s), duty, Office.Stop));

    private static Actor BureauOf(IServiceProvider services)
    {
        var actor = services.GetRequiredService<Actor>();
        actor.BecomePerson(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), "看的人", Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), "区审批局", true, null, [Roles.Approver], "页面");
        return actor;
    }
}
