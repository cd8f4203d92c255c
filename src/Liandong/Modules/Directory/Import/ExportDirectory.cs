using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Sheets;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Directory;

/// <summary>导出机构人员: posts and liaison places of today, in the columns of the import, logged and marked with who took it.</summary>
public sealed class ExportDirectory(AppDb db, Ledger ledger, Actor actor, Clock clock)
{
    public sealed record Act(int Rows) : IAct { static string IAct.Name => "directory.exported"; }

    public async Task<byte[]> RunAsync(CancellationToken ct)
    {
        actor.Demand(Rights.DirectoryView);
        actor.Demand(Rights.ExportDownload);
        var today = clock.Today;
        var posts = await (from p in db.Posts.AsNoTracking()
                           join who in db.People on p.Person equals who.Id
                           join o in db.Organs on p.Organ equals o.Id
                           join s in db.Sections on p.Section equals s.Id into sections
                           from section in sections.DefaultIfEmpty()
                           where p.From <= today && (p.To == null || p.To >= today) && !Roles.Administrators.Contains(p.Role)
                           select new { o.Rank, o.Name, o.ShortName, o.Kind, o.IsMember, Section = section != null ? section.Name : "", Person = who, Place = p.Role, p.Title, p.From, Letter = "" }).ToListAsync(ct);
        var liaison = await (from a in db.LiaisonAppointments.AsNoTracking()
                             join who in db.People on a.Person equals who.Id
                             join o in db.Organs on a.Organ equals o.Id
                             where a.From <= today && (a.To == null || a.To >= today)
                             select new { o.Rank, o.Name, o.ShortName, o.Kind, o.IsMember, Person = who, a.Slot, a.From, a.Letter }).ToListAsync(ct);
        var rows = posts.Select(p => (p.Rank, Cells: Line(p.Name, p.ShortName, p.Kind, p.IsMember, p.Section, p.Person, Roles.NameOf(p.Place), p.Title, p.From, p.Letter)))
            .Concat(liaison.OrderBy(a => a.Slot).Select(a => (a.Rank, Cells: Line(a.Name, a.ShortName, a.Kind, a.IsMember, "", a.Person, LiaisonAppointment.NameOf(a.Slot), "", a.From, a.Letter))))
            .OrderBy(r => r.Rank).Select(r => r.Cells).ToList();
        await ledger.RecordAsync(new Act(rows.Count), new Subject("directory-export", clock.NewId(), "", "导出机构人员"), null, ct);
        return Workbook.Write(new Workbook.Page("机构人员", ImportDirectory.Headings, rows), Workbook.Origin("机构人员", actor.Name, actor.OrganName, clock.Now, rows.Count));
    }

    /// <summary>An empty sheet with one example line and the meaning of the columns.</summary>
    public static byte[] Template() => Workbook.Write(
        new Workbook.Page("机构人员", ImportDirectory.Headings, [["区住房和城乡建设局", "区住建局", "行政主管部门", "是", "", "示例人员", "", "", "", "联络员A", "", "2026-01-01", "历建函〔2026〕1号"]]),
        new Workbook.Page("填写说明", ["列", "怎么填"],
        [
            ["单位", "必填。已登记的填全称或简称;没有登记的,按后三列登记。"], ["单位性质", string.Join("、", Enum.GetValues<OrganKind>().Select(DirectoryQueries.NameOf))], ["成员单位", "是联席会议成员单位的填“是”。"],
            ["姓名", "必填。手机号相同的同名人员视为同一人;没有填手机号的,按本单位的姓名找。同名人员有几位的,填执法证号或电子邮箱区分。"], ["岗位", "必填。会商联络负责人、联络员A、联络员B,或者岗位角色的名称。系统、安全、审计管理员不能导入。"], ["自", "必填。任职起始日期,例如 2026-01-01。"],
            ["文号", "确定联络人员的函或通知的文号。"],
        ]));

    private static IReadOnlyList<object?> Line(string name, string shortName, OrganKind kind, bool member, string section, Person who, string place, string title, DateOnly from, string letter) =>
        [.. new object?[] { name, shortName, DirectoryQueries.NameOf(kind), member ? "是" : "否", section, who.Name, who.Phone, who.Email, who.CertificateNumber, place, title, from, letter }.Select(Neutral)];

    private static object? Neutral(object? cell) => cell is string and ['=' or '+' or '-' or '@' or '\t' or '\r', ..] text ? "'" + text : cell;
}
