using System.Text.Json;
using Liandong.Accounts;
using Liandong.Api;
using Liandong.Data;
using Liandong.Modules.Cases;
using Liandong.Shared;
using Liandong.Sheets;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Liandong.Modules.Supervision;

/// <summary>The module's API. Each address runs the use case that the page runs.</summary>
public static class SupervisionEndpoints
{
    public sealed record PlanBody(PlanKind Kind, DateOnly PlannedOn, PlanPeriod Period = PlanPeriod.Once, IReadOnlyList<OfficerInput>? Officers = null, bool WholeParty = false, string Note = "");

    public sealed record ReasonBody(string Reason);

    public sealed record CheckBody(DateOnly On, IReadOnlyList<OfficerInput> Officers, CheckResult Result, Treatment Treatment, string? Place = null, PlanKind? Kind = null, IReadOnlyList<CheckPoint>? Points = null,
        DateOnly? RectifyBy = null, string? Requirement = null, Guid? HandTo = null, Guid? HandToSection = null, Publicity Publicity = Publicity.Internal, string? LegalPerson = null, string? Contact = null,
        string? Note = null, Guid? Plan = null, string? SourceNumber = null, IReadOnlyList<Guid>? Files = null);

    public sealed record ReviewBody(DateOnly On, ReviewResult Result, IReadOnlyList<OfficerInput> Officers, DateOnly? DueOn = null, string? Note = null, Guid? HandTo = null, Guid? HandToSection = null, IReadOnlyList<Guid>? Files = null);

    public sealed record HandOverBody(Guid HandTo, string Facts, Guid? Check = null, Guid? HandToSection = null);

    public sealed record PenaltyBody(string Number, DateOnly DecidedOn, IReadOnlyList<PenaltyKind> Kinds, string Facts, string Basis, IReadOnlyList<OfficerInput> Officers, decimal Fine = 0, decimal Confiscated = 0,
        Guid? Permit = null, Publicity Publicity = Publicity.External, IReadOnlyList<Guid>? Files = null);

    public sealed record ClosingBody(ClosingManner Manner, DateOnly On, string Note = "");

    public sealed record AcknowledgeBody(ApprovalEffect Effect, string Reason = "", DateOnly? Until = null);

    public sealed record OutcomeBody(PermitOutcome Outcome, string Document, DateOnly On, string Note = "");

    public sealed record ManyBody(IReadOnlyList<Guid> Ids);

    public sealed record ManyResult(int Acknowledged);

    public static IEndpointRouteBuilder MapSupervision(this IEndpointRouteBuilder api)
    {
        var matters = api.MapGroup("/supervision").WithTags("监管与执法");
        matters.MapGet("/matters", async (AppDb db, Actor actor, Clock clock, [AsParameters] Paging paging, string? view, string? q, Guid? item, Guid? organ, string? plan, CancellationToken ct) =>
        {
            var page = await SupervisionQueries.ListAsync(db, actor, Filter(view, q, item, organ, plan) with { After = paging.Place?.Id(0), Size = paging.Size }, clock.Today, ct);
            return new Page<MatterRow>(page.Rows, Next(page.After));
        }).WithSummary("监管台账").Demands(Rights.SupervisionView).Produces<Page<MatterRow>>();
        matters.MapGet("/matters.xlsx", async (ExportMatters export, string? view, string? q, Guid? item, Guid? organ, string? plan, CancellationToken ct) =>
            TypedResults.File(await export.RunAsync(Filter(view, q, item, organ, plan), ct), Workbook.ContentType, "监管台账.xlsx"))
            .WithSummary("导出监管台账").Demands(Rights.SupervisionView).Demands(Rights.ExportDownload).Produces(200, contentType: Workbook.ContentType);
        matters.MapGet("/matters/{push:guid}", async (Guid push, AppDb db, Actor actor, CancellationToken ct) => MatterBody.Of(await SupervisionQueries.OneAsync(db, actor, push, ct)))
            .WithSummary("一件监管事项的全部记录").Demands(Rights.SupervisionView).Produces<MatterBody>().ProducesProblem(404);

        matters.MapPost("/matters/{push:guid}/plans", async (Guid push, PlanBody body, PlanCheck plan, CancellationToken ct) =>
            PlanView.Of(await plan.RunAsync(new PlanCheck.Input(push, body.Kind, body.PlannedOn, body.Period, body.Officers ?? [], body.WholeParty, body.Note), ct)))
            .WithSummary("安排监管计划").Demands(Rights.SupervisionRecord).Produces<PlanView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        matters.MapPost("/plans/{id:guid}/withdraw", async (Guid id, ReasonBody body, WithdrawPlan withdraw, CancellationToken ct) => PlanView.Of(await withdraw.RunAsync(id, body.Reason, ct)))
            .WithSummary("取消监管计划").Demands(Rights.SupervisionRecord).Produces<PlanView>().ProducesProblem(404).ProducesProblem(409);
        matters.MapPost("/matters/{push:guid}/checks", async (Guid push, CheckBody b, RecordCheck record, CancellationToken ct) =>
            CheckView.Of(await record.RunAsync(new RecordCheck.Input(push, b.On, b.Officers, b.Result, b.Treatment, b.Place, b.Kind, b.Points, b.RectifyBy, b.Requirement, b.HandTo, b.HandToSection, b.Publicity,
                b.LegalPerson, b.Contact, b.Note, b.Plan, b.SourceNumber, b.Files), ct)))
            .WithSummary("登记检查").WithDescription("files 为续传接口(/uploads)传完的照片、文书的标识,复查和处罚相同。").Demands(Rights.SupervisionRecord).Produces<CheckView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        matters.MapPost("/checks/bulk", BulkAsync).WithSummary("批量报送检查记录:一行一条 JSON(NDJSON),逐行返回结果").Demands(Rights.SupervisionRecord)
            .Accepts<RecordManyChecks.Line>(ApiDocument.JsonLines).Produces<RecordManyChecks.LineResult>(200, ApiDocument.JsonLines).DisableRequestTimeout().Unlimited();
        matters.MapPost("/rectifications/{id:guid}/reviews", async (Guid id, ReviewBody b, ReviewRectification review, CancellationToken ct) =>
            RectificationView.Of(await review.RunAsync(new ReviewRectification.Input(id, b.On, b.Result, b.Officers, b.DueOn, b.Note, b.HandTo, b.HandToSection, b.Files), ct)))
            .WithSummary("登记整改复查").Demands(Rights.SupervisionRecord).Produces<RectificationView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        matters.MapPost("/matters/{push:guid}/handovers", async (Guid push, HandOverBody b, HandOver handOver, CancellationToken ct) =>
            EnforcementView.Of(await handOver.RunAsync(new HandOver.Input(push, b.HandTo, b.Facts, b.Check, b.HandToSection), ct)))
            .WithSummary("移交执法").Demands(Rights.SupervisionRecord).Produces<EnforcementView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        matters.MapPost("/enforcements/{id:guid}/claim", async (Guid id, ClaimEnforcement claim, CancellationToken ct) => EnforcementView.Of(await claim.RunAsync(id, ct)))
            .WithSummary("认领执法案件").Demands(Rights.EnforcementRecord).Produces<EnforcementView>().ProducesProblem(404).ProducesProblem(409);
        matters.MapPost("/enforcements/{id:guid}/penalties", async (Guid id, PenaltyBody b, RecordPenalty record, CancellationToken ct) =>
            PenaltyView.Of(await record.RunAsync(new RecordPenalty.Input(id, b.Number, b.DecidedOn, b.Kinds, b.Facts, b.Basis, b.Officers, b.Fine, b.Confiscated, b.Permit, b.Publicity, b.Files), ct)))
            .WithSummary("登记处罚决定").Demands(Rights.EnforcementRecord).Produces<PenaltyView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        matters.MapPost("/enforcements/{id:guid}/close", async (Guid id, ClosingBody b, CloseEnforcement close, CancellationToken ct) =>
            EnforcementView.Of(await close.RunAsync(new CloseEnforcement.Input(id, b.Manner, b.On, b.Note), ct)))
            .WithSummary("执法结案").Demands(Rights.EnforcementRecord).Produces<EnforcementView>().ProducesProblem(404).ProducesProblem(409);

        var feedback = api.MapGroup("/feedback").WithTags("监管回告");
        feedback.MapGet("", async (AppDb db, Actor actor, [AsParameters] Paging paging, string? view, string? q, Guid? organ, string? kind, CancellationToken ct) =>
        {
            var filter = new FeedbackFilter(One<FeedbackView>("view", view) ?? FeedbackView.Open, q ?? "", organ, One<FeedbackKind>("kind", kind), paging.Place?.Id(0), paging.Size);
            var page = await FeedbackQueries.ListAsync(db, actor, filter, ct);
            return new Page<FeedbackLine>([.. page.Rows.Select(FeedbackLine.Of)], Next(page.After));
        }).WithSummary("监管回告").Demands(Rights.SupervisionView).Produces<Page<FeedbackLine>>();
        feedback.MapGet("/export.xlsx", async (ExportFeedback export, string? view, string? q, Guid? organ, string? kind, CancellationToken ct) =>
            TypedResults.File(await export.RunAsync(new FeedbackFilter(One<FeedbackView>("view", view) ?? FeedbackView.All, q ?? "", organ, One<FeedbackKind>("kind", kind)), ct), Workbook.ContentType, "监管回告.xlsx"))
            .WithSummary("导出监管回告").Demands(Rights.SupervisionView).Demands(Rights.ExportDownload).Produces(200, contentType: Workbook.ContentType).ProducesProblem(403);
        feedback.MapGet("/{id:guid}", async (Guid id, AppDb db, Actor actor, CancellationToken ct) => FeedbackBody.Of((await FeedbackQueries.OneAsync(db, actor, id, ct)).Feedback))
            .WithSummary("一件回告").Demands(Rights.SupervisionView).Produces<FeedbackBody>().ProducesProblem(404);
        feedback.MapPost("/{id:guid}/acknowledge", async (Guid id, AcknowledgeBody b, AcknowledgeFeedback acknowledge, CancellationToken ct) =>
            FeedbackBody.Of(await acknowledge.RunAsync(new AcknowledgeFeedback.Input(id, b.Effect, b.Reason, b.Until), ct)))
            .WithSummary("确认回告并写明对审批的影响").Demands(Rights.FeedbackAcknowledge).Produces<FeedbackBody>().ProducesProblem(404).ProducesProblem(409);
        feedback.MapPost("/acknowledge", async (ManyBody b, AcknowledgeFeedback acknowledge, CancellationToken ct) => new ManyResult(await acknowledge.RunManyAsync(b.Ids, ct)))
            .WithSummary("把没有发现问题的几件回告一并确认为无影响").Demands(Rights.FeedbackAcknowledge).Produces<ManyResult>().ProducesProblem(404).ProducesProblem(409);
        feedback.MapPost("/{id:guid}/lift", async (Guid id, ReasonBody b, LiftEffect lift, CancellationToken ct) => FeedbackBody.Of(await lift.RunAsync(id, b.Reason, ct)))
            .WithSummary("解除对审批的影响").Demands(Rights.FeedbackAcknowledge).Produces<FeedbackBody>().ProducesProblem(404).ProducesProblem(409);
        feedback.MapPost("/{id:guid}/outcome", async (Guid id, OutcomeBody b, SettlePermit settle, CancellationToken ct) =>
            FeedbackBody.Of(await settle.RunAsync(new SettlePermit.Input(id, b.Outcome, b.Document, b.On, b.Note), ct)))
            .WithSummary("登记许可变动的办理结果").Demands(Rights.FeedbackAcknowledge).Produces<FeedbackBody>().ProducesProblem(404).ProducesProblem(409);
        var parties = api.MapGroup("/parties").WithTags("相对人");
        parties.MapGet("/{id:guid}", async (Guid id, AppDb db, Actor actor, Clock clock, CancellationToken ct) => PartyBody.Of(await PartyQueries.OneAsync(db, actor, id, clock.Today, ct), clock.Today))
            .WithSummary("相对人:两边的许可、推送、监管和处罚,限于本单位有关的").Demands(Rights.PartyView).Produces<PartyBody>().ProducesProblem(404);
        return api;
    }

    public sealed record FeedbackLine(Guid Id, string Number, Guid Push, Guid Party, string PartyName, string ItemName, Guid Organ, FeedbackKind Kind, string Summary, DateOnly OccurredOn, DateTimeOffset DeliveredAt,
        bool Late, bool NeedsWeighing, DateTimeOffset? AcknowledgedAt, ApprovalEffect? Effect, bool AwaitsOutcome, DateOnly? DueOn)
    {
        public static FeedbackLine Of(FeedbackRow r) => new(r.Id, r.Number, r.Push, r.Party, r.PartyName, r.ItemName, r.Organ, r.Kind, r.Summary, r.OccurredOn, r.DeliveredAt, r.Late, r.NeedsWeighing, r.AcknowledgedAt,
            r.Effect, r.AwaitsOutcome, r.Duty?.DueOn);
    }

    private static MatterFilter Filter(string? view, string? q, Guid? item, Guid? organ, string? plan) => new(One<MatterView>("view", view) ?? MatterView.All, q ?? "", item, organ, One<PlanFilter>("plan", plan));

    /// <summary>A word of the address, in any case; none when it is absent.</summary>
    private static T? One<T>(string field, string? said) where T : struct, Enum =>
        string.IsNullOrEmpty(said) ? null : Enum.TryParse<T>(said, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : throw new InvalidInput(field, $"“{said}”不是可用的值。");

    private static string? Next(Guid? after) => after is { } id ? Cursor.Of(id).ToString() : null;

    private static async Task BulkAsync(HttpContext http, RecordManyChecks record, IOptions<JsonOptions> json, CancellationToken ct)
    {
        if (!JsonLines.Prepare(http)) return;
        await foreach (var result in record.RunAsync(JsonLines.ReadAsync(http.Request.BodyReader, ct), ct))
        {
            await http.Response.WriteAsync(JsonSerializer.Serialize(result, json.Value.SerializerOptions) + "\n", ct);
        }
    }
}
