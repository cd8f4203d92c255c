using System.Text;
using System.Text.Json;
using Liandong.Accounts;
using Liandong.Data;
using Liandong.Kernel.Parties;
using Liandong.Modules.Directory;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Items;

/// <summary>Writes down what the register and the directory say about one department today.</summary>
public sealed class MemorandumDraft(AppDb db, Clock clock)
{
    // A list of departments asks for each of them: names are read once.
    private Dictionary<Guid, string>? sections;
    private Dictionary<Guid, Person>? people;

    public async Task<MemorandumContent> OfAsync(Guid organ, CancellationToken ct)
    {
        var today = clock.Today;
        sections ??= await db.Sections.AsNoTracking().ToDictionaryAsync(s => s.Id, s => s.Name, ct);
        people ??= await db.People.AsNoTracking().ToDictionaryAsync(p => p.Id, ct);
        var found = await (from line in db.Responsibilities.AsNoTracking()
                           join item in db.Items.AsNoTracking() on line.Item equals item.Id
                           where line.Organ == organ && line.From <= today && (line.To == null || line.To >= today) && item.From <= today && (item.To == null || item.To >= today)
                           select new { line, item }).ToListAsync(ct);
        var lines = found.Select(f => new MemorandumLine(f.item.Code, f.item.Name, Divisions.NameOf(f.line.Division), f.line.Kind, NameOf(f.item.BureauSection), NameOf(f.line.Section),
            f.line.Person is { } p && people.TryGetValue(p, out var officer) ? officer.Name : "", f.line.Person is { } q && people.TryGetValue(q, out var same) ? same.Phone : "",
            f.line.ClaimDays ?? f.item.ClaimDays, f.line.From, f.item.InspectionClassOn(today), f.item.AnnualReport))
            .OrderBy(l => l.Kind).ThenBy(l => l.ItemCode, StringComparer.Ordinal).ThenBy(l => l.Place, StringComparer.Ordinal).ToList();
        return new MemorandumContent(lines, await ContactsAsync(organ, today, ct), await ClausesAsync(lines, ct));

        string NameOf(Guid? section) => section is { } id ? sections.GetValueOrDefault(id, "") : "";
    }

    /// <summary>SM3 over the content as stored text.</summary>
    public static string DigestOf(MemorandumContent content) => Convert.ToHexStringLower(Sm3.Digest(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(content, Ledger.BodyFormat))));

    private async Task<IReadOnlyList<MemorandumContact>> ContactsAsync(Guid organ, DateOnly today, CancellationToken ct)
    {
        var liaison = await db.LiaisonAppointments.AsNoTracking().Where(a => a.Organ == organ && a.From <= today && (a.To == null || a.To >= today)).ToListAsync(ct);
        var bureau = await (from post in db.Posts.AsNoTracking()
                            join body in db.Organs on post.Organ equals body.Id
                            where body.Kind == OrganKind.Bureau && post.From <= today && (post.To == null || post.To >= today) && (post.Role == Roles.ItemManager || post.Role == Roles.BureauHead)
                            select new { post.Person, post.Role }).ToListAsync(ct);
        return
        [
            .. bureau.OrderBy(p => p.Role == Roles.BureauHead ? 0 : 1).ThenBy(p => NameOf(p.Person), StringComparer.Ordinal).Select(p => new MemorandumContact("审批", Roles.NameOf(p.Role), NameOf(p.Person), PhoneOf(p.Person))),
            .. liaison.OrderBy(a => a.Slot).Select(a => new MemorandumContact("监管", a.Slot switch { LiaisonSlot.Lead => "会商联络负责人", LiaisonSlot.A => "联络员(A角)", _ => "联络员(B角)" }, NameOf(a.Person), PhoneOf(a.Person))),
        ];

        string NameOf(Guid person) => people!.TryGetValue(person, out var found) ? found.Name : "";
        string PhoneOf(Guid person) => people!.TryGetValue(person, out var found) ? found.Phone : "";
    }

    private async Task<IReadOnlyList<MemorandumClause>> ClausesAsync(List<MemorandumLine> lines, CancellationToken ct)
    {
        var own = (await db.DistrictLimits.AsNoTracking().Where(l => l.Rule == "result.claim" || l.Rule == "supervision.report").ToListAsync(ct)).ToDictionary(l => l.Rule, l => l.Limit);
        string Limit(string rule, string otherwise) => own.TryGetValue(rule, out var limit) ? limit.InWords : otherwise;
        var (pushing, reporting, inspecting, annual) = (ItemsRules.Supervising, ItemsRules.BothWays, ItemsRules.InspectionHeld, ItemsRules.AnnualReports);
        var clauses = new List<MemorandumClause>
        {
            new("审批局推送什么", "准予、不予、变更、延续、注销等每一种审批结果,连同相对人、许可证件、有效期、地址、材料目录、许可条件和告知承诺,自作出决定起及时推送至信息联动平台。", pushing.Clause, pushing.Id),
            new("监管单位认领", $"监管单位在信息联动平台认领;不属于本单位监管的,写明理由和建议单位退回。认领时限:各事项写明的从其规定,没有写明的{Limit("result.claim", "按平台公布的全区统一时限")}(本地约定)。", pushing.Clause, pushing.Id),
            new("监管单位告知什么", $"日常检查、双随机抽查的结果,整改、移送执法和处罚决定及其执行情况,以及审批所依据的法律法规等政策调整,{Limit("supervision.report", "及时")}推送给审批局;审批局写明对审批的影响。", reporting.Clause, reporting.Id),
            new("通过什么渠道", "以信息联动平台为准;平台中断时可先电话或书面告知,恢复后补登,并注明渠道。", reporting.Clause, reporting.Id),
        };
        if (lines.Exists(l => l.Inspection is InspectionClass.WithDepartment or InspectionClass.ExpertReview))
            clauses.Add(new("现场勘验和专家论证", $"列为会同部门勘验或者专家论证的事项,{inspecting.Quote}。", inspecting.Clause, inspecting.Id));
        if (lines.Exists(l => l.AnnualReport)) clauses.Add(new("年检、年审、年报", $"{annual.Quote}。", annual.Clause, annual.Id));
        return clauses;
    }
}
