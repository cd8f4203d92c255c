using System.Net.Sockets;
using System.Text;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;
using Liandong.Outbound;
using Liandong.Shared;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace Liandong.Desk;

/// <summary>
/// Sends by SMTP what is to go at once and, each working morning, the digest. A mail is a row first: it is taken by one node with a single statement, and what the server did not take
/// is tried again with growing pauses under the same Message-ID until it is taken. What it says is written when it goes, so nobody is reminded of what was done meanwhile.
/// </summary>
public sealed class MailReminders(AppDb db, CalendarBook calendars, Clock clock, WriteGate gate, IConfiguration settings)
{
    private const int PerRun = 200, LinesShown = 50;

    /// <summary>Minutes until the next attempt, by how many there were; the last one for all that follow.</summary>
    private static readonly int[] Pauses = [1, 2, 5, 10, 30, 60];

    /// <summary>Returns how many mails the server has taken.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        if (settings["smtp:host"] is not { Length: > 0 } host) return 0;
        var calendar = await calendars.CurrentAsync(ct);
        await GatherAsync(ct);
        await AddDigestsAsync(calendar, ct);
        return await SendAsync(host, calendar, ct);
    }

    /// <summary>One mail per person for all that may go now. The reminders are claimed by one statement, so two nodes never put the same one into two mails.</summary>
    private async Task GatherAsync(CancellationToken ct)
    {
        var now = clock.Now;
        foreach (var person in await db.Reminders.AsNoTracking().Where(r => r.MailAfter <= now && r.Mail == null).Select(r => r.Person).Distinct().ToListAsync(ct))
        {
            var id = clock.NewId();
            using var turn = await gate.EnterAsync(ct);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            if (await db.Reminders.Where(r => r.Person == person && r.MailAfter <= now && r.Mail == null).ExecuteUpdateAsync(set => set.SetProperty(r => r.Mail, id), ct) == 0) continue;
            db.ReminderMails.Add(new ReminderMail { District = db.District, Id = id, Person = person, Slot = $"now:{id:N}", CreatedAt = now, NextAt = now });
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
        }
        db.ChangeTracker.Clear();
    }

    private async Task AddDigestsAsync(WorkCalendar calendar, CancellationToken ct)
    {
        var now = clock.Now;
        var (today, time) = (Beijing.DayOf(now), Beijing.TimeOf(now));
        if (!calendar.IsWorkday(today)) return;
        var slot = $"digest:{ChineseDates.Plain(today)}";
        var district = await ReminderQueries.SettingsAsync(db, ct);
        var chosen = await ReminderQueries.ChosenAsync(db, ct);
        var made = (await db.ReminderMails.AsNoTracking().Where(m => m.Slot == slot).Select(m => m.Person).ToListAsync(ct)).ToHashSet();
        var mailable = (await db.People.AsNoTracking().Where(p => p.Email != "").Select(p => p.Id).ToListAsync(ct)).ToHashSet();
        var addressees = await Addressees.OfAsync(db, today, ct);
        foreach (var person in addressees.Readers().Select(r => r.Person).Distinct())
        {
            var habits = chosen.GetValueOrDefault(person, district.Habits);
            if (made.Contains(person) || !mailable.Contains(person) || addressees.IsAway(person) || habits is not { Mail: true, Digest: true } || time < habits.DigestAt || !habits.IsAwake(now, calendar)) continue;
            db.ReminderMails.Add(new ReminderMail { District = db.District, Id = clock.NewId(), Person = person, Slot = slot, CreatedAt = now, NextAt = now });
            using var turn = await gate.EnterAsync(ct);
            try
            {
                await db.SaveChangesAsync(ct);
            }
            catch (DbUpdateException failure) when (Uniqueness.IsViolated(failure))
            {
                // Another node made it.
            }
            db.ChangeTracker.Clear();
        }
    }

    private async Task<int> SendAsync(string host, WorkCalendar calendar, CancellationToken ct)
    {
        var now = clock.Now;
        var due = await db.ReminderMails.AsNoTracking().Where(m => m.State == MailState.Waiting && m.NextAt <= now).OrderBy(m => m.NextAt).ThenBy(m => m.Id).Take(PerRun).ToListAsync(ct);
        if (due.Count == 0) return 0;
        var addressees = await Addressees.OfAsync(db, Beijing.DayOf(now), ct);
        var (chosen, district) = (await ReminderQueries.ChosenAsync(db, ct), await ReminderQueries.SettingsAsync(db, ct));
        using var client = new SmtpClient { Timeout = settings.GetValue("smtp:timeout", 20_000) };
        var sent = 0;
        foreach (var mail in due)
        {
            ct.ThrowIfCancellationRequested();
            // Made while the person was awake, and kept from going by the mail server or by the platform's own absence.
            if (chosen.GetValueOrDefault(mail.Person, district.Habits).WakingFrom(clock.Now, calendar) is var waking && waking > clock.Now)
            {
                await PutOffAsync(mail, waking, ct);
                continue;
            }
            if (await MessageAsync(mail, addressees, calendar, ct) is not { } message)
            {
                await SettleAsync(mail.Id, MailState.Waiting, MailState.Dropped, "", ct);
                continue;
            }
            using (message)
            {
                try
                {
                    if (!client.IsConnected) await ConnectAsync(client, host, ct);
                }
                catch (Exception failure) when (IsOutage(failure))
                {
                    // Nothing goes while the server is away: all that are due wait together.
                    foreach (var waiting in due.SkipWhile(m => m.Id != mail.Id)) await AgainAsync(waiting, MailState.Waiting, failure, ct);
                    return sent;
                }
                if (!await SettleAsync(mail.Id, MailState.Waiting, MailState.Sending, "", ct)) continue;
                try
                {
                    // Not to be broken off: a mail that was half said would be in doubt.
                    await client.SendAsync(message, CancellationToken.None);
                    await SettleAsync(mail.Id, MailState.Sending, MailState.Sent, "", CancellationToken.None);
                    sent++;
                }
                catch (SmtpCommandException refused) when ((int)refused.StatusCode >= 500)
                {
                    await SettleAsync(mail.Id, MailState.Sending, MailState.Refused, Short(refused), CancellationToken.None);
                }
                catch (Exception failure) when (IsOutage(failure))
                {
                    // Without the server's word it has not taken the mail (RFC 5321 4.2.5), and the Message-ID tells it that the next one is the same.
                    await AgainAsync(mail, MailState.Sending, failure, CancellationToken.None);
                }
            }
        }
        if (client.IsConnected) await client.DisconnectAsync(true, CancellationToken.None);
        return sent;
    }

    private async Task ConnectAsync(SmtpClient client, string host, CancellationToken ct)
    {
        await client.ConnectAsync(host, settings.GetValue("smtp:port", 25), settings.GetValue("smtp:tls", false) ? SecureSocketOptions.StartTls : SecureSocketOptions.None, ct);
        if (settings["smtp:user"] is { Length: > 0 } user) await client.AuthenticateAsync(user, settings["smtp:password"] ?? "", ct);
    }

    /// <summary>Moves a mail on, if it still stands where this node saw it.</summary>
    private async Task<bool> SettleAsync(Guid id, MailState from, MailState to, string error, CancellationToken ct)
    {
        var now = clock.Now;
        using var turn = await gate.EnterAsync(ct);
        return await db.ReminderMails.Where(m => m.Id == id && m.State == from && m.NextAt <= now).ExecuteUpdateAsync(set =>
        {
            set.SetProperty(m => m.State, to).SetProperty(m => m.Error, error);
            if (to == MailState.Sent) set.SetProperty(m => m.SentAt, now);
        }, ct) == 1;
    }

    private async Task AgainAsync(ReminderMail mail, MailState from, Exception failure, CancellationToken ct)
    {
        var (now, error) = (clock.Now, Short(failure));
        var next = now.AddMinutes(Pauses[Math.Min(mail.Attempts, Pauses.Length - 1)]);
        using var turn = await gate.EnterAsync(ct);
        await db.ReminderMails.Where(m => m.Id == mail.Id && m.State == from && m.Attempts == mail.Attempts).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MailState.Waiting)
            .SetProperty(m => m.NextAt, next).SetProperty(m => m.Attempts, m => m.Attempts + 1).SetProperty(m => m.Error, error), ct);
    }

    private async Task PutOffAsync(ReminderMail mail, DateTimeOffset until, CancellationToken ct)
    {
        using var turn = await gate.EnterAsync(ct);
        await db.ReminderMails.Where(m => m.Id == mail.Id && m.State == MailState.Waiting && m.Attempts == mail.Attempts).ExecuteUpdateAsync(set => set.SetProperty(m => m.NextAt, until), ct);
    }

    private static bool IsOutage(Exception failure) => failure is SocketException or IOException or SmtpCommandException or SmtpProtocolException or MailKit.ServiceNotConnectedException or TimeoutException
        or AuthenticationException or SslHandshakeException or OperationCanceledException;

    private static string Short(Exception failure) => failure.Message.ReplaceLineEndings(" ") is var text && text.Length > 200 ? text[..200] : text;

    /// <summary>The mail as it is to be said now; null when nothing is left to say.</summary>
    private async Task<MimeMessage?> MessageAsync(ReminderMail mail, Addressees addressees, WorkCalendar calendar, CancellationToken ct)
    {
        var person = await db.People.AsNoTracking().FirstOrDefaultAsync(p => p.Id == mail.Person, ct);
        if (person is null || !MailboxAddress.TryParse(person.Email, out var address)) return null;
        var organs = await DutyQueries.OrganNamesAsync(db, ct);
        var (subject, text) = mail.IsDigest ? await DigestAsync(mail, addressees, calendar, organs, ct) : await AtOnceAsync(mail, calendar, organs, ct);
        if (subject.Length == 0) return null;
        text.Append('\n').Append(settings["address"] is { Length: > 0 } home ? $"请登录联动平台办理:{home.TrimEnd('/')}/\n" : "请登录联动平台办理。\n").Append("怎样收提醒,可以在平台“提醒”页面设置。此邮件由平台自动发出,请勿回复。\n");
        var message = new MimeMessage { MessageId = $"{mail.Id:N}@liandong", Subject = subject, Date = clock.Now };
        message.From.Add(MailboxAddress.Parse(settings["smtp:from"] ?? "liandong@localhost"));
        address.Name = person.Name;
        message.To.Add(address);
        message.Body = new TextPart("plain") { Text = text.ToString() };
        return message;
    }

    private async Task<(string Subject, StringBuilder Text)> AtOnceAsync(ReminderMail mail, WorkCalendar calendar, Dictionary<Guid, string> organs, CancellationToken ct)
    {
        var rows = await (from r in db.Reminders.AsNoTracking() join d in db.Duties on r.Duty equals d.Id where r.Mail == mail.Id && d.ClosedAt == null orderby d.DueAt, r.Rung select new { r.Rung, r.OnBehalfOf, Duty = d }).ToListAsync(ct);
        if (rows.Count == 0) return ("", new StringBuilder());
        var absent = rows.Select(r => r.OnBehalfOf).OfType<Guid>().Distinct().ToList();
        var names = absent.Count == 0 ? [] : await db.People.AsNoTracking().Where(p => absent.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        var text = new StringBuilder();
        foreach (var row in rows.Take(LinesShown))
        {
            text.Append('[').Append(ReminderWords.Of(row.Rung)).Append("] ").Append(LineOf(row.Duty, calendar, organs));
            if (row.OnBehalfOf is { } away) text.Append("(代").Append(names.GetValueOrDefault(away, "外出人员")).Append(')');
            text.Append('\n');
        }
        if (rows.Count > LinesShown) text.Append($"……另有 {rows.Count - LinesShown} 件。\n");
        var first = rows[0];
        return (rows.Count == 1 ? $"联动提醒:{ReminderWords.Of(first.Rung)} {first.Duty.Name} {first.Duty.SubjectNumber}".TrimEnd() : $"联动提醒:{rows.Count} 件职责时限", text);
    }

    /// <summary>What stands on the person's desk: an officer's whole organ, what is overdue of a lead's, what is named for anybody else, and what was escalated to the offices above.</summary>
    private async Task<(string Subject, StringBuilder Text)> DigestAsync(ReminderMail mail, Addressees addressees, WorkCalendar calendar, Dictionary<Guid, string> organs, CancellationToken ct)
    {
        var (now, text, all) = (clock.Now, new StringBuilder(), new List<Duty>());
        if (mail.Slot != $"digest:{ChineseDates.Plain(Beijing.DayOf(now))}") return ("", text);
        List<Guid> turns = [mail.Person, .. addressees.CoveredBy(mail.Person)];
        var covering = turns.Skip(1).ToHashSet();
        foreach (var reader in addressees.Readers().Where(r => turns.Contains(r.Person)))
        {
            var open = db.Duties.AsNoTracking().Where(d => d.ClosedAt == null);
            var mine = reader.Above ? open.Where(d => db.DutyReminders.Any(r => r.Duty == d.Id && (r.Rung == ReminderRung.Office || r.Rung == ReminderRung.Convenor)) || d.OwedBy == reader.Organ)
                : reader.Officer ? open.Where(d => d.OwedBy == reader.Organ)
                : reader.Lead ? open.Where(d => d.OwedBy == reader.Organ && d.DueAt <= now)
                : open.Where(d => d.OwedBy == reader.Organ && d.OwedByPerson == reader.Person);
            all.AddRange(await mine.OrderBy(d => d.DueAt).ThenBy(d => d.Id).Take(LinesShown + 1).ToListAsync(ct));
        }
        var duties = all.DistinctBy(d => d.Id).OrderBy(d => d.DueAt is null).ThenBy(d => d.DueAt).ToList();
        if (duties.Count == 0) return ("", text);
        var count = duties.Count > LinesShown ? $"{LinesShown} 件以上" : $"{duties.Count} 件";
        text.Append($"{ChineseDates.Full(Beijing.DayOf(now))},有 {count}职责时限要办或者要过问,其中逾期 {duties.Count(d => d.IsOverdueAt(now))} 件:\n\n");
        foreach (var duty in duties.Take(LinesShown)) text.Append(LineOf(duty, calendar, organs)).Append('\n');
        if (covering.Count > 0)
        {
            var names = await db.People.AsNoTracking().Where(p => covering.Contains(p.Id)).Select(p => p.Name).ToListAsync(ct);
            text.Append($"\n今天您代{string.Join("、", names)}办理。\n");
        }
        return ($"联动:{count}职责时限({ChineseDates.MonthDay(Beijing.DayOf(now))})", text);
    }

    private string LineOf(Duty duty, WorkCalendar calendar, Dictionary<Guid, string> organs)
    {
        var now = clock.Now;
        var when = duty.DueOn is not { } due ? "暂停中"
            : duty.IsOverdueAt(now) ? $"应于{ChineseDates.LastDay(due, duty.DueAt)}办结,已逾期{(DueFacts.Left(due, Beijing.DayOf(now), calendar) is { } left and < 0 ? $" {-left} 个工作日" : "")}"
            : $"{ChineseDates.LastDay(due, duty.DueAt)}到期";
        return $"{organs.GetValueOrDefault(duty.OwedBy, "")} {duty.Name} {duty.SubjectNumber},{when}(依据:{duty.Clause})";
    }
}

/// <summary>Looks every minute whether there is something to mail, on every node.</summary>
public sealed class MailSender(IServiceScopeFactory scopes, IConfiguration settings, ILogger<MailSender> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        if (string.IsNullOrEmpty(settings["smtp:host"])) return;
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1));
        do
        {
            try
            {
                foreach (var district in await Districts.AllAsync(scopes, stoppingToken))
                {
                    await using var scope = scopes.CreateAsyncScope();
                    scope.ServiceProvider.GetRequiredService<DistrictScope>().Set(district);
                    scope.ServiceProvider.GetRequiredService<Actor>().BecomePlatform();
                    await scope.ServiceProvider.GetRequiredService<MailReminders>().RunAsync(stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                log.LogWarning(failure, "Reminders could not be mailed and are tried again");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).AsTask().ContinueWith(t => t.IsCompletedSuccessfully && t.Result, TaskScheduler.Default));
    }
}
