using Liandong.Accounts;
using Liandong.Api;
using Liandong.Data;
using Liandong.Kernel.Duties;
using Microsoft.AspNetCore.Mvc;

namespace Liandong.Desk;

/// <summary>提醒与督办 at the API.</summary>
public static class ReminderEndpoints
{
    /// <param name="OnBehalfOf">The absent person whose turn the reader takes.</param>
    public sealed record ReminderView(Guid Id, ReminderRung Rung, string RungInWords, Guid Duty, string Name, Guid OwedBy, DutySubject Subject, DateOnly? DueOn, DateTimeOffset? DueAt, bool Open, DateTimeOffset At, DateTimeOffset? ReadAt, Guid? OnBehalfOf);

    public sealed record UnreadCount(int Unread);

    public sealed record SettingsView(ReminderHabits Habits, bool MailLateAlways, int? LeadAfter, int? OfficeAfter, int? ConvenorAfter);

    public static void MapReminders(this IEndpointRouteBuilder api)
    {
        var reminders = api.MapGroup("/reminders").WithTags("提醒与督办");
        reminders.MapGet("", async ([AsParameters] Paging paging, AppDb db, Actor actor, CancellationToken ct, [FromQuery(Name = "unread")] bool unread = false) =>
        {
            var list = await ReminderQueries.ListAsync(db, actor, unread, paging.After, paging.Size, ct);
            return new Page<ReminderView>([.. list.Rows.Select(r => Of(r, actor))], list.After);
        }).WithSummary("给我的提醒,新的在前").Demands(Rights.DeskUse).Produces<Page<ReminderView>>();
        reminders.MapGet("/unread", async (AppDb db, Actor actor, CancellationToken ct) =>
        {
            actor.Demand(Rights.DeskUse);
            return new UnreadCount(await ReminderQueries.UnreadAsync(db, actor, ct));
        }).WithSummary("未读提醒的件数,最多数到100").Demands(Rights.DeskUse).Produces<UnreadCount>();
        reminders.MapPost("/{id:guid}/read", async (Guid id, AppDb db, Actor actor, Clock clock, CancellationToken ct) =>
        {
            await ReminderQueries.DemandOwnAsync(db, actor, id, ct);
            await ReminderQueries.MarkReadAsync(db, actor, id, clock.Now, ct);
            return Results.NoContent();
        }).WithSummary("标为已读").Demands(Rights.DeskUse).Produces(204).ProducesProblem(404);
        reminders.MapPost("/read", async (AppDb db, Actor actor, Clock clock, CancellationToken ct) =>
        {
            await ReminderQueries.MarkReadAsync(db, actor, null, clock.Now, ct);
            return Results.NoContent();
        }).WithSummary("全部标为已读").Demands(Rights.DeskUse).Produces(204);
        reminders.MapGet("/habits", (AppDb db, Actor actor, CancellationToken ct) => ReminderQueries.HabitsAsync(db, actor, ct)).WithSummary("我怎样收提醒").Demands(Rights.DeskUse).Produces<ReminderHabits>();
        reminders.MapPut("/habits", (ReminderHabits body, ChooseReminders choose, CancellationToken ct) => choose.RunAsync(body, ct)).WithSummary("设置我怎样收提醒").Demands(Rights.DeskUse).Produces<ReminderHabits>().ProducesProblem(400);
        reminders.MapGet("/settings", async (AppDb db, Actor actor, CancellationToken ct) =>
        {
            actor.Demand(Rights.DeskUse);
            return Of(await ReminderQueries.SettingsAsync(db, ct));
        }).WithSummary("本区的提醒与督办设置").Demands(Rights.DeskUse).Produces<SettingsView>();
        reminders.MapPut("/settings", async (SetReminders.Input body, SetReminders set, CancellationToken ct) => Of(await set.RunAsync(body, ct))).WithSummary("设定本区的提醒与督办").Demands(Rights.LimitsSet).Produces<SettingsView>().ProducesProblem(400).ProducesProblem(409);
        api.MapGet("/duties/{id:guid}/reminders", (Guid id, AppDb db, Actor actor, CancellationToken ct) => ReminderQueries.OfDutyAsync(db, actor, id, ct))
            .WithTags("提醒与督办").WithSummary("一项职责时限提醒过谁、何时、用什么方式").Demands(Rights.DeskUse).Produces<IReadOnlyList<Told>>().ProducesProblem(404);
    }

    private static ReminderView Of(Reminded r, Actor reader) => new(r.Reminder.Id, r.Reminder.Rung, ReminderWords.Of(r.Reminder.Rung), r.Duty.Id, r.Duty.Name, r.Duty.OwedBy,
        DutyLinks.SubjectOf(r.Duty, reader), r.Duty.DueOn, r.Duty.DueAt, r.Duty.IsOpen, r.Reminder.At, r.Reminder.ReadAt,
        r.Reminder.OnBehalfOf);

    private static SettingsView Of(ReminderSettings s) => new(s.Habits, s.MailLateAlways, s.LeadAfter, s.OfficeAfter, s.ConvenorAfter);
}
