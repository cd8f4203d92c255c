using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Modules.Directory;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Accounts;

/// <summary>
/// How a real district begins: a link, printed at the first start and good once within a day, makes the first security administrator, who
/// invites everybody else. There is no default account and no default password.
/// </summary>
public sealed class FirstAdministrator(AppDb db, Ledger ledger, Actor actor, Clock clock, PasswordBook passwords, OpenSession open)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <param name="OrganName">The organ that runs the platform, 区行政审批服务局 as a rule.</param>
    public sealed record Input(string OrganName, string Name, string UserName, string Password);

    public sealed record Made(Guid Link) : IAct { static string IAct.Name => "first-administrator.invited"; }

    public sealed record Act(Guid Account, Guid Person, Guid Organ) : IAct { static string IAct.Name => "first-administrator.set-up"; }

    /// <summary>A new link's token while nobody can administer accounts, null afterwards. Earlier links die. For the platform's own start only.</summary>
    public async Task<string?> LinkAsync(CancellationToken ct)
    {
        actor.Demand(Rights.AccountManage);
        if (await IsSetUpAsync(ct)) return null;
        // Under the chain head before the earlier links are read: of nodes that start at once, one comes after the other, and the last one's link stands.
        await using var together = await ledger.TogetherAsync(ct);
        foreach (var former in await db.OneTimeLinks.Where(l => l.Kind == LinkKind.FirstAdministrator && l.UsedAt == null).ToListAsync(ct)) former.Revoke(clock.Now);
        var (link, token) = OneTimeLink.Make(db.District, LinkKind.FirstAdministrator, null, Lifetime, clock);
        db.OneTimeLinks.Add(link);
        await ledger.RecordAsync(new Made(link.Id), new Subject("link", link.Id, "", "首位管理员链接"), null, ct);
        await together.CommitAsync(ct);
        return token;
    }

    /// <summary>Whether the token still opens the page.</summary>
    public async Task<bool> IsOpenAsync(string token, CancellationToken ct) =>
        await FindAsync(token, ct) is { } link && link.IsOpenAt(clock.Now) && !await IsSetUpAsync(ct);

    public async Task<Session> RunAsync(string token, Input input, Origin origin, CancellationToken ct)
    {
        new InputCheck().Filled(input.OrganName, nameof(input.OrganName), "单位名称", 100).Filled(input.Name, nameof(input.Name), "姓名", 40)
            .That(AccountNames.IsGood(input.UserName), nameof(input.UserName), AccountNames.Rule).Throw();
        // The link is the authority here: the visitor is nobody yet.
        actor.BecomePlatform();
        await using var together = await ledger.TogetherAsync(ct);
        var link = await FindAsync(token, ct) ?? throw NotFound.Of("该链接");
        if (await IsSetUpAsync(ct)) throw new Refusal("link.spent", "首位安全管理员已经设立,请用账号登录。");
        link.Use(clock.Now);
        var name = input.OrganName.Trim();
        var organ = await db.Organs.FirstOrDefaultAsync(o => o.Name == name && o.To == null, ct) ?? NewOrgan(name);
        var person = new Person { District = db.District, Id = clock.NewId() };
        person.Describe(input.Name, "", "", "");
        db.People.Add(person);
        db.Posts.Add(new Post { District = db.District, Id = clock.NewId(), Person = person.Id, Organ = organ.Id, Role = Roles.SecurityAdmin, Title = Roles.NameOf(Roles.SecurityAdmin), From = clock.Today });
        var account = new Account { District = db.District, Id = clock.NewId(), Person = person.Id, UserName = Account.Normal(input.UserName), CreatedAt = clock.Now };
        await passwords.SetAsync(account, person, input.Password, ct);
        db.Accounts.Add(account);
        await ledger.RecordAsync(new Act(account.Id, person.Id, organ.Id), new Subject("account", account.Id, "", "首位安全管理员"), null, ct);
        var session = (await open.RunAsync(person.Id, account.Id, "一次性链接", origin, ct))!;
        await together.CommitAsync(ct);
        return session;
    }

    private Organ NewOrgan(string name)
    {
        var organ = new Organ { District = db.District, Id = clock.NewId(), Kind = OrganKind.Bureau, From = clock.Today };
        organ.Describe(name, name, "", isMember: true, rank: 1);
        db.Organs.Add(organ);
        return organ;
    }

    private Task<OneTimeLink?> FindAsync(string token, CancellationToken ct)
    {
        var digest = Sm3.HexOf(token);
        return db.OneTimeLinks.FirstOrDefaultAsync(l => l.Digest == digest && l.Kind == LinkKind.FirstAdministrator, ct);
    }

    private Task<bool> IsSetUpAsync(CancellationToken ct) =>
        (from account in db.Accounts join post in db.Posts on account.Person equals post.Person where post.Role == Roles.SecurityAdmin select account.Id).AnyAsync(ct);
}
