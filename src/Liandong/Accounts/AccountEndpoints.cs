using Liandong.Api;
using Liandong.Data;

namespace Liandong.Accounts;

/// <summary>Accounts, machine clients and the sign-in log at the API, for the administrators' own sign-in; no machine scope reaches them.</summary>
public static class AccountEndpoints
{
    public static IEndpointRouteBuilder MapAccounts(this IEndpointRouteBuilder api)
    {
        var accounts = api.MapGroup("/accounts").WithTags("账号");
        accounts.MapGet("", async ([AsParameters] Paging paging, AppDb db, Actor actor, Clock clock, CancellationToken ct, string q = "", string role = "") =>
                paging.PageOf(await AccountQueries.ListAsync(db, actor, clock.Now, q, role, paging.Place?.Text(0), paging.Take, ct), a => Cursor.Of(a.UserName)))
            .WithSummary("账号列表").Demands(Rights.AccountManage).Produces<Page<AccountQueries.AccountLine>>();
        accounts.MapGet("/{id:guid}", (Guid id, AppDb db, Actor actor, Clock clock, CancellationToken ct) => AccountQueries.DetailAsync(db, actor, clock.Now, id, ct))
            .WithSummary("账号").Demands(Rights.AccountManage).Produces<AccountQueries.AccountLine>().ProducesProblem(404);
        // What the forms offer to choose from: the directory itself is no business of the administrator's.
        accounts.MapGet("/people", (AppDb db, Actor actor, Clock clock, CancellationToken ct, string q = "") => AccountQueries.WithoutAccountAsync(db, actor, clock.Today, q, 200, ct))
            .WithSummary("可以邀请的人员").WithDescription("已登记而没有账号的人员,最多200人,按姓名查找;没有登记的,先以 POST /people、POST /posts 登记。").Demands(Rights.AccountManage).Produces<IReadOnlyList<AccountQueries.PersonWithoutAccount>>();
        accounts.MapGet("/organs", (AppDb db, Actor actor, CancellationToken ct) => AccountQueries.OrgansAsync(db, actor, ct))
            .WithSummary("可以登记人员和客户端的单位").Demands(Rights.AccountManage, Rights.ClientManage).Produces<IReadOnlyList<AccountQueries.OrganLine>>();
        accounts.MapPost("", async (InviteAccount.Input body, InviteAccount invite, CancellationToken ct) =>
            {
                var (account, token) = await invite.RunAsync(body, ct);
                return Results.Created($"/api/v1/accounts/{account.Id}", new LinkView(account.Id, $"/invitation/{token}"));
            })
            .WithSummary("邀请开通账号").ShowsSecret().Demands(Rights.AccountManage).Produces<LinkView>(201).ProducesProblem(400).ProducesProblem(409);
        accounts.MapPost("/{id:guid}/reset", async (Guid id, ResetBody body, ResetAccount reset, CancellationToken ct) => new LinkView(id, $"/invitation/{await reset.RunAsync(id, body.TotpOff, ct)}"))
            .WithSummary("重新发放链接").ShowsSecret().Demands(Rights.AccountManage).Produces<LinkView>().ProducesProblem(404);
        accounts.MapPost("/{id:guid}/disable", async (Guid id, ReasonBody body, SwitchAccount change, CancellationToken ct) => { await change.DisableAsync(id, body.Reason, ct); return Results.NoContent(); })
            .WithSummary("停用账号").Demands(Rights.AccountManage).Produces(204).ProducesProblem(409);
        accounts.MapPost("/{id:guid}/enable", async (Guid id, SwitchAccount change, CancellationToken ct) => { await change.EnableAsync(id, ct); return Results.NoContent(); })
            .WithSummary("启用账号").Demands(Rights.AccountManage).Produces(204).ProducesProblem(409);
        accounts.MapPost("/{id:guid}/unlock", async (Guid id, SwitchAccount change, CancellationToken ct) => { await change.UnlockAsync(id, ct); return Results.NoContent(); })
            .WithSummary("解锁账号").Demands(Rights.AccountManage).Produces(204).ProducesProblem(409);

        api.MapGet("/security-policy", async (AppDb db, Actor actor, CancellationToken ct) => { actor.Demand(Rights.SecurityPolicy); return SetSecurityPolicy.Input.Of(await SecurityPolicy.OfAsync(db, ct)); })
            .WithTags("账号").WithSummary("密码和登录规则").Demands(Rights.SecurityPolicy).Produces<SetSecurityPolicy.Input>();
        api.MapPut("/security-policy", async (SetSecurityPolicy.Input body, SetSecurityPolicy set, CancellationToken ct) => SetSecurityPolicy.Input.Of(await set.RunAsync(body, ct)))
            .WithTags("账号").WithSummary("设定密码和登录规则").Demands(Rights.SecurityPolicy).Produces<SetSecurityPolicy.Input>().ProducesProblem(400);
        api.MapGet("/sign-ins", async ([AsParameters] Paging paging, AppDb db, Actor actor, CancellationToken ct, bool failedOnly = false, string who = "", string address = "", DateOnly? from = null, DateOnly? to = null) =>
                paging.PageOf(await AccountQueries.AttemptsAsync(db, actor, new AccountQueries.AttemptFilter(failedOnly, who, address, from, to), paging.Place, paging.Take, ct), a => Cursor.Of(a.At, a.Id)))
            .WithTags("账号").WithSummary("登录日志").Demands(Rights.AuditView).Produces<Page<AccountQueries.AttemptLine>>();

        var me = api.MapGroup("/me").WithTags("账号").AskedBySomebody();
        me.MapGet("", (Actor actor) => MeView.Of(actor)).WithSummary("我是谁:单位、角色、权限").Produces<MeView>();
        me.MapGet("/sessions", (AppDb db, Actor actor, CancellationToken ct) => AccountQueries.OwnSessionsAsync(db, actor, ct)).WithSummary("本人的登录记录").Produces<IReadOnlyList<AccountQueries.SessionLine>>();
        me.MapPost("/sessions/{id:guid}/end", async (Guid id, EndSession end, CancellationToken ct) => { await end.RunAsync(id, "本人在登录记录中结束", ct); return Results.NoContent(); })
            .WithSummary("结束本人的一次登录").Produces(204).ProducesProblem(404);

        var clients = api.MapGroup("/clients").WithTags("机器客户端");
        clients.MapGet("", (AppDb db, Actor actor, CancellationToken ct) => ClientQueries.ListAsync(db, actor, ct)).WithSummary("机器客户端列表").Demands(Rights.ClientManage).Produces<IReadOnlyList<ClientQueries.ClientLine>>();
        clients.MapGet("/{id:guid}", (Guid id, AppDb db, Actor actor, CancellationToken ct) => ClientQueries.DetailAsync(db, actor, id, ct)).WithSummary("机器客户端").Demands(Rights.ClientManage).Produces<ClientQueries.ClientLine>().ProducesProblem(404);
        clients.MapPost("", async (CreateClient.Input body, CreateClient create, CancellationToken ct) =>
            {
                var (client, secret) = await create.RunAsync(body, ct);
                return Results.Created($"/api/v1/clients/{client.Id}", new SecretView(client.Id, client.ClientId, secret));
            })
            .WithSummary("登记机器客户端").ShowsSecret().Demands(Rights.ClientManage).Produces<SecretView>(201).ProducesProblem(400);
        clients.MapPut("/{id:guid}", async (Guid id, ClientBody body, ChangeClient change, AppDb db, Actor actor, CancellationToken ct) =>
            {
                await change.DescribeAsync(id, body.Name, body.Scopes, ct);
                return await ClientQueries.DetailAsync(db, actor, id, ct);
            })
            .WithSummary("变更名称和权限范围").Demands(Rights.ClientManage).Produces<ClientQueries.ClientLine>().ProducesProblem(404);
        clients.MapPost("/{id:guid}/rotate", async (Guid id, ChangeClient change, AppDb db, Actor actor, CancellationToken ct) =>
            {
                var secret = await change.RotateAsync(id, ct);
                return new SecretView(id, (await ClientQueries.DetailAsync(db, actor, id, ct)).ClientId, secret);
            })
            .WithSummary("更换密钥").ShowsSecret().Demands(Rights.ClientManage).Produces<SecretView>().ProducesProblem(404);
        clients.MapPost("/{id:guid}/disable", async (Guid id, ReasonBody body, ChangeClient change, CancellationToken ct) => { await change.DisableAsync(id, body.Reason, ct); return Results.NoContent(); })
            .WithSummary("停用").Demands(Rights.ClientManage).Produces(204).ProducesProblem(409);
        clients.MapPost("/{id:guid}/enable", async (Guid id, ChangeClient change, CancellationToken ct) => { await change.EnableAsync(id, ct); return Results.NoContent(); })
            .WithSummary("启用").Demands(Rights.ClientManage).Produces(204).ProducesProblem(409);
        return api;
    }

    /// <param name="OnBehalfOf">外出的联络员,由本人顶岗。</param>
    public sealed record MeView(Guid? Person, string Name, Guid? Organ, string OrganName, bool IsBureau, IReadOnlyList<string> Roles, IReadOnlyList<string> Rights, Guid? OnBehalfOf)
    {
        public static MeView Of(Actor actor) => new(actor.Person, actor.Name, actor.Organ, actor.OrganName, actor.IsBureau, actor.Roles, [.. Accounts.Rights.All.Where(actor.May)], actor.OnBehalfOf);
    }

    public sealed record ReasonBody(string Reason);

    public sealed record ResetBody(bool TotpOff = false);

    public sealed record ClientBody(string Name, IReadOnlyList<string> Scopes);

    /// <param name="Link">Path of the one-time link, shown this once.</param>
    public sealed record LinkView(Guid Id, string Link);

    /// <param name="ClientSecret">Shown this once.</param>
    public sealed record SecretView(Guid Id, string ClientId, string ClientSecret);
}
