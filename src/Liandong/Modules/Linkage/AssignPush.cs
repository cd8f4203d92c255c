using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Linkage;

/// <summary>指定经办: the section and person of the organ that work on the push. The duty shows up on their desk.</summary>
public sealed class AssignPush(AppDb db, Ledger ledger, Actor actor, Clock clock, PushSteps steps)
{
    public sealed record Act(Guid Push, Guid Organ, Guid? Section, Guid? Person) : IAct { public static string Name => "push.assigned"; }

    public Task<Push> RunAsync(Guid id, Guid? section, Guid? person, CancellationToken ct) => steps.InTurnAsync(id, () => AssignAsync(id, section, person, ct), ct);

    private async Task<Push> AssignAsync(Guid id, Guid? section, Guid? person, CancellationToken ct)
    {
        actor.Demand(Rights.PushClaim);
        var push = await db.Pushes.SingleOrDefaultAsync(p => p.Id == id && p.Organ == actor.Organ && p.State != PushState.Pending, ct) ?? throw NotFound.Of("该推送");
        var today = clock.Today;
        var sectionName = section is null ? "" : await db.Sections.Where(s => s.Id == section && s.Organ == push.Organ).Select(s => s.Name).FirstOrDefaultAsync(ct) ?? throw new InvalidInput("Section", "没有这个科室。");
        if (person is not null && !await db.Posts.AnyAsync(p => p.Person == person && p.Organ == push.Organ && p.From <= today && (p.To == null || p.To >= today), ct)) throw new InvalidInput("Person", "本单位没有这个人员。");
        var personName = person is null ? "" : await db.People.Where(p => p.Id == person).Select(p => p.Name).FirstOrDefaultAsync(ct) ?? "";
        if (push.Section == section && push.Person == person) return push;
        push.Assign(section, person);
        foreach (var duty in await db.Duties.Where(d => d.Rule == LinkageRules.ClaimResult.Code && d.SubjectId == id && d.ClosedAt == null).ToListAsync(ct)) duty.Assign(section, person);
        steps.Add(push, "assigned", section is null && person is null ? "不再指定经办" : $"经办:{sectionName} {personName}".TrimEnd());
        await ledger.RecordAsync(new Act(push.Id, push.Organ, section, person), push.Ref, LinkageRules.Claiming, ct);
        return push;
    }
}
