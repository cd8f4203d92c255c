using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Liandong.Accounts;
using Liandong.Calendars;
using Liandong.Kernel.Calendar;
using Liandong.Modules.Directory;
using Liandong.Tests.Modules.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Calendars;

public sealed class CalendarTests
{
    [Theory, EveryDatabase]
    public async Task Anyone_may_ask_when_a_limit_ends_and_every_mistake_gets_a_sentence_at_its_field(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var nobody = office.Client();

        var answer = await nobody.GetFromJsonAsync<JsonElement>("/api/v1/calendar/deadline?start=2026-09-30&count=2&unit=workdays", Office.Stop);

        Assert.Equal("2026-10-09", answer.GetProperty("due").GetString());
        Assert.False(answer.GetProperty("provisional").GetBoolean());
        Assert.StartsWith("CN2018-2026·", answer.GetProperty("calendarVersion").GetString(), StringComparison.Ordinal);
        Assert.Equal(7, answer.GetProperty("skipped").GetArrayLength());
        Assert.Equal("国庆节", answer.GetProperty("skipped")[0].GetProperty("why").GetString());
        Assert.Equal("自2026-09-30次日起算2个工作日(国庆节10月1日至7日放假,10月10日调休上班),应于2026-10-09 24:00前完成。", answer.GetProperty("explanation").GetString());

        foreach (var (query, field) in new[] { ("count=2&unit=workdays", "start"), ("start=2026-02-30&count=2&unit=workdays", "start"), ("start=2026-09-30&count=-1&unit=days", "count"),
                     ("start=2026-09-30&count=3661&unit=days", "count"), ("start=2026-09-30&count=x&unit=days", "count"), ("start=2026-09-30&count=1&unit=weeks", "unit"), ("start=1066-01-01&count=1&unit=days", "start") })
        {
            var wrong = await nobody.GetAsync("/api/v1/calendar/deadline?" + query, Office.Stop);
            Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
            var problem = await wrong.Content.ReadFromJsonAsync<JsonElement>(Office.Stop);
            Assert.Equal("input.invalid", problem.GetProperty("code").GetString());
            Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), query);
        }
        Assert.Equal(new DateTimeOffset(2026, 10, 9, 17, 30, 0, TimeSpan.FromHours(8)),
            (await nobody.GetFromJsonAsync<JsonElement>("/api/v1/calendar/deadline?start=2026-09-30&count=2&unit=workdays&close=17:30", Office.Stop)).GetProperty("dueAt").GetDateTimeOffset());
        Assert.Contains("2026年", await nobody.PageAsync("/calendar?year=2026&start=2026-09-30&count=2&unit=workdays"), StringComparison.Ordinal);
    }

    /// <summary>民法典第二百零三条: the close of business is part of the calendar, so that its change moves open duties at once, under its own reason.</summary>
    [Theory, EveryDatabase]
    public async Task A_new_close_of_business_moves_open_duties_at_once_and_an_empty_notice_moves_nothing(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var bureau = await office.Given.OrganAsync("区审批局", OrganKind.Bureau);
        var duty = (await office.Given.DutiesAsync(2, bureau.Id))[0];
        var head = office.Client(await office.Given.MemberAsync(bureau, Roles.BureauHead));

        Assert.True((await head.PutAsJsonAsync("/api/v1/limits/switches", new { deemedReceipt = false, closeOfBusiness = "17:30", source = "区政府办通知" }, Office.Stop)).IsSuccessStatusCode);

        var moved = await office.LookAsync(db => db.Duties.SingleAsync(d => d.Id == duty.Id));
        Assert.Equal(Beijing.At(duty.DueOn!.Value, new TimeOnly(17, 30)), moved.DueAt);
        Assert.Contains("区政府办通知", Assert.Single(moved.Changes).Why, StringComparison.Ordinal);
        Assert.Equal(2, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "duty.recounted")));
        // The day stayed; the entry says which hour became which.
        var noted = (await office.LookAsync(db => db.LedgerEntries.Where(e => e.Act == "duty.recounted").ToListAsync())).Select(e => JsonDocument.Parse(e.Body).RootElement).Single(p => p.GetProperty("duty").GetGuid() == duty.Id);
        Assert.Equal(duty.DueAt, noted.GetProperty("oldAt").GetDateTimeOffset());
        Assert.Equal(moved.DueAt, noted.GetProperty("newAt").GetDateTimeOffset());
        // Saved again as it is: nothing moves.
        Assert.True((await head.PutAsJsonAsync("/api/v1/limits/switches", new { deemedReceipt = true, closeOfBusiness = "17:30", source = "区政府办通知" }, Office.Stop)).IsSuccessStatusCode);
        Assert.Equal(2, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "duty.recounted")));

        var admin = office.Client(await office.Given.MemberAsync(bureau, Roles.SystemAdmin));
        foreach (var address in new[] { "/api/v1/calendar/years", "/api/v1/calendar/years/preview" })
        {
            var refused = await admin.PostAsJsonAsync(address, new { notice = new { year = 2026, papers = Array.Empty<string>(), days = Array.Empty<string>() }, reason = "误选" }, Office.Stop);
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            Assert.Contains("calendar.invalid-notice", await refused.Content.ReadAsStringAsync(Office.Stop), StringComparison.Ordinal);
        }
        Assert.Equal(0, await office.LookAsync(db => db.CalendarNotices.CountAsync()));
        await office.ChainHoldsAsync();
    }

    [Theory, EveryDatabase]
    public async Task A_new_years_notice_moves_open_duties_with_a_trace_and_a_revision_asks_for_its_reason(Database database)
    {
        await using var office = await Office.OpenAsync(database, new DateOnly(2026, 12, 28));
        var bureau = await office.Given.OrganAsync("区审批局", OrganKind.Bureau);
        var admin = await office.Given.MemberAsync(bureau, Roles.SystemAdmin);
        var clerk = await office.Given.MemberAsync(bureau, Roles.Approver);
        var duty = (await office.Given.DutiesAsync(3, bureau.Id))[0];
        Assert.Equal(new DateOnly(2026, 12, 31), duty.DueOn!.Value);
        const string Notice = """{"year":2027,"papers":[],"days":[{"name":"元旦","date":"2026-12-30","isOffDay":true},{"name":"元旦","date":"2026-12-31","isOffDay":true},{"name":"元旦","date":"2027-01-01","isOffDay":true}]}""";

        Assert.Equal(HttpStatusCode.Forbidden, (await office.Client(clerk).PostAsJsonAsync("/api/v1/calendar/years", new { notice = Notice }, Office.Stop)).StatusCode);
        var preview = await (await office.Client(admin).PostAsJsonAsync("/api/v1/calendar/years/preview", new { notice = Notice }, Office.Stop)).Content.ReadFromJsonAsync<JsonElement>(Office.Stop);
        Assert.Equal(3, preview.GetProperty("duties").GetProperty("moved").GetInt32());
        // The published file as it is, without making a text of it first.
        var asItIs = await (await office.Client(admin).PostAsJsonAsync("/api/v1/calendar/years/preview", new { notice = JsonDocument.Parse(Notice).RootElement }, Office.Stop)).Content.ReadFromJsonAsync<JsonElement>(Office.Stop);
        Assert.Equal(preview.GetProperty("versionAfter").GetString(), asItIs.GetProperty("versionAfter").GetString());
        Assert.Equal(0, await office.LookAsync(db => db.CalendarNotices.CountAsync()));

        Assert.Equal(HttpStatusCode.Redirect, (await office.Client(admin).SubmitAsync("/calendar/import", "import-year", ("Notice", Notice), ("Reason", ""))).StatusCode);

        var moved = await office.LookAsync(db => db.Duties.SingleAsync(d => d.Id == duty.Id));
        Assert.Equal(new DateOnly(2027, 1, 5), moved.DueOn!.Value);
        Assert.Equal(new DateOnly(2026, 12, 31), Assert.Single(moved.Changes).Old!.Value);
        Assert.Equal(3, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "duty.recounted")));
        Assert.Equal(1, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "calendar.imported")));

        var again = Notice.Replace("2027-01-01\",\"isOffDay\":true}", "2027-01-01\",\"isOffDay\":true},{\"name\":\"元旦\",\"date\":\"2027-01-02\",\"isOffDay\":false}", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await office.Client(admin).PostAsJsonAsync("/api/v1/calendar/years", new { notice = again }, Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await office.Client(admin).PostAsJsonAsync("/api/v1/calendar/years", new { notice = again, reason = "国办发明电调整" }, Office.Stop)).StatusCode);
        Assert.Equal(new DateOnly(2027, 1, 4), (await office.LookAsync(db => db.Duties.SingleAsync(d => d.Id == duty.Id))).DueOn!.Value);

        // A local rest day moves it on, and back when it is withdrawn.
        var local = await office.ActAsync(s => s.GetRequiredService<SetLocalDay>().RunAsync(new SetLocalDay.Input(new DateOnly(2027, 1, 4), false, "市里放假一天"), Office.Stop));
        Assert.Equal(new DateOnly(2027, 1, 5), (await office.LookAsync(db => db.Duties.SingleAsync(d => d.Id == duty.Id))).DueOn!.Value);
        await office.ActAsync(s => s.GetRequiredService<WithdrawLocalDay>().RunAsync(local.Id, Office.Stop));
        Assert.Equal(new DateOnly(2027, 1, 4), (await office.LookAsync(db => db.Duties.SingleAsync(d => d.Id == duty.Id))).DueOn!.Value);
        Assert.Contains("市里放假一天", await office.Client(admin).PageAsync("/calendar/local-days"), StringComparison.Ordinal);
    }
}
