using System.Globalization;
using Liandong.Data;
using Liandong.Kernel.Parties;
using Liandong.Modules.Directory;
using Liandong.Shared;
using Liandong.Sheets;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Items;

/// <summary>The register as a table: the same columns out and in, for import and for a draft that is simulated.</summary>
public static class RegisterSheets
{
    internal static readonly string[] Item = ["事项编码", "item_code"];
    internal static readonly string[] Place = ["区划"];
    internal static readonly string[] Body = ["监管单位", "organ"];
    internal static readonly string[] Kind = ["责任", "责任类型"];
    internal static readonly string[] Section = ["科室"];
    internal static readonly string[] Person = ["责任人"];
    internal static readonly string[] ClaimDays = ["认领时限"];
    internal static readonly string[] From = ["起始日"];
    internal static readonly string[] To = ["终止日"];
    internal static readonly string[] Source = ["来源依据"];

    public static IReadOnlyList<string> Headings { get; } = ["事项编码*", "事项名称", "区划", "监管单位*", "责任", "科室", "责任人", "联系电话", "认领时限(工作日)", "起始日", "终止日", "来源依据", "清单版本"];

    public static IReadOnlyList<object?> Line(RegisterRow r) =>
        [r.ItemCode, r.ItemName, r.Division, r.OrganName, ItemWords.Of(r.Kind), r.Section, r.Person, r.Phone, r.ClaimDays, r.From, r.To, r.Source, r.RegisterVersion];

    public static byte[] Template() => Workbook.Write(
        new Workbook.Page("责任清单", Headings.Take(12).ToList(), [["370102000000000001", "建筑垃圾处置核准(示例,导入前删除)", "370102", "区城管局", "主监管", "环卫科", "", "", 3, new DateOnly(2019, 3, 1), null, "责任备忘录"]]),
        new Workbook.Page("填写说明", ["列", "怎么填"],
        [
            ["事项编码", "必填,事项目录清单里的编码;整列请设为文本。"], ["区划", "6位区划代码或9位街道代码,也可以写名称;不填是全区。"], ["监管单位", "必填,机构名录里的全称或简称。"],
            ["责任", "主监管 或 协助监管;不填是主监管。同一事项同一区划同一天只能有一个主监管单位。"], ["科室、责任人", "要在该单位名下已登记;没有的照导入,这两项留空并提示。"],
            ["起始日", "年-月-日;不填按导入时填写的日期。换了主监管单位的,原责任自动到前一天为止。"], ["终止日", "只在责任确定终止时填写;填在已有的一行上,就是结束那一行。"], ["再次导入", "已有的行不变,导入几次结果都一样。"],
        ]));
}

/// <summary>Reads tables of wishes for the register: what each row names, or why it cannot be read.</summary>
public sealed class RegisterSheetReader(AppDb db)
{
    /// <param name="Edits">Rows that could be read, in order.</param>
    public sealed record Reading(IReadOnlyList<RegisterEdit> Edits, IReadOnlyList<RowRemark> Remarks, IReadOnlyDictionary<int, (string Code, string Name)> Named);

    /// <exception cref="InvalidInput">A column is missing; said at the field File.</exception>
    public static void CheckColumns(Sheet sheet)
    {
        sheet.Demand(RegisterSheets.Item);
        if (!sheet.Has(RegisterSheets.Body)) throw new InvalidInput("File", "没有“监管单位”列。");
    }

    /// <param name="from">First day of rows that name none.</param>
    /// <param name="source">Source of rows that name none.</param>
    public async Task<Reading> ReadAsync(Sheet sheet, DateOnly from, string source, CancellationToken ct)
    {
        CheckColumns(sheet);
        var items = (await db.Items.AsNoTracking().Select(i => new { i.Id, i.Code, i.Name }).ToListAsync(ct)).ToDictionary(i => i.Code);
        var organs = await db.Organs.AsNoTracking().ToListAsync(ct);
        var byName = organs.OrderBy(o => o.To is null ? 0 : 1).SelectMany(o => new[] { o.Name, o.ShortName, o.CreditCode }.Select(name => (Name: name, Organ: o))).Where(p => p.Name.Length > 0).DistinctBy(p => p.Name)
            .ToDictionary(p => p.Name, p => p.Organ);
        var sections = (await db.Sections.AsNoTracking().ToListAsync(ct)).ToLookup(s => (s.Organ, s.Name), s => s.Id);
        var people = (await (from post in db.Posts.AsNoTracking() join p in db.People on post.Person equals p.Id select new { post.Organ, p.Name, p.Id }).Distinct().ToListAsync(ct)).ToLookup(p => (p.Organ, p.Name), p => p.Id);
        var places = Divisions.Streets(db.District).ToDictionary(s => s.Name, s => s.Code);
        places[Divisions.NameOf(db.District)] = db.District;

        var (edits, remarks, named) = (new List<RegisterEdit>(), new List<RowRemark>(), new Dictionary<int, (string, string)>());
        foreach (var row in sheet.Rows)
        {
            var wrong = false;
            void Refuse(string[] column, string reason) => (wrong, _) = (true, Add(column, reason, true));
            bool Add(string[] column, string reason, bool stops) { remarks.Add(new RowRemark(row.Line, sheet.HeadingOf(column), reason, stops)); return stops; }
            string Cell(string[] column) => sheet.Cell(row, column);

            var code = Cell(RegisterSheets.Item);
            var item = items.GetValueOrDefault(code);
            named[row.Line] = (code, item?.Name ?? sheet.Cell(row, "事项名称"));
            if (code.Length == 0) Refuse(RegisterSheets.Item, "没有事项编码。");
            else if (item is null) Refuse(RegisterSheets.Item, $"事项目录清单中没有编码为{code}的事项。");

            var body = byName.GetValueOrDefault(Cell(RegisterSheets.Body));
            if (body is null) Refuse(RegisterSheets.Body, Cell(RegisterSheets.Body).Length == 0 ? "没有监管单位。" : $"机构名录中没有“{Cell(RegisterSheets.Body)}”。");

            var kind = Cell(RegisterSheets.Kind).Length == 0 ? ResponsibilityKind.Main : ItemWords.KindOf(Cell(RegisterSheets.Kind));
            if (kind is null) Refuse(RegisterSheets.Kind, $"“{Cell(RegisterSheets.Kind)}”不认识,应写 主监管 或 协助监管。");

            var place = Cell(RegisterSheets.Place);
            place = place.Length == 0 ? db.District : places.GetValueOrDefault(place, place);
            place = Responsibility.DivisionOf(place);
            if (Divisions.Check(place) is { Standing: CodeStanding.Invalid } unknown) Refuse(RegisterSheets.Place, unknown.Why + "。");
            else if (db.District.Length == 6 && !place.StartsWith(db.District, StringComparison.Ordinal) && !db.District.StartsWith(place.TrimEnd('0'), StringComparison.Ordinal)) Refuse(RegisterSheets.Place, $"区划{place}不在{Divisions.NameOf(db.District)}之内。");

            DateOnly? Day(string[] column)
            {
                var text = Cell(column);
                if (text.Length == 0) return null;
                if (SheetDays.TryRead(text, out var day)) return day;
                Refuse(column, $"“{text}”应写成年-月-日,例如 2026-11-23。");
                return null;
            }

            var (begin, end) = (Day(RegisterSheets.From) ?? from, Day(RegisterSheets.To));
            if (end < begin) Refuse(RegisterSheets.To, "终止日早于起始日。");
            if (body is not null && (body.From > begin || body.To < begin)) Refuse(RegisterSheets.Body, $"{body.ShortName}在{begin:yyyy-MM-dd}不存在。");

            int? days = null;
            if (Cell(RegisterSheets.ClaimDays) is { Length: > 0 } text)
            {
                if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var n) && n is >= 1 and <= 60) days = n;
                else Refuse(RegisterSheets.ClaimDays, $"“{text}”应是1到60的整数。");
            }

            Guid? Find(string[] column, ILookup<(Guid, string), Guid> known, string what)
            {
                if (Cell(column) is not { Length: > 0 } name || body is null) return null;
                var found = known[(body.Id, name)].Distinct().ToList();
                if (found.Count == 1) return found[0];
                Add(column, found.Count == 0 ? $"{body.ShortName}名下没有{what}“{name}”,这一项留空。" : $"{body.ShortName}有{found.Count}个同名的{what}“{name}”,这一项留空。", false);
                return null;
            }

            var (section, person) = (Find(RegisterSheets.Section, sections, "科室"), Find(RegisterSheets.Person, people, "人员"));
            if (!wrong) edits.Add(new RegisterEdit(row.Line, item!.Id, place, kind!.Value, body!.Id, section, person, days, begin, end, Cell(RegisterSheets.Source) is { Length: > 0 } own ? own : source));
        }
        return new Reading(edits, remarks, named);
    }
}
