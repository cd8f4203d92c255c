using Liandong.Accounts;
using Liandong.Api;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Sheets;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Assistance;

/// <summary>The module's API. Each address runs the use case that the page runs.</summary>
public static class AssistanceEndpoints
{
    /// <summary>What <see cref="AssistanceFilter"/> reads from the address.</summary>
    private static readonly string[] Filters = ["view", "q", "kind", "state", "light"];

    public sealed record AskBody(AssistanceKind Kind, string Title, string Purpose, string Basis, string Asked, AssistanceSubject About = AssistanceSubject.Nothing, string AboutText = "", Guid? Of = null, IReadOnlyList<Guid>? Files = null);

    public sealed record AnswerBody(string Answer, IReadOnlyList<Guid>? Cases = null, IReadOnlyList<Guid>? Parties = null, DateOnly? Until = null, bool WithFiles = false, IReadOnlyList<Guid>? Files = null);

    public sealed record RefuseBody(string Reason, string Basis);

    public sealed record ReasonBody(string Reason);

    public sealed record RevokedPart(Guid Id);

    public sealed record AssistanceStanding(Guid Id, string Number, AssistanceState State);

    /// <param name="Cases">The cases that it opens.</param>
    public sealed record GrantedPart(Guid Id, DateOnly Until, bool WithFiles, IReadOnlyList<GrantedCase> Cases);

    public static IEndpointRouteBuilder MapAssistance(this IEndpointRouteBuilder api)
    {
        var requests = api.MapGroup("/assistance").WithTags("协助");
        requests.MapGet("", async (HttpContext http, [AsParameters] Paging paging, AppDb db, Actor actor, Clock clock, CalendarBook calendars, CancellationToken ct) =>
        {
            var filter = AssistanceFilter.Read(http.Request.Query, AssistanceLane.All) with { Size = paging.Size, After = paging.After ?? "" };
            var list = await AssistanceQueries.ListAsync(db, actor, filter, clock.Now, await calendars.CurrentAsync(ct), ct);
            return new Page<AssistanceRow>(list.Rows, list.After);
        }).WithSummary("协助请求清单").Demands(Rights.AssistView).WithDescription("只有请求和被请求的两个单位看得到。").Takes(Filters).Produces<Page<AssistanceRow>>().ProducesProblem(400);
        requests.MapGet("/export.xlsx", async (HttpContext http, ExportAssistance export, CancellationToken ct) => TypedResults.File(await export.RunAsync(AssistanceFilter.Read(http.Request.Query, AssistanceLane.All), ct), Workbook.ContentType, "协助请求清单.xlsx"))
            .WithSummary("导出协助请求清单").Demands(Rights.AssistView).Demands(Rights.ExportDownload).WithDescription("筛选与页面相同;每次导出都记入台账。").Takes(Filters).Produces(200, contentType: Workbook.ContentType);
        requests.MapPost("", async (AskBody b, AskAssistance ask, CancellationToken ct) =>
                await ask.RunAsync(new AskAssistance.Input(b.Kind, b.Title, b.Purpose, b.Basis, b.Asked, b.About, b.AboutText, b.Of, b.Files), ct) is var made ? TypedResults.Created($"/api/v1/assistance/{made.Id}", Of(made)) : null)
            .WithSummary("请求协助").Demands(Rights.AssistAsk).WithDescription("部门请审批局协助,of 不填;审批局请部门协助,of 写明哪个部门。").Produces<AssistanceStanding>(201).ProducesProblem(400).ProducesProblem(409);
        requests.MapGet("/{id:guid}", async (Guid id, HttpContext http, AppDb db, Actor actor, Clock clock, CalendarBook calendars, CancellationToken ct) =>
        {
            var detail = await AssistanceQueries.DetailAsync(db, actor, id, clock.Now, await calendars.CurrentAsync(ct), ct) ?? throw NotFound.Of("该协助请求");
            return http.Tagged(detail, await db.AssistanceRequests.Where(r => r.Id == id).Select(r => EF.Property<int>(r, Conventions.Version)).FirstAsync(ct));
        }).WithSummary("一件协助请求").Demands(Rights.AssistView).Produces<AssistanceDetail>().Produces(304).ProducesProblem(404);
        requests.MapPost("/{id:guid}/read", async (Guid id, ReadAssistance read, CancellationToken ct) => Of(await read.RunAsync(id, ct))).WithSummary("签收协助请求").Demands(Rights.AssistAnswer).WithDescription("重复签收不是错误,不产生新的记录。").ProducesProblem(404).ProducesProblem(409);
        requests.MapPost("/{id:guid}/answer", async (Guid id, AnswerBody b, AnswerAssistance answer, CancellationToken ct) => Of(await answer.RunAsync(id, new AnswerAssistance.Input(b.Answer, b.Cases, b.Parties, b.Until, b.WithFiles, b.Files), ct)))
            .WithSummary("答复协助请求").Demands(Rights.AssistAnswer).WithDescription("审批局答复部门的,可以开放指定的办件(cases)和相对人(parties)至 until 当日。").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        requests.MapPost("/{id:guid}/refuse", async (Guid id, RefuseBody b, RefuseAssistance refuse, CancellationToken ct) => Of(await refuse.RunAsync(id, b.Reason, b.Basis, ct))).WithSummary("不予协助").Demands(Rights.AssistAnswer).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        requests.MapPost("/{id:guid}/withdraw", async (Guid id, ReasonBody b, WithdrawAssistance withdraw, CancellationToken ct) => Of(await withdraw.RunAsync(id, b.Reason, ct))).WithSummary("撤回协助请求").Demands(Rights.AssistAsk).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        requests.MapPost("/access/{id:guid}/open", async (Guid id, OpenGranted open, AppDb db, Actor actor, CancellationToken ct) =>
        {
            var grant = await open.RunAsync(id, ct);
            return new GrantedPart(grant.Id, grant.Until, grant.WithFiles, await AssistanceQueries.CasesOfAsync(db, actor, grant, ct));
        }).WithSummary("查阅开放的办件").Demands(Rights.AssistView).WithDescription("每次查阅都记入台账;到期或者收回以后查不到。").ProducesProblem(404);
        requests.MapPost("/access/{id:guid}/revoke", async (Guid id, ReasonBody b, RevokeAccess revoke, CancellationToken ct) => new RevokedPart((await revoke.RunAsync(id, b.Reason, ct)).Id)).WithSummary("收回权限").Demands(Rights.AssistAnswer).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        return api;
    }

    /// <summary>The list as a file for a browser.</summary>
    public static void MapAssistanceFiles(this IEndpointRouteBuilder app) =>
        app.MapGet("/assistance/export.xlsx", async (HttpContext http, ExportAssistance export, CancellationToken ct) => TypedResults.File(await export.RunAsync(AssistanceFilter.Read(http.Request.Query, AssistanceLane.All), ct), Workbook.ContentType, "协助请求清单.xlsx"))
            .RequireAuthorization().ExcludeFromDescription();

    private static AssistanceStanding Of(AssistanceRequest r) => new(r.Id, r.Number, r.State);
}
