using Liandong.Accounts;
using Liandong.Api;
using Liandong.Data;
using Liandong.Documents;
using Liandong.Kernel;
using Liandong.Kernel.Calendar;
using Liandong.Modules.Consultations;
using Liandong.Sheets;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Conferences;

/// <summary>The module's API. Each address runs the use case that the page runs.</summary>
public static class ConferencesEndpoints
{
    /// <summary>What <see cref="MeetingFilter"/> reads from the address.</summary>
    private static readonly string[] Filters = ["view", "q", "kind", "state", "organ", "light", "from", "to", "sort"];

    /// <param name="Group">以哪个专项对接组的名义提出;只有该组的负责人和成员可以。</param>
    public sealed record TopicBody(string Title, string Text, TopicUrgency Urgency = TopicUrgency.Usual, bool ToBureau = false, IReadOnlyList<Guid>? Files = null, Guid? Group = null);

    public sealed record WeighTopicBody(bool Passed, string Reason = "");

    public sealed record MeetingBody(
        MeetingKind Kind, string Title, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Place, IReadOnlyList<Guid> Organs, string Purpose = "", IReadOnlyList<Guid>? Observers = null, IReadOnlyList<Guid>? Groups = null, IReadOnlyList<Guid>? Topics = null,
        Recurrence Every = Recurrence.Once, Guid? Follows = null, Guid? Consultation = null, IReadOnlyList<Guid>? Files = null)
    {
        internal PrepareMeeting.Input Input => new(Kind, Title, StartsAt, EndsAt, Place, Organs, Purpose, Observers, Groups, Topics, Every, Follows, Consultation, Files);
    }

    public sealed record ApproveBody(bool Agreed, string Opinion = "", Guid? Deputy = null, string OnPaper = "");

    public sealed record PutOffBody(DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Place, string Reason);

    public sealed record CancelBody(string Reason);

    public sealed record ReplyBody(Presence Announced, string Names = "", string Note = "", string View = "", IReadOnlyList<Guid>? Files = null);

    public sealed record AttendanceBody(Guid Organ, Presence Presence, string Names = "", string Note = "");

    public sealed record HoldBody(IReadOnlyList<AttendanceBody> Attendance);

    /// <param name="Group">由哪个专项对接组承办;应当是会议召集的组。</param>
    public sealed record DecisionBody(string Text, Guid Owner, DateOnly DueOn, IReadOnlyList<Guid>? Assisting = null, Guid? Group = null);

    public sealed record MinutesBody(string Text, IReadOnlyList<DecisionBody>? Items = null);

    public sealed record CosignBody(bool Agreed, string Reason = "");

    public sealed record IssueMinutesBody(string Despite = "");

    /// <param name="OfOrgan">The organ's feed; otherwise the caller's own.</param>
    public sealed record FeedBody(bool OfOrgan = false);

    public sealed record MeetingStanding(Guid Id, string Number, MeetingKind Kind, MeetingState State, DateTimeOffset StartsAt, Guid? Notice, Guid? MinutesDocument);

    /// <param name="Date">成文日期。</param>
    public sealed record MinutesOfYear(Guid Meeting, Guid Document, string Number, string Title, DateOnly? Date, DateTimeOffset IssuedAt, IReadOnlyList<DecisionView> Decisions);

    /// <param name="Id">The thing that was made or changed.</param>
    public sealed record MadePart(Guid Id);

    public static IEndpointRouteBuilder MapConferences(this IEndpointRouteBuilder api)
    {
        MapMeetings(api.MapGroup("/meetings").WithTags("会议"));
        MapTopics(api.MapGroup("/meeting-topics").WithTags("会议"));
        api.MapGroups();
        MapFeeds(api.MapGroup("/calendar-feeds").WithTags("会议"));
        return api;
    }

    /// <summary>Files for browsers and calendar programs. A feed asks for no sign-in: its address is the secret.</summary>
    public static void MapConferenceFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet("/meetings/export.xlsx", async (HttpContext http, ExportMeetings export, CancellationToken ct) => TypedResults.File(await export.RunAsync(MeetingFilter.Read(http.Request.Query, MeetingLane.ToDo), ct), Workbook.ContentType, "会议清单.xlsx")).RequireAuthorization().ExcludeFromDescription();
        app.MapGet("/meetings/minutes/{year:int}/volume.pdf", async (int year, HttpContext http, CompileMinutes compile, CancellationToken ct) =>
        {
            var file = await compile.PdfAsync(year, ct);
            http.Response.Headers.ContentDisposition = $"inline; filename*=UTF-8''{Uri.EscapeDataString(file.Name)}";
            return TypedResults.File(file.Bytes, DocumentsEndpoints.Pdf);
        }).RequireAuthorization().ExcludeFromDescription();
        app.MapGet("/meetings/minutes/{year:int}/volume.docx", async (int year, CompileMinutes compile, CancellationToken ct) => await compile.DocxAsync(year, ct) is var file ? TypedResults.File(file.Bytes, DocumentsEndpoints.Docx, file.Name) : null).RequireAuthorization().ExcludeFromDescription();
        app.MapGet("/meetings/{id:guid}/meeting.ics", async (Guid id, HttpContext http, AppDb db, Actor actor, CancellationToken ct) => TypedResults.Text(await EventAsync(id, http, db, actor, ct), "text/calendar")).RequireAuthorization().ExcludeFromDescription();
        app.MapGet("/feeds/{district}/{secret}.ics", async (string district, string secret, HttpContext http, IServiceScopeFactory scopes, CancellationToken ct) =>
        {
            // A stranger writes what he likes into an address; only what can be a district is asked for.
            if (district.Length > 20 || !district.All(char.IsAsciiLetterOrDigit)) return Results.NotFound();
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<DistrictScope>().Set(district);
            http.Response.Headers.CacheControl = "private, no-store";
            return await scope.ServiceProvider.GetRequiredService<ReadFeeds>().OpenAsync(secret, PageOf(http), ct) is { } feed ? Results.Text(feed, "text/calendar") : Results.NotFound();
        }).AllowAnonymous().ExcludeFromDescription();
    }

    private static void MapMeetings(RouteGroupBuilder meetings)
    {
        meetings.MapGet("", async (HttpContext http, [AsParameters] Paging paging, AppDb db, Actor actor, Clock clock, CalendarBook calendars, CancellationToken ct) =>
        {
            var filter = MeetingFilter.Read(http.Request.Query, MeetingLane.All) with { Size = paging.Size, After = paging.After ?? "" };
            var list = await MeetingQueries.ListAsync(db, actor, filter, clock.Now, await calendars.CurrentAsync(ct), ct);
            return new Page<MeetingRow>(list.Rows, list.After);
        }).WithSummary("会议清单").Demands(Rights.MeetingView).WithDescription("召集单位、接到通知的参会单位看得到;请示以后,召集人看得到联席会议的各类会议。").Takes(Filters).Produces<Page<MeetingRow>>().ProducesProblem(400);
        meetings.MapGet("/export.xlsx", async (HttpContext http, ExportMeetings export, CancellationToken ct) => TypedResults.File(await export.RunAsync(MeetingFilter.Read(http.Request.Query, MeetingLane.All), ct), Workbook.ContentType, "会议清单.xlsx"))
            .WithSummary("导出会议清单").Demands(Rights.MeetingView).Demands(Rights.ExportDownload).WithDescription("筛选与页面相同;每次导出都记入台账。").Takes(Filters).Produces(200, contentType: Workbook.ContentType);
        meetings.MapGet("/minutes/{year:int}", async (int year, AppDb db, Actor actor, Clock clock, CalendarBook calendars, CancellationToken ct) =>
                (await YearOfMinutes.OfAsync(db, actor, year, clock.Now, await calendars.CurrentAsync(ct), ct)).Select(m => new MinutesOfYear(m.Meeting, m.Document, m.Number, m.Title, m.Date, m.IssuedAt, m.Decisions)).ToList())
            .WithSummary("一年的会议纪要").Demands(Rights.MeetingView).WithDescription("这一年召开、看得到的会议已经印发的纪要,按印发先后,写明每项决定事项的状态;没有的,为空。").Produces<List<MinutesOfYear>>();
        meetings.MapGet("/minutes/{year:int}/volume.pdf", async (int year, CompileMinutes compile, CancellationToken ct) => await compile.PdfAsync(year, ct) is var file ? TypedResults.File(file.Bytes, DocumentsEndpoints.Pdf, file.Name) : null)
            .WithSummary("纪要汇编的 PDF").Demands(Rights.MeetingView).WithDescription("封面、目录和各次纪要;每次汇编都记入台账。").Produces(200, contentType: DocumentsEndpoints.Pdf).ProducesProblem(409);
        meetings.MapGet("/minutes/{year:int}/volume.docx", async (int year, CompileMinutes compile, CancellationToken ct) => await compile.DocxAsync(year, ct) is var file ? TypedResults.File(file.Bytes, DocumentsEndpoints.Docx, file.Name) : null)
            .WithSummary("纪要汇编的 Word 文件").Demands(Rights.MeetingView).WithDescription("封面、目录和各次纪要;每次汇编都记入台账。").Produces(200, contentType: DocumentsEndpoints.Docx).ProducesProblem(409);
        meetings.MapPost("", async (MeetingBody b, PrepareMeeting prepare, CancellationToken ct) => await prepare.RunAsync(b.Input, ct) is var made ? TypedResults.Created($"/api/v1/meetings/{made.Id}", Of(made)) : null)
            .WithSummary("筹备会议").Demands(Rights.MeetingConvene).WithDescription("例会、专题会议、联席会议由联席会议办公室,工作对接会、协调会由审批局;例会召集全体成员单位。").Produces<MeetingStanding>(201).ProducesProblem(400).ProducesProblem(409);
        meetings.MapGet("/{id:guid}", async (Guid id, HttpContext http, AppDb db, Actor actor, Clock clock, CalendarBook calendars, CancellationToken ct) =>
        {
            var detail = await MeetingQueries.DetailAsync(db, actor, id, clock.Now, await calendars.CurrentAsync(ct), ct) ?? throw NotFound.Of("该会议");
            return http.Tagged(detail, await db.Meetings.Where(m => m.Id == id).Select(m => EF.Property<int>(m, Conventions.Version)).FirstAsync(ct));
        }).WithSummary("一次会议").Demands(Rights.MeetingView).Produces<MeetingDetail>().Produces(304).ProducesProblem(404);
        meetings.MapGet("/{id:guid}/meeting.ics", async (Guid id, HttpContext http, AppDb db, Actor actor, CancellationToken ct) => TypedResults.Text(await EventAsync(id, http, db, actor, ct), "text/calendar"))
            .WithSummary("会议的日历文件").Demands(Rights.MeetingView).WithDescription("RFC 5545;改期时 SEQUENCE 增加,取消时 STATUS 为 CANCELLED。").Produces<string>(200, "text/calendar").ProducesProblem(404);
        meetings.MapPut("/{id:guid}", async (Guid id, MeetingBody b, PrepareMeeting prepare, CancellationToken ct) => Of(await prepare.ChangeAsync(id, b.Input, ct))).WithSummary("修改筹备中的会议").Demands(Rights.MeetingConvene).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        meetings.MapPost("/{id:guid}/ask", async (Guid id, AskForMeeting ask, CancellationToken ct) => Of(await ask.RunAsync(id, ct))).WithSummary("请示召开").Demands(Rights.MeetingConvene).ProducesProblem(404).ProducesProblem(409);
        meetings.MapPost("/{id:guid}/approve", async (Guid id, ApproveBody b, ApproveMeeting approve, CancellationToken ct) => Of(await approve.RunAsync(id, new ApproveMeeting.Input(b.Agreed, b.Opinion, b.Deputy, b.OnPaper), ct)))
            .WithSummary("同意召开或者退回").Demands(Rights.MeetingView).WithDescription("联席会议的各类会议由召集人决定,办公室登记书面批示的写明 onPaper;审批局的会议由审批局负责人决定。联席会议写明牵头的副召集人(deputy)。").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        meetings.MapPost("/{id:guid}/notice", async (Guid id, DraftMeetingNotice draft, CancellationToken ct) => new MadePart((await draft.RunAsync(id, ct)).Id)).WithSummary("起草会议通知").Demands(Rights.MeetingConvene).WithDescription("得到公文的编号;签发、用印、送达以后参会单位才看得到会议。").ProducesProblem(404).ProducesProblem(409);
        meetings.MapPost("/{id:guid}/put-off", async (Guid id, PutOffBody b, PutOffMeeting put, CancellationToken ct) => Of(await put.RunAsync(id, new PutOffMeeting.Input(b.StartsAt, b.EndsAt, b.Place, b.Reason), ct))).WithSummary("改期").Demands(Rights.MeetingConvene).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        meetings.MapPost("/{id:guid}/cancel", async (Guid id, CancelBody b, CancelMeeting cancel, CancellationToken ct) => Of(await cancel.RunAsync(id, b.Reason, ct))).WithSummary("取消会议").Demands(Rights.MeetingConvene).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        meetings.MapPost("/{id:guid}/reply", async (Guid id, ReplyBody b, ReplyToMeeting reply, CancellationToken ct) => Of(await reply.RunAsync(id, new ReplyToMeeting.Input(b.Announced, b.Names, b.Note, b.View, b.Files), ct)))
            .WithSummary("会议回执").Demands(Rights.MeetingAttend).WithDescription("研究了会议材料、由谁参加、书面意见;会议召开以前可以重新填写。").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        meetings.MapPost("/{id:guid}/hold", async (Guid id, HoldBody b, HoldMeeting hold, CancellationToken ct) => Of(await hold.RunAsync(id, [.. b.Attendance.Select(a => new HoldMeeting.Line(a.Organ, a.Presence, a.Names, a.Note))], ct)))
            .WithSummary("登记会议召开和到会").Demands(Rights.MeetingConvene).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        meetings.MapPost("/{id:guid}/minutes", async (Guid id, MinutesBody b, DraftMinutes draft, CancellationToken ct) => new MadePart((await draft.RunAsync(id, new DraftMinutes.Input(b.Text, [.. (b.Items ?? []).Select(i => new DecisionDraft(i.Text, i.Owner, i.DueOn, i.Assisting, i.Group))]), ct)).Id))
            .WithSummary("起草会议纪要").Demands(Rights.MeetingConvene).WithDescription("重新起草的,原稿作废,到会单位重新会签。").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        meetings.MapPost("/{id:guid}/minutes/cosign", async (Guid id, CosignBody b, CosignMinutes sign, CancellationToken ct) => new MadePart((await sign.RunAsync(id, b.Agreed, b.Reason, ct)).Id)).WithSummary("会签会议纪要").Demands(Rights.MeetingSign).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        meetings.MapPost("/{id:guid}/minutes/issue", async (Guid id, IssueMinutesBody b, IssueMinutes issue, CancellationToken ct) => new MadePart((await issue.RunAsync(id, b.Despite, ct)).Id))
            .WithSummary("印发会议纪要").Demands(Rights.MeetingSign).WithDescription("会签的文本编号、签发、送达,决定事项开始执行;有单位没有会签同意的,写明理由(despite)。").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
    }

    private static void MapTopics(RouteGroupBuilder topics)
    {
        topics.MapGet("", async (bool? all, AppDb db, Actor actor, CancellationToken ct) => await MeetingQueries.PoolAsync(db, actor, all ?? false, ct)).WithSummary("议题库").Demands(Rights.MeetingView).WithDescription("本单位提出的和提请本单位审定的;all 为真的,包括已研究、不列入的。");
        topics.MapPost("", async (TopicBody b, ProposeTopic propose, CancellationToken ct) => await propose.RunAsync(new ProposeTopic.Input(b.Title, b.Text, b.Urgency, b.ToBureau, b.Files, b.Group), ct) is var made ? TypedResults.Created($"/api/v1/meeting-topics/{made.Id}", new MadePart(made.Id)) : null)
            .WithSummary("提出议题").Demands(Rights.MeetingAttend).Produces<MadePart>(201).ProducesProblem(400).ProducesProblem(409);
        topics.MapGet("/{id:guid}", async (Guid id, AppDb db, Actor actor, CancellationToken ct) => await MeetingQueries.TopicAsync(db, actor, id, ct) ?? throw NotFound.Of("该议题")).WithSummary("一项议题").Demands(Rights.MeetingView).Produces<TopicRow>().ProducesProblem(404);
        topics.MapPost("/{id:guid}/weigh", async (Guid id, WeighTopicBody b, WeighTopic weigh, CancellationToken ct) => new MadePart((await weigh.RunAsync(id, b.Passed, b.Reason, ct)).Id)).WithSummary("审定议题").Demands(Rights.MeetingConvene).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        topics.MapPost("/{id:guid}/withdraw", async (Guid id, WithdrawTopic withdraw, CancellationToken ct) => new MadePart((await withdraw.RunAsync(id, ct)).Id)).WithSummary("撤回议题").Demands(Rights.MeetingAttend).ProducesProblem(404).ProducesProblem(409);
    }

    private static void MapFeeds(RouteGroupBuilder feeds)
    {
        feeds.MapGet("", async (ReadFeeds read, CancellationToken ct) => await read.OwnAsync(ct)).WithSummary("日历订阅地址").Demands(Rights.MeetingView);
        feeds.MapPost("/renew", async (FeedBody b, RenewFeed renew, ReadFeeds read, CancellationToken ct) =>
        {
            await renew.RunAsync(b.OfOrgan, ct);
            return (await read.OwnAsync(ct)).Single(f => f.OfOrgan == b.OfOrgan);
        }).WithSummary("开通订阅或者换新地址").Demands(Rights.MeetingView).WithDescription("原地址随即失效。");
    }

    private static async Task<string> EventAsync(Guid id, HttpContext http, AppDb db, Actor actor, CancellationToken ct)
    {
        actor.Demand(Rights.MeetingView);
        var meeting = await db.Meetings.AsNoTracking().VisibleTo(db, actor).SingleOrDefaultAsync(m => m.Id == id, ct) ?? throw NotFound.Of("该会议");
        return await MeetingCalendar.WriteAsync(db, [meeting], meeting.Title, PageOf(http), ct);
    }

    private static Func<Guid, string> PageOf(HttpContext http) => id => $"{http.Request.Scheme}://{http.Request.Host}/meetings/{id}";

    private static MeetingStanding Of(Meeting m) => new(m.Id, m.Number, m.Kind, m.State, m.StartsAt, m.Notice, m.MinutesDocument);
}
