using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Directory;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Conferences;

/// <summary>加入对接组: a person of whatever organ.</summary>
public sealed class AddGroupMember(AppDb db, GroupWork work, Ledger ledger, Clock clock)
{
    /// <param name="Organ">For a person who holds posts in several organs; the oldest post's otherwise.</param>
    public sealed record Input(Guid Person, DateOnly From, Guid? Organ = null);

    public sealed record Act(Guid Group, Guid Member, Guid Person, Guid Organ, DateOnly From) : IAct { public static string Name => "group-member.added"; }

    public async Task<GroupMember> RunAsync(Guid id, Input input, CancellationToken ct)
    {
        new InputCheck().That(input.From <= clock.Today, nameof(input.From), "加入日不能晚于今天。").Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var group = await work.TakeByOfficeAsync(id, ct);
        group.MustStand();
        new InputCheck().That(input.From >= group.From, nameof(input.From), "加入日不能早于该组设立日。").Throw();
        var person = await db.People.SingleOrDefaultAsync(p => p.Id == input.Person, ct) ?? throw NotFound.Of("该人员");
        var organs = await work.OrgansOfAsync(person.Id, ct);
        if (organs.Count == 0) throw new Refusal("group.member-without-post", $"{person.Name}现在没有任职单位,不能加入。", TakeSeat.Groups, nameof(input.Person));
        if (input.Organ is { } named && !organs.Contains(named)) throw new InvalidInput(nameof(input.Organ), $"{person.Name}现在不在该单位任职。");
        if (await db.WorkingGroups.OfPerson(db, person.Id).AnyAsync(g => g.Id == id, ct)) throw new Refusal("group.member-already", $"{person.Name}已经是该组的人。", TakeSeat.Groups, nameof(input.Person));
        var member = new GroupMember { District = db.District, Id = clock.NewId(), Group = id, Person = person.Id, Organ = input.Organ ?? organs[0], From = input.From };
        db.GroupMembers.Add(member);
        await ledger.RecordAsync(new Act(id, member.Id, person.Id, member.Organ, member.From), group.Ref, TakeSeat.Groups, ct);
        await together.CommitAsync(ct);
        return member;
    }
}

/// <summary>退出对接组.</summary>
public sealed class EndGroupMember(AppDb db, GroupWork work, Ledger ledger, Clock clock)
{
    public sealed record Act(Guid Group, Guid Member, Guid Person, Guid Organ, DateOnly LastDay) : IAct { public static string Name => "group-member.left"; }

    public async Task<GroupMember> RunAsync(Guid id, Guid member, DateOnly lastDay, CancellationToken ct)
    {
        new InputCheck().That(lastDay <= clock.Today, "LastDay", "退出日不能晚于今天。").Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var group = await work.TakeByOfficeAsync(id, ct);
        var leaves = await db.GroupMembers.SingleOrDefaultAsync(m => m.Id == member && m.Group == id, ct) ?? throw NotFound.Of("该成员");
        leaves.End(lastDay);
        await ledger.RecordAsync(new Act(id, member, leaves.Person, leaves.Organ, lastDay), group.Ref, TakeSeat.Groups, ct);
        await together.CommitAsync(ct);
        return leaves;
    }
}
