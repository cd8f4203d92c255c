using System.Globalization;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Kernel.Parties;
using Liandong.Shared;
using Liandong.Sheets;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Items;

public enum ImportEffect { Added, Changed, Unchanged, Refused }

/// <summary>What an import does with one row.</summary>
/// <param name="Note">Fields that change, or why nothing happens.</param>
public sealed record ImportedRow(int Line, string Code, string Name, ImportEffect Effect, string Note);

/// <summary>What an import does, or has done, row by row. Rows that are refused go back to the sender with line, column and reason; the others are taken over.</summary>
public sealed record ImportOutcome(IReadOnlyList<ImportedRow> Rows, IReadOnlyList<RowRemark> Remarks)
{
    public int Added => Rows.Count(r => r.Effect == ImportEffect.Added);
    public int Changed => Rows.Count(r => r.Effect == ImportEffect.Changed);
    public int Unchanged => Rows.Count(r => r.Effect == ImportEffect.Unchanged);
    public int Refused => Rows.Count(r => r.Effect == ImportEffect.Refused);
    public int Flagged => Remarks.Where(r => !r.Stops).Select(r => r.Line).Distinct().Count();
    public bool HasEffect => Added + Changed > 0;
}

/// <summary>
/// 导入事项清单. A row whose code is known changes that item where the row says something else, an empty cell leaves what is there;
/// importing the same table again changes nothing.
/// </summary>
public sealed class ImportItems(AppDb db, Ledger ledger, Actor actor, Clock clock, RegisterBook register)
{
    /// <param name="Source">Where the list comes from.</param>
    /// <param name="StandIn">The items stand in for the district's own.</param>
    /// <param name="From">First day of new items whose row names none; today when null.</param>
    public sealed record Options(string Source, bool StandIn = false, DateOnly? From = null);

    public sealed record Act(string Source, string Digest, int Added, int Changed, int Unchanged, int Refused) : IAct { static string IAct.Name => "items.imported"; }

    /// <summary>What the import would do; nothing is changed.</summary>
    public async Task<ImportOutcome> PreviewAsync(Sheet sheet, Options options, CancellationToken ct)
    {
        actor.Demand(Rights.ItemEdit);
        var outcome = await ApplyAsync(sheet, options, ct);
        db.ChangeTracker.Clear();
        return outcome;
    }

    public async Task<ImportOutcome> RunAsync(Sheet sheet, string digest, Options options, CancellationToken ct)
    {
        actor.Demand(Rights.ItemEdit);
        new InputCheck().Filled(options.Source, nameof(options.Source), "来源说明").Throw();
        var outcome = await ApplyAsync(sheet, options, ct, note: true);
        if (!outcome.HasEffect) return outcome;
        await ledger.RecordAsync(new Act(options.Source.Trim(), digest, outcome.Added, outcome.Changed, outcome.Unchanged, outcome.Refused),
            new Subject("import", clock.NewId(), "", $"导入事项清单:{options.Source.Trim()}"), null, ct);
        register.Forget();
        return outcome;
    }

    /// <exception cref="InvalidInput">A column is missing; said at the field File.</exception>
    public static void CheckColumns(Sheet sheet)
    {
        sheet.Demand(ItemColumns.Code);
        if (!sheet.Has(ItemColumns.Name)) throw new InvalidInput("File", "没有“事项名称”列。");
    }

    private async Task<ImportOutcome> ApplyAsync(Sheet sheet, Options options, CancellationToken ct, bool note = false)
    {
        CheckColumns(sheet);
        var known = await db.Items.ToDictionaryAsync(i => i.Code, ct);
        var organs = await db.Organs.AsNoTracking().ToListAsync(ct);
        var byName = organs.SelectMany(o => new[] { (o.Name, o.Id), (o.ShortName, o.Id) }).DistinctBy(p => p.Item1).ToDictionary(p => p.Item1, p => p.Id);
        var (rows, remarks, seen) = (new List<ImportedRow>(sheet.Rows.Count), new List<RowRemark>(), new Dictionary<string, int>());
        foreach (var row in sheet.Rows)
        {
            var reading = new ItemRowReader(sheet, row, options, byName, clock.Today);
            var code = reading.Code;
            var existing = known.GetValueOrDefault(code);
            if (code.Length > 0 && !seen.TryAdd(code, row.Line)) reading.Refuse(ItemColumns.Code, $"与第{seen[code]}行的编码相同。");
            var (input, inspection) = reading.Read(existing);
            var effect = ImportEffect.Refused;
            var said = "";
            if (!reading.Refused)
            {
                try
                {
                    AddItem.Check(input).Throw();
                    (effect, said) = existing is null ? (ImportEffect.Added, Add(input, note)) : Change(existing, input, inspection, options, note);
                }
                catch (Refusal refusal)
                {
                    reading.Refuse(ItemColumns.Of(refusal.Field), refusal.Message);
                    effect = ImportEffect.Refused;
                }
                catch (InvalidInput invalid)
                {
                    foreach (var (field, sentence) in invalid.Errors) reading.Refuse(ItemColumns.Of(field), sentence);
                }
            }
            remarks.AddRange(reading.Remarks);
            rows.Add(new ImportedRow(row.Line, code, input.Name, reading.Refused ? ImportEffect.Refused : effect, reading.Refused ? reading.Remarks.First(r => r.Stops).Reason : said));
        }
        return new ImportOutcome(rows, remarks);
    }

    private string Add(ItemInput input, bool note)
    {
        var item = AddItem.Make(db.District, clock.NewId(), input, clock.Today);
        db.Items.Add(item);
        if (note) ledger.Note(AddItem.ActOf(item), RegisterPen.About(item));
        return "";
    }

    private (ImportEffect, string) Change(Item item, ItemInput input, InspectionClass? inspection, Options options, bool note)
    {
        var before = ItemInput.Of(item);
        AddItem.Revise(item, input);
        var fields = ChangeItem.Differences(before, ItemInput.Of(item)).ToList();
        if (fields.Count > 0 && note) ledger.Note(new ChangeItem.Act(item.Id, item.Code, [.. fields]), RegisterPen.About(item));
        if (inspection is { } now && now != item.InspectionClassOn(clock.Today))
        {
            item.ClassifyInspection(now, clock.Today);
            if (note) ledger.Note(new ClassifyInspection.Act(item.Id, item.Code, now, clock.Today, options.Source.Trim()), RegisterPen.About(item), ItemsRules.InspectionInBatches);
            fields.Add("勘验分类");
        }
        return fields.Count == 0 ? (ImportEffect.Unchanged, "") : (ImportEffect.Changed, string.Join("、", fields));
    }
}

/// <summary>Reads one row of an item list: our own template, or a published list with English headings.</summary>
internal sealed class ItemRowReader(Sheet sheet, SheetRow row, ImportItems.Options options, Dictionary<string, Guid> organs, DateOnly today)
{
    private readonly List<RowRemark> remarks = [];

    public IReadOnlyList<RowRemark> Remarks => remarks;
    public bool Refused => remarks.Exists(r => r.Stops);
    public string Code { get; } = sheet.Cell(row, ItemColumns.Code).TrimStart('\'', '\u2018');

    public void Refuse(string[] column, string reason) => remarks.Add(new RowRemark(row.Line, sheet.HeadingOf(column), reason));

    public void Flag(string[] column, string reason) => remarks.Add(new RowRemark(row.Line, sheet.HeadingOf(column), reason, Stops: false));

    /// <param name="existing">The item of this code; what the row does not say stays as it is.</param>
    public (ItemInput Input, InspectionClass? Inspection) Read(Item? existing)
    {
        if (Code.Length == 0) Refuse(ItemColumns.Code, "没有事项编码。");
        else if (Code.Contains("E+", StringComparison.OrdinalIgnoreCase)) Refuse(ItemColumns.Code, $"编码{Code}被电子表格改成了科学计数,请把这一列设为文本后重新填写。");
        var was = existing is null ? new ItemInput { Code = Code, Name = "", CodeScheme = CodeSchemes.Propose(Code) } : ItemInput.Of(existing);
        var body = Text(ItemColumns.Body, was.BodyName);
        var statutory = Number(ItemColumns.Statutory, was.StatutoryDays);
        var inspection = Word(ItemColumns.Inspection, ItemWords.InspectionOf, "应写 不需要勘验、审批局自行勘验、会同部门勘验 或 专家论证");
        var input = was with
        {
            Code = Code,
            Name = Text(ItemColumns.Name, was.Name),
            CodeScheme = Text(ItemColumns.Scheme, was.CodeScheme),
            MainItem = Text(ItemColumns.MainItem, was.MainItem) is "未分类" ? "" : Text(ItemColumns.MainItem, was.MainItem),
            Type = Word(ItemColumns.Type, ItemWords.TypeOf, "应写 行政许可、行政确认、公共服务 等,或者 01—10、20") ?? was.Type,
            LegalBasis = Text(ItemColumns.LegalBasis, was.LegalBasis),
            BodyName = body,
            BodyCode = Text(ItemColumns.BodyCode, was.BodyCode),
            FormerOrgan = organs.TryGetValue(body, out var organ) ? organ : was.FormerOrgan,
            Handling = Word(ItemColumns.Handling, t => t switch { "即办件" or "即办" => HandlingKind.OnTheSpot, "承诺件" or "承诺" => HandlingKind.Promised, _ => (HandlingKind?)null }, "应写 即办件 或 承诺件") ?? was.Handling,
            StatutoryDays = statutory,
            PromisedDays = Math.Min(Number(ItemColumns.Promised, was.PromisedDays), sheet.Cell(row, ItemColumns.Promised).Length == 0 ? statutory : int.MaxValue),
            SpecialProcedure = Text(ItemColumns.Special, was.SpecialProcedure),
            ResultName = Text(ItemColumns.ResultName, was.ResultName),
            ResultKind = Text(ItemColumns.ResultKind, was.ResultKind),
            ValidityMonths = NumberOrNone(ItemColumns.Validity, was.ValidityMonths),
            ClaimDays = NumberOrNone(ItemColumns.ClaimDays, was.ClaimDays),
            AnnualReport = Yes(ItemColumns.AnnualReport, was.AnnualReport),
            ServedParties = Text(ItemColumns.Served, was.ServedParties),
            Charges = Yes(ItemColumns.Charges, was.Charges),
            FeeBasis = Text(ItemColumns.FeeBasis, was.FeeBasis),
            IntermediaryService = Text(ItemColumns.Intermediary, was.IntermediaryService),
            Materials = Text(ItemColumns.Materials, "") is { Length: > 0 } materials ? ItemView.MaterialsOf(materials) : was.Materials,
            Conditions = Text(ItemColumns.Conditions, "") is { Length: > 0 } conditions ? ItemView.EntriesOf(conditions) : was.Conditions,
            Inspection = inspection,
            From = existing?.From ?? Day(ItemColumns.From) ?? options.From ?? today,
            StandInFor = existing is null && options.StandIn ? options.Source.Trim() : was.StandInFor,
        };
        if (input.Name.Length == 0) Refuse(ItemColumns.Name, "没有事项名称。");
        if (body.Length > 0 && !organs.ContainsKey(body)) Flag(ItemColumns.Body, $"机构名录中没有“{body}”,名称照录,原实施部门留空。");
        if (input.BodyCode.Length > 0 && SocialCreditCode.Check(input.BodyCode) is { IsValid: false } code) Flag(ItemColumns.BodyCode, code.Why + "。");
        return (input, inspection);
    }

    private string Text(string[] column, string otherwise) => sheet.Cell(row, column) is { Length: > 0 } text ? text : otherwise;

    private int Number(string[] column, int otherwise) => NumberOrNone(column, otherwise) ?? otherwise;

    private int? NumberOrNone(string[] column, int? otherwise)
    {
        var text = sheet.Cell(row, column);
        if (text.Length == 0) return otherwise;
        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)) return number;
        Refuse(column, $"“{text}”不是整数。");
        return otherwise;
    }

    private bool Yes(string[] column, bool otherwise)
    {
        var text = sheet.Cell(row, column);
        if (text is "是" or "有" or "1" or "Y" or "y") return true;
        if (text is "否" or "无" or "0" or "N" or "n") return false;
        if (text.Length > 0) Refuse(column, $"“{text}”应写 是 或 否。");
        return otherwise;
    }

    private T? Word<T>(string[] column, Func<string, T?> read, string hint) where T : struct
    {
        var text = sheet.Cell(row, column);
        if (text.Length == 0) return null;
        if (read(text) is { } value) return value;
        Refuse(column, $"“{text}”不认识,{hint}。");
        return null;
    }

    private DateOnly? Day(string[] column)
    {
        var text = sheet.Cell(row, column);
        if (text.Length == 0) return null;
        if (SheetDays.TryRead(text, out var day)) return day;
        Refuse(column, $"“{text}”应写成年-月-日,例如 2026-11-23。");
        return null;
    }
}

/// <summary>Days as people write them in tables.</summary>
internal static class SheetDays
{
    private static readonly string[] Forms = ["yyyy-MM-dd", "yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日", "yyyyMMdd"];

    public static bool TryRead(string text, out DateOnly day) => DateOnly.TryParseExact(text.Trim(), Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}

/// <summary>Columns of an item list, each under the names that lists give it; the first is our template's.</summary>
internal static class ItemColumns
{
    public static readonly string[] Code = ["事项编码", "实施编码", "item_code", "编码"];
    public static readonly string[] Scheme = ["编码规则"];
    public static readonly string[] Name = ["事项名称", "item", "名称", "item_name"];
    public static readonly string[] MainItem = ["主项名称", "main_item", "主项"];
    public static readonly string[] Type = ["事项类型", "task_type", "类型"];
    public static readonly string[] Body = ["实施主体", "department", "实施主体名称"];
    public static readonly string[] BodyCode = ["实施主体代码", "department_code", "实施主体统一社会信用代码"];
    public static readonly string[] LegalBasis = ["设定依据"];
    public static readonly string[] Handling = ["办件类型"];
    public static readonly string[] Statutory = ["法定办结时限"];
    public static readonly string[] Promised = ["承诺办结时限"];
    public static readonly string[] Special = ["特别程序"];
    public static readonly string[] ResultName = ["结果名称"];
    public static readonly string[] ResultKind = ["结果类型"];
    public static readonly string[] Validity = ["有效期"];
    public static readonly string[] Served = ["服务对象"];
    public static readonly string[] Inspection = ["勘验分类"];
    public static readonly string[] AnnualReport = ["年检年审年报"];
    public static readonly string[] ClaimDays = ["认领时限"];
    public static readonly string[] Charges = ["是否收费"];
    public static readonly string[] FeeBasis = ["收费依据"];
    public static readonly string[] Intermediary = ["中介服务"];
    public static readonly string[] Materials = ["申报材料"];
    public static readonly string[] Conditions = ["受理条件"];
    public static readonly string[] From = ["启用日期"];

    /// <summary>The column of an input's field, where a rule of the item refuses it.</summary>
    public static string[] Of(string? field) => field switch
    {
        "Name" => Name,
        "Code" => Code,
        "CodeScheme" => Scheme,
        "MainItem" => MainItem,
        "BodyName" => Body,
        "BodyCode" => BodyCode,
        "StatutoryDays" => Statutory,
        "PromisedDays" => Promised,
        "ClaimDays" => ClaimDays,
        "ValidityMonths" => Validity,
        "FeeBasis" => FeeBasis,
        "LegalBasis" => LegalBasis,
        "ResultName" => ResultName,
        "ResultKind" => ResultKind,
        "Materials" => Materials,
        "Conditions" => Conditions,
        "ServedParties" => Served,
        "IntermediaryService" => Intermediary,
        "SpecialProcedure" => Special,
        "Class" => Inspection,
        _ => [""],
    };
}
