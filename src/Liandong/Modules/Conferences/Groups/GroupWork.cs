using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Modules.Directory;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Conferences;

/// <summary>What the use cases of the working groups ask first. Nothing is saved here.</summary>
public sealed class GroupWork(AppDb db, Actor actor, Clock clock)
{
    /// <summary>The group, for the conference office, which alone changes it, its members and its steps.</summary>
    /// <exception cref="NotFound">Absent, or not the actor's to see.</exception>
    public async Task<WorkingGroup> TakeByOfficeAsync(Guid id, CancellationToken ct)
    {
        await DemandOfficeAsync(ct);
        return await db.WorkingGroups.VisibleTo(db, actor).SingleOrDefaultAsync(g => g.Id == id, ct) ?? throw NotFound.Of("该对接组");
    }

    /// <summary>The step, for the same.</summary>
    public async Task<GroupStep> TakeStepByOfficeAsync(Guid id, CancellationToken ct)
    {
        await DemandOfficeAsync(ct);
        return await TakeStepAsync(id, ct);
    }

    /// <summary>The step, when the actor may see its group.</summary>
    public async Task<GroupStep> TakeStepAsync(Guid id, CancellationToken ct)
    {
        var groups = db.WorkingGroups.VisibleTo(db, actor);
        return await db.GroupSteps.SingleOrDefaultAsync(s => s.Id == id && groups.Any(g => g.Id == s.Group), ct) ?? throw NotFound.Of("该任务");
    }

    /// <summary>Whether the actor leads the group or is a member of it.</summary>
    public Task<bool> IsOfGroupAsync(Guid group, CancellationToken ct) => db.WorkingGroups.OfPerson(db, actor.Person).AnyAsync(g => g.Id == group, ct);

    /// <summary>The organ of a person by the posts of today: the oldest where there are several; null for none.</summary>
    public async Task<Guid?> OrganOfAsync(Guid person, CancellationToken ct) => (await OrgansOfAsync(person, ct)).Select(o => (Guid?)o).FirstOrDefault();

    public async Task<IReadOnlyList<Guid>> OrgansOfAsync(Guid person, CancellationToken ct)
    {
        var today = clock.Today;
        return [.. (await AccountQueries.PostsAsync(db, [person], today, ct))[person].Where(p => p.From <= today).OrderBy(p => p.From).Select(p => p.Organ).Distinct()];
    }

    private async Task DemandOfficeAsync(CancellationToken ct)
    {
        actor.Demand(Rights.MeetingConvene);
        var organ = actor.RequireOrgan();
        if (!await db.Organs.AnyAsync(o => o.Id == organ && o.Kind == OrganKind.ConferenceOffice, ct)) throw new Refusal("group.by-office", "专项对接组设在联席会议办公室,由办公室管理。", ConferencesRules.Office);
    }
}
