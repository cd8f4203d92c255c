using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;

namespace Liandong.Sheets;

/// <summary>A list leaves the platform as an Excel file that says who took it out and when, and the act of it goes on the ledger.</summary>
public sealed class ExportList(Ledger ledger, Actor actor, Clock clock)
{
    /// <param name="name">What the list is called in the file and on the ledger: 会议清单.</param>
    /// <param name="rows">How many the table holds; as many as <see cref="WholeList.Most"/> and the file says that there may be more.</param>
    public async Task<byte[]> RunAsync<T>(string name, Workbook.Page table, int rows, T act, CancellationToken ct) where T : IAct
    {
        var file = Workbook.Write(table, Workbook.Origin(WholeList.TitleOf(name, rows), actor.Name, actor.OrganName, clock.Now, rows));
        await ledger.RecordAsync(act, new Subject("export", clock.NewId(), "", "导出" + name), null, ct);
        return file;
    }
}
