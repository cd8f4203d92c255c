using Liandong.Accounts;
using Liandong.Attachments;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Directory;

/// <summary>确定或者更换会商联络负责人、联络员。The one who held the place until then goes out the day before.</summary>
public sealed class AppointLiaison(AppDb db, Ledger ledger, Actor actor, Clock clock, LiaisonVacancy vacancy, AttachFiles attach)
{
    /// <param name="Letter">Number of the letter that names the person.</param>
    /// <param name="Files">Uploads that have come in whole: the letter itself.</param>
    public sealed record Input(Guid Organ, Guid Person, LiaisonSlot Slot, DateOnly From, string Letter, IReadOnlyList<Guid>? Files = null);

    public sealed record Act(Guid Appointment, Guid Organ, Guid Person, LiaisonSlot Slot, DateOnly From, Guid? Replaces) : IAct { static string IAct.Name => "liaison.appointed"; }

    public async Task<LiaisonAppointment> RunAsync(Input input, CancellationToken ct)
    {
        actor.Demand(Rights.LiaisonAppoint);
        new InputCheck().That(Enum.IsDefined(input.Slot), nameof(input.Slot), "没有这种联络岗位。").NotLonger(input.Letter, nameof(input.Letter), "文号", 60)
            .That(input.From >= new DateOnly(2000, 1, 1), nameof(input.From), "起始日期不能早于2000年。").Throw();
        // Under the chain head from here on: two appointments of one place, or of one person to two sides, follow each other.
        await using var together = await ledger.TogetherAsync(ct);
        var organ = await db.Organs.SingleOrDefaultAsync(o => o.Id == input.Organ, ct) ?? throw NotFound.Of("该单位");
        if (!actor.Oversees(organ.Id)) throw NotFound.Of("该单位");
        var person = await db.People.SingleOrDefaultAsync(p => p.Id == input.Person, ct) ?? throw NotFound.Of("该人员");
        if (!LiaisonVacancy.Needs(organ)) throw new Refusal("liaison.not-needed", "联络岗位由行政主管部门和成员单位设置,该单位不需要设置。", DirectoryRules.Naming);
        if (!organ.ExistsOn(input.From)) throw new Refusal("liaison.organ-absent", $"{organ.ShortName}在该日期尚未成立或者已经终止。", field: nameof(input.From));
        await ThreeApart.DemandAsync(db, input.Person, Standing.RoleOf(input.Slot), input.From, ct);

        var held = await db.LiaisonAppointments.Where(a => a.Organ == organ.Id && (a.To == null || a.To >= input.From)).ToListAsync(ct);
        if (held.FirstOrDefault(a => a.Person == person.Id) is { } other)
            throw new Refusal("liaison.already-held", $"{person.Name}自{other.From:yyyy-MM-dd}起已经是该单位的{LiaisonAppointment.NameOf(other.Slot)},一人不能同时担任两个联络岗位。", DirectoryRules.Naming, nameof(input.Person));
        var now = held.Where(a => a.Slot == input.Slot).OrderBy(a => a.From).ToList();
        if (now.Any(a => a.From >= input.From))
            throw new Refusal("liaison.later-held", $"该岗位已有自{now.Max(a => a.From):yyyy-MM-dd}起的任职,起始日期应晚于它。", field: nameof(input.From));
        foreach (var before in now.Where(a => a.To is null || a.To >= input.From))
        {
            if (before.To is null) before.End(input.From.AddDays(-1), $"由{person.Name}接替");
            else before.Shorten(input.From.AddDays(-1), $"由{person.Name}接替");
        }

        var appointment = new LiaisonAppointment
        {
            District = db.District, Id = clock.NewId(), Organ = organ.Id, Person = person.Id, Slot = input.Slot, From = input.From, Letter = input.Letter.Trim(), RecordedAt = clock.Now,
        };
        db.LiaisonAppointments.Add(appointment);
        await vacancy.SettleAsync(organ, clock.Today, ct);
        await attach.AddAsync(LiaisonAttachments.KindName, appointment.Id, LiaisonVacancy.About(organ), input.Files ?? [], ct);
        await ledger.RecordAsync(new Act(appointment.Id, organ.Id, person.Id, input.Slot, input.From, now.LastOrDefault()?.Id), LiaisonVacancy.About(organ), DirectoryRules.Naming, ct);
        await together.CommitAsync(ct);
        return appointment;
    }
}
