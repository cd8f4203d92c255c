using Liandong.Kernel.Calendar;
using Liandong.Sheets;

namespace Liandong.Modules.Cases;

/// <summary>The columns of a table of cases, with what their cells may hold; the template and the reader share them.</summary>
public static class CaseColumns
{
    private sealed record Column(string Heading, string Field, string Hint, params string[] Others);

    private static readonly Column[] All =
    [
        new("办件编号", "number", "必填,本区内唯一;再次导入同一编号,内容相同的不变,多出的进展会续上", "受理编号", "业务编号", "办件号"),
        new("事项编码", "item", "必填,须在事项清单中", "实施编码", "事项实施编码"),
        new("申请种类", "kind", "新办、变更、延续、注销、补证;不填为新办", "申请类型"),
        new("相对人类别", "party.kind", "企业、个体工商户、机关事业单位、社会组织、其他组织、自然人;不填按代码判断", "行政相对人类别"),
        new("相对人名称", "party.name", "必填", "行政相对人名称", "申请人", "申请人名称"),
        new("统一社会信用代码", "party.code", "单位填写", "信用代码", "社会信用代码"),
        new("身份号码", "party.idNumber", "自然人填写;加密保存", "身份证号", "证件号码"),
        new("法定代表人", "party.legalPerson", "", "法人", "法人代表"),
        new("住所", "party.address", ""),
        new("区划代码", "division", "必填,监管地址所在街道9位代码,不详的填6位", "街道代码", "行政区划代码"),
        new("监管地址", "address", "不填与住所相同", "经营地址", "项目地址"),
        new("收件时间", "receivedAt", "必填,如 2026-03-02 或 2026-03-02 09:30", "收件日期", "申请日期"),
        new("受理时间", "acceptedAt", "", "受理日期"),
        new("决定", "decision.kind", "准予、不予、撤回申请、终止;还没有决定的不填", "审批结果", "许可结果"),
        new("决定时间", "decidedAt", "有决定的必填", "决定日期", "许可决定日期"),
        new("决定文书号", "decision.number", "", "行政许可决定文书号", "文书号"),
        new("决定内容", "decision.content", "不予的必填理由", "许可内容"),
        new("审查意见", "decision.opinion", ""),
        new("审批人", "decision.approver", ""),
        new("送达时间", "deliveredAt", "", "送达日期"),
        new("许可编号", "permit.number", "", "许可证编号", "证件编号"),
        new("证件名称", "permit.name", "", "许可证书名称"),
        new("有效期自", "permit.validFrom", ""),
        new("有效期至", "permit.validTo", "含当日;没有期限的不填"),
        new("原证编号", "permit.previous", "变更、延续、注销的填写"),
        new("许可条件", "conditions", "几条的用分号或者换行隔开"),
        new("承诺内容", "promises", "告知承诺的填写,几条的用分号或者换行隔开", "承诺事项"),
        new("材料", "materials", "几件的用分号或者换行隔开", "申请材料"),
        new("来源系统", "source", "不填为“表格导入”;写“本平台”的未决办件在本平台继续办理", "数据来源"),
        new("补录", "backfilled", "平台启用以前办结的写“是”"),
        new("照录", "party.codeAsWritten", "代码校验不符但证照上确实如此的写“是”"),
    ];

    private static readonly Dictionary<string, string[]> Names = All.ToDictionary(c => c.Field, c => new[] { c.Heading }.Concat(c.Others).ToArray());

    public static IReadOnlyList<string> Required { get; } = ["number", "item", "party.name", "division", "receivedAt"];

    /// <summary>The headings under which a field is looked for.</summary>
    public static string[] Of(string field) => Names.GetValueOrDefault(field) ?? Names.GetValueOrDefault(field.Split('[')[0].Split('.')[0]) ?? [field];

    public static byte[] Template() => Workbook.Write(
        new Workbook.Page("办件", [.. All.Select(c => Required.Contains(c.Field) ? c.Heading + "*" : c.Heading)], []),
        new Workbook.Page("填表说明", ["列", "怎样填", "也认这些列名"], All.Select(c => new object?[] { c.Heading, c.Hint, string.Join('、', c.Others) })));

    /// <summary>One row as a message; what a cell says and cannot be read comes back by field.</summary>
    public static (CaseInput Input, Dictionary<string, string> Faults) Read(Sheet sheet, SheetRow row)
    {
        var faults = new Dictionary<string, string>();
        var (code, id) = (Cell("party.code"), Cell("party.idNumber"));
        var decision = Cell("decision.kind");
        var permit = Cell("permit.number");
        return (new CaseInput
        {
            Number = Cell("number"), Item = Cell("item").TrimStart('\''), Kind = Word(Cell("kind"), "kind", "申请种类", Enum.GetValues<ApplicationKind>(), CaseWords.Of) ?? ApplicationKind.New,
            Division = Cell("division"), Address = Cell("address"), ReceivedAt = At("receivedAt", "收件时间"), AcceptedAt = At("acceptedAt", "受理时间"), DecidedAt = At("decidedAt", "决定时间"), DeliveredAt = At("deliveredAt", "送达时间"),
            Party = new PartyInput
            {
                Kind = Word(Cell("party.kind"), "party.kind", "相对人类别", Enum.GetValues<PartyKind>(), CaseWords.Of) ?? KindBy(code, id), Name = Cell("party.name"), Code = code, IdNumber = id,
                CodeAsWritten = Yes("party.codeAsWritten"), LegalPerson = Cell("party.legalPerson"), Address = Cell("party.address"),
            },
            Decision = decision.Length == 0 ? null : new DecisionInput
            {
                Kind = Word(decision, "decision.kind", "决定", Enum.GetValues<DecisionKind>(), CaseWords.Of), Number = Cell("decision.number"), Content = Cell("decision.content"), Opinion = Cell("decision.opinion"),
                Approver = Cell("decision.approver"),
            },
            Permit = permit.Length == 0 ? null : new PermitInput { Number = permit, Name = Cell("permit.name"), ValidFrom = Day("permit.validFrom", "有效期自"), ValidTo = Day("permit.validTo", "有效期至"), Previous = Cell("permit.previous") },
            Conditions = Lines("conditions"), Promises = Lines("promises"), Materials = [.. Lines("materials").Select(name => new CaseMaterial(name))],
            Source = Cell("source") is { Length: > 0 } source ? source : ImportCases.Source, Backfilled = Yes("backfilled"),
        }, faults);

        string Cell(string field) => sheet.Cell(row, Of(field));

        bool Yes(string field) => Cell(field) is "是" or "1" or "√" or "Y" or "y" or "true" or "TRUE";

        string[] Lines(string field) => Cell(field).Split([';', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        DateTimeOffset? At(string field, string label)
        {
            var text = Cell(field);
            if (text.Length == 0) return null;
            var at = BeijingInstant.Parse(text);
            if (at is null) faults[field] = $"{label}“{text}”无法识别,请写成 2026-03-02 或 2026-03-02 09:30。";
            return at;
        }

        DateOnly? Day(string field, string label) => At(field, label) is { } at ? Beijing.DayOf(at) : null;

        T? Word<T>(string text, string field, string label, T[] values, Func<T, string> word) where T : struct, Enum
        {
            if (text.Length == 0) return null;
            foreach (var value in values)
                if (word(value) == text || value.ToString().Equals(text, StringComparison.OrdinalIgnoreCase)) return value;
            faults[field] = $"{label}“{text}”不能识别,可以是{string.Join('、', values.Select(word))}。";
            return null;
        }
    }

    private static PartyKind? KindBy(string code, string id) =>
        id.Length > 0 && code.Length == 0 ? PartyKind.NaturalPerson : code.Length < 2 ? null : code[..2] switch { "91" or "93" => PartyKind.Enterprise, "92" => PartyKind.SoleTrader, "11" or "12" or "13" => PartyKind.Institution, "51" or "52" or "53" => PartyKind.SocialBody, _ => PartyKind.OtherBody };
}
