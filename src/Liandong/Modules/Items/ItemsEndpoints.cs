using System.ComponentModel;
using Liandong.Accounts;
using Liandong.Api;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Sheets;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Items;

/// <summary>The API of items, the register and memoranda; each call runs the use case that the page runs.</summary>
public static class ItemsEndpoints
{
    public static IEndpointRouteBuilder MapItems(this IEndpointRouteBuilder api)
    {
        MapCatalogue(api.MapGroup("/items").WithTags("事项"));
        MapRegister(api.MapGroup("/register").WithTags("责任清单"));
        MapMemoranda(api.MapGroup("/memoranda").WithTags("责任备忘录"));
        return api;
    }

    /// <summary>Files that pages link to beside the lists that they hold.</summary>
    public static IEndpointRouteBuilder MapItemFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet("/items/export.xlsx", async (string? q, string? type, string? department, string? state, string? view, ExportItems export, CancellationToken ct) =>
            File(await export.ItemsAsync(ItemView.FilterOf(q, type, department, state, view), ct), "事项目录清单.xlsx")).RequireAuthorization().ExcludeFromDescription();
        app.MapGet("/register/export.xlsx", async (string? on, string? q, string? organ, string? division, string? kind, string? ended, ExportItems export, Clock clock, CancellationToken ct) =>
            File(await export.RegisterAsync(RegisterViews.FilterOf(on, q, organ, division, kind, ended, clock.Today), ct), "责任清单.xlsx")).RequireAuthorization().ExcludeFromDescription();
        app.MapGet("/register/people.xlsx", async (string? on, string? q, Guid? organ, ExportItems export, Clock clock, CancellationToken ct) =>
            File(await export.PeopleAsync(RegisterViews.DayOf(on, clock.Today), organ, q ?? "", ct), "协同人员库.xlsx")).RequireAuthorization().ExcludeFromDescription();
        app.MapGet("/items/import/{id:guid}/refused.xlsx", async (Guid id, SheetDesk desk, ImportItems import, CancellationToken ct) =>
        {
            var upload = await desk.FindAsync(id, SheetPurpose.Items, ct);
            var sheet = Sheet.Read(upload.Content, upload.FileName);
            var outcome = await import.PreviewAsync(sheet, new ImportItems.Options(upload.Source, upload.StandIn, upload.From), ct);
            return File(ItemSheets.Refused(sheet, outcome.Remarks), "退回的行.xlsx");
        }).RequireAuthorization().ExcludeFromDescription();
        app.MapGet("/register/import/{id:guid}/refused.xlsx", async (Guid id, SheetDesk desk, ImportRegister import, Clock clock, CancellationToken ct) =>
        {
            var upload = await desk.FindAsync(id, SheetPurpose.Register, ct);
            var sheet = Sheet.Read(upload.Content, upload.FileName);
            var outcome = await import.PreviewAsync(sheet, new ImportRegister.Options(upload.Source, upload.From ?? clock.Today), ct);
            return File(ItemSheets.Refused(sheet, outcome.Remarks), "退回的行.xlsx");
        }).RequireAuthorization().ExcludeFromDescription();
        app.MapGet("/register/simulation.xlsx", async (Guid? draft, string? item, string? fromOrgan, string? toOrgan, string? division, string? from, string? to, SimulateRegister simulate, SheetDesk desk, ExportItems export,
            AppDb db, Actor actor, Clock clock, CancellationToken ct) =>
        {
            actor.Demand(Rights.ExportDownload);
            var period = Simulator.SimulateRegisterPage.PeriodOf(from, to, clock.Today);
            SimulationOutcome outcome;
            if (draft is { } id)
            {
                var upload = await desk.FindDraftAsync(id, ct);
                outcome = await simulate.RunAsync(Sheet.Read(upload.Content, upload.FileName), upload.From ?? period.From, period, SimulationSheet.Most, ct);
            }
            else
            {
                outcome = await simulate.RunAsync(Simulator.SimulateRegisterPage.SwapOf(item, fromOrgan, toOrgan, division ?? db.District, period.From), period, SimulationSheet.Most, ct);
            }
            return File(await export.OutAsync("规则模拟", SimulationSheet.Page(outcome), outcome.Rows.Count, ct), "规则模拟.xlsx");
        }).RequireAuthorization().ExcludeFromDescription();
        return app;
    }

    private static void MapCatalogue(RouteGroupBuilder items)
    {
        items.MapGet("", async ([AsParameters] Paging paging, AppDb db, Actor actor, Clock clock, CancellationToken ct, [Description("名称、编码、拼音首字母")] string q = "", ItemType? type = null, Guid? department = null,
            ItemState? state = null, bool unassigned = false) =>
        {
            var list = await ItemQueries.ListAsync(db, actor, new ItemFilter(q, type, department, state, unassigned), "code", paging.Place?.Text(0), Math.Min(paging.Size, ItemQueries.MaxSize), clock.Today, ct);
            return new Page<ItemRow>(list.Rows, list.After is { } after ? Cursor.Of(after).ToString() : null);
        }).WithSummary("事项目录清单").Demands(Rights.ItemView).Produces<Page<ItemRow>>();
        items.MapGet("/{id:guid}", async (Guid id, AppDb db, Actor actor, HttpContext http, CancellationToken ct) =>
        {
            actor.Demand(Rights.ItemView);
            var item = await db.Items.SingleOrDefaultAsync(i => i.Id == id, ct) ?? throw NotFound.Of("该事项");
            return http.Tagged(ItemBody.Of(item), db.VersionOf(item));
        }).WithSummary("一个事项的全部内容").Demands(Rights.ItemView).Produces<ItemBody>().Produces(304).ProducesProblem(404);
        items.MapGet("/{id:guid}/history", async (Guid id, AppDb db, Actor actor, CancellationToken ct) => await ItemQueries.HistoryAsync(db, actor, id, ct)).WithSummary("事项的变更历史").Demands(Rights.ItemView).Produces<IReadOnlyList<HistoryEntry>>();
        items.MapPost("", async (ItemInput body, AddItem add, CancellationToken ct) =>
        {
            var item = await add.RunAsync(body, ct);
            return TypedResults.Created($"/api/v1/items/{item.Id}", ItemBody.Of(item));
        }).WithSummary("登记事项").Demands(Rights.ItemEdit).Produces<ItemBody>(201).ProducesProblem(400).ProducesProblem(409);
        items.MapPut("/{id:guid}", async (Guid id, ItemInput body, ChangeItem change, AppDb db, Actor actor, HttpContext http, CancellationToken ct) =>
        {
            await http.MatchAsync(db, db.Items.Where(i => i.Id == id), ct);
            await change.RunAsync(id, body, ct);
            return ItemBody.Of(await ItemQueries.FindAsync(db, actor, id, ct));
        }).WithSummary("修改事项(编码和启用日期不变)").Demands(Rights.ItemEdit).Produces<ItemBody>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412);
        items.MapPost("/{id:guid}/end", async (Guid id, EndItem.Input body, EndItem end, CancellationToken ct) => ItemBody.Of(await end.RunAsync(id, body, ct)))
            .WithSummary("停用事项").Demands(Rights.ItemEdit).Produces<ItemBody>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        items.MapPost("/{id:guid}/inspection-class", async (Guid id, ClassifyInspection.Input body, ClassifyInspection classify, CancellationToken ct) => ItemBody.Of(await classify.RunAsync(id, body, ct)))
            .WithSummary("调整勘验分类").Demands(Rights.ItemEdit).Produces<ItemBody>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        items.MapPost("/import", async ([AsParameters] ImportQuery query, HttpRequest request, ImportItems import, CancellationToken ct) =>
        {
            var (sheet, digest) = await BodyAsync(request, query.FileName ?? "upload.xlsx", ct);
            var options = new ImportItems.Options(query.Source, query.StandIn ?? false, query.From);
            return query.DryRun == true ? await import.PreviewAsync(sheet, options, ct) : await import.RunAsync(sheet, digest, options, ct);
        }).WithSummary("导入事项清单:请求体是 .xlsx 或 .csv 文件,逐行返回结果;dryRun=true 只预览").Demands(Rights.ItemEdit).Accepts<IFormFile>(Workbook.ContentType, "text/csv").Produces<ImportOutcome>().ProducesProblem(400);
        items.MapGet("/export.xlsx", async (ExportItems export, CancellationToken ct, string q = "", ItemType? type = null, Guid? department = null, ItemState? state = null, bool unassigned = false) =>
            File(await export.ItemsAsync(new ItemFilter(q, type, department, state, unassigned), ct), "事项目录清单.xlsx")).WithSummary("导出事项目录清单").Demands(Rights.ExportDownload).Produces(200, contentType: Workbook.ContentType);
        items.MapGet("/template.xlsx", (Actor actor) => { actor.Demand(Rights.ItemView); return File(ItemSheets.Template(), "事项清单模板.xlsx"); }).WithSummary("事项清单模板").Demands(Rights.ItemView).Produces(200, contentType: Workbook.ContentType);
    }

    private static void MapRegister(RouteGroupBuilder register)
    {
        register.MapGet("", async ([AsParameters] Paging paging, AppDb db, Actor actor, Clock clock, CancellationToken ct, [Description("哪一天的责任,默认今天")] DateOnly? on = null, string q = "", Guid? organ = null,
            string division = "", ResponsibilityKind? kind = null, Guid? item = null, bool withEnded = false) =>
        {
            var list = await RegisterQueries.ListAsync(db, actor, new RegisterFilter(on ?? clock.Today, q, organ, division, kind, item, withEnded), paging.Place?.Text(0), paging.Size, ct);
            return new Page<RegisterRow>(list.Rows, list.After is { } after ? Cursor.Of(after).ToString() : null);
        }).WithSummary("某一天的责任清单").Demands(Rights.ItemView).Produces<Page<RegisterRow>>();
        register.MapGet("/route", async (Guid item, string division, RegisterBook book, Actor actor, Clock clock, CancellationToken ct, DateOnly? on = null) =>
        {
            actor.Demand(Rights.ItemView);
            return Routing.Route(await book.CurrentAsync(ct), item, division, on ?? clock.Today);
        }).WithSummary("某事项在某地址某一天由谁监管,以及为什么").Demands(Rights.ItemView).Produces<RoutingResult>();
        register.MapPost("/lines", async (AddResponsibility.Input body, AddResponsibility add, AppDb db, Actor actor, Clock clock, CancellationToken ct) =>
        {
            var line = await add.RunAsync(body, ct);
            return TypedResults.Created($"/api/v1/register/lines/{line.Id}", await RegisterQueries.FindAsync(db, actor, line.Id, clock.Today, ct));
        }).WithSummary("登记监管责任").Demands(Rights.RegisterEdit).Produces<RegisterRow>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        register.MapGet("/lines/{id:guid}", async (Guid id, AppDb db, Actor actor, Clock clock, CancellationToken ct) => await RegisterQueries.FindAsync(db, actor, id, clock.Today, ct))
            .WithSummary("一条监管责任").Demands(Rights.ItemView).Produces<RegisterRow>().ProducesProblem(404);
        register.MapPost("/lines/{id:guid}/end", async (Guid id, EndResponsibility.Input body, EndResponsibility end, AppDb db, Actor actor, Clock clock, CancellationToken ct) =>
        {
            await end.RunAsync(id, body, ct);
            return await RegisterQueries.FindAsync(db, actor, id, clock.Today, ct);
        }).WithSummary("结束监管责任").Demands(Rights.RegisterEdit).Produces<RegisterRow>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        register.MapPost("/change", async (ChangeResponsibility.Input body, ChangeResponsibility change, AppDb db, Actor actor, Clock clock, CancellationToken ct) =>
            await RegisterQueries.FindAsync(db, actor, (await change.RunAsync(body, ct)).Id, clock.Today, ct))
            .WithSummary("自某天起变更主监管单位").Demands(Rights.RegisterEdit).Produces<RegisterRow>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        register.MapGet("/people", async (AppDb db, Actor actor, Clock clock, CancellationToken ct, DateOnly? on = null, Guid? organ = null, string q = "") => await RegisterQueries.PeopleAsync(db, actor, on ?? clock.Today, organ, q, ct))
            .WithSummary("协同人员库").Demands(Rights.ItemView).Produces<IReadOnlyList<RegisterPerson>>();
        register.MapGet("/gaps", async (AppDb db, Actor actor, RegisterBook book, Clock clock, CancellationToken ct, DateOnly? on = null) => await RegisterQueries.GapsAsync(db, actor, book, on ?? clock.Today, ct))
            .WithSummary("没有主监管单位的事项").Demands(Rights.ItemView).Produces<IReadOnlyList<RegisterGap>>();
        register.MapGet("/versions", async ([AsParameters] Paging paging, AppDb db, Actor actor, CancellationToken ct) =>
            paging.PageOf(await RegisterQueries.RevisionsAsync(db, actor, paging.Place is { } place ? (int)place.Number(0) : null, paging.Take, ct), r => Cursor.Of(r.Number)))
            .WithSummary("责任清单的版本").Demands(Rights.ItemView).Produces<Page<RevisionRow>>();
        register.MapGet("/versions/{number:int}", async (int number, AppDb db, Actor actor, Clock clock, CancellationToken ct) =>
        {
            var (added, ended) = await RegisterQueries.ChangesOfAsync(db, actor, number, clock.Today, ct);
            return added.Count + ended.Count == 0 ? throw NotFound.Of("这一版责任清单") : new VersionBody(number, added, ended);
        }).WithSummary("某一版增加和结束了什么").Demands(Rights.ItemView).Produces<VersionBody>().ProducesProblem(404);
        register.MapPost("/import", async ([AsParameters] ImportQuery query, HttpRequest request, ImportRegister import, Clock clock, CancellationToken ct) =>
        {
            var (sheet, digest) = await BodyAsync(request, query.FileName ?? "upload.xlsx", ct);
            var options = new ImportRegister.Options(query.Source, query.From ?? clock.Today);
            return query.DryRun == true ? await import.PreviewAsync(sheet, options, ct) : await import.RunAsync(sheet, digest, options, ct);
        }).WithSummary("导入责任清单:请求体是 .xlsx 或 .csv 文件,逐行返回结果;dryRun=true 只预览").Demands(Rights.RegisterEdit).Accepts<IFormFile>(Workbook.ContentType, "text/csv").Produces<ImportOutcome>().ProducesProblem(400);
        register.MapPost("/simulate", async (SimulateBody body, SimulateRegister simulate, CancellationToken ct) => await simulate.RunAsync(body.Swap, new SimulateRegister.Period(body.From, body.To), Math.Clamp(body.Rows, 0, 1000), ct))
            .WithSummary("规则模拟:换一个主监管单位,重放一段时间的办件").Demands(Rights.RegisterEdit).Produces<SimulationOutcome>().ProducesProblem(400);
        register.MapPost("/simulate/file", async (DateOnly from, DateOnly to, HttpRequest request, SimulateRegister simulate, CancellationToken ct, string fileName = "draft.xlsx", DateOnly? linesFrom = null, int rows = 100) =>
        {
            var (sheet, _) = await BodyAsync(request, fileName, ct);
            return await simulate.RunAsync(sheet, linesFrom ?? from, new SimulateRegister.Period(from, to), Math.Clamp(rows, 0, 1000), ct);
        }).WithSummary("规则模拟:请求体是责任清单草案的文件").Demands(Rights.RegisterEdit).Accepts<IFormFile>(Workbook.ContentType, "text/csv").Produces<SimulationOutcome>().ProducesProblem(400);
        register.MapGet("/export.xlsx", async (ExportItems export, Clock clock, CancellationToken ct, DateOnly? on = null, string q = "", Guid? organ = null, string division = "", ResponsibilityKind? kind = null, bool withEnded = false) =>
            File(await export.RegisterAsync(new RegisterFilter(on ?? clock.Today, q, organ, division, kind, WithEnded: withEnded), ct), "责任清单.xlsx")).WithSummary("导出责任清单").Demands(Rights.ExportDownload).Produces(200, contentType: Workbook.ContentType);
        register.MapGet("/template.xlsx", (Actor actor) => { actor.Demand(Rights.ItemView); return File(RegisterSheets.Template(), "责任清单模板.xlsx"); }).WithSummary("责任清单模板").Demands(Rights.ItemView).Produces(200, contentType: Workbook.ContentType);
    }

    private static void MapMemoranda(RouteGroupBuilder memoranda)
    {
        memoranda.MapGet("", async (AppDb db, Actor actor, MemorandumDraft draft, Clock clock, CancellationToken ct) =>
            (await MemorandumQueries.ListAsync(db, actor, draft, clock.Today, ct)).Select(r => new MemorandumSummary(r.Organ, r.OrganName, r.Lines, r.Latest?.Id, r.Latest?.Number, r.Latest?.State, r.Outdated)))
            .WithSummary("各监管单位的责任备忘录").Demands(Rights.ItemView).Produces<IEnumerable<MemorandumSummary>>();
        memoranda.MapGet("/{id:guid}", async (Guid id, AppDb db, Actor actor, CancellationToken ct) => await MemorandumQueries.FindAsync(db, actor, id, ct)).WithSummary("一份责任备忘录").Demands(Rights.ItemView).Produces<Memorandum>().ProducesProblem(404);
        memoranda.MapPost("", async (MakeBody body, MakeMemorandum make, CancellationToken ct) =>
        {
            var memorandum = await make.RunAsync(body.Organ, ct);
            return TypedResults.Created($"/api/v1/memoranda/{memorandum.Id}", memorandum);
        }).WithSummary("按现在的责任清单生成责任备忘录").Demands(Rights.RegisterEdit).Produces<Memorandum>(201).ProducesProblem(404).ProducesProblem(409);
        memoranda.MapPost("/{id:guid}/sign", async (Guid id, SignMemorandum sign, CancellationToken ct) => await sign.RunAsync(id, ct))
            .WithSummary("代表本单位签署责任备忘录").Demands(Rights.MemorandumSign).Produces<Memorandum>().ProducesProblem(404).ProducesProblem(409);
    }

    public sealed record ImportQuery
    {
        [FromQuery(Name = "source")] public required string Source { get; init; }
        [FromQuery(Name = "fileName")] public string? FileName { get; init; }
        [FromQuery(Name = "from")] public DateOnly? From { get; init; }
        [FromQuery(Name = "dryRun")] public bool? DryRun { get; init; }
        [FromQuery(Name = "standIn")] public bool? StandIn { get; init; }
    }

    public sealed record SimulateBody(DraftSwap Swap, DateOnly From, DateOnly To, int Rows = 100);

    public sealed record MakeBody(Guid Organ);

    public sealed record VersionBody(int Number, IReadOnlyList<RegisterRow> Added, IReadOnlyList<RegisterRow> Ended);

    public sealed record MemorandumSummary(Guid Organ, string OrganName, int Lines, Guid? Latest, int? Number, MemorandumState? State, bool Outdated);

    /// <summary>An item with everything that it holds.</summary>
    public sealed record ItemBody(Guid Id, ItemInput Item, string Initials, string BodyCodeFlag, IReadOnlyList<InspectionClassPeriod> InspectionClasses, DateOnly? To, string EndReason)
    {
        public static ItemBody Of(Item item) => new(item.Id, ItemInput.Of(item), item.Initials, item.BodyCodeFlag, item.InspectionClasses, item.To, item.EndReason);
    }

    private static async Task<(Sheet Sheet, string Digest)> BodyAsync(HttpRequest request, string fileName, CancellationToken ct)
    {
        using var content = new MemoryStream();
        await request.Body.CopyToAsync(content, ct);
        var file = content.ToArray();
        return (Sheet.Read(file, fileName), SheetDesk.DigestOf(file));
    }

    private static Microsoft.AspNetCore.Http.HttpResults.FileContentHttpResult File(byte[] content, string name) => TypedResults.File(content, Workbook.ContentType, name);
}
