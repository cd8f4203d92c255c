using Liandong.Accounts;
using Liandong.Api;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Sheets;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Policies;

/// <summary>The module's API. Each address runs the use case that the page runs.</summary>
public static class PoliciesEndpoints
{
    /// <summary>What <see cref="PolicyFilter"/> reads from the address.</summary>
    private static readonly string[] Filters = ["view", "q", "kind", "state", "organ", "item", "light", "from", "to", "sort"];

    public sealed record RecordBody(PolicyText Policy, Guid? Organ = null, IReadOnlyList<Guid>? Items = null, Guid? Supersedes = null, IReadOnlyList<Guid>? Files = null);

    public sealed record ReviseBody(PolicyText Policy);

    public sealed record ItemsBody(IReadOnlyList<Guid> Items);

    public sealed record AdaptBody(IReadOnlyList<AdaptPolicy.Line> Lines);

    public sealed record RespondBody(bool TakesPart, string Response);

    public sealed record WithdrawBody(string Reason);

    /// <param name="Id">公文的标识。</param>
    public sealed record PolicyLetter(Guid Id);

    public sealed record PolicyStanding(Guid Id, string Number, PolicyState State, bool Late, int Edition);

    public static IEndpointRouteBuilder MapPolicies(this IEndpointRouteBuilder api)
    {
        var policies = api.MapGroup("/policies").WithTags("政策调整");
        policies.MapGet("", async (HttpContext http, [AsParameters] Paging paging, AppDb db, Actor actor, Clock clock, CalendarBook calendars, CancellationToken ct) =>
        {
            var filter = PolicyFilter.Read(http.Request.Query, PolicyLane.Library) with { Size = paging.Size, After = paging.After ?? "" };
            var list = await PolicyQueries.ListAsync(db, actor, filter, clock.Now, await calendars.CurrentAsync(ct), ct);
            return new Page<PolicyRow>(list.Rows, list.After);
        }).WithSummary("政策库").Demands(Rights.PolicyView).WithDescription("函告的部门和审批局看得到全部;其他单位看得到所监管事项的和公开给全体单位的。").Takes(Filters).Produces<Page<PolicyRow>>().ProducesProblem(400);
        policies.MapGet("/export.xlsx", async (HttpContext http, ExportPolicies export, CancellationToken ct) => TypedResults.File(await export.RunAsync(PolicyFilter.Read(http.Request.Query, PolicyLane.Library), ct), Workbook.ContentType, "政策调整清单.xlsx"))
            .WithSummary("导出政策调整清单").Demands(Rights.PolicyView).Demands(Rights.ExportDownload).WithDescription("筛选与页面相同;每次导出都记入台账。").Takes(Filters).Produces(200, contentType: Workbook.ContentType);
        policies.MapPost("", async (RecordBody b, RecordPolicy record, CancellationToken ct) =>
                await record.RunAsync(new RecordPolicy.Input(b.Policy, b.Organ, b.Items, b.Supersedes, b.Files), ct) is var made ? TypedResults.Created($"/api/v1/policies/{made.Id}", Of(made)) : null)
            .WithSummary("登记政策调整").Demands(Rights.PolicyNotify, Rights.PolicyAdapt).WithDescription("登记以后部门就应当函告;审批局先知悉的,也可以登记并写明由哪个部门函告(organ),这时需要落实政策的权限。").Produces<PolicyStanding>(201).ProducesProblem(400).ProducesProblem(409);
        policies.MapGet("/{id:guid}", async (Guid id, HttpContext http, AppDb db, Actor actor, Clock clock, CalendarBook calendars, CancellationToken ct) =>
        {
            var detail = await PolicyQueries.DetailAsync(db, actor, id, clock.Now, await calendars.CurrentAsync(ct), ct) ?? throw NotFound.Of("该政策调整");
            return http.Tagged(detail, await db.PolicyChanges.Where(p => p.Id == id).Select(p => EF.Property<int>(p, Conventions.Version)).FirstAsync(ct));
        }).WithSummary("一项政策调整").Demands(Rights.PolicyView).Produces<PolicyDetail>().Produces(304).ProducesProblem(404);
        policies.MapPut("/{id:guid}", async (Guid id, ReviseBody b, RevisePolicy revise, CancellationToken ct) => Of(await revise.RunAsync(id, b.Policy, ct))).WithSummary("修改").Demands(Rights.PolicyNotify).WithDescription("函告以前可以修改;改了知悉日期或者施行日期的,重新计算时限。").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        policies.MapPost("/{id:guid}/items", async (Guid id, ItemsBody b, TouchItems touch, CancellationToken ct) => Of(await touch.RunAsync(id, b.Items, ct))).WithSummary("选择涉及的事项").Demands(Rights.PolicyNotify, Rights.PolicyAdapt).WithDescription("函告以后,审批局发现还涉及其他事项的,也可以补充,这时需要落实政策的权限。").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        policies.MapDelete("/{id:guid}/items/{item:guid}", async (Guid id, Guid item, LeaveItem leave, CancellationToken ct) => Of(await leave.RunAsync(id, item, ct))).WithSummary("移出事项").Demands(Rights.PolicyNotify).WithDescription("函告以前可以移出。").ProducesProblem(404).ProducesProblem(409);
        policies.MapPost("/{id:guid}/serve", async (Guid id, ServePolicy serve, CancellationToken ct) => Of(await serve.RunAsync(id, ct))).WithSummary("函告审批局").Demands(Rights.PolicyNotify).WithDescription("迟于施行日期的,标明并留下记录(附件2 四(四))。").ProducesProblem(404).ProducesProblem(409);
        policies.MapPost("/{id:guid}/letter", async (Guid id, DraftPolicyLetter draft, CancellationToken ct) => new PolicyLetter((await draft.RunAsync(id, ct)).Id)).WithSummary("起草函告公函").Demands(Rights.PolicyNotify).WithDescription("以公函函告的:写明调整的内容、施行日期和涉及的事项,按公文签发、用印;送达审批局即为函告,不再另外函告。").ProducesProblem(404).ProducesProblem(409);
        policies.MapPost("/{id:guid}/acknowledge", async (Guid id, AcknowledgePolicy acknowledge, CancellationToken ct) => Of(await acknowledge.RunAsync(id, ct))).WithSummary("签收政策调整").Demands(Rights.PolicyAdapt).WithDescription("重复签收不是错误,不产生新的记录。").ProducesProblem(404).ProducesProblem(409);
        policies.MapPost("/{id:guid}/adapt", async (Guid id, AdaptBody b, AdaptPolicy adapt, CancellationToken ct) => Of(await adapt.RunAsync(id, b.Lines, ct))).WithSummary("逐项落实").Demands(Rights.PolicyAdapt).WithDescription("可以分几次;全部事项都有结果以后,落实的时限结束。").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        policies.MapPost("/{id:guid}/respond", async (Guid id, RespondBody b, RespondPolicy respond, CancellationToken ct) => Of(await respond.RunAsync(id, b.TakesPart, b.Response, ct))).WithSummary("答复参加或者协助").Demands(Rights.PolicyAdapt).WithDescription("用于上级会议、培训和对上报送。").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        policies.MapPost("/{id:guid}/confirm", async (Guid id, ConfirmPolicy confirm, CancellationToken ct) => Of(await confirm.RunAsync(id, ct))).WithSummary("确认落实结果").Demands(Rights.PolicyNotify).ProducesProblem(404).ProducesProblem(409);
        policies.MapPost("/{id:guid}/withdraw", async (Guid id, WithdrawBody b, WithdrawPolicy withdraw, CancellationToken ct) => Of(await withdraw.RunAsync(id, b.Reason, ct))).WithSummary("撤销登记").Demands(Rights.PolicyNotify, Rights.PolicyAdapt).WithDescription("登记有误、还没有函告的,由登记的单位撤销。").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        return api;
    }

    /// <summary>The list as a file for a browser.</summary>
    public static void MapPolicyFiles(this IEndpointRouteBuilder app) =>
        app.MapGet("/policies/export.xlsx", async (HttpContext http, ExportPolicies export, CancellationToken ct) => TypedResults.File(await export.RunAsync(PolicyFilter.Read(http.Request.Query, PolicyLane.Library), ct), Workbook.ContentType, "政策调整清单.xlsx"))
            .RequireAuthorization().ExcludeFromDescription();

    private static PolicyStanding Of(PolicyChange p) => new(p.Id, p.Number, p.State, p.Late, p.Edition);
}
