using Liandong.Accounts;
using Liandong.Api;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Sheets;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Consultations;

/// <summary>The module's API. Each address runs the use case that the page runs.</summary>
public static class ConsultationsEndpoints
{
    /// <summary>What <see cref="ConsultationFilter"/> reads from the address.</summary>
    private static readonly string[] Filters = ["view", "q", "subject", "form", "state", "organ", "light", "from", "to", "sort"];

    public sealed record StartBody(
        string Title, string Question, ConsultationSubject Subject, string Basis, IReadOnlyList<Guid> Organs, ConsultationForm? Form = null, Guid? Case = null, Guid? Item = null, Guid? Party = null, DateOnly? AnswerBy = null, IReadOnlyList<Guid>? Files = null);

    public sealed record ViewBody(Stance Stance, string Grounds = "", string Conditions = "", bool ByLetter = false, IReadOnlyList<Guid>? Files = null);

    public sealed record RecordBody(Guid Organ, Stance Stance, ViewChannel Channel, DateOnly GivenOn, string Grounds = "", string Conditions = "", string Speaker = "", string Witness = "", string PaperNumber = "", DateOnly? PaperDate = null);

    public sealed record WeighBody(Weighing Weighing, string Reason);

    public sealed record ReasonBody(string Reason);

    public sealed record OrgansBody(IReadOnlyList<Guid> Organs, string Reason, ConsultationForm? Form = null, DateOnly? AnswerBy = null);

    public sealed record ItemBody(string Text, Guid Owner, DateOnly DueOn, IReadOnlyList<Guid>? Assisting = null);

    public sealed record ConclusionBody(string Text, IReadOnlyList<ItemBody>? Items = null);

    public sealed record CountersignBody(bool Agreed, string Reason = "");

    public sealed record IssueBody(string Despite = "");

    public sealed record ReportBody(string Text, IReadOnlyList<Guid>? Files = null);

    public sealed record JudgeBody(bool Accepted, string Verdict = "");

    public sealed record FreezeBody(FreezeScope Scope, string Reason, string Basis, DateOnly Until, Guid? Party = null, Guid? Case = null);

    public sealed record CircularBody(string Title, string Text, IReadOnlyList<Guid> Organs, Guid? Case = null, Guid? Party = null);

    public sealed record ConsultationStanding(Guid Id, string Number, ConsultationState State, ConsultationForm Form, Guid? Letter);

    /// <param name="Id">The thing that was made or changed.</param>
    public sealed record MadePart(Guid Id);

    public static IEndpointRouteBuilder MapConsultations(this IEndpointRouteBuilder api)
    {
        MapTalks(api.MapGroup("/consultations").WithTags("会商"));
        MapDecisions(api.MapGroup("/decisions").WithTags("会商"));
        MapFreezes(api.MapGroup("/freezes").WithTags("公务协同与抄告"));
        MapCirculars(api.MapGroup("/circulars").WithTags("公务协同与抄告"));
        return api;
    }

    /// <summary>The list as a file for a browser.</summary>
    public static void MapConsultationFiles(this IEndpointRouteBuilder app) =>
        app.MapGet("/consultations/export.xlsx", async (HttpContext http, ExportConsultations export, CancellationToken ct) => TypedResults.File(await export.RunAsync(ConsultationFilter.Read(http.Request.Query, ConsultationLane.ToDo), ct), Workbook.ContentType, "会商清单.xlsx"))
            .RequireAuthorization().ExcludeFromDescription();

    private static void MapTalks(RouteGroupBuilder talks)
    {
        talks.MapGet("", async (HttpContext http, [AsParameters] Paging paging, AppDb db, Actor actor, Clock clock, CalendarBook calendars, CancellationToken ct) =>
        {
            var filter = ConsultationFilter.Read(http.Request.Query, ConsultationLane.All) with { Size = paging.Size, After = paging.After ?? "" };
            var list = await ConsultationQueries.ListAsync(db, actor, filter, clock.Now, await calendars.CurrentAsync(ct), ct);
            return new Page<ConsultationRow>(list.Rows, list.After);
        }).WithSummary("会商清单").Demands(Rights.ConsultView).WithDescription("只有发起单位、被征求意见的单位看得到;提请联席会议的,联席会议办公室和召集人也看得到。").Takes(Filters).Produces<Page<ConsultationRow>>().ProducesProblem(400);
        talks.MapGet("/export.xlsx", async (HttpContext http, ExportConsultations export, CancellationToken ct) => TypedResults.File(await export.RunAsync(ConsultationFilter.Read(http.Request.Query, ConsultationLane.All), ct), Workbook.ContentType, "会商清单.xlsx"))
            .WithSummary("导出会商清单").Demands(Rights.ConsultView).Demands(Rights.ExportDownload).WithDescription("筛选与页面相同;每次导出都记入台账。").Takes(Filters).Produces(200, contentType: Workbook.ContentType);
        talks.MapPost("", async (StartBody b, StartConsultation start, CancellationToken ct) =>
                await start.RunAsync(new StartConsultation.Input(b.Title, b.Question, b.Subject, b.Basis, b.Organs, b.Form, b.Case, b.Item, b.Party, b.AnswerBy, b.Files), ct) is var made ? TypedResults.Created($"/api/v1/consultations/{made.Id}", Of(made)) : null)
            .WithSummary("发起会商").Demands(Rights.ConsultStart).WithDescription("form 不填的,一个单位用函,几个单位开会;用函的同时起草会商函(letter),签发、送达以后才征求意见。").Produces<ConsultationStanding>(201).ProducesProblem(400).ProducesProblem(409);
        talks.MapGet("/{id:guid}", async (Guid id, HttpContext http, AppDb db, Actor actor, Clock clock, CalendarBook calendars, CancellationToken ct) =>
        {
            var detail = await ConsultationQueries.DetailAsync(db, actor, id, clock.Now, await calendars.CurrentAsync(ct), ct) ?? throw NotFound.Of("该会商");
            return http.Tagged(detail, await db.Consultations.Where(c => c.Id == id).Select(c => EF.Property<int>(c, Conventions.Version)).FirstAsync(ct));
        }).WithSummary("一件会商").Demands(Rights.ConsultView).Produces<ConsultationDetail>().Produces(304).ProducesProblem(404);
        talks.MapPost("/{id:guid}/letter", async (Guid id, DraftConsultationLetter draft, CancellationToken ct) => new MadePart((await draft.RunAsync(id, ct)).Id)).WithSummary("重新起草会商函").Demands(Rights.ConsultStart).WithDescription("原稿作废以后才能重新起草。").ProducesProblem(404).ProducesProblem(409);
        talks.MapPost("/{id:guid}/read", async (Guid id, ReadConsultation read, CancellationToken ct) => Of(await read.RunAsync(id, ct))).WithSummary("签收会商").Demands(Rights.ConsultAnswer).WithDescription("重复签收不是错误,不产生新的记录。").ProducesProblem(404);
        talks.MapPost("/{id:guid}/views", async (Guid id, ViewBody b, GiveView give, CancellationToken ct) => new MadePart((await give.RunAsync(id, new GiveView.Input(b.Stance, b.Grounds, b.Conditions, b.ByLetter, b.Files), ct)).Id))
            .WithSummary("提出意见").Demands(Rights.ConsultAnswer).WithDescription("byLetter 为真的,起草复函,送达时意见才生效。").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        talks.MapPost("/{id:guid}/views/record", async (Guid id, RecordBody b, RecordView record, CancellationToken ct) =>
                new MadePart((await record.RunAsync(id, new RecordView.Input(b.Organ, b.Stance, b.Channel, b.GivenOn, b.Grounds, b.Conditions, b.Speaker, b.Witness, b.PaperNumber, b.PaperDate), ct)).Id))
            .WithSummary("登记电话或者书面意见").Demands(Rights.ConsultStart).WithDescription("电话答复的写明对方答复人和见证人;书面的同时登记收文。").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        talks.MapPost("/views/{view:guid}/weigh", async (Guid view, WeighBody b, WeighView weigh, CancellationToken ct) => new MadePart((await weigh.RunAsync(view, new WeighView.Input(b.Weighing, b.Reason), ct)).Id))
            .WithSummary("说明是否采纳联络员意见").Demands(Rights.ConsultStart).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        talks.MapPost("/{id:guid}/organs", async (Guid id, OrgansBody b, AddConsultedOrgans add, CancellationToken ct) => Of(await add.RunAsync(id, new AddConsultedOrgans.Input(b.Organs, b.Reason, b.Form, b.AnswerBy), ct)))
            .WithSummary("追加会商单位").Demands(Rights.ConsultStart).WithDescription("结论印发以前由发起单位追加。原来以函征求一个单位意见的,改为会议形式(form 不填的为协调会);追加的单位自追加时起算答复时限,已有的意见保留,正在会签的结论作废重拟。").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        talks.MapPost("/{id:guid}/escalate", async (Guid id, ReasonBody b, EscalateConsultation escalate, CancellationToken ct) => Of(await escalate.RunAsync(id, b.Reason, ct))).WithSummary("提请联席会议研究").Demands(Rights.ConsultStart).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        talks.MapPost("/{id:guid}/withdraw", async (Guid id, ReasonBody b, WithdrawConsultation withdraw, CancellationToken ct) => Of(await withdraw.RunAsync(id, b.Reason, ct))).WithSummary("撤回会商").Demands(Rights.ConsultStart).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        talks.MapPost("/{id:guid}/conclusion", async (Guid id, ConclusionBody b, DraftConclusion draft, CancellationToken ct) =>
                new MadePart((await draft.RunAsync(id, new DraftConclusion.Input(b.Text, [.. (b.Items ?? []).Select(i => new DecisionDraft(i.Text, i.Owner, i.DueOn, i.Assisting))]), ct)).Id))
            .WithSummary("起草会商结论").Demands(Rights.ConsultStart).WithDescription("重新起草的,原稿作废,各单位重新会签。").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        talks.MapPost("/{id:guid}/conclusion/countersign", async (Guid id, CountersignBody b, CountersignConclusion sign, CancellationToken ct) => new MadePart((await sign.RunAsync(id, b.Agreed, b.Reason, ct)).Id))
            .WithSummary("会签会商结论").Demands(Rights.ConsultSign).WithDescription("agreed 为假是提出异议,写明理由。").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        talks.MapPost("/{id:guid}/conclusion/issue", async (Guid id, IssueBody b, IssueConclusion issue, CancellationToken ct) => new MadePart((await issue.RunAsync(id, b.Despite, ct)).Id))
            .WithSummary("印发会商结论").Demands(Rights.ConsultSign).WithDescription("有单位没有会签同意的,提请联席会议以后才能印发,并写明理由(despite)。").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        talks.MapPost("/{id:guid}/conclusion/minutes", async (Guid id, DraftConclusionMinutes draft, CancellationToken ct) => new MadePart((await draft.RunAsync(id, ct)).Id)).WithSummary("起草会商纪要").Demands(Rights.ConsultStart).ProducesProblem(404).ProducesProblem(409);
    }

    private static void MapDecisions(RouteGroupBuilder decisions)
    {
        decisions.MapGet("/{id:guid}", async (Guid id, AppDb db, Actor actor, DecisionHomes homes, Clock clock, CalendarBook calendars, CancellationToken ct) => await ConsultationQueries.DecisionAsync(db, actor, homes, id, clock.Now, await calendars.CurrentAsync(ct), ct) ?? throw NotFound.Of("该决定事项"))
            .WithSummary("决定事项").Demands(Rights.ConsultView).Produces<DecisionDetail>().ProducesProblem(404);
        decisions.MapPost("/{id:guid}/reports", async (Guid id, ReportBody b, ReportDecision report, CancellationToken ct) => new MadePart((await report.RunAsync(id, new ReportDecision.Input(b.Text, b.Files), ct)).Id))
            .WithSummary("报告决定事项完成").Demands(Rights.ConsultAnswer).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        decisions.MapPost("/{id:guid}/judge", async (Guid id, JudgeBody b, JudgeDecision judge, CancellationToken ct) => new MadePart((await judge.RunAsync(id, b.Accepted, b.Verdict, ct)).Id))
            .WithSummary("验收决定事项").Demands(Rights.ConsultStart).WithDescription("accepted 为假是退回,写明还缺什么(verdict)。").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
    }

    private static void MapFreezes(RouteGroupBuilder freezes)
    {
        freezes.MapGet("", async (bool? holding, string? q, [AsParameters] Paging paging, AppDb db, Actor actor, Clock clock, CancellationToken ct) =>
            paging.PageOf(await FreezeQueries.ListAsync(db, actor, holding ?? false, q ?? "", paging.Take, paging.Place, clock.Today, ct), FreezeQueries.PlaceOf)).WithSummary("公务协同函清单").Demands(Rights.ConsultView).Produces<Page<FreezeRow>>().ProducesProblem(400);
        freezes.MapPost("", async (FreezeBody b, RequestFreeze request, CancellationToken ct) => await request.RunAsync(new RequestFreeze.Input(b.Scope, b.Reason, b.Basis, b.Until, b.Party, b.Case), ct) is var made ? TypedResults.Created($"/api/v1/freezes/{made.Id}", new MadePart(made.Id)) : null)
            .WithSummary("起草公务协同函").Demands(Rights.ConsultStart).WithDescription("同时起草公函;送达审批局时生效,到期自行终止。").Produces<MadePart>(201).ProducesProblem(400).ProducesProblem(409);
        freezes.MapGet("/{id:guid}", async (Guid id, AppDb db, Actor actor, Clock clock, CancellationToken ct) => await FreezeQueries.DetailAsync(db, actor, id, clock.Today, ct) ?? throw NotFound.Of("该协同函")).WithSummary("公务协同函").Demands(Rights.ConsultView).Produces<FreezeDetail>().ProducesProblem(404);
        freezes.MapPost("/{id:guid}/lift", async (Guid id, ReasonBody b, LiftFreeze lift, CancellationToken ct) => new MadePart((await lift.RunAsync(id, b.Reason, ct)).Id)).WithSummary("解除公务协同").Demands(Rights.ConsultStart).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
    }

    private static void MapCirculars(RouteGroupBuilder circulars)
    {
        circulars.MapGet("", async ([AsParameters] Paging paging, AppDb db, Actor actor, CancellationToken ct) => paging.PageOf(await CircularQueries.ListAsync(db, actor, paging.Take, paging.Place, ct), CircularQueries.PlaceOf))
            .WithSummary("抄告清单").Demands(Rights.ConsultView).WithDescription("本单位发出的;收到的在公文里。").Produces<Page<CircularRow>>().ProducesProblem(400);
        circulars.MapPost("", async (CircularBody b, DraftCircular draft, CancellationToken ct) => await draft.RunAsync(new DraftCircular.Input(b.Title, b.Text, b.Organs, b.Case, b.Party), ct) is var made ? TypedResults.Created($"/api/v1/circulars/{made.Id}", new MadePart(made.Id)) : null)
            .WithSummary("起草抄告").Demands(Rights.ConsultStart).WithDescription("同时起草公函;送达以后,收文单位逐一答复。").Produces<MadePart>(201).ProducesProblem(400).ProducesProblem(409);
        circulars.MapGet("/{id:guid}", async (Guid id, AppDb db, Actor actor, Clock clock, CalendarBook calendars, CancellationToken ct) => await CircularQueries.DetailAsync(db, actor, id, clock.Now, await calendars.CurrentAsync(ct), ct) ?? throw NotFound.Of("该抄告"))
            .WithSummary("抄告").Demands(Rights.ConsultView).Produces<CircularDetail>().ProducesProblem(404);
    }

    private static ConsultationStanding Of(Consultation c) => new(c.Id, c.Number, c.State, c.Form, c.Letter);
}
