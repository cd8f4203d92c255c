using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Directory;

/// <summary>离任:a post ends on a day. With the last post in an organ its liaison places end too, and fall vacant.</summary>
public sealed class EndPost(AppDb db, Ledger ledger, Actor actor, LiaisonVacancy vacancy)
{
    public sealed record Input(Guid Post, DateOnly LastDay);

    public sealed record Act(Guid Post, Guid Person, Guid Organ, DateOnly LastDay, IReadOnlyList<Guid> Liaison) : IAct { static string IAct.Name => "post.ended"; }

    public async Task<Post> RunAsync(Input input, CancellationToken ct)
    {
        actor.DemandOneOf(Rights.DirectoryEdit, Rights.RoleGrant);
        await using var together = await ledger.TogetherAsync(ct);
        var post = await db.Posts.SingleOrDefaultAsync(p => p.Id == input.Post, ct) ?? throw NotFound.Of("该任职");
        if (Roles.Administrators.Contains(post.Role)) actor.Demand(Rights.RoleGrant);
        if (actor.Person == post.Person) throw new Refusal("post.own", "不能结束自己的任职,请由其他管理员办理。");
        if (post.Role == Roles.SecurityAdmin && !await db.Posts.AnyAsync(p => p.Id != post.Id && p.Role == Roles.SecurityAdmin && p.From <= input.LastDay && p.To == null && db.Accounts.Any(a => a.Person == p.Person && a.DisabledAt == null && a.PasswordHash != ""), ct))
            throw new Refusal("post.last-security-admin", "这是最后一位能登录的安全管理员,请先设立另一位。", ThreeApart.Separation);
        post.End(input.LastDay);
        var organ = await db.Organs.SingleAsync(o => o.Id == post.Organ, ct);
        var goesOn = await db.Posts.AnyAsync(p => p.Id != post.Id && p.Person == post.Person && p.Organ == post.Organ && (p.To == null || p.To > input.LastDay), ct);
        var places = goesOn ? [] : await db.LiaisonAppointments.Where(a => a.Person == post.Person && a.Organ == post.Organ && a.To == null && a.From <= input.LastDay).ToListAsync(ct);
        foreach (var place in places) place.End(input.LastDay, "离任");
        if (places.Count > 0) await vacancy.SettleAsync(organ, input.LastDay, ct);
        await ledger.RecordAsync(new Act(post.Id, post.Person, post.Organ, input.LastDay, [.. places.Select(p => p.Id)]), new Subject("post", post.Id, "", $"{organ.Name} {Roles.NameOf(post.Role)}"), null, ct);
        await together.CommitAsync(ct);
        return post;
    }
}
