using Liandong.Desk;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Data;

public abstract partial class AppDb
{
    public DbSet<DutyReminder> DutyReminders => Set<DutyReminder>();
    public DbSet<Reminder> Reminders => Set<Reminder>();
    public DbSet<ReminderMail> ReminderMails => Set<ReminderMail>();
    public DbSet<ReminderSettings> ReminderSettings => Set<ReminderSettings>();
    public DbSet<ReminderChoice> ReminderChoices => Set<ReminderChoice>();
    public DbSet<SearchDoc> SearchDocs => Set<SearchDoc>();

    /// <summary>Writes the words of search rows anew.</summary>
    public abstract Task PutSearchWordsAsync(IReadOnlyList<SearchWords> rows, CancellationToken ct);

    public abstract Task DropSearchWordsAsync(IReadOnlyList<long> rows, CancellationToken ct);

    /// <summary>Search rows of the district that have no words, so that nothing finds them.</summary>
    public abstract Task<List<long>> WordlessSearchRowsAsync(int take, CancellationToken ct);

    /// <summary>Rows of the full-text index that carry a kind, a mark of its readers and all of the query: of each that is asked for the highest (newest), so many at most.</summary>
    /// <param name="before">Only rows below this one.</param>
    public abstract Task<List<FoundRow>> FindSearchRowsAsync(IReadOnlyList<SoughtRows> sought, Kernel.Parties.BigramQuery query, long before, int take, CancellationToken ct);
}

internal static class DeskStorage
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<DutyReminder>(rung =>
        {
            rung.ToTable("duty_reminders").IsTechnical();
            rung.HasKey(r => new { r.District, r.Duty, r.Rung, r.For });
        });
        model.Entity<Reminder>(reminder =>
        {
            reminder.ToTable("reminders").IsTechnical();
            reminder.HasIndex(r => new { r.District, r.Duty, r.Rung, r.For, r.Person }).IsUnique();
            reminder.HasIndex(r => new { r.District, r.Person, r.Organ, r.ReadAt });
            reminder.HasIndex(r => new { r.District, r.Person, r.Organ, r.At, r.Id });
            reminder.HasIndex(r => new { r.District, r.Mail, r.MailAfter });
        });
        model.Entity<ReminderMail>(mail =>
        {
            mail.ToTable("reminder_mails").IsTechnical();
            mail.Ignore(m => m.IsDigest);
            mail.HasIndex(m => new { m.District, m.Person, m.Slot }).IsUnique();
            mail.HasIndex(m => new { m.District, m.State, m.NextAt });
        });
        model.Entity<ReminderSettings>().ToTable("reminder_settings").HasIndex(s => s.District).IsUnique();
        model.Entity<ReminderChoice>().ToTable("reminder_choices").HasIndex(c => new { c.District, c.Person }).IsUnique();
        model.Entity<SearchDoc>(doc =>
        {
            doc.ToTable("search_docs").IsTechnical();
            doc.HasKey(d => new { d.District, d.Kind, d.Id });
            doc.HasIndex(d => d.Row).IsUnique();
            // A word that many carry is looked for by walking back through the newest of a kind.
            doc.HasIndex(d => new { d.District, d.Kind, d.Row });
        });
    }
}
