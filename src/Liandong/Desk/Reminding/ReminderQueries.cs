using Liandong.Accounts;
using Liandong.Api;
using Liandong.Data;
using Liandong.Kernel.Duties;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Desk;

/// <summary>A reminder with the duty that it is about.</summary>
public sealed record Reminded(Reminder Reminder, Duty Duty);

/// <summary>A page of reminders; <see cref="After"/> is the place of the next one.</summary>
public sealed record RemindedList(IReadOnlyList<Reminded> Rows, string? After);

/// <summary>One sending as a duty's page shows it: who was told which rung, when, and by which ways.</summary>
/// <param name="Person">Empty where nobody was told: the place is vacant, or the warning is switched off.</param>
public sealed record Told(DateTimeOffset At, ReminderRung Rung, string Person, string Organ, string OnBehalfOf, DateTimeOffset? ReadAt, MailState? Mail, DateTimeOffset? MailedAt, string MailError);

public static class ReminderQueries
{
    /// <summary>The count in the top bar goes up to this; more is shown as 99+.</summary>
    public const int MostCounted = 100;

    /// <summary>The reminders of the actor, and of the absent one whose turn the actor takes, in the organ of the present session.</summary>
    private static IQueryable<Reminder> Own(AppDb db, Actor actor)
    {
        var (person, absent, organ) = (actor.Person ?? Guid.Empty, actor.OnBehalfOf, actor.Organ ?? Guid.Empty);
        var reminders = db.Reminders.AsNoTracking().Where(r => r.Organ == organ);
        return absent is null ? reminders.Where(r => r.Person == person) : reminders.Where(r => r.Person == person || r.Person == absent);
    }

    /// <summary>Unread ones whose duty still runs, newest first.</summary>
    private static IQueryable<Reminder> Unread(AppDb db, Actor actor) => Own(db, actor).Where(r => r.ReadAt == null && db.Duties.Any(d => d.Id == r.Duty && d.ClosedAt == null));

    // Every page asks it: translated once.
    private static readonly Compiled<Func<AppDb, Guid, Guid, CancellationToken, Task<int>>> CountUnread = new(() => EF.CompileAsyncQuery((AppDb db, Guid organ, Guid person, CancellationToken _) =>
        db.Reminders.Where(r => r.Organ == organ && r.Person == person && r.ReadAt == null && db.Duties.Any(d => d.Id == r.Duty && d.ClosedAt == null)).Take(MostCounted).Count()));

    public static Task<int> UnreadAsync(AppDb db, Actor actor, CancellationToken ct) =>
        actor.OnBehalfOf is null && actor is { Person: { } person, Organ: { } organ } ? CountUnread.For(db)(db, organ, person, ct) : Unread(db, actor).Take(MostCounted).CountAsync(ct);

    public static async Task<RemindedList> ListAsync(AppDb db, Actor actor, bool unread, string? after, int size, CancellationToken ct)
    {
        actor.Demand(Rights.DeskUse);
        var reminders = unread ? Unread(db, actor) : Own(db, actor);
        if (!string.IsNullOrEmpty(after))
        {
            var place = Cursor.Parse(after);
            var (at, id) = (place.Instant(0), place.Id(1));
            reminders = reminders.Where(r => r.At < at || (r.At == at && r.Id.CompareTo(id) < 0));
        }
        var rows = await reminders.OrderByDescending(r => r.At).ThenByDescending(r => r.Id).Take(size + 1).ToListAsync(ct);
        var more = rows.Count > size;
        if (more) rows = rows[..size];
        var ids = rows.Select(r => r.Duty).Distinct().ToList();
        var duties = await db.Duties.AsNoTracking().Where(d => ids.Contains(d.Id)).ToDictionaryAsync(d => d.Id, ct);
        return new RemindedList([.. rows.Where(r => duties.ContainsKey(r.Duty)).Select(r => new Reminded(r, duties[r.Duty]))], more ? Cursor.Of(rows[^1].At, rows[^1].Id).ToString() : null);
    }

    /// <summary>Marks one, or all, of the actor's reminders as read. Reading is no act of the office and leaves no entry in the ledger.</summary>
    /// <returns>How many were unread.</returns>
    public static Task<int> MarkReadAsync(AppDb db, Actor actor, Guid? only, DateTimeOffset now, CancellationToken ct)
    {
        actor.Demand(Rights.DeskUse);
        var own = Own(db, actor).Where(r => r.ReadAt == null && r.At <= now);
        return (only is { } one ? own.Where(r => r.Id == one) : own).ExecuteUpdateAsync(set => set.SetProperty(r => r.ReadAt, now), ct);
    }

    /// <exception cref="Kernel.NotFound">The reminder is none of the actor's.</exception>
    public static async Task DemandOwnAsync(AppDb db, Actor actor, Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.DeskUse);
        if (!await Own(db, actor).AnyAsync(r => r.Id == id, ct)) throw Kernel.NotFound.Of("该提醒");
    }

    /// <summary>Every sending about a duty that the actor may read, in the order in which they went out.</summary>
    /// <exception cref="Kernel.NotFound">The duty is absent, or none of the organ's business.</exception>
    public static async Task<IReadOnlyList<Told>> OfDutyAsync(AppDb db, Actor actor, Guid duty, CancellationToken ct)
    {
        await DutyQueries.OneAsync(db, actor, duty, ct);
        var rungs = await db.DutyReminders.AsNoTracking().Where(r => r.Duty == duty).ToListAsync(ct);
        var told = await (from r in db.Reminders.AsNoTracking()
                          join p in db.People on r.Person equals p.Id
                          join o in db.Organs on r.Organ equals o.Id
                          join a in db.People on r.OnBehalfOf equals a.Id into absent
                          from away in absent.DefaultIfEmpty()
                          join m in db.ReminderMails on r.Mail equals m.Id into mails
                          from mail in mails.DefaultIfEmpty()
                          where r.Duty == duty
                          select new { r.At, r.Rung, r.For, Person = p.Name, Organ = o.ShortName, Away = away != null ? away.Name : "", r.ReadAt, r.MailAfter, State = mail != null ? (MailState?)mail.State : null, SentAt = mail != null ? mail.SentAt : null, Error = mail != null ? mail.Error : "" }).ToListAsync(ct);
        return [.. told.Select(t => new Told(t.At, t.Rung, t.Person, t.Organ, t.Away, t.ReadAt, t.State ?? (t.MailAfter is null ? null : MailState.Waiting), t.SentAt, t.Error))
            .Concat(rungs.Where(r => r.Told == 0).Select(r => new Told(r.At, r.Rung, "", "", "", null, null, null, ""))).OrderBy(t => t.At).ThenBy(t => t.Rung).ThenBy(t => t.Person)];
    }

    /// <summary>The district's settings; the usual ones where nothing was set.</summary>
    public static async Task<ReminderSettings> SettingsAsync(AppDb db, CancellationToken ct) =>
        await db.ReminderSettings.AsNoTracking().FirstOrDefaultAsync(ct) ?? new ReminderSettings { District = db.District, Id = Guid.Empty };

    /// <summary>What people chose for themselves; who is not named keeps the district's habits.</summary>
    public static Task<Dictionary<Guid, ReminderHabits>> ChosenAsync(AppDb db, CancellationToken ct) =>
        db.ReminderChoices.AsNoTracking().ToDictionaryAsync(c => c.Person, c => c.Habits, ct);

    /// <summary>What the actor chose, or the district's habits.</summary>
    public static async Task<ReminderHabits> HabitsAsync(AppDb db, Actor actor, CancellationToken ct)
    {
        actor.Demand(Rights.DeskUse);
        return await db.ReminderChoices.AsNoTracking().Where(c => c.Person == actor.Person).Select(c => c.Habits).FirstOrDefaultAsync(ct) ?? (await SettingsAsync(db, ct)).Habits;
    }
}

public static class ReminderWords
{
    public static string Of(ReminderRung rung) => rung switch
    {
        ReminderRung.Half => "时限过半",
        ReminderRung.Eighty => "快到期",
        ReminderRung.Late => "逾期",
        ReminderRung.Lead => "督办:会商联络负责人",
        ReminderRung.Office => "督办:联席会议办公室",
        _ => "督办:召集人",
    };

    public static Shared.Tone ToneOf(ReminderRung rung) => rung switch { ReminderRung.Half => Shared.Tone.Neutral, ReminderRung.Eighty => Shared.Tone.Warn, _ => Shared.Tone.Bad };

    public static string Of(Told told) => told.Mail switch
    {
        null => "平台",
        MailState.Sent => "平台、邮件",
        MailState.Waiting => told.MailError.Length > 0 ? "平台;邮件未送出,正在重试" : "平台;邮件待发",
        MailState.Sending => "平台;邮件结果不明",
        MailState.Refused => "平台;邮件地址被拒收",
        _ => "平台",
    };
}
