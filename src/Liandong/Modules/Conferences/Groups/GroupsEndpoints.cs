using Liandong.Accounts;
using Liandong.Api;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Calendar;

namespace Liandong.Modules.Conferences;

/// <summary>The working groups' API. A group is set up, and its leader named, under <c>/roster</c>.</summary>
public static class GroupsEndpoints
{
    public sealed record GroupBody(string Remit);

    public sealed record EndGroupBody(DateOnly LastDay);

    /// <param name="Organ">在几个单位任职的,写明是哪一个;不填为最早的任职。</param>
    public sealed record MemberBody(Guid Person, DateOnly From, Guid? Organ = null);

    public sealed record LeaveGroupBody(DateOnly LastDay);

    /// <param name="DueOn">时间节点。</param>
    /// <param name="Milestone">附件3 的哪一步:S1 到 S8;不填为不属于。</param>
    public sealed record StepBody(string Text, DateOnly DueOn, string Milestone = "");

    /// <param name="Done">进展情况。</param>
    /// <param name="Left">后续工作。</param>
    /// <param name="Finished">true 报告完成,只有该组的人可以。</param>
    public sealed record StepReportBody(string Done, string Left = "", bool Finished = false, IReadOnlyList<Guid>? Files = null);

    public sealed record JudgeStepBody(bool Confirmed, string Verdict = "");

    public sealed record PutOffStepBody(DateOnly DueOn, string Reason);

    public sealed record DropStepBody(string Reason);

    public static IEndpointRouteBuilder MapGroups(this IEndpointRouteBuilder api)
    {
        var groups = api.MapGroup("/working-groups").WithTags("会议");
        groups.MapGet("", async (bool? all, AppDb db, Actor actor, Clock clock, CalendarBook calendars, CancellationToken ct) => await GroupQueries.ListAsync(db, actor, all ?? false, clock.Now, await calendars.CurrentAsync(ct), ct))
            .WithSummary("专项对接组").Demands(Rights.MeetingView).WithDescription("联席会议名单上的单位、审批局和联席会议办公室看得到;all 为真的,包括已经撤销的。");
        groups.MapGet("/{id:guid}", async (Guid id, AppDb db, Actor actor, Clock clock, CalendarBook calendars, CancellationToken ct) => await GroupQueries.DetailAsync(db, actor, id, clock.Now, await calendars.CurrentAsync(ct), ct) ?? throw NotFound.Of("该对接组"))
            .WithSummary("一个专项对接组").Demands(Rights.MeetingView).Produces<GroupDetail>().ProducesProblem(404);
        groups.MapPut("/{id:guid}", async (Guid id, GroupBody b, ChangeGroup change, CancellationToken ct) => { await change.RunAsync(id, b.Remit, ct); return TypedResults.NoContent(); }).WithSummary("修改对接组的职责").Demands(Rights.MeetingConvene).Produces(204).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        groups.MapPost("/{id:guid}/end", async (Guid id, EndGroupBody b, EndGroup end, CancellationToken ct) => { await end.RunAsync(id, b.LastDay, ct); return TypedResults.NoContent(); })
            .WithSummary("撤销对接组").Demands(Rights.MeetingConvene).WithDescription("还有任务或者决定事项没有办结的,不能撤销。").Produces(204).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        groups.MapPost("/{id:guid}/members", async (Guid id, MemberBody b, AddGroupMember add, CancellationToken ct) => new ConferencesEndpoints.MadePart((await add.RunAsync(id, new AddGroupMember.Input(b.Person, b.From, b.Organ), ct)).Id)).WithSummary("加入对接组").Demands(Rights.MeetingConvene).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        groups.MapPost("/{id:guid}/members/{member:guid}/end", async (Guid id, Guid member, LeaveGroupBody b, EndGroupMember end, CancellationToken ct) => { await end.RunAsync(id, member, b.LastDay, ct); return TypedResults.NoContent(); })
            .WithSummary("退出对接组").Demands(Rights.MeetingConvene).Produces(204).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        groups.MapPost("/{id:guid}/steps", async (Guid id, StepBody b, SetGroupStep set, CancellationToken ct) => await set.RunAsync(id, new SetGroupStep.Input(b.Text, b.DueOn, b.Milestone), ct) is var made ? TypedResults.Created($"/api/v1/group-steps/{made.Id}", new ConferencesEndpoints.MadePart(made.Id)) : null)
            .WithSummary("下达对接组任务").Demands(Rights.MeetingConvene).WithDescription("由负责人现在任职的单位负责,按时间节点计时。").Produces<ConferencesEndpoints.MadePart>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

        var steps = api.MapGroup("/group-steps").WithTags("会议");
        steps.MapGet("/{id:guid}", async (Guid id, AppDb db, Actor actor, Clock clock, CalendarBook calendars, CancellationToken ct) => await GroupQueries.StepAsync(db, actor, id, clock.Now, await calendars.CurrentAsync(ct), ct) ?? throw NotFound.Of("该任务"))
            .WithSummary("一项对接组任务").Demands(Rights.MeetingView).Produces<StepDetail>().ProducesProblem(404);
        steps.MapPost("/{id:guid}/reports", async (Guid id, StepReportBody b, ReportGroupStep report, CancellationToken ct) => new ConferencesEndpoints.MadePart((await report.RunAsync(id, new ReportGroupStep.Input(b.Done, b.Left, b.Finished, b.Files), ct)).Id))
            .WithSummary("报告进展或者完成").Demands(Rights.MeetingAttend).WithDescription("该组的负责人、成员和责任单位报告进展;完成由该组的人报告。").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        steps.MapPost("/{id:guid}/judge", async (Guid id, JudgeStepBody b, JudgeGroupStep judge, CancellationToken ct) => { await judge.RunAsync(id, b.Confirmed, b.Verdict, ct); return TypedResults.NoContent(); }).WithSummary("确认完成或者退回").Demands(Rights.MeetingConvene).Produces(204).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        steps.MapPost("/{id:guid}/put-off", async (Guid id, PutOffStepBody b, PutOffGroupStep put, CancellationToken ct) => { await put.RunAsync(id, b.DueOn, b.Reason, ct); return TypedResults.NoContent(); }).WithSummary("改定时间节点").Demands(Rights.MeetingConvene).Produces(204).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        steps.MapPost("/{id:guid}/drop", async (Guid id, DropStepBody b, DropGroupStep drop, CancellationToken ct) => { await drop.RunAsync(id, b.Reason, ct); return TypedResults.NoContent(); }).WithSummary("不再办理的任务").Demands(Rights.MeetingConvene).Produces(204).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        return api;
    }
}
