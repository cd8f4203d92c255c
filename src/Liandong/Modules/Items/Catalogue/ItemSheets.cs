using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Sheets;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Items;

/// <summary>导出: lists of items and of the register as files that say who took them out and when; every export is on the ledger.</summary>
public sealed class ExportItems(AppDb db, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(string List, int Rows) : IAct { static string IAct.Name => "items.exported"; }

    public async Task<byte[]> ItemsAsync(ItemFilter filter, CancellationToken ct)
    {
        actor.Demand(Rights.ExportDownload);
        var items = await ItemQueries.AllAsync(db, actor, filter, clock.Today, ct);
        var today = clock.Today;
        return await OutAsync("事项目录清单", new Workbook.Page("事项", ItemSheets.Headings, items.Select(i => ItemSheets.Line(i, today))), items.Count, ct);
    }

    public async Task<byte[]> RegisterAsync(RegisterFilter filter, CancellationToken ct)
    {
        actor.Demand(Rights.ExportDownload);
        var rows = await RegisterQueries.AllAsync(db, actor, filter, ct);
        return await OutAsync("责任清单", new Workbook.Page("责任清单", RegisterSheets.Headings, rows.Select(RegisterSheets.Line)), rows.Count, ct);
    }

    public async Task<byte[]> PeopleAsync(DateOnly on, Guid? organ, string text, CancellationToken ct)
    {
        actor.Demand(Rights.ExportDownload);
        var rows = await RegisterQueries.PeopleAsync(db, actor, on, organ, text, ct);
        return await OutAsync("协同人员库", new Workbook.Page("协同人员", ["单位", "科室", "姓名", "角色", "职务", "电话", "负责事项数"],
            rows.Select(r => new object?[] { r.Organ, r.Section, r.Name, r.Role, r.Title, r.Phone, r.Items })), rows.Count, ct);
    }

    /// <summary>Closes a file with the page of its origin and puts the export on the ledger.</summary>
    internal async Task<byte[]> OutAsync(string list, Workbook.Page page, int rows, CancellationToken ct)
    {
        var file = Workbook.Write(page, Workbook.Origin(list, actor.Name, actor.OrganName, clock.Now, rows));
        await ledger.RecordAsync(new Act(list, rows), new Subject("export", clock.NewId(), "", $"导出{list}"), null, ct);
        return file;
    }
}

/// <summary>The item list as a table: the same columns out and in, so that an export can be corrected and imported again.</summary>
public static class ItemSheets
{
    public static IReadOnlyList<string> Headings { get; } =
    [
        "事项编码*", "编码规则", "事项名称*", "主项名称", "事项类型", "实施主体", "实施主体代码", "设定依据", "办件类型", "法定办结时限(工作日)", "承诺办结时限(工作日)", "特别程序", "结果名称", "结果类型", "有效期(月)",
        "服务对象", "勘验分类", "年检年审年报", "认领时限(工作日)", "是否收费", "收费依据", "中介服务", "申报材料", "受理条件", "启用日期", "停用日期",
    ];

    public static IReadOnlyList<object?> Line(Item i, DateOnly today) =>
    [
        i.Code, i.CodeScheme, i.Name, i.MainItem, ItemWords.Of(i.Type), i.BodyName, i.BodyCode, i.LegalBasis, ItemWords.Of(i.Handling), i.StatutoryDays, i.PromisedDays, i.SpecialProcedure, i.ResultName, i.ResultKind,
        i.ValidityMonths, i.ServedParties, ItemWords.Of(i.InspectionClassOn(today)), i.AnnualReport ? "是" : "否", i.ClaimDays, i.Charges ? "是" : "否", i.FeeBasis, i.IntermediaryService, ItemView.Lines(i.Materials),
        string.Join('\n', i.Conditions), i.From, i.To,
    ];

    /// <summary>An empty table with one example and the meaning of its columns.</summary>
    public static byte[] Template() => Workbook.Write(
        new Workbook.Page("事项", Headings, [["370102000000000001", "本地", "建筑垃圾处置核准(示例,导入前删除)", "", "行政许可", "区城管局", "", "《城市建筑垃圾管理规定》第七条", "承诺件", 20, 5, "", "建筑垃圾处置证", "证照", 12,
            "法人;其他组织", "会同部门勘验", "否", 3, "否", "", "", "营业执照|必要|复印件|数据共享\n运输合同|必要|原件|申请人自备", "有合法的处置场所", new DateOnly(2019, 3, 1), null]]),
        new Workbook.Page("填写说明", ["列", "怎么填"],
        [
            ["事项编码", "必填,按来源清单原样填写。请先把整列设为文本,免得长编码被改成科学计数。已有的编码按本表修改,没有的新登记。"], ["编码规则", "GB/T 39554 实施编码、四川、本地等;不填按样式推定。"],
            ["事项类型", "行政许可、行政确认、公共服务等,或者 01—10、20。"], ["实施主体代码", "18位统一社会信用代码;不标准的照录并标记。"], ["法定办结时限", "整数,工作日。"], ["有效期", "整数,月;长期有效不填。"],
            ["勘验分类", "不需要勘验、审批局自行勘验、会同部门勘验、专家论证。"], ["申报材料", "一行一份:名称|必要或非必要|形式|来源;同一格内换行,或用分号隔开。"], ["受理条件", "一行一条。"],
            ["启用日期", "年-月-日;不填按导入时填写的日期。已登记的事项不改。"], ["空格", "已有事项的某格留空,表示不改。"], ["停用日期", "只供查看,停用要在事项页办理。"],
        ]));

    /// <summary>The rows that were refused, as they came, with line, column and reason: back to the sender.</summary>
    public static byte[] Refused(Sheet sheet, IReadOnlyList<RowRemark> remarks)
    {
        var reasons = remarks.Where(r => r.Stops).GroupBy(r => r.Line).ToDictionary(g => g.Key, g => string.Join(" ", g.Select(r => r.Column.Length > 0 ? $"{r.Column}:{r.Reason}" : r.Reason)));
        return Workbook.Write(new Workbook.Page("退回的行", ["原行号", "退回原因", .. sheet.Headings],
            sheet.Rows.Where(r => reasons.ContainsKey(r.Line)).Select(r => new object?[] { r.Line, reasons[r.Line] }.Concat(r.Cells).ToList())));
    }
}
