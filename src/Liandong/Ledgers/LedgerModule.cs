using Liandong.Accounts;
using Liandong.Api;
using Liandong.Data;
using Liandong.Kernel.Ledger;
using Liandong.Shared;

namespace Liandong.Ledgers;

/// <summary>台账: what was done, by number; verification; export; sealed heads that anybody may keep.</summary>
public static class LedgerModule
{
    public static IReadOnlyList<MenuEntry> Menu =>
    [
        new("系统", "台账", "/ledger", "journal-check", Rights.AuditView),
        new("系统", "密封链头", "/ledger/heads", "shield-check"),
    ];

    /// <param name="HashHolds">摘要与内容相符。</param>
    /// <param name="ChainHolds">与上一条相接。</param>
    /// <param name="SealedThrough">密封到第几号的链头包含它;没有的,还没有密封。</param>
    public sealed record EntryBody(LedgerRow Entry, System.Text.Json.JsonElement Body, string PreviousHash, bool HashHolds, bool ChainHolds, long? SealedThrough)
    {
        public static EntryBody Of(LedgerDetail d) => new(d.Row, System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(d.Entry.Body), d.Entry.PreviousHash, d.HashHolds, d.ChainHolds, d.SealedBy?.Number);
    }

    public sealed record HeadsBody(string PublicKey, string KeyId, string Algorithm, IReadOnlyList<LedgerSeal> Seals);

    public static IServiceCollection AddLedgers(this IServiceCollection services) => services
        .AddSingleton<SealKey>()
        .AddScoped<SealChain>()
        .AddScoped<LedgerExport>();

    public static IServiceCollection AddLedgerClockwork(this IServiceCollection services) => services.AddHostedService<ChainSealer>();

    public static IEndpointRouteBuilder MapLedgers(this IEndpointRouteBuilder api)
    {
        var ledger = api.MapGroup("/ledger").WithTags("台账");
        ledger.MapGet("/heads", async (AppDb db, SealKey key, CancellationToken ct) => new HeadsBody(key.PublicKey, key.KeyId, "SM2 with SM3 over LedgerSeal.SignedContent", await LedgerQueries.HeadsAsync(db, 200, ct)))
            .AllowAnonymous().WithSummary("密封的链头和验签公钥").Produces<HeadsBody>();
        ledger.MapGet("", async ([AsParameters] Paging paging, AppDb db, Actor actor, CancellationToken ct, string? act = null, DateOnly? from = null, DateOnly? to = null, Guid? subject = null) =>
                paging.PageOf(await LedgerQueries.ListAsync(db, actor, new LedgerFilter(act, from, to, subject, paging.Place?.Number(0)), paging.Take, ct), r => Cursor.Of(r.Number)))
            .WithSummary("台账,新的在前").Demands(Rights.AuditView).Produces<Page<LedgerRow>>();
        ledger.MapGet("/{number:long}", async (long number, AppDb db, Actor actor, CancellationToken ct) => EntryBody.Of(await LedgerQueries.OneAsync(db, actor, number, ct)))
            .WithSummary("一条台账和它的证明").WithDescription("审计管理员可以看任何一条,其他人看本单位办的。").Demands(Rights.AuditView, Rights.DeskUse).Produces<EntryBody>();
        ledger.MapGet("/export", async (HttpContext http, LedgerExport export, CancellationToken ct) => await SendAsync(http, export, ct)).WithSummary("导出台账(NDJSON)").Demands(Rights.LedgerExport).Produces<LedgerLine>(200, "application/x-ndjson");
        ledger.MapGet("/verify", (AppDb db, Actor actor, SealKey key, CancellationToken ct) => LedgerQueries.VerifyAsync(db, actor, key, ct)).WithSummary("核验台账").Demands(Rights.LedgerVerify).Produces<LedgerCheck>();
        return api;
    }

    /// <summary>The same export for a browser.</summary>
    public static void MapLedgerFiles(this IEndpointRouteBuilder app) =>
        app.MapGet("/ledger/export", async (HttpContext http, LedgerExport export, CancellationToken ct) => await SendAsync(http, export, ct)).RequireAuthorization().ExcludeFromDescription();

    private static async Task SendAsync(HttpContext http, LedgerExport export, CancellationToken ct)
    {
        var lines = await export.RunAsync(ct);
        http.Response.ContentType = "application/x-ndjson; charset=utf-8";
        http.Response.Headers.ContentDisposition = "attachment; filename=ledger.ndjson";
        await LedgerExport.WriteAsync(lines, http.Response.Body, ct);
    }
}
