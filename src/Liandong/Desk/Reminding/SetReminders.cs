using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Desk;

/// <summary>设定本区的提醒与督办: the habits of those who chose nothing, and after how many working days the next one above is told.</summary>
public sealed class SetReminders(AppDb db, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Input(ReminderHabits Habits, bool MailLateAlways, int? LeadAfter, int? OfficeAfter, int? ConvenorAfter);

    public sealed record Act(ReminderHabits Habits, bool MailLateAlways, int? LeadAfter, int? OfficeAfter, int? ConvenorAfter) : IAct { static string IAct.Name => "reminder.ladder-set"; }

    public async Task<ReminderSettings> RunAsync(Input input, CancellationToken ct)
    {
        actor.Demand(Rights.LimitsSet);
        var settings = await db.ReminderSettings.FirstOrDefaultAsync(ct);
        if (settings is null) db.ReminderSettings.Add(settings = new ReminderSettings { District = db.District, Id = clock.NewId() });
        settings.Set(input.Habits, input.MailLateAlways, input.LeadAfter, input.OfficeAfter, input.ConvenorAfter);
        await ledger.RecordAsync(new Act(settings.Habits, settings.MailLateAlways, settings.LeadAfter, settings.OfficeAfter, settings.ConvenorAfter), new Subject("reminder-settings", settings.Id, "", "提醒与督办"), null, ct);
        return settings;
    }
}

/// <summary>选择自己怎样收提醒. What is overdue cannot be switched off.</summary>
public sealed class ChooseReminders(AppDb db, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(ReminderHabits Habits) : IAct { static string IAct.Name => "reminder.chosen"; }

    public async Task<ReminderHabits> RunAsync(ReminderHabits habits, CancellationToken ct)
    {
        actor.Demand(Rights.DeskUse);
        var person = actor.Person ?? throw new Forbidden(Rights.DeskUse);
        var choice = await db.ReminderChoices.FirstOrDefaultAsync(c => c.Person == person, ct);
        if (choice is null) db.ReminderChoices.Add(choice = new ReminderChoice { District = db.District, Id = clock.NewId(), Person = person });
        choice.Choose(habits);
        await ledger.RecordAsync(new Act(choice.Habits), new Subject("reminder-choice", choice.Id, "", "提醒设置"), null, ct);
        return choice.Habits;
    }
}
