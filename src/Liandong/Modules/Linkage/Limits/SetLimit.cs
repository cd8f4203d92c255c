using System.Globalization;
using Liandong.Accounts;
using Liandong.Calendars;
using Liandong.Data;
using Liandong.Kernel;
using Liandong.Kernel.Duties;
using Liandong.Kernel.Ledger;
using Liandong.Shared;
using Microsoft.EntityFrameworkCore;

namespace Liandong.Modules.Linkage.Limits;

/// <summary>
/// 约定期限: the district's own number where the notice gives none. It holds for duties opened from then on; what is running keeps the
/// limit under which it was opened. A number that the notice or a statute gives cannot be set.
/// </summary>
public sealed class SetLimit(AppDb db, Ledger ledger, Actor actor, Clock clock)
{
    public const int Most = 60;

    /// <param name="Count">Working days.</param>
    /// <param name="Source">Where the number comes from: a resolution, a document, a place.</param>
    public sealed record Input(string Rule, int Count, string Source);

    public sealed record Act(string Rule, string Limit, string Was) : IAct { public static string Name => "limit.set"; }

    public async Task<DistrictLimit> RunAsync(Input input, CancellationToken ct)
    {
        actor.Demand(Rights.LimitsSet);
        new InputCheck().That(input.Count is >= 1 and <= Most, nameof(input.Count), $"期限应在1到{Most}个工作日之间。").Filled(input.Source, nameof(input.Source), "来源依据", 200).Throw();
        var rule = LiandongHost.DutyRules.FirstOrDefault(r => r.Code == input.Rule) ?? throw NotFound.Of("该职责时限");
        var row = await TakeAsync(rule, rule.Limit.WithCount(Settable(rule) ? input.Count : 0), input.Source, ct);
        await ledger.RecordAsync(new Act(rule.Code, row.Now.Limit.ToString(), row.Was.ToString()), About(db), LinkageRules.Agreeing, ct);
        return row.Now;
    }

    /// <summary>Adds the number to what the caller records.</summary>
    internal async Task<(DistrictLimit Now, Term Was)> TakeAsync(DutyRule rule, Term limit, string source, CancellationToken ct)
    {
        if (!Settable(rule)) throw new Refusal("limit.not-local", $"“{rule.Name}”的期限由{rule.Article.Clause}规定,不能另行约定。", rule.Article, "Count");
        var row = await db.DistrictLimits.FirstOrDefaultAsync(l => l.Rule == rule.Code, ct);
        var was = row?.Limit ?? rule.Limit;
        if (row is null) db.DistrictLimits.Add(row = new DistrictLimit { District = db.District, Id = clock.NewId(), Rule = rule.Code });
        row.Set(limit, source.Trim(), clock.Now);
        return (row, was);
    }

    /// <summary>Only where the text gives no number, and the limit is counted in days.</summary>
    public static bool Settable(DutyRule rule) => rule.LocalNumber && rule.Limit is Term.Workdays or Term.Promptly or Term.Days;

    internal static Subject About(AppDb db) => new("settings", Guid.Empty, db.District, "本区约定");
}

/// <summary>Switches of linkage that are no limits: 视为签收, 下班时间.</summary>
public sealed class SetSwitches(AppDb db, CalendarBook calendars, CalendarCache cache, RecountDuties recount, Ledger ledger, Actor actor)
{
    /// <param name="DeemedReceipt">A delivered push counts as signed.</param>
    /// <param name="CloseOfBusiness">The last moment of a last day; 24:00 when null (民法典 第二百零三条).</param>
    /// <param name="Source">Where the agreement comes from.</param>
    public sealed record Input(bool DeemedReceipt, TimeOnly? CloseOfBusiness, string Source);

    public sealed record Act(bool DeemedReceipt, TimeOnly? CloseOfBusiness, string Source) : IAct { public static string Name => "settings.switched"; }

    public async Task RunAsync(Input input, CancellationToken ct)
    {
        actor.Demand(Rights.LimitsSet);
        new InputCheck().Filled(input.Source, nameof(input.Source), "来源依据", 200)
            .That(input.CloseOfBusiness is null || input.CloseOfBusiness >= new TimeOnly(12, 0), nameof(input.CloseOfBusiness), "下班时间应在12:00以后;不填按24:00计算。").Throw();
        await using var together = await ledger.TogetherAsync(ct);
        var settings = await db.DistrictSettings.SingleAsync(ct);
        var moves = settings.CloseOfBusiness != input.CloseOfBusiness;
        // The source belongs to what it changes; where nothing changes, it confirms both.
        var switches = settings.DeemedReceipt != input.DeemedReceipt;
        if (switches || !moves) settings.SetDeemedReceipt(input.DeemedReceipt, input.Source.Trim());
        if (moves || !switches) settings.SetCloseOfBusiness(input.CloseOfBusiness, input.Source.Trim());
        await ledger.RecordAsync(new Act(input.DeemedReceipt, input.CloseOfBusiness, input.Source.Trim()), SetLimit.About(db), LinkageRules.Agreeing, ct);
        // The hour belongs to the calendar: what is open is counted anew now and under this reason, not at the next import under the notice's.
        if (moves) await recount.RunAsync(await calendars.BuildAsync(ct), $"期限最后一日改为{input.CloseOfBusiness?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? "24:00"}截止:{input.Source.Trim()}", ct);
        await together.CommitAsync(ct);
        cache.Forget(db.District);
    }
}

/// <summary>
/// 套用方案: takes over another place's published limits, as one act. A profile sets only what it names. What another profile set before is
/// put back to the product's default if that is asked for, so that the district does not follow two places at once; what the district agreed on by itself stays.
/// </summary>
public sealed class ApplyProfile(AppDb db, Ledger ledger, Actor actor, SetLimit limits)
{
    public sealed record Change(string Rule, string Limit, string Was);

    public sealed record Act(string Profile, IReadOnlyList<Change> Changes, bool? DeemedReceipt) : IAct { public static string Name => "limit.profile-applied"; }

    /// <param name="restoreOthers">Puts back what another profile set and this one does not name.</param>
    public async Task<IReadOnlyList<Change>> RunAsync(string code, bool restoreOthers, CancellationToken ct)
    {
        actor.Demand(Rights.LimitsSet);
        var profile = LimitProfiles.Find(code) ?? throw NotFound.Of("该方案");
        var changes = new List<Change>();
        foreach (var limit in profile.Limits)
        {
            // A rule of a mechanism that this installation does not have yet is left out.
            if (LiandongHost.DutyRules.FirstOrDefault(r => r.Code == limit.Rule) is not { } rule) continue;
            var (now, was) = await limits.TakeAsync(rule, limit.Term, LimitProfiles.SourceOf(profile, limit.Quote), ct);
            changes.Add(new Change(rule.Code, now.Limit.ToString(), was.ToString()));
        }
        if (restoreOthers)
            foreach (var row in await db.DistrictLimits.ToListAsync(ct))
            {
                if (profile.Limits.Any(l => l.Rule == row.Rule) || !LimitProfiles.CameFromAnother(row.Source, profile)) continue;
                if (LiandongHost.DutyRules.FirstOrDefault(r => r.Code == row.Rule) is not { } rule) continue;
                db.DistrictLimits.Remove(row);
                changes.Add(new Change(rule.Code, rule.Limit.ToString(), row.Limit.ToString()));
            }
        var settings = await db.DistrictSettings.SingleAsync(ct);
        var signing = profile.DeemedReceipt;
        if (signing is { } deemed) settings.SetDeemedReceipt(deemed, LimitProfiles.SourceOf(profile, LimitWords.Signing(deemed)));
        else if (restoreOthers && LimitProfiles.CameFromAnother(settings.SigningSource, profile)) settings.SetDeemedReceipt((signing = false).Value, "");
        await ledger.RecordAsync(new Act(code, changes, signing), SetLimit.About(db), LinkageRules.Agreeing, ct);
        return changes;
    }
}
