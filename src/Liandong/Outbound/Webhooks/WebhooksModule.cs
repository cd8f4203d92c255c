using Liandong.Accounts;
using Liandong.Api;
using Liandong.Data;
using Liandong.Shared;

namespace Liandong.Outbound;

/// <summary>回调订阅 (webhooks): acts told to other systems as CloudEvents, in ledger order per subject, until they are received.</summary>
public static class WebhooksModule
{
    public static IReadOnlyList<MenuEntry> Menu => [new("系统", "回调订阅", "/webhooks", "plug", Rights.WebhookManage)];

    /// <summary>What use cases need.</summary>
    public static IServiceCollection AddWebhooks(this IServiceCollection services) => services
        .AddSingleton<WebhookSignal>()
        .AddScoped<SubscribeWebhook>()
        .AddScoped<ChangeWebhook>()
        .AddScoped<PauseWebhook>()
        .AddScoped<ReplayWebhook>()
        .AddScoped<TestWebhook>();

    /// <summary>What tells: the follower of the ledger and the sender, on every node.</summary>
    public static IServiceCollection AddWebhookSending(this IServiceCollection services, IConfiguration settings) => services
        .AddSingleton(WebhookTargets.Of(settings))
        .AddSingleton<WebhookTransport>()
        .AddSingleton<FanOutWebhooks>().AddHostedService(provider => provider.GetRequiredService<FanOutWebhooks>())
        .AddSingleton<SendWebhooks>().AddHostedService(provider => provider.GetRequiredService<SendWebhooks>());

    public static IEndpointRouteBuilder MapWebhooks(this IEndpointRouteBuilder api)
    {
        var webhooks = api.MapGroup("/webhooks").WithTags("回调订阅").Demands(Rights.WebhookManage);
        webhooks.MapGet("", async (AppDb db, Actor actor, CancellationToken ct) => new Page<WebhookRow>(await WebhookQueries.ListAsync(db, actor, ct), null))
            .WithSummary("本单位的回调订阅").Produces<Page<WebhookRow>>();
        webhooks.MapPost("", async (WebhookBody body, SubscribeWebhook subscribe, CancellationToken ct) =>
        {
            var created = await subscribe.RunAsync(new(body.Url, body.Types), ct);
            return TypedResults.Created($"/api/v1/webhooks/{created.Subscription.Id}", new WebhookCreated(created.Subscription.Id, created.Secret));
        }).WithSummary("登记回调订阅;返回的签名密钥只给出一次").ShowsSecret().Produces<WebhookCreated>(201).ProducesProblem(400).ProducesProblem(409);
        webhooks.MapGet("/{id:guid}", async (Guid id, AppDb db, Actor actor, CancellationToken ct) => await WebhookQueries.OneAsync(db, actor, id, ct))
            .WithSummary("一个回调订阅").Produces<WebhookRow>().ProducesProblem(404);
        webhooks.MapPut("/{id:guid}", async (Guid id, WebhookBody body, HttpContext http, ChangeWebhook change, AppDb db, Actor actor, CancellationToken ct) =>
        {
            await change.RunAsync(id, new(body.Url, body.Types), ct);
            return await WebhookQueries.OneAsync(db, actor, id, ct);
        }).WithSummary("修改回调地址和事件类型").Produces<WebhookRow>().ProducesProblem(400).ProducesProblem(404);
        webhooks.MapPost("/{id:guid}/secret", async (Guid id, ChangeWebhook change, CancellationToken ct) => new WebhookCreated(id, await change.SecretAsync(id, ct)))
            .WithSummary("更换签名密钥;旧密钥在 24 小时内同时签名").ShowsSecret().Produces<WebhookCreated>().ProducesProblem(404);
        webhooks.MapPost("/{id:guid}/pause", async (Guid id, PauseWebhook pause, AppDb db, Actor actor, CancellationToken ct) =>
        {
            await pause.RunAsync(id, ct);
            return await WebhookQueries.OneAsync(db, actor, id, ct);
        }).WithSummary("暂停回调订阅").Produces<WebhookRow>().ProducesProblem(404).ProducesProblem(409);
        webhooks.MapPost("/{id:guid}/resume", async (Guid id, PauseWebhook pause, AppDb db, Actor actor, CancellationToken ct) =>
        {
            await pause.ResumeAsync(id, ct);
            return await WebhookQueries.OneAsync(db, actor, id, ct);
        }).WithSummary("恢复回调订阅,从现在起继续").Produces<WebhookRow>().ProducesProblem(404).ProducesProblem(409);
        webhooks.MapPost("/{id:guid}/test", async (Guid id, TestWebhook test, AppDb db, CancellationToken ct) => new TestSent(CloudEvent.IdOf(db.District, await test.RunAsync(id, ct))))
            .WithSummary("发送一条测试事件").Produces<TestSent>().ProducesProblem(404).ProducesProblem(409);
        webhooks.MapGet("/{id:guid}/deliveries", async (Guid id, [AsParameters] Paging paging, AppDb db, Actor actor, CancellationToken ct, DeliveryState? state = null) =>
            await WebhookQueries.DeliveriesAsync(db, actor, id, state, paging, ct))
            .WithSummary("投递记录,新的在前;state=dead 是未能送达的").Produces<Page<DeliveryRow>>().ProducesProblem(400).ProducesProblem(404);
        webhooks.MapGet("/{id:guid}/deliveries/{number:long}/attempts", async (Guid id, long number, AppDb db, Actor actor, CancellationToken ct) =>
            new Page<AttemptRow>(await WebhookQueries.AttemptsAsync(db, actor, id, number, ct), null))
            .WithSummary("一条投递的每次尝试").Produces<Page<AttemptRow>>().ProducesProblem(404);
        webhooks.MapPost("/{id:guid}/deliveries/{number:long}/replay", async (Guid id, long number, ReplayWebhook replay, CancellationToken ct) => new ReplayResult(await replay.RunAsync(id, [number], ct)))
            .WithSummary("重新投递一条").Produces<ReplayResult>().ProducesProblem(404).ProducesProblem(409);
        webhooks.MapPost("/{id:guid}/replay", async (Guid id, ReplayWebhook replay, CancellationToken ct) => new ReplayResult(await replay.RunAsync(id, null, ct)))
            .WithSummary("重新投递全部未能送达的").Produces<ReplayResult>().ProducesProblem(404).ProducesProblem(409);
        return api;
    }

    /// <param name="Url">接收地址,https。</param>
    /// <param name="Types">动作名称或其前缀,例如 push. 或 feedback.delivered;不填为全部。</param>
    public sealed record WebhookBody(string Url, IReadOnlyList<string>? Types = null);

    /// <param name="Secret">Standard Webhooks 签名密钥,只给出一次。</param>
    public sealed record WebhookCreated(Guid Id, string Secret);

    public sealed record TestSent(string Event);

    public sealed record ReplayResult(int Deliveries);
}
