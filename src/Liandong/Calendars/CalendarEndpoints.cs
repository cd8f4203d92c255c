using System.ComponentModel;
using System.Globalization;
using Liandong.Accounts;
using Liandong.Api;
using Liandong.Data;
using Liandong.Kernel.Calendar;
using Liandong.Kernel.Duties;
using Liandong.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Calendars;

/// <summary>A limit counted by the district's calendar.</summary>
/// <param name="Due">The last day.</param>
/// <param name="DueAt">Its last moment.</param>
/// <param name="Provisional">A year's holidays are not announced yet: counted by weekends.</param>
/// <param name="Skipped">Each day passed over, and why.</param>
public sealed record DeadlineBody(DateOnly Start, int Count, string Unit, DateOnly Due, DateTimeOffset DueAt, bool Provisional, string CalendarVersion, IReadOnlyList<SkippedDay> Skipped, string Explanation);

/// <summary>What the calculator is asked, as text, so that every mistake gets a sentence at its field.</summary>
public sealed record DeadlineQuestion
{
    [FromQuery(Name = "start")] public string? Start { get; init; }
    [FromQuery(Name = "count")] public string? Count { get; init; }
    [FromQuery(Name = "unit")] public string? Unit { get; init; }
    [FromQuery(Name = "close")] public string? Close { get; init; }

    /// <exception cref="InvalidInput">A sentence for each field that is wrong.</exception>
    public Deadline Answer(WorkCalendar calendar)
    {
        var check = new InputCheck();
        var start = Day(Start);
        check.That(!string.IsNullOrWhiteSpace(Start), "start", "请填写起算日 start,例如 2026-09-30。");
        check.That(string.IsNullOrWhiteSpace(Start) || start is not null, "start", $"“{Short(Start)}”不是日期,应写成 2026-09-30 的样子,且确有这一天。");
        check.That(start is null || WorkCalendar.Reaches(start.Value), "start", $"日期须在 {WorkCalendar.EarliestYear} 年至 {WorkCalendar.LatestYear} 年之间。");
        var numeric = int.TryParse(Count, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count);
        check.That(!string.IsNullOrWhiteSpace(Count), "count", "请填写天数 count。");
        check.That(string.IsNullOrWhiteSpace(Count) || numeric, "count", $"“{Short(Count)}”不是整数。");
        check.That(!numeric || count >= 0, "count", "天数不能小于零。");
        check.That(!numeric || count <= WorkCalendar.GreatestCount, "count", $"天数不能超过 {WorkCalendar.GreatestCount}。");
        check.That(!string.IsNullOrWhiteSpace(Unit), "unit", "请填写单位 unit:workdays(工作日)或 days(自然日)。");
        check.That(string.IsNullOrWhiteSpace(Unit) || Unit is "workdays" or "days", "unit", $"不认识的单位“{Short(Unit)}”,应为 workdays(工作日)或 days(自然日)。");
        TimeOnly? close = null;
        if (!string.IsNullOrWhiteSpace(Close))
        {
            var read = TimeOnly.TryParseExact(Close, ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time);
            check.That(read && time > TimeOnly.MinValue, "close", $"“{Short(Close)}”不是下班时间,应写成 17:30 的样子,且不是零点。");
            close = time;
        }
        check.Throw();
        var by = close is { } at ? calendar.WithCloseOfBusiness(at) : calendar;
        return by.Count(Unit == "days" ? new Term.Days(count) : new Term.Workdays(count), start!.Value, [])!;
    }

    public static DateOnly? Day(string? text) => DateOnly.TryParseExact(text?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string Short(string? text) => text is null ? "" : text.Length > 30 ? text[..30] + "…" : text;
}

/// <summary>A day of a year that is no ordinary one.</summary>
public sealed record SpecialDay(DateOnly Date, DayKind Kind, string Name);

/// <param name="Announced">False: no notice for the year yet, weekends only.</param>
public sealed record YearBody(int Year, bool Announced, string CalendarVersion, int Workdays, IReadOnlyList<string> Papers, IReadOnlyList<SpecialDay> Days);

/// <summary>工作日历 at the API: questions are open to anyone, an import needs the right.</summary>
public static class CalendarEndpoints
{
    /// <param name="Notice">放假安排(holiday-cn 的 JSON):写成对象,或者写成文本,都可以。</param>
    public sealed record ImportBody(System.Text.Json.JsonElement Notice, string? Reason = null)
    {
        internal string Text => Notice.ValueKind == System.Text.Json.JsonValueKind.String ? Notice.GetString()! : Notice.GetRawText();
    }

    public sealed record LocalDayView(Guid Id, DateOnly Date, bool IsWorkday, string Reason);

    public sealed record LocalDayBody(DateOnly Date, bool IsWorkday, string Reason);

    public static IEndpointRouteBuilder MapCalendars(this IEndpointRouteBuilder api)
    {
        var calendar = api.MapGroup("/calendar").WithTags("工作日历");
        calendar.MapGet("/deadline", async ([AsParameters] DeadlineQuestion question, CalendarBook calendars, CancellationToken ct) =>
        {
            var due = question.Answer(await calendars.CurrentAsync(ct));
            return new DeadlineBody(due.Start, int.Parse(question.Count!, CultureInfo.InvariantCulture), question.Unit!, due.DueOn, due.DueAt, due.Provisional, due.CalendarVersion, due.Skipped, due.Sentence + "。");
        }).AllowAnonymous().WithSummary("计算到期日:跳过了哪些天、为什么").Produces<DeadlineBody>().ProducesProblem(400);
        calendar.MapGet("/years/{year:int}", async (int year, CalendarBook calendars, CancellationToken ct) => YearOf(await calendars.CurrentAsync(ct), year))
            .AllowAnonymous().WithSummary("一年的放假与调休").Produces<YearBody>().ProducesProblem(400);
        calendar.MapPost("/years/preview", async (ImportBody body, ImportYear import, CancellationToken ct) => await import.PreviewAsync(body.Text, ct))
            .WithSummary("预览导入放假安排:哪些日子变了,多少时限会变动").Demands(Rights.CalendarImport).Produces<ImportYear.Preview>().ProducesProblem(409);
        calendar.MapPost("/years", async (ImportBody body, ImportYear import, CancellationToken ct) => await import.RunAsync(new ImportYear.Input(body.Text, body.Reason ?? ""), ct))
            .WithSummary("导入一年的放假安排,重算所有在办时限").Demands(Rights.CalendarImport).Produces<ImportYear.Result>().ProducesProblem(409);
        calendar.MapGet("/local-days", async (AppDb db, CancellationToken ct) =>
                await db.CalendarOverlayDays.AsNoTracking().Where(d => d.WithdrawnAt == null).OrderBy(d => d.Date).Select(d => new LocalDayView(d.Id, d.Date, d.IsWorkday, d.Reason)).ToListAsync(ct))
            .WithSummary("本区例外日").Demands(Rights.CalendarImport).Produces<IReadOnlyList<LocalDayView>>();
        calendar.MapPost("/local-days", async (LocalDayBody body, SetLocalDay set, CancellationToken ct) => (await set.RunAsync(new SetLocalDay.Input(body.Date, body.IsWorkday, body.Reason), ct)).Id)
            .WithSummary("登记本区例外日").Demands(Rights.CalendarImport).Produces<Guid>().ProducesProblem(400).ProducesProblem(409);
        calendar.MapPost("/local-days/{id:guid}/withdraw", async (Guid id, WithdrawLocalDay withdraw, CancellationToken ct) =>
        {
            await withdraw.RunAsync(id, ct);
            return Results.NoContent();
        }).WithSummary("撤回本区例外日").Demands(Rights.CalendarImport).Produces(204).ProducesProblem(404);
        return api;
    }

    public static YearBody YearOf(WorkCalendar calendar, int year)
    {
        if (year is < WorkCalendar.EarliestYear or > WorkCalendar.LatestYear) throw new InvalidInput("year", $"年份须在 {WorkCalendar.EarliestYear} 年至 {WorkCalendar.LatestYear} 年之间。");
        var days = Enumerable.Range(0, new DateOnly(year, 12, 31).DayOfYear).Select(n => calendar.Look(new DateOnly(year, 1, 1).AddDays(n))).ToList();
        var papers = calendar.Notices.FirstOrDefault(n => n.Year == year)?.Papers ?? [];
        return new YearBody(year, calendar.IsPublished(year), calendar.Version, days.Count(d => d.IsWorkday), papers,
            [.. days.Where(d => d.Kind is not (DayKind.Workday or DayKind.Weekend)).Select(d => new SpecialDay(d.Date, d.Kind, d.Name))]);
    }
}
