using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Liandong.Accounts;
using Liandong.Modules.Directory;
using Liandong.Modules.Linkage;
using Liandong.Modules.Supervision;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Liandong.Tests.Modules.Supervision;

public sealed class RecordCheckTests
{
    /// <summary>行政处罚法 第四十二条: at least two officers, each with a certificate; the refusal stands beside the field with its article.</summary>
    [Theory, EveryDatabase]
    public async Task Fewer_than_two_officers_or_one_without_a_certificate_is_refused_with_the_article(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var m = await office.Given.SupervisedMatterAsync();
        var novice = await office.Given.OfficerAsync(m.Market, "新人", "", Roles.Supervisor);
        var client = office.Client(m.Supervisor);
        var (one, two) = (m.Supervisor.Person.ToString(), m.Second.Person.ToString());

        foreach (var (officers, said) in new (string, string)[][] {
            [("Officers", one)], [("Officers", "")], [("Officers", one), ("OfficerName1", "同一人"), ("OfficerCertificate1", "鲁a01001")] }.Select(o => (o, "执法人员不得少于两人"))
            .Concat(new (string, string)[][] { [("Officers", one), ("Officers", novice.Person.ToString())], [("Officers", one), ("Officers", two), ("OfficerName1", "外聘")] }.Select(o => (o, "没有行政执法证号"))))
        {
            var answer = await client.SendFilledAsync($"{m.Page}/check", "record-check", officers);
            var page = await answer.Content.ReadAsStringAsync(Office.Stop);
            Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
            Assert.Contains("行政处罚法 第四十二条", page, StringComparison.Ordinal);
            Assert.Contains(said, page[page.IndexOf("f-Officers-error", StringComparison.Ordinal)..], StringComparison.Ordinal);
        }
        // Somebody of another organ is not picked from the directory, and a stranger with a certificate may be named.
        Assert.Equal(HttpStatusCode.BadRequest, (await client.SendFilledAsync($"{m.Page}/check", "record-check", ("Officers", one), ("Officers", m.Enforcer.Person.ToString()))).StatusCode);
        Assert.Equal(0, await office.LookAsync(db => db.Checks.CountAsync()));
        Assert.Equal(HttpStatusCode.Redirect, (await client.SendFilledAsync($"{m.Page}/check", "record-check", ("Officers", one), ("OfficerName2", "街道孙某"), ("OfficerCertificate2", "鲁A99"))).StatusCode);
        Assert.Equal(["鲁A01001", "鲁A99"], (await office.LookAsync(db => db.Checks.AsNoTracking().SingleAsync())).Officers.Select(o => o.Certificate));
    }

    [Theory, EveryDatabase]
    public async Task What_is_wrong_is_said_at_its_field_and_nothing_is_kept_of_it(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var m = await office.Given.SupervisedMatterAsync(c => c with { Conditions = ["冷藏温度不高于4℃"] });
        var client = office.Client(m.Supervisor);
        var page = $"{m.Page}/check";

        await SaysAsync(page, "record-check", "On", "检查日期不能晚于今天", ("On", "2026-03-03"));
        await SaysAsync(page, "record-check", "On", "不能早于审批决定之日", ("On", "2026-03-01"));
        await SaysAsync(page, "record-check", "On", "应写成年-月-日", ("On", "昨天"));
        await SaysAsync(page, "record-check", "RectifyBy", "请填写整改期限", ("Result", "NotConforming"), ("Treatment", "Rectify"), ("Requirement", "整改"));
        await SaysAsync(page, "record-check", "RectifyBy", "整改期限应晚于检查日期", ("Result", "NotConforming"), ("Treatment", "Rectify"), ("Requirement", "整改"), ("RectifyBy", "2026-03-02"));
        await SaysAsync(page, "record-check", "Requirement", "请填写整改要求", ("Result", "NotConforming"), ("Treatment", "Rectify"), ("RectifyBy", "2026-03-20"));
        await SaysAsync(page, "record-check", "HandTo", "请选择移交给哪个执法单位", ("Result", "NotConforming"), ("Treatment", "HandOver"), ("HandTo", ""), ("Note", "无证经营"));
        await SaysAsync(page, "record-check", "HandTo", "请选择现有的执法单位", ("Result", "NotConforming"), ("Treatment", "HandOver"), ("HandTo", m.Bureau.Id.ToString()), ("Note", "无证经营"));
        await SaysAsync(page, "record-check", "Note", "请写明涉嫌违法的事实", ("Result", "NotConforming"), ("Treatment", "HandOver"));
        await SaysAsync(page, "record-check", "Result", "检查结果不能是“符合”", ("PointResult0", "NotMet"));
        await SaysAsync(page, "record-check", "Treatment", "处理只能是“通过”", ("Treatment", "Rectify"), ("RectifyBy", "2026-03-20"), ("Requirement", "整改"));
        await SaysAsync(page, "record-check", "Treatment", "应当限期整改或者移交执法", ("Result", "NotConforming"));
        await SaysAsync($"{m.Page}/plan", "plan-check", "PlannedOn", "计划日期不能早于今天", ("PlannedOn", "2026-03-01"));
        Assert.Equal(0, await office.LookAsync(db => db.Checks.CountAsync()) + await office.LookAsync(db => db.Feedbacks.CountAsync()));
        Assert.Equal(0, (await office.LookAsync(db => db.Matters.SingleAsync())).Checks);

        // Penalties: kinds, amounts and the permit have to fit (行政处罚法 第九条).
        await office.Given.CheckAsync(m, c => c with { Result = CheckResult.NotConforming, Treatment = Treatment.HandOver, HandTo = m.City.Id, Note = "超范围经营" });
        var enforcement = await office.LookAsync(db => db.Enforcements.Select(e => e.Id).SingleAsync());
        client = office.Client(m.Enforcer);
        page = $"/supervision/enforcements/{enforcement}/penalty";
        (string, string)[] good = [("Number", "罚〔2026〕1号"), ("Basis", "第一条"), ("Kinds", "Warning")];
        await SaysAsync(page, "record-penalty", "", "还没有认领", good);
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsync($"/api/v1/supervision/enforcements/{enforcement}/claim", null, Office.Stop)).StatusCode);
        await SaysAsync(page, "record-penalty", "Kinds", "请选择处罚种类", [.. good[..2]]);
        await SaysAsync(page, "record-penalty", "Fine", "请填写罚款金额", [.. good, ("Kinds", "Fine")]);
        await SaysAsync(page, "record-penalty", "Fine", "也要选“罚款”", [.. good, ("Fine", "100")]);
        await SaysAsync(page, "record-penalty", "Fine", "罚款应是数字", [.. good, ("Kinds", "Fine"), ("Fine", "一百")]);
        await SaysAsync(page, "record-penalty", "Fine", "不超过两位小数", [.. good, ("Kinds", "Fine"), ("Fine", "1.005")]);
        await SaysAsync(page, "record-penalty", "Permit", "请选择本单位监管的", [.. good, ("Kinds", "RevokePermit"), ("Permit", Guid.Empty.ToString())]);
        await SaysAsync(page, "record-penalty", "DecidedOn", "不能早于检查日期", [.. good, ("DecidedOn", "2026-03-01")]);
        await SaysAsync($"/supervision/enforcements/{enforcement}/close", "close-enforcement", "Manner", "还没有登记处罚决定", ("Manner", "Executed"));
        await SaysAsync($"/supervision/enforcements/{enforcement}/close", "close-enforcement", "Note", "请写明理由", ("Manner", "Unfounded"));
        Assert.Equal(HttpStatusCode.Redirect, (await client.SendFilledAsync(page, "record-penalty", good)).StatusCode);
        await SaysAsync(page, "record-penalty", "Number", "已经登记过", good);
        await SaysAsync($"/supervision/enforcements/{enforcement}/close", "close-enforcement", "Manner", "不能以不予处罚", ("Manner", "NoPenalty"), ("Note", "情节轻微"));
        Assert.Equal(1, await office.LookAsync(db => db.Penalties.CountAsync()));
        Assert.Equal(1, (await office.LookAsync(db => db.Matters.AsNoTracking().SingleAsync())).Penalties);

        // Feedback of the bureau.
        client = office.Client(m.Approver);
        var feedback = await office.LookAsync(db => db.Feedbacks.Where(f => f.Kind == FeedbackKind.Penalty).Select(f => f.Id).SingleAsync());
        await SaysAsync($"/feedback/{feedback}", "acknowledge", "Reason", "请写明影响审批的理由", ("Effect", "Stricter"));
        await SaysAsync($"/feedback/{feedback}", "acknowledge", "Until", "截止日期不能早于今天", ("Effect", "Suspended"), ("Reason", "处罚"), ("Until", "2026-03-01"));
        await SaysAsync($"/feedback/{feedback}", "acknowledge", "Until", "可以写截止日期", ("Effect", "None"), ("Until", "2026-04-01"));

        async Task SaysAsync(string address, string form, string field, string sentence, params (string, string)[] changed)
        {
            var answer = await client.SendFilledAsync(address, form, changed);
            var shown = await answer.Content.ReadAsStringAsync(Office.Stop);
            Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Conflict, $"{sentence}: {(int)answer.StatusCode}");
            Assert.Contains(sentence, shown, StringComparison.Ordinal);
            if (field.Length > 0) Assert.Matches($"(?s)id=\"f-{field}-error\".{{0,400}}{System.Text.RegularExpressions.Regex.Escape(sentence)}", shown);
        }
    }

    [Theory, EveryDatabase]
    public async Task Lines_sent_by_a_department_system_are_taken_once_and_each_bad_one_says_why(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var m = await office.Given.SupervisedMatterAsync();
        var unclaimed = await office.Given.PushDeliveredAsync(m.Market, m.Item);
        var strange = await office.Given.ClaimedAsync(m.City);
        var client = office.Client(m.Supervisor);
        var officers = new object[] { new { name = "张志远", certificate = "鲁A01001" }, new { name = "李敏", certificate = "鲁A01002" } };
        string[] lines =
        [
            Line(new { sourceNumber = "J-1", pushNumber = m.Push.Number, on = "2026-03-02", officers, result = "conforming", treatment = "passed" }),
            Line(new { sourceNumber = "J-2", caseNumber = m.Push.CaseNumber, on = "2026-03-02", officers, result = "notConforming", treatment = "rectify", rectifyBy = "2026-03-20", requirement = "整改" }),
            "",
            "{ 不是 JSON",
            Line(new { sourceNumber = "J-3", push = unclaimed.Id, on = "2026-03-02", officers, result = "conforming", treatment = "passed" }),
            Line(new { sourceNumber = "J-4", push = strange.Id, on = "2026-03-02", officers, result = "conforming", treatment = "passed" }),
            Line(new { sourceNumber = "J-5", push = m.Push.Id, on = "2026-03-09", officers, result = "conforming", treatment = "passed" }),
            Line(new { sourceNumber = "J-6", push = m.Push.Id, on = "2026-03-02", officers = new object?[] { null }, result = "conforming", treatment = "passed" }),
            Line(new { sourceNumber = "J-1", pushNumber = m.Push.Number, on = "2026-03-02", officers, result = "conforming", treatment = "passed" }),
        ];

        var first = await SendAsync();
        var again = await SendAsync();

        Assert.Equal([(1, "recorded", null), (2, "recorded", null), (4, "refused", "line.malformed"), (5, "refused", "supervision.not-claimed"), (6, "refused", "not-found"), (7, "refused", "input.invalid"),
            (8, "refused", "line.malformed"), (9, "alreadyThere", null)], first.Select(r => (r.Line, r.Outcome, r.Code)));
        Assert.Contains("检查日期不能晚于今天", first[5].Message, StringComparison.Ordinal);
        Assert.Contains("officers[0]", first[6].Message, StringComparison.Ordinal);
        Assert.Equal(["alreadyThere", "alreadyThere"], again.Take(2).Select(r => r.Outcome));
        Assert.Equal(first[0].Check, again[0].Check);
        Assert.Equal(2, await office.LookAsync(db => db.Checks.CountAsync()));
        Assert.Equal(1, (await office.LookAsync(db => db.Matters.AsNoTracking().SingleAsync(x => x.Id == m.Push.Id))).OpenRectifications);
        Assert.Equal(HttpStatusCode.Forbidden, (await office.Client(m.Approver).PostAsync("/api/v1/supervision/checks/bulk", new StringContent("", Encoding.UTF8, "application/x-ndjson"), Office.Stop)).StatusCode);

        async Task<List<Result>> SendAsync()
        {
            var answer = await client.PostAsync("/api/v1/supervision/checks/bulk", new StringContent(string.Join('\n', lines), Encoding.UTF8, "application/x-ndjson"), Office.Stop);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var text = await answer.Content.ReadAsStringAsync(Office.Stop);
            return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonSerializer.Deserialize<Result>(l, JsonSerializerOptions.Web)!)];
        }

        static string Line(object line) => JsonSerializer.Serialize(line, JsonSerializerOptions.Web);
    }

    private sealed record Result(int Line, string Outcome, string? SourceNumber, Guid? Check, string? Code, string? Message);

    /// <summary>Twelve hands record a check of the same matter at once: each that succeeds has a number of its own, and its own report.</summary>
    [Theory, EveryDatabase]
    public async Task Checks_recorded_at_once_are_numbered_without_gaps_or_doubles(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var m = await office.Given.SupervisedMatterAsync();
        var body = new { on = "2026-03-02", officers = m.TwoOfficers.Select(o => new { person = o.Person }), result = "conforming", treatment = "passed" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => office.Client(m.Supervisor).PostAsJsonAsync($"/api/v1/supervision/matters/{m.Push.Id}/checks", body, Office.Stop)));

        var done = answers.Count(a => a.StatusCode == HttpStatusCode.OK);
        Assert.True(done >= 1);
        Assert.Equal(12 - done, answers.Count(a => a.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal(Enumerable.Range(1, done), await office.LookAsync(db => db.Checks.OrderBy(c => c.Nth).Select(c => c.Nth).ToListAsync()));
        Assert.Equal(done, await office.LookAsync(db => db.Feedbacks.Select(f => f.Number).Distinct().CountAsync()));
        Assert.Equal(done, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "supervision.checked")));
    }

    [Theory, EveryDatabase]
    public async Task Lists_page_by_key_without_gaps_or_doubles_in_every_view(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var m = await office.Given.SupervisedMatterAsync();
        var pushes = new List<Push> { m.Push };
        for (var i = 0; i < 6; i++) pushes.Add(await office.Given.ClaimedAsync(m.Market, m.Item));
        foreach (var (push, n) in pushes.Take(5).Select((p, i) => (p, i)))
            await office.Given.CheckAsync(m, c => c with { Push = push.Id, Result = CheckResult.NotConforming, Treatment = Treatment.Rectify, RectifyBy = new DateOnly(2026, 3, 20 - n % 2), Requirement = "整改" });
        var client = office.Client(m.Supervisor);

        Assert.Equal(pushes.Select(p => p.Id).Reverse(), await AllAsync("all"));
        Assert.Equal(pushes.Skip(5).Select(p => p.Id).Reverse(), await AllAsync("toCheck"));
        Assert.Equal(pushes.Take(5).OrderBy(p => pushes.IndexOf(p) % 2 == 1 ? 0 : 1).ThenBy(p => p.Id).Select(p => p.Id), await AllAsync("rectifying"));
        Assert.Single((await client.GetFromJsonAsync<Listed>($"/api/v1/supervision/matters?q={Uri.EscapeDataString(pushes[3].PartyName)}", Office.Stop))!.Items);

        var approver = office.Client(m.Approver);
        var reported = new List<Guid>();
        for (string? after = ""; after is not null;)
        {
            var page = (await approver.GetFromJsonAsync<Reported>($"/api/v1/feedback?limit=2{(after.Length > 0 ? "&after=" + after : "")}", Office.Stop))!;
            reported.AddRange(page.Items.Select(i => i.Id));
            after = page.Next;
        }
        Assert.Equal(await office.LookAsync(db => db.Feedbacks.OrderBy(f => f.Id).Select(f => f.Id).ToListAsync()), reported);

        async Task<List<Guid>> AllAsync(string view)
        {
            var found = new List<Guid>();
            for (string? after = ""; after is not null;)
            {
                var page = (await client.GetFromJsonAsync<Listed>($"/api/v1/supervision/matters?view={view}&limit=2{(after.Length > 0 ? "&after=" + after : "")}", Office.Stop))!;
                Assert.True(page.Items.Count <= 2);
                found.AddRange(page.Items.Select(i => i.Push));
                after = page.Next;
            }
            return found;
        }
    }

    private sealed record Listed(IReadOnlyList<ListedRow> Items, string? Next);

    private sealed record ListedRow(Guid Push, string PartyName);

    private sealed record Reported(IReadOnlyList<ReportedRow> Items, string? Next);

    private sealed record ReportedRow(Guid Id);
}
