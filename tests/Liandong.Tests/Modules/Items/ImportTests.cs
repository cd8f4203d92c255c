using System.Net;
using System.Net.Http.Json;
using System.Text;
using Liandong.Accounts;
using Liandong.Modules.Directory;
using Liandong.Modules.Items;
using Liandong.Sheets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Liandong.Tests.Modules.Items;

/// <summary>Tables of items and of the register: previewed, confirmed, and harmless when sent twice.</summary>
public sealed class ImportTests
{
    [Theory, EveryDatabase]
    public async Task The_published_list_of_a_district_is_taken_over_whole_and_a_second_time_changes_nothing(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var housing = await office.Given.OrganAsync("区住建局");
        var sheet = Sheet.Read(PublishedList(), "guangan-511602.csv");
        var options = new ImportItems.Options("广安市前锋区事项清单", StandIn: true, From: new(2019, 3, 1));

        var first = await office.ActAsync(s => s.GetRequiredService<ImportItems>().RunAsync(sheet, "digest", options, Office.Stop));
        var second = await office.ActAsync(s => s.GetRequiredService<ImportItems>().RunAsync(sheet, "digest", options, Office.Stop));

        Assert.Equal((1135, 0, 0, 0), (first.Added, first.Changed, first.Unchanged, first.Refused));
        Assert.Equal((0, 0, 1135, 0), (second.Added, second.Changed, second.Unchanged, second.Refused));
        var items = await office.LookAsync(db => db.Items.AsNoTracking().ToListAsync());
        Assert.Equal(1135, items.Count);
        Assert.Equal(1135, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "item.added")));
        Assert.Equal(1, await office.LookAsync(db => db.LedgerEntries.CountAsync(e => e.Act == "items.imported")));
        // Kept and flagged, never dropped: most body codes of that list are not standard.
        Assert.All(items, i => Assert.NotEqual("", i.BodyCode));
        Assert.Equal(344, items.Count(i => i.BodyName == "区行政审批局" && i.BodyCodeFlag.Contains("组织机构代码", StringComparison.Ordinal)));
        Assert.Equal(871, items.Count(i => i.BodyCodeFlag.Length > 0));
        Assert.All(items.Where(i => i.BodyName == "区住建局"), i => Assert.Equal(housing.Id, i.FormerOrgan));
        Assert.All(items, i => Assert.Equal(("广安市前锋区事项清单", new DateOnly(2019, 3, 1)), (i.StandInFor, i.From)));
        Assert.Equal(536, items.Count(i => i.Type == ItemType.Permit));
        Assert.Contains(items, i => i.Code == "511A0149300000-511602000000-000-115113016823646795-1-00" && i.CodeScheme == CodeSchemes.Sichuan && i.Initials.Length > 0);
    }

    [Theory, EveryDatabase]
    public async Task A_table_is_previewed_with_line_column_and_reason_and_only_counts_when_confirmed(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var bureau = await office.Given.OrganAsync("区审批局", OrganKind.Bureau);
        var client = office.Client(await office.Given.MemberAsync(bureau, Roles.ItemManager), follow: true);
        var existing = await office.Given.ItemAsync("燃气经营许可", "RQ-1", i => i with { PromisedDays = 10 });
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var table = "事项编码,事项名称,事项类型,法定办结时限(工作日),承诺办结时限(工作日),勘验分类\r\n"
            + "RQ-1,燃气经营许可,行政许可,20,5,会同部门勘验\r\n"
            + "JZ-2,建筑垃圾处置核准,行政许可,二十,5,\r\n"
            + ",没有编码的事项,,,,\r\n"
            + "SP-4,食品经营许可,01,20,30,\r\n"
            + "SP-5,小餐饮登记,其他行政权力,,,审批局自行勘验\r\n"
            + "SP-5,小餐饮登记(重复),其他行政权力,,,\r\n"
            + "3.70102E+17,长编码被改的事项,,,,\r\n";

        var preview = await UploadAsync(client, "/items/import", "upload-items", Encoding.GetEncoding("GB18030").GetBytes(table), "事项.csv", ("Source", "历下区清单"), ("From", "2026-03-02"));

        var page = await preview.Content.ReadAsStringAsync(Office.Stop);
        var address = preview.RequestMessage!.RequestUri!.AbsolutePath;
        Assert.StartsWith("/items/import/", address, StringComparison.Ordinal);
        foreach (var said in new[] { "第3行", "法定办结时限(工作日)", "“二十”不是整数", "没有事项编码", "承诺办结时限不能长于法定办结时限", "与第6行的编码相同", "科学计数", "承诺办结时限、勘验分类" })
            Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.Equal(1, await office.LookAsync(db => db.Items.CountAsync()));

        // The rows that were refused come back with their reasons.
        var refused = Sheet.Read(await client.GetByteArrayAsync(address + "/refused.xlsx", Office.Stop), "refused.xlsx");
        Assert.Equal(["3", "4", "5", "7", "8"], refused.Rows.Select(r => refused.Cell(r, "原行号")));

        var done = await (await client.FormAsync(address, "confirm-items")).SendAsync();
        Assert.Contains("已导入", await done.Content.ReadAsStringAsync(Office.Stop), StringComparison.Ordinal);
        var items = await office.LookAsync(db => db.Items.AsNoTracking().OrderBy(i => i.Code).ToListAsync());
        Assert.Equal(["RQ-1", "SP-5"], items.Select(i => i.Code));
        Assert.Equal((existing.Id, 5, InspectionClass.WithDepartment), (items[0].Id, items[0].PromisedDays, items[0].InspectionClassOn(new(2026, 3, 2))));
        Assert.Contains("没有要改的", await client.PageAsync(address), StringComparison.Ordinal);
    }

    /// <summary>Said at the field, on the form that was sent: nobody stands before a page of errors and has to find the way back.</summary>
    [Theory, EveryDatabase]
    public async Task A_table_of_something_else_is_refused_at_the_form(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var bureau = await office.Given.OrganAsync("区审批局", OrganKind.Bureau);
        var (items, cases) = (office.Client(await office.Given.MemberAsync(bureau, Roles.ItemManager)), office.Client(await office.Given.MemberAsync(bureau, Roles.Approver)));
        foreach (var (client, page, name, column) in new[] { (items, "/items/import", "upload-items", "事项编码"), (items, "/register/import", "upload-register", "事项编码"), (cases, "/cases/import", "upload-cases", "办件编号") })
        {
            var wrong = await UploadAsync(client, page, name, "姓名,电话\n张三,1\n"u8.ToArray(), "a.csv", ("Source", "清单"), ("From", "2026-03-02"));
            Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
            Assert.Matches($"id=\"f-File-error\"[^>]*>.*没有“{column}”列。表头有:姓名、电话。", WebUtility.HtmlDecode(await wrong.Content.ReadAsStringAsync(Office.Stop)));
        }
        Assert.Equal(0, await office.LookAsync(db => db.UploadedSheets.CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task An_upload_is_seen_by_its_sender_alone_and_a_department_may_not_import(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var bureau = await office.Given.OrganAsync("区审批局", OrganKind.Bureau);
        var sender = office.Client(await office.Given.MemberAsync(bureau, Roles.ItemManager), follow: true);
        var answer = await UploadAsync(sender, "/items/import", "upload-items", "事项编码,事项名称\nA-1,甲\n"u8.ToArray(), "a.csv", ("Source", "清单"));
        var address = answer.RequestMessage!.RequestUri!.AbsolutePath;

        Assert.Equal(HttpStatusCode.NotFound, (await office.Client(await office.Given.MemberAsync(bureau, Roles.ItemManager)).GetAsync(address, Office.Stop)).StatusCode);
        var officer = office.Client(await office.Given.MemberAsync(await office.Given.OrganAsync("区住建局"), Roles.LiaisonOfficer));
        foreach (var closed in new[] { address, "/items/import", "/register/import", "/items/new", "/register/new", "/register/change", "/register/simulate", address + "/refused.xlsx" })
            Assert.Equal(HttpStatusCode.Forbidden, (await officer.GetAsync(closed, Office.Stop)).StatusCode is HttpStatusCode.NotFound ? HttpStatusCode.Forbidden : (await officer.GetAsync(closed, Office.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.PostAsync("/api/v1/items/import?source=x&fileName=a.csv", new ByteArrayContent("事项编码,事项名称\nB,乙\n"u8.ToArray()), Office.Stop)).StatusCode);
        Assert.Equal(0, await office.LookAsync(db => db.Items.CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task A_register_table_replaces_main_organs_from_their_day_and_is_one_version(Database database)
    {
        await using var office = await Office.OpenAsync(database);
        var (housing, city) = (await office.Given.OrganAsync("区住建局"), await office.Given.OrganAsync("区城管局"));
        var (waste, gas) = (await office.Given.ItemAsync("建筑垃圾处置核准", "JZ-2"), await office.Given.ItemAsync("燃气经营许可", "RQ-1"));
        await office.Given.ResponsibilityAsync(waste, housing, from: new(2019, 3, 1));
        var table = Encoding.UTF8.GetBytes("事项编码,区划,监管单位,责任,科室,起始日,来源依据\n"
            + "JZ-2,历下区,区城管局,主监管,环卫科,2026-03-01,历政办字〔2026〕8号\n"
            + "JZ-2,,区住建局,协助,,2026-03-01,\n"
            + "RQ-1,,区住建局,,,,\n"
            + "RQ-1,,区燃气局,,,,\n"
            + "RQ-1,,区城管局,主监管,,2026-03-01,\n"
            + "XX-9,,区城管局,,,,\n");
        var client = office.Client(await office.Given.MemberAsync(await office.Given.OrganAsync("区审批局", OrganKind.Bureau), Roles.ItemManager));
        async Task<ImportOutcome> SendAsync(bool dryRun)
        {
            var answer = await client.PostAsync($"/api/v1/register/import?source=责任备忘录&fileName=r.csv&from=2026-03-01&dryRun={(dryRun ? "true" : "false")}", new ByteArrayContent(table), Office.Stop);
            return (await answer.Content.ReadFromJsonAsync<ImportOutcome>(Liandong.Data.Ledger.BodyFormat, Office.Stop))!;
        }

        var preview = await SendAsync(dryRun: true);
        Assert.Equal(1, await office.LookAsync(db => db.Responsibilities.CountAsync()));
        var first = await SendAsync(dryRun: false);
        var second = await SendAsync(dryRun: false);

        Assert.Equal(preview.Rows, first.Rows);
        Assert.Equal([ImportEffect.Changed, ImportEffect.Added, ImportEffect.Added, ImportEffect.Refused, ImportEffect.Refused, ImportEffect.Refused], first.Rows.Select(r => r.Effect));
        Assert.Contains(first.Remarks, r => r is { Line: 2, Column: "科室", Stops: false });
        Assert.Contains(first.Remarks, r => r.Line == 6 && r.Reason.Contains("已由区住建局主监管", StringComparison.Ordinal));
        Assert.Equal([ImportEffect.Unchanged, ImportEffect.Unchanged, ImportEffect.Unchanged], second.Rows.Take(3).Select(r => r.Effect));
        Assert.Equal([1, 2], await office.LookAsync(db => db.RegisterRevisions.Select(r => r.Number).Order().ToListAsync()));
        var register = await office.ActAsync(async s => await s.GetRequiredService<RegisterBook>().CurrentAsync(Office.Stop));
        Assert.Equal(housing.Id, Routing.Route(register, waste.Id, "370102", new(2026, 2, 28)).Main?.Organ);
        Assert.Equal([city.Id, housing.Id], Routing.Route(register, waste.Id, "370102", new(2026, 3, 1)).Organs.Select(o => o.Organ));
        Assert.Equal(housing.Id, Routing.Route(register, gas.Id, "370102", new(2026, 3, 1)).Main?.Organ);
    }

    internal static byte[] PublishedList()
    {
        using var stream = typeof(LiandongHost).Assembly.GetManifestResourceStream("sample/guangan-511602.csv")!;
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>Sends a form with a file as a browser does.</summary>
    internal static async Task<HttpResponseMessage> UploadAsync(HttpClient client, string address, string form, byte[] file, string fileName, params (string Name, string Value)[] fields)
    {
        using var body = new MultipartFormDataContent();
        foreach (var (name, value) in (await client.FormAsync(address, form, fields)).Fields) body.Add(new StringContent(value), name);
        body.Add(new ByteArrayContent(file), "File", fileName);
        return await client.PostAsync(address, body, Office.Stop);
    }
}
