using Liandong.Data;
using Liandong.Kernel;
using Liandong.Modules.Directory;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Linkage;

/// <summary>The organs that the notice gives a part in linkage, as they stand in the directory on a day.</summary>
public static class LinkageOrgans
{
    /// <summary>The district's approval bureau, which owes the pushes and the answers to returns.</summary>
    public static async Task<Guid> BureauAsync(AppDb db, DateOnly on, CancellationToken ct) =>
        await db.Organs.AsNoTracking().Where(o => o.Kind == OrganKind.Bureau && o.From <= on && (o.To == null || o.To >= on)).OrderBy(o => o.Rank).Select(o => (Guid?)o.Id).FirstOrDefaultAsync(ct)
            ?? throw new Refusal("bureau.missing", "机构目录中还没有登记行政审批服务局。", LinkageRules.Pushing);

    /// <summary>联席会议办公室, which rules; it sits in the bureau (附件1 一), so the bureau stands for it where the directory has no organ of its own.</summary>
    public static async Task<Guid> ConferenceOfficeAsync(AppDb db, DateOnly on, CancellationToken ct) =>
        await db.Organs.AsNoTracking().Where(o => o.Kind == OrganKind.ConferenceOffice && o.From <= on && (o.To == null || o.To >= on)).OrderBy(o => o.Rank).Select(o => (Guid?)o.Id).FirstOrDefaultAsync(ct)
            ?? await BureauAsync(db, on, ct);

    /// <summary>Departments that may supervise: every department of the day, in the roster's order.</summary>
    public static Task<List<Organ>> DepartmentsAsync(AppDb db, DateOnly on, CancellationToken ct) =>
        db.Organs.AsNoTracking().Where(o => o.Kind == OrganKind.Department && o.From <= on && (o.To == null || o.To >= on)).OrderBy(o => o.Rank).ThenBy(o => o.Name).ToListAsync(ct);
}
