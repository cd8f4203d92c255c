using Liandong.Accounts;
using Liandong.Shared;
using Liandong.Sheets;

namespace Liandong.Modules.Cases;

/// <summary>A row of a table of cases, and what became or would become of it.</summary>
/// <param name="Status">Null in a preview of a row without faults.</param>
public sealed record ImportedCase(int Line, string Number, string Item, string Party, string Decision, IntakeStatus? Status, Guid? Id, string Unrouted);

/// <param name="Remarks">What is wrong, cell by cell; the rows they stand in are not taken over.</param>
public sealed record CaseImport(IReadOnlyList<ImportedCase> Rows, IReadOnlyList<RowRemark> Remarks)
{
    public int Faulty => Remarks.Select(r => r.Line).Distinct().Count();
    public int Good => Rows.Count - Faulty;

    public int Count(IntakeStatus status) => Rows.Count(r => r.Status == status);
}

/// <summary>从表格导入办件: every row goes the way of the API. Faulty rows go back with line, column and reason, the others are taken over; importing again changes nothing.</summary>
public sealed class ImportCases(SendCase send, Actor actor)
{
    /// <summary>Source of rows that name none.</summary>
    public const string Source = "表格导入";
    public const int MaxRows = 20_000;
    private const int Lot = 500;

    /// <summary>What would be taken over, without storing anything.</summary>
    public async Task<CaseImport> PreviewAsync(Sheet sheet, CancellationToken ct)
    {
        var read = Read(sheet);
        var checkedFields = await send.CheckAsync([.. read.Select(r => r.Input)], ct);
        var remarks = read.SelectMany((r, i) => Remarks(sheet, r.Row, r.Faults.Concat(checkedFields[i]))).ToList();
        var faulty = remarks.Select(r => r.Line).ToHashSet();
        return new CaseImport([.. read.Select(r => RowOf(r.Row.Line, r.Input, faulty.Contains(r.Row.Line) ? IntakeStatus.Failed : null, null, ""))], remarks);
    }

    public async Task<CaseImport> RunAsync(Sheet sheet, CancellationToken ct)
    {
        var read = Read(sheet);
        var (rows, remarks) = (new List<ImportedCase>(read.Count), new List<RowRemark>());
        foreach (var lot in read.Chunk(Lot))
        {
            var good = lot.Where(r => r.Faults.Count == 0).ToList();
            var results = await send.RunManyAsync([.. good.Select(r => r.Input)], ct);
            var byLine = good.Zip(results).ToDictionary(p => p.First.Row.Line, p => p.Second);
            foreach (var (row, input, faults) in lot)
            {
                var result = byLine.GetValueOrDefault(row.Line);
                remarks.AddRange(Remarks(sheet, row, result is null ? faults : result.Errors));
                rows.Add(RowOf(row.Line, input, result?.Status ?? IntakeStatus.Failed, result?.Id, result?.Unrouted ?? ""));
            }
        }
        return new CaseImport(rows, remarks);
    }

    /// <summary>The rows that were sent back, with the reason in a column of its own, to be mended and sent again.</summary>
    public static byte[] Refused(Sheet sheet, CaseImport import)
    {
        var why = import.Remarks.ToLookup(r => r.Line);
        return Workbook.Write(new Workbook.Page("退回的行", [.. sheet.Headings, "退回原因"],
            sheet.Rows.Where(r => why.Contains(r.Line)).Select(r => (IReadOnlyList<object?>)[.. sheet.Headings.Select((_, i) => (object?)(i < r.Cells.Count ? r.Cells[i] : "")), string.Join("", why[r.Line].Select(w => $"【{w.Column}】{w.Reason}"))])));
    }

    /// <exception cref="InvalidInput">A column is missing, or there are no rows or too many; said at the field File.</exception>
    public static void CheckColumns(Sheet sheet)
    {
        foreach (var field in CaseColumns.Required) sheet.Demand(CaseColumns.Of(field));
        if (sheet.Rows.Count == 0) throw new InvalidInput("File", "表格里没有办件。");
        if (sheet.Rows.Count > MaxRows) throw new InvalidInput("File", $"一次最多导入{MaxRows}行;更多的请分成几个文件,或者用接口批量报送。");
    }

    private List<(SheetRow Row, CaseInput Input, Dictionary<string, string> Faults)> Read(Sheet sheet)
    {
        actor.Demand(Rights.CaseEnter);
        CheckColumns(sheet);
        return [.. sheet.Rows.Select(row => CaseColumns.Read(sheet, row) is var (input, faults) ? (row, input, faults) : default)];
    }

    private static ImportedCase RowOf(int line, CaseInput input, IntakeStatus? status, Guid? id, string unrouted) =>
        new(line, input.Number ?? "", input.Item ?? "", input.Party?.Name ?? "", input.Decision?.Kind is { } kind ? CaseWords.Of(kind) : "", status, id, unrouted);

    private static IEnumerable<RowRemark> Remarks(Sheet sheet, SheetRow row, IEnumerable<KeyValuePair<string, string>> faults) =>
        faults.DistinctBy(f => f.Key).Select(f => new RowRemark(row.Line, f.Key.Length > 0 ? sheet.HeadingOf(CaseColumns.Of(f.Key)) : "", f.Value));
}
