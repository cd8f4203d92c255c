using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Directory;

/// <summary>登记外出:meanwhile the other liaison officer acts on behalf of the absent one, and every act says so (A/B 角).</summary>
public sealed class AddAbsence(AppDb db, Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="Cover">Who takes the turn; the other liaison officer of the organ when omitted.</param>
    public sealed record Input(Guid Person, DateOnly From, DateOnly To, string Reason, Guid? Cover = null);

    public sealed record Act(Guid Absence, Guid Person, Guid Cover, DateOnly From, DateOnly To) : IAct { static string IAct.Name => "absence.set"; }

    public async Task<Absence> RunAsync(Input input, CancellationToken ct)
    {
        actor.Demand(Rights.AbsenceSet);
        new InputCheck().That(input.From >= clock.Today, nameof(input.From), "起始日期不能早于今天。").That(input.To >= input.From, nameof(input.To), "结束日期不能早于起始日期。")
            .That(input.To <= input.From.AddDays(365), nameof(input.To), "一次不能超过一年;长期离岗请更换联络员。").NotLonger(input.Reason, nameof(input.Reason), "事由", 100).Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var place = await db.LiaisonAppointments.AsNoTracking().Where(a => a.Person == input.Person && a.From <= input.From && (a.To == null || a.To >= input.From)).ToListAsync(ct);
        var own = place.FirstOrDefault(a => actor.Oversees(a.Organ)) ?? throw NotFound.Of("该联络人员");
        var others = await db.LiaisonAppointments.AsNoTracking()
            .Where(a => a.Organ == own.Organ && a.Person != input.Person && a.From <= input.From && (a.To == null || a.To >= input.To)).OrderByDescending(a => a.Slot).ToListAsync(ct);
        // B for A, A for B; for the lead whoever is named.
        var cover = input.Cover is { } named ? others.FirstOrDefault(a => a.Person == named)?.Person : others.FirstOrDefault(a => a.Slot == (own.Slot == LiaisonSlot.A ? LiaisonSlot.B : LiaisonSlot.A))?.Person;
        if (cover is null)
            throw new Refusal("absence.no-cover", "没有可以顶岗的联络员:顶岗人应在整个外出期间担任本单位的联络岗位。请先确定联络员B。", DirectoryRules.Naming, nameof(input.Cover));
        var near = await db.Absences.Where(a => a.WithdrawnAt == null && a.From <= input.To && a.To >= input.From).ToListAsync(ct);
        if (near.Any(a => a.Person == input.Person)) throw new Refusal("absence.overlaps", "与已登记的外出重叠。", field: nameof(input.From));
        if (near.Any(a => a.Person == cover)) throw new Refusal("absence.cover-absent", "顶岗人在此期间也登记了外出。", field: nameof(input.Cover));
        if (near.Any(a => a.Cover == input.Person)) throw new Refusal("absence.covers-other", "此人在此期间正为他人顶岗。", field: nameof(input.Person));
        var absence = new Absence
        {
            District = db.District, Id = clock.NewId(), Person = input.Person, Cover = cover.Value, From = input.From, To = input.To, Reason = input.Reason.Trim(),
        };
        db.Absences.Add(absence);
        await ledger.RecordAsync(new Act(absence.Id, absence.Person, absence.Cover, absence.From, absence.To), new Subject("liaison", own.Organ, "", "联络员外出"), DirectoryRules.Naming, ct);
        await together.CommitAsync(ct);
        return absence;
    }
}
