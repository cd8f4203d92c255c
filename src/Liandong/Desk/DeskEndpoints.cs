using System.ComponentModel;
using Liandong.Accounts;
using Liandong.Api;
using Liandong.Data;
using Liandong.Kernel.Duties;
using Liandong.Shared;
using Microsoft.AspNetCore.Mvc;

namespace Liandong.Desk;

/// <summary>工作台 and 职责时限 at the API.</summary>
public static class DeskEndpoints
{
    public sealed record ReasonBody(string Reason);

    public sealed record ExtendBody(int Days, string Reason);

    /// <param name="OrgansNext">Place of the organ's next page, to be sent back as <c>after</c>.</param>
    public sealed record DeskBody(IReadOnlyList<DutyView> Mine, IReadOnlyList<DutyView> Organs, string? OrgansNext, IReadOnlyList<DutyView> Awaited, IReadOnlyList<DutyView> Done, DeskMonth Month,
        DeskLights Lights, IReadOnlyList<DeskRule> Rules, IReadOnlyList<DutyView>? Escalated, IReadOnlyList<LateOrgan>? Late, IReadOnlyList<PlannedCheck> Planned);

    public static IEndpointRouteBuilder MapDesk(this IEndpointRouteBuilder api)
    {
        var desk = api.MapGroup("").WithTags("工作台与职责时限");
        desk.MapGet("/desk", async ([AsParameters] Paging paging, AppDb db, Actor actor, DeskMonths months, CalendarBook calendars, Clock clock, CancellationToken ct) =>
        {
            var now = clock.Now;
            var view = await DeskQueries.OfAsync(db, actor, months, paging.After, paging.Size, now, ct);
            var organs = await DutyQueries.OrganNamesAsync(db, ct);
            var calendar = await calendars.CurrentAsync(ct);
            IReadOnlyList<DutyView> Views(IEnumerable<Duty> duties) => [.. duties.Select(d => DutyView.Of(d, actor, organs, now, calendar))];
            return new DeskBody(Views(view.Mine.Rows), Views(view.Organs.Rows), view.Organs.After, Views(view.Awaited.Rows), Views(view.Done.Select(d => d.Duty)), view.Month,
                view.Lights, view.Rules, view.Escalated is { } escalated ? Views(escalated) : null, view.Late, view.Planned);
        }).WithSummary("我的工作台:我要办的、本单位要办的、等对方的、最近办结的、本月情况").Demands(Rights.DeskUse).Produces<DeskBody>();

        desk.MapGet("/duties", async ([AsParameters] Paging paging, [AsParameters] DutyFilterQuery filter, AppDb db, Actor actor, CalendarBook calendars, Clock clock, CancellationToken ct) =>
        {
            var now = clock.Now;
            var list = await DutyQueries.ListAsync(db, actor, filter.ToFilter(), paging.After, paging.Size, now, ct);
            var organs = await DutyQueries.OrganNamesAsync(db, ct);
            var calendar = await calendars.CurrentAsync(ct);
            return new Page<DutyView>([.. list.Rows.Select(d => DutyView.Of(d, actor, organs, now, calendar))], list.After);
        }).WithSummary("职责时限:谁欠谁什么、何时到期、怎样算出").Demands(Rights.DeskUse).Produces<Page<DutyView>>();

        desk.MapGet("/duties/{id:guid}", async (Guid id, HttpContext http, AppDb db, Actor actor, CalendarBook calendars, Clock clock, CancellationToken ct) =>
            DutyView.Of(await DutyQueries.OneAsync(db, actor, id, ct), actor, await DutyQueries.OrganNamesAsync(db, ct), clock.Now, await calendars.CurrentAsync(ct)))
            .WithSummary("一项职责时限").Demands(Rights.DeskUse).Produces<DutyView>().ProducesProblem(404);
        desk.MapPost("/duties/{id:guid}/waive", async (Guid id, ReasonBody body, WaiveDuty waive, AppDb db, Actor actor, CalendarBook calendars, Clock clock, CancellationToken ct) =>
            DutyView.Of(await waive.RunAsync(new WaiveDuty.Input(id, body.Reason), ct), actor, await DutyQueries.OrganNamesAsync(db, ct), clock.Now, await calendars.CurrentAsync(ct)))
            .WithSummary("免除对方的职责时限,写明理由").Demands(Rights.DutyWaive).Produces<DutyView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        desk.MapPost("/duties/{id:guid}/overrun-reason", async (Guid id, ReasonBody body, StateOverrunReason state, AppDb db, Actor actor, CalendarBook calendars, Clock clock, CancellationToken ct) =>
            DutyView.Of(await state.RunAsync(new StateOverrunReason.Input(id, body.Reason), ct), actor, await DutyQueries.OrganNamesAsync(db, ct), clock.Now, await calendars.CurrentAsync(ct)))
            .WithSummary("说明超过“原则上”时限的理由").Demands(Rights.DeskUse).Produces<DutyView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        desk.MapPost("/duties/{id:guid}/extend", async (Guid id, ExtendBody body, ExtendDuty extend, AppDb db, Actor actor, CalendarBook calendars, Clock clock, CancellationToken ct) =>
            DutyView.Of(await extend.RunAsync(new ExtendDuty.Input(id, body.Days, body.Reason), ct), actor, await DutyQueries.OrganNamesAsync(db, ct), clock.Now, await calendars.CurrentAsync(ct)))
            .WithSummary("同意对方延长(只限本地约定的期限)").Demands(Rights.DutyWaive).Produces<DutyView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        desk.MapPost("/duties/{id:guid}/suspend", async (Guid id, ReasonBody body, SuspendDuty suspend, AppDb db, Actor actor, CalendarBook calendars, Clock clock, CancellationToken ct) =>
            DutyView.Of(await suspend.RunAsync(id, body.Reason, ct), actor, await DutyQueries.OrganNamesAsync(db, ct), clock.Now, await calendars.CurrentAsync(ct)))
            .WithSummary("暂停计算(只限本地约定的期限)").Demands(Rights.DutyWaive).Produces<DutyView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        desk.MapPost("/duties/{id:guid}/resume", async (Guid id, ResumeDuty resume, AppDb db, Actor actor, CalendarBook calendars, Clock clock, CancellationToken ct) =>
            DutyView.Of(await resume.RunAsync(id, ct), actor, await DutyQueries.OrganNamesAsync(db, ct), clock.Now, await calendars.CurrentAsync(ct)))
            .WithSummary("恢复计算,保留剩余时间").Demands(Rights.DutyWaive).Produces<DutyView>().ProducesProblem(404).ProducesProblem(409);
        api.MapReminders();
        api.MapGet("/search", (string? q, SearchKind? kind, long? after, int? limit, AppDb db, Actor actor, CancellationToken ct) =>
            SearchQueries.FindAsync(db, actor, q, kind, after, Math.Clamp(limit ?? 20, 1, 100), ct))
            .WithTags("工作台与职责时限").WithSummary("查找:按种类分组,新的在前").Demands(Rights.SearchUse).Produces<IReadOnlyList<SearchGroup>>();
        return api;
    }

    /// <summary>Filters of the list of duties, all optional.</summary>
    public sealed record DutyFilterQuery
    {
        [FromQuery(Name = "owedBy")] public Guid? OwedBy { get; init; }
        [FromQuery(Name = "owedTo")] public Guid? OwedTo { get; init; }
        [FromQuery(Name = "person")] public Guid? Person { get; init; }
        [FromQuery(Name = "light")] public string? Light { get; init; }
        [FromQuery(Name = "rule")] public string? Rule { get; init; }
        [FromQuery(Name = "subject")] public Guid? Subject { get; init; }
        [FromQuery(Name = "closed")] public bool? Closed { get; init; }
        [FromQuery(Name = "from")] public DateOnly? From { get; init; }
        [FromQuery(Name = "to")] public DateOnly? To { get; init; }
        [FromQuery(Name = "late")] public bool? Late { get; init; }

        /// <exception cref="InvalidInput">The light is none of the five.</exception>
        public DutyFilter ToFilter() => new(OwedBy, OwedTo, Person, LightOf(), Rule, Subject, Closed ?? false, From, To, Late);

        private Light? LightOf() => string.IsNullOrEmpty(Light) ? null
            : Enum.TryParse<Light>(Light, ignoreCase: true, out var light) && Enum.IsDefined(light) && light != Kernel.Duties.Light.Done ? light
            : throw new InvalidInput("light", "light 应为 green、yellow、amber、red、paused 之一。");
    }
}
