using Liandong.Data;
using Liandong.Documents.Layout;
using Liandong.Kernel;
using Liandong.Modules.Directory;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Documents;

/// <summary>机关代字 and kind make the series in which <see cref="NumberBook"/> counts: 历审 + 函 → 历审函〔2026〕12号.</summary>
public static class DocumentNumbers
{
    public static async Task<string> PrefixAsync(AppDb db, Guid organ, DocumentKind kind, CancellationToken ct) => await CodeAsync(db, organ, ct) + Word(kind);

    /// <summary>收文 of an organ.</summary>
    public static async Task<string> IncomingAsync(AppDb db, Guid organ, CancellationToken ct) => await CodeAsync(db, organ, ct) + "收";

    /// <summary>The organ's own code, or one made of the district's first character and the organ's short name: 区住建局 → 历住建.</summary>
    public static async Task<string> CodeAsync(AppDb db, Guid organ, CancellationToken ct)
    {
        if (await db.OrganCodes.AsNoTracking().Where(c => c.Organ == organ).Select(c => c.Code).FirstOrDefaultAsync(ct) is { Length: > 0 } own) return own;
        return await DerivedAsync(db, organ, ct);
    }

    /// <summary>The short name of another organ that numbers by this code, its own or a derived one; null when there is none.</summary>
    public static async Task<string?> HolderAsync(AppDb db, string code, Guid except, CancellationToken ct)
    {
        var district = await db.DistrictSettings.AsNoTracking().Select(s => s.Name).FirstOrDefaultAsync(ct) ?? "";
        var codes = await db.OrganCodes.AsNoTracking().Where(c => c.Code != "").ToDictionaryAsync(c => c.Organ, c => c.Code, ct);
        var organs = await db.Organs.AsNoTracking().Where(o => o.Id != except).OrderBy(o => o.Rank).Select(o => new { o.Id, o.ShortName, o.Kind }).ToListAsync(ct);
        return organs.Find(o => (codes.GetValueOrDefault(o.Id) ?? Derived(district, o.ShortName, o.Kind)) == code)?.ShortName;
    }

    public static async Task<string> DerivedAsync(AppDb db, Guid organ, CancellationToken ct)
    {
        var settings = await db.DistrictSettings.AsNoTracking().FirstOrDefaultAsync(ct);
        var body = await db.Organs.AsNoTracking().Where(o => o.Id == organ).Select(o => new { o.ShortName, o.Kind }).FirstOrDefaultAsync(ct) ?? throw NotFound.Of("该单位");
        return Derived(settings?.Name ?? "", body.ShortName, body.Kind);
    }

    internal static string Derived(string district, string shortName, OrganKind kind)
    {
        var place = district.Length > 0 ? district[..1] : "";
        if (kind == OrganKind.Bureau) return place + "审";
        if (kind == OrganKind.ConferenceOffice) return place + "联办";
        var name = shortName.StartsWith('区') || shortName.StartsWith('市') || shortName.StartsWith('县') ? shortName[1..] : shortName;
        return place + (name.Length > 2 && name[^1] is '局' or '委' or '办' ? name[..^1] : name);
    }

    private static string Word(DocumentKind kind) => kind switch
    {
        DocumentKind.Letter => "函",
        DocumentKind.Minutes => "纪",
        DocumentKind.Notice => "发",
        DocumentKind.Request => "请",
        DocumentKind.Reply => "批",
        DocumentKind.Circular => "通",
        DocumentKind.Report => "报",
        _ => "意",
    };
}
