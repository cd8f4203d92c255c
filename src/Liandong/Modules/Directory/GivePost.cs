using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Directory;

/// <summary>任职:a person takes up a role in an organ from a day.</summary>
public sealed class GivePost(AppDb db, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Input(Guid Person, Guid Organ, Guid? Section, string Role, string Title, DateOnly From);

    public sealed record Act(Guid Post, Guid Person, Guid Organ, string Role, DateOnly From) : IAct { static string IAct.Name => "post.given"; }

    public async Task<Post> RunAsync(Input input, CancellationToken ct)
    {
        // An administrator's role is the security administrator's to give; nobody gives a role to himself.
        if (Roles.Administrators.Contains(input.Role)) actor.Demand(Rights.RoleGrant);
        else actor.DemandOneOf(Rights.DirectoryEdit, Rights.RoleGrant);
        new InputCheck().That(Roles.Exists(input.Role), nameof(input.Role), "没有这种角色。").NotLonger(input.Title, nameof(input.Title), "职务", 60).Throw();
        if (actor.Person == input.Person) throw new Refusal("post.own", "不能给自己登记任职,请由其他管理员办理。");
        await using var together = await ledger.TogetherAsync(ct);
        var organ = await db.Organs.SingleOrDefaultAsync(o => o.Id == input.Organ, ct) ?? throw NotFound.Of("该单位");
        if (!await db.People.AnyAsync(p => p.Id == input.Person, ct)) throw NotFound.Of("该人员");
        if (input.Section is { } section && !await db.Sections.AnyAsync(s => s.Id == section && s.Organ == organ.Id, ct)) throw NotFound.Of("该科室");
        if (!organ.ExistsOn(input.From)) throw new Refusal("post.organ-absent", $"{organ.ShortName}在该日期尚未成立或者已经终止。", field: nameof(input.From));
        if (await db.Posts.AnyAsync(p => p.Person == input.Person && p.Organ == organ.Id && p.Role == input.Role && p.Section == input.Section && (p.To == null || p.To >= input.From), ct))
            throw new Refusal("post.exists", $"此人已在{organ.ShortName}任{Roles.NameOf(input.Role)}。", field: nameof(input.Role));
        await ThreeApart.DemandAsync(db, input.Person, input.Role, input.From, ct);
        var post = new Post
        {
            District = db.District, Id = clock.NewId(), Person = input.Person, Organ = input.Organ, Section = input.Section, Role = input.Role, Title = input.Title.Trim(), From = input.From,
        };
        db.Posts.Add(post);
        await ledger.RecordAsync(new Act(post.Id, post.Person, post.Organ, post.Role, post.From), new Subject("post", post.Id, "", $"{organ.Name} {Roles.NameOf(post.Role)}"), null, ct);
        await together.CommitAsync(ct);
        return post;
    }
}
