using System.ComponentModel;
using Liandong.Accounts;
using Liandong.Api;
using Liandong.Data;
using Liandong.Modules.Items;
using Liandong.Modules.Linkage;
using Liandong.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Liandong.Modules.Cases;

/// <summary>Cases, pushes and permits at the API.</summary>
public static class CasesEndpoints
{
    private const string Lines = ApiDocument.JsonLines;

    public static void Map(IEndpointRouteBuilder api)
    {
        var cases = api.MapGroup("/cases").WithTags("办件");
        cases.MapPost("", (CaseInput body, SendCase send, CancellationToken ct) => OneAsync(body, send, mustBeDecided: false, ct))
            .WithSummary("报送一个办件").WithDescription("收件、受理、决定、送达可以一次报齐,也可以随办理进度多次报送;同一编号重复报送不产生重复,内容矛盾的不予接收。")
            .Produces<Sent>(201).Produces<Sent>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(409).Demands(Rights.CaseEnter).WithMetadata(new Idempotency.LookedUpByWriter());
        cases.MapPost("/bulk", (HttpContext http, ReceiveLines receive) => ManyAsync(http, receive, mustBeDecided: false))
            .WithSummary("批量报送办件(NDJSON)").WithDescription("每行一个办件,每行答复一行:line、status(created、advanced、unchanged、failed)、id、code、errors。坏行不影响其他行;中断后可以全部重新报送。")
            .Accepts<CaseInput>(Lines).Produces(200, contentType: Lines).DisableRequestTimeout().Demands(Rights.CaseEnter).Unlimited();
        cases.MapGet("", ListAsync).WithSummary("办件列表").Produces<Page<CaseRow>>().Demands(Rights.CaseView);
        cases.MapGet("/{id:guid}", FindAsync).WithSummary("办件详情").Produces<CaseView>().Produces(304).ProducesProblem(404).Demands(Rights.CaseView);
        cases.MapGet("/template.xlsx", () => Results.File(CaseColumns.Template(), Sheets.Workbook.ContentType, "办件导入模板.xlsx")).WithSummary("办件导入模板").Produces(200, contentType: Sheets.Workbook.ContentType).Demands(Rights.CaseEnter);

        cases.MapGet("/{id:guid}/history", async (Guid id, AppDb db, Actor actor, CancellationToken ct) => await CasesQueries.HistoryAsync(db, await CasesQueries.FindAsync(db, actor, id, ct), ct))
            .WithSummary("办件和它的推送的时间线").Produces<IReadOnlyList<Shared.TimelineEntry>>().Demands(Rights.CaseView);
        cases.MapPost("/import", async (HttpRequest request, ImportCases import, CancellationToken ct, string fileName = "upload.xlsx", bool dryRun = false) =>
        {
            using var content = new MemoryStream();
            await request.Body.CopyToAsync(content, ct);
            var sheet = Sheets.Sheet.Read(content.ToArray(), fileName);
            return dryRun ? await import.PreviewAsync(sheet, ct) : await import.RunAsync(sheet, ct);
        }).WithSummary("从表格导入办件:请求体是 .xlsx 或 .csv 文件,逐行返回结果").Accepts<IFormFile>(Sheets.Workbook.ContentType, "text/csv").Produces<CaseImport>().ProducesProblem(400).Demands(Rights.CaseEnter);

        // Handling on the platform: the same use cases as the pages.
        Described("受理", cases.MapPost("/{id:guid}/accept", (Guid id, [FromBody] AcceptanceBody? body, AcceptCase act, HttpContext http, AppDb db, Actor actor, CancellationToken ct) =>
            DoneAsync(id, http, db, actor, () => act.RunAsync(id, body?.Despite, ct), ct)));
        Described("不予受理", cases.MapPost("/{id:guid}/not-accept", (Guid id, [FromBody] RefusalBody body, RefuseAcceptance act, HttpContext http, AppDb db, Actor actor, CancellationToken ct) =>
            DoneAsync(id, http, db, actor, () => act.RunAsync(id, body.Reason, body.Document, ct), ct)));
        Described("一次告知补正", cases.MapPost("/{id:guid}/supplement", (Guid id, [FromBody] SupplementBody body, AskSupplement act, HttpContext http, AppDb db, Actor actor, CancellationToken ct) =>
            DoneAsync(id, http, db, actor, () => act.RunAsync(id, body.What, ct), ct)));
        Described("收到补正材料", cases.MapPost("/{id:guid}/supplemented", (Guid id, ReceiveSupplement act, HttpContext http, AppDb db, Actor actor, CancellationToken ct) =>
            DoneAsync(id, http, db, actor, () => act.RunAsync(id, ct), ct)));
        Described("审查意见", cases.MapPost("/{id:guid}/review", (Guid id, [FromBody] ReviewCase.Input body, ReviewCase act, HttpContext http, AppDb db, Actor actor, CancellationToken ct) =>
            DoneAsync(id, http, db, actor, () => act.RunAsync(id, body, ct), ct)));
        Described("中止计时", cases.MapPost("/{id:guid}/suspend", (Guid id, [FromBody] SuspendCase.Input body, SuspendCase act, HttpContext http, AppDb db, Actor actor, CancellationToken ct) =>
            DoneAsync(id, http, db, actor, () => act.RunAsync(id, body, ct), ct)));
        Described("恢复计时", cases.MapPost("/{id:guid}/resume", (Guid id, ResumeCase act, HttpContext http, AppDb db, Actor actor, CancellationToken ct) =>
            DoneAsync(id, http, db, actor, () => act.RunAsync(id, ct), ct)));
        Described("延长期限", cases.MapPost("/{id:guid}/extend", (Guid id, [FromBody] ExtendCase.Input body, ExtendCase act, HttpContext http, AppDb db, Actor actor, CancellationToken ct) =>
            DoneAsync(id, http, db, actor, () => act.RunAsync(id, body, ct), ct)));
        Described("作出决定", cases.MapPost("/{id:guid}/decide", (Guid id, [FromBody] DecideCase.Input body, DecideCase act, HttpContext http, AppDb db, Actor actor, CancellationToken ct) =>
            DoneAsync(id, http, db, actor, () => act.RunAsync(id, body, ct), ct)));
        Described("申请人撤回或者终止", cases.MapPost("/{id:guid}/end", (Guid id, [FromBody] EndCase.Input body, EndCase act, HttpContext http, AppDb db, Actor actor, CancellationToken ct) =>
            DoneAsync(id, http, db, actor, () => act.RunAsync(id, body, ct), ct)));
        Described("送达", cases.MapPost("/{id:guid}/deliver", (Guid id, DeliverCase act, HttpContext http, AppDb db, Actor actor, CancellationToken ct) =>
            DoneAsync(id, http, db, actor, () => act.RunAsync(id, ct), ct)));

        var unrouted = api.MapGroup("/pushes/unrouted").WithTags("信息联动").Demands(Rights.PushReroute);
        unrouted.MapGet("", ListUnroutedAsync).WithSummary("未能推送的结果").Produces<Page<UnroutedView>>();
        unrouted.MapPost("/retry", async (RouteUnrouted route, CancellationToken ct) => new Retried(await route.RetryAllAsync(ct))).WithSummary("把未能推送的全部按现行责任清单重新推送").Produces<Retried>();
        unrouted.MapPost("/{id:guid}/retry", async (Guid id, RouteUnrouted route, CancellationToken ct) => Made(await route.RetryAsync(id, ct))).WithSummary("按责任清单重新推送").Produces<IReadOnlyList<IntakePush>>().ProducesProblem(409);
        unrouted.MapPost("/{id:guid}/assign", async (Guid id, RouteUnrouted.ByHand body, RouteUnrouted route, CancellationToken ct) => Made(await route.AssignAsync(id, body, ct)))
            .WithSummary("人工指定监管单位").Produces<IReadOnlyList<IntakePush>>().ProducesProblem(400).ProducesProblem(409);

        var permits = api.MapGroup("/permits").WithTags("办件").Demands(Rights.CaseView);
        permits.MapGet("", ListPermitsAsync).WithSummary("许可列表").Produces<Page<PermitRow>>();
        permits.MapGet("/{id:guid}", FindPermitAsync).WithSummary("许可详情").Produces<PermitRow>().Produces(304).ProducesProblem(404);

        var pushes = api.MapGroup("/pushes").WithTags("信息联动");
        pushes.MapPost("", (CaseInput body, SendCase send, CancellationToken ct) => OneAsync(body, send, mustBeDecided: true, ct))
            .WithSummary("推送一个审批结果").WithDescription("与报送办件相同,但必须已有决定;按责任清单分送各监管单位。").Produces<Sent>(201).Produces<Sent>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(409).Demands(Rights.CaseEnter).WithMetadata(new Idempotency.LookedUpByWriter());
        pushes.MapPost("/bulk", (HttpContext http, ReceiveLines receive) => ManyAsync(http, receive, mustBeDecided: true))
            .WithSummary("批量推送审批结果(NDJSON)").Accepts<CaseInput>(Lines).Produces(200, contentType: Lines).DisableRequestTimeout().Demands(Rights.CaseEnter).Unlimited();
    }

    private static void Described(string summary, RouteHandlerBuilder route) => route.WithSummary(summary).Produces<CaseView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412).Demands(Rights.CaseEnter, Rights.CaseDecide);

    private static async Task<CaseView> DoneAsync(Guid id, HttpContext http, AppDb db, Actor actor, Func<Task<Case>> run, CancellationToken ct)
    {
        await http.MatchAsync(db, db.Cases.VisibleTo(db, actor).Where(c => c.Id == id), ct);
        await run();
        return CaseView.Of(await CasesQueries.FindAsync(db, actor, id, ct), actor.IsBureau);
    }

    /// <param name="Routed">这次推送成功的件数。</param>
    public sealed record Retried(int Routed);

    /// <param name="Despite">仍予受理的理由: needed while supervision has suspended acceptance of the party.</param>
    public sealed record AcceptanceBody(string? Despite = null);

    public sealed record RefusalBody(string Reason, string Document);

    public sealed record SupplementBody(string What);

    private static IReadOnlyList<IntakePush> Made(IReadOnlyList<Push> pushes) => [.. pushes.Select(p => new IntakePush(p.Id, p.Number, p.Organ))];

    private static async Task<Page<UnroutedView>> ListUnroutedAsync([AsParameters] Paging paging, AppDb db, Actor actor, CancellationToken ct) =>
        paging.PageOf(await UnroutedQueries.ListAsync(db, actor, resolved: false, paging.Take, paging.Place, ct), f => Cursor.Of(f.FailedAt, f.Id), f => new UnroutedView(f.Case, f.CaseNumber, f.Item, f.ItemName, f.Division, f.Decision, f.DecidedAt, f.Reason));

    public sealed record UnroutedView(Guid Case, string CaseNumber, Guid Item, string ItemName, string Division, DecisionKind Decision, DateTimeOffset DecidedAt, string Reason);

    private static async Task<Page<PermitRow>> ListPermitsAsync([AsParameters] Paging paging, [AsParameters] PermitQuery query, AppDb db, Actor actor, Clock clock, CancellationToken ct)
    {
        var filter = query.Filter;
        return paging.PageOf(await PermitsQueries.ListAsync(db, actor, filter, clock.Today, paging.Take, paging.Place, ct), row => PermitsQueries.PlaceOf(row, filter));
    }

    private static async Task<IResult> FindPermitAsync(Guid id, HttpContext http, AppDb db, Actor actor, Clock clock, CancellationToken ct)
    {
        var found = await PermitsQueries.FindAsync(db, actor, id, ct);
        return http.Tagged(new PermitRow(found.Permit.Id, found.Permit.Number, found.Permit.Name, found.Permit.Party, found.Permit.PartyName, found.Permit.ValidFrom, found.Permit.ValidTo, found.Permit.StatusOn(clock.Today)), found.Version);
    }

    public sealed record PermitQuery
    {
        [FromQuery(Name = "status")] public string? Status { get; init; }
        [FromQuery(Name = "number")] public string? Number { get; init; }
        [FromQuery(Name = "item")] public Guid? Item { get; init; }
        [FromQuery(Name = "party")] public Guid? Party { get; init; }
        [FromQuery(Name = "expiringWithin")] public int? ExpiringWithin { get; init; }

        internal PermitFilter Filter => new(CaseQuery.Word<PermitStatus>(Status, "status"), Number?.Trim() ?? "", Item, Party, ExpiringWithin);
    }

    /// <summary>Files that pages link to beside what they show.</summary>
    public static void MapFiles(IEndpointRouteBuilder app) =>
        app.MapGet("/cases/import/{id:guid}/refused.xlsx", async (Guid id, bool? done, SheetDesk desk, ImportCases import, CancellationToken ct) =>
        {
            var upload = await desk.FindAsync(id, SheetPurpose.Cases, ct);
            var sheet = Sheets.Sheet.Read(upload.Content, upload.FileName);
            // After the import the rows are sent once more, which changes nothing, so that contradictions with what is stored are told too.
            return Results.File(ImportCases.Refused(sheet, done == true ? await import.RunAsync(sheet, ct) : await import.PreviewAsync(sheet, ct)), Sheets.Workbook.ContentType, "退回的行.xlsx");
        }).RequireAuthorization().ExcludeFromDescription();

    private static async Task<IResult> OneAsync(CaseInput body, SendCase send, bool mustBeDecided, CancellationToken ct)
    {
        var result = await send.TryAsync(body, ct, mustBeDecided);
        return result switch
        {
            { Status: IntakeStatus.Created } => Results.Created($"/api/v1/cases/{result.Id}", Sent.Of(result)),
            { Status: not IntakeStatus.Failed } => Results.Ok(Sent.Of(result)),
            { Code: "input.invalid" } => throw new InvalidInput(result.Errors),
            _ => Results.Problem(new ProblemDetails
            {
                Status = 409, Type = "https://liandong.example/problems/" + result.Code, Title = "不符合规定,不能办理", Detail = "同一编号的办件已经报送,内容不一致:" + string.Join("", result.Errors.Values),
                Extensions = { ["code"] = result.Code, ["errors"] = result.Errors.ToDictionary(e => e.Key, e => new[] { e.Value }) },
            }),
        };
    }

    private static async Task ManyAsync(HttpContext http, ReceiveLines receive, bool mustBeDecided)
    {
        receive.DemandSender();
        if (!JsonLines.Prepare(http)) return;
        await receive.RunAsync(http.Request.BodyReader, http.Response.Body, mustBeDecided, http.RequestAborted);
    }

    private static async Task<Page<CaseRow>> ListAsync([AsParameters] Paging paging, [AsParameters] CaseQuery query, AppDb db, Actor actor, CancellationToken ct) =>
        paging.PageOf(await CasesQueries.ListAsync(db, actor, query.Filter, paging.Take, paging.Place, ct), CasesQueries.PlaceOf);

    private static async Task<IResult> FindAsync(Guid id, HttpContext http, AppDb db, Actor actor, CancellationToken ct)
    {
        var found = await CasesQueries.FindAsync(db, actor, id, ct);
        return http.Tagged(CaseView.Of(found, actor.IsBureau), found.Version);
    }

    /// <summary>Filters of the list, by their names in the address.</summary>
    public sealed record CaseQuery
    {
        [FromQuery(Name = "stage")] public string? Stage { get; init; }
        [FromQuery(Name = "decision")] public string? Decision { get; init; }
        [FromQuery(Name = "kind")] public string? Kind { get; init; }
        [FromQuery(Name = "item")] public Guid? Item { get; init; }
        [FromQuery(Name = "number")] public string? Number { get; init; }
        [FromQuery(Name = "from")] public DateOnly? From { get; init; }
        [FromQuery(Name = "to")] public DateOnly? To { get; init; }
        [FromQuery(Name = "party")] public Guid? Party { get; init; }

        internal CaseFilter Filter => new(Word<CaseStage>(Stage, "stage"), Word<DecisionKind>(Decision, "decision"), Word<ApplicationKind>(Kind, "kind"), Item, Number?.Trim() ?? "", From, To, Party: Party);

        internal static T? Word<T>(string? said, string field) where T : struct, Enum =>
            string.IsNullOrEmpty(said) ? null : Enum.TryParse<T>(said, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : throw new InvalidInput(field, $"“{said}”不是可用的值。");
    }

    /// <summary>What became of a message that was taken in.</summary>
    /// <param name="Unrouted">Why no supervising organ was found; the case waits in the queue of unrouted results.</param>
    /// <param name="Despite">作出决定时还没有办结的事(联络员的意见没有说明是否采纳、公务协同函生效中);照收并在办件上标明。</param>
    public sealed record Sent(IntakeStatus Status, Guid Id, string Number, IReadOnlyList<IntakePush> Pushes, string? Unrouted, IReadOnlyList<string>? Despite)
    {
        public static Sent Of(IntakeResult result) => new(result.Status, result.Id!.Value, result.Number, result.Pushes, result.Unrouted.Length > 0 ? result.Unrouted : null, result.Despite);
    }

    /// <summary>A case as the API shows it; personal numbers are masked.</summary>
    public sealed record CaseView(Guid Id, string Number, string Item, string ItemName, ApplicationKind Kind, PartyView Party, string Division, string Address, string Source, bool Backfilled, CaseStage Stage,
        DateTimeOffset ReceivedAt, DateTimeOffset? AcceptedAt, DateTimeOffset? DecidedAt, DateTimeOffset? DeliveredAt, DecisionInput? Decision, PermitView? Permit, IReadOnlyList<CaseMaterial> Materials,
        IReadOnlyList<string> Conditions, IReadOnlyList<string> Promises, IReadOnlyList<CasePushView> Pushes, string? Unrouted, IReadOnlyList<string> DecidedDespite)
    {
        /// <param name="bureau">What was not settled when it was decided is for the bureau.</param>
        public static CaseView Of(CaseDetail d, bool bureau) => new(d.Case.Id, d.Case.Number, d.Case.ItemCode, d.Case.ItemName, d.Case.Kind,
            new PartyView(d.Party.Id, d.Party.Kind, d.Case.PartyName, d.Party.Code, d.Party.CodeNonStandard, d.Party.MaskedNumber), d.Case.Division, d.Case.Address, d.Case.Source, d.Case.Backfilled, d.Case.Stage,
            d.Case.ReceivedAt, d.Case.AcceptedAt, d.Case.DecidedAt, d.Case.DeliveredAt,
            d.Case.Decision is { } kind ? new DecisionInput { Kind = kind, Number = d.Case.DecisionNumber, Content = d.Case.DecisionContent, Opinion = d.Case.Opinion, Approver = d.Case.Approver } : null,
            d.Permit is { } permit ? new PermitView(permit.Id, permit.Number, permit.NumberNonStandard, permit.Name, permit.ValidFrom, permit.ValidTo) : null,
            d.Case.Materials, d.Case.Conditions, d.Case.Promises, [.. d.Pushes.Select(p => new CasePushView(p.Id, p.Number, p.Organ, d.Organs.GetValueOrDefault(p.Organ, ""), p.State, p.DeliveredAt, p.SignedAt, p.ClaimedAt, p.DueAt))],
            d.Unrouted?.Reason, bureau ? d.Case.DecidedDespite : []);
    }

    public sealed record PartyView(Guid Id, PartyKind Kind, string Name, string Code, bool CodeNonStandard, string MaskedNumber);

    public sealed record PermitView(Guid Id, string Number, bool NumberNonStandard, string Name, DateOnly ValidFrom, DateOnly? ValidTo);

    public sealed record CasePushView(Guid Id, string Number, Guid Organ, string OrganName, PushState State, DateTimeOffset? DeliveredAt, DateTimeOffset? SignedAt, DateTimeOffset? ClaimedAt, DateTimeOffset? DueAt);
}
