using System.Globalization;
using Liandong.Accounts;
using Liandong.Api;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Calendar;
using Liandong.Modules.Items;
using Liandong.Modules.Linkage.Disputes;
using Liandong.Modules.Linkage.Limits;
using Liandong.Modules.Linkage.Reconciling;
using Liandong.Sheets;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Linkage;

/// <summary>The module's API. Each address runs the use case that the page runs.</summary>
public static class LinkageEndpoints
{
    /// <summary>What <see cref="PushFilter"/> reads from the address.</summary>
    private static readonly string[] Filters = ["view", "q", "item", "organ", "division", "section", "person", "party", "case", "state", "reason", "light", "from", "to", "figure", "sort"];

    public sealed record ClaimBody(Guid? Section = null);

    public sealed record ClaimManyBody(IReadOnlyList<Guid> Ids, Guid? Section = null);

    public sealed record ReasonBody(string Reason);

    public sealed record ReturnBody(ReturnReason Reason, string Note = "", Guid? ProposedOrgan = null);

    public sealed record AssignBody(Guid? Section = null, Guid? Person = null);

    public sealed record DecideBody(ReturnDecision Decision, string Reason, Guid? Organ = null, string? PartyName = null, string? Division = null, string? Address = null, IReadOnlyList<Guid>? Parties = null);

    public sealed record DisputeBody(string Question, Guid? Push = null, Guid? Item = null, string? Division = null, IReadOnlyList<Guid>? Parties = null);

    public sealed record StatementBody(string Text, string Basis, IReadOnlyList<Guid>? Files = null);

    public sealed record RulingBody(Guid Organ, string Reason, DateOnly? From = null, bool Register = true, string? Division = null);

    public sealed record LimitBody(int Count, string Source);

    public sealed record SwitchesBody(bool DeemedReceipt, string Source, TimeOnly? CloseOfBusiness = null);

    public sealed record PushView(
        Guid Id, string Number, PushState State, Guid Case, string CaseNumber, Guid Organ, ResponsibilityKind Role, Guid? Section, Guid? Person, DateTimeOffset SentAt, DateTimeOffset? DeliveredAt,
        DateTimeOffset? SignedAt, DateTimeOffset? ClaimedAt, DateTimeOffset? ReturnedAt, ReturnReason? ReturnedFor, DateTimeOffset? DueAt)
    {
        public static PushView Of(Push push) => new(push.Id, push.Number, push.State, push.Case, push.CaseNumber, push.Organ, push.Role, push.Section, push.Person, push.CreatedAt, push.DeliveredAt,
            push.SignedAt, push.ClaimedAt, push.ReturnedAt, push.ReturnedFor, push.DueAt);
    }

    public sealed record DisputeView(Guid Id, string Number, DisputeState State, Guid? Push, Guid Item, string Division, DateTimeOffset OpenedAt, Guid? RuledFor, DateOnly? From, string RegisterDivision)
    {
        public static DisputeView Of(CompetenceDispute d) => new(d.Id, d.Number, d.State, d.Push, d.Item, d.Division, d.OpenedAt, d.RuledFor, d.From, d.RegisterDivision);
    }

    public sealed record LetterView(Guid Id, string Number, Guid Organ, DateOnly Month, int Edition, DateTimeOffset MadeAt, Tally Total, IReadOnlyList<LetterItem> Items, IReadOnlyList<LetterOverdue> Overdue,
        IReadOnlyList<string> Changes, string Digest)
    {
        public static LetterView Of(MonthlyLetter l) => new(l.Id, l.Number, l.Organ, l.Month, l.Edition, l.MadeAt, l.Total, l.Items, l.Overdue, l.Changes, l.Digest);
    }

    public static IEndpointRouteBuilder MapLinkage(this IEndpointRouteBuilder api)
    {
        MapPushes(api.MapGroup("/pushes").WithTags("信息联动"));
        MapDisputes(api.MapGroup("/disputes").WithTags("权责争议"));
        MapReconciliation(api.MapGroup("/reconciliation").WithTags("对账"));
        MapLimits(api.MapGroup("/limits").WithTags("时限与约定"));
        return api;
    }

    private static void MapPushes(RouteGroupBuilder pushes)
    {
        pushes.MapGet("", async (HttpContext http, [AsParameters] Paging paging, AppDb db, Actor actor, Clock clock, CalendarBook calendars, CancellationToken ct) =>
        {
            actor.Demand(Rights.PushView);
            var filter = ReadApi(http) with { Size = paging.Size, After = paging.Place?.Text(0) ?? "" };
            var page = await PushQueries.ListAsync(db, actor, filter, clock.Now, await calendars.CurrentAsync(ct), ct);
            return new Page<PushRow>(page.Rows, Next(page.After));
        }).WithSummary("推送清单").Demands(Rights.PushView).Takes(Filters)
            .Produces<Page<PushRow>>().ProducesProblem(400).ProducesProblem(403);
        pushes.MapGet("/export.xlsx", async (HttpContext http, ExportPushes export, CancellationToken ct) => TypedResults.File(await export.RunAsync(ReadApi(http), ct), Workbook.ContentType, "推送清单.xlsx"))
            .WithSummary("导出推送清单").Demands(Rights.PushView).Demands(Rights.ExportDownload).WithDescription("筛选与页面相同;每次导出都记入台账。").Takes(Filters).Produces(200, contentType: Workbook.ContentType);
        pushes.MapGet("/{id:guid}", async (Guid id, HttpContext http, AppDb db, Actor actor, Clock clock, CalendarBook calendars, CancellationToken ct) =>
        {
            actor.Demand(Rights.PushView);
            var detail = await PushQueries.DetailAsync(db, actor, id, clock.Now, await calendars.CurrentAsync(ct), ct) ?? throw NotFound.Of("该推送");
            var version = await db.Pushes.Where(p => p.Id == id).Select(p => EF.Property<int>(p, Conventions.Version)).FirstAsync(ct);
            return http.Tagged(detail, version);
        }).WithSummary("推送单").Demands(Rights.PushView).Produces<PushDetail>().Produces(304).ProducesProblem(404);
        pushes.MapPost("/{id:guid}/sign", (Guid id, SignPush sign, HttpContext http, AppDb db, Actor actor, CancellationToken ct) => DoneAsync(http, db, actor, id, () => sign.RunAsync(id, ct), ct))
            .WithSummary("签收").Demands(Rights.PushClaim).WithDescription("重复签收不是错误,不产生新的记录。").Produces<PushView>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(412);
        pushes.MapPost("/{id:guid}/claim", (Guid id, ClaimBody body, ClaimPush claim, HttpContext http, AppDb db, Actor actor, CancellationToken ct) => DoneAsync(http, db, actor, id, () => claim.RunAsync(id, body.Section, ct), ct))
            .WithSummary("认领推送").Demands(Rights.PushClaim).WithDescription("每件办件对每个单位只有一次认领;已被认领的答复409并说明何人何时认领。").WithMetadata(new Idempotency.LookedUpByWriter()).Produces<PushView>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(412);
        pushes.MapPost("/claim", async (ClaimManyBody body, ClaimPushes claim, CancellationToken ct) => await claim.RunAsync(body.Ids, body.Section, ct))
            .WithSummary("批量认领").Demands(Rights.PushClaim).WithDescription($"一次最多{ClaimPushes.Most}件,逐件答复。").WithMetadata(new Idempotency.LookedUpByWriter()).Produces<IReadOnlyList<ClaimPushes.Outcome>>().ProducesProblem(400);
        pushes.MapPost("/{id:guid}/unclaim", (Guid id, ReasonBody body, UnclaimPush unclaim, HttpContext http, AppDb db, Actor actor, CancellationToken ct) => DoneAsync(http, db, actor, id, () => unclaim.RunAsync(id, body.Reason, ct), ct))
            .WithSummary("撤销认领").Demands(Rights.PushClaim).Produces<PushView>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(412);
        pushes.MapPost("/{id:guid}/return", (Guid id, ReturnBody body, ReturnPush push, HttpContext http, AppDb db, Actor actor, CancellationToken ct) => DoneAsync(http, db, actor, id, () => push.RunAsync(id, new ReturnPush.Input(body.Reason, body.Note, body.ProposedOrgan), ct), ct))
            .WithSummary("退回推送").Demands(Rights.PushReturn).Produces<PushView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412);
        pushes.MapPost("/{id:guid}/assign", (Guid id, AssignBody body, AssignPush assign, HttpContext http, AppDb db, Actor actor, CancellationToken ct) => DoneAsync(http, db, actor, id, () => assign.RunAsync(id, body.Section, body.Person, ct), ct))
            .WithSummary("指定经办").Demands(Rights.PushClaim).Produces<PushView>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(412);
        pushes.MapPost("/{id:guid}/decide", (Guid id, DecideBody b, DecideReturn decide, HttpContext http, AppDb db, Actor actor, CancellationToken ct) =>
            DoneAsync(http, db, actor, id, () => decide.RunAsync(id, new DecideReturn.Input(b.Decision, b.Reason, b.Organ, b.PartyName, b.Division, b.Address, b.Parties), ct), ct))
            .WithSummary("处理退回").Demands(Rights.PushReroute).WithDescription("改派(reroute)、重新送达(resend)、关闭(close)或者提交争议(dispute);改派时返回新的推送单。").Produces<PushView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412);
    }

    private static async Task<PushView> DoneAsync(HttpContext http, AppDb db, Actor actor, Guid id, Func<Task<Push>> run, CancellationToken ct)
    {
        await http.MatchAsync(db, db.Pushes.VisibleTo(actor).Where(p => p.Id == id), ct);
        return PushView.Of(await run());
    }

    private static void MapDisputes(RouteGroupBuilder disputes)
    {
        disputes.MapGet("", async (DisputeState? state, [AsParameters] Paging paging, AppDb db, Actor actor, Clock clock, CalendarBook calendars, CancellationToken ct) =>
        {
            actor.Demand(Rights.PushView);
            var page = await DisputeQueries.ListAsync(db, actor, state, paging.Place?.Id(0).ToString() ?? "", paging.Size, clock.Now, await calendars.CurrentAsync(ct), ct);
            return new Page<DisputeRow>(page.Rows, Next(page.After));
        }).WithSummary("权责争议清单").Demands(Rights.PushView).Produces<Page<DisputeRow>>();
        disputes.MapGet("/{id:guid}", async (Guid id, AppDb db, Actor actor, Clock clock, CalendarBook calendars, CancellationToken ct) =>
        {
            actor.Demand(Rights.PushView);
            return await DisputeQueries.DetailAsync(db, actor, id, clock.Now, await calendars.CurrentAsync(ct), ct) ?? throw NotFound.Of("该争议");
        }).WithSummary("一件权责争议").Demands(Rights.PushView).Produces<DisputeDetail>().ProducesProblem(404);
        disputes.MapPost("", async (DisputeBody b, OpenDispute open, CancellationToken ct) =>
        {
            var dispute = await open.RunAsync(new OpenDispute.Input(b.Push, b.Item, b.Division, b.Question, b.Parties ?? []), ct);
            return TypedResults.Created($"/api/v1/disputes/{dispute.Id}", DisputeView.Of(dispute));
        }).WithSummary("提交权责争议").Demands(Rights.DisputeRaise).Produces<DisputeView>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        disputes.MapPost("/{id:guid}/statements", async (Guid id, StatementBody b, StateView state, CancellationToken ct) =>
        {
            var statement = await state.RunAsync(id, new StateView.Input(b.Text, b.Basis, b.Files), ct);
            return new StatementView(statement.Organ, "", statement.Text, statement.Basis, statement.Who, statement.At);
        }).WithSummary("提交意见").Demands(Rights.DisputeRaise).Produces<StatementView>().ProducesProblem(404).ProducesProblem(409);
        disputes.MapPost("/{id:guid}/rule", async (Guid id, RulingBody b, RuleDispute rule, CancellationToken ct) =>
            DisputeView.Of(await rule.RunAsync(id, new RuleDispute.Input(b.Organ, b.Reason, b.From, b.Register, b.Division), ct)))
            .WithSummary("裁定").Demands(Rights.DisputeRule).Produces<DisputeView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        disputes.MapPost("/{id:guid}/withdraw", async (Guid id, ReasonBody b, WithdrawDispute withdraw, CancellationToken ct) => DisputeView.Of(await withdraw.RunAsync(id, b.Reason, ct)))
            .WithSummary("撤回争议").Demands(Rights.DisputeRaise).Produces<DisputeView>().ProducesProblem(404).ProducesProblem(409);
    }

    private static void MapReconciliation(RouteGroupBuilder reconciliation)
    {
        reconciliation.MapGet("", async (string? month, DateOnly? from, DateOnly? to, Guid? organ, Guid? item, AppDb db, Actor actor, Clock clock, CancellationToken ct) =>
        {
            actor.Demand(Rights.ReconcileView);
            var (first, last) = Days(month, from, to, clock.Today);
            return await ReconcileQueries.OfAsync(db, actor, first, last, organ, item, clock.Now, ct);
        }).WithSummary("对账").Demands(Rights.ReconcileView).WithDescription("month=2026-03,或者 from、to(最多366天);不给时为本月。").Produces<Reconciliation>().ProducesProblem(400);
        reconciliation.MapGet("/cases", async (string kind, string? month, DateOnly? from, DateOnly? to, Guid? item, [AsParameters] Paging paging, AppDb db, Actor actor, Clock clock, CancellationToken ct) =>
        {
            actor.Demand(Rights.ReconcileView);
            var (first, last) = Days(month, from, to, clock.Today);
            return paging.PageOf(await ReconcileQueries.CaseRowsAsync(db, actor, KindOf(kind, ReconcileQueries.KindsOfCases), first, last, item, paging.Place?.Id(0), paging.Take, ct), row => Cursor.Of(row.Id));
        }).WithSummary("对账数字后面的办件").Demands(Rights.ReconcileView).WithDescription($"kind 为对账答复中 balance 的 kind:{string.Join("、", ReconcileQueries.KindsOfCases)}。只有看得到审批局一侧的单位有结果。").Produces<Page<BalanceCase>>().ProducesProblem(400);
        reconciliation.MapGet("/pushes", async (string kind, string? month, DateOnly? from, DateOnly? to, Guid? organ, Guid? item, [AsParameters] Paging paging, AppDb db, Actor actor, Clock clock, CalendarBook calendars, CancellationToken ct) =>
        {
            actor.Demand(Rights.ReconcileView);
            var (first, last) = Days(month, from, to, clock.Today);
            var rows = await ReconcileQueries.PushRowsAsync(db, actor, KindOf(kind, ReconcileQueries.KindsOfPushes), first, last, organ, item, paging.Place?.Id(0), paging.Take, clock.Now, await calendars.CurrentAsync(ct), ct);
            return paging.PageOf(rows, row => Cursor.Of(row.Id));
        }).WithSummary("对账数字后面的推送").Demands(Rights.ReconcileView).WithDescription($"kind 为对账答复中 balance 的 kind:{string.Join("、", ReconcileQueries.KindsOfPushes)}。").Produces<Page<PushRow>>().ProducesProblem(400);
        reconciliation.MapGet("/export.xlsx", async (string? month, DateOnly? from, DateOnly? to, Guid? organ, Guid? item, ExportReconciliation export, Clock clock, CancellationToken ct) =>
        {
            var (first, last) = Days(month, from, to, clock.Today);
            return TypedResults.File(await export.RunAsync(first, last, organ, item, ct), Workbook.ContentType, $"对账 {first:yyyy-MM-dd} {last:yyyy-MM-dd}.xlsx");
        }).WithSummary("导出对账表").Demands(Rights.ReconcileView).Demands(Rights.ExportDownload).Produces(200, contentType: Workbook.ContentType).ProducesProblem(400);
        reconciliation.MapGet("/letters", async (string? month, AppDb db, Actor actor, CancellationToken ct) =>
        {
            actor.Demand(Rights.ReconcileView);
            return await LetterQueries.ListAsync(db, actor, MonthOf(month), ct);
        }).WithSummary("月度函告清单").Demands(Rights.ReconcileView).Produces<IReadOnlyList<LetterRow>>();
        reconciliation.MapGet("/letters/{organ:guid}/{month}", async (Guid organ, string month, int? edition, AppDb db, Actor actor, CancellationToken ct) =>
        {
            actor.Demand(Rights.ReconcileView);
            return LetterView.Of(await LetterQueries.OneAsync(db, actor, organ, MonthOf(month) ?? throw NotFound.Of("该月函告"), edition, ct) ?? throw NotFound.Of("该月函告"));
        }).WithSummary("月度函告").Demands(Rights.ReconcileView).Produces<LetterView>().ProducesProblem(404);
        reconciliation.MapPost("/letters/{organ:guid}/{month}/restate", async (Guid organ, string month, ReasonBody body, MakeLetters make, CancellationToken ct) =>
            LetterView.Of(await make.RestateAsync(organ, MonthOf(month) ?? throw NotFound.Of("该月函告"), body.Reason, ct)))
            .WithSummary("更正月度函告").Demands(Rights.PushReroute).Produces<LetterView>().ProducesProblem(404).ProducesProblem(409);
    }

    private static string KindOf(string kind, IReadOnlyList<string> kinds) => kinds.Contains(kind) ? kind : throw new Shared.InvalidInput("kind", $"kind 应为 {string.Join("、", kinds)} 之一。");

    private static void MapLimits(RouteGroupBuilder limits)
    {
        limits.MapGet("", async (AppDb db, Actor actor, CancellationToken ct) =>
        {
            actor.Demand(Rights.PushView);
            return await LimitQueries.AllAsync(db, ct);
        }).WithSummary("本区约定的时限").Demands(Rights.PushView).Produces<LimitsView>();
        limits.MapGet("/history", async (AppDb db, CancellationToken ct) => await LimitQueries.HistoryAsync(db, ct)).WithSummary("约定的变更记录").Demands(Rights.PushView).Produces<IReadOnlyList<Shared.TimelineEntry>>();
        limits.MapPut("/{rule}", async (string rule, LimitBody b, SetLimit set, AppDb db, CancellationToken ct) =>
        {
            await set.RunAsync(new SetLimit.Input(rule, b.Count, b.Source), ct);
            return (await LimitQueries.AllAsync(db, ct)).Limits.First(l => l.Rule == rule);
        }).WithSummary("约定期限").Demands(Rights.LimitsSet).Produces<LimitView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        limits.MapPut("/switches", async (SwitchesBody b, SetSwitches set, AppDb db, CancellationToken ct) =>
        {
            await set.RunAsync(new SetSwitches.Input(b.DeemedReceipt, b.CloseOfBusiness, b.Source), ct);
            return await LimitQueries.AllAsync(db, ct);
        }).WithSummary("视为签收与下班时间").Demands(Rights.LimitsSet).Produces<LimitsView>().ProducesProblem(400);
        limits.MapGet("/profiles", (Actor actor) =>
        {
            actor.Demand(Rights.PushView);
            return LimitProfiles.All;
        }).WithSummary("各地方案").Demands(Rights.PushView).Produces<IReadOnlyList<LimitProfile>>();
        limits.MapPost("/profiles/{code}", async (string code, bool? restoreOthers, ApplyProfile apply, CancellationToken ct) => await apply.RunAsync(code, restoreOthers ?? false, ct))
            .WithSummary("套用方案").Demands(Rights.LimitsSet).Produces<IReadOnlyList<ApplyProfile.Change>>().ProducesProblem(404);
    }

    private static PushFilter ReadApi(HttpContext http) => PushFilter.Read(http.Request.Query) is var filter && http.Request.Query.ContainsKey("view") ? filter : filter with { Lane = PushLane.All };

    private static string? Next(string? place) => place is null ? null : Cursor.Of(place).ToString();

    /// <summary>The month named, the days named, or this month.</summary>
    /// <exception cref="Shared.InvalidInput">Unreadable, the wrong way round, or longer than a year.</exception>
    internal static (DateOnly From, DateOnly To) Days(string? month, DateOnly? from, DateOnly? to, DateOnly today)
    {
        if (from is not null || to is not null)
        {
            var (first, last) = (from ?? to!.Value, to ?? today);
            if (!WorkCalendar.Reaches(first) || !WorkCalendar.Reaches(last)) throw new Shared.InvalidInput(WorkCalendar.Reaches(first) ? "to" : "from", $"日期应在 {WorkCalendar.EarliestYear} 年至 {WorkCalendar.LatestYear} 年之间。");
            if (last < first || last.DayNumber - first.DayNumber > 366) throw new Shared.InvalidInput("to", "起止日期应先后有序,且不超过一年。");
            return (first, last);
        }
        var named = MonthOf(month);
        if (named is null && !string.IsNullOrEmpty(month)) throw new Shared.InvalidInput("month", "月份应写成年-月,例如 2026-03。");
        var start = named ?? new DateOnly(today.Year, today.Month, 1);
        return (start, start.AddMonths(1).AddDays(-1));
    }

    internal static DateOnly? MonthOf(string? text) =>
        DateOnly.TryParseExact($"{text}-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) && WorkCalendar.Reaches(month) ? month : null;
}
