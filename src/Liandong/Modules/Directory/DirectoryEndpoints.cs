using Liandong.Accounts;
using Liandong.Api;
using Liandong.Data;
using Liandong.Sheets;

namespace Liandong.Modules.Directory;

public static class DirectoryEndpoints
{
    public static IEndpointRouteBuilder MapDirectory(this IEndpointRouteBuilder api)
    {
        var organs = api.MapGroup("/organs").WithTags("机构与联络");
        organs.MapGet("", (AppDb db, Actor actor, Clock clock, CancellationToken ct, DateOnly? on = null, string q = "", OrganKind? kind = null, bool vacant = false) => DirectoryQueries.OrgansAsync(db, actor, on ?? clock.Today, ct, q, kind, vacant))
            .WithSummary("某一天的单位和联络人员").Demands(Rights.DirectoryView).Produces<IReadOnlyList<DirectoryQueries.OrganLine>>();
        organs.MapGet("/{id:guid}", (Guid id, AppDb db, Actor actor, Clock clock, CancellationToken ct) => DirectoryQueries.OrganAsync(db, actor, id, clock.Today, ct)).WithSummary("单位").Demands(Rights.DirectoryView).Produces<DirectoryQueries.OrganDetail>().ProducesProblem(404);
        organs.MapGet("/{id:guid}/liaison", (Guid id, AppDb db, Actor actor, Clock clock, CancellationToken ct, DateOnly? on = null) => DirectoryQueries.LiaisonOnAsync(db, actor, id, on ?? clock.Today, ct))
            .WithSummary("某一天的联络人员").Demands(Rights.DirectoryView).Produces<IReadOnlyList<DirectoryQueries.Holder>>();
        organs.MapPost("", async (AddOrgan.Input body, AddOrgan add, CancellationToken ct) => Made("organs", (await add.RunAsync(body, ct)).Id)).WithSummary("登记单位").Demands(Rights.DirectoryEdit).Produces<Made>(201).ProducesProblem(400);
        organs.MapPut("/{id:guid}", async (Guid id, ChangeOrgan.Input body, ChangeOrgan change, CancellationToken ct) => { await change.DescribeAsync(id, body, ct); return Results.NoContent(); }).WithSummary("更正单位信息").Demands(Rights.DirectoryEdit).Produces(204).ProducesProblem(404);
        organs.MapPost("/{id:guid}/end", async (Guid id, EndBody body, ChangeOrgan change, CancellationToken ct) => new Made((await change.EndAsync(id, body.LastDay, body.SuccessorName ?? "", body.SuccessorShortName ?? "", ct)).Id))
            .WithSummary("终止单位,或者由新单位承接").Demands(Rights.DirectoryEdit).Produces<Made>().ProducesProblem(409);
        organs.MapPost("/{id:guid}/sections", async (Guid id, NameBody body, AddSection add, CancellationToken ct) => Made("sections", (await add.RunAsync(new AddSection.Input(id, body.Name), ct)).Id)).WithSummary("设立科室").Demands(Rights.DirectoryEdit).Produces<Made>(201).ProducesProblem(409);
        organs.MapPost("/{id:guid}/liaison", async (Guid id, LiaisonBody body, AppointLiaison appoint, CancellationToken ct) => Made("liaison", (await appoint.RunAsync(new AppointLiaison.Input(id, body.Person, body.Slot, body.From, body.Letter ?? ""), ct)).Id))
            .WithSummary("确定或者更换联络人员").Demands(Rights.LiaisonAppoint).Produces<Made>(201).ProducesProblem(409);
        api.MapPost("/liaison/{id:guid}/end", async (Guid id, ReasonedEnd body, EndLiaison end, CancellationToken ct) => { await end.RunAsync(new EndLiaison.Input(id, body.LastDay, body.Reason), ct); return Results.NoContent(); })
            .WithTags("机构与联络").WithSummary("联络人员离任").Demands(Rights.LiaisonAppoint).Produces(204).ProducesProblem(409);
        var people = api.MapGroup("/people").WithTags("机构与联络");
        people.MapGet("", async ([AsParameters] Paging paging, AppDb db, Actor actor, Clock clock, CancellationToken ct, string q = "") =>
                paging.PageOf(await DirectoryQueries.PeopleAsync(db, actor, clock.Today, q, paging.Place, paging.Take, ct), p => Cursor.Of(p.Name, p.Id), p => new PersonLine(p.Id, p.Name, p.Posts)))
            .WithSummary("人员列表").Demands(Rights.DirectoryView).Produces<Page<PersonLine>>();
        people.MapGet("/{id:guid}", (Guid id, AppDb db, Actor actor, CancellationToken ct) => DirectoryQueries.PersonAsync(db, actor, id, ct)).WithSummary("人员").Demands(Rights.DirectoryView).Produces<DirectoryQueries.PersonDetail>().ProducesProblem(404);
        people.MapPost("", async (AddPerson.Input body, AddPerson add, CancellationToken ct) => Made("people", (await add.RunAsync(body, ct)).Id)).WithSummary("登记人员").Demands(Rights.DirectoryEdit, Rights.RoleGrant).Produces<Made>(201).ProducesProblem(400);
        people.MapPut("/{id:guid}", async (Guid id, AddPerson.Input body, ChangePerson change, CancellationToken ct) => { await change.RunAsync(id, body, ct); return Results.NoContent(); }).WithSummary("更正人员信息").Demands(Rights.DirectoryEdit).Produces(204).ProducesProblem(404);
        api.MapPost("/posts", async (GivePost.Input body, GivePost give, CancellationToken ct) => Made("posts", (await give.RunAsync(body, ct)).Id)).WithTags("机构与联络").WithSummary("登记任职").Demands(Rights.DirectoryEdit, Rights.RoleGrant).Produces<Made>(201).ProducesProblem(409);
        api.MapPost("/posts/{id:guid}/end", async (Guid id, EndBody body, EndPost end, CancellationToken ct) => { await end.RunAsync(new EndPost.Input(id, body.LastDay), ct); return Results.NoContent(); })
            .WithTags("机构与联络").WithSummary("离任").Demands(Rights.DirectoryEdit, Rights.RoleGrant).Produces(204).ProducesProblem(409);
        api.MapPost("/absences", async (AddAbsence.Input body, AddAbsence add, CancellationToken ct) => Made("absences", (await add.RunAsync(body, ct)).Id)).WithTags("机构与联络").WithSummary("登记外出").Demands(Rights.AbsenceSet).Produces<Made>(201).ProducesProblem(409);
        api.MapPost("/absences/{id:guid}/withdraw", async (Guid id, WithdrawAbsence withdraw, CancellationToken ct) => { await withdraw.RunAsync(id, ct); return Results.NoContent(); }).WithTags("机构与联络").WithSummary("提前返岗").Demands(Rights.AbsenceSet).Produces(204);
        var roster = api.MapGroup("/roster").WithTags("机构与联络");
        roster.MapGet("", (AppDb db, Actor actor, Clock clock, CancellationToken ct, DateOnly? on = null) => DirectoryQueries.RosterAsync(db, actor, on ?? clock.Today, ct)).WithSummary("某一天的联席会议名单").Demands(Rights.DirectoryView).Produces<DirectoryQueries.Roster>();
        roster.MapPost("/seats", async (TakeSeat.Input body, TakeSeat take, CancellationToken ct) => Made("roster/seats", (await take.RunAsync(body, ct)).Id)).WithSummary("登记席位").Demands(Rights.DirectoryEdit, Rights.DisputeRule).Produces<Made>(201).ProducesProblem(409);
        roster.MapPost("/seats/{id:guid}/end", async (Guid id, EndBody body, LeaveSeat leave, CancellationToken ct) => { await leave.RunAsync(id, body.LastDay, ct); return Results.NoContent(); }).WithSummary("结束席位").Demands(Rights.DirectoryEdit, Rights.DisputeRule).Produces(204).ProducesProblem(409);
        roster.MapPost("/groups", async (AddWorkingGroup.Input body, AddWorkingGroup add, CancellationToken ct) => Made("roster/groups", (await add.RunAsync(body, ct)).Id)).WithSummary("设立专项对接组").Demands(Rights.DirectoryEdit, Rights.DisputeRule).Produces<Made>(201).ProducesProblem(409);
        api.MapPost("/directory/import", async (HttpRequest request, ImportDirectory import, CancellationToken ct, bool confirm = false, string fileName = "import.xlsx") =>
            {
                using var buffer = new MemoryStream();
                await request.Body.CopyToAsync(buffer, ct);
                return await import.RunAsync(buffer.ToArray(), fileName, confirm, ct);
            })
            .WithTags("机构与联络").WithSummary("导入机构人员(请求体是 xlsx 或 csv 文件);confirm=false 只检查").Demands(Rights.DirectoryEdit).Accepts<IFormFile>(Workbook.ContentType, "text/csv").Produces<ImportDirectory.Outcome>().ProducesProblem(400);
        api.MapGet("/directory/export", async (ExportDirectory export, CancellationToken ct) => Results.File(await export.RunAsync(ct), Workbook.ContentType, "机构人员.xlsx")).WithTags("机构与联络").WithSummary("导出机构人员").Demands(Rights.DirectoryView).Demands(Rights.ExportDownload).Produces(200, contentType: Workbook.ContentType);
        return api;
    }

    /// <summary>The files behind the pages' download buttons.</summary>
    public static void MapDirectoryFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet("/directory/export", async (ExportDirectory export, CancellationToken ct) => Results.File(await export.RunAsync(ct), Workbook.ContentType, "机构人员.xlsx")).RequireAuthorization().ExcludeFromDescription();
        app.MapGet("/directory/import/template", (Actor actor) => { actor.Demand(Rights.DirectoryEdit); return Results.File(ExportDirectory.Template(), Workbook.ContentType, "机构人员导入模板.xlsx"); }).RequireAuthorization().ExcludeFromDescription();
    }

    private static IResult Made(string kind, Guid id) => Results.Created($"/api/v1/{kind}/{id}", new Made(id));

    public sealed record NameBody(string Name);

    public sealed record EndBody(DateOnly LastDay, string? SuccessorName = null, string? SuccessorShortName = null);

    public sealed record ReasonedEnd(DateOnly LastDay, string Reason);

    public sealed record LiaisonBody(Guid Person, LiaisonSlot Slot, DateOnly From, string? Letter = null);

    public sealed record PersonLine(Guid Id, string Name, IReadOnlyList<string> Posts);
}

/// <summary>What was made.</summary>
public sealed record Made(Guid Id);
