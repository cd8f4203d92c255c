using Liandong.Api;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Modules.Directory;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Accounts;

public enum AccountState { Invited, Active, Locked, Disabled }

/// <summary>What the administrators read about accounts, sessions and sign-ins. No business content: names, posts, times, places.</summary>
public static class AccountQueries
{
    public sealed record PostLine(Guid Id, Guid Organ, string OrganName, string Section, string Role, string RoleName, string Title, DateOnly From, DateOnly? To);

    public sealed record PersonWithoutAccount(Guid Person, string Name, string Posts);

    public sealed record OrganLine(Guid Id, string Name);

    public sealed record AccountLine(Guid Id, string UserName, Guid Person, string Name, IReadOnlyList<PostLine> Posts, AccountState State, bool Totp, DateTimeOffset CreatedAt, DateTimeOffset? LastSeenAt);

    public sealed record SessionLine(Guid Id, string Method, DateTimeOffset OpenedAt, DateTimeOffset LastSeenAt, string Address, string Device, DateTimeOffset? EndedAt, string EndReason);

    public sealed record AttemptLine(Guid Id, DateTimeOffset At, SignInOutcome Outcome, string Method, string Who, string UserName, string Address, string Device);

    public sealed record AttemptFilter(bool FailedOnly = false, string Who = "", string Address = "", DateOnly? From = null, DateOnly? To = null);

    /// <summary>Accounts by user name, those whose user name or person's name contains <paramref name="text"/>.</summary>
    public static async Task<IReadOnlyList<AccountLine>> ListAsync(AppDb db, Actor actor, DateTimeOffset now, string text, string role, string? after, int take, CancellationToken ct)
    {
        actor.Demand(Rights.AccountManage);
        var today = Kernel.Calendar.Beijing.DayOf(now);
        var name = text.Trim();
        var low = Account.Normal(text);
        var rows = from account in db.Accounts.AsNoTracking()
                   join person in db.People on account.Person equals person.Id
                   where name == "" || account.UserName.Contains(low) || person.Name.Contains(name)
                   select new { Account = account, person.Name };
        if (role.Length > 0) rows = rows.Where(r => db.Posts.Any(p => p.Person == r.Account.Person && p.Role == role && p.From <= today && (p.To == null || p.To >= today)));
        if (after is { } place) rows = rows.Where(r => string.Compare(r.Account.UserName, place) > 0);
        var page = await rows.OrderBy(r => r.Account.UserName).Take(take).ToListAsync(ct);
        var people = page.Select(r => r.Account.Person).ToList();
        var ids = page.Select(r => r.Account.Id).ToList();
        var posts = await PostsAsync(db, people, today, ct);
        var locked = await db.SignInGuards.AsNoTracking().Where(g => ids.Contains(g.Account) && g.LockedUntil > now).Select(g => g.Account).ToListAsync(ct);
        var seen = await db.Sessions.AsNoTracking().Where(s => ids.Contains(s.Account!.Value)).GroupBy(s => s.Account).Select(g => new { Account = g.Key!.Value, At = g.Max(s => s.LastSeenAt) }).ToDictionaryAsync(g => g.Account, g => g.At, ct);
        return [.. page.Select(r => new AccountLine(r.Account.Id, r.Account.UserName, r.Account.Person, r.Name, [.. posts[r.Account.Person]],
            StateOf(r.Account, locked.Contains(r.Account.Id)), r.Account.HasTotp, r.Account.CreatedAt, seen.TryGetValue(r.Account.Id, out var at) ? at : null))];
    }

    public static async Task<AccountLine> DetailAsync(AppDb db, Actor actor, DateTimeOffset now, Guid id, CancellationToken ct)
    {
        actor.Demand(Rights.AccountManage);
        var found = await (from account in db.Accounts.AsNoTracking()
                           join person in db.People on account.Person equals person.Id
                           where account.Id == id
                           select new { Account = account, person.Name }).FirstOrDefaultAsync(ct) ?? throw NotFound.Of("该账号");
        var posts = await PostsAsync(db, [found.Account.Person], Kernel.Calendar.Beijing.DayOf(now), ct);
        var locked = await db.SignInGuards.AsNoTracking().AnyAsync(g => g.Account == id && g.LockedUntil > now, ct);
        var seen = await db.Sessions.AsNoTracking().Where(s => s.Account == id).OrderByDescending(s => s.OpenedAt).Select(s => (DateTimeOffset?)s.LastSeenAt).FirstOrDefaultAsync(ct);
        return new AccountLine(id, found.Account.UserName, found.Account.Person, found.Name, [.. posts[found.Account.Person]], StateOf(found.Account, locked), found.Account.HasTotp, found.Account.CreatedAt, seen);
    }

    /// <summary>People without an account whose name contains the text: whom the security administrator may invite.</summary>
    public static async Task<IReadOnlyList<PersonWithoutAccount>> WithoutAccountAsync(AppDb db, Actor actor, DateOnly today, string text, int take, CancellationToken ct)
    {
        actor.Demand(Rights.AccountManage);
        var name = text.Trim();
        var people = await db.People.AsNoTracking().Where(p => (name == "" || p.Name.Contains(name)) && !db.Accounts.Any(a => a.Person == p.Id)).OrderBy(p => p.Name).ThenBy(p => p.Id).Take(take).Select(p => new { p.Id, p.Name }).ToListAsync(ct);
        var posts = await PostsAsync(db, [.. people.Select(p => p.Id)], today, ct);
        return [.. people.Select(p => new PersonWithoutAccount(p.Id, p.Name, string.Join(";", posts[p.Id].Select(post => $"{post.OrganName} {post.RoleName}"))))];
    }

    /// <summary>The organs of today by name alone: where a new person or a machine client may belong.</summary>
    public static async Task<IReadOnlyList<OrganLine>> OrgansAsync(AppDb db, Actor actor, CancellationToken ct)
    {
        if (!actor.May(Rights.AccountManage)) actor.Demand(Rights.ClientManage);
        return await db.Organs.AsNoTracking().Where(o => o.To == null).OrderBy(o => o.Rank).ThenBy(o => o.Id).Select(o => new OrganLine(o.Id, o.Name)).ToListAsync(ct);
    }

    /// <summary>The actor's own sessions, open ones first.</summary>
    public static async Task<IReadOnlyList<SessionLine>> OwnSessionsAsync(AppDb db, Actor actor, CancellationToken ct) =>
        [.. (await db.Sessions.AsNoTracking().Where(s => s.Person == actor.Person).OrderByDescending(s => s.OpenedAt).Take(50).ToListAsync(ct)).OrderBy(s => s.EndedAt is not null)
            .Select(s => new SessionLine(s.Id, s.Method, s.OpenedAt, s.LastSeenAt, s.Address, s.Device, s.EndedAt, s.EndReason))];

    /// <summary>Sign-in attempts, newest first.</summary>
    public static async Task<IReadOnlyList<AttemptLine>> AttemptsAsync(AppDb db, Actor actor, AttemptFilter filter, Cursor? after, int take, CancellationToken ct)
    {
        actor.Demand(Rights.AuditView);
        var rows = from attempt in db.SignInAttempts.AsNoTracking()
                   join p in db.People on attempt.Person equals p.Id into people
                   from person in people.DefaultIfEmpty()
                   join a in db.Accounts on attempt.Account equals a.Id into accounts
                   from account in accounts.DefaultIfEmpty()
                   join c in db.MachineClients on attempt.Client equals c.Id into clients
                   from client in clients.DefaultIfEmpty()
                   select new { Attempt = attempt, Who = person != null ? person.Name : client != null ? client.Name : "", UserName = account != null ? account.UserName : client != null ? client.ClientId : "" };
        if (filter.FailedOnly) rows = rows.Where(r => r.Attempt.Outcome != SignInOutcome.Opened);
        if (filter.Who.Length > 0) rows = rows.Where(r => r.Who.Contains(filter.Who) || r.UserName.Contains(filter.Who));
        if (filter.Address.Length > 0) rows = rows.Where(r => r.Attempt.Address == filter.Address);
        if (filter.From is { } from && Kernel.Calendar.Beijing.StartOf(from) is var start) rows = rows.Where(r => r.Attempt.At >= start);
        if (filter.To is { } to && Kernel.Calendar.Beijing.EndOf(to) is var end) rows = rows.Where(r => r.Attempt.At < end);
        if (after is { } place && (place.Instant(0), place.Id(1)) is var (at, id)) rows = rows.Where(r => r.Attempt.At < at || (r.Attempt.At == at && r.Attempt.Id < id));
        return [.. (await rows.OrderByDescending(r => r.Attempt.At).ThenByDescending(r => r.Attempt.Id).Take(take).ToListAsync(ct))
            .Select(r => new AttemptLine(r.Attempt.Id, r.Attempt.At, r.Attempt.Outcome, r.Attempt.Method, r.Who, r.UserName, r.Attempt.Address, r.Attempt.Device))];
    }

    public static async Task<ILookup<Guid, PostLine>> PostsAsync(AppDb db, IReadOnlyList<Guid> people, DateOnly today, CancellationToken ct)
    {
        var posts = await (from p in db.Posts.AsNoTracking()
                           join o in db.Organs on p.Organ equals o.Id
                           join s in db.Sections on p.Section equals s.Id into sections
                           from section in sections.DefaultIfEmpty()
                           where people.Contains(p.Person) && (p.To == null || p.To >= today)
                           orderby p.From
                           select new { p.Person, Line = new { p.Id, p.Organ, o.ShortName, Section = section != null ? section.Name : "", p.Role, p.Title, p.From, p.To } }).ToListAsync(ct);
        var liaisons = await (from a in db.LiaisonAppointments.AsNoTracking()
                              join o in db.Organs on a.Organ equals o.Id
                              where people.Contains(a.Person) && (a.To == null || a.To >= today)
                              orderby a.From
                              select new { a.Person, a.Id, a.Organ, o.ShortName, a.Slot, a.From, a.To }).ToListAsync(ct);
        return posts.Select(p => (p.Person, Line: new PostLine(p.Line.Id, p.Line.Organ, p.Line.ShortName, p.Line.Section, p.Line.Role, Roles.NameOf(p.Line.Role), p.Line.Title, p.Line.From, p.Line.To)))
            .Concat(liaisons.Select(a => (a.Person, Line: new PostLine(a.Id, a.Organ, a.ShortName, "", Standing.RoleOf(a.Slot), LiaisonAppointment.NameOf(a.Slot), "", a.From, a.To))))
            .ToLookup(p => p.Person, p => p.Line);
    }

    private static AccountState StateOf(Account account, bool locked) =>
        account.IsDisabled ? AccountState.Disabled : locked ? AccountState.Locked : account.HasPassword ? AccountState.Active : AccountState.Invited;
}

/// <summary>States and outcomes in the office's words.</summary>
public static class AccountWords
{
    public static string Of(AccountState state) => state switch { AccountState.Invited => "待设置密码", AccountState.Active => "正常", AccountState.Locked => "已锁定", _ => "已停用" };

    public static Shared.Tone ToneOf(AccountState state) => state switch { AccountState.Active => Shared.Tone.Good, AccountState.Locked => Shared.Tone.Warn, AccountState.Disabled => Shared.Tone.Neutral, _ => Shared.Tone.Info };

    public static string Of(SignInOutcome outcome) => outcome switch
    {
        SignInOutcome.Opened => "成功",
        SignInOutcome.UnknownAccount => "没有此账号",
        SignInOutcome.WrongPassword => "密码或密钥不正确",
        SignInOutcome.WrongCode => "动态口令不正确",
        SignInOutcome.Locked => "锁定期间尝试",
        SignInOutcome.Disabled => "账号已停用",
        _ => "没有任职岗位",
    };
}
