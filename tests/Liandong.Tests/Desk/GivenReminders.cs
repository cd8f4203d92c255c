using Liandong.Accounts;
using Liandong.Data;
using Liandong.Desk;
using Liandong.Modules.Directory;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Liandong.Tests;

/// <summary>People who are reminded, and the sweep at the moment that the test names.</summary>
public static class GivenReminders
{
    /// <summary>Takes the host's own sweeps away: the test says when it is time.</summary>
    public static void Still(IServiceCollection services)
    {
        foreach (var clockwork in services.Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType is { } type && (type == typeof(DutySweeper) || type == typeof(MailSender))).ToList()) services.Remove(clockwork);
    }

    /// <summary>Sweeps once, as one node does each minute.</summary>
    public static Task<int> SweepAsync(this Office office, IConfiguration? settings = null) => office.ActAsync(s => new SweepDuties(s.GetRequiredService<AppDb>(), s.GetRequiredService<Ledger>(), s.GetRequiredService<Clock>(),
        new RemindDuties(s.GetRequiredService<AppDb>(), s.GetRequiredService<CalendarBook>(), s.GetRequiredService<Clock>(), s.GetRequiredService<WriteGate>(), settings ?? s.GetRequiredService<IConfiguration>())).RunAsync(Office.Stop));
}

public sealed partial class Given
{
    private int officers;

    /// <summary>A person appointed to a liaison place since long ago; the duty to fill the organ's other places is taken away, it has tests of its own.</summary>
    public async Task<Member> OfficerAsync(Organ organ, LiaisonSlot slot, string email = "")
    {
        var person = await office.ActAsync(s => s.GetRequiredService<AddPerson>().RunAsync(new AddPerson.Input($"{organ.ShortName}{LiaisonAppointment.NameOf(slot)}{++officers}", "13800000000", email, ""), Office.Stop));
        await office.ActAsync(s => s.GetRequiredService<AppointLiaison>().RunAsync(new AppointLiaison.Input(organ.Id, person.Id, slot, new DateOnly(2026, 1, 5), "历函〔2026〕1号"), Office.Stop));
        await office.LookAsync(db => db.Duties.Where(d => d.Rule == DirectoryRules.AppointLiaison.Code && d.SubjectId == organ.Id).ExecuteDeleteAsync(Office.Stop));
        return new Member(person.Id, person.Name, organ.Id, organ.Name, false, [Standing.RoleOf(slot)]);
    }

    public Task<ReminderHabits> ChoosesAsync(Member who, Func<ReminderHabits, ReminderHabits> change) =>
        office.ActAsync(s => s.GetRequiredService<ChooseReminders>().RunAsync(change(ReminderHabits.Usual), Office.Stop), who);
}
