using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Notice;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Directory;

/// <summary>三员分立: whoever administers the system, its security or its audit does only that, and only one of the three.</summary>
public static class ThreeApart
{
    public static readonly Article Separation = Article.Statute("GB/T 22239-2019 8.1.5.1", "应对系统管理员进行身份鉴别,只允许其通过特定的命令或操作界面进行系统管理操作,并对这些操作进行审计");

    /// <summary>To be asked under the chain head, so that two posts of one person are given one after the other.</summary>
    /// <exception cref="Refusal">The person holds, on the day or later, a role that may not stand beside this one.</exception>
    public static async Task DemandAsync(AppDb db, Guid person, string role, DateOnly from, CancellationToken ct)
    {
        var roles = await db.Posts.Where(p => p.Person == person && (p.To == null || p.To >= from)).Select(p => p.Role).Distinct().ToListAsync(ct);
        var liaison = await db.LiaisonAppointments.AnyAsync(a => a.Person == person && (a.To == null || a.To >= from), ct);
        var clash = Roles.Administrators.Contains(role) ? roles.FirstOrDefault(r => r != role) ?? (liaison ? Roles.LiaisonOfficer : null) : roles.FirstOrDefault(Roles.Administrators.Contains);
        if (clash is not null)
            throw new Refusal("post.three-apart", $"此人已任{Roles.NameOf(clash)},不能同时任{Roles.NameOf(role)}:系统、安全、审计三类管理员各由专人担任,不兼任,也不办理业务。", Separation, "Role");
    }
}
