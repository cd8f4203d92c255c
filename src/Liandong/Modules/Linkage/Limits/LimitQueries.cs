using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Linkage.Limits;

/// <param name="Limit">The limit in force, in the office's words.</param>
/// <param name="Default">The product's own default.</param>
/// <param name="Settable">Whether the district may agree on another number.</param>
/// <param name="Source">Where the district's own number comes from; empty when the default holds.</param>
public sealed record LimitView(string Rule, string Name, string Clause, string ClauseId, string Quote, string Limit, int? Count, string Default, bool Settable, bool Own, string Source, DateTimeOffset? ChangedAt, string BreachClause);

/// <param name="SigningSource">Where the switch of signing comes from; empty while the default holds.</param>
/// <param name="ClosingSource">Where the close of business comes from; empty while the default holds.</param>
public sealed record LimitsView(bool DeemedReceipt, TimeOnly? CloseOfBusiness, IReadOnlyList<LimitView> Limits, string SigningSource, string ClosingSource);

/// <param name="Now">What holds today.</param>
/// <param name="Then">What holds once the profile is applied.</param>
/// <param name="Source">Where today's value comes from.</param>
public sealed record ProfileLine(string Name, string Now, string Then, string Source);

/// <summary>What applying a profile does, line by line, before it is done.</summary>
/// <param name="Sets">What the profile names.</param>
/// <param name="OfOthers">What another profile set and this one does not name: put back to the default, or kept.</param>
/// <param name="Kept">What the district agreed on by itself and this profile does not name.</param>
public sealed record ProfilePreview(LimitProfile Profile, IReadOnlyList<ProfileLine> Sets, IReadOnlyList<ProfileLine> OfOthers, IReadOnlyList<ProfileLine> Kept);

/// <summary>The office's words for the switches.</summary>
internal static class LimitWords
{
    public static string Signing(bool deemed) => deemed ? "推送完成视为签收" : "须由部门签收";
}

public static class LimitQueries
{
    public static async Task<LimitsView> AllAsync(AppDb db, CancellationToken ct)
    {
        var own = await db.DistrictLimits.AsNoTracking().ToDictionaryAsync(l => l.Rule, ct);
        var settings = await db.DistrictSettings.AsNoTracking().FirstOrDefaultAsync(ct);
        return new LimitsView(settings?.DeemedReceipt ?? false, settings?.CloseOfBusiness, [.. LiandongHost.DutyRules.Select(rule =>
        {
            var row = own.GetValueOrDefault(rule.Code);
            var limit = row?.Limit ?? rule.Limit;
            return new LimitView(rule.Code, rule.Name, rule.Article.Clause, rule.Article.Id, rule.Article.Quote, limit.InWords, CountOf(limit), rule.Limit.InWords, SetLimit.Settable(rule), row is not null,
                row?.Source ?? "", row?.ChangedAt, rule.BreachUnder?.Clause ?? "");
        })], settings?.SigningSource ?? "", settings?.ClosingSource ?? "");
    }

    public static ProfilePreview Preview(LimitsView view, LimitProfile profile)
    {
        var sets = profile.Limits.SelectMany(l => view.Limits.Where(v => v.Rule == l.Rule).Select(v => new ProfileLine(v.Name, v.Limit, l.Term.InWords, v.Source))).ToList();
        var others = view.Limits.Where(v => v.Own && profile.Limits.All(l => l.Rule != v.Rule)).Select(v => (Line: new ProfileLine(v.Name, v.Limit, v.Default, v.Source), v.Source)).ToList();
        var signing = new ProfileLine("签收", LimitWords.Signing(view.DeemedReceipt), LimitWords.Signing(profile.DeemedReceipt ?? false), view.SigningSource);
        if (profile.DeemedReceipt is not null) sets.Add(signing);
        else if (view.DeemedReceipt || view.SigningSource.Length > 0) others.Add((signing, view.SigningSource));
        var another = others.ToLookup(o => LimitProfiles.CameFromAnother(o.Source, profile), o => o.Line);
        return new ProfilePreview(profile, sets, [.. another[true]], [.. another[false]]);
    }

    /// <summary>Who changed what, latest first.</summary>
    public static async Task<IReadOnlyList<TimelineEntry>> HistoryAsync(AppDb db, CancellationToken ct)
    {
        var entries = await db.LedgerEntries.AsNoTracking().Where(e => e.SubjectId == Guid.Empty && e.SubjectKind == "settings").OrderByDescending(e => e.Number).Take(30).ToListAsync(ct);
        var ids = entries.Select(e => e.Person).Distinct().ToList();
        var people = await db.People.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        var organs = await PushQueries.OrganNamesAsync(db, ct);
        return [.. entries.Select(e => new TimelineEntry(e.At, e.Person is { } who ? people.GetValueOrDefault(who, "") : "平台", e.Organ is { } organ ? organs.GetValueOrDefault(organ, "") : "", "", e.Act switch
        {
            "limit.set" => "约定期限", "settings.switched" => "调整签收与下班时间约定", "limit.profile-applied" => "套用方案", _ => e.Act,
        }, e.Channel, "", e.Number, Describe(e.Act, e.Body)))];
    }

    private static string Describe(string act, string body)
    {
        using var json = System.Text.Json.JsonDocument.Parse(body);
        var root = json.RootElement;
        return act switch
        {
            "limit.set" => Change(root),
            "limit.profile-applied" => $"{LimitProfiles.Find(root.GetProperty("profile").GetString()!)?.Name ?? ""}方案:{string.Join(";", root.GetProperty("changes").EnumerateArray().Select(Change).Append(root.TryGetProperty("deemedReceipt", out var deemed) && deemed.ValueKind is not System.Text.Json.JsonValueKind.Null ? LimitWords.Signing(deemed.GetBoolean()) : "").Where(said => said.Length > 0))}",
            "settings.switched" => $"{LimitWords.Signing(root.GetProperty("deemedReceipt").GetBoolean())};下班时间 {(root.TryGetProperty("closeOfBusiness", out var close) ? close.GetString()![..5] : "24:00")}",
            _ => "",
        };

        static string Change(System.Text.Json.JsonElement change) =>
            $"{LiandongHost.DutyRules.FirstOrDefault(r => r.Code == change.GetProperty("rule").GetString())?.Name}:{Term.Parse(change.GetProperty("was").GetString()!).InWords} → {Term.Parse(change.GetProperty("limit").GetString()!).InWords}";
    }

    private static int? CountOf(Term limit) => limit switch { Term.Workdays t => t.Count, Term.Days t => t.Count, Term.Promptly t => t.AgreedWorkdays, _ => null };
}
